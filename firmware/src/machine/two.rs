//! What two officers have to say before it is done.
//!
//! One signs in and says it, another signs in and says the same of the same matter within ten minutes. The same officer
//! twice is one, and a matter that changed meanwhile is another matter.

use permit_core::UnixTime;

use super::Machine;
use super::action::Action;
use super::edge::{ChainState, ClockView, Doubt};
use super::event::Moment;
use super::view::Notice;

/// What the first of two officers said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Word {
    officer: u16,
    matter: Matter,
    /// When, in milliseconds.
    said: u64,
}

/// What it was about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Matter {
    /// The clock is right: why it was not trusted, and seconds from the process' start to its time.
    Clock(Doubt, i64),
    /// It is another time: seconds from the process' start to it.
    Time(i64),
    /// The journal is damaged, and a new chain is to begin.
    Chain,
}

impl Matter {
    /// The doubt about a clock that two officers can clear: none where there is no clock, or its time was set by hand.
    fn clock(view: &ClockView, ms: u64) -> Option<Self> {
        let doubt = view.distrust.filter(|why| !matches!(why, Doubt::Missing | Doubt::ByHand))?;
        let up = i64::try_from(ms / 1_000).unwrap_or(i64::MAX);
        Some(Self::Clock(doubt, view.seconds?.saturating_sub(up)))
    }

    /// Whether it is still the same; a clock may have gone a little faster or slower than the process.
    fn is(self, now: Self) -> bool {
        match (self, now) {
            (Self::Clock(before, then), Self::Clock(doubt, since)) => {
                before == doubt && since.saturating_sub(then).saturating_abs() <= SAME
            }
            (Self::Time(then), Self::Time(since)) => {
                since.saturating_sub(then).saturating_abs() <= SAME_TYPED
            }
            (before, now) => before == now,
        }
    }
}

impl Machine {
    pub(super) fn confirm_clock(&mut self, at: Moment) {
        let Some(officer) = self.one_of_two(at.ms) else { return };
        let Some(matter) = Matter::clock(&self.health.clock, at.ms) else {
            return self.notify(Notice::NothingToDecide, at.ms);
        };
        match self.second(officer, matter, at.ms) {
            Some(first) => self.out.push(Action::ConfirmClock { first, second: officer }),
            None => self.out.push(Action::VouchClock(officer)),
        }
    }

    /// The officer on duty, if they may be one of two; else it is said why not.
    fn one_of_two(&mut self, ms: u64) -> Option<u16> {
        match self.signed {
            None => self.notify(Notice::NeedsOfficer, ms),
            Some(signed) if !signed.second => self.notify(Notice::NotSecond, ms),
            Some(signed) => return Some(signed.officer),
        }
        None
    }

    /// An officer says that it is this time: who said so first, if this is the second.
    pub(super) fn said_time(&mut self, to: UnixTime, at: Moment) -> Option<(u16, u16)> {
        let officer = self.one_of_two(at.ms)?;
        let up = i64::try_from(at.ms / 1_000).unwrap_or(i64::MAX);
        let first = self.second(officer, Matter::Time(to.0.saturating_sub(up)), at.ms)?;
        Some((first, officer))
    }

    /// Who said the same before, where that was another officer; else this one is the first.
    fn second(&mut self, officer: u16, matter: Matter, ms: u64) -> Option<u16> {
        let before = self.word.take().filter(|word| {
            word.officer != officer && word.matter.is(matter) && ms < word.said + LAPSES_MS
        });
        if before.is_none() {
            self.word = Some(Word { officer, matter, said: ms });
            self.notify(Notice::SecondOfficer, ms);
        }
        before.map(|word| word.officer)
    }

    /// The clock says something else: a word about a doubt that changed or went away is none any more.
    pub(super) fn clock(&mut self, view: ClockView, ms: u64) {
        self.health.clock = view;
        let now = Matter::clock(&view, ms);
        self.word.take_if(|word| {
            matches!(word.matter, Matter::Clock(..)) && !now.is_some_and(|now| word.matter.is(now))
        });
    }

    /// A new chain in place of a damaged one: knowingly, when the time is known and nobody stands here.
    pub(super) fn new_chain(&mut self, at: Moment) {
        let timeless = self.health.clock.distrust.is_some_and(|why| why != Doubt::ByHand);
        let refused = match self.signed {
            None => Some(Notice::NeedsOfficer),
            Some(signed) if !signed.second => Some(Notice::NotSecond),
            Some(_) if self.health.chain != ChainState::Damaged => Some(Notice::NothingToDecide),
            Some(_) if timeless => Some(Notice::ClockFirst),
            Some(_) => None,
        };
        match (refused, self.officer()) {
            (Some(notice), _) => self.notify(notice, at.ms),
            (None, Some(second)) if self.is_free(at.ms) => {
                if let Some(first) = self.second(second, Matter::Chain, at.ms) {
                    self.out.push(Action::NewChain { first, second });
                }
            }
            (None, _) => {}
        }
    }

    /// In what state the journal's chain is.
    pub(super) fn chain(&mut self, state: ChainState) {
        self.health.chain = state;
        self.word.take_if(|word| word.matter == Matter::Chain && state != ChainState::Damaged);
    }

    /// A new chain was begun, or could not be.
    pub(super) fn chain_begun(&mut self, done: bool, ms: u64) {
        self.notify(if done { Notice::NewChain } else { Notice::NotConfirmed }, ms);
    }

    /// The clock was confirmed and that was recorded, or it was not.
    pub(super) fn clock_confirmed(&mut self, done: bool, ms: u64) {
        self.notify(if done { Notice::ClockConfirmed } else { Notice::NotConfirmed }, ms);
    }
}

/// How long a first officer's word waits for the second, in milliseconds.
const LAPSES_MS: u64 = 10 * 60 * 1_000;
/// Seconds by which the same clock may have moved against the process.
const SAME: i64 = 60;
/// The same for a time that is typed to the minute.
const SAME_TYPED: i64 = 120;
