use permit_core::PermitId;

use super::{super::*, scene::*};

/// Serials 1 to 3 of 1963, the third by its digest alone, and one of the year before.
const FILE: &str = "station = 101
[[years]]
station = 101
year = 1962
serials = ['1-9']
[[years]]
station = 101
year = 1963
serials = ['1-2']
[[signed]]
key = '0707070707070707070707070707070707070707070707070707070707070707'
year = 1963
permits = ['3/1 00000000000000000000000000000003']
";

fn takes(desk: &mut Desk, by: u16, file: &str) -> Result<Outcome, Denied> {
    desk.act(by, NOON, Act::Office(OfficeAct::TakeOver(file.into())))
}

#[test]
fn r12_numbers_given_before_the_desk_are_taken_over_once_and_never_given_again() {
    let mut desk = desk();
    let id = |serial| PermitId { station: 101, year: 63, serial, copy: 1 };
    assert!(!desk.gave_before(id(3)));
    takes(&mut desk, CHIEF, FILE).unwrap();
    assert!(desk.gave_before(id(3)) && !desk.gave_before(id(4)));
    assert!(!desk.gave_before(PermitId { station: 102, ..id(3) }));
    let number = desk.approved(Class::Resident);
    let next = desk.to_issue(number, CLERK, NOON).unwrap();
    assert_eq!(next.id, id(4));
    let application = desk.application(number).unwrap();
    let given = application.signed_as(&desk.moment(CLERK, NOON), id(3)).unwrap();
    assert_eq!(desk.denies(CLERK, number, ApplicationAct::Issue(given)), Denied::Number);
    let issue = desk.issue(number);
    desk.does(CLERK, number, issue);
    assert_eq!(takes(&mut desk, CHIEF, FILE), Err(Denied::RegisterTaken));
}

#[test]
fn r12_a_register_is_taken_over_by_a_supervisor_and_of_this_station_alone() {
    let mut desk = desk();
    assert!(matches!(takes(&mut desk, CLERK, FILE), Err(Denied::Role { .. })));
    for file in ["", "nothing", &FILE.replacen("101", "102", 1), &FILE.replace("101", "102")] {
        assert_eq!(takes(&mut desk, CHIEF, file), Err(Denied::NoRegister), "{file}");
    }
    assert_eq!(desk, super::scene::desk(), "a denial changes nothing");
}

#[test]
fn r12_a_register_that_meets_numbers_of_the_desk_is_refused() {
    let mut desk = desk();
    desk.handed_over(Class::Resident);
    assert_eq!(takes(&mut desk, CHIEF, FILE), Err(Denied::NumbersMeet));
    let later = FILE.replace("'1-2'", "5").replace("3/1", "5/1");
    takes(&mut desk, CHIEF, &later).unwrap();
    let number = desk.approved(Class::Resident);
    assert_eq!(desk.to_issue(number, CLERK, NOON).unwrap().id.serial, 6);
}
