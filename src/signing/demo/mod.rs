//! The demo world: two authorities, their stations, lists and permits, the same on every machine.
//!
//! Every key here comes from a public text, so anybody can sign with it: snakeoil, good under the demo
//! root only, whose contents say that they are a demonstration. All names of people are invented.

mod cases;
mod lists;

pub use cases::{Case, Outcome};

use core::convert::Infallible;

use permit_core::{
    Anchor, KeyId, SealError, Side, Signer, TrustError, UnixTime, sha256,
    trust::{Role, Root as CoreRoot},
};
use thiserror::Error;

use crate::{
    AtOnceError, BundleError, Parties, Parts, SecretKey, SideParts,
    draft::{
        self, Draft, DraftError, Header, Key, List, Pin, RoleKeys, Roles, Root, Snapshot, Zone,
    },
    sign_at_once,
};

/// The demo root, as the project keeps it.
pub const ROOT: &[u8] = include_bytes!("../../../keys/demo/root.cbor");
/// The demo bundle, as the project keeps it.
pub const BUNDLE: &[u8] = include_bytes!("../../../keys/demo/bundle.cbor");
/// The text of a good permit of the demo, asked at [`NOON`]: what a terminal tests itself with.
pub const GOLDEN: &[u8] = include_bytes!("../../../keys/demo/golden.txt");
/// The zone register of the demo, as people write it.
pub const ZONE: &str = include_str!("../../../keys/demo/zone.toml");

/// The fingerprint of the demo root: what a terminal that accepts demonstrations is anchored to.
///
/// # Errors
///
/// When the project's own file is damaged.
pub fn anchor() -> Result<Anchor, TrustError> {
    Anchor::of(ROOT)
}

/// The first field of a description that has a text of a demonstration, which no real authority signs.
#[must_use]
pub fn template(draft: &Draft) -> Option<String> {
    let named = |names: &draft::Names| {
        let all = [&names.zh, &names.ko, &names.en, &names.han, &names.mr];
        all.into_iter().flatten().any(|name| is_demo(name))
    };
    match draft {
        Draft::Zone(zone) => {
            let regions = zone.regions.iter().map(|it| ("regions", it.number, &it.names));
            let crossings = zone.crossings.iter().map(|it| ("crossings", it.number, &it.names));
            let place = regions.chain(crossings).find(|(.., names)| named(names));
            let basis = is_demo(&zone.basis).then(|| "basis".to_owned());
            basis.or_else(|| place.map(|(list, number, _)| format!("{list}[{number}].names")))
        }
        Draft::Stations(list) => {
            let station = list.stations.iter().find(|it| named(&it.names));
            station.map(|it| format!("stations[{}].names", it.number))
        }
        _ => None,
    }
}

/// As this program's templates say that they are a demonstration.
fn is_demo(text: &str) -> bool {
    let low = text.to_lowercase();
    ["demonstration", "(demo)", "演示", "시연"].iter().any(|mark| low.contains(mark))
}

/// The moment of the demo's lists: 1963-09-09T00:00:00Z.
pub const ISSUED: UnixTime = UnixTime(-199_238_400);
/// When most of it is asked: 1963-09-10, noon at the crossings.
pub const NOON: UnixTime = UnixTime(-199_137_600);

/// Two authorities with everything they signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct World {
    /// The enveloped root.
    pub root: Vec<u8>,
    /// The whole bundle.
    pub bundle: Vec<u8>,
    /// The same, in its parts.
    pub parts: Parts,
    /// The description of the root.
    pub root_draft: Root,
    /// The zone register.
    pub zone: Zone,
    /// Everything each side signed on its own, side A first, in the order of signing.
    pub drafts: Vec<Draft>,
}

