//! The pages of the terminal: the guard's screen, the traveller's small display, the supervisor's, the notice, the slip.
//!
//! They are served by the terminal to itself, so that any browser in kiosk mode is a screen. Every sentence is spoken
//! here from values, in the language of the device; the browser gets words, never rules. What it rules out: a page that
//! decides, a request from any other page or person (`door`, `enter`), a script or style from elsewhere, personal data in an address, a
//! cache or a log.
//!
//! Tablets come in by a listener of their own, which is there only if somebody asked for it (`pairing`).

pub(crate) mod count;
mod door;
mod enter;
mod metrics;
pub(crate) mod name;
mod office;
mod pair;
mod pairing;
mod picture;
mod pulse;
mod scene;
mod site;
mod slip;
mod small;
mod whole;

use core::net::SocketAddr;
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use permit_web::Limits;
use permit_words::{Lang, Words};

use crate::hub::Hub;
use crate::machine::{LaneNumber, Language};

use self::door::Door;
pub use self::enter::Entrance;
use self::pairing::Pairing;
pub use self::pairing::print;
use self::pulse::Pulse;

/// What a supervisor sets for the pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The browser sounds the tones, because there is no buzzer.
    pub tones: bool,
    /// This machine may have a screen of its own: its pages say that they live.
    pub screen: bool,
    /// Days a record is kept, for the notice.
    pub kept_days: u16,
    /// Days to have a turning back reviewed, for the slip.
    pub review_days: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { tones: false, screen: false, kept_days: 90, review_days: 30 }
    }
}

/// Where tablets come in.
#[derive(Debug)]
pub struct Tablets {
    /// An address of the local network.
    pub listener: TcpListener,
    /// Names they may ask for besides the address itself, such as `reader-3.lan`.
    pub names: Vec<String>,
    /// The folder in which it is kept who was allowed, and the lane; none, and it ends with the process.
    pub kept: Option<(PathBuf, LaneNumber)>,
}

/// Why no page is served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Others could reach the terminal's own pages.
    #[error("{0} is not a loopback address")]
    Open(SocketAddr),
    /// Tablets come to any address, and by no name that is known.
    #[error("tablets need an address, or a name to ask for")]
    Nameless,
    /// The system's reason.
    #[error(transparent)]
    System(#[from] io::Error),
    /// There are no random numbers for the session's token.
    #[error("there are no random numbers")]
    Random,
}

/// Serves the pages from a thread of their own, as long as the process lives. What comes back lets the terminal's own
/// browser in, and nobody comes in without it.
///
/// # Errors
///
/// When the listener is not the loopback's, tablets have no name to ask for, or the system refuses.
pub fn serve(
    listener: TcpListener,
    tablets: Option<Tablets>,
    hub: Hub,
    settings: Settings,
) -> Result<Entrance, ServeError> {
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        return Err(ServeError::Open(address));
    }
    let random = |_| ServeError::Random;
    let entrance = Entrance::new(address).map_err(random)?;
    let book = Arc::new(Book::new());
    let stranger = enter::stranger(&book);
    let door = Door::own(address.port(), entrance.clone(), stranger).map_err(random)?;
    let pairing = tablets.as_ref().map(|tablets| {
        Arc::new(match &tablets.kept {
            Some((state, lane)) => Pairing::kept(state, *lane),
            None => Pairing::default(),
        })
    });
    let mut doors = vec![(listener, door, Limits::OWN)];
    if let (Some(tablets), Some(pairing)) = (tablets, &pairing) {
        let (hosts, port) = hosts(&tablets)?;
        let door = Door::tablets(hosts, port, Arc::clone(pairing));
        doors.push((tablets.listener, door, Limits::TABLETS));
    }
    let pulse = settings.screen.then(Arc::<Pulse>::default);
    for (listener, ..) in &doors {
        listener.set_nonblocking(true)?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::Builder::new().name("page".to_owned()).spawn(move || {
        runtime.block_on(async move {
            let mut served = tokio::task::JoinSet::new();
            if let Some(pulse) = &pulse {
                drop(served.spawn(pulse::watch(Arc::clone(pulse), hub.clone())));
            }
            for (listener, door, limits) in doors {
                let shared = site::Shared {
                    hub: hub.clone(),
                    book: Arc::clone(&book),
                    settings,
                    pairing: pairing.clone(),
                    pulse: pulse.clone().filter(|_| !door.is_for_tablets()),
                };
                let site = site::router(shared, door);
                match tokio::net::TcpListener::from_std(listener) {
                    Ok(listener) => drop(served.spawn(permit_web::serve(listener, site, limits))),
                    Err(error) => tracing::error!(%error, "a page is not served"),
                }
            }
            while served.join_next().await.is_some() {}
        });
    })?;
    Ok(entrance)
}

/// What a tablet's browser may call this terminal, and the port.
fn hosts(tablets: &Tablets) -> Result<(Vec<String>, u16), ServeError> {
    let address = tablets.listener.local_addr()?;
    let port = address.port();
    let named = |name: &String| match port {
        // The port a browser leaves out.
        80 => name.to_ascii_lowercase(),
        _ => format!("{}:{port}", name.to_ascii_lowercase()),
    };
    let mut hosts: Vec<String> = tablets.names.iter().map(named).collect();
    if !address.ip().is_unspecified() {
        hosts.push(address.to_string());
    }
    if hosts.is_empty() { Err(ServeError::Nameless) } else { Ok((hosts, port)) }
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
