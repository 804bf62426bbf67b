//! Still: whether a picture shows anything that an earlier one did not.
//!
//! A camera that sees the same desk all night need not have it searched thirty times a second.
//! What is compared are means of cells, in which a sensor's noise averages out and a card that
//! is held up does not. What is done about it is for the stream.

use crate::Grey;

/// What the last change led to, and for how many frames it has been so.
#[derive(Debug, Default)]
pub(super) struct Still {
    cells: Vec<f32>,
    frames: usize,
}

impl Still {
    /// Whether this frame may go without a search: nothing has changed for a while, and one of the frames just
    /// before was searched.
    pub(super) fn rests(&mut self, picture: Grey<'_>) -> bool {
        let cells = means(picture);
        if differ(&self.cells, &cells) {
            (self.cells, self.frames) = (cells, 0);
        }
        self.frames += 1;
        self.frames > AWAKE && !self.frames.is_multiple_of(SELDOM)
    }

    /// Something is seen that is worth every frame.
    pub(super) const fn wake(&mut self) {
        self.frames = 0;
    }
}

/// The mean grey level of each cell.
fn means(picture: Grey<'_>) -> Vec<f32> {
    let high = picture.height();
    let (across, down) = (picture.width().div_ceil(CELLS) as usize, high.div_ceil(CELLS));
    let mut cells = Vec::with_capacity((CELLS * CELLS) as usize);
    for top in (0..high).step_by(down.max(1) as usize) {
        let mut sums = [(0_u32, 0_u32); CELLS as usize];
        for y in top..(top + down).min(high) {
            for (sum, part) in sums.iter_mut().zip(picture.row(y).chunks(across.max(1))) {
                sum.0 += part.iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
                sum.1 += u32::try_from(part.len()).unwrap_or(u32::MAX);
            }
        }
        cells.extend(sums.map(|(sum, count)| sum as f32 / count.max(1) as f32));
    }
    cells
}

/// Whether a cell changed otherwise than all did, as under a lamp that flickers.
fn differ(before: &[f32], now: &[f32]) -> bool {
    let count = now.len().max(1) as f32;
    let shift = now.iter().zip(before).map(|(now, before)| now - before).sum::<f32>() / count;
    before.len() != now.len()
        || before.iter().zip(now).any(|(before, now)| (now - before - shift).abs() > CHANGE)
}

/// Cells across, and cells down.
const CELLS: u32 = 24;

/// Grey levels by which a cell must change: more than noise in the dark does to a mean.
const CHANGE: f32 = 6.0;

/// Frames without a change that are searched all the same.
const AWAKE: usize = 20;

/// After them, one of so many is.
const SELDOM: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GreyBuf;
    use crate::camera::{Blank, Kind, SIZES, Shot};

    fn desk() -> GreyBuf {
        let shot = Shot { kind: Kind::LowLight, strength: 0.8, size: SIZES[0], seed: 3, frame: 0 };
        Blank::Desk.photograph(&shot)
    }

    /// Noise, a little otherwise in each frame, and the lamp's own flicker.
    fn noisy(of: &GreyBuf, frame: u8) -> GreyBuf {
        let mut state = u64::from(frame) * 977 + 1;
        let pixels = of.pixels().iter().map(|&pixel| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let noise = u8::try_from(state % 61).unwrap();
            (pixel.max(40) - 30).saturating_add(noise).saturating_add(frame % 7)
        });
        GreyBuf::from_vec(of.width(), of.height(), pixels.collect()).unwrap()
    }

    #[test]
    fn a_noisy_desk_is_still_and_a_small_card_is_not() {
        let (desk, mut still) = (desk(), Still::default());
        let rested: Vec<bool> =
            (0..60).map(|frame| still.rests(noisy(&desk, frame).as_grey())).collect();
        assert!(rested[..AWAKE].iter().all(|rests| !rests), "{rested:?}");
        assert_eq!(rested[AWAKE..].iter().filter(|rests| !**rests).count(), 8, "{rested:?}");
        let mut pixels = noisy(&desk, 60).pixels().to_vec();
        for y in 100..140 {
            pixels[y * 640 + 200..y * 640 + 240].fill(220);
        }
        let card = GreyBuf::from_vec(640, 480, pixels).unwrap();
        assert!(!still.rests(card.as_grey()), "searched in the very frame in which it is there");
        assert!(!still.rests(card.as_grey()));
    }

    #[test]
    fn any_size() {
        for (wide, high) in [(1, 1), (5, 3), (25, 49), (4_000, 2)] {
            let pixels = vec![9; (wide * high) as usize];
            let mut still = Still::default();
            let rested = (0..100).filter(|_| still.rests(Grey::new(wide, high, &pixels).unwrap()));
            assert_eq!(rested.count(), 64, "{wide} × {high}");
        }
    }
}
