//! What an officer at a terminal can raise: a closed list, without words.

use minicbor::{Decode, Encode};

/// A concern. Each is open once at a terminal, from when it is raised until it is closed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
#[non_exhaustive]
pub enum Concern {
    /// Codes on permits cannot be read.
    #[n(0)]
    Codes,
    /// The camera, a scanner or another part of the terminal gives trouble.
    #[n(1)]
    Terminal,
    /// Permits look forged.
    #[n(2)]
    Forged,
    /// It is unclear which rule holds.
    #[n(3)]
    Rules,
    /// It is doubted whether a place belongs to the zone.
    #[n(4)]
    Zone,
    /// People wait too long.
    #[n(5)]
    Queue,
    /// Lists come late or are wrong.
    #[n(6)]
    Lists,
    /// The site: gate, light, road or weather.
    #[n(7)]
    Site,
}

impl Concern {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Codes,
        Self::Terminal,
        Self::Forged,
        Self::Rules,
        Self::Zone,
        Self::Queue,
        Self::Lists,
        Self::Site,
    ];

    /// What files and pages call it; people's word for it is the message `concern-` and this.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Codes => "codes",
            Self::Terminal => "terminal",
            Self::Forged => "forged",
            Self::Rules => "rules",
            Self::Zone => "zone",
            Self::Queue => "queue",
            Self::Lists => "lists",
            Self::Site => "site",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
