//! Lists inside trust documents: checked once, read in place ever after.
//!
//! [`list`] walks every entry when a document is accepted; a [`List`] then only borrows the bytes, so a
//! look-up copies nothing and cannot fail. Entries are sorted, and none is there twice.

use core::fmt;

use crate::{
    Fault, Flaw,
    cbor::{Fields, Result},
};

/// How one entry is read.
type Read<'b, T> = fn(&mut Fields<'b>) -> Result<T>;

/// A checked list of `T`, borrowed from its document.
pub struct List<'b, T> {
    bytes: &'b [u8],
    count: u64,
    read: Read<'b, T>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<T> fmt::Debug for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "List({})", self.count)
    }
}

impl<'b, T> List<'b, T> {
    /// How many entries.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.count
    }

    /// True when there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The entries, in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + use<'b, T> {
        let (mut fields, mut left, read) = (Fields::new(self.bytes), self.count, self.read);
        core::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            read(&mut fields).ok()
        })
    }

    /// The entry whose leading numbers are `key`, passing over the others unread.
    pub(crate) fn seek<const N: usize>(&self, key: [u32; N]) -> Option<T> {
        let mut fields = Fields::new(self.bytes);
        for _ in 0..self.count {
            let mut ahead = fields.clone();
            ahead.count().ok()?;
            let mut leading = [0; N];
            for number in &mut leading {
                *number = ahead.any().ok()?;
            }
            match leading.cmp(&key) {
                core::cmp::Ordering::Less => fields.skip().ok()?,
                core::cmp::Ordering::Equal => return (self.read)(&mut fields).ok(),
                core::cmp::Ordering::Greater => return None,
            }
        }
        None
    }

    /// The entry that begins `at` bytes into the list.
    pub(crate) fn at(&self, at: u32) -> Option<T> {
        let bytes = self.bytes.get(usize::try_from(at).ok()?..)?;
        (self.read)(&mut Fields::new(bytes)).ok()
    }

    /// Each entry with the offset [`Self::at`] takes.
    pub(crate) fn offsets(&self) -> impl Iterator<Item = (u32, T)> + use<'b, T> {
        let (mut fields, mut left, read) = (Fields::new(self.bytes), self.count, self.read);
        core::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let at = u32::try_from(fields.offset()).ok()?;
            Some((at, read(&mut fields).ok()?))
        })
    }
}

/// Reads an array whose order is its own.
pub(crate) fn plain<'b, T>(fields: &mut Fields<'b>, read: Read<'b, T>) -> Result<List<'b, T>> {
    walk(fields, read, |_| None)
}

/// Reads an array whose entries ascend by `key`.
pub(crate) fn list<'b, T, K: Ord>(
    fields: &mut Fields<'b>,
    read: Read<'b, T>,
    key: fn(&T) -> K,
) -> Result<List<'b, T>> {
    let mut last: Option<K> = None;
    walk(fields, read, |entry| {
        let next = key(entry);
        let flaw = order(last.as_ref(), &next);
        last = Some(next);
        flaw
    })
}

fn walk<'b, T>(
    fields: &mut Fields<'b>,
    read: Read<'b, T>,
    mut check: impl FnMut(&T) -> Option<Flaw>,
) -> Result<List<'b, T>> {
    let whole = fields.part()?;
    let mut entries = whole.clone();
    let count = entries.count()?;
    let start = entries.offset();
    for _ in 0..count {
        let offset = entries.offset();
        let entry = read(&mut entries)?;
        if let Some(flaw) = check(&entry) {
            return Err(Fault { offset, flaw });
        }
    }
    Ok(List { bytes: whole.rest(start), count, read })
}

fn order<K: Ord>(last: Option<&K>, next: &K) -> Option<Flaw> {
    match last?.cmp(next) {
        core::cmp::Ordering::Less => None,
        core::cmp::Ordering::Equal => Some(Flaw::Duplicate),
        core::cmp::Ordering::Greater => Some(Flaw::Unsorted),
    }
}
