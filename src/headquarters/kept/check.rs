//! Everything that is kept, worked out anew from the records.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Side, UnixTime, sha256};
use permit_journal::{Crossed, Hash, Record, Terminal};
use permit_store::{Cell, Row, Session};

use crate::{
    Failed, Site, Stretch, Stretches,
    kept::{
        forget::line,
        raised, row,
        standing::{PAGE, Permits, Standing},
        tables::{GONE, PASSAGE, RAISED, RECORD, STANDING, TOTAL},
        totals::{Key, Sums},
    },
    take::{self, Link, crossed::Deriving, given},
    told::heads,
};

/// What is not as it should be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Wrong {
    /// A record was changed, or does not follow the one before.
    Record(Terminal, u64),
    /// The stretches are not those of the records.
    Stretches(Terminal),
    /// A passage is not what the records say, or is missing: of this terminal.
    Passages(Terminal),
    /// What is kept of some permit is not what its passages come to.
    Permits,
    /// What was raised at this terminal is not what its records say.
    Raised(Terminal),
    /// A total of this day is another: days from 1900-01-01.
    Total(i64),
    /// A list of heads in the log is not one, is not later than the one before, or falls behind.
    Heads(u64),
}

impl Site {
    /// Works everything out anew and names what differs.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn check(&self) -> Result<Vec<Wrong>, Failed> {
        let session = self.store.read().await?;
        let side = self.home.settings().side();
        let mut wrong = BTreeSet::new();
        let mut found = Found::default();
        let mut stretches = take::stretches(&session).await?;
        // Of these days there is not every row any more.
        let gone = line(&session).await?.map_or(-1, |day| i64::from(day.number()) + 1);
        for terminal in terminals(&session, side).await? {
            let (here, own) = self.records(&session, terminal, &mut found, &mut wrong).await?;
            let kept = stretches.remove(&terminal);
            if kept.is_some() != here.last().is_some() || kept.is_some_and(|it| it != here) {
                wrong.insert(Wrong::Stretches(terminal));
            }
            if !passages_are(&session, terminal, own, gone).await? {
                wrong.insert(Wrong::Passages(terminal));
            }
        }
        wrong.extend(stretches.into_keys().filter(|it| it.side == side).map(Wrong::Stretches));
        if !permits_are(&session, &mut found.sums).await? {
            wrong.insert(Wrong::Permits);
        }
        self.raised_checked(&session, (found.raised, gone), &mut wrong).await?;
        totals(&session, &found.sums, gone, &mut wrong).await?;
        log(&session, &mut wrong).await?;
        Ok(wrong.into_iter().collect())
    }

    /// The records of a terminal in order, those that were changed named and left out: the stretches that they and those past
    /// their term come to, and the passages that they tell.
    async fn records(
        &self,
        session: &Session,
        terminal: Terminal,
        found: &mut Found,
        wrong: &mut BTreeSet<Wrong>,
    ) -> Result<(Stretches, Deriving), Failed> {
        let wanted = [("terminal", Cell::Whole(row::terminal(terminal)))];
        let (mut stretches, mut deriving) = (Stretches::default(), Deriving::default());
        let mut before: Option<(u64, Link)> = None;
        let mut from = 0;
        loop {
            let range = ("sequence", row::cell(from), row::cell(u64::MAX));
            let gone = session.within(&GONE, &wanted, range.clone(), PAGE).await?;
            let rows = session.within(&RECORD, &wanted, range, PAGE).await?;
            // Of both tables everything through here is in these pages.
            let mut end = u64::MAX;
            for last in [&gone, &rows].iter().filter(|it| it.len() as u64 == PAGE) {
                end = end.min(last.last().map_or(Ok(end), |cells| row::count(cells, 1))?);
            }
            let mut links = BTreeMap::new();
            for cells in &gone {
                links.insert(row::count(cells, 1)?, Link::gone(cells)?);
            }
            for cells in &rows {
                let sequence = row::count(cells, 1)?;
                if sequence > end {
                    break;
                }
                let (hash, bytes) = (row::exactly(cells, 2)?, row::bytes(cells, 3)?);
                let record = Record::from_bytes(bytes).filter(|it| it.sequence == sequence);
                let Some(record) = record.filter(|_| sha256(&[bytes]) == hash) else {
                    wrong.insert(Wrong::Record(terminal, sequence));
                    continue;
                };
                links.insert(sequence, Link::of(&record, Hash(hash), terminal));
                found.raised.extend(raised::row_of(terminal, &record));
                found.sums.record(terminal, &record, self.home.settings().offset);
                deriving.take(terminal, &record);
            }
            for (sequence, link) in links.range(..=end) {
                let follows = before.filter(|(at, _)| at.checked_add(1) == Some(*sequence));
                if follows.is_some_and(|(_, before)| !link.follows(&before)) {
                    wrong.insert(Wrong::Record(terminal, *sequence));
                }
                stretches.join(Stretch { first: *sequence, last: *sequence, begins: link.begins });
                before = Some((*sequence, *link));
            }
            match end.checked_add(1) {
                Some(next) => from = next,
                None => return Ok((stretches, deriving)),
            }
        }
    }

    /// What was raised is what the records say, as far as they are here.
    async fn raised_checked(
        &self,
        session: &Session,
        (expected, gone): (BTreeSet<Row>, i64),
        wrong: &mut BTreeSet<Wrong>,
    ) -> Result<(), Failed> {
        let offset = self.home.settings().offset;
        let kept: BTreeSet<Row> = session.all(&RAISED).await?.into_iter().collect();
        for cells in kept.symmetric_difference(&expected) {
            let at = UnixTime(row::whole(cells, 4)?);
            if i64::from(at.day(offset).number()) >= gone || expected.contains(cells) {
                wrong.insert(Wrong::Raised(row::terminal_of(row::whole(cells, 0)?)?));
            }
        }
        Ok(())
    }
}

