//! What was done with applications, counted by the desk's civil day.

use std::collections::BTreeMap;

use permit_core::Day;
use permit_record::{Count, Entry, Outcome};

use super::Period;
use crate::rules::{Act, ApplicationAct, Grounds, Origin};

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
        let Some(outcome) = known.take(act) else { return };
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
    fn take(&mut self, act: &ApplicationAct) -> Option<Outcome> {
        let mut ground = |grounds: &Grounds| self.ground = Some(grounds.ground as u8);
        match act {
            ApplicationAct::Fill(content) | ApplicationAct::Correct(content, _) => {
                self.region = content.region;
                None
            }
            ApplicationAct::Submit => {
                let first = !core::mem::replace(&mut self.handed_in, true);
                first.then_some(Outcome::HandedIn)
            }
            ApplicationAct::ProposeRefusal(grounds, _)
            | ApplicationAct::ProposeRevocation(grounds, _) => {
                ground(grounds);
                None
            }
            ApplicationAct::Refuse(_) => Some(Outcome::Refused),
            ApplicationAct::Revoke(_) => Some(Outcome::Revoked),
            ApplicationAct::Issue(_) if self.corrects => Some(Outcome::Corrected),
            ApplicationAct::Issue(_) => Some(Outcome::Issued),
            ApplicationAct::Reprint(_) => Some(Outcome::Reprinted),
            ApplicationAct::HandOver => Some(Outcome::HandedOver),
            ApplicationAct::Withdraw => Some(Outcome::Withdrawn),
            ApplicationAct::Surrender => Some(Outcome::Surrendered),
            ApplicationAct::Lose => Some(Outcome::Lost),
            _ => None,
        }
    }
}
