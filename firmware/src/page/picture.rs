//! The live picture, small and grey.
//!
//! It is made only while somebody looks, at the rate they ask, from the newest frame; nothing of it is kept. What a code
//! says is not in it: whoever looks at the screen, or takes a picture of it, has no copy of a permit.

use std::panic::catch_unwind;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use permit_symbol::Grey;

use crate::hub::Picture;

/// The picture as JPEG, no wider than [`WIDEST`], and its outlines in ten-thousandths of its width and height:
/// `x,y x,y x,y x,y`, parted by semicolons.
pub(super) fn jpeg(picture: &Picture) -> Option<(Vec<u8>, String)> {
    let grey = picture.frame.as_grey();
    let step = grey.width().div_ceil(WIDEST).max(1);
    let (width, height) = (grey.width() / step, grey.height() / step);
    let step = usize::try_from(step).ok()?;
    let mut small = Vec::with_capacity(grey.pixels().len() / (step * step));
    for y in 0..height {
        let row = grey.row(y * u32::try_from(step).ok()?);
        small.extend(row.iter().step_by(step).take(usize::try_from(width).ok()?));
    }
    let across = usize::try_from(width).ok()?;
    for corners in &picture.veiled {
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let small_corners = corners.map(|at| (at.x / step as f32, at.y / step as f32));
        veil(&mut small, across, &small_corners);
    }
    // Nothing seen, nothing hidden: the eye has just looked at the same frame.
    if !picture.veiled.is_empty() && !unreadable(&mut small, width, height) {
        return None;
    }
    let mut jpeg = Vec::with_capacity(16 * 1024);
    JpegEncoder::new_with_quality(&mut jpeg, 60)
        .encode(&small, width, height, ExtendedColorType::L8)
        .ok()?;
    Some((jpeg, outlines(picture)))
}

/// Veils whatever is still read in a small picture, such as copies of one code; false if something always is.
fn unreadable(pixels: &mut [u8], width: u32, height: u32) -> bool {
    let Ok(across) = usize::try_from(width) else { return false };
    for _ in 0..ROUNDS {
        let Some(grey) = Grey::new(width, height, pixels) else { return false };
        let Ok(codes) = catch_unwind(|| permit_symbol::read(grey)) else { return false };
        if codes.is_empty() {
            return true;
        }
        codes.iter().for_each(|code| veil(pixels, across, &code.corners.map(|at| (at.x, at.y))));
    }
    false
}

/// Lays coarse blocks over what lies around these corners, so coarse that no module of a code is told from another.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the picture")]
#[expect(clippy::cast_precision_loss, reason = "a picture's width")]
fn veil(pixels: &mut [u8], across: usize, corners: &[(f32, f32); 4]) {
    let down = pixels.len() / across.max(1);
    let ends = |of: fn(&(f32, f32)) -> f32, most: usize| {
        let (low, high) = corners
            .iter()
            .map(of)
            .fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)));
        let edge = (high - low) * MARGIN;
        (
            (low - edge).clamp(0.0, most as f32) as usize,
            (high + edge).clamp(0.0, most as f32).ceil() as usize,
        )
    };
    let ((left, right), (top, bottom)) = (ends(|at| at.0, across), ends(|at| at.1, down));
    let block = ((right - left).max(bottom - top) / BLOCKS).max(1);
    for y in (top..bottom).step_by(block) {
        for x in (left..right).step_by(block) {
            let rows = y..(y + block).min(bottom);
            let spans = rows.map(|row| row * across + x..row * across + (x + block).min(right));
            let spans: Vec<_> = spans.collect();
            let sum: usize = spans
                .iter()
                .flat_map(|span| &pixels[span.clone()])
                .map(|it| usize::from(*it))
                .sum();
            let count = spans.iter().map(ExactSizeIterator::len).sum::<usize>().max(1);
            let mean = u8::try_from(sum / count).unwrap_or(u8::MAX);
            spans.into_iter().for_each(|span| pixels[span].fill(mean));
        }
    }
}

fn outlines(picture: &Picture) -> String {
    let share = |value: f32, whole: u32| {
        #[expect(clippy::cast_precision_loss, reason = "a camera's width")]
        let share = (value / whole as f32).clamp(0.0, 1.0) * 10_000.0;
        format!("{share:.0}")
    };
    let (width, height) = (picture.frame.width(), picture.frame.height());
    let outline = |corners: &[permit_symbol::Point; 4]| {
        corners.map(|at| share(at.x, width) + "," + &share(at.y, height)).join(" ")
    };
    picture.outlines.iter().map(outline).collect::<Vec<_>>().join(";")
}

/// Pixels across.
const WIDEST: u32 = 480;
/// How often it is looked whether anything is still read; chosen: one veil can uncover another code, hardly a third.
const ROUNDS: usize = 3;
/// Blocks along the longer side of what is veiled: a permit's code has 37 modules and more.
const BLOCKS: usize = 10;
/// The share of a code's width that is veiled around it too: an outline lags behind a hand that moves.
const MARGIN: f32 = 0.15;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
    use permit_symbol::{GreyBuf, Point, Symbol};

    use super::*;
    use crate::eye::Gaze;

    #[test]
    fn small_and_outlined() {
        for (width, height) in [(1, 1), (640, 480), (1_921, 1_081)] {
            let corner = Point { x: 0.5, y: 2_000.0 };
            let picture = Picture {
                frame: Arc::new(GreyBuf::new(width, height)),
                outlines: vec![[corner; 4]],
                veiled: vec![[corner; 4]],
            };
            let (jpeg, outlines) = jpeg(&picture).unwrap();
            let read = image::load_from_memory(&jpeg).unwrap();
            assert!(read.width() <= WIDEST && read.width() >= width.min(320), "{width}");
            assert_eq!(outlines.split(' ').count(), 4);
            assert!(outlines.ends_with(",10000"), "{outlines}");
        }
    }

    /// Whatever the camera reads of a permit, what the page is sent of the same frame says nothing.
    #[test]
    fn row_4_the_live_picture_holds_no_permit() {
        let golden = core::str::from_utf8(permit_signing::demo::GOLDEN).unwrap().trim();
        let symbol = Symbol::new(golden).unwrap();
        let kinds = [
            (Kind::Clean, 0.0),
            (Kind::Perspective, 0.4),
            (Kind::Motion, 0.4),
            (Kind::Several, 0.1),
        ];
        let mut bare = 0;
        for (size, (kind, strength)) in
            SIZES.into_iter().take(2).flat_map(|size| kinds.map(|kind| (size, kind)))
        {
            let mut gaze = Gaze::default();
            for frame in 0..6 {
                let shot = Shot { kind, strength, size, seed: 5, frame };
                let shot = photograph(&shot, core::slice::from_ref(&symbol)).picture;
                let outlines = gaze.see(shot.as_grey(), u64::from(frame) * 33).1;
                let picture = gaze.picture(&Arc::new(shot), outlines);
                let read = |picture: &Picture| {
                    let (jpeg, _) = jpeg(picture).unwrap();
                    let shown = image::load_from_memory(&jpeg).unwrap().into_luma8();
                    let (width, height) = shown.dimensions();
                    let grey = Grey::new(width, height, shown.as_raw()).unwrap();
                    permit_symbol::read(grey)
                        .into_iter()
                        .any(|code| code.bytes == golden.as_bytes())
                };
                assert!(!read(&picture), "{} {strength} {size:?}, frame {frame}", kind.name());
                bare += u32::from(read(&Picture { veiled: Vec::new(), ..picture }));
            }
        }
        assert!(bare > 10, "without the veil it is read: {bare}");
    }
}
