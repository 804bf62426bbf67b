//! Both doors of a running server: whom the terminal's own lets in, and how a tablet comes in by the other.

use core::net::SocketAddr;
use core::time::Duration;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use permit_core::{Checkpoint, Direction, Side};
use permit_signing::demo;

use crate::hub::{Shown, Stage, hub};
use crate::lists::Lists;
use crate::machine::{Event, Machine, Modes, Moment, Settings, Signed};
use crate::page::door::{ADDRESSES, Door, Kind};
use crate::page::site::{Shared, router};
use crate::page::{Book, Entrance, ServeError, Tablets, serve};
use crate::post::{Letters, Post};

struct Served {
    own: SocketAddr,
    tablets: SocketAddr,
    /// What the own door is entered by.
    key: String,
    stage: Stage,
    lists: Lists,
    events: Letters,
}

fn served() -> Served {
    let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
    let (own, tablets) = (listen(), listen());
    let (events, heard) = Post::only();
    let (stage, screen) = hub(events);
    let lists = Lists::open(demo::BUNDLE, demo::anchor().unwrap(), None, None).unwrap();
    let (at, for_tablets) = (own.local_addr().unwrap(), tablets.local_addr().unwrap());
    let tablets = Tablets { listener: tablets, names: vec!["Reader-3.lan".to_owned()], kept: None };
    let entrance = serve(own, Some(tablets), screen, crate::page::Settings::default()).unwrap();
    assert_eq!(entrance.address(), format!("http://{at}/"));
    let key = entrance.link().split_off(entrance.address().len() - 1);
    let served = Served { own: at, tablets: for_tablets, key, stage, lists, events: heard };
    served.show(Some(7));
    served
}

impl Served {
    /// The cookie that the key is changed for.
    fn session(&self) -> String {
        cookie(&ask(self.own, &self.own.to_string(), &format!("GET {}", self.key), "", ""))
    }

    fn show(&self, officer: Option<u16>) {
        let here = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
        let mut machine = Machine::new(here, Modes::default(), Settings::default());
        let now = permit_core::Now::by_hand(demo::NOON, self.lists.trust().newest());
        if let Some(officer) = officer {
            machine.on(Event::SignedIn(Ok(Signed::officer(officer))), Moment { ms: 1, now });
        }
        let shown = Shown { view: machine.view(), trust: Some(self.lists.trust()) };
        self.stage.shown.send_replace(Some(Arc::new(shown)));
    }
}

