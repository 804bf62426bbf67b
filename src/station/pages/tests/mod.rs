//! A desk with officers, and a browser of each.

mod alike;
mod batch;
mod cases;
mod delegations;
mod designs;
mod doors;
mod enrol;
mod enter;
mod handbook;
mod lists;
mod portrait;
mod prints;
mod settings;
mod words;
mod work;

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{
        HeaderMap, Method, StatusCode,
        header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE},
    },
};
use permit_core::Signer as _;
use permit_record::{Delegation, Enrolment, Role, Roles};
use permit_signing::{Cost, KeyFile, Label, NewPassphrase, SecretKey, demo};
use permit_store::Store;
use permit_web::{Door, Folder, Pace};
use permit_words::Lang;
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::{Pages, Settings};
use crate::{
    home::Home,
    registry::{Keys, Registry, TABLES},
    rules::{Act, Founding, OfficeAct},
    site::{self, Lists, Site},
};

/// Officers by what they may do; the last one has two roles.
pub(super) const OFFICERS: [(u16, &[Role]); 7] = [
    (1, &[Role::Supervisor]),
    (2, &[Role::Supervisor]),
    (3, &[Role::Counter]),
    (4, &[Role::Police]),
    (5, &[Role::BorderDefence]),
    (6, &[Role::Cases]),
    (7, &[Role::Police, Role::BorderDefence]),
];
pub(super) const HOST_NAME: &str = "127.0.0.1:8480";
pub(super) const PASSPHRASE: &str = "a passphrase of tests";

/// The pages of a desk in a folder of its own.
pub(super) struct Place {
    pub(super) folder: TempDir,
    pub(super) pages: Pages,
    pub(super) router: Router,
}

/// Somebody's browser.
pub(super) struct Browser {
    router: Router,
    pub(super) cookie: String,
    /// What forms of its session carry.
    pub(super) token: String,
}

/// An answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

fn key(officer: u16) -> SecretKey {
    let mut seed = [5; 32];
    seed[..2].copy_from_slice(&officer.to_be_bytes());
    SecretKey::from_known_seed_for_demo_keys_only(&seed)
}

fn enrolment(officer: u16, roles: &[Role]) -> Vec<u8> {
    let enrolment = Enrolment {
        station: 101,
        officer,
        latin: format!("INVENTED {}", char::from(b'A' + u8::try_from(officer).unwrap())),
        native: None,
        key: key(officer).public_key(),
        roles: Roles::of(roles),
        at: demo::NOON,
    };
    enrolment.seal([1, 2].map(|by| enrolment.sign(&key(by)).unwrap()))
}

async fn made(folder: &TempDir, demonstration: bool, delegated: Option<Delegation>) -> Site {
    let home = Home::create(folder.path()).unwrap();
    home.keep("bundle.cbor", demo::BUNDLE).unwrap();
    home.keep("root.cbor", demo::ROOT).unwrap();
    home.keep("begun", &site::system().0.to_be_bytes()).unwrap();
    let keys = Keys { record: key(999), station: Some(demo::desk_key()) };
    home.keep_key("record", &keys.record).unwrap();
    home.keep_key("station", keys.station.as_ref().unwrap()).unwrap();
    for (officer, _) in OFFICERS {
        let sealed = if demonstration {
            KeyFile::seal_unprotected_for_demo_keys_only(&key(officer), Label::default())
        } else {
            let under = NewPassphrase::chosen(PASSPHRASE).unwrap();
            KeyFile::seal(&key(officer), &under, Cost::FLOOR, Label::default())
        };
        sealed.unwrap().create(&home.officer(officer)).unwrap();
    }
    let mut lists = Lists::new(demo::BUNDLE.to_vec(), demo::ROOT.to_vec());
    let entry = site::entry(&lists.open().unwrap(), 101).unwrap();
    // Its own time, as a demonstration's, so that the lists are good; passphrases are asked where it says it is none.
    let founding = Founding {
        zone: entry.zone,
        station: 101,
        offset: entry.offset,
        demo: true,
        key: key(999).public_key(),
        first: enrolment(1, OFFICERS[0].1),
        second: enrolment(2, OFFICERS[1].1),
        regions: entry.regions,
        longest: entry.longest,
        delegation: delegated.map(|it| {
            let by = [1, 2].map(|by| it.sign(&key(by)).unwrap());
            minicbor::bytes::ByteVec::from(it.seal(by))
        }),
    };
    let store = Store::open(&home.database(), &TABLES).await.unwrap();
    let memory = Some(folder.path().to_owned());
    let registry = Registry::create(store, keys, memory, founding, demo::NOON).await.unwrap();
    let mut site = Site { home, registry };
    for (officer, roles) in &OFFICERS[2..] {
        let act = Act::Office(OfficeAct::Enrol(enrolment(*officer, roles)));
        let at = site.now();
        site.registry.act(1, at, act).await.unwrap();
    }
    site
}

