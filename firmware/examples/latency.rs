//! How long a traveller waits for the lamp, and what the terminal costs while nobody is there.
//!
//! `latency frames N` puts N pictures a size into the slot a camera fills and waits for the green lamp's pin: eye, machine,
//! verifier, journal on a disk, hands and simulated pins are the terminal's own, in their own threads. `latency count
//! WxH N` does N of one size and prints nothing, for a tool that counts instructions. `latency start BINARY N` and
//! `latency idle BINARY WxH SECONDS` run the real program. `tests/latency/run` does all of it and prints a table.

#![expect(clippy::print_stdout, reason = "it prints a table for whoever measures")]

use core::time::Duration;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Instant;

use permit_core::{Checkpoint, Direction, Side};
use permit_journal::{Disk, Journal, Secret, Secrets, Settings as Kept, Terminal as Whose};
use permit_reader::board::{Board, Input, Output, PinFault};
use permit_reader::clock::Clock;
use permit_reader::eye::Eye;
use permit_reader::frame::{Frame, Slot};
use permit_reader::hands::{self, Hands};
use permit_reader::hub::{Hub, hub};
use permit_reader::keep::Keeper;
use permit_reader::lane::{Lane, Post};
use permit_reader::lists::{Basis, Lists, Spot};
use permit_reader::machine::{
    Command as Ask, Event, LaneNumber, Machine, Modes, Number, Passed, Settings,
};
use permit_reader::officers::Officers;
use permit_reader::signal::Pitch;
use permit_reader::stick::Stick;
use permit_reader::terminal::Terminal;
use permit_signing::SecretKey;
use permit_signing::demo::{self, World};
use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol};

type Failure = Box<dyn core::error::Error>;

const HERE: Checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match &args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["frames", count] => frames(count.parse()?),
        ["count", wanted, count] => {
            // As many pictures are taken whatever the count, so that runs differ by scans alone.
            let pictures = pictures(size(wanted)?, PICTURES)?;
            Stand::open()?.scan(pictures.iter().cycle().take(count.parse()?)).map(drop)
        }
        ["start", binary, count] => start(binary.as_ref(), count.parse()?),
        ["idle", binary, wanted, seconds] => idle(binary.as_ref(), size(wanted)?, seconds.parse()?),
        _ => {
            Err("latency frames N | count WxH N | start BINARY N | idle BINARY WxH SECONDS".into())
        }
    }
}

/// Pictures of a run that is counted.
const PICTURES: usize = 5;

fn size(said: &str) -> Result<(u32, u32), Failure> {
    let (width, height) = said.split_once('x').ok_or("a size is 640x480")?;
    Ok((width.parse()?, height.parse()?))
}

/// Cards with good permits, each in another hand and light.
fn pictures(size: (u32, u32), count: usize) -> Result<Vec<Arc<GreyBuf>>, Failure> {
    let cases = World::make()?.cases()?;
    let good = cases.iter().filter(|case| {
        case.code == 0
            && case.presence.is_none()
            && case.checkpoint == HERE
            && case.at == demo::NOON
    });
    let texts: Vec<&str> =
        good.map(|case| core::str::from_utf8(&case.text)).collect::<Result<_, _>>()?;
    (0..)
        .zip(texts.iter().cycle().take(count))
        .map(|(seed, text)| {
            let shot = Shot { kind: Kind::Clean, strength: 0.0, size, seed, frame: 0 };
            Ok(Arc::new(photograph(&shot, &[Symbol::new(text)?]).picture))
        })
        .collect()
}

/// A board that says when its green lamp is lit.
struct Lamp(Sender<Instant>);

impl Board for Lamp {
    fn set(&mut self, output: Output, on: bool) -> Result<(), PinFault> {
        if output == Output::Green && on {
            let _ = self.0.send(Instant::now());
        }
        Ok(())
    }

    fn play(&mut self, _: Pitch) -> Result<(), PinFault> {
        Ok(())
    }

    fn read(&mut self, _: Input) -> Result<bool, PinFault> {
        Ok(false)
    }
}

/// A whole terminal in its threads, with a slot instead of a camera.
struct Stand {
    slot: Arc<Slot>,
    events: Post,
    screen: Hub,
    lit: Receiver<Instant>,
    _state: tempfile::TempDir,
}

