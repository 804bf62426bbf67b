//! Taking a bundle: whole or not at all.
//!
//! The rules are TUF's (specification 1.0.33, §5) as far as they apply to one file with every root
//! since the first: an unbroken chain of roots through the installed one, thresholds of distinct keys,
//! no rollback, no fork, no mix, nothing signed in the future. An expired document is taken, so that
//! the terminal can say how old its lists are; it makes nothing valid.
//!
//! Limits come before arithmetic, and signatures before the soundness of the keys they cover: what
//! nobody signed costs a walk over its bytes and one failed signature, however large it is.

use crate::{
    Fault, KeyId, Side, UnixTime,
    clock::AHEAD,
    cose::{Kind, Sign},
    key::sha256,
    trust::{
        Lists, Trust,
        bundle::{Bundle, SideBundle},
        error::{Document, TrustError},
        header::{self, Header},
        registers::{HeadList, IssuedRegister, PresenceList, ReaderList},
        revocations::Revocations,
        root::{Role, Root},
        signatures::{Attested, by_all, by_side},
        snapshot::{Pinned, Snapshot},
        stations::{KeySlot, StationList},
        zone::ZoneRegister,
    },
};

/// How a payload is read.
type Decode<'b, T> = fn(&'b [u8]) -> Result<T, Fault>;

/// The root a terminal was provisioned with: SHA-256 of its payload.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchor(pub [u8; 32]);

impl Anchor {
    /// The fingerprint of an enveloped root.
    ///
    /// # Errors
    ///
    /// When the bytes are not an enveloped root.
    pub fn of(root: &[u8]) -> Result<Self, TrustError> {
        let malformed = |fault| TrustError::Malformed(Document::Root, fault);
        let sign = Sign::read(root).map_err(malformed)?;
        Root::form(sign.payload).map_err(malformed)?;
        Ok(Self(sha256(&[sign.payload])))
    }
}

/// Version and contents of a document that was accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Its version.
    pub version: u32,
    /// SHA-256 of its payload.
    pub digest: [u8; 32],
}

/// What was accepted: the next bundle may not fall behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// The newest root.
    pub root: Mark,
    /// The zone register.
    pub zone: Mark,
    /// Snapshot, then the six documents, of side A and of side B.
    pub sides: [[Option<Mark>; 7]; 2],
    /// The newest signed time of all of them.
    pub newest: UnixTime,
}

/// On what terms a bundle is taken.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'p> {
    /// The installed root.
    pub anchor: Anchor,
    /// What was accepted before, if anything.
    pub before: Option<&'p Accepted>,
    /// The clock, if it is trusted.
    pub now: Option<UnixTime>,
}

impl<'b> Trust<'b> {
    /// Takes a bundle. `slots` is lent for the index of station keys, one slot a key.
    ///
    /// # Errors
    ///
    /// The first rule it breaks.
    pub fn open(
        bytes: &'b [u8],
        terms: &Terms<'_>,
        slots: &'b mut [KeySlot],
    ) -> Result<Self, TrustError> {
        let bundle = Bundle::read(bytes).map_err(|fault| match fault.flaw {
            crate::Flaw::TooLong => TrustError::TooLarge(Document::Bundle),
            _ => TrustError::Malformed(Document::Bundle, fault),
        })?;
        let mut taking = Taking::chain(&bundle, terms)?;
        let zone = taking.zone(&bundle)?;
        let a = taking.side(Side::A, bundle.side(Side::A), &zone)?;
        let b = taking.side(Side::B, bundle.side(Side::B), &zone)?;
        let sides = [a, b];
        let slots = index(&sides, slots)?;
        Ok(Self { root: taking.root, zone, sides, slots, accepted: taking.accepted })
    }
}

/// A bundle being taken: the newest root, the root accepted before, and the marks so far.
struct Taking<'b, 'p> {
    terms: &'p Terms<'p>,
    root: Root<'b>,
    /// The root that was the newest when the last bundle was accepted.
    old: Option<Root<'b>>,
    accepted: Accepted,
}

