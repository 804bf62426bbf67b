//! The situation (R17, R18, R25): what each station answered about issues and differing views, which of them are open,
//! which cases are open, and how far journals have come home.
//!
//! What a station said once stays open until a return of it says otherwise: silence closes nothing, and what was closed is
//! told once more as closed.

use std::collections::BTreeMap;

use permit_core::UnixTime;
use permit_record::{Open, Raised, Return};
use permit_report::{age, kind, waits};
use permit_store::{Cell, Session};
use serde::{Deserialize, Serialize};

use super::{
    Away, Told, Whole,
    usage::{decoded, short, stations},
};
use crate::{
    Failed, Life, Site,
    kept::{
        raised, row,
        tables::{FINDING, RETURN},
    },
    told::cells::{System, is_small},
};

/// The situation of a side.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Situation {
    /// What each station answered.
    pub answers: Vec<Answered>,
    /// Issues that are open, and those closed since they were told last.
    pub issues: Vec<Matter>,
    /// Differing views, likewise.
    pub views: Vec<Matter>,
    /// What officers raised at terminals, likewise.
    #[serde(default)]
    pub raised: Vec<AtTerminal>,
    /// Open cases in all, of the stations that answered.
    pub open: Told,
    /// Open cases by kind, age and what they wait for.
    pub cases: Vec<Cases>,
    /// Permits whose holders are away, and those used twice.
    pub away: Away,
    /// How far journals have come home.
    pub journals: Journals,
}

/// What a station answered (R17).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answered {
    /// Its number.
    pub station: u16,
    /// When its return was made; none where there is no return to go by.
    pub made: Option<String>,
    /// Issues that are open; 0 is an explicit none, and none is: not answered.
    pub issues: Option<u32>,
    /// Differing views, likewise.
    pub views: Option<u32>,
}

/// An issue or a differing view.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Matter {
    /// Number of the station.
    pub station: u16,
    /// Its number there.
    pub number: u32,
    /// When it was raised.
    pub raised: String,
    /// In which words; none where they hold a name and stayed at the station.
    pub words: Option<String>,
    /// Whether it is open.
    pub open: bool,
    /// Number of the report that told it first.
    pub since: u32,
}

/// What an officer raised at a terminal, of the closed list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AtTerminal {
    /// Number of the terminal.
    pub terminal: u16,
    /// The record of its journal that raised it.
    pub record: u64,
    /// What, by its name.
    pub what: String,
    /// The day on which it was raised.
    pub raised: String,
    /// Whether it is open.
    pub open: bool,
    /// Number of the report that told it first.
    pub since: u32,
}

/// Open cases of a kind that are as old and wait for the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cases {
    /// Kind.
    pub kind: String,
    /// Age.
    pub age: String,
    /// What they wait for.
    pub waits: String,
    /// How many.
    pub number: Told,
}

/// Terminals by number.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Journals {
    /// On the lists.
    pub listed: u32,
    /// Without a record for a week or longer.
    pub silent: Vec<u16>,
    /// Of which nothing ever came home.
    pub never: Vec<u16>,
    /// With records missing.
    pub gaps: Vec<u16>,
    /// Findings: forks, journals put back, leaps of a clock, records set back.
    pub findings: u32,
}

/// Days for which a return answers: a month, as a station draws it, and some to carry it (chosen).
const ANSWERS: i64 = 45;
/// Rows that are read at once (chosen: more than a station has returns).
const MOST: u64 = 1 << 20;

impl Answered {
    pub(super) fn of(station: u16, drawn: Option<&Return>) -> Self {
        let open = |list: &Option<Vec<Raised>>| {
            let open = list.as_ref()?.iter().filter(|it| it.open).count();
            u32::try_from(open).ok()
        };
        Self {
            station,
            made: drawn.map(|it| it.made.to_string()),
            issues: drawn.and_then(|it| open(&it.issues)),
            views: drawn.and_then(|it| open(&it.views)),
        }
    }
}

impl Site {
    /// Draws the situation as it is now, for the report of this number.
    pub(super) async fn situation(
        &self,
        session: &Session,
        number: u32,
        before: &[Whole<Situation>],
    ) -> Result<Situation, Failed> {
        let mut newest: Vec<(u16, Option<Return>)> = Vec::new();
        let (mut issues, mut views) = (Vec::new(), Vec::new());
        for station in stations(session).await? {
            let wanted = [("station", Cell::Whole(station.into()))];
            let mut returns = Vec::new();
            for cells in session.having(&RETURN, &wanted, MOST).await? {
                returns.push(decoded(row::bytes(&cells, 6)?)?);
            }
            returns.sort_by_key(|it| (it.made, it.sequence));
            issues.extend(matters(station, returns.iter().map(|it| (it.made, &it.issues))));
            views.extend(matters(station, returns.iter().map(|it| (it.made, &it.views))));
            let last = returns.pop().filter(|it| self.now().since(it.made) <= ANSWERS * DAY);
            newest.push((station, last));
        }
        let issues = carried(issues, number, before, |it| &it.issues);
        let views = carried(views, number, before, |it| &it.views);
        let answers = newest.iter().map(|(station, it)| Answered::of(*station, it.as_ref()));
        let answers = answers.collect();
        let (open, cases) = cases(newest.iter().filter_map(|it| it.1.as_ref()));
        let journals = self.journals(session).await?;
        let away = self.away(session).await?;
        let raised = self.at_terminals(session, number, before).await?;
        Ok(Situation { answers, issues, views, raised, open, cases, away, journals })
    }

