//! Codes in which terminals show their journals, put together to exports.
//!
//! A code proves nothing: what they come to is taken like a file from a stick, by the terminal's signature. Several journals may
//! lie in one folder; no two are mixed, and what a code claims costs no memory. Only so many are kept open at once.

use std::path::Path;

use permit_parts::{Added, BundleId, Collector, Part};
use permit_symbol::load::{LoadError, frames};

/// The most journals that are put together at once (chosen: each holds 390 kB at most).
const OPEN: usize = 8;

/// What the codes in pictures and films have come to so far.
#[derive(Debug, Default)]
pub struct Sequences {
    open: Vec<(BundleId, Collector)>,
    done: Vec<BundleId>,
    /// Codes that contradict others, make no file, or are of one journal too many.
    pub wrong: usize,
    /// Pictures that could not be opened.
    pub blind: usize,
}

/// An export that its codes told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gathered {
    /// Its bytes, as far as codes know.
    pub file: Vec<u8>,
    /// How many codes were read.
    pub read: usize,
}

impl Sequences {
    /// Reads a picture or a film, frame by frame; what is whole by it.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened, or is none.
    pub fn look(&mut self, path: &Path) -> Result<Vec<Gathered>, LoadError> {
        let mut told = Vec::new();
        for frame in frames(path)? {
            let Ok(frame) = frame else {
                self.blind += 1;
                continue;
            };
            for code in permit_symbol::read(frame.as_grey()) {
                told.extend(self.add(&code.bytes));
            }
        }
        Ok(told)
    }

    /// The text of a code; the file where it was the last that was missing. What is no code of a file is passed over.
    pub fn add(&mut self, text: &[u8]) -> Option<Gathered> {
        let part = Part::read(text).ok()?;
        let id = part.id();
        if self.done.contains(&id) {
            return None;
        }
        let at = match self.open.iter().position(|(of, _)| *of == id) {
            Some(at) => at,
            None if self.open.len() < OPEN => {
                self.open.push((id, Collector::default()));
                self.open.len() - 1
            }
            None => {
                self.wrong += 1;
                return None;
            }
        };
        let (_, collector) = self.open.get_mut(at)?;
        let (before, _) = collector.progress();
        match collector.add(&part) {
            Ok(Added::Whole(file)) => {
                self.open.remove(at);
                self.done.push(id);
                Some(Gathered { file, read: before + 1 })
            }
            Ok(_) => None,
            Err(_) => {
                // Where all of them were dropped, all of them are wrong.
                let dropped = collector.progress().0 == 0;
                self.wrong += if dropped { before + 1 } else { 1 };
                None
            }
        }
    }

    /// How many codes of each journal are there that is not whole, and about how many it needs.
    pub fn missing(&self) -> impl Iterator<Item = (usize, usize)> {
        let progress = self.open.iter().map(|(_, collector)| collector.progress());
        progress.filter(|(there, _)| *there > 0)
    }
}
