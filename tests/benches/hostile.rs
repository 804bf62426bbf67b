//! What hostile frames cost, read alone and as a stream: processor time and memory of each, held against the bounds.
//!
//! `cargo bench -p permit-tests --bench hostile [-- FOLDER…]`; a folder of pictures is measured as well. It ends with
//! status 1 when a frame takes more than a quarter of a second or more than 64 MB above its own size.

#[path = "../bounds/frames.rs"]
mod frames;

use std::path::PathBuf;
use std::process::ExitCode;

use peak_alloc::PeakAlloc;
use permit_symbol::{Stream, read};
use rustix::time::{ClockId, clock_gettime};

use frames::{Frame, hostile, huge, kept};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Milliseconds of processor time a frame may take.
const MS: f64 = 250.0;

/// Megabytes a frame may take above its own size.
const MB: f64 = 64.0;

#[expect(clippy::print_stdout, reason = "the table is what it is for")]
fn main() -> ExitCode {
    let given = std::env::args_os().skip(1).map(PathBuf::from).filter(|path| path.is_dir());
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/hostile");
    let mut groups: Vec<Vec<Frame>> =
        [(640, 480), (1280, 720), (1920, 1080)].into_iter().map(hostile).collect();
    groups.push(huge());
    groups.extend([shared].into_iter().chain(given).map(|folder| kept(&folder)));
    let mut worst: Vec<(f64, f64, String)> = Vec::new();
    for frame in groups.into_iter().flatten() {
        let (ms, mb) = cost(|| drop(read(frame.picture.as_grey())));
        worst.push((ms, mb, frame.name.clone()));
        let mut stream = Stream::new();
        for number in 1..=3 {
            let (ms, mb) = cost(|| drop(stream.see(frame.picture.as_grey())));
            worst.push((ms, mb, format!("{}, frame {number} of a stream", frame.name)));
        }
    }
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (ms, mb, name) in worst.iter().take(15) {
        println!("{ms:8.1} ms {mb:7.1} MB  {name}");
    }
    let most = worst.iter().map(|frame| frame.1).fold(0.0, f64::max);
    let over: Vec<_> = worst.iter().filter(|frame| frame.0 > MS || frame.1 > MB).collect();
    println!(
        "{} looks, the slowest {:.1} ms, the largest {most:.1} MB above its own size, {} over {MS} ms or {MB} MB",
        worst.len(),
        worst.first().map_or(0.0, |frame| frame.0),
        over.len()
    );
    if over.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Milliseconds and megabytes.
fn cost(look: impl FnOnce()) -> (f64, f64) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = clock_gettime(ClockId::ThreadCPUTime);
    look();
    let end = clock_gettime(ClockId::ThreadCPUTime);
    let bytes = MEMORY.peak_usage().saturating_sub(before);
    #[expect(clippy::cast_precision_loss, reason = "seconds and bytes of one frame")]
    let cost = (
        (end.tv_sec - start.tv_sec) as f64 * 1e3 + (end.tv_nsec - start.tv_nsec) as f64 / 1e6,
        bytes as f64 / 1_048_576.0,
    );
    cost
}
