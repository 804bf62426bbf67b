//! Signing in, locking, signing out, languages.

use core::time::Duration;

use axum::{
    body::Body,
    extract::Request,
    http::{
        Method, StatusCode,
        header::{CONTENT_TYPE, HOST, ORIGIN, SET_COOKIE},
    },
};
use permit_web::{Pace, Peer};
use tokio::{task::JoinSet, time::timeout};

use super::{super::Asker, HOST_NAME, PASSPHRASE, Place, form};

fn typed(officer: u16, passphrase: &str) -> String {
    format!("officer={officer}&passphrase={}", passphrase.replace(' ', "+"))
}

/// A desk that asks for passphrases.
async fn asking(pace: Pace) -> Place {
    Place::with(false, pace).await
}

#[tokio::test]
async fn a_wrong_passphrase_waits_and_says_no_more_than_a_number_that_is_nobodys() {
    let place = asking(Pace::default()).await;
    let browser = place.stranger();
    let wrong = browser.ask(Method::POST, "/enter", &typed(3, "not this one at all")).await;
    let nobody = browser.ask(Method::POST, "/enter", &typed(77, PASSPHRASE)).await;
    let said = |body: &str| body.contains("do not belong together");
    assert_eq!((wrong.status, nobody.status), (StatusCode::FORBIDDEN, StatusCode::FORBIDDEN));
    assert!(said(&wrong.body) && said(&nobody.body));
    for officer in [3, 77] {
        let soon = browser.ask(Method::POST, "/enter", &typed(officer, PASSPHRASE)).await;
        // The decoy may take longer than the first wait.
        let waits = soon.body.contains("Wait ");
        assert!(waits || officer == 77 || soon.status == StatusCode::SEE_OTHER, "{}", soon.body);
    }
    let other = browser.ask(Method::POST, "/enter", &typed(4, PASSPHRASE)).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "others do not wait for it");
    let kept = std::fs::read_to_string(place.folder.path().join("tries")).unwrap();
    assert!(kept.contains("77 "), "{kept}");
}

/// Signs in from an address; what the answer is.
fn enters(
    place: &Place,
    officer: u16,
    address: [u8; 4],
) -> impl Future<Output = StatusCode> + use<> {
    let browser = place.stranger();
    let mut request = Request::post("/enter")
        .header(HOST, HOST_NAME)
        .header(ORIGIN, format!("http://{HOST_NAME}"))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(typed(officer, PASSPHRASE)))
        .unwrap();
    request.extensions_mut().insert(Peer(address.into()));
    async move { browser.send(request).await.status }
}

