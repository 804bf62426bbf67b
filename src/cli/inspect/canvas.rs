//! A small colour picture to draw on: dots, rings, lines, squares.
//!
//! For pictures of what a reader saw. Every mark has a shape of its own, so that nothing is told by colour alone;
//! the colours are Okabe and Ito's, which people with any sight for colours keep apart.

use image::{ImageFormat, Rgb, RgbImage};
use permit_symbol::{Grey, Point};

/// A colour.
pub(super) type Colour = [u8; 3];

pub(super) const BLUE: Colour = [0, 114, 178];
pub(super) const SKY: Colour = [86, 180, 233];
pub(super) const GREEN: Colour = [0, 158, 115];
pub(super) const YELLOW: Colour = [240, 228, 66];
pub(super) const ORANGE: Colour = [230, 159, 0];
pub(super) const RED: Colour = [213, 94, 0];
pub(super) const PINK: Colour = [204, 121, 167];

/// A picture being drawn.
#[derive(Debug)]
pub(super) struct Canvas(RgbImage);

impl Canvas {
    /// A picture in one colour.
    pub(super) fn blank(width: u32, height: u32, colour: Colour) -> Self {
        Self(RgbImage::from_pixel(width.max(1), height.max(1), Rgb(colour)))
    }

    /// A grey picture, as it is.
    pub(super) fn of(picture: Grey<'_>) -> Self {
        Self::map(picture, |luma| luma)
    }

    /// A grey picture, paled so that marks stand out.
    pub(super) fn faded(picture: Grey<'_>) -> Self {
        Self::map(picture, |luma| 128 + luma / 2)
    }

    /// A part of a grey picture, each pixel `scale` × `scale`.
    pub(super) fn part(
        picture: Grey<'_>,
        left: u32,
        top: u32,
        size: (u32, u32),
        scale: u32,
    ) -> Self {
        let at = |x: u32, y: u32| {
            let luma = picture.row(top + y / scale).get((left + x / scale) as usize);
            let luma = luma.copied().unwrap_or(255);
            Rgb([luma; 3])
        };
        Self(RgbImage::from_fn(size.0 * scale, size.1 * scale, at))
    }

    fn map(picture: Grey<'_>, tone: impl Fn(u8) -> u8) -> Self {
        let at =
            |x: u32, y: u32| Rgb([tone(picture.row(y).get(x as usize).copied().unwrap_or(255)); 3]);
        Self(RgbImage::from_fn(picture.width(), picture.height(), at))
    }

    /// A disc.
    pub(super) fn dot(&mut self, at: Point, radius: f32, colour: Colour) {
        self.around(at, radius, |away| away <= radius, colour);
    }

    /// A ring, dark on both sides so that it shows on any ground.
    pub(super) fn ring(&mut self, at: Point, radius: f32, wide: f32, colour: Colour) {
        let within = |wide: f32| move |away: f32| (away - radius).abs() <= wide / 2.0;
        self.around(at, radius + wide, within(wide + 2.0), [0; 3]);
        self.around(at, radius + wide, within(wide), colour);
    }

    /// A line; dashed in pieces of `dash` pixels if that is above 0.
    pub(super) fn line(&mut self, from: Point, to: Point, wide: f32, dash: f32, colour: Colour) {
        let length = (to.x - from.x).hypot(to.y - from.y).min(REACH);
        for step in 0..=whole(length) {
            let gone = real(step);
            let share = if length > 0.0 { gone / length } else { 0.0 };
            if dash > 0.0 && (gone / dash) % 2.0 >= 1.0 {
                continue;
            }
            let at =
                Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
            self.dot(at, wide / 2.0, colour);
        }
    }

    /// A square with its upper left corner there.
    pub(super) fn square(&mut self, left: u32, top: u32, edge: u32, colour: Colour) {
        self.pattern(left, top, edge, |_, _| true, colour);
    }

    /// Stripes from lower left to upper right over a square.
    pub(super) fn stripes(&mut self, left: u32, top: u32, edge: u32, colour: Colour) {
        self.pattern(left, top, edge, |x, y| (x + y) % 4 < 2, colour);
    }

    /// A frame and a cross over a square.
    pub(super) fn cross(&mut self, left: u32, top: u32, edge: u32, colour: Colour) {
        let last = edge.saturating_sub(1);
        let is_mark = |x: u32, y: u32| {
            x < 2
                || y < 2
                || x + 2 > last
                || y + 2 > last
                || x.abs_diff(y) < 2
                || (x + y).abs_diff(last) < 2
        };
        self.pattern(left, top, edge, is_mark, colour);
    }

    /// The picture as a PNG file.
    pub(super) fn png(&self) -> Result<Vec<u8>, image::ImageError> {
        let mut file = std::io::Cursor::new(Vec::new());
        self.0.write_to(&mut file, ImageFormat::Png)?;
        Ok(file.into_inner())
    }

    fn pattern(
        &mut self,
        left: u32,
        top: u32,
        edge: u32,
        on: impl Fn(u32, u32) -> bool,
        colour: Colour,
    ) {
        for (y, x) in (0..edge).flat_map(|y| (0..edge).map(move |x| (y, x))) {
            if on(x, y) {
                self.put(left + x, top + y, colour);
            }
        }
    }

    fn around(&mut self, at: Point, reach: f32, on: impl Fn(f32) -> bool, colour: Colour) {
        let low = |middle: f32| whole(middle - reach - 1.0);
        let high = |middle: f32| whole(middle + reach + 2.0);
        for y in low(at.y)..high(at.y).min(self.0.height()) {
            for x in low(at.x)..high(at.x).min(self.0.width()) {
                if on((real(x) + 0.5 - at.x).hypot(real(y) + 0.5 - at.y)) {
                    self.put(x, y, colour);
                }
            }
        }
    }

    fn put(&mut self, x: u32, y: u32, colour: Colour) {
        if let Some(pixel) = self.0.get_pixel_mut_checked(x, y) {
            *pixel = Rgb(colour);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
const fn real(pixels: u32) -> f32 {
    pixels as f32
}

/// Rounded down; 0 for what is outside.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub(super) const fn whole(length: f32) -> u32 {
    length.clamp(0.0, REACH) as u32
}

/// No picture is larger.
const REACH: f32 = 65_535.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_inside_and_are_seen() {
        let mut canvas = Canvas::blank(20, 10, [255; 3]);
        for at in [(0.0, 0.0), (19.9, 9.9), (-50.0, 4.0), (f32::NAN, 3.0), (1e30, 1e30)] {
            let at = Point { x: at.0, y: at.1 };
            canvas.dot(at, 2.0, RED);
            canvas.ring(at, 3.0, 1.0, BLUE);
            canvas.line(at, Point { x: 10.0, y: 5.0 }, 1.0, 2.0, GREEN);
        }
        canvas.cross(15, 5, 12, PINK);
        assert!(canvas.0.pixels().any(|pixel| pixel.0 == GREEN));
        assert!(canvas.0.pixels().any(|pixel| pixel.0 == PINK));
        canvas.stripes(0, 0, 30, SKY);
        let striped = canvas.0.pixels().filter(|pixel| pixel.0 == SKY).count();
        assert_eq!(striped, 100, "every second pixel of 200");
        assert!(canvas.png().unwrap().starts_with(b"\x89PNG"));
    }
}
