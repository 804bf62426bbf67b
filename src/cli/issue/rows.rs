//! The rows of a file, and what is wrong with them: everything at once.

use std::path::Path;

use permit_signing::draft::toml_flaw;
use permit_signing::permit::{Issuer, Problem, Request, Row};
use permit_table::Table;
use permit_words::{Value, Words};
use serde::Deserialize;

use crate::authority::{bytes, is_json, text};
use crate::output::{Line, Tone};
use crate::{Desk, Exit, Fault};

/// The permits a file asks for, each with its number: of a table the one that a spreadsheet shows.
#[derive(Debug)]
pub(super) struct Rows(Vec<(usize, Row)>);

/// Many under `permits`, or one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum File {
    Many { permits: Vec<Row> },
    List(Vec<Row>),
    One(Row),
}

impl Rows {
    /// Reads CSV, XLSX, JSON or, by any other name, TOML.
    pub(super) fn read(path: &Path, words: &Words) -> Result<Self, Fault> {
        let wrong = |said: String| {
            Fault::new(Exit::Unreadable, "fault-rows-file").at(path).with("said", said.trim_end())
        };
        let named = |kind| path.extension().is_some_and(|it| it.eq_ignore_ascii_case(kind));
        let rows = if named("csv") || named("xlsx") {
            let table = permit_table::read(&bytes(path)?);
            rows(table.map_err(|error| wrong(said(error.told(), words)))?)
        } else {
            let text = text(path)?;
            let file: File = if is_json(path) {
                serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?
            } else {
                toml::from_str(&text).map_err(|error| wrong(toml_flaw(&text, &error)))?
            };
            let rows = match file {
                File::Many { permits } | File::List(permits) => permits,
                File::One(row) => vec![row],
            };
            (1..).zip(rows).collect()
        };
        if rows.is_empty() {
            return Err(Fault::new(Exit::Unreadable, "fault-rows-none").at(path));
        }
        Ok(Self(rows))
    }

    /// Understands every row, or tells every problem of every row.
    pub(super) fn check(&self, issuer: &Issuer<'_>, desk: &Desk) -> Result<Vec<Request>, Fault> {
        let (mut requests, mut wrong) = (Vec::new(), 0_usize);
        for (number, row) in &self.0 {
            match issuer.check(row) {
                Ok(request) => requests.push(request),
                Err(problems) => {
                    wrong += 1;
                    problems.iter().for_each(|problem| tell(*number, problem, desk));
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

fn rows(table: Table) -> Vec<(usize, Row)> {
    let names = table.columns;
    let row = |row: permit_table::Row| {
        let cells = row.cells.iter().map(String::as_str);
        (row.number, Row::of_columns(names.iter().map(String::as_str).zip(cells)))
    };
    table.rows.into_iter().map(row).collect()
}

fn tell(number: usize, problem: &Problem, desk: &Desk) {
    let values = [
        ("row", number.into()),
        ("field", (&problem.field).into()),
        ("why", Value::Spoken(said(problem.why.told(), &desk.words))),
    ];
    let text = desk.words.with("row-problem", &values);
    desk.out.note(&Line::new().say(Tone::Warn, &text));
}

/// A message with its variables, in the user's language.
fn said((id, values): (&str, Vec<(&'static str, String)>), words: &Words) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.into())).collect();
    words.with(id, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_kinds_of_file() {
        let folder = tempfile::tempdir().unwrap();
        let words = Words::new(permit_words::Lang::En);
        for (name, text, count) in [
            ("a.csv", "\u{feff}latin, birth\nO,1940\n\"PAK, X\",1941\n", 2),
            ("a.toml", "[[permits]]\nlatin = 'O'\nbirth = 1940\n[[permits]]\nlatin = 'P'\n", 2),
            ("b.toml", "latin = 'O'\nbirth = 1940-01-02\n", 1),
            ("a.json", r#"[{"latin": "O", "birth": 1940, "crossings": [3, "x"]}]"#, 1),
            ("b.json", r#"{"permits": [{"latin": "O"}]}"#, 1),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            assert_eq!(Rows::read(&path, &words).unwrap().0.len(), count, "{name}");
        }
        let path = folder.path().join("a.XLSX");
        let columns = ["latin", "birth"].map(str::to_owned);
        let rows = [["O", "1940"], ["", ""], ["PAK", "1941-02"]].map(|it| it.map(str::to_owned));
        let rows = rows.map(Vec::from);
        std::fs::write(&path, permit_table::write("1", &columns, &rows).unwrap()).unwrap();
        let numbers = Rows::read(&path, &words).unwrap().0.into_iter().map(|(number, _)| number);
        assert_eq!(numbers.collect::<Vec<_>>(), [2, 4], "as a spreadsheet shows them");
        for (name, text) in [("c.csv", "latin\nO,1\n"), ("c.toml", "latin = "), ("d.json", "[]")] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            assert!(Rows::read(&path, &words).is_err(), "{name}");
        }
    }
}
