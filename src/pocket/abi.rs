//! What a browser calls: two buffers, numbers in, JSON out.
//!
//! The page writes bytes where [`pocket_input`] says, calls one function with their number, and reads as many bytes as
//! it returns from where [`pocket_output`] says, before it calls anything else. No pointer comes in, so that nothing
//! here has to be believed: the only thing that counts as unsafe is that the functions have names.

#![allow(unsafe_code, reason = "a function is exported to a browser by `#[unsafe(no_mangle)]`")]

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use permit_core::UnixTime;
use permit_words::Lang;
use serde::Serialize;

use crate::{Mode, Pocket};

/// The one reader of a module, and its buffers.
#[derive(Default)]
struct Desk {
    pocket: Pocket,
    input: Vec<u8>,
    output: Vec<u8>,
}

static DESK: LazyLock<Mutex<Desk>> = LazyLock::new(Mutex::default);

/// The most bytes taken in: a file of 64 MiB.
const MOST: usize = 64 << 20;

fn desk() -> MutexGuard<'static, Desk> {
    DESK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers with what `ask` makes of the first `length` bytes of the input.
fn answer<T: Serialize>(length: usize, ask: impl FnOnce(&mut Pocket, &[u8]) -> T) -> usize {
    let mut desk = desk();
    let Desk { pocket, input, output } = &mut *desk;
    let said = ask(pocket, input.get(..length).unwrap_or_default());
    // Everything that is answered with has fields that JSON can hold.
    *output = serde_json::to_vec(&said).unwrap_or_default();
    output.len()
}

/// Room for `length` bytes of input; null where that is more than is ever taken.
#[unsafe(no_mangle)]
extern "C" fn pocket_input(length: usize) -> *mut u8 {
    let mut desk = desk();
    if length > MOST {
        return core::ptr::null_mut();
    }
    desk.input.resize(length, 0);
    desk.input.shrink_to(length.max(KEPT));
    desk.input.as_mut_ptr()
}

/// What is not given back between frames: one of 1920 × 1080 in four bytes a pixel.
const KEPT: usize = 1920 * 1080 * 4;

/// Where the last answer is.
#[unsafe(no_mangle)]
extern "C" fn pocket_output() -> *const u8 {
    desk().output.as_ptr()
}

/// Speaks a language from now on (0 zh, 1 ko, 2 en); answers with the page's words.
#[unsafe(no_mangle)]
extern "C" fn pocket_language(number: usize) -> usize {
    answer(0, |pocket, _| pocket.speak(Lang::ALL.get(number).copied().unwrap_or(Lang::En)))
}

/// Takes a reading of the clock, in seconds; `anew` begins the watch over it again. Answers with the status.
#[unsafe(no_mangle)]
extern "C" fn pocket_clock(wall: f64, monotonic: f64, anew: usize) -> usize {
    answer(0, |pocket, _| pocket.clock(UnixTime(whole(wall)), whole(monotonic), anew != 0))
}

#[expect(clippy::cast_possible_truncation, reason = "it saturates, and is not a time then")]
const fn whole(seconds: f64) -> i64 {
    seconds as i64
}

/// Sets the moment in the input by hand, for a demonstration; no text goes by the clock again.
#[unsafe(no_mangle)]
extern "C" fn pocket_at(length: usize) -> usize {
    answer(length, Pocket::at)
}

/// The latest moment a verdict was given at with a trusted clock, as it was kept.
#[unsafe(no_mangle)]
extern "C" fn pocket_floor(seconds: f64) -> usize {
    answer(0, |pocket, _| pocket.floor(UnixTime(whole(seconds))))
}

/// The fingerprint in the input: hexadecimal digits, an enveloped root or a bundle. Nothing is installed.
#[unsafe(no_mangle)]
extern "C" fn pocket_root(length: usize) -> usize {
    answer(length, |_, input| crate::lists::fingerprint(input))
}

/// Installs the root with the fingerprint in the input (32 bytes); answers with the status.
#[unsafe(no_mangle)]
extern "C" fn pocket_anchor(length: usize) -> usize {
    answer(length, Pocket::anchor)
}

/// What was accepted before, as it was kept: the next bundle may not fall behind it.
#[unsafe(no_mangle)]
extern "C" fn pocket_marks(length: usize) -> usize {
    answer(length, Pocket::restore)
}

/// Takes the bundle in the input, whole or not at all.
#[unsafe(no_mangle)]
extern "C" fn pocket_take(length: usize) -> usize {
    answer(length, Pocket::take)
}

/// Forgets root, lists, place and floor.
#[unsafe(no_mangle)]
extern "C" fn pocket_forget() -> usize {
    answer(0, |pocket, _| pocket.forget())
}

/// Stands at a crossing: its number, whose guards (0 A, 1 B), which way (0 entry, 1 exit); crossing 0 is nowhere.
#[unsafe(no_mangle)]
extern "C" fn pocket_place(crossing: usize, side: usize, direction: usize) -> usize {
    answer(0, |pocket, _| pocket.stand(crossing, side, direction))
}

/// What is looked for from now on: 0 permits, 1 one's own, 2 codes of lists, 3 a root's fingerprint, 4 a card
/// before a desk's camera.
#[unsafe(no_mangle)]
extern "C" fn pocket_mode(mode: usize) -> usize {
    answer(0, |pocket, _| pocket.mode(Mode::ALL.get(mode).copied().unwrap_or_default()))
}

/// Looks at a camera's frame: four bytes a pixel (red, green, blue, anything), row by row.
#[unsafe(no_mangle)]
extern "C" fn pocket_frame(width: u32, height: u32, length: usize) -> usize {
    answer(length, |pocket, input| pocket.frame(width, height, input))
}

/// Looks at one picture by itself, in the form of a frame.
#[unsafe(no_mangle)]
extern "C" fn pocket_still(width: u32, height: u32, length: usize) -> usize {
    answer(length, |pocket, input| pocket.still(width, height, input))
}

/// The bytes of every code in one picture, in hexadecimal digits: read and not judged, as
/// other readers are held against it.
#[unsafe(no_mangle)]
extern "C" fn pocket_read(width: u32, height: u32, length: usize) -> usize {
    answer(length, |_, input| crate::eye::read(width, height, input))
}

/// Looks at a picture file, at its first page; where more are left, that is all it says.
#[cfg(feature = "files")]
#[unsafe(no_mangle)]
extern "C" fn pocket_file(length: usize) -> usize {
    answer(length, Pocket::file)
}

/// Looks at the file's next page; after the last, says what was seen on all.
#[cfg(feature = "files")]
#[unsafe(no_mangle)]
extern "C" fn pocket_page() -> usize {
    answer(0, |pocket, _| pocket.page())
}

/// Judges the text of a code.
#[unsafe(no_mangle)]
extern "C" fn pocket_text(length: usize) -> usize {
    answer(length, Pocket::text)
}

/// Looks a typed number up.
#[unsafe(no_mangle)]
extern "C" fn pocket_number(length: usize) -> usize {
    answer(length, Pocket::number)
}
