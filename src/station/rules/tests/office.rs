use permit_record::{Enrolment, Role, Roles};

use super::{super::*, scene::*};

fn enrols(desk: &mut Desk, enrolment: &Enrolment, by: [u16; 2]) -> Result<Outcome, Denied> {
    desk.act(CHIEF, NOON, Act::Office(OfficeAct::Enrol(signed(enrolment, by))))
}

fn newcomer() -> Enrolment {
    enrolment(20, "NEW COMER", &[Role::Police])
}

#[test]
fn r12_an_officer_is_enrolled_by_two_supervisors() {
    let mut desk = desk();
    for by in [[CHIEF, POLICE], [POLICE, BORDER], [CHIEF, 20], [20, 21]] {
        assert_eq!(enrols(&mut desk, &newcomer(), by), Err(Denied::NotTwoSupervisors));
    }
    assert!(matches!(enrols(&mut desk, &newcomer(), [CHIEF; 2]), Err(Denied::Signature(_))));
    enrols(&mut desk, &newcomer(), [DEPUTY, CHIEF]).unwrap();
    assert!(desk.office().whose(&key(20).public()).is_some());
}

trait Public {
    fn public(&self) -> [u8; 32];
}

impl Public for permit_signing::SecretKey {
    fn public(&self) -> [u8; 32] {
        permit_core::Signer::public_key(self)
    }
}

#[test]
fn r16_a_key_is_anybodys_once() {
    let mut desk = desk();
    let police = key(POLICE).public();
    let taken = Enrolment { key: police, ..newcomer() };
    assert_eq!(enrols(&mut desk, &taken, [CHIEF, DEPUTY]), Err(Denied::KeyTaken));
    desk.act(CHIEF, NOON, Act::Office(OfficeAct::Dismiss(POLICE))).unwrap();
    assert_eq!(enrols(&mut desk, &taken, [CHIEF, DEPUTY]), Err(Denied::KeyTaken));
    let record = Enrolment { key: key(999).public(), ..newcomer() };
    assert_eq!(enrols(&mut desk, &record, [CHIEF, DEPUTY]), Err(Denied::KeyTaken));
    let weak = Enrolment { key: [0; 32], ..newcomer() };
    assert_eq!(enrols(&mut desk, &weak, [CHIEF, DEPUTY]), Err(Denied::WeakKey));
}

#[test]
fn r16_a_dismissed_officer_does_nothing_more_and_the_number_is_not_given_again() {
    let mut desk = desk();
    desk.act(CHIEF, NOON, Act::Office(OfficeAct::Dismiss(CLERK))).unwrap();
    let act = Act::Application(0, open(Class::Resident, Origin::New));
    let dismissed = Denied::Dismissed { officer: CLERK };
    assert_eq!(desk.act(CLERK, NOON, act).unwrap_err(), dismissed);
    let again =
        Enrolment { key: key(30).public(), ..enrolment(CLERK, "LI COUNTER", &[Role::Counter]) };
    assert_eq!(enrols(&mut desk, &again, [CHIEF, DEPUTY]), Err(dismissed));
}

#[test]
fn r16_a_new_key_ends_the_old_ones_approvals() {
    let mut desk = desk();
    let number = desk.approved(Class::StateEmployee);
    let police = enrolment(POLICE, "ZHAO POLICE", &[Role::Police]);
    let reset = Enrolment { key: key(40).public(), ..police };
    enrols(&mut desk, &reset, [CHIEF, DEPUTY]).unwrap();
    let missing: &[Role] = &[Role::Police];
    let act = desk.issue(number);
    assert_eq!(desk.denies(CLERK, number, act), Denied::Approvals(vec![missing]));
    let renamed = Enrolment { latin: "SOMEBODY ELSE".into(), ..reset };
    assert_eq!(enrols(&mut desk, &renamed, [CHIEF, DEPUTY]), Err(Denied::SamePerson));
}

