//! An export of a terminal's journal.

use std::collections::BTreeMap;

use permit_core::sha256;
use permit_journal::{Entry, Hash, Problem, Record, Report, Stamp, Terminal, Tip, examine};
use permit_store::{Cell, Session};

use super::{
    JOURNAL, MOST, Refusal, Taken, extend, note,
    plan::{Link, Seen, fit},
};
use crate::{
    Failed, Finding, Site, Stretch,
    kept::{
        raised, row,
        tables::{FILE, GONE, RAISED, RECORD},
        totals::Sums,
    },
    take::{
        crossed::{NEAR, derived},
        given,
    },
    told::countersigned::Countersigned,
};

/// Seconds that a trusted clock may be set back without a word (chosen: what a time server mends).
const BACK: i64 = 60;
/// Seconds between two records of a terminal that runs: it writes down that it is there far more often.
const AHEAD: i64 = 24 * 60 * 60;

impl Site {
    pub(super) async fn journal(
        &self,
        session: &Session,
        bytes: &[u8],
        terminal: Terminal,
    ) -> Result<Taken, Failed> {
        if terminal.side != self.home.settings().side() {
            return Ok(Taken::Refused(Refusal::OtherSide(terminal)));
        }
        let (report, shown) = match self.examined(session, bytes, terminal).await? {
            Ok(sound) => sound,
            Err(refusal) => return Ok(Taken::Refused(refusal)),
        };
        let (links, known) = self.known(session, terminal, &shown).await?;
        let new = match fit(&links, &shown) {
            Ok(new) => new,
            Err(at) => return Ok(Taken::Refused(Refusal::Fork(terminal, at))),
        };
        let heads = self.countersigned(session, false).await?;
        if let Some(at) = departs(&heads, terminal, &shown) {
            return Ok(Taken::Refused(Refusal::Fork(terminal, at)));
        }
        let mut sums = Sums::default();
        for seen in new.iter().map(|place| &shown[*place]) {
            let cells = vec![
                Cell::Whole(row::terminal(terminal)),
                row::cell(seen.record.sequence),
                Cell::Bytes(seen.link.hash.0.to_vec()),
                Cell::Bytes(seen.record.to_bytes()),
            ];
            session.put(&RECORD, &cells).await?;
            if let Some(cells) = raised::row_of(terminal, &seen.record) {
                session.put(&RAISED, &cells).await?;
            }
            sums.record(terminal, &seen.record, self.home.settings().offset);
        }
        let all: BTreeMap<u64, &Record> = known
            .iter()
            .chain(shown.iter().map(|it| &it.record))
            .map(|it| (it.sequence, it))
            .collect();
        let told = derived(terminal, all.into_values());
        let passages = given::merge(session, &told, &mut sums).await?;
        sums.write(session).await?;
        let whole = shown.iter().map(|seen| Stretch {
            first: seen.record.sequence,
            last: seen.record.sequence,
            begins: seen.link.begins,
        });
        extend(session, terminal, joined(whole)).await?;
        let mut findings = clocks(&known, &shown);
        let stated = report.problems.iter().any(|it| matches!(it, Problem::Stated(_)));
        findings.extend(stated.then_some((Finding::Damaged, 0)));
        findings.extend(self.behind(session, terminal, &report).await?);
        for (finding, at) in &findings {
            note(session, (row::terminal(terminal), *finding, *at), self.now()).await?;
        }
        let last = report.tip.map_or(0, |tip| tip.sequence);
        self.remember(session, bytes, terminal, &report).await?;
        Ok(Taken::Journal { terminal, last, new: new.len() as u64, passages, findings })
    }

    /// The records of an export, with the first of the terminal's keys by which it is whole.
    pub(super) async fn examined(
        &self,
        session: &Session,
        bytes: &[u8],
        terminal: Terminal,
    ) -> Result<Result<(Report, Vec<Seen>), Refusal>, Failed> {
        let mut wrong = None;
        for key in self.keys(session, terminal).await? {
            let mut shown = Vec::new();
            let report = examine(bytes, &key, |record: &Record, tip: &Tip| {
                shown.push(Seen::new(record, tip, terminal));
            });
            // What a terminal says of its own damage is no reason to leave out what it says.
            let broken = report.problems.iter().find(|it| !matches!(it, Problem::Stated(_)));
            match broken {
                None if report.terminal == Some(terminal) => return Ok(Ok((report, shown))),
                None => wrong = Some(Problem::OtherHead),
                Some(problem) => wrong = Some(*problem),
            }
        }
        Ok(Err(wrong.map_or(Refusal::NoKey(terminal), |it| Refusal::Broken(terminal, it))))
    }

