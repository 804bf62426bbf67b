//! What belongs to a lane: its camera, its hands, its page, its hand scanner.
//!
//! A terminal with one lane is a list of one. What lanes share is opened in `start`; no lane gets a way to another's
//! hands here.

use core::hash::{BuildHasher as _, Hasher as _};
use core::net::SocketAddr;
use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::hash::RandomState;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Instant;

use permit_core::{Checkpoint, Direction};
use permit_reader::eye::Eye;
use permit_reader::hub::{Hub, Stage, hub};
use permit_reader::lane::Lane;
use permit_reader::machine::{CameraState, Event, LaneNumber, Language, Machine, Modes, Settings};
use permit_reader::page::{self, Entrance};
use permit_reader::post::Post;
use permit_reader::scanner;
use permit_words::{Lang, Words};

use super::args::{self, Args, Board};
use super::exit::Exit;
use super::fault::Fault;
use super::feed::Source;
use super::output::{self, Events};
use super::pins::{self, Held};
use super::start::thread;

/// A lane that is not in motion yet.
pub(super) struct Planned {
    number: LaneNumber,
    /// Whether it is one of two.
    beside: bool,
    source: Source,
    post: Post,
    stage: Stage,
    screen: Hub,
}

/// What all lanes are begun with.
pub(super) struct Common<'a> {
    pub(super) args: &'a Args,
    pub(super) words: &'a Words,
    pub(super) here: Checkpoint,
    pub(super) start: Instant,
    pub(super) events: &'a Events,
}

/// Opens the source of every lane. One that cannot be opened is said, and the lane goes on without a camera.
pub(super) fn plan(args: &Args, post: &Post, words: &Words) -> Result<Vec<Planned>, Fault> {
    let lanes = args.lanes().ok_or_else(|| Fault::new(Exit::Usage, "reader-lanes"))?;
    let planned = lanes.iter().zip(&args.camera).map(|(&number, camera)| {
        let source = match Source::open(args, camera) {
            Err(fault) if !args.once => {
                output::fault(&fault, words);
                Source::Gone
            }
            source => source?,
        };
        let post = post.of(number);
        let (stage, screen) = hub(post.clone());
        Ok(Planned { number, beside: lanes.len() > 1, source, post, stage, screen })
    });
    planned.collect()
}

/// The small display, the pages, and their addresses as the first lines of output.
pub(super) fn show(args: &Args, lanes: &[Planned]) -> Result<(), Fault> {
    if let [lane] = lanes {
        match pins::display(args, lane.screen.views()) {
            Err(fault) if !args.once && args.board != Board::Sim => {
                tracing::error!(?fault, "no display");
            }
            shown => shown?,
        }
    } else if args.display.is_some() {
        // Its wires are those of the second lane.
        return Err(Fault::new(Exit::Usage, "reader-display-lanes"));
    }
    let served: Result<Vec<String>, Fault> =
        lanes.iter().map(|lane| listen(args, lane.number, screen(lane, lanes))).collect();
    served?.iter().try_for_each(|address| output::address(address))
}

/// A lane's screen, which may look at the other lane.
fn screen(lane: &Planned, lanes: &[Planned]) -> Hub {
    let other = lanes.iter().find(|other| other.number != lane.number);
    let screen = lane.screen.clone();
    other.map_or_else(|| screen.clone(), |other| screen.clone().with_beside(&other.screen))
}

impl Planned {
    /// Starts what moves, looks and listens.
    pub(super) fn begin(
        self,
        common: &Common<'_>,
        lives: &mut Lives,
    ) -> Result<(Lane, Held), Fault> {
        let Self { number, beside, source, post, stage, .. } = self;
        let &Common { args, start, .. } = common;
        let lane = beside.then_some(number);
        let out = common.events.of(lane);
        let (held, orders) = match Held::open(args.board, number, start, &post, &out) {
            Err(fault) if !args.once => {
                tracing::error!(?fault, "the board cannot be opened");
                Held::nothing(&post)?
            }
            held => held?,
        };
        let gone = matches!(source, Source::Gone);
        let played = source.is_played();
        if let Some(slot) = source.begin(args.fps)? {
            let (events, picture, alive) = (post.clone(), stage.picture, lives.sign());
            let eye = Eye { slot, events, picture, start, played, alive };
            thread(|| eye.run())?;
        } else {
            let state = if gone { CameraState::Unplugged } else { CameraState::Absent };
            send(&post, Event::Camera(state));
            if beside && args.once {
                send(&post, Event::Ended);
            }
        }
        if let Some(path) = args::own(&args.scanner, number).filter(|it| it.as_os_str() != "none") {
            let (path, events) = (path.clone(), post.clone());
            thread(move || scanner::watch(&path, &events))?;
        }
        let machine = machine(common, number, lane);
        let tell = Box::new(move |at: permit_reader::machine::Moment, told: &_| {
            out.write(at.ms, at.now.clock().map(|time| time.0), told);
        });
        Ok((Lane::new(number, machine, orders, stage.shown, tell), held))
    }
}

