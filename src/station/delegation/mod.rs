//! Special personnel: making their desk, and taking their record home (R13).
//!
//! `delegate` makes a folder that is a desk of its own, with a station number of its own, for a computer without a network:
//! the delegation stands at the head of its record, signed by two supervisors, and in the record of the station that
//! delegates. It signs nothing until the side's list has the number with its key. What it did comes home as one file,
//! and is taken whole or not at all.

mod conflict;
mod hand_out;
mod make;
mod sealed;

pub use conflict::{Conflict, conflicts};
pub use hand_out::{NotTakenUp, cover, pack, take_up};
pub use make::{Asked, Begun, begin, begun, drop_begun, entry, finish, make};
pub use sealed::is_sealed;

use permit_core::{
    Day, Side, Trust,
    trust::{Station, StationKind},
};
use permit_record::{Delegation, Handed};

use crate::{
    registry::RegistryError,
    rules::{Act, Delegated, Denied, NotHandedBack, OfficeAct},
    site::Site,
};

/// What a file that was handed back comes to, before anything of it is taken.
#[derive(Debug)]
pub struct HandedBack {
    /// What is new in it.
    pub fresh: Handed,
    /// What would be known.
    pub record: Delegated,
    /// What an officer has to look at.
    pub conflicts: Vec<Conflict>,
}

/// Reads a file that special personnel handed back; `None` where all of it was taken before.
///
/// # Errors
///
/// [`Denied::Signature`] where it is no such file, [`Denied::HandedBack`] where it is sealed for another station or its
/// record does not hold; the folder's.
pub fn look(site: &Site, bytes: &[u8]) -> Result<Option<HandedBack>, RegistryError> {
    let handed = sealed::read(site, bytes)?;
    let desk = site.registry.desk();
    let before = desk.delegated_to(handed.station);
    let fresh = Delegated::fresh(before, handed).map_err(Denied::from)?;
    if fresh.entries.is_empty() {
        let nobody = Denied::from(NotHandedBack::Nobody(fresh.station));
        return if before.is_some() { Ok(None) } else { Err(nobody.into()) };
    }
    let record = desk.merged(&fresh)?;
    let known = before.map_or(0, |it| it.tip().sequence);
    let conflicts = conflicts(desk, &record, known, site.today());
    Ok(Some(HandedBack { fresh, record, conflicts }))
}

/// Takes it, whole or not at all.
///
/// # Errors
///
/// As of any act: where `by` is no supervisor, or the record or the database does not hold.
pub async fn take(site: &mut Site, by: u16, handed: HandedBack) -> Result<(), RegistryError> {
    let at = site.now();
    let act = Act::Office(OfficeAct::Merge(handed.fresh));
    site.registry.act(by, at, act).await.map(drop)
}

/// A record as one file, to be handed back: sealed to the station that delegated, unless that made the folder before it gave
/// a key along.
///
/// # Errors
///
/// Where the desk is none of special personnel, or its record does not hold; the folder's.
pub async fn hand_back(site: &Site) -> Result<Vec<u8>, RegistryError> {
    let office = site.registry.desk().office();
    if office.delegation().is_none() {
        return Err(Denied::from(NotHandedBack::Nobody(office.station())).into());
    }
    let entries = site.registry.entries().await?;
    let handed = Handed { station: office.station(), entries };
    match site.home.given_key()? {
        Some(key) => sealed::seal(&key, &handed),
        None => Ok(handed.bytes()),
    }
}

/// Communes of delegations that a station has come to cover on a day: its entry names them and serves a region of theirs.
/// Special personnel cover nothing in this sense, and a station that names no commune covers none by name.
pub(crate) fn covered<'d>(
    trust: &Trust<'_>,
    side: Side,
    delegations: impl Iterator<Item = &'d Delegation>,
    today: Day,
) -> Vec<String> {
    let Some(lists) = trust.lists(side) else { return Vec::new() };
    let covers = |station: &Station<'_>, delegation: &Delegation, commune: &str| {
        station.kind != StationKind::SpecialPersonnel
            && station.suspended.is_none_or(|since| since > today)
            && station.regions.iter().any(|region| delegation.regions.has(&region))
            && station.communes.iter().any(|named| named == commune)
    };
    let mut communes: Vec<String> = delegations
        .flat_map(|it| it.communes.iter().map(move |commune| (it, commune)))
        .filter(|(it, commune)| {
            lists.stations.stations.iter().any(|station| covers(&station, it, commune))
        })
        .map(|(_, commune)| commune.clone())
        .collect();
    communes.sort_unstable();
    communes.dedup();
    communes
}

/// Bytes that a file which is handed back may have: chosen, some ten thousand acts.
pub const MOST: u64 = 16 * 1024 * 1024;
