//! Closes the relay of a real board and falls over: what is left on the pin is seen from outside.
//!
//! A terminal has no switch that makes it panic, and should have none; this is the same board in a program that does.

#![expect(clippy::print_stdout, reason = "it tells whoever watches the pins")]

use permit_reader::board::{Board, Output, gpiochip, pi};
use permit_reader::machine::LaneNumber;

fn main() -> Result<(), Box<dyn core::error::Error>> {
    let mut board: Box<dyn Board> = match std::env::args().nth(1).as_deref() {
        Some("gpiochip") => Box::new(gpiochip::board(LaneNumber::First)?),
        _ => Box::new(pi::board(LaneNumber::First)?),
    };
    board.set(Output::Relay, true)?;
    println!("CLOSED");
    std::thread::sleep(core::time::Duration::from_secs(3));
    panic!("as asked");
}
