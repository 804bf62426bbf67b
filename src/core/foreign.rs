//! What was scanned when it was not a permit.
//!
//! A guard who is told "this is a vaccination certificate" knows what to ask for next; "bad signature"
//! would accuse. Only the outside is looked at: no foreign format is parsed, nothing of it is kept.

use heapless::Vec;

use crate::base45;

/// Kinds of codes that people hold before a reader.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Foreign {
    /// EU Digital COVID Certificate (`HC1:`).
    HealthCertificate,
    /// SMART Health Card (`shc:/`).
    SmartHealthCard,
    /// Visible digital seal (ICAO Doc 9303-13, BSI TR-03137, TR-03171).
    Seal,
    /// Identity credential of CWT claim 169.
    Claim169,
    /// Signed ticket of the pretix system.
    Ticket,
    /// Machine-readable zone of a travel document.
    TravelDocument,
    /// A web address or other link.
    Link,
    /// Contact, network, payment or calendar data.
    Record,
    /// Any other text.
    Text,
    /// Bytes that are no text.
    Binary,
    /// Nothing at all.
    Empty,
}

/// What a scan begins with, in any case, and what that tells.
const BEGINNINGS: [(&str, Foreign); 9] = [
    ("shc:/", Foreign::SmartHealthCard),
    ("NDB1", Foreign::Seal),
    ("RDB1", Foreign::Seal),
    ("BEGIN:", Foreign::Record),
    ("WIFI:", Foreign::Record),
    ("MECARD:", Foreign::Record),
    ("BCD\n", Foreign::Record),
    ("BCD\r", Foreign::Record),
    ("www.", Foreign::Link),
];

/// Says what a scan without a permit's prefix is.
#[must_use]
pub fn recognise(scan: &[u8]) -> Foreign {
    if scan.is_empty() {
        return Foreign::Empty;
    }
    for (beginning, kind) in BEGINNINGS {
        if starts(scan, beginning) {
            return kind;
        }
    }
    for (is, kind) in LOOKS {
        if is(scan) {
            return kind;
        }
    }
    Foreign::Binary
}

type Look = fn(&[u8]) -> bool;

/// What a scan looks like, first things first.
const LOOKS: [(Look, Foreign); 7] = [
    (national_health_certificate, Foreign::HealthCertificate),
    (seal, Foreign::Seal),
    (machine_readable_zone, Foreign::TravelDocument),
    (link, Foreign::Link),
    (ticket, Foreign::Ticket),
    (claim_169, Foreign::Claim169),
    (plain, Foreign::Text),
];

fn starts(scan: &[u8], beginning: &str) -> bool {
    scan.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning.as_bytes()))
}

/// Text without control characters.
fn plain(scan: &[u8]) -> bool {
    core::str::from_utf8(scan)
        .is_ok_and(|text| !text.chars().any(|c| c.is_control() && !c.is_whitespace()))
}

/// ICAO Doc 9303: capitals, digits and `<`, with the letters of a document first.
fn machine_readable_zone(scan: &[u8]) -> bool {
    let begins = matches!(
        scan,
        [b'P' | b'V' | b'I', b'<', ..] | [b'I', b'R', b'<', ..] | [b'A', b'C', b'<', ..]
    );
    begins && scan.iter().all(|&b| matches!(b, b'A'..=b'Z' | b'0'..=b'9' | b'<' | b'\n' | b'\r'))
}

/// `HC1:` and its national kin: two letters, a digit, a colon, then base45.
fn national_health_certificate(scan: &[u8]) -> bool {
    matches!(scan, [b'H' | b'h', b'C' | b'c', b'0'..=b'9', b':', ..])
}

/// Header magic 0xDC with version byte 0–4 of a seal (also when a scanner took its bytes for
/// Latin-1).
fn seal(scan: &[u8]) -> bool {
    matches!(scan, [0xdc, 0..=4, ..] | [0xc3, 0x9c, 0..=4, ..])
}

/// A scheme (RFC 3986 §3.1) and `//`, or a scheme that people know.
fn link(scan: &[u8]) -> bool {
    let mut parts = scan.splitn(2, |&byte| byte == b':');
    let (Some(scheme), Some(rest)) = (parts.next(), parts.next()) else { return false };
    let known = [
        &b"mailto"[..],
        b"tel",
        b"sms",
        b"smsto",
        b"geo",
        b"data",
        b"openid4vp",
        b"otpauth",
        b"bitcoin",
        b"market",
    ];
    let scheme_shape = scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|&b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    scheme_shape
        && (rest.starts_with(b"//") || known.iter().any(|k| k.eq_ignore_ascii_case(scheme)))
}

/// A pretix "sig1" ticket: base64 spelled backwards of version 1, two lengths, payload, 64 bytes of signature.
fn ticket(scan: &[u8]) -> bool {
    let bytes = scan.iter().rev().filter(|&&byte| byte != b'=');
    let (mut head, mut count) = (Vec::<u8, 8>::new(), 0_usize);
    for &byte in bytes {
        let Some(value) = base64(byte) else { return false };
        count = count.saturating_add(1);
        let _ = head.push(value);
    }
    let [a, b, c, d, e, f, g, ..] = head[..] else { return false };
    let first = [
        (a << 2) | (b >> 4),
        (b << 4) | (c >> 2),
        (c << 6) | d,
        (e << 2) | (f >> 4),
        (f << 4) | (g >> 2),
    ];
    let [1, p, q, r, s] = first else { return false };
    let payload = usize::from(u16::from_be_bytes([p, q]));
    let signature = usize::from(u16::from_be_bytes([r, s]));
    let bytes = count.saturating_mul(3).div_euclid(4);
    signature == 64 && bytes == payload.saturating_add(signature).saturating_add(5)
}

#[expect(clippy::arithmetic_side_effects, reason = "each arm's range keeps the value within 0–63")]
const fn base64(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// Claim 169 (MOSIP): base45 of a zlib stream (RFC 1950), or of bare COSE with tag 16, 17, 18 or 96–98.
fn claim_169(scan: &[u8]) -> bool {
    if scan.len() < 12 || !scan.iter().all(|&byte| base45::is_digit(byte)) {
        return false;
    }
    let Some(Ok(head)) = scan.get(..6).map(base45::decode::<4>) else { return false };
    match head[..] {
        [0x78, flags, ..] => (0x7800_u32 | u32::from(flags)).is_multiple_of(31),
        [0xd0..=0xd2, 0x83 | 0x84, ..] | [0xd8, 0x60..=0x62, 0x83 | 0x84, ..] => true,
        _ => false,
    }
}
