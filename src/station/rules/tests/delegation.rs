//! Special personnel: communes, days and quota are held by their own desk, and again by whoever takes their record.

use minicbor::bytes::ByteVec;
use permit_core::{Day, Signer as _, UnixTime};
use permit_record::{
    Approval, Ascending, Body, Chain, Decision, Delegation, Entry, Handed, Recorded, Role, Subject,
};

use super::{super::*, scene::*};

/// The number that special personnel have.
const AWAY: u16 = 199;
const HIS: &str = "演示公社一";
const HERS: &str = "演示公社二";

fn delegation() -> Delegation {
    Delegation {
        zone: 1,
        by: 101,
        station: AWAY,
        record: key(899).public_key(),
        key: key(898).public_key(),
        regions: Ascending::of(vec![3]).unwrap(),
        communes: Ascending::of(vec![HERS.into(), HIS.into()]).unwrap(),
        from: today(),
        through: today().plus(30),
        quota: 2,
        at: NOON,
    }
}

fn sealed_by(delegation: &Delegation, by: [u16; 2]) -> Vec<u8> {
    delegation.seal(by.map(|by| match delegation.sign(&key(by)) {
        Ok(signature) => signature,
    }))
}

fn delegates(desk: &mut Desk, delegation: &Delegation, by: [u16; 2]) -> Result<Outcome, Denied> {
    let act = OfficeAct::Delegate(sealed_by(delegation, by));
    desk.act(CHIEF, NOON, Act::Office(act))
}

/// The desk of special personnel, and its record.
struct Away {
    desk: Desk,
    chain: Chain,
    entries: Vec<Recorded>,
}

impl Away {
    fn new() -> Self {
        let delegation = delegation();
        let enrolled = |officer: u16| {
            let (_, latin, roles) = OFFICERS[usize::from(officer) - 1];
            let enrolment =
                permit_record::Enrolment { station: AWAY, ..enrolment(officer, latin, roles) };
            signed(&enrolment, [CHIEF, DEPUTY])
        };
        let founding = Founding {
            station: AWAY,
            key: delegation.record,
            first: enrolled(CHIEF),
            second: enrolled(DEPUTY),
            regions: vec![3],
            delegation: Some(ByteVec::from(sealed_by(&delegation, [CHIEF, DEPUTY]))),
            ..founding()
        };
        let desk = Desk::found(founding.clone(), NOON).unwrap();
        let mut away = Self { desk, chain: Chain::default(), entries: Vec::new() };
        away.write(0, NOON, &Act::Office(OfficeAct::Found(founding)));
        for officer in [CLERK, POLICE] {
            let act = Act::Office(OfficeAct::Enrol(enrolled(officer)));
            away.act(CHIEF, NOON, act).unwrap();
        }
        away
    }

    fn write(&mut self, officer: u16, at: UnixTime, act: &Act) {
        let body = Body::new([7; 16], &content(act));
        let entry = Entry {
            sequence: self.chain.tip().sequence + 1,
            previous: self.chain.tip().hash,
            subject: act.subject(),
            before: self.chain.last(act.subject()),
            at,
            officer,
            act: act.code(),
            body: body.digest(),
        };
        let Ok(sealed) = entry.seal(&key(899));
        self.chain.follow(&entry).unwrap();
        self.entries.push(Recorded { sealed, body: body.as_bytes().to_vec() });
    }

    fn act(&mut self, by: u16, at: UnixTime, act: Act) -> Result<Outcome, Denied> {
        let outcome = self.desk.act(by, at, act)?;
        for act in &outcome.acts {
            self.write(by, at, act);
        }
        Ok(outcome)
    }

    fn does(&mut self, by: u16, at: UnixTime, number: u32, act: ApplicationAct) -> u32 {
        self.act(by, at, Act::Application(number, act)).unwrap().subject.number()
    }

    /// An approved application of somebody from a commune.
    fn approved(&mut self, commune: &str, at: UnixTime) -> u32 {
        let class = Class::Resident;
        let number = self.does(CLERK, at, 0, open(class, Origin::New));
        for need in class.needs() {
            self.does(CLERK, at, number, paper(need[0]));
        }
        let content = Particulars { commune: Some(commune.into()), ..particulars(class) };
        self.does(CLERK, at, number, ApplicationAct::Fill(content));
        self.does(CLERK, at, number, ApplicationAct::Submit);
        self.does(POLICE, at, number, ApplicationAct::Review);
        let digest = self.desk.application(number).unwrap().digest(self.desk.office());
        let subject = Subject::Application(number);
        let approval = Approval {
            station: AWAY,
            subject,
            digest,
            decision: Decision::Approve,
            role: Role::Police,
            at,
            ..approval(POLICE)
        };
        self.does(POLICE, at, number, ApplicationAct::Approve(sealed(POLICE, approval)));
        number
    }

