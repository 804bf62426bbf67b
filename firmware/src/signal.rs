//! Light and tone: what each verdict looks and sounds like, as timelines.
//!
//! The only file that knows a blink or a pitch. Each class is told apart by the rhythm of the lamps alone, whatever
//! their colour, and by the tones alone; nothing here knows pins, time or permits.

use crate::machine::Class;

/// What the lamps and the buzzer say.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// Ready: dark, with a sign of life.
    Waiting,
    /// Starting, testing, updating.
    Busy,
    /// Valid.
    Valid,
    /// Refer.
    Refer,
    /// Invalid, specimens too.
    Invalid,
    /// Not a permit.
    NotAPermit,
    /// Admitted: the gate may turn.
    Go,
    /// Out of order.
    Fault,
    /// Ready, with a screen that is dark.
    Blank,
}

impl Signal {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Waiting,
        Self::Busy,
        Self::Valid,
        Self::Refer,
        Self::Invalid,
        Self::NotAPermit,
        Self::Go,
        Self::Fault,
        Self::Blank,
    ];
}

impl From<Class> for Signal {
    fn from(class: Class) -> Self {
        match class {
            Class::Valid => Self::Valid,
            Class::Refer => Self::Refer,
            Class::Invalid => Self::Invalid,
            Class::NotAPermit => Self::NotAPermit,
        }
    }
}

/// Which lamps burn.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, serde::Serialize)]
pub struct Lamps {
    /// The green one.
    pub green: bool,
    /// The amber one.
    pub amber: bool,
    /// The red one.
    pub red: bool,
}

impl Lamps {
    /// None.
    pub const DARK: Self = Self { green: false, amber: false, red: false };
    const GREEN: Self = Self { green: true, ..Self::DARK };
    const AMBER: Self = Self { amber: true, ..Self::DARK };
    const RED: Self = Self { red: true, ..Self::DARK };
}

/// A stretch of a timeline: milliseconds, and what holds for them.
pub type Stretch<T> = (u64, T);

/// Hertz; `None` is silence.
pub type Pitch = Option<u16>;

/// What a signal looks and sounds like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timeline {
    /// The lamps, over and over.
    pub lamps: &'static [Stretch<Lamps>],
    /// The buzzer, once; then silence.
    pub tones: &'static [Stretch<Pitch>],
}

impl Signal {
    /// Its timeline.
    #[must_use]
    pub const fn timeline(self) -> Timeline {
        let (lamps, tones): (&[_], &[_]) = match self {
            Self::Waiting => (&WAITING, &[]),
            Self::Busy => (&BUSY, &[]),
            Self::Valid => (&STEADY_GREEN, &RISING),
            Self::Refer => (&SLOW_AMBER, &EQUAL),
            Self::Invalid => (&FAST_RED, &LOW),
            Self::NotAPermit => (&BLIPS, &TICK),
            Self::Go => (&WINKING_GREEN, &[]),
            Self::Fault => (&ALTERNATING, &[]),
            Self::Blank => (&THREE, &[]),
        };
        Timeline { lamps, tones }
    }
}

impl Timeline {
    /// The lamps so many milliseconds after the beginning.
    #[must_use]
    pub fn lamps_at(&self, elapsed: u64) -> Lamps {
        let (at, _) = self.turn(elapsed);
        stretch(self.lamps, at).map_or(Lamps::DARK, |(lamps, _)| lamps)
    }

    /// The pitch at that time.
    #[must_use]
    pub fn pitch_at(&self, elapsed: u64) -> Pitch {
        stretch(self.tones, elapsed).and_then(|(pitch, _)| pitch)
    }

    /// When lamps or buzzer change next; `None` if they stay.
    #[must_use]
    pub fn next_change(&self, elapsed: u64) -> Option<u64> {
        let (at, begun) = self.turn(elapsed);
        let lamps = stretch(self.lamps, at).map(|(_, end)| begun + end);
        let tones = stretch(self.tones, elapsed).map(|(_, end)| end);
        let lamps = lamps.filter(|_| self.lamps.len() > 1);
        [lamps, tones].into_iter().flatten().min()
    }

    /// Milliseconds into the present turn of the lamps, and when it began.
    fn turn(&self, elapsed: u64) -> (u64, u64) {
        let length: u64 = self.lamps.iter().map(|(ms, _)| ms).sum();
        let at = elapsed.checked_rem(length).unwrap_or_default();
        (at, elapsed - at)
    }
}

/// What holds at a time, and when it ends.
fn stretch<T: Copy>(line: &[Stretch<T>], at: u64) -> Option<(T, u64)> {
    let mut end = 0;
    line.iter().find_map(|(ms, value)| {
        end += ms;
        (at < end).then_some((*value, end))
    })
}

/// A sign of life that no verdict looks like.
const WAITING: [Stretch<Lamps>; 2] = [(40, Lamps::AMBER), (4_960, Lamps::DARK)];
/// A walking light; the gaps keep it from looking like a steady one.
const BUSY: [Stretch<Lamps>; 6] = [
    (300, Lamps::GREEN),
    (100, Lamps::DARK),
    (300, Lamps::AMBER),
    (100, Lamps::DARK),
    (300, Lamps::RED),
    (100, Lamps::DARK),
];
const STEADY_GREEN: [Stretch<Lamps>; 1] = [(1_000, Lamps::GREEN)];
const SLOW_AMBER: [Stretch<Lamps>; 2] = [(600, Lamps::AMBER), (600, Lamps::DARK)];
const FAST_RED: [Stretch<Lamps>; 2] = [(120, Lamps::RED), (120, Lamps::DARK)];
/// Two short blips and a long pause.
const BLIPS: [Stretch<Lamps>; 4] =
    [(80, Lamps::AMBER), (160, Lamps::DARK), (80, Lamps::AMBER), (1_280, Lamps::DARK)];
/// Long on, short off.
const WINKING_GREEN: [Stretch<Lamps>; 2] = [(900, Lamps::GREEN), (100, Lamps::DARK)];
const ALTERNATING: [Stretch<Lamps>; 4] =
    [(1_000, Lamps::RED), (150, Lamps::DARK), (1_000, Lamps::AMBER), (150, Lamps::DARK)];
/// Three short ones and a pause.
const THREE: [Stretch<Lamps>; 6] = [
    (150, Lamps::RED),
    (200, Lamps::DARK),
    (150, Lamps::RED),
    (200, Lamps::DARK),
    (150, Lamps::RED),
    (2_150, Lamps::DARK),
];

/// Two rising tones: valid.
const RISING: [Stretch<Pitch>; 3] = [(120, Some(880)), (60, None), (180, Some(1_320))];
/// Two equal tones: refer.
const EQUAL: [Stretch<Pitch>; 3] = [(150, Some(880)), (100, None), (150, Some(880))];
/// One low tone: invalid.
const LOW: [Stretch<Pitch>; 1] = [(600, Some(220))];
/// One tick: not a permit.
const TICK: [Stretch<Pitch>; 1] = [(40, Some(1_760))];

#[cfg(test)]
mod tests;
