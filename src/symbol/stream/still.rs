//! Still: whether a picture shows anything that an earlier one did not.
//!
//! A camera that sees the same desk all night need not have it searched thirty times a second.
//! What is compared are means over cells, in which a sensor's noise averages out and a card that
//! is held up does not. What is done about it is for the stream.

use crate::Grey;

/// What the last change led to, and for how many frames it has been so.
#[derive(Debug, Default)]
pub(super) struct Still {
    cells: Vec<Cell>,
    frames: usize,
}

impl Still {
    /// Whether this frame may go without a search: nothing has changed for a while, and one of the frames just
    /// before was searched.
    pub(super) fn rests(&mut self, picture: Grey<'_>) -> bool {
        let cells = cells(picture);
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

/// What is compared of a cell.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    /// The mean grey level.
    level: f32,
    /// How much pixels differ from those a little to the right, in the mean.
    texture: f32,
}

fn cells(picture: Grey<'_>) -> Vec<Cell> {
    let high = picture.height();
    let (across, down) = (picture.width().div_ceil(CELLS) as usize, high.div_ceil(CELLS));
    let mut cells = Vec::with_capacity((CELLS * CELLS) as usize);
    for top in (0..high).step_by(down.max(1) as usize) {
        let mut sums = [[0_u32; 4]; CELLS as usize];
        for y in top..(top + down).min(high) {
            for (sum, part) in sums.iter_mut().zip(picture.row(y).chunks(across.max(1))) {
                let aside = part.get(ASIDE..).unwrap_or_default();
                let count = |part: &[u8]| u32::try_from(part.len()).unwrap_or(u32::MAX);
                sum[0] += part.iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
                sum[1] += count(part);
                sum[2] +=
                    part.iter().zip(aside).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
                sum[3] += count(aside);
            }
        }
        cells.extend(sums.map(|[levels, pixels, steps, pairs]| Cell {
            level: levels as f32 / pixels.max(1) as f32,
            texture: steps as f32 / pairs.max(1) as f32,
        }));
    }
    cells
}

/// Whether a cell changed otherwise than all did, as under a lamp that flickers.
fn differ(before: &[Cell], now: &[Cell]) -> bool {
    let pairs = || now.iter().zip(before);
    let shift = pairs().map(|(now, before)| now.level - before.level).sum::<f32>()
        / now.len().max(1) as f32;
    before.len() != now.len()
        || pairs().any(|(now, before)| {
            (now.level - before.level - shift).abs() > CHANGE
                || (now.texture - before.texture).abs() > TEXTURE
        })
}

/// Cells across, and cells down.
const CELLS: u32 = 24;

/// How far to the right a pixel is compared: a module of a code that can be read, or two.
const ASIDE: usize = 4;

/// Grey levels by which a cell must change: more than noise in the dark does to a mean.
const CHANGE: f32 = 6.0;

/// The same of differences between pixels, in which noise averages out less.
const TEXTURE: f32 = 9.0;

/// Frames without a change that are searched all the same.
const AWAKE: usize = 30;

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
            (0..70).map(|frame| still.rests(noisy(&desk, frame).as_grey())).collect();
        assert!(rested[..AWAKE].iter().all(|rests| !rests), "{rested:?}");
        assert_eq!(rested[AWAKE..].iter().filter(|rests| !**rests).count(), 8, "{rested:?}");
        let mut pixels = noisy(&desk, 70).pixels().to_vec();
        for y in 100..140 {
            pixels[y * 640 + 200..y * 640 + 240].fill(220);
        }
        let card = GreyBuf::from_vec(640, 480, pixels).unwrap();
        for _ in 0..AWAKE {
            assert!(!still.rests(card.as_grey()), "searched from the frame in which it is there");
        }
        assert!(still.rests(card.as_grey()));
        still.wake();
        assert!(!still.rests(card.as_grey()));
    }

    /// Forty pixels wide, in the corner of four cells, as dark in the mean as the wall behind it.
    #[test]
    fn a_small_code_far_away_is_a_change() {
        let mut grey = GreyBuf::new(1280, 720);
        grey.pixels_mut().fill(140);
        let mut still = Still::default();
        assert_eq!((0..200).filter(|_| !still.rests(grey.as_grey())).count(), AWAKE + 34);
        for (x, y) in (620..660).flat_map(|x| (340..380).map(move |y| (x, y))) {
            grey.pixels_mut()[y * 1280 + x] = if (x / 4 + y / 4) % 2 == 0 { 30 } else { 250 };
        }
        assert!(!still.rests(grey.as_grey()));
    }

    #[test]
    fn any_size() {
        for (wide, high) in [(1, 1), (5, 3), (25, 49), (4_000, 2)] {
            let pixels = vec![9; (wide * high) as usize];
            let mut still = Still::default();
            let rested = (0..100).filter(|_| still.rests(Grey::new(wide, high, &pixels).unwrap()));
            assert_eq!(rested.count(), 56, "{wide} × {high}");
        }
    }
}