    fn issue(&mut self, number: u32, at: UnixTime) -> Result<(), Denied> {
        let issued = self.desk.to_issue(number, CLERK, at)?;
        self.act(CLERK, at, Act::Application(number, ApplicationAct::Issue(issued))).map(drop)
    }

    fn handed(&self) -> Handed {
        Handed { station: AWAY, entries: self.entries.clone() }
    }
}

fn merges(desk: &mut Desk, handed: Handed) -> Result<(), Denied> {
    let fresh = Delegated::fresh(desk.delegated_to(handed.station), handed)?;
    desk.act(CHIEF, NOON, Act::Office(OfficeAct::Merge(fresh))).map(drop)
}

const DAY: i64 = 24 * 60 * 60;

#[test]
fn r13_two_supervisors_delegate_and_only_what_is_theirs() {
    let mut desk = desk();
    let good = delegation();
    assert_eq!(delegates(&mut desk, &good, [CHIEF, POLICE]), Err(Denied::NotTwoSupervisors));
    let cases = [
        (Delegation { by: 102, ..good.clone() }, Denied::OtherContent),
        (Delegation { station: 101, ..good.clone() }, Denied::StationNumber { station: 101 }),
        (Delegation { station: 40_000, ..good.clone() }, Denied::StationNumber { station: 40_000 }),
        (Delegation { record: key(POLICE).public_key(), ..good.clone() }, Denied::KeyTaken),
        (Delegation { key: good.record, ..good.clone() }, Denied::KeyTaken),
        (
            Delegation { regions: Ascending::of(vec![3, 5]).unwrap(), ..good.clone() },
            Denied::NotServed { region: 5 },
        ),
        (
            Delegation { through: good.from.plus(92), ..good.clone() },
            Denied::TooManyDays { days: 93, most: 92 },
        ),
    ];
    for (bad, why) in cases {
        assert_eq!(delegates(&mut desk, &bad, [CHIEF, DEPUTY]), Err(why));
    }
    let none = Delegation { quota: 0, ..good.clone() };
    let denied = delegates(&mut desk, &none, [CHIEF, DEPUTY]).unwrap_err();
    assert!(matches!(denied, Denied::Signature(_)));
    delegates(&mut desk, &good, [CHIEF, DEPUTY]).unwrap();
    let twice = Denied::StationNumber { station: AWAY };
    assert_eq!(delegates(&mut desk, &good, [CHIEF, DEPUTY]), Err(twice));
    let further = Delegation { by: AWAY, station: 198, ..good };
    let mut away = Away::new();
    let act = OfficeAct::Delegate(sealed_by(&further, [CHIEF, DEPUTY]));
    let denied = away.act(CHIEF, NOON, Act::Office(act)).unwrap_err();
    assert_eq!(denied, Denied::NoDelegation);
}

#[test]
fn r13_a_desk_of_special_personnel_begins_with_what_its_supervisors_signed() {
    let founding = |delegation: &Delegation, by| Founding {
        delegation: Some(ByteVec::from(sealed_by(delegation, by))),
        ..founding()
    };
    let own = Delegation { station: 101, record: key(999).public_key(), ..delegation() };
    let own = Delegation { regions: Ascending::of(vec![1, 3]).unwrap(), ..own };
    assert!(Desk::found(founding(&own, [CHIEF, DEPUTY]), NOON).is_ok());
    let unsigned = Desk::found(founding(&own, [CHIEF, POLICE]), NOON);
    assert!(matches!(unsigned, Err(Denied::Signature(_))));
    for other in [
        Delegation { station: 198, ..own.clone() },
        Delegation { record: key(899).public_key(), ..own.clone() },
        Delegation { regions: Ascending::of(vec![1]).unwrap(), ..own },
    ] {
        let begun = Desk::found(founding(&other, [CHIEF, DEPUTY]), NOON);
        assert_eq!(begun, Err(Denied::OtherContent));
    }
}

#[test]
fn r13_the_form_names_a_commune_that_was_delegated_and_elsewhere_none() {
    let mut away = Away::new();
    let class = Class::Resident;
    let number = away.does(CLERK, NOON, 0, open(class, Origin::New));
    for commune in [None, Some("演示公社三".to_owned())] {
        let fill = ApplicationAct::Fill(Particulars { commune, ..particulars(class) });
        let denied = away.act(CLERK, NOON, Act::Application(number, fill)).unwrap_err();
        assert_eq!(denied, Denied::Commune);
    }
    let mut desk = desk();
    let act = Act::Application(0, open(class, Origin::New));
    let number = desk.act(CLERK, NOON, act).unwrap().subject.number();
    let content = Particulars { commune: Some(HIS.into()), ..particulars(class) };
    assert_eq!(desk.denies(CLERK, number, ApplicationAct::Fill(content)), Denied::Commune);
}

