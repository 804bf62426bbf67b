//! The pages of a TIFF file.
//!
//! Each has a directory that says where the next one is. A page is decoded as if it were the file's only one.

use super::beside::Numbers;
use super::{LoadError, PAGES};

/// A TIFF file whose pages are decoded one by one.
#[derive(Debug)]
pub(super) struct Document {
    bytes: Vec<u8>,
    /// Where the directories of the pages that are left are, the last page first.
    left: Vec<u32>,
}

impl Document {
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, LoadError> {
        let mut left = directories(&bytes)?;
        left.reverse();
        Ok(Self { bytes, left })
    }

    /// Pages that are left.
    pub(super) const fn left(&self) -> usize {
        self.left.len()
    }

    /// The file with the next page as its first.
    pub(super) fn next(&mut self) -> Option<&[u8]> {
        let at = self.left.pop()?;
        let big = self.bytes.starts_with(b"MM");
        let first = if big { at.to_be_bytes() } else { at.to_le_bytes() };
        self.bytes.get_mut(4..8)?.copy_from_slice(&first);
        Some(&self.bytes)
    }
}

/// Where the pages' directories are. The first is there even if it is damaged, so that its decoder says how.
fn directories(bytes: &[u8]) -> Result<Vec<u32>, LoadError> {
    let file = Numbers::of(bytes);
    let mut found = Vec::new();
    let mut next = file.long(4);
    while let Some(at) = next.filter(|at| *at != 0) {
        // A chain that turns back on itself has no end.
        if found.contains(&at) {
            break;
        }
        found.push(at);
        if found.len() > PAGES {
            return Err(LoadError::PageCount { found: found.len() });
        }
        let entries = file.short(at).map(|entries| at as usize + 2 + 12 * entries as usize);
        next = entries.and_then(|end| file.long(end));
    }
    if found.is_empty() { Err(LoadError::Truncated) } else { Ok(found) }
}
