//! How core's values stand in a record: days and moments as one number, as in the trust documents.

use minicbor::{Decoder, Encoder, encode::Write};
use permit_core::{Day, UnixTime};

/// A moment.
pub(crate) mod time {
    use super::{Decoder, Encoder, UnixTime, Write};

    pub(crate) fn encode<C, W: Write>(
        value: &UnixTime,
        to: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        to.i64(value.0)?.ok()
    }

    pub(crate) fn decode<C>(
        from: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<UnixTime, minicbor::decode::Error> {
        from.i64().map(UnixTime)
    }
}

/// A day, 0 to 93501.
pub(crate) mod day {
    use super::{Day, Decoder, Encoder, Write};

    pub(crate) fn encode<C, W: Write>(
        value: &Day,
        to: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        to.i32(value.number())?.ok()
    }

    pub(crate) fn decode<C>(
        from: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Day, minicbor::decode::Error> {
        let day = Day::new(from.i32()?).filter(|day| day.number() >= 0);
        day.ok_or_else(|| minicbor::decode::Error::message("not a day"))
    }
}
