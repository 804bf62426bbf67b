//! Watch: what the rooms of the reader saw, for those who want to look over its shoulder.
//!
//! The same reader, the same steps and the same work; it only keeps what others throw away.
//! It draws nothing, and nothing here changes what is read.

use core::cell::RefCell;

use crate::decode::code::layout::transposed;
use crate::decode::ladder::reading::{Reading, Seen};
use crate::decode::sample::grid::Grid;
use crate::decode::sample::local::Triple;
use crate::decode::sample::normalise::soften;
use crate::decode::search::sight::Stage;
use crate::decode::search::{observed, stages};
use crate::{Grey, Point};

/// Everything a reader saw in one picture.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Every binarization and its finders, whether or not an earlier one was read.
    pub stages: Vec<Stage>,
    /// The groups of finders that were tried, in that order, until the reader was content.
    pub traces: Vec<Trace>,
}

/// What became of three finders that were taken for those of one symbol.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The finders' middles in picture pixels: the corner, then right and lower.
    pub finders: [Point; 3],
    /// The symbol, if any version fitted.
    pub symbol: Option<Traced>,
}

/// A symbol as it was sampled. The vectors hold a value a module, row by row from the
/// symbol's own top left, also where it was seen from behind.
#[derive(Clone, Debug)]
pub struct Traced {
    /// 1 to 40.
    pub version: u8,
    /// The hypothesis about the paper, or the remedy, that it was sampled by.
    pub hypothesis: &'static str,
    /// Where the modules' middles lie, in picture pixels.
    pub middles: Vec<Point>,
    /// 1 surely dark, -1 surely light, 0 unknown.
    pub soft: Vec<f32>,
    /// What correction made of them; empty where it could not.
    pub marks: Vec<Mark>,
}

/// What correction made of a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Dark, once corrected; as sampled where nothing says so.
    pub dark: bool,
    /// It was sampled otherwise.
    pub wrong: bool,
    /// Its codeword was given up as doubtful before anything was corrected.
    pub erased: bool,
}

/// Reads a picture as [`read`](crate::read) does, and says what every room saw.
#[must_use]
pub fn watch(picture: Grey<'_>) -> Watched {
    let traces = RefCell::new(Vec::new());
    observed(picture, &traces);
    Watched { stages: stages(picture), traces: traces.into_inner() }
}

impl Trace {
    /// What one attempt came to on a picture `factor` times smaller than the one given.
    pub(crate) fn of(
        result: &Result<Reading, Option<Seen>>,
        picture: Grey<'_>,
        three: &Triple,
        factor: f32,
    ) -> Self {
        let symbol = match result {
            Ok(reading) => Some(Traced::read(reading, factor)),
            Err(seen) => seen.as_ref().map(|seen| Traced::seen(seen, picture, factor)),
        };
        Self { finders: three.map(|local| larger(local.centre, factor)), symbol }
    }
}

impl Traced {
    fn read(reading: &Reading, factor: f32) -> Self {
        let (layout, corrected) = (reading.layout, &reading.corrected);
        let middles = middles(&reading.grid, layout.side, factor);
        let mut marks: Vec<Mark> = reading
            .soft
            .iter()
            .zip(&corrected.truth)
            .map(|(&soft, truth)| {
                let dark = truth.unwrap_or(soft > 0.0);
                Mark { dark, wrong: dark != (soft > 0.0), erased: false }
            })
            .collect();
        for &at in &corrected.erased {
            marks[usize::from(at)].erased = true;
        }
        Self {
            version: layout.version,
            hypothesis: reading.by,
            middles: if reading.mirrored { transposed(&middles, layout.side) } else { middles },
            soft: reading.soft.clone(),
            marks,
        }
    }

    fn seen(seen: &Seen, picture: Grey<'_>, factor: f32) -> Self {
        Self {
            version: seen.layout.version,
            hypothesis: seen.by,
            middles: middles(&seen.grid, seen.layout.side, factor),
            soft: soften(&seen.grid.sample(picture), seen.layout),
            marks: Vec::new(),
        }
    }
}

fn middles(grid: &Grid, side: usize, factor: f32) -> Vec<Point> {
    (0..side * side).map(|i| larger(grid.at(i % side, i / side), factor)).collect()
}

fn larger(at: Point, factor: f32) -> Point {
    at * factor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::{Kind, Shot, photograph};
    use crate::{Symbol, read};

    #[test]
    fn every_room_of_a_picture_that_is_read() {
        let symbol = Symbol::new(&"BP1:SPECIMEN/0123456".repeat(9)).unwrap();
        let shot = Shot { kind: Kind::Dirt, strength: 0.12, size: (640, 480), seed: 5, frame: 0 };
        let photo = photograph(&shot, core::slice::from_ref(&symbol));
        let picture = photo.picture.as_grey();
        let Watched { stages, traces } = watch(picture);
        let codes = read(picture);
        assert!(stages.len() > 3 && stages.iter().any(|stage| stage.finders.len() > 2));
        let traced = traces
            .iter()
            .filter_map(|trace| trace.symbol.as_ref())
            .find(|traced| !traced.marks.is_empty())
            .expect("it is read");
        assert_eq!((codes.len(), codes[0].version), (1, traced.version));
        let side = symbol.modules().side();
        let data = |i: usize| !(i % side < 9 && i / side < 9);
        let corrected = traced.marks.iter().enumerate().filter(|(i, _)| data(*i));
        assert!(corrected.map(|(i, m)| (i, m.dark)).all(|(i, dark)| {
            symbol.modules().get(i % side, i / side) == dark || i / side == 8 || i % side == 8
        }));
        let (sampled, marked) = (&codes[0].modules, &traced.marks);
        let differ = (0..side * side)
            .filter(|&i| sampled.get(i % side, i / side) != (marked[i].dark != marked[i].wrong));
        assert_eq!(differ.count(), 0, "wrong where corrected and sampled part");
        let corner = photo.codes[0].corners[0];
        let first = traced.middles[0];
        assert!(first.distance(corner) < 9.0);
    }

    #[test]
    fn nothing_tried_where_nothing_is() {
        let white = vec![255; 320 * 240];
        let watched = watch(Grey::new(320, 240, &white).unwrap());
        assert!(watched.traces.is_empty() && watched.stages.iter().all(|s| s.finders.is_empty()));
    }
}
