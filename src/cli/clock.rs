//! Time spent, as the processor counts it.
//!
//! Thread CPU time, not wall-clock time: a busy machine must not make a picture look slow.

use rustix::time::{ClockId, Timespec, clock_gettime};

/// A stop-watch of the thread it was started on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Timespec);

impl Stopwatch {
    /// Starts.
    pub(crate) fn start() -> Self {
        Self(now())
    }

    /// Milliseconds of this thread's CPU time since the start.
    pub(crate) fn ms(&self) -> f64 {
        let now = now();
        #[expect(clippy::cast_precision_loss, reason = "a difference of seconds is far below 2^53")]
        let ms =
            (now.tv_sec - self.0.tv_sec) as f64 * 1e3 + (now.tv_nsec - self.0.tv_nsec) as f64 / 1e6;
        ms
    }
}

fn now() -> Timespec {
    clock_gettime(ClockId::ThreadCPUTime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_takes_time() {
        let watch = Stopwatch::start();
        let mut sum = 0_u64;
        while watch.ms() <= 0.0 {
            sum = core::hint::black_box(sum.wrapping_add(1));
        }
        assert!(watch.ms() > 0.0);
    }
}
