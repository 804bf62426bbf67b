//! The traveller's small display: a pictogram and one line, in both languages of the crossing.
//!
//! It says what to do and nothing about anybody: no name, no verdict, no colour of one. Whoever is helped sees what
//! everybody sees who waits.

use askama::Template;
use serde::Serialize;

use crate::machine::{GateState, Hint, Language, Stage, View};

use super::{Book, name};

#[derive(Debug, Template)]
#[template(path = "traveller.html")]
struct Page {
    title: String,
    lines: [(&'static str, String); 2],
    sign: Sign,
    night: bool,
}

#[derive(Debug, Template)]
#[template(path = "lines.html")]
struct Lines {
    lines: [(&'static str, String); 2],
    sign: Sign,
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
    let (id, sign) = told(view);
    Page { title, lines: lines(&id, book), sign, night: view.modes.night }.render()
}

/// Its line alone.
pub(super) fn news(view: &View, book: &Book) -> News {
    let (id, sign) = told(view);
    let lines = Lines { lines: lines(&id, book), sign }.render().unwrap_or_default();
    News { night: view.modes.night, parts: [("lines", lines)] }
}

fn lines(id: &str, book: &Book) -> [(&'static str, String); 2] {
    [Language::Zh, Language::Ko].map(|language| {
        let words = book.of(language);
        (words.lang().tag(), words.get(id))
    })
}

/// What is said, and the pictogram beside it.
fn told(view: &View) -> (String, Sign) {
    let id = id(view);
    let sign = SIGNS.into_iter().find(|sign| id.ends_with(sign.name));
    (id, sign.unwrap_or(WAIT))
}

/// Hints about how a permit is held are said to whoever holds it; the others are for the guard.
fn id(view: &View) -> String {
    let fixed = match (view.stage, view.hint) {
        (Stage::Looking, Some(Hint::TypeNumber)) => "screen-traveller-wait",
        (Stage::Looking, Some(hint)) if hint != Hint::Show => {
            let hint = name::id("screen-hint", hint).0;
            let own = SIGNS.iter().any(|sign| hint.ends_with(sign.name));
            return if own { hint } else { "screen-traveller-show".to_owned() };
        }
        (Stage::Waiting | Stage::Looking, _) => "screen-traveller-show",
        (Stage::Decision, _) if view.decision.is_some_and(|it| it.gate == GateState::Open) => {
            "screen-traveller-pass"
        }
        (Stage::OutOfOrder, _) => "screen-traveller-closed",
        _ => "screen-traveller-wait",
    };
    fixed.to_owned()
}

/// A pictogram: lines on a ground of 48 by 48.
#[derive(Clone, Copy, Debug)]
struct Sign {
    /// How what is said beside it ends.
    name: &'static str,
    paths: &'static [&'static str],
}

/// An hourglass.
const WAIT: Sign = Sign {
    name: "-wait",
    paths: &[
        "M12 6h24M12 42h24M15 6c0 10 18 12 18 18s-18 8-18 18M33 6c0 10-18 12-18 18s18 8 18 18",
    ],
};

/// One for whatever is said.
const SIGNS: [Sign; 11] = [
    WAIT,
    // A card with a code, before a lens.
    Sign { name: "-show", paths: &[CARD, "M38 12v24M44 8v32"] },
    // Out through an open gate.
    Sign { name: "-pass", paths: &["M10 42V6h8M38 42V6h-8M24 42V16M16 24l8-8 8 8"] },
    // A person behind a desk.
    Sign {
        name: "-closed",
        paths: &["M24 6a7 7 0 1 0 .1 0M10 32c0-16 28-16 28 0M4 32h40M8 32v10M40 32v10"],
    },
    // Towards the lens, and away from it.
    Sign { name: "-closer", paths: &[CARD, "M44 8v32M30 24h10M36 20l4 4-4 4"] },
    Sign { name: "-farther", paths: &[CARD, "M44 8v32M42 24H32M36 20l-4 4 4 4"] },
    // A card between two bars.
    Sign {
        name: "-hold-still",
        paths: &["M14 14h20v20H14zM19 19h4v4h-4zM27 27h3v3h-3zM6 10v28M42 10v28"],
    },
    // A card that leans, and one that stands.
    Sign { name: "-straight", paths: &["M6 14l10-4 6 26-10 4zM30 12h12v26H30zM23 24h4"] },
    // A lamp mirrored in a card.
    Sign {
        name: "-glare",
        paths: &[CARD, "M40 6v6M40 20v6M31 16h6M43 16h4M34 9l3 3M46 9l-3 3M34 23l3-3"],
    },
    // A card out of its cover.
    Sign { name: "-faint", paths: &["M8 26v16h32V26M14 34V10h20v24M24 6v0M20 6l4-4 4 4"] },
    // One card, and no other.
    Sign { name: "-several", paths: &["M6 12h16v24H6zM28 12h14v24H28zM26 8l20 32M46 8L26 40"] },
];

/// A card with a code.
const CARD: &str = "M6 10h22v28H6zM11 16h5v5h-5zM19 16h4v4h-4zM11 26h4v4h-4zM19 26h5v6h-5z";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_3_whatever_is_said_has_a_pictogram_of_its_own() {
        let ids = ["show", "wait", "pass", "closed"].map(|end| format!("screen-traveller-{end}"));
        for id in ids {
            let told: Vec<_> = SIGNS.iter().filter(|sign| id.ends_with(sign.name)).collect();
            assert_eq!(told.len(), 1, "{id}");
        }
        let mut paths: Vec<_> = SIGNS.iter().map(|sign| sign.paths.concat()).collect();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), SIGNS.len());
    }
}
