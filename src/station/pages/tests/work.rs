//! The work of a desk over its pages.

use axum::{
    body::Body,
    extract::Request,
    http::{
        Method, StatusCode,
        header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN},
    },
};
use permit_symbol::{Size, Symbol};

use super::{Browser, HOST_NAME, Place, form, person};

/// Hands in a file.
pub(super) async fn picture(browser: &Browser, path: &str, png: &[u8]) -> super::Answer {
    file(browser, path, &[], png).await
}

/// Hands a file in with fields.
pub(super) async fn file(
    browser: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    bytes: &[u8],
) -> super::Answer {
    let mut body = String::new();
    for (name, value) in [("token", browser.token.as_str())].iter().chain(fields) {
        body +=
            &format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--cut\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n";
    let mut body = body.into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--cut--\r\n");
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(HOST, HOST_NAME)
        .header(ORIGIN, format!("http://{HOST_NAME}"))
        .header(COOKIE, &browser.cookie)
        .header(CONTENT_TYPE, "multipart/form-data; boundary=cut");
    browser.send(request.body(Body::from(body)).unwrap()).await
}

/// Looks at what is signed, and signs it.
pub(super) async fn sign(browser: &Browser, path: &str, form: &[(&str, &str)]) -> super::Answer {
    let page =
        if form.is_empty() { browser.get(path).await } else { browser.post(path, form).await };
    assert_eq!(page.status, StatusCode::OK, "{}", page.said());
    let digest = page.body.split("name=\"digest\" value=\"").nth(1).unwrap();
    let digest = digest[..71].to_owned();
    let mut all = form.to_vec();
    all.push(("digest", &digest));
    browser.post(path, &all).await
}

/// The station's code of a permit, as a picture.
pub(super) async fn code(place: &Place, number: u32) -> Vec<u8> {
    let site = place.pages.0.site.lock().await;
    let signed = site.signed(number).unwrap();
    Symbol::new(signed.text.as_str()).unwrap().png(&Size::default()).unwrap()
}

#[tokio::test]
async fn r12_each_class_goes_from_application_to_a_permit_that_is_handed_over() {
    let place = Place::new().await;
    let (counter, police, border) =
        (place.officer(3).await, place.officer(4).await, place.officer(5).await);
    for (number, class) in (1..).zip(["resident", "foreign-resident", "state-employee"]) {
        let path = format!("/new/{class}");
        assert_eq!(counter.get(&path).await.status, StatusCode::OK);
        let at = counter.does(&path, &form(class)).await;
        assert_eq!(at, format!("/applications/{number}"));
        if class == "state-employee" {
            let mut form = person();
            form.push(("do", "submit"));
            counter.does(&format!("{at}/fill"), &form).await;
        }
        police.does(&format!("{at}/review"), &[]).await;
        let signed = sign(&police, &format!("{at}/approve"), &[]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.said());
        if class == "state-employee" {
            assert!(counter.post(&format!("{at}/issue"), &[]).await.status == StatusCode::CONFLICT);
            sign(&border, &format!("{at}/approve"), &[]).await;
        }
        assert_eq!(counter.does(&format!("{at}/issue"), &[]).await, format!("{at}/print"));
        for (name, _) in super::super::ways::SIDES {
            let side = counter.get(&format!("{at}/{name}")).await;
            assert!(side.body.starts_with("<svg") || side.body.starts_with("<?xml"), "{name}");
            assert!(side.body.contains("SPECIMEN"), "{name}");
        }
        counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
        let handed = counter.post(&format!("{at}/hand-over"), &[]).await;
        assert_eq!(handed.status, StatusCode::CONFLICT, "not before it was read back");
        let png = code(&place, number).await;
        let read = picture(&counter, &format!("{at}/read-back"), &png).await;
        assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.said());
        counter.does(&format!("{at}/hand-over"), &[]).await;
        let page = counter.get(&at).await;
        for said in ["active", "Approved and signed", "Handed over", "남궁하늘", "INVENTED"] {
            assert!(page.body.contains(said), "{class}: {said}: {}", page.said());
        }
    }
}

