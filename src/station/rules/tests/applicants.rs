use permit_core::Flaw;

use super::{super::*, scene::*};

fn begun(class: Class) -> (Desk, u32) {
    let mut desk = desk();
    let act = Act::Application(0, open(class, Origin::New));
    let number = desk.act(CLERK, NOON, act).unwrap().subject.number();
    (desk, number)
}

/// Which papers a class takes, one of each.
fn handed_in_with(class: Class, papers: &[PaperKind]) -> Result<(), Denied> {
    let (mut desk, number) = begun(class);
    for kind in papers {
        desk.act(CLERK, NOON, Act::Application(number, paper(*kind)))?;
    }
    let fill = ApplicationAct::Fill(particulars(class));
    desk.act(CLERK, NOON, Act::Application(number, fill))?;
    desk.act(CLERK, NOON, Act::Application(number, ApplicationAct::Submit)).map(|_| ())
}

#[test]
fn r10_a_resident_shows_both_letters() {
    use PaperKind::{CommuneLetter, RelativeLetter};
    assert_eq!(handed_in_with(Class::Resident, &[RelativeLetter, CommuneLetter]), Ok(()));
    assert_eq!(handed_in_with(Class::Resident, &[CommuneLetter, RelativeLetter]), Ok(()));
    let missing = Denied::Papers(vec![&[CommuneLetter]]);
    assert_eq!(handed_in_with(Class::Resident, &[RelativeLetter]), Err(missing));
}

#[test]
fn r5_r11_a_foreign_resident_shows_credential_and_letter_and_is_the_other_sides_national() {
    use PaperKind::{CommuneLetter, DepartmentLetter, NationalCredential};
    let class = Class::ForeignResident;
    assert_eq!(handed_in_with(class, &[NationalCredential, DepartmentLetter]), Ok(()));
    let missing = Denied::Papers(vec![&[NationalCredential]]);
    assert_eq!(handed_in_with(class, &[DepartmentLetter]), Err(missing));
    let kind = CommuneLetter;
    assert_eq!(handed_in_with(class, &[kind]), Err(Denied::NotAsked { kind }));
    let (mut desk, number) = begun(class);
    let own = Particulars { nationality: 156, ..particulars(class) };
    let denied = desk.denies(CLERK, number, ApplicationAct::Fill(own));
    assert_eq!(denied, Denied::Nationality { nationality: 156 });
}

#[test]
fn r14_one_unit_letter_suffices_and_asking_for_both_is_refused() {
    use PaperKind::{PersonnelLetter, ProtectionLetter};
    for one in [PersonnelLetter, ProtectionLetter] {
        assert_eq!(handed_in_with(Class::StateEmployee, &[one]), Ok(()));
    }
    let both = handed_in_with(Class::StateEmployee, &[PersonnelLetter, ProtectionLetter]);
    assert_eq!(both, Err(Denied::NotAsked { kind: ProtectionLetter }));
}

#[test]
fn r15_the_form_opens_after_the_unit_letter() {
    let (mut desk, number) = begun(Class::StateEmployee);
    let fill = ApplicationAct::Fill(particulars(Class::StateEmployee));
    let any_of: &[PaperKind] = &[PaperKind::PersonnelLetter, PaperKind::ProtectionLetter];
    assert_eq!(desk.denies(CLERK, number, fill.clone()), Denied::PapersFirst { any_of });
    desk.does(CLERK, number, paper(PaperKind::ProtectionLetter));
    desk.does(CLERK, number, fill);
}

#[test]
fn r6_r7_there_is_no_field_for_a_purpose_a_relative_or_ethnicity() {
    // The words that a content has room for: every field of what is recorded is in these lists.
    let Particulars {
        latin: _,
        native: _,
        birth: _,
        nationality: _,
        region: _,
        from: _,
        days: _,
        crossings: _,
        entries: _,
        stay: _,
        children: _,
        document: _,
        commune: _,
    } = particulars(Class::Resident);
    let Paper { kind: _, issuer: _, dated: _ } =
        Paper { kind: PaperKind::RelativeLetter, issuer: "汪清".into(), dated: today() };
}

#[test]
fn r12_only_residents_of_regions_that_the_station_serves() {
    let (mut desk, number) = begun(Class::Resident);
    let elsewhere = Particulars { region: 5, ..particulars(Class::Resident) };
    let denied = desk.denies(CLERK, number, ApplicationAct::Fill(elsewhere.clone()));
    assert_eq!(denied, Denied::NotServed { region: 5 });
    let lists =
        OfficeAct::Lists { bundle: [1; 32], regions: vec![1, 3, 5], longest: 60, covered: vec![] };
    desk.act(CHIEF, NOON, Act::Office(lists)).unwrap();
    desk.does(CLERK, number, ApplicationAct::Fill(elsewhere));
}

#[test]
fn r1_what_no_permit_can_say_is_not_taken_in() {
    let (mut desk, number) = begun(Class::Resident);
    let mut fill = |change: fn(&mut Particulars)| {
        let mut content = particulars(Class::Resident);
        change(&mut content);
        desk.denies(CLERK, number, ApplicationAct::Fill(content))
    };
    let unfit = |flaw| Denied::Unfit { flaw };
    assert_eq!(fill(|it| it.latin = "<script>".into()), unfit(Flaw::Character));
    assert_eq!(fill(|it| it.latin = "A".repeat(40)), unfit(Flaw::TooLong));
    assert_eq!(fill(|it| it.native = Some("김  철".into())), unfit(Flaw::Space));
    assert_eq!(fill(|it| it.crossings = vec![2, 1]), unfit(Flaw::Unsorted));
    assert_eq!(fill(|it| it.days = 0), unfit(Flaw::Range));
    assert_eq!(fill(|it| it.days = 61), Denied::TooManyDays { days: 61, most: 60 });
    let yesterday = today().plus(-1);
    assert_eq!(fill(|it| it.from = Some(today().plus(-1))), Denied::FromPassed { from: yesterday });
}

#[test]
fn papers_are_dated_and_named_soundly() {
    let (mut desk, number) = begun(Class::Resident);
    let mut see = |issuer: &str, dated| {
        let kind = PaperKind::CommuneLetter;
        desk.denies(
            CLERK,
            number,
            ApplicationAct::See(Paper { kind, issuer: issuer.into(), dated }),
        )
    };
    let dated = today().plus(1);
    assert_eq!(see("公社", dated), Denied::FutureDate { dated });
    assert_eq!(see(" ", today()), Denied::TextMissing);
    assert_eq!(see("a\u{202e}b", today()), Denied::Character { found: '\u{202e}' });
}

#[test]
fn r14_what_is_wanted_can_only_be_what_the_class_asks_for() {
    let mut desk = desk();
    let number = desk.submitted(Class::Resident);
    let kind = PaperKind::PersonnelLetter;
    let denied = desk.denies(POLICE, number, ApplicationAct::Want(vec![kind]));
    assert_eq!(denied, Denied::NotAsked { kind });
    desk.does(POLICE, number, ApplicationAct::Want(vec![PaperKind::CommuneLetter]));
    let missing: &[PaperKind] = &[PaperKind::CommuneLetter];
    assert_eq!(desk.denies(CLERK, number, ApplicationAct::Submit), Denied::Papers(vec![missing]));
    desk.does(CLERK, number, paper(PaperKind::CommuneLetter));
    desk.does(CLERK, number, ApplicationAct::Submit);
    assert_eq!(desk.state(number), State::Submitted);
}
