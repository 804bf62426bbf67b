//! A bundle, or a delta of one, as a sequence of QR codes: cut into parts, and put together again.
//!
//! For a terminal that has no network and takes no stick: a screen shows one code after the other, and the terminal's
//! own camera or hand scanner reads them in any order. There are two forms: numbered parts, of which every one is needed
//! (`BL1:`, [`split`]), and, with the feature `fountain`, codes without an end of which any few more than the file fills
//! do (`BL2:`, [`Fountain`]). [`Part`] and [`Collector`] take both. [`delta`](mod@delta) says what of a bundle is new.
//!
//! Nothing here says that lists are good. What comes out is only the file that went in; whoever gets it judges it by the
//! same rules as a file from a stick. No part is ever taken for a permit, no two files are mixed, and nothing is kept for
//! a part that only claims to exist.

pub mod delta;
#[cfg(feature = "fountain")]
mod fountain;

use std::collections::BTreeMap;

use permit_core::{base45_decode, base45_encode, sha256};
use thiserror::Error;

#[cfg(feature = "fountain")]
pub use fountain::{Fountain, MOST_FOUNTAIN, SYMBOL};

/// What the text of a numbered part begins with. A permit begins with `BP1:`.
pub const PREFIX: &str = "BL1:";

/// Bytes of the file in every numbered part but the last, which has from one to so many.
///
/// Measured with this project's reader, see section 9 of the format: with it a code of version 15 still reads from a
/// camera of 640 × 480 pixels where it fills 38 % of the height; larger ones begin to fail there.
pub const PIECE: usize = 383;

/// The most numbered parts of a file.
///
/// One byte holds their number, and nobody holds a screen before a camera for much longer than a round of these takes:
/// 85 seconds at three a second. What is larger travels as a fountain or on a stick.
pub const MOST_PARTS: usize = 255;

/// The most bytes of a file in numbered parts: 97,665.
pub const MOST_BYTES: usize = PIECE * MOST_PARTS;

/// The version of the QR codes all parts fit into at error correction M. A shorter one is drawn in it too, so that
/// nothing changes place or size on a screen.
pub const VERSION: u8 = 15;

/// Which file a part is of: the first eight bytes of its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BundleId(pub [u8; 8]);

impl BundleId {
    /// Of these bytes.
    #[must_use]
    pub fn of(file: &[u8]) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = sha256(&[file]);
        Self([a, b, c, d, e, f, g, h])
    }
}

/// How the parts of a file hang together: what has to be the same in all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// So many pieces, each of which is needed; at least 1.
    Numbered { total: u8 },
    /// Symbols of a file of so many bytes, of which any few more than fill it are needed.
    #[cfg(feature = "fountain")]
    Fountain { length: u32 },
}

impl Form {
    /// Parts without which the file cannot be told, at least 1.
    fn total(self) -> usize {
        match self {
            Self::Numbered { total } => usize::from(total),
            #[cfg(feature = "fountain")]
            Self::Fountain { length } => fountain::symbols(length),
        }
    }

    /// Whether any further part helps, rather than certain ones.
    const fn is_fountain(self) -> bool {
        !matches!(self, Self::Numbered { .. })
    }

    /// The file, if as many as [`total`](Self::total) tell it.
    fn file(self, pieces: &BTreeMap<u32, Vec<u8>>) -> Solved {
        match self {
            Self::Numbered { .. } => Solved::File(pieces.values().flatten().copied().collect()),
            #[cfg(feature = "fountain")]
            Self::Fountain { length } => fountain::solve(length, pieces),
        }
    }
}

/// What enough parts come to.
enum Solved {
    /// These bytes, true or not.
    File(Vec<u8>),
    /// They do not tell it yet: one more may.
    #[cfg(feature = "fountain")]
    NotYet,
    /// They do not tell it, and true ones would have.
    #[cfg(feature = "fountain")]
    Never,
}

