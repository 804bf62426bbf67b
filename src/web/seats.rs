//! Browsers at which somebody has signed in before: they are known again by a token of their own.
//!
//! It lets nobody in. Whoever signs in at a browser where the same number has signed in before is not held up by those who
//! guess at that number from elsewhere, and guesses there are counted apart. Tokens are kept as their hashes.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use permit_core::sha256;

use crate::session::random;
use crate::tries::replace;

/// Which numbers have signed in at which browsers, the newest last.
#[derive(Debug)]
pub struct Seats {
    file: PathBuf,
    known: Vec<(String, u16)>,
}

impl Seats {
    /// Those of a file; none where there is none. A line that is none is passed over: without it a browser is one that
    /// nobody knows, and no desk stays shut for that.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn open(file: &Path) -> io::Result<Self> {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let line = |line: &str| {
            let (hash, number) = line.split_once(' ')?;
            Some((hash.to_owned(), number.parse().ok()?))
        };
        let known = String::from_utf8_lossy(&bytes).lines().filter_map(line).collect();
        Ok(Self { file: file.to_owned(), known })
    }

    /// Whether a number has signed in at the browser with this token.
    #[must_use]
    pub fn knows(&self, token: &str, number: u16) -> bool {
        let hash = hash(token);
        self.known.iter().any(|(have, who)| (have, *who) == (&hash, number))
    }

    /// A number has signed in at a browser: the token that it is known by from now on, the one it has where that is known.
    ///
    /// # Errors
    ///
    /// No random numbers, or the file cannot be written.
    pub fn seat(&mut self, token: Option<&str>, number: u16) -> io::Result<String> {
        let own = token.filter(|token| {
            let hash = hash(token);
            self.known.iter().any(|(have, _)| *have == hash)
        });
        let token = match own {
            Some(token) => token.to_owned(),
            None => random().map_err(|_| io::Error::other("no random numbers"))?,
        };
        if !self.knows(&token, number) {
            let oldest = |known: &[(String, u16)]| known.iter().position(|(_, who)| *who == number);
            while self.known.iter().filter(|(_, who)| *who == number).count() >= MOST {
                oldest(&self.known).map(|at| self.known.remove(at));
            }
            self.known.push((hash(&token), number));
            let lines = self.known.iter().map(|(hash, number)| format!("{hash} {number}\n"));
            replace(&self.file, &lines.collect::<String>())?;
        }
        Ok(token)
    }
}

fn hash(token: &str) -> String {
    sha256(&[token.as_bytes()]).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Browsers of one number: chosen, more than anybody works at.
const MOST: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_for_whoever_has_signed_in_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("seats");
        let mut seats = Seats::open(&file).unwrap();
        let one = seats.seat(None, 3).unwrap();
        assert_eq!(seats.seat(Some(&one), 4).unwrap(), one, "one browser, two officers");
        let forged = seats.seat(Some("00"), 3).unwrap();
        assert!(forged != "00" && forged != one, "a token that is nobody's is not taken");
        let kept = std::fs::read_to_string(&file).unwrap();
        assert!(!kept.contains(&one), "no token is kept");
        let again = Seats::open(&file).unwrap();
        assert!(again.knows(&one, 3) && again.knows(&one, 4) && again.knows(&forged, 3));
        assert!(!again.knows(&forged, 4) && !again.knows("", 3));
        std::fs::write(&file, [&b"\xff\x00 torn\n"[..], kept.as_bytes(), b"cut of"].concat())
            .unwrap();
        let torn = Seats::open(&file).unwrap();
        assert!(torn.knows(&one, 3) && torn.knows(&forged, 3), "the rest of a damaged file");
    }

    #[test]
    fn there_is_room_for_so_many() {
        let folder = tempfile::tempdir().unwrap();
        let mut seats = Seats::open(&folder.path().join("seats")).unwrap();
        let (other, first) = (seats.seat(None, 4).unwrap(), seats.seat(None, 3).unwrap());
        let last = (0..MOST).map(|_| seats.seat(None, 3).unwrap()).last().unwrap();
        assert!(!seats.knows(&first, 3) && seats.knows(&last, 3) && seats.knows(&other, 4));
        assert_eq!(seats.known.len(), MOST + 1);
    }
}
