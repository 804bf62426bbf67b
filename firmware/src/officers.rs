//! Officers and their PINs.
//!
//! A wrong try is counted on the disk before the PIN is looked at, so that pulling the plug wins nothing, and each wrong
//! one makes the next wait longer, up to [`LONGEST`] seconds: no lock outlasts a quarter of an hour, since somebody has to
//! come on duty at night. Whoever guesses then has 96 tries a day for each officer: even odds against six digits after
//! 14 years, or after a year where twenty officers are known by number. Numbers that are nobody's are counted and wait
//! like any other, so that no answer and no delay tells who is enrolled. An officer is a number here: no name is kept, and
//! no PIN, only its argon2id hash.
//!
//! Enrolment (`OFFICERS`) and tries (`TRIES`) are two files: whoever enrols writes the one while the terminal that
//! runs writes the other, and each reads what the other wrote.

use core::sync::atomic::{AtomicU8, Ordering};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use argon2::{Argon2, Block};
use permit_core::UnixTime;
use permit_journal::Storage;
use serde::{Deserialize, Serialize};

use crate::machine::{Pin, Role, SignInFault, Signed};
use crate::place::Place;
use crate::reserve::Reserve;
use crate::twin::{Found, Twin};

/// Characters a PIN has at least.
pub const LEAST: usize = 6;
/// Seconds to wait after the first wrong try; they double with each.
const FIRST: u64 = 2;
/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;
/// Seconds that anybody has to wait at most.
pub const LONGEST: u64 = 15 * 60;
/// Who is enrolled.
const OFFICERS: Twin = Twin::new("officers.json", |bytes| parsed(bytes).is_some());
/// Wrong tries since the last right one: a number, the enrolment they are counted against, how many.
const TRIES: Twin = Twin::new("officers.tries", |bytes| bytes.len().is_multiple_of(ENTRY));

/// The officers of a terminal.
#[derive(Debug, Default)]
pub struct Officers<S = Place> {
    /// None on a laptop without a state.
    storage: Option<S>,
    /// The state folder, for whoever enrols while this terminal runs.
    state: Option<PathBuf>,
    reserve: Option<Arc<Reserve>>,
    known: Vec<Officer>,
    /// Who is enrolled cannot be read any more.
    lost: bool,
    tries: BTreeMap<u16, Tries>,
    /// When each may try again, in milliseconds of this process.
    waiting: BTreeMap<u16, u64>,
    roll: Roll,
    /// One of their files was made again from its copy.
    restored: bool,
    /// What argon2id works in, kept: given back each time, the process would grow by it again and again.
    memory: Memory,
    /// When anybody may: tries were counted and the count is lost.
    all_wait: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Officer {
    number: u16,
    salt: [u8; 16],
    hash: [u8; 32],
    /// Of a terminal that counted tries here.
    #[serde(default, skip_serializing_if = "is_none")]
    wrong: u32,
    /// How often they were enrolled or unlocked.
    #[serde(default)]
    turn: u16,
    #[serde(default)]
    role: Role,
    /// Somebody else set their PIN on the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given: Option<Given>,
}

/// What became of a PIN that somebody else set.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// When the officer changed it, in seconds since 1970.
    changed: Option<i64>,
}

impl Given {
    /// Whether the officer had a PIN of their own for a day, at the earliest that it can be now.
    fn is_over(self, now: UnixTime) -> bool {
        self.changed.is_some_and(|changed| now.since(UnixTime(changed)) >= DAY)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Tries {
    turn: u16,
    wrong: u8,
}

/// Whether anybody is enrolled, for whoever has to know that without asking.
#[derive(Clone, Debug, Default)]
pub struct Roll(Arc<AtomicU8>);

impl Roll {
    /// Whether somebody is, as far as that is known.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.0.load(Ordering::Relaxed) != NOBODY_YET
    }

    /// Whether it is not known any more.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.0.load(Ordering::Relaxed) == NOT_KNOWN
    }
}

/// States of a [`Roll`].
const NOBODY_YET: u8 = 0;
const SOMEBODY: u8 = 1;
const NOT_KNOWN: u8 = 2;

