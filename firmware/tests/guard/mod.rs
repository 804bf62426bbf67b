//! A guard for tests: what the page's buttons send, over the loopback, to the real process.
//!
//! It opens the page as a browser does, keeps its cookie and its connection, and asks. It judges nothing.
//! What it was told is held against the journal that is left.

use core::time::Duration;
use std::io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use permit_core::{Now, Side, UnixTime};
use permit_journal::{Disk, Journal, Secret, Secrets, Settings, Terminal};
use permit_signing::demo::NOON;
use serde_json::{Value, json};

/// A browser without a screen.
#[derive(Debug)]
pub(crate) struct Guard {
    host: String,
    cookie: String,
    line: BufReader<TcpStream>,
    /// The verdict that the page shows, once it is watched.
    about: Arc<Mutex<Option<String>>>,
    /// The one that was named last.
    named: Value,
}

#[allow(dead_code, reason = "every test uses a part of it")]
impl Guard {
    /// Opens the page at the address that the process printed.
    pub(crate) fn open(address: &str) -> std::io::Result<Self> {
        let address = address.trim().trim_start_matches("http://");
        let (host, entrance) = address.split_at(address.find('/').unwrap_or(address.len()));
        let (host, line) = (host.to_owned(), connected(host)?);
        let about = Arc::default();
        let mut guard = Self { host, cookie: String::new(), line, about, named: Value::Null };
        let (_, headers, _) = guard.send("GET", entrance, "", "")?;
        let cookie = headers.iter().find_map(|line| line.strip_prefix("set-cookie: "));
        let cookie = cookie.and_then(|line| line.split(';').next());
        guard.cookie = cookie.unwrap_or_default().to_owned();
        Ok(guard)
    }

    /// A screen that reads every view, in a thread of its own until the process is gone.
    pub(crate) fn watch(&self) -> std::io::Result<()> {
        let Self { host, cookie, .. } = self;
        let mut stream = TcpStream::connect(host)?;
        let request = format!("GET /events HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let about = Arc::clone(&self.about);
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(news) = line.strip_prefix("data: ") {
                    let news: Value = serde_json::from_str(news).unwrap();
                    let number = news["about"].as_str().filter(|number| !number.is_empty());
                    *about.lock().unwrap() = number.map(str::to_owned);
                }
            }
        });
        Ok(())
    }

    /// The verdict that the page shows, as JSON.
    pub(crate) fn about(&self) -> Value {
        self.about.lock().unwrap().clone().map_or(Value::Null, Value::String)
    }

    /// Asks for something; whether it was taken.
    pub(crate) fn ask(&mut self, command: &str) -> std::io::Result<bool> {
        let proof = format!(
            "Origin: http://{}\r\nX-Permit-Reader: 1\r\nContent-Type: application/json\r\n",
            self.host
        );
        self.say("POST", "/ask", &proof, command).map(|(status, ..)| status == 202)
    }

    /// Lets the next tablet in, or none any more; the status.
    pub(crate) fn tablets(&mut self, body: &str) -> std::io::Result<u16> {
        let proof = format!(
            "Origin: http://{}\r\nX-Permit-Reader: 1\r\nContent-Type: application/json\r\n",
            self.host
        );
        self.say("POST", "/tablets", &proof, body).map(|(status, ..)| status)
    }

    /// A page as a person reads it.
    pub(crate) fn page(&mut self, path: &str) -> std::io::Result<String> {
        let (_, _, body) = self.say("GET", path, "", "")?;
        Ok(body.replace(['\u{2068}', '\u{2069}'], "").replace("&#39;", "'"))
    }

    /// Waits until the page shows a verdict that nothing was asked about yet.
    pub(crate) fn wait(&self) {
        let end = Instant::now() + Duration::from_secs(30);
        while self.about().is_null() || self.about() == self.named {
            assert!(Instant::now() < end, "no other verdict is shown");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Presses one of the three buttons.
    pub(crate) fn press(&mut self, button: &str) -> std::io::Result<bool> {
        let about = self.about();
        self.named = about.clone();
        self.ask(&json!({"command": "press", "button": button, "about": about}).to_string())
    }

    /// Goes on to the next person.
    pub(crate) fn dismiss(&mut self) -> std::io::Result<bool> {
        let about = self.about();
        self.named = about.clone();
        self.ask(&json!({"command": "dismiss", "about": about}).to_string())
    }

    /// The terminal closes a connection on which nobody asked for long; a browser opens another.
    fn say(
        &mut self,
        method: &str,
        path: &str,
        proof: &str,
        body: &str,
    ) -> std::io::Result<(u16, Vec<String>, String)> {
        self.send(method, path, proof, body).or_else(|fault| {
            if !matches!(fault.kind(), UnexpectedEof | ConnectionReset | BrokenPipe) {
                return Err(fault);
            }
            self.line = connected(&self.host)?;
            self.send(method, path, proof, body)
        })
    }

    fn send(
        &mut self,
        method: &str,
        path: &str,
        proof: &str,
        body: &str,
    ) -> std::io::Result<(u16, Vec<String>, String)> {
        let Self { host, cookie, line, .. } = self;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{proof}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        line.get_mut().write_all(request.as_bytes())?;
        let mut headers = Vec::new();
        loop {
            let mut header = String::new();
            if line.read_line(&mut header)? == 0 {
                return Err(UnexpectedEof.into());
            }
            let header = header.trim_end().to_owned();
            if header.is_empty() {
                break;
            }
            headers.push(header);
        }
        let length = headers.iter().find_map(|line| line.strip_prefix("content-length: "));
        let length: u64 = length.and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = Vec::new();
        line.take(length).read_to_end(&mut body)?;
        let body = String::from_utf8_lossy(&body).into_owned();
        let status = headers.first().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        Ok((status.unwrap_or(0), headers, body))
    }
}

fn connected(host: &str) -> std::io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(host)?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

/// The journal in the state folder of a terminal that has ended; it must be whole.
#[allow(dead_code, reason = "not every test looks at it")]
pub(crate) fn journal(state: &Path) -> Journal<Disk> {
    let kept = std::fs::read(state.join("pseudonym.secret")).unwrap();
    // After its check.
    let secret = kept[kept.len() - 32..].to_vec();
    let settings = Settings {
        terminal: Terminal { side: Side::A, number: 1 },
        secrets: Secrets::new(Secret::new(secret.try_into().unwrap()), None),
        term: Settings::TERM,
    };
    let now = Now::by_hand(NOON, UnixTime(NOON.0 - 86_400));
    let disk = Disk::open(state.join("journal")).unwrap();
    let journal = Journal::open(disk, settings, &now).unwrap();
    assert!(journal.condition().is_whole(), "{:?}", journal.condition());
    journal
}
