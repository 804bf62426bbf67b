//! Reading a journal from its files, whatever they hold.
//!
//! Every whole record is taken in, in the order of the files, and every place where the chain is not what
//! it was is named. An end that was never known to be durable is a torn tail; anything else that is
//! missing, changed or moved is damage, and is not repaired.

use std::{collections::HashMap, io};

use crate::{
    Damage, Entry, Epoch, Harm, Operation, Record, Storage, Terminal, Tip,
    error::Failure,
    frame,
    segment::{self, MARK, Segment},
};

/// What was read.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The chain's end.
    pub(crate) tip: Tip,
    /// The segments, in order.
    pub(crate) segments: Vec<Segment>,
    /// Where something is wrong, in order.
    pub(crate) damage: Vec<Damage>,
    /// An end that was not written out.
    pub(crate) torn: Option<Damage>,
    /// The highest number a segment has or is said to have had.
    pub(crate) highest: u32,
    /// The last record removed, by the newest statement.
    pub(crate) pruned: Option<Tip>,
    /// Where the kept chain may begin: the ends of removed segments.
    ends: Vec<Tip>,
    /// Damage that earlier starts have stated.
    stated: Vec<Damage>,
    /// Where it does begin: the record before its first.
    pub(crate) began: Option<Tip>,
    /// The last segment, if it can be gone on with.
    pub(crate) open: Option<u32>,
    /// Which chain it is, and since when, if not the first.
    pub(crate) renewed: Option<Epoch>,
    /// Where it begins, if it is not the first.
    start: Option<Tip>,
    /// True after damage: the next record is held against nothing.
    lost: bool,
}

/// Reads every segment in `storage`, handing each whole record to `take`.
///
/// A last segment that cannot be read is an error: without it nobody knows where the chain ends.
pub(crate) fn read(
    storage: &impl Storage,
    terminal: Terminal,
    mut take: impl FnMut(&Record, &[u8], Tip),
) -> Result<Reading, Failure> {
    let names = storage.list().or_else(|_| storage.list()).map_err(Failure::of(Operation::List))?;
    let mut numbers: Vec<_> = names.iter().filter_map(|name| segment::number(name)).collect();
    numbers.sort_unstable();
    let named = numbers.last().copied();
    let Firsts { voids, renewed } = firsts(storage, &numbers, terminal);
    let mut reading = Reading::new(terminal);
    if let Some((number, start)) = renewed {
        // What is older is no part of this chain.
        numbers.retain(|other| *other >= number);
        (reading.start, reading.tip) = (Some(start), start);
    }
    for (place, &number) in numbers.iter().enumerate() {
        let missing = place.checked_sub(1).map(|before| numbers[before] + 1..number);
        if missing.is_some_and(|mut gap| gap.any(|number| voids.get(&number) != Some(&0))) {
            reading.damaged(number - 1, 0, Harm::Missing);
        }
        let last = place + 1 == numbers.len();
        match load(storage, number) {
            Ok(mut file) => {
                let length = voids.get(&number).copied().unwrap_or(u64::MAX);
                file.truncate(usize::try_from(length).unwrap_or(usize::MAX));
                reading.segment(number, &file, last, &mut take);
            }
            Err(source) if last => return Err(Failure { operation: Operation::Read, source }),
            Err(_) => reading.damaged(number, 0, Harm::Missing),
        }
    }
    reading.highest = voids.keys().copied().chain(named).max().unwrap_or_default();
    reading.check_beginning(terminal, numbers.first().copied());
    Ok(reading)
}

/// A file, asked for twice: a card may fail once.
pub(crate) fn load(storage: &impl Storage, number: u32) -> io::Result<Vec<u8>> {
    let name = segment::name(number);
    storage.read(&name).or_else(|_| storage.read(&name))
}

/// What the beginnings of segments say.
pub(crate) struct Firsts {
    /// From which byte on each segment is void, as later segments say.
    pub(crate) voids: HashMap<u32, u64>,
    /// The last segment that begins a chain anew, and what stands before it.
    renewed: Option<(u32, Tip)>,
}

/// Looks at the beginning of every segment.
pub(crate) fn firsts(storage: &impl Storage, numbers: &[u32], terminal: Terminal) -> Firsts {
    let mut firsts = Firsts { voids: HashMap::new(), renewed: None };
    for &number in numbers {
        let file = load(storage, number).unwrap_or_default();
        firsts.voids.extend(segment::voids(&file).into_iter().filter(|(of, _)| *of < number));
        let start = Segment::renewal(&file, terminal);
        firsts.renewed = start.map(|start| (number, start)).or(firsts.renewed);
    }
    firsts
}

impl Reading {
    fn new(terminal: Terminal) -> Self {
        Self {
            tip: terminal.genesis(),
            segments: Vec::new(),
            damage: Vec::new(),
            torn: None,
            highest: 0,
            pruned: None,
            ends: Vec::new(),
            stated: Vec::new(),
            began: None,
            open: None,
            renewed: None,
            start: None,
            lost: false,
        }
    }