#[tokio::test]
async fn r12_a_neighbours_card_and_no_picture_are_said_and_not_recorded() {
    let place = Place::new().await;
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    for _ in 0..2 {
        let at = counter.does("/new/resident", &form("resident")).await;
        police.does(&format!("{at}/review"), &[]).await;
        sign(&police, &format!("{at}/approve"), &[]).await;
        counter.does(&format!("{at}/issue"), &[]).await;
        counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
    }
    let before = place.entries().await;
    let other = picture(&counter, "/applications/1/read-back", &code(&place, 2).await).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.body.contains("00101-1963-00000002"), "{}", other.said());
    let none = picture(&counter, "/applications/1/read-back", b"not a picture").await;
    assert!(none.body.contains("no picture"), "{}", none.said());
    assert_eq!(place.entries().await, before);
}

#[tokio::test]
async fn r7_a_journey_for_work_is_not_this_permit_and_nothing_of_it_is_kept() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    let before = place.entries().await;
    let answer = counter.post("/new", &[("journey", "work"), ("class", "resident")]).await;
    assert!(answer.body.contains("not made with this permit"), "{}", answer.said());
    assert_eq!(place.entries().await, before);
    let form = [("journey", "private"), ("class", "state-employee")];
    assert_eq!(counter.does("/new", &form).await, "/new/state-employee");
}

#[tokio::test]
async fn r10_r11_r14_r15_each_class_is_asked_for_its_papers_alone() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    for (class, asked, not) in [
        ("resident", "letter of the commune", "national credential"),
        ("foreign-resident", "national credential", "letter of the commune"),
        ("state-employee", "personnel", "commune"),
    ] {
        let page = counter.get(&format!("/new/{class}")).await;
        assert!(page.said().contains(asked) && !page.said().contains(not), "{class}");
        // R15: the form of a state employee opens once the unit's letter was seen.
        assert_eq!(page.said().contains("name=\"latin\""), class != "state-employee", "{class}");
        assert!(!page.said().contains("name=\"nationality\""), "the class says it");
    }
    let at = counter.does("/new/state-employee", &form("state-employee")).await;
    let page = counter.get(&format!("{at}/fill")).await;
    assert!(page.said().contains("name=\"latin\"") && !page.said().contains("protection"));
}

#[tokio::test]
async fn r12_what_is_wrong_is_said_beside_its_field_and_nothing_is_recorded() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    let before = place.entries().await;
    for (field, value, said) in [
        ("region", "Kaesong", "Not in the border zone"),
        ("region", "Hunchun County", "does not serve"),
        ("birth", "2/4/1931", "Not a date of birth"),
        ("birth", "1999-1-1", "after the first day"),
        ("through", "1970-1-1", "at most"),
        ("from", "1963-1-1", "before today"),
        ("latin", "한글", "does not belong here"),
        ("paper-0-dated", "1963-12-31", "still to come"),
        ("paper-0-dated", "yesterday", "Not a date"),
    ] {
        let mut form = form("resident");
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        let answer = counter.post("/new/resident", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", answer.said());
        assert!(
            answer.body.contains(&format!("id=\"e-{field}\"")),
            "{field} {value}: {}",
            answer.said()
        );
        assert_eq!(answer.body.matches(said).count(), 2, "{field}: beside it and on top");
        assert!(answer.body.contains("남궁하늘"), "what was typed is still there");
    }
    assert_eq!(place.entries().await, before);
}