/// Why an officer was not enrolled or unlocked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnrolError {
    /// Fewer than [`LEAST`] characters.
    #[error("a PIN has at least 6 characters")]
    Short,
    /// Nobody of that number is enrolled.
    #[error("no officer of that number is enrolled")]
    Unknown,
    /// Who is enrolled cannot be read: an unlocked one would be the only one.
    #[error("the list of officers is damaged")]
    Lost,
    /// The file cannot be written, or there are no random numbers.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Officers {
    /// The officers of a state folder; nobody where nobody was enrolled. `ms` is the time: whoever had wrong tries waits
    /// again, since nobody knows how long the terminal was off.
    #[must_use]
    pub fn open(state: &Path, reserve: Option<Arc<Reserve>>, ms: u64) -> Self {
        // Mended where nobody else writes; from then on whoever enrols has the lock.
        let mut alone = Place::new(state);
        let _ = Storage::lock(&mut alone);
        let mut officers = Self::on(alone, ms);
        officers.storage = Some(Place::shared(state));
        officers.state = Some(state.to_owned());
        Self { reserve, ..officers }
    }

    /// Changes who is enrolled in a state folder, whether a terminal runs on it or not.
    ///
    /// # Errors
    ///
    /// As [`enrol`](Self::enrol) and [`unlock`](Self::unlock); [`ErrorKind::WouldBlock`] while another does the same.
    pub fn change(
        state: &Path,
        change: impl FnOnce(&mut Self) -> Result<(), EnrolError>,
    ) -> Result<(), EnrolError> {
        let mut place = Place::new(state);
        Storage::lock(&mut place)?;
        // Tries are the running terminal's to write.
        let tries = TRIES.look(&place);
        change(&mut Self::with(place, tries, 0))
    }

    /// The same in this terminal's own folder, and what came of it is known here at once.
    ///
    /// # Errors
    ///
    /// As [`change`](Self::change); [`ErrorKind::NotFound`] without a folder.
    pub fn amend(
        &mut self,
        change: impl FnOnce(&mut Self) -> Result<(), EnrolError>,
    ) -> Result<(), EnrolError> {
        let state = self.state.as_deref().ok_or_else(|| io::Error::from(ErrorKind::NotFound))?;
        Self::change(state, change)?;
        self.look();
        Ok(())
    }
}

impl<S: Storage> Officers<S> {
    /// The officers in a folder.
    #[must_use]
    pub fn on(mut storage: S, ms: u64) -> Self {
        let tries = TRIES.read(&mut storage);
        Self::with(storage, tries, ms)
    }

    fn with(storage: S, tries: Found, ms: u64) -> Self {
        let mut officers = Self {
            storage: Some(storage),
            state: None,
            reserve: None,
            known: Vec::new(),
            lost: false,
            tries: BTreeMap::new(),
            waiting: BTreeMap::new(),
            roll: Roll::default(),
            memory: Memory::default(),
            restored: matches!(tries, Found::Restored(_)),
            all_wait: 0,
        };
        match tries {
            Found::Lost => officers.all_wait = ms + 1_000 * LONGEST,
            found => officers.tries = counted(&found.bytes().unwrap_or_default()),
        }
        if let Some(storage) = &mut officers.storage {
            let found = OFFICERS.read(storage);
            officers.restored |= matches!(found, Found::Restored(_));
            officers.learn(found);
        }
        let tried: Vec<_> = officers.tries.keys().copied().collect();
        for number in tried {
            let wrong = officers.wrong(number);
            if wrong > 0 {
                officers.waiting.insert(number, ms + 1_000 * delay(wrong));
            }
        }
        officers
    }

    /// Whether anybody is enrolled, now and later.
    #[must_use]
    pub fn roll(&self) -> Roll {
        self.roll.clone()
    }

    /// Whether one of their files was made again from its copy when this was opened.
    #[must_use]
    pub const fn is_restored(&self) -> bool {
        self.restored
    }

    /// Looks whether somebody was enrolled or unlocked meanwhile.
    pub fn look(&mut self) {
        if let Some(storage) = &self.storage {
            let found = OFFICERS.look(storage);
            self.learn(found);
        }
    }

