//! What the law lets go is gone, and everything else is as it was.

use permit_core::UnixTime;
use permit_report::Period;

use super::{
    super::{Registry, RegistryError},
    place::*,
};
use crate::{
    report,
    rules::{tests::scene::*, *},
};

const DAY: i64 = 24 * 60 * 60;

fn later(days: i64) -> UnixTime {
    NOON.plus(days * DAY)
}

async fn signs(registry: &mut Registry, number: u32, by: u16, first: bool) {
    use permit_record::{Decision, Role};
    let role = if by == BORDER { Role::BorderDefence } else { Role::Police };
    let sealed = registry.desk().decided(number, by, role, Decision::Refuse);
    let act = match first {
        true => ApplicationAct::ProposeRefusal(grounds(), sealed),
        false => ApplicationAct::Refuse(sealed),
    };
    does(registry, by, number, act).await;
}

/// A permit that was handed over, one that was given back as its second copy, a refusal, and a case that has ended.
async fn worked(registry: &mut Registry) {
    for surrendered in [false, true] {
        let number = approved(registry, Class::Resident).await;
        registry.issue(number, CLERK, NOON, None).await.unwrap();
        does(registry, CLERK, number, ApplicationAct::Print(1)).await;
        let copy = if surrendered {
            registry.reprint(number, CLERK, NOON, None).await.unwrap();
            does(registry, CLERK, number, ApplicationAct::Print(2)).await;
            2
        } else {
            1
        };
        let read = ApplicationAct::ReadBack { copy, grade: 4, right: true };
        does(registry, CLERK, number, read).await;
        does(registry, CLERK, number, ApplicationAct::HandOver).await;
        if surrendered {
            does(registry, CLERK, number, ApplicationAct::Surrender).await;
        }
    }
    let number = reviewed(registry, Class::Resident).await;
    signs(registry, number, POLICE, true).await;
    signs(registry, number, BORDER, false).await;
    let person = Person {
        latin: "NAMGUNG HANUL".into(),
        native: None,
        birth: permit_core::Birth::Year(1931),
        region: Some(3),
        people: 1,
    };
    let open = CaseAct::Open {
        kind: CaseKind::Return,
        person,
        language: Language::Ko,
        basis: None,
        salt: [4; 16],
    };
    registry.act(CASES, NOON, Act::Case(0, open)).await.unwrap();
    registry.act(CASES, NOON, Act::Case(1, CaseAct::Withdraw)).await.unwrap();
}

fn denied(error: RegistryError) -> Denied {
    match error {
        RegistryError::Denied(denied) => denied,
        other => panic!("{other}"),
    }
}

async fn lets_go(
    registry: &mut Registry,
    by: u16,
    at: UnixTime,
    what: LetGo,
) -> Result<(), RegistryError> {
    let act = Act::Office(OfficeAct::LetGo(what));
    registry.act(by, at, act).await.map(drop)
}

#[tokio::test]
async fn r26_what_is_let_go_is_gone_and_the_record_holds() {
    for place in places() {
        let mut registry = registry(&place).await;
        worked(&mut registry).await;
        let period: Period = "1963-09".parse().unwrap();
        let before = report::outward(&registry, period, later(450)).await.unwrap();
        let fourth = approved(&mut registry, Class::Resident).await;
        let serial = registry.desk().to_issue(fourth, CLERK, NOON);
        // Nobody is named in what stays.
        does(&mut registry, CLERK, fourth, ApplicationAct::Withdraw).await;
        let behind = opened(&place).await.unwrap();
        let at = later(450);
        let today = at.day(480);
        assert!(registry.desk().due(later(300).day(480), TERM).is_empty());
        let due = registry.desk().due(today, TERM);
        assert_eq!((due.applications.len(), &due.cases[..]), (4, &[1][..]));
        let soon = LetGo { days: 89, ..due.clone() };
        let why = denied(lets_go(&mut registry, CHIEF, at, soon).await.unwrap_err());
        assert_eq!(why, Denied::TooEarly { least: 90 });
        let why = denied(lets_go(&mut registry, CLERK, at, due.clone()).await.unwrap_err());
        assert!(matches!(why, Denied::Role { .. }));
        let mut other = due.clone();
        other.applications[0].region = 1;
        let why = denied(lets_go(&mut registry, CHIEF, at, other).await.unwrap_err());
        assert!(matches!(why, Denied::NoSubject(_)), "what stays is what was");
        lets_go(&mut registry, CHIEF, at, due.clone()).await.unwrap();
        assert!(registry.desk().applications().next().is_none());
        let why = denied(lets_go(&mut registry, CHIEF, at, due).await.unwrap_err());
        assert!(matches!(why, Denied::NoSubject(_)), "once");

        let findings = registry.check().await.unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        let again = opened(&place).await.unwrap();
        assert_eq!((again.desk(), again.tip()), (registry.desk(), registry.tip()));
        // A program that had not read so far when the contents went.
        let mut behind = behind;
        behind.catch_up().await.unwrap();
        assert_eq!((behind.desk(), behind.tip()), (registry.desk(), registry.tip()));
        let after = report::outward(&registry, period, later(450)).await.unwrap();
        assert_eq!(after.register, before.register);
        let withdrawn = |it: &permit_record::Count| {
            it.outcome != permit_record::Outcome::Withdrawn
                && it.outcome != permit_record::Outcome::HandedIn
        };
        let told = |out: &report::Outward| {
            out.drawn.counts.iter().cloned().filter(withdrawn).collect::<Vec<_>>()
        };
        assert_eq!(told(&after), told(&before), "counts of a month that was told stay");
        // Numbers go on behind those that are gone.
        let serial = serial.unwrap().id.serial;
        let act = Act::Application(0, open(Class::Resident, Origin::New));
        let next = registry.act(CLERK, at, act).await.unwrap().subject.number();
        assert_eq!((next, serial), (5, 3));
        if place.url.starts_with("sqlite:") {
            registry.store().settle().await.unwrap();
            registry.store().clone().close().await.unwrap();
            for name in ["desk.db", "desk.db-wal"] {
                let bytes = std::fs::read(place.folder.path().join(name)).unwrap_or_default();
                for text in [&b"NAMGUNG"[..], "남궁하늘".as_bytes()] {
                    assert!(!bytes.windows(text.len()).any(|it| it == text), "{name}");
                }
            }
        }
    }
}

#[tokio::test]
async fn r26_a_content_that_is_gone_without_an_act_or_put_back_as_another_is_noticed() {
    for place in places() {
        let mut registry = registry(&place).await;
        worked(&mut registry).await;
        let spoil = async |registry: &Registry, sql: &str| {
            let session = registry.store().write().await.unwrap();
            session.raw_for_tests_only(sql).await.unwrap();
            session.commit().await.unwrap();
        };
        let number = registry.tip().sequence - 6;
        let due = registry.desk().due(later(450).day(480), TERM);
        lets_go(&mut registry, CHIEF, later(450), due).await.unwrap();
        let zeros = format!("UPDATE entry SET body = sealed WHERE sequence = {number}");
        spoil(&registry, &zeros).await;
        assert!(matches!(opened(&place).await, Err(RegistryError::Content(_))));
        spoil(&registry, &format!("UPDATE entry SET body = NULL WHERE sequence = {number}")).await;
        opened(&place).await.unwrap();
        // An officer's enrolment is let go by nothing.
        spoil(&registry, "UPDATE entry SET body = NULL WHERE sequence = 3").await;
        assert!(opened(&place).await.is_err());
    }
}
