//! Whether the camera gives true pictures.
//!
//! No frame, a frozen one, black, white and too dark are told apart, each only after it lasted: a hand before the lens is
//! no fault. It measures pictures and knows no cameras; time is an argument.

use permit_symbol::Grey;

use crate::machine::CameraState;

/// Without a frame for so long the camera is silent, in milliseconds.
pub const SILENCE: u64 = 2_000;
/// The same picture for so long, and so often, is a frozen one.
const FROZEN: (u64, u32) = (5_000, 20);
/// Black, white or dark for so long is no accident.
const LASTING: u64 = 1_500;
/// Every how many pixels one is measured.
const STEP: usize = 7;

/// Watches the frames of a source.
#[derive(Debug)]
pub struct Gauge {
    told: CameraState,
    /// When the last frame came.
    last: u64,
    /// What the picture looks like, and since when.
    looks: (CameraState, u64),
    /// Digest of the picture, since when, and how often.
    same: (u64, u64, u32),
}

impl Gauge {
    /// A gauge that waits for its first frame from `ms` on.
    #[must_use]
    pub const fn new(ms: u64) -> Self {
        let looks = (CameraState::Opening, ms);
        Self { told: CameraState::Opening, last: ms, looks, same: (0, ms, 0) }
    }

    /// A frame came; the camera's state, if it changed.
    pub fn frame(&mut self, picture: Grey<'_>, ms: u64) -> Option<CameraState> {
        self.last = ms;
        let digest = digest(picture);
        if self.same.0 == digest {
            self.same.2 += 1;
        } else {
            self.same = (digest, ms, 1);
        }
        let looks = look(picture);
        if self.looks.0 != looks {
            self.looks = (looks, ms);
        }
        let lasting = ms.saturating_sub(self.looks.1) >= LASTING;
        let frozen = ms.saturating_sub(self.same.1) >= FROZEN.0 && self.same.2 >= FROZEN.1;
        let state = match looks {
            CameraState::Good if frozen => CameraState::Frozen,
            CameraState::Good => CameraState::Good,
            other if lasting => other,
            _ if self.told == CameraState::Opening => CameraState::Good,
            _ => self.told,
        };
        self.tell(state)
    }

    /// No frame came until now; the camera's state, if it changed.
    pub fn silence(&mut self, ms: u64) -> Option<CameraState> {
        if ms.saturating_sub(self.last) >= SILENCE { self.tell(CameraState::NoFrame) } else { None }
    }

    /// The device is gone; the camera's state, if it changed.
    pub fn lost(&mut self) -> Option<CameraState> {
        self.tell(CameraState::Unplugged)
    }

    fn tell(&mut self, state: CameraState) -> Option<CameraState> {
        (core::mem::replace(&mut self.told, state) != state).then_some(state)
    }
}

fn look(picture: Grey<'_>) -> CameraState {
    let (mut sum, mut count, mut least, mut most) = (0_u64, 0_u64, u8::MAX, 0_u8);
    for &luma in picture.pixels().iter().step_by(STEP) {
        sum += u64::from(luma);
        count += 1;
        least = least.min(luma);
        most = most.max(luma);
    }
    let mean = sum / count.max(1);
    match (mean, most - least) {
        (0..=12, 0..=40) => CameraState::Black,
        (240.., 0..=20) => CameraState::White,
        (0..=35, _) => CameraState::Dark,
        _ => CameraState::Good,
    }
}

/// FNV-1a over every seventh pixel: a live sensor's noise changes it with every frame.
fn digest(picture: Grey<'_>) -> u64 {
    let pixels = picture.pixels().iter().step_by(STEP);
    pixels.fold(0xcbf2_9ce4_8422_2325, |hash, &luma| {
        (hash ^ u64::from(luma)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use permit_symbol::GreyBuf;

    use super::*;

    fn plain(luma: u8) -> GreyBuf {
        GreyBuf::from_vec(70, 50, vec![luma; 3_500]).unwrap()
    }

    /// A scene with a live sensor's noise.
    fn live(seed: u64) -> GreyBuf {
        let mut state = seed | 1;
        let pixels = (0..3_500_u32).map(|index| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let noise = u8::try_from(state >> 61).unwrap();
            if index % 70 < 35 { 60 + noise } else { 180 + noise }
        });
        GreyBuf::from_vec(70, 50, pixels.collect()).unwrap()
    }

    /// Frames at 30 a second: the changes that are told, with their times.
    fn run(
        gauge: &mut Gauge,
        from: u64,
        frames: u64,
        make: impl Fn(u64) -> GreyBuf,
    ) -> Vec<(CameraState, u64)> {
        (0..frames)
            .filter_map(|n| {
                let ms = from + n * 33;
                gauge.frame(make(n).as_grey(), ms).map(|state| (state, ms))
            })
            .collect()
    }

    #[test]
    fn each_trouble_by_its_name_and_in_its_time() {
        for (state, luma) in
            [(CameraState::Black, 3), (CameraState::White, 255), (CameraState::Dark, 30)]
        {
            let mut gauge = Gauge::new(0);
            let told = run(&mut gauge, 0, 30, live);
            assert_eq!(told, [(CameraState::Good, 0)]);
            let told = run(&mut gauge, 1_000, 120, |_| plain(luma));
            let [(told, ms)] = told[..] else { panic!("{state:?}: {told:?}") };
            assert_eq!(told, state);
            assert!((2_500..2_600).contains(&ms), "{ms}");
            let told = run(&mut gauge, 10_000, 30, live);
            assert_eq!(told, [(CameraState::Good, 10_000)], "it recovers at once");
        }
    }

    #[test]
    fn a_frozen_picture_is_not_a_still_scene() {
        let mut gauge = Gauge::new(0);
        assert_eq!(run(&mut gauge, 0, 600, live), [(CameraState::Good, 0)], "noise, no movement");
        let told = run(&mut gauge, 20_000, 300, |_| live(4));
        let [(CameraState::Frozen, ms)] = told[..] else { panic!("{told:?}") };
        assert!((25_000..25_100).contains(&ms), "{ms}");
    }

    #[test]
    fn ten_frames_of_a_picture_are_not_frozen_however_slow() {
        let mut gauge = Gauge::new(0);
        let told: Vec<_> =
            (0..10).filter_map(|n| gauge.frame(live(9).as_grey(), n * 1_000)).collect();
        assert_eq!(told, [CameraState::Good]);
    }

    #[test]
    fn silence_and_a_strobe() {
        let mut gauge = Gauge::new(0);
        assert_eq!(gauge.silence(1_999), None);
        assert_eq!(gauge.silence(2_000), Some(CameraState::NoFrame));
        assert_eq!(gauge.silence(9_000), None, "told once");
        let told = run(&mut gauge, 10_000, 90, |n| if n % 2 == 0 { plain(255) } else { live(n) });
        assert_eq!(told, [(CameraState::Good, 10_033)], "a strobe lasts in neither");
    }
}
