//! What was done with applications, counted by the desk's civil day.

use std::collections::BTreeMap;

use permit_core::Day;
use permit_record::{Count, Entry, Outcome};
use permit_report::Period;

use crate::rules::{Act, ApplicationAct, Gone, Grounds, Origin, Step};

/// Counts of these days, while the record is read from its beginning.
pub(super) struct Counts {
    period: Period,
    offset: i16,
    known: BTreeMap<u32, Known>,
    counted: BTreeMap<(Day, u8, u16, Outcome, Option<u8>), u32>,
}

/// What counting has to know of an application.
struct Known {
    class: u8,
    region: u16,
    handed_in: bool,
    corrects: bool,
    ground: Option<u8>,
}

impl Counts {
    pub(super) const fn new(period: Period, offset: i16) -> Self {
        Self { period, offset, known: BTreeMap::new(), counted: BTreeMap::new() }
    }

    /// The next entry of the record.
    pub(super) fn take(&mut self, entry: &Entry, act: &Act) {
        let Act::Application(number, act) = act else { return };
        if let ApplicationAct::Open { class, origin, .. } = act {
            let corrects = matches!(origin, Origin::Correction(_));
            let class = *class as u8;
            let known = Known { class, region: 0, handed_in: false, corrects, ground: None };
            self.known.insert(*number, known);
        }
        let Some(known) = self.known.get_mut(number) else { return };
        known.learn(act);
        if let Some(outcome) = known.outcome(act.step()) {
            self.count(entry, *number, outcome);
        }
    }

    /// The same of an application that was let go, by what is left of it: in the region that its form said last.
    pub(super) fn gone(&mut self, entry: &Entry, gone: &Gone) {
        let step = Step::ALL.into_iter().find(|step| *step as u8 == entry.act);
        let known = self.known.entry(gone.number).or_insert_with(|| Known {
            class: gone.class as u8,
            region: gone.region,
            handed_in: false,
            corrects: gone.corrects,
            ground: gone.ground.map(|ground| ground as u8),
        });
        if let Some(outcome) = step.and_then(|step| known.outcome(step)) {
            self.count(entry, gone.number, outcome);
        }
    }

    fn count(&mut self, entry: &Entry, number: u32, outcome: Outcome) {
        let Some(known) = self.known.get(&number) else { return };
        let day = entry.at.day(self.offset);
        if (self.period.from()..=self.period.through()).contains(&day) {
            let ground = known.ground.filter(|_| outcome.has_ground());
            let key = (day, known.class, known.region, outcome, ground);
            *self.counted.entry(key).or_default() += 1;
        }
    }

    pub(super) fn counts(self) -> Vec<Count> {
        let count = |((day, class, region, outcome, ground), number)| Count {
            day,
            class,
            region,
            outcome,
            ground,
            number,
        };
        self.counted.into_iter().map(count).collect()
    }
}

impl Known {
    /// What an act says of it.
    fn learn(&mut self, act: &ApplicationAct) {
        let mut ground = |grounds: &Grounds| self.ground = Some(grounds.ground as u8);
        match act {
            ApplicationAct::Fill(content) | ApplicationAct::Correct(content, _) => {
                self.region = content.region;
            }
            ApplicationAct::ProposeRefusal(grounds, _)
            | ApplicationAct::ProposeRevocation(grounds, _) => ground(grounds),
            _ => {}
        }
    }

    /// What a step is counted as.
    fn outcome(&mut self, step: Step) -> Option<Outcome> {
        match step {
            Step::Submit => {
                let first = !core::mem::replace(&mut self.handed_in, true);
                first.then_some(Outcome::HandedIn)
            }
            Step::Refuse => Some(Outcome::Refused),
            Step::Revoke => Some(Outcome::Revoked),
            Step::Issue if self.corrects => Some(Outcome::Corrected),
            Step::Issue => Some(Outcome::Issued),
            Step::Reprint => Some(Outcome::Reprinted),
            Step::HandOver => Some(Outcome::HandedOver),
            Step::Withdraw => Some(Outcome::Withdrawn),
            Step::Surrender => Some(Outcome::Surrendered),
            Step::Lose => Some(Outcome::Lost),
            _ => None,
        }
    }
}
