//! The self-test: a golden permit through the whole pipeline, and a look at every part.
//!
//! The golden permit is good under a key that is baked in, asked at its own moment under its own lists, so that it tests
//! drawing, finding, reading, checking and judging wherever the terminal stands and whatever its lists. Nothing of it
//! reaches the journal or a real judgement.

use permit_core::{Checkpoint, Direction, NoLedger, Now, Side, Verdict, Verifier};
use permit_signing::demo;
use permit_symbol::{Size, Symbol, read};

use crate::lists::Lists;
use crate::machine::{Part, PartName};

/// What is known of the parts that are watched all the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// The clock is trusted.
    pub clock: bool,
    /// The disk has room.
    pub disk: bool,
    /// The chain is whole and can be written.
    pub journal: bool,
    /// There are lists, and none has expired.
    pub lists: bool,
}

/// Tests everything.
#[must_use]
pub fn run(known: &Known) -> Vec<Part> {
    let golden = golden();
    [
        (PartName::Pipeline, golden.pipeline),
        (PartName::Refusal, golden.refusal),
        (PartName::Clock, known.clock),
        (PartName::Disk, known.disk),
        (PartName::Journal, known.journal),
        (PartName::Lists, known.lists),
    ]
    .map(|(name, good)| Part { name, good })
    .into()
}

struct Golden {
    pipeline: bool,
    refusal: bool,
}

/// Judges the golden permit from its picture, and once more with one character of its signature changed.
fn golden() -> Golden {
    judge().unwrap_or(Golden { pipeline: false, refusal: false })
}

fn judge() -> Option<Golden> {
    let lists = own()?;
    let verifier = Verifier::new(lists.trust(), HERE).ok()?;
    let now = Now::by_hand(demo::NOON, lists.trust().newest());
    let text = core::str::from_utf8(demo::GOLDEN).ok()?.trim_end();
    let symbol = Symbol::new(text).ok()?;
    let picture = symbol.raster(&Size::module(0.17)).ok()?;
    let codes = read(picture.as_grey());
    let good = |text: &[u8]| verifier.verify(text, &NoLedger, &now).verdict == Verdict::Valid;
    let pipeline = codes.len() == 1 && codes.iter().all(|code| good(&code.bytes));
    let mut damaged = text.as_bytes().to_vec();
    let middle = damaged.len() / 2;
    let digit = damaged.get_mut(middle)?;
    *digit = if *digit == b'0' { b'1' } else { b'0' };
    Some(Golden { pipeline, refusal: !good(&damaged) })
}

/// The self-test's own lists, opened once in the life of the process.
fn own() -> Option<Lists> {
    static OWN: std::sync::OnceLock<Option<Lists>> = std::sync::OnceLock::new();
    *OWN.get_or_init(|| Lists::open(demo::BUNDLE, demo::anchor().ok()?, None, None).ok())
}

const HERE: Checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_permit_passes_and_its_damage_is_seen() {
        let known = Known { clock: true, disk: false, journal: true, lists: true };
        let parts = run(&known);
        let bad: Vec<PartName> =
            parts.iter().filter(|part| !part.good).map(|part| part.name).collect();
        assert_eq!(bad, [PartName::Disk]);
    }
}
