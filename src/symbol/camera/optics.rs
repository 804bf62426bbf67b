//! The lens: what is out of focus, and what moved while the shutter was open.

use super::plane::Plane;
use super::random::direction;

/// A spread of light: how much of it goes where.
#[derive(Clone, Debug)]
struct Spread(Vec<(isize, isize, f32)>);

/// Blurs as every small lens does, half a pixel wide.
pub(super) fn soften(picture: &mut Plane) {
    let (width, height) = (picture.width, picture.height);
    for row in picture.values.chunks_exact_mut(width) {
        let mut left = row[0];
        for x in 0..width {
            let (here, right) = (row[x], row[(x + 1).min(width - 1)]);
            row[x] = EDGE * (left + right) + MIDDLE * here;
            left = here;
        }
    }
    let mut above = picture.values[..width].to_vec();
    let mut here = above.clone();
    for y in 0..height {
        let below = (y + 1).min(height - 1) * width;
        let (upper, lower) =
            picture.values.split_at_mut(below.max(y * width + width).min(height * width));
        let row = &mut upper[y * width..y * width + width];
        here.copy_from_slice(row);
        if y + 1 < height {
            let below = &lower[..width];
            for ((value, above), below) in row.iter_mut().zip(&above).zip(below) {
                *value = EDGE * (above + below) + MIDDLE * *value;
            }
        }
        core::mem::swap(&mut above, &mut here);
    }
}

/// Out of focus: a disc of this radius in pixels.
pub(super) fn defocus(picture: &mut Plane, radius: f32) {
    if radius > 0.25 {
        Spread::gather(radius, |x, y| x * x + y * y <= radius * radius).apply(picture);
    }
}

/// Moved: a line of this length in pixels.
pub(super) fn motion(picture: &mut Plane, length: f32, towards: f32) {
    if length > 0.5 {
        let (sine, cosine) = direction(towards);
        Spread::gather(length / 2.0, |x, y| {
            let (along, across) = (x * cosine + y * sine, y * cosine - x * sine);
            along.abs() <= length / 2.0 && across.abs() <= 0.5
        })
        .apply(picture);
    }
}

impl Spread {
    /// The share of each pixel that lies inside, by four by four samples.
    fn gather(reach: f32, inside: impl Fn(f32, f32) -> bool) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a blur of few pixels")]
        let reach = reach.ceil().min(200.0) as i16 + 1;
        let mut taps = Vec::new();
        for y in -reach..=reach {
            for x in -reach..=reach {
                let hits = (0..16).filter(|&n: &u8| {
                    let step = |n: u8| f32::from(n) / 4.0 - 0.375;
                    inside(f32::from(x) + step(n % 4), f32::from(y) + step(n / 4))
                });
                let hits = u8::try_from(hits.count()).unwrap_or(16);
                if hits > 0 {
                    taps.push((isize::from(x), isize::from(y), f32::from(hits)));
                }
            }
        }
        let sum: f32 = taps.iter().map(|tap| tap.2).sum();
        for tap in &mut taps {
            tap.2 /= sum.max(1.0);
        }
        Self(taps)
    }

    fn apply(&self, picture: &mut Plane) {
        let (width, height) = (picture.width, picture.height);
        let reach = self.0.iter().map(|tap| tap.0.unsigned_abs()).max().unwrap_or(0);
        let padded = pad(picture, reach);
        let wide = width + 2 * reach;
        for (y, row) in picture.values.chunks_exact_mut(width).enumerate() {
            row.fill(0.0);
            for &(dx, dy, share) in &self.0 {
                let from = y.saturating_add_signed(dy).min(height - 1);
                let start = from * wide + reach.saturating_add_signed(dx);
                for (value, light) in row.iter_mut().zip(&padded[start..start + width]) {
                    *value += share * light;
                }
            }
        }
    }
}

/// Rows that go on beyond their ends.
fn pad(picture: &Plane, reach: usize) -> Vec<f32> {
    let mut padded = Vec::with_capacity((picture.width + 2 * reach) * picture.height);
    for row in picture.values.chunks_exact(picture.width) {
        padded.extend(core::iter::repeat_n(row[0], reach));
        padded.extend_from_slice(row);
        padded.extend(core::iter::repeat_n(row[row.len() - 1], reach));
    }
    padded
}

const MIDDLE: f32 = 0.66;
const EDGE: f32 = (1.0 - MIDDLE) / 2.0;
