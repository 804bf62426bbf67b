//! Every terminal as it stands: how far its journal is here, what is missing, how long it has been silent.

use std::collections::BTreeMap;

use permit_core::UnixTime;
use permit_journal::{Record, Terminal};
use permit_store::{Cell, Session};

use crate::{
    Failed, Finding, Found, Site, Stretches,
    kept::{
        row,
        tables::{FINDING, GONE, RECORD, TERMINAL},
    },
    take::{self, STATIONS},
};

/// Days without a record after which a terminal is silent: as long as its lists are fresh (chosen).
const SILENT: i64 = 7;

/// Whether a terminal was heard of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Life {
    /// Nothing of it ever came home.
    Never,
    /// Its last record is so many days old, 7 or more.
    Silent(i64),
    /// Its last record is newer than 7 days.
    Heard,
}

/// A terminal of this side.
#[derive(Clone, PartialEq, Debug)]
pub struct Shown {
    /// Which.
    pub terminal: Terminal,
    /// The crossing it stands, or stood, at.
    pub crossing: u16,
    /// It is on the lists in force.
    pub listed: bool,
    /// Its last record that is here, and when it was written.
    pub last: Option<(u64, UnixTime)>,
    /// Sequences that are missing, first and last.
    pub gaps: Vec<(u64, u64)>,
    /// Whether it was heard of.
    pub life: Life,
}

impl Site {
    /// Every terminal of this side that is or was on the lists.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn terminals(&self) -> Result<Vec<Shown>, Failed> {
        self.shown(&self.store.read().await?).await
    }

    pub(crate) async fn shown(&self, session: &Session) -> Result<Vec<Shown>, Failed> {
        let stretches = take::stretches(session).await?;
        let mut all: BTreeMap<Terminal, Shown> = BTreeMap::new();
        for cells in session.all(&TERMINAL).await? {
            let code = row::whole(&cells, 0)?;
            let terminal = row::terminal_of(code)?;
            let none = Stretches::default();
            let here = stretches.get(&terminal).unwrap_or(&none);
            let mut last = None;
            if let Some(sequence) = here.last() {
                let wanted = [("terminal", Cell::Whole(code)), ("sequence", row::cell(sequence))];
                let found = session.having(&RECORD, &wanted, 1).await?;
                let record =
                    found.first().and_then(|it| Record::from_bytes(row::bytes(it, 3).ok()?));
                let at = match record {
                    Some(record) => record.stamp.time(),
                    None => {
                        let gone = session.having(&GONE, &wanted, 1).await?;
                        UnixTime(row::whole(gone.first().ok_or(Failed::Row)?, 5)?)
                    }
                };
                last = Some((sequence, at));
            }
            let silent = |at: UnixTime| self.now().since(at) / (24 * 60 * 60);
            let life = match last {
                None => Life::Never,
                Some((_, at)) if silent(at) >= SILENT => Life::Silent(silent(at)),
                Some(_) => Life::Heard,
            };
            let crossing = u16::try_from(row::whole(&cells, 2)?).map_err(|_| Failed::Row)?;
            let listed = row::whole(&cells, 3)? != 0;
            let shown =
                Shown { terminal, crossing, listed, last, gaps: here.gaps().collect(), life };
            let place = all.entry(terminal).or_insert_with(|| shown.clone());
            if listed {
                *place = shown;
            }
        }
        Ok(all.into_values().collect())
    }

    /// Everything that was found not to fit together.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn findings(&self) -> Result<Vec<Found>, Failed> {
        let session = self.store.read().await?;
        let found = |cells: &permit_store::Row| {
            let source = row::whole(cells, 0)?;
            let station = source & STATIONS != 0;
            let number = || u16::try_from(source & 0xffff).map_err(|_| Failed::Row);
            Ok(Found {
                terminal: if station { None } else { Some(row::terminal_of(source)?) },
                station: if station { Some(number()?) } else { None },
                finding: Finding::of(row::whole(cells, 1)?).ok_or(Failed::Row)?,
                at: row::count(cells, 2)?,
                seen: UnixTime(row::whole(cells, 3)?),
            })
        };
        session.all(&FINDING).await?.iter().map(found).collect()
    }
}
