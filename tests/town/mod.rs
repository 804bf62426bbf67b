//! A small zone of two sides with every document, easily changed and then bundled again.
//!
//! [`Town::new`] is sound in every part; a test changes what it is about and calls [`Town::bundle`],
//! which pins and signs whatever is there.

mod documents;
mod sample;

pub use documents::{Document, Header};
pub use sample::{CROSSINGS, crossing, delegated, direct, permit, region, station};

use permit_core::{
    Accepted, Anchor, Checkpoint, Day, Direction, Judgement, KeySlot, Kind, Now, Presence, Side,
    TerminalFault, Terms, Trust, TrustError, UnixTime, Verifier, sha256, trust::Role,
};

use crate::{item::Item, key::Key};

/// Threshold and keys of the roles of a side, in the order of [`Role::ALL`]; the last three are headquarters'.
pub type Roles = [(u8, Vec<Key>); 11];

/// Everything a bundle is made of.
#[derive(Clone, Debug)]
pub struct Town {
    /// The newest root's keys.
    pub roles: [Roles; 2],
    /// The chain of roots.
    pub roots: Vec<Document>,
    /// The zone register.
    pub zone: Document,
    /// The sides.
    pub sides: [Option<Half>; 2],
}

/// One side's documents.
#[derive(Clone, Debug)]
pub struct Half {
    /// Its pins are filled in when the bundle is made, unless [`Half::pinned`] is off.
    pub snapshot: Document,
    /// Station list, revocations, issued register, presence list, readers, countersigned heads.
    pub documents: [Option<Document>; 6],
    /// Whether to fill in the pins.
    pub pinned: bool,
}

/// A day by its date.
///
/// # Panics
///
/// When there is no such day.
#[must_use]
pub fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_civil(year, month, day).expect("a date")
}

/// The day on which most questions are asked.
#[must_use]
pub fn today() -> Day {
    day(1963, 9, 10)
}

/// When the documents were signed: 1963-09-09, midnight at the crossings.
#[must_use]
pub fn issued() -> UnixTime {
    day(1963, 9, 9).begins(480)
}

/// Noon at the crossings.
#[must_use]
pub fn noon(day: Day) -> UnixTime {
    day.begins(480).plus(12 * 3600)
}

/// One side's index.
#[must_use]
pub const fn index(side: Side) -> usize {
    side as usize
}

impl Half {
    /// The envelopes, the snapshot's first.
    #[must_use]
    pub fn envelopes(&self) -> Vec<Option<Vec<u8>>> {
        let envelopes: Vec<_> =
            self.documents.iter().map(|d| d.as_ref().map(Document::envelope)).collect();
        let mut snapshot = self.snapshot.clone();
        if self.pinned {
            *snapshot.payload.at(&[6]) = pins(&self.documents, &envelopes);
        }
        core::iter::once(Some(snapshot.envelope())).chain(envelopes).collect()
    }
}

/// `[document, version, length, digest]` of what is there.
#[must_use]
pub fn pins(documents: &[Option<Document>; 6], envelopes: &[Option<Vec<u8>>]) -> Item {
    let there = documents.iter().zip(envelopes).enumerate();
    let pins = there.filter_map(|(index, (document, envelope))| {
        let (document, envelope) = (document.as_ref()?, envelope.as_ref()?);
        let length = u32::try_from(envelope.len()).ok()?;
        let index = u8::try_from(index).ok()?;
        Some(crate::array![index, document.version(), length, sha256(&[envelope])])
    });
    Item::Array(pins.collect())
}

impl Town {
    /// The bundle's envelopes, so that a test can exchange some of them.
    #[must_use]
    pub fn parts(&self) -> Parts {
        Parts {
            roots: self.roots.iter().map(Document::envelope).collect(),
            zone: self.zone.envelope(),
            sides: self.sides.each_ref().map(|half| half.as_ref().map(Half::envelopes)),
        }
    }

    /// The bundle.
    #[must_use]
    pub fn bundle(&self) -> Vec<u8> {
        self.parts().bundle()
    }

