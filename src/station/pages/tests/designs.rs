//! Designs of a station's own.

use std::fs;

use axum::http::StatusCode;

use super::{
    Browser, Place, form, plain,
    work::{code, file, picture, sign},
};
use crate::{card::designs, home::Home, rules::Layout, site::Site};

/// The design of the small card with something else instead, once, in its front.
fn changed(from: &str, to: &str) -> [String; 2] {
    let [front, back] = designs::built_in(Layout::Card);
    assert!(front.contains(from), "{from}");
    [front.replacen(from, to, 1), back.to_owned()]
}

async fn hand_in(browser: &Browser, sides: &[String; 2], what: &str) -> super::Answer {
    let form = [("front", sides[0].as_str()), ("back", sides[1].as_str()), ("do", what)];
    browser.post("/designs/card", &form).await
}

#[tokio::test]
async fn r12_a_design_is_refused_with_what_is_wrong_and_where() {
    let place = Place::new().await;
    let (chief, before) = (place.officer(1).await, place.entries().await);
    let page = chief.get("/designs/card").await;
    assert!(page.body.contains("data-field=&quot;name&quot;") || page.body.contains("&#34;name"));
    assert!(page.body.contains("Nothing is wrong"), "{}", page.said());
    for (from, to, said) in [
        ("data-field=\"name\"", "data-label=\"name\"", "no place with data-field"),
        ("data-field=\"birth\"", "data-field=\"ethnicity\"", "First file, line 22: “data-field”"),
        ("<defs>", "<script>alert(1)</script><defs>", "line 2: “script” does more than draw"),
        ("<defs>", "<foreignObject/><defs>", "“foreignObject” does more"),
        ("<defs>", "<image href=\"http://example.org/a.png\"/><defs>", "“href” does more"),
        ("<defs>", "<g id=\"a\"><use href=\"#a\"/></g><defs>", "within itself"),
        ("width=\"50.4\" height=\"7\"", "width=\"9\" height=\"7\"", "fit into the place “name”"),
        ("width=\"50.4\" height=\"7\"", "width=\"90\" height=\"7\"", "beyond the paper"),
        ("</svg>", "", "no well-formed SVG"),
        ("viewBox", "viewbox", "the root is no svg"),
    ] {
        let sides = changed(from, to);
        for what in ["look", "use"] {
            let answer = hand_in(&chief, &sides, what).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
            let body = plain(&answer.body);
            assert!(body.contains(said), "{to}: {}", plain(answer.said()));
            assert!(!body.contains("<script>alert"), "{to}");
        }
    }
    let folded = designs::built_in(Layout::Folded).map(str::to_owned);
    let answer = hand_in(&chief, &folded, "use").await;
    assert!(plain(&answer.body).contains("85.6 × 53.98 mm"), "{}", answer.said());
    assert_eq!(place.entries().await, before, "nothing of it is recorded");
}

