//! Lists that come as codes: gathered part by part, then offered like a file from a stick.
//!
//! It counts parts and believes nothing: what they make is judged by the rules of any bundle, elsewhere, whole. While
//! lists are gathered no permit is judged, and whoever holds one up is told so; while they are not, no part is taken.

use permit_parts::{Added, CollectError, Collector, Part, PartError};

use super::Machine;
use super::action::Action;
use super::event::{Hint, Seen, UpdateFault};
use super::state::State;
use super::view::{GatherView, Notice, PartFault};

/// Parts so far.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Gathering {
    collector: Collector,
    begun: u64,
    /// When one came last that was new; before the first, the beginning.
    since: u64,
    /// What would help, and when it was seen.
    hint: Option<(Hint, u64)>,
}

impl Gathering {
    pub(super) fn new(ms: u64) -> Self {
        Self { collector: Collector::default(), begun: ms, since: ms, hint: None }
    }

    /// When it is given up.
    pub(super) const fn ends(&self, patience: u64) -> u64 {
        let (quiet, all) = (self.since + patience, self.begun + ALL_MS);
        if quiet < all { quiet } else { all }
    }

    /// Whether it is given up because it took too long in all.
    const fn is_endless(&self, ms: u64) -> bool {
        ms >= self.begun + ALL_MS
    }

    /// What would help now.
    pub(super) fn hint(&self) -> Option<Hint> {
        self.hint.map(|(hint, _)| hint)
    }

    /// Parts are numbered from 1 where people read it.
    pub(super) fn view(&self) -> GatherView {
        let (have, total) = self.collector.progress();
        let missing = self.collector.missing().map(|it| it + 1).collect();
        GatherView { have, total, any: self.collector.takes_any(), missing }
    }
}

impl Machine {
    pub(super) fn read_lists(&mut self, ms: u64) {
        if !self.chooses_lists(ms) && self.is_free(ms) {
            self.state = State::Gathering(Gathering::new(ms));
        }
    }

    pub(super) const fn is_gathering(&self) -> bool {
        matches!(self.state, State::Gathering(_))
    }

    /// What the camera sees while lists are gathered.
    pub(super) fn watch(&mut self, seen: &Seen, ms: u64) {
        if self.health.camera.is_fault() {
            return;
        }
        for text in &seen.texts {
            self.gather(text, ms);
        }
        let linger = self.settings.linger_ms;
        if let State::Gathering(gathering) = &mut self.state {
            let old = gathering.hint.filter(|(_, at)| seen.texts.is_empty() && ms < at + linger);
            gathering.hint = seen.hint.map(|hint| (hint, ms)).or(old);
        }
    }

    /// Takes the text of a code while lists are gathered.
    pub(super) fn gather(&mut self, text: &[u8], ms: u64) {
        let State::Gathering(gathering) = &mut self.state else { return };
        let added = Part::read(text).map(|part| gathering.collector.add(&part));
        let why = match added {
            Ok(Ok(Added::Again)) => return,
            Ok(Ok(Added::New)) => {
                gathering.since = ms;
                return;
            }
            Ok(Ok(Added::Whole(bundle))) => return self.offer(Ok(bundle)),
            Ok(Err(CollectError::Forged)) => return self.offer(Err(UpdateFault::Forged)),
            Ok(Err(CollectError::Other)) => PartFault::Other,
            Ok(Err(_)) => PartFault::Conflict,
            Err(PartError::Foreign) => PartFault::Foreign,
            Err(PartError::Newer { .. }) => PartFault::Newer,
            Err(_) => PartFault::Damaged,
        };
        self.notify(Notice::PartRefused { why }, ms);
    }

    /// A part where no lists are gathered: it is said what it is, and nothing is done. What was said before is not cut
    /// short, since the codes are usually still there when new lists were taken.
    pub(super) fn point_out(&mut self, ms: u64) {
        if self.notice.is_none_or(|(notice, _)| {
            matches!(notice, Notice::CodeOfLists | Notice::SignedOut | Notice::NotDecided)
        }) {
            self.notify(Notice::CodeOfLists, ms);
        }
    }

    /// A number typed while lists are gathered.
    pub(super) fn put_off(&mut self, ms: u64) {
        self.notify(Notice::PartRefused { why: PartFault::Foreign }, ms);
    }

    /// Nobody wants them any more.
    pub(super) fn stop_gathering(&mut self, ms: u64) {
        self.notify(Notice::ListsStopped, ms);
        self.home();
    }

    /// No new part came for too long, or new ones come without an end.
    pub(super) fn give_up(&mut self, ms: u64) {
        let endless = matches!(&self.state, State::Gathering(it) if it.is_endless(ms));
        self.notify(if endless { Notice::ListsStopped } else { Notice::ListsLate }, ms);
        self.home();
    }

    fn offer(&mut self, bundle: Result<Vec<u8>, UpdateFault>) {
        self.state = State::Updating;
        self.out.push(Action::Take(bundle));
    }
}

/// Lists are gathered so long at most, in milliseconds. Chosen: 255 printed codes held up by hand, one in seven seconds;
/// anybody may ask for it, and meanwhile no permit is judged.
const ALL_MS: u64 = 30 * 60_000;
