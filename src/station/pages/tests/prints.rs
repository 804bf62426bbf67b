//! What is printed, and what stops a print.

use axum::http::StatusCode;

use super::{Browser, Place, form, work::sign};
use crate::rules::State;

/// A permit of somebody with this native name, signed; its application's address.
async fn issued(counter: &Browser, police: &Browser, native: &str) -> String {
    let mut filled: Vec<(&str, &str)> = form("resident");
    filled.retain(|(name, _)| *name != "native");
    filled.push(("native", native));
    let at = counter.does("/new/resident", &filled).await;
    police.does(&format!("{at}/review"), &[]).await;
    let approved = sign(police, &format!("{at}/approve"), &[]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER);
    counter.does(&format!("{at}/issue"), &[]).await;
    at
}

#[tokio::test]
async fn r1_a_name_that_no_font_has_stops_the_print_and_several_are_printed_at_once() {
    let place = Place::new().await;
    if let Some(missing) = place.pages.missing_font() {
        println!("skipped: {missing}");
        return;
    }
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    // U+3134A came with Unicode 13, after the fonts that systems have.
    let rare = issued(&counter, &police, "金\u{3134a}").await;
    let plain = issued(&counter, &police, "남궁하늘").await;
    let other = issued(&counter, &police, "金哲洙").await;
    let before = place.entries().await;
    let page = counter.get(&format!("{rare}/print")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains('\u{3134a}') && page.body.contains("U+3134A"), "{}", page.said());
    assert!(!page.body.contains("<img") && !page.body.contains("value=\"printed\""));
    let printed = counter.post(&format!("{rare}/print"), &[("do", "printed")]).await;
    assert_eq!(printed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(place.entries().await, before, "nothing is said to be printed");

    let list = counter.get("/prints").await.body;
    assert_eq!(list.matches("name=\"application\"").count(), 3, "{list}");
    let chosen = [("do", "look"), ("application", "1"), ("application", "2"), ("application", "3")];
    for (layout, papers) in [("card", 2), ("folded", 2)] {
        let sheets = counter.post("/prints", &[&chosen[..], &[("layout", layout)]].concat()).await;
        assert!(sheets.body.contains("1 · ") && sheets.body.contains("U+3134A"));
        assert!(!sheets.body.contains(&format!("src=\"{rare}/")), "{}", sheets.said());
        assert_eq!(sheets.body.matches("class=\"marks\"").count(), papers, "front and back");
        assert!(counter.get(&format!("/marks/{layout}.svg")).await.body.contains("<path"));
    }
    let cards = [("do", "printed"), ("card", "2 1"), ("card", "3 1")];
    assert_eq!(counter.does("/prints", &cards).await, "/queues/to-read-back");
    let again = counter.post("/prints", &cards).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "what was printed is not printed again");
    let site = place.pages.0.site.lock().await;
    let stood = [&rare, &plain, &other].map(|at| {
        let number = at.rsplit('/').next().unwrap().parse().unwrap();
        site.registry.desk().application(number).unwrap().stored()
    });
    assert_eq!(stood, [State::Issued, State::Printed, State::Printed]);
}
