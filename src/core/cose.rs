//! COSE_Sign1 and COSE_Sign (RFC 9052) in the one form this format uses.
//!
//! Protected headers are exactly `{1: -19, 4: kid}`, unprotected ones empty, the payload attached:
//! every other byte of an envelope is fixed, so reading one is holding it against a template. There is
//! no header to misread, no algorithm to choose (RFC 9864 fixes Ed25519 by -19), nothing to skip.

use heapless::Vec;

use crate::{Fault, Flaw, KeyId, cbor::Heads};

/// What is signed. Nothing signed as one kind verifies as another: the kind is the `external_aad`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// A permit.
    Permit,
    /// Which keys speak for each side.
    Root,
    /// Regions, crossings, limits.
    Zone,
    /// One side's stations.
    Stations,
    /// One side's revoked permits.
    Revocations,
    /// One side's issued permits.
    Issued,
    /// Which documents of one side belong together.
    Snapshot,
    /// One side's journeys by pseudonym.
    Presence,
    /// One side's terminals.
    Readers,
    /// An officer's approval of an application.
    Approval,
    /// The head of a journal.
    JournalHead,
    /// A stretch of a journal.
    JournalSegment,
    /// A difference between two lists.
    Delta,
    /// A report.
    Report,
    /// An officer's enrolment at a desk.
    Enrolment,
    /// An entry of a desk's record.
    Record,
    /// A station's return: what it did, counted.
    Return,
    /// What a station delegates to special personnel.
    Delegation,
    /// Heads of one side's journals as its headquarters have seen them.
    Heads,
    /// Passages by pseudonym, from one side to the other.
    Passages,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Permit,
        Self::Root,
        Self::Zone,
        Self::Stations,
        Self::Revocations,
        Self::Issued,
        Self::Snapshot,
        Self::Presence,
        Self::Readers,
        Self::Approval,
        Self::JournalHead,
        Self::JournalSegment,
        Self::Delta,
        Self::Report,
        Self::Enrolment,
        Self::Record,
        Self::Return,
        Self::Delegation,
        Self::Heads,
        Self::Passages,
    ];

    /// The `external_aad` of what is signed as this kind.
    #[must_use]
    pub const fn external_aad(self) -> &'static str {
        match self {
            Self::Permit => "border-permit/permit/1",
            Self::Root => "border-permit/root/1",
            Self::Zone => "border-permit/zone/1",
            Self::Stations => "border-permit/stations/1",
            Self::Revocations => "border-permit/revocations/1",
            Self::Issued => "border-permit/issued/1",
            Self::Snapshot => "border-permit/snapshot/1",
            Self::Presence => "border-permit/presence/1",
            Self::Readers => "border-permit/readers/1",
            Self::Approval => "border-permit/approval/1",
            Self::JournalHead => "border-permit/journal-head/1",
            Self::JournalSegment => "border-permit/journal-segment/1",
            Self::Delta => "border-permit/delta/1",
            Self::Report => "border-permit/report/1",
            Self::Enrolment => "border-permit/enrolment/1",
            Self::Record => "border-permit/record/1",
            Self::Return => "border-permit/return/1",
            Self::Delegation => "border-permit/delegation/1",
            Self::Heads => "border-permit/heads/1",
            Self::Passages => "border-permit/passages/1",
        }
    }
}

/// The largest Sig_structure without its payload, rounded up.
const FRAME: usize = 80;

/// The bytes of a Sig_structure (RFC 9052 §4.4) up to its payload, which follows as it is.
pub type Frame = Vec<u8, FRAME>;

/// `["Signature1", << {1: -19, 4: kid} >>, external_aad, payload]` for COSE_Sign1, without the payload.
#[must_use]
pub fn frame(kind: Kind, kid: KeyId, payload: usize) -> Frame {
    let mut frame = Frame::new();
    push(&mut frame, b"\x84\x6aSignature1");
    finish(&mut frame, kind, kid, payload);
    frame
}

/// `["Signature", h'', << {1: -19, 4: kid} >>, external_aad, payload]` for COSE_Sign, without the payload.
#[must_use]
pub fn frame_of_many(kind: Kind, kid: KeyId, payload: usize) -> Frame {
    let mut frame = Frame::new();
    push(&mut frame, b"\x85\x69Signature\x40");
    finish(&mut frame, kind, kid, payload);
    frame
}

/// The Sig_structure a permit's signature is over, in one piece.
#[must_use]
pub fn to_be_signed<const N: usize>(kind: Kind, kid: KeyId, payload: &[u8]) -> Option<Vec<u8, N>> {
    let mut message = Vec::new();
    message.extend_from_slice(&frame(kind, kid, payload.len())).ok()?;
    message.extend_from_slice(payload).ok()?;
    Some(message)
}

