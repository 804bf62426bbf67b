//! Whether what the terminal says about a code it cannot read is true, kind by kind of the generator.
//!
//! `hints [CODES [WIDTH [KIND,…]]]` shows so many codes (4) of each kind and of five strengths to the terminal's own eye and state
//! machine, twenty frames in two seconds by an unsteady hand, and notes what the screen says in every frame until the
//! code is read. Prints a table, in percent of those frames: which hint stood there, and how many were right, absent and
//! wrong. What is right for a kind is said in `right`; several troubles at once are left out, since any of four may be named.

#![expect(clippy::print_stdout, reason = "it prints a table for whoever measures")]

use std::collections::BTreeMap;

use permit_core::{Checkpoint, Direction, Distrust, Now, Side, UnixTime};
use permit_reader::eye::Gaze;
use permit_reader::machine::{
    CameraState, Event, Hint, ListsView, Machine, Modes, Moment, Part, PartName, Seen, Settings,
};
use permit_symbol::camera::{Blank, Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol};

/// Seeds from here on: others than those by which the limits of the hints were set.
const FIRST: u64 = 101;

/// Frames of a showing, and the time between them.
const FRAMES: u32 = 20;
const FRAME_MS: u64 = 100;

/// What the terminal said, by frame: none where nothing.
type Said = BTreeMap<Option<String>, u32>;

fn main() -> Result<(), serde_json::Error> {
    let mut args = std::env::args().skip(1);
    let codes = args.next().and_then(|it| it.parse().ok()).unwrap_or(4);
    let width = args.next().and_then(|it| it.parse().ok()).unwrap_or(640);
    let size = SIZES.into_iter().find(|size| size.0 == width).unwrap_or(SIZES[0]);
    let named: Option<Vec<Kind>> =
        args.next().map(|it| it.split(',').filter_map(Kind::named).collect());
    let kinds = named.unwrap_or_else(|| Kind::ALL.to_vec());
    let mut all = Count::default();
    println!("| kind | frames | right | none | wrong | said |\n|---|---|---|---|---|---|");
    for kind in kinds.into_iter().filter(|kind| *kind != Kind::Combo) {
        let mut said = Said::new();
        for (seed, strength) in (FIRST..FIRST + codes)
            .flat_map(|seed| (1..=5_u8).map(move |s| (seed, f32::from(s) / 5.0)))
        {
            show(kind, strength, seed, size, &mut said)?;
        }
        all.add(&line(kind.name(), &right(kind), &said)?);
    }
    for blank in Blank::ALL {
        let mut said = Said::new();
        for seed in FIRST..FIRST + codes {
            let shot = |frame| Shot { kind: Kind::Clean, strength: 0.0, size, seed, frame };
            film(|frame| blank.photograph(&shot(frame)), &mut said)?;
        }
        all.add(&line(&format!("no code: {}", blank.name()), &[], &said)?);
    }
    println!("| all | {} | {} |", all.frames, all.shares());
    Ok(())
}

/// The hints that are true of a kind. What a display, compression or a picture without a code does is nothing that a
/// person before the camera can mend, but for holding it closer where the generator makes it smaller too.
fn right(kind: Kind) -> Vec<Hint> {
    match kind {
        Kind::Perspective | Kind::Steep => vec![Hint::Straight],
        Kind::Defocus => vec![Hint::Blurred],
        Kind::Motion => vec![Hint::HoldStill, Hint::Blurred],
        Kind::Noise | Kind::LowLight | Kind::Shadow => vec![Hint::MoreLight],
        Kind::Glare => vec![Hint::Glare, Hint::LessLight],
        Kind::LowContrast | Kind::Faded | Kind::Colour => vec![Hint::Faint],
        Kind::Jpeg | Kind::Small | Kind::Inverted | Kind::Far => vec![Hint::Closer],
        Kind::Several | Kind::Sheet | Kind::Beside => vec![Hint::Several, Hint::Closer],
        Kind::Dirt
        | Kind::Scratch
        | Kind::Torn
        | Kind::Smeared
        | Kind::Fold
        | Kind::Curved
        | Kind::Crumple => vec![Hint::Torn],
        Kind::Close => vec![Hint::Farther],
        Kind::Clean | Kind::Rotation | Kind::Moire | Kind::Combo => Vec::new(),
    }
}

