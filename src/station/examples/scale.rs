//! How a desk grows: what a start, a search, an act, a check and a copy cost by how many permits there are.
//!
//! `cargo run --release -p permit-station --example scale -- make FOLDER URL PERMITS` goes on with the record of a desk that
//! `permit-station init --demo` made, by its rules and with its keys, as far as that many permits, each handed over after eleven
//! acts; it writes many entries in one transaction, which a desk does not. `… -- measure FOLDER URL` then prints a line of what it
//! measured: `name value` pairs. `tests/run desk-scale` calls both and draws the chart.

#![expect(clippy::unwrap_used, reason = "an example ends where it cannot go on")]
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

#[path = "people/mod.rs"]
mod people;
#[path = "rates/mod.rs"]
mod rates;

use std::{fs, path::Path, time::Instant};

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use permit_core::Day;
use permit_record::{Approval, Body as Content, Chain, Decision, Entry, Role, Subject};
use permit_signing::{KeyFile, SecretKey};
use permit_station::{
    home::Home,
    likeness::alike,
    pages::{Pages, Settings},
    registry::TABLES,
    rules::{Act, ApplicationAct, Class, Desk, Language, Origin, Paper},
    site::Site,
};
use permit_store::{Session, Store, Stored};
use permit_web::{Door, Pace};
use permit_words::Lang;
use tower::ServiceExt as _;

use people::{Dice, Someone, particulars};

/// The demonstration's counter and police.
const COUNTER: u16 = 3;
const POLICE: u16 = 4;
/// Entries of one transaction: chosen, some megabytes.
const TOGETHER: usize = 20_000;
/// How often each search and act is timed.
const TIMES: usize = 100;
const HOST: &str = "127.0.0.1:8480";

/// A record that is gone on with.
struct Writer {
    desk: Desk,
    chain: Chain,
    record: SecretKey,
    police: SecretKey,
    at: permit_core::UnixTime,
    waiting: Vec<Stored>,
}

impl Writer {
    async fn open(folder: &Path, url: &str) -> Self {
        let site = Site::open(Home::open(folder).unwrap(), url).await.unwrap();
        let mut chain = Chain::default();
        let session = site.registry.store().read().await.unwrap();
        loop {
            let entries = session.after(chain.tip().sequence, 1000).await.unwrap();
            if entries.is_empty() {
                break;
            }
            for stored in entries {
                let entry = chain.next(&stored.sealed, None).unwrap();
                chain.follow(&entry).unwrap();
            }
        }
        let police = KeyFile::load(&site.home.officer(POLICE)).unwrap();
        Self {
            desk: site.registry.desk().clone(),
            chain,
            record: site.home.key("record").unwrap(),
            police: police.open_unprotected().unwrap(),
            at: site.now(),
            waiting: Vec::new(),
        }
    }

    /// Does an act by the rules and makes the entries of it; the number it is about.
    fn act(&mut self, by: u16, number: u32, act: ApplicationAct) -> u32 {
        let outcome = self.desk.act(by, self.at, Act::Application(number, act)).unwrap();
        for act in &outcome.acts {
            let Act::Application(_, said) = act else { continue };
            let content = Content::new([7; Content::SALT], &minicbor::to_vec(said).unwrap());
            let (subject, tip) = (act.subject(), self.chain.tip());
            let entry = Entry {
                sequence: tip.sequence + 1,
                previous: tip.hash,
                subject,
                before: self.chain.last(subject),
                at: self.at,
                officer: by,
                act: act.code(),
                body: content.digest(),
            };
            let Ok(sealed) = entry.seal(&self.record);
            self.chain.follow(&entry).unwrap();
            self.waiting.push(Stored {
                sequence: entry.sequence,
                kind: subject.kind(),
                number: subject.number(),
                sealed,
                body: Some(content.as_bytes().to_vec()),
            });
        }
        outcome.subject.number()
    }

