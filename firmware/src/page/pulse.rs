//! Whether the page on the terminal's own screen lives.
//!
//! A page that is drawn and hears of news says so every two seconds. Whether it does is asked by whoever keeps the
//! screen's browser running (`--screen`), and told to the machine, whose lamps say it. Nothing is expected where nobody
//! asked and no page ever lived: a laptop whose browser is shut, a lane without a screen.

use core::time::Duration;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::hub::Hub;

/// The signs of life of one lane's screen.
#[derive(Debug, Default)]
pub(super) struct Pulse(Mutex<Heart>);

#[derive(Clone, Copy, Debug, Default)]
struct Heart {
    /// Since when a screen is known to belong here.
    since: Option<Instant>,
    /// The last sign of life.
    last: Option<Instant>,
}

impl Pulse {
    /// A page lives.
    pub(super) fn beat(&self, now: Instant) {
        self.change(|heart| {
            heart.since = heart.since.or(Some(now));
            heart.last = Some(now);
        });
    }

    /// Somebody keeps a screen here, and asks how long ago its page lived: none if it never did.
    pub(super) fn ask(&self, now: Instant) -> Option<Duration> {
        let heart = self.change(|heart| heart.since = heart.since.or(Some(now)));
        heart.last.map(|last| now.saturating_duration_since(last))
    }

    /// Whether all is well: a page lives, or none is expected yet.
    fn is_well(&self, now: Instant) -> bool {
        let heart = self.change(|_| {});
        match (heart.since, heart.last) {
            (_, Some(last)) => now.saturating_duration_since(last) < SILENT,
            (Some(since), None) => now.saturating_duration_since(since) < COMING,
            (None, None) => true,
        }
    }

    fn change(&self, change: impl FnOnce(&mut Heart)) -> Heart {
        let mut heart = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut heart);
        *heart
    }
}

/// Tells the machine when the screen goes dark and when it is back.
pub(super) async fn watch(pulse: Arc<Pulse>, hub: Hub) {
    let (mut told, mut at) = (true, Instant::now());
    loop {
        tokio::time::sleep(LOOK).await;
        let (well, now) = (pulse.is_well(Instant::now()), Instant::now());
        // Again now and then: what is said once may be dropped where much waits.
        let due = well != told || now.saturating_duration_since(at) >= AGAIN;
        if due && hub.screen(well) {
            (told, at) = (well, now);
        }
    }
}

/// A page that says nothing for so long is dead; it says something every two seconds.
const SILENT: Duration = Duration::from_secs(10);
/// How long a browser may take to its first page, on a small board that starts.
const COMING: Duration = Duration::from_secs(90);
const AGAIN: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(500);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_13_only_a_screen_that_belongs_here_is_missed() {
        let (pulse, now) = (Pulse::default(), Instant::now());
        let later = |seconds| now + Duration::from_secs(seconds);
        assert!(pulse.is_well(later(100_000)), "nobody opened a page");
        assert_eq!(pulse.ask(now), None);
        assert!(pulse.is_well(later(89)) && !pulse.is_well(later(90)), "it never came");
        pulse.beat(later(100));
        assert!(pulse.is_well(later(109)) && !pulse.is_well(later(110)), "it went dark");
        assert_eq!(pulse.ask(later(110)), Some(SILENT));
        pulse.beat(later(200));
        assert!(pulse.is_well(later(201)), "it is back");
    }
}
