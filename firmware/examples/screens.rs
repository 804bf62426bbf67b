//! The pages with everything that can stand on them: for the browser tests, and for whoever draws.
//!
//! The machine, the hub and the pages are the real ones. What is around them is played from lines on standard input,
//! and what the machine tells comes on standard output: `case NAME`, `text JSON`, `hint NAME`, `camera NAME`,
//! `officer NUMBER`, `fault on`, `name JSON`, `cases`, `draw FOLDER`, `rest FOLDER`, `unread FOLDER`,
//! `decode FILE`, `quit`. It reads no
//! camera, moves no pin, keeps no journal. `draw` makes the pictures that the real terminal is shown in its place, `rest`
//! those that need another place or time, or a journal, and `unread` those from which nothing is read, by what is said. `decode` says what
//! the codes in a picture say.

use core::time::Duration;
use std::collections::VecDeque;
use std::io::{self, BufRead as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Instant;

use permit_core::{Checkpoint, Direction, NoLedger, Now, Side, TerminalFault, Verifier};
use permit_reader::hub::{Picture, Shown, hub};
use permit_reader::lane::Post;
use permit_reader::lists::Lists;
use permit_reader::machine::{
    Action, Asked, CameraState, ClockView, DiskState, Event, Hint, Judged, Machine, Modes, Moment,
    Part, PartName, Seen, Settings, SignInFault, Signed,
};
use permit_reader::page;
use permit_signing::demo::{self, Case, World};
use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{Grey, GreyBuf, Point, Size, Symbol};

type Failure = Box<dyn core::error::Error>;

const HERE: Checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };

struct Stand {
    machine: Machine,
    lists: Lists,
    cases: Vec<Case>,
    /// What the next text is taken for.
    case: Option<Case>,
    /// Put in place of every name.
    name: Option<String>,
    fault: bool,
    start: Instant,
    stage: permit_reader::hub::Stage,
    queue: VecDeque<Event>,
}

fn main() -> Result<(), Failure> {
    let lists = Lists::open(demo::BUNDLE, demo::anchor()?, None, None)?;
    let (events, heard) = Post::only();
    let (stage, screen) = hub(events.clone());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let entrance = page::serve(listener, None, screen, page::Settings::default())?;
    writeln!(io::stdout(), "{}", entrance.link())?;
    let settings = Settings { unattended_ms: 3_600_000, turn_ms: 3_000, ..Settings::default() };
    let mut stand = Stand {
        machine: Machine::new(HERE, Modes::default(), settings),
        lists,
        cases: World::make()?.cases()?,
        case: None,
        name: None,
        fault: false,
        start: Instant::now(),
        stage,
        queue: VecDeque::new(),
    };
    let (lines, said) = mpsc::channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if lines.send(line).is_err() {
                break;
            }
        }
    });
    stand.begin();
    loop {
        match heard.recv_timeout(Duration::from_millis(20)) {
            Ok((_, event)) => stand.queue.push_back(event),
            Err(RecvTimeoutError::Timeout) => stand.queue.push_back(Event::Tick),
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        while let Ok(line) = said.try_recv() {
            if line == "quit" {
                return Ok(());
            }
            stand.line(&line)?;
        }
        stand.drain()?;
    }
}

impl Stand {
    fn moment(&self) -> Moment {
        let ms = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Moment { ms, now: Now::by_hand(demo::NOON, self.lists.trust().newest()) }
    }

    fn begin(&mut self) {
        let names = [
            PartName::Pipeline,
            PartName::Refusal,
            PartName::Signals,
            PartName::Clock,
            PartName::Disk,
            PartName::Journal,
            PartName::Lists,
        ];
        let lists = self.lists.view(&self.moment().now);
        let clock = ClockView { seconds: Some(demo::NOON.0), offset: 480, distrust: None };
        self.queue.extend([
            Event::Tested(names.map(|name| Part { name, good: true }).into()),
            Event::Camera(CameraState::Good),
            Event::Disk(DiskState::Good),
            Event::Lists(lists),
            Event::Clock(clock),
            Event::Enrolled(false),
        ]);
        self.stage.picture.send_replace(Some(Arc::new(picture())));
    }

