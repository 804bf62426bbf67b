//! Retention by term: rows past it go; hashes, sequences and totals stay, and chains still verify.
//!
//! What is removed is gone for ever, so that a clock's word is not enough: the time counts at most seven days beyond the
//! newest export that a terminal signed by a trusted clock.

use std::collections::BTreeSet;

use permit_core::{Day, UnixTime};
use permit_journal::{Pseudonym, Record, Settings};
use permit_store::{Cell, Row, Session};

use crate::{
    Failed, Site,
    kept::{
        row,
        standing::{self, PAGE, Standing},
        tables::{FILE, GONE, PASSAGE, PAST, RECORD, TERM},
        totals::Sums,
    },
    take::{JOURNAL, given, is_first, stretches},
};

/// Days that records and passages are kept: as on a terminal.
const KEPT: i32 = Settings::TERM as i32;
/// Seconds that the time may go beyond what a terminal signed, as on a terminal.
const BEYOND: i64 = 7 * 24 * 60 * 60;

/// What was let go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Forgotten {
    /// The last day of which rows are gone.
    pub through: Day,
    /// Records of journals.
    pub records: u64,
    /// Passages.
    pub passages: u64,
}

impl Site {
    /// Lets go what is past its term; none where no terminal has signed the time yet.
    ///
    /// # Errors
    ///
    /// When the database does not answer; nothing is let go then.
    pub async fn forget(&self) -> Result<Option<Forgotten>, Failed> {
        let session = self.store.write().await?;
        let Some(proven) = proven(&session).await? else { return Ok(None) };
        let now = self.now().min(proven.plus(BEYOND));
        let through = now.day(self.offset()).plus(-KEPT - 1);
        let before = line(&session).await?;
        let through = before.map_or(through, |before| before.max(through));
        let records = self.records_past(&session, through).await?;
        let passages = passages_past(&session, through).await?;
        session.put(&TERM, &vec![Cell::Whole(0), Cell::Whole(through.number().into())]).await?;
        session.commit().await?;
        Ok(Some(Forgotten { through, records, passages }))
    }

    async fn records_past(&self, session: &Session, through: Day) -> Result<u64, Failed> {
        let mut gone = 0;
        for terminal in stretches(session).await?.into_keys() {
            let code = Cell::Whole(row::terminal(terminal));
            let mut from = 0;
            loop {
                let range = ("sequence", row::cell(from), row::cell(u64::MAX));
                let wanted = [("terminal", code.clone())];
                let rows = session.within(&RECORD, &wanted, range, PAGE).await?;
                let Some(last) = rows.last() else { break };
                from = row::count(last, 1)?.saturating_add(1);
                let mut newer = true;
                for cells in &rows {
                    let bytes = row::bytes(cells, 3)?;
                    let record = Record::from_bytes(bytes).ok_or(Failed::Row)?;
                    let at = record.stamp.time();
                    if at.day(self.offset()) > through {
                        continue;
                    }
                    newer = false;
                    let begins = Cell::Whole(is_first(&record, terminal).into());
                    let previous = Cell::Bytes(record.previous.0.to_vec());
                    let mut left: Row = cells[..3].to_vec();
                    left.extend([previous, begins, Cell::Whole(at.0)]);
                    session.put(&GONE, &left).await?;
                    session.remove(&RECORD, &cells[..2]).await?;
                    gone += 1;
                }
                // A journal goes on in time: what follows a page of newer records is newer.
                if newer {
                    break;
                }
            }
        }
        Ok(gone)
    }
}

async fn passages_past(session: &Session, through: Day) -> Result<u64, Failed> {
    let (mut gone, mut sums) = (0, Sums::default());
    loop {
        let last = i64::from(through.number());
        let rows = session.along(&PASSAGE, ("day", i64::MIN, last), PAGE).await?;
        if rows.is_empty() {
            sums.write(session).await?;
            return Ok(gone);
        }
        let (mut ids, mut permits) = (Vec::new(), BTreeSet::new());
        for cells in &rows {
            ids.push(Cell::Whole(row::whole(cells, 2)?));
            permits.insert(Pseudonym(row::exactly(cells, 0)?));
        }
        let removed: BTreeSet<i64> =
            rows.iter().map(|cells| row::whole(cells, 2)).collect::<Result<_, _>>()?;
        let mut changed = Vec::new();
        for (whose, passages) in given::histories(session, permits).await? {
            let mut left = Vec::new();
            for crossed in &passages {
                let (terminal, sequence) = crossed.origin.ok_or(Failed::Row)?;
                if !removed.contains(&row::id(terminal, sequence)?) {
                    left.push(*crossed);
                }
            }
            let of = |passages: &[_]| Standing::of(whose, passages);
            changed.push((whose, of(&passages), of(&left)));
        }
        // Of the days that go the totals stay as they were told.
        standing::changed(session, &changed, Some(through), &mut sums).await?;
        let past: Vec<Row> = ids.iter().map(|id| vec![id.clone()]).collect();
        session.put_all(&PAST, &past).await?;
        session.remove_any(&PASSAGE, "id", &ids).await?;
        gone += rows.len() as u64;
    }
}

/// The newest moment at which a terminal with a trusted clock signed an export.
async fn proven(session: &Session) -> Result<Option<UnixTime>, Failed> {
    let rows = session.having(&FILE, &[("kind", Cell::Whole(JOURNAL))], 1 << 40).await?;
    let signed = rows.iter().filter_map(|cells| match cells.get(4) {
        Some(Cell::Whole(at)) => Some(UnixTime(*at)),
        _ => None,
    });
    Ok(signed.max())
}

/// The last day of which rows are gone.
pub(crate) async fn line(session: &Session) -> Result<Option<Day>, Failed> {
    let rows = session.all(&TERM).await?;
    let day = |cells: &Row| {
        let number = i32::try_from(row::whole(cells, 1)?).map_err(|_| Failed::Row)?;
        Day::new(number).ok_or(Failed::Row)
    };
    rows.first().map(day).transpose()
}
