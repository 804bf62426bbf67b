//! How long a bundle takes as codes on a screen before the terminal's camera, from generated pictures.
//!
//! `codes [RATE [WIDTH [FPS]]]` shows the demonstration's bundle at RATE codes a second (3) to the terminal's own eye, for
//! several cameras (or one) and troubles: every code is photographed anew in every frame by an unsteady hand, and the first frame of each
//! shows a part of the one before, since a shutter rolls. Prints a table: the share of showings in which a code was not
//! read, and the seconds of the film until the bundle was whole.

#![expect(clippy::print_stdout, reason = "it prints a table for whoever measures")]

use permit_parts::{Added, Collector, Part, VERSION, split};
use permit_reader::eye::Gaze;
use permit_signing::demo;
use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol};

type Failure = Box<dyn core::error::Error>;

/// What is wrong with the pictures, and how wrong.
const TROUBLES: [(Kind, f32); 9] = [
    (Kind::Clean, 0.0),
    (Kind::Moire, 0.3),
    (Kind::Moire, 0.6),
    (Kind::Small, 0.2),
    (Kind::Small, 0.3),
    (Kind::Motion, 0.3),
    (Kind::Defocus, 0.4),
    (Kind::Glare, 0.4),
    (Kind::Perspective, 0.4),
];

/// Rounds after which it is given up.
const ROUNDS: usize = 4;

fn main() -> Result<(), Failure> {
    let args: Result<Vec<u32>, _> = std::env::args().skip(1).map(|arg| arg.parse()).collect();
    let args = args?;
    let rate = args.first().copied().unwrap_or(3);
    let asked = |(size, fps): &((u32, u32), u32)| {
        args.get(1).is_none_or(|width| *width == size.0) && args.get(2).is_none_or(|it| it == fps)
    };
    let texts = split(demo::BUNDLE)?;
    let symbols: Result<Vec<Symbol>, _> =
        texts.iter().map(|text| Symbol::in_version(text, VERSION)).collect();
    let symbols = symbols?;
    println!(
        "{} bytes, {} codes, {rate} a second: a round of {:.1} s",
        demo::BUNDLE.len(),
        texts.len(),
        seconds(texts.len(), rate)
    );
    println!("camera     frames/s  trouble          not read  whole after");
    let cameras = [(SIZES[0], 15), (SIZES[1], 15), (SIZES[0], 6), (SIZES[1], 6)];
    for (size, fps) in cameras.into_iter().filter(asked) {
        for (kind, strength) in TROUBLES {
            let film = Film { size, fps, kind, strength, rate };
            println!("{}", film.line(&symbols)?);
        }
    }
    Ok(())
}

/// A screen before a camera.
struct Film {
    size: (u32, u32),
    fps: u32,
    kind: Kind,
    strength: f32,
    rate: u32,
}

impl Film {
    fn line(&self, symbols: &[Symbol]) -> Result<String, Failure> {
        let (mut gaze, mut collector) = (Gaze::default(), Collector::default());
        let (mut frame, mut before) = (0, None);
        let (mut missed, mut showings) = (0, 0);
        let mut whole = None;
        // A code is shown from its moment to the next one's, whatever frames fall between.
        for showing in 0..ROUNDS * symbols.len() {
            let symbol = &symbols[showing % symbols.len()];
            let (mut read, mut first) = (false, true);
            while u64::from(frame) * u64::from(self.rate)
                < (showing as u64 + 1) * u64::from(self.fps)
            {
                let grey = self.shoot(symbol, frame);
                let shown = torn(&grey, before.take().filter(|_| first), frame);
                before = Some(grey);
                (frame, first) = (frame + 1, false);
                for text in gaze
                    .see(shown.as_grey(), u64::from(frame) * 1_000 / u64::from(self.fps))
                    .0
                    .texts
                {
                    read |= text == symbol.text().as_bytes();
                    if let Added::Whole(bundle) = collector.add(&Part::read(&text)?)? {
                        assert_eq!(bundle, demo::BUNDLE, "it is the bundle or nothing");
                        whole = whole.or(Some(frame));
                    }
                }
            }
            showings += 1;
            missed += usize::from(!read);
            if whole.is_some() {
                break;
            }
        }
        let whole = whole.map_or("not in 4 rounds".to_owned(), |frames| {
            format!("{:.1} s", f64::from(frames) / f64::from(self.fps))
        });
        let camera = format!("{}x{}", self.size.0, self.size.1);
        let trouble = format!("{} {:.1}", self.kind.name(), self.strength);
        let share = 100 * missed / showings.max(1);
        Ok(format!("{camera:<10} {:>8}  {trouble:<16} {share:>6} %  {whole}", self.fps))
    }

    fn shoot(&self, symbol: &Symbol, frame: u32) -> GreyBuf {
        // The hand's pace is that of 15 pictures a second.
        let frame = frame * 15 / self.fps;
        let Self { size, kind, strength, .. } = *self;
        let shot = Shot { kind, strength, size, seed: 3, frame };
        photograph(&shot, core::slice::from_ref(symbol)).picture
    }
}

/// The picture with its lower rows as they were before, as a rolling shutter takes them.
fn torn(grey: &GreyBuf, before: Option<GreyBuf>, frame: u32) -> GreyBuf {
    let Some(mut old) = before else { return grey.clone() };
    let (width, height) = (old.width() as usize, old.height() as usize);
    let rows = frame as usize * 97 % height;
    let upper = rows * width;
    old.pixels_mut()[..upper].copy_from_slice(&grey.as_grey().pixels()[..upper]);
    old
}

fn seconds(codes: usize, rate: u32) -> f64 {
    codes as f64 / f64::from(rate)
}
