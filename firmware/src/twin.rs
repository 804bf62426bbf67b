//! Small files that a terminal cannot start without: each is kept twice, with a check.
//!
//! The copy is written whole and synced before the file itself is touched, so that at every moment one of the two is
//! whole, whatever the power does. One that is torn, flipped, missing or in the way of a folder is made again from the
//! other. What cannot be told from something else is not guessed: two files that are both damaged are lost, and that is
//! said. Nothing here knows what is kept.

use std::io;

use permit_core::sha256;
use permit_journal::Storage;

/// A file that is kept twice.
#[derive(Clone, Copy, Debug)]
pub struct Twin {
    name: &'static str,
    sound: fn(&[u8]) -> bool,
}

/// What was found of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// It was never there.
    Absent,
    /// It is whole.
    Whole(Vec<u8>),
    /// One of the two was damaged and was made again from the other, as far as the disk can be written.
    Restored(Vec<u8>),
    /// It is there, and neither can be relied upon.
    Lost,
}

impl Found {
    /// What it holds, if that is known.
    #[must_use]
    pub fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Whole(bytes) | Self::Restored(bytes) => Some(bytes),
            Self::Absent | Self::Lost => None,
        }
    }
}

/// One of the two, as it lies there.
enum Side {
    Absent,
    /// Checked.
    Good(Vec<u8>),
    /// Without a check: written before there were two.
    Bare(Vec<u8>),
    Bad,
}

impl Twin {
    /// The file of that name, beside which `NAME.copy` lies. `sound` looks at one that was written before there was a
    /// check.
    #[must_use]
    pub const fn new(name: &'static str, sound: fn(&[u8]) -> bool) -> Self {
        Self { name, sound }
    }

    /// Reads it and changes nothing: for whoever looks while another may write.
    #[must_use]
    pub fn look(self, storage: &impl Storage) -> Found {
        self.judge(storage).0
    }

    /// Reads it, and mends what can be mended.
    #[must_use]
    pub fn read(self, storage: &mut impl Storage) -> Found {
        let (found, mend) = self.judge(storage);
        if let (Found::Whole(bytes) | Found::Restored(bytes), true) = (&found, mend)
            && let Err(error) = self.write(storage, bytes)
        {
            tracing::warn!(%error, name = self.name, "a file could not be made again from its copy");
        }
        found
    }

    /// What counts, and whether the two are to be written again.
    fn judge(self, storage: &impl Storage) -> (Found, bool) {
        let own = side(storage, self.name);
        let copy = side(storage, &self.copy());
        match (own, copy) {
            (Side::Absent, Side::Absent) => (Found::Absent, false),
            (Side::Good(own), Side::Good(copy)) if own == copy => (Found::Whole(own), false),
            // The copy is written first: where the two differ it is the newer.
            (_, Side::Good(copy)) => (Found::Restored(copy), true),
            (Side::Good(own), _) => (Found::Restored(own), true),
            // Of a terminal that kept one file: it stands alone until it is written next.
            (Side::Bare(own), Side::Absent) if (self.sound)(&own) => (Found::Whole(own), true),
            _ => (Found::Lost, false),
        }
    }

    /// Makes it hold these bytes; until that has succeeded it holds what it held.
    ///
    /// # Errors
    ///
    /// What the disk says.
    pub fn write(self, storage: &mut impl Storage, bytes: &[u8]) -> io::Result<()> {
        let checked = checked(bytes);
        for target in [self.copy(), self.name.to_owned()] {
            let beside = format!("{}.new", self.name);
            out_of_the_way(storage, &beside);
            storage.create(&beside)?;
            storage.append(&beside, &checked)?;
            storage.sync(&beside)?;
            match storage.rename(&beside, &target) {
                // No file replaces a folder.
                Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
                    set_aside(storage, &target);
                    storage.rename(&beside, &target)?;
                }
                done => done?,
            }
            storage.sync_directory()?;
        }
        Ok(())
    }

    /// Puts what is lost aside, so that another can be begun; it stays to be looked at.
    pub fn give_up(self, storage: &mut impl Storage) {
        for name in [self.copy(), self.name.to_owned()] {
            set_aside(storage, &name);
        }
    }

    fn copy(self) -> String {
        format!("{}.copy", self.name)
    }
}

