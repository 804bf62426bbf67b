//! How long to wait until servers are asked again.

use core::time::Duration;

/// Seconds between rounds in which everything went well (chosen: an asking costs a line where nothing is new).
const EVERY: u64 = 15 * 60;
/// Seconds after the first round in which something did not (chosen).
const AGAIN: u64 = 60;
/// The longest wait in seconds (chosen: lists come once a week).
const MOST: u64 = 60 * 60;

/// Counts rounds that failed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Patience {
    failed: u32,
}

impl Patience {
    /// The wait after a round: twice as long after each that failed, and up to a quarter longer by `chance`, so that
    /// terminals that lost their server together do not come back together.
    pub fn after(&mut self, good: bool, chance: u8) -> Duration {
        self.failed = if good { 0 } else { self.failed.saturating_add(1) };
        let doubled = AGAIN.saturating_mul(1 << self.failed.saturating_sub(1).min(10));
        let seconds = if good { EVERY } else { doubled.min(MOST) };
        Duration::from_secs(seconds + seconds * u64::from(chance) / (4 * 256))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_to_an_hour_and_begins_anew() {
        let mut patience = Patience::default();
        let mut wait = |good, chance| patience.after(good, chance).as_secs();
        let failed: Vec<_> = (0..9).map(|_| wait(false, 0)).collect();
        assert_eq!(failed, [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
        assert_eq!((wait(true, 0), wait(false, 0)), (900, 60));
        assert!((900..=1125).contains(&wait(true, 255)));
    }
}
