//! The only file that prints: the page's address, the record of events, help and complaints.
//!
//! Standard output is for programs and holds nothing personal; what is said to a person goes to standard error.

use core::net::SocketAddr;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use permit_words::{Words, clean};
use serde::Serialize;

use super::exit::Exit;
use super::fault::Fault;

/// Where events are written, a JSON object a line; shared by whoever has some.
#[derive(Clone)]
pub(crate) struct Events(Option<Arc<Mutex<dyn Write + Send>>>);

/// An event with its time.
#[derive(Debug, Serialize)]
struct Line<T> {
    /// Milliseconds since the start.
    ms: u64,
    /// Seconds since 1970 by the terminal's clock, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
    #[serde(flatten)]
    event: T,
}

impl Events {
    /// Opens a file, or standard output for `-`; nothing is written without one.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Fault> {
        let Some(path) = path else { return Ok(Self(None)) };
        if path.as_os_str() == "-" {
            return Ok(Self(Some(Arc::new(Mutex::new(io::stdout())))));
        }
        let cannot =
            |cause| Fault::new(Exit::Unwritable, "reader-no-events").at(path).with("cause", cause);
        File::create(path).map(|file| Self(Some(Arc::new(Mutex::new(file))))).map_err(cannot)
    }

    /// Writes a line; who reads too little of them is no reason to stop judging.
    pub(crate) fn write(&self, ms: u64, at: Option<i64>, event: &impl Serialize) {
        let Some(out) = &self.0 else { return };
        let Ok(mut line) = serde_json::to_vec(&Line { ms, at, event }) else { return };
        line.push(b'\n');
        let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = out.write_all(&line).and_then(|()| out.flush());
    }
}

/// The first line of all: where the page is.
pub(crate) fn address(address: SocketAddr) -> Result<(), Fault> {
    let mut out = io::stdout();
    writeln!(out, "http://{address}/")
        .and_then(|()| out.flush())
        .map_err(|cause| Fault::new(Exit::Unwritable, "fault-screen").with("cause", cause))
}

/// Help, on standard output, with its colours where they can be seen.
pub(crate) fn text(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// What another program reads, on standard output.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Fault> {
    let mut out = io::stdout();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|cause| Fault::new(Exit::Unwritable, "fault-screen").with("cause", cause))
}

/// What happened, and what to do next.
pub(crate) fn fault(fault: &Fault, words: &Words) {
    if let Some((what, next)) = fault.say(words) {
        complain(&what, &next, words);
    }
}

/// The same for a complaint that is worded already.
pub(crate) fn complain(what: &str, next: &str, words: &Words) {
    let next = words.with("next-step", &[("next", next.into())]);
    let _ = writeln!(io::stderr(), "permit-reader: {}\n  {}", clean(what), clean(&next));
}
