//! Which tablets are allowed.
//!
//! A tablet gets in with a code that is good for two minutes, one tablet and five tries. The supervisor's page shows one;
//! where there is no screen `permit-reader --pair` prints one beside the running terminal. What the tablet is given
//! instead is its own and random; its digest is kept, so that a power cut at night locks no tablet out. Nothing about the
//! tablet or whoever holds it is kept.

use core::time::Duration;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use permit_core::sha256;
use permit_file::Ask;
use permit_journal::Storage as _;
use rustix::time::{ClockId, clock_gettime};

use super::door::{NoRandom, random, same};
use crate::machine::LaneNumber;
use crate::place::Place;
use crate::twin::Twin;

/// The tablets that are allowed, and the code that allows the next.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    known: Mutex<Known>,
    kept: Option<Kept>,
}

/// Where they are kept.
#[derive(Debug)]
struct Kept {
    state: PathBuf,
    file: Twin,
}

#[derive(Debug, Default)]
struct Known {
    code: Option<Code>,
    /// Wrong tries of the code that another process gave.
    tries: u8,
    /// Digests of the tokens.
    tokens: Vec<String>,
}

#[derive(Debug)]
struct Code {
    digits: String,
    until: Instant,
    tries: u8,
}

impl Pairing {
    /// The tablets of a lane, kept in the folder of the state.
    pub(super) fn kept(state: &Path, lane: LaneNumber) -> Self {
        let name = match lane {
            LaneNumber::First => "tablets.json",
            LaneNumber::Second => "tablets-2.json",
        };
        let file = Twin::new(name, |bytes| digests(bytes).is_some());
        let found = file.read(&mut Place::shared(state)).bytes();
        let tokens = found.and_then(|bytes| digests(&bytes)).unwrap_or_default();
        let known = Mutex::new(Known { tokens, ..Known::default() });
        Self { known, kept: Some(Kept { state: state.to_owned(), file }) }
    }

    /// A new code; the one before is void.
    pub(super) fn offer(&self, now: Instant) -> Result<String, NoRandom> {
        let digits = eight_digits()?;
        self.known().code = Some(Code { digits: digits.clone(), until: now + OPEN, tries: TRIES });
        Ok(digits)
    }

    /// The token of a tablet that has the right code, once.
    pub(super) fn enter(&self, typed: &str, now: Instant) -> Result<Option<String>, NoRandom> {
        let mut known = self.known();
        let known = &mut *known;
        if known.tokens.len() >= MOST {
            return Ok(None);
        }
        let shown = known.code.as_mut().filter(|code| now < code.until && code.tries > 0);
        let right = match shown {
            Some(code) => {
                code.tries -= 1;
                same(&code.digits, typed)
            }
            None => {
                known.code = None;
                false
            }
        };
        if !right && !self.is_printed(known, typed) {
            return Ok(None);
        }
        known.code = None;
        let token = super::door::token()?;
        known.tokens.push(digest(&token));
        self.keep(&known.tokens);
        Ok(Some(token))
    }

    /// Whether it is the code that `--pair` printed; that one is spent then, or after its tries.
    fn is_printed(&self, known: &mut Known, typed: &str) -> bool {
        let Some(Kept { state, .. }) = &self.kept else { return false };
        let Some(printed) = Printed::look(state) else {
            known.tries = 0;
            return false;
        };
        known.tries += 1;
        let right = same(&printed.digest, &digest(typed));
        if right || known.tries >= TRIES {
            known.tries = 0;
            // One that cannot be taken away is not taken for good.
            return Printed::remove(state).is_ok() && right;
        }
        false
    }

    /// Whether a tablet is allowed.
    pub(super) fn knows(&self, token: &str) -> bool {
        let token = digest(token);
        self.known().tokens.iter().fold(false, |found, known| found | same(known, &token))
    }

    /// How many tablets are allowed.
    pub(super) fn count(&self) -> usize {
        self.known().tokens.len()
    }

    /// No tablet is allowed any more, and no code stands.
    pub(super) fn forget(&self) {
        let mut known = self.known();
        *known = Known::default();
        if let Some(Kept { state, .. }) = &self.kept {
            Printed::remove(state).ok();
        }
        self.keep(&known.tokens);
    }

