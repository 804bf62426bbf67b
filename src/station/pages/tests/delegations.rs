//! Special personnel over the pages: at their own desk, and at the one that delegates.

use axum::http::StatusCode;
use permit_core::Signer as _;
use permit_record::{Ascending, Delegation};
use permit_signing::{demo, draft::Names};
use permit_store::Store;

use super::{
    Place, form, key, plain,
    work::{file, picture},
};
use crate::{
    delegation::{self, Asked},
    home::Home,
    registry::TABLES,
    rules::{Act, ApplicationAct, Class, Language, Origin, Particulars},
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
    // Their record comes home as one file, for whoever supervises.
    assert_eq!(counter.post("/delegations/hand-back", &[]).await.status, StatusCode::FORBIDDEN);
    let chief = place.officer(1).await;
    let handed = chief.post("/delegations/hand-back", &[]).await;
    assert_eq!(handed.status, StatusCode::OK, "{}", handed.said());
    assert_eq!(handed.headers["content-type"], "application/octet-stream");
    let name = handed.headers["content-disposition"].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"00101-record.bin\"");
    let other = Place::new().await;
    let page = other.officer(3).await.get("/new/resident").await;
    assert!(!page.body.contains("name=\"commune\""), "nobody else is asked");
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
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
    let path = "/delegations/merge";
    assert_eq!(counter.get(path).await.status, StatusCode::FORBIDDEN);
    assert!(chief.get("/delegations").await.body.contains(path));
    let before = place.entries().await;
    for (wrong, said) in
        [(&b"no record"[..], "signature"), (&bytes[..bytes.len() - 9], "signature")]
    {
        let answer = picture(&chief, path, wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.said().contains(said), "{}", answer.said());
    }
    assert_eq!(place.entries().await, before, "whole or not at all");
    assert_eq!(picture(&chief, path, &bytes).await.leads_to(), "/delegations/199");
    assert_eq!(place.entries().await, before + 1);
    let twice = picture(&chief, path, &bytes).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.said().contains("taken before"), "{}", twice.said());
    assert_eq!(place.entries().await, before + 1, "twice harmless");

    // Somebody alike is taken in at both: shown, and taken when the same file comes again and was looked at.
    let number = counter.does("/new/resident", &form("resident")).await;
    let content = {
        let site = place.pages.0.site.lock().await;
        let number = number.rsplit('/').next().unwrap().parse().unwrap();
        site.registry.desk().application(number).unwrap().particulars.clone().unwrap()
    };
    let commune = Some("演示公社一".to_owned());
    let fill = ApplicationAct::Fill(Particulars { commune, region: 3, ..content });
    theirs.registry.act(3, at, Act::Application(1, fill)).await.unwrap();
    let bytes = delegation::hand_back(&theirs).await.unwrap();
    let before = place.entries().await;
    let shown = picture(&chief, path, &bytes).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = shown.body.split("name=\"seen\" value=\"").nth(1).unwrap()[..64].to_owned();
    for (seen, looked) in [("0".repeat(64), Some("yes")), (seen.clone(), None)] {
        let mut fields = vec![("seen", seen.as_str())];
        fields.extend(looked.map(|it| ("looked", it)));
        let again = file(&chief, path, &fields, &bytes).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(place.entries().await, before);
    let fields = [("seen", seen.as_str()), ("looked", "yes")];
    assert_eq!(file(&chief, path, &fields, &bytes).await.leads_to(), "/delegations/199");
    let page = counter.get("/delegations").await;
    assert!(page.body.contains("href=\"/delegations/199\""), "{}", page.said());
    let page = counter.get("/delegations/199").await;
    assert!(
        page.said().contains("演示公社一") && page.said().contains("being taken in"),
        "{}",
        page.said()
    );
}
