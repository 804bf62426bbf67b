//! Grey pictures: eight-bit luma, row by row, without padding.
//!
//! The one form in which pictures travel between the rooms of this crate: whoever loads,
//! wears or photographs a code speaks it, and the decoder reads nothing else. It refuses
//! sizes that do not fit the pixels; it knows nothing of colours, files or cameras.

use core::ops::{Add, Div, Mul, Sub};

/// A borrowed grey picture; 0 is black, 255 is white.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grey<'a> {
    width: u32,
    height: u32,
    pixels: &'a [u8],
}

impl<'a> Grey<'a> {
    /// A view of `width` × `height` pixels, or `None` where the slice has another length
    /// or a side is zero.
    #[must_use]
    pub fn new(width: u32, height: u32, pixels: &'a [u8]) -> Option<Self> {
        (area(width, height)? == pixels.len()).then_some(Self { width, height, pixels })
    }

    /// Pixels in a row, at least one.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Number of rows, at least one.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// All pixels, row after row.
    #[must_use]
    pub const fn pixels(&self) -> &'a [u8] {
        self.pixels
    }

    /// Row `y` from the top; empty below the last row.
    #[must_use]
    pub fn row(&self, y: u32) -> &'a [u8] {
        let width = self.width as usize;
        let start = y as usize * width;
        self.pixels.get(start..start + width).unwrap_or(&[])
    }
}

/// An owned grey picture; 0 is black, 255 is white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GreyBuf {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl GreyBuf {
    /// A black picture. A side of zero becomes one, so that a picture always has a pixel.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        let pixels = vec![0; width as usize * height as usize];
        Self { width, height, pixels }
    }

    /// The pixels as a picture, or `None` where their number is not `width` × `height`
    /// or a side is zero.
    #[must_use]
    pub fn from_vec(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        (area(width, height)? == pixels.len()).then_some(Self { width, height, pixels })
    }

    /// The picture, borrowed.
    #[must_use]
    pub fn as_grey(&self) -> Grey<'_> {
        Grey { width: self.width, height: self.height, pixels: &self.pixels }
    }

    /// All pixels, row after row, to be changed.
    pub fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// All pixels, row after row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The pixels, given away.
    #[must_use]
    pub fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    /// Pixels in a row, at least one.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Number of rows, at least one.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }
}

/// A place in a picture, in pixels: (0, 0) is the top left corner of the first pixel,
/// (0.5, 0.5) its middle; x grows to the right, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Pixels from the left edge.
    pub x: f32,
    /// Pixels from the top edge.
    pub y: f32,
}

impl Point {
    /// How far it is from another.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        (self - other).length()
    }

    /// How far it is from the top left corner; how long it is, as a step.
    #[must_use]
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// The area that two steps span, positive where the second points clockwise of the first in a picture.
    #[must_use]
    pub fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

impl Mul<f32> for Point {
    type Output = Self;

    fn mul(self, times: f32) -> Self {
        Self { x: self.x * times, y: self.y * times }
    }
}

impl Div<f32> for Point {
    type Output = Self;

    fn div(self, by: f32) -> Self {
        Self { x: self.x / by, y: self.y / by }
    }
}

fn area(width: u32, height: u32) -> Option<usize> {
    let area = (width as usize).checked_mul(height as usize)?;
    (area > 0).then_some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_of_the_right_size() {
        assert!(Grey::new(2, 3, &[0; 6]).is_some());
        assert!(Grey::new(2, 3, &[0; 5]).is_none());
        assert!(Grey::new(0, 3, &[]).is_none());
        assert!(GreyBuf::from_vec(3, 2, vec![0; 6]).is_some());
        assert!(GreyBuf::from_vec(3, 2, vec![0; 7]).is_none());
        assert_eq!(GreyBuf::new(0, 5).width(), 1);
    }

    #[test]
    fn rows_from_the_top() {
        let picture = Grey::new(2, 2, &[1, 2, 3, 4]).unwrap();
        assert_eq!(picture.row(1), [3, 4]);
        assert!(picture.row(2).is_empty());
    }
}