    fn keep(&self, tokens: &[String]) {
        let Some(Kept { state, file }) = &self.kept else { return };
        let written = serde_json::to_vec(tokens)
            .map_err(io::Error::from)
            .and_then(|bytes| file.write(&mut Place::shared(state), &bytes));
        if let Err(error) = written {
            tracing::error!(%error, "the tablets are allowed until the terminal starts again");
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A code for the next tablet of a terminal that runs on this folder.
///
/// # Errors
///
/// When the folder cannot be written, or there are no random numbers.
pub fn print(state: &Path) -> io::Result<String> {
    let digits = eight_digits().map_err(|_| io::Error::other("there are no random numbers"))?;
    let until = since_boot() + OPEN.as_secs();
    let text = BTreeMap::from([("digest", digest(&digits)), ("until", until.to_string())]);
    let mut place = Place::shared(state);
    let bytes = serde_json::to_vec(&text)?;
    if place.list()?.iter().any(|name| name == PRINTED) {
        place.remove(PRINTED)?;
    }
    place.create(PRINTED)?;
    place.append(PRINTED, &bytes)?;
    place.sync(PRINTED)?;
    place.sync_directory()?;
    Ok(digits)
}

/// The code that another process printed.
#[derive(Debug, serde::Deserialize)]
struct Printed {
    digest: String,
    /// Seconds since this machine was started.
    until: String,
}

impl Printed {
    fn look(state: &Path) -> Option<Self> {
        let bytes = permit_file::read(&state.join(PRINTED), &Ask::found(1024)).ok()?;
        let printed: Self = serde_json::from_slice(&bytes).ok()?;
        let (now, until) = (since_boot(), printed.until.parse::<u64>().ok()?);
        // One of another start of the machine may lie far ahead.
        (now < until && until <= now + OPEN.as_secs()).then_some(printed)
    }

    fn remove(state: &Path) -> io::Result<()> {
        let mut place = Place::shared(state);
        place.remove(PRINTED)?;
        place.sync_directory()
    }
}

fn since_boot() -> u64 {
    u64::try_from(clock_gettime(ClockId::Boottime).tv_sec).unwrap_or_default()
}

fn eight_digits() -> Result<String, NoRandom> {
    let number = u64::from_le_bytes(random()?) % 100_000_000;
    Ok(format!("{number:08}"))
}

fn digest(text: &str) -> String {
    sha256(&[text.as_bytes()]).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is kept, if it is that.
fn digests(bytes: &[u8]) -> Option<Vec<String>> {
    let tokens: Vec<String> = serde_json::from_slice(bytes).ok()?;
    let is = |text: &String| text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit());
    (tokens.len() <= MOST && tokens.iter().all(is)).then_some(tokens)
}

/// The file of a code for a terminal without a screen.
const PRINTED: &str = "tablet-code.json";
/// How long a code is good.
const OPEN: Duration = Duration::from_secs(120);
/// Wrong tries and the right one, together.
const TRIES: u8 = 5;
/// Tablets at one terminal.
const MOST: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_one_tablet() {
        let (pairing, now) = (Pairing::default(), Instant::now());
        assert_eq!(pairing.enter("", now).unwrap(), None, "no code, no tablet");
        let code = pairing.offer(now).unwrap();
        assert_eq!(code.len(), 8);
        let token = pairing.enter(&code, now).unwrap().unwrap();
        assert!(pairing.knows(&token) && !pairing.knows("") && !pairing.knows(&code));
        assert_eq!(pairing.enter(&code, now).unwrap(), None, "a code is good once");
        pairing.forget();
        assert!(!pairing.knows(&token));
    }

    #[test]
    fn a_code_ends_by_time_and_by_tries() {
        let (pairing, now) = (Pairing::default(), Instant::now());
        let code = pairing.offer(now).unwrap();
        assert_eq!(pairing.enter(&code, now + OPEN).unwrap(), None, "too late");
        let code = pairing.offer(now).unwrap();
        for _ in 0..TRIES {
            assert_eq!(pairing.enter("x", now).unwrap(), None);
        }
        assert_eq!(pairing.enter(&code, now).unwrap(), None, "guessed too often");
        let (old, new) = (pairing.offer(now).unwrap(), pairing.offer(now).unwrap());
        assert!(old == new || pairing.enter(&old, now).unwrap().is_none());
        for _ in 0..MOST {
            let code = pairing.offer(now).unwrap();
            assert!(pairing.enter(&code, now).unwrap().is_some());
        }
        let code = pairing.offer(now).unwrap();
        assert_eq!(pairing.enter(&code, now).unwrap(), None, "no more than eight");
        assert_eq!(pairing.count(), MOST);
    }

    #[test]
    fn row_01_a_tablet_comes_in_without_a_screen_and_stays_over_a_start() {
        let (state, now) = (tempfile::tempdir().unwrap(), Instant::now());
        let pairing = Pairing::kept(state.path(), LaneNumber::First);
        assert_eq!(pairing.enter("00000000", now).unwrap(), None, "none was printed");
        let code = print(state.path()).unwrap();
        for _ in 1..TRIES {
            assert_eq!(pairing.enter("x", now).unwrap(), None);
        }
        let token = pairing.enter(&code, now).unwrap().unwrap();
        assert_eq!(pairing.enter(&code, now).unwrap(), None, "good once");
        let code = print(state.path()).unwrap();
        for _ in 0..TRIES {
            assert_eq!(pairing.enter("x", now).unwrap(), None);
        }
        assert_eq!(pairing.enter(&code, now).unwrap(), None, "guessed too often");
        let again = Pairing::kept(state.path(), LaneNumber::First);
        assert!(again.knows(&token) && !again.knows("x"));
        assert!(!Pairing::kept(state.path(), LaneNumber::Second).knows(&token), "another lane's");
        let kept = std::fs::read_to_string(state.path().join("tablets.json")).unwrap();
        assert!(!kept.contains(&token), "only its digest is kept");
        again.forget();
        assert!(!Pairing::kept(state.path(), LaneNumber::First).knows(&token));
    }

    #[test]
    fn a_printed_code_is_of_this_start_of_the_machine() {
        let state = tempfile::tempdir().unwrap();
        let pairing = Pairing::kept(state.path(), LaneNumber::First);
        let digest = digest("12345678");
        for until in [since_boot(), since_boot() + OPEN.as_secs() + 60] {
            let text = format!("{{\"digest\":\"{digest}\",\"until\":\"{until}\"}}");
            std::fs::write(state.path().join(PRINTED), text).unwrap();
            assert_eq!(pairing.enter("12345678", Instant::now()).unwrap(), None);
        }
    }
}
