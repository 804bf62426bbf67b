//! Wrong tries: counted on the disk before a passphrase is looked at, and each makes the next wait longer.
//!
//! Pulling the plug wins nothing: whoever had wrong tries waits again after a start. Numbers that are nobody's are
//! counted and wait like any other, so that no answer and no delay tells who is an officer. No lock outlasts a quarter
//! of an hour: whoever guesses has 96 tries a day for each number, and somebody has to open the desk in the morning.

use core::time::Duration;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Wrong tries by number.
#[derive(Debug)]
pub struct Tries {
    file: PathBuf,
    wrong: BTreeMap<u16, u8>,
    waiting: BTreeMap<u16, Instant>,
}

/// Why a try is not looked at.
#[derive(Debug)]
pub enum Wait {
    /// Too soon: so long still.
    For(Duration),
    /// It could not be counted: then it is not looked at.
    Uncounted(io::Error),
}

impl Tries {
    /// Those of a file; a new one where there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is none.
    pub fn open(file: &Path, now: Instant) -> io::Result<Self> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let line = |line: &str| {
            let (number, wrong) = line.split_once(' ')?;
            Some((number.parse().ok()?, wrong.parse().ok()?))
        };
        let wrong: Option<BTreeMap<u16, u8>> = text.lines().map(line).collect();
        let wrong = wrong.ok_or(ErrorKind::InvalidData)?;
        let waiting = wrong.iter().map(|(number, wrong)| (*number, now + delay(*wrong))).collect();
        Ok(Self { file: file.to_owned(), wrong, waiting })
    }

    /// Counts a try as wrong, if one may be made now. A right one is taken back by [`Tries::right`].
    ///
    /// # Errors
    ///
    /// [`Wait`]: then nothing is to be looked at.
    pub fn count(&mut self, number: u16, now: Instant) -> Result<(), Wait> {
        let until = self.waiting.get(&number).copied();
        if let Some(left) = until.and_then(|until| until.checked_duration_since(now))
            && !left.is_zero()
        {
            return Err(Wait::For(left));
        }
        let wrong = self.wrong.get(&number).copied().unwrap_or_default().saturating_add(1);
        self.wrong.insert(number, wrong);
        self.waiting.insert(number, now + delay(wrong));
        self.write().map_err(Wait::Uncounted)
    }

    /// A try was right: nothing is counted against the number any more.
    ///
    /// # Errors
    ///
    /// When the file cannot be written; the number waits again after a start then.
    pub fn right(&mut self, number: u16) -> io::Result<()> {
        self.wrong.remove(&number);
        self.waiting.remove(&number);
        self.write()
    }

    fn write(&self) -> io::Result<()> {
        let lines = self.wrong.iter().map(|(number, wrong)| format!("{number} {wrong}\n"));
        replace(&self.file, &lines.collect::<String>())
    }
}

/// Whole or not at all, and on the disk.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Two seconds after the first, twice as long after each, a quarter of an hour at most: as at the terminal.
fn delay(wrong: u8) -> Duration {
    let doubled = 1_u64.checked_shl(wrong.into()).unwrap_or(u64::MAX);
    Duration::from_secs(if wrong == 0 { 0 } else { doubled.min(LONGEST) })
}

/// Seconds that anybody has to wait at most.
const LONGEST: u64 = 15 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    fn made(tries: &mut Tries, number: u16, now: Instant) -> Option<Duration> {
        match tries.count(number, now) {
            Ok(()) => None,
            Err(Wait::For(left)) => Some(left),
            Err(Wait::Uncounted(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn each_wrong_try_waits_longer_and_a_restart_forgets_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tries");
        let (mut now, mut made_in_a_day, begun) = (Instant::now(), 0, Instant::now());
        let mut tries = Tries::open(&file, now).unwrap();
        for n in 0..10_000 {
            if n % 100 == 0 {
                tries = Tries::open(&file, now).unwrap();
            }
            match made(&mut tries, 4, now) {
                None => made_in_a_day += 1,
                Some(left) => now += left,
            }
            if now.duration_since(begun) > Duration::from_secs(86_400) {
                break;
            }
        }
        assert!((90..=110).contains(&made_in_a_day), "{made_in_a_day}");
        assert!(made(&mut tries, 5, now).is_none(), "another number does not wait for it");
    }

    #[test]
    fn ten_thousand_tries_in_a_day_with_restarts_stay_under_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tries");
        let (mut now, mut let_through) = (Instant::now(), 0);
        let mut tries = Tries::open(&file, now).unwrap();
        for n in 0..10_000 {
            if n % 500 == 0 {
                tries = Tries::open(&file, now).unwrap();
            }
            let_through += usize::from(made(&mut tries, 4, now).is_none());
            now += Duration::from_millis(8_640);
        }
        // The first nine are over after 17 minutes; then one in a quarter of an hour.
        assert!((60..=110).contains(&let_through), "{let_through}");
    }

    #[test]
    fn a_right_one_ends_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tries");
        let now = Instant::now();
        let mut tries = Tries::open(&file, now).unwrap();
        assert_eq!(made(&mut tries, 4, now), None);
        assert_eq!(made(&mut tries, 4, now), Some(Duration::from_secs(2)));
        tries.right(4).unwrap();
        assert_eq!(made(&mut tries, 4, now), None);
        let mut again = Tries::open(&file, now).unwrap();
        assert_eq!(made(&mut again, 4, now), Some(Duration::from_secs(2)));
        std::fs::write(&file, "4 much\n").unwrap();
        assert!(Tries::open(&file, now).is_err(), "what was counted is not guessed at");
    }
}
