//! A server that answers as it is told, on the loopback.

use core::time::Duration;
use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What is done for one request.
pub(crate) enum Answer {
    /// These bytes, head and body, and the end of the connection.
    All(Vec<u8>),
    /// These bytes over and over, with a pause after each, until nobody listens.
    Endless(Vec<u8>, Vec<u8>, Duration),
}

/// The head of a request, in small letters, and its body.
type Request = (String, Vec<u8>);

/// A server and what it was asked.
pub(crate) struct Server {
    pub(crate) url: String,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/bundle.cbor", listener.local_addr().unwrap());
        let (answers, asked) = (Arc::default(), Arc::default());
        let server = Self { url, answers: Arc::clone(&answers), asked: Arc::clone(&asked) };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                asked.lock().unwrap().push(request(&stream));
                let answer = answers.lock().unwrap().pop_front().unwrap();
                // One that does not end is left alone.
                std::thread::spawn(move || give(&mut stream, answer));
            }
        });
        server
    }

    /// What it does for the next request.
    pub(crate) fn then(&self, answer: Answer) -> &Self {
        self.answers.lock().unwrap().push_back(answer);
        self
    }

    /// A whole answer with these lines in its head.
    pub(crate) fn says(&self, status: &str, lines: &[&str], body: &[u8]) -> &Self {
        self.then(Answer::All(answer(status, lines, body)))
    }

    /// The head and body of the last request.
    pub(crate) fn last(&self) -> Request {
        self.asked.lock().unwrap().last().unwrap().clone()
    }
}

/// An answer as it is on the line, with its length.
pub(crate) fn answer(status: &str, lines: &[&str], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    lines.iter().for_each(|line| head += &format!("{line}\r\n"));
    [head.as_bytes(), b"Connection: close\r\n\r\n", body].concat()
}

fn request(stream: &TcpStream) -> Request {
    let mut lines = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && lines.read_line(&mut head).unwrap() > 0 {}
    head.make_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    lines.read_exact(&mut body).unwrap();
    (head, body)
}

fn give(stream: &mut TcpStream, answer: Answer) {
    match answer {
        Answer::All(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        Answer::Endless(head, piece, pause) => {
            let _ = stream.write_all(&head);
            while stream.write_all(&piece).is_ok() {
                std::thread::sleep(pause);
            }
        }
    }
}
