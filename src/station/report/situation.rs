//! The situation of a station: what a month came to, which cases are open, which issues and differing views (R25).
//!
//! **Small numbers.** A number from 1 to 4 is told as "fewer than 5". What is told is one partition of the month's
//! applications by class and outcome, and one of the open cases by kind, age and what they wait for: every application's
//! act and every case is in one cell, no sum of cells is told anywhere, and months do not overlap. So no told number is a
//! sum with a hidden one in it, and hiding each small cell by itself is enough; nothing else has to be hidden with it.
//! Who compares the open cases of two days learns what came between: those are for the addressee alone.

use std::collections::BTreeMap;

use permit_core::{Day, UnixTime};
use permit_record::{Age, Open, Outcome, Raised, Return, Waits};
use permit_report::{LEAST, Period};

use super::names::Names;
use crate::rules::{Case, CaseKind, CaseState, Class, Desk, Matter, MatterKind, MatterState};

/// A number as it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    /// None at all, or enough of them.
    Told(u32),
    /// 1 to 4.
    Few,
}

/// What a report on the situation tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Situation {
    /// Number of the station.
    pub station: u16,
    /// True if everything at the desk is a demonstration.
    pub demo: bool,
    /// When it was drawn.
    pub made: UnixTime,
    /// The month whose applications it counts.
    pub from: Day,
    /// Its last day.
    pub through: Day,
    /// Entries of the record.
    pub sequence: u64,
    /// Hash of the last of them.
    pub tip: [u8; 32],
    /// What was done, by class and outcome; every pair of them.
    pub done: Vec<(Class, Outcome, Number)>,
    /// Open cases, by kind, age and what they wait for; those that there are.
    pub cases: Vec<(CaseKind, Age, Waits, Number)>,
    /// Issues; empty: none. `None`: not answered.
    pub issues: Option<Vec<Raised>>,
    /// Differing views, likewise.
    pub views: Option<Vec<Raised>>,
}

impl Number {
    /// As it is told.
    #[must_use]
    pub const fn of(number: u32) -> Self {
        match number {
            1..LEAST => Self::Few,
            told => Self::Told(told),
        }
    }
}

impl Situation {
    /// Of a return over a month that is over.
    #[must_use]
    pub fn of(drawn: &Return) -> Self {
        let mut sums: BTreeMap<(u8, Outcome), u32> = BTreeMap::new();
        for count in &drawn.counts {
            let sum = sums.entry((count.class, count.outcome)).or_default();
            *sum = sum.saturating_add(count.number);
        }
        let told = |class: Class, outcome| {
            let number = sums.get(&(class as u8, outcome)).copied().unwrap_or_default();
            (class, outcome, Number::of(number))
        };
        let pairs = Class::ALL.into_iter().flat_map(|class| Outcome::ALL.map(|it| (class, it)));
        let case = |open: &Open| {
            let kind = CaseKind::ALL.into_iter().find(|kind| *kind as u8 == open.kind)?;
            Some((kind, open.age, open.waits, Number::of(open.number)))
        };
        Self {
            station: drawn.station,
            demo: drawn.demo,
            made: drawn.made,
            from: drawn.from,
            through: drawn.through,
            sequence: drawn.sequence,
            tip: drawn.tip,
            done: pairs.map(|(class, outcome)| told(class, outcome)).collect(),
            cases: drawn.cases.iter().filter_map(case).collect(),
            issues: drawn.issues.clone(),
            views: drawn.views.clone(),
        }
    }
}

/// Cases that are open on a day, by kind, age and what they wait for.
pub(super) fn open_cases(desk: &Desk, today: Day) -> Vec<Open> {
    let offset = desk.office().founding().offset;
    let mut counted: BTreeMap<(u8, Age, Waits), u32> = BTreeMap::new();
    for case in desk.cases() {
        let Some(waits) = waits(case) else { continue };
        let age = Age::of(today.since(case.opened.day(offset)));
        *counted.entry((case.kind as u8, age, waits)).or_default() += 1;
    }
    let open = |((kind, age, waits), number)| Open { kind, age, waits, number };
    counted.into_iter().map(open).collect()
}

/// What a case waits for; `None` once it is over.
fn waits(case: &Case) -> Option<Waits> {
    let over = matches!(
        case.state,
        CaseState::Refused | CaseState::Departed | CaseState::Returned | CaseState::Withdrawn
    );
    if over {
        return None;
    }
    Some(match case.state {
        _ if case.blocked.is_some() => Waits::Obstacle,
        CaseState::RefusalProposed => Waits::SecondOfficer,
        CaseState::Approved => Waits::Authorisation,
        CaseState::Authorised => Waits::Departure,
        _ if case.missing().is_empty() => Waits::Decision,
        _ => Waits::Checklist,
    })
}

/// Issues and differing views of a period.
pub(super) struct Matters {
    pub(super) issues: Option<Vec<Raised>>,
    pub(super) views: Option<Vec<Raised>>,
    /// Those whose words hold a name.
    pub(super) withheld: Vec<u32>,
}

pub(super) fn matters(desk: &Desk, period: Period) -> Matters {
    let names = Names::of(desk);
    let offset = desk.office().founding().offset;
    let raised = |matter: &Matter| {
        let (_, at, words) = matter.said.first()?;
        let (day, open) = (at.day(offset), matter.state == MatterState::Open);
        let within = (period.from()..=period.through()).contains(&day);
        let words = (!names.within(words)).then(|| words.clone());
        (open || within).then_some(Raised { number: matter.number, day, words, open })
    };
    let of = |kind: MatterKind| {
        let list: Vec<Raised> =
            desk.matters().filter(|it| it.kind == kind).filter_map(raised).collect();
        let asked = desk.office().nothing(kind).is_some_and(|through| through >= period.through());
        (!list.is_empty() || asked).then_some(list)
    };
    let (issues, views) = (of(MatterKind::Issue), of(MatterKind::DifferingView));
    let both = issues.iter().chain(&views).flatten();
    let withheld = both.filter(|it| it.words.is_none()).map(|it| it.number).collect();
    Matters { issues, views, withheld }
}
