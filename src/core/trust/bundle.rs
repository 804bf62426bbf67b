//! A bundle: one file with every trust document, told apart but not verified.

use crate::{
    Fault, Flaw, Side,
    cbor::{self, DOCUMENT_DEPTH, Fields, Result},
    trust::{
        header::DOCUMENT,
        list::{By, List, list},
    },
};

/// Largest bundle in bytes.
pub const BUNDLE: usize = 16 * 1024 * 1024;
/// The first item of a bundle.
pub const MAGIC: &str = "border-permit-bundle/1";
/// Most roots in a chain.
const ROOTS: u64 = 64;

/// The envelopes of a bundle.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'b> {
    /// Every root since the first, COSE_Sign.
    pub roots: List<'b, &'b [u8]>,
    /// The zone register, COSE_Sign.
    pub zone: &'b [u8],
    sides: [Option<SideBundle<'b>>; 2],
}

/// One side's envelopes.
#[derive(Clone, Copy, Debug)]
pub struct SideBundle<'b> {
    /// The snapshot.
    pub snapshot: &'b [u8],
    /// Station list, revocations, issued register, presence list, readers, countersigned heads.
    pub documents: [Option<&'b [u8]>; 6],
}

impl<'b> Bundle<'b> {
    /// Reads `["border-permit-bundle/1", [root …], zone, side A, side B]`.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a bundle.
    pub fn read(bytes: &'b [u8]) -> core::result::Result<Self, Fault> {
        if bytes.len() > BUNDLE {
            return Err(Fault { offset: BUNDLE, flaw: Flaw::TooLong });
        }
        cbor::gate(bytes, DOCUMENT_DEPTH)?;
        let mut fields = Fields::new(bytes);
        fields.array(5)?;
        let at = fields.fault(Flaw::Header);
        if fields.text(40, |c| c.is_ascii_graphic())? != MAGIC {
            return Err(at);
        }
        let at = fields.fault(Flaw::Count);
        let roots = list(&mut fields, document, By::Nothing)?;
        if roots.is_empty() || roots.len() > ROOTS {
            return Err(at);
        }
        let zone = document(&mut fields)?;
        let sides = [fields.optional(side)?, fields.optional(side)?];
        Ok(Self { roots, zone, sides })
    }

    /// One side's envelopes.
    #[must_use]
    pub const fn side(&self, side: Side) -> Option<&SideBundle<'b>> {
        let [a, b] = &self.sides;
        match side {
            Side::A => a.as_ref(),
            Side::B => b.as_ref(),
        }
    }
}

/// `[snapshot, stations, revocations, issued, presence, readers]`, and the heads at its end where there are any
fn side<'b>(fields: &mut Fields<'b>) -> Result<SideBundle<'b>> {
    let at = fields.fault(Flaw::Count);
    let count = fields.count()?;
    if count != 6 && count != 7 {
        return Err(at);
    }
    Ok(SideBundle {
        snapshot: document(fields)?,
        documents: [
            Some(document(fields)?),
            Some(document(fields)?),
            fields.optional(document)?,
            fields.optional(document)?,
            fields.optional(document)?,
            if count == 7 { Some(document(fields)?) } else { None },
        ],
    })
}

fn document<'b>(fields: &mut Fields<'b>) -> Result<&'b [u8]> {
    let at = fields.fault(Flaw::TooLong);
    let bytes = fields.bytes()?;
    if bytes.len() > DOCUMENT { Err(at) } else { Ok(bytes) }
}
