//! What is answered at which address.
//!
//! There is one site for the terminal itself and one for tablets; they differ in how somebody comes in and in who lets
//! tablets in. Pages and figures are read from the newest view; a command is an event like any other and answers nothing but that
//! it was taken. What is read of a request is a few kilobytes at most; that a decision names the verdict it is about is
//! for the machine to compare.

use core::convert::Infallible;
use core::pin::Pin;
use core::time::Duration;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, RETRY_AFTER, SET_COOKIE};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use permit_words::Words;
use tokio::sync::Semaphore;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};

use crate::hub::{Hub, Shown};
use crate::machine::{Command, Language};

use super::door::{self, Door};
use super::pairing::Pairing;
use super::pulse::Pulse;
use super::scene::Scene;
use super::{Book, Settings, metrics, office, pair, picture, slip, small};

/// What every handler knows.
#[derive(Clone, Debug)]
pub(super) struct Site(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    shared: Shared,
    door: Arc<Door>,
    streams: Arc<Semaphore>,
}

/// What both sites of a lane are made from.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    pub(super) hub: Hub,
    pub(super) book: Arc<Book>,
    pub(super) settings: Settings,
    /// Where there are tablets.
    pub(super) pairing: Option<Arc<Pairing>>,
    /// Where a screen may be expected.
    pub(super) pulse: Option<Arc<Pulse>>,
}

impl core::ops::Deref for Inner {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

/// All pages behind their door.
pub(super) fn router(shared: Shared, door: Door) -> Router {
    let door = Arc::new(door);
    let streams = Arc::new(Semaphore::new(STREAMS));
    let site = Site(Arc::new(Inner { shared, door: Arc::clone(&door), streams }));
    let ways = if door.is_for_tablets() {
        Router::new().route(door::PAIR, get(stranger).post(enter))
    } else {
        Router::new()
            .route("/tablets", post(tablets))
            .route("/beat", post(beat))
            .route(door::ALIVE, get(alive))
            .route(door::METRICS, get(figures))
    };
    ways.route("/", get(guard))
        .route("/traveller", get(traveller))
        .route("/supervisor", get(supervisor))
        .route("/notice", get(notice))
        .route("/scanner", get(scanner))
        .route("/slip", get(slip))
        .route("/events", get(events))
        .route("/picture", get(live))
        .route("/portrait", get(portrait))
        .route("/ask", post(ask))
        .route("/journal", get(journal))
        .route("/codes", get(codes))
        .route("/look.css", get(async || text("text/css; charset=utf-8", CSS)))
        .route("/page.js", get(async || text("text/javascript; charset=utf-8", JS)))
        .route("/keys.js", get(async || text("text/javascript; charset=utf-8", KEYS)))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .with_state(site)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(door, door::guard))
}

impl Site {
    /// The newest view; at the start, until there is one.
    async fn shown(&self) -> Option<Arc<Shown>> {
        let mut views = self.0.hub.views();
        let first = views.wait_for(Option::is_some);
        let found = tokio::time::timeout(PATIENCE, first).await.ok()?.ok()?;
        found.clone()
    }

    /// The newest view of the other lane, where there is one.
    fn other(&self) -> Option<Arc<Shown>> {
        self.0.hub.beside()?.borrow().clone()
    }

    fn words(&self, shown: &Shown) -> &Words {
        self.0.book.of(shown.view.modes.lang)
    }

    fn scene<'a>(&'a self, shown: &'a Shown) -> Scene<'a> {
        Scene::new(shown, self.words(shown), self.0.settings.tones)
    }

    /// How many tablets are allowed, where it is for this site to say.
    fn tablets(&self) -> Option<usize> {
        let pairing = self.0.pairing.as_ref().filter(|_| !self.0.door.is_for_tablets());
        pairing.map(|pairing| pairing.count())
    }
}

async fn guard(State(site): State<Site>) -> Response {
    let Some(shown) = site.shown().await else { return later() };
    page(site.scene(&shown).page())
}

async fn traveller(State(site): State<Site>) -> Response {
    let Some(shown) = site.shown().await else { return later() };
    page(small::page(&shown.view, &site.0.book))
}

async fn supervisor(State(site): State<Site>) -> Response {
    let Some(shown) = site.shown().await else { return later() };
    let other = site.other();
    let beside = other.as_deref().map(|other| Scene::new(other, site.words(&shown), false));
    page(office::supervisor(&site.scene(&shown), shown.trust, site.tablets(), beside.as_ref()))
}

