//! Which tablets the supervisor allows.
//!
//! A tablet gets in with a code that stands on the terminal's own screen for two minutes and is good for one tablet and
//! five tries. What it is given instead is its own, random and forgotten when the terminal starts again. Nothing about
//! the tablet or whoever holds it is kept.

use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::door::{NoRandom, random, same};

/// The tablets that are allowed, and the code that allows the next.
#[derive(Debug, Default)]
pub(super) struct Pairing(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    code: Option<Code>,
    tokens: Vec<String>,
}

#[derive(Debug)]
struct Code {
    digits: String,
    until: Instant,
    tries: u8,
}

impl Pairing {
    /// A new code; the one before is void.
    pub(super) fn offer(&self, now: Instant) -> Result<String, NoRandom> {
        let number = u64::from_le_bytes(random()?) % 100_000_000;
        let digits = format!("{number:08}");
        self.known().code = Some(Code { digits: digits.clone(), until: now + OPEN, tries: TRIES });
        Ok(digits)
    }

    /// The token of a tablet that has the right code, once.
    pub(super) fn enter(&self, typed: &str, now: Instant) -> Result<Option<String>, NoRandom> {
        let mut known = self.known();
        let Some(code) = known.code.as_mut().filter(|code| now < code.until && code.tries > 0)
        else {
            known.code = None;
            return Ok(None);
        };
        code.tries -= 1;
        if !same(&code.digits, typed) || known.tokens.len() >= MOST {
            return Ok(None);
        }
        known.code = None;
        let token = super::door::token()?;
        known.tokens.push(token.clone());
        Ok(Some(token))
    }

    /// Whether a tablet is allowed.
    pub(super) fn knows(&self, token: &str) -> bool {
        self.known().tokens.iter().fold(false, |found, known| found | same(known, token))
    }

    /// How many tablets are allowed.
    pub(super) fn count(&self) -> usize {
        self.known().tokens.len()
    }

    /// No tablet is allowed any more, and no code stands.
    pub(super) fn forget(&self) {
        *self.known() = Known::default();
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

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
}