impl<'b, 'p> Taking<'b, 'p> {
    /// Walks the chain of roots: first what costs nothing, then whether one of them is the installed one,
    /// and only then the signatures, and the keys that count from here on.
    fn chain(bundle: &Bundle<'b>, terms: &'p Terms<'p>) -> Result<Self, TrustError> {
        let (mut newest, mut old, mut anchored): (Option<(Root<'b>, Mark)>, _, _) =
            (None, None, false);
        for envelope in bundle.roots.iter() {
            let (root, mark) = next_root(envelope, newest.as_ref().map(|(root, _)| root))?;
            not_ahead(Document::Root, &root.header, terms)?;
            anchored |= mark.digest == terms.anchor.0;
            if let Some(before) = terms.before.filter(|before| before.root.version == mark.version)
            {
                same_contents(Document::Root, before.root, mark)?;
                old = Some(root);
            }
            newest = Some((root, mark));
        }
        let Some((root, mark)) = newest else { return Err(TrustError::Missing(Document::Root)) };
        if !anchored {
            return Err(TrustError::Anchor { fingerprint: mark.digest, version: mark.version });
        }
        if let Some(before) = terms.before.filter(|before| mark.version < before.root.version) {
            return Err(TrustError::Rollback {
                document: Document::Root,
                have: before.root.version,
                offered: mark.version,
            });
        }
        signed_chain(bundle)?;
        if !root.is_sound() {
            return Err(TrustError::WeakKey { document: Document::Root, station: None });
        }
        let accepted =
            Accepted { root: mark, zone: mark, sides: [[None; 7]; 2], newest: root.header.issued };
        Ok(Self { terms, root, old, accepted })
    }

    fn zone(&mut self, bundle: &Bundle<'b>) -> Result<ZoneRegister<'b>, TrustError> {
        let parties = Side::BOTH.map(|side| (side, *self.root.keys(side, Role::Zone)));
        let payload = by_all(bundle.zone, Kind::Zone, Document::Zone, &parties)?;
        let zone = read(payload, Document::Zone, ZoneRegister::decode)?;
        let replaced = Side::BOTH.iter().all(|side| self.replaced(*side, Role::Zone));
        let before = self.terms.before.map(|before| before.zone).filter(|_| !replaced);
        self.accepted.zone = self.mark(Document::Zone, &zone.header, payload, before)?;
        Ok(zone)
    }

    fn side(
        &mut self,
        side: Side,
        bundle: Option<&SideBundle<'b>>,
        zone: &ZoneRegister<'b>,
    ) -> Result<Option<Lists<'b>>, TrustError> {
        let Some(bundle) = bundle else {
            let had = self
                .terms
                .before
                .is_some_and(|before| of_side(&before.sides, side).iter().any(Option::is_some));
            return if had { Err(TrustError::Missing(Document::Snapshot(side))) } else { Ok(None) };
        };
        let snapshot = self.snapshot(side, bundle.snapshot)?;
        self.minimum(side, Document::Root, snapshot.root, self.root.header.version)?;
        self.minimum(side, Document::Zone, snapshot.zone, zone.header.version)?;
        let [stations, revocations, issued, presence, readers, heads] = bundle.documents;
        Ok(Some(Lists {
            stations: self.needed(
                side,
                &snapshot,
                Pinned::Stations,
                stations,
                StationList::decode,
            )?,
            revocations: self.needed(
                side,
                &snapshot,
                Pinned::Revocations,
                revocations,
                Revocations::decode,
            )?,
            issued: self.offered(
                side,
                &snapshot,
                Pinned::Issued,
                issued,
                IssuedRegister::decode,
            )?,
            presence: self.offered(
                side,
                &snapshot,
                Pinned::Presence,
                presence,
                PresenceList::decode,
            )?,
            readers: self.offered(side, &snapshot, Pinned::Readers, readers, ReaderList::decode)?,
            heads: self.offered(side, &snapshot, Pinned::Heads, heads, HeadList::decode)?,
            snapshot,
        }))
    }

    fn snapshot(&mut self, side: Side, bytes: &'b [u8]) -> Result<Snapshot<'b>, TrustError> {
        let document = Document::Snapshot(side);
        let payload = by_side(
            bytes,
            Kind::Snapshot,
            document,
            (side, *self.root.keys(side, Role::Snapshot)),
        )?;
        let snapshot = read(payload, document, Snapshot::decode)?;
        if snapshot.side != side {
            return Err(TrustError::OtherSide(document));
        }
        let before = self.before(side, 0, Role::Snapshot);
        let mark = self.mark(document, &snapshot.header, payload, before)?;
        self.remember(side, 0, mark);
        Ok(snapshot)
    }

    fn needed<T>(
        &mut self,
        side: Side,
        snapshot: &Snapshot<'b>,
        which: Pinned,
        bytes: Option<&'b [u8]>,
        decode: Decode<'b, T>,
    ) -> Result<T, TrustError> {
        self.offered(side, snapshot, which, bytes, decode)?
            .ok_or(TrustError::Missing(document(which, side)))
    }

    fn offered<T>(
        &mut self,
        side: Side,
        snapshot: &Snapshot<'b>,
        which: Pinned,
        bytes: Option<&'b [u8]>,
        decode: Decode<'b, T>,
    ) -> Result<Option<T>, TrustError> {
        let Some(payload) = self.pinned(side, snapshot, which, bytes)? else { return Ok(None) };
        read(payload, document(which, side), decode).map(Some)
    }

    /// The payload of one of the pinned documents, absent or not as the snapshot says.
    fn pinned(
        &mut self,
        side: Side,
        snapshot: &Snapshot<'b>,
        which: Pinned,
        bytes: Option<&'b [u8]>,
    ) -> Result<Option<Attested<'b>>, TrustError> {
        let (document, role) = (document(which, side), role(which));
        let before = self.before(side, place(which), role);
        let Some(bytes) = bytes else {
            let missing = snapshot.pin(which).is_some() || before.is_some();
            return if missing { Err(TrustError::Missing(document)) } else { Ok(None) };
        };
        let payload = by_side(bytes, role.kind(), document, (side, *self.root.keys(side, role)))?;
        let (header, whose) = read(payload, document, header::of_one_side)?;
        if whose != side {
            return Err(TrustError::OtherSide(document));
        }
        if !snapshot.pin(which).is_some_and(|pin| pin.holds(bytes, header.version)) {
            return Err(TrustError::Unpinned(document));
        }
        let mark = self.mark(document, &header, payload, before)?;
        self.remember(side, place(which), mark);
        Ok(Some(payload))
    }

    /// Zone, rollback, fork and future of one document.
    fn mark(
        &mut self,
        document: Document,
        header: &Header,
        payload: Attested<'b>,
        before: Option<Mark>,
    ) -> Result<Mark, TrustError> {
        let mark = Mark { version: header.version, digest: sha256(&[payload.payload()]) };
        if header.zone != self.root.header.zone {
            return Err(TrustError::OtherZone {
                document,
                found: header.zone,
                expected: self.root.header.zone,
            });
        }
        if let Some(before) = before {
            if mark.version < before.version {
                return Err(TrustError::Rollback {
                    document,
                    have: before.version,
                    offered: mark.version,
                });
            }
            same_contents(document, before, mark)?;
        }
        not_ahead(document, header, self.terms)?;
        self.accepted.newest = self.accepted.newest.max(header.issued);
        Ok(mark)
    }

    fn minimum(
        &self,
        side: Side,
        document: Document,
        need: u32,
        offered: u32,
    ) -> Result<(), TrustError> {
        if offered < need {
            Err(TrustError::BelowMinimum { document, side, need, offered })
        } else {
            Ok(())
        }
    }

    /// The mark to hold a document of a side against: none once a new root gave the role new keys.
    fn before(&self, side: Side, place: usize, role: Role) -> Option<Mark> {
        let before = self.terms.before.filter(|_| !self.replaced(side, role))?;
        of_side(&before.sides, side).get(place).copied().flatten()
    }

    fn replaced(&self, side: Side, role: Role) -> bool {
        self.old.is_some_and(|old| self.root.keys(side, role).replaces(old.keys(side, role)))
    }

    fn remember(&mut self, side: Side, place: usize, mark: Mark) {
        let [a, b] = &mut self.accepted.sides;
        let marks = match side {
            Side::A => a,
            Side::B => b,
        };
        if let Some(slot) = marks.get_mut(place) {
            *slot = Some(mark);
        }
    }
}

/// Reads what is signed by whom it must be.
fn read<'b, T>(
    payload: Attested<'b>,
    document: Document,
    decode: Decode<'b, T>,
) -> Result<T, TrustError> {
    decode(payload.payload()).map_err(|fault| TrustError::Malformed(document, fault))
}

/// Reads a root and holds it against the one before, but for the signatures.
fn next_root<'b>(
    envelope: &'b [u8],
    last: Option<&Root<'b>>,
) -> Result<(Root<'b>, Mark), TrustError> {
    let (root, payload) = unsigned_root(envelope)?;
    let expected = last.map_or(1, |last| last.header.version.saturating_add(1));
    if root.header.version != expected {
        return Err(TrustError::Chain { expected, found: root.header.version });
    }
    if let Some(last) = last {
        follows(&root, last)?;
    }
    Ok((root, Mark { version: root.header.version, digest: sha256(&[payload]) }))
}

