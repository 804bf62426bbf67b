//! How long a delta of 30,000 bytes takes as codes before the terminal's camera with three frames of ten lost: codes of
//! which any do (`BL2:`) beside numbered ones (`BL1:`), in one run.
//!
//! `fountain [FPS [RATE]]` shows both to the terminal's own eye, before cameras of 10 and 30 frames a second (or FPS),
//! at the page's fastest six codes a second and at a code a frame (or RATE): every code is photographed anew in every
//! frame by an unsteady hand, and where a code stands for more frames than one, its first shows a part of the one
//! before, since a shutter rolls. Which frames are lost is drawn anew for each film. Prints a table: the seconds of the
//! film until the delta was whole, the codes read until then, and what the eye took for a frame. Fails where a fountain
//! did not come together in as many codes as four rounds of numbered ones.

#![expect(clippy::print_stdout, reason = "it prints a table for whoever measures")]

use core::time::Duration;
use std::time::Instant;

use permit_core::sha256;
use permit_parts::delta::{Delta, delta};
use permit_parts::{Added, Collector, Fountain, Part, VERSION, split};
use permit_reader::eye::Gaze;
use permit_signing::demo;
use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol};

type Failure = Box<dyn core::error::Error>;

/// What is wrong with the pictures, and how wrong.
const TROUBLES: [(Kind, f32); 4] =
    [(Kind::Clean, 0.0), (Kind::Moire, 0.6), (Kind::Motion, 0.3), (Kind::Small, 0.3)];

/// Rounds of numbered codes after which it is given up.
const ROUNDS: usize = 4;

/// Frames of ten that are lost.
const LOST: u8 = 3;

/// Codes a second on the page of `permit authority codes` at its fastest.
const FASTEST: u32 = 6;

fn main() -> Result<(), Failure> {
    let args: Result<Vec<u32>, _> = std::env::args().skip(1).map(|arg| arg.parse()).collect();
    let args = args?;
    let file = sent()?;
    let (numbered, fountain) = (split(&file)?, Fountain::new(&file)?);
    let shown = ROUNDS * numbered.len();
    let round = drawn(&numbered)?;
    let any = drawn(&fountain.texts().take(shown).collect::<Vec<_>>())?;
    println!(
        "a delta of {} bytes: {} numbered codes, or any {} and seldom one or two more; {LOST} frames of ten are lost",
        file.len(),
        numbered.len(),
        fountain.needed()
    );
    println!("frames/s  codes/s  trouble       form  whole after  codes read  a frame");
    let mut whole = true;
    for fps in [10, 30].into_iter().filter(|fps| args.first().is_none_or(|it| it == fps)) {
        let rates = args.get(1).map_or(vec![FASTEST, fps], |rate| vec![*rate]);
        for (rate, (kind, strength)) in rates.iter().flat_map(|rate| TROUBLES.map(|it| (*rate, it)))
        {
            let film = Film { fps, rate, kind, strength };
            whole &= film.play("BL2", &any, &file, shown)?;
            film.play("BL1", &round, &file, shown)?;
        }
    }
    if whole { Ok(()) } else { Err("a fountain did not come together".into()) }
}

/// A delta of 30,000 bytes: what of other lists is new against the demonstration's.
fn sent() -> Result<Vec<u8>, Failure> {
    let bytes = (0..u32::MAX).flat_map(|at| sha256(&[&at.to_be_bytes()]));
    // The rest is its head: form, two hashes, the number of steps and the bytes' own.
    let new: Vec<u8> = bytes.take(30_000 - 95).collect();
    let delta = delta(demo::BUNDLE, &new)?;
    assert_eq!(Delta::read(&delta)?.patch(demo::BUNDLE)?, new, "it is a delta");
    Ok(delta)
}

fn drawn(texts: &[String]) -> Result<Vec<Symbol>, Failure> {
    Ok(texts.iter().map(|text| Symbol::in_version(text, VERSION)).collect::<Result<_, _>>()?)
}

/// A screen before a camera.
struct Film {
    fps: u32,
    rate: u32,
    kind: Kind,
    strength: f32,
}

impl Film {
    /// Prints how it went; whether the file came.
    fn play(
        &self,
        form: &str,
        codes: &[Symbol],
        file: &[u8],
        most: usize,
    ) -> Result<bool, Failure> {
        let (mut gaze, mut collector, mut read) = (Gaze::default(), Collector::default(), 0);
        let (mut before, mut spent, mut seen) = (None, Duration::ZERO, 0_u32);
        let mut whole = None;
        for frame in 0.. {
            let showing = (frame * self.rate / self.fps) as usize;
            if showing >= most || whole.is_some() {
                break;
            }
            let symbol = &codes[showing % codes.len()];
            let grey = self.shoot(symbol, frame);
            let old = before.replace((showing, grey.clone()));
            if self.is_lost(form, frame) {
                continue;
            }
            let stays = self.rate < self.fps;
            let old = old.filter(|(last, _)| *last != showing && stays).map(|(_, grey)| grey);
            let picture = torn(&grey, old, frame);
            let begun = Instant::now();
            let ms = u64::from(frame) * 1_000 / u64::from(self.fps);
            let texts = gaze.see(picture.as_grey(), ms).0.texts;
            (spent, seen) = (spent + begun.elapsed(), seen + 1);
            for text in texts {
                let added = collector.add(&Part::read(&text)?)?;
                read += usize::from(added != Added::Again);
                if let Added::Whole(bytes) = added {
                    assert_eq!(bytes, file, "it is the file or nothing");
                    whole = Some(frame + 1);
                }
            }
        }
        let seconds = |frames: u32| format!("{:.1} s", f64::from(frames) / f64::from(self.fps));
        let after = whole.map_or_else(|| "not".to_owned(), seconds);
        let trouble = format!("{} {:.1}", self.kind.name(), self.strength);
        let cost = spent.as_secs_f64() * 1_000.0 / f64::from(seen.max(1));
        println!(
            "{:>8}  {:>7}  {trouble:<12}  {form}  {after:>11}  {read:>10}  {cost:.1} ms",
            self.fps, self.rate
        );
        Ok(whole.is_some())
    }

    fn is_lost(&self, form: &str, frame: u32) -> bool {
        let film = [self.fps, self.rate, self.kind as u32, frame].map(u32::to_be_bytes).concat();
        sha256(&[form.as_bytes(), &film])[0] % 10 < LOST
    }

    fn shoot(&self, symbol: &Symbol, frame: u32) -> GreyBuf {
        // The hand's pace is that of 15 pictures a second.
        let frame = frame * 15 / self.fps;
        let Self { kind, strength, .. } = *self;
        let shot = Shot { kind, strength, size: SIZES[0], seed: 3, frame };
        photograph(&shot, core::slice::from_ref(symbol)).picture
    }
}

/// The picture with its lower rows as they were before, as a rolling shutter takes them.
fn torn(grey: &GreyBuf, before: Option<GreyBuf>, frame: u32) -> GreyBuf {
    let Some(mut old) = before else { return grey.clone() };
    let (width, height) = (old.width() as usize, old.height() as usize);
    let upper = frame as usize * 97 % height * width;
    old.pixels_mut()[..upper].copy_from_slice(&grey.as_grey().pixels()[..upper]);
    old
}
