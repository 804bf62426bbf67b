//! Still: how much of a search a frame is worth.
//!
//! A camera that sees the same desk all night need not have it searched thirty times a second.
//! What is compared are means over cells, in which a sensor's noise averages out and a card that
//! is held up does not. Where things move all the time and none of them is a symbol, most frames
//! get a glance, and some in a row a search. What is done about it is for the stream.

use crate::Grey;

/// What the last change led to, and for how many frames it has been so.
#[derive(Debug, Default)]
pub(super) struct Still {
    cells: Vec<Cell>,
    frames: usize,
    /// The share of cells that usually change.
    usual: f32,
    /// Frames looked at since there was something to see, or news.
    vain: usize,
}

/// What to do about a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Nothing has changed for a while, and one of the frames just before was looked at.
    Nothing,
    /// A look for what is easily seen.
    Glance,
    /// All there is.
    Search,
}

impl Still {
    /// What this frame is worth.
    pub(super) fn worth(&mut self, picture: Grey<'_>) -> Worth {
        let cells = cells(picture);
        let changed = changed(&self.cells, &cells);
        if changed > 0.0 {
            if self.frames > AWAKE || changed > NEWS + 2.0 * self.usual {
                self.vain = 0;
            }
            (self.cells, self.frames) = (cells, 0);
        }
        self.usual += USUAL * (changed - self.usual);
        self.frames += 1;
        if self.frames > AWAKE && !self.frames.is_multiple_of(SELDOM) {
            return Worth::Nothing;
        }
        self.vain += 1;
        if self.vain > AWAKE && self.vain % TURN >= ROW { Worth::Glance } else { Worth::Search }
    }

    /// Something is seen that is worth a search.
    pub(super) const fn doubt(&mut self) {
        self.vain = 0;
    }

    /// Something is seen that is worth every frame.
    pub(super) const fn wake(&mut self) {
        (self.frames, self.vain) = (0, 0);
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

/// The share of cells that changed otherwise than all did, as under a lamp that flickers.
fn changed(before: &[Cell], now: &[Cell]) -> f32 {
    if before.len() != now.len() {
        return 1.0;
    }
    let pairs = || now.iter().zip(before);
    let count = now.len().max(1) as f32;
    let shift = pairs().map(|(now, before)| now.level - before.level).sum::<f32>() / count;
    let differ = |(now, before): &(&Cell, &Cell)| {
        (now.level - before.level - shift).abs() > CHANGE
            || (now.texture - before.texture).abs() > TEXTURE
    };
    pairs().filter(differ).count() as f32 / count
}

/// Cells across, and cells down.
const CELLS: u32 = 24;

/// How far to the right a pixel is compared: a module of a code that can be read, or two.
const ASIDE: usize = 4;

/// Grey levels by which a cell must change: more than noise in the dark does to a mean.
const CHANGE: f32 = 6.0;

/// The same of differences between pixels, in which noise averages out less.
const TEXTURE: f32 = 9.0;

/// The share of cells that a card changes that is held up, beyond twice what changes anyway.
const NEWS: f32 = 0.04;

/// How fast what is usual follows: in about ten frames.
const USUAL: f32 = 0.1;

/// Frames without a change that are searched all the same.
const AWAKE: usize = 30;

/// After them, one of so many is.
const SELDOM: usize = 5;

/// So many in a row are searched, each step of a search having its turn in one of them.
const ROW: usize = 6;

/// Of so many.
const TURN: usize = 18;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GreyBuf;
    use crate::camera::{Blank, Kind, SIZES, Shot};

    fn desk() -> GreyBuf {
        let shot = Shot { kind: Kind::LowLight, strength: 0.8, size: SIZES[0], seed: 3, frame: 0 };
        Blank::Desk.photograph(&shot)
    }

    fn rests(still: &mut Still, picture: &GreyBuf) -> bool {
        still.worth(picture.as_grey()) == Worth::Nothing
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
            (0..70).map(|frame| rests(&mut still, &noisy(&desk, frame))).collect();
        assert!(rested[..AWAKE].iter().all(|rests| !rests), "{rested:?}");
        assert_eq!(rested[AWAKE..].iter().filter(|rests| !**rests).count(), 8, "{rested:?}");
        let mut pixels = noisy(&desk, 70).pixels().to_vec();
        for y in 100..140 {
            pixels[y * 640 + 200..y * 640 + 240].fill(220);
        }
        let card = GreyBuf::from_vec(640, 480, pixels).unwrap();
        for _ in 0..AWAKE {
            assert!(!rests(&mut still, &card), "searched from the frame in which it is there");
        }
        assert!(rests(&mut still, &card));
        still.wake();
        assert!(!rests(&mut still, &card));
    }

    /// Forty pixels wide, in the corner of four cells, as dark in the mean as the wall behind it.
    #[test]
    fn a_small_code_far_away_is_a_change() {
        let mut grey = GreyBuf::new(1280, 720);
        grey.pixels_mut().fill(140);
        let mut still = Still::default();
        assert_eq!((0..200).filter(|_| !rests(&mut still, &grey)).count(), AWAKE + 34);
        for (x, y) in (620..660).flat_map(|x| (340..380).map(move |y| (x, y))) {
            grey.pixels_mut()[y * 1280 + x] = if (x / 4 + y / 4) % 2 == 0 { 30 } else { 250 };
        }
        assert_eq!(still.worth(grey.as_grey()), Worth::Search);
    }

    /// After a second of a scene that moves, six frames in a row are searched of eighteen.
    #[test]
    fn what_moves_in_vain_is_searched_in_turns() {
        let mut still = Still::default();
        let mut at = |frame: usize| {
            let mut grey = GreyBuf::new(640, 480);
            grey.pixels_mut()[(frame % 40) * 7_000..][..7_000].fill(200);
            still.worth(grey.as_grey())
        };
        assert!((0..AWAKE).all(|frame| at(frame) == Worth::Search));
        let later: Vec<Worth> = (30..30 + 90).map(at).collect();
        assert!(!later.contains(&Worth::Nothing));
        assert_eq!(later.iter().filter(|worth| **worth == Worth::Search).count(), 30);
        let rows = later.chunk_by(|a, b| a == b).filter(|row| row[0] == Worth::Search);
        assert!(rows.skip(1).all(|row| row.len() == ROW), "{later:?}");
        still.wake();
        assert_eq!(still.worth(GreyBuf::new(640, 480).as_grey()), Worth::Search);
    }

    #[test]
    fn any_size() {
        for (wide, high) in [(1, 1), (5, 3), (25, 49), (4_000, 2)] {
            let pixels = vec![9; (wide * high) as usize];
            let mut still = Still::default();
            let picture = Grey::new(wide, high, &pixels).unwrap();
            let rested = (0..100).filter(|_| still.worth(picture) == Worth::Nothing);
            assert_eq!(rested.count(), 56, "{wide} × {high}");
        }
    }
}
