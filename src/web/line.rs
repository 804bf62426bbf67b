//! Connections: how many there may be, and how long each may say nothing.
//!
//! A browser needs a handful. Whoever opens many, sends a request letter by letter or reads no answer is cut off, so
//! that others always find a place: the guard's own screen, the next seat. It looks at no request, and tells each where it
//! came from ([`Peer`]).

use core::net::IpAddr;
use core::time::Duration;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;

/// What connections may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Connections at once.
    all: usize,
    /// Of them, from one address.
    each: usize,
    /// How long a request's head may take, and a connection wait for its next request.
    head: Duration,
    /// How long an answer may wait for somebody who does not read it.
    deaf: Duration,
}

impl Limits {
    /// For a terminal itself, where everybody has the same address. Chosen.
    pub const OWN: Self =
        Self { all: 64, each: 64, head: Duration::from_secs(10), deaf: Duration::from_secs(15) };
    /// For tablets: one that takes all it can leaves room for the others. Chosen.
    pub const TABLETS: Self = Self { each: 12, ..Self::OWN };
    /// For a desk, where everybody comes from this machine or through a proxy on it. Chosen: two hundred seats with two
    /// connections each.
    pub const DESK: Self = Self { all: 512, each: 512, ..Self::OWN };
}

/// The address that a request's connection is from, among its extensions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Peer(pub IpAddr);

/// Serves a site until the process ends.
pub async fn serve(listener: TcpListener, site: Router, limits: Limits) {
    let room = Arc::new(Room { limits, taken: Mutex::default() });
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // No descriptors left, or a connection that ended before it was taken.
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(REST).await;
                continue;
            }
        };
        // Without a place the connection is closed at once.
        if let Some(place) = Room::take(&room, peer.ip()) {
            tokio::spawn(talk(stream, site.clone(), place, limits));
        }
    }
}

async fn talk(stream: TcpStream, site: Router, place: Place, limits: Limits) {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.deaf));
    let io = TokioIo::new(Box::pin(stream));
    // The limit on a head holds for a connection that waits for its next request too.
    let (peer, site) = (Peer(place.whose), TowerToHyperService::new(site));
    let told = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(peer);
        site.call(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(BUFFER)
        .serve_connection(io, told);
    if let Err(error) = served.await {
        tracing::debug!(%error, "a connection ended");
    }
    drop(place);
}

/// Who has connections open.
#[derive(Debug)]
struct Room {
    limits: Limits,
    taken: Mutex<BTreeMap<IpAddr, usize>>,
}

/// A place in it, given back when dropped.
#[derive(Debug)]
struct Place {
    room: Arc<Room>,
    whose: IpAddr,
}

impl Room {
    fn take(room: &Arc<Self>, whose: IpAddr) -> Option<Place> {
        let mut taken = room.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = taken.values().sum();
        let his = taken.get(&whose).copied().unwrap_or_default();
        if all >= room.limits.all || his >= room.limits.each {
            return None;
        }
        taken.insert(whose, his + 1);
        Some(Place { room: Arc::clone(room), whose })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.room.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let left = taken.get(&self.whose).map_or(0, |his| his.saturating_sub(1));
        if left == 0 {
            taken.remove(&self.whose);
        } else {
            taken.insert(self.whose, left);
        }
    }
}

/// A pause after the system refused a connection.
const REST: Duration = Duration::from_millis(100);
/// Bytes of a request's head.
const BUFFER: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::time::Instant;

    use axum::routing::get;

    use super::*;

    const SHORT: Limits = Limits {
        all: 5,
        each: 3,
        head: Duration::from_millis(400),
        deaf: Duration::from_millis(400),
    };

    /// Serves from a thread of its own; where.
    fn served(limits: Limits) -> core::net::SocketAddr {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let long = vec![b'x'; 32 << 20];
            let site = Router::new()
                .route("/", get(async || "here"))
                .route("/long", get(async move || long));
            runtime.unwrap().block_on(async {
                serve(TcpListener::from_std(listener).unwrap(), site, limits).await;
            });
        });
        address
    }

    fn open(at: core::net::SocketAddr, said: &[u8]) -> std::net::TcpStream {
        let mut stream = std::net::TcpStream::connect(at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let _ = stream.write_all(said);
        stream
    }

    fn answered(at: core::net::SocketAddr) -> bool {
        let mut answer = String::new();
        let mut stream = open(at, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.read_to_string(&mut answer).is_ok() && answer.ends_with("here")
    }

    #[test]
    fn whoever_says_nothing_or_too_little_is_cut_off() {
        // Long beside what it takes to write the letters on a busy machine.
        let at = served(Limits { head: Duration::from_secs(2), ..SHORT });
        assert!(answered(at));
        let from = Instant::now();
        let slow =
            [&b""[..], b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"];
        let mut held: Vec<_> = slow.iter().map(|said| open(at, said)).collect();
        // A letter now and then does not help.
        for _ in 0..5 {
            std::thread::sleep(Duration::from_millis(60));
            let _ = held[1].write_all(b"x");
        }
        assert!(!answered(at), "every place is taken");
        for stream in &mut held {
            let _ = stream.read_to_end(&mut Vec::new());
        }
        assert!(from.elapsed() < Duration::from_secs(5), "{:?}", from.elapsed());
        assert!(answered(at), "their places are free again");
    }

    #[test]
    fn whoever_reads_nothing_is_cut_off() {
        let at = served(SHORT);
        let deaf: Vec<_> =
            (0..3).map(|_| open(at, b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")).collect();
        let from = Instant::now();
        while !answered(at) {
            assert!(from.elapsed() < Duration::from_secs(10));
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(from.elapsed() > Duration::from_millis(200), "they had their time");
        drop(deaf);
    }

    #[test]
    fn places_are_counted_and_given_back() {
        let room = Arc::new(Room { limits: SHORT, taken: Mutex::default() });
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let mut held: Vec<_> = (0..3).map(|_| Room::take(&room, one).unwrap()).collect();
        assert!(Room::take(&room, one).is_none(), "one address does not take all");
        held.extend((0..2).map(|_| Room::take(&room, other).unwrap()));
        assert!(Room::take(&room, other).is_none(), "five in all");
        held.remove(0);
        assert!(Room::take(&room, other).is_some());
        drop(held);
        assert!(room.taken.lock().unwrap().is_empty());
    }
}
