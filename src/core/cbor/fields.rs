//! Typed fields of an item that passed the gate.
//!
//! minicbor reads the heads; each method adds the range its field has and turns every disagreement into
//! a [`Fault`] with its byte. Nothing here accepts what the gate refused.

use minicbor::{Decoder, data::Type};

use super::{Fault, Flaw};
use crate::{Day, UnixTime};

pub(crate) type Result<T> = core::result::Result<T, Fault>;

/// Reads one field after the other.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'b> {
    decoder: Decoder<'b>,
    /// Where `decoder`'s input begins in the whole, so that offsets are the whole's.
    base: usize,
}

impl<'b> Fields<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self::within(bytes, 0)
    }

    /// Fields of a part that begins `base` bytes into the whole.
    pub(crate) fn within(bytes: &'b [u8], base: usize) -> Self {
        Self { decoder: Decoder::new(bytes), base }
    }

    pub(crate) fn offset(&self) -> usize {
        self.base.saturating_add(self.decoder.position())
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
        self.typed(Decoder::array)?.ok_or_else(|| self.fault(Flaw::Indefinite))
    }

    /// A map; how many pairs.
    pub(crate) fn map(&mut self) -> Result<u64> {
        self.typed(Decoder::map)?.ok_or_else(|| self.fault(Flaw::Indefinite))
    }

    /// A whole number in the range of `T` and of `check`.
    pub(crate) fn number<T: TryFrom<i64>>(&mut self, check: impl FnOnce(&T) -> bool) -> Result<T> {
        let at = self.fault(Flaw::Range);
        let value = self.integer()?;
        T::try_from(value).ok().filter(check).ok_or(at)
    }

    pub(crate) fn any<T: TryFrom<i64>>(&mut self) -> Result<T> {
        self.number(|_| true)
    }

    /// A whole number; beyond 64 signed bits is out of every field's range.
    pub(crate) fn integer(&mut self) -> Result<i64> {
        let at = self.fault(Flaw::Range);
        match self.kind()? {
            Type::U64 | Type::Int => self.decoder.i64().map_err(|_| at),
            _ => self.typed(Decoder::i64),
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
        self.typed(Decoder::bytes)
    }

    /// A byte string of exactly `N` bytes.
    pub(crate) fn exactly<const N: usize>(&mut self) -> Result<[u8; N]> {
        let at = self.fault(Flaw::Count);
        self.bytes()?.try_into().map_err(|_| at)
    }

    /// A text of 1 to `most` bytes whose characters all belong to `alphabet`.
    pub(crate) fn text(&mut self, most: usize, alphabet: fn(char) -> bool) -> Result<&'b str> {
        let start = self.fault(Flaw::Count);
        let text = self.typed(Decoder::str)?;
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
        if self.is_null() { self.typed(Decoder::null).map(|()| None) } else { read(self).map(Some) }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.decoder.datatype(), Ok(Type::Null))
    }

    pub(crate) fn is_array(&self) -> bool {
        matches!(self.decoder.datatype(), Ok(Type::Array))
    }

    pub(crate) fn boolean(&mut self) -> Result<bool> {
        self.typed(Decoder::bool)
    }

    /// Passes over one item.
    pub(crate) fn skip(&mut self) -> Result<()> {
        self.typed(Decoder::skip)
    }

    /// The bytes of the next item, as a part of its own.
    pub(crate) fn part(&mut self) -> Result<Self> {
        let (base, from) = (self.offset(), self.decoder.position());
        self.skip()?;
        let bytes = self.decoder.input().get(from..self.decoder.position()).unwrap_or_default();
        Ok(Self::within(bytes, base))
    }

    /// The input from `offset` (counted in the whole) on.
    pub(crate) fn rest(&self, offset: usize) -> &'b [u8] {
        self.decoder.input().get(offset.saturating_sub(self.base)..).unwrap_or_default()
    }

    fn kind(&self) -> Result<Type> {
        self.decoder.datatype().map_err(|_| self.fault(Flaw::Truncated))
    }

    fn typed<T>(
        &mut self,
        read: impl FnOnce(&mut Decoder<'b>) -> core::result::Result<T, minicbor::decode::Error>,
    ) -> Result<T> {
        let at = self.fault(Flaw::Type);
        read(&mut self.decoder).map_err(|_| at)
    }
}
