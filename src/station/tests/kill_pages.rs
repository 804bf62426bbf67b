//! The server killed at moments of chance while officers work over its pages: nothing that was answered for is lost,
//! nothing is there twice or half, nothing is signed unapproved, and every row still agrees. On SQLite, and on PostgreSQL
//! where Debian's is installed.
//!
//! `PERMIT_KILLS` says how often; a few times by default.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod postgres;

use core::time::Duration;
use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use permit_station::{
    home::Home,
    rules::{Application, State},
    site::Site,
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use rustix::process::{Pid, Signal, kill_process};

/// Longest that the server is left alone: chosen, some applications' time.
const LONGEST: u64 = 2500;
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
const COUNTER: u16 = 3;
const POLICE: u16 = 4;

fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-station"));
    command.current_dir(folder).args(["--lang", "en"]).args(line.split(' ')).stdin(Stdio::null());
    command
}

fn whole(folder: &Path, line: &str) {
    let output = command(folder, line).output().unwrap();
    let said = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{line}: {said}");
}

/// A server, and where it is.
fn served(folder: &Path) -> (Child, String) {
    let mut child = command(folder, "serve --listen 127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    (child, address)
}

/// Somebody's browser.
struct Browser {
    address: String,
    cookie: String,
    token: String,
}

/// An answer that came whole: its head and its body.
struct Answer(String, String);

impl Browser {
    /// Signs in by one click; nothing where the server is gone.
    fn of(officer: u16, address: &str) -> Option<Self> {
        let mut browser =
            Self { address: address.to_owned(), cookie: String::new(), token: String::new() };
        let entered = browser.ask("POST", "/enter", &format!("officer={officer}"))?;
        browser.cookie = entered.header("set-cookie")?.split(';').next()?.to_owned();
        browser.token = browser.ask("GET", "/", "")?.hidden("token")?;
        Some(browser)
    }

    fn ask(&self, method: &str, path: &str, form: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let Self { address, cookie, .. } = self;
        let length = form.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {cookie}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{form}"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let answer = Answer(head.to_owned(), body.to_owned());
        let length: usize = answer.header("content-length")?.parse().ok()?;
        (length == answer.1.len()).then_some(answer)
    }

    /// Hands in a form, which has to lead on; where to. Nothing where the server is gone.
    fn does(&self, path: &str, fields: &[(&str, &str)]) -> Option<String> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let form = form.append_pair("token", &self.token).extend_pairs(fields).finish();
        let answer = self.ask("POST", path, &form)?;
        let led = answer.header("location");
        assert!(led.is_some(), "{path}: {}", answer.1);
        led
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<String> {
        let lines = self.0.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(have, _)| *have == name).map(|(_, value)| value.to_owned()).next()
    }

    fn hidden(&self, name: &str) -> Option<String> {
        let value = self.1.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        value.split('"').next().map(str::to_owned)
    }
}

/// How far an application is.
fn stage(application: &Application) -> usize {
    match application.stored() {
        State::Submitted => 0,
        State::UnderReview => 1,
        State::Approved => 2,
        State::Issued => 3,
        State::Printed => 4,
        other => panic!("{} is {other:?}: half of what was handed in", application.number),
    }
}

/// Works on the last application, or on a new one, until the server is gone. `known` is what was answered for.
fn work([counter, police]: &[Browser; 2], known: &mut Vec<usize>) -> Option<()> {
    loop {
        let number = known.len();
        let at = format!("/applications/{number}");
        match known.last().copied() {
            None | Some(4) => {
                let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap());
                let latin = format!("Invented {}{}", letter(number / 26), letter(number));
                let form = [
                    ("language", "ko"),
                    ("paper-0-issuer", "演示公社一"),
                    ("paper-0-dated", "1963-9-1"),
                    ("paper-1-issuer", "演示单位"),
                    ("paper-1-dated", "1963-9-1"),
                    ("latin", &latin),
                    ("birth", "1931-4-2"),
                    ("region", "cn-yanji-county"),
                    ("entries", "1"),
                    ("do", "submit"),
                ];
                let led = counter.does("/new/resident", &form)?;
                assert_eq!(led, format!("/applications/{}", number + 1));
                known.push(0);
                continue;
            }
            Some(0) => police.does(&format!("{at}/review"), &[])?,
            Some(1) => {
                let path = format!("{at}/approve");
                let digest = police.ask("GET", &path, "")?.hidden("digest")?;
                police.does(&path, &[("digest", &digest), ("role", "police")])?
            }
            Some(2) => counter.does(&format!("{at}/issue"), &[])?,
            Some(_) => counter.does(&format!("{at}/print"), &[("do", "printed")])?,
        };
        *known.last_mut()? += 1;
    }
}

/// What is there, by the record.
fn found(folder: &Path, database: Option<&str>) -> Vec<Application> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let home = Home::open(&folder.join("permit-desk")).unwrap();
        let url = database.map_or_else(|| home.database(), str::to_owned);
        let site = Site::open(home, &url).await.unwrap();
        site.registry.desk().applications().cloned().collect()
    })
}

/// How often, and how many applications there are then.
fn killed_over_and_over(database: Option<&str>) -> (u64, usize) {
    let kills = std::env::var("PERMIT_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(4);
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let at = database.map_or_else(String::new, |url| format!("--database {url} "));
    whole(folder, &format!("{at}init --demo"));
    let mut random = ChaCha8Rng::seed_from_u64(kills);
    let mut known: Vec<usize> = Vec::new();
    for _ in 0..kills {
        let (mut child, address) = served(folder);
        let browsers = [COUNTER, POLICE].map(|officer| Browser::of(officer, &address).unwrap());
        let pid = Pid::from_child(&child);
        let after = Duration::from_millis(random.next_u64() % LONGEST);
        let killer = thread::spawn(move || {
            thread::sleep(after);
            kill_process(pid, Signal::KILL).unwrap();
        });
        assert!(work(&browsers, &mut known).is_none(), "it ends with the server");
        killer.join().unwrap();
        child.wait().unwrap();
        whole(folder, "check");
        let there = found(folder, database);
        let stages: Vec<usize> = there.iter().map(stage).collect();
        // What was under way when it was killed is done or not, and nothing else is.
        let mut further = known.clone();
        match further.last_mut() {
            Some(last) if *last < 4 => *last += 1,
            _ => further.push(0),
        }
        assert!(stages == known || stages == further, "{known:?} were answered for: {stages:?}");
        known = stages;
        let mut permits = BTreeSet::new();
        for application in &there {
            assert!(application.particulars.is_some() && application.papers.len() == 2);
            assert!(application.permit.is_none() || application.approvals.len() == 1);
            let new = application.permit.is_none_or(|permit| permits.insert(permit.id.to_string()));
            assert!(new, "{}: a number given twice", application.number);
        }
    }
    (kills, known.len())
}

#[test]
fn r16_r26_the_server_killed_at_any_moment_loses_doubles_and_halves_nothing() {
    let (kills, applications) = killed_over_and_over(None);
    println!("COUNTED desk-page-kills-sqlite={kills} applications={applications}");
}

#[test]
fn r16_r26_nor_on_postgresql() {
    match postgres::database() {
        Some(url) => {
            let (kills, applications) = killed_over_and_over(Some(&url));
            println!("COUNTED desk-page-kills-postgres={kills} applications={applications}");
        }
        None => println!("skipped: PostgreSQL 15 is not here (Debian: postgresql-15)"),
    }
}
