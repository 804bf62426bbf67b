//! Whatever is typed into a field comes back as text, and no name stands in an address or a file's name.

use std::{collections::BTreeSet, path::Path};

use axum::http::Method;
use permit_words::ids;

use super::{Place, form};

/// The Big List of Naughty Strings; a few of our own where the set is not here.
fn naughty() -> Vec<String> {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/vectors/naughty/blns.json");
    let own = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'-alert(1)-'",
        "\u{202e}abc",
    ];
    let set = std::fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    set.unwrap_or_else(|| {
        println!("skipped: ../shared/data/vectors/naughty/blns.json is not here");
        own.map(str::to_owned).into()
    })
}

/// Whether a browser could take it for more than text.
fn is_markup(text: &str) -> bool {
    text.len() > 3 && text.contains(['<', '>', '"'])
}

#[tokio::test]
async fn naughty_strings_come_back_as_text() {
    let place = Place::new().await;
    let (counter, works) = (place.officer(3).await, place.officer(6).await);
    let (mut tried, before) = (0, place.entries().await);
    let fields: [(&super::Browser, &str, &[&str]); 3] = [
        (
            &counter,
            "/new/resident",
            &[
                "paper-0-issuer",
                "paper-0-dated",
                "latin",
                "native",
                "birth",
                "region",
                "stay",
                "document",
            ],
        ),
        (&counter, "/search", &["number", "name", "birth"]),
        // Without a kind nothing is received.
        (&works, "/cases/new", &["latin", "native", "birth", "region", "people", "basis"]),
    ];
    for text in naughty() {
        for (browser, path, fields) in fields {
            let mut form: Vec<(&str, &str)> = form("resident");
            form.retain(|(name, _)| !fields.contains(name));
            // Never complete: nothing is recorded.
            form.retain(|(name, _)| *name != "paper-1-dated");
            form.extend(fields.iter().map(|name| (*name, text.as_str())));
            let answer = browser.ask(Method::POST, path, &browser.written(&form)).await;
            assert!(!answer.status.is_server_error(), "{path}: {text:?}");
            let raw = is_markup(&text) && answer.body.contains(&text);
            assert!(!raw, "{path}: {text:?}");
            tried += fields.len();
        }
    }
    assert_eq!(place.entries().await, before);
    println!("COUNTED naughty-fields={tried}");
}

#[tokio::test]
async fn naughty_words_are_refused_or_kept_exactly() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    for text in naughty().iter().filter(|text| text.len() < 600) {
        let answer = counter.post("/matters", &[("kind", "issue"), ("words", text)]).await;
        if answer.status.is_redirection() {
            let page = counter.get(&answer.leads_to()).await;
            assert!(!(is_markup(text) && page.body.contains(text.as_str())), "{text:?}");
        }
    }
    let all = counter.get("/matters").await;
    let body = all.body.replacen(super::doors::OWN_SCRIPT, "", 1);
    assert!(!body.contains("<script") && !body.contains("onerror=alert(1)>"));
}

#[tokio::test]
async fn no_name_stands_in_an_address_or_a_files_name_and_no_error_page_has_one() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    let at = counter.does("/new/resident", &form("resident")).await;
    let path = |text: &str| {
        text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "/-".contains(c))
    };
    assert!(path(&at), "{at}");
    let page = counter.get(&at).await.body;
    for link in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(path(link.trim_start_matches('#').trim_end_matches(".css")), "{link}");
    }
    let denied = counter.post(&format!("{at}/hand-over"), &[]).await;
    assert!(!denied.body.contains("NAMGUNG") && !denied.body.contains("남궁"));
    for entry in std::fs::read_dir(place.folder.path()).unwrap() {
        let entry = entry.unwrap();
        let (name, held) = (entry.file_name(), std::fs::read(entry.path()).unwrap_or_default());
        let names = held.windows(7).any(|it| it == b"NAMGUNG");
        assert!(!names || name.to_string_lossy().starts_with("desk.db"), "{name:?}");
    }
}

/// Every quoted `desk-…` of the pages.
fn said(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            said(&path, found);
        } else if path.is_file() {
            let text = std::fs::read_to_string(&path).unwrap();
            let parts = text.split('"').filter(|part| part.starts_with("desk-"));
            found.extend(parts.map(str::to_owned));
        }
    }
}

#[test]
fn everything_the_pages_say_is_in_the_words() {
    let mut found = BTreeSet::new();
    said(&Path::new(env!("CARGO_MANIFEST_DIR")).join("pages"), &mut found);
    let known: BTreeSet<&str> = ids().collect();
    let missing: Vec<_> = found.iter().filter(|id| !known.contains(id.as_str())).collect();
    assert!(found.len() > 100 && missing.is_empty(), "{missing:?}");
}