    fn damaged(&mut self, segment: u32, at: u64, what: Harm) {
        self.damage.push(Damage { segment, at, what });
        self.lost = true;
    }

    /// Reads one segment.
    fn segment(
        &mut self,
        number: u32,
        file: &[u8],
        last: bool,
        take: &mut impl FnMut(&Record, &[u8], Tip),
    ) {
        let mut segment = Segment::new(number);
        let mut at = if file.starts_with(MARK) { MARK.len() } else { 0 };
        while at < file.len() {
            let record = (at > 0).then(|| frame::read(file, at)).flatten();
            let record =
                record.and_then(|(bytes, end)| Some((Record::from_bytes(bytes)?, bytes, end)));
            if let Some((record, bytes, end)) = record {
                let tip = record.tip(bytes);
                self.chain(&record, number, at);
                segment.take(&record, tip, end as u64);
                self.tip = tip;
                take(&record, bytes, tip);
                at = end;
                continue;
            }
            match self.gap(number, file, at, last) {
                Some(next) => at = next,
                None => break,
            }
        }
        if file.is_empty() && last {
            let what = Harm::Torn { bytes: 0, records: 0 };
            self.torn = Some(Damage { segment: number, at: 0, what });
        } else if file.is_empty() {
            self.damaged(number, 0, Harm::Unreadable);
        }
        self.open = (last && file.starts_with(MARK)).then_some(number);
        self.segments.push(segment);
    }

    /// Holds a record against the one before.
    fn chain(&mut self, record: &Record, number: u32, at: usize) {
        match &record.entry {
            Entry::Pruned(pruned) => {
                let end = pruned.end().filter(|end| end.sequence < record.sequence);
                self.pruned = end.copied().or(self.pruned);
                self.ends.extend(&pruned.ends);
            }
            Entry::Started(started) => self.stated.extend(&started.found),
            _ => {}
        }
        self.renewed = Epoch::of(record).or(self.renewed);
        if self.began.is_none() {
            let before = Tip { sequence: record.sequence.saturating_sub(1), hash: record.previous };
            self.began = Some(before);
        } else if !record.follows(&self.tip) && !self.lost && !self.leaps(record) {
            self.damaged(number, at as u64, Harm::Broken { sequence: record.sequence });
        }
        self.lost = false;
    }

    /// True for a record that leaves out the sequences of records that were cut off, and says so.
    fn leaps(&self, record: &Record) -> bool {
        let behind = |damage: &Damage| matches!(damage.what, Harm::Behind { .. });
        record.sequence > self.tip.sequence
            && record.previous == self.tip.hash
            && matches!(&record.entry, Entry::Started(it) if it.found.iter().any(behind))
    }

    /// Where reading can go on after something that is no record; `None` at a torn tail.
    fn gap(&mut self, number: u32, file: &[u8], at: usize, last: bool) -> Option<usize> {
        let (mut records, mut durable, mut first) = (0, false, None);
        let mut next = frame::seek(file, at + 1);
        while let Some(found) = next {
            let (bytes, end) = frame::read(file, found)?;
            if let Some(record) = Record::from_bytes(bytes) {
                records += 1;
                first = first.or(Some(found));
                durable |= record.durable > self.tip.sequence;
            }
            next = frame::seek(file, end);
        }
        let bytes = (file.len() - at) as u64;
        if last && !durable {
            self.torn = Some(Damage {
                segment: number,
                at: at as u64,
                what: Harm::Torn { bytes, records },
            });
            return None;
        }
        self.damaged(number, at as u64, Harm::Unreadable);
        first.or(Some(file.len()))
    }

    /// Holds the first record against the terminal's beginning, or against what is said to be removed.
    fn check_beginning(&mut self, terminal: Terminal, first: Option<u32>) {
        let (Some(began), Some(number)) = (self.began, first) else { return };
        if let Some(kept) = self.segments.iter().find(|segment| !self.is_stale(segment)) {
            // Removal was cut short: what is left of it is no damage.
            let number = kept.number;
            self.damage.retain(|damage| damage.segment >= number);
        }
        let start = self.start.unwrap_or(terminal.genesis());
        if began != start && !self.ends.contains(&began) {
            self.damage.insert(0, Damage { segment: number, at: 0, what: Harm::Missing });
        }
    }

    /// True if the segment was to be removed.
    pub(crate) fn is_stale(&self, segment: &Segment) -> bool {
        self.pruned.is_some_and(|pruned| {
            segment.tip.sequence > 0 && segment.tip.sequence <= pruned.sequence
        })
    }

    /// Damage that was stated since this chain began counts, whether or not it can still be seen.
    pub(crate) fn keep_stated(&mut self) {
        let torn = |damage: &Damage| matches!(damage.what, Harm::Torn { .. });
        for damage in core::mem::take(&mut self.stated) {
            if !torn(&damage) && !self.damage.contains(&damage) {
                self.damage.push(damage);
            }
            self.stated.push(damage);
        }
    }

    /// Damage that no start has stated yet.
    pub(crate) fn unstated(&self) -> Vec<Damage> {
        self.damage.iter().filter(|damage| !self.stated.contains(damage)).copied().collect()
    }
}
