//! What is raised from the closed list.

use super::*;
use crate::record::RecordFault;

fn of(name: &str) -> Concern {
    Concern::try_from(name.to_owned()).unwrap()
}

fn sign_in(desk: &mut Desk, officer: u16, role: Role) {
    desk.tell(Event::SignedIn(Ok(Signed { officer, role, second: true })));
    desk.done.clear();
}

#[test]
fn r17_r18_an_officer_raises_and_a_supervisor_closes() {
    let mut desk = Desk::new();
    desk.ask(Command::SignOut);
    desk.ask(Command::Raise { what: of("queue") });
    assert_eq!(desk.view().notice, Some(Notice::NeedsOfficer));
    sign_in(&mut desk, 7, Role::Officer);
    desk.ask(Command::Raise { what: of("queue") });
    let raised = Action::Concern { what: of("queue"), open: true, officer: 7 };
    assert!(desk.done.contains(&raised));
    desk.tell(Event::Concerned(true, Ok(())));
    assert_eq!(desk.view().notice, Some(Notice::Raised));
    desk.tell(Event::Concerns(vec![of("queue")]));
    assert_eq!(desk.view().concerns, [of("queue")]);
    desk.done.clear();
    desk.ask(Command::Raise { what: of("queue") });
    assert_eq!(desk.view().notice, Some(Notice::RaisedBefore));
    desk.ask(Command::Close { what: of("queue") });
    assert_eq!(desk.view().notice, Some(Notice::NeedsSupervisor));
    assert!(!desk.done.iter().any(|it| matches!(it, Action::Concern { .. })));
    sign_in(&mut desk, 1, Role::Supervisor);
    desk.ask(Command::Close { what: of("queue") });
    let closed = Action::Concern { what: of("queue"), open: false, officer: 1 };
    assert!(desk.done.contains(&closed));
    for (open, done, notice) in [
        (false, Ok(()), Notice::Closed),
        (false, Err(RecordFault::Refused), Notice::NotClosed),
        (true, Err(RecordFault::Refused), Notice::RaisedBefore),
        (true, Err(RecordFault::Full), Notice::NotRecorded),
    ] {
        desk.tell(Event::Concerned(open, done));
        assert_eq!(desk.view().notice, Some(notice));
    }
}

#[test]
fn r17_a_page_says_a_name_of_the_list_and_nothing_else() {
    let read = |json: &str| serde_json::from_str::<Command>(json);
    for what in permit_journal::Concern::ALL {
        let json = format!("{{\"command\":\"raise\",\"what\":\"{}\"}}", what.name());
        assert_eq!(read(&json).unwrap(), Command::Raise { what: Concern(what) });
    }
    for json in [
        r#"{"command":"raise","what":"Kim was here"}"#,
        r#"{"command":"raise","what":0}"#,
        r#"{"command":"raise"}"#,
        r#"{"command":"raise","what":"queue","words":"Kim"}"#,
    ] {
        assert!(read(json).is_err(), "{json}");
    }
}