/// Asks; the whole answer.
fn ask(at: SocketAddr, host: &str, line: &str, more: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let length = body.len();
    write!(
        stream,
        "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{more}\r\n{body}"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

fn post(at: SocketAddr, host: &str, path: &str, more: &str, body: &str) -> String {
    let more = format!("Origin: http://{host}\r\nX-Permit-Reader: 1\r\n{more}");
    ask(at, host, &format!("POST {path}"), &more, body)
}

fn cookie(answer: &str) -> String {
    let lower = answer.to_ascii_lowercase();
    let from = lower.find("set-cookie: ").unwrap() + "set-cookie: ".len();
    let cookie = &answer[from..from + answer[from..].find(';').unwrap()];
    format!("Cookie: {cookie}\r\n")
}

#[test]
fn a_tablet_comes_in_by_the_code_alone() {
    let served = served();
    let (own, tablets) = (served.own.to_string(), served.tablets.to_string());
    let lan = format!("reader-3.lan:{}", served.tablets.port());
    let session = served.session();
    // Before: nothing but the page that asks for a code, by whatever good name.
    for host in [&tablets, &lan] {
        let answer = ask(served.tablets, host, "GET /", "", "");
        assert_eq!(status(&answer), 303);
        assert!(!answer.to_ascii_lowercase().contains("set-cookie"), "{answer}");
        assert_eq!(status(&ask(served.tablets, host, "GET /pair", "", "")), 200);
        for path in ["/events", "/picture", "/journal", "/metrics", "/portrait"] {
            let answer = ask(served.tablets, host, &format!("GET {path}"), &session, "");
            assert_eq!(status(&answer), 403, "{path}");
        }
        assert_eq!(status(&post(served.tablets, host, "/pair", "", "[\"00000000\"]")), 403);
        assert_eq!(status(&post(served.tablets, host, "/ask", "", "{}")), 403);
    }
    // One door's names are not the other's.
    assert_eq!(status(&ask(served.tablets, &own, "GET /pair", "", "")), 421);
    assert_eq!(status(&ask(served.own, &tablets, "GET /", "", "")), 421);
    assert_eq!(status(&ask(served.own, &lan, "GET /", "", "")), 421);
    let local = format!("localhost:{}", served.tablets.port());
    assert_eq!(status(&ask(served.tablets, &local, "GET /pair", "", "")), 421);
    // Only the terminal itself gives codes, and only to an officer.
    assert_eq!(status(&post(served.tablets, &lan, "/tablets", "", "{\"allow\":true}")), 403);
    served.show(None);
    let refused = post(served.own, &own, "/tablets", &session, "{\"allow\":true}");
    let digits = |answer: &str| {
        let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
        body.chars().filter(char::is_ascii_digit).collect::<String>()
    };
    assert!(digits(&refused).len() < 8, "{refused}");
    served.show(Some(7));
    let offered = post(served.own, &own, "/tablets", &session, "{\"allow\":true}");
    let code = digits(&offered);
    assert_eq!(code.len(), 8, "{offered}");
    let entered = post(served.tablets, &lan, "/pair", "", &format!("[\"{code}\"]"));
    assert_eq!(status(&entered), 204);
    assert!(entered.contains("HttpOnly; SameSite=Strict"), "{entered}");
    let tablet = cookie(&entered);
    assert_eq!(status(&ask(served.tablets, &lan, "GET /", &tablet, "")), 200);
    let command =
        post(served.tablets, &lan, "/ask", &tablet, "{\"command\":\"night\",\"on\":true}");
    assert_eq!(status(&command), 202);
    assert!(matches!(served.events.recv().unwrap(), (_, Event::Asked(_))));
    // What an allowed tablet still may not: figures, letting others in, another page's request.
    assert_eq!(status(&ask(served.tablets, &lan, "GET /metrics", &tablet, "")), 403);
    assert_eq!(status(&post(served.tablets, &lan, "/tablets", &tablet, "{\"allow\":true}")), 404);
    let foreign = format!("Origin: http://evil.example\r\nX-Permit-Reader: 1\r\n{tablet}");
    assert_eq!(status(&ask(served.tablets, &lan, "POST /ask", &foreign, "{}")), 403);
    let site = format!("Sec-Fetch-Site: cross-site\r\n{tablet}");
    assert_eq!(status(&ask(served.tablets, &lan, "GET /", &site, "")), 403);
    assert_eq!(status(&post(served.tablets, &lan, "/pair", "", &format!("[\"{code}\"]"))), 403);
    assert_eq!(status(&ask(served.own, &own, "GET /picture", &tablet, "")), 403);
    // Forgotten.
    let forgotten = post(served.own, &own, "/tablets", &session, "{\"allow\":false}");
    assert_eq!(status(&forgotten), 200);
    assert_eq!(status(&ask(served.tablets, &lan, "GET /", &tablet, "")), 303);
}

#[test]
fn row_06_both_routers_have_the_addresses_of_the_table_and_no_others() {
    let (events, _heard) = Post::only();
    let shared = || Shared {
        hub: hub(events.clone()).1,
        book: Arc::new(Book::new()),
        settings: crate::page::Settings::default(),
        pairing: Some(Arc::default()),
        pulse: None,
    };
    let entrance = Entrance::new("127.0.0.1:8480".parse().unwrap()).unwrap();
    let own = Door::own(8480, entrance, String::new()).unwrap();
    let tablets = Door::tablets(Vec::new(), 8481, Arc::default());
    let mut found = permit_web::addresses(&router(shared(), own));
    assert!(!found.contains("/pair"));
    let theirs = permit_web::addresses(&router(shared(), tablets));
    assert!(theirs.iter().all(|it| it == "/pair" || found.contains(it)), "{theirs:?}");
    found.extend(theirs);
    assert_eq!(found, ADDRESSES.map(|(path, _)| path.to_owned()).into());
}

/// Each lets in whom the table says.
#[test]
fn row_06_every_address_lets_in_whom_the_table_says() {
    let served = served();
    let (own, tablets) = (served.own.to_string(), served.tablets.to_string());
    let session = served.session();
    let offered = post(served.own, &own, "/tablets", &session, "{\"allow\":true}");
    let body = offered.split("\r\n\r\n").nth(1).unwrap();
    let code: String = body.chars().filter(char::is_ascii_digit).collect();
    let tablet = cookie(&post(served.tablets, &tablets, "/pair", "", &format!("[\"{code}\"]")));
    for (door, host, at, cookie) in
        [(0, &own, served.own, &session), (1, &tablets, served.tablets, &tablet)]
    {
        for (path, kind) in ADDRESSES {
            let typed = |more: &str| {
                let more = format!("Sec-Fetch-Site: none\r\n{more}");
                status(&ask(at, host, &format!("GET {path}"), &more, ""))
            };
            let here = match kind {
                Kind::Pair => door == 1,
                Kind::Own | Kind::Alive | Kind::Figures => door == 0,
                _ => true,
            };
            // Nobody who types an address sees anything but how to come in, and what is everybody's.
            let nobody = match kind {
                Kind::Page => [403, 303][door],
                Kind::File => [200, 200][door],
                Kind::Pair if here => 200,
                _ => 403,
            };
            let found = typed("");
            let files = kind == Kind::File && found == 204;
            assert!(found == nobody || files, "{door} {path}: {found}");
            let entered = kind == Kind::Page;
            // What is shown only once something is asked of the machine is answered by nobody here.
            if entered && path != "/codes" {
                assert_eq!(typed(cookie), 200, "{door} {path}");
            }
            let part = matches!(kind, Kind::Part | Kind::Command | Kind::Own | Kind::Alive);
            assert!(!part || typed(cookie) == 403, "{door} {path}: from no page of this terminal");
            let cross = format!("Sec-Fetch-Site: cross-site\r\n{cookie}");
            let found = status(&ask(at, host, &format!("GET {path}"), &cross, ""));
            assert_eq!(found, 403, "{door} {path}: from another page");
            for more in [String::new(), format!("Sec-Fetch-Site: cross-site\r\n{cookie}")] {
                let found = status(&ask(at, host, &format!("POST {path}"), &more, "{}"));
                assert_eq!(found, 403, "{door} {path}: a form of another page");
            }
        }
    }
}

/// A browser sends the cookies of both lanes to both, because they know no ports.
#[test]
fn a_page_of_one_lane_asks_nothing_of_the_other() {
    let (one, two) = (served(), served());
    let (first, second) = (one.own.to_string(), two.own.to_string());
    let [own, other] = [&one, &two].map(Served::session);
    let both = format!("{}; {}", own.trim(), other.trim_start_matches("Cookie: "));
    let night = "{\"command\":\"night\",\"on\":true}";
    assert_eq!(status(&post(two.own, &second, "/ask", &own, night)), 403, "another's cookie");
    assert_eq!(status(&ask(two.own, &first, "GET /", &both, "")), 421, "another's name");
    for site in ["", "Sec-Fetch-Site: same-site\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        let more = format!("Origin: http://{first}\r\nX-Permit-Reader: 1\r\n{site}{both}");
        assert_eq!(status(&ask(two.own, &second, "POST /ask", &more, night)), 403, "{site}");
        let more = format!("Sec-Fetch-Site: same-site\r\n{both}");
        assert_eq!(status(&ask(two.own, &second, "GET /journal", &more, "")), 403);
    }
    assert_eq!(status(&post(two.own, &second, "/ask", &both, night)), 202);
    assert!(matches!(two.events.next(), Some((_, Event::Asked(_)))));
    assert!(two.events.next().is_none() && one.events.next().is_none());
}

#[test]
fn streams_are_counted() {
    let served = served();
    let own = served.own.to_string();
    let session = served.session();
    let stream = || {
        let mut stream = TcpStream::connect(served.own).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "GET /events HTTP/1.1\r\nHost: {own}\r\n{session}\r\n").unwrap();
        let mut line = [0; 12];
        stream.read_exact(&mut line).unwrap();
        (stream, line)
    };
    let mut open: Vec<_> = (0..16).map(|_| stream()).collect();
    assert!(open.iter().all(|(_, line)| line == b"HTTP/1.1 200"));
    assert_eq!(&stream().1, b"HTTP/1.1 503", "sixteen pages are enough");
    assert_eq!(status(&ask(served.own, &own, "GET /", &session, "")), 200, "pages are still given");
    // A closed one gives its place back at the next sign of life.
    open.pop();
    let from = std::time::Instant::now();
    while &stream().1 != b"HTTP/1.1 200" {
        assert!(from.elapsed() < Duration::from_secs(15));
        served.show(Some(u16::from(from.elapsed().as_millis().is_multiple_of(2))));
    }
}

#[test]
fn an_export_is_handed_over_or_refused() {
    let served = served();
    let own = served.own.to_string();
    let session = served.session();
    for given in [true, false] {
        let (own, session, at) = (own.clone(), session.clone(), served.own);
        let asked = std::thread::spawn(move || ask(at, &own, "GET /journal", &session, ""));
        let (_, Event::Wanted(reply)) = served.events.recv().unwrap() else { panic!() };
        assert!(!given || reply.give(b"export".to_vec()));
        drop(reply);
        let answer = asked.join().unwrap();
        assert_eq!(status(&answer), if given { 200 } else { 409 });
        assert_eq!(answer.ends_with("export"), given);
    }
}

#[test]
fn what_headquarters_lack_is_shown_as_codes_or_why_not() {
    let served = served();
    let own = served.own.to_string();
    let session = served.session();
    let large = vec![7; 400_000];
    for (export, codes, said) in
        [(vec![7; 2_000], 9, "任意 6 个"), (large, 0, "U 盘"), (vec![], 0, "检查员")]
    {
        let (own, session, at) = (own.clone(), session.clone(), served.own);
        let asked = std::thread::spawn(move || ask(at, &own, "GET /codes", &session, ""));
        let (_, Event::Wanted(reply)) = served.events.recv().unwrap() else { panic!() };
        assert!(reply.newest, "not all of the journal");
        assert!(export.is_empty() || reply.give(export));
        drop(reply);
        let answer = asked.join().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(status(&answer), 200);
        assert_eq!(answer.matches("<figure").count(), codes);
        assert!(answer.contains(said), "{said}");
    }
}

#[test]
fn nobody_else_is_served_by_mistake() {
    let (events, _heard) = Post::only();
    let (_stage, screen) = hub(events);
    let settings = crate::page::Settings::default();
    let open = TcpListener::bind("0.0.0.0:0").unwrap();
    let refused = serve(open.try_clone().unwrap(), None, screen.clone(), settings);
    assert!(matches!(refused, Err(ServeError::Open(_))));
    let own = TcpListener::bind("127.0.0.1:0").unwrap();
    let nameless = Tablets { listener: open, names: Vec::new(), kept: None };
    let refused = serve(own, Some(nameless), screen, settings);
    assert!(matches!(refused, Err(ServeError::Nameless)));
}

/// On the terminal's own door too: an address on this machine proves nothing.
#[test]
fn row_06_only_the_key_opens_the_own_door() {
    let served = served();
    let own = served.own.to_string();
    let other = served_key(&served.key);
    for (line, more) in [
        ("GET /".to_owned(), ""),
        ("GET /?key=".to_owned(), ""),
        (format!("GET {other}"), ""),
        (format!("GET {}&x=1", served.key), ""),
        (format!("HEAD {}", served.key), ""),
        (format!("GET {}", served.key.replace("/?", "/events?")), ""),
        (format!("GET {}", served.key), "Origin: http://evil.example\r\n"),
        ("GET /supervisor".to_owned(), "Cookie: reader=1\r\n"),
    ] {
        let answer = ask(served.own, &own, &line, more, "");
        assert_eq!(status(&answer), 403, "{line} {more}");
        assert!(!answer.to_ascii_lowercase().contains("set-cookie"), "{line}: {answer}");
        assert!(!answer.contains("data-stage") && !answer.contains("screen-"), "{answer}");
    }
    let local = format!("evil.example:{}", served.own.port());
    assert_eq!(status(&ask(served.own, &local, &format!("GET {}", served.key), "", "")), 421);
    // With the key, from wherever the link was; the answer has nothing of the terminal yet, and no key.
    let line = format!("GET {}", served.key.replace("/?", "/traveller?"));
    let entered = ask(served.own, &own, &line, "Sec-Fetch-Site: cross-site\r\n", "");
    assert_eq!(status(&entered), 200);
    assert!(entered.contains("HttpOnly; SameSite=Strict"), "{entered}");
    assert!(!entered.contains(&served.key[6..]) && !entered.contains("data-stage"), "{entered}");
    let session = cookie(&entered);
    let page = ask(served.own, &own, "GET /", &session, "");
    assert!(status(&page) == 200 && !page.to_ascii_lowercase().contains("set-cookie"), "{page}");
    // Figures are nobody's.
    assert_eq!(status(&ask(served.own, &own, "GET /metrics", "", "")), 200);
    // Another start, another key.
    assert_ne!(self::served().key, served.key);
}

/// A key that differs in its last letter.
fn served_key(key: &str) -> String {
    let (most, last) = key.split_at(key.len() - 1);
    format!("{most}{}", if last == "0" { '1' } else { '0' })
}
