//! The last signed head, kept apart from the chain it speaks for.
//!
//! Whole records can be taken off a chain's end, an older copy put back, a folder removed, and what is left looks sound.
//! So a head of the chain's end lies elsewhere, in two copies written by turns, and is held against the chain at the
//! next start. A copy whose signature does not hold is no copy.

use std::io;

use permit_core::{DOCUMENT_DEPTH, Kind, PublicKey, Signer, gate};

use crate::{Head, Storage, Terminal, Tip, head};

/// The names of the copies.
const COPIES: [&str; 2] = ["head-1", "head-2"];
/// The name of a copy that is being written.
const UNFINISHED: &str = "unfinished";

/// Where heads are kept.
#[derive(Debug)]
pub(crate) struct Apart<S> {
    storage: S,
    /// The newest that was found at the start.
    found: Option<Head>,
    /// The end that the newest speaks for, and which copy it is.
    last: Option<(Tip, usize)>,
}

impl<S: Storage> Apart<S> {
    /// Looks at both copies.
    pub(crate) fn open(storage: S, terminal: Terminal, key: &PublicKey) -> Self {
        let read = |place: usize| {
            let name = COPIES[place];
            let bytes = storage.read(name).or_else(|_| storage.read(name)).ok()?;
            let payload = head::unseal(Kind::JournalHead, &bytes, key)?;
            gate(payload, DOCUMENT_DEPTH).ok()?;
            let head: Head = minicbor::decode(payload).ok()?;
            (head.terminal == terminal && head.segments.is_none()).then_some((head, place))
        };
        let newest = (0..COPIES.len()).filter_map(read).max_by_key(|(head, _)| age(head));
        let found = newest.map(|(head, _)| head);
        let last = newest.map(|(head, place)| (head.tip, place));
        Self { storage, found, last }
    }

    /// The head that the chain is held against.
    pub(crate) const fn found(&self) -> Option<&Head> {
        self.found.as_ref()
    }

    /// True if the newest speaks for this end.
    pub(crate) fn is_for(&self, tip: Tip) -> bool {
        self.last.is_some_and(|(last, _)| last == tip)
    }

    /// Keeps a head, in place of the older copy.
    pub(crate) fn keep<K: Signer>(
        &mut self,
        head: Head,
        signer: &K,
    ) -> Result<(), Unkept<K::Error>> {
        let payload = minicbor::to_vec(head).unwrap_or_default();
        let sealed = head::seal(Kind::JournalHead, &payload, signer).map_err(Unkept::Signer)?;
        let place = self.last.map_or(0, |(_, place)| (place + 1) % COPIES.len());
        self.write(COPIES[place], &sealed).map_err(Unkept::Disk)?;
        self.last = Some((head.tip, place));
        self.found = Some(head);
        Ok(())
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let disk = &mut self.storage;
        disk.create(UNFINISHED)?;
        disk.append(UNFINISHED, bytes)?;
        disk.sync(UNFINISHED)?;
        disk.rename(UNFINISHED, name)?;
        disk.sync_directory()
    }
}

/// A head was not kept.
#[derive(Debug)]
pub(crate) enum Unkept<E> {
    /// The key cannot be used.
    Signer(E),
    /// The disk failed.
    Disk(io::Error),
}

/// By which of two heads is the newer.
const fn age(head: &Head) -> (u32, u64) {
    (head.epoch, head.tip.sequence)
}
