//! The pages of the terminal: the guard's screen, the traveller's small display, the supervisor's, the notice, the slip.
//!
//! They are served by the terminal to itself, so that any browser in kiosk mode is a screen. Every sentence is spoken
//! here from values, in the language of the device; the browser gets words, never rules. What it rules out: a page that
//! decides, a request from any other page (`door`), a script or style from elsewhere, personal data in an address, a
//! cache or a log.

mod door;
mod metrics;
mod name;
mod office;
mod picture;
mod scene;
mod site;
mod slip;
mod small;

use core::net::SocketAddr;
use std::io;
use std::net::TcpListener;
use std::thread;

use permit_words::{Lang, Words};

use crate::hub::Hub;
use crate::machine::Language;

use self::door::Door;

/// What a supervisor sets for the pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Names and ports the pages may be asked for by, such as `reader-3.lan:8080`, beside the loopback's own. Without
    /// any, only a loopback address is served.
    pub hosts: Vec<String>,
    /// The browser sounds the tones, because there is no buzzer.
    pub tones: bool,
    /// Days a record is kept, for the notice.
    pub kept_days: u16,
    /// Days to have a turning back reviewed, for the slip.
    pub review_days: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { hosts: Vec::new(), tones: false, kept_days: 90, review_days: 30 }
    }
}

/// Why no page is served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Others could reach it, and no name was allowed.
    #[error("{0} is not a loopback address, and no host is allowed for it")]
    Open(SocketAddr),
    /// The system's reason.
    #[error(transparent)]
    System(#[from] io::Error),
    /// There are no random numbers for the session's token.
    #[error("there are no random numbers")]
    Random,
}

/// Serves the pages from a thread of their own, as long as the process lives.
///
/// # Errors
///
/// When the address is not the loopback's and nothing allows it, or the system refuses.
pub fn serve(listener: TcpListener, hub: Hub, settings: Settings) -> Result<(), ServeError> {
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() && settings.hosts.is_empty() {
        return Err(ServeError::Open(address));
    }
    listener.set_nonblocking(true)?;
    let door = Door::new(address, &settings.hosts).map_err(|_| ServeError::Random)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let site = site::router(hub, settings, door);
    thread::Builder::new().name("page".to_owned()).spawn(move || {
        runtime.block_on(async move {
            let served = match tokio::net::TcpListener::from_std(listener) {
                Ok(listener) => axum::serve(listener, site).await,
                Err(error) => Err(error),
            };
            if let Err(error) = served {
                tracing::error!(%error, "no page is served any more");
            }
        });
    })?;
    Ok(())
}

/// The three languages, read once.
#[derive(Debug)]
struct Book([Words; 3]);

impl Book {
    fn new() -> Self {
        Self(Lang::ALL.map(Words::isolated))
    }

    const fn of(&self, language: Language) -> &Words {
        let [zh, ko, en] = &self.0;
        match language {
            Language::Zh => zh,
            Language::Ko => ko,
            Language::En => en,
        }
    }
}

#[cfg(test)]
mod tests;
