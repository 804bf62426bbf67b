//! What every trust document begins with.
//!
//! Version, times and zone, in the same place in each, so that freshness and rollback are judged alike
//! for all of them and no document of one zone is taken for another's.

use crate::{
    Fault, Flaw, Side, UnixTime,
    cbor::{self, DOCUMENT_DEPTH, Fields, Result},
};

/// Largest document in bytes.
pub const DOCUMENT: usize = 4 * 1024 * 1024;

/// The first five fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Counts up from 1.
    pub version: u32,
    /// When it was signed.
    pub issued: UnixTime,
    /// When a newer one is due.
    pub next_update: UnixTime,
    /// When it stops making anything valid.
    pub expires: UnixTime,
    /// Number of the zone.
    pub zone: u16,
}

impl Header {
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        let version = fields.positive()?;
        let issued = fields.time()?;
        let at = fields.fault(Flaw::Range);
        let next_update = fields.time()?;
        let expires = fields.time()?;
        let zone = fields.positive()?;
        if issued < next_update && next_update <= expires {
            Ok(Self { version, issued, next_update, expires, zone })
        } else {
            Err(at)
        }
    }
}

/// Passes the gate and reads the header of a payload of `count` fields.
pub(crate) fn open(payload: &[u8], count: u64) -> Result<(Header, Fields<'_>)> {
    let at = Fault { offset: 0, flaw: Flaw::Count };
    let (header, fields, found) = open_any(payload)?;
    if found == count { Ok((header, fields)) } else { Err(at) }
}

/// The same of a payload with any number of fields, which is given back.
pub(crate) fn open_any(payload: &[u8]) -> Result<(Header, Fields<'_>, u64)> {
    if payload.len() > DOCUMENT {
        return Err(Fault { offset: DOCUMENT, flaw: Flaw::TooLong });
    }
    cbor::gate(payload, DOCUMENT_DEPTH)?;
    let mut fields = Fields::new(payload);
    let count = fields.count()?;
    let header = Header::read(&mut fields)?;
    Ok((header, fields, count))
}

/// 0 for side A, 1 for side B.
pub(crate) fn side(fields: &mut Fields<'_>) -> Result<Side> {
    Ok(if fields.number::<u8>(0, 1)? == 0 { Side::A } else { Side::B })
}

/// Header and side of a document of one side, which its own decoder still has to accept.
pub(crate) fn of_one_side(payload: &[u8]) -> Result<(Header, Side)> {
    let mut fields = Fields::new(payload);
    fields.count()?;
    Ok((Header::read(&mut fields)?, side(&mut fields)?))
}