/// What the records come to.
#[derive(Default, Debug)]
struct Found {
    sums: Sums,
    raised: BTreeSet<Row>,
}

/// Every terminal of which there is a record, one past its term, or a passage of this side.
async fn terminals(session: &Session, side: Side) -> Result<BTreeSet<Terminal>, Failed> {
    let mut all = BTreeSet::new();
    for (table, column) in [(&RECORD, "terminal"), (&GONE, "terminal"), (&PASSAGE, "id")] {
        let mut from = 0;
        while let Some(cells) = session.along(table, (column, from, i64::MAX), 1).await?.first() {
            let terminal = match column {
                "id" => row::of_id(row::whole(cells, 2)?)?.0,
                _ => row::terminal_of(row::whole(cells, 0)?)?,
            };
            if column != "id" || terminal.side == side {
                all.insert(terminal);
            }
            let next = row::terminal(terminal) + 1;
            from = if column == "id" { row::least_id(next) } else { next };
        }
    }
    Ok(all)
}

/// Whether the passages of a terminal of this side are those of its records, as far as they are within their term.
async fn passages_are(
    session: &Session,
    terminal: Terminal,
    own: Deriving,
    gone: i64,
) -> Result<bool, Failed> {
    let mut expected = own.passages;
    expected.retain(|_, (_, crossed)| day(crossed) > gone);
    for (sequence, (_, crossed)) in &mut expected {
        crossed.void = own.void.contains(sequence);
    }
    let code = row::terminal(terminal);
    let (mut from, last) = (row::least_id(code), row::least_id(code + 1) - 1);
    loop {
        let rows = session.along(&PASSAGE, ("id", from, last), PAGE).await?;
        for cells in &rows {
            let (pseudonym, crossed) = given::of_row(cells)?;
            let id = row::whole(cells, 2)?;
            let sequence = row::of_id(id)?.1;
            if day(&crossed) > gone && expected.remove(&sequence) != Some((pseudonym, crossed)) {
                return Ok(false);
            }
            from = id + 1;
        }
        if (rows.len() as u64) < PAGE {
            return Ok(expected.is_empty());
        }
    }
}

/// Whether what is kept of each permit is what its passages come to; all that took place are counted.
async fn permits_are(session: &Session, sums: &mut Sums) -> Result<bool, Failed> {
    let mut permits = Permits::default();
    let (mut good, mut expected) = (true, 0);
    while let Some(page) = permits.next(session).await? {
        let mut rows = Vec::new();
        for (pseudonym, passages) in &page {
            passages.iter().filter(|it| !it.void).for_each(|it| sums.passage(it, 1));
            let standing = Standing::of(*pseudonym, passages);
            standing.count(sums, None, 1);
            rows.extend(standing.row);
        }
        expected += rows.len() as u64;
        let wanted: Vec<Cell> = rows.iter().filter_map(|it| it.first().cloned()).collect();
        let mut kept = session.any(&STANDING, "permit", &wanted).await?;
        kept.sort();
        good &= kept == rows;
    }
    Ok(good && session.count(&STANDING, &[], ("time", i64::MIN, i64::MAX)).await? == expected)
}

/// The day of a passage, as a number.
fn day(crossed: &Crossed) -> i64 {
    crossed.passage.at.day(crossed.offset).number().into()
}

async fn totals(
    session: &Session,
    sums: &Sums,
    gone: i64,
    wrong: &mut BTreeSet<Wrong>,
) -> Result<(), Failed> {
    let mut kept: BTreeMap<Key, i64> = BTreeMap::new();
    for cells in session.all(&TOTAL).await? {
        let mut key = [0; 5];
        for (place, column) in key.iter_mut().zip(0..) {
            *place = row::whole(&cells, column)?;
        }
        kept.insert(key, row::whole(&cells, 5)?);
    }
    let mut all: BTreeSet<Key> = kept.keys().copied().collect();
    all.extend(sums.0.keys());
    fn number(of: &BTreeMap<Key, i64>, key: &Key) -> i64 {
        of.get(key).copied().unwrap_or_default()
    }
    let differ =
        all.into_iter().filter(|key| key[0] > gone && number(&kept, key) != number(&sums.0, key));
    wrong.extend(differ.map(|key| Wrong::Total(key[0])));
    Ok(())
}

/// The lists of heads that were signed: each later than the one before, and none behind it. Versions that were given up are not there.
async fn log(session: &Session, wrong: &mut BTreeSet<Wrong>) -> Result<(), Failed> {
    let (mut before, mut last) = (0, BTreeMap::new());
    for entry in session.after(0, u64::MAX >> 1).await? {
        let list = heads::decoded(&entry.sealed);
        let Ok(list) = list else {
            wrong.insert(Wrong::Heads(entry.sequence));
            continue;
        };
        let version = u64::from(list.header.version);
        let mut good = entry.sequence == version && version > before;
        before = entry.sequence;
        for head in &list.heads {
            let now = (head.epoch, head.sequence);
            good &= last.insert(head.number, now).is_none_or(|before| before <= now);
        }
        if !good {
            wrong.insert(Wrong::Heads(entry.sequence));
        }
    }
    Ok(())
}
