//! The gate: one item of deterministic CBOR and nothing after it, or the byte where it stops being that.
//!
//! RFC 8949 §4.2.1 to the letter, less what no format here uses: shortest heads, definite lengths, map
//! keys sorted and unique, UTF-8 text; no floats, no tags, no simple value but `false`, `true` and
//! `null`, no key that is itself an array or a map, a limit on depth. A decoder that is merely typed
//! accepts several spellings of one value; behind this gate there is one. Nothing is decoded here.

mod fields;
mod head;
#[cfg(test)]
mod tests;

pub(crate) use fields::{Fields, Result};
pub(crate) use head::Heads;

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
    let mut walk = Walk {
        heads: Heads::new(bytes),
        open: heapless::Vec::new(),
        depth: depth.min(DOCUMENT_DEPTH),
    };
    loop {
        walk.item()?;
        if walk.settle() {
            break;
        }
    }
    if walk.heads.is_done() {
        Ok(())
    } else {
        Err(Fault { offset: walk.heads.at(), flaw: Flaw::Trailing })
    }
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
    heads: Heads<'b>,
    open: heapless::Vec<Open, DOCUMENT_DEPTH>,
    depth: usize,
}

impl Walk<'_> {
    /// Reads one head, and the string behind it; opens an array or a map.
    fn item(&mut self) -> Result<()> {
        let start = self.heads.at();
        let flaw = |flaw| Fault { offset: start, flaw };
        let is_key = self.open.last().is_some_and(|open| open.map && !open.left.is_multiple_of(2));
        let (major, value) = self.heads.head()?;
        if is_key && !matches!(major, 0 | 1 | 3) {
            return Err(flaw(Flaw::Key));
        }
        match major {
            2 => drop(self.heads.take(value)?),
            3 => {
                let text = self.heads.at();
                let bytes = self.heads.take(value)?;
                let utf8 =
                    core::str::from_utf8(bytes).map_err(|e| text.saturating_add(e.valid_up_to()));
                utf8.map_err(|offset| Fault { offset, flaw: Flaw::Utf8 })?;
            }
            4 => self.enter(start, value, false)?,
            5 => self.enter(start, value.checked_mul(2).ok_or(flaw(Flaw::Truncated))?, true)?,
            6 => return Err(flaw(Flaw::Tag)),
            _ => {}
        }
        if is_key { self.key(start) } else { Ok(()) }
    }

    fn enter(&mut self, offset: usize, left: u64, map: bool) -> Result<()> {
        let deep = Fault { offset, flaw: Flaw::TooDeep };
        if self.open.len() >= self.depth {
            return Err(deep);
        }
        self.open.push(Open { left, map, key: None }).map_err(|_| deep)
    }

    /// Holds the key that began at `start` against the one before it.
    fn key(&mut self, start: usize) -> Result<()> {
        let now = (start, self.heads.at());
        let before = self.open.last_mut().and_then(|open| open.key.replace(now));
        let Some((from, to)) = before else { return Ok(()) };
        let flaw = match self.heads.slice(from, to).cmp(self.heads.slice(start, self.heads.at())) {
            core::cmp::Ordering::Less => return Ok(()),
            core::cmp::Ordering::Equal => Flaw::Duplicate,
            core::cmp::Ordering::Greater => Flaw::Unsorted,
        };
        Err(Fault { offset: start, flaw })
    }

    /// Closes what is complete; true once nothing is open.
    fn settle(&mut self) -> bool {
        loop {
            let Some(open) = self.open.last_mut() else { return true };
            if let Some(left) = open.left.checked_sub(1) {
                open.left = left;
                return false;
            }
            self.open.pop();
        }
    }
}
