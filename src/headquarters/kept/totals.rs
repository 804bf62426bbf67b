//! Totals by day, kept as the rows come in.
//!
//! What was judged and decided is counted by terminal and by the day at headquarters; passages by place and by the day at
//! the crossing. A total is the same whether it was kept or is worked out from every row ([`crate::Site::check`]).

use std::collections::BTreeMap;

use permit_core::{Day, Side};
use permit_journal::{Crossed, Entry, Event, Outcome, Record, Terminal};
use permit_store::{Cell, Session};

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
    /// Passages homeward, by the days away; 0 where nothing tells since when.
    Homeward(u32),
    /// Passages that took place, by the hour of the day at the crossing.
    Hour(u8),
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
        let hour = u8::try_from(crossed.passage.at.minute(crossed.offset) / 60).unwrap_or_default();
        self.crossed(crossed, What::Passage(crossed.home), number);
        self.crossed(crossed, What::Hour(hour), number);
    }

    /// Passages homeward of one permit, with the days away where something tells since when.
    pub(crate) fn homeward(&mut self, (crossed, days): &(Crossed, Option<u32>), number: i64) {
        self.crossed(crossed, What::Homeward(days.unwrap_or_default()), number);
    }

    fn crossed(&mut self, crossed: &Crossed, what: What, number: i64) {
        let day = crossed.passage.at.day(crossed.offset);
        let place = row::place(&crossed.passage.checkpoint);
        let terminal = crossed.origin.map_or(0, |(terminal, _)| row::terminal(terminal));
        self.add(key(day, terminal, what, place), number);
    }

    /// Without what passages were counted as before there were totals by hour and of ways home.
    pub(crate) fn newer(mut self) -> Self {
        self.0.retain(|key, _| key[2] >= What::HOMEWARD);
        self
    }

    fn add(&mut self, key: Key, number: i64) {
        let sum = self.0.entry(key).or_default();
        *sum = sum.saturating_add(number);
    }

    /// Adds them to the totals that are kept.
    pub(crate) async fn write(&self, session: &Session) -> Result<(), Failed> {
        let names = ["day", "terminal", "what", "which", "place"];
        let mut rows = Vec::new();
        for (key, number) in self.0.iter().filter(|(_, number)| **number != 0) {
            let wanted: Vec<_> = names.into_iter().zip(key.map(Cell::Whole)).collect();
            let have = session.having(&TOTAL, &wanted, 1).await?;
            let have = have.first().map(|it| row::whole(it, 5)).transpose()?.unwrap_or_default();
            let sum = have.saturating_add(*number);
            let cells = key.map(Cell::Whole);
            if sum == 0 {
                session.remove(&TOTAL, &cells).await?;
            } else {
                rows.push(cells.into_iter().chain([Cell::Whole(sum)]).collect());
            }
        }
        Ok(session.put_all(&TOTAL, &rows).await?)
    }
}

impl What {
    pub(crate) const PASSAGE: i64 = 0;
    pub(crate) const VERDICT: i64 = 1;
    pub(crate) const DECISION: i64 = 2;
    pub(crate) const HOMEWARD: i64 = 3;
    pub(crate) const HOUR: i64 = 4;
}

fn key(day: Day, terminal: i64, what: What, place: i64) -> Key {
    let (what, which) = match what {
        What::Passage(home) => (What::PASSAGE, home as i64),
        What::Verdict(code) => (What::VERDICT, code.into()),
        What::Decision(which) => (What::DECISION, which as i64),
        What::Homeward(days) => (What::HOMEWARD, days.into()),
        What::Hour(hour) => (What::HOUR, hour.into()),
    };
    [day.number().into(), terminal, what, which, place]
}