#[test]
fn r13_nothing_is_signed_outside_the_days_beyond_the_quota_or_for_a_covered_commune() {
    let mut away = Away::new();
    let [first, second, third] = [HIS, HERS, HIS].map(|commune| away.approved(commune, NOON));
    let late = NOON.plus(31 * DAY);
    let days = Denied::NotDelegated { from: today(), through: today().plus(30) };
    assert_eq!(away.issue(first, late), Err(days.clone()));
    away.issue(first, NOON).unwrap();
    let covered = vec![HERS.to_owned()];
    let lists = OfficeAct::Lists { bundle: [1; 32], regions: vec![3], longest: 60, covered };
    away.act(CHIEF, NOON, Act::Office(lists)).unwrap();
    assert_eq!(away.issue(second, NOON), Err(Denied::Covered));
    away.issue(third, NOON).unwrap();
    let fourth = away.approved(HIS, NOON);
    assert_eq!(away.issue(fourth, NOON), Err(Denied::Quota { most: 2 }));
    // Another copy takes no number.
    away.does(CLERK, NOON, first, ApplicationAct::Print(1));
    let application = away.desk.application(first).unwrap();
    let next = application.next_copy(&away.desk.moment(CLERK, NOON)).unwrap();
    away.does(CLERK, NOON, first, ApplicationAct::Reprint(next));
}

#[test]
fn r13_a_record_comes_home_whole_or_not_at_all_and_twice_changes_nothing() {
    let mut desk = desk();
    let mut away = Away::new();
    let first = away.approved(HIS, NOON);
    away.issue(first, NOON).unwrap();
    let nobody = Denied::HandedBack(NotHandedBack::Nobody(AWAY));
    assert_eq!(merges(&mut desk, away.handed()), Err(nobody));
    delegates(&mut desk, &delegation(), [CHIEF, DEPUTY]).unwrap();
    let before = desk.clone();
    // Every entry, changed, missing or moved.
    let mut rights = 0;
    for at in 0..away.entries.len() {
        let mut changed = away.handed();
        let last = changed.entries[at].body.len() - 1;
        changed.entries[at].body[last] ^= 1;
        let mut missing = away.handed();
        missing.entries.remove(at);
        let mut forged = away.handed();
        forged.entries[at].sealed[60] ^= 1;
        for bad in [changed, missing, forged] {
            match merges(&mut desk, bad) {
                // Without its last entry a record is an older one.
                Ok(()) => rights += 1,
                Err(Denied::HandedBack(_)) => assert_eq!(desk, before),
                Err(other) => panic!("{other:?}"),
            }
            desk = before.clone();
        }
    }
    assert_eq!(rights, 1);
    merges(&mut desk, away.handed()).unwrap();
    let record = desk.delegated_to(AWAY).unwrap();
    assert_eq!((record.desk(), record.tip()), (&away.desk, away.chain.tip()));
    assert_eq!(merges(&mut desk, away.handed()), Err(Denied::Same));
    // What is new follows; what was taken is not taken back.
    let older = away.handed();
    away.does(CLERK, NOON, first, ApplicationAct::Print(1));
    merges(&mut desk, away.handed()).unwrap();
    assert_eq!(desk.delegated_to(AWAY).unwrap().desk(), &away.desk);
    let fork = merges(&mut desk, older).unwrap_err();
    assert!(matches!(fork, Denied::HandedBack(NotHandedBack::Fork { .. })), "{fork:?}");
    let denied = desk.act(CLERK, NOON, Act::Office(OfficeAct::Merge(away.handed()))).unwrap_err();
    assert!(matches!(denied, Denied::Role { .. }));
}

#[test]
fn r13_what_the_rules_would_not_have_let_be_is_not_taken() {
    let mut desk = desk();
    delegates(&mut desk, &delegation(), [CHIEF, DEPUTY]).unwrap();
    let mut away = Away::new();
    let number = away.approved(HIS, NOON);
    // A desk that asks no rule signs after its last day.
    let late = NOON.plus(31 * DAY);
    let application = away.desk.application(number).unwrap();
    let id = permit_core::PermitId { station: AWAY, year: 63, serial: 1, copy: 1 };
    let issued = application.signed_as(&away.desk.moment(CLERK, late), id).unwrap();
    away.write(CLERK, late, &Act::Application(number, ApplicationAct::Issue(issued)));
    let denied = merges(&mut desk, away.handed()).unwrap_err();
    let Denied::HandedBack(NotHandedBack::Unlawful { why, .. }) = denied else {
        panic!("{denied:?}");
    };
    assert!(matches!(*why, Denied::NotDelegated { .. }));
}

/// Days of the calendar are the desk's.
#[test]
fn r13_the_last_day_counts() {
    let mut away = Away::new();
    let last: Day = delegation().through;
    let number = away.approved(HIS, NOON);
    let at = NOON.plus(30 * DAY);
    assert_eq!(at.day(480), last);
    away.issue(number, at).unwrap();
}
