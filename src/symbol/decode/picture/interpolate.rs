//! Interpolate: the grey level at a place between pixels.

use crate::{Grey, Point};

/// The grey level at a place, between the four pixels around it; the edge goes on for ever.
#[inline]
pub(crate) fn grey(picture: Grey<'_>, at: Point) -> f32 {
    let (x, y) = (inside(at.x, picture.width()), inside(at.y, picture.height()));
    let wide = picture.width() as usize;
    let start = (y >> 8) as usize * wide + (x >> 8) as usize;
    let Some(four) = picture.pixels().get(start..start + wide + 2) else {
        return picture.pixels().get(start).map_or(255.0, |&p| f32::from(p));
    };
    let [a, b, c, d] = [four[0], four[1], four[wide], four[wide + 1]].map(i32::from);
    let [right, below] = [x, y].map(|part| (part & 255).cast_signed());
    let above = 256 * a + (b - a) * right;
    let under = 256 * c + (d - c) * right;
    (256 * above + (under - above) * below) as f32 / 65536.0
}

/// A place along a row or column in 256ths of a pixel, from the middle of the first pixel to just before that of the
/// last.
#[inline]
fn inside(place: f32, side: u32) -> u32 {
    let (place, last) = (place - 0.5, (side - 1) as f32 - 1.0 / 256.0);
    // Comparisons and a sum: `clamp` and `as` would cost as much as all the rest.
    let place = if place < last { place } else { last };
    let place = if place > 0.0 { place } else { 0.0 };
    let [low, _] = words(f64::from(place) * 256.0 + ROUND);
    low
}

/// The two halves of a number's bits, the lower first.
#[inline]
fn words(number: f64) -> [u32; 2] {
    let [a, b, c, d, e, f, g, h] = number.to_le_bytes();
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]
}

/// Added to a number, it leaves the nearest whole one in the lowest bits: 1.5 × 2⁵².
const ROUND: f64 = 6_755_399_441_055_744.0;
