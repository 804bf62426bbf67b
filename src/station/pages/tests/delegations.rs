//! Special personnel over the pages: at their own desk, and at the one that delegates.

use std::fs;

use axum::http::StatusCode;
use permit_core::Signer as _;
use permit_record::{Ascending, Delegation};
use permit_signing::{NewPassphrase, demo};
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
            officers: vec![3],
        };
        let (first, second) = (key(1), key(2));
        let by = [(1, &first), (2, &second)];
        delegation::make(&mut site, &away, &asked, by).await.unwrap();
    }
    let (chief, counter) = (place.officer(1).await, place.officer(3).await);
    let page = chief.get("/delegations").await;
    assert!(page.said().contains("not handed back yet"), "{}", page.said());
    assert!(counter.get("/delegations/199").await.said().contains("not handed back yet"));
    assert_eq!(counter.get("/delegations/198").await.status, StatusCode::NOT_FOUND);

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
        [(&b"no record"[..], "signature"), (&bytes[..bytes.len() - 9], "changed on the way")]
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

/// What a supervisor fills in, for number 199.
const FORM: [(&str, &str); 9] = [
    ("number", "199"),
    ("quota", "5"),
    ("from", "1963-9-10"),
    ("through", "1963-11-30"),
    ("region", "3"),
    ("communes", "演示公社一\r\n演示公社二"),
    ("officers", "3"),
    ("second", "2"),
    ("do", "sign"),
];

fn with<'f>(name: &'f str, value: &'f str) -> Vec<(&'f str, &'f str)> {
    FORM.into_iter().map(|(it, old)| (it, if it == name { value } else { old })).collect()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
async fn r13_two_supervisors_delegate_each_at_a_seat_of_their_own() {
    let place = Place::new().await;
    let (first, second) = (place.officer(1).await, place.officer(2).await);
    let counter = place.officer(3).await;
    assert_eq!(counter.get("/delegations/new").await.status, StatusCode::FORBIDDEN);
    let before = place.entries().await;
    for (field, wrong) in [
        ("number", "101"),
        ("number", "x"),
        ("quota", "0"),
        ("through", "1963-09-09"),
        ("through", "1964-09-09"),
        ("from", "soon"),
        ("region", "4000"),
        ("region", ""),
        ("communes", " "),
        ("communes", "a\u{202e}b"),
        ("officers", "9"),
        ("second", "3"),
        ("second", "1"),
    ] {
        let answer = first.post("/delegations/new", &with(field, wrong)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {wrong}");
        assert!(answer.body.contains(&format!("id=\"e-{field}\"")), "{field}: {wrong}");
    }
    let away = place.folder.path().join("delegated");
    assert!(!away.join("00199").exists(), "nothing of it is left");
    assert_eq!(first.post("/delegations/new", &FORM).await.leads_to(), "/delegations");
    let twice = first.post("/delegations/new", &FORM).await;
    assert!(twice.body.contains("id=\"e-number\""), "one at a time: {}", twice.said());
    assert_eq!(place.entries().await, before, "one signature records nothing");

    let sign = "/delegations/199/sign";
    // A supervisor finds the way there before anything is delegated; whoever works the counter, afterwards.
    assert!(first.get("/").await.body.contains("href=\"/delegations\""));
    assert!(!counter.get("/").await.body.contains("href=\"/delegations\""));
    let page = second.get(sign).await;
    let text = plain(&page.body);
    assert!(text.contains("演示公社一 · 演示公社二") && text.contains("1963-11-30"), "{text}");
    assert!(text.contains("Yanji County"), "whatever limits it is shown: {text}");
    let digest = page.body.split("name=\"digest\" value=\"").nth(1).unwrap()[..71].to_owned();
    let press = [("digest", digest.as_str()), ("do", "sign")];
    assert!(!first.get(sign).await.body.contains("value=\"sign\""), "the same person signs once");
    for (browser, form) in [(&first, &press[..]), (&second, &[("digest", "0"), ("do", "sign")])] {
        let answer = browser.post(sign, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.said());
    }
    assert_eq!(place.entries().await, before);
    assert_eq!(second.post(sign, &press).await.leads_to(), "/delegations/199");
    assert_eq!(place.entries().await, before + 1);
    assert!(!away.join("00199").exists(), "its keys are in the file alone");
    assert_eq!(second.get(sign).await.status, StatusCode::NOT_FOUND);

    assert_eq!(counter.get("/delegations/199/desk").await.status, StatusCode::FORBIDDEN);
    let entry = first.get("/delegations/199/station.toml").await.body;
    assert!(entry.contains("number = 199") && entry.contains("演示公社二"), "{entry}");
    let file = first.get("/delegations/199/desk").await;
    let name = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"00199.desk\"");
    let bytes = fs::read(away.join("00199.desk")).unwrap();
    let folder = place.folder.path().join("laptop");
    let key = delegation::cover(&bytes).unwrap().open_unprotected().unwrap();
    for at in [3, 17, 40, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let taken = delegation::take_up(&changed, &key, &folder);
        assert!(taken.is_err() && !folder.exists(), "{at}");
    }
    delegation::take_up(&bytes, &key, &folder).unwrap();
    delegation::take_up(&bytes, &key, &folder).unwrap_err();
    let home = Home::open(&folder).unwrap();
    let url = home.database();
    let theirs = Site::open(home, &url).await.unwrap();
    let office = theirs.registry.desk().office();
    assert_eq!((office.station(), office.officers().count()), (199, 3));
    assert!(theirs.home.officer(3).exists());
    let handed = delegation::hand_back(&theirs).await.unwrap();
    assert!(delegation::is_sealed(&handed));
    assert_eq!(picture(&first, "/delegations/merge", &handed).await.leads_to(), "/delegations/199");

    let desk = "/delegations/199/desk";
    assert_eq!(first.post(desk, &[]).await.leads_to(), "/delegations/199");
    assert_eq!(first.get(desk).await.status, StatusCode::NOT_FOUND);
    // What one signed and nobody else is dropped again.
    assert_eq!(
        first.post("/delegations/new", &with("number", "198")).await.leads_to(),
        "/delegations"
    );
    assert!(first.get("/delegations").await.body.contains("/delegations/198/sign"));
    let dropped = second.post("/delegations/198/sign", &[("do", "drop")]).await;
    assert_eq!((dropped.leads_to().as_str(), away.join("00198").exists()), ("/delegations", false));
}

#[tokio::test]
async fn r13_the_file_that_is_taken_along_opens_with_its_passphrase_alone() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(&folder.path().join("desk")).unwrap();
    fs::write(home.folder().join("tip"), b"tip").unwrap();
    let under = |text: &str| NewPassphrase::chosen(text).unwrap();
    let file = delegation::pack(home.folder(), Some(&under("a passphrase for the way"))).unwrap();
    let secret = fs::read(home.folder().join("secret")).unwrap();
    assert!(!file.windows(secret.len()).any(|it| it == secret));
    let cover = delegation::cover(&file).unwrap();
    assert!(cover.is_protected());
    cover.open(under("another passphrase here").as_ref()).unwrap_err();
    let key = cover.open(under("a passphrase for the way").as_ref()).unwrap();
    let there = folder.path().join("there");
    delegation::take_up(&file, &key, &there).unwrap();
    assert_eq!(fs::read(there.join("secret")).unwrap(), secret);
    for wrong in [&b""[..], b"permit-special-1", b"permit-special-1\xff\xff", &file[..40]] {
        assert!(delegation::cover(wrong).is_err());
    }
}
