//! Enrolling an officer by two supervisors, each at a seat of their own.

use axum::http::StatusCode;
use permit_web::Pace;

use super::{Browser, PASSPHRASE, Place};

const CHOSEN: &str = "chosen by the officer";

fn form(number: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("number", number),
        ("latin", "Invented New"),
        ("native", "새별"),
        ("roles", "counter"),
        ("roles", "cases"),
        ("chosen", CHOSEN),
        ("again", CHOSEN),
        ("passphrase", PASSPHRASE),
    ]
}

/// Signs as the second supervisor.
async fn signs(browser: &Browser, passphrase: &str) -> super::Answer {
    let page = browser.get("/officers/20/enrolment").await.body;
    let digest = page.split("name=\"digest\" value=\"").nth(1).unwrap();
    let digest = digest[..71].to_owned();
    browser.post("/officers/20/enrolment", &[("digest", &digest), ("passphrase", passphrase)]).await
}

#[tokio::test]
async fn r16_an_officer_is_enrolled_by_two_supervisors_and_by_no_one_of_them() {
    let place = Place::with(false, Pace::default()).await;
    let (chief, deputy) = (place.officer(1).await, place.officer(2).await);
    let before = place.entries().await;
    for (field, value) in
        [("number", "3"), ("latin", ""), ("chosen", "short"), ("again", "something else of it")]
    {
        let mut wrong = form("20");
        wrong.iter_mut().filter(|(name, _)| *name == field).for_each(|it| it.1 = value);
        let answer = chief.post("/officers/new", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(!answer.body.contains(CHOSEN), "no passphrase comes back");
    }
    assert_eq!(chief.does("/officers/new", &form("20")).await, "/officers");
    assert_eq!(place.entries().await, before, "one signature enrols nobody");
    let alone = signs(&chief, PASSPHRASE).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY, "nor the same one twice");
    assert!(deputy.get("/officers").await.body.contains("href=\"/officers/20/enrolment\""));
    let signed = signs(&deputy, PASSPHRASE).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.said());
    assert_eq!(place.entries().await, before + 1);
    let page = chief.get("/officers").await.body;
    assert!(page.contains("새별") && !page.contains("/officers/20/enrolment"), "{page}");
    let stranger = place.stranger();
    let entered = format!("officer=20&passphrase={}", CHOSEN.replace(' ', "+"));
    let entered = stranger.ask(axum::http::Method::POST, "/enter", &entered).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "with the passphrase that the officer chose");
}

#[tokio::test]
async fn an_enrolment_that_is_dropped_leaves_nothing() {
    let place = Place::new().await;
    let (chief, deputy) = (place.officer(1).await, place.officer(2).await);
    chief.does("/officers/new", &form("20")).await;
    deputy.does("/officers/20/enrolment", &[("do", "drop")]).await;
    assert_eq!(deputy.get("/officers/20/enrolment").await.status, StatusCode::NOT_FOUND);
    let files = std::fs::read_dir(place.folder.path().join("officers")).unwrap();
    let names = files.map(|it| it.unwrap().file_name().into_string().unwrap());
    assert!(names.into_iter().all(|name| !name.contains("00020")));
    chief.does("/officers/new", &form("20")).await;
}

#[tokio::test]
async fn an_enrolment_that_was_cut_off_goes_on_or_goes_away() {
    let place = Place::new().await;
    let (chief, deputy) = (place.officer(1).await, place.officer(2).await);
    let officers = place.folder.path().join("officers");
    let [paper, half, own] =
        ["waiting", "new", "key"].map(|end| officers.join("00020").with_extension(end));
    // After the key and before the paper.
    std::fs::write(&half, "half").unwrap();
    assert_eq!(chief.does("/officers/new", &form("20")).await, "/officers");
    // After the record and before the paper was taken away.
    let kept = std::fs::read(&paper).unwrap();
    let signed = signs(&deputy, PASSPHRASE).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.said());
    std::fs::write(&paper, kept).unwrap();
    std::fs::set_permissions(&paper, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert_eq!(deputy.get("/officers/20/enrolment").await.status, StatusCode::OK);
    deputy.does("/officers/20/enrolment", &[("do", "drop")]).await;
    assert!(!paper.exists() && own.exists(), "whoever is enrolled keeps the key");
}

#[tokio::test]
async fn r16_an_officers_new_key_takes_two_supervisors_and_ends_what_the_old_one_opened() {
    let place = Place::with(false, Pace::default()).await;
    let (chief, deputy) = (place.officer(1).await, place.officer(2).await);
    let clerk = place.officer(3).await;
    let before = place.entries().await;
    let form = [("chosen", CHOSEN), ("again", CHOSEN), ("passphrase", PASSPHRASE)];
    let short = [("chosen", "short"), ("again", "short"), ("passphrase", PASSPHRASE)];
    let wrong = chief.post("/officers/3/key", &short).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(chief.get("/officers/20/key").await.status, StatusCode::NOT_FOUND);
    assert_eq!(chief.does("/officers/3/key", &form).await, "/officers");
    assert_eq!(chief.get("/officers/3/key").await.leads_to(), "/officers/3/enrolment");
    // Dropped, the key there is stays; begun again, it takes another supervisor.
    deputy.does("/officers/3/enrolment", &[("do", "drop")]).await;
    place.officer(3).await;
    chief.does("/officers/3/key", &form).await;
    assert_eq!(place.entries().await, before);
    assert_eq!(clerk.get("/").await.status, StatusCode::OK);
    let page = deputy.get("/officers/3/enrolment").await.body;
    let digest = page.split("name=\"digest\" value=\"").nth(1).unwrap()[..71].to_owned();
    let signed = [("digest", digest.as_str()), ("passphrase", PASSPHRASE)];
    let alone = chief.post("/officers/3/enrolment", &signed).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
    deputy.does("/officers/3/enrolment", &signed).await;
    assert_eq!(place.entries().await, before + 1);
    assert_eq!(clerk.get("/").await.leads_to(), "/enter?to=/", "the session has ended");
    let enters = async |passphrase: &str| {
        let form = format!("officer=3&passphrase={}", passphrase.replace(' ', "+"));
        place.stranger().ask(axum::http::Method::POST, "/enter", &form).await.status
    };
    assert_eq!(enters(CHOSEN).await, StatusCode::SEE_OTHER);
    assert_eq!(enters(PASSPHRASE).await, StatusCode::FORBIDDEN);
}
