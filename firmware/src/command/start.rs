//! Opens what lanes share, has every lane begun, and is the terminal.
//!
//! There is one way of starting: whatever is broken of what the terminal needs is said on its page, and nothing is green
//! where it may not be. Only what leaves no page, and a command line that makes no sense, ends it; with `--once` nobody
//! looks at a page, and what is broken ends it too.

use core::sync::atomic::{AtomicBool, Ordering};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use permit_core::{Checkpoint, Direction, Distrust, Floor, Now, Proof, Side, UnixTime};
use permit_journal::{OpenError, Terminal as Whose};
use permit_reader::clock::{self, Clock};
use permit_reader::keep::Keeper;
use permit_reader::lane::Lane;
use permit_reader::lists::{Basis, Spot};
use permit_reader::machine::{Event, LaneNumber, Trouble};
use permit_reader::officers::Officers;
use permit_reader::place::Place;
use permit_reader::post::Post;
use permit_reader::stick::Stick;
use permit_reader::terminal::{End, Terminal};
use permit_signing::demo;
use permit_words::Words;

use super::args::Args;
use super::enrol;
use super::exit::Exit;
use super::fault::Fault;
use super::lanes::{self, Common, Lives};
use super::output::Events;
use super::pins::{self, Held};
use super::screen;
use super::trust::{self, Found};

/// Does what the command line asks for: usually, to be a terminal.
pub(crate) fn run(args: &Args, words: &Words) -> Result<Exit, Fault> {
    if args.release {
        return pins::release(args);
    }
    if let Some(page) = &args.screen {
        return screen::run(page, &args.browser);
    }
    enrol::asked(args).unwrap_or_else(|| terminal(args, words))
}

/// The terminal, from its start to its end.
fn terminal(args: &Args, words: &Words) -> Result<Exit, Fault> {
    let start = Instant::now();
    let mut rtc = pins::rtc(args)?;
    let led = rtc.as_mut().filter(|rtc| rtc.leads()).and_then(|rtc| rtc.read().time);
    if let Some(time) = led {
        tracing::info!(seconds = time.0, "the time is the battery clock's, not the system's");
    }
    let stick = stick(args);
    let Found { basis, passed, mut broken } = trust::open(args, &stick, led, words)?;
    let spot = spot(args, &basis)?;
    let here = checkpoint(args, &basis, &spot)?;
    let (mut keeper, mut clock, folder) = state(args, &basis, here, led)?;
    let now = clock.moment(false).now;
    for why in [passed.kept, passed.given].into_iter().flatten() {
        if let Err(fault) = keeper.offered(Err(why), 0, &now) {
            tracing::error!(%fault, "a bundle that was passed over is not recorded");
        }
    }
    trust::keep(&stick, &basis);
    let events_out = Events::open(args.events.as_deref())?;

    let (post, letters) = Post::only();
    let planned = lanes::plan(args, &post, words)?;
    lanes::show(args, &planned)?;

    let stop = Arc::new(AtomicBool::new(false));
    on_signal(&stop, post);
    let officers = args
        .state
        .as_deref()
        .map_or_else(Officers::default, |state| Officers::open(state, keeper.reserve(), 0));
    if officers.is_restored() {
        broken.push(Trouble::Restored);
    }
    let common = Common { args, words, here, start, events: &events_out };
    let mut lives = Lives::new(start);
    let begun: Result<Vec<_>, Fault> =
        planned.into_iter().map(|lane| lane.begin(&common, &mut lives)).collect();
    let (lanes, held): (Vec<Lane>, Vec<Held>) = begun?.into_iter().unzip();
    let terminal = Terminal {
        lanes,
        basis,
        passed,
        here,
        spot,
        broken,
        clock,
        keeper,
        officers,
        stick,
        rtc,
        stopped: Box::new(move || stop.load(Ordering::Relaxed)),
        alive: Box::new(move || lives.feed()),
    };
    let end = terminal.run(&letters);
    drop((held, folder));
    match end {
        End::Finished | End::Stopped => Ok(Exit::Good),
        End::Stuck => Ok(Exit::Again),
    }
}

/// Where lists come from and exports go.
fn stick(args: &Args) -> Stick {
    let keep = args.state.as_deref().map(trust::kept);
    Stick { from: args.stick.clone(), keep, out: args.export.clone() }
}

/// Where the terminal is said to stand; the demonstration has a place of its own.
fn spot(args: &Args, basis: &Basis) -> Result<Spot, Fault> {
    let demo = basis.trust().is_some_and(permit_core::Trust::is_demo);
    let said = args.crossing.as_deref().or(demo.then_some("3"));
    said.map(Spot::new).ok_or_else(|| Fault::new(Exit::Usage, "reader-place"))
}

