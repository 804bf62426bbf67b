//! Cases over the pages: what is offered, what is asked for, who decides, whose time runs out.

use axum::http::StatusCode;

use super::{Browser, Place, plain, work::sign};
use crate::site;

/// Officers of the tests: who works cases, who decides them.
const WORKS: u16 = 6;
const POLICE: u16 = 4;
const CHIEF: u16 = 1;

async fn begun(browser: &Browser, kind: &str) -> String {
    let form = [
        ("kind", kind),
        ("latin", "O Sori"),
        ("native", "오소리"),
        ("birth", "1920"),
        ("region", "3"),
        ("people", "2"),
        ("basis", "182"),
        ("language", "zh"),
    ];
    browser.does("/cases/new", &form).await
}

async fn complete(browser: &Browser, at: &str, items: [&str; 2]) {
    for item in items {
        browser.does(&format!("{at}/have"), &[("item", item)]).await;
    }
}

fn links_to(page: &str, at: &str, act: &str) -> bool {
    page.contains(&format!("href=\"{at}/{act}\""))
}

#[tokio::test]
async fn r20_r26_a_resettlement_is_approved_by_one_and_refused_by_two_with_reasons() {
    let place = Place::new().await;
    let (works, police, chief) =
        (place.officer(WORKS).await, place.officer(POLICE).await, place.officer(CHIEF).await);
    let at = begun(&works, "resettlement").await;
    let page = works.get(&at).await.body;
    assert!(page.contains("오소리") && page.contains("Approving is the rule"), "{page}");
    assert!(!links_to(&page, &at, "approve"), "who works cases decides none");
    complete(&works, &at, ["own-wish", "relatives"]).await;
    let propose = format!("{at}/propose-refusal");
    let page = police.get(&at).await.body;
    assert!(links_to(&page, &at, "approve") && links_to(&page, &at, "propose-refusal"));
    let no_words = police.post(&propose, &[("ground", "other"), ("words", "")]).await;
    assert_eq!(no_words.status, StatusCode::UNPROCESSABLE_ENTITY);
    let grounds = [
        ("ground", "false-statement"),
        ("words", "所述亲属关系不实。"),
        ("deadline", "1963-12-1"),
        ("station", "102"),
    ];
    assert_eq!(sign(&police, &propose, &grounds).await.status, StatusCode::SEE_OTHER);
    let refuse = format!("{at}/refuse");
    let twice = sign(&police, &refuse, &[]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "one person decides once");
    assert_eq!(works.get(&format!("{at}/decision")).await.status, StatusCode::CONFLICT);
    assert_eq!(sign(&chief, &refuse, &[]).await.status, StatusCode::SEE_OTHER);
    let notice = works.get(&format!("{at}/decision")).await.body;
    assert!(
        notice.contains("迁居申请不予批准") && notice.contains("所述亲属关系不实。"),
        "{notice}"
    );
    assert!(works.get("/cases/ended").await.body.contains(&format!("href=\"{at}\"")));
}

