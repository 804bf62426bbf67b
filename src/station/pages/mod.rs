//! The desk's pages: sign-in, queues, applications and everything that is done with them.
//!
//! They work with plain forms; scripts of their own add arrows in lists, look for the same person while typing, cut out a portrait, show a
//! design while it is changed and use the computer's camera. A page asks the [rules](crate::rules) what an officer may do and the
//! [registry](crate::registry) does it; a page decides nothing. What it rules out: a request from another page or by
//! another name ([`permit_web::Door`]), an address that its role does not have (`ways`), a form of another session, a
//! name of a person in an address or a log.

mod desk;
mod enter;
mod field;
mod frame;
mod places;
mod queue;
mod visit;
mod ways;

#[cfg(test)]
mod tests;

use core::net::IpAddr;
use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Instant,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::from_fn_with_state,
    routing::{MethodFilter, on},
};
use permit_card::{Fonts, NoFont};
use permit_core::Day;
use permit_web::{Door, Folder, Pace, Seats, Sessions, Tries, Turns};
use permit_words::{Lang, Words};
use thiserror::Error;

use self::{places::Places, queue::Counts, ways::Way};
use crate::{
    rules::Layout,
    site::{Site, SiteError},
};

/// The desk behind its pages.
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

/// Why they are not served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PagesError {
    /// The lists, or the folder.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The count of wrong tries, or the list of known browsers.
    #[error("the count of wrong tries: {0}")]
    Tries(io::Error),
}

#[derive(Debug)]
struct Inner {
    site: tokio::sync::Mutex<Site>,
    sessions: Mutex<Sessions<u16>>,
    /// Passphrases to sign in with: anywhere, and where the same officer has signed in before; and those that sign. Whoever
    /// reaches the first page holds up none of the others.
    entering: Passphrases,
    returning: Passphrases,
    seats: Mutex<Seats>,
    signing: Passphrases,
    door: Arc<Door>,
    pocket: Option<Folder>,
    book: [Words; 3],
    lang: Lang,
    /// Which language an officer has chosen.
    langs: Mutex<BTreeMap<u16, Lang>>,
    /// Names, by the lists of an entry of the record.
    places: Mutex<(u64, Arc<Places>)>,
    demo: bool,
    station: u16,
    /// As of an entry and a day.
    counts: Mutex<Option<(u64, Day, Counts)>>,
    /// Designs that supervisors look at and do not use yet.
    designs: Mutex<BTreeMap<u16, (Layout, [String; 2])>>,
    /// What came of the table that an officer looked at last.
    batches: Mutex<BTreeMap<u16, desk::batch::Looked>>,
    /// Held while a portrait is read.
    portraits: tokio::sync::Mutex<()>,
    /// The machine's, looked for when the first card is drawn.
    fonts: OnceLock<Result<Fonts, NoFont>>,
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
    /// An officer who is signed in.
    Officer(u16),
}

impl Pages {
    /// The pages of a desk.
    ///
    /// # Errors
    ///
    /// [`PagesError`].
    pub fn new(site: Site, settings: Settings) -> Result<Self, PagesError> {
        let founding = site.registry.desk().office().founding();
        let places = Mutex::new(Places::read(&site)?);
        let passphrases = |file: &str, places| {
            let wrong = Tries::open(&site.home.folder().join(file), Instant::now());
            let wrong = Mutex::new(wrong.map_err(PagesError::Tries)?);
            Ok::<_, PagesError>(Passphrases { turns: Turns::new(places), wrong })
        };
        let (entering, returning) =
            (passphrases("tries", ENTERING)?, passphrases("tries-seats", SIGNING)?);
        let signing = passphrases("tries-signing", SIGNING)?;
        let seats = Seats::open(&site.home.folder().join("seats")).map_err(PagesError::Tries)?;
        let Settings { door, pace, lang, pocket } = settings;
        Ok(Self(Arc::new(Inner {
            sessions: Mutex::new(Sessions::new(pace)),
            entering,
            returning,
            seats: Mutex::new(seats),
            signing,
            door: Arc::new(door),
            pocket,
            book: Lang::ALL.map(Words::isolated),
            lang,
            langs: Mutex::new(enter::languages(&site.home)),
            places,
            demo: founding.demo,
            station: founding.station,
            counts: Mutex::new(None),
            designs: Mutex::new(BTreeMap::new()),
            batches: Mutex::new(BTreeMap::new()),
            portraits: tokio::sync::Mutex::new(()),
            fonts: OnceLock::new(),
            site: tokio::sync::Mutex::new(site),
        })))
    }

    /// Which script no font of this machine has, if one is missing: then no name is checked before it is printed.
    #[must_use]
    pub fn missing_font(&self) -> Option<NoFont> {
        self.0.fonts().err()
    }

    /// Every address behind the door.
    pub fn router(&self) -> Router {
        let mut router = Router::new();
        for way in ways::ways() {
            let filter = MethodFilter::try_from(way.method.clone()).unwrap_or(MethodFilter::GET);
            let path = way.path.clone();
            let most = if way.takes_file() { FILE } else { FORM };
            let way = Arc::new(way);
            let handler = move |State(pages): State<Self>, request: Request| {
                let way: Arc<Way> = Arc::clone(&way);
                async move { visit::answer(&pages.0, &way, request).await }
            };
            let handler = on(filter, handler).layer(DefaultBodyLimit::max(most));
            router = router.route(&path, handler);
        }
        let desk = router
            .fallback(async |State(pages): State<Self>| visit::nowhere(&pages.0))
            .with_state(self.clone())
            .layer(from_fn_with_state(Arc::clone(&self.0.door), permit_web::guard));
        match &self.0.pocket {
            Some(pocket) => desk.merge(pocket.router("/pocket/", Arc::clone(&self.0.door))),
            None => desk,
        }
    }
}

impl Inner {
    fn fonts(&self) -> Result<&Fonts, NoFont> {
        self.fonts.get_or_init(Fonts::system).as_ref().map_err(|missing| *missing)
    }

    fn places(&self) -> Arc<Places> {
        Arc::clone(&held(&self.places).1)
    }

    /// Reads names of places anew where newer lists were taken, here or by the command. While they cannot be read, those
    /// before them are said; what signs reads them for itself.
    fn reread(&self, site: &Site) {
        if held(&self.places).0 != site.registry.desk().office().lists_since()
            && let Ok(read) = Places::read(site)
        {
            *held(&self.places) = read;
        }
    }

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

/// Bytes of a form: chosen, some times what the longest fields hold.
const FORM: usize = 64 * 1024;
/// Bytes of a form with a picture of a print, at 600 dpi, with lists, or with the two sides of a design.
const FILE: usize = 24 * 1024 * 1024;
/// Sign-ins that wait: chosen; the last waits a few seconds.
const ENTERING: usize = 8;
/// Signatures, or sign-ins at known browsers, that wait: chosen, a third of two hundred seats at one moment.
const SIGNING: usize = 64;
