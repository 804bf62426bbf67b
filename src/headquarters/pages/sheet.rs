//! A page as a value: lines, figures, parts with a chart and a table. Every page is drawn by one template.

use askama::Template;
use axum::http::StatusCode;

use super::{
    frame::Frame,
    visit::{Done, Visit, html},
};

/// A page.
#[derive(Debug, Template)]
#[template(path = "sheet.html")]
pub(super) struct Sheet<'v> {
    pub(super) f: Frame<'v>,
    /// What stands above the title: of when it is.
    pub(super) above: String,
    pub(super) lines: Vec<String>,
    /// `good`, `warn` or `bad`, and what is said.
    pub(super) state: Option<(&'static str, String)>,
    pub(super) figures: Vec<Figure>,
    pub(super) parts: Vec<Part>,
}

/// A number that is shown large and leads to what it is of.
#[derive(Debug)]
pub(super) struct Figure {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) number: usize,
    /// Whether something is to be done.
    pub(super) some: bool,
}

/// A part of a page: a drawing, a chart, names of columns, rows; or what is said in place of rows.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) lead: String,
    /// An SVG.
    pub(super) drawing: String,
    pub(super) chart: Option<Chart>,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) empty: String,
}

/// A cell: its text, where it leads, and whether it is `good`, `warn` or `bad`.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) path: String,
    pub(super) mark: &'static str,
}

/// Bars by the hour of the day.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) title: String,
    pub(super) all: u64,
    /// The counts, for whoever does not see it.
    pub(super) said: String,
    /// Of each bar its place, its top and its height: 240 wide, 100 high.
    pub(super) bars: Vec<(usize, u64, u64)>,
}

impl Cell {
    pub(super) fn text(text: impl ToString) -> Self {
        Self { text: text.to_string(), ..Self::default() }
    }

    pub(super) fn link(text: String, path: String) -> Self {
        Self { text, path, mark: "" }
    }

    pub(super) const fn marked(mark: &'static str, text: String) -> Self {
        Self { text, path: String::new(), mark }
    }
}

impl Chart {
    /// Of counts by the hour of the day.
    pub(super) fn of(title: String, hours: &[u64; 24]) -> Self {
        let most = hours.iter().copied().max().unwrap_or_default().max(1);
        let bars = hours.iter().enumerate().map(|(hour, count)| {
            let height = (count * 100).div_ceil(most);
            (hour * 10 + 1, 100 - height, height)
        });
        let said: Vec<String> =
            hours.iter().enumerate().map(|(hour, count)| format!("{hour:02}: {count}")).collect();
        let said = format!("{title}: {}", said.join(", "));
        Self { all: hours.iter().sum(), said, bars: bars.collect(), title }
    }
}

impl<'v> Sheet<'v> {
    /// An empty page.
    pub(super) fn new(visit: &'v Visit<'_>, title: String, above: String) -> Self {
        let f = Frame::new(visit, title);
        let (lines, figures, parts) = (Vec::new(), Vec::new(), Vec::new());
        Self { f, above, lines, state: None, figures, parts }
    }

    pub(super) fn shown(self) -> Done {
        html(StatusCode::OK, self.render())
    }
}

impl Part {
    /// With the names of its columns.
    pub(super) fn new(visit: &Visit<'_>, title: &str, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|id| visit.t(id)).collect();
        Self { title: visit.t(title), columns, ..Self::default() }
    }
}
