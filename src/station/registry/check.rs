//! Holding the record and every table against each other.

use permit_record::Subject;
use permit_store::{Cell, Row, Table};

use super::{
    Registry, RegistryError,
    keep::{Replayed, replayed},
    project,
};
use crate::rules::Desk;

/// What is wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Finding {
    /// The record itself does not hold: the first thing that does not.
    Record(RegistryError),
    /// A row of a table that the record does not have.
    Extra {
        /// Which table.
        table: &'static str,
        /// Its key.
        key: String,
    },
    /// A row that the record has and the table has not.
    Missing {
        /// Which table.
        table: &'static str,
        /// Its key.
        key: String,
    },
    /// A cell that says something else than the record.
    Differs {
        /// Which table.
        table: &'static str,
        /// The row's key.
        key: String,
        /// The column.
        column: &'static str,
    },
}

impl Registry {
    /// Reads the whole record anew, every signature of it, and holds every row of every table against it. Nothing is
    /// mended.
    ///
    /// # Errors
    ///
    /// When the database does not answer. What does not hold is a finding.
    pub async fn check(&self) -> Result<Vec<Finding>, RegistryError> {
        let session = self.store().read().await?;
        let Replayed { chain, desk } =
            match replayed(&session, &self.key()?, self.known()?, true).await {
                Ok(read) => read,
                Err(RegistryError::Store(error)) => return Err(error.into()),
                Err(broken) => return Ok(vec![Finding::Record(broken)]),
            };
        let mut subjects: Vec<Subject> = chain.subjects().map(|(subject, _)| subject).collect();
        subjects.sort_unstable();
        let mut findings = Vec::new();
        for table in &project::TABLES {
            let expected = expected(&desk, &subjects, table);
            compare(table, expected, session.all(table).await?, &mut findings);
        }
        Ok(findings)
    }
}

/// What a table should hold, by its key.
fn expected(desk: &Desk, subjects: &[Subject], table: &Table) -> Vec<Row> {
    let parts = subjects.iter().flat_map(|subject| project::parts(desk, *subject));
    let mut rows: Vec<Row> =
        parts.filter(|part| part.table.name == table.name).flat_map(|part| part.rows).collect();
    rows.sort_unstable();
    rows
}

fn compare(table: &Table, expected: Vec<Row>, mut found: Vec<Row>, out: &mut Vec<Finding>) {
    found.sort_unstable();
    let (name, key) = (table.name, table.key);
    let (mut expected, mut found) = (expected.into_iter().peekable(), found.into_iter().peekable());
    loop {
        let order = match (expected.peek(), found.peek()) {
            (None, None) => return,
            (Some(_), None) => core::cmp::Ordering::Less,
            (None, Some(_)) => core::cmp::Ordering::Greater,
            (Some(should), Some(is)) => should[..key].cmp(&is[..key]),
        };
        let should = if order.is_le() { expected.next() } else { None };
        let is = if order.is_ge() { found.next() } else { None };
        match (should, is) {
            (Some(should), Some(is)) => {
                let cells = table.columns.iter().zip(should.iter().zip(&is));
                out.extend(cells.filter(|(_, (should, is))| should != is).map(|(column, _)| {
                    Finding::Differs { table: name, key: told(&is[..key]), column: column.name }
                }));
            }
            (Some(should), None) => {
                out.push(Finding::Missing { table: name, key: told(&should[..key]) });
            }
            (None, Some(is)) => out.push(Finding::Extra { table: name, key: told(&is[..key]) }),
            (None, None) => return,
        }
    }
}

/// Keys are numbers: nothing of a person is in them.
fn told(key: &[Cell]) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Whole(number) => number.to_string(),
        Cell::Null => "-".to_owned(),
        Cell::Text(_) | Cell::Bytes(_) => "?".to_owned(),
    };
    key.iter().map(cell).collect::<Vec<_>>().join(" ")
}
