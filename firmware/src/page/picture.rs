//! The live picture, small and grey.
//!
//! It is made only while somebody looks, at the rate they ask, from the newest frame; nothing of it is kept.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

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
    let mut jpeg = Vec::with_capacity(16 * 1024);
    JpegEncoder::new_with_quality(&mut jpeg, 60)
        .encode(&small, width, height, ExtendedColorType::L8)
        .ok()?;
    Some((jpeg, outlines(picture)))
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use permit_symbol::{GreyBuf, Point};

    use super::*;

    #[test]
    fn small_and_outlined() {
        for (width, height) in [(1, 1), (640, 480), (1_921, 1_081)] {
            let corner = Point { x: 0.5, y: 2_000.0 };
            let picture = Picture {
                frame: Arc::new(GreyBuf::new(width, height)),
                outlines: vec![[corner; 4]],
            };
            let (jpeg, outlines) = jpeg(&picture).unwrap();
            let read = image::load_from_memory(&jpeg).unwrap();
            assert!(read.width() <= WIDEST && read.width() >= width.min(320), "{width}");
            assert_eq!(outlines.split(' ').count(), 4);
            assert!(outlines.ends_with(",10000"), "{outlines}");
        }
    }
}