#[tokio::test]
async fn r26_refusal_and_correction() {
    let place = Place::new().await;
    let (counter, police, border) =
        (place.officer(3).await, place.officer(4).await, place.officer(5).await);
    let at = counter.does("/new/resident", &form("resident")).await;
    police.does(&format!("{at}/review"), &[]).await;
    // What was shown to be signed has changed before it was signed.
    let page = police.get(&format!("{at}/approve")).await;
    let digest = page.body.split("name=\"digest\" value=\"").nth(1).unwrap()[..71].to_owned();
    let mut correction = person();
    correction.retain(|(name, _)| *name != "birth");
    correction.extend([("birth", "1931-4-3"), ("why", "misread"), ("do", "look")]);
    let compared = counter.post(&format!("{at}/correct"), &correction).await;
    assert!(compared.body.contains("1931-04-02 → 1931-04-03"), "{}", compared.said());
    correction.retain(|(name, _)| *name != "do");
    correction.push(("do", "correct"));
    counter.does(&format!("{at}/correct"), &correction).await;
    let stale = police.post(&format!("{at}/approve"), &[("digest", &digest)]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(counter.get(&at).await.body.contains("1931-04-02 → 1931-04-03"));
    let grounds = [
        ("ground", "not-resident"),
        ("words", "거주지가 국경 지대가 아닙니다."),
        ("deadline", "1963-10-20"),
        ("station", "102"),
    ];
    let mut soon = grounds.to_vec();
    soon[2].1 = "1963-9-12";
    let answer = police.post(&format!("{at}/propose-refusal"), &soon).await;
    assert!(answer.body.contains("id=\"e-deadline\""), "{}", answer.said());
    let proposed = sign(&police, &format!("{at}/propose-refusal"), &grounds).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.said());
    let again = sign(&police, &format!("{at}/refuse"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "one person decides once");
    for page in [counter.get(&at).await, place.officer(1).await.get("/officers").await] {
        assert!(page.body.contains("the same person has decided"), "{}", page.said());
    }
    assert!(!counter.get("/officers").await.body.contains("the same person has decided"));
    assert_eq!(sign(&border, &format!("{at}/refuse"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(counter.get(&at).await.body.contains("refused"));
}

#[tokio::test]
async fn r17_r18_issues_and_views_are_raised_answered_and_closed_by_another() {
    let place = Place::new().await;
    let (counter, chief) = (place.officer(3).await, place.officer(1).await);
    let at = counter.does("/matters", &[("kind", "view"), ("words", "창구가 모자랍니다.")]).await;
    assert_eq!(at, "/matters/1");
    let empty = counter.post("/matters", &[("kind", "issue"), ("words", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let close = [("do", "close"), ("words", "done")];
    assert_eq!(counter.post(&at, &close).await.status, StatusCode::CONFLICT);
    chief.does(&at, &close).await;
    assert!(chief.get("/matters").await.body.contains("closed"));
    counter.does(&at, &[("do", "reopen"), ("words", "not yet")]).await;
}

#[tokio::test]
async fn r12_what_is_looked_for_is_found_and_stands_in_no_address() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    counter.does("/new/resident", &form("resident")).await;
    for (name, value) in [("name", "남궁"), ("name", "nam gung"), ("birth", "1931/4/2")] {
        let found = counter.post("/search", &[(name, value)]).await;
        assert!(found.said().contains("/applications/1\""), "{value}: {}", found.said());
    }
    assert!(!counter.post("/search", &[("name", "ZZ")]).await.said().contains("/applications/1\""));
    assert_eq!(counter.does("/search", &[("number", "1")]).await, "/applications/1");
    let wrong = counter.post("/search", &[("number", "00101-1963-00000001-001-A")]).await;
    assert!(wrong.body.contains("check character does not fit"), "{}", wrong.said());
}

/// A permit of a resident, as far as its hand-over.
async fn handed_over(place: &Place, counter: &Browser, police: &Browser) -> String {
    let at = counter.does("/new/resident", &form("resident")).await;
    police.does(&format!("{at}/review"), &[]).await;
    sign(police, &format!("{at}/approve"), &[]).await;
    counter.does(&format!("{at}/issue"), &[]).await;
    counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
    let number = at.rsplit('/').next().unwrap().parse().unwrap();
    let png = code(place, number).await;
    picture(counter, &format!("{at}/read-back"), &png).await;
    counter.does(&format!("{at}/hand-over"), &[]).await;
    at
}

#[tokio::test]
async fn r12_everything_of_a_person_is_in_one_list() {
    let place = Place::new().await;
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    let old = handed_over(&place, &counter, &police).await;
    let mut again = form("resident");
    again.retain(|(name, _)| *name != "latin");
    again.push(("latin", "Namkung Hanŭl"));
    let new = counter.does("/new/resident", &again).await;
    let mut other = form("resident");
    other.retain(|(name, _)| !["latin", "native"].contains(name));
    other.push(("latin", "O Sori"));
    let other = counter.does("/new/resident", &other).await;
    for at in [&old, &new] {
        assert!(counter.get(at).await.body.contains(&format!("{at}/person")), "{at} leads there");
        let body = police.get(&format!("{at}/person")).await.body;
        for one in [&old, &new] {
            assert!(body.contains(&format!("href=\"{one}\"")), "{at}: {one}");
        }
        assert!(!body.contains(&format!("href=\"{other}\"")), "{at}");
        assert!(body.contains("00101-1963-00000001-001") && body.contains("through"), "{at}");
    }
}

#[tokio::test]
async fn r26_a_permit_is_corrected_by_its_next_copy_and_renewed_under_another_number() {
    let place = Place::new().await;
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    let old = handed_over(&place, &counter, &police).await;
    let page = counter.get(&format!("{old}/amend")).await;
    assert!(page.body.contains("NAMGUNG HANUL") && page.body.contains("00101-1963-00000001-001"));
    let mut amended = form("resident");
    amended.retain(|(name, _)| !["birth", "language"].contains(name));
    amended.extend([("birth", "1931-4-3"), ("language", "zh")]);
    for (name, number) in [("amend", "00000001-002"), ("renew", "00000002-001")] {
        // What was corrected has ended; its next copy is renewed.
        let from = if name == "amend" { old.clone() } else { "/applications/2".to_owned() };
        if name == "renew" {
            counter.does(&format!("{from}/print"), &[("do", "printed")]).await;
            let png = code(&place, 2).await;
            picture(&counter, &format!("{from}/read-back"), &png).await;
            counter.does(&format!("{from}/hand-over"), &[]).await;
            let page = counter.get(&format!("{from}/renew")).await;
            let asked = "name=\"language\" value=\"zh\" checked";
            assert!(page.body.contains(asked), "in the language it was: {}", page.said());
        }
        let at = counter.does(&format!("{from}/{name}"), &amended).await;
        assert_ne!(at, from, "a new application");
        police.does(&format!("{at}/review"), &[]).await;
        sign(&police, &format!("{at}/approve"), &[]).await;
        counter.does(&format!("{at}/issue"), &[]).await;
        assert!(counter.get(&at).await.body.contains(number), "{name}");
    }
    assert!(counter.get(&old).await.body.contains("replaced by a corrected permit"));
    assert_eq!(counter.get(&format!("{old}/renew")).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn r26_the_notice_of_a_refusal_is_in_the_applicants_language() {
    let place = Place::new().await;
    let (counter, police, border) =
        (place.officer(3).await, place.officer(4).await, place.officer(5).await);
    let at = counter.does("/new/resident", &form("resident")).await;
    police.does(&format!("{at}/review"), &[]).await;
    let grounds = [
        ("ground", "not-resident"),
        ("words", "거주지가 국경 지대가 아닙니다."),
        ("deadline", "1963-10-20"),
        ("station", "102"),
    ];
    sign(&police, &format!("{at}/propose-refusal"), &grounds).await;
    assert_eq!(counter.get(&format!("{at}/decision")).await.status, StatusCode::CONFLICT);
    sign(&border, &format!("{at}/refuse"), &[]).await;
    let notice = counter.get(&format!("{at}/decision")).await;
    for said in ["lang=\"ko\"", "불허됐습니다", "거주지가", "1963-10-20", "훈춘"] {
        assert!(notice.said().contains(said), "{said}: {}", notice.said());
    }
}

#[tokio::test]
async fn r12_somebody_who_is_here_already_is_pointed_at() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    for _ in 0..2 {
        counter.does("/new/resident", &form("resident")).await;
    }
    let page = counter.get("/applications/2").await;
    for said in ["<a href=\"/applications/1\">Application 1</a>", "State</th><td>handed in</td>"] {
        assert!(page.said().contains(said), "{said}: {}", page.said());
    }
    assert!(page.said().contains("May be the same person"));
    let mut other = form("resident");
    other.retain(|(name, _)| !["birth", "latin", "native"].contains(name));
    other.extend([("birth", "1955-7-9"), ("latin", "Kim Cholsu"), ("native", "김철수")]);
    counter.does("/new/resident", &other).await;
    let page = counter.get("/applications/3").await;
    assert!(page.said().contains("KIM CHOLSU") && !page.said().contains("May be the same person"));
}

/// Its file is opened by work that takes time on purpose: at the start, and not for each form and card.
#[tokio::test]
async fn the_stations_key_is_opened_once() {
    let place = Place::new().await;
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    std::fs::remove_file(place.folder.path().join("station.key")).unwrap();
    let at = handed_over(&place, &counter, &police).await;
    let card = counter.get(&format!("{at}/amend")).await;
    assert_eq!(card.status, StatusCode::OK, "{}", card.said());
}
