//! Who is let in: the browser of this terminal, on a page of this terminal.
//!
//! A name that resolves to the loopback is not this terminal's name (rebinding), a form on another page is not this
//! terminal's page (forgery), another user of this machine is not its guard: Host and Origin are held against a list
//! letter by letter, what the browser says of the request's origin is believed when it says something bad, and whatever
//! tells of the terminal or commands it needs the session's cookie. There is one door for the terminal itself, where
//! the cookie is given for the key of this start (`enter`), and another, on a listener of its own, for tablets, where it
//! is given for the supervisor's code; that one shows no figures. No address of a caller is trusted.
//!
//! Cookies know no ports: a page that the same browser opened from another port of this machine would be sent them. The
//! terminal's own browser opens no other page.

use core::time::Duration;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN,
    REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::enter::{ENTERED, Entrance};
use super::pairing::Pairing;

/// The list of names, and whose cookie is good.
#[derive(Debug)]
pub(super) struct Door {
    hosts: Vec<String>,
    cookie: String,
    keys: Keys,
}

#[derive(Debug)]
enum Keys {
    /// What this process is entered by, the token it gives for that, and what others see.
    Own { entrance: Entrance, token: String, stranger: String },
    /// The tokens of tablets that were allowed.
    Paired(Arc<Pairing>),
}

/// There are no random numbers.
#[derive(Debug)]
pub(super) struct NoRandom;

impl Door {
    /// The terminal's own, by the names of a loopback address.
    pub(super) fn own(port: u16, entrance: Entrance, stranger: String) -> Result<Self, NoRandom> {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
        // Cookies do not know ports: two terminals on one machine keep apart by name.
        let cookie = format!("reader-{port}");
        let keys = Keys::Own { entrance, token: token()?, stranger };
        Ok(Self { hosts: hosts.into(), cookie, keys })
    }

    /// The one for tablets, by these names alone.
    pub(super) fn tablets(hosts: Vec<String>, port: u16, pairing: Arc<Pairing>) -> Self {
        Self { hosts, cookie: format!("tablet-{port}"), keys: Keys::Paired(pairing) }
    }

    /// Whether this is the door for tablets.
    pub(super) const fn is_for_tablets(&self) -> bool {
        matches!(self.keys, Keys::Paired(_))
    }

    /// The cookie of a tablet that has just been allowed, for a month at most.
    pub(super) fn admit(&self, token: &str) -> Option<HeaderValue> {
        let cookie = &self.cookie;
        format!("{cookie}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000").parse().ok()
    }

    /// Whether a page is opened with the key. Whoever has it comes in from wherever the link was.
    fn is_entered(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
        let Keys::Own { entrance, .. } = &self.keys else { return false };
        let named = self.named(headers).is_some() && !headers.contains_key(ORIGIN);
        let page = kind(uri.path()) == Some(Kind::Page);
        named && page && *method == Method::GET && entrance.fits(uri.query())
    }

    /// What the request calls this terminal, if that is its name.
    fn named<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        one(headers, &HOST).filter(|host| self.hosts.iter().any(|it| it == host))
    }

    /// What is wrong with a request.
    fn refusal(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<StatusCode> {
        let Some(host) = self.named(headers) else {
            return Some(StatusCode::MISDIRECTED_REQUEST);
        };
        let writes = !matches!(*method, Method::GET | Method::HEAD);
        let paired = self.is_for_tablets();
        let kind = kind(uri.path());
        let pairs = paired && kind == Some(Kind::Pair);
        let is_page = kind == Some(Kind::Page) || pairs;
        let is_file = kind == Some(Kind::File);
        let origin = match headers.get(ORIGIN) {
            None => !writes,
            Some(_) => one(headers, &ORIGIN) == Some(&format!("http://{host}")),
        };
        let site = match headers.get(&SEC_FETCH_SITE) {
            None => true,
            Some(_) => match one(headers, &SEC_FETCH_SITE) {
                Some("same-origin") => true,
                Some("none") => (is_page || is_file) && !writes,
                _ => false,
            },
        };
        let asked = !writes || headers.get(&ASKED).is_some_and(|value| value == "1");
        let free = match &self.keys {
            Keys::Own { entrance, .. } => {
                let keeps = kind == Some(Kind::Alive) && !writes && entrance.fits(uri.query());
                is_file || kind == Some(Kind::Figures) || keeps
            }
            Keys::Paired(_) => is_file || pairs,
        };
        if !(origin && site && asked) || (paired && kind == Some(Kind::Figures)) {
            Some(StatusCode::FORBIDDEN)
        } else if free || self.has_cookie(headers) {
            None
        } else if is_page && !writes {
            Some(if paired { StatusCode::SEE_OTHER } else { StatusCode::UNAUTHORIZED })
        } else {
            Some(StatusCode::FORBIDDEN)
        }
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies.flat_map(|line| line.split(';')).any(|pair| {
            let value = pair.trim().split_once('=').filter(|(name, _)| *name == self.cookie);
            value.is_some_and(|(_, value)| match &self.keys {
                Keys::Own { token, .. } => same(value, token),
                Keys::Paired(pairing) => pairing.knows(value),
            })
        })
    }

    /// What is shown to whoever has no key.
    fn stranger(&self) -> String {
        let Keys::Own { stranger, .. } = &self.keys else { return String::new() };
        stranger.clone()
    }

    /// What whoever opens a page of the terminal itself with its key is given.
    fn set_cookie(&self) -> Option<HeaderValue> {
        let (cookie, Keys::Own { token, .. }) = (&self.cookie, &self.keys) else { return None };
        format!("{cookie}={token}; Path=/; HttpOnly; SameSite=Strict").parse().ok()
    }
}

