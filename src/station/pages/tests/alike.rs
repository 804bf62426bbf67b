//! Whoever may be the same person is named before anything is kept, side by side.

use axum::http::StatusCode;

use super::{Place, form, plain};

#[tokio::test]
async fn r26_who_may_be_the_same_person_is_named_before_the_form_is_kept() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    let at = counter.does("/new/resident", &form("resident")).await;
    let before = place.entries().await;
    let again = |latin: &'static str, native: &'static str, birth: &'static str| {
        let mut form = form("resident");
        for (name, value) in &mut form {
            match *name {
                "latin" => *value = latin,
                "native" => *value = native,
                "birth" => *value = birth,
                "do" => *value = "alike",
                _ => {}
            }
        }
        form
    };
    // Another spelling, and day and month exchanged.
    let typed = again("Namkung Hanwul", "", "1931-02-04");
    let page = counter.post("/new/resident", &typed).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.said());
    let said = page.said();
    assert!(said.contains(&format!("<a href=\"{at}\">")), "{said}");
    assert!(said.contains("<mark>NAMGUNG HANUL</mark>"), "what differs is marked: {said}");
    assert!(said.contains("value=\"Namkung Hanwul\""), "what was typed stays: {said}");
    let nobody = counter.post("/new/resident", &again("Zhuge Qing", "诸葛青", "1950-02-26")).await;
    assert!(plain(&nobody.body).contains("Nobody in the registry"), "{}", nobody.said());
    let wrong = counter.post("/new/resident", &again("", "", "1950-02-26")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(place.entries().await, before, "nothing is kept by looking");
    // Kept nevertheless, it is told on both pages.
    let mut kept = typed.clone();
    kept.iter_mut().filter(|(name, _)| *name == "do").for_each(|it| it.1 = "keep");
    let second = counter.does("/new/resident", &kept).await;
    assert!(counter.get(&second).await.said().contains(&format!("<a href=\"{at}\">")));
    assert!(counter.get(&at).await.said().contains(&format!("<a href=\"{second}\">")));
}
