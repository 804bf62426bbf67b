//! Whatever is typed into a field comes back as text, and no name stands in an address or a file's name.

use std::{collections::BTreeSet, path::Path};

use axum::http::Method;
use permit_words::ids;

use super::{super::ways, Place, form, work::sign};

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

/// A form of a page: where it is handed in, its fields but the session's token and passphrases, and what its first button says.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Found {
    officer: u16,
    path: String,
    fields: Vec<String>,
    press: Option<String>,
}

/// What a tag says under a name.
fn said_in<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

/// The forms of a page that have more than buttons and choices.
fn forms(officer: u16, at: &str, body: &str) -> Vec<Found> {
    let found = body.split("<form ").skip(1).filter_map(|rest| {
        let form = rest.split("</form>").next()?;
        let (mut fields, mut press, mut written) = (Vec::new(), None, false);
        for tag in form.split('<') {
            let (kind, name) = (said_in(tag, "type"), said_in(tag, "name"));
            match (tag.split(' ').next()?, name) {
                ("button", Some("do")) => {
                    press = press.or_else(|| said_in(tag, "value").map(str::to_owned));
                }
                ("input" | "select" | "textarea", Some(name))
                    if name != "token" && kind != Some("password") =>
                {
                    written |= !matches!(kind, Some("radio" | "checkbox"));
                    fields.push(name.to_owned());
                }
                _ => {}
            }
        }
        fields.sort();
        fields.dedup();
        let path = said_in(form.split('>').next()?, "action").unwrap_or(at).to_owned();
        written.then_some(Found { officer, path, fields, press })
    });
    found.collect()
}

/// Forms that get every string in every run; the others a part of them, and all with `PERMIT_LONG`.
const WHOLE: [&str; 3] = ["/new/resident", "/search", "/cases/new"];
/// Which part: every so manieth. Chosen, for a test of some seconds.
const PART: usize = 32;

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
async fn naughty_strings_come_back_as_text_from_every_form_of_every_page() {
    let place = Place::new().await;
    let browsers = [1, 3, 4, 6].map(|officer| (officer, place.officer(officer)));
    let mut officers = Vec::new();
    for (officer, browser) in browsers {
        officers.push((officer, browser.await));
    }
    let of = |officer: u16| &officers.iter().find(|(it, _)| *it == officer).unwrap().1;
    // One under review, one that is begun, one that is printed, one that is over, a case and a matter.
    for number in 1..=4 {
        let mut form = form("resident");
        if number == 2 {
            form.retain(|(name, _)| *name != "paper-1-dated");
            form.retain(|(name, _)| *name != "paper-1-issuer" && *name != "do");
            form.push(("do", "keep"));
        }
        of(3).does("/new/resident", &form).await;
        let at = format!("/applications/{number}");
        if number != 2 {
            of(4).does(&format!("{at}/review"), &[]).await;
        }
        if number == 3 {
            sign(of(4), &format!("{at}/approve"), &[]).await;
            of(3).does(&format!("{at}/issue"), &[]).await;
            of(3).does(&format!("{at}/print"), &[("do", "printed")]).await;
        }
    }
    let case = [("kind", "return"), ("latin", "O Sori"), ("birth", "1920")];
    of(6).does("/cases/new", &case).await;
    of(3).does("/matters", &[("kind", "issue"), ("words", "words")]).await;
    let mut found = BTreeSet::new();
    for (officer, browser) in &officers {
        for way in ways::ways().iter().filter(|way| way.method == Method::GET) {
            let leaves = [ways::Page::Enter, ways::Page::Leave, ways::Page::Lock];
            if leaves.contains(&way.page) {
                continue;
            }
            for number in ["1", "2", "3"] {
                let path = way.path.replace("{number}", number);
                found.extend(forms(*officer, &path, &browser.get(&path).await.body));
            }
        }
    }
    // The same form of several officers, and the margin's on each page, once.
    let mut once = BTreeSet::new();
    found.retain(|form| once.insert((form.path.clone(), form.fields.clone())));
    let paths: BTreeSet<&str> = found.iter().map(|form| form.path.as_str()).collect();
    for path in WHOLE.into_iter().chain([
        "/language",
        "/applications/1/correct",
        "/applications/1/propose-refusal",
        "/applications/2/fill",
        "/applications/3/read-back",
        "/applications/3/portrait",
        "/designs/card",
        "/officers/new",
        "/lists",
        "/settings",
        "/matters",
    ]) {
        assert!(paths.contains(path), "{path}: {paths:?}");
    }
    let mut tried = 0;
    let (texts, long) = (naughty(), std::env::var_os("PERMIT_LONG").is_some());
    for (at, form) in found.iter().enumerate() {
        let part = if long || WHOLE.contains(&form.path.as_str()) { 1 } else { PART };
        for text in texts.iter().skip(at % part).step_by(part) {
            let press = form.press.iter().map(|it| ("do", it.as_str()));
            let fields = form.fields.iter().map(|name| (name.as_str(), text.as_str()));
            let all: Vec<(&str, &str)> = fields.chain(press).collect();
            let browser = of(form.officer);
            let answer = browser.ask(Method::POST, &form.path, &browser.written(&all)).await;
            assert!(!answer.status.is_server_error(), "{form:?}: {text:?}: {}", answer.said());
            let raw = is_markup(text) && answer.body.contains(text.as_str());
            assert!(!raw, "{form:?}: {text:?}");
            let leads = answer.headers.get("location").map(|it| it.to_str().unwrap());
            let own = |to: &str| to.starts_with('/') && !to.starts_with("//");
            assert!(leads.is_none_or(own), "{form:?}: {text:?} leads to {leads:?}");
            tried += form.fields.len();
        }
    }
    // What may be written in words was kept, and stands there as text.
    let kept: BTreeSet<(u16, &str)> =
        found.iter().map(|it| (it.officer, it.path.as_str())).collect();
    for (officer, path) in kept {
        let body = of(officer).get(path).await.body;
        assert!(!body.contains("<script>") && !body.contains("onerror=alert(1)>"), "{path}");
    }
    assert!(place.pages.0.site.lock().await.registry.check().await.unwrap().is_empty());
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
