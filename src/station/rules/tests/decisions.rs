use permit_core::{PermitId, UnixTime};
use permit_record::{Approval, Decision, Refused, Role, Subject};

use super::{super::*, scene::*};

const SE: Class = Class::StateEmployee;

#[test]
fn r16_a_state_employee_takes_two_roles_and_two_persons_in_either_order() {
    let orders = [
        [(POLICE, Role::Police), (BORDER, Role::BorderDefence)],
        [(BORDER, Role::BorderDefence), (POLICE, Role::Police)],
    ];
    for order in orders {
        let mut desk = desk();
        let number = desk.reviewed(SE);
        for (by, role) in order {
            assert_eq!(desk.state(number), State::UnderReview);
            assert_eq!(desk.denies(CLERK, number, issue_of(&desk, number)), not_yet());
            let act = desk.approve(number, by, role);
            desk.does(by, number, act);
        }
        assert_eq!(desk.state(number), State::Approved);
        let act = desk.issue(number);
        desk.does(CLERK, number, act);
    }
}

fn issue_of(desk: &Desk, number: u32) -> ApplicationAct {
    desk.issue(number)
}

fn not_yet() -> Denied {
    Denied::State(State::UnderReview)
}

#[test]
fn r16_one_person_with_both_roles_counts_once() {
    let mut desk = desk();
    let number = desk.reviewed(SE);
    let act = desk.approve(number, SECOND, Role::Police);
    desk.does(SECOND, number, act);
    let act = desk.approve(number, SECOND, Role::BorderDefence);
    assert_eq!(desk.denies(SECOND, number, act), Denied::SamePerson);
    let act = desk.approve(number, POLICE, Role::Police);
    assert_eq!(desk.denies(POLICE, number, act), Denied::RoleTaken { role: Role::Police });
}

#[test]
fn r16_others_take_one_decision() {
    for class in [Class::Resident, Class::ForeignResident] {
        let mut desk = desk();
        let number = desk.reviewed(class);
        let act = desk.approve(number, BORDER, Role::BorderDefence);
        desk.does(BORDER, number, act);
        assert_eq!(desk.state(number), State::Approved);
    }
}

#[test]
fn r16_nobody_decides_their_own_case() {
    let mut desk = desk();
    let class = Class::Resident;
    let ApplicationAct::Open { origin, language, salt, .. } = open(class, Origin::New) else {
        unreachable!()
    };
    let mine = ApplicationAct::Open { class, origin, language, applicant: Some(POLICE), salt };
    let number = desk.act(CLERK, NOON, Act::Application(0, mine)).unwrap().subject.number();
    for need in class.needs() {
        desk.does(CLERK, number, paper(need[0]));
    }
    // The other by a name that is spelt a little differently.
    let named = Particulars { latin: "Sun-second".into(), ..particulars(class) };
    desk.does(CLERK, number, ApplicationAct::Fill(named));
    desk.does(CLERK, number, ApplicationAct::Submit);
    desk.does(BORDER, number, ApplicationAct::Review);
    for by in [POLICE, SECOND] {
        let act = desk.approve(number, by, Role::Police);
        assert_eq!(desk.denies(by, number, act), Denied::OwnCase);
    }
    let act = desk.approve(number, BORDER, Role::BorderDefence);
    desk.does(BORDER, number, act);
}

#[test]
fn r16_who_typed_it_in_is_not_one_of_two() {
    let mut desk = desk();
    let act = Act::Application(0, open(SE, Origin::New));
    let number = desk.act(ALONE, NOON, act).unwrap().subject.number();
    desk.does(ALONE, number, paper(PaperKind::PersonnelLetter));
    desk.does(CLERK, number, ApplicationAct::Fill(particulars(SE)));
    desk.does(CLERK, number, ApplicationAct::Submit);
    desk.does(POLICE, number, ApplicationAct::Review);
    let act = desk.approve(number, ALONE, Role::Police);
    assert_eq!(desk.denies(ALONE, number, act), Denied::TypedIn);
    // Where one decides, a small station's only officer may.
    let mut desk = super::scene::desk();
    let act = Act::Application(0, open(Class::Resident, Origin::New));
    let number = desk.act(ALONE, NOON, act).unwrap().subject.number();
    for need in Class::Resident.needs() {
        desk.does(ALONE, number, paper(need[0]));
    }
    desk.does(ALONE, number, ApplicationAct::Fill(particulars(Class::Resident)));
    desk.does(ALONE, number, ApplicationAct::Submit);
    desk.does(ALONE, number, ApplicationAct::Review);
    let act = desk.approve(number, ALONE, Role::Police);
    desk.does(ALONE, number, act);
    assert_eq!(desk.state(number), State::Approved);
}

