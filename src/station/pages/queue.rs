//! What waits, and for whom: lists that are worked from, with their counts.

use permit_core::Day;
use permit_record::Role;
use permit_words::Words;

use crate::rules::{Application, Desk, Office, State, Step, Waits};

/// A list of applications that wait for the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Queue {
    Drafts,
    Incomplete,
    Approved,
    ToPrint,
    ToReadBack,
    ToHandOver,
    Expiring,
    Lost,
    Submitted,
    Review,
    Refusals,
    Revocations,
}

/// How many wait in each, and how many of them for too long.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Counts {
    queues: [(usize, usize); Queue::ALL.len()],
    cases: (usize, usize),
    days: [[usize; Self::DAYS]; 2],
}

impl Queue {
    /// All of them: the counter's, then those of who decides.
    pub(super) const ALL: [Self; 12] = [
        Self::Drafts,
        Self::Incomplete,
        Self::Approved,
        Self::ToPrint,
        Self::ToReadBack,
        Self::ToHandOver,
        Self::Expiring,
        Self::Lost,
        Self::Submitted,
        Self::Review,
        Self::Refusals,
        Self::Revocations,
    ];

    /// Where an application waits.
    pub(super) fn of(application: &Application, today: Day, waits: Waits) -> Option<Self> {
        Some(match application.state(today) {
            State::Draft => Self::Drafts,
            State::Incomplete => Self::Incomplete,
            State::Approved => Self::Approved,
            State::Issued => Self::ToPrint,
            State::Printed => Self::ToReadBack,
            State::ReadBack => Self::ToHandOver,
            State::Active if expires_soon(application, today, waits) => Self::Expiring,
            State::Lost => Self::Lost,
            State::Submitted => Self::Submitted,
            State::UnderReview => Self::Review,
            State::RefusalProposed => Self::Refusals,
            State::RevocationProposed => Self::Revocations,
            _ => return None,
        })
    }

    /// Whether it waits for whoever decides, and not for the counter.
    pub(super) const fn is_decided(self) -> bool {
        matches!(self, Self::Submitted | Self::Review | Self::Refusals | Self::Revocations)
    }

    /// Whose work it is.
    pub(super) const fn by(self) -> &'static [Role] {
        if self.is_decided() { Step::Review.row().by } else { Step::Open.row().by }
    }

    /// What an address calls it.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Incomplete => "incomplete",
            Self::Approved => "approved",
            Self::ToPrint => "to-print",
            Self::ToReadBack => "to-read-back",
            Self::ToHandOver => "to-hand-over",
            Self::Expiring => "expiring",
            Self::Lost => "lost",
            Self::Submitted => "submitted",
            Self::Review => "under-review",
            Self::Refusals => "refusals",
            Self::Revocations => "revocations",
        }
    }

    /// What it is called.
    pub(super) fn title(self, words: &Words) -> String {
        words.get(match self {
            Self::Drafts => "desk-queue-drafts",
            Self::Incomplete => "desk-queue-incomplete",
            Self::Approved => "desk-queue-approved",
            Self::ToPrint => "desk-queue-to-print",
            Self::ToReadBack => "desk-queue-to-read-back",
            Self::ToHandOver => "desk-queue-to-hand-over",
            Self::Expiring => "desk-queue-expiring",
            Self::Lost => "desk-queue-lost",
            Self::Submitted => "desk-queue-submitted",
            Self::Review => "desk-queue-review",
            Self::Refusals => "desk-queue-refusals",
            Self::Revocations => "desk-queue-revocations",
        })
    }

    /// Whether somebody waits for too long in it.
    pub(super) fn is_late(self, application: &Application, today: Day, office: &Office) -> bool {
        let days = today.since(application.since.day(office.founding().offset));
        self.late_after(office.waits()).is_some_and(|most| days > i32::from(most))
    }

    /// After how many days somebody has waited for too long in it, where that is counted.
    pub(super) const fn late_after(self, waits: Waits) -> Option<u16> {
        Some(match self {
            Self::Incomplete => waits.incomplete,
            Self::ToHandOver => waits.unfetched,
            _ if self.is_decided() => waits.undecided,
            _ => return None,
        })
    }
}

impl Counts {
    pub(super) fn of(desk: &Desk, today: Day) -> Self {
        let mut counts = Self::default();
        let office = desk.office();
        let (offset, waits) = (office.founding().offset, office.waits());
        for application in desk.applications() {
            if let Some(queue) = Queue::of(application, today, waits) {
                let (all, late) = &mut counts.queues[queue as usize];
                *all += 1;
                *late += usize::from(queue.is_late(application, today, office));
            }
        }
        for application in desk.applications() {
            let signed = application.permit.map(|permit| permit.issued.unwrap_or(permit.from));
            let opened = Some(application.opened.day(offset));
            for (days, day) in counts.days.iter_mut().zip([opened, signed]) {
                let ago = day.and_then(|day| usize::try_from(today.since(day)).ok());
                if let Some(count) = ago.and_then(|ago| days.iter_mut().rev().nth(ago)) {
                    *count += 1;
                }
            }
        }
        for case in desk.cases().filter(|case| !case.state.is_ended(case.kind)) {
            let (open, overdue) = &mut counts.cases;
            *open += 1;
            *overdue += usize::from(case.due(offset).is_some_and(|due| due < today));
        }
        counts
    }

    /// Days that are counted one by one: chosen, two weeks.
    pub(super) const DAYS: usize = 14;

    /// Applications begun and permits signed on each of the last days; today is the last of them.
    pub(super) const fn days(&self) -> &[[usize; Self::DAYS]; 2] {
        &self.days
    }

    /// Cases that have not ended, and how many of them are overdue.
    pub(super) const fn cases(&self) -> (usize, usize) {
        self.cases
    }

    /// How many wait, and how many of them for too long.
    pub(super) const fn get(&self, queue: Queue) -> (usize, usize) {
        self.queues[queue as usize]
    }
}

fn expires_soon(application: &Application, today: Day, waits: Waits) -> bool {
    application.permit.is_some_and(|it| it.through.since(today) <= i32::from(waits.expiring))
}
