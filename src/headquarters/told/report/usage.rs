//! The use of permits in a month (R19): passages at this side's checkpoints, and what was done with applications.
//!
//! Of applications each outcome is a system of its own, since no sum goes over several; what a station's own report tells
//! of it is known already.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::decode;
use permit_core::{Day, Direction, cose};
use permit_record::{Outcome, Return};
use permit_report::{Period, outcome};
use permit_store::{Cell, Session};
use serde::{Deserialize, Serialize};

use super::{Answered, Told, Whole};
use crate::{
    Failed, Site,
    kept::{
        row,
        tables::{RETURN, STATION, TOTAL},
    },
    told::{
        cells::{System, is_small},
        terminals::Shown,
    },
};

/// The use of permits in a month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Usage {
    /// The month, `1963-09`.
    pub month: String,
    /// The report that told this month first, where it is an earlier one.
    pub first: Option<First>,
    /// Passages.
    pub passages: Passages,
    /// What was done with applications.
    pub applications: Vec<Applications>,
    /// What each station answered about issues and differing views (R17).
    pub answers: Vec<Answered>,
    /// What had not come home.
    pub missing: Missing,
    /// Earlier months, as they were told, the earliest first.
    pub earlier: Vec<Earlier>,
}

/// A report that told the same before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct First {
    /// Its number.
    pub number: u32,
    /// When it was made.
    pub made: String,
}

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

/// How often something was done with applications.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Applications {
    /// What.
    pub outcome: String,
    /// In all.
    pub all: Told,
    /// By class of applicant: residents, foreign residents, state employees.
    pub classes: [Told; CLASSES],
    /// By station.
    pub stations: Vec<(u16, Told)>,
}

/// What of a month has not come home.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Missing {
    /// Terminals whose journals are not here through the end of it without a gap.
    pub terminals: Vec<u16>,
    /// Stations without a return of the whole month.
    pub stations: Vec<u16>,
}

/// A month that an earlier report told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Earlier {
    /// The month.
    pub month: String,
    /// Passages in all.
    pub passages: Told,
    /// Permits issued.
    pub issued: Told,
    /// Applications refused.
    pub refused: Told,
}

/// Classes of applicants, as in a return.
const CLASSES: usize = 3;
/// Earlier months that are told again (chosen: with this one, a year).
const MONTHS: usize = 11;
/// Rows that are read at once (chosen: more than any month has).
const MOST: u64 = 1 << 32;

impl Missing {
    /// Everything came home.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.terminals.is_empty() && self.stations.is_empty()
    }
}

impl Usage {
    /// Of an outcome, in all.
    #[must_use]
    pub fn of(&self, wanted: Outcome) -> Told {
        let id = short(outcome(wanted));
        self.applications.iter().find(|it| it.outcome == id)?.all
    }

    fn as_earlier(&self) -> Earlier {
        let month = self.month.clone();
        let (issued, refused) = (self.of(Outcome::Issued), self.of(Outcome::Refused));
        Earlier { month, passages: self.passages.all, issued, refused }
    }
}

impl Site {
    /// Counts a month, or says again what an earlier report said of it.
    pub(super) async fn usage(
        &self,
        session: &Session,
        month: Period,
        before: &[Whole<Usage>],
    ) -> Result<Usage, Failed> {
        let name = month.to_string();
        let mut earlier: Vec<Earlier> = Vec::new();
        for it in before.iter().filter(|it| it.told.month < name) {
            if earlier.iter().all(|have| have.month != it.told.month) {
                earlier.push(it.told.as_earlier());
            }
        }
        earlier.sort_by(|a, b| a.month.cmp(&b.month));
        earlier.drain(..earlier.len().saturating_sub(MONTHS));
        if let Some(first) = before.iter().find(|it| it.told.month == name) {
            let (number, made) = (first.head.number, first.head.made.clone());
            return Ok(Usage {
                first: Some(First { number, made }),
                earlier,
                ..first.told.clone()
            });
        }
        let returns = returns(session, month).await?;
        let missing = Missing {
            terminals: not_home(&self.shown(session).await?, month.through(), self.offset()),
            stations: returns.iter().filter(|it| it.1.is_none()).map(|it| it.0).collect(),
        };
        let answers = returns.iter().map(|(station, it)| Answered::of(*station, it.as_ref()));
        Ok(Usage {
            month: name,
            first: None,
            passages: self.passed(session, month).await?,
            applications: Outcome::ALL.map(|it| applications(it, &returns)).into(),
            answers: answers.collect(),
            missing,
            earlier,
        })
    }

    async fn passed(&self, session: &Session, month: Period) -> Result<Passages, Failed> {
        let side = self.home.settings().side();
        let mut found: BTreeMap<(u16, u8), u32> = BTreeMap::new();
        let day = |day: Day| Cell::Whole(day.number().into());
        let range = ("day", day(month.from()), day(month.through()));
        for cells in session.within(&TOTAL, &[("what", Cell::Whole(0))], range, MOST).await? {
            let place = row::place_of(row::whole(&cells, 4)?)?;
            if place.side == side {
                let sum = found.entry((place.crossing, way(place.direction))).or_default();
                let number = u32::try_from(row::whole(&cells, 5)?).unwrap_or_default();
                *sum = sum.saturating_add(number);
            }
        }
        let mut crossings: BTreeSet<u16> = found.keys().map(|it| it.0).collect();
        {
            let mut held = self.home.lists()?;
            let trust = held.open(None, None)?;
            crossings.extend(trust.zone().crossings.iter().map(|it| it.number));
        }
        let number = |at, way| found.get(&(at, way)).copied().unwrap_or_default();
        let each = crossings.into_iter().map(|at| (at, [number(at, ENTRY), number(at, EXIT)]));
        Ok(Passages::of(&each.collect::<Vec<_>>()))
    }
}