#[test]
fn r16_an_approval_stands_for_one_content_only() {
    let mut desk = desk();
    let number = desk.reviewed(SE);
    let act = desk.approve(number, POLICE, Role::Police);
    desk.does(POLICE, number, act.clone());
    let more = Particulars { days: 31, ..particulars(SE) };
    desk.does(CLERK, number, ApplicationAct::Correct(more, "写错了天数".into()));
    assert!(desk.application(number).unwrap().approvals.is_empty(), "void");
    assert_eq!(desk.denies(POLICE, number, act), Denied::OtherContent);
}

#[test]
fn r16_what_was_signed_for_anything_else_is_refused() {
    let mut desk = desk();
    let (number, other) = (desk.reviewed(SE), desk.reviewed(SE));
    let digest = desk.application(number).unwrap().digest(desk.office());
    let subject = Subject::Application(number);
    let right = Approval { digest, subject, ..approval(POLICE) };
    let wrong = [
        Approval { zone: 2, ..right },
        Approval { station: 102, ..right },
        Approval { subject: Subject::Application(other), ..right },
        Approval { subject: Subject::Case(number), ..right },
        Approval { digest: [1; 32], ..right },
        Approval { decision: Decision::Refuse, ..right },
        Approval { officer: BORDER, ..right },
    ];
    for approval in wrong {
        let act = ApplicationAct::Approve(sealed(POLICE, approval));
        assert_eq!(desk.denies(POLICE, number, act), Denied::OtherContent, "{approval:?}");
    }
    let as_border = Approval { role: Role::BorderDefence, ..right };
    let act = ApplicationAct::Approve(sealed(POLICE, as_border));
    assert!(matches!(desk.denies(POLICE, number, act), Denied::Role { .. }));
    for at in [UnixTime(NOON.0 - 86_401), UnixTime(NOON.0 + 86_401)] {
        let act = ApplicationAct::Approve(sealed(POLICE, Approval { at, ..right }));
        assert_eq!(desk.denies(POLICE, number, act), Denied::OtherTime);
    }
    // Another's key, a flipped byte of every place.
    let act = ApplicationAct::Approve(sealed(BORDER, right));
    assert!(matches!(desk.denies(POLICE, number, act), Denied::Signature(Refused::OtherKey(_))));
    let bytes = sealed(POLICE, right);
    for at in 0..bytes.len() {
        let mut bad = bytes.clone();
        bad[at] ^= 1;
        let act = ApplicationAct::Approve(bad);
        assert!(matches!(desk.denies(POLICE, number, act), Denied::Signature(_)), "byte {at}");
    }
    desk.does(POLICE, number, ApplicationAct::Approve(bytes));
}

#[test]
fn r16_a_dismissed_officers_approval_no_longer_counts() {
    let mut desk = desk();
    let number = desk.approved(SE);
    assert_eq!(desk.state(number), State::Approved);
    desk.act(CHIEF, NOON, Act::Office(OfficeAct::Dismiss(BORDER))).unwrap();
    let missing: &[Role] = &[Role::BorderDefence];
    let act = desk.issue(number);
    assert_eq!(desk.denies(CLERK, number, act), Denied::Approvals(vec![missing]));
}

#[test]
fn r16_only_what_was_approved_is_signed_and_under_the_next_number() {
    let mut desk = desk();
    let number = desk.approved(Class::Resident);
    let right = desk.to_issue(number, CLERK, NOON).unwrap();
    let number_of = |id| desk.application(number).unwrap().signed_as(&desk.moment(CLERK, NOON), id);
    let jump = number_of(PermitId { serial: 2, ..right.id }).unwrap();
    let wrong = [
        (jump, Denied::Number),
        (Issued { id: PermitId { copy: 2, ..right.id }, ..right }, Denied::Number),
        (Issued { id: PermitId { station: 102, ..right.id }, ..right }, Denied::Number),
        (Issued { through: right.through.plus(1), ..right }, Denied::OtherPermit),
        (Issued { digest: [0; 32], ..right }, Denied::OtherPermit),
    ];
    for (issued, why) in wrong {
        assert_eq!(desk.denies(CLERK, number, ApplicationAct::Issue(issued)), why);
    }
    desk.does(CLERK, number, ApplicationAct::Issue(right));
    assert_eq!(right.id.to_string(), "00101-1963-00000001-001-W");
    let second = desk.approved(Class::Resident);
    assert_eq!(desk.to_issue(second, CLERK, NOON).unwrap().id.serial, 2);
}

