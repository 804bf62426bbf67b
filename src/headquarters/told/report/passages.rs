//! Passages at this side's checkpoints by crossing and direction, and how long those were away who came back.
//!
//! Both are one system: a way home is a passage, so that the one tells something of the other. Its atoms are passages by
//! crossing, direction, and whether they went out or came home after a stay of which length; those that are nothing are
//! taken to be known.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Day, Direction, Passage};
use permit_report::Period;
use permit_store::{Cell, Session};
use serde::{Deserialize, Serialize};

use super::Told;
use crate::{
    Failed, Site,
    kept::{
        row,
        tables::{PASSAGE, TOTAL},
    },
    take::given,
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
        for cells in session.within(&TOTAL, &[("what", Cell::Whole(0))], range, MOST).await? {
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
        let (counted, whole) = self.looked_at(session, month, &bounds).await?;
        // Past their term the rows are gone, and the totals tell the sums alone.
        if whole == totals {
            return Ok(Passages::of(&crossings, &counted, Some(&bounds)));
        }
        let sums = totals.into_iter().map(|((crossing, way), it)| ((crossing, way, Was::Out), it));
        Ok(Passages::of(&crossings, &sums.collect(), None))
    }

    /// Every passage of the month at this side's checkpoints that is kept: what it was, and how many in all.
    async fn looked_at(
        &self,
        session: &Session,
        month: Period,
        bounds: &[u32],
    ) -> Result<(Counted, BTreeMap<(u16, u8), u32>), Failed> {
        let through = Cell::Whole(month.through().number().into());
        let rows = session.between(&PASSAGE, "day", (Cell::Whole(0), through), MOST).await?;
        let mut passages = permit_journal::Passages::default();
        for cells in &rows {
            let (pseudonym, crossed) = given::of_row(cells)?;
            passages.insert(pseudonym, crossed);
        }
        let side = self.home.settings().side();
        let place = |passage: &Passage, offset: i16| {
            let at = passage.checkpoint;
            let within = (month.from()..=month.through()).contains(&passage.at.day(offset));
            (at.side == side && within).then_some((at.crossing, way(at.direction)))
        };
        let mut whole: BTreeMap<(u16, u8), u32> = BTreeMap::new();
        for (_, crossed) in passages.iter().filter(|(_, it)| !it.void) {
            if let Some(place) = place(&crossed.passage, crossed.offset) {
                *whole.entry(place).or_default() += 1;
            }
        }
        let mut counted: Counted =
            whole.iter().map(|((crossing, way), it)| ((*crossing, *way, Was::Out), *it)).collect();
        for (crossed, stay) in passages.returns() {
            let Some((crossing, way)) = place(&crossed.passage, crossed.offset) else { continue };
            let class = |days: u32| Was::Home(bounds.iter().take_while(|it| **it < days).count());
            let was = stay.map_or(Was::Unknown, class);
            *counted.entry((crossing, way, was)).or_default() += 1;
            let out = counted.entry((crossing, way, Was::Out)).or_default();
            *out = out.saturating_sub(1);
        }
        counted.retain(|_, number| *number > 0);
        Ok((counted, whole))
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
