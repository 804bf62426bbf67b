use permit_core::{Birth, UnixTime};
use permit_record::{Approval, Decision, Role, Subject};

use super::{super::*, scene::*};

fn begun(kind: CaseKind) -> (Desk, u32) {
    let mut desk = desk();
    let latin = "O SORI".into();
    let person =
        Person { latin, native: None, birth: Birth::Year(1920), region: Some(3), people: 2 };
    let (language, basis, salt) = (Language::Zh, Some("182".into()), [3; 16]);
    let act = CaseAct::Open { kind, person, language, basis, salt };
    let number = desk.act(CASES, NOON, Act::Case(0, act)).unwrap().subject.number();
    (desk, number)
}

fn decided(desk: &Desk, number: u32, by: u16, decision: Decision) -> Vec<u8> {
    let (case, moment) = (desk.case(number).unwrap(), desk.moment(by, NOON));
    let digest = match decision {
        Decision::Approve => case.digest(&moment),
        _ => case.digest_with(&moment, &grounds()),
    };
    let role = if by <= DEPUTY { Role::Supervisor } else { Role::Police };
    sealed(by, Approval { subject: Subject::Case(number), digest, decision, role, ..approval(by) })
}

fn does(desk: &mut Desk, by: u16, number: u32, act: CaseAct) -> Result<(), Denied> {
    desk.act(by, NOON, Act::Case(number, act)).map(|_| ())
}

fn complete(desk: &mut Desk, number: u32) {
    for item in desk.case(number).unwrap().kind.checklist() {
        does(desk, CASES, number, CaseAct::Have(*item)).unwrap();
    }
}

#[test]
fn r20_a_resettlement_is_refused_by_two_with_reasons() {
    let (mut desk, number) = begun(CaseKind::Resettlement);
    let first = decided(&desk, number, POLICE, Decision::Refuse);
    let empty = Grounds { words: String::new(), ..grounds() };
    let act = CaseAct::ProposeRefusal(empty, first.clone());
    assert_eq!(does(&mut desk, POLICE, number, act), Err(Denied::TextMissing));
    let act = CaseAct::ProposeRefusal(grounds(), first.clone());
    assert_eq!(does(&mut desk, POLICE, number, act), Ok(()));
    assert_eq!(does(&mut desk, POLICE, number, CaseAct::Refuse(first)), Err(Denied::SamePerson));
    let second = decided(&desk, number, CHIEF, Decision::Refuse);
    assert_eq!(does(&mut desk, CHIEF, number, CaseAct::Refuse(second)), Ok(()));
    assert_eq!(desk.case(number).unwrap().state, CaseState::Refused);
}

#[test]
fn r21_nothing_is_asked_for_beside_the_checklist() {
    for (kind, item) in [
        (CaseKind::Resettlement, Item::Credential),
        (CaseKind::Return, Item::Relatives),
        (CaseKind::ArmyFamily, Item::OwnWish),
    ] {
        let (mut desk, number) = begun(kind);
        let denied = does(&mut desk, CASES, number, CaseAct::Have(item));
        assert_eq!(denied, Err(Denied::FixedChecklist));
    }
}

#[test]
fn r22_r23_a_return_and_an_army_family_are_never_refused() {
    for kind in [CaseKind::Return, CaseKind::ArmyFamily] {
        let (mut desk, number) = begun(kind);
        let signed = decided(&desk, number, POLICE, Decision::Refuse);
        let act = CaseAct::ProposeRefusal(grounds(), signed);
        assert_eq!(does(&mut desk, POLICE, number, act), Err(Denied::NeverRefused));
    }
}

#[test]
fn r22_a_return_is_approved_once_complete_and_withdrawn_until_departure() {
    let (mut desk, number) = begun(CaseKind::Return);
    let early = CaseAct::Approve(decided(&desk, number, POLICE, Decision::Approve));
    let missing = vec![Item::OwnWish, Item::Credential];
    assert_eq!(does(&mut desk, POLICE, number, early), Err(Denied::Checklist(missing)));
    complete(&mut desk, number);
    let act = CaseAct::Approve(decided(&desk, number, POLICE, Decision::Approve));
    assert_eq!(does(&mut desk, POLICE, number, act), Ok(()));
    assert_eq!(does(&mut desk, CASES, number, CaseAct::Authorise), Ok(()));
    assert_eq!(does(&mut desk.clone(), CASES, number, CaseAct::Withdraw), Ok(()));
    assert_eq!(does(&mut desk, CASES, number, CaseAct::Depart), Ok(()));
    let gone = Err(Denied::CaseState(CaseState::Departed));
    assert_eq!(does(&mut desk, CASES, number, CaseAct::Withdraw), gone);
    assert_eq!(does(&mut desk, CASES, number, CaseAct::Return), gone, "an army family's may");
}

#[test]
fn r23_an_army_familys_journey_may_return() {
    let (mut desk, number) = begun(CaseKind::ArmyFamily);
    complete(&mut desk, number);
    let act = CaseAct::Approve(decided(&desk, number, CHIEF, Decision::Approve));
    does(&mut desk, CHIEF, number, act).unwrap();
    for act in [CaseAct::Authorise, CaseAct::Depart, CaseAct::Return] {
        does(&mut desk, CASES, number, act).unwrap();
    }
    assert_eq!(desk.case(number).unwrap().state, CaseState::Returned);
}

#[test]
fn r24_each_case_has_a_clock() {
    let (desk, number) = begun(CaseKind::ArmyFamily);
    let left = |days: i64| {
        let at = UnixTime(NOON.0 + days * 86_400);
        desk.case(number).unwrap().days_left(&desk.moment(CASES, at))
    };
    assert_eq!([left(0), left(7), left(8)], [Some(7), Some(0), Some(-1)]);
}

#[test]
fn r1_no_case_makes_a_permit() {
    let (mut desk, number) = begun(CaseKind::Return);
    complete(&mut desk, number);
    assert!(desk.to_issue(number, CLERK, NOON).is_err(), "a case's number is no application's");
    assert_eq!(desk.applications().count(), 0);
}
