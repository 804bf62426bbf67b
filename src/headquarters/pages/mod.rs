//! Pages of headquarters: what is going on, what waits and for whom, terminals, stations, reports.
//!
//! They show and change nothing; they work without a script, and have none. No page lists or joins pseudonyms: what is
//! shown of passages are counts. What they rule out: a request from another page or by another name ([`permit_web::Door`]),
//! whoever has not signed in, a form of another session.

mod enter;
mod frame;
mod overview;
mod report;
mod schematic;
mod sheet;
mod station;
mod terminal;
mod visit;
mod ways;

#[cfg(test)]
mod tests;

use core::net::IpAddr;
use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::from_fn_with_state,
    routing::{MethodFilter, on},
};
use permit_web::{Door, Folder, Pace, Seats, Sessions, Tries, Turns};
use permit_words::{Lang, Words};

use crate::{Failed, Intake, Site, journals};

/// Headquarters behind their pages.
#[derive(Clone, Debug)]
pub struct Pages(Arc<Inner>);

/// How they are served.
#[derive(Debug)]
pub struct Settings {
    /// By which names.
    pub door: Door,
    /// How long sessions last.
    pub pace: Pace,
    /// The language before anybody has chosen one.
    pub lang: Lang,
    /// The pocket reader, where it is served too.
    pub pocket: Option<Folder>,
}

/// Who is signed in: a number, and the key that it was signed in with. Another key ends it.
type Who = (u16, String);

#[derive(Debug)]
struct Inner {
    site: Arc<Site>,
    sessions: Mutex<Sessions<Who>>,
    /// Passphrases that are looked at: anywhere, and where the same officer has signed in before.
    entering: Passphrases,
    returning: Passphrases,
    seats: Mutex<Seats>,
    door: Arc<Door>,
    pocket: Option<Folder>,
    book: [Words; 3],
    lang: Lang,
    /// Which language an officer has chosen.
    langs: Mutex<BTreeMap<u16, Lang>>,
    /// What is going on, as it was counted last.
    counted: tokio::sync::Mutex<Option<(Instant, overview::Counted)>>,
}

/// Passphrases that are looked at, one at a time: each takes as much memory as its key file says.
#[derive(Debug)]
struct Passphrases {
    turns: Turns<Asker>,
    wrong: Mutex<Tries>,
}

/// Who has a passphrase looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asker {
    /// Whoever is at an address.
    At(Option<IpAddr>),
    /// Whoever says to be this officer, at a browser where the officer has signed in before.
    Seat(u16),
}

impl Pages {
    /// The pages of headquarters.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn new(site: Site, settings: Settings) -> Result<Self, Failed> {
        let failed = |name: &str| {
            let path = site.home.path(name);
            move |cause: io::Error| Failed::Home { path, cause }
        };
        let passphrases = |file: &str| {
            let wrong = Tries::open(&site.home.path(file), Instant::now()).map_err(failed(file))?;
            Ok::<_, Failed>(Passphrases { turns: Turns::new(WAITING), wrong: Mutex::new(wrong) })
        };
        let (entering, returning) = (passphrases("tries")?, passphrases("tries-seats")?);
        let seats = Seats::open(&site.home.path("seats")).map_err(failed("seats"))?;
        let Settings { door, pace, lang, pocket } = settings;
        Ok(Self(Arc::new(Inner {
            sessions: Mutex::new(Sessions::new(pace)),
            entering,
            returning,
            seats: Mutex::new(seats),
            door: Arc::new(door),
            pocket,
            book: Lang::ALL.map(Words::isolated),
            lang,
            langs: Mutex::new(enter::languages(&site.home)),
            counted: tokio::sync::Mutex::new(None),
            site: Arc::new(site),
        })))
    }

    /// Every address behind the door, and the one that takes exports of terminals ([`journals`]).
    pub fn router(&self) -> Router {
        let mut router = Router::new();
        for way in ways::ways() {
            let filter = MethodFilter::try_from(way.method.clone()).unwrap_or(MethodFilter::GET);
            let (path, way) = (way.path, Arc::new(way));
            let handler = move |State(pages): State<Self>, request: Request| {
                let way = Arc::clone(&way);
                async move { visit::answer(&pages.0, &way, request).await }
            };
            router = router.route(path, on(filter, handler).layer(DefaultBodyLimit::max(FORM)));
        }
        let own = router
            .fallback(async |State(pages): State<Self>| visit::nowhere(&pages.0))
            .with_state(self.clone())
            .layer(from_fn_with_state(Arc::clone(&self.0.door), permit_web::guard));
        let (site, door) = (Arc::clone(&self.0.site), Arc::clone(&self.0.door));
        let own = own.merge(journals(site, door, Intake::USUAL));
        match &self.0.pocket {
            Some(pocket) => own.merge(pocket.router("/pocket/", Arc::clone(&self.0.door))),
            None => own,
        }
    }
}

impl Inner {
    fn words(&self, lang: Lang) -> &Words {
        let [zh, ko, en] = &self.book;
        match lang {
            Lang::Zh => zh,
            Lang::Ko => ko,
            Lang::En => en,
        }
    }
}

/// What a panic elsewhere left is still whole: nothing is changed in two steps under these locks.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes of a form (chosen: some times what the longest passphrase has).
const FORM: usize = 16 * 1024;
/// Sign-ins that wait (chosen: the last waits a few seconds).
const WAITING: usize = 8;
