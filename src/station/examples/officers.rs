//! Fifty officers at one desk, over loopback: how long they wait.
//!
//! `cargo run --release -p permit-station --example officers -- PROGRAM FOLDER [SECONDS [THINK]]` enrols officers at the desk that
//! `PROGRAM init --demo` made in FOLDER, serves it by PROGRAM, and has all of them work over its pages for SECONDS (600 where
//! nothing is said): half take applications in, sign and print, the others review and approve, a tenth only look. Each waits up
//! to THINK milliseconds (0) between two requests. It prints how many requests there were, how many were refused because
//! somebody else had been quicker, and of each kind the median, the 95th and 99th of a hundred and the longest, in
//! milliseconds. It fails where a request gets no whole answer, a page fails, or a row disagrees with the record afterwards.

#![expect(clippy::unwrap_used, reason = "an example ends where it cannot go on")]
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

#[path = "people/mod.rs"]
mod people;

use core::time::Duration;
use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Instant,
};

use people::Dice;
use permit_core::Signer as _;
use permit_record::{Enrolment, Role, Roles};
use permit_signing::{KeyFile, Label, SecretKey};
use permit_station::{
    home::Home,
    rules::{Act, OfficeAct},
    site::Site,
};

/// How many there are: what a provincial desk was said to have to carry at a time.
const OFFICERS: u16 = 50;
/// The first of their numbers: above the demonstration's own.
const FIRST: u16 = 101;
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
const FOUND: u16 = 303;
const CONFLICT: u16 = 409;

/// What an officer does, over and over.
#[derive(Clone, Copy)]
enum Work {
    Counter,
    Decides,
    Looks,
}

impl Work {
    const fn of(officer: u16) -> Self {
        match officer % 10 {
            0 => Self::Looks,
            1..=5 => Self::Counter,
            _ => Self::Decides,
        }
    }

    const fn role(self) -> Role {
        match self {
            Self::Counter | Self::Looks => Role::Counter,
            Self::Decides => Role::Police,
        }
    }
}

/// What was measured by one officer: of each kind of request how long each took, and how many came too late.
#[derive(Default)]
struct Measured {
    took: BTreeMap<&'static str, Vec<f64>>,
    late: usize,
}

/// An answer: its status, its body.
struct Answer(u16, String);

struct Browser {
    address: String,
    cookie: String,
    token: String,
    dice: Dice,
    think: u64,
    measured: Measured,
}

impl Browser {
    fn of(officer: u16, address: &str, think: u64) -> Self {
        let mut browser = Self {
            address: address.to_owned(),
            cookie: String::new(),
            token: String::new(),
            dice: Dice::of(u64::from(officer)),
            think,
            measured: Measured::default(),
        };
        let (head, ..) = browser.sent("POST", "/enter", &format!("officer={officer}"));
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        browser.cookie = cookie.unwrap().split(';').next().unwrap().to_owned();
        let (_, page) = browser.sent("GET", "/", "");
        browser.token = hidden(&page, "token").unwrap();
        browser
    }

    /// The head and the body of an answer that came whole.
    fn sent(&self, method: &str, path: &str, form: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let Self { address, cookie, .. } = self;
        let length = form.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {cookie}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{form}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let lengths = head.lines().filter_map(|line| line.strip_prefix("content-length: "));
        let length: Option<usize> = lengths.map(|it| it.parse().unwrap()).next();
        assert!(length.is_none_or(|length| length == body.len()), "half an answer: {path}");
        (head.to_owned(), body.to_owned())
    }

    fn asks(&mut self, kind: &'static str, method: &str, path: &str, form: &str) -> Answer {
        if self.think > 0 {
            let wait = self.dice.below(usize::try_from(self.think).unwrap());
            thread::sleep(Duration::from_millis(wait as u64));
        }
        let begun = Instant::now();
        let (head, body) = self.sent(method, path, form);
        self.measured.took.entry(kind).or_default().push(begun.elapsed().as_secs_f64() * 1000.0);
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        assert!(status < 500, "{path}: {head} {body}");
        Answer(status, body)
    }

    fn gets(&mut self, kind: &'static str, path: &str) -> Answer {
        self.asks(kind, "GET", path, "")
    }

    /// Hands a form in; whether it was done. Somebody else may have been quicker.
    fn does(&mut self, kind: &'static str, path: &str, fields: &[(&str, &str)]) -> bool {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let form = form.append_pair("token", &self.token).extend_pairs(fields).finish();
        let Answer(status, body) = self.asks(kind, "POST", path, &form);
        assert!([200, FOUND, CONFLICT].contains(&status), "{path}: {status} {body}");
        self.measured.late += usize::from(status == CONFLICT);
        status == FOUND
    }

