//! The holder of a permit, as a screen shows them.

use permit_core::{Birth, Side};
use serde::Serialize;

use crate::machine::event::Judged;

/// The holder as the permit has it. Days are `YYYY-MM-DD`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Holder {
    /// Names; left out where names are hidden.
    pub names: Option<HolderNames>,
    /// Day, month or year of birth; left out where names are hidden.
    pub birth: Option<String>,
    /// ISO 3166-1 numeric.
    pub nationality: u16,
    /// Number of the home region.
    pub region: u16,
    /// `A` or `B`, where known.
    pub home: Option<char>,
    /// First day.
    pub from: String,
    /// Last day.
    pub through: String,
    /// The only crossings it is good at; empty: all.
    pub crossings: Vec<u16>,
    /// Children travelling along.
    pub children: Option<u8>,
    /// Outward journeys left, this one included.
    pub entries_left: Option<u32>,
    /// Days left, today included.
    pub days_left: Option<u32>,
    /// Days a stay may last.
    pub stay: Option<u16>,
    /// Whether the permit is bound to an identity document.
    pub bound: bool,
    /// Whether the judgement holds a portrait.
    pub portrait: bool,
}

/// Names and what is compared with the identity document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct HolderNames {
    /// In Latin script.
    pub latin: String,
    /// In Hangul or Han.
    pub native: Option<String>,
    /// Number of the identity document it is bound to.
    pub document: Option<String>,
}

impl Holder {
    pub(super) fn of(judged: &Judged, hide_names: bool) -> Option<Self> {
        let (permit, notes) = (judged.judgement.permit.as_ref()?, &judged.judgement.notes);
        let options = &permit.options;
        let names = HolderNames {
            latin: permit.latin.as_str().to_owned(),
            native: permit.native.as_ref().map(|name| name.as_str().to_owned()),
            document: options.document.as_ref().map(|number| number.as_str().to_owned()),
        };
        let birth = match permit.birth {
            Birth::Day(day) => day.to_string(),
            Birth::Month(year, month) => format!("{year}-{month:02}"),
            Birth::Year(year) => year.to_string(),
        };
        Some(Self {
            names: (!hide_names).then_some(names),
            birth: (!hide_names).then_some(birth),
            nationality: permit.nationality,
            region: permit.region,
            home: notes.home.map(letter),
            from: permit.from.to_string(),
            through: permit.through.to_string(),
            crossings: options.crossings.iter().copied().collect(),
            children: options.children,
            entries_left: notes.entries_left.or(options.entries),
            days_left: notes.days_left,
            stay: notes.stay,
            bound: options.document.is_some(),
            portrait: options.portrait.is_some(),
        })
    }
}

pub(super) const fn letter(side: Side) -> char {
    match side {
        Side::A => 'A',
        Side::B => 'B',
    }
}
