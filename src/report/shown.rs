//! A report as text, as a page and as a table.

use core::fmt::Write as _;

use askama::Template;
use permit_card::Assumed;
use permit_words::{Words, clean};

use crate::{Bar, Report, Section, Zone};

impl Report {
    /// As text for a terminal: a line a row, so that it is read aloud well.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        if self.demo {
            let _ = writeln!(out, "{DEMO}");
        }
        let _ = writeln!(out, "{}", clean(&self.title));
        for (name, said) in &self.block {
            let _ = writeln!(out, "{}: {}", clean(name), clean(said));
        }
        self.lines.iter().for_each(|line| {
            let _ = writeln!(out, "{}", clean(line));
        });
        for section in &self.sections {
            let _ = writeln!(out, "\n{}", clean(&section.title));
            if section.rows.is_empty() {
                let _ = writeln!(out, "  {}", clean(&section.empty));
            }
            for row in &section.rows {
                let cells = section.columns.iter().zip(row).skip(1);
                let cells: Vec<String> =
                    cells.map(|(name, cell)| format!("{name} {cell}")).collect();
                let first = row.first().map(String::as_str).unwrap_or_default();
                let _ = writeln!(out, "  {} · {}", clean(first), clean(&cells.join(" · ")));
            }
        }
        out.push('\n');
        self.notes.iter().for_each(|note| {
            let _ = writeln!(out, "{}", clean(note));
        });
        out
    }

    /// As a table: what a cell is about, then its name and what it says; names of columns, rows.
    #[must_use]
    pub fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = Words::new(self.lang);
        let columns = ["situation-part", "situation-what", "situation-item", "situation-value"];
        let mut rows = Vec::new();
        if self.demo {
            rows.push(vec![DEMO.to_owned(), String::new(), String::new(), String::new()]);
        }
        for (name, said) in &self.block {
            rows.push(vec![self.title.clone(), String::new(), name.clone(), said.clone()]);
        }
        for line in &self.lines {
            rows.push(vec![self.title.clone(), String::new(), String::new(), line.clone()]);
        }
        for section in &self.sections {
            let title = &section.title;
            if section.rows.is_empty() {
                let (none, empty) = (String::new(), section.empty.clone());
                rows.push(vec![title.clone(), none.clone(), none, empty]);
            }
            for row in &section.rows {
                for (name, cell) in section.columns.iter().zip(row).skip(1) {
                    let first = row.first().cloned().unwrap_or_default();
                    rows.push(vec![title.clone(), first, name.clone(), cell.clone()]);
                }
            }
        }
        for note in &self.notes {
            rows.push(vec![self.title.clone(), String::new(), String::new(), note.clone()]);
        }
        (columns.map(|id| words.get(id)).into(), rows)
    }

    /// As one file for a browser, which needs nothing else.
    ///
    /// # Errors
    ///
    /// When it cannot be written into memory.
    pub fn html(&self) -> Result<String, askama::Error> {
        Page { report: self, lang: self.lang.tag(), mark: DEMO }.render()
    }
}

/// What stands above a report of a demonstration, in every language.
pub(crate) const DEMO: &str = "DEMO · SPECIMEN";

#[derive(Debug, Template)]
#[template(path = "page.html")]
struct Page<'p> {
    report: &'p Report,
    lang: &'static str,
    mark: &'static str,
}

impl Section {
    /// Widths are assumed, since a browser draws.
    fn drawn(&self, zone: &Zone) -> String {
        zone.draw(&Assumed).map_or_else(|_| String::new(), |it| it.svg(&self.title))
    }

    /// A bar's length in thousandths of the longest.
    fn length(&self, bar: &Bar) -> u64 {
        let most = self.bars.iter().filter_map(|it| it.number).max().unwrap_or_default().max(1);
        u64::from(bar.number.unwrap_or_default()) * 1000 / u64::from(most)
    }
}
