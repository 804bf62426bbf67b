//! What readers made of the pictures, and the figures that follow from it.
//!
//! A rate counts pictures with a code, all of them, also those nobody can read. A misread is a code that is not in the
//! picture, and counts wherever it happens. Times are CPU time; a ratio of two in the same run is what travels.

use std::collections::BTreeMap;

use serde::Serialize;

use super::corpus::{Item, Wanted};

/// What a reader made of one picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    /// One of the codes is what was to be read.
    pub(super) read: bool,
    /// There are codes, and none is.
    pub(super) misread: bool,
    /// CPU time.
    pub(super) ms: f64,
}

impl Mark {
    /// Holds what was read against what was to be read.
    pub(super) fn new(wanted: &Wanted, codes: &[Vec<u8>], ms: f64) -> Self {
        let read = wanted.is_among(codes);
        Self { read, misread: !read && !codes.is_empty(), ms }
    }
}

/// A reader and all its marks, one a picture.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) marks: Vec<Mark>,
}

/// A reader's figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Figures {
    pub(super) name: String,
    pub(super) version: String,
    /// Pictures with a code.
    pub(super) pictures: usize,
    /// Per cent of these read.
    pub(super) read: f64,
    /// Milliseconds a picture with a code.
    pub(super) mean: f64,
    pub(super) median: f64,
    pub(super) p95: f64,
    /// Mean milliseconds a picture without one, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) empty: Option<f64>,
    pub(super) misreads: usize,
    /// Mean time divided by that of the reader to compare with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ratio: Option<f64>,
    /// Per cent read of each kind.
    pub(super) kinds: BTreeMap<String, f64>,
}

/// A step of the cascade: what it adds and what it costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Step {
    pub(super) name: String,
    /// Per cent read with this step and all before it.
    pub(super) read: f64,
    /// Mean milliseconds with this step and all before it.
    pub(super) mean: f64,
    /// Points more than without it.
    pub(super) adds: f64,
    /// Milliseconds more than without it.
    pub(super) costs: f64,
}

impl Sheet {
    /// The figures, beside `other`'s mean where there is one.
    pub(super) fn figures(&self, items: &[Item], other: Option<f64>) -> Figures {
        let with = |item: &Item| !item.wanted.is_nothing();
        let both = || items.iter().zip(&self.marks);
        let marks: Vec<Mark> = both().filter(|(item, _)| with(item)).map(|(_, m)| *m).collect();
        let empty: Vec<f64> = both().filter(|(item, _)| !with(item)).map(|(_, m)| m.ms).collect();
        let mut kinds: BTreeMap<String, Vec<bool>> = BTreeMap::new();
        for (item, mark) in both().filter(|(item, _)| with(item)) {
            kinds.entry(item.kind.clone()).or_default().push(mark.read);
        }
        let mut times: Vec<f64> = marks.iter().map(|mark| mark.ms).collect();
        times.sort_by(f64::total_cmp);
        let mean = mean(&times);
        Figures {
            name: self.name.clone(),
            version: self.version.clone(),
            pictures: marks.len(),
            read: percent(marks.iter().map(|mark| mark.read)),
            mean,
            median: at(&times, 0.5),
            p95: at(&times, 0.95),
            empty: (!empty.is_empty()).then(|| self::mean(&empty)),
            misreads: self.marks.iter().filter(|mark| mark.misread).count(),
            ratio: other.filter(|other| *other > 0.0).map(|other| mean / other),
            kinds: kinds
                .into_iter()
                .map(|(kind, read)| (kind, percent(read.into_iter())))
                .collect(),
        }
    }
}

/// The table of steps, from what the reader did with the first, the first two, … of them.
pub(super) fn steps(sheets: &[Sheet], items: &[Item]) -> Vec<Step> {
    let figures = sheets.iter().map(|sheet| sheet.figures(items, None));
    let mut before = (0.0, 0.0);
    figures
        .map(|now| {
            let (adds, costs) = (now.read - before.0, now.mean - before.1);
            before = (now.read, now.mean);
            Step { name: now.name, read: now.read, mean: now.mean, adds, costs }
        })
        .collect()
}