/// One code, photographed frame by frame.
fn show(
    kind: Kind,
    strength: f32,
    seed: u64,
    size: (u32, u32),
    said: &mut Said,
) -> Result<(), serde_json::Error> {
    let symbols: Vec<Symbol> = (0..if kind == Kind::Several { 30 } else { 1 })
        .filter_map(|n| symbol(seed + 100 * n))
        .collect();
    let shot = |frame| Shot { kind, strength, size, seed, frame };
    film(|frame| photograph(&shot(frame), &symbols).picture, said)
}

/// What the terminal says while it is shown these frames, until it reads something.
fn film(shoot: impl Fn(u32) -> GreyBuf, said: &mut Said) -> Result<(), serde_json::Error> {
    let (mut gaze, mut machine) = (Gaze::default(), ready());
    for frame in 0..FRAMES {
        let ms = 10_000 + u64::from(frame) * FRAME_MS;
        let (seen, _) = gaze.see(shoot(frame).as_grey(), ms);
        let read = !seen.texts.is_empty();
        machine.on(Event::Seen(Seen { picture: Some(frame), ..seen }), moment(ms));
        if read {
            break;
        }
        *said.entry(name(machine.view().hint)?).or_default() += 1;
    }
    Ok(())
}

/// A machine before a camera.
fn ready() -> Machine {
    let here = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
    let mut machine = Machine::new(here, Modes::default(), Settings::default());
    let lists = ListsView { days: [Some(1), Some(1)], ..ListsView::default() };
    let tested = vec![Part { name: PartName::Pipeline, good: true }];
    for event in [Event::Lists(lists), Event::Camera(CameraState::Good), Event::Tested(tested)] {
        machine.on(event, moment(0));
    }
    machine
}

const fn moment(ms: u64) -> Moment {
    Moment { ms, now: Now::untrusted(None, UnixTime(0), Distrust::Missing) }
}

fn name(hint: Option<Hint>) -> Result<Option<String>, serde_json::Error> {
    let Some(hint) = hint else { return Ok(None) };
    Ok(serde_json::to_value(hint)?.as_str().map(str::to_owned))
}

/// A text as long as a permit's: letters that no one can guess.
fn symbol(seed: u64) -> Option<Symbol> {
    const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = String::from("BP1:");
    for _ in 0..150 + seed % 60 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push(char::from(LETTERS[usize::try_from(state % 45).unwrap_or(0)]));
    }
    Symbol::new(&text).ok()
}

/// Frames in which nothing was read.
#[derive(Default)]
struct Count {
    frames: u32,
    right: u32,
    none: u32,
}

impl Count {
    fn add(&mut self, other: &Self) {
        self.frames += other.frames;
        self.right += other.right;
        self.none += other.none;
    }

    fn shares(&self) -> String {
        let share = |count: u32| 100.0 * f64::from(count) / f64::from(self.frames.max(1));
        let wrong = self.frames - self.right - self.none;
        format!("{:.1} | {:.1} | {:.1}", share(self.right), share(self.none), share(wrong))
    }
}

fn line(kind: &str, right: &[Hint], said: &Said) -> Result<Count, serde_json::Error> {
    let rights: Result<Vec<_>, _> = right.iter().map(|hint| name(Some(*hint))).collect();
    let rights = rights?;
    let frames: u32 = said.values().sum();
    let of = |is: &dyn Fn(&Option<String>) -> bool| {
        said.iter().filter(|(hint, _)| is(hint)).map(|(_, count)| count).sum()
    };
    let count = Count {
        frames,
        right: of(&|hint| hint.is_some() && rights.contains(hint)),
        none: of(&Option::is_none),
    };
    if frames > 0 {
        let each = said.iter().filter_map(|(hint, count)| {
            let share = 100.0 * f64::from(*count) / f64::from(frames);
            hint.as_ref().map(|hint| format!("{hint} {share:.0}"))
        });
        let each: Vec<String> = each.collect();
        println!("| {kind} | {frames} | {} | {} |", count.shares(), each.join(", "));
    }
    Ok(count)
}
