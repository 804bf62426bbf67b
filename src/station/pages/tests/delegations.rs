//! Special personnel over the pages: at their own desk, and at the one that delegates.

use axum::http::StatusCode;
use permit_core::Signer as _;
use permit_record::{Ascending, Delegation};
use permit_signing::{demo, draft::Names};
use permit_store::Store;

use super::{Place, form, key, plain};
use crate::{
    delegation::{self, Asked},
    home::Home,
    registry::TABLES,
    rules::{Act, ApplicationAct, Class, Language, Origin},
    site::Site,
};

/// Under which the tests' desk is one of special personnel.
pub(super) fn delegation() -> Delegation {
    Delegation {
        zone: 1,
        by: 102,
        station: 101,
        record: key(999).public_key(),
        key: demo::desk_key().public_key(),
        regions: Ascending::of(vec![1, 3, 77, 99]).unwrap(),
        communes: Ascending::of(vec!["演示公社一".to_owned(), "演示公社二".to_owned()]).unwrap(),
        from: demo::NOON.day(480),
        through: demo::NOON.day(480).plus(30),
        quota: 1,
        at: demo::NOON,
    }
}

#[tokio::test]
async fn r13_a_desk_of_special_personnel_asks_for_a_commune_and_says_what_it_may() {
    let place = Place::special().await;
    let counter = place.officer(3).await;
    let page = counter.get("/new/resident").await;
    assert!(page.body.contains("name=\"commune\" value=\"演示公社一\""), "{}", page.said());
    let refused = counter.post("/new/resident", &form("resident")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"e-commune\""), "beside the field: {}", refused.said());
    let mut filled = form("resident");
    filled.push(("commune", "演示公社二"));
    let at = counter.does("/new/resident", &filled).await;
    assert!(counter.get(&at).await.said().contains("演示公社二"));
    let page = plain(&counter.get("/delegations").await.body);
    assert!(page.contains("演示公社一 · 演示公社二") && page.contains("0 / 1"), "{page}");
    let other = Place::new().await;
    let page = other.officer(3).await.get("/new/resident").await;
    assert!(!page.body.contains("name=\"commune\""), "nobody else is asked");
}

#[tokio::test]
async fn r13_what_came_home_is_looked_at_where_it_was_delegated() {
    let place = Place::new().await;
    let away = place.folder.path().join("away");
    {
        let mut site = place.pages.0.site.lock().await;
        let today = site.today();
        let asked = Asked {
            station: 199,
            regions: vec![3],
            communes: vec!["演示公社一".to_owned()],
            from: today,
            through: today.plus(10),
            quota: 5,
            names: Names::default(),
            officers: vec![3],
        };
        let (first, second) = (key(1), key(2));
        let by = [(1, &first), (2, &second)];
        delegation::make(&mut site, &away, &asked, by).await.unwrap();
    }
    let (chief, counter) = (place.officer(1).await, place.officer(3).await);
    let page = chief.get("/delegations").await;
    assert!(page.said().contains("not handed back yet"), "{}", page.said());
    assert_eq!(counter.get("/delegations/199").await.status, StatusCode::NOT_FOUND);

    let home = Home::open(&away).unwrap();
    let url = home.database();
    drop(Store::open(&url, &TABLES).await.unwrap());
    let mut theirs = Site::open(home, &url).await.unwrap();
    let open = ApplicationAct::Open {
        class: Class::Resident,
        origin: Origin::New,
        language: Language::Ko,
        applicant: None,
        salt: [3; 16],
    };
    let at = theirs.now();
    theirs.registry.act(3, at, Act::Application(0, open)).await.unwrap();
    let bytes = delegation::hand_back(&theirs).await.unwrap();
    {
        let mut site = place.pages.0.site.lock().await;
        let handed = delegation::look(&site, &bytes).unwrap().unwrap();
        assert!(handed.conflicts.is_empty());
        delegation::take(&mut site, 1, handed).await.unwrap();
        assert!(delegation::look(&site, &bytes).unwrap().is_none(), "twice harmless");
    }
    let page = counter.get("/delegations").await;
    assert!(page.body.contains("href=\"/delegations/199\""), "{}", page.said());
    let page = counter.get("/delegations/199").await;
    assert!(
        page.said().contains("演示公社一") && page.said().contains("being taken in"),
        "{}",
        page.said()
    );
}