#[tokio::test]
async fn r21_nothing_is_asked_for_beside_the_checklist() {
    let place = Place::new().await;
    let works = place.officer(WORKS).await;
    let at = begun(&works, "resettlement").await;
    let before = place.entries().await;
    for item in ["credential", "request", "letter-of-the-unit", ""] {
        let answer = works.post(&format!("{at}/have"), &[("item", item)]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{item}");
    }
    assert_eq!(place.entries().await, before);
    let form = works.get("/cases/new").await.body;
    for field in ["rank", "unit", "relative", "officer"] {
        assert!(!form.contains(&format!("name=\"{field}\"")), "{field} has no field");
    }
}

#[tokio::test]
async fn r22_r23_a_return_and_an_army_family_have_no_refusal_to_offer() {
    let place = Place::new().await;
    let (works, police) = (place.officer(WORKS).await, place.officer(POLICE).await);
    for (kind, items) in
        [("return", ["own-wish", "credential"]), ("army-family", ["request", "consent"])]
    {
        let at = begun(&works, kind).await;
        let page = police.get(&at).await.body;
        assert!(!links_to(&page, &at, "propose-refusal") && page.contains("is not refused"));
        for method in ["approve", "propose-refusal"] {
            let before = place.entries().await;
            let path = format!("{at}/{method}");
            assert_eq!(police.get(&path).await.status, StatusCode::CONFLICT, "{path}");
            assert_eq!(police.post(&path, &[]).await.status, StatusCode::CONFLICT, "{path}");
            assert_eq!(place.entries().await, before);
        }
        complete(&works, &at, items).await;
        let approve = format!("{at}/approve");
        assert_eq!(sign(&police, &approve, &[]).await.status, StatusCode::SEE_OTHER);
        let paper = works.get(&format!("{at}/authorisation")).await.body;
        assert!(paper.contains("lang=\"zh\"") && paper.contains("lang=\"ko\""), "{paper}");
        assert!(paper.contains("182") && paper.contains("SPECIMEN"), "{paper}");
        let sheet = paper.split("<article").nth(1).unwrap();
        assert!(!sheet.contains("<img") && !sheet.contains("<svg"), "it bears no code (R1)");
        for act in ["authorise", "depart"] {
            works.does(&format!("{at}/{act}"), &[]).await;
        }
        let back = links_to(&works.get(&at).await.body, &at, "return");
        assert_eq!(back, kind == "army-family", "only an army family's journey may return");
        let returned = works.post(&format!("{at}/return"), &[]).await.status;
        assert_eq!(returned == StatusCode::SEE_OTHER, back);
    }
    let site = place.pages.0.site.lock().await;
    assert_eq!(site.registry.desk().applications().count(), 0, "no case makes a permit (R1)");
}

#[tokio::test]
async fn r24_whose_time_runs_out_first_stands_first_and_what_is_overdue_has_a_list() {
    let place = Place::new().await;
    let works = place.officer(WORKS).await;
    let mut at = Vec::new();
    for kind in ["resettlement", "return", "army-family"] {
        at.push(begun(&works, kind).await);
    }
    let all = plain(&works.get("/cases").await.body);
    let places: Vec<usize> =
        at.iter().map(|at| all.find(&format!("<td><a href=\"{at}\"")).unwrap()).collect();
    assert!(places[2] < places[1] && places[1] < places[0], "{places:?}");
    assert!(all.contains("7 days left"), "{all}");
    works.does(&format!("{}/block", at[2]), &[("words", "Waits for the telegram.")]).await;
    // Ten days later, by the desk's clock.
    let begun = (site::system().0 - 10 * 86_400).to_be_bytes();
    place.pages.0.site.lock().await.home.keep("begun", &begun).unwrap();
    let late = plain(&works.get("/cases/overdue").await.body);
    let listed = |at: &String| late.contains(&format!("<td><a href=\"{at}\""));
    assert_eq!(at.iter().map(listed).collect::<Vec<_>>(), [false, false, true]);
    assert!(late.contains("3 days overdue") && late.contains("Waits for the telegram."), "{late}");
    works.does(&format!("{}/block", at[2]), &[("words", "")]).await;
    assert!(!works.get("/cases/overdue").await.body.contains("telegram"));
    works.does(&format!("{}/withdraw", at[2]), &[]).await;
    assert!(
        !works.get("/cases/overdue").await.body.contains(&format!("<td><a href=\"{}\"", at[2]))
    );
}

#[tokio::test]
async fn a_case_that_is_not_filled_in_rightly_is_not_received() {
    let place = Place::new().await;
    let works = place.officer(WORKS).await;
    let before = place.entries().await;
    let answer = works.post("/cases/new", &[("birth", "2/4/1931"), ("native", "<b>")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["kind", "latin", "birth", "native"] {
        assert!(answer.body.contains(&format!("id=\"e-{field}\"")), "{field}: {}", answer.said());
    }
    assert_eq!(place.entries().await, before);
}