/// Lets a request in or not, and puts on every answer what a browser is to do with it.
pub(super) async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let entered = door.is_entered(&method, request.uri(), request.headers());
    let refused = door.refusal(&method, request.uri(), request.headers()).filter(|_| !entered);
    let mut answer = match refused {
        None if entered => page(StatusCode::OK, ENTERED.to_owned()),
        Some(StatusCode::SEE_OTHER) => {
            (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static(PAIR))]).into_response()
        }
        Some(StatusCode::UNAUTHORIZED) => page(StatusCode::FORBIDDEN, door.stranger()),
        Some(status) => status.into_response(),
        // What is written is short: whoever takes long over it is not waited for.
        None if method == Method::POST => {
            let answer = tokio::time::timeout(WRITTEN, next.run(request)).await;
            answer.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
        }
        None => next.run(request).await,
    };
    let headers = answer.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(cookie) = door.set_cookie().filter(|_| entered) {
        headers.insert(SET_COOKIE, cookie);
    }
    answer
}

fn page(status: StatusCode, html: String) -> Response {
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// A token nobody guesses.
pub(super) fn token() -> Result<String, NoRandom> {
    Ok(random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// So many random bytes.
pub(super) fn random<const N: usize>() -> Result<[u8; N], NoRandom> {
    let mut random = [0; N];
    getrandom::fill(&mut random).map_err(|_| NoRandom)?;
    Ok(random)
}

/// The only value of a header; none if it is there twice.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let value = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(value)
}

/// What is at an address of the terminal, which says who may go there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A page: it may be opened by its address, and is shown to whoever has the cookie.
    Page,
    /// What every page loads, the same for everybody.
    File,
    /// What a page asks for: with the cookie, and from a page of this terminal.
    Part,
    /// A command, likewise.
    Command,
    /// Where a tablet enters the supervisor's code; the tablets' door alone.
    Pair,
    /// Letting tablets in, and that a page lives; the own door alone, with the cookie.
    Own,
    /// Whether a page lives: at the own door for whoever has the key, without a cookie.
    Alive,
    /// Figures for the loopback.
    Figures,
}

/// Every address: the router has these and no others.
pub(super) const ADDRESSES: [(&str, Kind); 21] = [
    ("/", Kind::Page),
    ("/traveller", Kind::Page),
    ("/supervisor", Kind::Page),
    ("/notice", Kind::Page),
    ("/slip", Kind::Page),
    ("/scanner", Kind::Page),
    ("/codes", Kind::Page),
    ("/look.css", Kind::File),
    ("/page.js", Kind::File),
    ("/keys.js", Kind::File),
    ("/favicon.ico", Kind::File),
    ("/events", Kind::Part),
    ("/picture", Kind::Part),
    ("/portrait", Kind::Part),
    ("/journal", Kind::Part),
    ("/ask", Kind::Command),
    (PAIR, Kind::Pair),
    ("/tablets", Kind::Own),
    ("/beat", Kind::Own),
    (ALIVE, Kind::Alive),
    (METRICS, Kind::Figures),
];

/// What is at an address; none where nothing is.
fn kind(path: &str) -> Option<Kind> {
    ADDRESSES.iter().find(|(at, _)| *at == path).map(|(_, kind)| *kind)
}

/// Where a tablet enters the supervisor's code.
pub(super) const PAIR: &str = "/pair";
/// How long a command may take to arrive.
const WRITTEN: Duration = Duration::from_secs(10);
/// Whether a page lives: for whoever has the key, without a cookie.
pub(super) const ALIVE: &str = "/alive";
/// Figures for the loopback.
pub(super) const METRICS: &str = "/metrics";

/// A header no form and no other page can send without being asked first.
const ASKED: HeaderName = HeaderName::from_static("x-permit-reader");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const ALWAYS: [(HeaderName, &str); 8] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];