#[test]
fn r26_two_supervisors_always_stay() {
    let mut desk = desk();
    let dismiss = Act::Office(OfficeAct::Dismiss(DEPUTY));
    assert_eq!(desk.act(CHIEF, NOON, dismiss).unwrap_err(), Denied::LastSupervisors);
    let less =
        Enrolment { roles: Roles::of(&[Role::Counter]), ..enrolment(DEPUTY, "WANG DEPUTY", &[]) };
    assert_eq!(enrols(&mut desk, &less, [CHIEF, DEPUTY]), Err(Denied::LastSupervisors));
}

#[test]
fn r16_a_desk_begins_with_two_people_who_signed_each_other_in() {
    let one = Founding { second: founding().first, ..founding() };
    assert_eq!(Office::found(one, NOON), Err(Denied::KeyTaken));
    let other = Founding { station: 102, ..founding() };
    assert_eq!(Office::found(other, NOON), Err(Denied::OtherContent));
    let alone = signed(&enrolment(DEPUTY, "WANG DEPUTY", &[Role::Supervisor]), [DEPUTY, CLERK]);
    let unsigned = Founding { second: alone, ..founding() };
    assert!(matches!(Office::found(unsigned, NOON), Err(Denied::Signature(_))));
}

#[test]
fn officers_of_one_name_are_one_person_for_two_decisions() {
    let mut desk = desk();
    let twin = enrolment(21, "Zhao  police", &[Role::BorderDefence]);
    enrols(&mut desk, &twin, [CHIEF, DEPUTY]).unwrap();
    let number = desk.reviewed(Class::StateEmployee);
    let act = desk.approve(number, POLICE, Role::Police);
    desk.does(POLICE, number, act);
    let act = desk.approve(number, 21, Role::BorderDefence);
    assert_eq!(desk.denies(21, number, act), Denied::SamePerson);
}

#[test]
fn r17_r18_a_matter_closes_with_words_and_by_another() {
    let mut desk = desk();
    let raise = MatterAct::Raise(MatterKind::DifferingView, "나루터 시간이 짧습니다".into());
    let number = desk.act(CHIEF, NOON, Act::Matter(0, raise)).unwrap().subject.number();
    let mut does = |by, act| desk.act(by, NOON, Act::Matter(number, act)).map(|_| ());
    assert_eq!(does(CHIEF, MatterAct::Close("算了".into())), Err(Denied::OwnCase));
    assert!(matches!(does(CLERK, MatterAct::Close("算了".into())), Err(Denied::Role { .. })));
    assert_eq!(does(DEPUTY, MatterAct::Close(String::new())), Err(Denied::TextMissing));
    assert_eq!(does(CLERK, MatterAct::Answer("보고하겠습니다".into())), Ok(()));
    assert_eq!(does(DEPUTY, MatterAct::Close("已报告".into())), Ok(()));
    assert_eq!(does(CLERK, MatterAct::Reopen("아직입니다".into())), Ok(()));
    assert_eq!(desk.matter(number).unwrap().said.len(), 4);
}

#[test]
fn what_waits_is_late_after_what_a_supervisor_sets_within_bounds() {
    let mut desk = desk();
    let before = desk.office().waits();
    let after = Waits { incomplete: 3, ..before };
    let set = |desk: &mut Desk, by, before, after| {
        desk.act(by, NOON, Act::Office(OfficeAct::Waits { before, after })).map(drop)
    };
    let role = set(&mut desk, CLERK, before, after).unwrap_err();
    assert!(matches!(role, Denied::Role { .. }));
    assert_eq!(set(&mut desk, CHIEF, before, before), Err(Denied::Same));
    assert_eq!(set(&mut desk, CHIEF, after, before), Err(Denied::OtherContent));
    let bounds = Err(Denied::Bounds { least: 1, most: 90 });
    for days in [0, 91] {
        let after = Waits { expiring: days, ..before };
        assert_eq!(set(&mut desk, CHIEF, before, after), bounds);
    }
    assert_eq!(set(&mut desk, CHIEF, before, after), Ok(()));
    assert_eq!(set(&mut desk, DEPUTY, before, after), Err(Denied::OtherContent), "a stale page");
    assert_eq!(desk.office().waits(), after);
    let [one] = desk.office().waits_set() else { panic!("one change") };
    assert_eq!((one.by, one.before, one.after), (CHIEF, before, after));
}
