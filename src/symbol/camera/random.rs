//! Random numbers that are the same on every machine.
//!
//! Each part of a picture draws from a stream of its own, named by seed and purpose: a change
//! in one part leaves the others as they were, and the same scene is met again at every
//! strength. Sines and logarithms come from a library, not from the platform.

use std::sync::LazyLock;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(ChaCha8Rng);

/// What a stream is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Scene = 1,
    Card,
    Pose,
    Kind,
    Paper,
    Sensor,
    Hand,
}

impl Random {
    /// The stream of a seed for a purpose and a number, such as a frame or a card.
    pub(super) fn new(seed: u64, purpose: Purpose, number: u32) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = purpose as u8;
        key[12..16].copy_from_slice(&number.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// From 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f32 {
        unit(self.0.next_u32())
    }

    /// From `low` to `high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// 1 or −1.
    pub(super) fn sign(&mut self) -> f32 {
        if self.0.next_u32() & 1 == 0 { 1.0 } else { -1.0 }
    }

    /// A direction, as an angle in radians.
    pub(super) fn angle(&mut self) -> f32 {
        self.between(0.0, TURN)
    }

    /// Below `count`, which is not 0.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        // The bias of a remainder is far below what a picture shows.
        self.0.next_u32() % count.max(1)
    }

    /// One of them.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let count = u32::try_from(from.len()).unwrap_or(u32::MAX);
        from[self.below(count) as usize]
    }

    /// Normal, with mean 0 and deviation 1.
    pub(super) fn normal(&mut self) -> f32 {
        NORMAL[self.0.next_u32() as usize % NORMAL.len()]
    }

    /// Many normal numbers at little cost.
    pub(super) fn normals(&mut self, into: &mut [f32]) {
        let mut bytes = [0; 2 * 1024];
        for part in into.chunks_mut(1024) {
            let bytes = &mut bytes[..2 * part.len()];
            self.0.fill_bytes(bytes);
            for (number, pair) in part.iter_mut().zip(bytes.chunks_exact(2)) {
                *number = NORMAL[usize::from(u16::from_le_bytes([pair[0], pair[1]])) % 4096];
            }
        }
    }
}

/// A number from 0 up to 1 from the upper bits, exactly.
#[expect(clippy::cast_precision_loss, reason = "24 bits fit an f32 exactly")]
const fn unit(bits: u32) -> f32 {
    (bits >> 8) as f32 / 16_777_216.0
}

#[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
const fn whole(number: u32) -> f32 {
    number as f32
}

/// What is left of a number above the whole number below it; for numbers of a picture's size.
pub(super) fn fraction(number: f32) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a place in a picture")]
    let low = number as i32;
    #[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
    let part = number - low as f32;
    if part < 0.0 { part + 1.0 } else { part }
}

/// Sine and cosine.
pub(super) fn direction(angle: f32) -> (f32, f32) {
    (libm::sinf(angle), libm::cosf(angle))
}

/// Value noise: one number a lattice point, smooth between, each octave half as large.
#[derive(Debug)]
pub(super) struct Field {
    lattice: Vec<f32>,
}

impl Field {
    pub(super) fn new(random: &mut Random) -> Self {
        let mut lattice = vec![0.0; (FIELD * FIELD) as usize];
        for value in &mut lattice {
            *value = random.between(-1.0, 1.0);
        }
        Self { lattice }
    }

    /// From −1 to 1; one lattice step is 1.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x + FAR, y + FAR);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive")]
        let (left, top) = (x as u32, y as u32);
        let (fx, fy) = (smooth(x - whole(left)), smooth(y - whole(top)));
        let value = |x: u32, y: u32| self.lattice[(y % FIELD * FIELD + x % FIELD) as usize];
        let upper = mix(value(left, top), value(left + 1, top), fx);
        let lower = mix(value(left, top + 1), value(left + 1, top + 1), fx);
        mix(upper, lower, fy)
    }

    /// Three octaves.
    pub(super) fn rough(&self, x: f32, y: f32) -> f32 {
        self.at(x, y) * 0.57
            + self.at(2.0 * x + 7.3, 2.0 * y + 1.7) * 0.29
            + self.at(4.0 * x + 3.1, 4.0 * y + 9.2) * 0.14
    }
}

/// From `a` at 0 to `b` at 1.
pub(super) fn mix(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// 0 below 0, 1 above 1, smooth between.
pub(super) fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A full turn in radians.
pub(super) const TURN: f32 = core::f32::consts::TAU;

const FIELD: u32 = 64;

/// Makes any place of a picture positive, in whole periods of the lattice.
const FAR: f32 = 1024.0;

/// The normal distribution's quantiles at the middles of 4096 equal steps.
static NORMAL: LazyLock<Vec<f32>> =
    LazyLock::new(|| (0..4096).map(|step| quantile((f64::from(step) + 0.5) / 4096.0)).collect());

/// The standard normal quantile by bisection of the error function.
#[expect(clippy::cast_possible_truncation, reason = "a float of less precision is wanted")]
fn quantile(share: f64) -> f32 {
    let (mut low, mut high) = (-6.0, 6.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        let below = 0.5 * (1.0 + libm::erf(middle / core::f64::consts::SQRT_2));
        if below < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_for_each_purpose() {
        let first = |purpose, number| Random::new(7, purpose, number).unit();
        assert_eq!(first(Purpose::Scene, 0), first(Purpose::Scene, 0));
        assert_ne!(first(Purpose::Scene, 0), first(Purpose::Scene, 1));
        assert_ne!(first(Purpose::Scene, 0), first(Purpose::Sensor, 0));
    }

    #[test]
    fn normal_numbers_are_normal() {
        let mut numbers = vec![0.0; 100_000];
        Random::new(1, Purpose::Sensor, 0).normals(&mut numbers);
        let mean = numbers.iter().sum::<f32>() / 1e5;
        let spread = numbers.iter().map(|n| n * n).sum::<f32>() / 1e5;
        let inside = numbers.iter().filter(|n| n.abs() < 1.0).count();
        assert!(mean.abs() < 0.02 && (spread - 1.0).abs() < 0.02, "{mean} {spread}");
        assert!((67_500..69_000).contains(&inside), "{inside}");
    }
}
