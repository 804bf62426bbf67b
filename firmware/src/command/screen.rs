//! `--screen`: keeps this machine's screen. It runs a browser with the terminal's start page and ends, browser and all,
//! once that page is dead, so that whoever started it starts it again.
//!
//! It knows nothing of permits and shows nothing itself. It waits for the terminal before it opens a page, and begins
//! anew when the terminal did, because a key is good for one start. The key is on no command line.

use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::ffi::{OsStr, OsString};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::exit::Exit;
use super::fault::Fault;

/// Runs the browser until its page is dead or somebody asks to stop.
pub(crate) fn run(page: &Path, browser: &[OsString]) -> Result<Exit, Fault> {
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    if ctrlc::set_handler(move || stopped.store(true, Ordering::Relaxed)).is_err() {
        tracing::warn!("signals are not handled");
    }
    let is_stopped = || stop.load(Ordering::Relaxed);
    let link = loop {
        if is_stopped() {
            return Ok(Exit::Good);
        }
        match Link::read(page).filter(|link| link.ask().is_some()) {
            Some(link) => break link,
            None => thread::sleep(LOOK),
        }
        feed();
    };
    let mut child = start(page, browser)?;
    let mut watch = Watch { begun: Instant::now(), seen: false };
    let why = loop {
        thread::sleep(LOOK);
        if is_stopped() {
            end(&mut child);
            return Ok(Exit::Good);
        }
        if let Ok(Some(status)) = child.try_wait() {
            tracing::error!(%status, "the browser ended");
            return Ok(Exit::Again);
        }
        // A terminal that cannot be reached is not the browser's fault.
        if Link::read(page).is_some_and(|now| now != link) {
            break "the terminal began anew";
        }
        if link.ask().is_some_and(|ago| watch.is_dead(ago)) {
            break "the page is dead";
        }
        feed();
    };
    tracing::error!(why, "the browser is ended");
    end(&mut child);
    Ok(Exit::Again)
}

/// What is known of the page since the browser was started.
struct Watch {
    begun: Instant,
    /// The page lived since.
    seen: bool,
}

impl Watch {
    fn is_dead(&mut self, ago: Option<Duration>) -> bool {
        let since = self.begun.elapsed();
        match ago.filter(|ago| *ago < since) {
            Some(ago) => {
                self.seen = true;
                ago >= SILENT
            }
            None => since >= if self.seen { SILENT } else { COMING },
        }
    }
}

/// Where the terminal is, and the key to it, as its start page has them.
#[derive(PartialEq, Eq)]
struct Link {
    address: SocketAddr,
    key: String,
}

impl Link {
    fn read(page: &Path) -> Option<Self> {
        let page = std::fs::read_to_string(page).ok()?;
        let (address, rest) = page.split_once("url=http://")?.1.split_once("/?key=")?;
        Some(Self { address: address.parse().ok()?, key: rest.split('"').next()?.to_owned() })
    }

    /// How long ago a page lived, if the terminal says so: none if none ever did.
    fn ask(&self) -> Option<Option<Duration>> {
        let mut stream = TcpStream::connect_timeout(&self.address, ANSWER).ok()?;
        stream.set_read_timeout(Some(ANSWER)).ok()?;
        let Self { address, key } = self;
        let line = format!(
            "GET /alive?key={key} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(line.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.take(MOST).read_to_string(&mut answer).ok()?;
        let said = answer.strip_prefix("HTTP/1.1 200 ")?.split_once("\r\n\r\n")?.1;
        Some(said.trim().parse().ok().map(Duration::from_secs))
    }
}

/// Starts the browser; `{}` in its command line is the start page.
fn start(page: &Path, browser: &[OsString]) -> Result<Child, Fault> {
    let page = std::path::absolute(page).unwrap_or_else(|_| PathBuf::from(page));
    let url = format!("file://{}", page.display());
    let named = |word: &OsString| match word.to_str() {
        Some(text) => OsString::from(text.replace("{}", &url)),
        None => word.clone(),
    };
    let mut words = browser.iter().map(named);
    let program = words.next().unwrap_or_default();
    let child = Command::new(&program).args(words).spawn();
    child.map_err(|cause| {
        let program = AsRef::<OsStr>::as_ref(&program).to_string_lossy().into_owned();
        Fault::new(Exit::Unreadable, "reader-no-browser").with("path", program).with("cause", cause)
    })
}

/// Asks the browser to end, and makes it.
fn end(child: &mut Child) {
    let id = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(id) = id {
        let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
    }
    let from = Instant::now();
    while from.elapsed() < PARTING && matches!(child.try_wait(), Ok(None)) {
        thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The service's own watchdog, for the case that this process hangs.
fn feed() {
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Watchdog]);
}

const LOOK: Duration = Duration::from_secs(1);
/// How long the terminal may take to answer.
const ANSWER: Duration = Duration::from_secs(2);
/// A page that says nothing for so long is dead; it says something every two seconds.
const SILENT: Duration = Duration::from_secs(10);
/// How long a browser may take to its first page, on a small board that starts.
const COMING: Duration = Duration::from_secs(90);
/// How long a browser may take to end.
const PARTING: Duration = Duration::from_secs(5);
/// Bytes of an answer.
const MOST: u64 = 4 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_13_a_browser_is_given_the_time_to_start_and_a_dead_page_is_not() {
        let ago = |seconds| Some(Duration::from_secs(seconds));
        let since = |seconds| Instant::now().checked_sub(Duration::from_secs(seconds)).unwrap();
        let mut watch = Watch { begun: since(80), seen: false };
        assert!(!watch.is_dead(None) && !watch.is_dead(ago(85)), "its first page may still come");
        assert!(!watch.is_dead(ago(3)), "it lives");
        assert!(watch.is_dead(ago(10)), "it is silent");
        let mut watch = Watch { begun: since(91), seen: false };
        assert!(watch.is_dead(None) && watch.is_dead(ago(95)), "no page came");
    }

    #[test]
    fn the_start_page_says_where_the_terminal_is() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("lane-1.html");
        assert!(Link::read(&page).is_none());
        std::fs::write(&page, "<meta content=\"0; url=http://127.0.0.1:8470/?key=abc\">").unwrap();
        let link = Link::read(&page).unwrap();
        assert_eq!((link.address.port(), link.key.as_str()), (8470, "abc"));
    }
}
