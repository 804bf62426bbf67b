//! Whether anything happens before the camera.
//!
//! A terminal stands unattended most of its life, before the same empty tray. Once the scene has stayed as it is for a
//! while and nothing was seen in it, not every frame needs to be searched; the first frame in which it changes is. It
//! measures means of places, knows no codes and never says that a frame in which something was seen is calm.

use permit_symbol::Grey;

/// Frames without a change before some are passed over: three seconds.
const STILL: u32 = 90;
/// Of these, one is searched.
const EVERY: u32 = 5;
/// Places across and down.
const PLACES: (usize, usize) = (16, 12);
/// Grey levels by which the mean of a place has to move: noise, a hundred pixels a place, moves it by less than one.
const CHANGE: u8 = 4;

/// Watches the scene.
#[derive(Debug, Default)]
pub struct Calm {
    /// Mean of each place when the scene changed last.
    scene: Vec<u8>,
    /// Frames since then, or since something was seen.
    frames: u32,
}

impl Calm {
    /// Takes a frame; whether it may be passed over.
    pub fn passes(&mut self, grey: Grey<'_>) -> bool {
        let now = places(grey);
        let same = self.scene.len() == now.len()
            && self.scene.iter().zip(&now).all(|(before, now)| before.abs_diff(*now) < CHANGE);
        if !same {
            (self.scene, self.frames) = (now, 0);
            return false;
        }
        self.frames = self.frames.saturating_add(1);
        self.frames > STILL && !self.frames.is_multiple_of(EVERY)
    }

    /// Something was seen: every frame counts from now on.
    pub fn disturb(&mut self) {
        self.frames = 0;
    }
}

/// The mean of each place, from a hundred of its pixels.
fn places(grey: Grey<'_>) -> Vec<u8> {
    let (across, down) = PLACES;
    let size = |pixels: u32| usize::try_from(pixels).unwrap_or(usize::MAX);
    let (width, height) = (size(grey.width()), size(grey.height()));
    let (wide, tall) = ((width / across).max(1), (height / down).max(1));
    let steps = ((wide / 10).max(1), (tall / 10).max(1));
    let mean = |left: usize, top: usize| {
        let rows = (top..(top + tall).min(height)).step_by(steps.1);
        let row =
            |y: usize| grey.pixels().get(y * width + left..y * width + (left + wide).min(width));
        let pixels = rows.filter_map(row).flat_map(|row| row.iter().step_by(steps.0));
        let (sum, count) =
            pixels.fold((0_u32, 0_u32), |(sum, count), luma| (sum + u32::from(*luma), count + 1));
        u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)
    };
    (0..height)
        .step_by(tall)
        .flat_map(|top| (0..width).step_by(wide).map(move |left| (left, top)))
        .map(|(left, top)| mean(left, top))
        .collect()
}

#[cfg(test)]
mod tests {
    use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
    use permit_symbol::{GreyBuf, Symbol};

    use super::*;

    fn shot(size: (u32, u32), frame: u32, symbols: &[Symbol]) -> GreyBuf {
        let shot = Shot { kind: Kind::Clean, strength: 0.0, size, seed: 5, frame };
        photograph(&shot, symbols).picture
    }

    /// Frames that are searched of so many.
    fn searched(calm: &mut Calm, frames: &[GreyBuf], count: usize) -> usize {
        frames.iter().cycle().take(count).filter(|it| !calm.passes(it.as_grey())).count()
    }

    #[test]
    fn an_empty_desk_under_noise_is_calm_and_a_card_is_not() {
        for size in SIZES {
            let desk: Vec<GreyBuf> = (0..4).map(|frame| shot(size, frame, &[])).collect();
            let mut calm = Calm::default();
            assert_eq!(searched(&mut calm, &desk, 91), 91, "three seconds of it");
            assert_eq!(searched(&mut calm, &desk, 100), 20, "{size:?}");
            let card = shot(size, 9, &[Symbol::new("BP1:SPECIMEN").unwrap()]);
            assert!(!calm.passes(card.as_grey()), "the first frame of it");
            assert_eq!(searched(&mut calm, &[card], 30), 30);
        }
    }

    #[test]
    fn a_small_thing_far_away_is_a_change() {
        let mut grey = GreyBuf::new(1280, 720);
        grey.pixels_mut().fill(120);
        let mut calm = Calm::default();
        assert_eq!(searched(&mut calm, core::slice::from_ref(&grey), 200), 112);
        // A code of 40 by 40 pixels, in the corner of four places at worst, half of it dark.
        for y in 340..380 {
            for x in 620..660 {
                let dark = (x / 4 + y / 4) % 2 == 0;
                grey.pixels_mut()[y * 1280 + x] = if dark { 30 } else { 250 };
            }
        }
        assert!(!calm.passes(grey.as_grey()));
    }

    #[test]
    fn whatever_was_seen_is_looked_at_in_every_frame() {
        let desk = shot(SIZES[0], 0, &[]);
        let mut calm = Calm::default();
        for _ in 0..300 {
            assert!(!calm.passes(desk.as_grey()));
            calm.disturb();
        }
    }
}
