//! Who is let in: the browser of this terminal, on a page of this terminal.
//!
//! A name that resolves to the loopback is not this terminal's name (rebinding), a form on another page is not this
//! terminal's page (forgery): Host and Origin are held against a list letter by letter, what the browser says of the
//! request's origin is believed when it says something bad, and whatever is not a page needs the session's cookie. No
//! address of a caller is trusted for anything but the figures.

use core::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, ORIGIN, REFERRER_POLICY, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The list, and the token of this process.
#[derive(Debug)]
pub(super) struct Door {
    hosts: Vec<String>,
    cookie: String,
    token: String,
}

/// There are no random numbers.
#[derive(Debug)]
pub(super) struct NoRandom;

impl Door {
    /// The names of a loopback address, and those that are allowed besides.
    pub(super) fn new(address: SocketAddr, allowed: &[String]) -> Result<Self, NoRandom> {
        let port = address.port();
        let own = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
        let mut hosts: Vec<String> = own.to_vec();
        hosts.extend(allowed.iter().cloned());
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|_| NoRandom)?;
        let token = random.iter().map(|byte| format!("{byte:02x}")).collect();
        // Cookies do not know ports: two terminals on one machine keep apart by name.
        Ok(Self { hosts, cookie: format!("reader-{port}"), token })
    }

    /// What is wrong with a request.
    fn refusal(&self, method: &Method, path: &str, headers: &HeaderMap) -> Option<StatusCode> {
        let Some(host) = one(headers, &HOST).filter(|host| self.hosts.iter().any(|it| it == host))
        else {
            return Some(StatusCode::MISDIRECTED_REQUEST);
        };
        let writes = !matches!(*method, Method::GET | Method::HEAD);
        let is_page = PAGES.contains(&path) || FILES.contains(&path);
        let origin = match headers.get(ORIGIN) {
            None => !writes,
            Some(_) => one(headers, &ORIGIN) == Some(&format!("http://{host}")),
        };
        let site = match headers.get(&SEC_FETCH_SITE) {
            None => true,
            Some(_) => match one(headers, &SEC_FETCH_SITE) {
                Some("same-origin") => true,
                Some("none") => is_page && !writes,
                _ => false,
            },
        };
        let known = is_page || path == METRICS || self.has_cookie(headers);
        let asked = !writes || headers.get(&ASKED).is_some_and(|value| value == "1");
        (!(origin && site && known && asked)).then_some(StatusCode::FORBIDDEN)
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies.flat_map(|line| line.split(';')).any(|pair| {
            let pair = pair.trim().split_once('=');
            pair == Some((self.cookie.as_str(), self.token.as_str()))
        })
    }

    fn set_cookie(&self) -> Option<HeaderValue> {
        let Self { cookie, token, .. } = self;
        format!("{cookie}={token}; Path=/; HttpOnly; SameSite=Strict").parse().ok()
    }
}

/// Lets a request in or not, and puts on every answer what a browser is to do with it.
pub(super) async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let refused = door.refusal(&method, &path, request.headers());
    let new =
        refused.is_none() && PAGES.contains(&path.as_str()) && !door.has_cookie(request.headers());
    let mut answer = match refused {
        Some(status) => status.into_response(),
        None => next.run(request).await,
    };
    let headers = answer.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(cookie) = door.set_cookie().filter(|_| new) {
        headers.insert(SET_COOKIE, cookie);
    }
    answer
}

/// The only value of a header; none if it is there twice.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let value = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(value)
}

/// Pages: what may be opened by its address.
pub(super) const PAGES: [&str; 5] = ["/", "/traveller", "/supervisor", "/notice", "/slip"];
/// What every page loads, the same for everybody.
pub(super) const FILES: [&str; 3] = ["/look.css", "/page.js", "/favicon.ico"];
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
