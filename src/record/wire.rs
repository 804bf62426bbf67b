//! How core's values stand in a record: days, moments, sides and ways as one number, as in the
//! trust documents.

use minicbor::{Decoder, Encoder, encode::Write};
use permit_core::{Day, Direction, Side, UnixTime};

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

/// A side: 0 or 1.
pub(crate) mod side {
    use super::{Decoder, Encoder, Side, Write};

    pub(crate) fn encode<C, W: Write>(
        value: &Side,
        to: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        to.u8(*value as u8)?.ok()
    }

    pub(crate) fn decode<C>(
        from: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Side, minicbor::decode::Error> {
        match from.u8()? {
            0 => Ok(Side::A),
            1 => Ok(Side::B),
            _ => Err(minicbor::decode::Error::message("not a side")),
        }
    }
}

/// A way: 0 entry, 1 exit.
pub(crate) mod way {
    use super::{Decoder, Direction, Encoder, Write};

    pub(crate) fn encode<C, W: Write>(
        value: &Direction,
        to: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        to.u8(*value as u8)?.ok()
    }

    pub(crate) fn decode<C>(
        from: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Direction, minicbor::decode::Error> {
        match from.u8()? {
            0 => Ok(Direction::Entry),
            1 => Ok(Direction::Exit),
            _ => Err(minicbor::decode::Error::message("not a way")),
        }
    }
}