#[tokio::test]
async fn a_flood_from_one_address_is_told_at_once_and_another_seat_gets_in() {
    const LONG: Duration = Duration::from_secs(60);
    let place = asking(Pace::default()).await;
    let turns = &place.pages.0.entering.turns;
    let working = turns.wait(Asker::At(None)).await.unwrap();
    let mut flood = JoinSet::new();
    for number in 100..140 {
        flood.spawn(enters(&place, number, [10, 0, 0, 1]));
    }
    let mut told = 0;
    while told + turns.waiting() < 40 || told == 0 {
        let status = timeout(LONG, flood.join_next()).await.expect("the rest is told at once");
        assert_eq!(status.unwrap().unwrap(), StatusCode::SERVICE_UNAVAILABLE);
        told += 1;
    }
    assert!(told > 30, "few wait: {}", turns.waiting());
    let kept = std::fs::read_to_string(place.folder.path().join("tries"));
    assert!(kept.is_err(), "nobody who is told so was counted, and no work was done");
    let officer = tokio::spawn(enters(&place, 3, [10, 0, 0, 2]));
    while turns.waiting() < 40 - told + 1 {
        tokio::task::yield_now().await;
    }
    drop(working);
    assert_eq!(timeout(LONG, officer).await.unwrap().unwrap(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whoever_guesses_at_a_number_holds_up_nobody_at_a_browser_that_is_known() {
    let place = asking(Pace::default()).await;
    let mut known = place.stranger();
    let answer = known.ask(Method::POST, "/enter", &typed(3, PASSPHRASE)).await;
    let cookies = answer.headers.get_all(SET_COOKIE).iter();
    let cookies = cookies.map(|it| it.to_str().unwrap().split(';').next().unwrap());
    known.cookie = cookies.collect::<Vec<_>>().join("; ");
    let elsewhere = place.stranger();
    elsewhere.ask(Method::POST, "/enter", &typed(3, "not this one at all")).await;
    let again = known.ask(Method::POST, "/enter", &typed(3, PASSPHRASE)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.said());
    for (officer, passphrase) in [(4, PASSPHRASE), (3, "not this one at all")] {
        known.ask(Method::POST, "/enter", &typed(officer, passphrase)).await;
    }
    let kept = std::fs::read_to_string(place.folder.path().join("tries-seats")).unwrap();
    assert_eq!(kept, "3 1\n", "guesses at a known browser are counted apart");
}

#[tokio::test]
async fn one_click_signs_in_only_where_keys_have_no_passphrase() {
    for (demonstration, place) in
        [(true, Place::new().await), (false, asking(Pace::default()).await)]
    {
        let page = place.stranger().get("/enter").await;
        assert_eq!(page.body.contains("type=\"password\""), !demonstration);
        assert_eq!(page.body.contains("name=\"officer\" value=\"3\""), demonstration);
        let clicked = place.stranger().ask(Method::POST, "/enter", "officer=3").await;
        assert_eq!(clicked.status == StatusCode::SEE_OTHER, demonstration);
    }
}

#[tokio::test]
async fn a_session_that_nobody_uses_locks_itself() {
    let pace = Pace { idle: Duration::ZERO, ..Pace::default() };
    let place = Place::with(true, pace).await;
    let browser = place.officer(3).await;
    let answer = browser.get("/search").await;
    assert_eq!(answer.leads_to(), "/enter?to=/search");
    let before = place.entries().await;
    let answer = browser.ask(Method::POST, "/new/resident", "do=submit").await;
    assert_eq!((answer.status, place.entries().await), (StatusCode::FORBIDDEN, before));
}

#[tokio::test]
async fn locking_and_leaving() {
    let place = Place::new().await;
    let browser = place.officer(3).await;
    assert_eq!(browser.does("/lock", &[]).await, "/enter");
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
    let mut browser = place.officer(3).await;
    let left = browser.post("/leave", &[]).await;
    assert!(left.cookie().ends_with('='));
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER, "the token is good no more");
    browser.cookie.clear();
    assert_eq!(browser.get("/enter").await.status, StatusCode::OK);
}

#[tokio::test]
async fn each_officer_has_a_language_and_keeps_it() {
    let place = Place::new().await;
    for (officer, lang) in [(3, "ko"), (4, "zh")] {
        let browser = place.officer(officer).await;
        assert_eq!(
            browser.does("/language", &[("lang", lang), ("to", "/search")]).await,
            "/search"
        );
        assert!(browser.get("/").await.body.contains(&format!("<html lang=\"{lang}\">")));
    }
    assert!(place.officer(3).await.get("/").await.body.contains("<html lang=\"ko\">"));
    assert!(place.officer(5).await.get("/").await.body.contains("<html lang=\"en\">"));
    let kept = std::fs::read_to_string(place.folder.path().join("languages")).unwrap();
    assert_eq!(kept, "3 ko\n4 zh\n");
}

#[tokio::test]
async fn r16_a_signature_asks_for_the_passphrase_again() {
    let place = asking(Pace::default()).await;
    // The pages of a desk that is no demonstration ask; its forms have the field.
    let counter = place.officer(3).await;
    let at = counter.does("/new/resident", &form("resident")).await;
    let police = place.officer(4).await;
    police.does(&format!("{at}/review"), &[]).await;
    let path = format!("{at}/approve");
    let page = police.get(&path).await;
    assert!(page.body.contains("type=\"password\""), "{}", page.said());
    let digest = page.body.split("name=\"digest\" value=\"").nth(1).unwrap();
    let digest = &digest[..71];
    let before = place.entries().await;
    let wrong = [("digest", digest), ("role", "police"), ("passphrase", "not this one at all")];
    assert_eq!(police.post(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(place.entries().await, before, "nothing was signed");
    let (seven, stranger) = (place.officer(7).await, place.stranger());
    let guess = typed(7, "not this one at all");
    stranger.ask(Method::POST, "/enter", &guess).await;
    let right = [("digest", digest), ("role", "police"), ("passphrase", PASSPHRASE)];
    let signed = seven.post(&path, &right).await;
    assert_eq!(
        signed.status,
        StatusCode::SEE_OTHER,
        "whoever guesses at the door stops no signature"
    );
}
