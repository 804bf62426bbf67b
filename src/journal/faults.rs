//! A disk in memory that fails on demand (feature `faults`): for the tests of whoever keeps a journal.
//!
//! It keeps apart what was written and what would survive a power cut. A sync that failed loses what it
//! should have kept, and a later sync that succeeds does not bring it back, as on a real kernel; names are
//! lost separately from contents; sectors reach the disk in any order. It has no mercy that a disk has not.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use crate::{Operation, Storage};

/// Bytes that reach a disk together.
const SECTOR: usize = 512;

/// A disk in memory; clones are the same disk.
#[derive(Default, Debug)]
pub struct Memory {
    state: Arc<Mutex<State>>,
    lock: Option<Arc<()>>,
}

impl Clone for Memory {
    /// The same disk, not locked by this value.
    fn clone(&self) -> Self {
        Self { state: Arc::clone(&self.state), lock: None }
    }
}

/// Something that goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    /// With what.
    pub operation: Operation,
    /// At which call of it from now on, the next being 0.
    pub at: u32,
    /// At every later call as well.
    pub forever: bool,
    /// How.
    pub how: How,
}

/// How an operation goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// An I/O error; of a write, half is done.
    Error,
    /// No room; of a write, half is done.
    Full,
    /// The power is gone before it.
    Before,
    /// The power is gone in the middle of it.
    During,
    /// The power is gone after it.
    After,
}

/// What a power cut leaves of what was not synced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loss {
    /// Nothing.
    All,
    /// Everything.
    None,
    /// A beginning.
    Torn,
    /// Any sectors of it.
    Reordered,
}

#[derive(Default, Debug)]
struct State {
    names: BTreeMap<String, usize>,
    durable_names: BTreeMap<String, usize>,
    files: Vec<File>,
    faults: Vec<Fault>,
    calls: BTreeMap<u8, u32>,
    dark: bool,
    lock: Weak<()>,
    random: u64,
}

#[derive(Clone, Default, Debug)]
struct File {
    /// What is read.
    seen: Vec<u8>,
    /// What survives.
    durable: Vec<u8>,
    /// What a sync would make durable.
    pending: Vec<Change>,
}

#[derive(Clone, Debug)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

impl Change {
    fn apply(&self, file: &mut Vec<u8>) {
        match self {
            Self::Cut(length) => file.truncate(*length),
            Self::Write(at, bytes) => {
                file.resize(file.len().max(at + bytes.len()), 0);
                file[*at..at + bytes.len()].copy_from_slice(bytes);
            }
        }
    }
}

impl Memory {
    /// An empty disk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Plans a fault.
    pub fn fail(&self, fault: Fault) {
        let mut state = self.state();
        let done = state.calls.get(&(fault.operation as u8)).copied().unwrap_or_default();
        state.faults.push(Fault { at: fault.at.saturating_add(done), ..fault });
    }

    /// The disk works again.
    pub fn heal(&self) {
        self.state().faults.clear();
    }

    /// How often an operation was asked for.
    #[must_use]
    pub fn calls(&self, operation: Operation) -> u32 {
        self.state().calls.get(&(operation as u8)).copied().unwrap_or_default()
    }