    /// One of those that wait in a list.
    fn waits(&mut self, list: &str) -> Option<String> {
        let Answer(_, body) = self.gets("a list", list);
        let all: Vec<&str> = body
            .split("<tr><td><a href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        (!all.is_empty()).then(|| all[self.dice.below(all.len())].to_owned())
    }

    fn works(&mut self, work: Work) {
        match work {
            Work::Counter => {
                self.takes_in();
                if let Some(at) = self.waits("/queues/approved") {
                    self.does("signing a permit", &format!("{at}/issue"), &[]);
                }
                if let Some(at) = self.waits("/queues/to-print") {
                    self.does("an act", &format!("{at}/print"), &[("do", "printed")]);
                }
            }
            Work::Decides => {
                if let Some(at) = self.waits("/queues/submitted") {
                    self.does("an act", &format!("{at}/review"), &[]);
                }
                if let Some(at) = self.waits("/queues/under-review") {
                    let path = format!("{at}/approve");
                    let Answer(_, body) = self.gets("an application", &path);
                    if let Some(digest) = hidden(&body, "digest") {
                        let fields = [("digest", digest.as_str()), ("role", "police")];
                        self.does("an approval", &path, &fields);
                    }
                }
            }
            Work::Looks => {
                self.gets("the start", "/");
                let name = self.dice.someone().spellings.remove(0);
                let name = name.split(' ').next().unwrap().to_owned();
                self.does("a search", "/search", &[("name", &name)]);
                if let Some(at) = self.waits("/queues/to-read-back") {
                    self.gets("an application", &at);
                }
            }
        }
    }

    fn takes_in(&mut self) {
        let person = self.dice.someone();
        let (year, month, day) = person.birth;
        let birth = format!("{year}-{month}-{day}");
        let native = person.hangul.clone().unwrap_or_default();
        let region = if person.region == 1 { "cn-yanji-city" } else { "cn-yanji-county" };
        let form = [
            ("language", "ko"),
            ("paper-0-issuer", "演示公社一"),
            ("paper-0-dated", "1963-9-1"),
            ("paper-1-issuer", "演示单位"),
            ("paper-1-dated", "1963-9-1"),
            ("latin", person.spellings[0].as_str()),
            ("native", native.as_str()),
            ("birth", birth.as_str()),
            ("region", region),
            ("entries", "1"),
            ("do", "submit"),
        ];
        assert!(self.does("a new application", "/new/resident", &form), "{form:?}");
    }
}

fn hidden(body: &str, name: &str) -> Option<String> {
    let value = body.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    value.split('"').next().map(str::to_owned)
}

/// Enrols those that are not there yet, by both supervisors of the demonstration.
async fn enrolled(folder: &Path) {
    let home = Home::open(folder).unwrap();
    let url = home.database();
    let mut site = Site::open(home, &url).await.unwrap();
    let chief = |number| KeyFile::load(&site.home.officer(number)).unwrap().open_unprotected();
    let chiefs = [1, 2].map(|number| chief(number).unwrap());
    for number in FIRST..FIRST + OFFICERS {
        if site.home.officer(number).exists() {
            continue;
        }
        let key = SecretKey::generate().unwrap();
        let sealed = KeyFile::seal_unprotected_for_demo_keys_only(&key, Label::default()).unwrap();
        sealed.create(&site.home.officer(number)).unwrap();
        let letter = |n: u16| char::from(b'A' + u8::try_from(n % 26).unwrap());
        let enrolment = Enrolment {
            station: site.registry.desk().office().station(),
            officer: number,
            latin: format!("INVENTED {}{}", letter(number / 26), letter(number)),
            native: None,
            key: key.public_key(),
            roles: Roles::of(&[Work::of(number).role()]),
            at: site.now(),
        };
        let signed = chiefs.each_ref().map(|key| match enrolment.sign(key) {
            Ok(signature) => signature,
        });
        let (at, act) = (site.now(), Act::Office(OfficeAct::Enrol(enrolment.seal(signed))));
        site.registry.act(1, at, act).await.unwrap();
    }
}

/// The server, ended with this, and where it is.
struct Served(Child, String);

impl Served {
    fn by(program: &Path, folder: &Path) -> Self {
        let mut child = Command::new(program)
            .arg("--state")
            .arg(folder)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self(child, address)
    }

    /// The most memory that it had, in MiB.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let program = PathBuf::from(arguments.next().unwrap());
    let folder = PathBuf::from(arguments.next().unwrap());
    let mut number = |otherwise: u64| {
        arguments.next().map_or(otherwise, |it| it.to_string_lossy().parse().unwrap())
    };
    let (seconds, think) = (number(600), number(0));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(enrolled(&folder));
    let served = Served::by(&program, &folder);
    let numbers = FIRST..FIRST + OFFICERS;
    let browsers: Vec<(Work, Browser)> =
        numbers.map(|number| (Work::of(number), Browser::of(number, &served.1, think))).collect();
    let (begun, lasts) = (Instant::now(), Duration::from_secs(seconds));
    let officers = browsers.into_iter().map(|(work, mut browser)| {
        thread::spawn(move || {
            while begun.elapsed() < lasts {
                browser.works(work);
            }
            browser.measured
        })
    });
    let officers: Vec<_> = officers.collect();
    let (mut took, mut late) = (BTreeMap::<&str, Vec<f64>>::new(), 0);
    for officer in officers {
        let measured = officer.join().unwrap();
        late += measured.late;
        for (kind, times) in measured.took {
            took.entry(kind).or_default().extend(times);
        }
    }
    let all: usize = took.values().map(Vec::len).sum();
    let passed = begun.elapsed().as_secs_f64();
    let memory = served.memory();
    drop(served);
    let checked = Command::new(&program).arg("--state").arg(&folder).arg("check").status().unwrap();
    assert!(checked.success(), "a row disagrees with the record");
    println!("| request | times | median ms | p95 ms | p99 ms | longest ms |");
    println!("|---|---|---|---|---|---|");
    for (kind, mut times) in took {
        times.sort_by(f64::total_cmp);
        let of = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
        let [median, p95, p99] = [50, 95, 99].map(of);
        let longest = times.last().unwrap();
        println!("| {kind} | {} | {median:.0} | {p95:.0} | {p99:.0} | {longest:.0} |", times.len());
    }
    println!(
        "{OFFICERS} officers, {passed:.0} s, up to {think} ms between requests: {all} requests, {:.1} a second, {late} too late \
         (somebody else was quicker), {memory} MiB at most",
        all as f64 / passed
    );
}
