//! Opens what lanes share, has every lane begun, and is the terminal.

use core::sync::atomic::{AtomicBool, Ordering};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use permit_core::{Checkpoint, Direction, Distrust, Floor, Now, Side, UnixTime};
use permit_journal::{Disk, Storage as _, Terminal as Whose};
use permit_reader::clock::{self, Clock};
use permit_reader::keep::{KeepError, Keeper};
use permit_reader::lane::Lane;
use permit_reader::lists::Lists;
use permit_reader::machine::{Event, LaneNumber, Pin};
use permit_reader::officers::Officers;
use permit_reader::post::Post;
use permit_reader::stick::Stick;
use permit_reader::terminal::{End, Terminal};
use permit_signing::demo;
use permit_words::Words;

use super::args::{self, Args};
use super::exit::Exit;
use super::fault::Fault;
use super::lanes::{self, Common, Lives};
use super::output::Events;
use super::pins::{self, Held};
use super::screen;
use super::trust::{self, Found};

/// Does what the command line asks for: usually, to be a terminal.
pub(crate) fn run(args: &Args, words: &Words) -> Result<Exit, Fault> {
    match args.enrol {
        _ if args.release => pins::release(args),
        _ if args.screen.is_some() => {
            args.screen.as_deref().map_or(Ok(Exit::Good), |page| screen::run(page, &args.browser))
        }
        Some(number) => enrol(args, number),
        None => terminal(args, words),
    }
}

/// The terminal, from its start to its end.
fn terminal(args: &Args, words: &Words) -> Result<Exit, Fault> {
    let start = Instant::now();
    let mut rtc = pins::rtc(args)?;
    let led = rtc.as_mut().filter(|rtc| rtc.leads()).and_then(|rtc| rtc.read().time);
    if let Some(time) = led {
        tracing::info!(seconds = time.0, "the time is the battery clock's, not the system's");
    }
    let Found { lists, passed } = trust::open(args, led)?;
    let here = checkpoint(args, &lists)?;
    let (mut keeper, mut clock, folder) = state(args, &lists, here, led)?;
    let now = clock.moment(false).now;
    for why in [passed.kept, passed.given].into_iter().flatten() {
        if let Err(fault) = keeper.offered(Err(why), &now) {
            tracing::error!(%fault, "a bundle that was passed over is not recorded");
        }
    }
    let events_out = Events::open(args.events.as_deref())?;

    let (post, letters) = Post::only();
    let planned = lanes::plan(args, &post)?;
    lanes::show(args, &planned)?;

    let stop = Arc::new(AtomicBool::new(false));
    on_signal(&stop, post);
    let officers = officers(args)?;
    let common = Common { args, words, here, start, events: &events_out };
    let mut lives = Lives::new(start);
    let begun: Result<Vec<_>, Fault> =
        planned.into_iter().map(|lane| lane.begin(&common, &mut lives)).collect();
    let (lanes, held): (Vec<Lane>, Vec<Held>) = begun?.into_iter().unzip();
    let terminal = Terminal {
        lanes,
        lists,
        passed,
        here,
        clock,
        keeper,
        officers,
        stick: stick(args),
        rtc,
        stopped: Box::new(move || stop.load(Ordering::Relaxed)),
        alive: Box::new(move || lives.feed()),
    };
    let end = terminal.run(&letters);
    drop((held, folder));
    match end {
        End::Finished | End::Stopped => Ok(Exit::Good),
        End::Stuck => Ok(Exit::Again),
        End::NoCrossing => Err(Fault::new(Exit::Untrusted, "reader-no-crossing")),
    }
}

/// Where lists come from and exports go.
fn stick(args: &Args) -> Stick {
    let keep = args.state.as_deref().map(trust::kept);
    Stick { from: args.stick.clone(), keep, out: args.export.clone() }
}