/// Where the terminal stands. A crossing that the lists do not have is waited for: others may.
fn checkpoint(args: &Args, basis: &Basis, spot: &Spot) -> Result<Checkpoint, Fault> {
    let zone = basis.trust().map(permit_core::Trust::zone);
    let demo = basis.trust().is_some_and(permit_core::Trust::is_demo);
    let missing = || Fault::new(Exit::Usage, "reader-place");
    let crossing = zone.and_then(|zone| spot.of(zone)).map(|crossing| crossing.number);
    if let (None, Some(zone)) = (crossing, zone) {
        let all = zone.crossings.iter();
        let all = all.map(|crossing| format!("{} {}", crossing.number, crossing.id));
        let fault = Fault::new(Exit::Usage, "reader-which-crossing")
            .with("said", args.crossing.as_deref().unwrap_or_default())
            .with("crossings", all.collect::<Vec<_>>().join(", "));
        if args.once {
            return Err(fault);
        }
        tracing::error!(
            "the lists do not have the crossing at which this terminal is said to stand"
        );
    }
    let side = args.side.or(demo.then_some(Side::A)).ok_or_else(missing)?;
    let direction = lanes::direction(args, LaneNumber::First)
        .or(demo.then_some(Direction::Exit))
        .ok_or_else(missing)?;
    // No crossing has the number 0.
    let crossing = crossing.or(spot.number()).unwrap_or_default();
    Ok(Checkpoint { crossing, side, direction })
}

/// The journal and the clock; without `--state` the journal goes with the process.
fn state(
    args: &Args,
    basis: &Basis,
    here: Checkpoint,
    led: Option<UnixTime>,
) -> Result<(Keeper<Place>, Clock, Option<tempfile::TempDir>), Fault> {
    let trust = basis.trust();
    let newest = trust.map(permit_core::Trust::newest).or_else(clock::built).unwrap_or(UnixTime(0));
    let zone = trust.map(permit_core::Trust::zone);
    let by_hand = match &args.at {
        Some(at) => zone.and_then(|it| it.crossing(here.crossing)).map(|it| at.at(&it)),
        None => {
            let demo = trust.is_some_and(permit_core::Trust::is_demo);
            (demo && args.bundle.is_none()).then_some(demo::NOON)
        }
    };
    let cannot = |path: &Path, cause: &dyn core::fmt::Display| {
        Fault::new(Exit::Unwritable, "reader-state").at(path).with("cause", cause)
    };
    let folder = match args.state {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(|cause| cannot(Path::new("TMPDIR"), &cause))?),
    };
    let path = match (&args.state, &folder) {
        (Some(path), _) => path.as_path(),
        (None, Some(folder)) => folder.path(),
        (None, None) => Path::new("."),
    };
    let proof = trust.map_or_else(|| Proof::of(newest), permit_core::Trust::proof);
    let floor = Floor { proof, journal: None, build: clock::built(), confirmed: None };
    let system = |floor| {
        let mut clock = Clock::system(floor, here.side);
        led.into_iter().for_each(|time| clock.lead(time));
        clock
    };
    let mut clock = by_hand.map_or_else(|| system(floor), |at| Clock::by_hand(at, newest));
    let now = match by_hand {
        Some(_) => clock.moment(false).now,
        // Nobody has looked at it yet: what says that the journal was opened raises no floor.
        None => Now::untrusted(led.or_else(clock::system), floor.time(), Distrust::FarAhead),
    };
    let whose = Whose { side: here.side, number: args.number };
    let mut keeper =
        Keeper::open(path, whose, &now).map_err(|cause: OpenError| cannot(path, &cause))?;
    if let Some(fault) = keeper.journal().fault().filter(|_| args.once) {
        return Err(cannot(path, &format!("{fault:?}")));
    }
    if let Some(trust) = trust {
        keeper.hear(trust, &now);
    }
    if by_hand.is_none() {
        let confirmed = keeper.journal().confirmed();
        clock = system(Floor { journal: keeper.floor(), confirmed, ..floor });
    }
    Ok((keeper, clock, folder))
}

/// Starts a thread.
pub(super) fn thread(work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    thread::Builder::new()
        .spawn(work)
        .map_err(|cause| Fault::new(Exit::Unreadable, "reader-thread").with("cause", cause))
}

/// An end asked for by the system: the hands let go of everything on the way.
fn on_signal(stop: &Arc<AtomicBool>, events: Post) {
    let stop = Arc::clone(stop);
    let armed = ctrlc::set_handler(move || {
        stop.store(true, Ordering::Relaxed);
        let _ = events.send(Event::Tick);
    });
    if armed.is_err() {
        tracing::warn!("signals are not handled");
    }
}
