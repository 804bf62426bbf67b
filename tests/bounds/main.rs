//! What a reader of pictures may cost, and what it must never do, whatever it is shown.
//!
//! Work and memory are counted here; time is not, because a test must not depend on the machine: `cargo bench -p
//! permit-tests --bench hostile` measures it. `PERMIT_LONG=1` makes ten thousand mutations.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod bombs;
mod frames;

use std::path::Path;
use std::sync::Mutex;
use std::thread;

use peak_alloc::PeakAlloc;
use permit_symbol::camera::{Blank, Kind, Shot, photograph};
use permit_symbol::load;
use permit_symbol::{GreyBuf, Stream, Symbol, read};

use frames::{Dice, Frame, code, hostile, huge, kept};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The peak is the whole process's, so only one test at a time may run.
static ALONE: Mutex<()> = Mutex::new(());

const MEGABYTE: usize = 1 << 20;

/// What a frame may cost beyond its own pixels.
const MOST: usize = 64 * MEGABYTE;

/// Bytes held at the worst moment of a reading, beyond those held before it.
fn peak(picture: &GreyBuf) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let codes = read(picture.as_grey());
    let peak = MEMORY.peak_usage().saturating_sub(before);
    drop(codes);
    peak
}

#[test]
fn memory_is_bounded_by_the_frame() {
    let _alone = ALONE.lock();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/hostile");
    if !folder.is_dir() {
        permit_tests::shared::absent("../shared/data/hostile is not here");
    }
    let mut frames: Vec<Frame> = hostile((640, 480));
    frames.extend(huge());
    frames.extend(kept(&folder));
    assert!(frames.len() > 20);
    for frame in &frames {
        let peak = peak(&frame.picture);
        assert!(peak <= MOST, "{}: {} MB", frame.name, peak / MEGABYTE);
        // Small frames do not take what a large one may.
        let pixels = frame.picture.pixels().len();
        assert!(
            peak <= 4 * MEGABYTE + 8 * pixels,
            "{}: {peak} bytes for {pixels} pixels",
            frame.name
        );
    }
}

/// The same of a camera's frames, which are searched for more.
#[test]
fn memory_of_a_stream_is_bounded_by_its_frames() {
    let _alone = ALONE.lock();
    let mut frames: Vec<Frame> = hostile((640, 480));
    frames.extend(huge());
    for frame in &frames {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let mut stream = Stream::new();
        for _ in 0..3 {
            stream.see(frame.picture.as_grey());
        }
        let peak = MEMORY.peak_usage().saturating_sub(before);
        assert!(peak <= MOST, "{}: {} MB", frame.name, peak / MEGABYTE);
        let pixels = frame.picture.pixels().len();
        assert!(peak <= 8 * MEGABYTE + 8 * pixels, "{}: {peak} bytes", frame.name);
    }
}

/// What stands beside the pixels of a file of a megabyte takes no more than a few times the file.
#[test]
fn row_18_memory_is_bounded_by_the_file() {
    let _alone = ALONE.lock();
    for bomb in bombs::bombs() {
        let (file, name) = (bomb.file.clone(), bomb.name);
        assert!(file.len() < 9 * MEGABYTE, "{name}");
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let (long, read) = (file.len(), load::picture(file));
        let peak = MEMORY.peak_usage().saturating_sub(before);
        let bound = 8 * MEGABYTE + 8 * long;
        assert!(
            peak <= bound,
            "{name}: {} MB of {} MB, {read:?}",
            peak / MEGABYTE,
            long / MEGABYTE
        );
    }
}

#[test]
fn two_hundred_pictures_without_a_code_hold_none() {
    let _alone = ALONE.lock();
    let kinds = [Kind::Clean, Kind::Noise, Kind::Perspective, Kind::Defocus, Kind::Shadow];
    let plan: Vec<(Blank, Shot)> = (0..200_u64)
        .map(|number| {
            let index = usize::try_from(number).unwrap();
            let kind = kinds[index / 8 % kinds.len()];
            let strength = 0.1 + 0.05 * f32::from(u8::try_from(index % 7).unwrap());
            let size = if index % 5 == 0 { (1280, 720) } else { (640, 480) };
            (Blank::ALL[index % 8], Shot { kind, strength, size, seed: 900 + number, frame: 0 })
        })
        .collect();
    let check = |part: &[(Blank, Shot)]| {
        for (blank, shot) in part {
            let codes = read(blank.photograph(shot).as_grey());
            assert!(codes.is_empty(), "{} {shot:?}: {codes:?}", blank.name());
        }
    };
    thread::scope(|scope| {
        for part in plan.chunks(100) {
            scope.spawn(move || check(part));
        }
    });
}

