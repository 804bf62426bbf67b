//! Bit lists: one bit a serial, exact, looked up in place.
//!
//! Serial s is bit 7 − (s mod 8) of byte s div 8. The last byte is not 0, so one set has one form, and
//! a set of nothing is not listed. No filter: an honest holder is never stopped by a false positive.

use crate::{
    Fault, Flaw,
    cbor::{Fields, Result},
};

/// Most bytes for one station and year: a million serials.
pub const BITS: usize = 128 * 1024;

/// The serials of one station and year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bits<'b> {
    /// Number of the station.
    pub station: u16,
    /// Year, since 1900.
    pub year: u8,
    bytes: &'b [u8],
}

impl<'b> Bits<'b> {
    /// True if `serial` is in the set.
    #[must_use]
    pub fn contains(&self, serial: u32) -> bool {
        let byte = usize::try_from(serial >> 3).ok().and_then(|index| self.bytes.get(index));
        byte.is_some_and(|byte| byte & (0x80 >> (serial & 7)) != 0)
    }

    /// The serials, ascending.
    pub fn serials(&self) -> impl Iterator<Item = u32> + use<'b> {
        let set = *self;
        let end = u32::try_from(set.bytes.len()).unwrap_or(u32::MAX).saturating_mul(8);
        (0..end).filter(move |serial| set.contains(*serial))
    }

    /// `[station, year, bits]`
    pub(crate) fn read(fields: &mut Fields<'b>) -> Result<Self> {
        fields.array(3)?;
        let station = fields.positive()?;
        let year = fields.any()?;
        let offset = fields.offset();
        let bytes = fields.bytes()?;
        let flaw = match bytes {
            [] => Some(Flaw::Count),
            [.., 0] => Some(Flaw::Redundant),
            [first, ..] if first & 0x80 != 0 => Some(Flaw::Range),
            _ if bytes.len() > BITS => Some(Flaw::TooLong),
            _ => None,
        };
        flaw.map_or(Ok(Self { station, year, bytes }), |flaw| Err(Fault { offset, flaw }))
    }
}
