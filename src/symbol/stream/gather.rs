//! Gather: the evidence of several frames on one symbol, added up.
//!
//! Soft modules are laid over each other by their place in the symbol and weighted by how
//! well the modules that are known look in their frame. Noise, glare and an unsteady hand
//! average out; a code of which no frame shows enough is put right from the sum. Frames of
//! different symbols are told apart by their data and never added; and what comes out must
//! agree with every frame, block by block, so that no text is made of two.

use std::collections::VecDeque;

use crate::Code;
use crate::decode::follow::crop::Crop;
use crate::decode::follow::proof::{self, Proof};

/// The evidence on a symbol, if it is of one version.
#[derive(Debug)]
pub(super) struct Gather {
    version: u8,
    known: Vec<f32>,
    layers: VecDeque<Layer>,
    frames: usize,
    /// Log-likelihoods of all frames: positive where dark.
    sum: Vec<f32>,
    /// Which frame was looked at again last.
    next: usize,
}

/// One frame's evidence.
#[derive(Debug)]
struct Layer {
    soft: Vec<f32>,
    quality: f32,
    weight: f32,
    /// What is kept of its picture.
    crop: Option<Crop>,
}

/// Whether a frame shows the symbol that was gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accord {
    /// It does.
    Same,
    /// It shows another one.
    Other,
    /// It shows too little to tell.
    Unsure,
}

impl Gather {
    pub(super) fn new(version: u8) -> Self {
        let known = proof::known(version);
        let sum = vec![0.0; known.len()];
        Self { version, known, layers: VecDeque::new(), frames: 0, sum, next: 0 }
    }

    /// What a code that was read is known by.
    pub(super) fn of(code: &Code) -> Self {
        let mut gather = Self::new(code.version);
        let side = code.modules.side();
        let soft: Vec<f32> = (0..side * side)
            .map(|i| (i % side, i / side))
            .map(|(x, y)| if code.mirrored { (y, x) } else { (x, y) })
            .map(|(x, y)| if code.modules.get(x, y) { 1.0 } else { -1.0 })
            .collect();
        gather.add(&soft, None);
        gather.conclude();
        gather
    }

    pub(super) const fn version(&self) -> u8 {
        self.version
    }

    /// How many frames' evidence there is.
    pub(super) const fn frames(&self) -> usize {
        self.frames
    }

    /// What every module is taken to be by now: 1 surely dark, -1 surely light.
    pub(super) fn learned(&self) -> Vec<f32> {
        self.sum.iter().map(|sum| sum.tanh()).collect()
    }

    /// How well the known modules look in the sum: 1 at best.
    pub(super) fn quality(&self) -> f32 {
        quality(&self.sum, &self.known)
    }

    /// Whether the known modules tell the sum from chance.
    pub(super) fn is_told(&self) -> bool {
        proof::is_told(&self.known, self.quality())
    }

    /// Whether these soft modules show the same symbol.
    pub(super) fn accord(&self, soft: &[f32]) -> Accord {
        if self.frames == 0 {
            return Accord::Same;
        }
        let carriers = proof::carriers(self.version);
        let alike = correlation(carriers.iter().map(|&at| {
            let at = usize::from(at);
            (value(&self.sum, at), value(soft, at))
        }));
        let expected = self.quality().max(0.0) * quality(soft, &self.known).max(0.0);
        let chance = 1.0 / (carriers.len().max(1) as f32).sqrt();
        if alike > SHARED * expected + SPREAD * chance {
            Accord::Same
        } else if alike < SHARED * expected && (1.0 - SHARED) * expected > 2.0 * SPREAD * chance {
            Accord::Other
        } else {
            Accord::Unsure
        }
    }

    /// Adds a frame's soft modules.
    pub(super) fn add(&mut self, soft: &[f32], crop: Option<Crop>) {
        if soft.len() != self.sum.len() {
            return;
        }
        let layer = Layer { crop, ..Layer::new(soft, &self.known) };
        if layer.weight <= 0.0 {
            return;
        }
        if self.layers.len() >= MOST {
            self.forget();
        }
        for (sum, soft) in self.sum.iter_mut().zip(soft) {
            *sum += layer.weight * soft;
        }
        self.layers.push_back(layer);
        self.frames += 1;
    }

    /// Looks again at some of the frames, the oldest look first, now that the others tell more
    /// of where the modules lie.
    pub(super) fn again(&mut self) {
        for _ in 0..AGAIN.min(self.layers.len()) {
            self.next = (self.next + 1) % self.layers.len();
            let Some(layer) = self.layers.get_mut(self.next) else { return };
            let Some(crop) = &mut layer.crop else { continue };
            for (sum, soft) in self.sum.iter_mut().zip(&layer.soft) {
                *sum -= layer.weight * soft;
            }
            let learned: Vec<f32> = self.sum.iter().map(|sum| sum.tanh()).collect();
            let soft = crop.again(&learned);
            let fresh = Layer::new(&soft, &self.known);
            if fresh.weight > 0.0 {
                *layer = Layer { crop: layer.crop.take(), ..fresh };
            }
            for (sum, soft) in self.sum.iter_mut().zip(&layer.soft) {
                *sum += layer.weight * soft;
            }
        }
    }

