use std::fs;

use permit_journal::Operation;
use permit_journal::faults::{Fault, How, Loss, Memory};

use super::*;

fn pin(digits: &str) -> Pin {
    Pin::new(digits.to_owned())
}

const RIGHT: &str = "834921";

/// A disk on which officer 7 is enrolled.
fn enrolled() -> Memory {
    let disk = Memory::new();
    Officers::on(disk.clone(), 0).enrol(7, &pin(RIGHT), None).unwrap();
    disk
}

#[test]
fn right_wrong_unknown_and_short() {
    let disk = Memory::new();
    let mut officers = Officers::on(disk.clone(), 0);
    assert!(matches!(officers.enrol(7, &pin("12345"), None), Err(EnrolError::Short)));
    officers.enrol(7, &pin(RIGHT), None).unwrap();
    assert_eq!(officers.check(7, &pin(RIGHT), 0), Ok(7));
    // Somebody and nobody: the same answers at the same times, and after a start as well.
    for number in [7, 8] {
        assert_eq!(officers.check(number, &pin("834922"), 0), Err(SignInFault::Wrong));
        let wait = Err(SignInFault::Wait { seconds: 2 });
        assert_eq!(officers.check(number, &pin(RIGHT), 500), wait, "even the right one waits");
        assert_eq!(officers.check(number, &pin("834922"), 2_000), Err(SignInFault::Wrong));
        let mut again = Officers::on(disk.clone(), 0);
        assert_eq!(again.check(number, &pin(RIGHT), 0), Err(SignInFault::Wait { seconds: 4 }));
    }
    assert_eq!(officers.check(7, &pin(RIGHT), 6_000), Ok(7));
    assert_eq!(officers.check(8, &pin(RIGHT), 6_000), Err(SignInFault::Wrong));
    let kept = disk.files().into_values().flatten().collect::<Vec<_>>();
    assert!(!kept.windows(6).any(|window| window == RIGHT.as_bytes()));
}

/// A guesser who waits as long as is asked, the plug pulled after each try: what a day gives, and that the right PIN is
/// still taken after a quarter of an hour.
#[test]
fn row_01_guessing_is_hopeless_and_nobody_is_locked_out() {
    let disk = enrolled();
    let (day, mut ms, mut looked) = (24 * 60 * 60 * 1_000, 0, 0);
    while ms < 2 * day {
        let mut officers = Officers::on(disk.clone(), ms);
        match officers.check(7, &pin("000000"), ms) {
            Err(SignInFault::Wrong) => looked += 1,
            Err(SignInFault::Wait { seconds }) => {
                assert!(seconds <= LONGEST);
                // The plug stays in: this time it waits.
                ms += seconds * 1_000;
                if officers.check(7, &pin("000000"), ms) == Err(SignInFault::Wrong) {
                    looked += 1;
                }
            }
            other => panic!("{other:?}"),
        }
    }
    assert!((190..210).contains(&looked), "{looked} in two days");
    let mut officers = Officers::on(disk, 0);
    assert!(matches!(officers.check(7, &pin(RIGHT), 0), Err(SignInFault::Wait { .. })));
    assert_eq!(officers.check(7, &pin(RIGHT), LONGEST * 1_000), Ok(7), "a quarter of an hour");
}

#[test]
fn row_01_enrolled_and_unlocked_while_a_terminal_runs() {
    let disk = enrolled();
    let mut running = Officers::on(disk.clone(), 0);
    let mut ms = 0;
    for _ in 0..12 {
        assert_eq!(running.check(7, &pin("000000"), ms), Err(SignInFault::Wrong));
        ms += LONGEST * 1_000;
    }
    running.check(7, &pin("000000"), ms).unwrap_err();
    assert_eq!(running.check(7, &pin(RIGHT), ms), Err(SignInFault::Wait { seconds: LONGEST }));
    // Another process, which never sees what this one counts.
    Officers::on(disk.clone(), 0).enrol(9, &pin("550011"), None).unwrap();
    assert_eq!(running.check(9, &pin("550011"), ms), Ok(9));
    let waits = running.check(7, &pin(RIGHT), ms);
    assert_eq!(waits, Err(SignInFault::Wait { seconds: LONGEST }), "no counter is lost");
    assert!(matches!(Officers::on(disk.clone(), 0).unlock(8), Err(EnrolError::Unknown)));
    Officers::on(disk.clone(), 0).unlock(7).unwrap();
    assert_eq!(running.check(7, &pin("000000"), ms), Err(SignInFault::Wrong), "from the beginning");
    assert_eq!(running.check(7, &pin(RIGHT), ms), Err(SignInFault::Wait { seconds: 2 }));
    assert_eq!(running.check(7, &pin(RIGHT), ms + 2_000), Ok(7));
}

/// The power is cut at every write of a wrong try: it is counted, or was not looked at.
#[test]
fn row_08_no_try_is_lost_with_the_power() {
    for operation in
        [Operation::Append, Operation::Sync, Operation::Rename, Operation::SyncDirectory]
    {
        for how in [How::Before, How::During, How::After, How::Error, How::Full] {
            for at in 0..2 {
                let disk = enrolled();
                let mut officers = Officers::on(disk.clone(), 0);
                disk.fail(Fault { operation, at, forever: false, how });
                let said = officers.check(7, &pin("000000"), 0);
                disk.power_cut(Loss::Reordered, u64::from(at));
                let mut officers = Officers::on(disk.clone(), 0);
                assert!(!officers.is_lost() && !officers.is_empty());
                let next = officers.check(7, &pin(RIGHT), 0);
                let counted = next == Err(SignInFault::Wait { seconds: 2 });
                assert!(counted || said == Err(SignInFault::Unwritable), "{operation:?} {how:?}");
                assert!(counted || next == Ok(7));
            }
        }
    }
}

