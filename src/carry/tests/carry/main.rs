//! Lists and exports over HTTP, from servers that do everything a server should not.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod server;

use core::time::Duration;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use permit_carry::{Brought, Delivered, Exports, Limits, Lists, Why};
use permit_signing::demo::{self, World};
use tempfile::TempDir;

use self::server::{Answer, Server, answer};

/// Long beside what a busy machine needs.
const AMPLE: Limits = Limits {
    connect: Duration::from_secs(60),
    silent: Duration::from_secs(60),
    all: Duration::from_secs(120),
};

/// A terminal's folders.
struct Terminal {
    folder: TempDir,
    lists: Lists,
}

impl Terminal {
    /// With these lists on its stick, if any.
    fn with(laid: Option<&[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (out, state) = (folder.path().join("bundle.cbor"), folder.path().join("state"));
        fs::create_dir(&state).unwrap();
        laid.into_iter().for_each(|laid| fs::write(&out, laid).unwrap());
        let lists = Lists { anchor: demo::anchor().unwrap(), out, state, limits: AMPLE };
        Self { folder, lists }
    }

    fn laid(&self) -> Option<Vec<u8>> {
        fs::read(&self.lists.out).ok()
    }

    /// That nothing is taken, and why.
    fn refuses(&self, server: &Server) -> Why {
        let before = self.laid();
        let why = self.lists.fetch(&server.url).unwrap_err();
        assert_eq!(self.laid(), before, "{why}");
        why
    }
}

fn newer() -> Vec<u8> {
    World::make().unwrap().next_bundle().unwrap()
}

#[test]
fn newer_lists_are_laid_and_the_same_is_not_sent_again() {
    let (server, terminal) = (Server::new(), Terminal::with(None));
    server.says("200 OK", &["ETag: \"1\""], demo::BUNDLE);
    assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Newer);
    assert_eq!(terminal.laid().unwrap(), demo::BUNDLE);
    server.says("304 Not Modified", &[], b"");
    assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Same);
    assert!(server.last().0.contains("if-none-match: \"1\"\r\n"));
    server.says("200 OK", &["ETag: \"2\""], &newer());
    assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Newer);
    assert_eq!(terminal.laid().unwrap(), newer());
    // A mirror without tags has the same, and one that is behind hides nothing.
    let mirror = Server::new();
    mirror.says("200 OK", &[], &newer()).says("200 OK", &[], demo::BUNDLE);
    assert_eq!(terminal.lists.fetch(&mirror.url).unwrap(), Brought::Same);
    assert!(matches!(terminal.refuses(&mirror), Why::Older));
    // What lies there was exchanged by somebody: the tag is of something else.
    fs::write(&terminal.lists.out, demo::BUNDLE).unwrap();
    server.says("200 OK", &["ETag: \"2\""], &newer());
    assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Newer);
    assert!(!server.last().0.contains("if-none-match"));
}

#[test]
fn what_breaks_off_is_gone_on_with_and_is_the_same_bytes() {
    let whole = newer();
    let tag = "ETag: \"2\"";
    let (server, terminal) = (Server::new(), Terminal::with(Some(demo::BUNDLE)));
    let mut came = 0;
    for cut in [1, 700, whole.len() / 2, whole.len() - 1] {
        let range = format!("Content-Range: bytes {came}-{}/{}", whole.len() - 1, whole.len());
        let full = answer("206 Partial Content", &[tag, &range], &whole[came..]);
        let full = if came == 0 { answer("200 OK", &[tag], &whole) } else { full };
        let body = whole.len() - came;
        let head = full.len() - body;
        server.then(Answer::All(full[..head + cut - came].to_vec()));
        assert!(matches!(terminal.refuses(&server), Why::BrokeOff(_)));
        if came > 0 {
            let asked = server.last().0;
            assert!(asked.contains(&format!("range: bytes={came}-\r\n")), "{asked}");
            assert!(asked.contains("if-range: \"2\"\r\n"));
        }
        came = cut;
    }
    let range = format!("Content-Range: bytes {came}-{}/{}", whole.len() - 1, whole.len());
    server.says("206 Partial Content", &[tag, &range], &whole[came..]);
    assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Newer);
    assert_eq!(terminal.laid().unwrap(), whole);
    let left = fs::read_dir(&terminal.lists.state).unwrap().count();
    assert_eq!(left, 1, "what is remembered of the server, and no part");
}

