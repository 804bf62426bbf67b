//! Who is let in: a browser that asks for this server by its name, from a page of this server.
//!
//! A name that resolves to this machine is not this server's name (rebinding), and a form on another page is not this
//! server's page (forgery): Host and Origin are held against a list letter by letter, and what the browser says of a
//! request's site is believed when it says something bad. A session's own token in each form stands behind that. No
//! address of a caller is trusted: one is asked for where callers share what is scarce, and lets nobody in.

use core::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::Peer;

/// The names of a server, and the name of its cookie.
#[derive(Debug)]
pub struct Door {
    names: Vec<Name>,
    cookie: String,
    /// Whether its pages have a script of its own.
    script: bool,
}

#[derive(Debug)]
struct Name {
    host: String,
    origin: String,
}

impl Door {
    /// By the names of a loopback address.
    #[must_use]
    pub fn loopback(cookie: &str, port: u16) -> Self {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
        let names = hosts.map(|host| Name { origin: format!("http://{host}"), host });
        // Cookies do not know ports: two servers on one machine keep apart by name.
        Self { names: names.into(), cookie: format!("{cookie}-{port}"), script: false }
    }

    /// Its pages may have a script that this server sends, and that asks nobody else.
    #[must_use]
    pub const fn scripted(mut self) -> Self {
        self.script = true;
        self
    }

    /// Also by a name under which a proxy on this machine serves it with TLS.
    #[must_use]
    pub fn behind(mut self, name: &str) -> Self {
        let host = name.to_ascii_lowercase();
        self.names.push(Name { origin: format!("https://{host}"), host });
        self
    }

    /// What is wrong with a request, if anything is.
    #[must_use]
    pub fn refusal(&self, method: &Method, headers: &HeaderMap) -> Option<StatusCode> {
        let Some(name) = self.named(headers) else {
            return Some(StatusCode::MISDIRECTED_REQUEST);
        };
        let reads = matches!(*method, Method::GET | Method::HEAD);
        if !reads && *method != Method::POST {
            return Some(StatusCode::METHOD_NOT_ALLOWED);
        }
        let origin = match headers.get(ORIGIN) {
            None => reads,
            Some(_) => one(headers, &ORIGIN) == Some(&name.origin),
        };
        let site = match headers.get(&SEC_FETCH_SITE) {
            None => true,
            Some(_) => match one(headers, &SEC_FETCH_SITE) {
                Some("same-origin") => true,
                Some("none") => reads,
                _ => false,
            },
        };
        if origin && site { None } else { Some(StatusCode::FORBIDDEN) }
    }

    /// The token that a browser has from here.
    #[must_use]
    pub fn token<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        Self::named_cookie(headers, &self.cookie)
    }

    /// The token by which a browser is known again.
    #[must_use]
    pub fn seat<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        Self::named_cookie(headers, &self.seat_cookie())
    }

    /// The cookie by which a browser is known again, for a year from each time it is given.
    #[must_use]
    pub fn keep_seat(&self, headers: &HeaderMap, token: &str) -> Option<HeaderValue> {
        let (cookie, secure) = (self.seat_cookie(), self.secure(headers));
        format!(
            "{cookie}={token}; Path=/enter; HttpOnly; SameSite=Strict; Max-Age=31536000{secure}"
        )
        .parse()
        .ok()
    }

    fn seat_cookie(&self) -> String {
        format!("{}-seat", self.cookie)
    }

    fn named_cookie<'h>(headers: &'h HeaderMap, cookie: &str) -> Option<&'h str> {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == cookie).then_some(value)
        });
        pairs.next()
    }

    /// The cookie that gives a browser a token, or takes it back where there is none. It ends with the browser.
    #[must_use]
    pub fn cookie(&self, headers: &HeaderMap, token: Option<&str>) -> Option<HeaderValue> {
        let secure = self.secure(headers);
        let (token, age) = token.map_or(("", "; Max-Age=0"), |token| (token, ""));
        let cookie = &self.cookie;
        format!("{cookie}={token}; Path=/; HttpOnly; SameSite=Strict{age}{secure}").parse().ok()
    }

    /// Who asks, as far as shares of what is scarce go: where the connection is from; of one from this machine by a
    /// proxy's name, what the proxy added last to `X-Forwarded-For`. Of IPv6 the half that names a network.
    #[must_use]
    pub fn asker(&self, peer: Option<Peer>, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer.map(|Peer(address)| address);
        let proxied =
            !self.secure(headers).is_empty() && peer.is_none_or(|peer| peer.is_loopback());
        let added = || {
            let last = headers.get_all(&X_FORWARDED_FOR).iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse().ok()
        };
        let asker = Some(proxied).filter(|it| *it).and_then(|_| added()).or(peer)?;
        Some(match asker.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            four @ IpAddr::V4(_) => four,
        })
    }

    fn secure(&self, headers: &HeaderMap) -> &'static str {
        let secure = self.named(headers).is_some_and(|name| name.origin.starts_with("https:"));
        if secure { "; Secure" } else { "" }
    }

    /// What the request calls this server, if that is its name.
    fn named(&self, headers: &HeaderMap) -> Option<&Name> {
        let host = one(headers, &HOST)?;
        self.names.iter().find(|name| name.host == host)
    }
}

/// Put among an answer's extensions: its page may use the computer's camera, and no other may.
#[derive(Clone, Copy, Debug)]
pub struct UsesCamera;

