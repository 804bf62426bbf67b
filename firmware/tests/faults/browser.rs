//! The kiosk's browser, and whoever is not: requests over the loopback, one connection each.
//!
//! It keeps the cookie that the printed address gives and what the screen was told last. It decides nothing.

use core::time::Duration;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use serde_json::{Value, json};

/// An answer takes no longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser at the page of one lane.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) host: String,
    pub(crate) cookie: String,
    news: Arc<Mutex<Value>>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

/// Sends a request as it stands.
pub(crate) fn send(host: &str, request: &str) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(request.as_bytes())?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(all.len());
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let body = all.get(end + 4..).unwrap_or_default().to_vec();
    Ok(Answer { status, headers: head.split("\r\n").map(str::to_owned).collect(), body })
}

impl Browser {
    /// Opens the page at the address that the process printed.
    pub(crate) fn open(address: &str) -> std::io::Result<Self> {
        let rest = address.trim().trim_start_matches("http://");
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let mut browser = Self::stranger(host);
        let mut path = format!("/{path}");
        for _ in 0..3 {
            let answer = browser.get(&path)?;
            for line in &answer.headers {
                if let Some((name, value)) = line.split_once(": ")
                    && name.eq_ignore_ascii_case("set-cookie")
                {
                    browser.cookie = value.split(';').next().unwrap_or_default().to_owned();
                }
            }
            let onward = answer.headers.iter().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("location").then(|| value.to_owned())
            });
            match onward.filter(|_| (300..400).contains(&answer.status)) {
                Some(onward) => path = onward,
                None if answer.status == 200 => return Ok(browser),
                None => return Err(std::io::Error::other(format!("status {}", answer.status))),
            }
        }
        Err(std::io::Error::other("sent from page to page"))
    }

    /// Somebody who knows the port and nothing else.
    pub(crate) fn stranger(host: &str) -> Self {
        Self { host: host.to_owned(), cookie: String::new(), news: Arc::default() }
    }

    pub(crate) fn get(&self, path: &str) -> std::io::Result<Answer> {
        let Self { host, cookie, .. } = self;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        );
        send(host, &request)
    }

    /// Asks for something; the status.
    pub(crate) fn ask(&self, command: &Value) -> std::io::Result<u16> {
        self.post("/ask", &command.to_string())
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> std::io::Result<u16> {
        let Self { host, cookie, .. } = self;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\n\
             X-Permit-Reader: 1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        );
        send(host, &request).map(|answer| answer.status)
    }

    /// A screen that is told every view, until the connection ends; it can be cut off by hand.
    pub(crate) fn watch(&self) -> std::io::Result<TcpStream> {
        let Self { host, cookie, .. } = self;
        let mut stream = TcpStream::connect(host)?;
        let request = format!("GET /events HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let (news, lines) = (Arc::clone(&self.news), BufReader::new(stream.try_clone()?));
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let told =
                    line.strip_prefix("data:").and_then(|data| serde_json::from_str(data).ok());
                if let Some(told) = told {
                    *news.lock().unwrap() = told;
                }
            }
        });
        Ok(stream)
    }

    /// What the screen was told last.
    pub(crate) fn news(&self) -> Value {
        self.news.lock().unwrap().clone()
    }

    /// Waits until the screen shows this.
    pub(crate) fn until(&self, wait: Duration, is: impl Fn(&Value) -> bool) -> Option<Value> {
        let end = Instant::now() + wait;
        loop {
            let news = self.news();
            if is(&news) {
                return Some(news);
            }
            if Instant::now() > end {
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn sign_in(&self, officer: u16, pin: &str) -> std::io::Result<u16> {
        self.ask(&json!({ "command": "sign-in", "officer": officer, "pin": pin }))
    }

    pub(crate) fn command(&self, command: &str) -> std::io::Result<u16> {
        self.ask(&json!({ "command": command }))
    }
}
