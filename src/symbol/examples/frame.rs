//! One frame, read so many times and nothing else: what `tests/instructions/run` counts.
//!
//! `frame make FOLDER` writes a clean, a bad and an empty picture of 1280 × 720 pixels as PGM; `frame read FILE N` opens
//! one and reads it N times. Two runs that differ by one reading differ by the cost of that reading.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use permit_symbol::camera::{Blank, Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol, load, read};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match &args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", folder] => make(Path::new(folder)).is_some(),
        ["read", file, times] => times.parse().is_ok_and(|times| again(Path::new(file), times)),
        _ => false,
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn make(folder: &Path) -> Option<()> {
    let symbol = Symbol::new(&"BP1:SPECIMEN/0123456".repeat(9)).ok()?;
    let shot = |kind, strength| Shot { kind, strength, size: SIZES[1], seed: 7, frame: 0 };
    let take =
        |kind, strength| photograph(&shot(kind, strength), core::slice::from_ref(&symbol)).picture;
    write(folder.join("clean.pgm"), &take(Kind::Clean, 0.0))?;
    write(folder.join("combo.pgm"), &take(Kind::Combo, 0.35))?;
    write(folder.join("empty.pgm"), &Blank::Desk.photograph(&shot(Kind::Clean, 0.0)))
}

fn write(path: PathBuf, picture: &GreyBuf) -> Option<()> {
    let head = format!("P5\n{} {}\n255\n", picture.width(), picture.height());
    std::fs::write(path, [head.as_bytes(), picture.pixels()].concat()).ok()
}

fn again(file: &Path, times: usize) -> bool {
    let Some(picture) = load::open(file).ok().and_then(|mut pages| pages.next()?.ok()) else {
        return false;
    };
    let codes: usize =
        (0..times).map(|_| core::hint::black_box(read(picture.grey.as_grey())).len()).sum();
    core::hint::black_box(codes);
    true
}
