//! A bundle as a sequence of QR codes: cut into parts, and put together again.
//!
//! For a terminal that has no network and takes no stick: a screen shows one code after the other, and the terminal's
//! own camera or hand scanner reads them in any order. Nothing here says that lists are good. What comes out is only the
//! file that went in; whoever gets it judges it by the same rules as a file from a stick. No part is ever taken for a
//! permit, no two bundles are mixed, and nothing is kept for a part that only claims to exist.

use std::collections::BTreeMap;

use permit_core::{base45_decode, base45_encode, sha256};
use thiserror::Error;

/// What the text of a part begins with. A permit begins with `BP1:`.
pub const PREFIX: &str = "BL1:";

/// Bytes of the bundle in every part but the last, which has from one to so many.
///
/// Measured with this project's reader, see section 9 of the format: with it a code of version 15 still reads from a
/// camera of 640 × 480 pixels where it fills 38 % of the height; larger ones begin to fail there.
pub const PIECE: usize = 383;

/// The most parts of a bundle.
///
/// One byte holds their number, and nobody holds a screen before a camera for much longer than a round of these takes:
/// 85 seconds at three a second. What is larger travels on a stick.
pub const MOST_PARTS: usize = 255;

/// The most bytes of a bundle that is cut: 97,665.
pub const MOST_BYTES: usize = PIECE * MOST_PARTS;

/// The version of the QR codes all parts fit into at error correction M. The last, shorter one is drawn in it too, so
/// that nothing changes place or size on a screen.
pub const VERSION: u8 = 15;

/// Which bundle a part is of: the first eight bytes of its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BundleId(pub [u8; 8]);

impl BundleId {
    /// Of these bytes.
    #[must_use]
    pub fn of(bundle: &[u8]) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = sha256(&[bundle]);
        Self([a, b, c, d, e, f, g, h])
    }
}

/// One part of a bundle, whole and in its one spelling.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    id: BundleId,
    /// How many there are, at least 1.
    total: u8,
    /// Which of them, from 0.
    index: u8,
    piece: Vec<u8>,
}

/// Cuts a bundle into the texts of its codes, in order.
///
/// # Errors
///
/// No bytes, or more than [`MOST_BYTES`].
pub fn split(bundle: &[u8]) -> Result<Vec<String>, SplitError> {
    let total = bundle.len().div_ceil(PIECE);
    let fault = SplitError { bytes: bundle.len() };
    let total = u8::try_from(total).ok().filter(|total| *total > 0).ok_or(fault)?;
    let id = BundleId::of(bundle);
    let part =
        |(index, piece): (u8, &[u8])| Part { id, total, index, piece: piece.to_vec() }.text();
    (0..total).zip(bundle.chunks(PIECE)).map(part).collect::<Option<_>>().ok_or(fault)
}

/// Whether a text wants to be a part, of this version or a later one.
#[must_use]
pub fn is_part(text: &[u8]) -> bool {
    version(text).is_some()
}

/// A bundle cannot be cut: it is empty, or larger than [`MOST_BYTES`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{bytes} bytes do not go into codes; 1 to {MOST_BYTES} do")]
pub struct SplitError {
    /// Bytes given.
    pub bytes: usize,
}

/// Why a text is no part.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum PartError {
    /// It does not begin as one.
    #[error("not a part of a bundle")]
    Foreign,
    /// Of a later version of this format.
    #[error("a part in version {version}, this reads version 1")]
    Newer {
        /// The version it says.
        version: u32,
    },
    /// Not the one spelling of a part, or damaged.
    #[error("a damaged part of a bundle")]
    Damaged,
}

