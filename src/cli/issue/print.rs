//! One page that a browser prints: an index of names, then sheets with cut marks and their backs.
//!
//! It draws nothing itself but shows the files beside it, so that a thousand permits are still a small page. Which of the
//! two designs is printed is chosen on the page, without a script.

use askama::Template;
use permit_card::Sheet;
use permit_core::Permit;
use permit_words::Words;

use super::cards::ENDINGS;
use crate::{Exit, Fault};

/// The file's name.
pub(crate) const FILE: &str = "print.html";

/// The page.
#[derive(Debug, Template)]
#[template(path = "print.html")]
pub(crate) struct PrintPage<'a> {
    words: &'a Words,
    demo: bool,
    index: Vec<Vec<Row>>,
    folded: Vec<Leaf>,
    card: Vec<Leaf>,
    folded_marks: Vec<[f64; 4]>,
    card_marks: Vec<[f64; 4]>,
}

/// A line of the index.
#[derive(Debug)]
struct Row {
    number: String,
    native: String,
    latin: String,
    folded: String,
    card: String,
}

/// One side of a sheet.
#[derive(Debug)]
struct Leaf(Vec<Place>);

#[derive(Debug)]
struct Place {
    file: String,
    number: String,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl<'a> PrintPage<'a> {
    /// The page of these permits; the files beside it are called by the names given.
    pub(crate) fn new(
        permits: &[(String, &Permit)],
        demo: bool,
        words: &'a Words,
    ) -> Result<Self, Fault> {
        let paper =
            |size| Sheet::a4(size).ok_or_else(|| Fault::new(Exit::Unwritable, "fault-drawing"));
        let (folded, card) = (paper(FOLDED)?, paper(CARD)?);
        let place = |sheet: &Sheet, n: usize| {
            let each = sheet.fronts().len();
            format!("{} / {}", n / each + 1, n % each + 1)
        };
        let row = |(n, (_, permit)): (usize, &(String, &Permit))| Row {
            number: permit.id.to_string(),
            native: permit.native.as_deref().unwrap_or_default().to_owned(),
            latin: permit.latin.to_string(),
            folded: place(&folded, n),
            card: place(&card, n),
        };
        let mut rows = permits.iter().enumerate().map(row).peekable();
        let mut index = Vec::new();
        while rows.peek().is_some() {
            index.push(rows.by_ref().take(ROWS).collect());
        }
        let [outside, inside, front, back] = ENDINGS;
        Ok(Self {
            words,
            demo,
            index,
            folded: leaves(permits, &folded, FOLDED, [outside, inside]),
            card: leaves(permits, &card, CARD, [front, back]),
            folded_marks: folded.marks(),
            card_marks: card.marks(),
        })
    }

    /// As HTML.
    pub(crate) fn draw(&self) -> Result<String, Fault> {
        self.render()
            .map_err(|error| Fault::new(Exit::Unwritable, "fault-drawing").with("said", error))
    }

    fn t(&self, id: &str) -> String {
        self.words.get(id)
    }

    fn lang(&self) -> &'static str {
        self.words.lang().tag()
    }
}

/// Fronts of a sheet, then their backs, and so on.
fn leaves(
    permits: &[(String, &Permit)],
    sheet: &Sheet,
    (width, height): (f64, f64),
    [front, back]: [&str; 2],
) -> Vec<Leaf> {
    let leaf = |chunk: &[(String, &Permit)], ending: &str, turned: bool| {
        let places = chunk.iter().zip(sheet.fronts()).map(|((name, permit), at)| {
            let (x, y) = if turned { sheet.back(*at) } else { *at };
            Place {
                file: format!("{name}{ending}"),
                number: permit.id.to_string(),
                x,
                y,
                width,
                height,
            }
        });
        Leaf(places.collect())
    };
    let sheets = permits.chunks(sheet.fronts().len());
    sheets.flat_map(|chunk| [leaf(chunk, front, false), leaf(chunk, back, true)]).collect()
}

/// Lines of the index on a page; chosen with their height in the page's style.
const ROWS: usize = 36;
/// The two designs' sizes in millimetres.
const FOLDED: (f64, f64) = (148.0, 105.0);
const CARD: (f64, f64) = (85.6, 53.98);

#[cfg(test)]
mod tests {
    use permit_card::Design;

    use super::*;

    #[test]
    fn sizes_are_those_of_the_designs() {
        assert_eq!(
            (Design::folded().unwrap().size(), Design::card().unwrap().size()),
            (FOLDED, CARD)
        );
    }
}
