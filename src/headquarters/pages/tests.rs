//! Every address by every name, from every page and as nobody: from the router's own table. Signing in.

use std::collections::BTreeSet;

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{
        HeaderMap, Method, StatusCode,
        header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE},
    },
};
use permit_core::{Side, Signer as _};
use permit_signing::{Cost, KeyFile, Label, NewPassphrase, SecretKey, demo};
use permit_web::{Door, Folder, Pace, Peer};
use permit_words::Lang;
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::{Pages, Settings, ways};
use crate::{Home, Officer, Site};

const HOST_NAME: &str = "127.0.0.1:8490";
const PASSPHRASE: &str = "a passphrase of tests";

struct Place {
    folder: TempDir,
    home: Home,
    router: Router,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

/// An officer with a key of that number, under a passphrase or without one.
fn enrol(home: &Home, number: u16, protected: bool) {
    let key = SecretKey::from_known_seed_for_demo_keys_only(&[u8::try_from(number).unwrap(); 32]);
    let sealed = if protected {
        KeyFile::seal(
            &key,
            &NewPassphrase::chosen(PASSPHRASE).unwrap(),
            Cost::FLOOR,
            Label::default(),
        )
    } else {
        KeyFile::seal_unprotected_for_demo_keys_only(&key, Label::default())
    };
    home.make_officers().unwrap();
    let path = home.officer_key(number);
    let _ = std::fs::remove_file(&path);
    sealed.unwrap().create(&path).unwrap();
    let key = key.public_key().iter().map(|byte| format!("{byte:02x}")).collect();
    let name = format!("INVENTED {number}");
    home.keep_officer(Officer { number, name, key, dismissed: false }).unwrap();
}

impl Place {
    async fn new() -> Self {
        Self::with(None).await
    }

    async fn with(pocket: Option<Folder>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lists = (demo::BUNDLE, demo::ROOT);
        let home = Home::create(folder.path(), (Side::A, 480), lists, demo::NOON).unwrap();
        enrol(&home, 3, true);
        enrol(&home, 4, false);
        let database = home.database();
        let site = Site::open(home.clone(), &database).await.unwrap().at(demo::NOON);
        let door = Door::loopback("permit-headquarters", 8490);
        let settings = Settings { door, pace: Pace::default(), lang: Lang::En, pocket };
        let router = Pages::new(site, settings).unwrap().router();
        Self { folder, home, router }
    }

    async fn send(&self, request: Request) -> Answer {
        let mut request = request;
        request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(request(&Method::GET, path, (HOST_NAME, None), cookie, "")).await
    }

    async fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let own = format!("http://{HOST_NAME}");
        self.send(request(&Method::POST, path, (HOST_NAME, Some(&own)), cookie, body)).await
    }

    async fn enters(&self, officer: u16, passphrase: &str) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("officer", &officer.to_string())
            .append_pair("passphrase", passphrase)
            .finish();
        self.post("/enter", "", &form).await
    }

    /// The cookie and the form token of an officer who has signed in.
    async fn officer(&self, number: u16) -> (String, String) {
        let cookie = cookie(&self.enters(number, PASSPHRASE).await);
        let body = self.get("/", &cookie).await.body;
        let token = body.split("name=\"token\" value=\"").nth(1).unwrap()[..32].to_owned();
        (cookie, token)
    }
}

