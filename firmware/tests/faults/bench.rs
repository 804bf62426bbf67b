//! Everything around one terminal: its state on a disk of its own, what is held before it, its process.
//!
//! The process is the real program, run by a user of its own, so that modes and owners mean something. Whoever starts it
//! here counts it as fallen when it ends unasked.

use core::time::Duration;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, TcpStream};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Instant;

use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{GreyBuf, Symbol};
use serde_json::Value;

use crate::browser::Browser;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::rule::Check;
use crate::scanner::Scanner;
use crate::secrets::tail;
use crate::town::{LATIN, NATIVE, Town};

/// The user who runs the program: nobody's number on a usual system.
pub(crate) const USER: u32 = 60_907;
/// Somebody else on the same machine.
pub(crate) const NOBODY: u32 = 65_534;
/// Officers and their PINs; the last one is there to be locked out.
pub(crate) const OFFICERS: [(u16, &str); 3] = [(7, "834921"), (8, "551702"), (9, "290417")];
/// What stands between a process and the system's clock.
pub(crate) const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
/// Bytes of the disk that the state is on.
pub(crate) const DISK: &str = "64m";
/// From the start of a process to its page, on a busy machine.
const PAGE: Duration = Duration::from_secs(30);

/// A process that runs.
#[derive(Debug)]
struct Running {
    child: Child,
    addresses: Vec<String>,
    browsers: Vec<(Browser, TcpStream)>,
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) town: Town,
    pub(crate) random: Random,
    pub(crate) oracle: Oracle,
    pub(crate) scanners: [Scanner; 2],
    /// Whether the next process is told another time than the system's.
    faketime: bool,
    running: Option<Running>,
    runs: u32,
    said: u64,
    pub(crate) starts: u32,
}