    /// True once the power is gone.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        self.state().dark
    }

    /// Cuts the power and turns it on again: what is left is what survived.
    pub fn power_cut(&self, loss: Loss, seed: u64) {
        let state = &mut *self.state();
        state.random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        for at in 0..state.files.len() {
            let mut file = state.files[at].clone();
            for change in core::mem::take(&mut file.pending) {
                for part in state.survives(change, loss) {
                    part.apply(&mut file.durable);
                }
            }
            file.seen.clone_from(&file.durable);
            state.files[at] = file;
        }
        if loss == Loss::None || (loss == Loss::Reordered && state.chance(2) == 0) {
            state.durable_names = state.names.clone();
        }
        state.names = state.durable_names.clone();
        state.faults.clear();
        state.dark = false;
        state.lock = Weak::new();
    }

    /// The contents of every file.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state();
        state.names.iter().map(|(name, at)| (name.clone(), state.files[*at].seen.clone())).collect()
    }

    /// A disk with these files on it, all of them durable.
    #[must_use]
    pub fn of(files: BTreeMap<String, Vec<u8>>) -> Self {
        let disk = Self::new();
        for (at, (name, seen)) in files.into_iter().enumerate() {
            let mut state = disk.state();
            state.names.insert(name.clone(), at);
            state.durable_names.insert(name, at);
            state.files.push(File { durable: seen.clone(), seen, pending: Vec::new() });
        }
        disk
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Counts a call and says how it goes wrong, if it does.
    fn call(&mut self, operation: Operation) -> io::Result<Option<How>> {
        if self.dark {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let calls = self.calls.entry(operation as u8).or_default();
        let now = *calls;
        *calls += 1;
        let due = |fault: &&Fault| {
            fault.operation == operation && (fault.at == now || fault.forever && fault.at < now)
        };
        let how = self.faults.iter().find(due).map(|fault| fault.how);
        if how == Some(How::Before) {
            self.dark = true;
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(how)
    }

    /// Does what is left to do of an operation that goes wrong.
    fn end(&mut self, how: Option<How>) -> io::Result<()> {
        match how {
            None => Ok(()),
            Some(How::Error) => Err(io::Error::from_raw_os_error(EIO)),
            Some(How::Full) => Err(io::ErrorKind::StorageFull.into()),
            Some(How::Before | How::During | How::After) => {
                self.dark = true;
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
    }

    fn file(&mut self, name: &str) -> io::Result<&mut File> {
        let at = self.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(&mut self.files[*at])
    }

    fn change(&mut self, name: &str, change: Change) -> io::Result<()> {
        let file = self.file(name)?;
        change.apply(&mut file.seen);
        file.pending.push(change);
        Ok(())
    }

    /// The parts of a change that reach the disk although nobody waited for them.
    fn survives(&mut self, change: Change, loss: Loss) -> Vec<Change> {
        match (loss, change) {
            (Loss::All, _) => Vec::new(),
            (Loss::None, change) => vec![change],
            (Loss::Torn | Loss::Reordered, Change::Cut(length)) => {
                if self.chance(2) == 0 {
                    vec![Change::Cut(length)]
                } else {
                    Vec::new()
                }
            }
            (Loss::Torn, Change::Write(at, bytes)) => {
                let length = self.chance(bytes.len() + 1);
                vec![Change::Write(at, bytes[..length].to_vec())]
            }
            (Loss::Reordered, Change::Write(at, bytes)) => {
                let end = at + bytes.len();
                let cuts: Vec<_> = (at / SECTOR..=end / SECTOR)
                    .map(|sector| (at.max(sector * SECTOR), end.min((sector + 1) * SECTOR)))
                    .filter(|(from, to)| from < to)
                    .collect();
                let kept = cuts.into_iter().filter(|_| self.chance(2) == 0);
                kept.map(|(from, to)| Change::Write(from, bytes[from - at..to - at].to_vec()))
                    .collect()
            }
        }
    }

    /// A number below `below` (xorshift64).
    fn chance(&mut self, below: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random % below as u64).unwrap_or_default()
    }
}

impl Storage for Memory {
    fn lock(&mut self) -> io::Result<()> {
        let how = self.state().call(Operation::Lock)?;
        self.state().end(how)?;
        if self.state().lock.upgrade().is_some() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let lock = Arc::new(());
        self.state().lock = Arc::downgrade(&lock);
        self.lock = Some(lock);
        Ok(())
    }

    fn list(&self) -> io::Result<Vec<String>> {
        let mut state = self.state();
        let how = state.call(Operation::List)?;
        state.end(how)?;
        Ok(state.names.keys().cloned().collect())
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut state = self.state();
        let how = state.call(Operation::Read)?;
        state.end(how)?;
        Ok(state.file(name)?.seen.clone())
    }

    fn create(&mut self, name: &str) -> io::Result<()> {
        let mut state = self.state();
        let how = state.call(Operation::Create)?;
        if how.is_none() || how == Some(How::After) {
            let at = state.files.len();
            state.files.push(File::default());
            state.names.insert(name.to_owned(), at);
        }
        state.end(how)
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        let how = state.call(Operation::Append)?;
        let half = matches!(how, Some(How::Error | How::Full | How::During));
        let bytes = if half { &bytes[..bytes.len() / 2] } else { bytes };
        let at = state.file(name)?.seen.len();
        state.change(name, Change::Write(at, bytes.to_vec()))?;
        state.end(how)
    }

    fn truncate(&mut self, name: &str, length: u64) -> io::Result<()> {
        let mut state = self.state();
        let how = state.call(Operation::Truncate)?;
        if how.is_none() || how == Some(How::After) {
            let length = usize::try_from(length).map_err(|_| io::ErrorKind::InvalidInput)?;
            state.change(name, Change::Cut(length))?;
        }
        state.end(how)
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        let mut state = self.state();
        let how = state.call(Operation::Sync)?;
        let file = state.file(name)?;
        match how {
            None | Some(How::After) => {
                let pending = core::mem::take(&mut file.pending);
                pending.iter().for_each(|change| change.apply(&mut file.durable));
            }
            // The kernel forgets that these pages were never written.
            Some(How::Error | How::Full) => file.pending.clear(),
            Some(_) => {}
        }
        state.end(how)
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let mut state = self.state();
        let how = state.call(Operation::Rename)?;
        if how.is_none() || how == Some(How::After) {
            let at = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
            state.names.insert(to.to_owned(), at);
        }
        state.end(how)
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        let mut state = self.state();
        let how = state.call(Operation::Remove)?;
        if how.is_none() || how == Some(How::After) {
            state.names.remove(name).ok_or(io::ErrorKind::NotFound)?;
        }
        state.end(how)
    }

    fn sync_directory(&mut self) -> io::Result<()> {
        let mut state = self.state();
        let how = state.call(Operation::SyncDirectory)?;
        if how.is_none() || how == Some(How::After) {
            state.durable_names = state.names.clone();
        }
        state.end(how)
    }

    fn free(&self) -> io::Result<u64> {
        Ok(u64::MAX)
    }
}

/// The system's number for an I/O error.
const EIO: i32 = 5;
