//! Names as applications are looked for by: so that whoever looks for one name does not look at all of them.
//!
//! One order of letters answers how a name begins, in either script. Rows of sounds, which many people share, stand by how many
//! of each consonant they have and how long they are: what two such kinds differ by is a cost that no row of one escapes on its
//! way to a row of the other, so that only rows of kinds that are near enough are held against what is looked for. What is found
//! is what looking at every application would find (a test compares the two).

use std::collections::{BTreeMap, BTreeSet};

use super::{EXTRA_VOWEL, Heard, OTHER, SOUGHT, percent, share, sound::Sound};
use crate::rules::{Application, Desk, Particulars};

/// Applications by how the names that their form says are written and sound.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Names {
    written: BTreeSet<(String, u32)>,
    sounds: BTreeMap<Kind, BTreeMap<Vec<Sound>, BTreeSet<u32>>>,
}

/// How many of each consonant a row has, and how many sounds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Kind([u8; CONSONANTS.len()], u8);

impl Names {
    /// An application is another than before.
    pub(crate) fn follow(&mut self, before: Option<&Application>, after: &Application) {
        let of = |it: &Application| {
            it.particulars.as_ref().map(|content| (content.latin.clone(), content.native.clone()))
        };
        if before.and_then(of) == of(after) {
            return;
        }
        if let Some(before) = before {
            self.forget(before);
        }
        let Some(content) = &after.particulars else { return };
        self.written.extend(written(content).map(|name| (name, after.number)));
        for row in Heard::of(content).names {
            let rows = self.sounds.entry(Kind::of(&row)).or_default();
            rows.entry(row).or_default().insert(after.number);
        }
    }

    /// An application is forgotten.
    pub(crate) fn forget(&mut self, gone: &Application) {
        let Some(content) = &gone.particulars else { return };
        for name in written(content) {
            self.written.remove(&(name, gone.number));
        }
        for row in Heard::of(content).names {
            let kind = Kind::of(&row);
            let Some(rows) = self.sounds.get_mut(&kind) else { continue };
            if let Some(numbers) = rows.get_mut(&row) {
                numbers.remove(&gone.number);
                if numbers.is_empty() {
                    rows.remove(&row);
                }
            }
            if rows.is_empty() {
                self.sounds.remove(&kind);
            }
        }
    }

    /// Numbers of applications whose name, in either script, begins like this one or sounds like it.
    fn find(&self, name: &str) -> BTreeSet<u32> {
        let beginning = folded(name);
        let begins = self.written.range((beginning.clone(), 0)..);
        let begins = begins.take_while(|(written, _)| written.starts_with(&beginning));
        let mut found: BTreeSet<u32> = begins.map(|(_, number)| *number).collect();
        let sought = Heard::sought(name).names;
        let sought: Vec<(Kind, Vec<Sound>)> =
            sought.into_iter().map(|row| (Kind::of(&row), row)).collect();
        for (kind, rows) in &self.sounds {
            if !sought.iter().any(|(other, _)| kind.is_near(other)) {
                continue;
            }
            for (row, numbers) in rows {
                if sought.iter().any(|(_, other)| percent(other, row) >= SOUGHT) {
                    found.extend(numbers);
                }
            }
        }
        found
    }
}

impl Desk {
    /// Applications of people whose name, in either script, begins like this one or sounds like it, by number; all of them
    /// where it has no letter.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Application> {
        let found = (!folded(name).is_empty()).then(|| self.names.find(name));
        let all = found.is_none().then(|| self.applications());
        let found = found.into_iter().flatten().filter_map(|number| self.application(number));
        found.chain(all.into_iter().flatten())
    }
}

impl Kind {
    fn of(row: &[Sound]) -> Self {
        let mut counts = [0_u8; CONSONANTS.len()];
        for (count, consonant) in counts.iter_mut().zip(CONSONANTS) {
            let have = row.iter().filter(|sound| *sound == consonant).count();
            *count = u8::try_from(have).unwrap_or(u8::MAX);
        }
        Self(counts, u8::try_from(row.len()).unwrap_or(u8::MAX))
    }

    /// Whether a row of this kind can be alike enough to one of the other: each consonant that only one of them has is put in,
    /// left out or changed for one that only the other has, and each sound that one is longer by is put in.
    fn is_near(&self, other: &Self) -> bool {
        let (mut more, mut less) = (0_u32, 0_u32);
        for (a, b) in self.0.iter().zip(other.0) {
            more += u32::from(a.saturating_sub(b));
            less += u32::from(b.saturating_sub(*a));
        }
        let longer = u32::from(self.1.abs_diff(other.1)) * EXTRA_VOWEL;
        let least = (more.max(less) * OTHER).max(longer);
        share(self.1.max(other.1).into(), least) >= SOUGHT
    }
}

/// Letters alone, in one case: however it was spaced and hyphenated.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn written(content: &Particulars) -> impl Iterator<Item = String> {
    [Some(&content.latin), content.native.as_ref()].into_iter().flatten().map(|name| folded(name))
}

/// Every sound that is no vowel.
const CONSONANTS: &[u8; 10] = b"SCNPKTLFHM";
