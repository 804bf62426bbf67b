//! How many frames it takes: read rates of single pictures and of streams, kind by kind.
//!
//! Every code of a kind and strength is photographed ten times with a small hand motion, new
//! noise and a wandering glare. The rate of the first picture alone stands beside the rate
//! of the stream, with the frames that took. It compares nothing with other readers.
//!
//! ```text
//! cargo run --release -p permit-symbol --example streams -- [codes] [width] [kind,…] [strength,…]
//! ```
//!
//! Prints a table and, as a last line, the same as JSON.

#![expect(clippy::print_stdout, reason = "a program whose output is a table")]

use permit_symbol::camera::{Blank, Kind, SIZES, Shot, photograph};
use permit_symbol::stream::Bound;
use permit_symbol::{Grey, Hint, Look, Stream, Symbol, read};
use rustix::time::{ClockId, clock_gettime};

/// Frames of a stream.
const FRAMES: u32 = 10;

/// What the codes of one kind and strength came to.
struct Row {
    kind: Kind,
    strength: f32,
    codes: u64,
    /// Read from the first picture alone.
    single: u64,
    /// Frames each stream took, of those read.
    frames: Vec<u32>,
    misread: u64,
    /// Codes that the frames hold, their geometry given.
    held: u64,
    /// Milliseconds of processor time a frame.
    ms: Vec<f64>,
    hints: [u64; Hint::ALL.len()],
}

fn main() {
    let mut args = std::env::args().skip(1);
    let codes = args.next().and_then(|n| n.parse().ok()).unwrap_or(10);
    let width: u32 = args.next().and_then(|n| n.parse().ok()).unwrap_or(1280);
    let size = SIZES.into_iter().find(|size| size.0 == width).unwrap_or(SIZES[1]);
    let kinds: Vec<Kind> = list(args.next(), Kind::named).unwrap_or_else(|| Kind::ALL.to_vec());
    let strengths = list(args.next(), |s| s.parse().ok())
        .unwrap_or_else(|| (1..=10_u8).map(|s| f32::from(s) / 10.0).collect());
    println!(
        "kind          strength  single  stream  bound  median  p95  misread  ms mean   p95  hints"
    );
    let mut rows = Vec::new();
    for kind in kinds {
        for &strength in &strengths {
            let row = measure(kind, strength, codes, size);
            println!("{}", row.line());
            rows.push(row.json());
        }
    }
    let costs = costs(size);
    println!("{costs}");
    println!("[{}]", rows.join(","));
}

/// Milliseconds of processor time, and what a frame showed.
fn timed(stream: &mut Stream, picture: Grey<'_>) -> (f64, Look) {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 * 1000.0 + time.tv_nsec as f64 / 1_000_000.0
    };
    let start = now();
    let look = stream.see(picture);
    (now() - start, look)
}

/// What a frame costs while a code that was read stays in view; where there is none, at first
/// and after a second, in a hand that moves; and where there is none and nothing moves.
fn costs(size: (u32, u32)) -> String {
    let Ok(symbol) = Symbol::new(&text(1)) else { return String::new() };
    let symbols = [symbol];
    let (mut held, mut first, mut moving, mut still) = (vec![], vec![], vec![], vec![]);
    let shot = |frame| Shot { kind: Kind::Clean, strength: 0.0, size, seed: 1, frame };
    let mut stream = Stream::new();
    for frame in 0..60 {
        let photo = photograph(&shot(frame), &symbols);
        let (ms, look) = timed(&mut stream, photo.picture.as_grey());
        if look.held {
            held.push(ms);
        }
    }
    for blank in Blank::ALL {
        let mut stream = Stream::new();
        for frame in 0..70 {
            let (ms, _) = timed(&mut stream, blank.photograph(&shot(frame)).as_grey());
            if frame < 30 { first.push(ms) } else { moving.push(ms) }
        }
        let picture = blank.photograph(&shot(0));
        let mut stream = Stream::new();
        for frame in 0..100 {
            let (ms, _) = timed(&mut stream, picture.as_grey());
            if frame >= 50 {
                still.push(ms);
            }
        }
    }
    let mean = |ms: &[f64]| ms.iter().sum::<f64>() / ms.len().max(1) as f64;
    format!(
        "{} x {}: {:.2} ms a frame with a code in view; without any {:.2} ms at first, {:.2} ms after a second, \
         {:.2} ms once nothing moves",
        size.0,
        size.1,
        mean(&held),
        mean(&first),
        mean(&moving),
        mean(&still)
    )
}