fn cookie(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let set = answer.headers.get(SET_COOKIE).unwrap().to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

fn request(
    method: &Method,
    path: &str,
    (host, origin): (&str, Option<&str>),
    cookie: &str,
    body: &str,
) -> Request {
    let mut request = Request::builder().method(method.clone()).uri(path).header(HOST, host);
    if let Some(origin) = origin {
        request = request.header(ORIGIN, origin);
    }
    request
        .header(COOKIE, cookie)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

fn path(way: &ways::Way) -> String {
    way.path.replace("{number}", "1").replace("{file}", "report.cbor")
}

#[tokio::test]
async fn every_address_asks_for_its_host_its_origin_and_its_method() {
    let place = Place::new().await;
    let (cookie, _) = place.officer(4).await;
    let own = format!("http://{HOST_NAME}");
    let status = async |method: &Method, path: &str, from: (&str, Option<&str>)| {
        place.send(request(method, path, from, &cookie, "")).await.status
    };
    for way in ways::ways() {
        let path = path(&way);
        for host in ["evil.example", "127.0.0.1", "localhost:8491", ""] {
            let found = status(&way.method, &path, (host, Some(&own))).await;
            assert_eq!(found, StatusCode::MISDIRECTED_REQUEST, "{path} {host}");
        }
        for origin in
            ["null", "http://evil.example", "http://localhost:8490", "https://127.0.0.1:8490"]
        {
            let found = status(&way.method, &path, (HOST_NAME, Some(origin))).await;
            assert_eq!(found, StatusCode::FORBIDDEN, "{path} {origin}");
        }
        let found = status(&Method::POST, &path, (HOST_NAME, None)).await;
        assert_eq!(found, StatusCode::FORBIDDEN, "{path}: a form says where it comes from");
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            let found = status(&method, &path, (HOST_NAME, Some(&own))).await;
            assert_eq!(found, StatusCode::METHOD_NOT_ALLOWED, "{path} {method}");
        }
        let answer = place.get(&path, &cookie).await;
        let csp = answer.headers.get("content-security-policy").unwrap().to_str().unwrap();
        assert!(csp.starts_with("default-src 'none'; style-src 'self'; "), "{csp}");
        assert!(!csp.contains("unsafe") && !csp.contains("script-src"), "{csp}");
        assert!(!answer.body.contains("<script") && !answer.body.contains("style=\""), "{path}");
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.body);
    }
}

/// Addresses that are no page: where exports of terminals come in by their own signature, the pocket reader's files.
const BESIDE: [&str; 3] = ["/journal", "/pocket/", "/pocket/{file}"];

#[tokio::test]
async fn the_router_has_the_addresses_of_the_table_and_no_others() {
    let pocket = tempfile::tempdir().unwrap();
    for name in ["index.html", "pocket.wasm"] {
        std::fs::write(pocket.path().join(name), b"x").unwrap();
    }
    let plain = Place::new().await;
    let pocket = Folder::read(pocket.path(), &plain.home.bundle());
    let with_pocket = Place::with(Some(pocket.unwrap())).await;
    let table: BTreeSet<String> = ways::ways().iter().map(|way| way.path.to_owned()).collect();
    for (place, beside) in [(plain, &BESIDE[..1]), (with_pocket, &BESIDE[..])] {
        let mut expected = table.clone();
        expected.extend(beside.iter().map(|it| (*it).to_owned()));
        assert_eq!(permit_web::addresses(&place.router), expected);
        // Of those that are no page: no name, no session and no form gets anywhere.
        for path in beside {
            let path = path.replace("{file}", "index.html");
            let shown = place.get(&path, "").await;
            let wrote = place.post(&path, "", "x").await;
            let statuses = (shown.status, wrote.status);
            let expected = if path == "/journal" {
                (StatusCode::METHOD_NOT_ALLOWED, StatusCode::FORBIDDEN)
            } else {
                (StatusCode::OK, StatusCode::METHOD_NOT_ALLOWED)
            };
            assert_eq!(statuses, expected, "{path}");
        }
    }
}

#[tokio::test]
async fn nobody_who_is_not_signed_in_sees_anything() {
    let place = Place::new().await;
    for way in ways::ways().iter().filter(|way| !way.anybody) {
        if way.method == Method::GET {
            let answer = place.get(&path(way), "").await;
            let to = answer.headers.get(LOCATION).unwrap().to_str().unwrap();
            assert_eq!(
                (answer.status, to),
                (StatusCode::SEE_OTHER, &*format!("/enter?to={}", path(way)))
            );
        } else {
            let answer = place.post(&path(way), "", "").await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", way.path);
        }
    }
}