impl Bench {
    /// Everything but the process; why not, where this machine does not let it.
    pub(crate) fn open(seed: u64) -> Result<Self, String> {
        if !rustix::process::geteuid().is_root() {
            return Err("a disk of its own is mounted by root alone".to_owned());
        }
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["state", "camera", "stick", "export", "events", "spare", "kept", "kiosk"] {
            fs::create_dir(place(name)).unwrap();
            chown(place(name), Some(USER), Some(USER)).unwrap();
        }
        fs::copy(env!("CARGO_BIN_EXE_permit-reader"), place("permit-reader")).unwrap();
        let town = Town::new();
        fs::write(place("root.cbor"), town.root()).unwrap();
        fs::write(place("bundle.cbor"), town.bundle(1)).unwrap();
        let scanners = ["one", "two"].map(|name| Scanner::new(place(name), USER));
        let mut bench = Self {
            town,
            random: Random(seed),
            oracle: Oracle::default(),
            scanners,
            faketime: false,
            running: None,
            runs: 0,
            said: 0,
            starts: 0,
            folder,
        };
        let state = bench.state();
        let options = format!("size={DISK},mode=700,uid={USER},gid={USER}");
        bench.system(
            "mount",
            &["-t", "tmpfs", "-o", &options, "permit-faults", &state.to_string_lossy()],
        )?;
        bench.blank();
        for (officer, pin) in OFFICERS {
            bench.enrol(officer, pin)?;
        }
        Ok(bench)
    }

    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.place("state")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.state().join("journal")
    }

    /// What the program wrote to standard error, of every process.
    pub(crate) fn log(&self) -> PathBuf {
        self.place("said.log")
    }

    /// Runs a program of the system.
    pub(crate) fn system(&self, program: &str, args: &[&str]) -> Result<(), String> {
        let output =
            Command::new(program).args(args).output().map_err(|fault| fault.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }

    /// Enrols an officer as the command does.
    pub(crate) fn enrol(&self, officer: u16, pin: &str) -> Result<(), String> {
        let mut child = Command::new(self.place("permit-reader"))
            .args(["--enrol", &officer.to_string(), "--state"])
            .arg(self.state())
            .uid(USER)
            .gid(USER)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = writeln!(child.stdin.take().unwrap(), "{pin}");
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(format!("not enrolled: {said}")) }
    }

    /// Nobody before the camera: noise, so that it is not taken for one that stands still.
    pub(crate) fn blank(&mut self) {
        let mut grey = GreyBuf::new(640, 480);
        grey.pixels_mut()
            .iter_mut()
            .for_each(|luma| *luma = 120 + self.random.next().to_le_bytes()[0] / 32);
        self.picture(&grey);
    }

    /// The picture that a played source shows between two others, and nothing else any more.
    pub(crate) fn freeze(&self) {
        let mut grey = GreyBuf::new(640, 480);
        grey.pixels_mut().fill(128);
        self.picture(&grey);
    }

    /// These codes before the camera.
    pub(crate) fn hold(&mut self, texts: &[&str]) {
        let symbols: Vec<Symbol> = texts.iter().map(|text| Symbol::new(text).unwrap()).collect();
        let seed = self.random.below(1_000);
        let kind = if symbols.len() > 1 { Kind::Several } else { Kind::Clean };
        let shot = Shot { kind, strength: 0.0, size: SIZES[0], seed, frame: 0 };
        self.picture(&photograph(&shot, &symbols).picture);
    }

    fn picture(&self, grey: &GreyBuf) {
        let beside = self.place("spare").join("picture.pgm");
        let mut file = format!("P5\n{} {}\n255\n", grey.width(), grey.height()).into_bytes();
        file.extend_from_slice(grey.pixels());
        fs::write(&beside, file).unwrap();
        fs::rename(beside, self.place("camera").join("000.pgm")).unwrap();
    }

    /// Starts a process and waits for its page.
    pub(crate) fn start(&mut self) -> Result<(), String> {
        self.runs += 1;
        self.starts += 1;
        let events = self.place("events").join(format!("{:05}.jsonl", self.runs));
        fs::write(&events, "").unwrap();
        chown(&events, Some(USER), Some(USER)).unwrap();
        self.oracle.begin(&events, &self.journal());
        let begun = Instant::now();
        let done = self.spawn(&events).and_then(|()| self.page(begun));
        let broken = done.as_ref().err().map(|why| format!("no page: {why}"));
        self.oracle.see(Check::Page, broken);
        if done.is_err() {
            self.kill();
        }
        done
    }

    fn spawn(&mut self, events: &Path) -> Result<(), String> {
        let log = fs::File::options().create(true).append(true).open(self.log()).unwrap();
        // At the head of a session, as a service is: a terminal line that is opened carelessly becomes its own.
        let mut command = Command::new("setsid");
        command.arg(self.place("permit-reader"));
        command.args(["--board", "sim", "--lang", "en", "--fps", "10", "--crossing", "3"]).args([
            "--side",
            "A",
            "--direction",
            "exit",
        ]);
        let named = [
            ("--camera", self.place("camera")),
            ("--camera", "none".into()),
            ("--scanner", self.scanners[0].name().to_owned()),
            ("--scanner", self.scanners[1].name().to_owned()),
            ("--state", self.state()),
            ("--bundle", self.place("bundle.cbor")),
            ("--root", self.place("root.cbor")),
            ("--stick", self.place("stick").join("bundle.cbor")),
            ("--export", self.place("export")),
            ("--kiosk", self.place("kiosk")),
            ("--events", events.to_owned()),
        ];
        for (name, value) in named {
            command.arg(name).arg(value);
        }
        if self.faketime {
            let set = ["DONT_FAKE_MONOTONIC", "NO_FAKE_STAT", "FAKETIME_NO_CACHE"];
            command.envs(set.map(|name| (name, "1"))).env("LD_PRELOAD", FAKETIME);
            command.env("FAKETIME_TIMESTAMP_FILE", self.place("time"));
        }
        let child = command.uid(USER).gid(USER).stdin(Stdio::null()).stdout(Stdio::piped());
        let child = child.stderr(log).spawn().map_err(|fault| fault.to_string())?;
        self.running = Some(Running { child, addresses: Vec::new(), browsers: Vec::new() });
        Ok(())
    }

    /// The first lines of output, and the pages that they name.
    fn page(&mut self, begun: Instant) -> Result<(), String> {
        let running = self.running.as_mut().unwrap();
        let out = running.child.stdout.take().unwrap();
        let (tell, lines) = mpsc::channel();
        std::thread::spawn(move || {
            BufReader::new(out).lines().map_while(Result::ok).all(|line| tell.send(line).is_ok())
        });
        while running.browsers.len() < 2 {
            let left = PAGE.saturating_sub(begun.elapsed());
            let line = lines.recv_timeout(left).map_err(|fault| {
                let ended = running.child.try_wait().ok().flatten();
                ended.map_or_else(|| fault.to_string(), |status| format!("it ended: {status}"))
            })?;
            // The key is on the start page of the screen of this machine alone.
            let start = format!("lane-{}.html", running.browsers.len() + 1);
            let line = link(&self.folder.path().join("kiosk").join(start)).unwrap_or(line);
            let browser = loop {
                match Browser::open(&line) {
                    Ok(browser) => break browser,
                    Err(fault) if begun.elapsed() > PAGE => return Err(fault.to_string()),
                    Err(_) => std::thread::sleep(Duration::from_millis(100)),
                }
            };
            let stream = browser.watch().map_err(|fault| fault.to_string())?;
            running.browsers.push((browser, stream));
            running.addresses.push(line);
        }
        // It has tested itself and seen its first picture.
        let settled = |news: &Value| !news.is_null() && news["stage"] != "starting";
        let ready =
            running.browsers.iter().all(|(browser, _)| browser.until(PAGE, settled).is_some());
        std::thread::sleep(Duration::from_millis(300));
        if ready { Ok(()) } else { Err("its self-test does not end".to_owned()) }
    }

    /// The browser of a lane, from 0.
    pub(crate) fn browser(&self, lane: usize) -> Result<Browser, String> {
        let running = self.running.as_ref().ok_or("no process runs")?;
        let browser = running.browsers.get(lane).map(|(browser, _)| browser.clone());
        browser.ok_or_else(|| "no page".to_owned())
    }

    /// Ends what every screen listens on.
    pub(crate) fn close_browsers(&mut self) {
        for (_, stream) in self.running.iter().flat_map(|running| &running.browsers) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Opens every page anew.
    pub(crate) fn reopen_browsers(&mut self) -> Result<(), String> {
        let running = self.running.as_mut().ok_or("no process runs")?;
        let mut browsers = Vec::new();
        for address in &running.addresses {
            let browser = Browser::open(address).map_err(|fault| fault.to_string())?;
            let stream = browser.watch().map_err(|fault| fault.to_string())?;
            browsers.push((browser, stream));
        }
        running.browsers = browsers;
        Ok(())
    }

    /// What the clock of processes says from now on, started or running; nothing: the system's.
    pub(crate) fn clock(&mut self, time: Option<&str>) {
        self.faketime = time.is_some();
        let beside = self.place("spare").join("time");
        fs::write(&beside, time.unwrap_or("+0")).unwrap();
        fs::rename(beside, self.place("time")).unwrap();
    }

    pub(crate) fn process(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.child.id())
    }

    /// Whether the process still lives; one that ended by itself is a fault of its own.
    pub(crate) fn lives(&mut self) -> bool {
        let Some(running) = &mut self.running else { return false };
        let ended = running.child.try_wait().ok().flatten();
        if ended.is_some() {
            self.running = None;
        }
        let (said, end) = tail(&self.log(), self.said);
        self.said = end;
        let panicked = said.lines().find(|line| line.contains("panicked at")).map(str::to_owned);
        let broken = ended.map(|status| format!("it ended by itself: {status}")).or(panicked);
        self.oracle.see(Check::Lives, broken);
        ended.is_none()
    }

    /// Kills the process, as a power cut would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
        self.oracle.pump();
    }

    /// Asks the process to end; how it ended.
    pub(crate) fn stop(&mut self) -> Result<String, String> {
        let Some(mut running) = self.running.take() else { return Ok("nothing ran".to_owned()) };
        self.system("kill", &["-TERM", &running.child.id().to_string()])?;
        let begun = Instant::now();
        loop {
            match running.child.try_wait() {
                Ok(Some(status)) => {
                    self.oracle.pump();
                    return Ok(status.to_string());
                }
                _ if begun.elapsed() < Duration::from_secs(20) => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                _ => break,
            }
        }
        let _ = running.child.kill();
        let _ = running.child.wait();
        Err("it did not end on SIGTERM".to_owned())
    }

    /// The rules that are looked at after every fault.
    pub(crate) fn check(&mut self) {
        let officers = OFFICERS.map(|(officer, _)| officer);
        let (journal, state) = (self.journal(), self.state());
        self.lives();
        self.oracle.recorded(&journal, &officers);
        if let Some(process) = self.process() {
            self.oracle.small(process);
        }
        let mut needles = vec![LATIN.to_owned(), NATIVE.to_owned(), "NAMELESS".to_owned()];
        needles.extend(OFFICERS.map(|(_, pin)| pin.to_owned()));
        needles.extend(self.town.number.clone());
        let events = self.place("events").join(format!("{:05}.jsonl", self.runs));
        self.oracle.private(&[state.clone(), events, self.log()], &needles);
        if !self.oracle.damaged
            && let Some(key) = crate::chain::key(&state)
            && let Some(report) = crate::chain::audited(&state, &key)
        {
            let problem = report.problems.first();
            let broken = problem.map(|problem| format!("the chain is not whole: {problem:?}"));
            self.oracle.see(Check::Whole, broken);
        }
    }
}

/// The address that a start page leads to.
fn link(page: &Path) -> Option<String> {
    let page = fs::read_to_string(page).ok()?;
    let rest = &page[page.find("http://")?..];
    let end = rest.find(['"', '\'', '<', '>', ' '])?;
    Some(rest[..end].replace("&amp;", "&"))
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.kill();
        let state = self.state();
        let _ = self.system("umount", &["-l", &state.to_string_lossy()]);
    }
}
