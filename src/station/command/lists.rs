//! The desk's lists: whose station it is, and whether its key may sign today.

use permit_core::{Anchor, Day, KeySlot, Now, Side, Terms, Trust, UnixTime};
use permit_signing::permit::Issuer;

use super::{exit::Exit, fault::Fault};

/// A bundle and the root it is held against.
#[derive(Debug)]
pub(crate) struct Lists {
    bundle: Vec<u8>,
    root: Vec<u8>,
    slots: Vec<KeySlot>,
}

/// What a station's entry says that a desk is founded with.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) zone: u16,
    pub(crate) offset: i16,
    pub(crate) demo: bool,
    pub(crate) regions: Vec<u16>,
    pub(crate) longest: u16,
}

impl Lists {
    pub(crate) fn new(bundle: Vec<u8>, root: Vec<u8>) -> Self {
        // A key takes more than its 32 bytes.
        let slots = vec![KeySlot::EMPTY; bundle.len() / 32 + 1];
        Self { bundle, root, slots }
    }

    /// Takes the bundle, whole or not at all.
    pub(crate) fn open(&mut self) -> Result<Trust<'_>, Fault> {
        let anchor = Anchor::of(&self.root).map_err(unusable)?;
        let terms = Terms { anchor, before: None, now: None };
        Trust::open(&self.bundle, &terms, &mut self.slots).map_err(unusable)
    }
}

/// What the lists say of a station.
pub(crate) fn entry(trust: &Trust<'_>, station: u16) -> Result<Entry, Fault> {
    let lists = trust.lists(Side::of_station(station));
    let found =
        lists.and_then(|lists| lists.stations.stations.iter().find(|it| it.number == station));
    let found = found.ok_or_else(|| unusable(format!("station {station}")))?;
    let first = trust.zone().crossings.iter().next();
    Ok(Entry {
        zone: trust.zone().header.zone,
        offset: first.map_or(0, |crossing| crossing.offset(trust.newest())),
        demo: trust.is_demo(),
        regions: found.regions.iter().collect(),
        longest: trust.zone().limits.longest_validity,
    })
}

/// The station of a key that signs through approvals, if it may today and the clock is not behind the lists.
pub(crate) fn issuer<'t>(
    trust: &Trust<'t>,
    key: &[u8; 32],
    (at, today): (UnixTime, Day),
) -> Result<Issuer<'t>, Fault> {
    let issuer = Issuer::through_approvals(trust, key, today)
        .map_err(|error| Fault::new(Exit::Untrusted, "station-no-key").with("said", error))?;
    let side = Side::of_station(issuer.station().number);
    let now = Now::above(Some(at), &trust.proof()).of(side);
    let behind = || unusable(format!("{} < {}", at.0, now.floor().0));
    now.certain().map(|_| issuer).ok_or_else(behind)
}

pub(crate) fn unusable(said: impl ToString) -> Fault {
    Fault::new(Exit::Untrusted, "station-lists").with("said", said)
}
