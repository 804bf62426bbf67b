//! How core's values stand in the content of an entry: one number each, as in the trust documents.

use minicbor::{Decoder, Encoder, decode, encode, encode::Write};
use permit_core::{Birth, Day, PermitId};

/// Both directions of a type that is encoded through another.
macro_rules! through {
    ($name:ident: $type:ty, $raw:ty, $to:expr, $from:expr) => {
        pub(crate) mod $name {
            use super::*;

            pub(crate) fn encode<C, W: Write>(
                value: &$type,
                to: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), encode::Error<W::Error>> {
                let raw: fn(&$type) -> $raw = $to;
                to.encode(raw(value))?.ok()
            }

            pub(crate) fn decode<C>(
                from: &mut Decoder<'_>,
                _: &mut C,
            ) -> Result<$type, decode::Error> {
                let value: fn($raw) -> Option<$type> = $from;
                value(from.decode()?).ok_or_else(|| decode::Error::message("out of range"))
            }
        }
    };
}

through!(day: Day, i32, |day| day.number(), Day::new);
through!(maybe_day: Option<Day>, Option<i32>, |day| day.map(Day::number), |raw| match raw {
    None => Some(None),
    Some(number) => Day::new(number).map(Some),
});
through!(permit: PermitId, minicbor::bytes::ByteArray<7>, |id| id.to_bytes().into(), |raw| {
    PermitId::from_bytes(raw.into())
});

/// A birth as a permit has it: a day, `[year]` or `[year, month]`.
pub(crate) mod birth {
    use super::{Birth, Day, Decoder, Encoder, Write};

    pub(crate) fn encode<C, W: Write>(
        value: &Birth,
        to: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match value {
            Birth::Day(day) => to.i32(day.number())?.ok(),
            Birth::Year(year) => to.array(1)?.u16(*year)?.ok(),
            Birth::Month(year, month) => to.array(2)?.u16(*year)?.u8(*month)?.ok(),
        }
    }

    pub(crate) fn decode<C>(
        from: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Birth, minicbor::decode::Error> {
        let wrong = || minicbor::decode::Error::message("not a birth");
        if from.datatype()? != minicbor::data::Type::Array {
            return Day::new(from.i32()?).map(Birth::Day).ok_or_else(wrong);
        }
        match from.array()? {
            Some(1) => Ok(Birth::Year(from.u16()?)),
            Some(2) => Ok(Birth::Month(from.u16()?, from.u8()?)),
            _ => Err(wrong()),
        }
    }
}
