//! The chain: that no entry is missing, moved, changed or put in.
//!
//! Entries are read in order. Each hangs on the hash of the one before, so that one signature, the last one's, speaks
//! for all of them; what speaks for the last one is that its number and hash are the ones that somebody remembers.

use std::collections::HashMap;

use permit_core::PublicKey;
use thiserror::Error;

use crate::{Body, Entry, Refused, Subject};

/// The end of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Tip {
    /// How many entries there are.
    pub sequence: u64,
    /// Hash of the last; zeros where there is none.
    pub hash: [u8; 32],
}

/// What is known of a chain that was read so far: its end, and where each subject's last entry is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Chain {
    tip: Tip,
    last: HashMap<Subject, u64>,
}

/// Why an entry does not follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Link {
    /// The bytes.
    #[error("entry {at}: {why}")]
    Refused {
        /// Which entry should have come.
        at: u64,
        /// What they are not.
        why: Refused,
    },
    /// Another entry should have come: some were taken out, put in or moved.
    #[error("entry {expected} should come, {found} does")]
    Order {
        /// The number that should come.
        expected: u64,
        /// The number that does.
        found: u64,
    },
    /// It hangs on another entry than the one before.
    #[error("entry {at} hangs on another than the one before")]
    Broken {
        /// Which.
        at: u64,
    },
    /// It says another entry of its subject came before.
    #[error("entry {at} does not follow its subject's last")]
    Subject {
        /// Which.
        at: u64,
    },
}

/// What an entry's content is, where it is not what the entry says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("the content of entry {at} is another than was recorded")]
pub struct Missing {
    /// Which.
    pub at: u64,
}

impl Chain {
    /// Its end.
    #[must_use]
    pub const fn tip(&self) -> Tip {
        self.tip
    }

    /// The last entry about a subject; 0 if there is none.
    #[must_use]
    pub fn last(&self, subject: Subject) -> u64 {
        self.last.get(&subject).copied().unwrap_or_default()
    }

    /// True once a subject has entries.
    #[must_use]
    pub fn knows(&self, subject: Subject) -> bool {
        self.last.contains_key(&subject)
    }

    /// Every subject and its last entry.
    pub fn subjects(&self) -> impl Iterator<Item = (Subject, u64)> + '_ {
        self.last.iter().map(|(subject, last)| (*subject, *last))
    }

    /// Looks at what is to be the next entry; its signature is asked only with a key, as of the last one it must be.
    ///
    /// # Errors
    ///
    /// Why it does not follow.
    pub fn next(&self, bytes: &[u8], key: Option<&PublicKey>) -> Result<Entry, Link> {
        let at = self.tip.sequence.saturating_add(1);
        let opened = match key {
            Some(key) => Entry::open(bytes, key),
            None => Entry::unverified(bytes),
        };
        let entry = opened.map_err(|why| Link::Refused { at, why })?;
        self.fits(&entry).map(|()| entry)
    }

    /// Takes an entry that follows.
    ///
    /// # Errors
    ///
    /// Why it does not; the chain stays as it was.
    pub fn follow(&mut self, entry: &Entry) -> Result<(), Link> {
        self.fits(entry)?;
        self.tip = Tip { sequence: entry.sequence, hash: entry.hash() };
        self.last.insert(entry.subject, entry.sequence);
        Ok(())
    }

    fn fits(&self, entry: &Entry) -> Result<(), Link> {
        let at = self.tip.sequence.saturating_add(1);
        if entry.sequence != at {
            return Err(Link::Order { expected: at, found: entry.sequence });
        }
        if entry.previous != self.tip.hash {
            return Err(Link::Broken { at });
        }
        if entry.before != self.last(entry.subject) {
            return Err(Link::Subject { at });
        }
        Ok(())
    }
}

impl Entry {
    /// Holds its content against it.
    ///
    /// # Errors
    ///
    /// When it is another.
    pub fn holds(&self, body: &Body) -> Result<(), Missing> {
        if self.body == body.digest() { Ok(()) } else { Err(Missing { at: self.sequence }) }
    }
}