    /// The text that the evidence upholds, or the share of blocks that could be put right.
    pub(super) fn settle(&self, rounds: usize) -> Result<Proof, f32> {
        let mean = self.mean();
        let proof = proof::settle(&mean, self.version, rounds).or_else(|share| {
            if rounds == 0 || self.layers.len() < 2 || quality(&mean, &self.known) < SEEN {
                return Err(share);
            }
            proof::settle(&self.sharpened(&mean), self.version, rounds).map_err(|s| s.max(share))
        })?;
        if self.is_upheld(&proof) { Ok(proof) } else { Err(0.0) }
    }

    /// The mean of all frames, from -1 to 1: dark where positive.
    pub(super) fn mean(&self) -> Vec<f32> {
        let total = self.layers.iter().map(|layer| layer.weight).sum::<f32>().max(1e-6);
        self.sum.iter().map(|sum| (sum / total).clamp(-1.0, 1.0)).collect()
    }

    /// The mean of all frames after the blur of each was undone, as far as the known modules
    /// and the mean tell how it mixes them.
    fn sharpened(&self, mean: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; mean.len()];
        let mut total = 1e-6;
        for layer in &self.layers {
            let Some(sharp) = proof::sharpen(&layer.soft, mean, self.version) else { continue };
            let weight = Layer::new(&sharp, &self.known).weight;
            for (out, sharp) in out.iter_mut().zip(sharp) {
                *out += weight * sharp;
            }
            total += weight;
        }
        out.iter().map(|sum| (sum / total).clamp(-1.0, 1.0)).collect()
    }

    /// Whether every frame agrees with what was read, in every block alike.
    fn is_upheld(&self, proof: &Proof) -> bool {
        let printed = proof.printed(self.version);
        let blocks = printed.iter().map(|p| p.1 + 1).max().unwrap_or(0);
        self.layers.iter().all(|layer| {
            let fits: Vec<(f32, f32)> = (0..blocks)
                .map(|block| {
                    let of = printed.iter().filter(|p| p.1 == block);
                    let pairs = of.clone().map(|&(at, _, dark)| {
                        (value(&layer.soft, at), if dark { 1.0 } else { -1.0 })
                    });
                    (correlation(pairs), of.count() as f32)
                })
                .collect();
            let total: f32 = fits.iter().map(|f| f.1).sum();
            let mean = fits.iter().map(|f| f.0 * f.1).sum::<f32>() / total.max(1.0);
            fits.iter().all(|&(fit, count)| {
                fit > 0.5 * mean.max(layer.quality * SHARED) - SPREAD / count.max(1.0).sqrt()
            })
        })
    }

    /// Ends the gathering: what is left is the sum, to know the symbol by.
    pub(super) fn conclude(&mut self) {
        self.layers.clear();
    }

    fn forget(&mut self) {
        let Some(old) = self.layers.pop_front() else { return };
        self.frames -= 1;
        for (sum, soft) in self.sum.iter_mut().zip(&old.soft) {
            *sum -= old.weight * soft;
        }
    }
}

impl Layer {
    fn new(soft: &[f32], known: &[f32]) -> Self {
        let count = known.iter().map(|k| k.abs()).sum::<f32>().max(1.0);
        let gain = soft.iter().zip(known).map(|(s, k)| s * k).sum::<f32>() / count;
        let rest = soft
            .iter()
            .zip(known)
            .map(|(s, k)| if *k == 0.0 { 0.0 } else { (s - gain * k).powi(2) })
            .sum::<f32>();
        let weight = gain / (rest / count).max(0.02);
        Self {
            soft: soft.to_vec(),
            quality: quality(soft, known),
            weight: weight.min(8.0),
            crop: None,
        }
    }
}

/// How well soft values agree with what is known: 1 at best.
fn quality(soft: &[f32], known: &[f32]) -> f32 {
    let pairs = soft.iter().zip(known).filter(|(_, k)| **k != 0.0).map(|(s, k)| (*s, *k));
    correlation(pairs)
}

/// The correlation of two series with no offset, from -1 to 1.
fn correlation(pairs: impl Iterator<Item = (f32, f32)>) -> f32 {
    let (mut aa, mut bb, mut ab) = (0.0_f32, 0.0_f32, 0.0_f32);
    for (a, b) in pairs {
        aa += a * a;
        bb += b * b;
        ab += a * b;
    }
    let spread = (aa * bb).sqrt();
    if spread > 1e-6 { ab / spread } else { 0.0 }
}

