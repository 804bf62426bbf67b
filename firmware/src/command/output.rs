//! The only file that prints: the page's address, the record of events, help and complaints.
//!
//! Standard output is for programs and holds nothing personal; what is said to a person goes to standard error.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use permit_reader::machine::LaneNumber;
use permit_words::{Words, clean};
use serde::Serialize;

use super::exit::Exit;
use super::fault::Fault;

/// Where events are written, a JSON object a line; shared by whoever has some.
#[derive(Clone)]
pub(crate) struct Events {
    out: Option<Arc<Mutex<dyn Write + Send>>>,
    /// Whose they are, where there are two lanes.
    lane: Option<LaneNumber>,
}

/// An event with its time.
#[derive(Debug, Serialize)]
struct Line<T> {
    /// Milliseconds since the start.
    ms: u64,
    /// Seconds since 1970 by the terminal's clock, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
    /// Which lane, where there are two.
    #[serde(skip_serializing_if = "Option::is_none")]
    lane: Option<LaneNumber>,
    #[serde(flatten)]
    event: T,
}

impl Events {
    /// Opens a file, or standard output for `-`; nothing is written without one.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Fault> {
        let lane = None;
        let Some(path) = path else { return Ok(Self { out: None, lane }) };
        if path.as_os_str() == "-" {
            return Ok(Self { out: Some(Arc::new(Mutex::new(io::stdout()))), lane });
        }
        let cannot =
            |cause| Fault::new(Exit::Unwritable, "reader-no-events").at(path).with("cause", cause);
        let file = File::create(path).map_err(cannot)?;
        Ok(Self { out: Some(Arc::new(Mutex::new(file))), lane })
    }

    /// The same, in the name of a lane.
    pub(crate) fn of(&self, lane: Option<LaneNumber>) -> Self {
        Self { lane, ..self.clone() }
    }

    /// Writes a line; who reads too little of them is no reason to stop judging.
    pub(crate) fn write(&self, ms: u64, at: Option<i64>, event: &impl Serialize) {
        let Some(out) = &self.out else { return };
        let Ok(mut line) = serde_json::to_vec(&Line { ms, at, lane: self.lane, event }) else {
            return;
        };
        line.push(b'\n');
        let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = out.write_all(&line).and_then(|()| out.flush());
    }
}

/// The first line of all: where the page is; a line for each lane.
pub(crate) fn address(address: &str) -> Result<(), Fault> {
    let mut out = io::stdout();
    writeln!(out, "{address}")
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