fn finish(frame: &mut Frame, kind: Kind, kid: KeyId, payload: usize) {
    push(frame, &protected(kid));
    let aad = kind.external_aad().as_bytes();
    head(frame, 2, aad.len());
    push(frame, aad);
    head(frame, 2, payload);
}

/// `<< {1: -19, 4: kid} >>` as a byte string.
const fn protected(kid: KeyId) -> [u8; 10] {
    let [a, b, c, d] = kid.0;
    [0x49, 0xa2, 0x01, 0x32, 0x04, 0x44, a, b, c, d]
}

/// A head in its shortest form (RFC 8949 §3).
fn head(frame: &mut Frame, major: u8, length: usize) {
    let major = major << 5;
    let wide = u32::try_from(length).unwrap_or(u32::MAX);
    let [a, b, c, d] = wide.to_be_bytes();
    match wide {
        0..24 => push(frame, &[major | d]),
        24..0x100 => push(frame, &[major | 24, d]),
        0x100..0x1_0000 => push(frame, &[major | 25, c, d]),
        _ => push(frame, &[major | 26, a, b, c, d]),
    }
}

/// A frame holds every kind's longest form (a test proves it), so nothing is ever left out.
fn push(frame: &mut Frame, bytes: &[u8]) {
    let room = frame.extend_from_slice(bytes);
    debug_assert!(room.is_ok(), "FRAME is too small");
}

/// One signature with the key it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signed<'b> {
    /// The key id in the protected header.
    pub kid: KeyId,
    /// Raw Ed25519: R ‖ s.
    pub signature: &'b [u8; 64],
}

/// A COSE_Sign1, told apart but not verified.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sign1<'b> {
    /// What is signed.
    pub payload: &'b [u8],
    /// By whom.
    pub signed: Signed<'b>,
}

impl<'b> Sign1<'b> {
    /// Reads `18([<< {1: -19, 4: kid} >>, {}, payload, signature])`.
    ///
    /// # Errors
    ///
    /// The first byte that is not in this form.
    pub fn read(bytes: &'b [u8]) -> Result<Self, Fault> {
        let mut cursor = Cursor(Heads::new(bytes));
        cursor.fixed(b"\xd2\x84")?;
        let kid = cursor.protected()?;
        cursor.fixed(b"\xa0")?;
        let payload = cursor.string()?;
        let signature = cursor.signature()?;
        cursor.end()?;
        Ok(Self { payload, signed: Signed { kid, signature } })
    }
}

/// A COSE_Sign, told apart but not verified.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sign<'b> {
    /// What is signed.
    pub payload: &'b [u8],
    signatures: &'b [u8],
}

impl<'b> Sign<'b> {
    /// Reads `98([h'', {}, payload, [[<< {1: -19, 4: kid} >>, {}, signature] …]])`: 2–16 signatures, by
    /// ascending key id.
    ///
    /// # Errors
    ///
    /// The first byte that is not in this form.
    pub fn read(bytes: &'b [u8]) -> Result<Self, Fault> {
        let mut cursor = Cursor(Heads::new(bytes));
        cursor.fixed(b"\xd8\x62\x84\x40\xa0")?;
        let payload = cursor.string()?;
        let at = cursor.fault(Flaw::Count);
        let count = match cursor.0.take(1)? {
            [count @ 0x82..=0x90] => count & 0x1f,
            _ => return Err(at),
        };
        let signatures = cursor.0.rest();
        let mut last = None;
        for _ in 0..count {
            let at = cursor.0.at();
            let signed = cursor.signed()?;
            if let Some(flaw) = order(last, signed.kid) {
                return Err(Fault { offset: at, flaw });
            }
            last = Some(signed.kid);
        }
        cursor.end()?;
        Ok(Self { payload, signatures })
    }

    /// The signatures, by ascending key id.
    pub fn signatures(&self) -> impl Iterator<Item = Signed<'b>> + use<'b> {
        let mut cursor = Cursor(Heads::new(self.signatures));
        core::iter::from_fn(move || cursor.signed().ok())
    }
}

fn order(last: Option<KeyId>, next: KeyId) -> Option<Flaw> {
    match last?.cmp(&next) {
        core::cmp::Ordering::Less => None,
        core::cmp::Ordering::Equal => Some(Flaw::Duplicate),
        core::cmp::Ordering::Greater => Some(Flaw::Unsorted),
    }
}