    fn line(&mut self, line: &str) -> Result<(), Failure> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let named = || serde_json::Value::String(rest.to_owned());
        match verb {
            "case" => {
                let case = self.cases.iter().find(|case| case.name == rest).cloned();
                let case = case.ok_or_else(|| format!("no case {rest}"))?;
                let seen = Seen { texts: vec![case.text.clone()], cut: true, ..Seen::default() };
                self.case = Some(case);
                self.queue.push_back(Event::Seen(seen));
            }
            "text" => {
                let texts = vec![serde_json::from_str::<String>(rest)?.into_bytes()];
                self.queue.push_back(Event::Seen(Seen { texts, cut: true, ..Seen::default() }));
            }
            "hint" => {
                let hint: Hint = serde_json::from_value(named())?;
                let seen = Seen { hint: Some(hint), ..Seen::default() };
                self.queue.push_back(Event::Seen(seen));
            }
            "camera" => {
                let states = [CameraState::Good, CameraState::Unplugged, CameraState::Absent];
                let is = |state: &CameraState| serde_json::to_value(state).ok() == Some(named());
                self.queue.extend(states.into_iter().find(is).map(Event::Camera));
            }
            "officer" => {
                self.queue.extend([
                    Event::Enrolled(true),
                    Event::SignedIn(Ok(Signed::officer(rest.parse()?))),
                ]);
            }
            "fault" => self.fault = rest == "on",
            "name" => self.name = serde_json::from_str(rest)?,
            "cases" => {
                for case in &self.cases {
                    writeln!(io::stdout(), "case {} {}", case.code, case.name)?;
                }
                writeln!(io::stdout(), "end")?;
            }
            "draw" => self.pictures(Path::new(rest), true)?,
            "rest" => self.pictures(Path::new(rest), false)?,
            "unread" => unread(Path::new(rest))?,
            "decode" => decode(Path::new(rest))?,
            _ => return Err(format!("what is {verb}?").into()),
        }
        Ok(())
    }

    /// The codes of every case that a picture alone can show at the terminal's own place and time, or of the others.
    fn pictures(&self, folder: &Path, alone: bool) -> Result<(), Failure> {
        let here = |case: &Case| {
            case.presence.is_none() && case.checkpoint == HERE && case.at == demo::NOON
        };
        for case in self.cases.iter().filter(|case| here(case) == alone) {
            let Ok(text) = core::str::from_utf8(&case.text) else { continue };
            let symbol = Symbol::new(text).or_else(|_| Symbol::foreign(text))?;
            let name = format!("{:02}-{}.png", case.code, case.name);
            std::fs::write(folder.join(name), symbol.png(&Size::module(0.17))?)?;
        }
        writeln!(io::stdout(), "end")?;
        Ok(())
    }

    fn drain(&mut self) -> Result<(), Failure> {
        while let Some(event) = self.queue.pop_front() {
            let moment = self.moment();
            for action in self.machine.on(event, moment) {
                self.act(action, &moment)?;
            }
        }
        Ok(())
    }

    fn act(&mut self, action: Action, at: &Moment) -> Result<(), Failure> {
        match action {
            Action::Judge { asked, here, fault } => {
                let judged = self.judge(asked, here, fault, &at.now)?;
                self.queue.push_back(Event::Judged(Box::new(judged)));
            }
            Action::Append(entry) => self.queue.push_back(Event::Recorded(entry, Ok(()))),
            Action::Show(mut view) => {
                let holder = view.verdict.as_mut().and_then(|verdict| verdict.holder.as_mut());
                if let (Some(name), Some(names)) =
                    (&self.name, holder.and_then(|holder| holder.names.as_mut()))
                {
                    names.latin.clone_from(name);
                    names.native = Some(name.clone());
                    names.document = Some(name.clone());
                }
                let shown = Shown { view: *view, trust: Some(self.lists.trust()) };
                self.stage.shown.send_replace(Some(Arc::new(shown)));
            }
            Action::CheckPin { officer, pin } => {
                let good = pin.reveal() == "1234";
                let answer =
                    if good { Ok(Signed::officer(officer)) } else { Err(SignInFault::Wrong) };
                self.queue.push_back(Event::SignedIn(answer));
            }
            Action::Tell(told) => {
                writeln!(io::stdout(), "{}", serde_json::to_string(&told)?)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn judge(
        &mut self,
        asked: Asked,
        here: Checkpoint,
        fault: Option<TerminalFault>,
        now: &Now,
    ) -> Result<Judged, Failure> {
        let case = self.case.take();
        let here = case.as_ref().map_or(here, |case| case.checkpoint);
        let fault = if self.fault { Some(TerminalFault::Disk) } else { fault };
        let verifier = Verifier::new(self.lists.trust(), here)?.with_fault(fault);
        let now =
            case.as_ref().map_or(*now, |case| Now::by_hand(case.at, self.lists.trust().newest()));
        let judgement = match (&asked, case.and_then(|case| case.presence)) {
            (Asked::Text(text), Some(presence)) => verifier.verify(text, &presence, &now),
            (Asked::Text(text), None) => verifier.verify(text, &NoLedger, &now),
            (Asked::Number(id), _) => verifier.look_up(id, &NoLedger, &now),
        };
        Ok(Judged { asked, here, judgement })
    }
}

/// What every code in a picture says, as a line of JSON.
fn decode(picture: &Path) -> Result<(), Failure> {
    let grey = image::open(picture)?.into_luma8();
    let (width, height) = grey.dimensions();
    let grey = Grey::new(width, height, grey.as_raw()).ok_or("no picture")?;
    let codes = permit_symbol::read(grey);
    let said: Vec<_> = codes.iter().map(|code| String::from_utf8_lossy(&code.bytes)).collect();
    writeln!(io::stdout(), "codes {}", serde_json::to_string(&said)?)?;
    Ok(())
}

/// Generated photographs, the same on every machine, in which a code is not read or two permits are.
fn unread(folder: &Path) -> Result<(), Failure> {
    let golden = Symbol::new(core::str::from_utf8(demo::GOLDEN)?.trim())?;
    let [one, two] = [core::slice::from_ref(&golden), &[golden.clone(), Symbol::new("BP1:TWO")?]];
    for (name, symbols, kind, strength, seed) in [
        ("blurred", one, Kind::Defocus, 0.88, 2),
        ("closer", one, Kind::Small, 0.72, 2),
        ("several", two, Kind::Several, 0.0, 1),
    ] {
        let shot = Shot { kind, strength, size: SIZES[0], seed, frame: 0 };
        let photo = photograph(&shot, symbols).picture;
        let grey = photo.as_grey();
        let head = format!("P5 {} {} 255\n", grey.width(), grey.height());
        std::fs::write(folder.join(name), [head.as_bytes(), grey.pixels()].concat())?;
    }
    writeln!(io::stdout(), "end")?;
    Ok(())
}

/// A grey ramp with an outline in it.
fn picture() -> Picture {
    let (width, height) = (640, 480);
    let ramp = (0..width * height).map(|at| u8::try_from(at % width * 255 / width).unwrap_or(0));
    let frame = GreyBuf::from_vec(width, height, ramp.collect());
    let at = |x, y| Point { x, y };
    Picture {
        veiled: Vec::new(),
        frame: Arc::new(frame.unwrap_or_else(|| GreyBuf::new(1, 1))),
        outlines: vec![[at(200.0, 120.0), at(430.0, 130.0), at(420.0, 350.0), at(190.0, 340.0)]],
    }
}
