//! Sessions: kept here and nowhere else; a browser has a token that says nothing.
//!
//! A session locks itself when nothing was asked for a while, and ends after a day's work whatever is done. Tokens are
//! kept as their hashes, so that no time a comparison takes tells of them.

use core::time::Duration;
use std::collections::HashMap;
use std::time::Instant;

use permit_core::sha256;

/// There are no random numbers.
#[derive(Debug)]
pub struct NoRandom;

/// How long sessions last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Without a request, until it is locked.
    pub idle: Duration,
    /// At most.
    pub whole: Duration,
}

impl Default for Pace {
    /// Ten minutes and twelve hours: chosen.
    fn default() -> Self {
        Self { idle: Duration::from_secs(10 * 60), whole: Duration::from_secs(12 * 60 * 60) }
    }
}

/// What a session is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session<T> {
    /// Whose.
    pub who: T,
    /// What each form of it carries.
    pub form: String,
    /// Whether it waits for its owner to prove who it is.
    pub locked: bool,
    begun: Instant,
    seen: Instant,
}

/// Everybody who is signed in.
#[derive(Debug)]
pub struct Sessions<T> {
    pace: Pace,
    kept: HashMap<[u8; 32], Session<T>>,
}

impl<T: Clone + PartialEq> Sessions<T> {
    /// Nobody yet.
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self { pace, kept: HashMap::new() }
    }

    /// Somebody signs in; the token for the browser. Whatever the browser had before ends.
    ///
    /// # Errors
    ///
    /// [`NoRandom`].
    pub fn begin(
        &mut self,
        who: T,
        before: Option<&str>,
        now: Instant,
    ) -> Result<String, NoRandom> {
        before.into_iter().for_each(|token| self.end(token));
        let whole = self.pace.whole;
        self.kept.retain(|_, session| now.duration_since(session.begun) < whole);
        if self.kept.len() >= MOST {
            let oldest = self.kept.iter().min_by_key(|(_, it)| it.seen).map(|(hash, _)| *hash);
            oldest.map(|hash| self.kept.remove(&hash));
        }
        let (token, form) = (random()?, random()?);
        let session = Session { who, form, locked: false, begun: now, seen: now };
        self.kept.insert(hash(&token), session);
        Ok(token)
    }

    /// The session of a token, at a request: locked if nothing was asked for too long.
    pub fn find(&mut self, token: &str, now: Instant) -> Option<Session<T>> {
        let hash = hash(token);
        let session = self.kept.get_mut(&hash)?;
        if now.duration_since(session.begun) >= self.pace.whole {
            self.kept.remove(&hash);
            return None;
        }
        session.locked |= now.duration_since(session.seen) >= self.pace.idle;
        session.seen = now;
        Some(session.clone())
    }

    /// Locks a session.
    pub fn lock(&mut self, token: &str) {
        if let Some(session) = self.kept.get_mut(&hash(token)) {
            session.locked = true;
        }
    }

    /// Ends every session of somebody.
    pub fn end_of(&mut self, who: &T) {
        self.kept.retain(|_, session| session.who != *who);
    }

    /// Ends a session.
    pub fn end(&mut self, token: &str) {
        self.kept.remove(&hash(token));
    }
}

fn hash(token: &str) -> [u8; 32] {
    sha256(&[token.as_bytes()])
}

/// 128 random bits as text.
pub(crate) fn random() -> Result<String, NoRandom> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| NoRandom)?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Sessions at once: chosen, some for each of two hundred seats.
const MOST: usize = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_its_tokens_alone_and_ends() {
        let (mut sessions, now) = (Sessions::new(Pace::default()), Instant::now());
        let first = sessions.begin(3, None, now).unwrap();
        let other = sessions.begin(4, None, now).unwrap();
        assert_ne!(first, other);
        let (one, two) = (sessions.find(&first, now).unwrap(), sessions.find(&other, now).unwrap());
        assert_eq!((one.who, two.who), (3, 4));
        assert_ne!(one.form, two.form);
        assert!(sessions.find("", now).is_none());
        sessions.end(&first);
        assert!(sessions.find(&first, now).is_none() && sessions.find(&other, now).is_some());
        let again = sessions.begin(4, Some(&other), now).unwrap();
        assert!(sessions.find(&other, now).is_none() && sessions.find(&again, now).is_some());
    }

    #[test]
    fn it_locks_by_itself_and_does_not_last() {
        let pace = Pace { idle: Duration::from_secs(60), whole: Duration::from_secs(300) };
        let (mut sessions, now) = (Sessions::new(pace), Instant::now());
        let token = sessions.begin(3, None, now).unwrap();
        let after = |seconds| now + Duration::from_secs(seconds);
        assert!(!sessions.find(&token, after(59)).unwrap().locked);
        assert!(!sessions.find(&token, after(118)).unwrap().locked, "it was used");
        assert!(sessions.find(&token, after(178)).unwrap().locked);
        assert!(sessions.find(&token, after(179)).unwrap().locked, "asking does not unlock");
        assert!(sessions.find(&token, after(300)).is_none());
    }

    #[test]
    fn there_is_room_for_so_many() {
        let (mut sessions, now) = (Sessions::new(Pace::default()), Instant::now());
        let first = sessions.begin(1, None, now).unwrap();
        let later = now + Duration::from_secs(1);
        for who in 0..MOST {
            sessions.begin(who, None, later).unwrap();
        }
        assert!(sessions.find(&first, later).is_none() && sessions.kept.len() == MOST);
    }
}