#[tokio::test]
async fn r12_a_design_is_looked_at_then_used_by_the_record_and_given_up_again() {
    let place = Place::new().await;
    let (chief, counter, police) =
        (place.officer(1).await, place.officer(3).await, place.officer(4).await);
    let at = counter.does("/new/resident", &form("resident")).await;
    police.does(&format!("{at}/review"), &[]).await;
    sign(&police, &format!("{at}/approve"), &[]).await;
    counter.does(&format!("{at}/issue"), &[]).await;
    let own = changed("#123f4b", "#4b1212");
    let front = format!("{at}/card-front.svg");
    let before = place.entries().await;

    // Looked at, it is seen by whoever looks, as a specimen, and nothing is recorded.
    let looked = hand_in(&chief, &own, "look").await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.said());
    assert_eq!(looked.body.matches("<img src=\"/designs/card/").count(), 4);
    for (name, longest) in [("front.svg", false), ("front-longest.svg", true)] {
        let svg = chief.get(&format!("/designs/card/{name}")).await.body;
        assert!(svg.contains("#4b1212") && svg.contains("SPECIMEN"), "{name}");
        assert_eq!(svg.contains("WWWW"), longest);
    }
    let other = place.officer(2).await.get("/designs/card/front.svg").await.body;
    assert!(other.contains("#123f4b") && !counter.get(&front).await.body.contains("#4b1212"));
    assert_eq!(place.entries().await, before);

    // Lines as a browser hands them in are lines as they were.
    let by_browser = own.each_ref().map(|side| side.replace('\n', "\r\n"));
    let used = hand_in(&chief, &by_browser, "use").await;
    assert_eq!((used.status, used.leads_to()), (StatusCode::SEE_OTHER, "/designs".to_owned()));
    assert_eq!(place.entries().await, before + 1);
    let list = plain(&chief.get("/designs").await.body);
    assert!(list.contains("own, since 1963") && list.contains("INVENTED B (1)"), "{list}");
    let card = counter.get(&front).await.body;
    assert!(card.contains("#4b1212") && card.contains("남궁하늘") && card.contains("SPECIMEN"));
    assert!(!counter.get(&format!("{at}/folded-inside.svg")).await.body.contains("#4b1212"));
    let mut kept: Vec<_> = fs::read_dir(place.folder.path().join("designs")).unwrap().collect();
    assert_eq!(kept.len(), 2);

    // Replayed, it is the one recorded.
    let home = Home::open(place.folder.path()).unwrap();
    let url = home.database();
    let site = Site::open(home, &url).await.unwrap();
    assert_eq!(site.design(Layout::Card).unwrap(), own);

    // Another file in its place draws nothing.
    let file = kept.remove(0).unwrap().path();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("<svg", "<svg ")).unwrap();
    // Without fonts the print page asks nobody.
    let print = place.pages.missing_font().is_none().then(|| format!("{at}/print"));
    for path in print.into_iter().chain([front.clone()]) {
        let answer = counter.get(&path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(answer.body.contains("not the one recorded"), "{path}");
    }
    assert_eq!(chief.get("/designs/card").await.status, StatusCode::OK, "it is given anew here");
    chief.does("/designs/card", &[("do", "drop")]).await;
    assert_eq!(place.entries().await, before + 2);
    assert!(counter.get(&front).await.body.contains("#123f4b"));
    assert_eq!(fs::read_dir(place.folder.path().join("designs")).unwrap().count(), 0);
    counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
    let read = picture(&counter, &format!("{at}/read-back"), &code(&place, 1).await).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn r12_a_design_too_small_for_a_portrait_in_the_code_says_so_before_one_is_signed() {
    let place = Place::new().await;
    let (chief, counter, police) =
        (place.officer(1).await, place.officer(3).await, place.officer(4).await);
    let [front, back] = designs::built_in(Layout::Card);
    let edge = |edge: &str| format!("width=\"{edge}\" height=\"{edge}\"");
    assert!(back.contains(&edge("40")));
    let small = [front.to_owned(), back.replacen(&edge("40"), &edge("29"), 1)];
    let looked = hand_in(&chief, &small, "look").await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.said());
    assert!(looked.body.contains("too little room for a code with a portrait"));
    let large = [front.to_owned(), back.replacen(&edge("40"), &edge("30"), 1)];
    assert!(!hand_in(&chief, &large, "look").await.body.contains("too little room"));
    assert_eq!(hand_in(&chief, &small, "use").await.status, StatusCode::SEE_OTHER);

    let at = counter.does("/new/resident", &form("resident")).await;
    police.does(&format!("{at}/review"), &[]).await;
    sign(&police, &format!("{at}/approve"), &[]).await;
    let path = format!("{at}/portrait");
    let (page, before) = (counter.get(&path).await, place.entries().await);
    let body = plain(&page.body);
    assert!(body.contains("Cards (ID-1): the station"), "{body}");
    assert!(!page.body.contains("name=\"code\""), "what cannot be drawn is not offered");
    let portrait = include_bytes!("portrait.png");
    let forced = [("act", "issue"), ("code", "yes")];
    let answer = file(&counter, &path, &forced, portrait).await;
    assert_eq!((answer.status, place.entries().await), (StatusCode::CONFLICT, before));
    chief.does("/designs/card", &[("do", "drop")]).await;
    assert!(counter.get(&path).await.body.contains("name=\"code\""));
    assert_eq!(file(&counter, &path, &forced, portrait).await.status, StatusCode::SEE_OTHER);
}
