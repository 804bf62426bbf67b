//! One head at a time, in its one form (RFC 8949 §3).
//!
//! The gate, the fields behind it and the envelopes read with the same few lines, so that no second
//! decoder can be more lenient than the first.

use super::{Fault, Flaw, Result};

/// Bytes being read from the front.
#[derive(Clone, Debug)]
pub(crate) struct Heads<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Heads<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// What is left.
    pub(crate) fn rest(&self) -> &'b [u8] {
        self.slice(self.at, self.bytes.len())
    }

    /// The bytes from one place to another.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &'b [u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }

    pub(crate) const fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Major type and argument; of major type 7 only `false`, `true` and `null`.
    pub(crate) fn head(&mut self) -> Result<(u8, u64)> {
        let start = self.at;
        let first = self.take(1)?.first().copied().unwrap_or_default();
        let (major, info) = (first >> 5, first & 0x1f);
        let flaw = |flaw| Err(Fault { offset: start, flaw });
        let (width, least) = match (major, info) {
            (7, 20..=22) | (0..=6, 0..=23) => return Ok((major, info.into())),
            (7, 25..=27) => return flaw(Flaw::Float),
            (7, 0..=24) => return flaw(Flaw::Simple),
            (0..=6, 24) => (1, 24),
            (0..=6, 25) => (2, 0x100),
            (0..=6, 26) => (4, 0x1_0000),
            (0..=6, 27) => (8, 0x1_0000_0000),
            (2..=5, 31) => return flaw(Flaw::Indefinite),
            _ => return flaw(Flaw::Reserved),
        };
        let value = self.take(width)?.iter().fold(0_u64, |sum, &byte| (sum << 8) | u64::from(byte));
        if value < least { flaw(Flaw::NotShortest) } else { Ok((major, value)) }
    }

    /// The next `length` bytes.
    pub(crate) fn take(&mut self, length: u64) -> Result<&'b [u8]> {
        let fault = Fault { offset: self.at, flaw: Flaw::Truncated };
        let length = usize::try_from(length).map_err(|_| fault)?;
        let end = self.at.checked_add(length).ok_or(fault)?;
        let taken = self.bytes.get(self.at..end).ok_or(fault)?;
        self.at = end;
        Ok(taken)
    }

    /// Passes over one item.
    pub(crate) fn skip(&mut self) -> Result<()> {
        let mut left = 1_u64;
        while let Some(next) = left.checked_sub(1) {
            left = next;
            match self.head()? {
                (2 | 3, length) => drop(self.take(length)?),
                (4, items) => left = left.saturating_add(items),
                (5, pairs) => left = left.saturating_add(pairs.saturating_mul(2)),
                _ => {}
            }
        }
        Ok(())
    }
}
