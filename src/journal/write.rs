//! Writing: to the open segment, or to a new one when that failed.
//!
//! Nothing counts until a sync has said so. After a sync that failed, what it should have kept is written
//! again elsewhere, and the new segment begins by saying from where on the old one is void.

use permit_core::TerminalFault;

use crate::{
    AppendError, Confirmed, Entry, Epoch, Journal, Operation, Record, Stamp, Storage, Tip, Trouble,
    error::Failure,
    frame,
    journal::Open,
    segment::{self, MARK, Segment, UNFINISHED},
};

impl<S: Storage> Journal<S> {
    /// Writes entries, in a new segment when the open one failed, and takes them in.
    pub(crate) fn commit(&mut self, entries: &[Entry], stamp: Stamp) -> Result<Tip, AppendError> {
        let written = self.write(entries, stamp).or_else(|failure| match failure {
            // No room: trying again at once would only fail again.
            WriteError::Disk(failure) if failure.is_full() => Err(WriteError::Disk(failure)),
            WriteError::Disk(_) => self.write(entries, stamp),
            too_long @ WriteError::TooLong(_) => Err(too_long),
        });
        match written {
            Ok(tip) => {
                self.fault = None;
                Ok(tip)
            }
            Err(WriteError::TooLong(bytes)) => Err(AppendError::TooLong { bytes }),
            Err(WriteError::Disk(failure)) => {
                let full = failure.is_full();
                self.fault = Some(if full { TerminalFault::Disk } else { TerminalFault::Journal });
                Err(failure.into())
            }
        }
    }

    fn write(&mut self, entries: &[Entry], stamp: Stamp) -> Result<Tip, WriteError> {
        let troubles = self.troubles.iter().copied().map(Entry::Trouble);
        let first = troubles.chain(self.unsaid.clone());
        let entries: Vec<_> = first.chain(entries.iter().cloned()).collect();
        let batch = Batch::new(self.tip, &entries, stamp)?;
        let past = self.segments.last().is_some_and(|segment| segment.is_past(stamp.trusted()));
        let open = self.open.take().filter(|open| open.length < self.full && !past);
        let new = open.is_none();
        let Open { number, length } = match open {
            Some(open) => self.extend(open, &batch)?,
            None => self.begin(&batch)?,
        };
        if new {
            self.segments.push(Segment::new(number));
        }
        self.highest = self.highest.max(number);
        self.open = Some(Open { number, length: length + batch.bytes.len() as u64 });
        self.troubles.clear();
        self.unsaid = None;
        if let Some(segment) = self.segments.last_mut() {
            for (record, tip, end) in &batch.records {
                segment.take(record, *tip, length + end);
            }
        }
        for (record, ..) in &batch.records {
            self.index.apply(record);
            self.floor = record.stamp.trusted().or(self.floor);
            self.confirmed = Confirmed::of(record).or(self.confirmed);
            let renewed = Epoch::of(record).map(|Epoch { epoch, since }| (epoch, since));
            self.renewed = renewed.or(self.renewed);
        }
        self.tip = batch.tip;
        Ok(self.tip)
    }

    /// Writes at the end of the open segment; returns where the batch begins.
    fn extend(&mut self, open: Open, batch: &Batch) -> Result<Open, Failure> {
        let name = segment::name(open.number);
        if let Err(source) = self.storage.append(&name, &batch.bytes) {
            let failure = Failure { operation: Operation::Append, source };
            // Nothing durable is in doubt as long as no sync failed: with the part that was written cut off
            // again, a full disk does not cost a segment.
            if failure.is_full() && self.storage.truncate(&name, open.length).is_ok() {
                self.state(&failure, open.number, open.length);
                self.open = Some(open);
            } else {
                self.abandon(open, &failure);
            }
            return Err(failure);
        }
        if let Err(source) = self.storage.sync(&name) {
            let failure = Failure { operation: Operation::Sync, source };
            self.abandon(open, &failure);
            return Err(failure);
        }
        Ok(open)
    }

    /// Makes a new segment that begins with the batch.
    ///
    /// Until all of it has succeeded the number is not used up: another attempt replaces what one that
    /// failed half-way may have left under that name.
    fn begin(&mut self, batch: &Batch) -> Result<Open, Failure> {
        let number = self.highest + 1;
        let made = self.make(&segment::name(number), &[&MARK[..], &batch.bytes].concat());
        made.inspect_err(|failure| self.state(failure, number, 0))?;
        Ok(Open { number, length: MARK.len() as u64 })
    }

    fn make(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let disk = &mut self.storage;
        let _ = disk.remove(UNFINISHED);
        disk.create(UNFINISHED).map_err(Failure::of(Operation::Create))?;
        disk.append(UNFINISHED, bytes).map_err(Failure::of(Operation::Append))?;
        disk.sync(UNFINISHED).map_err(Failure::of(Operation::Sync))?;
        disk.rename(UNFINISHED, name).map_err(Failure::of(Operation::Rename))?;
        disk.sync_directory().map_err(Failure::of(Operation::SyncDirectory))
    }

    /// Gives up on a segment: what is not known to be durable in it is void, and the next one says so.
    pub(crate) fn abandon(&mut self, Open { number, length }: Open, failure: &Failure) {
        let _ = self.storage.truncate(&segment::name(number), length);
        self.state(failure, number, length);
        self.open = None;
    }

    /// Remembers a failure until it can be stated, each kind once.
    pub(crate) fn state(&mut self, failure: &Failure, segment: u32, from: u64) {
        let Failure { operation, source } = failure;
        let trouble =
            Trouble { operation: *operation, errno: source.raw_os_error(), segment, from };
        if !self.troubles.contains(&trouble) {
            self.troubles.push(trouble);
        }
    }
}

/// Records that are written together.
struct Batch {
    bytes: Vec<u8>,
    /// With the place in the bytes where each ends.
    records: Vec<(Record, Tip, u64)>,
    tip: Tip,
}

impl Batch {
    fn new(tip: Tip, entries: &[Entry], stamp: Stamp) -> Result<Self, WriteError> {
        let mut batch = Self { bytes: Vec::new(), records: Vec::new(), tip };
        for entry in entries {
            let Tip { sequence, hash } = batch.tip;
            let record = Record {
                sequence: sequence + 1,
                previous: hash,
                durable: tip.sequence,
                stamp,
                entry: entry.clone(),
            };
            let bytes = record.to_bytes();
            if bytes.len() > frame::LONGEST {
                return Err(WriteError::TooLong(bytes.len()));
            }
            frame::write(&mut batch.bytes, &bytes);
            batch.tip = record.tip(&bytes);
            batch.records.push((record, batch.tip, batch.bytes.len() as u64));
        }
        Ok(batch)
    }
}

enum WriteError {
    TooLong(usize),
    Disk(Failure),
}

impl From<Failure> for WriteError {
    fn from(failure: Failure) -> Self {
        Self::Disk(failure)
    }
}
