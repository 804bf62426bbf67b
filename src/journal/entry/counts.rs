//! What is counted of all records, removed ones too.

use minicbor::{Decode, Encode};

use crate::wire;

use super::{Entry, Event, Outcome};

/// How many there were.
#[derive(Clone, PartialEq, Eq, Default, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Counts {
    /// Records of every kind.
    #[n(0)]
    pub records: u64,
    /// Verdicts: code and number, by code.
    #[n(1)]
    pub verdicts: Vec<(u8, u64)>,
    /// Decisions to admit.
    #[n(2)]
    pub admitted: u64,
    /// Decisions to turn back.
    #[n(3)]
    pub turned_back: u64,
    /// Decisions to assist.
    #[n(4)]
    pub assisted: u64,
    /// Verdicts that nobody attended to.
    #[cbor(n(5), with = "wire::few", has_nil)]
    pub not_decided: u64,
    /// Admissions that were undone; they are among those admitted.
    #[cbor(n(6), with = "wire::few", has_nil)]
    pub undone: u64,
}

impl Counts {
    /// Counts one more.
    pub(crate) fn count(&mut self, entry: &Entry) {
        self.records = self.records.saturating_add(1);
        match entry {
            Entry::Event(Event::Scanned(scan)) => self.verdict(scan.code, 1),
            Entry::Event(Event::Decided(decided)) => match decided.outcome {
                Outcome::Admitted => self.admitted = self.admitted.saturating_add(1),
                Outcome::TurnedBack(_) => self.turned_back = self.turned_back.saturating_add(1),
                Outcome::Assisted => self.assisted = self.assisted.saturating_add(1),
                Outcome::NotDecided => self.not_decided = self.not_decided.saturating_add(1),
            },
            Entry::Event(Event::Undone { .. }) => self.undone = self.undone.saturating_add(1),
            _ => {}
        }
    }

    /// Adds others.
    pub(crate) fn add(&mut self, other: &Self) {
        self.records = self.records.saturating_add(other.records);
        self.admitted = self.admitted.saturating_add(other.admitted);
        self.turned_back = self.turned_back.saturating_add(other.turned_back);
        self.assisted = self.assisted.saturating_add(other.assisted);
        self.not_decided = self.not_decided.saturating_add(other.not_decided);
        self.undone = self.undone.saturating_add(other.undone);
        other.verdicts.iter().for_each(|&(code, number)| self.verdict(code, number));
    }

    fn verdict(&mut self, code: u8, number: u64) {
        match self.verdicts.binary_search_by_key(&code, |&(code, _)| code) {
            Ok(at) => self.verdicts[at].1 = self.verdicts[at].1.saturating_add(number),
            Err(at) => self.verdicts.insert(at, (code, number)),
        }
    }
}