    /// Whether nobody was enrolled, as far as that is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.known.is_empty() && !self.lost
    }

    /// Whether it cannot be known who is enrolled: nobody is signed in then.
    #[must_use]
    pub const fn is_lost(&self) -> bool {
        self.lost
    }

    /// Enrols an officer by whoever has the terminal's files, or gives them another PIN of their own; unlocks them. The
    /// role stays where none is said. Where it is not known any more who was enrolled, they are the first again.
    ///
    /// # Errors
    ///
    /// When the PIN is too short or the file cannot be written; nothing has changed then.
    pub fn enrol(&mut self, number: u16, pin: &Pin, role: Option<Role>) -> Result<(), EnrolError> {
        self.put(number, pin, role, None)
    }

    /// The same by a supervisor, who then knows the PIN: until the officer changed it and a day has passed they are no
    /// second person.
    ///
    /// # Errors
    ///
    /// As [`enrol`](Self::enrol); nobody is enrolled so where it is not known who was.
    pub fn appoint(
        &mut self,
        number: u16,
        pin: &Pin,
        role: Option<Role>,
    ) -> Result<(), EnrolError> {
        if self.lost {
            return Err(EnrolError::Lost);
        }
        self.put(number, pin, role, Some(Given { changed: None }))
    }

    /// An officer takes another PIN, at this time at the latest; whether the one before is right was looked at.
    ///
    /// # Errors
    ///
    /// As [`appoint`](Self::appoint), and when nobody has that number.
    pub fn change_pin(&mut self, number: u16, pin: &Pin, at: UnixTime) -> Result<(), EnrolError> {
        let officer = self.known.iter().find(|officer| officer.number == number);
        let officer = officer.ok_or(EnrolError::Unknown)?;
        // Whoever changed it once counts from then on.
        let changed = |given: Given| Given { changed: given.changed.or(Some(at.0)) };
        let given = officer.given.map(changed);
        self.put(number, pin, None, given)
    }

    fn put(
        &mut self,
        number: u16,
        pin: &Pin,
        role: Option<Role>,
        given: Option<Given>,
    ) -> Result<(), EnrolError> {
        if pin.reveal().chars().count() < LEAST {
            return Err(EnrolError::Short);
        }
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(io::Error::other)?;
        let hash = self.memory.hash(pin, &salt).ok_or_else(|| io::Error::other("argon2"))?;
        let before = self.known.iter().find(|officer| officer.number == number);
        // Whoever is tried before they are enrolled is counted in turn 0.
        let turn = before.map_or(0, |officer| officer.turn).wrapping_add(1);
        let role = role.or(before.map(|officer| officer.role)).unwrap_or_default();
        let mut known = self.known.clone();
        known.retain(|officer| officer.number != number);
        known.push(Officer { number, salt, hash, wrong: 0, turn, role, given });
        if self.lost
            && let Some(storage) = &mut self.storage
        {
            OFFICERS.give_up(storage);
        }
        self.write(known)?;
        self.lost = false;
        Ok(())
    }

    /// Lets an officer try again at once: wrong tries so far do not count.
    ///
    /// # Errors
    ///
    /// When nobody has that number, or the file cannot be written; nothing has changed then.
    pub fn unlock(&mut self, number: u16) -> Result<(), EnrolError> {
        if self.lost {
            return Err(EnrolError::Lost);
        }
        let mut known = self.known.clone();
        let officer = known.iter_mut().find(|officer| officer.number == number);
        let officer = officer.ok_or(EnrolError::Unknown)?;
        (officer.turn, officer.wrong) = (officer.turn.wrapping_add(1), 0);
        Ok(self.write(known)?)
    }

    /// What an officer who signed in may do; `now` is the earliest that it can be.
    #[must_use]
    pub fn standing(&self, number: u16, now: UnixTime) -> Signed {
        let officer = self.known.iter().find(|officer| officer.number == number);
        let second = officer.is_some_and(|it| it.given.is_none_or(|given| given.is_over(now)));
        Signed { officer: number, role: officer.map_or_else(Role::default, |it| it.role), second }
    }

    /// Checks a PIN.
    ///
    /// # Errors
    ///
    /// Why nobody is signed in. Somebody unknown and a wrong PIN look the same, and take the same.
    pub fn check(&mut self, number: u16, pin: &Pin, ms: u64) -> Result<u16, SignInFault> {
        self.look();
        if self.lost {
            return Err(SignInFault::Lost);
        }
        let until = self.waiting.get(&number).copied().unwrap_or_default().max(self.all_wait);
        if let Some(left) = until.checked_sub(ms).filter(|left| *left > 0) {
            return Err(SignInFault::Wait { seconds: left.div_ceil(1_000) });
        }
        let officer = self.known.iter().find(|officer| officer.number == number);
        let turn = officer.map_or(0, |officer| officer.turn);
        let (salt, right) = officer.map_or(NOBODY, |officer| (officer.salt, officer.hash));
        let known = officer.is_some();
        let wrong = self.wrong(number).saturating_add(1);
        // Counted on the disk first: from here on the try has happened.
        let tries = Tries { turn, wrong };
        self.count(number, Some(tries)).map_err(|_| SignInFault::Unwritable)?;
        let same = self.memory.hash(pin, &salt).is_some_and(|hash| same(&hash, &right));
        if !(same && known) {
            self.waiting.insert(number, ms + 1_000 * delay(wrong));
            return Err(SignInFault::Wrong);
        }
        self.waiting.remove(&number);
        // A counter that cannot be taken back only makes the next mistake dearer.
        let _ = self.count(number, None);
        Ok(number)
    }

    /// Wrong tries that count against whoever has this number now.
    fn wrong(&self, number: u16) -> u8 {
        let officer = self.known.iter().find(|officer| officer.number == number);
        let turn = officer.map_or(0, |officer| officer.turn);
        match self.tries.get(&number).filter(|tries| tries.turn == turn) {
            Some(tries) => tries.wrong,
            None => officer.map_or(0, |officer| u8::try_from(officer.wrong).unwrap_or(u8::MAX)),
        }
    }

    /// Takes in who is enrolled. What cannot be read now does not undo what was read before.
    fn learn(&mut self, found: Found) {
        let absent = found == Found::Absent;
        let known = found.bytes().and_then(|bytes| parsed(&bytes));
        match known {
            Some(known) => {
                // Whoever was unlocked or has another PIN does not wait for the old one.
                let turned = known.iter().filter(|now| {
                    let before = self.known.iter().find(|before| before.number == now.number);
                    before.is_none_or(|before| before.turn != now.turn)
                });
                for officer in turned {
                    self.waiting.remove(&officer.number);
                }
                self.known = known;
                self.lost = false;
            }
            None if absent || !self.known.is_empty() => {}
            None => self.lost = true,
        }
        let state = match (self.lost, self.known.is_empty()) {
            (true, _) => NOT_KNOWN,
            (false, true) => NOBODY_YET,
            (false, false) => SOMEBODY,
        };
        self.roll.0.store(state, Ordering::Relaxed);
    }

    /// Counts a try on the disk.
    fn count(&mut self, number: u16, tries: Option<Tries>) -> io::Result<()> {
        let mut all = self.tries.clone();
        match tries {
            Some(tries) => all.insert(number, tries),
            None => all.remove(&number),
        };
        self.keep(TRIES, &bytes(&all))?;
        self.tries = all;
        Ok(())
    }

    fn write(&mut self, known: Vec<Officer>) -> io::Result<()> {
        self.keep(OFFICERS, &serde_json::to_vec(&known)?)?;
        self.known = known;
        Ok(())
    }

    /// Once more with the room that is kept for it, where the disk is full.
    fn keep(&mut self, twin: Twin, bytes: &[u8]) -> io::Result<()> {
        let storage = self.storage.as_mut().ok_or(ErrorKind::NotFound)?;
        let done = twin.write(storage, bytes);
        let full = |error: &io::Error| {
            matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
        };
        match (done, &self.reserve) {
            (Err(error), Some(reserve)) if full(&error) && reserve.give() => {
                twin.write(storage, bytes)
            }
            (done, _) => done,
        }
    }
}

