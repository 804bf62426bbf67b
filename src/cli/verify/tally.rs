//! What a run adds up to: verdicts, expected against got, read rates by kind.
//!
//! Numbers only. What counts as a failure is decided by [`super::record::Outcome`], not here.

use std::collections::BTreeMap;

use permit_words::Light;

use super::record::{Outcome, Record, Stage};
use crate::curves::Curve;
use crate::manifest::NOT_READ;

/// What a verdict looks like to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// Green.
    Valid,
    /// Amber.
    Refer,
    /// Red.
    Invalid,
    /// Blue.
    Specimen,
    /// Grey: another code.
    Other,
    /// Nothing was read.
    Unread,
    /// The file could not be opened.
    Closed,
}

impl Class {
    /// All of them, best first.
    pub(crate) const ALL: [Self; 7] = [
        Self::Valid,
        Self::Refer,
        Self::Invalid,
        Self::Specimen,
        Self::Other,
        Self::Unread,
        Self::Closed,
    ];

    /// The class of a scan.
    pub(crate) const fn of(light: Light, stage: Stage) -> Self {
        match (stage, light) {
            (Stage::Closed, _) => Self::Closed,
            (Stage::Opened | Stage::Found, _) => Self::Unread,
            (_, Light::Green) => Self::Valid,
            (_, Light::Amber) => Self::Refer,
            (_, Light::Red) => Self::Invalid,
            (_, Light::Blue) => Self::Specimen,
            (_, Light::Grey) => Self::Other,
        }
    }

    /// The shape, for whoever does not see the colour.
    pub(crate) const fn shape(self) -> char {
        match self {
            Self::Valid => Light::Green.shape(),
            Self::Refer => Light::Amber.shape(),
            Self::Invalid => Light::Red.shape(),
            Self::Specimen => Light::Blue.shape(),
            Self::Other => Light::Grey.shape(),
            Self::Unread => '–',
            Self::Closed => '×',
        }
    }

    /// The message that says it in a word.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Valid => "verdict-valid",
            Self::Refer => "verdict-refer",
            Self::Invalid => "verdict-invalid",
            Self::Specimen => "verdict-specimen",
            Self::Other => "verdict-other",
            Self::Unread => "verify-unread",
            Self::Closed => "verify-closed",
        }
    }

    /// Its name in a stylesheet.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Refer => "refer",
            Self::Invalid => "invalid",
            Self::Specimen => "specimen",
            Self::Other => "other",
            Self::Unread => "unread",
            Self::Closed => "closed",
        }
    }
}

/// The sums.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Scans, each once.
    pub(crate) scans: usize,
    /// Scans of each class.
    pub(crate) classes: BTreeMap<Class, usize>,
    /// Expected code and code got, with how often.
    pub(crate) confusion: BTreeMap<(u8, u8), usize>,
    /// Scans of each outcome; empty without a manifest.
    pub(crate) outcomes: BTreeMap<Outcome, usize>,
    /// Files that could not be opened.
    pub(crate) closed: usize,
    /// Scans of which nobody said what to expect and in which nothing was read.
    pub(crate) unread: usize,
    /// Processor time of everything.
    pub(crate) ms: f64,
    kinds: BTreeMap<String, Samples>,
}

/// Strength and whether it was read, of the scans in which something should be.
type Samples = Vec<(f64, bool)>;

impl Tally {
    /// Adds a scan.
    pub(crate) fn add(&mut self, record: &Record, class: Class) {
        self.scans += 1;
        *self.classes.entry(class).or_default() += 1;
        // The codes of one picture share the time it took to load and to search.
        self.ms += if record.index == 0 { record.ms.sum() } else { record.ms.verify };
        if record.stage == Stage::Closed {
            self.closed += 1;
            return;
        }
        let Some(outcome) = record.outcome else {
            self.unread += usize::from(!record.is_read());
            return;
        };
        *self.outcomes.entry(outcome).or_default() += 1;
        if let Some(expected) = record.expected {
            *self.confusion.entry((expected, record.code)).or_default() += 1;
        }
        if record.expected != Some(NOT_READ)
            && let Some(kind) = &record.kind
        {
            let read = record.is_read() && outcome != Outcome::Misread;
            self.kinds
                .entry(kind.clone())
                .or_default()
                .push((record.strength.unwrap_or(0.0), read));
        }
    }

    /// Scans of an outcome.
    pub(crate) fn of(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or(0)
    }

    /// Whether something differs from the manifest.
    pub(crate) fn differs(&self) -> bool {
        self.outcomes.keys().any(|outcome| outcome.differs())
    }

    /// The read rates, by kind.
    pub(crate) fn curves(&self) -> Vec<Curve> {
        self.kinds.iter().map(|(kind, samples)| Curve::new(kind, samples)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(kind: &str, strength: f64, stage: Stage, outcome: Option<Outcome>) -> Record {
        let mut record = Record::new("a.png".into(), stage);
        (record.kind, record.strength, record.outcome) =
            (Some(kind.into()), Some(strength), outcome);
        record
    }

    #[test]
    fn a_read_rate_counts_what_was_read_right() {
        let mut tally = Tally::default();
        for (stage, outcome) in [
            (Stage::Rules, Outcome::Right),
            (Stage::Rules, Outcome::Wrong),
            (Stage::Rules, Outcome::Misread),
            (Stage::Opened, Outcome::Missed),
        ] {
            tally.add(&scan("glare", 0.5, stage, Some(outcome)), Class::Valid);
        }
        let curves = tally.curves();
        assert_eq!((curves.len(), curves[0].read(), curves[0].count()), (1, 2, 4));
        assert!(tally.differs());
    }

    #[test]
    fn an_empty_desk_is_no_part_of_a_curve() {
        let mut tally = Tally::default();
        let mut record = scan("desk", 0.0, Stage::Opened, Some(Outcome::Right));
        record.expected = Some(NOT_READ);
        tally.add(&record, Class::Unread);
        assert!(tally.curves().is_empty() && !tally.differs());
        assert_eq!(tally.confusion.get(&(NOT_READ, NOT_READ)), Some(&1));
    }

    #[test]
    fn without_a_manifest() {
        let mut tally = Tally::default();
        tally.add(&scan("x", 0.0, Stage::Opened, None), Class::Unread);
        tally.add(&scan("x", 0.0, Stage::Closed, None), Class::Closed);
        tally.add(&scan("x", 0.0, Stage::Rules, None), Class::Valid);
        assert_eq!((tally.scans, tally.unread, tally.closed), (3, 1, 1));
        assert!(!tally.differs());
    }
}
