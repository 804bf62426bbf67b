//! Returns of stations.

use permit_core::{Day, PublicKey, Side, Signer as _};
use permit_headquarters::{Finding, Refusal, Taken};
use permit_record::Return;

use crate::world::{START, headquarters, key};

fn drawn(sequence: u64, tip: u8, made: i64) -> Return {
    Return {
        zone: 1,
        station: 101,
        demo: true,
        made: START.plus(made),
        from: Day::from_civil(2026, 2, 1).unwrap(),
        through: Day::from_civil(2026, 2, 28).unwrap(),
        sequence,
        tip: [tip; 32],
        counts: Vec::new(),
        cases: Vec::new(),
        issues: Some(Vec::new()),
        views: None,
        register: [0; 32],
    }
}

#[tokio::test]
async fn r26_a_record_that_was_set_back_is_found_by_its_returns() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let desk = key("desk 101");
    let sealed = |drawn: &Return| match drawn.seal(&desk) {
        Ok(sealed) => sealed,
    };
    let first = sealed(&drawn(40, 4, 10));
    assert!(matches!(site.take(&first).await.unwrap(), Taken::Refused(Refusal::Signed(_))));
    let public = PublicKey::new(&desk.public_key()).unwrap();
    assert!(site.enter_station(33_000, &public).await.is_err(), "the other side's");
    site.enter_station(101, &public).await.unwrap();
    let taken = |set_back| Taken::Return { station: 101, set_back };
    assert_eq!(site.take(&first).await.unwrap(), taken(false));
    assert_eq!(site.take(&first).await.unwrap(), Taken::Again);
    assert_eq!(site.take(&sealed(&drawn(60, 6, 30))).await.unwrap(), taken(false));
    // Late, and in its place.
    assert_eq!(site.take(&sealed(&drawn(50, 5, 20))).await.unwrap(), taken(false));
    assert_eq!(site.findings().await.unwrap(), []);
    for back in [drawn(55, 7, 40), drawn(60, 9, 50)] {
        assert_eq!(site.take(&sealed(&back)).await.unwrap(), taken(true));
    }
    let found = site.findings().await.unwrap();
    assert!(found.iter().all(|it| it.finding == Finding::RecordSetBack && it.station == Some(101)));
    assert_eq!(found.len(), 2);
    let real = Return { demo: false, ..drawn(70, 7, 60) };
    assert_eq!(site.take(&sealed(&real)).await.unwrap(), Taken::Refused(Refusal::OtherZone));
    site.close().await.unwrap();
}