/// Per cent of the pictures with a code that at least one of these read.
pub(super) fn together(sheets: &[Sheet], items: &[Item]) -> f64 {
    let with = items.iter().enumerate().filter(|(_, item)| !item.wanted.is_nothing());
    percent(with.map(|(at, _)| sheets.iter().any(|sheet| sheet.marks[at].read)))
}

/// Per cent that is true.
pub(super) fn percent(values: impl Iterator<Item = bool>) -> f64 {
    let (yes, all) = values.fold((0, 0), |(yes, all), value| (yes + usize::from(value), all + 1));
    if all == 0 { 0.0 } else { 100.0 * real(yes) / real(all) }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / real(values.len()) }
}

/// The value below which this share of the sorted ones lies.
fn at(sorted: &[f64], share: f64) -> f64 {
    let last = real(sorted.len().saturating_sub(1));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    let index = (last * share) as usize;
    sorted.get(index).copied().unwrap_or(0.0)
}

#[expect(clippy::cast_precision_loss, reason = "numbers of pictures are far below 2^53")]
const fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::corpus::generated;

    fn sheet(name: &str, items: &[Item], read: impl Fn(usize) -> bool, ms: f64) -> Sheet {
        let marks = items.iter().enumerate().map(|(at, item)| {
            let read = read(at) && !item.wanted.is_nothing();
            Mark { read, misread: false, ms }
        });
        Sheet { name: name.into(), version: "1".into(), marks: marks.collect() }
    }

    #[test]
    fn rates_times_and_ratios() {
        let items = generated(2, 1);
        let cards = items.iter().filter(|item| !item.wanted.is_nothing()).count();
        let mut half = sheet("half", &items, |at| at % 2 == 0, 3.0);
        half.marks[1] = Mark { read: false, misread: true, ms: 6.0 };
        let figures = half.figures(&items, Some(2.0));
        assert_eq!((figures.pictures, figures.misreads), (cards, 1));
        assert_eq!((figures.read, figures.median, figures.p95), (50.0, 3.0, 3.0));
        assert!(figures.mean > 3.0 && (figures.ratio.unwrap() - figures.mean / 2.0).abs() < 1e-9);
        assert_eq!((figures.empty, figures.kinds["clean"]), (Some(3.0), 50.0));
        let other = sheet("other", &items, |at| at % 2 == 1, 1.0);
        assert_eq!(together(&[half, other], &items), 100.0);
    }

    #[test]
    fn each_step_by_what_it_adds() {
        let items = generated(2, 1);
        let first = sheet("first", &items, |at| at % 2 == 0, 2.0);
        let second = sheet("second", &items, |_| true, 5.0);
        let steps = steps(&[first, second], &items);
        assert_eq!((steps[0].adds, steps[0].costs), (50.0, 2.0));
        assert_eq!((steps[1].adds, steps[1].costs, steps[1].read), (50.0, 3.0, 100.0));
    }

    #[test]
    fn a_code_that_is_not_there_is_a_misread() {
        let wanted = Wanted::Bytes(vec![b"A".to_vec()]);
        let nothing = Wanted::Bytes(Vec::new());
        let mark = |wanted: &Wanted, codes: &[&[u8]]| {
            let codes: Vec<Vec<u8>> = codes.iter().map(|code| code.to_vec()).collect();
            let mark = Mark::new(wanted, &codes, 1.0);
            (mark.read, mark.misread)
        };
        assert_eq!(mark(&wanted, &[b"A", b"B"]), (true, false));
        assert_eq!(mark(&wanted, &[b"B"]), (false, true));
        assert_eq!(mark(&wanted, &[]), (false, false));
        assert_eq!(mark(&nothing, &[b"A"]), (false, true));
    }
}
