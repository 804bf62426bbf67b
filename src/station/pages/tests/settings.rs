use axum::http::StatusCode;

use super::{Place, form, plain};
use crate::rules::{Act, ApplicationAct};

const SET: [(&str, &str); 4] =
    [("incomplete", "3"), ("unfetched", "14"), ("undecided", "7"), ("expiring", "60")];

#[tokio::test]
async fn a_supervisor_sets_what_is_late_and_lists_counts_and_record_follow() {
    let place = Place::new().await;
    let (chief, counter) = (place.officer(1).await, place.officer(3).await);
    let police = place.officer(4).await;
    let at = counter.does("/new/resident", &form("resident")).await;
    let mut site = place.pages.0.site.lock().await;
    let now = site.now();
    let want = Act::Application(1, ApplicationAct::Want(vec![]));
    site.registry.act(4, now, want).await.unwrap();
    // Five days later, by the desk's clock.
    let begun = crate::site::system().0 - 5 * 86_400;
    site.home.keep("begun", &begun.to_be_bytes()).unwrap();
    drop(site);
    let late = |body: &str| plain(body).contains("1 for too long");
    assert!(!late(&counter.get("/").await.body));
    assert_eq!(counter.get("/settings").await.status, StatusCode::FORBIDDEN);
    let page = chief.get("/settings").await;
    let before = [("before", "14 14 7 14")];
    assert!(page.body.contains("14 14 7 14"), "{}", page.said());
    let entries = place.entries().await;
    // Beside its field what is wrong with it, and nothing is set.
    for days in ["0", "91", "a few", "", "-3", "1e1"] {
        let mut wrong = SET.to_vec();
        wrong[3].1 = days;
        let answer = chief.post("/settings", &[&wrong[..], &before].concat()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{days}");
        assert!(answer.body.contains("id=\"e-expiring\""), "{}", answer.said());
        assert!(!answer.body.contains("id=\"e-incomplete\""), "{}", answer.said());
    }
    let stale = chief.post("/settings", &[&SET[..], &[("before", "14 14 7 9")]].concat()).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.body.contains("meanwhile"), "{}", stale.said());
    assert_eq!(place.entries().await, entries);
    assert_eq!(chief.does("/settings", &[&SET[..], &before].concat()).await, "/settings");
    assert_eq!(place.entries().await, entries + 1);
    let page = chief.get("/settings").await;
    for said in ["14 → 3", "14 → 60", "3 14 7 60"] {
        assert!(page.body.contains(said), "{said}: {}", page.said());
    }
    assert!(late(&counter.get("/").await.body));
    let list = plain(&counter.get("/queues/incomplete").await.body);
    assert!(list.contains("more than 3 days"), "{list}");
    let list = plain(&police.get("/queues/under-review").await.body);
    assert!(list.contains("more than 7 days"), "{list}");
    let list = plain(&counter.get("/queues/expiring").await.body);
    assert!(list.contains("within 60 days"), "{list}");
    assert!(at.ends_with("/1"));
    assert!(place.pages.0.site.lock().await.registry.check().await.unwrap().is_empty());
}