#[test]
fn r26_a_refusal_takes_two_people_and_written_reasons() {
    let mut desk = desk();
    let number = desk.reviewed(Class::Resident);
    let first = desk.decided(number, POLICE, Role::Police, Decision::Refuse);
    for (change, why) in refused_grounds() {
        let act = ApplicationAct::ProposeRefusal(change, first.clone());
        assert_eq!(desk.denies(POLICE, number, act), why);
    }
    desk.does(POLICE, number, ApplicationAct::ProposeRefusal(grounds(), first.clone()));
    assert_eq!(desk.state(number), State::RefusalProposed);
    assert_eq!(desk.denies(POLICE, number, ApplicationAct::Refuse(first)), Denied::SamePerson);
    let second = desk.decided(number, BORDER, Role::BorderDefence, Decision::Refuse);
    desk.does(BORDER, number, ApplicationAct::Refuse(second));
    assert_eq!(desk.state(number), State::Refused);
    let (words, both) = desk.application(number).unwrap().refusal.clone().unwrap();
    assert_eq!((words, both.len()), (grounds(), 2));
}

fn refused_grounds() -> Vec<(Grounds, Denied)> {
    let least = today().plus(15);
    vec![
        (Grounds { words: " \n".into(), ..grounds() }, Denied::TextMissing),
        (Grounds { deadline: today().plus(14), ..grounds() }, Denied::TooSoon { least }),
        (Grounds { station: 101, ..grounds() }, Denied::NotIndependent { station: 101 }),
        (Grounds { station: 103, ..grounds() }, Denied::OtherContent),
    ]
}

#[test]
fn r26_a_revocation_takes_two_people_and_can_be_dropped() {
    let mut desk = desk();
    let (number, _) = desk.handed_over(Class::Resident);
    let signed = |desk: &Desk, by, role| desk.decided(number, by, role, Decision::Revoke);
    let first = signed(&desk, POLICE, Role::Police);
    desk.does(POLICE, number, ApplicationAct::ProposeRevocation(grounds(), first.clone()));
    assert_eq!(
        desk.denies(POLICE, number, ApplicationAct::Revoke(first.clone())),
        Denied::SamePerson
    );
    desk.does(BORDER, number, ApplicationAct::DropRevocation);
    assert_eq!(desk.state(number), State::Active);
    desk.does(POLICE, number, ApplicationAct::ProposeRevocation(grounds(), first));
    let second = signed(&desk, BORDER, Role::BorderDefence);
    desk.does(BORDER, number, ApplicationAct::Revoke(second));
    assert_eq!(desk.state(number), State::Revoked);
}

#[test]
fn r26_a_correction_shows_before_and_after_and_its_permit_supersedes() {
    let mut desk = desk();
    let (old, id) = desk.handed_over(Class::Resident);
    let origin = Origin::Correction(id);
    let number = desk.submitted_from(Class::Resident, origin);
    let right = Particulars { latin: "NAMKUNG HANUL".into(), ..particulars(Class::Resident) };
    desk.does(CLERK, number, ApplicationAct::Correct(right.clone(), "철자".into()));
    let (before, by, ..) = desk.application(number).unwrap().corrections[0].clone();
    assert_eq!((before, by), (particulars(Class::Resident), CLERK));
    desk.does(POLICE, number, ApplicationAct::Review);
    let act = desk.approve(number, POLICE, Role::Police);
    desk.does(POLICE, number, act);
    assert_eq!(desk.state(old), State::Active, "good until the corrected one is there");
    let act = desk.issue(number);
    let outcome = desk.act(CLERK, NOON, Act::Application(number, act)).unwrap();
    assert_eq!(outcome.acts.len(), 2);
    assert_eq!(desk.state(old), State::Superseded);
    let new = desk.application(number).unwrap().permit.unwrap().id;
    assert_eq!(new, PermitId { copy: 2, ..id });
    assert_eq!(desk.whose(id), Some(number));
    // Of a number there is one newest copy, and nothing begins from another.
    let again = Act::Application(0, open(Class::Resident, origin));
    assert_eq!(desk.act(CLERK, NOON, again).unwrap_err(), Denied::Number);
}

