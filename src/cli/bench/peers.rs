//! Other people's QR readers, as far as they are installed, through Python.
//!
//! They run in one process beside this one and get the same grey pixels over a pipe. Who is not here is named and
//! left out; nothing is ever installed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use permit_symbol::Grey;
use serde::Deserialize;

use crate::help::Unfit;

/// A reader this command can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Peer(pub(super) &'static str);

impl Peer {
    const KNOWN: [&str; 5] = ["zxing-cpp", "zxing-cpp-fast", "zbar", "opencv", "wechat"];

    /// The value parser of `--peers`; `none` is for nobody.
    pub(super) fn parse(name: &str) -> Result<Option<Self>, Unfit> {
        if name == "none" {
            return Ok(None);
        }
        let known = Self::KNOWN.into_iter().find(|known| *known == name);
        known.map(|name| Some(Self(name))).ok_or(Unfit("unfit-peer"))
    }
}

/// The readers that are here.
#[derive(Debug)]
pub(super) struct Peers {
    process: Option<Process>,
    /// Name and version.
    pub(super) here: Vec<(String, String)>,
    /// Name and reason.
    pub(super) missing: Vec<(String, String)>,
}

/// What one of them made of a picture.
#[derive(Debug)]
pub(super) struct Answer {
    /// Which of [`Peers::here`].
    pub(super) reader: usize,
    /// CPU time.
    pub(super) ms: f64,
    /// What it read.
    pub(super) codes: Vec<Vec<u8>>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

#[derive(Debug, Deserialize)]
struct Greeting {
    here: Vec<(String, String)>,
    missing: Vec<(String, String)>,
}

impl Peers {
    /// Starts those that are installed for this Python.
    pub(super) fn start(python: &Path, wanted: &[Peer]) -> Self {
        if wanted.is_empty() {
            return Self { process: None, here: Vec::new(), missing: Vec::new() };
        }
        match greet(python, wanted) {
            Ok((process, Greeting { here, missing })) => {
                Self { process: Some(process), here, missing }
            }
            Err(cause) => {
                let reason = format!("{}: {cause}", python.display());
                let missing = wanted.iter().map(|peer| (peer.0.to_owned(), reason.clone()));
                Self { process: None, here: Vec::new(), missing: missing.collect() }
            }
        }
    }

    /// What each of them makes of a picture.
    ///
    /// # Errors
    ///
    /// When the process is gone or answers something else.
    pub(super) fn read(&mut self, picture: Grey<'_>) -> std::io::Result<Vec<Answer>> {
        let Some(process) = &mut self.process else { return Ok(Vec::new()) };
        let size = format!("{} {}\n", picture.width(), picture.height());
        process.to.write_all(size.as_bytes())?;
        process.to.write_all(picture.pixels())?;
        process.to.flush()?;
        (0..self.here.len())
            .map(|reader| {
                let (_, ms, codes): (String, f64, Vec<String>) = line(&mut process.from)?;
                let codes = codes.iter().filter_map(|code| STANDARD.decode(code).ok()).collect();
                Ok(Answer { reader, ms, codes })
            })
            .collect()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It is asked for nothing more, and whether it still lives does not matter.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn greet(python: &Path, wanted: &[Peer]) -> std::io::Result<(Process, Greeting)> {
    let mut child = Command::new(python)
        .args(["-c", include_str!("peers.py")])
        .args(wanted.iter().map(|peer| peer.0))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    };
    let mut process = Process { child, to, from: BufReader::new(from) };
    let greeting = line(&mut process.from)?;
    Ok((process, greeting))
}

/// One line of JSON.
fn line<T: for<'a> Deserialize<'a>>(from: &mut BufReader<ChildStdout>) -> std::io::Result<T> {
    let mut text = String::new();
    if from.read_line(&mut text)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    serde_json::from_str(&text).map_err(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_here_is_named() {
        let peers = Peers::start(Path::new("/no/such/python"), &[Peer("zbar"), Peer("opencv")]);
        let names: Vec<&str> = peers.missing.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["zbar", "opencv"]);
        assert!(peers.missing[0].1.contains("/no/such/python") && peers.here.is_empty());
    }

    #[test]
    fn names_that_are_known() {
        for name in Peer::KNOWN {
            assert_eq!(Peer::parse(name).unwrap(), Some(Peer(name)));
        }
        assert_eq!(Peer::parse("none").unwrap(), None);
        assert!(Peer::parse("abacus").is_err());
        assert!(Peer::KNOWN.iter().all(|name| include_str!("peers.py").contains(name)));
    }

    #[test]
    fn a_process_that_says_something_else_is_no_reader() {
        for python in ["true", "cat"] {
            let peers = Peers::start(Path::new(python), &[Peer("zbar")]);
            assert_eq!((peers.here.len(), peers.missing.len()), (0, 1), "{python}");
        }
    }
}
