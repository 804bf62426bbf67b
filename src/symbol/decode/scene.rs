//! Symbols drawn with a geometry that is known, for the tests of the rooms.
//!
//! A scene says where in the symbol a place of the picture lies; each pixel is the mean of
//! sixteen such places, so that edges are as soft as a good camera's. Never built into the crate.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "modules of a symbol, grey levels"
)]

use qrcode::{Color, EcLevel, QrCode, Version};

use crate::decode::sample::local::Local;
use crate::{GreyBuf, Point};

/// A symbol of a version with a short text.
pub(super) fn symbol(version: u8) -> QrCode {
    QrCode::with_version(&b"BP1:ROOM"[..], Version::Normal(version.into()), EcLevel::M).unwrap()
}

/// A picture of `code`; `back` tells the modules (from the outer corner) of a picture place.
pub(super) fn draw(
    code: &QrCode,
    size: (u32, u32),
    back: impl Fn(f32, f32) -> (f32, f32),
) -> GreyBuf {
    let (side, colours) = (code.width(), code.to_colors());
    draw_modules(size, |x, y| {
        let (u, v) = back(x, y);
        let inside = |a: f32| (0.0..side as f32).contains(&a);
        inside(u) && inside(v) && colours[v as usize * side + u as usize] == Color::Dark
    })
}

/// A picture that is dark in some places.
pub(super) fn draw_modules(
    (width, height): (u32, u32),
    dark: impl Fn(f32, f32) -> bool,
) -> GreyBuf {
    let pixels = (0..width * height).map(|i| {
        let (x, y) = ((i % width) as f32, (i / width) as f32);
        let sum: f32 = (0..16_u8)
            .map(|k| {
                let (a, b) = (f32::from(k % 4), f32::from(k / 4));
                if dark(x + (a + 0.5) / 4.0, y + (b + 0.5) / 4.0) { 30.0 } else { 220.0 }
            })
            .sum();
        (sum / 16.0) as u8
    });
    GreyBuf::from_vec(width, height, pixels.collect()).unwrap()
}

/// A flat symbol, turned and stretched a little.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flat {
    pub(super) origin: (f32, f32),
    pub(super) module: f32,
    pub(super) turn: f32,
}

impl Flat {
    pub(super) fn there(&self, u: f32, v: f32) -> Point {
        let (s, c) = self.turn.sin_cos();
        let m = self.module;
        Point { x: self.origin.0 + m * (c * u - s * v), y: self.origin.1 + m * (s * u + c * v) }
    }

    pub(super) fn back(&self, x: f32, y: f32) -> (f32, f32) {
        let (s, c) = self.turn.sin_cos();
        let (dx, dy) = ((x - self.origin.0) / self.module, (y - self.origin.1) / self.module);
        (c * dx + s * dy, c * dy - s * dx)
    }

    pub(super) fn draw(&self, code: &QrCode) -> GreyBuf {
        draw(code, (480, 480), |x, y| self.back(x, y))
    }
}

/// The place of a pattern's middle with its axes, by the geometry.
pub(super) fn local(there: impl Fn(f32, f32) -> Point, u: f32, v: f32) -> Local {
    let (a, b) = (there(u - 0.5, v), there(u + 0.5, v));
    let (c, d) = (there(u, v - 0.5), there(u, v + 0.5));
    Local { centre: there(u, v), right: b - a, down: d - c, match_: 1.0 }
}

/// The three finders of a symbol of `side` modules, by the geometry.
pub(super) fn finders(there: impl Fn(f32, f32) -> Point, side: usize) -> [Local; 3] {
    let far = side as f32 - 3.5;
    [(3.5, 3.5), (far, 3.5), (3.5, far)].map(|(u, v)| local(&there, u, v))
}

/// How far two places are apart.
pub(super) fn apart(a: Point, b: Point) -> f32 {
    a.distance(b)
}