/// Reads an envelope's fixed bytes and what stands between them.
struct Cursor<'b>(Heads<'b>);

impl<'b> Cursor<'b> {
    fn signed(&mut self) -> Result<Signed<'b>, Fault> {
        self.fixed(b"\x83")?;
        let kid = self.protected()?;
        self.fixed(b"\xa0")?;
        Ok(Signed { kid, signature: self.signature()? })
    }

    fn protected(&mut self) -> Result<KeyId, Fault> {
        self.fixed(&[0x49, 0xa2, 0x01, 0x32, 0x04, 0x44])?;
        self.exactly().map(|kid| KeyId(*kid))
    }

    fn signature(&mut self) -> Result<&'b [u8; 64], Fault> {
        self.fixed(&[0x58, 0x40])?;
        self.exactly()
    }

    /// A byte string with its head in the shortest form.
    fn string(&mut self) -> Result<&'b [u8], Fault> {
        let at = self.fault(Flaw::Header);
        match self.0.head()? {
            (2, length) => self.0.take(length),
            _ => Err(at),
        }
    }

    fn exactly<const N: usize>(&mut self) -> Result<&'b [u8; N], Fault> {
        let at = self.fault(Flaw::Truncated);
        self.0.take(N as u64)?.try_into().map_err(|_| at)
    }

    fn fixed(&mut self, template: &[u8]) -> Result<(), Fault> {
        for &byte in template {
            let at = self.fault(Flaw::Header);
            if self.0.take(1)? != [byte] {
                return Err(at);
            }
        }
        Ok(())
    }

    const fn fault(&self, flaw: Flaw) -> Fault {
        Fault { offset: self.0.at(), flaw }
    }

    const fn end(&self) -> Result<(), Fault> {
        if self.0.is_done() { Ok(()) } else { Err(self.fault(Flaw::Trailing)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_frame_fits() {
        for kind in Kind::ALL {
            let frame = frame_of_many(kind, KeyId([9; 4]), u32::MAX as usize);
            assert!(frame.ends_with(&[0x5a, 0xff, 0xff, 0xff, 0xff]), "{kind:?}");
        }
    }

    #[test]
    fn a_frame_by_hand() {
        let message = to_be_signed::<128>(Kind::Permit, KeyId([1, 2, 3, 4]), b"\x80").unwrap();
        assert_eq!(&message[..], b"\x84\x6aSignature1\x49\xa2\x01\x32\x04\x44\x01\x02\x03\x04\x56border-permit/permit/1\x41\x80");
    }

    #[test]
    fn envelopes_byte_by_byte() {
        let mut bytes = b"\xd2\x84\x49\xa2\x01\x32\x04\x44abcd\xa0\x41\x80\x58\x40".to_vec();
        bytes.extend([7; 64]);
        let read = Sign1::read(&bytes).unwrap();
        assert_eq!((read.payload, read.signed.kid), (&b"\x80"[..], KeyId(*b"abcd")));
        for cut in 0..bytes.len() {
            assert_eq!(Sign1::read(&bytes[..cut]).unwrap_err().flaw, Flaw::Truncated);
        }
        let fixed = (0..8).chain(12..14).chain(15..17);
        for at in fixed {
            let mut bad = bytes.clone();
            bad[at] ^= 0x80;
            assert!(Sign1::read(&bad).is_err(), "byte {at}");
        }
        bytes.push(0);
        assert_eq!(Sign1::read(&bytes), Err(Fault { offset: 81, flaw: Flaw::Trailing }));
    }

    #[test]
    fn signers_ascend_and_are_distinct() {
        let one = |kid: &[u8; 4]| {
            [b"\x83\x49\xa2\x01\x32\x04\x44", &kid[..], b"\xa0\x58\x40", &[7; 64]].concat()
        };
        let of = |kids: &[&[u8; 4]]| {
            let mut bytes = b"\xd8\x62\x84\x40\xa0\x41\x80".to_vec();
            bytes.push(0x80 | u8::try_from(kids.len()).unwrap());
            kids.iter().for_each(|kid| bytes.extend(one(kid)));
            bytes
        };
        assert_eq!(Sign::read(&of(&[b"aaaa", b"aaab"])).unwrap().signatures().count(), 2);
        assert_eq!(Sign::read(&of(&[b"aaaa", b"aaaa"])).unwrap_err().flaw, Flaw::Duplicate);
        assert_eq!(Sign::read(&of(&[b"aaab", b"aaaa"])).unwrap_err().flaw, Flaw::Unsorted);
        assert_eq!(Sign::read(&of(&[b"aaaa"])).unwrap_err().flaw, Flaw::Count);
    }
}