    /// What is open at terminals, and what was not told as closed yet.
    async fn at_terminals(
        &self,
        session: &Session,
        number: u32,
        before: &[Whole<Situation>],
    ) -> Result<Vec<AtTerminal>, Failed> {
        let mut all = Vec::new();
        for it in raised::all(session).await? {
            let same = |told: &&AtTerminal| {
                (told.terminal, told.record) == (it.terminal.number, it.record)
            };
            let told = before.iter().filter_map(|it| it.told.raised.iter().find(same));
            let told: Vec<&AtTerminal> = told.collect();
            if !it.open && told.last().is_some_and(|it| !it.open) {
                continue;
            }
            all.push(AtTerminal {
                terminal: it.terminal.number,
                record: it.record,
                what: it.what.name().to_owned(),
                raised: it.at.day(self.home.settings().offset).to_string(),
                open: it.open,
                since: told.first().map_or(number, |it| it.since),
            });
        }
        Ok(all)
    }

    async fn journals(&self, session: &Session) -> Result<Journals, Failed> {
        let mut journals = Journals::default();
        for shown in self.shown(session).await? {
            let number = shown.terminal.number;
            journals.listed += u32::from(shown.listed);
            if !shown.gaps.is_empty() {
                journals.gaps.push(number);
            }
            match shown.life {
                Life::Never if shown.listed => journals.never.push(number),
                Life::Silent(_) if shown.listed => journals.silent.push(number),
                _ => {}
            }
        }
        let findings = session.all(&FINDING).await?.len();
        journals.findings = u32::try_from(findings).unwrap_or(u32::MAX);
        Ok(journals)
    }
}

const DAY: i64 = 24 * 60 * 60;

/// What a station said of its issues, or of its differing views, return after return: what one of them does not have any
/// more is closed, and one that does not answer says nothing.
fn matters<'r>(
    station: u16,
    said: impl Iterator<Item = (UnixTime, &'r Option<Vec<Raised>>)>,
) -> Vec<(u16, Raised)> {
    let mut all: BTreeMap<u32, Raised> = BTreeMap::new();
    for (_, list) in said {
        let Some(list) = list else { continue };
        all.values_mut().for_each(|it| it.open = false);
        all.extend(list.iter().map(|it| (it.number, it.clone())));
    }
    all.into_values().map(|it| (station, it)).collect()
}

/// Those that are open, and those that were not told as closed yet.
fn carried(
    all: Vec<(u16, Raised)>,
    number: u32,
    before: &[Whole<Situation>],
    list: impl Fn(&Situation) -> &Vec<Matter>,
) -> Vec<Matter> {
    let told = |station: u16, raised: &Raised| {
        let each = before.iter().flat_map(|it| list(&it.told));
        each.filter(move |it| (it.station, it.number) == (station, raised.number))
            .cloned()
            .collect::<Vec<_>>()
    };
    let matter = |(station, raised): (u16, Raised)| {
        let told = told(station, &raised);
        let over = !raised.open && told.last().is_some_and(|it| !it.open);
        (!over).then(|| Matter {
            station,
            number: raised.number,
            raised: raised.day.to_string(),
            words: raised.words,
            open: raised.open,
            since: told.first().map_or(number, |it| it.since),
        })
    };
    all.into_iter().filter_map(matter).collect()
}

/// Open cases: in all, and by kind, age and what they wait for. What each station's own report tells is known already.
fn cases<'r>(returns: impl Iterator<Item = &'r Return> + Clone) -> (Told, Vec<Cases>) {
    let mut keys: Vec<_> = returns.clone().flat_map(|it| &it.cases).map(Open::key).collect();
    keys.sort_unstable();
    keys.dedup();
    let of = |drawn: &Return, key| {
        let own = drawn.cases.iter().filter(|it| it.key() == key);
        own.fold(0, |sum: u32, it| sum.saturating_add(it.number))
    };
    let atoms: Vec<u32> = returns.flat_map(|it| keys.iter().map(move |key| of(it, *key))).collect();
    let known = (0..atoms.len()).filter(|atom| !is_small(atoms[*atom]));
    let known = known.map(|atom| vec![atom]).collect();
    let mut cells: Vec<Vec<usize>> = vec![(0..atoms.len()).collect()];
    cells.extend((0..keys.len()).map(|at| (at..atoms.len()).step_by(keys.len()).collect()));
    let mut told = System { atoms, told: known, cells }.told().into_iter();
    let open = told.next().flatten();
    let cases = keys.into_iter().zip(told).map(|((of, old, waiting), number)| Cases {
        kind: short(kind(of)).to_owned(),
        age: short(age(old)).to_owned(),
        waits: short(waits(waiting)).to_owned(),
        number,
    });
    (open, cases.collect())
}
