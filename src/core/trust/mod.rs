//! The trust documents, and what a terminal has accepted of them.
//!
//! [`Trust::open`] is the only way in: it takes a bundle whole or not at all, by the rules of The Update
//! Framework that apply to a terminal without a network. What comes out is borrowed views: look-ups
//! copy nothing, and nothing unverified can be asked.

mod bits;
mod bundle;
mod error;
mod header;
mod list;
mod open;
mod registers;
mod revocations;
mod root;
mod signatures;
mod snapshot;
mod stations;
#[cfg(test)]
mod tests;
mod zone;

pub use self::{
    bits::{BITS, Bits},
    bundle::{BUNDLE, Bundle, MAGIC, SideBundle},
    error::{Document, TrustError},
    header::{DOCUMENT, Header},
    list::List,
    open::{Accepted, Anchor, Mark, Terms},
    registers::{
        HeadList, IssuedRegister, PresenceEntry, PresenceList, READERS, Reader, ReaderList,
        SeenHead,
    },
    revocations::{DIGEST, GoodCopy, Range, Revocations, StolenKey},
    root::{Keys, ROLE_KEYS, Role, Root},
    snapshot::{Pin, Pinned, Snapshot},
    stations::{Class, KeySlot, STATION_KEYS, Station, StationKey, StationKind, StationList},
    zone::{
        CROSSINGS, Crossing, Hours, Limits, Names, REGIONS, Region, SPANS, State, ZoneRegister,
    },
};

use crate::{KeyId, Proof, Side, UnixTime, clock::AHEAD};

/// What a terminal has accepted.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'b> {
    pub(crate) root: Root<'b>,
    pub(crate) zone: ZoneRegister<'b>,
    pub(crate) sides: [Option<Lists<'b>>; 2],
    pub(crate) slots: &'b [KeySlot],
    pub(crate) accepted: Accepted,
}

/// One side's documents.
#[derive(Clone, Copy, Debug)]
pub struct Lists<'b> {
    /// What belongs together.
    pub snapshot: Snapshot<'b>,
    /// The stations.
    pub stations: StationList<'b>,
    /// What was taken back.
    pub revocations: Revocations<'b>,
    /// What was issued, where the side says.
    pub issued: Option<IssuedRegister<'b>>,
    /// Journeys, where the side says.
    pub presence: Option<PresenceList<'b>>,
    /// Terminals, where the side says.
    pub readers: Option<ReaderList<'b>>,
    /// How far headquarters have seen the terminals' journals, where the side says.
    pub heads: Option<HeadList<'b>>,
}

impl Lists<'_> {
    /// The newest signed time of these.
    fn newest(&self) -> UnixTime {
        let always = [self.snapshot.header, self.stations.header, self.revocations.header];
        let issued = self.issued.map(|list| list.header);
        let presence = self.presence.map(|list| list.header);
        let heads = self.heads.map(|list| list.header);
        let others = [issued, presence, self.readers.map(|list| list.header), heads];
        let all = always.into_iter().chain(others.into_iter().flatten());
        all.map(|header| header.issued).fold(self.snapshot.header.issued, Ord::max)
    }
}

impl<'b> Trust<'b> {
    /// The newest root.
    #[must_use]
    pub const fn root(&self) -> &Root<'b> {
        &self.root
    }

    /// The zone register.
    #[must_use]
    pub const fn zone(&self) -> &ZoneRegister<'b> {
        &self.zone
    }

    /// A side's documents, if the bundle had them.
    #[must_use]
    pub const fn lists(&self, side: Side) -> Option<&Lists<'b>> {
        let [a, b] = &self.sides;
        match side {
            Side::A => a.as_ref(),
            Side::B => b.as_ref(),
        }
    }

    /// True if everything judged here is a demonstration.
    #[must_use]
    pub const fn is_demo(&self) -> bool {
        self.root.demo
    }

    /// What the next bundle is held against.
    #[must_use]
    pub const fn accepted(&self) -> &Accepted {
        &self.accepted
    }

    /// The newest signed time.
    #[must_use]
    pub const fn newest(&self) -> UnixTime {
        self.accepted.newest
    }

    /// What the documents prove of the time.
    #[must_use]
    pub fn proof(&self) -> Proof {
        let both = self.root.header.issued.max(self.zone.header.issued);
        let own = |lists: &Lists<'_>| lists.newest().plus(-AHEAD);
        let [a, b] = &self.sides;
        Proof { both: both.plus(-AHEAD), sides: [a, b].map(|lists| lists.as_ref().map(own)) }
    }

    /// Keys with this id: at most four.
    pub(crate) fn candidates(
        &self,
        kid: KeyId,
    ) -> impl Iterator<Item = (Side, Station<'b>, StationKey<'b>)> + '_ {
        let first = self.slots.partition_point(|slot| slot.kid() < kid);
        let slots = self
            .slots
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(move |slot| slot.kid() == kid);
        slots.take(4).filter_map(move |slot| {
            let station = self.lists(slot.side())?.stations.stations.at(slot.station())?;
            let key = station.keys.iter().nth(slot.place().into())?;
            Some((slot.side(), station, key))
        })
    }

    /// When the newest station list was issued.
    pub(crate) fn stations_issued(&self) -> Option<UnixTime> {
        self.sides.iter().flatten().map(|lists| lists.stations.header.issued).max()
    }

    /// The documents a permit of `side` leans on.
    pub(crate) fn leaned_on(&self, side: Side) -> impl Iterator<Item = (Document, Header)> + use<> {
        let own = self.lists(side);
        let issued = own.and_then(|lists| lists.issued);
        [
            Some((Document::Root, self.root.header)),
            Some((Document::Zone, self.zone.header)),
            own.map(|lists| (Document::Snapshot(side), lists.snapshot.header)),
            own.map(|lists| (Document::Stations(side), lists.stations.header)),
            own.map(|lists| (Document::Revocations(side), lists.revocations.header)),
            issued.map(|list| (Document::Issued(side), list.header)),
        ]
        .into_iter()
        .flatten()
    }
}