async fn notice(State(site): State<Site>) -> Response {
    let Some(shown) = site.shown().await else { return later() };
    page(office::notice(&site.scene(&shown), site.0.settings.kept_days))
}

async fn scanner(State(site): State<Site>) -> Response {
    let Some(shown) = site.shown().await else { return later() };
    page(office::scanner(&site.scene(&shown)))
}

async fn slip(State(site): State<Site>) -> Response {
    let Some(shown) = site.shown().await else { return later() };
    let all = [Language::Zh, Language::Ko, Language::En]
        .map(|language| Scene::new(&shown, site.0.book.of(language), false));
    page(slip::page(&site.scene(&shown), all, shown.trust, site.0.settings.review_days))
}

/// The newest view in fragments, again whenever they change: nothing is queued for a slow browser.
async fn events(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    let Ok(place) = Arc::clone(&site.0.streams).try_acquire_owned() else { return later() };
    let news = news(site, query).map(move |event| {
        // The place is taken as long as the stream lives.
        let _held = &place;
        event
    });
    Sse::new(news).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

fn news(site: Site, query: Option<String>) -> impl Stream<Item = Result<sse::Event, Infallible>> {
    let mut before = String::new();
    changes(&site, query.as_deref()).filter_map(move |()| {
        let shown = site.0.hub.views().borrow().clone()?;
        let news = match query.as_deref() {
            Some("traveller") => serde_json::to_string(&small::news(&shown.view, &site.0.book)),
            Some("supervisor") => {
                let stage = site.scene(&shown);
                let other = site.other();
                let beside = other.as_deref();
                let beside = beside.map(|other| Scene::new(other, site.words(&shown), false));
                let tablets = site.tablets();
                let rows = office::rows(&stage, shown.trust, tablets, beside.as_ref()).ok()?;
                serde_json::to_string(&stage.news().ok()?.only("rows", rows))
            }
            None => serde_json::to_string(&site.scene(&shown).news().ok()?),
            Some("scanner") => {
                let stage = site.scene(&shown);
                let tried = office::tried(&stage).ok()?;
                serde_json::to_string(&stage.news().ok()?.only("tried", tried))
            }
            // Pages to read change with the colours only.
            Some(_) => {
                let news = site.scene(&shown).news().ok()?;
                serde_json::to_string(&news.only("none", String::new()))
            }
        };
        let news = news.ok().filter(|news| *news != before)?;
        before.clone_from(&news);
        Some(Ok(sse::Event::default().data(news)))
    })
}

/// When to look at the views again: only the supervisor's page shows the other lane's.
fn changes(site: &Site, query: Option<&str>) -> Pin<Box<dyn Stream<Item = ()> + Send>> {
    let own = WatchStream::new(site.0.hub.views()).map(drop);
    match site.0.hub.beside().filter(|_| query == Some("supervisor")) {
        Some(beside) => Box::pin(own.merge(WatchStream::new(beside).map(drop))),
        None => Box::pin(own),
    }
}

async fn live(State(site): State<Site>) -> Response {
    let newest = site.0.hub.pictures().borrow().clone();
    let Some((jpeg, outlines)) = newest.and_then(|picture| picture::jpeg(&picture)) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    ([(CONTENT_TYPE, "image/jpeg"), (OUTLINES, outlines.as_str())], jpeg).into_response()
}

/// The portrait of the permit on the screen, and of no other.
async fn portrait(State(site): State<Site>, RawQuery(query): RawQuery) -> Response {
    let shown = site.0.hub.views().borrow().clone();
    let found = shown.as_ref().and_then(|shown| {
        let verdict =
            shown.view.verdict.as_ref().filter(|it| Some(it.number.to_string()) == query)?;
        let names = verdict.holder.as_ref()?.names.as_ref();
        let permit = verdict.judged.judgement.permit.as_ref().filter(|_| names.is_some())?;
        Some(permit.options.portrait.as_ref()?.to_vec())
    });
    match found {
        Some(webp) => ([(CONTENT_TYPE, "image/webp")], webp).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Takes a command, as JSON.
async fn ask(State(site): State<Site>, body: Bytes) -> StatusCode {
    let Ok(command) = serde_json::from_slice::<Command>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    site.0.hub.ask(command).map_or(StatusCode::SERVICE_UNAVAILABLE, |()| StatusCode::ACCEPTED)
}

/// The journal's export, for an officer on duty while nobody stands at the terminal.
async fn journal(State(site): State<Site>) -> Response {
    let Some(export) = site.0.hub.export() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    match export.await {
        Ok(export) => {
            let head = [
                (CONTENT_TYPE, "application/cbor"),
                (CONTENT_DISPOSITION, "attachment; filename=\"journal.cbor\""),
            ];
            (head, export).into_response()
        }
        Err(_) => StatusCode::CONFLICT.into_response(),
    }
}

/// What headquarters do not have yet, as codes that are filmed from the screen; for the same officer.
async fn codes(State(site): State<Site>) -> Response {
    let Some(shown) = site.shown().await else { return later() };
    let Some(export) = site.0.hub.newest() else { return later() };
    let export = export.await.ok();
    page(office::codes(&site.scene(&shown), export.as_deref()))
}

/// Lets the next tablet in, or none any more; what is to be said comes back.
async fn tablets(State(site): State<Site>, body: Bytes) -> Response {
    let shown = site.0.hub.views().borrow().clone();
    let (Some(shown), Some(pairing)) = (shown, &site.0.pairing) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let words = site.words(&shown);
    if shown.view.locked {
        return text("text/plain; charset=utf-8", &words.get("screen-notice-needs-officer"));
    }
    let said = match body.as_ref() {
        b"{\"allow\":true}" => pairing
            .offer(Instant::now())
            .map(|code| words.with("screen-tablets.code", &[("code", code.into())])),
        b"{\"allow\":false}" => {
            pairing.forget();
            Ok(words.get("screen-tablets.forgotten"))
        }
        _ => return StatusCode::BAD_REQUEST.into_response(),
    };
    said.map_or_else(
        |_| StatusCode::SERVICE_UNAVAILABLE.into_response(),
        |said| text("text/plain; charset=utf-8", &said),
    )
}

/// What a tablet sees that is not allowed yet.
async fn stranger(State(site): State<Site>) -> Response {
    let Some(shown) = site.shown().await else { return later() };
    page(pair::page(site.words(&shown), shown.view.modes.night))
}

/// A code from a tablet.
async fn enter(State(site): State<Site>, body: Bytes) -> Response {
    let typed = serde_json::from_slice(&body).ok();
    let typed: Option<[String; 1]> = typed;
    let (Some([typed]), Some(pairing)) = (typed, &site.0.pairing) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match pairing.enter(&typed, Instant::now()) {
        Ok(Some(token)) => match site.0.door.admit(&token) {
            Some(cookie) => (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response(),
            None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
        Ok(None) => StatusCode::FORBIDDEN.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// A page lives.
async fn beat(State(site): State<Site>) -> StatusCode {
    let Some(pulse) = &site.0.pulse else { return StatusCode::NOT_FOUND };
    pulse.beat(Instant::now());
    StatusCode::NO_CONTENT
}

/// How many seconds ago a page lived, for whoever keeps the screen's browser running.
async fn alive(State(site): State<Site>) -> Response {
    let Some(pulse) = &site.0.pulse else { return StatusCode::NOT_FOUND.into_response() };
    let ago = pulse.ask(Instant::now());
    let ago = ago.map_or_else(|| "-".to_owned(), |ago| ago.as_secs().to_string());
    text("text/plain; charset=utf-8", &ago)
}

async fn figures(State(site): State<Site>) -> Response {
    let shown = site.0.hub.views().borrow().clone();
    match shown {
        Some(shown) => {
            text("text/plain; version=0.0.4; charset=utf-8", &metrics::text(&shown.view))
        }
        None => later(),
    }
}

fn page(rendered: askama::Result<String>) -> Response {
    match rendered {
        Ok(html) => text("text/html; charset=utf-8", &html),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn text(kind: &'static str, text: &str) -> Response {
    ([(CONTENT_TYPE, kind)], text.to_owned()).into_response()
}

fn later() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "1")]).into_response()
}

const CSS: &str = include_str!("look.css");
const JS: &str = include_str!("page.js");
const KEYS: &str = include_str!("keys.js");
const OUTLINES: HeaderName = HeaderName::from_static("x-outlines");
/// Pages that wait for news at once.
const STREAMS: usize = 16;
/// Bytes of a command.
const BODY: usize = 8 * 1024;
/// How long a page waits for the first view.
const PATIENCE: Duration = Duration::from_secs(3);
/// A sign of life for a browser that waits.
const ALIVE: Duration = Duration::from_secs(5);
