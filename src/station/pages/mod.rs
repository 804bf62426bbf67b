//! The desk's pages: sign-in, queues, applications and everything that is done with them.
//!
//! They work with plain forms and have no script. A page asks the [rules](crate::rules) what an officer may do and the
//! [registry](crate::registry) does it; a page decides nothing. What it rules out: a request from another page or by
//! another name ([`permit_web::Door`]), an address that its role does not have (`ways`), a form of another session, a
//! name of a person in an address or a log.

mod dates;
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
use permit_core::Day;
use permit_web::{Door, Pace, Sessions, Tries};
use permit_words::{Lang, Words};
use thiserror::Error;

use self::{places::Places, queue::Counts, ways::Way};
use crate::{
    registry::RegistryError,
    site::{ListsError, Site},
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
}

/// Why they are not served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PagesError {
    /// The lists.
    #[error(transparent)]
    Lists(#[from] ListsError),
    /// The folder.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The count of wrong tries.
    #[error("the count of wrong tries: {0}")]
    Tries(io::Error),
}

#[derive(Debug)]
struct Inner {
    site: tokio::sync::Mutex<Site>,
    sessions: Mutex<Sessions<u16>>,
    tries: Mutex<Tries>,
    /// One passphrase at a time: each takes as much memory as its key file says.
    opening: tokio::sync::Mutex<()>,
    door: Arc<Door>,
    book: [Words; 3],
    lang: Lang,
    /// Which language an officer has chosen.
    langs: Mutex<BTreeMap<u16, Lang>>,
    places: Places,
    demo: bool,
    station: u16,
    /// As of an entry and a day.
    counts: Mutex<Option<(u64, Day, Counts)>>,
}

impl Pages {
    /// The pages of a desk.
    ///
    /// # Errors
    ///
    /// [`PagesError`].
    pub fn new(site: Site, settings: Settings) -> Result<Self, PagesError> {
        let founding = site.registry.desk().office().founding();
        let mut held = site.lists()?;
        let places = Places::of(&held.open()?, &founding.regions);
        let tries = Tries::open(&site.home.folder().join("tries"), Instant::now());
        let Settings { door, pace, lang } = settings;
        Ok(Self(Arc::new(Inner {
            sessions: Mutex::new(Sessions::new(pace)),
            tries: Mutex::new(tries.map_err(PagesError::Tries)?),
            opening: tokio::sync::Mutex::new(()),
            door: Arc::new(door),
            book: Lang::ALL.map(Words::isolated),
            lang,
            langs: Mutex::new(enter::languages(&site.home)),
            places,
            demo: founding.demo,
            station: founding.station,
            counts: Mutex::new(None),
            site: tokio::sync::Mutex::new(site),
        })))
    }

    /// Every address behind the door.
    pub fn router(&self) -> Router {
        let mut router = Router::new();
        for way in ways::ways() {
            let filter = MethodFilter::try_from(way.method.clone()).unwrap_or(MethodFilter::GET);
            let path = way.path.clone();
            let most = if way.takes_picture() { PICTURE } else { FORM };
            let way = Arc::new(way);
            let handler = move |State(pages): State<Self>, request: Request| {
                let way: Arc<Way> = Arc::clone(&way);
                async move { visit::answer(&pages.0, &way, request).await }
            };
            let handler = on(filter, handler).layer(DefaultBodyLimit::max(most));
            router = router.route(&path, handler);
        }
        router
            .fallback(async |State(pages): State<Self>| visit::nowhere(&pages.0))
            .with_state(self.clone())
            .layer(from_fn_with_state(Arc::clone(&self.0.door), permit_web::guard))
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

/// Bytes of a form: chosen, some times what the longest fields hold.
const FORM: usize = 64 * 1024;
/// Bytes of a form with a picture of a print, at 600 dpi.
const PICTURE: usize = 24 * 1024 * 1024;
