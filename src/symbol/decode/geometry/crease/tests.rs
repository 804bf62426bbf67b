//! A fold that is known is found, wherever it runs; flat paper has none.

use qrcode::{EcLevel, QrCode, Version};

use super::*;
use crate::decode::ladder::{self, Effort};
use crate::decode::scene::{apart, draw, finders as laid};

/// A crease of the symbol of version 7: the direction across it, its distance from the middle, and where a module beyond it
/// goes.
struct Fold {
    across: (f32, f32),
    offset: f32,
    turn: (f32, f32),
}

const MIDDLE: f32 = 22.5;

impl Fold {
    fn beyond(&self, u: f32, v: f32) -> f32 {
        self.across.0 * (u - MIDDLE) + self.across.1 * (v - MIDDLE) - self.offset
    }

    fn there(&self, u: f32, v: f32) -> Point {
        let d = self.beyond(u, v).max(0.0);
        Point { x: 60.0 + 6.0 * (u + d * self.turn.0), y: 60.0 + 6.0 * (v + d * self.turn.1) }
    }

    fn back(&self, x: f32, y: f32) -> (f32, f32) {
        let (u, v) = ((x - 60.0) / 6.0, (y - 60.0) / 6.0);
        let stretch = 1.0 + self.across.0 * self.turn.0 + self.across.1 * self.turn.1;
        let d = self.beyond(u, v).max(0.0) / stretch;
        (u - d * self.turn.0, v - d * self.turn.1)
    }
}

/// Across a corner, slanting below the middle, upright beside it.
const FOLDS: [Fold; 3] = [
    Fold { across: (0.8, -0.6), offset: 6.0, turn: (-0.3, 0.1) },
    Fold { across: (0.28, 0.96), offset: 5.0, turn: (0.1, -0.4) },
    Fold { across: (1.0, 0.0), offset: 3.5, turn: (-0.35, -0.15) },
];

#[test]
fn a_fold_is_followed_and_read() {
    let layout = Layout::of(7).unwrap();
    let code =
        QrCode::with_version("BP1:FOLDED/0123456789", Version::Normal(7), EcLevel::M).unwrap();
    for fold in FOLDS {
        let picture = draw(&code, (400, 400), |x, y| fold.back(x, y));
        let three = laid(|u, v| fold.there(u, v), layout.side);
        let grid = creased(picture.as_grey(), layout, &three).unwrap();
        for (x, y) in (0..45 * 45).map(|i| (i % 45, i / 45)) {
            let away = apart(grid.at(x, y), fold.there(x as f32 + 0.5, y as f32 + 0.5)) / 6.0;
            assert!(away < 0.4, "{x}, {y}: {away}");
        }
        let effort = Effort { versions: 2, rounds: 3, mesh: true };
        let (read, _) = ladder::read(picture.as_grey(), &three, effort);
        let read = read.unwrap();
        assert_eq!(read.corrected.contents.bytes, b"BP1:FOLDED/0123456789");
    }
}

#[test]
fn flat_paper_has_no_crease() {
    let layout = Layout::of(7).unwrap();
    let code = QrCode::with_version("BP1:FLAT", Version::Normal(7), EcLevel::M).unwrap();
    let flat = Fold { across: (1.0, 0.0), offset: 100.0, turn: (0.0, 0.0) };
    let picture = draw(&code, (400, 400), |x, y| flat.back(x, y));
    let three = laid(|u, v| flat.there(u, v), layout.side);
    assert!(creased(picture.as_grey(), layout, &three).is_none());
    assert!(promise(picture.as_grey(), layout.side, &three).is_none());
}
