//! The files of a journal.
//!
//! A segment is a mark and then framed records. It comes into being whole: written under another name,
//! made durable with its first records, and only then named, so that no segment without a sound beginning
//! is ever found but where something went wrong.

use permit_core::UnixTime;

use crate::{Counts, Damage, Entry, Harm, Record, Tip, Trouble, frame};

/// What a segment begins with.
pub(crate) const MARK: &[u8; 8] = b"BPJRNL\x00\x01";
/// The name of a segment that is being made.
pub(crate) const UNFINISHED: &str = "unfinished";
/// A segment this old is closed, in seconds.
const DAY: i64 = 24 * 60 * 60;
/// A segment this long is closed, in bytes.
pub(crate) const FULL: u64 = 256 * 1024;

/// No segment has a higher number.
const LAST: u32 = 4_000_000_000;

/// The name of a segment.
pub(crate) fn name(number: u32) -> String {
    format!("journal-{number:010}")
}

/// The number of a segment, if it is the name of one: from 1, and far enough from the last to go on.
pub(crate) fn number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix("journal-").filter(|digits| digits.len() == 10)?;
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?;
    number.filter(|number| (1..=LAST).contains(number))
}

/// What is remembered of a segment.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub(crate) number: u32,
    /// Its last record.
    pub(crate) tip: Tip,
    /// Bytes up to the end of that record.
    pub(crate) length: u64,
    /// The first moment of a trusted clock in it.
    pub(crate) begun: Option<UnixTime>,
    /// The latest moment in it.
    pub(crate) newest: UnixTime,
    pub(crate) counts: Counts,
}

impl Segment {
    pub(crate) fn new(number: u32) -> Self {
        let tip = Tip { sequence: 0, hash: crate::Hash([0; 32]) };
        let newest = UnixTime(i64::MIN);
        Self {
            number,
            tip,
            length: MARK.len() as u64,
            begun: None,
            newest,
            counts: Counts::default(),
        }
    }

    /// Takes note of a record whose frame ends at `end`.
    pub(crate) fn take(&mut self, record: &Record, tip: Tip, end: u64) {
        self.tip = tip;
        self.length = end;
        self.begun = self.begun.or(record.stamp.trusted());
        self.newest = self.newest.max(record.stamp.time());
        self.counts.count(&record.entry);
    }
}

impl Segment {
    /// True if what happens now belongs in another: a day is removed with its segment.
    pub(crate) fn is_past(&self, now: Option<UnixTime>) -> bool {
        let apart = self.begun.zip(now).map(|(begun, now)| now.since(begun).saturating_abs());
        apart.is_some_and(|seconds| seconds >= DAY)
    }
}

/// The first record of a segment's file.
pub(crate) fn first(file: &[u8]) -> Option<Record> {
    file.starts_with(MARK)
        .then(|| frame::read(file, MARK.len()))
        .flatten()
        .and_then(|(bytes, _)| Record::from_bytes(bytes))
}

/// What a segment's first records say about earlier ones: of which segment all is void from which byte on. That is what
/// could not be taken back when writing failed, and a torn end that was left in place because there was damage too.
pub(crate) fn voids(file: &[u8]) -> Vec<(u32, u64)> {
    let mut at = MARK.len();
    let mut found = Vec::new();
    while let Some((bytes, next)) = frame::read(file, at)
        && let Some(record) = Record::from_bytes(bytes)
    {
        at = next;
        match record.entry {
            Entry::Trouble(Trouble { segment, from, .. }) => found.push((segment, from)),
            Entry::Started(started) => {
                let torn = |it: &&Damage| matches!(it.what, Harm::Torn { .. });
                found.extend(started.found.iter().filter(torn).map(|it| (it.segment, it.at)));
                break;
            }
            _ => break,
        }
    }
    found
}