    /// One permit from the first visit to the hand-over.
    fn permit(&mut self, dice: &mut Dice) {
        use ApplicationAct as A;
        let (class, origin, language) = (Class::Resident, Origin::New, Language::Zh);
        let open = A::Open { class, origin, language, applicant: None, salt: [0; 16] };
        let number = self.act(COUNTER, 0, open);
        for need in class.needs() {
            let dated = Day::from_civil(1963, 9, 1).unwrap();
            let paper = Paper { kind: need[0], issuer: "A".to_owned(), dated };
            self.act(COUNTER, number, A::See(paper));
        }
        let it = dice.someone();
        let fill = particulars(&it.spellings[0], it.hangul.as_deref(), it.birth, it.region);
        self.act(COUNTER, number, A::Fill(fill));
        self.act(COUNTER, number, A::Submit);
        self.act(POLICE, number, A::Review);
        let (office, application) = (self.desk.office(), self.desk.application(number).unwrap());
        let founding = office.founding();
        let approval = Approval {
            zone: founding.zone,
            station: founding.station,
            subject: Subject::Application(number),
            digest: application.digest(office),
            decision: Decision::Approve,
            role: Role::Police,
            officer: POLICE,
            at: self.at,
        };
        let Ok(sealed) = approval.seal(&self.police);
        self.act(POLICE, number, A::Approve(sealed));
        let issued = self.desk.to_issue(number, COUNTER, self.at).unwrap();
        let copy = issued.id.copy;
        self.act(COUNTER, number, A::Issue(issued));
        self.act(COUNTER, number, A::Print(copy));
        self.act(COUNTER, number, A::ReadBack { copy, grade: 4, right: true });
        self.act(COUNTER, number, A::HandOver);
    }
}

async fn make(folder: &Path, url: &str, permits: usize) {
    let mut writer = Writer::open(folder, url).await;
    let store = Store::open(url, &TABLES).await.unwrap();
    let mut dice = Dice::of(1963);
    let began = Instant::now();
    let have = writer.desk.applications().count();
    for _ in have..permits {
        writer.permit(&mut dice);
        if writer.waiting.len() >= TOGETHER {
            write(&store, &mut writer.waiting).await;
        }
    }
    write(&store, &mut writer.waiting).await;
    drop(writer);
    let made = began.elapsed().as_secs_f64();
    let mut site = Site::open(Home::open(folder).unwrap(), url).await.unwrap();
    let began = Instant::now();
    site.registry.rebuild().await.unwrap();
    println!("made {made:.1} tables {:.1}", began.elapsed().as_secs_f64());
}

async fn write(store: &Store, waiting: &mut Vec<Stored>) {
    let session: Session = store.write().await.unwrap();
    for stored in waiting.drain(..) {
        session.append(&stored).await.unwrap();
    }
    session.commit().await.unwrap();
}

/// Milliseconds that 95 of 100 take at most.
fn p95(mut taken: Vec<f64>) -> f64 {
    taken.sort_by(f64::total_cmp);
    taken[taken.len() * 95 / 100]
}

/// Megabytes of this program, as Linux counts them.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

/// A browser of the counter's.
struct Browser {
    router: Router,
    cookie: String,
    token: String,
}

impl Browser {
    async fn ask(&self, method: Method, path: &str, form: &str) -> (StatusCode, String, String) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &self.cookie);
        let request = request.body(Body::from(form.to_owned())).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let cookie = answer.headers().get(header::SET_COOKIE).map(|it| it.to_str().unwrap());
        let cookie = cookie.unwrap_or_default().split(';').next().unwrap().to_owned();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, cookie, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn enter(router: Router) -> Self {
        let mut browser = Self { router, cookie: String::new(), token: String::new() };
        let form = format!("officer={COUNTER}");
        browser.cookie = browser.ask(Method::POST, "/enter", &form).await.1;
        let page = browser.ask(Method::GET, "/", "").await.2;
        browser.token = page.split("name=\"token\" value=\"").nth(1).unwrap()[..32].to_owned();
        browser
    }

    /// What a search takes, 95 of 100.
    async fn searches(&self, field: &str, wanted: impl Iterator<Item = String>) -> f64 {
        let mut taken = Vec::new();
        for value in wanted {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.append_pair("token", &self.token).append_pair(field, &value);
            let form = form.finish();
            let began = Instant::now();
            let (status, ..) = self.ask(Method::POST, "/search", &form).await;
            taken.push(began.elapsed().as_secs_f64() * 1000.0);
            assert!(status == StatusCode::OK || status == StatusCode::SEE_OTHER, "{status}");
        }
        p95(taken)
    }

    /// What the first page takes after something was recorded, 95 of so many.
    async fn acts(&self, times: usize) -> f64 {
        let mut taken = Vec::new();
        for n in 0..times {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.append_pair("token", &self.token).append_pair("kind", "issue");
            let form = form.append_pair("words", &format!("{n}")).finish();
            assert_eq!(self.ask(Method::POST, "/matters", &form).await.0, StatusCode::SEE_OTHER);
            let began = Instant::now();
            assert_eq!(self.ask(Method::GET, "/", "").await.0, StatusCode::OK);
            taken.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        p95(taken)
    }
}