fn unsigned_root(envelope: &[u8]) -> Result<(Root<'_>, &[u8]), TrustError> {
    let malformed = |fault| TrustError::Malformed(Document::Root, fault);
    let payload = Sign::read(envelope).map_err(malformed)?.payload;
    Ok((Root::form(payload).map_err(malformed)?, payload))
}

/// Holds the signatures of each root against its own keys and those of the one before.
fn signed_chain<'b>(bundle: &Bundle<'b>) -> Result<(), TrustError> {
    let mut last: Option<Root<'b>> = None;
    for envelope in bundle.roots.iter() {
        let (root, _) = unsigned_root(envelope)?;
        let of = |root: &Root<'b>, side| (side, *root.keys(side, Role::Root));
        // The first has only itself to answer to.
        let before = last.unwrap_or(root);
        let [a, b] = Side::BOTH;
        let parties = [of(&root, a), of(&root, b), of(&before, a), of(&before, b)];
        by_all(envelope, Kind::Root, Document::Root, &parties)?;
        last = Some(root);
    }
    Ok(())
}

/// What may not change from one root to the next.
fn follows(root: &Root<'_>, last: &Root<'_>) -> Result<(), TrustError> {
    if root.header.zone != last.header.zone {
        return Err(TrustError::OtherZone {
            document: Document::Root,
            found: root.header.zone,
            expected: last.header.zone,
        });
    }
    if root.demo != last.demo { Err(TrustError::DemoMixed) } else { Ok(()) }
}

