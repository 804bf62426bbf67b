//! How core's values stand in a record.
//!
//! One module a type, for minicbor's `with`. Numbers and arrays only, the same as in the trust documents:
//! sides 0 and 1, directions 0 for entry and 1 for exit, moments in seconds, days from 1900-01-01. What is
//! read here has passed core's gate, and must be the same bytes when written again.

use minicbor::{Decoder, Encoder, decode, encode, encode::Write};

/// Both directions of a type that is one number.
macro_rules! number {
    ($(#[$doc:meta])* $name:ident: $type:ty, $raw:ident, $to:expr, $from:expr) => {
        $(#[$doc])*
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

use permit_core::{Checkpoint, Day, Direction, Distrust, Passage, Side, UnixTime};

type MaybeTime = Option<i64>;
type MaybeDay = Option<i32>;
type MaybeSide = Option<u8>;
type Place = (u16, u8, u8);
type Seen = (u16, u8, u8, i64);
type MaybeSeen = Option<Seen>;

number! {
    /// A moment.
    time: UnixTime, i64, |time| time.0, |raw| Some(UnixTime(raw))
}
number! {
    /// A moment or null.
    maybe_time: Option<UnixTime>, MaybeTime, |time| time.map(|time| time.0), |raw| Some(raw.map(UnixTime))
}
number! {
    /// A civil day or null.
    maybe_day: Option<Day>, MaybeDay, |day| day.map(Day::number), |raw| match raw {
        None => Some(None),
        Some(number) => Day::new(number).map(Some),
    }
}
number! {
    /// 0 for side A, 1 for side B.
    side: Side, u8, |side| *side as u8, side_of
}
number! {
    /// A side or null.
    maybe_side: Option<Side>, MaybeSide, |side| side.map(|side| side as u8), |raw| match raw {
        None => Some(None),
        Some(raw) => side_of(raw).map(Some),
    }
}
number! {
    /// `[crossing, side, direction]`
    checkpoint: Checkpoint, Place, place, checkpoint_of
}
number! {
    /// `[crossing, side, direction, moment]` or null.
    maybe_passage: Option<Passage>, MaybeSeen, |passage| passage.as_ref().map(seen), |raw| match raw {
        None => Some(None),
        Some((crossing, side, direction, at)) => {
            let checkpoint = checkpoint_of((crossing, side, direction))?;
            Some(Some(Passage { checkpoint, at: UnixTime(at) }))
        }
    }
}
number! {
    /// Why a clock is not trusted, in the order of core's list.
    distrust: Distrust, u8, |why| code(*why), |raw| Some(match raw {
        0 => Distrust::Missing,
        1 => Distrust::Stopped,
        2 => Distrust::BelowFloor,
        3 => Distrust::Jumped,
        4 => Distrust::FarAhead,
        5 => Distrust::ByHand,
        _ => return None,
    })
}

/// A count that is left out at the end of an array while it is nothing: records of before it was counted stay as they
/// are.
pub(crate) mod few {
    use minicbor::{Decode, Encode};

    use super::{Decoder, Encoder, Write};

    pub(crate) fn encode<C, W: Write, T: Encode<()>>(
        value: &T,
        to: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        to.encode(value)?.ok()
    }

    pub(crate) fn decode<'b, C, T: Decode<'b, ()>>(
        from: &mut Decoder<'b>,
        _: &mut C,
    ) -> Result<T, minicbor::decode::Error> {
        from.decode()
    }

    pub(crate) fn is_nil<T: Default + PartialEq>(value: &T) -> bool {
        *value == T::default()
    }

    pub(crate) fn nil<T: Default>() -> Option<T> {
        Some(T::default())
    }
}

const fn code(why: Distrust) -> u8 {
    match why {
        Distrust::Missing => 0,
        Distrust::Stopped => 1,
        Distrust::BelowFloor => 2,
        Distrust::Jumped => 3,
        Distrust::FarAhead => 4,
        Distrust::ByHand => 5,
        _ => u8::MAX,
    }
}

/// The same, left out at the end of an array where it was not said.
pub(crate) mod maybe_distrust {
    use super::{Decoder, Distrust, Encoder, Write};

    pub(crate) fn encode<C, W: Write>(
        value: &Option<Distrust>,
        to: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match value {
            Some(why) => super::distrust::encode(why, to, context),
            None => to.null()?.ok(),
        }
    }

    pub(crate) fn decode<C>(
        from: &mut Decoder<'_>,
        context: &mut C,
    ) -> Result<Option<Distrust>, minicbor::decode::Error> {
        if from.datatype()? == minicbor::data::Type::Null {
            return from.skip().map(|()| None);
        }
        super::distrust::decode(from, context).map(Some)
    }

    pub(crate) const fn is_nil(value: &Option<Distrust>) -> bool {
        value.is_none()
    }

    #[expect(
        clippy::option_option,
        reason = "what minicbor asks for: there is a value for nothing, and it is none"
    )]
    pub(crate) const fn nil() -> Option<Option<Distrust>> {
        Some(None)
    }
}

/// At most four moments, left out at the end of an array where there are none.
pub(crate) mod overruled {
    use super::{Decoder, Encoder, UnixTime, Write};

    type Moments = [Option<UnixTime>; 4];

    pub(crate) fn encode<C, W: Write>(
        value: &Moments,
        to: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        to.array(value.iter().flatten().count() as u64)?;
        value.iter().flatten().try_for_each(|time| to.i64(time.0).map(|_| ()))
    }

    pub(crate) fn decode<C>(
        from: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Moments, minicbor::decode::Error> {
        let mut moments = [None; 4];
        let mut room = moments.iter_mut();
        for time in from.array_iter::<i64>()? {
            let place = room.next().ok_or_else(|| minicbor::decode::Error::message("too many"))?;
            *place = Some(UnixTime(time?));
        }
        Ok(moments)
    }

    pub(crate) fn is_nil(value: &Moments) -> bool {
        value.iter().all(Option::is_none)
    }

    pub(crate) const fn nil() -> Option<Moments> {
        Some([None; 4])
    }
}

const fn side_of(raw: u8) -> Option<Side> {
    match raw {
        0 => Some(Side::A),
        1 => Some(Side::B),
        _ => None,
    }
}

const fn place(checkpoint: &Checkpoint) -> Place {
    (checkpoint.crossing, checkpoint.side as u8, checkpoint.direction as u8)
}

fn seen(passage: &Passage) -> Seen {
    let (crossing, side, direction) = place(&passage.checkpoint);
    (crossing, side, direction, passage.at.0)
}

fn checkpoint_of((crossing, side, direction): Place) -> Option<Checkpoint> {
    let direction = match direction {
        0 => Direction::Entry,
        1 => Direction::Exit,
        _ => return None,
    };
    Some(Checkpoint { crossing, side: side_of(side)?, direction })
}