fn side(storage: &impl Storage, name: &str) -> Side {
    match storage.read(name) {
        Ok(bytes) => open(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Side::Absent,
        Err(_) => Side::Bad,
    }
}

fn open(bytes: Vec<u8>) -> Side {
    let Some(rest) = bytes.strip_prefix(MARK) else {
        // Nothing this terminal keeps is empty, or begins like a mark that is damaged.
        let torn = bytes.is_empty() || MARK.starts_with(&bytes) || looks_marked(&bytes);
        return if torn { Side::Bad } else { Side::Bare(bytes) };
    };
    match rest.split_at_checked(CHECK) {
        Some((check, [b'\n', held @ ..])) if check == hex(held).as_bytes() => {
            Side::Good(held.to_vec())
        }
        _ => Side::Bad,
    }
}

/// Whether most of a mark is there: a bit of it flipped.
fn looks_marked(bytes: &[u8]) -> bool {
    let same = MARK.iter().zip(bytes).filter(|(mark, byte)| mark == byte).count();
    same * 2 > MARK.len()
}

fn checked(bytes: &[u8]) -> Vec<u8> {
    [MARK, hex(bytes).as_bytes(), b"\n", bytes].concat()
}

fn hex(bytes: &[u8]) -> String {
    sha256(&[bytes]).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn out_of_the_way(storage: &mut impl Storage, name: &str) {
    let gone = storage.remove(name);
    if gone.is_err_and(|error| error.kind() == io::ErrorKind::IsADirectory) {
        set_aside(storage, name);
    }
}

fn set_aside(storage: &mut impl Storage, name: &str) {
    let names = storage.list().unwrap_or_default();
    let free = (1..=ASIDE).map(|number| format!("{name}.damaged-{number}"));
    if let Some(free) = free.into_iter().find(|free| !names.contains(free)) {
        let _ = storage.rename(name, &free);
    }
}

/// What the first line of a checked file begins with; the SHA-256 of all that follows that line ends it.
const MARK: &[u8] = b"permit-reader 1 sha256:";
/// Digits of the check.
const CHECK: usize = 64;
/// Damaged files that are kept of one name.
const ASIDE: u32 = 99;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use permit_journal::Operation;
    use permit_journal::faults::{Fault, How, Loss, Memory};

    use super::*;

    const TWIN: Twin = Twin::new("reader.key", |bytes| bytes.starts_with(b"the"));
    const OLD: &[u8] = b"the old one";
    const NEW: &[u8] = b"the new one, which is longer";

    fn disk(own: Option<&[u8]>, copy: Option<&[u8]>) -> Memory {
        let files = [("reader.key", own), ("reader.key.copy", copy)];
        let there = |(name, bytes): (&str, Option<&[u8]>)| Some((name.to_owned(), bytes?.to_vec()));
        Memory::of(files.into_iter().filter_map(there).collect::<BTreeMap<_, _>>())
    }

    /// Every damage of one of the two is mended; of both, nothing is guessed.
    #[test]
    fn row_08_every_damage_of_one_is_mended() {
        let good = checked(OLD);
        let flipped = (0..good.len()).map(|at| {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << (at % 8);
            bytes
        });
        let torn = (0..good.len()).map(|at| good[..at].to_vec());
        let long = [&good[..], b"x"].concat();
        let bad: Vec<Option<Vec<u8>>> =
            flipped.chain(torn).chain([long]).map(Some).chain([None]).collect();
        for (at, damage) in bad.iter().enumerate() {
            for (own, copy) in
                [(damage.as_deref(), Some(&good[..])), (Some(&good[..]), damage.as_deref())]
            {
                let mut disk = disk(own, copy);
                assert_eq!(TWIN.look(&disk), Found::Restored(OLD.to_vec()), "{at}");
                assert_eq!(TWIN.read(&mut disk), Found::Restored(OLD.to_vec()), "{at}");
                assert_eq!(TWIN.read(&mut disk), Found::Whole(OLD.to_vec()), "mended: {at}");
            }
            if damage.is_some() {
                let mut both = disk(damage.as_deref(), damage.as_deref());
                assert_eq!(TWIN.read(&mut both), Found::Lost, "{at}");
                TWIN.give_up(&mut both);
                assert_eq!(TWIN.read(&mut both), Found::Absent);
            }
        }
        assert_eq!(TWIN.read(&mut disk(None, None)), Found::Absent);
    }

    #[test]
    fn what_was_kept_once_is_kept_twice_from_then_on() {
        let mut disk = disk(Some(OLD), None);
        assert_eq!(TWIN.read(&mut disk), Found::Whole(OLD.to_vec()));
        assert_eq!(disk.files().values().collect::<Vec<_>>(), [&checked(OLD), &checked(OLD)]);
        assert_eq!(TWIN.read(&mut self::disk(Some(b"no key"), None)), Found::Lost);
        // Without a check it is not told from what somebody put there: beside a bad copy it does not count.
        let files = [("reader.key", OLD), ("reader.key.copy", b"?")];
        let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
        assert_eq!(TWIN.read(&mut Memory::of(files.into())), Found::Lost);
    }

    /// The power is cut before, in and after every operation of a write, and any operation fails: the old one or the new
    /// one is there afterwards, whole, and a write that was answered for is never lost.
    #[test]
    fn row_08_power_cut_at_every_write() {
        use Operation::{Append, Create, List, Read, Remove, Rename, Sync, SyncDirectory};
        let mut tried = 0;
        for operation in [Append, Create, List, Read, Remove, Rename, Sync, SyncDirectory] {
            for how in [How::Before, How::During, How::After, How::Error, How::Full] {
                for (at, loss) in (0..2).flat_map(|at| LOSSES.map(|loss| (at, loss))) {
                    let mut disk = Memory::new();
                    TWIN.write(&mut disk, OLD).unwrap();
                    disk.fail(Fault { operation, at, forever: false, how });
                    let written = TWIN.write(&mut disk, NEW).is_ok();
                    disk.power_cut(loss, u64::from(at) + 7);
                    let found = TWIN.read(&mut disk).bytes();
                    let kept = found.as_deref().unwrap_or_default();
                    assert!(kept == NEW || !written && kept == OLD, "{operation:?} {how:?} {at}");
                    assert_eq!(TWIN.read(&mut disk), Found::Whole(kept.to_vec()));
                    tried += 1;
                }
            }
        }
        assert!(tried > 300);
    }

    /// The same for the first write of all: nothing, or all of it.
    #[test]
    fn the_first_write() {
        for operation in [Operation::Append, Operation::Sync, Operation::Rename] {
            for (how, loss) in [How::Before, How::During, How::After]
                .into_iter()
                .flat_map(|how| LOSSES.map(|loss| (how, loss)))
            {
                let mut disk = Memory::new();
                disk.fail(Fault { operation, at: 0, forever: false, how });
                assert!(TWIN.write(&mut disk, NEW).is_err());
                disk.power_cut(loss, 3);
                let found = TWIN.read(&mut disk);
                assert!(matches!(found, Found::Absent | Found::Restored(_)), "{found:?}");
            }
        }
    }

    const LOSSES: [Loss; 4] = [Loss::All, Loss::None, Loss::Torn, Loss::Reordered];
}
