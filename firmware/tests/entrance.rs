//! Who comes in to the real program: whoever has the key of this start, a tablet that was let in, and no other user of
//! the same machine.
//!
//! Another user, `nobody`, asks by a shell's own sockets for everything there is, in both lanes: no name, no picture, no
//! command. Needs root, to be somebody else.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]
#![expect(clippy::print_stdout, reason = "it says why it is skipped")]

mod guard;

use core::time::Duration;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Instant;

use permit_signing::demo::World;
use permit_symbol::{Size, Symbol};
use serde_json::Value;

use self::guard::Guard;

/// A terminal of two lanes that plays a valid permit over and over.
struct Reader {
    child: Child,
    pages: [String; 2],
    events: Receiver<Value>,
}

impl Reader {
    fn start(pictures: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
            .args(["--board", "sim", "--events", "-", "--fps", "20", "--lang", "en", "--camera"])
            .args([pictures, Path::new("--camera"), pictures])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let pages = [(); 2].map(|()| {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            line.trim().to_owned()
        });
        let (tell, events) = mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if tell.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        Self { child, pages, events }
    }

    /// Until both lanes have their verdict: it stands, and does not come again.
    fn verdicts(&self) {
        let end = Instant::now() + Duration::from_secs(60);
        let mut waiting = vec![1, 2];
        while !waiting.is_empty() {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left).unwrap();
            waiting.retain(|lane| event["event"] != "verdict" || event["lane"] != *lane);
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pictures() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let cases = World::make().unwrap().cases().unwrap();
    let case = cases.iter().find(|case| case.name == "hangul-name").unwrap();
    let symbol = Symbol::new(core::str::from_utf8(&case.text).unwrap()).unwrap();
    std::fs::write(folder.path().join("0.png"), symbol.png(&Size::module(0.17)).unwrap()).unwrap();
    folder
}

/// Runs a shell's script as another user of this machine.
fn stranger(script: &str) -> Output {
    let mut child = Command::new("setpriv")
        .args(["--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "bash", "-s"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// What a stranger gets for a request, as far as it comes in two seconds.
fn asked(host: &str, line: &str, more: &str, body: &str) -> String {
    let port = host.rsplit(':').next().unwrap();
    let length = body.len();
    let script = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{port} || exit 1\n\
         printf '%s\\r\\n' '{line} HTTP/1.1' 'Host: {host}' 'Connection: close' 'Content-Length: {length}' {more} '' >&3\n\
         printf '%s' '{body}' >&3\n\
         timeout 2 cat <&3\n"
    );
    String::from_utf8_lossy(&stranger(&script).stdout).into_owned()
}

fn is_root() -> bool {
    let root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    let able = root && stranger("id -un").stdout == b"nobody\n";
    if !able {
        println!("skipped: only root can be somebody else");
    }
    able
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

#[test]
fn row_06_another_user_learns_no_name_and_commands_nothing() {
    if !is_root() {
        return;
    }
    let pictures = pictures();
    let reader = Reader::start(pictures.path(), &[]);
    reader.verdicts();
    for page in &reader.pages {
        let host = page.trim_start_matches("http://").split('/').next().unwrap();
        let wrong = format!("/?key={}", "0".repeat(32));
        for path in [
            "/",
            &wrong,
            "/traveller",
            "/supervisor",
            "/notice",
            "/slip",
            "/events",
            "/picture",
            "/events?traveller",
            "/portrait",
            "/journal",
            "/metrics",
            "/page.js",
            "/nothing",
        ] {
            let answer = asked(host, &format!("GET {path}"), "", "");
            let free = ["/metrics", "/page.js"].contains(&path);
            assert_eq!(status(&answer), if free { 200 } else { 403 }, "{path}: {answer}");
            assert!(!answer.to_ascii_lowercase().contains("set-cookie"), "{path}: {answer}");
            assert!(!answer.contains("NAMGUNG") && !answer.contains("남궁"), "{path}: {answer}");
        }
        let own =
            format!("'Origin: http://{host}' 'X-Permit-Reader: 1' 'Sec-Fetch-Site: same-origin'");
        for command in [
            r#"{"command":"press","button":"confirm"}"#,
            r#"{"command":"assist"}"#,
            r#"{"command":"night","on":true}"#,
            r#"{"command":"scan","text":"x"}"#,
            r#"{"command":"sign-in","officer":7,"pin":"834921"}"#,
        ] {
            assert_eq!(status(&asked(host, "POST /ask", &own, command)), 403, "{command}");
        }
        assert_eq!(status(&asked(host, "POST /tablets", &own, r#"{"allow":true}"#)), 403);
        // Whoever was given the address sees that the verdict stands there untouched.
        let mut guard = Guard::open(page).unwrap();
        let end = Instant::now() + Duration::from_secs(60);
        while !guard.page("/").unwrap().contains("NAMGUNG") {
            assert!(Instant::now() < end, "the permit is shown to its guard");
        }
    }
    while let Ok(event) = reader.events.try_recv() {
        assert_ne!(event["event"], "decision", "nobody decided");
        assert!(event["event"] != "relay" || event["closed"] == false, "no gate moved");
    }
    nothing_that_all_can_read_has_the_key(&reader);
}

fn nothing_that_all_can_read_has_the_key(reader: &Reader) {
    let process = reader.child.id();
    for file in ["cmdline", "environ"] {
        let seen = stranger(&format!("cat /proc/{process}/{file}"));
        for page in &reader.pages {
            let key = page.split("key=").nth(1).unwrap();
            assert!(!String::from_utf8_lossy(&seen.stdout).contains(key), "{file}");
        }
    }
}

#[test]
fn row_06_a_screen_of_its_own_comes_in_by_a_page_others_cannot_read() {
    if !is_root() {
        return;
    }
    let pictures = pictures();
    let home = tempfile::tempdir().unwrap();
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let kiosk = home.path().join("kiosk");
    std::fs::create_dir(&kiosk).unwrap();
    std::fs::set_permissions(&kiosk, std::fs::Permissions::from_mode(0o2755)).unwrap();
    let mut keys = Vec::new();
    for _ in 0..2 {
        let reader = Reader::start(pictures.path(), &["--kiosk", kiosk.to_str().unwrap()]);
        for (lane, page) in (1..).zip(&reader.pages) {
            assert!(page.ends_with('/'), "what is printed goes to the log, without a key: {page}");
            let path = kiosk.join(format!("lane-{lane}.html"));
            assert_eq!(path.metadata().unwrap().mode() & 0o777, 0o640);
            let read = stranger(&format!("cat {}", path.display()));
            assert!(!read.status.success() && read.stdout.is_empty(), "{read:?}");
            let start = std::fs::read_to_string(&path).unwrap();
            let link = start.split("url=").nth(1).unwrap().split('"').next().unwrap().to_owned();
            assert!(link.starts_with(&format!("{page}?key=")), "{link}");
            assert!(Guard::open(&link).unwrap().page("/").unwrap().contains("data-stage"));
            keys.push(link.split("key=").nth(1).unwrap().to_owned());
        }
    }
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 4, "each lane and each start has a key of its own");
}

/// A request without a browser: what came back, whole.
fn tablet(host: &str, line: &str, more: &str, body: &str) -> String {
    let mut line_to = std::net::TcpStream::connect(host).unwrap();
    let length = body.len();
    write!(
        line_to,
        "{line} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nX-Permit-Reader: 1\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    // Both ends may close it; what came before counts.
    let _ = std::io::Read::read_to_string(&mut line_to, &mut answer);
    answer
}

#[test]
fn row_01_without_a_screen_a_paired_tablet_comes_in_and_still_does_after_a_start() {
    let (pictures, state) = (pictures(), tempfile::tempdir().unwrap());
    let state = state.path().to_str().unwrap();
    let host = {
        let free = std::net::TcpListener::bind("127.0.0.3:0").unwrap();
        free.local_addr().unwrap().to_string()
    };
    let more = ["--state", state, "--tablets", &host];
    let pair = || {
        let done = Command::new(env!("CARGO_BIN_EXE_permit-reader"))
            .args(["--pair", "--state", state])
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    };
    let mut reader = Reader::start(pictures.path(), &more);
    let page = |cookie: &str| tablet(&host, "GET /", &format!("Cookie: {cookie}\r\n"), "");
    assert!(!page("").contains("data-stage"), "nobody was let in");
    assert_eq!(status(&tablet(&host, "POST /pair", "", "[\"00000000\"]")), 403, "no code stands");
    let code = pair();
    assert_eq!(code.len(), 8);
    let answer = tablet(&host, "POST /pair", "", &format!("[\"{code}\"]"));
    assert_eq!(status(&answer), 204, "{answer}");
    let lower = answer.to_ascii_lowercase();
    let at = lower.find("set-cookie: ").unwrap() + "set-cookie: ".len();
    let cookie = answer[at..].split([';', '\r']).next().unwrap().to_owned();
    assert!(page(&cookie).contains("data-stage"), "the tablet shows the terminal");
    assert_eq!(status(&tablet(&host, "POST /pair", "", &format!("[\"{code}\"]"))), 403, "once");
    reader.child.kill().unwrap();
    reader.child.wait().unwrap();
    let again = Reader::start(pictures.path(), &more);
    assert!(page(&cookie).contains("data-stage"), "a restart locks no tablet out");
    // Until the first lists are read nobody may.
    again.verdicts();
    let mut guard = Guard::open(&again.pages[0]).unwrap();
    assert_eq!(guard.tablets("{\"allow\":false}").unwrap(), 200);
    assert!(!page(&cookie).contains("data-stage"), "the supervisor lets none in any more");
}
