use permit_core::{Envelope, PublicKey, Signer as _, UnixTime};
use permit_record::Role;

use super::{
    super::{Registry, RegistryError},
    place::*,
};
use crate::rules::{tests::scene::*, *};

#[tokio::test]
async fn r16_each_class_goes_from_application_to_a_permit_that_reads() {
    for place in places() {
        let mut registry = registry(&place).await;
        for class in Class::ALL {
            let number = approved(&mut registry, class).await;
            let signed = registry.issue(number, CLERK, NOON, None).await.unwrap();
            let envelope = Envelope::open(signed.text.as_str().as_bytes()).unwrap();
            let key = PublicKey::new(&key(998).public_key()).unwrap();
            assert!(key.verify(&envelope.to_be_signed(), envelope.signature()));
            assert_eq!(permit_core::Permit::decode(envelope.payload()), Ok(signed.permit.clone()));
            assert_eq!(registry.signed(number, None).unwrap().text, signed.text, "the same again");
            does(&mut registry, CLERK, number, ApplicationAct::Print(1)).await;
            let read = ApplicationAct::ReadBack { copy: 1, grade: 4, right: true };
            does(&mut registry, CLERK, number, read).await;
            let again = registry.signed(number, None).unwrap_err();
            assert!(matches!(again, RegistryError::Denied(Denied::State(State::ReadBack))));
            does(&mut registry, CLERK, number, ApplicationAct::HandOver).await;
        }
        let findings = registry.check().await.unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        let again = opened(&place).await.unwrap();
        assert_eq!((again.desk(), again.tip()), (registry.desk(), registry.tip()));
    }
}

#[tokio::test]
async fn r16_no_permit_without_what_the_class_asks() {
    for place in places() {
        let mut registry = registry(&place).await;
        let number = reviewed(&mut registry, Class::StateEmployee).await;
        let denied = |error: RegistryError| match error {
            RegistryError::Denied(denied) => denied,
            other => panic!("{other}"),
        };
        let missing = denied(registry.issue(number, CLERK, NOON, None).await.unwrap_err());
        assert_eq!(missing, Denied::State(State::UnderReview));
        let act = approve(&registry, number, POLICE, Role::Police);
        does(&mut registry, POLICE, number, act).await;
        let missing = denied(registry.issue(number, CLERK, NOON, None).await.unwrap_err());
        assert_eq!(missing, Denied::State(State::UnderReview));
        // Nobody records a permit that was not signed.
        let act = approve(&registry, number, BORDER, Role::BorderDefence);
        does(&mut registry, BORDER, number, act).await;
        let issued = registry.desk().to_issue(number, CLERK, NOON).unwrap();
        let act = Act::Application(number, ApplicationAct::Issue(issued));
        assert!(matches!(registry.act(CLERK, NOON, act).await, Err(RegistryError::NoStationKey)));
        registry.act(CHIEF, NOON, Act::Office(OfficeAct::Dismiss(BORDER))).await.unwrap();
        let missing = denied(registry.issue(number, CLERK, NOON, None).await.unwrap_err());
        assert_eq!(missing, Denied::Approvals(vec![&[Role::BorderDefence]]));
    }
}

#[tokio::test]
async fn r12_two_desks_on_one_database_never_give_a_number_twice() {
    for place in places() {
        let mut first = registry(&place).await;
        let memory = tempfile::tempdir().unwrap();
        let memory = Some(memory.path().to_owned());
        let mut second = Registry::open(store(&place).await, keys(), memory).await.unwrap();
        let mut ids = Vec::new();
        for _ in 0..3 {
            for desk in [&mut first, &mut second] {
                let number = approved(desk, Class::Resident).await;
                // The other's clock is a little behind.
                let at = UnixTime(NOON.0 - 5);
                ids.push(desk.issue(number, CLERK, at, None).await.unwrap().permit.id.serial);
            }
        }
        assert_eq!(ids, [1, 2, 3, 4, 5, 6]);
        first.catch_up().await.unwrap();
        assert_eq!(first.desk(), second.desk());
        assert!(second.check().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_desk_that_is_begun_is_not_begun_again_and_opens_with_its_key_only() {
    for place in places() {
        drop(registry(&place).await);
        let again = Registry::create(store(&place).await, keys(), None, founding(), NOON).await;
        assert!(matches!(again, Err(RegistryError::OtherDesk)));
        let other = super::super::Keys { record: key(997), station: None };
        assert!(Registry::open(store(&place).await, other, None).await.is_err());
    }
}

#[tokio::test]
async fn an_older_copy_of_the_database_is_noticed() {
    let place = places().remove(0);
    let mut registry = registry(&place).await;
    let copy = place.folder.path().join("older.db");
    registry.store().copy_to(copy.to_str().unwrap()).await.unwrap();
    approved(&mut registry, Class::Resident).await;
    let (known, found) = (registry.tip().sequence, 7);
    drop(registry);
    let older = Place { url: format!("sqlite://{}", copy.display()), folder: place.folder };
    match opened(&older).await {
        Err(RegistryError::Shorter { known: k, found: f }) => assert_eq!((k, f), (known, found)),
        other => panic!("{other:?}"),
    }
}
