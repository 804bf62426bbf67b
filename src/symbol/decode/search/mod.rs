//! Search: the reader of one picture, step after step from cheap to dear.
//!
//! Each step ([`steps`]) binarizes one size of the picture in one way, and the likeliest groups of the finders it shows
//! are climbed with ([`walk`]). Later steps run only where the earlier ones left something unread. The work is counted,
//! not timed: the same picture always gives the same answer.

pub(crate) mod sight;
pub(crate) mod steps;
pub(crate) mod walk;
pub(crate) mod watch;

use core::cell::RefCell;

use self::sight::{Seen, Stage, Sweep, Swept};
use self::steps::STEPS;
use self::walk::Search;
use self::watch::Trace;
use crate::Grey;
use crate::decode::answer::{Code, Decoder};
use crate::decode::sample::local::Triple;

/// The reader this crate recommends.
#[derive(Clone, Copy, Debug)]
pub struct Cascade {
    steps: usize,
}

impl Cascade {
    /// The names of the steps, the cheapest first.
    #[must_use]
    pub fn steps() -> Vec<&'static str> {
        STEPS.iter().map(|step| step.name).collect()
    }

    /// A reader that stops after some of the steps, to tell what each is worth.
    #[must_use]
    pub const fn first(steps: usize) -> Self {
        Self { steps }
    }
}

impl Default for Cascade {
    fn default() -> Self {
        Self { steps: STEPS.len() }
    }
}

impl Decoder for Cascade {
    fn decode(&self, picture: Grey<'_>) -> Vec<Code> {
        Search::new(picture).run(self.steps).codes
    }
}

/// Reads a picture, and says what else was seen in it.
#[must_use]
pub fn look(picture: Grey<'_>) -> Seen {
    Search::new(picture).run(STEPS.len())
}

/// Runs some of the steps for so much `work`, blind to the symbols at the `known` places.
pub(crate) fn some(picture: Grey<'_>, sweep: Sweep, known: &[Triple], work: usize) -> Swept {
    Search::blind(picture, known, work).some(sweep)
}

/// What every step sees in a picture, whether or not an earlier one reads it.
#[must_use]
pub fn stages(picture: Grey<'_>) -> Vec<Stage> {
    let mut search = Search::new(picture);
    STEPS.iter().filter_map(|step| search.stage(step)).collect()
}

/// Reads a picture and writes down every attempt.
pub(crate) fn observed<'a>(picture: Grey<'a>, traces: &'a RefCell<Vec<Trace>>) {
    Search::watched(picture, traces).run(STEPS.len());
}

#[cfg(test)]
mod tests;
