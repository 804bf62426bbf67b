//! What officers raised at terminals, as the records tell, in whatever order they came home.
//!
//! No officer stands in it. It stays when the records themselves are past their term: what nobody closed is open.

use std::collections::BTreeMap;

use permit_core::UnixTime;
use permit_journal::{Concern, Entry, Event, Record, Terminal};
use permit_store::{Cell, Row, Session};

use crate::{
    Failed, Site,
    kept::{row, tables::RAISED},
};

/// Something that was raised at a terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Raise {
    /// Where.
    pub terminal: Terminal,
    /// The record that raised it.
    pub record: u64,
    /// What.
    pub what: Concern,
    /// When.
    pub at: UnixTime,
    /// Whether it is open.
    pub open: bool,
}

/// What is kept of a record, where it raises or closes something.
pub(crate) fn row_of(terminal: Terminal, record: &Record) -> Option<Row> {
    let Entry::Event(Event::Concern { what, open, .. }) = &record.entry else { return None };
    Some(vec![
        Cell::Whole(row::terminal(terminal)),
        row::cell(record.sequence),
        Cell::Whole(*what as i64),
        Cell::Whole(i64::from(*open)),
        Cell::Whole(record.stamp.time().0),
    ])
}

impl Site {
    /// What was raised at terminals, by terminal and in order: what is raised again while it is open is the same.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn raised(&self) -> Result<Vec<Raise>, Failed> {
        all(&self.store.read().await?).await
    }
}

pub(crate) async fn all(session: &Session) -> Result<Vec<Raise>, Failed> {
    let mut rows = BTreeMap::new();
    for cells in session.all(&RAISED).await? {
        rows.insert((row::whole(&cells, 0)?, row::count(&cells, 1)?), cells);
    }
    let mut all: Vec<Raise> = Vec::new();
    for ((code, record), cells) in rows {
        let terminal = row::terminal_of(code)?;
        let code = usize::try_from(row::whole(&cells, 2)?).map_err(|_| Failed::Row)?;
        let what = *Concern::ALL.get(code).ok_or(Failed::Row)?;
        let mut before = all.iter_mut().rev();
        let standing = before.find(|it| it.open && (it.terminal, it.what) == (terminal, what));
        match (standing, row::whole(&cells, 3)? != 0) {
            (None, true) => {
                let at = UnixTime(row::whole(&cells, 4)?);
                all.push(Raise { terminal, record, what, at, open: true });
            }
            (Some(standing), false) => standing.open = false,
            _ => {}
        }
    }
    Ok(all)
}
