//! A picture of light: one number a pixel, linear, 1 being white paper in full light.

/// A picture of light.
#[derive(Clone, Debug)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<f32>,
}

impl Plane {
    /// Darkness.
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, values: vec![0.0; width * height] }
    }

    /// Every pixel's light from its middle.
    pub(super) fn map(&mut self, change: impl Fn(f32, f32, f32) -> f32) {
        let mut y = 0.5;
        for row in self.values.chunks_exact_mut(self.width) {
            let mut x = 0.5;
            for value in row {
                *value = change(*value, x, y);
                x += 1.0;
            }
            y += 1.0;
        }
    }

    /// The picture in twice the width and height and cut to size, smooth between.
    pub(super) fn doubled(&self, width: usize, height: usize) -> Self {
        let mut large = Self::new(width, height);
        for (y, row) in large.values.chunks_exact_mut(width).enumerate() {
            let upper = &self.values[(y / 2).min(self.height - 1) * self.width..][..self.width];
            let near = if y % 2 == 0 { (y / 2).saturating_sub(1) } else { y / 2 + 1 };
            let lower = &self.values[near.min(self.height - 1) * self.width..][..self.width];
            for (x, value) in row.iter_mut().enumerate() {
                let at = (x / 2).min(self.width - 1);
                let near =
                    if x % 2 == 0 { at.saturating_sub(1) } else { (at + 1).min(self.width - 1) };
                *value =
                    0.5625 * upper[at] + 0.1875 * (upper[near] + lower[at]) + 0.0625 * lower[near];
            }
        }
        large
    }
}
