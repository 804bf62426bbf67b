//! What special personnel hand back, sealed to the station that delegated: it holds names, and lies on a stick.
//!
//! The key is the station's, made of its desk's secret for this one number, and goes along in the folder of special
//! personnel. So either desk opens the file, and nobody who has neither.

use permit_record::Handed;

use crate::{
    registry::RegistryError,
    rules::{Denied, NotHandedBack},
    sealing,
    site::Site,
};

/// Before the number of the station in front of a file (format document, section 15).
const MAGIC: &[u8; 16] = b"permit-handed-1\n";
/// Both.
const HEAD: usize = MAGIC.len() + 2;

/// Whether the file of a record is sealed.
#[must_use]
pub fn is_sealed(file: &[u8]) -> bool {
    file.starts_with(MAGIC)
}

/// The file of a record, sealed.
pub(super) fn seal(key: &[u8; 32], handed: &Handed) -> Result<Vec<u8>, RegistryError> {
    let head = [&MAGIC[..], &handed.station.to_be_bytes()].concat();
    let sealed = sealing::seal(key, &handed.bytes(), &head)?;
    Ok([head, sealed].concat())
}

/// The record in a file; one that was handed back before they were sealed is read as it is.
pub(super) fn read(site: &Site, bytes: &[u8]) -> Result<Handed, RegistryError> {
    let plain = |bytes: &[u8]| Handed::read(bytes).map_err(Denied::Signature);
    if !is_sealed(bytes) {
        return Ok(plain(bytes)?);
    }
    let shut = || Denied::from(NotHandedBack::Sealed);
    let (head, sealed) = bytes.split_at_checked(HEAD).ok_or_else(shut)?;
    let station = u16::from_be_bytes([head[HEAD - 2], head[HEAD - 1]]);
    let key = site.home.hand_back_key(station)?;
    let handed = plain(&sealing::open(&key, sealed, head).ok_or_else(shut)?)?;
    if handed.station == station { Ok(handed) } else { Err(shut().into()) }
}
