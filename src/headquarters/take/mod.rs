//! Taking what comes home: once, whatever comes twice, late or out of order.
//!
//! Everything of one file is taken in one transaction, or nothing. A file that does not hold is kept apart as evidence.

mod codes;
pub(crate) mod crossed;
mod finding;
pub(crate) mod given;
mod journal;
mod other;
mod plan;
mod posted;
mod register;
mod station;
mod stretches;

use std::collections::BTreeMap;

use permit_core::{Fault, UnixTime, sha256};
use permit_journal::{Problem, Terminal};
use permit_record::Refused;
use permit_store::{Cell, Session};

use crate::{
    Failed, Site,
    kept::{
        row,
        tables::{FILE, FINDING, STRETCH},
    },
};

pub use codes::{Gathered, Sequences};
pub use finding::{Finding, Found};
pub(crate) use plan::{Link, is_first};
pub use posted::{Intake, journals};
pub(crate) use register::Kept as KeptRegister;
pub(crate) use station::STATIONS;
pub use stretches::{Stretch, Stretches};

/// What came of a file.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Taken {
    /// Exactly this file was taken before.
    Again,
    /// An export of a journal.
    Journal {
        /// Whose.
        terminal: Terminal,
        /// Sequence of its last record.
        last: u64,
        /// Records that were not here.
        new: u64,
        /// Passages that were not here.
        passages: u64,
        /// What does not fit together.
        findings: Vec<(Finding, u64)>,
    },
    /// Passages of the other side.
    Passages {
        /// Number of their file.
        number: u32,
        /// Passages that were not here.
        new: u64,
    },
    /// A station's return.
    Return {
        /// Number of the station.
        station: u16,
        /// Its record was set back or replaced since an earlier one.
        set_back: bool,
    },
    /// A station's register of numbers given.
    Register {
        /// Number of the station.
        station: u16,
        /// Numbers in it.
        permits: usize,
    },
    /// It was not taken.
    Refused(Refusal),
}

/// Why a file was not taken.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// Nothing that headquarters take.
    Unknown,
    /// An export of the other side's terminal, whose records do not cross.
    OtherSide(Terminal),
    /// An export of a terminal that no list ever had.
    NoKey(Terminal),
    /// An export that is not whole or not by this terminal's key: the first thing that is wrong.
    Broken(Terminal, Problem),
    /// An export of another journal of this terminal: from this record on.
    Fork(Terminal, u64),
    /// A return or passages that are not in the form, or not by a key that may sign them.
    Signed(Refused),
    /// A return of a station whose record's key nobody entered.
    NoStation(u16),
    /// A register that no return of this station which is here speaks for.
    Register(u16),
    /// Of another zone, or of a demonstration where this is none.
    OtherZone,
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Signed(Refused::Form(fault))
    }
}

/// Kinds of files that are remembered.
pub(crate) const JOURNAL: i64 = 0;
pub(crate) const PASSAGES: i64 = 1;
/// Files that were given to the other side.
pub(crate) const GIVEN: i64 = 2;

/// Rows that are read at once (chosen: more than any terminal's export has).
const MOST: u64 = 1 << 32;

impl Site {
    /// Takes a file, whatever it is.
    ///
    /// # Errors
    ///
    /// When folder or database fail; nothing of the file is taken then.
    pub async fn take(&self, bytes: &[u8]) -> Result<Taken, Failed> {
        let digest = sha256(&[bytes]);
        let session = self.store.write().await?;
        let known = session.having(&FILE, &[("digest", Cell::Bytes(digest.to_vec()))], 1).await?;
        if !known.is_empty() {
            return Ok(Taken::Again);
        }
        let taken = if let Some(terminal) = permit_journal::claimed(bytes) {
            self.journal(&session, bytes, terminal).await?
        } else if let Some(taken) = self.register(&session, bytes).await? {
            taken
        } else {
            self.sealed(&session, bytes).await?
        };
        if let Taken::Refused(refusal) = &taken {
            self.home.keep_refused(&digest, bytes)?;
            if let Some((terminal, finding, at)) = refusal.finding() {
                note(&session, (row::terminal(terminal), finding, at), self.now()).await?;
            }
        }
        session.commit().await?;
        Ok(taken)
    }
}

impl Site {
    /// Takes an export of a terminal of this side, and of anything else keeps nothing: for whoever comes without a name.
    ///
    /// # Errors
    ///
    /// As [`take`](Self::take).
    pub async fn take_export(&self, bytes: &[u8]) -> Result<Taken, Failed> {
        let Some(terminal) = permit_journal::claimed(bytes) else {
            return Ok(Taken::Refused(Refusal::Unknown));
        };
        if terminal.side != self.home.settings().side() {
            return Ok(Taken::Refused(Refusal::OtherSide(terminal)));
        }
        let session = self.store.read().await?;
        let examined = self.examined(&session, bytes, terminal).await?;
        drop(session);
        match examined {
            Err(refusal) => Ok(Taken::Refused(refusal)),
            Ok(_) => self.take(bytes).await,
        }
    }
}

impl Refusal {
    /// What is remembered of it.
    const fn finding(&self) -> Option<(Terminal, Finding, u64)> {
        match *self {
            Self::Fork(terminal, at) => Some((terminal, Finding::Fork, at)),
            Self::Broken(terminal, _) => Some((terminal, Finding::Refused, 0)),
            _ => None,
        }
    }
}

/// Remembers a finding, once.
pub(crate) async fn note(
    session: &Session,
    (source, finding, at): (i64, Finding, u64),
    now: UnixTime,
) -> Result<(), Failed> {
    let key = [Cell::Whole(source), Cell::Whole(finding as i64), row::cell(at)];
    let names = ["source", "kind", "at"];
    let wanted: Vec<_> = names.into_iter().zip(key.clone()).collect();
    if session.having(&FINDING, &wanted, 1).await?.is_empty() {
        let seen = Cell::Whole(now.0);
        session.put(&FINDING, &key.into_iter().chain([seen]).collect()).await?;
    }
    Ok(())
}

/// Stretches of records, by terminal.
pub(crate) async fn stretches(session: &Session) -> Result<BTreeMap<Terminal, Stretches>, Failed> {
    let mut all: BTreeMap<Terminal, Stretches> = BTreeMap::new();
    for cells in session.all(&STRETCH).await? {
        let terminal = row::terminal_of(row::whole(&cells, 0)?)?;
        all.entry(terminal).or_default().join(stretch(&cells)?);
    }
    Ok(all)
}

/// Joins stretches to a terminal's.
async fn extend(
    session: &Session,
    terminal: Terminal,
    new: impl IntoIterator<Item = Stretch>,
) -> Result<(), Failed> {
    let code = Cell::Whole(row::terminal(terminal));
    let mut all = Stretches::default();
    for cells in session.having(&STRETCH, &[("terminal", code.clone())], MOST).await? {
        all.join(stretch(&cells)?);
    }
    new.into_iter().for_each(|stretch| all.join(stretch));
    session.remove(&STRETCH, core::slice::from_ref(&code)).await?;
    for Stretch { first, last, begins } in all.iter() {
        let begins = Cell::Whole(begins.into());
        session
            .put(&STRETCH, &vec![code.clone(), row::cell(first), row::cell(last), begins])
            .await?;
    }
    Ok(())
}

fn stretch(cells: &permit_store::Row) -> Result<Stretch, Failed> {
    let (first, last) = (row::count(cells, 1)?, row::count(cells, 2)?);
    Ok(Stretch { first, last, begins: row::whole(cells, 3)? != 0 })
}