impl Place {
    pub(super) async fn new() -> Self {
        Self::with(true, Pace::default()).await
    }

    pub(super) async fn with(demonstration: bool, pace: Pace) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = made(&folder, demonstration, None).await;
        Self::of(folder, site, pace)
    }

    /// A desk of special personnel.
    pub(super) async fn special() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = made(&folder, true, Some(delegations::delegation())).await;
        Self::of(folder, site, Pace::default())
    }

    /// A desk that serves a pocket reader.
    pub(super) async fn with_pocket() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let page = tempfile::tempdir().unwrap();
        std::fs::write(page.path().join("index.html"), "<p>").unwrap();
        let pocket = Folder::read(page.path(), &folder.path().join("bundle.cbor")).unwrap();
        let site = made(&folder, true, None).await;
        Self::serving(folder, site, Pace::default(), Some(pocket))
    }

    fn of(folder: TempDir, site: Site, pace: Pace) -> Self {
        Self::serving(folder, site, pace, None)
    }

    fn serving(folder: TempDir, site: Site, pace: Pace, pocket: Option<Folder>) -> Self {
        let door = Door::loopback("permit-desk", 8480).scripted();
        let pages = Pages::new(site, Settings { door, pace, lang: Lang::En, pocket }).unwrap();
        let router = pages.router();
        Self { folder, pages, router }
    }

    /// A browser that nobody is signed in at.
    pub(super) fn stranger(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: String::new(), token: String::new() }
    }

    /// A browser at which an officer has signed in.
    pub(super) async fn officer(&self, number: u16) -> Browser {
        let mut browser = self.stranger();
        let form = format!("officer={number}&passphrase={}", PASSPHRASE.replace(' ', "+"));
        let answer = browser.ask(Method::POST, "/enter", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser.cookie = answer.cookie();
        let body = browser.get("/").await.body;
        let token = body.split("name=\"token\" value=\"").nth(1);
        browser.token = token.map_or_else(String::new, |rest| rest[..32].to_owned());
        browser
    }

    /// How many entries the record has.
    pub(super) async fn entries(&self) -> u64 {
        self.pages.0.site.lock().await.registry.tip().sequence
    }
}

impl Browser {
    pub(super) async fn ask(&self, method: Method, path: &str, body: &str) -> Answer {
        let mut request =
            Request::builder().method(method.clone()).uri(path).header(HOST, HOST_NAME);
        if method == Method::POST {
            request = request
                .header(ORIGIN, format!("http://{HOST_NAME}"))
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        self.send(request.header(COOKIE, &self.cookie).body(Body::from(body.to_owned())).unwrap())
            .await
    }

    pub(super) async fn send(&self, request: Request) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, "").await
    }

    /// Hands in a form of this session.
    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, path, &self.written(form)).await
    }

    pub(super) fn written(&self, form: &[(&str, &str)]) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.append_pair("token", &self.token).extend_pairs(form).finish()
    }

    /// The same, which has to lead on; where to.
    pub(super) async fn does(&self, path: &str, form: &[(&str, &str)]) -> String {
        let answer = self.post(path, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.said());
        answer.leads_to()
    }
}

/// Without the marks that stand round what is put into a sentence.
pub(super) fn plain(body: &str) -> String {
    body.replace(['\u{2068}', '\u{2069}'], "")
}

impl Answer {
    pub(super) fn cookie(&self) -> String {
        let set = self.headers.get(SET_COOKIE).unwrap().to_str().unwrap();
        set.split(';').next().unwrap().to_owned()
    }

    pub(super) fn leads_to(&self) -> String {
        self.headers.get(LOCATION).unwrap().to_str().unwrap().to_owned()
    }

    /// What stands on the sheet.
    pub(super) fn said(&self) -> &str {
        self.body.split_once("<main").map_or(&self.body, |(_, rest)| rest)
    }
}

/// A form of a class, filled in.
pub(super) fn form(class: &str) -> Vec<(&'static str, &'static str)> {
    let mut form = vec![
        ("language", "ko"),
        ("paper-0-issuer", "演示公社一"),
        ("paper-0-dated", "1963年9月1日"),
        ("paper-1-issuer", "演示单位"),
        ("paper-1-dated", "1963/9/1"),
        ("do", "submit"),
    ];
    if class == "state-employee" {
        form = vec![
            ("paper-0-kind", "personnel-letter"),
            ("paper-0-issuer", "演示单位"),
            ("paper-0-dated", "19630901"),
        ];
    } else {
        form.extend(person());
    }
    form
}

pub(super) fn person() -> Vec<(&'static str, &'static str)> {
    vec![
        ("latin", "Namgung Hanul"),
        ("native", "남궁하늘"),
        ("birth", "1931년 4월 2일"),
        ("region", "Yanji County"),
        ("entries", "1"),
    ]
}
