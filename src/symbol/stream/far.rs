//! Far: a symbol too small to be read, seen more than once.
//!
//! What looks like one in a single frame may be chance; in the same place again it hardly is.
//! It remembers where, and for how long it was not seen. It reads nothing, and what is to be
//! said of it is for `guide`.

use crate::decode::detect::speck::{Speck, specks};
use crate::{Grey, Point};

/// A small symbol in a stream.
#[derive(Debug, Default)]
pub(super) struct Far {
    last: Option<Speck>,
    /// How often it was seen, and not seen since.
    seen: usize,
    missed: usize,
    frames: usize,
}

impl Far {
    /// Looks for it in some of the frames.
    pub(super) fn look(&mut self, frame: Grey<'_>) {
        self.frames = self.frames.wrapping_add(1);
        if self.frames % EVERY != 1 {
            return;
        }
        let told = self.is_told();
        let last = self.last;
        let near = |new: &Speck| last.is_some_and(|last| last.is_near(new));
        let mut specks = specks(frame);
        specks.retain(|new| new.certainty > if told { FAINT } else { CERTAIN });
        // One that is told is held; another one's time comes when it is forgotten.
        let new = match specks.iter().find(|new| near(new)) {
            None if !told => specks.first(),
            held => held,
        };
        match new {
            Some(new) => {
                self.seen = if near(new) { self.seen + 1 } else { 1 };
                (self.last, self.missed) = (Some(*new), 0);
            }
            None if self.missed < PATIENCE => self.missed += 1,
            None => self.forget(),
        }
    }

    /// It is not there, or seen otherwise.
    pub(super) const fn forget(&mut self) {
        (self.last, self.seen, self.missed) = (None, 0, 0);
    }

    /// Its outline, if it is there for certain.
    pub(super) fn outline(&self) -> Option<[Point; 4]> {
        self.last.filter(|_| self.is_told()).map(|speck| speck.corners)
    }

    const fn is_told(&self) -> bool {
        self.seen >= TWICE
    }
}

/// One of so many frames is looked at.
const EVERY: usize = 3;

/// So often it must be seen.
const TWICE: usize = 2;

/// Looks in which it is not seen, and is not forgotten.
const PATIENCE: usize = 3;

/// How sure it must be at first.
const CERTAIN: f32 = 2.4;

/// How sure it must be once it is told.
const FAINT: f32 = 1.5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::{Kind, SIZES, Shot, photograph};
    use crate::{GreyBuf, Symbol};

    #[test]
    fn twice_in_the_same_place_and_not_for_ever() {
        let symbol = Symbol::new(&format!("BP1:{}", "SPECIMEN1".repeat(17))).unwrap();
        let shot = Shot { kind: Kind::Small, strength: 0.7, size: SIZES[0], seed: 2, frame: 0 };
        let seen = photograph(&shot, &[symbol]).picture;
        let desk = GreyBuf::from_vec(640, 480, vec![90; 640 * 480]).unwrap();
        let mut far = Far::default();
        let mut tell = |picture: &GreyBuf| {
            far.look(picture.as_grey());
            far.outline().is_some()
        };
        let told: Vec<bool> = (0..6).map(|_| tell(&seen)).collect();
        assert_eq!(told, [false, false, false, true, true, true]);
        let told = (0..3 * EVERY * PATIENCE).filter(|_| tell(&desk)).count();
        assert_eq!(told, EVERY * PATIENCE);
        assert!(!tell(&seen), "forgotten");
    }
}
