//! The files of a journal.
//!
//! A segment is a mark and then framed records. It comes into being whole: written under another name,
//! made durable with its first records, and only then named, so that no segment without a sound beginning
//! is ever found but where something went wrong.

use permit_core::UnixTime;

use crate::{Counts, Entry, Record, Tip, Trouble, frame};

/// What a segment begins with.
pub(crate) const MARK: &[u8; 8] = b"BPJRNL\x00\x01";
/// The name of a segment that is being made.
pub(crate) const UNFINISHED: &str = "unfinished";
/// A segment this long is closed, in bytes.
pub(crate) const FULL: u64 = 256 * 1024;

/// The name of a segment.
pub(crate) fn name(number: u32) -> String {
    format!("journal-{number:010}")
}

/// The number of a segment, if it is the name of one.
pub(crate) fn number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix("journal-").filter(|digits| digits.len() == 10)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// What is remembered of a segment.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub(crate) number: u32,
    /// Its last record.
    pub(crate) tip: Tip,
    /// Bytes up to the end of that record.
    pub(crate) length: u64,
    /// The latest moment in it.
    pub(crate) newest: UnixTime,
    pub(crate) counts: Counts,
}

impl Segment {
    pub(crate) fn new(number: u32) -> Self {
        let tip = Tip { sequence: 0, hash: crate::Hash([0; 32]) };
        let newest = UnixTime(i64::MIN);
        Self { number, tip, length: MARK.len() as u64, newest, counts: Counts::default() }
    }

    /// Takes note of a record whose frame ends at `end`.
    pub(crate) fn take(&mut self, record: &Record, tip: Tip, end: u64) {
        self.tip = tip;
        self.length = end;
        self.newest = self.newest.max(record.stamp.time());
        self.counts.count(&record.entry);
    }
}

/// What a segment's first records say about earlier ones: which bytes are void.
pub(crate) fn troubles(file: &[u8]) -> Vec<Trouble> {
    let mut at = MARK.len();
    let mut found = Vec::new();
    while let Some((bytes, next)) = frame::read(file, at)
        && let Some(Record { entry: Entry::Trouble(trouble), .. }) = Record::from_bytes(bytes)
    {
        found.push(trouble);
        at = next;
    }
    found
}
