//! Passages at this side's checkpoints by crossing and direction, and how long those were away who came back.
//!
//! Both are one system: a way home is a passage, so that the one tells something of the other. Its atoms are passages by
//! crossing, direction, and whether they went out or came home after a stay of which length; those that are nothing are
//! taken to be known.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Day, Direction};
use permit_report::Period;
use permit_store::{Cell, Session};
use serde::{Deserialize, Serialize};

use super::Told;
use crate::{
    Failed, Site,
    kept::{forget::line, row, tables::TOTAL, totals::What},
    told::cells::System,
};

/// Passages at this side's checkpoints.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Passages {
    /// In all.
    pub all: Told,
    /// Entries, seen from this side.
    pub entries: Told,
    /// Exits.
    pub exits: Told,
    /// By crossing.
    pub crossings: Vec<Crossing>,
    /// Ways home by the length of the stay; none where passages of the month are past their term.
    #[serde(default)]
    pub stays: Option<Stays>,
}

/// Passages at a crossing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Crossing {
    /// Its number.
    pub crossing: u16,
    /// In all.
    pub all: Told,
    /// Entries.
    pub entries: Told,
    /// Exits.
    pub exits: Told,
}

/// Ways home at this side's checkpoints, of holders of either side.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stays {
    /// In all.
    pub all: Told,
    /// By the length of the stay, the shortest first.
    pub classes: Vec<Stay>,
    /// Those of which no passage tells since when.
    pub unknown: Told,
}

/// Ways home after a stay of so many days; the first and the last both count.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stay {
    /// At least.
    pub from: u32,
    /// At most; none in the last class, which is longer than the zone register's stay.
    pub through: Option<u32>,
    /// How many.
    pub number: Told,
}

/// What a passage was.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Was {
    /// A way out, or not looked at.
    Out,
    /// A way home after a stay of this class.
    Home(usize),
    /// A way home, and nothing tells since when.
    Unknown,
}

/// Passages by crossing, direction, and what they were.
pub(super) type Counted = BTreeMap<(u16, u8, Was), u32>;

pub(super) const ENTRY: u8 = 0;
pub(super) const EXIT: u8 = 1;

/// Rows that are read at once (chosen: more than any month has).
const MOST: u64 = 1 << 32;

const fn way(direction: Direction) -> u8 {
    match direction {
        Direction::Entry => ENTRY,
        Direction::Exit => EXIT,
    }
}

/// The most days of each class but the last, which is longer than the stay of the zone register (chosen: a day, a long
/// weekend, a week, a fortnight).
pub(super) fn bounds(stay: u32) -> Vec<u32> {
    let mut bounds: Vec<u32> = [1, 3, 7, 14].into_iter().filter(|it| *it < stay).collect();
    bounds.push(stay);
    bounds
}

impl Site {
    pub(super) async fn passed(
        &self,
        session: &Session,
        month: Period,
    ) -> Result<Passages, Failed> {
        let side = self.home.settings().side();
        let mut totals: BTreeMap<(u16, u8), u32> = BTreeMap::new();
        let day = |day: Day| Cell::Whole(day.number().into());
        let range = ("day", day(month.from()), day(month.through()));
        let passages = [("what", Cell::Whole(What::PASSAGE))];
        for cells in session.within(&TOTAL, &passages, range.clone(), MOST).await? {
            let place = row::place_of(row::whole(&cells, 4)?)?;
            if place.side == side {
                let sum = totals.entry((place.crossing, way(place.direction))).or_default();
                let number = u32::try_from(row::whole(&cells, 5)?).unwrap_or_default();
                *sum = sum.saturating_add(number);
            }
        }
        totals.retain(|_, number| *number > 0);
        let mut crossings: BTreeSet<u16> = totals.keys().map(|it| it.0).collect();
        let bounds = {
            let mut held = self.home.lists()?;
            let trust = held.open(None, None)?;
            crossings.extend(trust.zone().crossings.iter().map(|it| it.number));
            bounds(trust.zone().limits.stay.into())
        };
        let crossings: Vec<u16> = crossings.into_iter().collect();
        let mut counted: Counted = totals
            .into_iter()
            .map(|((crossing, way), it)| ((crossing, way, Was::Out), it))
            .collect();
        // Past their term passages are gone, and what ways home were told of them no row bears out.
        if line(session).await?.is_some_and(|gone| gone >= month.from()) {
            return Ok(Passages::of(&crossings, &counted, None));
        }
        let homeward = [("what", Cell::Whole(What::HOMEWARD))];
        for cells in session.within(&TOTAL, &homeward, range, MOST).await? {
            let place = row::place_of(row::whole(&cells, 4)?)?;
            if place.side != side {
                continue;
            }
            let days = u32::try_from(row::whole(&cells, 3)?).map_err(|_| Failed::Row)?;
            let class = || Was::Home(bounds.iter().take_while(|it| **it < days).count());
            let was = if days == 0 { Was::Unknown } else { class() };
            let number = u32::try_from(row::whole(&cells, 5)?).unwrap_or_default();
            let (crossing, way) = (place.crossing, way(place.direction));
            let sum = counted.entry((crossing, way, was)).or_default();
            *sum = sum.saturating_add(number);
            let out = counted.entry((crossing, way, Was::Out)).or_default();
            *out = out.saturating_sub(number);
        }
        counted.retain(|_, number| *number > 0);
        Ok(Passages::of(&crossings, &counted, Some(&bounds)))
    }
}

impl Passages {
    /// Passages of crossings, as they are told; with `bounds` the lengths of stays, too.
    pub(super) fn of(crossings: &[u16], counted: &Counted, bounds: Option<&[u32]>) -> Self {
        let keys: Vec<(u16, u8, Was)> = counted.keys().copied().collect();
        let those = |is: &dyn Fn(&(u16, u8, Was)) -> bool| -> Vec<usize> {
            (0..keys.len()).filter(|at| is(&keys[*at])).collect()
        };
        let mut cells =
            vec![those(&|_| true), those(&|it| it.1 == ENTRY), those(&|it| it.1 == EXIT)];
        cells.extend(crossings.iter().map(|at| those(&|it| it.0 == *at)));
        for at in crossings {
            cells.extend([ENTRY, EXIT].map(|way| those(&|it| (it.0, it.1) == (*at, way))));
        }
        let classes = bounds.map_or(0, |it| it.len() + 1);
        if bounds.is_some() {
            cells.push(those(&|it| it.2 != Was::Out));
            cells.extend((0..classes).map(|class| those(&|it| it.2 == Was::Home(class))));
            cells.push(those(&|it| it.2 == Was::Unknown));
        }
        let atoms = counted.values().copied().collect();
        let mut told = System { atoms, told: Vec::new(), cells }.told().into_iter();
        let mut next = || told.next().flatten();
        let (all, entries, exits) = (next(), next(), next());
        let sums: Vec<Told> = crossings.iter().map(|_| next()).collect();
        let crossings = crossings.iter().zip(sums).map(|(crossing, all)| {
            let (entries, exits) = (next(), next());
            Crossing { crossing: *crossing, all, entries, exits }
        });
        let crossings = crossings.collect();
        let stays = bounds.map(|bounds| {
            let all = next();
            let from = [1].into_iter().chain(bounds.iter().map(|it| it + 1));
            let through = bounds.iter().copied().map(Some).chain([None]);
            let classes = from.zip(through).map(|(from, through)| {
                let number = next();
                Stay { from, through, number }
            });
            Stays { all, classes: classes.collect(), unknown: next() }
        });
        Self { all, entries, exits, crossings, stays }
    }
}