    /// The first root's fingerprint.
    #[must_use]
    pub fn anchor(&self) -> Anchor {
        Anchor(sha256(&[&self.roots[0].payload.encode()]))
    }

    /// Takes the bundle on a terminal that was provisioned with the first root and knows nothing else.
    ///
    /// # Errors
    ///
    /// As [`Trust::open`].
    pub fn open(&self) -> Result<&'static Trust<'static>, TrustError> {
        open(&self.bundle(), &Terms { anchor: self.anchor(), before: None, now: None })
    }

    /// Takes the bundle after `before`.
    ///
    /// # Errors
    ///
    /// As [`Trust::open`].
    pub fn open_after(&self, before: &Accepted) -> Result<&'static Trust<'static>, TrustError> {
        open(&self.bundle(), &Terms { anchor: self.anchor(), before: Some(before), now: None })
    }

    /// One side's half.
    ///
    /// # Panics
    ///
    /// When it was taken out.
    pub fn half(&mut self, side: Side) -> &mut Half {
        self.sides[index(side)].as_mut().expect("that side is there")
    }

    /// A document of a side; 0 station list … 4 readers, 5 countersigned heads.
    ///
    /// # Panics
    ///
    /// When it is not there.
    pub fn document(&mut self, side: Side, which: usize) -> &mut Document {
        self.half(side).documents[which].as_mut().expect("that document is there")
    }

    /// All documents but the roots.
    pub fn documents(&mut self) -> Vec<&mut Document> {
        let mut all = vec![&mut self.zone];
        for half in self.sides.iter_mut().flatten() {
            all.push(&mut half.snapshot);
            all.extend(half.documents.iter_mut().flatten());
        }
        all
    }

    /// A newer root with these keys, signed by the old and the new; the documents are signed anew.
    pub fn rotate(&mut self, roles: [Roles; 2]) {
        let mut signers = root_signers(&self.roles);
        signers.extend(root_signers(&roles));
        let last = self.roots.last().expect("a root");
        let mut root = Document::root(last.version() + 1, documents::is_demo(last), &roles);
        root.signers = distinct(signers);
        self.roots.push(root);
        self.roles = roles;
        self.resign();
    }

    /// Has every document signed by as many keys of the newest root as its role demands.
    pub fn resign(&mut self) {
        let roles = self.roles.clone();
        self.zone.signers = [0, 1].iter().flat_map(|side| enough(&roles[*side], 1)).collect();
        for (side, half) in self.sides.iter_mut().enumerate() {
            let Some(half) = half else { continue };
            half.snapshot.signers = enough(&roles[side], role_index(Kind::Snapshot));
            for document in half.documents.iter_mut().flatten() {
                document.signers = enough(&roles[side], role_index(document.kind));
            }
        }
    }
}

fn root_signers(roles: &[Roles; 2]) -> Vec<Key> {
    roles.iter().flat_map(|roles| enough(roles, 0)).collect()
}

fn enough(roles: &Roles, role: usize) -> Vec<Key> {
    let (threshold, keys) = &roles[role];
    keys.iter().take((*threshold).into()).cloned().collect()
}

fn role_index(kind: Kind) -> usize {
    Role::ALL.iter().position(|role| role.kind() == kind).expect("a role")
}

fn distinct(mut keys: Vec<Key>) -> Vec<Key> {
    keys.sort_by_key(Key::id);
    keys.dedup_by_key(|key| key.id());
    keys
}

/// The envelopes of a bundle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parts {
    /// Roots.
    pub roots: Vec<Vec<u8>>,
    /// The zone register.
    pub zone: Vec<u8>,
    /// Snapshot and the six documents, of each side; the last is left out of the bundle where it is not there.
    pub sides: [Option<Vec<Option<Vec<u8>>>>; 2],
}

