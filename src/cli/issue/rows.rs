//! The rows of a file, and what is wrong with them: everything at once.

use std::path::Path;

use permit_signing::permit::{Issuer, Problem, Request, Row, Why};
use permit_words::Words;
use serde::Deserialize;

use crate::authority::{is_json, text};
use crate::output::{Line, Tone};
use crate::{Desk, Exit, Fault};

/// The permits a file asks for.
#[derive(Debug)]
pub(super) struct Rows(Vec<Row>);

/// Many under `permits`, or one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum File {
    Many { permits: Vec<Row> },
    List(Vec<Row>),
    One(Row),
}

impl Rows {
    /// Reads CSV, JSON or, by any other name, TOML.
    pub(super) fn read(path: &Path) -> Result<Self, Fault> {
        let text = text(path)?;
        let wrong = |said: String| {
            Fault::new(Exit::Unreadable, "fault-rows-file").at(path).with("said", said.trim_end())
        };
        let csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let rows = if csv {
            table(&text).map_err(|error| wrong(error.to_string()))?
        } else {
            let file: File = if is_json(path) {
                serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?
            } else {
                toml::from_str(&text).map_err(|error| wrong(error.to_string()))?
            };
            match file {
                File::Many { permits } | File::List(permits) => permits,
                File::One(row) => vec![row],
            }
        };
        if rows.is_empty() {
            return Err(Fault::new(Exit::Unreadable, "fault-rows-none").at(path));
        }
        Ok(Self(rows))
    }

    /// Understands every row, or tells every problem of every row.
    pub(super) fn check(&self, issuer: &Issuer<'_>, desk: &Desk) -> Result<Vec<Request>, Fault> {
        let (mut requests, mut wrong) = (Vec::new(), 0_usize);
        for (number, row) in (1_usize..).zip(&self.0) {
            match issuer.check(row) {
                Ok(request) => requests.push(request),
                Err(problems) => {
                    wrong += 1;
                    problems.iter().for_each(|problem| tell(number, problem, desk));
                }
            }
        }
        if wrong == 0 {
            return Ok(requests);
        }
        let (all, id) = (self.0.len(), "fault-rows");
        Err(Fault::new(Exit::Unreadable, id).with("wrong", wrong).with("all", all))
    }
}

/// CSV (RFC 4180) with a line of column names; a byte order mark does not matter.
fn table(text: &str) -> Result<Vec<Row>, csv::Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = reader.headers()?.clone();
    let row = |record: csv::StringRecord| Row::of_columns(names.iter().zip(record.iter()));
    reader.records().map(|record| record.map(row)).collect()
}

fn tell(number: usize, problem: &Problem, desk: &Desk) {
    let values = [
        ("row", number.into()),
        ("field", (&problem.field).into()),
        ("why", reason(&problem.why, &desk.words).into()),
    ];
    let text = desk.words.with("row-problem", &values);
    desk.out.note(&Line::new().say(Tone::Warn, &text));
}

/// What is wrong with a field, in the user's language.
fn reason(why: &Why, words: &Words) -> String {
    let get = |id| words.get(id);
    match why {
        Why::Unknown => get("row-unknown"),
        Why::Missing => get("row-missing"),
        Why::Character(c) => {
            let code = format!("U+{:04X}", u32::from(*c));
            words.with("row-character", &[("c", c.to_string().into()), ("code", code.into())])
        }
        Why::TooLong { bytes, most } => {
            words.with("row-long", &[("bytes", (*bytes).into()), ("most", (*most).into())])
        }
        Why::TooMany { most } => words.with("row-many", &[("most", (*most).into())]),
        Why::List => get("row-list"),
        Why::Number { least, most } => {
            words.with("row-number", &[("least", (*least).into()), ("most", (*most).into())])
        }
        Why::Date => get("row-date"),
        Why::Birth => get("row-birth"),
        Why::Boolean => get("row-boolean"),
        Why::Country => get("row-country"),
        Why::NotInRegister => get("row-not-in-register"),
        Why::Ambiguous => get("row-ambiguous"),
        Why::NotServed => get("row-not-served"),
        Why::OutsideZone => get("row-outside"),
        Why::BornLater => get("row-born-later"),
        Why::Past { today } => words.with("row-past", &[("day", today.to_string().into())]),
        Why::BeforeFrom { from } => words.with("row-before", &[("day", from.to_string().into())]),
        Why::Validity { days, longest } => {
            words.with("row-validity", &[("days", (*days).into()), ("longest", (*longest).into())])
        }
        Why::PermitNumber(_) => get("row-permit-number"),
        Why::OtherStation { station } => {
            words.with("row-other-station", &[("station", (*station).into())])
        }
        other => words.with("row-other", &[("said", other.to_string().into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_kinds_of_file() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text, count) in [
            ("a.csv", "\u{feff}latin, birth\nO,1940\n\"PAK, X\",1941\n", 2),
            ("a.toml", "[[permits]]\nlatin = 'O'\nbirth = 1940\n[[permits]]\nlatin = 'P'\n", 2),
            ("b.toml", "latin = 'O'\nbirth = 1940-01-02\n", 1),
            ("a.json", r#"[{"latin": "O", "birth": 1940, "crossings": [3, "x"]}]"#, 1),
            ("b.json", r#"{"permits": [{"latin": "O"}]}"#, 1),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            assert_eq!(Rows::read(&path).unwrap().0.len(), count, "{name}");
        }
        for (name, text) in [("c.csv", "latin\nO,1\n"), ("c.toml", "latin = "), ("d.json", "[]")] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            assert!(Rows::read(&path).is_err(), "{name}");
        }
    }
}