fn list<T>(arg: Option<String>, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let items: Vec<T> = arg?.split(',').filter_map(parse).collect();
    (!items.is_empty()).then_some(items)
}

/// A text as a permit's: letters that no one can guess.
fn text(seed: u64) -> String {
    const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut out = String::from("BP1:");
    for _ in 0..150 + seed % 60 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.push(char::from(LETTERS[usize::try_from(state % 45).unwrap_or(0)]));
    }
    out
}

fn measure(kind: Kind, strength: f32, codes: u64, size: (u32, u32)) -> Row {
    let mut row = Row {
        kind,
        strength,
        codes,
        single: 0,
        frames: Vec::new(),
        misread: 0,
        held: 0,
        ms: Vec::new(),
        hints: [0; Hint::ALL.len()],
    };
    for seed in 1..=codes {
        let text = text(seed);
        let Ok(symbol) = Symbol::new(&text) else { continue };
        let version = symbol.version();
        let symbols = [symbol];
        let take = |frame| photograph(&Shot { kind, strength, size, seed, frame }, &symbols);
        let mut stream = Stream::new();
        let mut done = false;
        let mut last = None;
        let mut bound = Bound::new(version);
        let mut held = false;
        for frame in 0..FRAMES {
            let photo = take(frame);
            let picture = photo.picture.as_grey();
            if frame == 0 {
                row.single += u64::from(read(picture).iter().any(|c| c.bytes == text.as_bytes()));
            }
            let (ms, look) = timed(&mut stream, picture);
            row.ms.push(ms);
            row.misread += look.codes.iter().filter(|c| c.bytes != text.as_bytes()).count() as u64;
            held |= bound.add(picture, &photo.middles);
            last = look.hint.or(last);
            if look.codes.iter().any(|c| c.bytes == text.as_bytes()) {
                row.frames.push(frame + 1);
                done = true;
                break;
            }
        }
        row.held += u64::from(held || done);
        if let (false, Some(hint)) = (done, last)
            && let Some(at) = Hint::ALL.iter().position(|h| *h == hint)
        {
            row.hints[at] += 1;
        }
    }
    row.frames.sort_unstable();
    row.ms.sort_by(f64::total_cmp);
    row
}

impl Row {
    fn line(&self) -> String {
        let share = |n: u64| 100.0 * n as f64 / self.codes.max(1) as f64;
        let hints: Vec<String> = Hint::ALL
            .iter()
            .zip(self.hints)
            .filter(|(_, n)| *n > 0)
            .map(|(hint, n)| format!("{} {n}", hint.name()))
            .collect();
        format!(
            "{:<13} {:>8.2} {:>6.0}% {:>6.0}% {:>5.0}% {:>7} {:>4} {:>8} {:>8.1} {:>5.1}  {}",
            self.kind.name(),
            self.strength,
            share(self.single),
            share(self.frames.len() as u64),
            share(self.held),
            quantile(&self.frames, 0.5).map_or("-".into(), |n| n.to_string()),
            quantile(&self.frames, 0.95).map_or("-".into(), |n| n.to_string()),
            self.misread,
            self.ms.iter().sum::<f64>() / self.ms.len().max(1) as f64,
            quantile(&self.ms, 0.95).unwrap_or(0.0),
            hints.join(", "),
        )
    }

    fn json(&self) -> String {
        let number = |n: Option<u32>| n.map_or("null".into(), |n| n.to_string());
        format!(
            "{{\"kind\":\"{}\",\"strength\":{},\"codes\":{},\"single\":{},\"stream\":{},\"bound\":{},\
             \"median\":{},\"p95\":{},\"misread\":{}}}",
            self.kind.name(),
            self.strength,
            self.codes,
            self.single,
            self.frames.len(),
            self.held,
            number(quantile(&self.frames, 0.5)),
            number(quantile(&self.frames, 0.95)),
            self.misread,
        )
    }
}

/// The smallest value that so large a share does not exceed.
fn quantile<T: Copy>(sorted: &[T], share: f64) -> Option<T> {
    let count = sorted.len();
    (1..=count).find(|n| *n as f64 >= share * count as f64).and_then(|n| sorted.get(n - 1)).copied()
}