/// Lets a request in or not, and puts on every answer what a browser is to do with it.
pub async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let refused = door.refusal(request.method(), request.headers());
    let mut answer = match refused {
        Some(status) => status.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in ALWAYS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if answer.extensions().get::<UsesCamera>().is_some() {
        answer.headers_mut().insert(PERMISSIONS_POLICY, HeaderValue::from_static(CAMERA));
    }
    if door.script {
        let policy = HeaderValue::from_static(SCRIPTED);
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// The only value of a header; none if it is there twice.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let value = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(value)
}

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
pub(crate) const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// The permissions of a page with a camera.
pub(crate) const CAMERA: &str = "camera=(self), microphone=(), geolocation=()";

/// What pages with a script may load.
const SCRIPTED: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Pages have no script at all, unless [`Door::scripted`]. `same-origin` for the referrer, since with `no-referrer` a browser sends the Origin
/// `null` with a form (Fetch, "append a request Origin header").
const ALWAYS: [(HeaderName, &str); 8] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (PERMISSIONS_POLICY, "camera=(), microphone=(), geolocation=()"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(HeaderName, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in list {
            headers.append(name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn hosts_origins_and_methods() {
        let door = Door::loopback("desk", 8480).behind("desk.example.org");
        let (get, post) = (Method::GET, Method::POST);
        let own = "127.0.0.1:8480";
        for (host, origin, method, wanted) in [
            (own, None, &get, None),
            (own, None, &Method::HEAD, None),
            (own, Some("http://127.0.0.1:8480"), &post, None),
            (own, None, &post, Some(403)),
            (own, Some("null"), &post, Some(403)),
            (own, Some("http://localhost:8480"), &post, Some(403)),
            (own, Some("http://evil.example"), &get, Some(403)),
            (own, Some("http://127.0.0.1:8480"), &Method::PUT, Some(405)),
            (own, Some("http://127.0.0.1:8480"), &Method::OPTIONS, Some(405)),
            ("127.0.0.1", None, &get, Some(421)),
            ("evil.example:8480", None, &get, Some(421)),
            ("desk.example.org", Some("https://desk.example.org"), &post, None),
            ("desk.example.org", Some("http://desk.example.org"), &post, Some(403)),
        ] {
            let mut list = vec![(HOST, host)];
            list.extend(origin.map(|origin| (ORIGIN, origin)));
            let found = door.refusal(method, &headers(&list)).map(|status| status.as_u16());
            assert_eq!(found, wanted, "{host} {origin:?} {method}");
        }
    }

    #[test]
    fn what_the_browser_says_of_the_site_is_believed_when_it_is_bad() {
        let door = Door::loopback("desk", 1);
        for (said, get, post) in [
            ("same-origin", true, true),
            ("none", true, false),
            ("same-site", false, false),
            ("cross-site", false, false),
        ] {
            let list = [(HOST, "localhost:1"), (SEC_FETCH_SITE, said)];
            assert_eq!(door.refusal(&Method::GET, &headers(&list)).is_none(), get, "{said}");
            let list = [list[0].clone(), list[1].clone(), (ORIGIN, "http://localhost:1")];
            assert_eq!(door.refusal(&Method::POST, &headers(&list)).is_none(), post, "{said}");
        }
    }

    #[test]
    fn who_asks_is_the_connection_or_what_the_proxy_of_this_machine_adds() {
        let door = Door::loopback("desk", 1).behind("desk.example.org");
        let from = |host: &str, peer: &str, added: &[&str]| {
            let mut list = vec![(HOST, host)];
            list.extend(added.iter().map(|it| (X_FORWARDED_FOR, *it)));
            let asker = door.asker(Some(Peer(peer.parse().unwrap())), &headers(&list));
            asker.map(|it| it.to_string()).unwrap()
        };
        let named = "desk.example.org";
        assert_eq!(from(named, "127.0.0.1", &["10.0.0.9, 10.0.0.7"]), "10.0.0.7");
        assert_eq!(from(named, "127.0.0.1", &["10.0.0.9", "::ffff:10.0.0.7"]), "10.0.0.7");
        assert_eq!(from(named, "127.0.0.1", &["2001:db8::1:2:3:4"]), "2001:db8::");
        for forged in ["", "nobody", "10.0.0.7,"] {
            assert_eq!(from(named, "127.0.0.1", &[forged]), "127.0.0.1");
        }
        assert_eq!(from(named, "10.0.0.1", &["10.0.0.7"]), "10.0.0.1", "no proxy of this machine");
        assert_eq!(from("localhost:1", "127.0.0.1", &["10.0.0.7"]), "127.0.0.1", "not proxied");
        assert_eq!(door.asker(None, &headers(&[(HOST, "localhost:1")])), None);
    }

    #[test]
    fn a_header_that_stands_twice_is_none() {
        let door = Door::loopback("desk", 1);
        let twice = headers(&[(HOST, "localhost:1"), (HOST, "localhost:1")]);
        assert_eq!(door.refusal(&Method::GET, &twice), Some(StatusCode::MISDIRECTED_REQUEST));
    }

    #[test]
    fn cookies_are_this_servers_and_secure_behind_tls() {
        let door = Door::loopback("desk", 1).behind("desk.example.org");
        let sent = headers(&[(HOST, "localhost:1"), (COOKIE, "desk-2=b; desk-1=a")]);
        assert_eq!(door.token(&sent), Some("a"));
        let set = door.cookie(&sent, Some("t")).unwrap();
        assert_eq!(set, "desk-1=t; Path=/; HttpOnly; SameSite=Strict");
        let named = headers(&[(HOST, "desk.example.org")]);
        let gone = door.cookie(&named, None).unwrap();
        assert_eq!(gone, "desk-1=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Secure");
    }
}
