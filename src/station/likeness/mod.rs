//! Who may be the same person under another spelling: by sound, birth and region, over the whole registry.
//!
//! Two names are held against each other by how they sound (`sound`): the least cost of turning one row of sounds into
//! the other, where a vowel for a vowel costs 0.4, a vowel too many 0.5, two that changed places 0.6 and everything else
//! 1, as a share of the longer row. The given name may stand first in one of them. Equal names in native script are equal,
//! whatever the Latin letters say. Births are the same, agree as far as both are known, or are one slip apart: one digit,
//! or two that changed places, or day and month exchanged.
//!
//! Only births that can agree are looked at, of which the desk has an order: a look costs what there are of those, not of
//! all applications. A name alone is looked up by orders of its own (`names`).
//!
//! It says what is alike and decides nothing: an officer looks, and nothing is merged. How many it finds and how often it
//! is wrong is measured by `cargo run --release -p permit-station --example alike`.

mod names;
mod sound;

#[cfg(test)]
mod tests;

use permit_core::Birth;

use crate::rules::{Application, Born, Desk, Particulars, born};
pub(crate) use names::Names;
use sound::{Sound, is_vowel};

/// Percent of sound that is alike, from which on two names with births that agree are shown: chosen, and measured by the
/// example (1 December 2026, 2,000 people: 993 of 1,000 found in another system with a typing error, somebody shown to 7 of
/// 1,000 newcomers).
const NAME: u8 = 70;
/// The same, where the births are a slip apart.
const NAME_NEAR: u8 = 85;
/// The same, where a name alone is looked for: chosen, as of births a slip apart.
const SOUGHT: u8 = 85;

/// An application that may be the same person's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Likeness {
    /// Its number.
    pub number: u32,
    /// How much the names sound alike, in percent.
    pub name: u8,
    /// How the births agree.
    pub birth: Births,
    /// Whether the home region is the same.
    pub region: bool,
}

/// How two births agree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Births {
    /// One slip apart.
    Near,
    /// As far as both are known.
    Partly,
    /// The same.
    Same,
}

/// A name, listened to once.
#[derive(Debug)]
struct Heard {
    names: Vec<Vec<Sound>>,
    native: Option<String>,
}

/// Applications of a desk that may be by the same person as this one, the most alike first; without number `but`.
#[must_use]
pub fn alike(desk: &Desk, draft: &Particulars, but: u32) -> Vec<Likeness> {
    let heard = Heard::of(draft);
    let of = |it: &Application| {
        let content = it.particulars.as_ref().filter(|_| it.number != but)?;
        let birth = births(draft.birth, content.birth)?;
        let name = heard.against(content);
        let least = if birth == Births::Near { NAME_NEAR } else { NAME };
        let region = content.region == draft.region;
        (name >= least).then_some(Likeness { number: it.number, name, birth, region })
    };
    let candidates = looked_up(draft.birth).into_iter();
    let candidates = candidates.flat_map(|(from, through)| desk.born(from, through));
    let mut found: Vec<Likeness> = candidates.filter_map(of).collect();
    found.sort_by_key(|it| core::cmp::Reverse((it.birth, it.name, it.region, it.number)));
    found
}

impl Heard {
    fn of(content: &Particulars) -> Self {
        Self::name(&content.latin, content.native.as_deref())
    }

    /// A name that is looked for, in either script.
    fn sought(name: &str) -> Self {
        match sound::hangul(name) {
            Some(_) => Self::name("", Some(name)),
            None => Self::name(name, Some(name)),
        }
    }

    fn name(latin: &str, native: Option<&str>) -> Self {
        let turned = latin.split_once(' ').map(|(first, rest)| format!("{rest} {first}"));
        let mut names = vec![sound::latin(latin)];
        names.extend(turned.map(|turned| sound::latin(&turned)));
        names.extend(native.and_then(sound::hangul));
        Self { names, native: native.map(|it| it.replace(' ', "")) }
    }

    fn against(&self, content: &Particulars) -> u8 {
        self.like(&Self::of(content))
    }

    fn like(&self, other: &Self) -> u8 {
        if self.native.is_some() && self.native == other.native {
            return 100;
        }
        let pairs = self.names.iter().flat_map(|a| other.names.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| percent(a, b)).max().unwrap_or_default()
    }
}

/// Tenths of a change: see the head of this file.
const VOWEL: u32 = 4;
const EXTRA_VOWEL: u32 = 5;
const PLACES: u32 = 6;
const OTHER: u32 = 10;

/// What two rows of sounds have in common, in percent of the longer one.
fn percent(a: &[Sound], b: &[Sound]) -> u8 {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    share(u32::try_from(a.len().max(b.len())).unwrap_or(u32::MAX), cost(a, b))
}