impl Part {
    /// Reads the text of a code; one LF and then one CR may end it, as with a permit.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn read(text: &[u8]) -> Result<Self, PartError> {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        match version(text).ok_or(PartError::Foreign)? {
            1 => {}
            version => return Err(PartError::Newer { version }),
        }
        let body = text.strip_prefix(PREFIX.as_bytes()).ok_or(PartError::Foreign)?;
        Self::body(body).ok_or(PartError::Damaged)
    }

    fn body(text: &[u8]) -> Option<Self> {
        let bytes = base45_decode::<{ HEAD + PIECE + CHECK }>(text).ok()?;
        let (rest, check) = bytes.split_last_chunk::<CHECK>()?;
        let (head, piece) = rest.split_first_chunk::<HEAD>()?;
        let [a, b, c, d, e, f, g, h, total, index] = *head;
        let whole = match index.checked_add(1)? {
            next if next < total => piece.len() == PIECE,
            next => next == total && !piece.is_empty(),
        };
        let id = BundleId([a, b, c, d, e, f, g, h]);
        (whole && *check == sum(rest)).then(|| Self { id, total, index, piece: piece.to_vec() })
    }

    /// Which bundle it is of.
    #[must_use]
    pub const fn id(&self) -> BundleId {
        self.id
    }

    /// How many parts the bundle has, at least 1.
    #[must_use]
    pub const fn total(&self) -> u8 {
        self.total
    }

    /// Which of them it is, from 0.
    #[must_use]
    pub const fn index(&self) -> u8 {
        self.index
    }

    /// id ‖ total ‖ index ‖ piece ‖ the first four bytes of SHA-256 of all that.
    fn text(&self) -> Option<String> {
        let mut bytes = [&self.id.0[..], &[self.total, self.index], &self.piece].concat();
        bytes.extend(sum(&bytes));
        let mut spelled = heapless::String::<TEXT>::new();
        base45_encode(&bytes, &mut spelled)?;
        Some([PREFIX, &spelled].concat())
    }
}

/// Puts the parts of one bundle together, in any order and however often each comes.
///
/// The first part says which bundle it is; parts of another are refused until [`Collector::default`] begins anew.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Collector {
    /// The bundle and how many parts it has.
    of: Option<(BundleId, u8)>,
    /// By index: as large as what came, whatever it claims.
    pieces: BTreeMap<u8, Vec<u8>>,
}

/// What a part was good for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Added {
    /// One that was missing.
    New,
    /// One that was there.
    Again,
    /// The last that was missing: this is the bundle. The collector is empty again.
    Whole(Vec<u8>),
}

/// Why a part is not added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum CollectError {
    /// It is of another bundle than those before. They stay.
    #[error("a part of another bundle")]
    Other,
    /// It says something else than the same part before, or another total. The one before stays.
    #[error("part {index} contradicts the parts before")]
    Conflict {
        /// Which, from 0.
        index: u8,
    },
    /// All parts are there and are not the bundle they say: one is forged. All are dropped.
    #[error("the parts do not make the bundle they say they are")]
    Forged,
}

impl Collector {
    /// Adds a part.
    ///
    /// # Errors
    ///
    /// Why not; see there for what is kept.
    pub fn add(&mut self, part: &Part) -> Result<Added, CollectError> {
        let (id, total) = *self.of.get_or_insert((part.id, part.total));
        if id != part.id {
            return Err(CollectError::Other);
        }
        match self.pieces.get(&part.index) {
            _ if total != part.total => {
                return Err(CollectError::Conflict { index: part.index });
            }
            Some(before) if *before == part.piece => return Ok(Added::Again),
            Some(_) => return Err(CollectError::Conflict { index: part.index }),
            None => self.pieces.insert(part.index, part.piece.clone()),
        };
        if self.pieces.len() < usize::from(total) {
            return Ok(Added::New);
        }
        let bundle = core::mem::take(self).pieces.into_values().collect::<Vec<_>>().concat();
        if BundleId::of(&bundle) == id {
            Ok(Added::Whole(bundle))
        } else {
            Err(CollectError::Forged)
        }
    }

    /// How many parts are there, and of how many: (0, 0) before the first.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.pieces.len(), self.of.map_or(0, |(_, total)| usize::from(total)))
    }

    /// The parts that are missing, from 0.
    pub fn missing(&self) -> impl Iterator<Item = u8> {
        let total = self.of.map_or(0, |(_, total)| total);
        (0..total).filter(|index| !self.pieces.contains_key(index))
    }
}

/// The version a text says it is a part in.
fn version(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"BL")?.split(|byte| *byte == b':').next()?;
    let ends = text.get(2 + digits.len()) == Some(&b':');
    let number = core::str::from_utf8(digits).ok().filter(|_| ends)?;
    let canonical = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    number.parse().ok().filter(|_| canonical)
}

/// What tells a part that was read or typed wrong.
fn sum(bytes: &[u8]) -> [u8; CHECK] {
    let [a, b, c, d, ..] = sha256(&[bytes]);
    [a, b, c, d]
}

/// The id, the total and the index.
const HEAD: usize = 10;
/// Bytes of the check.
const CHECK: usize = 4;
/// Characters of the longest spelling, without the prefix.
const TEXT: usize = (HEAD + PIECE + CHECK).div_ceil(2) * 3;

#[cfg(test)]
mod tests;
