//! Connections: how many there may be, and how long each may say nothing.
//!
//! Everybody comes from this machine, or through a proxy on it. Whoever opens many, sends a request letter by letter or
//! reads no answer is cut off, so that others find a place. It looks at no request.

use core::time::Duration;
use std::sync::Arc;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;

/// Serves a site until the process ends.
pub async fn serve(listener: TcpListener, site: Router) {
    limited(listener, site, LIMITS).await;
}

/// What connections may take.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Connections at once.
    all: usize,
    /// How long a request's head may take, and a connection wait for its next request.
    head: Duration,
    /// How long an answer may wait for somebody who does not read it.
    deaf: Duration,
}

async fn limited(listener: TcpListener, site: Router, limits: Limits) {
    let room = Arc::new(Semaphore::new(limits.all));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // No descriptors left, or a connection that ended before it was taken.
            tokio::time::sleep(REST).await;
            continue;
        };
        // Without a place the connection is closed at once.
        if let Ok(place) = Arc::clone(&room).try_acquire_owned() {
            tokio::spawn(talk(stream, site.clone(), place, limits));
        }
    }
}

async fn talk(stream: TcpStream, site: Router, place: OwnedSemaphorePermit, limits: Limits) {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.deaf));
    let io = TokioIo::new(Box::pin(stream));
    // The limit on a head holds for a connection that waits for its next request too.
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(BUFFER)
        .serve_connection(io, TowerToHyperService::new(site));
    // Whatever ended it, there is nobody left to tell.
    let _ = served.await;
    drop(place);
}

/// Chosen: two hundred seats with two connections each, and the times of the terminal's pages.
const LIMITS: Limits =
    Limits { all: 512, head: Duration::from_secs(10), deaf: Duration::from_secs(15) };
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

    const SHORT: Limits =
        Limits { all: 3, head: Duration::from_secs(2), deaf: Duration::from_secs(2) };

    fn served(limits: Limits) -> core::net::SocketAddr {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let site = Router::new().route("/", get(async || "here"));
            runtime.unwrap().block_on(async {
                limited(TcpListener::from_std(listener).unwrap(), site, limits).await;
            });
        });
        address
    }

    fn open(at: core::net::SocketAddr, said: &[u8]) -> std::net::TcpStream {
        let mut stream = std::net::TcpStream::connect(at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
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
        let at = served(SHORT);
        assert!(answered(at));
        let slow = [&b""[..], b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HT"];
        let mut held: Vec<_> = slow.iter().map(|said| open(at, said)).collect();
        for stream in &mut held {
            let _ = stream.read_to_end(&mut Vec::new());
        }
        let from = Instant::now();
        while !answered(at) {
            assert!(from.elapsed() < Duration::from_secs(60), "their places are free again");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