#[test]
fn what_is_damaged_lets_nobody_in_and_is_begun_again_knowingly() {
    let disk = enrolled();
    let mut files = disk.files();
    for name in ["officers.json", "officers.json.copy"] {
        files.insert(name.to_owned(), b"[{}]".to_vec());
    }
    let disk = Memory::of(files);
    let mut officers = Officers::on(disk.clone(), 0);
    assert!(officers.is_lost() && !officers.is_empty());
    assert_eq!(officers.check(7, &pin(RIGHT), 0), Err(SignInFault::Lost));
    assert!(matches!(Officers::on(disk.clone(), 0).unlock(7), Err(EnrolError::Lost)));
    Officers::on(disk.clone(), 0).enrol(9, &pin("550011"), None).unwrap();
    assert_eq!(officers.check(9, &pin("550011"), 0), Ok(9));
    assert_eq!(officers.check(7, &pin(RIGHT), 0), Err(SignInFault::Wrong));
    assert!(disk.files().contains_key("officers.json.damaged-1"));
}

/// A count that is lost is no free try for anybody, and no lock for longer than any other.
#[test]
fn tries_that_are_lost() {
    let disk = enrolled();
    let mut files = disk.files();
    for name in ["officers.tries", "officers.tries.copy"] {
        files.insert(name.to_owned(), b"torn".to_vec());
    }
    let mut officers = Officers::on(Memory::of(files), 0);
    for number in [7, 8] {
        let wait = Err(SignInFault::Wait { seconds: LONGEST });
        assert_eq!(officers.check(number, &pin(RIGHT), 0), wait);
    }
    assert_eq!(officers.check(7, &pin(RIGHT), LONGEST * 1_000), Ok(7));
}

#[test]
fn a_terminal_of_before_goes_on() {
    let disk = enrolled();
    let now = Officers::on(disk, 0).known;
    let old = serde_json::json!([{
        "number": 7, "salt": now[0].salt, "hash": now[0].hash.to_vec(), "wrong": 3,
    }]);
    let files = [("officers.json".to_owned(), serde_json::to_vec(&old).unwrap())];
    let mut officers = Officers::on(Memory::of(files.into()), 0);
    assert_eq!(officers.check(7, &pin("000000"), 10_000), Err(SignInFault::Wrong));
    assert_eq!(officers.check(7, &pin(RIGHT), 10_000), Err(SignInFault::Wait { seconds: 16 }));
}

#[test]
fn a_try_that_cannot_be_counted_is_not_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    Officers::change(folder.path(), |officers| officers.enrol(7, &pin(RIGHT), None)).unwrap();
    let mut officers = Officers::open(folder.path(), None, 0);
    assert_eq!(officers.check(7, &pin(RIGHT), 0), Ok(7));
    fs::remove_dir_all(folder.path()).unwrap();
    fs::write(folder.path(), "in its place").unwrap();
    assert_eq!(officers.check(7, &pin(RIGHT), 0), Err(SignInFault::Unwritable));
    fs::remove_file(folder.path()).unwrap();
    fs::create_dir(folder.path()).unwrap();
}

#[test]
fn waiting_doubles_up_to_a_quarter_of_an_hour() {
    let delays: Vec<u64> = (1..=9).map(delay).collect();
    assert!(delays.windows(2).all(|pair| pair[1] == 2 * pair[0]));
    assert_eq!((delays[0], delays[8]), (2, 512));
    assert!((10..=u8::MAX).all(|wrong| delay(wrong) == LONGEST));
}

#[test]
fn row_3_whose_pin_somebody_else_set_is_no_second_person_for_a_day() {
    let disk = Memory::new();
    let mut officers = Officers::on(disk.clone(), 0);
    officers.enrol(1, &pin(RIGHT), Some(Role::Supervisor)).unwrap();
    let at = UnixTime(1_000_000);
    let own = officers.standing(1, at);
    assert_eq!((own.role, own.second), (Role::Supervisor, true), "by whoever has the files");
    officers.appoint(7, &pin("111111"), None).unwrap();
    let given = |officers: &Officers<Memory>, at| officers.standing(7, at);
    assert_eq!(given(&officers, at), Signed { officer: 7, role: Role::Officer, second: false });
    assert_eq!(officers.check(7, &pin("111111"), 0), Ok(7), "they decide all the same");
    officers.change_pin(7, &pin(RIGHT), at).unwrap();
    let mut again = Officers::on(disk.clone(), 0);
    assert_eq!(again.check(7, &pin(RIGHT), 0), Ok(7), "kept");
    assert!(!given(&again, at.plus(DAY - 1)).second && given(&again, at.plus(DAY)).second);
    again.change_pin(7, &pin("222222"), at.plus(DAY)).unwrap();
    assert!(given(&again, at.plus(DAY)).second, "whoever changes it again is who they were");
    again.appoint(7, &pin("111111"), Some(Role::Supervisor)).unwrap();
    let reset = given(&again, at.plus(9 * DAY));
    assert_eq!((reset.role, reset.second), (Role::Supervisor, false), "reset");
    assert!(matches!(again.change_pin(8, &pin(RIGHT), at), Err(EnrolError::Unknown)));
    assert!(matches!(again.appoint(8, &pin("1"), None), Err(EnrolError::Short)));
}