/// One part of a file, whole and in its one spelling.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    id: BundleId,
    form: Form,
    /// Which of them, from 0.
    index: u32,
    piece: Vec<u8>,
}

/// Cuts a file into the texts of its numbered codes, in order.
///
/// # Errors
///
/// No bytes, or more than [`MOST_BYTES`].
pub fn split(file: &[u8]) -> Result<Vec<String>, SplitError> {
    let total = file.len().div_ceil(PIECE);
    let fault = SplitError { bytes: file.len(), most: MOST_BYTES };
    let total = u8::try_from(total).ok().filter(|total| *total > 0).ok_or(fault)?;
    let (id, form) = (BundleId::of(file), Form::Numbered { total });
    let part =
        |(index, piece): (u32, &[u8])| Part { id, form, index, piece: piece.to_vec() }.text();
    (0..).zip(file.chunks(PIECE)).map(part).collect::<Option<_>>().ok_or(fault)
}

/// Whether a text wants to be a part, of these forms or a later one.
#[must_use]
pub fn is_part(text: &[u8]) -> bool {
    version(text).is_some()
}

/// A file cannot be cut: it is empty, or too large.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{bytes} bytes do not go into codes; 1 to {most} do")]
pub struct SplitError {
    /// Bytes given.
    pub bytes: usize,
    /// The most that go.
    pub most: usize,
}

/// Why a text is no part.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum PartError {
    /// It does not begin as one.
    #[error("not a part of a bundle")]
    Foreign,
    /// Of a form this does not read.
    #[error("a part in form {version}, which this does not read")]
    Newer {
        /// The number it says.
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
        let version = version(text).ok_or(PartError::Foreign)?;
        let body = text.get(PREFIX.len()..).unwrap_or_default();
        let part = match version {
            1 => opened(body).and_then(|body| Self::numbered(&body)),
            #[cfg(feature = "fountain")]
            2 => opened(body).and_then(|body| fountain::read(&body)),
            version => return Err(PartError::Newer { version }),
        };
        part.ok_or(PartError::Damaged)
    }

    /// id ‖ total ‖ index ‖ piece.
    fn numbered(body: &[u8]) -> Option<Self> {
        let (head, piece) = body.split_first_chunk::<HEAD>()?;
        let [a, b, c, d, e, f, g, h, total, index] = *head;
        let whole = match index.checked_add(1)? {
            next if next < total => piece.len() == PIECE,
            next => next == total && !piece.is_empty(),
        };
        let (id, form) = (BundleId([a, b, c, d, e, f, g, h]), Form::Numbered { total });
        whole.then(|| Self { id, form, index: u32::from(index), piece: piece.to_vec() })
    }

    /// Which file it is of.
    #[must_use]
    pub const fn id(&self) -> BundleId {
        self.id
    }

    /// How many parts the file needs, at least 1: those, or (of a fountain) about as many of any.
    #[must_use]
    pub fn total(&self) -> usize {
        self.form.total()
    }

    /// Which of them it is, from 0; of a fountain, from there on without an end.
    #[must_use]
    pub const fn index(&self) -> u32 {
        self.index
    }

    /// As it is spelled.
    fn text(&self) -> Option<String> {
        match self.form {
            Form::Numbered { total } => {
                let index = u8::try_from(self.index).ok()?;
                let body = [&self.id.0[..], &[total, index], &self.piece].concat();
                spelled(PREFIX, body)
            }
            #[cfg(feature = "fountain")]
            Form::Fountain { length } => spelled(fountain::PREFIX, fountain::body(self, length)),
        }
    }
}

/// What a text says behind its prefix, if its check holds.
fn opened(text: &[u8]) -> Option<Vec<u8>> {
    let bytes = base45_decode::<{ HEAD + PIECE + CHECK }>(text).ok()?;
    let (body, check) = bytes.split_last_chunk::<CHECK>()?;
    (*check == sum(body)).then(|| body.to_vec())
}

