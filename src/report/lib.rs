//! Reports for people: one form for stations and headquarters, shown as text, as a page, as a table and, with `pdf`, on
//! paper.
//!
//! A [`Report`] is what is said, in one language; it is the same in every form. It knows no rule and counts nothing: which
//! numbers are told is decided before. A chart has no number that a table of its section does not have.

mod drawing;
mod named;
#[cfg(feature = "pdf")]
mod paper;
mod period;
mod schematic;
mod shown;
#[cfg(test)]
mod tests;

pub use drawing::Drawing;
pub use named::{age, class, ground, kind, outcome, waits};
#[cfg(feature = "pdf")]
pub use paper::Unprinted;
pub use period::{NotAPeriod, Period};
pub use schematic::{Crossing, Flow, Mark, Region, Zone};

use permit_words::Lang;

/// Numbers below it, but for none at all, are hidden: in every report (R19).
pub const LEAST: u32 = 5;

/// What a report says, in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// The language.
    pub lang: Lang,
    /// True if what it rests on is a demonstration: said above everything else.
    pub demo: bool,
    /// What it is called.
    pub title: String,
    /// The block below the title: number, date, to whom, in answer to what; each with its name.
    pub block: Vec<(String, String)>,
    /// What else is said of the whole, below it.
    pub lines: Vec<String>,
    /// Numbers that are shown large, each with what it is of.
    pub figures: Vec<(String, String)>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// What stands below everything: what is hidden, how it is verified.
    pub notes: Vec<String>,
}

/// A part of a report: a title, names of columns, rows; or what is said in place of rows.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// Names of columns.
    pub columns: Vec<String>,
    /// Rows, a cell for each column.
    pub rows: Vec<Vec<String>>,
    /// Said where there are no rows.
    pub empty: String,
    /// Numbers of the rows as bars, on the page.
    pub bars: Vec<Bar>,
    /// The zone with what the rows say of it, on the page.
    pub zone: Option<Zone>,
}

/// A number as a bar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// What it is of.
    pub of: String,
    /// The number; none where it is not told.
    pub number: Option<u32>,
    /// The number as it is told.
    pub told: String,
}
