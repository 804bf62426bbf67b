//! Typed fields of an item that passed the gate.
//!
//! Each method adds the type and the range its field has and turns every disagreement into a [`Fault`]
//! with its byte. Nothing here accepts what the gate refused.

use super::{Fault, Flaw, Heads};
use crate::{Day, UnixTime};

pub(crate) type Result<T> = core::result::Result<T, Fault>;

/// Reads one field after the other.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'b> {
    heads: Heads<'b>,
    /// Where the input begins in the whole, so that offsets are the whole's.
    base: usize,
}

impl<'b> Fields<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self::within(bytes, 0)
    }

    /// Fields of a part that begins `base` bytes into the whole.
    pub(crate) fn within(bytes: &'b [u8], base: usize) -> Self {
        Self { heads: Heads::new(bytes), base }
    }

    pub(crate) fn offset(&self) -> usize {
        self.base.saturating_add(self.heads.at())
    }

    pub(crate) fn fault(&self, flaw: Flaw) -> Fault {
        Fault { offset: self.offset(), flaw }
    }

    /// An array of exactly `count` items.
    pub(crate) fn array(&mut self, count: u64) -> Result<()> {
        let at = self.fault(Flaw::Count);
        if self.count()? == count { Ok(()) } else { Err(at) }
    }

    /// An array of any length.
    pub(crate) fn count(&mut self) -> Result<u64> {
        self.of(ARRAY)
    }

    /// A map; how many pairs.
    pub(crate) fn map(&mut self) -> Result<u64> {
        self.of(MAP)
    }

    /// A whole number from `least` to `most`, both of which `T` can hold.
    pub(crate) fn number<T: Whole>(&mut self, least: i64, most: i64) -> Result<T> {
        let at = self.fault(Flaw::Range);
        T::try_from(self.between(least, most)?).map_err(|_| at)
    }

    /// A whole number above 0.
    pub(crate) fn positive<T: Whole>(&mut self) -> Result<T> {
        self.number(1, T::MOST)
    }

    /// Any whole number that `T` can hold.
    pub(crate) fn any<T: Whole>(&mut self) -> Result<T> {
        self.number(T::LEAST, T::MOST)
    }

    fn between(&mut self, least: i64, most: i64) -> Result<i64> {
        let at = self.fault(Flaw::Range);
        let value = self.integer()?;
        if (least..=most).contains(&value) { Ok(value) } else { Err(at) }
    }

    /// A whole number; beyond 64 signed bits is out of every field's range.
    pub(crate) fn integer(&mut self) -> Result<i64> {
        let at = self.fault(Flaw::Range);
        match self.item()? {
            (UNSIGNED, value) => i64::try_from(value).map_err(|_| at),
            (NEGATIVE, value) => i64::try_from(value).map(|value| !value).map_err(|_| at),
            _ => Err(Fault { flaw: Flaw::Type, ..at }),
        }
    }

    pub(crate) fn day(&mut self) -> Result<Day> {
        let at = self.fault(Flaw::Range);
        Day::new(self.any()?).filter(|day| *day >= Day::FIRST).ok_or(at)
    }

    pub(crate) fn time(&mut self) -> Result<UnixTime> {
        self.integer().map(UnixTime)
    }

    pub(crate) fn bytes(&mut self) -> Result<&'b [u8]> {
        let length = self.of(BYTES)?;
        self.string(length)
    }

    /// A byte string of exactly `N` bytes.
    pub(crate) fn exactly<const N: usize>(&mut self) -> Result<[u8; N]> {
        let at = self.fault(Flaw::Count);
        self.bytes()?.try_into().map_err(|_| at)
    }

    /// A text of 1 to `most` bytes whose characters all belong to `alphabet`.
    pub(crate) fn text(&mut self, most: usize, alphabet: fn(char) -> bool) -> Result<&'b str> {
        let start = self.fault(Flaw::Count);
        let length = self.of(TEXT)?;
        let text = core::str::from_utf8(self.string(length)?).map_err(|_| start)?;
        if text.is_empty() || text.len() > most {
            return Err(start);
        }
        let first = self.offset().saturating_sub(text.len());
        match text.char_indices().find(|(_, c)| !alphabet(*c)) {
            Some((index, _)) => {
                Err(Fault { offset: first.saturating_add(index), flaw: Flaw::Character })
            }
            None => Ok(text),
        }
    }

    /// `null`, or what `read` reads.
    pub(crate) fn optional<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<Option<T>> {
        if self.is_null() { self.skip().map(|()| None) } else { read(self).map(Some) }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.heads.rest(), [0xf6, ..])
    }

    pub(crate) fn is_array(&self) -> bool {
        matches!(self.heads.rest(), [0x80..=0x9b, ..])
    }

    pub(crate) fn boolean(&mut self) -> Result<bool> {
        let at = self.fault(Flaw::Type);
        match self.item()? {
            (SIMPLE, FALSE) => Ok(false),
            (SIMPLE, TRUE) => Ok(true),
            _ => Err(at),
        }
    }

    /// Passes over one item.
    pub(crate) fn skip(&mut self) -> Result<()> {
        self.heads.skip().map_err(|fault| self.whole(fault))
    }

    /// The bytes of the next item, as a part of its own.
    pub(crate) fn part(&mut self) -> Result<Self> {
        let (base, from) = (self.offset(), self.heads.at());
        self.skip()?;
        Ok(Self::within(self.heads.slice(from, self.heads.at()), base))
    }

    /// What is left of the input.
    pub(crate) fn rest(&self) -> &'b [u8] {
        self.heads.rest()
    }

    /// The argument of an item of this major type.
    fn of(&mut self, wanted: u8) -> Result<u64> {
        let at = self.fault(Flaw::Type);
        let (major, value) = self.item()?;
        if major == wanted { Ok(value) } else { Err(at) }
    }

    fn item(&mut self) -> Result<(u8, u64)> {
        self.heads.head().map_err(|fault| self.whole(fault))
    }

    fn string(&mut self, length: u64) -> Result<&'b [u8]> {
        self.heads.take(length).map_err(|fault| self.whole(fault))
    }

    /// The fault with its offset in the whole.
    const fn whole(&self, fault: Fault) -> Fault {
        Fault { offset: self.base.saturating_add(fault.offset), ..fault }
    }
}

// Major types and simple values, RFC 8949 §3.1 and §3.3.
const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const SIMPLE: u8 = 7;
const FALSE: u64 = 20;
const TRUE: u64 = 21;

/// The types a field can have.
pub(crate) trait Whole: TryFrom<i64> {
    const LEAST: i64;
    const MOST: i64;
}

impl Whole for u8 {
    const LEAST: i64 = 0;
    const MOST: i64 = Self::MAX as i64;
}

impl Whole for u16 {
    const LEAST: i64 = 0;
    const MOST: i64 = Self::MAX as i64;
}

impl Whole for u32 {
    const LEAST: i64 = 0;
    const MOST: i64 = Self::MAX as i64;
}

impl Whole for i16 {
    const LEAST: i64 = Self::MIN as i64;
    const MOST: i64 = Self::MAX as i64;
}

impl Whole for i32 {
    const LEAST: i64 = Self::MIN as i64;
    const MOST: i64 = Self::MAX as i64;
}