    /// The records that are here from some way before the first shown to some way after the last, and where they and those
    /// past their term stand in the chain.
    async fn known(
        &self,
        session: &Session,
        terminal: Terminal,
        shown: &[Seen],
    ) -> Result<(BTreeMap<u64, Link>, Vec<Record>), Failed> {
        let (mut links, mut known) = (BTreeMap::new(), Vec::new());
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
            return Ok((links, known));
        };
        let least = first.record.sequence.saturating_sub(NEAR);
        let most = last.record.sequence.saturating_add(NEAR);
        let code = Cell::Whole(row::terminal(terminal));
        let range = ("sequence", row::cell(least), row::cell(most));
        let wanted = [("terminal", code)];
        for cells in session.within(&GONE, &wanted, range.clone(), MOST).await? {
            links.insert(row::count(&cells, 1)?, Link::gone(&cells)?);
        }
        for cells in session.within(&RECORD, &wanted, range, MOST).await? {
            let record = Record::from_bytes(row::bytes(&cells, 3)?).ok_or(Failed::Row)?;
            let hash = Hash(row::exactly(&cells, 2)?);
            links.insert(record.sequence, Link::of(&record, hash, terminal));
            known.push(record);
        }
        Ok((links, known))
    }

    /// The end of whichever export was signed later and goes less far than another.
    async fn behind(
        &self,
        session: &Session,
        terminal: Terminal,
        report: &Report,
    ) -> Result<Vec<(Finding, u64)>, Failed> {
        let (Some(Stamp::Trusted(signed)), Some(tip)) = (report.signed, report.tip) else {
            return Ok(Vec::new());
        };
        let code = Cell::Whole(row::terminal(terminal));
        let wanted = [("source", code), ("kind", Cell::Whole(JOURNAL))];
        let mut behind = Vec::new();
        for other in session.having(&FILE, &wanted, MOST).await? {
            let Some(Cell::Whole(at)) = other.get(4) else { continue };
            let last = row::count(&other, 3)?;
            if *at < signed.0 && last > tip.sequence {
                behind.push((Finding::Behind, tip.sequence));
            } else if *at > signed.0 && last < tip.sequence {
                behind.push((Finding::Behind, last));
            }
        }
        behind.sort_unstable();
        behind.dedup();
        Ok(behind)
    }

    async fn remember(
        &self,
        session: &Session,
        bytes: &[u8],
        terminal: Terminal,
        report: &Report,
    ) -> Result<(), Failed> {
        let signed = report.signed.and_then(|stamp| stamp.trusted()).map(|at| at.0);
        let tip = report.tip.unwrap_or_else(|| terminal.genesis());
        let cells = vec![
            Cell::Bytes(sha256(&[bytes]).to_vec()),
            Cell::Whole(JOURNAL),
            Cell::Whole(row::terminal(terminal)),
            row::cell(tip.sequence),
            signed.into(),
            Cell::Whole(report.epoch.unwrap_or_default().into()),
            Cell::Bytes(tip.hash.0.to_vec()),
            Cell::Whole(self.now().0),
        ];
        Ok(session.put(&FILE, &cells).await?)
    }
}

/// Where an export goes another way than a head that was countersigned, whether or not its record is here.
fn departs(heads: &Countersigned, terminal: Terminal, shown: &[Seen]) -> Option<u64> {
    let head = |sequence| Some(Hash(heads.get(&(terminal.number, sequence))?.hash.0));
    let other = shown.iter().find(|seen| {
        let (link, at) = (&seen.link, seen.record.sequence);
        let before = at.checked_sub(1).and_then(head);
        head(at).is_some_and(|hash| hash != link.hash)
            || (!link.begins && before.is_some_and(|hash| hash != link.previous))
    });
    other.map(|seen| seen.record.sequence)
}

/// Single records as the stretches they come to.
fn joined(records: impl Iterator<Item = Stretch>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for record in records {
        match all.last_mut() {
            Some(last) if last.last.saturating_add(1) == record.first && !record.begins => {
                last.last = record.last;
            }
            _ => all.push(record),
        }
    }
    all
}

/// Where a trusted clock leapt between two records that follow one another, both of them shown or one of them known.
fn clocks(known: &[Record], shown: &[Seen]) -> Vec<(Finding, u64)> {
    let shown = shown.iter().map(|it| &it.record);
    let all: BTreeMap<u64, &Record> =
        known.iter().chain(shown).map(|it| (it.sequence, it)).collect();
    let mut found = Vec::new();
    for (sequence, record) in &all {
        let before = sequence.checked_sub(1).and_then(|before| all.get(&before));
        let times =
            before.and_then(|before| Some((before.stamp.trusted()?, record.stamp.trusted()?)));
        let Some((earlier, later)) = times else { continue };
        let apart = later.since(earlier);
        if apart < -BACK {
            found.push((Finding::ClockBack, *sequence));
        } else if apart > AHEAD && !matches!(record.entry, Entry::Started(_)) {
            found.push((Finding::ClockAhead, *sequence));
        }
    }
    found
}
