//! From the scanned characters to key id, payload and signature, and back.
//!
//! `BP1:` and base45 of `kid ‖ payload ‖ signature`: the COSE_Sign1 it stands for is rebuilt, not
//! printed. Nothing of the payload is looked at here; nothing is trimmed but one line end.

use heapless::{String, Vec};

use crate::{
    Fault, Flaw, Foreign, KeyId, Layer, Newer, Permit, Signer, base45,
    cose::{self, Kind},
    foreign,
    permit::PAYLOAD,
};

/// What every permit's text begins with.
pub const PREFIX: &str = "BP1:";
/// Longest text of a permit, in characters.
pub const TEXT: usize = 1540;
/// Longest text of a permit without a portrait.
pub const TEXT_WITHOUT_PORTRAIT: usize = 320;
/// Key id and signature.
const FRAME: usize = 4 + 64;
/// Most bytes the longest text can hold.
const BYTES: usize = TEXT / 3 * 2;

/// The text of a permit.
pub type Text = String<TEXT>;

/// The three parts of a permit's code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Envelope {
    bytes: Vec<u8, BYTES>,
    characters: usize,
}

/// Why a scan is not an envelope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAnEnvelope {
    /// Something that is not a permit at all.
    Foreign(Foreign),
    /// `BP2:` and later.
    Newer(Newer),
    /// A permit's prefix, but not its form.
    Malformed(Layer, Fault),
}

impl Envelope {
    /// Takes a scan apart.
    ///
    /// # Errors
    ///
    /// What it is instead, or where it stops being one. Offsets count from the first character.
    pub fn open(scan: &[u8]) -> Result<Self, NotAnEnvelope> {
        let text = strip_line_end(scan);
        let Some(digits) = text.strip_prefix(PREFIX.as_bytes()) else {
            return Err(match newer(text) {
                Some(version) => NotAnEnvelope::Newer(Newer::Version(version)),
                None => NotAnEnvelope::Foreign(foreign::recognise(text)),
            });
        };
        if text.len() > TEXT {
            return Err(NotAnEnvelope::Malformed(
                Layer::Text,
                Fault { offset: TEXT, flaw: Flaw::TooLong },
            ));
        }
        let bytes = base45::decode(digits).map_err(|fault| {
            let offset = fault.offset.saturating_add(PREFIX.len());
            NotAnEnvelope::Malformed(Layer::Base45, Fault { offset, ..fault })
        })?;
        let envelope = Self { bytes, characters: text.len() };
        match envelope.payload().len() {
            0 => Err(envelope.fault(Flaw::Truncated)),
            1..=PAYLOAD => Ok(envelope),
            _ => Err(envelope.fault(Flaw::TooLong)),
        }
    }

    fn fault(&self, flaw: Flaw) -> NotAnEnvelope {
        NotAnEnvelope::Malformed(Layer::Envelope, Fault { offset: self.bytes.len(), flaw })
    }

    /// The key id.
    #[must_use]
    pub fn kid(&self) -> KeyId {
        self.bytes.first_chunk().map_or(KeyId([0; 4]), |kid| KeyId(*kid))
    }

    /// What is signed.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        let end = self.bytes.len().saturating_sub(64);
        self.bytes.get(4..end).unwrap_or_default()
    }

    /// The signature.
    #[must_use]
    pub fn signature(&self) -> &[u8; 64] {
        self.bytes.last_chunk().unwrap_or(&[0; 64])
    }

    /// Characters of the text, prefix included.
    #[must_use]
    pub const fn characters(&self) -> usize {
        self.characters
    }

    /// The Sig_structure the signature is over.
    #[must_use]
    pub fn to_be_signed(&self) -> Vec<u8, { PAYLOAD + 80 }> {
        cose::to_be_signed(Kind::Permit, self.kid(), self.payload()).unwrap_or_default()
    }

    /// Writes the COSE_Sign1 (RFC 9052) this envelope stands for into `out`; how many bytes it took.
    #[must_use]
    pub fn expand(&self, out: &mut [u8]) -> Option<usize> {
        let KeyId([a, b, c, d]) = self.kid();
        let mut e = minicbor::Encoder::new(minicbor::encode::write::Cursor::new(out));
        e.tag(minicbor::data::Tag::new(18)).ok()?.array(4).ok()?;
        e.bytes(&[0xa2, 0x01, 0x32, 0x04, 0x44, a, b, c, d]).ok()?.map(0).ok()?;
        e.bytes(self.payload()).ok()?.bytes(self.signature()).ok()?;
        Some(e.writer().position())
    }
}

/// Why a permit could not be signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SealError<E> {
    /// A reader would not accept the permit.
    Permit(Flaw),
    /// The text would be longer than a permit's may be.
    TooLong,
    /// The signer could not sign.
    Signer(E),
}

impl<E: core::fmt::Display> core::fmt::Display for SealError<E> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Permit(flaw) => write!(f, "a reader would refuse this permit: {flaw}"),
            Self::TooLong => f.write_str("the permit does not fit a code"),
            Self::Signer(error) => write!(f, "not signed: {error}"),
        }
    }
}

impl<E: core::fmt::Debug + core::fmt::Display> core::error::Error for SealError<E> {}

/// Signs a permit and spells its text.
///
/// # Errors
///
/// When a reader would refuse the permit, the text is too long, or the signer cannot sign.
pub fn seal<S: Signer>(permit: &Permit, signer: &S) -> Result<Text, SealError<S::Error>> {
    let mut payload = [0; PAYLOAD];
    let length = permit.encode(&mut payload).map_err(SealError::Permit)?;
    let payload = payload.get(..length).unwrap_or_default();
    let kid = KeyId::of(&signer.public_key());
    let message: Vec<u8, { PAYLOAD + 80 }> =
        cose::to_be_signed(Kind::Permit, kid, payload).ok_or(SealError::TooLong)?;
    let signature = signer.sign(&message).map_err(SealError::Signer)?;
    spell(kid, payload, &signature).filter(|text| permit.fits(text.len())).ok_or(SealError::TooLong)
}

/// The text of the three parts, whatever they hold; `None` when it would be too long.
#[must_use]
pub fn spell(kid: KeyId, payload: &[u8], signature: &[u8; 64]) -> Option<Text> {
    let mut bytes = Vec::<u8, BYTES>::new();
    for part in [&kid.0[..], payload, signature] {
        bytes.extend_from_slice(part).ok()?;
    }
    let mut text = Text::new();
    text.push_str(PREFIX).ok()?;
    base45::encode(&bytes, &mut text)?;
    (bytes.len() > FRAME).then_some(text)
}

/// A hand scanner ends its line; nothing else is trimmed.
fn strip_line_end(scan: &[u8]) -> &[u8] {
    let scan = scan.strip_suffix(b"\n").unwrap_or(scan);
    scan.strip_suffix(b"\r").unwrap_or(scan)
}

/// The n of a prefix `BPn:` above 1.
fn newer(text: &[u8]) -> Option<u32> {
    let rest = text.strip_prefix(b"BP")?;
    let digits =
        rest.split(|&byte| byte == b':').next().filter(|digits| digits.len() < rest.len())?;
    let number: u32 = core::str::from_utf8(digits).ok()?.parse().ok()?;
    (number > 1 && digits.first() != Some(&b'0') && digits.iter().all(u8::is_ascii_digit))
        .then_some(number)
}
