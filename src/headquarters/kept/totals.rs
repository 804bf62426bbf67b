//! Totals by day, kept as the rows come in.
//!
//! What was judged and decided is counted by terminal and by the day at headquarters; passages by place and by the day at
//! the crossing. A total is the same whether it was kept or is worked out from every row ([`crate::Site::check`]).

use std::collections::BTreeMap;

use permit_core::{Day, Side};
use permit_journal::{Crossed, Entry, Event, Outcome, Record, Terminal};
use permit_store::{Cell, Row, Session};

use crate::{
    Failed,
    kept::{row, tables::TOTAL},
};

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum What {
    /// Passages that took place, by the holder's home side.
    Passage(Side),
    /// Verdicts, by code.
    Verdict(u8),
    /// Decisions.
    Decision(Which),
}

/// What was decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Which {
    /// Admitted; those that were undone are among them.
    Admitted = 0,
    /// Turned back.
    TurnedBack = 1,
    /// Helped.
    Assisted = 2,
    /// Nobody attended to the verdict.
    NotDecided = 3,
    /// An admission was taken back.
    Undone = 4,
}

/// A total's key: day, terminal, what, which, place; 0 for what it does not have.
pub(crate) type Key = [i64; 5];

/// Numbers to be added to the totals.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Sums(pub(crate) BTreeMap<Key, i64>);

impl Sums {
    /// One record that was not here before. `offset`: minutes that headquarters are ahead of UTC.
    pub(crate) fn record(&mut self, terminal: Terminal, record: &Record, offset: i16) {
        let what = match &record.entry {
            Entry::Event(Event::Scanned(scan)) => What::Verdict(scan.code),
            Entry::Event(Event::Decided(decided)) => What::Decision(match decided.outcome {
                Outcome::Admitted => Which::Admitted,
                Outcome::TurnedBack(_) => Which::TurnedBack,
                Outcome::Assisted => Which::Assisted,
                Outcome::NotDecided => Which::NotDecided,
            }),
            Entry::Event(Event::Undone { .. }) => What::Decision(Which::Undone),
            _ => return,
        };
        // A scan knows the crossing's clock; a decision goes by that of headquarters.
        let offset = match &record.entry {
            Entry::Event(Event::Scanned(scan)) => scan.offset,
            _ => offset,
        };
        let place = match &record.entry {
            Entry::Event(Event::Scanned(scan)) => row::place(&scan.checkpoint),
            _ => 0,
        };
        let day = record.stamp.time().day(offset);
        self.add(key(day, row::terminal(terminal), what, place), 1);
    }

    /// A passage that took place, or, by -1, one that did not after all.
    pub(crate) fn passage(&mut self, crossed: &Crossed, number: i64) {
        let day = crossed.passage.at.day(crossed.offset);
        let place = row::place(&crossed.passage.checkpoint);
        let terminal = crossed.origin.map_or(0, |(terminal, _)| row::terminal(terminal));
        self.add(key(day, terminal, What::Passage(crossed.home), place), number);
    }

    fn add(&mut self, key: Key, number: i64) {
        let sum = self.0.entry(key).or_default();
        *sum = sum.saturating_add(number);
    }

    /// Adds them to the totals that are kept.
    pub(crate) async fn write(&self, session: &Session) -> Result<(), Failed> {
        let names = ["day", "terminal", "what", "which", "place"];
        for (key, number) in self.0.iter().filter(|(_, number)| **number != 0) {
            let wanted: Vec<_> = names.into_iter().zip(key.map(Cell::Whole)).collect();
            let have = session.having(&TOTAL, &wanted, 1).await?;
            let have = have.first().map(|it| row::whole(it, 5)).transpose()?.unwrap_or_default();
            let sum = have.saturating_add(*number);
            let cells = key.map(Cell::Whole);
            if sum == 0 {
                session.remove(&TOTAL, &cells).await?;
            } else {
                let row: Row = cells.into_iter().chain([Cell::Whole(sum)]).collect();
                session.put(&TOTAL, &row).await?;
            }
        }
        Ok(())
    }
}

fn key(day: Day, terminal: i64, what: What, place: i64) -> Key {
    let (what, which) = match what {
        What::Passage(home) => (0, home as i64),
        What::Verdict(code) => (1, code.into()),
        What::Decision(which) => (2, which as i64),
    };
    [day.number().into(), terminal, what, which, place]
}