fn value(values: &[f32], at: usize) -> f32 {
    values.get(at).copied().unwrap_or(0.0)
}

/// Below this, a mean is not worth sharpening.
const SEEN: f32 = 0.5;

/// Frames looked at again with each new one.
const AGAIN: usize = 4;

/// The most frames kept.
const MOST: usize = 16;

/// The share of modules that two different codes may have in common: the same mask, the
/// same beginning, the same padding.
const SHARED: f32 = 0.55;

/// Deviations beyond which nothing is chance.
const SPREAD: f32 = 2.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Symbol;

    /// Small numbers that are the same everywhere.
    pub(super) struct Dice(u64);

    impl Dice {
        pub(super) fn roll(&mut self) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        }

        /// Nearly normal, of this deviation.
        fn noise(&mut self, deviation: f32) -> f32 {
            let sum: u64 = (0..12).map(|_| self.roll() % 1000).sum();
            deviation * (sum as f32 / 1000.0 - 6.0)
        }
    }

    /// Two permits alike in all but what makes them permits: the same beginning.
    fn permit(dice: &mut Dice) -> Symbol {
        const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        let mut text = String::from("BP1:6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTL");
        for _ in 0..110 {
            text.push(char::from(LETTERS[usize::try_from(dice.roll() % 45).unwrap()]));
        }
        Symbol::new(&text).unwrap()
    }

    fn frame(symbol: &Symbol, deviation: f32, dice: &mut Dice) -> Vec<f32> {
        let side = symbol.modules().side();
        (0..side * side)
            .map(|i| if symbol.modules().get(i % side, i / side) { 1.0 } else { -1.0 })
            .map(|level: f32| level + dice.noise(deviation))
            .collect()
    }

    #[test]
    fn what_no_frame_shows_ten_do() {
        let mut dice = Dice(20_261_121);
        let symbol = permit(&mut dice);
        let mut gather = Gather::new(symbol.version());
        let mut read = None;
        for count in 1..=10 {
            let soft = frame(&symbol, 1.3, &mut dice);
            let mut alone = Gather::new(symbol.version());
            alone.add(&soft, None);
            assert!(alone.settle(3).is_err(), "one frame is enough");
            assert_ne!(gather.accord(&soft), Accord::Other);
            gather.add(&soft, None);
            if let (None, Ok(_)) = (read, gather.settle(3)) {
                read = Some(count);
            }
        }
        assert!(read.is_some_and(|count| (2..=10).contains(&count)), "{read:?}");
    }

    /// Thousands of pairs: another permit is told from the one that was gathered wherever a
    /// frame shows enough to tell, and the same one is never taken for another.
    #[test]
    fn two_permits_are_told_apart() {
        let mut dice = Dice(7);
        let (mut unsure, mut pairs) = (0, 0);
        for _ in 0..200 {
            let (one, two) = (permit(&mut dice), permit(&mut dice));
            assert_eq!(one.version(), two.version());
            for deviation in [0.2, 0.6, 1.0, 1.4, 1.8] {
                let mut gather = Gather::new(one.version());
                for _ in 0..2 {
                    gather.add(&frame(&one, deviation, &mut dice), None);
                }
                let again = gather.accord(&frame(&one, deviation, &mut dice));
                assert_ne!(again, Accord::Other, "at {deviation}");
                let other = gather.accord(&frame(&two, deviation, &mut dice));
                assert_ne!(other, Accord::Same, "at {deviation}");
                unsure += usize::from(other == Accord::Unsure);
                pairs += 1;
            }
        }
        assert!(unsure * 10 < pairs, "{unsure} of {pairs} unsure");
    }

    /// Even where frames of two permits are added by force, nothing is read but one of them.
    #[test]
    fn no_text_is_made_of_two() {
        let mut dice = Dice(99);
        for _ in 0..60 {
            let (one, two) = (permit(&mut dice), permit(&mut dice));
            let deviation = [0.3, 0.8, 1.2][usize::try_from(dice.roll() % 3).unwrap()];
            let mut gather = Gather::new(one.version());
            for _ in 0..1 + dice.roll() % 4 {
                gather.add(&frame(&one, deviation, &mut dice), None);
            }
            for _ in 0..1 + dice.roll() % 4 {
                gather.add(&frame(&two, deviation, &mut dice), None);
            }
            assert!(gather.settle(3).is_err());
        }
    }

    #[test]
    fn old_frames_are_forgotten() {
        let mut dice = Dice(3);
        let symbol = permit(&mut dice);
        let mut gather = Gather::new(symbol.version());
        for _ in 0..3 * MOST {
            gather.add(&frame(&symbol, 1.0, &mut dice), None);
        }
        assert_eq!((gather.layers.len(), gather.frames()), (MOST, MOST));
        gather.add(&[1.0; 3], None);
        assert_eq!(gather.frames(), MOST);
        assert!(Gather::new(0).settle(3).is_err());
    }
}
