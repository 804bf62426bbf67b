//! Everything that is kept, worked out anew from the records.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{UnixTime, sha256};
use permit_journal::{Crossed, Hash, Passages, Record, Terminal};
use permit_store::{Row, Session};

use crate::{
    Failed, Site, Stretch, Stretches,
    kept::{
        forget::line,
        raised, row,
        tables::{GONE, PASSAGE, RAISED, RECORD, TOTAL},
        totals::{Key, Sums},
    },
    take::{self, Link, crossed::derived, given},
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
        let (mut sums, mut own) = (Sums::default(), Passages::default());
        let mut raised_here = BTreeSet::new();
        let mut stretches = take::stretches(&session).await?;
        // Of these days there is not every row any more.
        let gone = line(&session).await?.map_or(-1, |day| i64::from(day.number()) + 1);
        for (terminal, (here, records)) in records(&session, &mut wrong).await? {
            for record in &records {
                raised_here.extend(raised::row_of(terminal, record));
                sums.record(terminal, record, self.home.settings().offset);
            }
            if stretches.remove(&terminal) != Some(here) {
                wrong.insert(Wrong::Stretches(terminal));
            }
            own.merge(&derived(terminal, &records));
        }
        wrong.extend(stretches.into_keys().filter(|it| it.side == side).map(Wrong::Stretches));
        self.passages_checked(&session, (&own, gone), &mut sums, &mut wrong).await?;
        self.raised_checked(&session, (raised_here, gone), &mut wrong).await?;
        totals(&session, &sums, gone, &mut wrong).await?;
        log(&session, &mut wrong).await?;
        Ok(wrong.into_iter().collect())
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

    /// Passages of this side are those of the records; all of them that took place are counted.
    async fn passages_checked(
        &self,
        session: &Session,
        (own, gone): (&Passages, i64),
        sums: &mut Sums,
        wrong: &mut BTreeSet<Wrong>,
    ) -> Result<(), Failed> {
        let mut kept = BTreeMap::new();
        for cells in session.all(&PASSAGE).await? {
            let (pseudonym, crossed) = given::of_row(&cells)?;
            if !crossed.void {
                sums.passage(&crossed, 1);
            }
            let Some(origin) = crossed.origin else { continue };
            if origin.0.side == self.home.settings().side() && day(&crossed) > gone {
                kept.insert(origin, (pseudonym, crossed));
            }
        }
        for (pseudonym, crossed) in own.iter() {
            let Some(origin) = crossed.origin.filter(|_| day(&crossed) > gone) else { continue };
            if kept.remove(&origin) != Some((pseudonym, crossed)) {
                wrong.insert(Wrong::Passages(origin.0));
            }
        }
        wrong.extend(kept.into_keys().map(|(terminal, _)| Wrong::Passages(terminal)));
        Ok(())
    }
}

/// The records of every terminal in order, those that were changed named and left out; and the stretches that they and those
/// past their term come to.
async fn records(
    session: &Session,
    wrong: &mut BTreeSet<Wrong>,
) -> Result<BTreeMap<Terminal, (Stretches, Vec<Record>)>, Failed> {
    let mut all: BTreeMap<Terminal, (Stretches, Vec<Record>)> = BTreeMap::new();
    let mut links = BTreeMap::new();
    for cells in session.all(&GONE).await? {
        let terminal = row::terminal_of(row::whole(&cells, 0)?)?;
        links.insert((terminal, row::count(&cells, 1)?), Link::gone(&cells)?);
    }
    for cells in session.all(&RECORD).await? {
        let terminal = row::terminal_of(row::whole(&cells, 0)?)?;
        let sequence = row::count(&cells, 1)?;
        let (hash, bytes) = (row::exactly(&cells, 2)?, row::bytes(&cells, 3)?);
        let record = Record::from_bytes(bytes).filter(|it| it.sequence == sequence);
        let Some(record) = record.filter(|_| sha256(&[bytes]) == hash) else {
            wrong.insert(Wrong::Record(terminal, sequence));
            continue;
        };
        links.insert((terminal, sequence), Link::of(&record, Hash(hash), terminal));
        all.entry(terminal).or_default().1.push(record);
    }
    for ((terminal, sequence), link) in &links {
        let before = sequence.checked_sub(1).and_then(|before| links.get(&(*terminal, before)));
        if before.is_some_and(|before| !link.follows(before)) {
            wrong.insert(Wrong::Record(*terminal, *sequence));
        }
        let stretch = Stretch { first: *sequence, last: *sequence, begins: link.begins };
        all.entry(*terminal).or_default().0.join(stretch);
    }
    Ok(all)
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