/// Why there is no demo world: the program itself is at fault.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DemoError {
    /// The zone register is not readable.
    #[error("the demo's zone register: {0}")]
    Zone(#[from] Box<toml::de::Error>),
    /// The file describes another document.
    #[error("the demo's zone register is another document")]
    NotAZone,
    /// A description is refused.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A document is not signed.
    #[error(transparent)]
    Document(#[from] AtOnceError<Infallible>),
    /// The root just signed is not readable.
    #[error(transparent)]
    Root(#[from] permit_core::Fault),
    /// A bundle is refused.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A permit is not signed.
    #[error(transparent)]
    Permit(#[from] SealError<Infallible>),
    /// A list does not hold what it should.
    #[error(transparent)]
    Serials(#[from] draft::SerialsError),
    /// A raw code of the demo does not fit.
    #[error("a raw code of the demo is too long")]
    TooLong,
}

impl World {
    /// Makes it: every time the same bytes.
    ///
    /// # Errors
    ///
    /// Only when the program is at fault.
    pub fn make() -> Result<Self, DemoError> {
        let draft: Draft = toml::from_str(ZONE).map_err(Box::new)?;
        let Draft::Zone(zone) = draft else { return Err(DemoError::NotAZone) };
        let root_draft = root();
        let payload = root_draft.encode()?;
        let core = CoreRoot::decode(&payload)?;
        let root = sign(&Draft::Root(Box::new(root_draft.clone())), &core)?;
        let signed_zone = sign(&Draft::Zone(zone.clone()), &core)?;
        let (a, mut drafts) = side(Side::A, &core, 1, &[])?;
        let (b, of_b) = side(Side::B, &core, 1, &[])?;
        drafts.extend(of_b);
        let parts = Parts { roots: vec![root.clone()], zone: signed_zone, a: Some(a), b: Some(b) };
        let bundle = parts.assemble(None, Some(ISSUED))?;
        Ok(Self { root, bundle, parts, root_draft, zone, drafts })
    }

    /// The bundle that follows: the lists of both sides say the same in their second version. For whoever tries how an
    /// update is taken.
    ///
    /// # Errors
    ///
    /// Only when the program is at fault.
    pub fn next_bundle(&self) -> Result<Vec<u8>, DemoError> {
        self.bundle_with(2, &[])
    }

    /// A bundle of this version with further stations, or with these in place of those of their number. For whoever tries
    /// what special personnel do.
    ///
    /// # Errors
    ///
    /// A station that no reader would take.
    pub fn bundle_with(
        &self,
        version: u32,
        stations: &[draft::Station],
    ) -> Result<Vec<u8>, DemoError> {
        let payload = self.root_draft.encode()?;
        let core = CoreRoot::decode(&payload)?;
        let [(a, _), (b, _)] =
            [side(Side::A, &core, version, stations)?, side(Side::B, &core, version, stations)?];
        let parts = Parts { a: Some(a), b: Some(b), ..self.parts.clone() };
        Ok(parts.assemble(None, Some(ISSUED))?)
    }

    /// Permits of every shape and every kind of bad one, with the verdict each must get.
    ///
    /// # Errors
    ///
    /// Only when the program is at fault.
    pub fn cases(&self) -> Result<Vec<Case>, DemoError> {
        cases::all()
    }
}

/// One of the demo's authority keys; `number` counts from 1.
#[must_use]
pub fn authority_key(side: Side, role: Role, number: u8) -> SecretKey {
    key(&format!("side {side:?}, {}, key {number}", draft::role_name(role)))
}

/// A demo station's key of class demo.
#[must_use]
pub fn station_key(station: u16) -> SecretKey {
    key(&format!("station {station}"))
}

/// The key of station 101 that signs through its approvals only: the command must refuse it.
#[must_use]
pub fn key_through_approvals() -> SecretKey {
    key(lists::APPROVALS)
}

/// The demo key of a name. Whoever reads this line can sign with it.
fn key(name: &str) -> SecretKey {
    let seed = sha256(&[b"border-permit SNAKEOIL key, public and worthless: ", name.as_bytes()]);
    SecretKey::from_known_seed_for_demo_keys_only(&seed)
}

/// Keys and threshold of each role: three of which two sign for what both sides sign, one elsewhere,
/// and two that both sign for the revocations of side A.
fn role_keys(side: Side, role: Role) -> (u8, u8) {
    match (side, role) {
        (_, Role::Root | Role::Zone) => (3, 2),
        (Side::A, Role::Revocations) => (2, 2),
        // The demonstration's root is of before headquarters signed anything, and stays.
        (_, Role::Report | Role::Heads | Role::Passages) => (0, 0),
        _ => (1, 1),
    }
}

fn signers(side: Side, role: Role) -> Vec<SecretKey> {
    let (_, threshold) = role_keys(side, role);
    (1..=threshold).map(|number| authority_key(side, role, number)).collect()
}

fn root() -> Root {
    let roles = |side| {
        let mut roles = Roles::default();
        for role in Role::ALL {
            let (keys, threshold) = role_keys(side, role);
            let key = |number| Key(authority_key(side, role, number).public_key());
            *roles.of_mut(role) = RoleKeys { threshold, keys: (1..=keys).map(key).collect() };
        }
        roles
    };
    let header = header(UnixTime(ISSUED.0 - 8 * DAY), 5 * 365, 5 * 365);
    Root { demo: true, header, a: roles(Side::A), b: roles(Side::B) }
}

/// Version 1 of zone 1.
const fn header(issued: UnixTime, next_update: i64, expires: i64) -> Header {
    Header {
        version: 1,
        issued: draft::Time(issued),
        next_update: draft::Time(issued.plus(next_update * DAY)),
        expires: draft::Time(issued.plus(expires * DAY)),
        zone: 1,
    }
}

const fn list_header() -> Header {
    header(ISSUED, 7, 180)
}

const DAY: i64 = 24 * 60 * 60;

fn sign(draft: &Draft, root: &CoreRoot<'_>) -> Result<Vec<u8>, DemoError> {
    let (parties, keys) = match (draft.role(), draft.side()) {
        (Role::Root, _) => (Parties::of_root(root, None), both(Role::Root)),
        (role, None) => (Parties::of_zone(root), both(role)),
        (role, Some(side)) => (Parties::of_side(root, side, role), signers(side, role)),
    };
    Ok(sign_at_once(draft, &parties, &keys)?)
}

fn both(role: Role) -> Vec<SecretKey> {
    Side::BOTH.into_iter().flat_map(|side| signers(side, role)).collect()
}

/// Signs one side's documents in this version, the snapshot last.
fn side(
    side: Side,
    root: &CoreRoot<'_>,
    version: u32,
    further: &[draft::Station],
) -> Result<(SideParts, Vec<Draft>), DemoError> {
    let mut drafts = lists::of(side)?;
    lists::enter(&mut drafts, side, further);
    drafts.iter_mut().for_each(|draft| draft.header_mut().version = version);
    let (mut documents, mut pins) = ([const { None }; 6], Vec::new());
    for ((list, draft), slot) in List::ALL.into_iter().zip(&drafts).zip(&mut documents) {
        let envelope = sign(draft, root)?;
        pins.push(Pin::of(list, draft.header().version, &envelope));
        *slot = Some(envelope);
    }
    let snapshot = Draft::Snapshot(Snapshot {
        side: side.into(),
        root: 1,
        zone: 1,
        header: Header { version, ..list_header() },
        pins,
    });
    let parts = SideParts { snapshot: sign(&snapshot, root)?, documents };
    drafts.push(snapshot);
    Ok((parts, drafts))
}

/// The key of station 101 that signs through approvals: what the demonstration's desk has.
#[must_use]
pub fn desk_key() -> SecretKey {
    key(lists::APPROVALS)
}

/// The id of a station's demo key.
#[must_use]
pub fn station_kid(station: u16) -> KeyId {
    station_key(station).key_id()
}

#[cfg(test)]
mod tests;