impl Parts {
    /// The bundle of these.
    #[must_use]
    pub fn bundle(&self) -> Vec<u8> {
        let side = |side: &Option<Vec<Option<Vec<u8>>>>| {
            side.as_ref().map(|side| {
                let heads = usize::from(side.get(6).is_some_and(Option::is_some));
                side.iter().take(6 + heads).cloned().map(Item::from).collect::<Vec<_>>()
            })
        };
        let roots: Vec<_> = self.roots.iter().cloned().map(Item::Bytes).collect();
        let [a, b] = &self.sides;
        crate::array!["border-permit-bundle/1", roots, self.zone.clone(), side(a), side(b)].encode()
    }
}

/// Takes a bundle; what it borrows lives as long as the tests.
///
/// # Errors
///
/// As [`Trust::open`].
pub fn open(bundle: &[u8], terms: &Terms<'_>) -> Result<&'static Trust<'static>, TrustError> {
    let bytes: &'static [u8] = Vec::leak(bundle.to_vec());
    let slots: &'static mut [KeySlot] = Vec::leak(vec![KeySlot::EMPTY; 64]);
    Trust::open(bytes, terms, slots).map(|trust| &*Box::leak(Box::new(trust)))
}

/// The same without keeping anything: only whether it is taken, and why not.
///
/// # Errors
///
/// As [`Trust::open`].
pub fn try_open(bundle: &[u8], terms: &Terms<'_>) -> Result<(), TrustError> {
    let mut slots = [KeySlot::EMPTY; 64];
    Trust::open(bundle, terms, &mut slots).map(|_| ())
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Where.
    pub checkpoint: Checkpoint,
    /// When.
    pub now: Now,
    /// What the journal knows.
    pub presence: Option<Presence>,
    /// What the terminal lacks.
    pub fault: Option<TerminalFault>,
}

impl Ask {
    /// Outward for a holder of side A, at crossing 1, today at noon.
    #[must_use]
    pub fn new() -> Self {
        Self::at(1, Side::A, Direction::Exit)
    }

    /// The same, homeward.
    #[must_use]
    pub fn homeward() -> Self {
        Self::at(1, Side::A, Direction::Entry)
    }

    /// Today at noon somewhere.
    #[must_use]
    pub fn at(crossing: u16, side: Side, direction: Direction) -> Self {
        let now = Now::read(Some(noon(today())), issued());
        let checkpoint = Checkpoint { crossing, side, direction };
        Self { checkpoint, now, presence: None, fault: None }
    }

    /// At another moment, by a trusted clock.
    #[must_use]
    pub fn when(self, time: UnixTime) -> Self {
        Self { now: Now::read(Some(time), issued()), ..self }
    }

    /// Noon of another day.
    #[must_use]
    pub fn on(self, day: Day) -> Self {
        self.when(noon(day))
    }

    /// At another crossing.
    #[must_use]
    pub fn through(self, crossing: u16) -> Self {
        Self { checkpoint: Checkpoint { crossing, ..self.checkpoint }, ..self }
    }

    /// With something known.
    #[must_use]
    pub fn knowing(self, presence: Presence) -> Self {
        Self { presence: Some(presence), ..self }
    }

    /// The answer.
    ///
    /// # Panics
    ///
    /// When the register does not have the crossing.
    #[must_use]
    pub fn judge<'t>(&self, trust: &'t Trust<'t>, scan: &[u8]) -> Judgement {
        let verifier = Verifier::new(trust, self.checkpoint).expect("a listed crossing");
        let verifier = verifier.with_fault(self.fault);
        match &self.presence {
            Some(presence) => verifier.verify(scan, presence, &self.now),
            None => verifier.verify(scan, &permit_core::NoLedger, &self.now),
        }
    }
}

impl Default for Ask {
    fn default() -> Self {
        Self::new()
    }
}

/// Code of the verdict, then of the other findings.
#[must_use]
pub fn codes(judgement: &Judgement) -> Vec<u8> {
    core::iter::once(judgement.verdict.code())
        .chain(judgement.also.iter().map(|finding| finding.reason.code()))
        .collect()
}