fn parsed(bytes: &[u8]) -> Option<Vec<Officer>> {
    serde_json::from_slice(bytes).ok()
}

/// Tries as they are kept.
fn bytes(tries: &BTreeMap<u16, Tries>) -> Vec<u8> {
    let entry = |(number, tries): (&u16, &Tries)| {
        let ([a, b], [c, d]) = (number.to_be_bytes(), tries.turn.to_be_bytes());
        [a, b, c, d, tries.wrong]
    };
    tries.iter().flat_map(entry).collect()
}

fn counted(bytes: &[u8]) -> BTreeMap<u16, Tries> {
    let entry = |entry: &[u8; ENTRY]| {
        let [a, b, c, d, wrong] = *entry;
        (u16::from_be_bytes([a, b]), Tries { turn: u16::from_be_bytes([c, d]), wrong })
    };
    bytes.as_chunks().0.iter().map(entry).collect()
}

/// Seconds to wait after so many wrong tries.
fn delay(wrong: u8) -> u64 {
    FIRST.checked_shl(u32::from(wrong.saturating_sub(1)).min(16)).unwrap_or(LONGEST).min(LONGEST)
}

/// What argon2id works in.
#[derive(Default)]
struct Memory(Vec<Block>);

impl core::fmt::Debug for Memory {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Memory(…)")
    }
}

impl Memory {
    fn hash(&mut self, pin: &Pin, salt: &[u8; 16]) -> Option<[u8; 32]> {
        let (argon2, mut hash) = (Argon2::default(), [0; 32]);
        self.0.resize(argon2.params().block_count(), Block::default());
        let pin = pin.reveal().as_bytes();
        argon2.hash_password_into_with_memory(pin, salt, &mut hash, &mut self.0).ok()?;
        // Nothing of a PIN stays.
        self.0.fill(Block::default());
        Some(hash)
    }
}

/// Whether two hashes are the same, in a time that does not tell where they differ.
fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde asks for")]
const fn is_none(wrong: &u32) -> bool {
    *wrong == 0
}

/// Bytes of a number, its turn and its wrong tries. All 65,536 numbers take a third of a megabyte.
const ENTRY: usize = 5;
/// What is compared for a number that is nobody's: the same work.
const NOBODY: ([u8; 16], [u8; 32]) = ([0; 16], [0; 32]);

#[cfg(test)]
mod tests;
