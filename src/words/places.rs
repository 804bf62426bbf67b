//! Names of regions, crossings and stations, and the local time.
//!
//! They come from the trust documents, which carry them in several languages; a name a document does not have in the
//! language asked for is given in English, then in any, and what no document names is given by its number.

use permit_core::trust::Names;
use permit_core::{Day, Trust, UnixTime};

use crate::{Lang, Words};

/// Where names are looked up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Places<'a> {
    trust: Option<&'a Trust<'a>>,
    crossing: Option<u16>,
}

impl<'a> Places<'a> {
    /// The names of these documents; times are those of the crossing with this number.
    #[must_use]
    pub const fn new(trust: &'a Trust<'a>, crossing: Option<u16>) -> Self {
        Self { trust: Some(trust), crossing }
    }

    /// No documents: numbers instead of names, UTC.
    #[must_use]
    pub const fn unknown() -> Self {
        Self { trust: None, crossing: None }
    }

    /// A region's name.
    #[must_use]
    pub fn region(&self, number: u16, words: &Words) -> String {
        let names =
            self.trust.and_then(|trust| trust.zone().region(number)).map(|region| region.names);
        named(names, "place-region", number, words)
    }

    /// A crossing's name.
    #[must_use]
    pub fn crossing(&self, number: u16, words: &Words) -> String {
        let names = self
            .trust
            .and_then(|trust| trust.zone().crossing(number))
            .map(|crossing| crossing.names);
        named(names, "place-crossing", number, words)
    }

    /// A station's name.
    #[must_use]
    pub fn station(&self, number: u16, words: &Words) -> String {
        let lists = self.trust.and_then(|trust| trust.lists(permit_core::Side::of_station(number)));
        let names =
            lists.and_then(|lists| lists.stations.station(number)).map(|station| station.names);
        named(names, "place-station", number, words)
    }

    /// The civil day at the crossing, in UTC where none is known.
    #[must_use]
    pub fn day(&self, at: UnixTime) -> Day {
        at.day(self.offset(at).unwrap_or(0))
    }

    /// Day and time at the crossing.
    #[must_use]
    pub fn time(&self, at: UnixTime, words: &Words) -> String {
        let offset = self.offset(at);
        let minute = at.minute(offset.unwrap_or(0));
        let id = if offset.is_some() { "time-local" } else { "time-utc" };
        words.with(id, &[("day", self.day(at).to_string().into()), ("time", clock(minute).into())])
    }

    fn offset(&self, at: UnixTime) -> Option<i16> {
        Some(self.trust?.zone().crossing(self.crossing?)?.offset(at))
    }
}

/// Minutes after midnight as `hh:mm`.
pub(crate) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn named(names: Option<Names<'_>>, id: &str, number: u16, words: &Words) -> String {
    let form = match words.lang() {
        Lang::Zh => 0,
        Lang::Ko => 1,
        Lang::En => 2,
    };
    let name = names.and_then(|names| {
        names
            .get(form)
            .or_else(|| names.get(2))
            .or_else(|| names.iter().map(|(_, name)| name).next())
    });
    name.map_or_else(
        || words.with(id, &[("number", number.into())]),
        |name| crate::clean(name).into_owned(),
    )
}
