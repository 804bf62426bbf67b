//! Lists inside trust documents: checked once, read in place ever after.
//!
//! [`list`] walks every entry when a document is accepted; a [`List`] then only borrows the bytes, so a
//! look-up copies nothing and cannot fail. Entries are sorted, and none is there twice.

use core::{cmp::Ordering, fmt};

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
    /// A list that was left out.
    pub(crate) const EMPTY: Self =
        Self { bytes: &[], count: 0, read: |fields| Err(fields.fault(Flaw::Count)) };

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
        let mut fields = find(self.bytes, self.count, &key)?;
        (self.read)(&mut fields).ok()
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

/// Where the entry with these leading numbers begins.
fn find<'b>(bytes: &'b [u8], count: u64, key: &[u32]) -> Option<Fields<'b>> {
    let mut fields = Fields::new(bytes);
    for _ in 0..count {
        match compare(&fields, key).ok()? {
            Ordering::Less => fields.skip().ok()?,
            Ordering::Equal => return Some(fields),
            Ordering::Greater => return None,
        }
    }
    None
}

/// The leading numbers of the next entry, held against `key`.
fn compare(fields: &Fields<'_>, key: &[u32]) -> Result<Ordering> {
    let mut ahead = fields.clone();
    ahead.count()?;
    for wanted in key {
        let order = ahead.any::<u32>()?.cmp(wanted);
        if order.is_ne() {
            return Ok(order);
        }
    }
    Ok(Ordering::Equal)
}

/// By what the entries of a list ascend, none of them twice.
///
/// Their encodings are compared: numbers from 0 up and byte strings of one length sort alike either way.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// Their order is their own.
    Nothing,
    /// The whole entry.
    Itself,
    /// The first fields of each entry.
    Fields(u8),
}

/// Reads an array of entries that ascend by their key.
pub(crate) fn list<'b, T>(
    fields: &mut Fields<'b>,
    read: Read<'b, T>,
    by: By,
) -> Result<List<'b, T>> {
    at_most(u64::MAX, fields, read, by)
}

/// The same of at most `most` entries: their number is asked before any of them is looked at.
pub(crate) fn at_most<'b, T>(
    most: u64,
    fields: &mut Fields<'b>,
    read: Read<'b, T>,
    by: By,
) -> Result<List<'b, T>> {
    let (bytes, count) = walk(fields, by, most, &mut |entries| read(entries).map(|_| ()))?;
    Ok(List { bytes, count, read })
}

/// Walks an array; `check` passes over one entry.
///
/// One function for every list, so that a microcontroller carries it once.
fn walk<'b>(
    fields: &mut Fields<'b>,
    by: By,
    most: u64,
    check: &mut dyn FnMut(&mut Fields<'b>) -> Result<()>,
) -> Result<(&'b [u8], u64)> {
    let at = fields.fault(Flaw::Count);
    let mut entries = fields.part()?;
    let count = entries.count()?;
    if count > most {
        return Err(at);
    }
    let bytes = entries.rest();
    let mut last: Option<&[u8]> = None;
    for _ in 0..count {
        let offset = entries.offset();
        let entry = entries.clone();
        check(&mut entries)?;
        let key = key(entry, by)?;
        if let Some(flaw) = last.and_then(|last| order(last, key?)) {
            return Err(Fault { offset, flaw });
        }
        last = key;
    }
    Ok((bytes, count))
}

/// The encoding that the next entry is sorted by.
fn key<'b>(mut entry: Fields<'b>, by: By) -> Result<Option<&'b [u8]>> {
    let leading = match by {
        By::Nothing => return Ok(None),
        By::Itself => 1,
        By::Fields(leading) => {
            entry.count()?;
            leading
        }
    };
    let whole = entry.rest();
    for _ in 0..leading {
        entry.skip()?;
    }
    Ok(whole.get(..whole.len().saturating_sub(entry.rest().len())))
}

fn order(last: &[u8], next: &[u8]) -> Option<Flaw> {
    match last.cmp(next) {
        Ordering::Less => None,
        Ordering::Equal => Some(Flaw::Duplicate),
        Ordering::Greater => Some(Flaw::Unsorted),
    }
}