/// What it takes to begin an application and fill it in, 95 of 100; and their numbers.
async fn applications(site: &mut Site, people: &[Someone]) -> (f64, Vec<u32>) {
    let (mut taken, mut numbers) = (Vec::new(), Vec::new());
    for it in people {
        let fill = particulars(&it.spellings[0], it.hangul.as_deref(), it.birth, it.region);
        let (class, origin, language) = (Class::Resident, Origin::New, Language::Zh);
        let open = ApplicationAct::Open { class, origin, language, applicant: None, salt: [0; 16] };
        let (at, began) = (site.now(), Instant::now());
        let both = [open, ApplicationAct::Fill(fill)];
        numbers.push(site.registry.acts(COUNTER, at, 0, &both).await.unwrap());
        taken.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    (p95(taken), numbers)
}

async fn measure(folder: &Path, url: &str) {
    let before = memory();
    let began = Instant::now();
    let mut site = Site::open(Home::open(folder).unwrap(), url).await.unwrap();
    let start = began.elapsed().as_secs_f64();
    let held = memory() - before;
    let (permits, entries) =
        (site.registry.desk().applications().count(), site.registry.tip().sequence);
    let ids: Vec<String> = {
        let all = site.registry.desk().applications().filter_map(|it| it.permit);
        let step = (permits / TIMES).max(1);
        all.step_by(step).take(TIMES).map(|permit| permit.id.to_string()).collect()
    };
    let people: Vec<_> = {
        let mut dice = Dice::of(1963);
        (0..TIMES).map(|_| dice.someone()).collect()
    };
    let mut dice = Dice::of(11);
    let looks = people.iter().map(|it| {
        let name = dice.mistyped(&it.spellings[1]);
        let draft = particulars(&name, None, it.birth, it.region);
        let began = Instant::now();
        core::hint::black_box(alike(site.registry.desk(), &draft, 0));
        began.elapsed().as_secs_f64() * 1000.0
    });
    let misspelt = p95(looks.collect());
    let began = Instant::now();
    let findings = site.registry.check().await.unwrap();
    assert!(findings.is_empty(), "{:?}", findings.first());
    let check = began.elapsed().as_secs_f64();
    let (act, numbers) = applications(&mut site, &people).await;
    let rates = rates::of(&mut site, &numbers).await;
    let mut backup = f64::NAN;
    if url.starts_with("sqlite:") {
        let copy = folder.join("copy.db");
        let began = Instant::now();
        site.registry.store().copy_to(&copy.display().to_string()).await.unwrap();
        backup = began.elapsed().as_secs_f64();
        fs::remove_file(copy).unwrap();
    }
    let settings = Settings {
        door: Door::loopback("permit-desk", 8480).scripted(),
        pace: Pace::default(),
        lang: Lang::En,
        pocket: None,
    };
    let browser = Browser::enter(Pages::new(site, settings).unwrap().router()).await;
    let number = browser.searches("number", ids.into_iter()).await;
    let prefixes = people.iter().map(|it| it.spellings[0].chars().take(6).collect());
    let prefix = browser.searches("name", prefixes).await;
    let page = browser.acts(TIMES).await;
    println!(
        "permits {permits} entries {entries} start {start:.2} memory {held:.0} number {number:.2} prefix {prefix:.2} \
         misspelt {misspelt:.2} act {act:.2} page {page:.2} {rates} check {check:.2} backup {backup:.2}"
    );
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", folder, url, permits] => {
            make(Path::new(folder), url, permits.parse().unwrap()).await;
        }
        ["measure", folder, url] => measure(Path::new(folder), url).await,
        _ => println!("make FOLDER URL PERMITS | measure FOLDER URL"),
    }
}