fn same_contents(document: Document, before: Mark, now: Mark) -> Result<(), TrustError> {
    if now.version == before.version && now.digest != before.digest {
        return Err(TrustError::Fork { document, version: now.version });
    }
    Ok(())
}

fn not_ahead(document: Document, header: &Header, terms: &Terms<'_>) -> Result<(), TrustError> {
    match terms.now {
        Some(clock) if header.issued > clock.plus(AHEAD) => {
            Err(TrustError::Future { document, issued: header.issued, clock })
        }
        _ => Ok(()),
    }
}

/// Fills the index of station keys; whether they are sound is asked last, of as many as there is room for.
fn index<'b>(
    sides: &[Option<Lists<'b>>; 2],
    slots: &'b mut [KeySlot],
) -> Result<&'b [KeySlot], TrustError> {
    let mut used = 0_usize;
    for lists in sides.iter().flatten() {
        for (at, station) in lists.stations.stations.offsets() {
            for (place, key) in (0..).zip(station.keys.iter()) {
                let room = slots.len();
                *slots.get_mut(used).ok_or(TrustError::TooManyKeys { room })? =
                    KeySlot::new(key.id(), lists.stations.side, at, place);
                sink(slots, used);
                used = used.saturating_add(1);
            }
        }
    }
    let (filled, _) = slots.split_at_mut_checked(used).unwrap_or_default();
    if let Some((kid, side)) = twice(filled) {
        return Err(TrustError::DuplicateKey { document: Document::Stations(side), key: kid });
    }
    for lists in sides.iter().flatten() {
        let weak = lists.stations.stations.iter().find(|station| !station.is_sound());
        if let Some(station) = weak.map(|station| station.number) {
            let document = Document::Stations(lists.stations.side);
            return Err(TrustError::WeakKey { document, station: Some(station) });
        }
    }
    Ok(filled)
}

/// Moves the slot at `last` down to its place among those before it.
fn sink(slots: &mut [KeySlot], last: usize) {
    let mut at = last;
    while let Some(before) = at.checked_sub(1) {
        match slots.get(before..=at) {
            Some([a, b]) if a > b => slots.swap(before, at),
            _ => return,
        }
        at = before;
    }
}

fn twice(slots: &[KeySlot]) -> Option<(KeyId, Side)> {
    slots.windows(2).find_map(|pair| match pair {
        [a, b] if a.kid() == b.kid() && a.side() == b.side() => Some((a.kid(), a.side())),
        _ => None,
    })
}

const fn role(which: Pinned) -> Role {
    match which {
        Pinned::Stations => Role::Stations,
        Pinned::Revocations => Role::Revocations,
        Pinned::Issued => Role::Issued,
        Pinned::Presence => Role::Presence,
        Pinned::Readers => Role::Readers,
        Pinned::Heads => Role::Heads,
    }
}

const fn document(which: Pinned, side: Side) -> Document {
    match which {
        Pinned::Stations => Document::Stations(side),
        Pinned::Revocations => Document::Revocations(side),
        Pinned::Issued => Document::Issued(side),
        Pinned::Presence => Document::Presence(side),
        Pinned::Readers => Document::Readers(side),
        Pinned::Heads => Document::Heads(side),
    }
}

/// Where a document's mark stands: the snapshot is 0.
const fn place(which: Pinned) -> usize {
    match which {
        Pinned::Stations => 1,
        Pinned::Revocations => 2,
        Pinned::Issued => 3,
        Pinned::Presence => 4,
        Pinned::Readers => 5,
        Pinned::Heads => 6,
    }
}

const fn of_side<T>(both: &[T; 2], side: Side) -> &T {
    let [a, b] = both;
    match side {
        Side::A => a,
        Side::B => b,
    }
}
