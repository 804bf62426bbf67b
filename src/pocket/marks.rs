//! What was accepted, as bytes that a browser keeps.
//!
//! It is held apart from the lists themselves: where those are lost, the next ones are still held against it. Whoever
//! clears both can be given older lists again, which no browser can prevent.

use permit_core::trust::Mark;
use permit_core::{Accepted, UnixTime};

/// Version, newest time, root, zone, and for each of fourteen documents a mark or zeros.
const LENGTH: usize = 1 + 8 + MARK * 16;
/// Version and digest.
const MARK: usize = 4 + 32;
/// Of this form.
const FORM: u8 = 1;

/// The bytes to be kept.
pub(crate) fn write(accepted: &Accepted) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(LENGTH);
    bytes.push(FORM);
    bytes.extend(accepted.newest.0.to_be_bytes());
    let sides = accepted.sides.iter().flatten().copied();
    for mark in [Some(accepted.root), Some(accepted.zone)].into_iter().chain(sides) {
        // No document has version 0.
        let Mark { version, digest } = mark.unwrap_or(NONE);
        bytes.extend(version.to_be_bytes());
        bytes.extend(digest);
    }
    bytes
}

/// What was kept; nothing of other bytes.
pub(crate) fn read(bytes: &[u8]) -> Option<Accepted> {
    let rest = bytes.strip_prefix(&[FORM]).filter(|_| bytes.len() == LENGTH)?;
    let (newest, mut rest) = rest.split_first_chunk()?;
    let mut next = || {
        let (mark, after) = rest.split_first_chunk::<MARK>()?;
        rest = after;
        let (version, digest) = mark.split_first_chunk()?;
        let mark = Mark { version: u32::from_be_bytes(*version), digest: digest.try_into().ok()? };
        Some(Some(mark).filter(|mark| mark.version > 0))
    };
    let (root, zone) = (next()??, next()??);
    let mut sides = [[None; 7]; 2];
    for slot in sides.iter_mut().flatten() {
        *slot = next()?;
    }
    Some(Accepted { root, zone, sides, newest: UnixTime(i64::from_be_bytes(*newest)) })
}

const NONE: Mark = Mark { version: 0, digest: [0; 32] };