#[test]
fn a_lost_card_is_replaced_by_the_next_copy() {
    let mut desk = desk();
    let (number, id) = desk.handed_over(Class::Resident);
    desk.does(CLERK, number, ApplicationAct::Lose);
    let next = desk.application(number).unwrap().next_copy(&desk.moment(CLERK, NOON)).unwrap();
    desk.does(CLERK, number, ApplicationAct::Reprint(next));
    let application = desk.application(number).unwrap();
    assert_eq!((next.id.copy, application.lost.as_slice()), (2, &[id.copy][..]));
    assert_eq!(desk.denies(CLERK, number, ApplicationAct::Print(1)), Denied::Number);
    desk.does(CLERK, number, ApplicationAct::Print(2));
}

#[test]
fn a_bad_print_is_kept_from_the_holder() {
    let mut desk = desk();
    let number = desk.approved(Class::Resident);
    let act = desk.issue(number);
    desk.does(CLERK, number, act);
    desk.does(CLERK, number, ApplicationAct::Print(1));
    for (grade, right) in [(1, true), (4, false)] {
        desk.does(CLERK, number, ApplicationAct::ReadBack { copy: 1, grade, right });
        assert_eq!(
            desk.denies(CLERK, number, ApplicationAct::HandOver),
            Denied::State(State::Printed)
        );
    }
    assert_eq!(desk.application(number).unwrap().prints, [(1, 1, true), (1, 4, false)]);
}

#[test]
fn time_alone_makes_a_permit_active_and_expired() {
    let mut desk = desk();
    let (number, _) = desk.handed_over(Class::Resident);
    let application = desk.application(number).unwrap();
    let last = application.permit.unwrap().through;
    assert_eq!(last, today().plus(29));
    let states = [today().plus(-1), today(), last, last.plus(1)].map(|day| application.state(day));
    assert_eq!(states, [State::HandedOver, State::Active, State::Active, State::Expired]);
}

#[test]
fn r12_what_was_signed_is_withdrawn_until_it_is_handed_over_and_never_after() {
    let signed = |desk: &mut Desk| {
        let number = desk.approved(Class::Resident);
        let act = desk.issue(number);
        desk.does(CLERK, number, act);
        desk.does(CLERK, number, ApplicationAct::Print(1));
        number
    };
    let proposes = |desk: &mut Desk, number| {
        let first = desk.decided(number, POLICE, Role::Police, Decision::Revoke);
        desk.does(POLICE, number, ApplicationAct::ProposeRevocation(grounds(), first));
    };
    let mut desk = desk();
    let (lost, proposed) = (signed(&mut desk), signed(&mut desk));
    desk.does(CLERK, lost, ApplicationAct::Lose);
    proposes(&mut desk, proposed);
    for number in [lost, proposed] {
        desk.does(CLERK, number, ApplicationAct::Withdraw);
        assert_eq!(desk.state(number), State::Withdrawn);
    }
    let kept = |desk: &mut Desk, number| {
        let offered = desk.application(number).unwrap().open_to(&desk.moment(CLERK, NOON));
        assert!(!offered.contains(&Step::Withdraw));
        assert_eq!(desk.denies(CLERK, number, ApplicationAct::Withdraw), Denied::HandedOver);
    };
    let (number, id) = desk.handed_over(Class::Resident);
    let active = Denied::State(State::Active);
    assert_eq!(desk.denies(CLERK, number, ApplicationAct::Withdraw), active);
    proposes(&mut desk, number);
    kept(&mut desk, number);
    desk.does(POLICE, number, ApplicationAct::DropRevocation);
    desk.does(CLERK, number, ApplicationAct::Lose);
    kept(&mut desk, number);
    let next = desk.application(number).unwrap().next_copy(&desk.moment(CLERK, NOON)).unwrap();
    desk.does(CLERK, number, ApplicationAct::Reprint(next));
    kept(&mut desk, number);
    // A correction of it is withdrawn until it takes its place.
    let origin = Origin::Correction(PermitId { copy: 2, ..id });
    let corrected = desk.submitted_from(Class::Resident, origin);
    desk.does(POLICE, corrected, ApplicationAct::Review);
    let act = desk.approve(corrected, POLICE, Role::Police);
    desk.does(POLICE, corrected, act);
    desk.clone().does(CLERK, corrected, ApplicationAct::Withdraw);
    let act = desk.issue(corrected);
    desk.does(CLERK, corrected, act);
    kept(&mut desk, corrected);
}