#[test]
fn a_wrong_tag_or_range_mixes_nothing() {
    let whole = newer();
    let half = whole.len() / 2;
    let began = |tag: &str| {
        let (server, terminal) = (Server::new(), Terminal::with(Some(demo::BUNDLE)));
        let full = answer("200 OK", &[tag], &whole);
        server.then(Answer::All(full[..full.len() - whole.len() + half].to_vec()));
        assert!(matches!(terminal.refuses(&server), Why::BrokeOff(_)));
        (server, terminal)
    };
    let range = |from: usize| format!("Content-Range: bytes {from}-{}/*", whole.len() - 1);
    // Another tag, another place, no place, and a server that has no such place.
    for (status, lines) in [
        ("206 Partial Content", vec!["ETag: \"9\"".to_owned(), range(half)]),
        ("206 Partial Content", vec![range(half)]),
        ("206 Partial Content", vec!["ETag: \"2\"".to_owned(), range(half - 1)]),
        ("206 Partial Content", vec!["ETag: \"2\"".to_owned()]),
        ("416 Range Not Satisfiable", vec![]),
    ] {
        let (server, terminal) = began("ETag: \"2\"");
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        server.says(status, &lines, &whole[half..]);
        assert!(matches!(terminal.refuses(&server), Why::Another), "{status} {lines:?}");
        server.says("200 OK", &["ETag: \"2\""], &whole);
        assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Newer);
        assert!(!server.last().0.contains("range:"), "begun anew");
    }
    // The same tag over another rest: it does not hold, and is begun anew.
    let (server, terminal) = began("ETag: \"2\"");
    let mut other = whole[half..].to_vec();
    other.reverse();
    server.says("206 Partial Content", &["ETag: \"2\"", &range(half)], &other);
    assert!(matches!(terminal.refuses(&server), Why::Refused(_)));
    server.says("200 OK", &["ETag: \"2\""], &whole);
    assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Newer);
    // A whole answer in place of the rest, and a weak tag, of which no part is kept.
    let (server, terminal) = began("ETag: \"2\"");
    server.says("200 OK", &["ETag: \"3\""], &whole);
    assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Newer);
    let (server, terminal) = began("ETag: W/\"2\"");
    server.says("200 OK", &[], &whole);
    assert_eq!(terminal.lists.fetch(&server.url).unwrap(), Brought::Newer);
    assert!(!server.last().0.contains("range:"));
    // Nothing is the same as nothing: 304 to whoever has nothing.
    let (server, terminal) = (Server::new(), Terminal::with(None));
    server.says("304 Not Modified", &[], b"");
    assert!(matches!(terminal.refuses(&server), Why::Redirect(304) | Why::Status(304)));
}

#[test]
fn redirects_other_statuses_and_other_files_are_not_taken() {
    let (server, terminal) = (Server::new(), Terminal::with(Some(demo::BUNDLE)));
    let elsewhere = Server::new();
    elsewhere.says("200 OK", &[], &newer());
    let location = format!("Location: {}", elsewhere.url);
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        server.says(status, &[&location], b"");
        assert!(matches!(terminal.refuses(&server), Why::Redirect(_)), "{status}");
    }
    for status in ["403 Forbidden", "404 Not Found", "500 Error", "503 Busy", "204 Nothing"] {
        server.says(status, &[], b"");
        assert!(matches!(terminal.refuses(&server), Why::Status(_)), "{status}");
    }
    let whole = newer();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for body in
        [&b""[..], b"<html>", &flipped, &whole[..whole.len() - 1], &[&whole[..], b"x"].concat()]
    {
        server.says("200 OK", &["ETag: \"4\""], body);
        assert!(matches!(terminal.refuses(&server), Why::Refused(_)));
    }
    server.then(Answer::All(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()));
    assert!(matches!(terminal.refuses(&server), Why::Unreached(_) | Why::BrokeOff(_)));
    server.then(Answer::All(Vec::new()));
    assert!(matches!(terminal.refuses(&server), Why::Unreached(_)));
    let gone = Lists { limits: AMPLE, ..terminal.lists.clone() };
    assert!(matches!(gone.fetch("http://127.0.0.1:1/bundle.cbor"), Err(Why::Unreached(_))));
}