/// The text of these bytes: a prefix, and base45 of them and of the first four bytes of their SHA-256.
fn spelled(prefix: &str, mut body: Vec<u8>) -> Option<String> {
    body.extend(sum(&body));
    let mut spelled = heapless::String::<TEXT>::new();
    base45_encode(&body, &mut spelled)?;
    Some([prefix, &spelled].concat())
}

/// Puts the parts of one file together, in any order and however often each comes.
///
/// The first part says which file it is and in which form; parts of another are refused until [`Collector::default`]
/// begins anew. It keeps what came, and never more than the largest file has parts (of a fountain a few more).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Collector {
    /// The file, and how its parts hang together.
    of: Option<(BundleId, Form)>,
    /// By index: as large as what came, whatever it claims.
    pieces: BTreeMap<u32, Vec<u8>>,
}

/// What a part was good for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Added {
    /// One that was missing.
    New,
    /// One that was there.
    Again,
    /// The last that was missing: this is the file. The collector is empty again.
    Whole(Vec<u8>),
}

/// Why a part is not added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum CollectError {
    /// It is of another file than those before, or of the same in another form. They stay.
    #[error("a part of another file")]
    Other,
    /// It says something else than the same part before, or another size. The one before stays.
    #[error("part {index} contradicts the parts before")]
    Conflict {
        /// Which, from 0.
        index: u32,
    },
    /// Enough parts are there and are not the file they say: one is forged. All are dropped.
    #[error("the parts do not make the file they say they are")]
    Forged,
}

impl Collector {
    /// Adds a part.
    ///
    /// # Errors
    ///
    /// Why not; see there for what is kept.
    pub fn add(&mut self, part: &Part) -> Result<Added, CollectError> {
        let (id, form) = *self.of.get_or_insert((part.id, part.form));
        if id != part.id || form.is_fountain() != part.form.is_fountain() {
            return Err(CollectError::Other);
        }
        match self.pieces.get(&part.index) {
            _ if form != part.form => {
                return Err(CollectError::Conflict { index: part.index });
            }
            Some(before) if *before == part.piece => return Ok(Added::Again),
            Some(_) => return Err(CollectError::Conflict { index: part.index }),
            None => self.pieces.insert(part.index, part.piece.clone()),
        };
        if self.pieces.len() < form.total() {
            return Ok(Added::New);
        }
        let file = match form.file(&self.pieces) {
            Solved::File(file) => Some(file),
            #[cfg(feature = "fountain")]
            Solved::NotYet => return Ok(Added::New),
            #[cfg(feature = "fountain")]
            Solved::Never => None,
        };
        *self = Self::default();
        file.filter(|file| BundleId::of(file) == id).map(Added::Whole).ok_or(CollectError::Forged)
    }

    /// How many parts are there, and of how many: (0, 0) before the first. Of a fountain the second is about how many
    /// of any kind are needed, seldom one or two fewer than that.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.pieces.len(), self.of.map_or(0, |(_, form)| form.total()))
    }

    /// Whether any further part helps, rather than those that are [`missing`](Self::missing).
    #[must_use]
    pub fn takes_any(&self) -> bool {
        self.of.is_some_and(|(_, form)| form.is_fountain())
    }

    /// The numbered parts that are missing, from 0; none of a fountain, where any other will do.
    pub fn missing(&self) -> impl Iterator<Item = u8> {
        let total = match self.of {
            Some((_, Form::Numbered { total })) => total,
            _ => 0,
        };
        (0..total).filter(|index| !self.pieces.contains_key(&u32::from(*index)))
    }
}

/// The form a text says it is a part in.
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

/// The id, the total and the index of a numbered part.
const HEAD: usize = 10;
/// Bytes of the check.
const CHECK: usize = 4;
/// Characters of the longest spelling, without the prefix.
const TEXT: usize = (HEAD + PIECE + CHECK).div_ceil(2) * 3;

#[cfg(test)]
mod tests;
