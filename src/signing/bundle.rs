//! Bundles: every trust document in one file, taken by a reader's own rules before it is written.

use permit_core::{
    Accepted, Anchor, KeySlot, Side, Terms, Trust, TrustError, UnixTime,
    trust::{Bundle, MAGIC, Role, SideBundle},
};
use thiserror::Error;

use crate::{
    document::{head, payload},
    draft::Draft,
};

/// The envelopes of a bundle, each a file of its own.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Parts {
    /// Every root since the first.
    pub roots: Vec<Vec<u8>>,
    /// The zone register.
    pub zone: Vec<u8>,
    /// Side A.
    pub a: Option<SideParts>,
    /// Side B.
    pub b: Option<SideParts>,
}

/// One side's envelopes.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct SideParts {
    /// The snapshot.
    pub snapshot: Vec<u8>,
    /// Station list, revocations, issued register, presence list, readers, countersigned heads; the first two are
    /// needed.
    pub documents: [Option<Vec<u8>>; 6],
}

/// Why there is no bundle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum BundleError {
    /// No root among the parts.
    #[error("no root to anchor the bundle to")]
    NoRoot,
    /// A reader would not take it.
    #[error("a reader would not take this bundle: {0}")]
    Refused(#[from] TrustError),
}

impl Parts {
    /// The file, after core has taken it: anchored at the first root, against what was published before
    /// and the clock, where they are given.
    ///
    /// # Errors
    ///
    /// The rule a reader would refuse it by.
    pub fn assemble(
        &self,
        before: Option<&Accepted>,
        now: Option<UnixTime>,
    ) -> Result<Vec<u8>, BundleError> {
        let bytes = self.to_bytes();
        let anchor = Anchor::of(self.roots.first().ok_or(BundleError::NoRoot)?)?;
        let mut slots = slots(&bytes);
        Trust::open(&bytes, &Terms { anchor, before, now }, &mut slots)?;
        Ok(bytes)
    }

    /// Takes a bundle apart without believing any of it.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a bundle.
    pub fn of(bytes: &[u8]) -> Result<Self, permit_core::Fault> {
        let bundle = Bundle::read(bytes)?;
        let side = |side| bundle.side(side).map(SideParts::from);
        Ok(Self {
            roots: bundle.roots.iter().map(<[u8]>::to_vec).collect(),
            zone: bundle.zone.to_vec(),
            a: side(Side::A),
            b: side(Side::B),
        })
    }

    /// Of each part the newer one: what two sides published at different times, for whoever has both. Nothing is
    /// believed of either.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let roots = if self.roots.len() < other.roots.len() { other.roots } else { self.roots };
        let zone = if version(Role::Zone, &self.zone) < version(Role::Zone, &other.zone) {
            other.zone
        } else {
            self.zone
        };
        let snapshot = |side: &Option<SideParts>| {
            side.as_ref().map(|it| version(Role::Snapshot, &it.snapshot))
        };
        let newer = |ours, theirs| if snapshot(&ours) < snapshot(&theirs) { theirs } else { ours };
        Self { roots, zone, a: newer(self.a, other.a), b: newer(self.b, other.b) }
    }

    /// `["border-permit-bundle/1", [root …], zone, side A, side B]`
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![0x85];
        head(&mut out, 3, MAGIC.len());
        out.extend_from_slice(MAGIC.as_bytes());
        head(&mut out, 4, self.roots.len());
        self.roots.iter().for_each(|root| string(&mut out, root));
        string(&mut out, &self.zone);
        for side in [&self.a, &self.b] {
            let Some(side) = side else {
                out.push(NULL);
                continue;
            };
            let [first @ .., heads] = &side.documents;
            let documents = if heads.is_some() { &side.documents[..] } else { first };
            out.push(if heads.is_some() { 0x87 } else { 0x86 });
            string(&mut out, &side.snapshot);
            for document in documents {
                match document {
                    Some(document) => string(&mut out, document),
                    None => out.push(NULL),
                }
            }
        }
        out
    }
}

impl From<&SideBundle<'_>> for SideParts {
    fn from(side: &SideBundle<'_>) -> Self {
        let documents = side.documents.map(|document| document.map(<[u8]>::to_vec));
        Self { snapshot: side.snapshot.to_vec(), documents }
    }
}

/// The version of a document; 0 where it is none.
fn version(role: Role, envelope: &[u8]) -> u32 {
    let draft = payload(envelope).and_then(|payload| Draft::decode(role, payload).ok());
    draft.map_or(0, |draft| draft.header().version)
}

/// What a reader that has this bundle accepted, anchored at a root.
///
/// # Errors
///
/// The rule a reader would refuse it by.
pub fn accepted(bundle: &[u8], root: &[u8]) -> Result<Accepted, BundleError> {
    let terms = Terms { anchor: Anchor::of(root)?, before: None, now: None };
    Ok(*Trust::open(bundle, &terms, &mut slots(bundle))?.accepted())
}

/// Room for the index of station keys: no bundle holds more keys than it has bytes to hold.
#[must_use]
pub fn slots(bundle: &[u8]) -> Vec<KeySlot> {
    vec![KeySlot::EMPTY; bundle.len() / 32 + 1]
}

fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    head(out, 2, bytes.len());
    out.extend_from_slice(bytes);
}

const NULL: u8 = 0xf6;