#[tokio::test]
async fn a_form_of_another_session_or_too_large_does_nothing() {
    let place = Place::new().await;
    let (one, other) = (place.officer(4).await, place.officer(4).await);
    for way in ways::ways().iter().filter(|way| way.method == Method::POST && !way.anybody) {
        for token in ["", &"0".repeat(32), &other.1] {
            let answer = place.post(way.path, &one.0, &format!("token={token}&lang=ko")).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", way.path);
        }
        let answer = place.post(way.path, &one.0, &"x".repeat(70_000)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", way.path);
    }
    assert_eq!(place.post("/enter", "", &"x".repeat(70_000)).await.status, StatusCode::BAD_REQUEST);
    let form = format!("token={}&lang=ko&to=/reports", one.1);
    let answer = place.post("/language", &one.0, &form).await;
    assert_eq!(answer.headers.get(LOCATION).unwrap(), "/reports");
    assert!(place.get("/", &one.0).await.body.contains("<html lang=\"ko\">"));
    place.post("/lock", &one.0, &format!("token={}", one.1)).await;
    assert_eq!(place.get("/", &one.0).await.status, StatusCode::SEE_OTHER, "locked");
}

#[tokio::test]
async fn a_wrong_passphrase_waits_and_another_key_ends_what_was_signed_in() {
    let place = Place::new().await;
    let wrong = place.enters(3, "not this one at all").await;
    let nobody = place.enters(77, PASSPHRASE).await;
    for answer in [&wrong, &nobody] {
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("do not belong together"), "{}", answer.body);
    }
    let kept = std::fs::read_to_string(place.folder.path().join("tries")).unwrap();
    assert!(
        kept.contains("3 1\n") && kept.contains("77 "),
        "counted before it is looked at: {kept}"
    );
    let (cookie, _) = place.officer(4).await;
    let officer = place.home.officers().unwrap().into_iter().find(|it| it.number == 4).unwrap();
    place.home.keep_officer(Officer { key: "00".repeat(32), ..officer.clone() }).unwrap();
    assert_eq!(place.get("/", &cookie).await.status, StatusCode::SEE_OTHER, "another key");
    place.home.keep_officer(officer.clone()).unwrap();
    assert_eq!(place.get("/", &cookie).await.status, StatusCode::OK);
    place.home.keep_officer(Officer { dismissed: true, ..officer }).unwrap();
    assert_eq!(place.get("/", &cookie).await.status, StatusCode::SEE_OTHER, "dismissed");
    assert_eq!(place.enters(4, PASSPHRASE).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn hostile_strings_in_fields_names_and_addresses() {
    let place = Place::new().await;
    let naughty = [
        "\"><script>alert(1)</script>",
        "'; drop table passage",
        "../../etc/passwd",
        "\u{202e}\u{0}",
    ];
    for text in naughty {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("officer", text).append_pair("passphrase", text).append_pair("to", text);
        let answer = place.post("/enter", "", &form.finish()).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
        assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
        let officer =
            Officer { number: 9, name: text.to_owned(), key: String::new(), dismissed: false };
        let kept = place.home.keep_officer(officer);
        assert_eq!(kept.is_err(), permit_words::clean(text) != text, "{text:?}");
    }
    let enter = place.get("/enter", "").await;
    assert!(!enter.body.contains("<script>alert"), "a name is text");
    let (cookie, _) = place.officer(4).await;
    for path in [
        "/terminals/999999",
        "/terminals/x",
        "/stations/0",
        "/reports/1",
        "/reports/1/..%2fheadquarters.toml",
        "/reports/-1",
        "/nowhere",
    ] {
        assert_eq!(place.get(path, &cookie).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for to in ["//evil.example", "https://evil.example", "/%5cevil", "/a?b"] {
        let answer = place.post("/enter", "", &format!("officer=4&to={to}")).await;
        assert_eq!(answer.headers.get(LOCATION).unwrap(), "/", "{to}");
    }
}
