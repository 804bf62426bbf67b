//! Core on a microcontroller: takes the demo bundle, verifies a permit, says how deep the stack went.
//!
//! The stack is painted at reset (cortex-m-rt, `paint-stack`); the words still painted afterwards were
//! never used. Outside the workspace, since looking at raw memory needs `unsafe`.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hio};
use permit_core::{Anchor, Checkpoint, Direction, KeySlot, NoLedger, Now, Side, Terms, Trust, Verifier};

static BUNDLE: &[u8] = include_bytes!("../../../keys/demo/bundle.cbor");
static ROOT: &[u8] = include_bytes!("../../../keys/demo/root.cbor");
static GOLDEN: &[u8] = include_bytes!("../../../keys/demo/golden.txt");

#[entry]
fn main() -> ! {
    let (taken, code) = if cfg!(feature = "core") { run() } else { (0, 0) };
    say(b"verdict ", code.into());
    say(b"stack to take the bundle, bytes: ", taken);
    say(b"stack at the deepest, bytes: ", used());
    debug::exit(if code == 0 { debug::EXIT_SUCCESS } else { debug::EXIT_FAILURE });
    loop {}
}

/// A line of text and a number, without the weight of `core::fmt`.
fn say(text: &[u8], number: usize) {
    let mut digits = *b"          \n";
    let mut rest = number;
    for place in digits.iter_mut().take(10).rev() {
        *place = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if let Ok(mut out) = hio::hstdout() {
        let _ = out.write_all(text).and_then(|()| out.write_all(&digits));
    }
}

#[inline(never)]
fn run() -> (usize, u8) {
    let Ok(anchor) = Anchor::of(ROOT) else { return (0, 254) };
    let mut slots = [KeySlot::EMPTY; 64];
    let Ok(trust) = Trust::open(BUNDLE, &Terms { anchor, before: None, now: None }, &mut slots) else { return (0, 255) };
    let taken = used();
    let checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
    let Ok(verifier) = Verifier::new(&trust, checkpoint) else { return (taken, 253) };
    let now = Now::by_hand(trust.newest().plus(36 * 60 * 60), trust.newest());
    let judgement = verifier.verify(black_box(GOLDEN), &NoLedger, &now);
    (taken, judgement.verdict.code())
}

/// Bytes of stack that were ever used.
fn used() -> usize {
    unsafe extern "C" {
        static _stack_start: u32;
        static _stack_end: u32;
    }
    let (top, bottom) = ((&raw const _stack_start).addr(), (&raw const _stack_end).addr());
    let mut at = bottom;
    // SAFETY: every word between the two linker symbols is RAM that belongs to the stack.
    while at < top && unsafe { core::ptr::read_volatile(core::ptr::with_exposed_provenance::<u32>(at)) } == 0xcccc_cccc {
        at += 4;
    }
    top - at
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    debug::exit(debug::EXIT_FAILURE);
    loop {}
}
