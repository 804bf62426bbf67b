//! The board that was asked for, in a thread of its own, and the way to let go of it.
//!
//! Whatever ends the terminal, a panic too, the hands are waited for: they release everything on their way out. Only a
//! process that is killed cannot, and `--release` is for whoever comes after it.

use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::JoinHandle;
use std::time::Instant;

use permit_reader::board::{self, Input, gpiochip, pi, sim};
use permit_reader::display::panel::{self, Controller};
use permit_reader::display::{self, Face};
use permit_reader::hands::{self, Hands, Moved, Order};
use permit_reader::hub::Shown;
use permit_reader::lane::Post;
use permit_reader::machine::{Event, LaneNumber};
use permit_reader::rtc::{Ds3231, Kernel, Rtc, Silent};

use tokio::sync::watch;

use super::args::{Args, Board, Clockwork, Panel};
use super::exit::Exit;
use super::fault::Fault;
use super::output::Events;
use super::start::thread;

/// A board in its thread; waited for when dropped.
pub(crate) struct Held {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl Held {
    /// Opens a lane's pins of the board and follows orders on them.
    pub(crate) fn open(
        board: Board,
        lane: LaneNumber,
        start: Instant,
        events: &Post,
        out: &Events,
    ) -> Result<(Self, Sender<Order>), Fault> {
        match board {
            Board::Sim => {
                let (board, probe) = sim::board();
                // Somebody walks through as soon as it opens.
                let walk = move |moved| {
                    if let Moved::Relay { closed } = moved {
                        probe.press(Input::Turned, closed);
                    }
                };
                Self::hold(board, start, events, out, walk)
            }
            Board::Pi => Self::hold(pi::board(lane).map_err(cannot)?, start, events, out, |_| ()),
            Board::Gpiochip => {
                Self::hold(gpiochip::board(lane).map_err(cannot)?, start, events, out, |_| ())
            }
        }
    }

    /// No pins: orders are taken and do nothing, and it is said that no lamp burns.
    pub(crate) fn nothing(events: &Post) -> Result<(Self, Sender<Order>), Fault> {
        let (orders, given) = mpsc::channel::<Order>();
        // Whoever begins a lane lives as long as its queue.
        let _ = events.send(Event::Pins(false));
        let held = Self {
            orders: Some(orders.clone()),
            thread: Some(thread(move || given.iter().for_each(drop))?),
        };
        Ok((held, orders))
    }

    fn hold(
        board: impl board::Board + 'static,
        start: Instant,
        events: &Post,
        out: &Events,
        also: impl Fn(Moved) + Send + 'static,
    ) -> Result<(Self, Sender<Order>), Fault> {
        let (orders, given) = mpsc::channel();
        let (events, out) = (events.clone(), out.clone());
        let hands = Hands::new(board);
        let work = move || {
            hands::run(hands, start, &given, &events, |ms, moved| {
                also(moved);
                out.write(ms, None, &moved);
            });
        };
        let held = Self { orders: Some(orders.clone()), thread: Some(thread(work)?) };
        Ok((held, orders))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Drives everything low, for whoever comes after a terminal that was killed.
pub(crate) fn release(args: &Args) -> Result<Exit, Fault> {
    // Whatever else is wrong with the command line, a gate that stands open is worse.
    let lanes = args.lanes().unwrap_or(&LaneNumber::ALL);
    match args.board {
        Board::Sim => {}
        Board::Pi => pi::release(lanes).map_err(cannot)?,
        Board::Gpiochip => gpiochip::release(lanes).map_err(cannot)?,
    }
    Ok(Exit::Good)
}

/// The battery clock that was asked for; a real board has the kernel's.
pub(crate) fn rtc(args: &Args) -> Result<Option<Box<dyn Rtc>>, Fault> {
    let usual = if args.board == Board::Sim { Clockwork::None } else { Clockwork::Kernel };
    Ok(match args.rtc.unwrap_or(usual) {
        Clockwork::None => None,
        Clockwork::Kernel => Some(Box::new(Kernel::default())),
        Clockwork::Ds3231 => match pi::bus() {
            Ok(bus) => Some(Box::new(Ds3231::new(bus))),
            Err(error) if args.once => return Err(cannot(error)),
            Err(error) => {
                tracing::error!(%error, "the battery clock cannot be asked");
                Some(Box::new(Silent))
            }
        },
    })
}

/// A thread for the small display, if one is asked for.
pub(crate) fn display(
    args: &Args,
    views: watch::Receiver<Option<Arc<Shown>>>,
) -> Result<(), Fault> {
    let controller = match args.display {
        None => return Ok(()),
        Some(Panel::SpiSt7789) => Controller::St7789,
        Some(Panel::SpiIli9341) => Controller::Ili9341,
    };
    let face = Face::new(Some(display::FONT.into()));
    match args.board {
        Board::Sim => return Err(cannot(NoPins)),
        Board::Pi => {
            let [data, reset] = pi::display_pins().map_err(cannot)?;
            let wires = (pi::display_bus().map_err(cannot)?, data, reset);
            thread(move || said(panel::show(controller, wires, face, views)))?;
        }
        Board::Gpiochip => {
            let [data, reset] = gpiochip::display_pins().map_err(cannot)?;
            let wires = (pi::display_bus().map_err(cannot)?, data, reset);
            thread(move || said(panel::show(controller, wires, face, views)))?;
        }
    }
    Ok(())
}

/// A terminal goes on without its small display.
fn said(done: Result<(), panel::PanelFault>) {
    if let Err(error) = done {
        tracing::error!(%error, "no display");
    }
}

/// A simulated board has no pins for a display.
#[derive(Debug, thiserror::Error)]
#[error("a simulated board has no pins for a display")]
struct NoPins;

fn cannot(cause: impl core::error::Error) -> Fault {
    Fault::new(Exit::Unreadable, "reader-no-board").with("cause", cause)
}
