//! Deterministic CBOR (RFC 8949 §4.2.1), with a note of which field began at which byte.
//!
//! The note turns the byte at which core's decoder stopped into the field a person can mend: one
//! decoder decides what is right, and no rule is written down twice.

use permit_core::Fault;

use super::DraftError;

/// Writes one payload.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    path: String,
    /// Where each field begins, ascending.
    fields: Vec<(usize, String)>,
}

impl Writer {
    /// A payload of `count` fields.
    pub(super) fn payload(count: usize) -> Self {
        let mut writer = Self::default();
        writer.array(count);
        writer
    }

    /// Writes a field under its name.
    pub(super) fn field(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.within(&format!("{dot}{name}"), write);
    }

    /// Writes a list in the order of `key`; an entry keeps the index the description gives it.
    pub(super) fn list<'t, T, K: Ord>(
        &mut self,
        name: &str,
        entries: &'t [T],
        key: impl Fn(&'t T) -> K,
        mut write: impl FnMut(&mut Self, &'t T),
    ) {
        let mut sorted: Vec<(usize, &T)> = entries.iter().enumerate().collect();
        sorted.sort_by_key(|(_, entry)| key(entry));
        self.field(name, |to| {
            to.array(sorted.len());
            for (index, entry) in sorted {
                to.within(&format!("[{index}]"), |to| write(to, entry));
            }
        });
    }

    fn within(&mut self, step: &str, write: impl FnOnce(&mut Self)) {
        let outer = self.path.len();
        self.path.push_str(step);
        self.fields.push((self.bytes.len(), self.path.clone()));
        write(self);
        self.path.truncate(outer);
    }

    pub(super) fn number(&mut self, number: impl Into<i64>) {
        let number = number.into();
        let major = if number < 0 { 1 } else { 0 };
        // -1 - n for the negative ones, which is what flipping every bit gives.
        let value = if number < 0 { !number } else { number };
        self.head(major, value.unsigned_abs());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.head(2, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.head(3, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn array(&mut self, count: usize) {
        self.head(4, count as u64);
    }

    pub(super) fn boolean(&mut self, value: bool) {
        self.bytes.push(if value { 0xf5 } else { 0xf4 });
    }

    /// `null`, or what `write` writes.
    pub(super) fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            None => self.bytes.push(0xf6),
            Some(value) => write(self, value),
        }
    }

    /// The payload, once core's decoder accepts it.
    pub(super) fn finish<T>(
        self,
        decode: impl FnOnce(&[u8]) -> Result<T, Fault>,
    ) -> Result<Vec<u8>, DraftError> {
        match decode(&self.bytes) {
            Ok(_) => Ok(self.bytes),
            Err(fault) => Err(DraftError::Refused { field: self.at(fault.offset), fault }),
        }
    }

    /// The field at a byte.
    fn at(&self, offset: usize) -> String {
        let after = self.fields.partition_point(|(start, _)| *start <= offset);
        after.checked_sub(1).map_or_else(String::new, |last| self.fields[last].1.clone())
    }

    /// A head in its shortest form.
    fn head(&mut self, major: u8, value: u64) {
        let major = major << 5;
        let wide = value.to_be_bytes();
        let (info, width) = match value {
            0..24 => (wide[7], 0),
            24..0x100 => (24, 1),
            0x100..0x1_0000 => (25, 2),
            0x1_0000..0x1_0000_0000 => (26, 4),
            _ => (27, 8),
        };
        self.bytes.push(major | info);
        self.bytes.extend_from_slice(&wide[8 - width..]);
    }
}
