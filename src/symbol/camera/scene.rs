//! The desk on which the permit lies, and things that lie about.
//!
//! Drawn at half the size, because it is out of focus; no two seeds have the same desk.

use super::plane::Plane;
use super::random::{Field, Random, direction, fraction, mix, smooth};

/// A desk with things on it.
pub(super) fn desk(width: usize, height: usize, random: &mut Random) -> Plane {
    let mut half = Plane::new(width.div_ceil(2), height.div_ceil(2));
    let field = Field::new(random);
    let tone = random.between(0.06, 0.5);
    let (sine, cosine) = direction(random.angle());
    let scale = 10.0 / length(half.width);
    let (stretch, grain) = (random.between(1.0, 9.0), random.between(0.1, 0.5));
    half.map(|_, x, y| {
        let (along, across) = (x * cosine + y * sine, y * cosine - x * sine);
        let wood = field.rough(along * scale / stretch, across * scale);
        (tone * (1.0 + grain * wood)).max(0.01)
    });
    for _ in 0..5 + random.below(8) {
        thing(&mut half, random);
    }
    half.doubled(width, height)
}

/// A sheet, a book, a ruler, a pen: a rectangle with a soft edge, some of them with lines.
fn thing(half: &mut Plane, random: &mut Random) {
    let size = length(half.width);
    let x = random.between(0.0, size);
    let y = random.between(0.0, length(half.height));
    let long = size * random.between(0.03, 0.3);
    let wide = long * random.between(0.04, 0.9);
    let (sine, cosine) = direction(random.angle());
    let tone = random.between(0.02, 0.9);
    let (lined, pitch) = (random.unit() < 0.4, random.between(3.0, 9.0));
    let soft = random.between(0.7, 3.0);
    let reach = long + wide;
    let span = |middle: f32, end: usize| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let span = (middle - reach).clamp(0.0, length(end)) as usize
            ..(middle + reach).clamp(0.0, length(end)) as usize;
        span
    };
    let columns = span(x, half.width);
    for row in span(y, half.height) {
        for column in columns.clone() {
            let (dx, dy) = (length(column) - x, length(row) - y);
            let (along, across) = (dx * cosine + dy * sine, dy * cosine - dx * sine);
            let inside = (long - along.abs()).min(wide - across.abs());
            if inside < -soft {
                continue;
            }
            let line = fraction(across / pitch);
            let tone = if lined && line < 0.35 { tone * 0.3 } else { tone };
            let value = &mut half.values[row * half.width + column];
            *value = mix(*value, tone, smooth(0.5 + inside / (2.0 * soft)));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes of pictures")]
fn length(pixels: usize) -> f32 {
    pixels as f32
}
