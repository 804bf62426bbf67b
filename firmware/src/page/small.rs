//! The traveller's small display: one line, in both languages of the crossing.
//!
//! It says what to do and nothing about anybody: no name, no verdict, no colour of one. Whoever is helped sees what
//! everybody sees who waits.

use askama::Template;
use serde::Serialize;

use crate::machine::{GateState, Language, Stage, View};

use super::{Book, name};

#[derive(Debug, Template)]
#[template(path = "traveller.html")]
struct Page {
    title: String,
    lines: [(&'static str, String); 2],
    night: bool,
}

#[derive(Debug, Template)]
#[template(path = "lines.html")]
struct Lines {
    lines: [(&'static str, String); 2],
}

/// What the small display is told.
#[derive(Debug, Serialize)]
pub(super) struct News {
    night: bool,
    parts: [(&'static str, String); 1],
}

/// The page.
pub(super) fn page(view: &View, book: &Book) -> askama::Result<String> {
    let title = book.of(view.modes.lang).get("screen-title.traveller");
    Page { title, lines: lines(view, book), night: view.modes.night }.render()
}

/// Its line alone.
pub(super) fn news(view: &View, book: &Book) -> News {
    let lines = Lines { lines: lines(view, book) }.render().unwrap_or_default();
    News { night: view.modes.night, parts: [("lines", lines)] }
}

fn lines(view: &View, book: &Book) -> [(&'static str, String); 2] {
    let id = id(view);
    [Language::Zh, Language::Ko].map(|language| {
        let words = book.of(language);
        (words.lang().tag(), words.get(&id))
    })
}

/// Hints that help whoever holds the permit are said to them too.
fn id(view: &View) -> String {
    let fixed = match view.stage {
        Stage::Waiting => "screen-traveller-show",
        Stage::Looking => {
            let hint = view.hint.map(|hint| name::id("screen-hint", hint).0);
            let told = hint.filter(|hint| TOLD.iter().any(|told| hint.ends_with(told)));
            return told.unwrap_or_else(|| "screen-traveller-show".to_owned());
        }
        Stage::Decision if view.decision.is_some_and(|it| it.gate == GateState::Open) => {
            "screen-traveller-pass"
        }
        Stage::OutOfOrder => "screen-traveller-closed",
        _ => "screen-traveller-wait",
    };
    fixed.to_owned()
}

/// Hints about how a permit is held; the others are for the guard.
const TOLD: [&str; 7] =
    ["-closer", "-farther", "-hold-still", "-straight", "-glare", "-faint", "-several"];
