//! The whole system, tested: bytes in, verdicts out, with the counts that the threat page asks for.
#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod clock;
mod flips;
mod journal;
mod kinds;
mod oracle;
mod order;
mod page;
mod props;
mod rules;
mod second;
mod sizes;
mod third;
mod trust;
mod tuf;