/// Frames to start from, with what may be read in them.
fn seeds() -> Vec<(GreyBuf, Vec<u8>)> {
    let texts =
        ["BP1:SPECIMEN", "BP1:6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTLRR+%3.ZH9M9ESIGUBA KWML"];
    let symbols = texts.map(|text| Symbol::new(text).unwrap());
    let mut seeds = Vec::new();
    for symbol in &symbols {
        let text = symbol.text().as_bytes().to_vec();
        for module in [2, 3, 4] {
            seeds.push((code(symbol, module), text.clone()));
        }
        for kind in [Kind::Clean, Kind::Fold, Kind::Glare, Kind::Dirt] {
            let shot = Shot { kind, strength: 0.2, size: (320, 240), seed: 4, frame: 0 };
            let photo = photograph(&shot, core::slice::from_ref(symbol));
            seeds.push((photo.picture, text.clone()));
        }
    }
    // Of the hostile frames only the sheet of codes says anything.
    let sheets = hostile((240, 180)).into_iter();
    seeds.extend(sheets.map(|frame| (frame.picture, b"HELLO 12345".to_vec())));
    seeds
}

/// Bit noise, copied blocks, inversion, stamped finders, grey bars, a crop.
fn mutate(picture: &GreyBuf, dice: &mut Dice) -> GreyBuf {
    let (width, height) = (picture.width(), picture.height());
    let mut pixels = picture.pixels().to_vec();
    for _ in 0..1 + dice.roll(4) {
        let (x, y) = (dice.roll(width), dice.roll(height));
        let (w, h) = (1 + dice.roll(width - x), 1 + dice.roll(height - y));
        let at = |x: u32, y: u32| (y * width + x) as usize;
        match dice.roll(6) {
            0 => {
                for _ in 0..1 + dice.roll(400) {
                    let place = at(dice.roll(width), dice.roll(height));
                    pixels[place] ^= 1 << dice.roll(8);
                }
            }
            1 => {
                let (left, top) = (dice.roll(width - w + 1), dice.roll(height - h + 1));
                for row in 0..h {
                    let from = at(x, y + row);
                    pixels.copy_within(from..from + w as usize, at(left, top + row));
                }
            }
            2 => pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel),
            3 => {
                let module = 1 + dice.roll(5);
                for (v, u) in (0..7 * module).flat_map(|v| (0..7 * module).map(move |u| (v, u))) {
                    let ring = (u / module).abs_diff(3).max((v / module).abs_diff(3));
                    if x + u < width && y + v < height {
                        pixels[at(x + u, y + v)] = if ring == 2 { 255 } else { 0 };
                    }
                }
            }
            4 => {
                let (grey, w) = (dice.grey(), w.min(width / 3 + 1));
                for row in 0..h {
                    let from = at(x, y + row);
                    pixels[from..from + w as usize].fill(grey);
                }
            }
            _ => {
                let shift = dice.roll(9);
                pixels.iter_mut().for_each(|pixel| {
                    *pixel = (*pixel >> (shift % 5)).saturating_add(dice.grey() >> 5);
                });
            }
        }
    }
    let (right, bottom) = (width - dice.roll(width / 3), height - dice.roll(height / 3));
    let rows = pixels.chunks_exact(width as usize).take(bottom as usize);
    let cropped: Vec<u8> = rows.flat_map(|row| &row[..right as usize]).copied().collect();
    GreyBuf::from_vec(right, bottom, cropped).unwrap()
}

#[test]
fn mutated_frames_neither_panic_nor_invent() {
    let _alone = ALONE.lock();
    let count = if std::env::var_os("PERMIT_LONG").is_some() { 10_000 } else { 600 };
    let seeds = seeds();
    let run = |start: u64| {
        let mut dice = Dice(20_261_121 + start);
        let mut codes = 0;
        for _ in 0..count / 2 {
            let (picture, text) = &seeds[dice.roll(u32::try_from(seeds.len()).unwrap()) as usize];
            for code in read(mutate(picture, &mut dice).as_grey()) {
                assert_eq!(&code.bytes, text, "nothing that was not there is read");
                codes += 1;
            }
        }
        codes
    };
    let codes: usize = thread::scope(|scope| {
        let threads: Vec<_> = [0, 1].map(|start| scope.spawn(move || run(start))).into();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    });
    assert!(codes > count / 20, "the mutations leave something to read: {codes}");
}
