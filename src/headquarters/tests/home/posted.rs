//! Exports over HTTP, through a real server: taken once, or nothing is kept.

use core::{net::SocketAddr, time::Duration};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    sync::Arc,
};

use permit_core::{Direction, Side};
use permit_headquarters::{
    Finding, Intake, Site, journals,
    pages::{Pages, Settings},
};
use permit_journal::faults::Memory;
use permit_web::{Door, Limits, Pace};
use permit_words::Lang;
use tokio::{net::TcpListener, task::spawn_blocking};

use crate::world::{Kept, headquarters, terminal};

const OUT: Direction = Direction::Exit;

/// Served on the loopback, in a task of this test.
async fn served(folder: &Path, intake: Intake) -> (Arc<Site>, SocketAddr) {
    let site = Arc::new(headquarters(folder, Side::A).await);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let door = Arc::new(Door::loopback("permit-headquarters", address.port()));
    let router = journals(Arc::clone(&site), door, intake);
    tokio::spawn(permit_web::serve(listener, router, Limits::DESK));
    (site, address)
}

/// Sends a head, then pieces of a body; the status of the answer.
fn say(at: SocketAddr, head: &str, pieces: &[&[u8]], between: Duration) -> u16 {
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let _ = write!(stream, "{head}Host: x\r\nConnection: close\r\n\r\n");
    for piece in pieces {
        // A server that has heard enough may have closed.
        if stream.write_all(piece).is_err() {
            break;
        }
        std::thread::sleep(between);
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// The status of an export's coming home.
async fn sent(at: SocketAddr, export: Vec<u8>) -> u16 {
    let head = format!("POST /journal HTTP/1.1\r\nContent-Length: {}\r\n", export.len());
    spawn_blocking(move || say(at, &head, &[&export], Duration::ZERO)).await.unwrap()
}

/// What lies in the folder of evidence.
fn evidence(folder: &Path) -> usize {
    folder.join("refused").read_dir().map_or(0, Iterator::count)
}

#[tokio::test]
async fn r18_the_server_with_the_pages_takes_exports_too_and_needs_nobody_signed_in() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let door = Door::loopback("permit-headquarters", at.port());
    let settings = Settings { door, pace: Pace::default(), lang: Lang::En, pocket: None };
    let router = Pages::new(site, settings).unwrap().router();
    tokio::spawn(permit_web::serve(listener, router, Limits::DESK));
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross_each(1..5, OUT);
    assert_eq!(sent(at, kept.export(None)).await, 200);
    assert_eq!(sent(at, b"no export".to_vec()).await, 403);
}

#[tokio::test]
async fn r18_an_export_is_taken_once_and_by_its_own_signature() {
    let folder = tempfile::tempdir().unwrap();
    let (site, at) = served(folder.path(), Intake::USUAL).await;
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross_each(1..5, OUT);
    let (early, whole) = (kept.export(None), {
        kept.cross_each(5..9, OUT);
        kept.export(None)
    });
    // Late, out of order, and twice.
    for export in [&whole, &early, &whole] {
        assert_eq!(sent(at, export.clone()).await, 200);
    }
    let shown = site.terminals().await.unwrap();
    assert_eq!(shown[0].last.map(|(last, _)| last), Some(kept.journal.tip().sequence));

    // Nothing of these is kept.
    let mut unknown = Kept::new(terminal(Side::A, 9));
    let mut other = Kept::new(terminal(Side::B, 1));
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let cut = whole[..whole.len() - 40].to_vec();
    let nothing = [Vec::new(), b"nothing of ours".to_vec()];
    let bad = [unknown.export(None), other.export(None), flipped, cut];
    for export in bad.into_iter().chain(nothing) {
        assert_eq!(sent(at, export).await, 403);
    }
    assert_eq!((evidence(folder.path()), site.findings().await.unwrap().len()), (0, 0));

    // Another journal of the same terminal is evidence, by its signature.
    let mut wiped = Kept::on(kept.terminal, Memory::new(), 900);
    wiped.cross_each(40..44, OUT);
    assert_eq!(sent(at, wiped.export(None)).await, 409);
    assert_eq!(evidence(folder.path()), 1);
    assert_eq!(site.findings().await.unwrap()[0].finding, Finding::Fork);
    assert_eq!(site.check().await.unwrap(), []);
}

#[tokio::test]
async fn endless_slow_and_broken_bodies_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let intake = Intake { bytes: 200_000, time: Duration::from_secs(4) };
    let (site, at) = served(folder.path(), intake).await;
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross_each(1..5, OUT);
    let whole = kept.export(None);

    let post = "POST /journal HTTP/1.1\r\n";
    let long = format!("{post}Content-Length: 900000000000\r\n");
    let status = spawn_blocking(move || say(at, &long, &[], Duration::ZERO)).await.unwrap();
    assert_eq!(status, 413, "said at once");
    let chunked = format!("{post}Transfer-Encoding: chunked\r\n");
    let chunk = [&b"10000\r\n"[..], &[0; 0x10000], b"\r\n"].concat();
    let endless = move || say(at, &chunked, &[&chunk[..]; 40], Duration::ZERO);
    // Whether the answer is read before the connection is cut is the system's affair.
    assert!([413, 408, 0].contains(&spawn_blocking(endless).await.unwrap()));

    // One that comes letter by letter is cut off; meanwhile its address has no other place.
    let slow = format!("{post}Content-Length: {}\r\n", whole.len());
    let piece = whole[..1].to_vec();
    // It is asked again where another came before it.
    let slow = spawn_blocking(move || {
        let letters = || say(at, &slow, &[&piece[..]; 80], Duration::from_millis(100));
        core::iter::repeat_with(letters).find(|status| *status != 429).unwrap_or_default()
    });
    let mut busy = 0;
    while busy == 0 && !slow.is_finished() {
        busy += u32::from(sent(at, b"x".to_vec()).await == 429);
    }
    assert_eq!(slow.await.unwrap(), 408);
    assert_eq!(busy, 1, "one body of an address at a time");

    // Cut anywhere, and by another method or name.
    for cut in [0, 1, whole.len() / 2, whole.len() - 1] {
        let head = format!("{post}Content-Length: {}\r\n", whole.len());
        let piece = whole[..cut].to_vec();
        spawn_blocking(move || {
            let mut stream = TcpStream::connect(at).unwrap();
            let _ = write!(stream, "{head}Host: x\r\n\r\n");
            let _ = stream.write_all(&piece);
        })
        .await
        .unwrap();
    }
    for (head, status) in [("GET /journal HTTP/1.1\r\n", 405), ("POST /else HTTP/1.1\r\n", 404)] {
        assert_eq!(
            spawn_blocking(move || say(at, head, &[], Duration::ZERO)).await.unwrap(),
            status
        );
    }
    assert!(site.terminals().await.unwrap().iter().all(|it| it.last.is_none()));
    assert_eq!(evidence(folder.path()), 0);
    let end = tokio::time::Instant::now() + Duration::from_secs(60);
    while sent(at, whole.clone()).await != 200 {
        assert!(tokio::time::Instant::now() < end, "its place is free again");
    }
}