#[test]
fn endless_and_slow_answers_end() {
    let (server, terminal) = (Server::new(), Terminal::with(Some(demo::BUNDLE)));
    server.says("200 OK", &["Content-Length: 99999999999"], b"");
    let why = terminal.refuses(&server);
    assert!(matches!(why, Why::TooLong | Why::Unreached(_)), "{why}");
    let long = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nETag: \"5\"\r\n\r\n";
    server.then(Answer::Endless(long.to_vec(), vec![0; 65_536], Duration::ZERO));
    assert!(matches!(terminal.refuses(&server), Why::TooLong), "by what it tells");
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: \"5\"\r\n\r\n";
    let chunk = [&b"10000\r\n"[..], &[0; 0x10000], b"\r\n"].concat();
    server.then(Answer::Endless(chunked.to_vec(), chunk, Duration::ZERO));
    assert!(matches!(terminal.refuses(&server), Why::TooLong), "by what comes");
    assert!(fs::read_dir(&terminal.lists.state).unwrap().count() <= 1, "and none of it is kept");

    // Silent from the start, silent in the middle, and letter by letter for ever.
    let second = Duration::from_secs(1);
    let whole = newer();
    let limits = Limits { silent: second, all: 3 * second, ..AMPLE };
    let lists = Lists { limits, ..terminal.lists.clone() };
    let half = answer("200 OK", &["ETag: \"6\""], &whole);
    for (head, piece, pause) in [
        (Vec::new(), Vec::new(), second),
        (half[..half.len() - 900].to_vec(), Vec::new(), second),
        (half[..half.len() - 9_000.min(whole.len())].to_vec(), vec![0], second / 10),
    ] {
        server.then(Answer::Endless(head, piece, pause));
        let why = lists.fetch(&server.url).unwrap_err();
        assert!(matches!(why, Why::Slow), "{why}");
        assert_eq!(terminal.laid().unwrap(), demo::BUNDLE);
    }
}

#[test]
fn exports_go_home_once_and_what_is_not_taken_is_kept_apart() {
    let terminal = Terminal::with(None);
    let from = terminal.folder.path().join("export");
    fs::create_dir(&from).unwrap();
    for name in ["1.cbor", "2.cbor", "3.cbor", "notes.txt"] {
        fs::write(from.join(name), name).unwrap();
    }
    let server = Server::new();
    let exports = Exports { from: from.clone(), to: server.url.clone(), limits: AMPLE };
    let names = || {
        let entries = fs::read_dir(&from).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    };
    // The first goes home, the second is a fork, the third has to wait.
    server.says("200 OK", &[], b"").says("409 Conflict", &[], b"").says("503 Busy", &[], b"");
    let done: Vec<_> = exports.deliver().unwrap().into_iter().map(|(_, it)| it).collect();
    assert!(matches!(
        done[..],
        [Delivered::Home, Delivered::Refused(409), Delivered::Waits(Why::Status(503))]
    ));
    assert_eq!(server.last(), (server.last().0, b"3.cbor".to_vec()), "as it is");
    assert_eq!(names(), ["3.cbor", "notes.txt", "refused"]);
    assert!(from.join("refused/2.cbor").exists());
    // Sent elsewhere it is not.
    server.says("307 Temporary", &["Location: http://127.0.0.1:1/"], b"");
    let done = exports.deliver().unwrap();
    assert!(matches!(done[0].1, Delivered::Waits(Why::Redirect(307) | Why::Unreached(_))));
    // Links are not followed.
    fs::remove_file(from.join("3.cbor")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", from.join("4.cbor")).unwrap();
    assert!(matches!(exports.deliver().unwrap()[0].1, Delivered::Waits(Why::TooLong)));
    // Nor do they hold up what is whole, and no folder and no endless file does.
    fs::create_dir(from.join("5.cbor")).unwrap();
    fs::File::create(from.join("6.cbor")).unwrap().set_len(8 << 30).unwrap();
    fs::write(from.join("7.cbor"), "7").unwrap();
    server.says("200 OK", &[], b"");
    let done: Vec<_> = exports.deliver().unwrap().into_iter().map(|(_, it)| it).collect();
    assert!(matches!(
        done[..],
        [Delivered::Waits(_), Delivered::Waits(_), Delivered::Waits(_), Delivered::Home]
    ));
}

#[test]
fn the_program_asks_every_server_once() {
    let (behind, server, terminal) = (Server::new(), Server::new(), Terminal::with(None));
    let path = |name: &str| -> PathBuf { terminal.folder.path().join(name) };
    fs::write(path("root.cbor"), demo::ROOT).unwrap();
    behind.says("200 OK", &[], demo::BUNDLE);
    server.says("200 OK", &[], &newer());
    let carry = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_permit-carry"));
        command.current_dir(terminal.folder.path()).args(["--lang", "en", "--once"]);
        command.args(["--root", "root.cbor", "--out", "bundle.cbor", "--state", "carry"]);
        command.args(["--from", &behind.url, "--from", &server.url]);
        let output = command.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, said) = carry();
    assert_eq!((status, said.matches("newer lists are there").count()), (0, 2), "{said}");
    assert_eq!(terminal.laid().unwrap(), newer());
    behind.says("200 OK", &[], demo::BUNDLE);
    server.says("404 Not Found", &[], b"");
    let (status, said) = carry();
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("it is older than what is there") && said.contains("status 404"),
        "{said}"
    );
}
