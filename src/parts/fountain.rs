//! Codes without an end, of which any few more than a file fills tell it: RaptorQ of RFC 6330, by the crate `raptorq`.
//!
//! A camera that misses three codes of ten waits for no certain one to come round again. What a code claims decides
//! nothing but a length within limits: all parameters follow from it, and the transfer information of the standard (its
//! section 3.3), which a sender could choose, does not travel.

use std::collections::BTreeMap;

use raptorq::{
    EncodingPacket, ObjectTransmissionInformation, PayloadId, SourceBlockDecoder,
    SourceBlockEncoder,
};

use crate::{BundleId, Form, Part, Solved, SplitError};

/// What the text of a code begins with.
pub(crate) const PREFIX: &str = "BL2:";

/// Bytes of a symbol: what makes a code's text as long as that of a whole numbered part, 600 characters.
pub const SYMBOL: usize = 378;

/// The most symbols that a file fills.
///
/// Chosen: a round of them takes under six minutes at three a second and 35 seconds at thirty, and more than so many
/// bytes of memory are never held for codes.
const MOST: usize = 1_024;

/// The most bytes of a file: 387,072.
pub const MOST_FOUNTAIN: usize = SYMBOL * MOST;

/// With so many more symbols than a file fills and still none told, the sender chose them so, or forged one.
///
/// Chosen: of symbols taken at random the first set of just enough tells it 99 times of 100, and each one more makes a
/// failure about 256 times as rare. It bounds the memory and the tries at solving that a sender can cost.
const MORE: usize = 16;

/// The codes of one file.
#[derive(Clone, Debug)]
pub struct Fountain {
    id: BundleId,
    length: u32,
    /// The file and zeros up to a whole symbol.
    padded: Vec<u8>,
    encoder: SourceBlockEncoder,
}

impl Fountain {
    /// Prepares the codes of a file.
    ///
    /// # Errors
    ///
    /// No bytes, or more than [`MOST_FOUNTAIN`].
    pub fn new(file: &[u8]) -> Result<Self, SplitError> {
        let length = u32::try_from(file.len()).ok().filter(|length| is_length(*length));
        let length = length.ok_or(SplitError { bytes: file.len(), most: MOST_FOUNTAIN })?;
        let mut padded = file.to_vec();
        padded.resize(symbols(length) * SYMBOL, 0);
        let encoder = SourceBlockEncoder::new(0, &parameters(length), &padded);
        Ok(Self { id: BundleId::of(file), length, padded, encoder })
    }

    /// Codes without which the file cannot be told: as many as it fills. Of any, seldom more than one or two above that
    /// are needed.
    #[must_use]
    pub fn needed(&self) -> usize {
        symbols(self.length)
    }

    /// The texts of the codes: first those that hold the file as it is, then others; 16,777,216 in all.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        let form = Form::Fountain { length: self.length };
        (0..=LAST).filter_map(move |index| {
            Part { id: self.id, form, index, piece: self.symbol(index)? }.text()
        })
    }

    fn symbol(&self, index: u32) -> Option<Vec<u8>> {
        let fills = u32::try_from(self.needed()).ok()?;
        let Some(repair) = index.checked_sub(fills) else {
            let at = usize::try_from(index).ok()?.checked_mul(SYMBOL)?;
            return self.padded.get(at..)?.get(..SYMBOL).map(<[u8]>::to_vec);
        };
        self.encoder.repair_packets(repair, 1).pop().map(|packet| packet.split().1)
    }
}

/// Symbols that a file of so many bytes fills.
pub(crate) fn symbols(length: u32) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX).div_ceil(SYMBOL)
}

/// One source block, not interleaved.
fn parameters(length: u32) -> ObjectTransmissionInformation {
    ObjectTransmissionInformation::new(u64::from(length), SIZE, 1, 1, 1)
}

/// Whether files of so many bytes go into codes.
fn is_length(length: u32) -> bool {
    (1..=MOST).contains(&symbols(length))
}

/// id ‖ length ‖ FEC payload ID (RFC 6330, section 3.2: source block 0, symbol) ‖ symbol.
pub(crate) fn read(body: &[u8]) -> Option<Part> {
    let (head, symbol) = body.split_first_chunk::<HEAD>()?;
    let [a, b, c, d, e, f, g, h, x, y, z, block, i, j, k] = *head;
    let length = u32::from_be_bytes([0, x, y, z]);
    let index = u32::from_be_bytes([0, i, j, k]);
    if block != 0 || symbol.len() != SYMBOL || !is_length(length) {
        return None;
    }
    // What fills up the last symbol of the file itself is zeros.
    let at = usize::try_from(index).ok()?.checked_mul(SYMBOL)?;
    let own = usize::try_from(length).ok()?.saturating_sub(at);
    let is_source = usize::try_from(index).ok()? < symbols(length);
    if is_source && symbol.iter().skip(own).any(|byte| *byte != 0) {
        return None;
    }
    let id = BundleId([a, b, c, d, e, f, g, h]);
    Some(Part { id, form: Form::Fountain { length }, index, piece: symbol.to_vec() })
}

/// What [`read`] reads.
pub(crate) fn body(part: &Part, length: u32) -> Vec<u8> {
    let [_, length @ ..] = length.to_be_bytes();
    let [_, index @ ..] = part.index.to_be_bytes();
    [&part.id.0[..], &length, &[0], &index, &part.piece].concat()
}

/// What these symbols tell.
pub(crate) fn solve(length: u32, pieces: &BTreeMap<u32, Vec<u8>>) -> Solved {
    let fills = symbols(length);
    let parameters = parameters(length);
    let mut decoder = SourceBlockDecoder::new(0, &parameters, (fills * SYMBOL) as u64);
    let packets = pieces
        .iter()
        .map(|(index, piece)| EncodingPacket::new(PayloadId::new(0, *index), piece.clone()));
    match decoder.decode(packets) {
        Some(mut file) => {
            file.truncate(usize::try_from(length).unwrap_or(usize::MAX));
            Solved::File(file)
        }
        None if pieces.len() < fills + MORE => Solved::NotYet,
        None => Solved::Never,
    }
}

/// [`SYMBOL`] as the standard's parameters have it.
const SIZE: u16 = 378;
/// The last symbol: 24 bits hold its number.
const LAST: u32 = 0x00ff_ffff;
/// id, length, payload ID.
const HEAD: usize = 15;

#[cfg(test)]
mod tests;
