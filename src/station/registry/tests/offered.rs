//! A decision that is forged, of something else, or of somebody who does not decide: refused, recorded, and no more of it.

use permit_core::{UnixTime, sha256};
use permit_record::{Approval, NotTaken, Subject};

use super::{
    super::{Registry, RegistryError},
    place::*,
};
use crate::rules::{tests::scene::*, *};

/// Offers a decision that is refused.
async fn offers(registry: &mut Registry, by: u16, number: u32, bytes: &[u8]) {
    let act = Act::Application(number, ApplicationAct::Approve(bytes.to_vec()));
    let refused = registry.act(by, NOON, act).await.unwrap_err();
    assert!(matches!(refused, RegistryError::Denied(_)), "{refused}");
}

fn told(registry: &Registry) -> Vec<(u16, NotTaken)> {
    registry.desk().refusals().iter().map(|it| (it.by, it.offered.why)).collect()
}

#[tokio::test]
async fn r16_what_is_forged_or_of_something_else_is_refused_and_recorded() {
    for place in places() {
        let mut registry = registry(&place).await;
        let number = reviewed(&mut registry, Class::StateEmployee).await;
        let other = reviewed(&mut registry, Class::StateEmployee).await;
        let digest = registry.desk().application(number).unwrap().digest(registry.desk().office());
        let subject = Subject::Application(number);
        let right = Approval { digest, subject, ..approval(POLICE) };
        let elsewhere = Approval { station: 102, ..right };
        let late = Approval { at: UnixTime(NOON.0 - 86_401), ..right };
        let forged = sealed(BORDER, right);
        offers(&mut registry, POLICE, number, &forged).await;
        offers(&mut registry, POLICE, number, &sealed(POLICE, elsewhere)).await;
        offers(&mut registry, POLICE, number, &sealed(POLICE, late)).await;
        offers(&mut registry, CLERK, number, &sealed(CLERK, approval(CLERK))).await;
        let good = sealed(POLICE, right);
        offers(&mut registry, POLICE, other, &good).await;
        does(&mut registry, POLICE, number, ApplicationAct::Approve(good)).await;
        let again = Approval { officer: SECOND, ..right };
        does(&mut registry, POLICE, other, ApplicationAct::Want(vec![])).await;
        // Genuine, and at a wrong moment; the same twice is said once.
        let subject = Subject::Application(other);
        let digest = registry.desk().application(other).unwrap().digest(registry.desk().office());
        let early = Approval { digest, subject, ..right };
        for _ in 0..2 {
            offers(&mut registry, POLICE, other, &sealed(POLICE, early)).await;
        }
        // Forged at a wrong moment is forged.
        offers(&mut registry, POLICE, other, &sealed(BORDER, early)).await;
        registry.act(CHIEF, NOON, Act::Office(OfficeAct::Dismiss(SECOND))).await.unwrap();
        offers(&mut registry, SECOND, number, &sealed(SECOND, again)).await;
        let expected = [
            (POLICE, NotTaken::Forged),
            (POLICE, NotTaken::OtherContent),
            (POLICE, NotTaken::OtherTime),
            (CLERK, NotTaken::Role),
            (POLICE, NotTaken::OtherContent),
            (POLICE, NotTaken::OtherState),
            (POLICE, NotTaken::Forged),
            (SECOND, NotTaken::Left),
        ];
        assert_eq!(told(&registry), expected);
        assert_eq!(registry.desk().refusals()[0].offered.digest, sha256(&[&forged]));
        let findings = registry.check().await.unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        let again = opened(&place).await.unwrap();
        assert_eq!((again.desk(), again.tip()), (registry.desk(), registry.tip()));
    }
}

#[tokio::test]
async fn r16_whoever_offers_over_and_over_does_not_fill_the_record() {
    for place in places() {
        let mut registry = registry(&place).await;
        let number = reviewed(&mut registry, Class::Resident).await;
        let before = registry.tip().sequence;
        for _ in 0..3 {
            offers(&mut registry, POLICE, number, b"the same").await;
        }
        assert_eq!(registry.tip().sequence, before + 1);
        for each in 0..40_u8 {
            offers(&mut registry, POLICE, number, &[each]).await;
        }
        assert_eq!(registry.tip().sequence, before + OFFERED_A_DAY as u64);
        // Another officer's day, and the next one.
        offers(&mut registry, BORDER, number, &[1, 2]).await;
        assert_eq!(registry.tip().sequence, before + OFFERED_A_DAY as u64 + 1);
        let tomorrow = UnixTime(NOON.0 + 86_400);
        let act = Act::Application(number, ApplicationAct::Approve(b"the same".to_vec()));
        registry.act(POLICE, tomorrow, act).await.unwrap_err();
        assert_eq!(registry.desk().refusals().last().unwrap().at, tomorrow);
        // About nothing that there is, and in the name of nobody.
        let last = registry.tip();
        for (by, number) in [(POLICE, number + 1), (77, number)] {
            let act = Act::Application(number, ApplicationAct::Approve(vec![1]));
            registry.act(by, tomorrow, act).await.unwrap_err();
        }
        assert_eq!(registry.tip(), last);
        assert!(registry.check().await.unwrap().is_empty());
    }
}
