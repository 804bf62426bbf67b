//! How core's values stand in a record: days and moments as one number, as in the trust documents.

use minicbor::{Decoder, Encoder, encode::Write};
use permit_core::UnixTime;

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