/// The machine of a lane, which stands where the others stand and has a direction of its own.
fn machine(common: &Common<'_>, number: LaneNumber, lane: Option<LaneNumber>) -> Machine {
    let &Common { args, here, .. } = common;
    let idle = (args.idle > 0).then(|| u64::from(args.idle) * 60_000);
    let settings = Settings {
        attended: !args.once,
        switchable: !args.fixed,
        idle_ms: idle,
        unattended_ms: u64::from(args.unattended) * 1_000,
        undo_ms: u64::from(args.undo) * 1_000,
        first: RandomState::new().build_hasher().finish(),
        lane,
        ..Settings::default()
    };
    let modes = Modes { lang: language(common.words.lang()), ..Modes::default() };
    let direction = direction(args, number).unwrap_or(here.direction);
    Machine::new(Checkpoint { direction, ..here }, modes, settings)
}

/// Which way a lane goes: as it is told, or as the first one does.
pub(super) fn direction(args: &Args, number: LaneNumber) -> Option<Direction> {
    args::own(&args.direction, number).or(args.direction.first()).copied()
}

/// A lane's page, and what is printed of it; a browser sounds the tones where no board does.
fn listen(args: &Args, number: LaneNumber, screen: Hub) -> Result<String, Fault> {
    let cannot = |address: Option<SocketAddr>, cause: page::ServeError| {
        let address = address.map_or_else(String::new, |address| address.to_string());
        Fault::new(Exit::Unreadable, "reader-listen").with("address", address).with("cause", cause)
    };
    let bind = |address: Option<SocketAddr>| {
        let done = address.ok_or(std::io::ErrorKind::AddrNotAvailable.into());
        done.and_then(TcpListener::bind).map_err(|cause| cannot(address, cause.into()))
    };
    let wanted = args::address(&args.listen, number);
    let listener = bind(wanted)?;
    let settings = page::Settings {
        tones: args.board == Board::Sim,
        screen: args.kiosk.is_some(),
        ..page::Settings::default()
    };
    let tablets = match args::address(&args.tablets, number) {
        None => None,
        some => match bind(some) {
            Ok(listener) => {
                if let Ok(at) = listener.local_addr() {
                    tracing::info!(tablets = %at, "tablets are asked for a code");
                }
                let kept = args.state.clone().map(|state| (state, number));
                Some(page::Tablets { listener, names: args.name.clone(), kept })
            }
            // Their network may not be there: the terminal's own page is.
            Err(fault) => {
                tracing::error!(?fault, "tablets cannot come in");
                None
            }
        },
    };
    let entrance =
        page::serve(listener, tablets, screen, settings).map_err(|cause| cannot(wanted, cause))?;
    Ok(offered(args, number, &entrance))
}

/// Lets the screen's browser in by its start page, or else whoever reads what is printed.
fn offered(args: &Args, number: LaneNumber, entrance: &Entrance) -> String {
    let Some(folder) = &args.kiosk else { return entrance.link() };
    let path = folder.join(format!("lane-{}.html", u8::from(number)));
    if let Err(cause) = entrance.write(&path) {
        tracing::error!(%cause, path = %path.display(), "the screen's start page is not written");
    }
    entrance.address()
}

/// Signs of life, and the watchdog that is fed by them alone.
pub(super) struct Lives {
    start: Instant,
    /// The second after each eye's last look; 0 before its first.
    eyes: Vec<Arc<AtomicU64>>,
}

/// Without a sign of life for so long, the watchdog is not fed.
const ASLEEP: Duration = Duration::from_secs(5);

impl Lives {
    pub(super) const fn new(start: Instant) -> Self {
        Self { start, eyes: Vec::new() }
    }

    /// For another eye.
    fn sign(&mut self) -> Box<dyn Fn() + Send> {
        let (start, eye) = (self.start, Arc::<AtomicU64>::default());
        self.eyes.push(Arc::clone(&eye));
        Box::new(move || eye.store(start.elapsed().as_secs() + 1, Ordering::Relaxed))
    }

    /// While every eye looks.
    pub(super) fn feed(&self) {
        let now = self.start.elapsed().as_secs();
        if is_awake(now, self.eyes.iter().map(|eye| eye.load(Ordering::Relaxed))) {
            let _ = sd_notify::notify(&[
                sd_notify::NotifyState::Ready,
                sd_notify::NotifyState::Watchdog,
            ]);
        }
    }
}

/// Whether no eye has slept too long.
fn is_awake(now: u64, mut eyes: impl Iterator<Item = u64>) -> bool {
    eyes.all(|eye| eye == 0 || now < eye + ASLEEP.as_secs())
}

fn send(events: &Post, event: Event) {
    // The receiver lives as long as whoever begins a lane.
    let _ = events.send(event);
}

const fn language(lang: Lang) -> Language {
    match lang {
        Lang::Zh => Language::Zh,
        Lang::Ko => Language::Ko,
        Lang::En => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_eye_that_sleeps_is_enough_to_starve_the_watchdog() {
        for (eyes, awake) in
            [(&[][..], true), (&[0, 0], true), (&[8, 10], true), (&[10, 5], false), (&[5], false)]
        {
            assert_eq!(is_awake(10, eyes.iter().copied()), awake, "{eyes:?}");
        }
    }
}
