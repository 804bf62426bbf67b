//! The crate `rqrr` as one of the decoders.
//!
//! Its decoder is exact and its finder weak. It is kept away from what is known to hurt
//! it: big frames (its search is cubic in finders and clones the frame for each group),
//! and its panics end here, without a word on the terminal.

use core::cell::Cell;
use core::panic::AssertUnwindSafe;
use std::panic;
use std::sync::Once;

use rqrr::PreparedImage;

use crate::decode::answer::{Code, Decoder, Level, Modules};
use crate::decode::detect::binarize::{Rule, Sums};
use crate::decode::detect::finder::{Ink, finders};
use crate::{Grey, Point};

/// `rqrr`, guarded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rqrr;

impl Decoder for Rqrr {
    fn decode(&self, picture: Grey<'_>) -> Vec<Code> {
        if picture.pixels().len() > PIXELS || is_crowded(picture) {
            return Vec::new();
        }
        quietly(|| decode(picture)).unwrap_or_default()
    }
}

/// Whether there are more finders than `rqrr` can group in time: it tries their triples, a copy of the frame each.
fn is_crowded(picture: Grey<'_>) -> bool {
    let bits = Sums::new(picture).bits(picture, Rule { reach: 4, below: 5 });
    finders(&bits, picture, (2, 7, Ink::Dark)).len() > FINDERS
}

fn decode(picture: Grey<'_>) -> Vec<Code> {
    let width = picture.width() as usize;
    let pixels = picture.pixels();
    let mut prepared =
        PreparedImage::prepare_from_greyscale(width, picture.height() as usize, |x, y| {
            pixels.get(y * width + x).copied().unwrap_or(255)
        });
    prepared.detect_grids().iter().filter_map(code).collect()
}

fn code<G: rqrr::BitGrid>(grid: &rqrr::Grid<G>) -> Option<Code> {
    let mut bytes = Vec::new();
    let meta = grid.decode_to(&mut bytes).ok()?;
    let side = grid.grid.size();
    let mut modules = Modules::new(side);
    for y in 0..side {
        for x in 0..side {
            modules.set(x, y, grid.grid.bit(y, x));
        }
    }
    Some(Code {
        bytes,
        segments: Vec::new(),
        append: None,
        version: u8::try_from(meta.version.0).ok()?,
        level: match meta.ecc_level {
            0 => Level::M,
            1 => Level::L,
            2 => Level::H,
            _ => Level::Q,
        },
        corners: grid.bounds.map(|point| Point { x: point.x as f32, y: point.y as f32 }),
        modules,
        printed: None,
        spent: Vec::new(),
        mirrored: false,
    })
}

/// Runs `work`, and gives nothing where it panicked.
///
/// The panic hook is the process's own; ours stands before it, falls silent only for this
/// thread and only while `work` runs, and passes everything else on.
fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    let was = QUIET.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work)).ok();
    QUIET.set(was);
    result
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Frames larger than this are not given to `rqrr`. Chosen for time.
const PIXELS: usize = 2_100_000;
/// Frames with more finders than this, neither. Chosen for time: its search is cubic in finders.
const FINDERS: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GreyBuf;

    #[test]
    fn a_sheet_of_finders_is_not_its_meal() {
        const SIDE: usize = 480;
        let ring = |x: usize, y: usize| {
            let (x, y) = ((x % 27) / 3, (y % 27) / 3);
            let away = x.abs_diff(4).max(y.abs_diff(4));
            away <= 3 && away != 2
        };
        let mut sheet = GreyBuf::new(480, 480);
        for (i, pixel) in sheet.pixels_mut().iter_mut().enumerate() {
            *pixel = if ring(i % SIDE, i / SIDE) { 20 } else { 230 };
        }
        assert!(is_crowded(sheet.as_grey()));
        assert_eq!(Rqrr.decode(sheet.as_grey()), []);
    }

    #[test]
    fn a_panic_ends_here() {
        assert_eq!(quietly(|| 7), Some(7));
        assert_eq!(quietly(|| panic!("not to be seen")), None::<()>);
        assert!(!QUIET.get());
    }
}