/// What a cost leaves of a row of so many sounds, in percent.
fn share(sounds: u32, cost: u32) -> u8 {
    let all = sounds.saturating_mul(OTHER);
    let left = all.saturating_sub(cost).saturating_mul(100);
    left.checked_div(all).map_or(0, |left| u8::try_from(left).unwrap_or(100))
}

/// Least cost of turning one into the other (optimal string alignment).
fn cost(a: &[Sound], b: &[Sound]) -> u32 {
    let extra = |sound: Sound| if is_vowel(sound) { EXTRA_VOWEL } else { OTHER };
    let other = |x: Sound, y: Sound| match (x == y, is_vowel(x) && is_vowel(y)) {
        (true, _) => 0,
        (_, true) => VOWEL,
        _ => OTHER,
    };
    let mut before: Vec<u32> = Vec::new();
    let mut last: Vec<u32> = vec![0];
    for sound in b {
        last.push(last.last().copied().unwrap_or_default() + extra(*sound));
    }
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![last[0] + extra(*x)];
        for (j, y) in b.iter().enumerate() {
            let mut least = last[j] + other(*x, *y);
            least = least.min(last[j + 1] + extra(*x)).min(row[j] + extra(*y));
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                least = least.min(before[j - 1] + PLACES);
            }
            row.push(least);
        }
        before = core::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

/// Where births stand that agree with one, as ranges that do not overlap: of a day its year and month alone, itself, and
/// every day that is one slip apart.
fn looked_up(birth: Birth) -> Vec<(Born, Born)> {
    let (year, month, day) = born(birth);
    if month == 0 {
        return vec![((year, 0, 0), (year, u8::MAX, u8::MAX))];
    }
    if day == 0 {
        return vec![((year, 0, 0), (year, 0, 0)), ((year, month, 0), (year, month, u8::MAX))];
    }
    let own = digits(year.into(), month, day);
    let mut days = vec![(year, 0, 0), (year, month, 0), (year, month, day), (year, day, month)];
    let mut slip = |digits: [i32; 8]| {
        let number = |range: core::ops::Range<usize>| {
            digits[range].iter().fold(0_u16, |sum, digit| {
                sum.saturating_mul(10).saturating_add(u16::try_from(*digit).unwrap_or_default())
            })
        };
        let part = |range| u8::try_from(number(range)).unwrap_or_default();
        days.push((number(0..4), part(4..6), part(6..8)));
    };
    for at in 0..own.len() {
        for digit in 0..10 {
            let mut other = own;
            other[at] = digit;
            slip(other);
        }
        if at + 1 < own.len() {
            let mut other = own;
            other.swap(at, at + 1);
            slip(other);
        }
    }
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| (day, day)).collect()
}

/// How two births agree; `None` if they do not.
fn births(a: Birth, b: Birth) -> Option<Births> {
    if a == b {
        return Some(Births::Same);
    }
    let (a, b) = (parts(a), parts(b));
    let known = |x: Option<u8>, y: Option<u8>| x.is_none() || y.is_none() || x == y;
    if a.0 == b.0 && known(a.1, b.1) && known(a.2, b.2) {
        return Some(Births::Partly);
    }
    let ((year, Some(month), Some(day)), (other, Some(m), Some(d))) = (a, b) else { return None };
    let exchanged = year == other && (month, day) == (d, m);
    let slip = one_slip(digits(year, month, day), digits(other, m, d));
    (exchanged || slip).then_some(Births::Near)
}

/// `YYYYMMDD`, a digit each.
fn digits(year: i32, month: u8, day: u8) -> [i32; 8] {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = [year / 1000, year / 100 % 10, year / 10 % 10, year % 10];
    [year[0], year[1], year[2], year[3], month / 10, month % 10, day / 10, day % 10]
}

/// One digit is another, or two neighbours changed places.
fn one_slip(a: [i32; 8], b: [i32; 8]) -> bool {
    let differ = || (0..8).filter(|at| a[*at] != b[*at]);
    match (differ().count(), differ().next()) {
        (1, _) => true,
        (2, Some(x)) if x < 7 => a[x] == b[x + 1] && a[x + 1] == b[x],
        _ => false,
    }
}

fn parts(birth: Birth) -> (i32, Option<u8>, Option<u8>) {
    match birth {
        Birth::Year(year) => (year.into(), None, None),
        Birth::Month(year, month) => (year.into(), Some(month), None),
        Birth::Day(day) => {
            let (year, month, day) = day.civil();
            (year, Some(month), Some(day))
        }
    }
}
