//! Unbroken stretches of records: which of a terminal's are here, and which are missing.

use std::collections::BTreeMap;

/// Records that follow one another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// Sequence of the first.
    pub first: u64,
    /// Sequence of the last.
    pub last: u64,
    /// The first is the first of a chain: nothing is missing before it.
    pub begins: bool,
}

/// A terminal's stretches: joined in any order, as often as one likes, they come to the same.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Stretches(BTreeMap<u64, (u64, bool)>);

impl Stretches {
    /// Takes one in; where it touches or covers others they become one.
    pub fn join(&mut self, stretch: Stretch) {
        let Stretch { mut first, mut last, mut begins } = stretch;
        let touching: Vec<u64> = self
            .0
            .range(..=last.saturating_add(1))
            .filter(|(_, (end, _))| end.saturating_add(1) >= first)
            .map(|(start, _)| *start)
            .collect();
        for start in touching {
            let Some((end, known)) = self.0.get(&start).copied() else { continue };
            self.0.remove(&start);
            begins = if start < first {
                known
            } else if start == first {
                known || begins
            } else {
                begins
            };
            first = first.min(start);
            last = last.max(end);
        }
        self.0.insert(first, (last, begins));
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = Stretch> + '_ {
        self.0.iter().map(|(&first, &(last, begins))| Stretch { first, last, begins })
    }

    /// Sequences that are missing, first and last: before a stretch that begins no chain.
    pub fn gaps(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let mut before = 0;
        self.iter().filter_map(move |stretch| {
            let gap = (before + 1, stretch.first.saturating_sub(1));
            before = stretch.last;
            (!stretch.begins && gap.0 <= gap.1).then_some(gap)
        })
    }

    /// The last record that is here.
    #[must_use]
    pub fn last(&self) -> Option<u64> {
        self.0.values().map(|(last, _)| *last).max()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(all: &[(u64, u64, bool)]) -> Stretches {
        let mut stretches = Stretches::default();
        for &(first, last, begins) in all {
            stretches.join(Stretch { first, last, begins });
        }
        stretches
    }

    #[test]
    fn gaps_are_named_and_close() {
        let some = of(&[(1, 10, true), (21, 30, false), (41, 50, false)]);
        assert_eq!(some.gaps().collect::<Vec<_>>(), [(11, 20), (31, 40)]);
        let more = of(&[(41, 50, false), (1, 10, true), (11, 20, false), (21, 30, false)]);
        assert_eq!(more.gaps().collect::<Vec<_>>(), [(31, 40)]);
        assert_eq!(of(&[(5, 9, false)]).gaps().collect::<Vec<_>>(), [(1, 4)]);
        let renewed = of(&[(1, 10, true), (1_000_000, 1_000_009, true)]);
        assert_eq!(renewed.gaps().count(), 0, "a new chain leaps, and nothing is missing");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_order_and_repeats_do_not_matter(
            cuts in prop::collection::vec((1_u64..80, 0_u64..20), 1..12),
            order in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
        ) {
            let all: Vec<_> = cuts.iter().map(|&(first, more)| (first, first + more, first == 1)).collect();
            let mut told: Vec<_> = order.iter().map(|index| *index.get(&all)).collect();
            told.extend(all.iter().rev().copied());
            prop_assert_eq!(of(&told), of(&all));
            let here = |at: u64| all.iter().any(|(first, last, _)| (*first..=*last).contains(&at));
            let missing: Vec<u64> = of(&all).gaps().flat_map(|(first, last)| first..=last).collect();
            let most = of(&all).last().unwrap();
            let expected: Vec<u64> = (1..=most).filter(|at| !here(*at)).collect();
            prop_assert_eq!(missing, expected);
        }
    }
}
