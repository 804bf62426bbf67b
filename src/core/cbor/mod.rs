//! The gate: one item of deterministic CBOR and nothing after it, or the byte where it stops being that.
//!
//! RFC 8949 §4.2.1 to the letter, less what no format here uses: shortest heads, definite lengths, map
//! keys sorted and unique, UTF-8 text; no floats, no tags, no simple value but `false`, `true` and
//! `null`, no key that is itself an array or a map, a limit on depth. A decoder that is merely typed
//! accepts several spellings of one value; behind this gate there is one. Nothing is decoded here.

mod fields;
#[cfg(test)]
mod tests;

pub(crate) use fields::{Fields, Result};

use core::fmt;

/// Deepest nesting in a permit.
pub const PERMIT_DEPTH: usize = 4;
/// Deepest nesting in a trust document or bundle.
pub const DOCUMENT_DEPTH: usize = 8;

/// What is wrong, and at which byte.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Fault {
    /// Offset from the start of what was being read.
    pub offset: usize,
    /// What is wrong there.
    pub flaw: Flaw,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {}", self.offset, self.flaw)
    }
}

impl core::error::Error for Fault {}

/// Ways in which bytes fail to be the one form a signed thing has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Flaw {
    /// Ends too early.
    Truncated,
    /// Something follows the end.
    Trailing,
    /// Longer than the format allows.
    TooLong,
    /// A number or length with more bytes than it needs.
    NotShortest,
    /// An item of indefinite length.
    Indefinite,
    /// A floating-point number.
    Float,
    /// A tag.
    Tag,
    /// A simple value other than `false`, `true`, `null`.
    Simple,
    /// An additional-information value the standard reserves (28–30), or a stray break.
    Reserved,
    /// A map's keys are not in order.
    Unsorted,
    /// A map has a key twice, or a list an entry twice.
    Duplicate,
    /// A map key that is not a number or a text.
    Key,
    /// Nested too deeply.
    TooDeep,
    /// Text that is not UTF-8.
    Utf8,
    /// A character the alphabet or the field does not have.
    Character,
    /// A group of base45 characters above what its bytes can hold.
    Overflow,
    /// A length base45 cannot have.
    Length,
    /// Another type than the field has.
    Type,
    /// A value outside the field's range.
    Range,
    /// An entry count or a fixed length that does not fit.
    Count,
    /// An option that says what leaving it out says.
    Redundant,
    /// A space at an end of a name, or two together.
    Space,
    /// An envelope's fixed bytes are different.
    Header,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Truncated => "ends too early",
            Self::Trailing => "something follows the end",
            Self::TooLong => "longer than the format allows",
            Self::NotShortest => "not in the shortest form",
            Self::Indefinite => "indefinite length",
            Self::Float => "a floating-point number",
            Self::Tag => "a tag",
            Self::Simple => "a simple value that is not false, true or null",
            Self::Reserved => "a reserved head or a stray break",
            Self::Unsorted => "not in order",
            Self::Duplicate => "there twice",
            Self::Key => "a map key that is not a number or a text",
            Self::TooDeep => "nested too deeply",
            Self::Utf8 => "not UTF-8",
            Self::Character => "a character that does not belong here",
            Self::Overflow => "a base45 group above its range",
            Self::Length => "a length base45 cannot have",
            Self::Type => "another type than the field has",
            Self::Range => "outside the field's range",
            Self::Count => "a count or length that does not fit",
            Self::Redundant => "an option that says what leaving it out says",
            Self::Space => "a space at an end, or two together",
            Self::Header => "not the envelope's fixed bytes",
        })
    }
}

/// Passes `bytes` if they are exactly one deterministic item, nested at most `depth` deep
/// (an array of numbers has depth 1; [`DOCUMENT_DEPTH`] is the most that can be asked for).
///
/// # Errors
///
/// The first byte at which they are not, and why.
pub fn gate(bytes: &[u8], depth: usize) -> core::result::Result<(), Fault> {
    let mut walk =
        Walk { bytes, at: 0, open: heapless::Vec::new(), depth: depth.min(DOCUMENT_DEPTH) };
    loop {
        walk.item()?;
        if walk.settle()? {
            break;
        }
    }
    if walk.at == bytes.len() { Ok(()) } else { Err(walk.fault(walk.at, Flaw::Trailing)) }
}

/// An array or map that is not complete yet.
struct Open {
    /// Items still to begin; a map counts keys and values, so a key is met when this is odd.
    left: u64,
    map: bool,
    /// Where the newest key begins and ends, once there is one.
    key: Option<(usize, usize)>,
}

struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
    open: heapless::Vec<Open, DOCUMENT_DEPTH>,
    depth: usize,
}

impl<'b> Walk<'b> {
    /// Reads one head, and the string behind it; opens an array or a map.
    fn item(&mut self) -> core::result::Result<(), Fault> {
        let start = self.at;
        let is_key = self.open.last().is_some_and(|open| open.map && !open.left.is_multiple_of(2));
        let (major, value) = self.head()?;
        if is_key && !matches!(major, 0 | 1 | 3) {
            return Err(self.fault(start, Flaw::Key));
        }
        match major {
            2 => {
                self.take(value)?;
            }
            3 => {
                let text = self.at;
                let bytes = self.take(value)?;
                let utf8 =
                    core::str::from_utf8(bytes).map_err(|e| text.saturating_add(e.valid_up_to()));
                utf8.map_err(|at| Fault { offset: at, flaw: Flaw::Utf8 })?;
            }
            4 => self.enter(start, value, false)?,
            5 => self.enter(
                start,
                value.checked_mul(2).ok_or_else(|| self.fault(start, Flaw::Truncated))?,
                true,
            )?,
            6 => return Err(self.fault(start, Flaw::Tag)),
            _ => {}
        }
        if is_key { self.key(start) } else { Ok(()) }
    }

    /// Major type and argument; RFC 8949 §3.
    fn head(&mut self) -> core::result::Result<(u8, u64), Fault> {
        let start = self.at;
        let first = self.take(1)?.first().copied().unwrap_or_default();
        let (major, info) = (first >> 5, first & 0x1f);
        if major == 7 {
            return self.simple(start, info);
        }
        let (width, least) = match info {
            0..=23 => return Ok((major, info.into())),
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            31 if matches!(major, 2..=5) => return Err(self.fault(start, Flaw::Indefinite)),
            _ => return Err(self.fault(start, Flaw::Reserved)),
        };
        let value = self.take(width)?.iter().fold(0_u64, |sum, &byte| (sum << 8) | u64::from(byte));
        if value < least { Err(self.fault(start, Flaw::NotShortest)) } else { Ok((major, value)) }
    }

    fn simple(&self, start: usize, info: u8) -> core::result::Result<(u8, u64), Fault> {
        match info {
            20..=22 => Ok((7, info.into())),
            25..=27 => Err(self.fault(start, Flaw::Float)),
            0..=24 => Err(self.fault(start, Flaw::Simple)),
            _ => Err(self.fault(start, Flaw::Reserved)),
        }
    }

    fn enter(&mut self, start: usize, left: u64, map: bool) -> core::result::Result<(), Fault> {
        if self.open.len() >= self.depth {
            return Err(self.fault(start, Flaw::TooDeep));
        }
        self.open.push(Open { left, map, key: None }).map_err(|_| self.fault(start, Flaw::TooDeep))
    }

    /// Holds the key that began at `start` against the one before it.
    fn key(&mut self, start: usize) -> core::result::Result<(), Fault> {
        let now = (start, self.at);
        let before = self.open.last_mut().and_then(|open| open.key.replace(now));
        let Some((from, to)) = before else { return Ok(()) };
        match self.bytes.get(from..to).cmp(&self.bytes.get(start..self.at)) {
            core::cmp::Ordering::Less => Ok(()),
            core::cmp::Ordering::Equal => Err(self.fault(start, Flaw::Duplicate)),
            core::cmp::Ordering::Greater => Err(self.fault(start, Flaw::Unsorted)),
        }
    }

    /// Closes what is complete; true once nothing is open.
    fn settle(&mut self) -> core::result::Result<bool, Fault> {
        loop {
            let Some(open) = self.open.last_mut() else { return Ok(true) };
            if let Some(left) = open.left.checked_sub(1) {
                open.left = left;
                return Ok(false);
            }
            self.open.pop();
        }
    }

    fn take(&mut self, length: u64) -> core::result::Result<&'b [u8], Fault> {
        let fault = Fault { offset: self.at, flaw: Flaw::Truncated };
        let length = usize::try_from(length).map_err(|_| fault)?;
        let end = self.at.checked_add(length).ok_or(fault)?;
        let taken = self.bytes.get(self.at..end).ok_or(fault)?;
        self.at = end;
        Ok(taken)
    }

    const fn fault(&self, offset: usize, flaw: Flaw) -> Fault {
        Fault { offset, flaw }
    }
}
