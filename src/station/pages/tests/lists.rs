//! Newer lists over the pages.

use axum::http::StatusCode;
use permit_signing::demo;

use super::{super::held, Place, plain, work::picture};

#[tokio::test]
async fn lists_are_taken_whole_or_not_at_all_and_names_are_read_anew() {
    let place = Place::new().await;
    let chief = place.officer(1).await;
    let before = place.entries().await;
    let mut broken = demo::BUNDLE.to_vec();
    broken[demo::BUNDLE.len() / 2] ^= 1;
    for bundle in [&b""[..], b"no lists", &broken] {
        let answer = picture(&chief, "/lists", bundle).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.said());
        assert!(answer.said().contains("Those in use stay"), "{}", answer.said());
    }
    assert_eq!(place.entries().await, before);
    let since = || held(&place.pages.0.places).0;
    let first = since();
    let answer = picture(&chief, "/lists", demo::BUNDLE).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.said());
    assert_eq!((first, place.entries().await), (1, before + 1));
    let page = plain(&chief.get("/lists").await.body);
    assert!(page.contains("version 1, of 1963"), "{page}");
    assert_eq!(since(), before + 1, "the next page has read them");
}