impl Passages {
    /// Entries and exits of crossings, as they are told.
    pub(super) fn of(crossings: &[(u16, [u32; 2])]) -> Self {
        let atoms: Vec<u32> = crossings.iter().flat_map(|it| it.1).collect();
        let every = |first: usize| (first..atoms.len()).step_by(2).collect::<Vec<_>>();
        let mut cells = vec![(0..atoms.len()).collect(), every(0), every(1)];
        cells.extend((0..crossings.len()).map(|at| vec![2 * at, 2 * at + 1]));
        cells.extend((0..atoms.len()).map(|atom| vec![atom]));
        let told = System { atoms, told: Vec::new(), cells }.told();
        let mut told = told.into_iter();
        let mut next = || told.next().flatten();
        let (all, entries, exits) = (next(), next(), next());
        let sums: Vec<Told> = crossings.iter().map(|_| next()).collect();
        let crossings = crossings.iter().zip(sums).map(|((crossing, _), all)| {
            let (entries, exits) = (next(), next());
            Crossing { crossing: *crossing, all, entries, exits }
        });
        Self { all, entries, exits, crossings: crossings.collect() }
    }
}

/// One outcome: in all, by class, by station.
pub(super) fn applications(of: Outcome, returns: &[(u16, Option<Return>)]) -> Applications {
    let there: Vec<(u16, &Return)> =
        returns.iter().filter_map(|(station, it)| Some((*station, it.as_ref()?))).collect();
    let number = |drawn: &Return, class: usize| {
        let own =
            drawn.counts.iter().filter(|it| it.outcome == of && usize::from(it.class) == class);
        own.fold(0, |sum: u32, it| sum.saturating_add(it.number))
    };
    let each = there.iter().flat_map(|(_, it)| (0..CLASSES).map(|class| number(it, class)));
    let atoms: Vec<u32> = each.collect();
    // What a station's own report tells.
    let known = (0..atoms.len()).filter(|atom| !is_small(atoms[*atom]));
    let known = known.map(|atom| vec![atom]).collect();
    let mut cells: Vec<Vec<usize>> = vec![(0..atoms.len()).collect()];
    cells.extend((0..CLASSES).map(|class| (class..atoms.len()).step_by(CLASSES).collect()));
    cells.extend((0..there.len()).map(|at| (at * CLASSES..(at + 1) * CLASSES).collect()));
    let mut told = System { atoms, told: known, cells }.told().into_iter();
    let mut next = || told.next().flatten();
    let all = next();
    let classes = core::array::from_fn(|_| next());
    let stations = there.iter().map(|(station, _)| (*station, next())).collect();
    Applications { outcome: short(outcome(of)).to_owned(), all, classes, stations }
}

/// Every station, with its newest return that is about the whole month.
async fn returns(session: &Session, month: Period) -> Result<Vec<(u16, Option<Return>)>, Failed> {
    let mut all = Vec::new();
    for station in stations(session).await? {
        let first = Cell::Whole(month.from().number().into());
        let wanted = [("station", Cell::Whole(station.into())), ("first", first)];
        let rows = session.having(&RETURN, &wanted, MOST).await?;
        let through = i64::from(month.through().number());
        let whole = rows.iter().rev().find(|it| row::whole(it, 3).is_ok_and(|it| it == through));
        let newest = whole.map(|it| decoded(row::bytes(it, 6)?)).transpose()?;
        all.push((station, newest));
    }
    Ok(all)
}

/// Numbers of the stations whose records' keys were entered.
pub(super) async fn stations(session: &Session) -> Result<Vec<u16>, Failed> {
    let rows = session.all(&STATION).await?;
    let number = |cells| u16::try_from(row::whole(cells, 0)?).map_err(|_| Failed::Row);
    rows.iter().map(number).collect()
}

/// A return whose signature held when it was taken; the station may have another key by now.
pub(super) fn decoded(sealed: &[u8]) -> Result<Return, Failed> {
    let payload = cose::Sign1::read(sealed).map_err(|_| Failed::Row)?.payload;
    decode(payload).map_err(|_| Failed::Row)
}

/// Terminals whose journals are not here without a gap through a day.
fn not_home(shown: &[Shown], through: Day, offset: i16) -> Vec<u16> {
    let home = |it: &&Shown| {
        let after = it.last.is_some_and(|(_, at)| at.day(offset) > through);
        it.gaps.is_empty() && (after || (!it.listed && it.last.is_some()))
    };
    shown.iter().filter(|it| !home(it)).map(|it| it.terminal.number).collect()
}

const ENTRY: u8 = 0;
const EXIT: u8 = 1;

const fn way(direction: Direction) -> u8 {
    match direction {
        Direction::Entry => ENTRY,
        Direction::Exit => EXIT,
    }
}

/// An id without the two words that stand before all of its kind.
pub(super) fn short(id: &str) -> &str {
    id.splitn(3, '-').last().unwrap_or(id)
}