impl Stand {
    fn open() -> Result<Self, Failure> {
        let begin = Instant::now();
        let lists = Lists::open(demo::BUNDLE, demo::anchor()?, None, None)?;
        let mut clock = Clock::by_hand(demo::NOON, lists.trust().newest());
        let state = tempfile::tempdir_in(".")?;
        let kept = Kept {
            terminal: Whose { side: HERE.side, number: 1 },
            secrets: Secrets::new(Secret::new([7; 32]), None),
            term: Kept::TERM,
        };
        let journal = Journal::open(Disk::open(state.path())?, kept, &clock.moment(false).now)?;
        let (events, heard) = Post::only();
        let (orders, given) = mpsc::channel();
        let (light, lit) = mpsc::channel();
        let (stage, screen) = hub(events.clone());
        let slot = Arc::new(Slot::default());
        let eye = Eye {
            slot: Arc::clone(&slot),
            events: events.clone(),
            picture: stage.picture,
            start: begin,
            played: true,
            alive: Box::new(|| ()),
        };
        let machine = Machine::new(HERE, Modes::default(), Settings::default());
        let tell = Box::new(|_, _: &_| ());
        let lane = Lane::new(LaneNumber::First, machine, orders, stage.shown, tell);
        let terminal = Terminal {
            lanes: vec![lane],
            basis: Basis { anchor: demo::anchor().ok(), before: Some(lists) },
            passed: Passed::default(),
            here: HERE,
            spot: Spot::new("3"),
            broken: Vec::new(),
            clock,
            keeper: Keeper::new(journal, SecretKey::from_known_seed_for_demo_keys_only(&[9; 32])),
            officers: Officers::default(),
            stick: Stick::default(),
            rtc: None,
            stopped: Box::new(|| false),
            alive: Box::new(|| ()),
        };
        std::thread::spawn(|| eye.run());
        std::thread::spawn(move || terminal.run(&heard));
        let moved = events.clone();
        std::thread::spawn(move || {
            hands::run(Hands::new(Lamp(light)), begin, &given, &moved, |_, _| ());
        });
        Ok(Self { slot, events, screen, lit, _state: state })
    }

    /// Milliseconds from each frame's arrival to the green lamp.
    fn scan<'p>(
        &self,
        pictures: impl Iterator<Item = &'p Arc<GreyBuf>>,
    ) -> Result<Vec<f64>, Failure> {
        let mut waited = Vec::new();
        for grey in pictures {
            self.rest(grey)?;
            let (from, frame) = (Instant::now(), self.frame(grey, false));
            self.slot.put_after(frame);
            let mut lit = self.lit.recv_timeout(PATIENCE);
            // A camera would go on: what one frame does not give, the next may.
            for _ in 0..9 {
                if lit.is_err() {
                    self.slot.put_after(self.frame(grey, false));
                    lit = self.lit.recv_timeout(PATIENCE);
                }
            }
            waited.push(lit?.duration_since(from).as_secs_f64() * 1e3);
            let about = self.standing();
            self.events.send(Event::Asked(Ask::Dismiss { about }))?;
        }
        Ok(waited)
    }

    /// The verdict on the screen, which comes right after its lamp.
    fn standing(&self) -> Option<Number> {
        let mut views = self.screen.views();
        (0..100).find_map(|_| {
            let shown = views.borrow_and_update().clone();
            let number = shown.and_then(|it| it.view.verdict.as_ref().map(|it| it.number));
            if number.is_none() {
                std::thread::sleep(Duration::from_millis(1));
            }
            number
        })
    }

    /// Nobody in view, and the lamps of the start or of the permit before are out.
    fn rest(&self, like: &GreyBuf) -> Result<(), Failure> {
        let mut grey = GreyBuf::new(like.width(), like.height());
        grey.pixels_mut().fill(128);
        self.slot.put_after(self.frame(&Arc::new(grey), true));
        std::thread::sleep(Duration::from_millis(60));
        while self.lit.try_recv().is_ok() {}
        Ok(())
    }

    fn frame(&self, grey: &Arc<GreyBuf>, cut: bool) -> Frame {
        Frame { grey: Arc::clone(grey), picture: None, cut }
    }
}

/// How long one frame's lamp is waited for; longer under a tool that counts.
const PATIENCE: Duration = Duration::from_secs(5);

