//! Who answers for what is decided here.
//!
//! An officer who signed in, and nobody else: without one nothing is decided but help, nothing is chosen and nothing
//! leaves the terminal. Lists that follow those in use are no choice: signatures decide. A demonstration in which no officer is enrolled goes on without; as soon as one is, it does not.

use super::Machine;
use super::action::Action;
use super::edge::Lack;
use super::enrol::Signed;
use super::event::{Moment, SignInFault};
use super::state::State;
use super::view::Notice;

impl Machine {
    /// Whether nothing is decided for want of an officer.
    pub(super) const fn is_locked(&self) -> bool {
        self.signed.is_none() && !self.is_trial()
    }

    /// Number of the officer on duty.
    pub(super) fn officer(&self) -> Option<u16> {
        self.signed.map(|signed| signed.officer)
    }

    /// A demonstration that nobody has to answer for. Until it is known to be one, it is none.
    const fn is_trial(&self) -> bool {
        self.health.lists.demo && matches!(self.enrolled, Some(false))
    }

    /// Says so where it takes an officer and there is none.
    pub(super) fn wants_officer(&mut self, ms: u64) -> bool {
        let locked = self.is_locked();
        if locked {
            self.notify(Notice::NeedsOfficer, ms);
        }
        locked
    }

    /// Says so where lists would be chosen and there is no officer: with none in use, the rules leave open how old they are.
    pub(super) fn chooses_lists(&mut self, ms: u64) -> bool {
        self.health.lists.lack == Some(Lack::Lists) && self.wants_officer(ms)
    }

    /// Whether any officer is enrolled here.
    pub(super) fn enrolled(&mut self, any: bool) {
        if self.enrolled.replace(any) != Some(any) {
            self.mark();
        }
    }

    pub(super) fn signed_in(&mut self, done: Result<Signed, SignInFault>, at: Moment) {
        self.came();
        match done {
            Ok(signed) if self.officer() == Some(signed.officer) => self.signed = Some(signed),
            Ok(signed) => {
                // Whoever takes over relieves the one before.
                self.relieve(at);
                self.signed = Some(signed);
                self.begin_shift(signed.officer, at);
                self.mark();
                self.out.push(Action::Shift { officer: signed.officer, on: true });
            }
            Err(fault) => self.notify(Notice::NotSignedIn { fault }, at.ms),
        }
    }

    /// When the officer is signed out for doing nothing. Never while a permit or a decision is in hand.
    pub(super) fn leaves(&self) -> Option<u64> {
        let free = self.is_idle() || self.state == State::Assisting;
        let idle = self.settings.idle_ms.filter(|_| free && self.signed.is_some())?;
        Some(self.busy.saturating_add(idle))
    }

    /// The officer has left without a word: it is said until somebody signs in or a permit comes.
    pub(super) fn leave(&mut self, at: Moment) {
        self.relieve(at);
        self.notice = Some((Notice::SignedOut, u64::MAX));
    }

    /// Somebody came.
    pub(super) fn came(&mut self) {
        self.notice.take_if(|(notice, _)| matches!(notice, Notice::SignedOut | Notice::NotDecided));
    }

    /// Whoever was on duty is no more, and what only they could want is not gone on with.
    pub(super) fn relieve(&mut self, at: Moment) {
        if let Some(Signed { officer, .. }) = self.signed.take() {
            self.end_shift(at);
            if self.is_gathering() && self.health.lists.lack == Some(Lack::Lists) {
                self.stop_gathering(at.ms);
            }
            self.mark();
            self.out.push(Action::Shift { officer, on: false });
        }
    }

    /// Another officer has other choices: the mark is set anew, so that it is not moved to another choice.
    fn mark(&mut self) {
        let free = !self.is_locked();
        if let State::Verdict(standing) = &mut self.state {
            standing.chosen = standing.first(free);
        }
    }
}
