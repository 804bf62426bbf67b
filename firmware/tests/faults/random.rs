//! Choices that a seed repeats: splitmix64.

/// Where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) const fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of these.
    pub(crate) fn of<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        let at = self.below(u64::try_from(items.len()).unwrap());
        &items[usize::try_from(at).unwrap()]
    }

    /// The places below `count` in a random order.
    pub(crate) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut places: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            let other = self.below(u64::try_from(at + 1).unwrap());
            places.swap(at, usize::try_from(other).unwrap());
        }
        places
    }
}