/// Who may be on duty; nobody on a laptop without a state.
fn officers(args: &Args) -> Result<Officers, Fault> {
    let Some(state) = &args.state else { return Ok(Officers::default()) };
    let path = state.join("officers.json");
    Officers::open(&path, 0).map_err(|cause| {
        Fault::new(Exit::Unwritable, "reader-state").at(&path).with("cause", cause)
    })
}

/// A PIN from standard input for an officer.
fn enrol(args: &Args, number: u16) -> Result<Exit, Fault> {
    let mut line = zeroize::Zeroizing::new(String::new());
    let refused = |cause: &dyn core::fmt::Display| {
        Fault::new(Exit::Unwritable, "reader-not-enrolled").with("cause", cause)
    };
    // A terminal that runs has the officers in memory, and would write over the new one.
    let _held = match &args.state {
        Some(state) => {
            std::fs::create_dir_all(state).map_err(|cause| refused(&cause))?;
            let mut journal = Disk::open(state.join("journal")).map_err(|cause| refused(&cause))?;
            journal.lock().map_err(|cause| match cause.kind() {
                ErrorKind::WouldBlock => Fault::new(Exit::Unwritable, "reader-in-use").at(state),
                _ => refused(&cause),
            })?;
            Some(journal)
        }
        None => None,
    };
    std::io::stdin().read_line(&mut line).map_err(|cause| refused(&cause))?;
    let pin = Pin::new(line.trim_end_matches(['\r', '\n']).to_owned());
    officers(args)?.enrol(number, &pin).map_err(|cause| refused(&cause))?;
    Ok(Exit::Good)
}

/// Where the terminal stands; the demonstration has a place of its own.
fn checkpoint(args: &Args, lists: &Lists) -> Result<Checkpoint, Fault> {
    let zone = lists.trust().zone();
    let demo = lists.trust().is_demo();
    let missing = |id| Fault::new(Exit::Usage, id);
    let crossing = match &args.crossing {
        Some(said) => {
            args::crossing(zone, said).map(|crossing| crossing.number).ok_or_else(|| {
                let all = zone
                    .crossings
                    .iter()
                    .map(|crossing| format!("{} {}", crossing.number, crossing.id));
                Fault::new(Exit::Usage, "reader-which-crossing")
                    .with("said", said)
                    .with("crossings", all.collect::<Vec<_>>().join(", "))
            })?
        }
        None if demo => 3,
        None => return Err(missing("reader-place")),
    };
    let side = args.side.or(demo.then_some(Side::A)).ok_or_else(|| missing("reader-place"))?;
    let direction = lanes::direction(args, LaneNumber::First)
        .or(demo.then_some(Direction::Exit))
        .ok_or_else(|| missing("reader-place"))?;
    Ok(Checkpoint { crossing, side, direction })
}

/// The journal and the clock; without `--state` the journal goes with the process.
fn state(
    args: &Args,
    lists: &Lists,
    here: Checkpoint,
    led: Option<UnixTime>,
) -> Result<(Keeper<Disk>, Clock, Option<tempfile::TempDir>), Fault> {
    let trust = lists.trust();
    let newest = trust.newest();
    let by_hand = match &args.at {
        Some(at) => trust.zone().crossing(here.crossing).map(|crossing| at.at(&crossing)),
        None => (trust.is_demo() && args.bundle.is_none()).then_some(demo::NOON),
    };
    let cannot = |path: &Path, cause: KeepError| {
        Fault::new(Exit::Unwritable, "reader-state").at(path).with("cause", cause)
    };
    let folder = match args.state {
        Some(_) => None,
        None => {
            Some(tempfile::tempdir().map_err(|cause| cannot(Path::new("TMPDIR"), cause.into()))?)
        }
    };
    let path = match (&args.state, &folder) {
        (Some(path), _) => path.as_path(),
        (None, Some(folder)) => folder.path(),
        (None, None) => Path::new("."),
    };
    let proof = trust.proof();
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
    let mut keeper = Keeper::open(path, whose, &now).map_err(|cause| cannot(path, cause))?;
    keeper.hear(trust);
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