fn frames(count: usize) -> Result<(), Failure> {
    for size in SIZES {
        let pictures = pictures(size, count)?;
        let stand = Stand::open()?;
        // The first ones find cold caches and an empty journal.
        stand.scan(pictures.iter().take(3))?;
        let before = ticks(std::process::id())?;
        let mut waited = stand.scan(pictures.iter())?;
        // Hundredths of a second, of all threads; the empty frame before each card is in it.
        let spent = (ticks(std::process::id())? - before) * 10.0 / f64::from(u32::try_from(count)?);
        waited.sort_by(f64::total_cmp);
        let share = |part: usize| waited[(waited.len() * part / 100).min(waited.len() - 1)];
        println!(
            "{}x{}: p50 {:.1} ms, p95 {:.1} ms, most {:.1} ms ({} frames); {spent:.1} ms of processor time",
            size.0,
            size.1,
            share(50),
            share(95),
            share(100),
            waited.len()
        );
    }
    Ok(())
}

/// The real program, with a camera's folder or film.
fn reader(binary: &OsStr, camera: &Path, state: &Path, fps: &str) -> Result<Child, Failure> {
    Ok(Command::new(binary)
        .args(["--board", "sim", "--events", "-", "--fps", fps, "--camera"])
        .arg(camera)
        .arg("--state")
        .arg(state)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?)
}

/// From the start of the process to its page, and to the lamp that says that it waits for permits.
fn start(binary: &OsStr, count: usize) -> Result<(), Failure> {
    let (mut pages, mut ready) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let state = tempfile::tempdir_in(".")?;
        let from = Instant::now();
        let mut child = reader(binary, "none".as_ref(), state.path(), "30")?;
        let out = BufReader::new(child.stdout.take().ok_or("no output")?);
        for line in out.lines() {
            let line = line?;
            let waited = from.elapsed().as_secs_f64() * 1e3;
            if line.starts_with("http://") {
                pages.push(waited);
            } else if line.contains("\"lamps\"") && line.contains("\"green\":false,\"amber\":true")
            {
                ready.push(waited);
                break;
            }
        }
        child.kill()?;
        child.wait()?;
    }
    for (what, mut times) in [("page", pages), ("ready, self-test passed", ready)] {
        times.sort_by(f64::total_cmp);
        let middle = times.get(times.len() / 2).ok_or("it was never ready")?;
        println!("start to {what}: {middle:.0} ms (median of {})", times.len());
    }
    Ok(())
}

/// The share of one core that the real program takes at 30 frames a second of an empty desk.
fn idle(binary: &OsStr, size: (u32, u32), seconds: u64) -> Result<(), Failure> {
    let folder = tempfile::tempdir_in(".")?;
    let film = folder.path().join("desk.y4m");
    desk(&film, size, SETTLE + seconds + 2)?;
    let state = folder.path().join("state");
    let mut child = reader(binary, &film, &state, "30")?;
    std::thread::sleep(Duration::from_secs(SETTLE));
    let (before, from) = (ticks(child.id())?, Instant::now());
    std::thread::sleep(Duration::from_secs(seconds));
    let (after, passed) = (ticks(child.id())?, from.elapsed().as_secs_f64());
    let resident = resident(&child)?;
    child.kill()?;
    child.wait()?;
    // A tick is a hundredth of a second on every Linux that this runs on.
    let share = (after - before) / passed;
    println!(
        "{}x{} at 30 frames a second, nobody there: {share:.1} % of one core, {} MiB resident",
        size.0,
        size.1,
        resident / 1024
    );
    Ok(())
}

/// Seconds until a calm scene is taken for one.
const SETTLE: u64 = 3;

/// Processor time of a process so far, in hundredths of a second.
fn ticks(process: u32) -> Result<f64, Failure> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields = stat.rsplit_once(')').ok_or("no such process")?.1;
    let numbers = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(numbers.collect::<Result<Vec<_>, _>>()?.iter().sum())
}

/// Resident memory of a process, in KiB.
fn resident(child: &Child) -> Result<u64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    Ok(line.and_then(|line| line.split_whitespace().next()).ok_or("no memory")?.parse()?)
}

/// A film of an empty desk under a live sensor's noise, long enough not to begin anew while it is watched: where a film
/// begins anew nothing before counts.
fn desk(path: &Path, size: (u32, u32), seconds: u64) -> Result<(), Failure> {
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "YUV4MPEG2 W{} H{} F30:1 Cmono", size.0, size.1)?;
    let shot = |frame| Shot { kind: Kind::Clean, strength: 0.0, size, seed: 5, frame };
    let pictures: Vec<GreyBuf> =
        (0..30).map(|frame| photograph(&shot(frame), &[]).picture).collect();
    for _ in 0..seconds {
        for picture in &pictures {
            writeln!(file, "FRAME")?;
            file.write_all(picture.pixels())?;
        }
    }
    Ok(file.flush()?)
}
