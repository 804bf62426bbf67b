//! The sensor: light into numbers, with the noise of photons and of electronics.

use std::sync::LazyLock;

use super::plane::Plane;
use super::random::{Random, fraction};
use crate::GreyBuf;

/// How the sensor is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sensor {
    /// The display level of white paper, 0 to 1, linear.
    pub(super) level: f32,
    /// Electrons at the display level 1: the fewer, the noisier.
    pub(super) well: f32,
    /// Electrons of reading noise.
    pub(super) read: f32,
    /// Further noise as a share of the display level 1.
    pub(super) noise: f32,
    /// Brightness that runs down the picture in bands, as under flickering lamps: depth, and
    /// bands in the picture's height.
    pub(super) bands: (f32, f32),
}

impl Sensor {
    /// Takes the picture.
    pub(super) fn expose(&self, light: &Plane, random: &mut Random) -> GreyBuf {
        let mut picture = GreyBuf::new(number(light.width), number(light.height));
        let mut noise = vec![0.0; light.width];
        let rows = light.values.chunks_exact(light.width);
        let phase = random.unit();
        let height = f32::from(u16::try_from(light.height).unwrap_or(u16::MAX));
        let fixed = self.read * self.read / (self.well * self.well) + self.noise * self.noise;
        let photon = 1.0 / self.well;
        let mut y = 0.0;
        for (row, pixels) in rows.zip(picture.pixels_mut().chunks_exact_mut(light.width)) {
            random.normals(&mut noise);
            let band = phase + self.bands.1 * y / height;
            let wave = 2.0 * fraction(band) - 1.0;
            let level = self.level * (1.0 - self.bands.0 * (1.0 - wave * wave));
            let lift = 0.15 * fixed.sqrt() * random.normal();
            for ((value, noise), pixel) in row.iter().zip(&noise).zip(pixels) {
                let seen = value * level;
                let deviation = (seen.max(0.0) * photon + fixed).sqrt();
                *pixel = tone(seen + deviation * noise + lift);
            }
            y += 1.0;
        }
        picture
    }
}

/// The display's curve, from linear light to the stored byte.
fn tone(light: f32) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let step = (light * 4095.0 + 0.5).clamp(0.0, 4095.0) as usize;
    TONE[step]
}

/// IEC 61966-2-1 (sRGB) in 4096 steps.
static TONE: LazyLock<[u8; 4096]> = LazyLock::new(|| {
    let mut table = [0; 4096];
    for (step, byte) in (0_u16..).zip(&mut table) {
        let light = f32::from(step) / 4095.0;
        let shown = if light <= 0.003_130_8 {
            12.92 * light
        } else {
            1.055 * libm::powf(light, 1.0 / 2.4) - 0.055
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let value = (shown * 255.0 + 0.5) as u8;
        *byte = value;
    }
    table
});

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
