//! What goes to headquarters.
//!
//! An export is `["border-permit-journal/1", [* segment], head]`: each segment a COSE_Sign1 over its records
//! as they are on the card, the head a COSE_Sign1 over where the export begins and ends.

mod check;

use minicbor::{Decode, Encode, bytes::ByteVec};
use permit_core::{Kind, Now, Signer};

use crate::{
    Head, Journal, Record, SignError, Stamp, Storage, Terminal, Tip, frame, head,
    reading::{self, firsts},
    segment::MARK,
};

pub use self::check::{Problem, Report, audit, claimed, examine, verify};

/// What an export begins with.
const MAGIC: &str = "border-permit-journal/1";

/// A stretch of a journal, as it is signed.
#[derive(Encode, Decode, Debug)]
#[cbor(array)]
struct Stretch {
    #[n(0)]
    terminal: Terminal,
    /// The record before the first.
    #[n(1)]
    before: Tip,
    #[n(2)]
    records: Vec<ByteVec>,
}

impl<S: Storage> Journal<S> {
    /// The records after `after`, signed: of `None` all that are kept.
    ///
    /// With a sequence that was removed already it begins with the first record that is kept; the head says
    /// where, so that nothing can be left out unnoticed.
    ///
    /// # Errors
    ///
    /// When the key cannot be used or a file cannot be read.
    pub fn export<K: Signer>(
        &self,
        after: Option<u64>,
        now: &Now,
        signer: &K,
    ) -> Result<Vec<u8>, SignError<K::Error>> {
        let terminal = self.settings.terminal;
        let after = after.unwrap_or(0);
        let (mut before, mut begun) = (self.began, false);
        let mut segments: Vec<ByteVec> = Vec::new();
        let all: Vec<_> = self.segments.iter().map(|segment| segment.number).collect();
        let voids = firsts(&self.storage, &all, terminal).voids;
        for segment in self.segments.iter().filter(|segment| segment.tip.sequence > after) {
            let file = reading::load(&self.storage, segment.number).map_err(SignError::Read)?;
            let end = voids.get(&segment.number).copied().unwrap_or(segment.length);
            let file = file.get(..usize::try_from(end).unwrap_or(usize::MAX)).unwrap_or(&file);
            let records = records(file).filter(|(record, _)| record.sequence > after);
            let records: Vec<_> = records.collect();
            let Some((first, _)) = records.first() else { continue };
            let previous = Tip { sequence: first.sequence.saturating_sub(1), hash: first.previous };
            if !begun {
                (before, begun) = (previous, true);
            }
            let records = records.into_iter().map(|(_, bytes)| ByteVec::from(bytes.to_vec()));
            let stretch = Stretch { terminal, before: previous, records: records.collect() };
            let payload = minicbor::to_vec(&stretch).unwrap_or_default();
            let sealed = head::seal(Kind::JournalSegment, &payload, signer);
            segments.push(sealed.map_err(SignError::Signer)?.into());
        }
        if !begun {
            before = self.tip;
        }
        let count = u32::try_from(segments.len()).unwrap_or(u32::MAX);
        let (tip, stamp) = (self.tip, Stamp::from(now));
        let epoch = self.epoch();
        let head = Head { terminal, before, tip, stamp, segments: Some(count), epoch };
        let payload = minicbor::to_vec(head).unwrap_or_default();
        let head = head::seal(Kind::JournalHead, &payload, signer).map_err(SignError::Signer)?;
        Ok(minicbor::to_vec((MAGIC, segments, ByteVec::from(head))).unwrap_or_default())
    }
}

/// The whole records of a segment's file.
fn records(file: &[u8]) -> impl Iterator<Item = (Record, &[u8])> {
    let mut at = Some(MARK.len());
    core::iter::from_fn(move || {
        loop {
            let place = at?;
            if let Some((bytes, end)) = frame::read(file, place) {
                at = Some(end);
                if let Some(record) = Record::from_bytes(bytes) {
                    return Some((record, bytes));
                }
            } else {
                at = frame::seek(file, place + 1);
            }
        }
    })
}
