//! Where a scan ends.
//!
//! A scanner ends what it gives with CR, LF, a tab or whatever it is set to, and some end nothing: a silence then does.
//! Every control character is an end, since none can stand in a text; an endless line is told and forgotten, so that
//! nothing grows.

use std::borrow::Cow;

use permit_core::{Envelope, NotAnEnvelope, PERMIT_DEPTH, gate};

use crate::{Fault, Scan, read};

/// The longest line: more bytes than any code holds.
pub const LINE: usize = 8 * 1024;

/// Cuts a stream of bytes into scans.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cutter {
    line: Vec<u8>,
    /// The line was too long: the rest of it is passed over.
    spilt: bool,
}

impl Cutter {
    /// Takes a byte; what it ends.
    pub fn take(&mut self, byte: u8) -> Option<Scan> {
        if is_control(byte) && !self.is_half(byte) {
            return self.end();
        }
        if self.spilt {
            return None;
        }
        if self.line.len() == LINE {
            self.line.clear();
            self.spilt = true;
            return Some(Scan::Device(Fault::Endless));
        }
        if self.line == [0] && byte >= MARK {
            // The second half of an end, before a byte order mark.
            self.line.clear();
        }
        self.line.push(byte);
        None
    }

    /// The scan ends here.
    pub fn end(&mut self) -> Option<Scan> {
        let line = core::mem::take(&mut self.line);
        if core::mem::take(&mut self.spilt) { None } else { read(&line) }
    }

    /// Nothing came for so long that the scan must have ended. A part of a permit is no permit: something was lost.
    pub fn silence(&mut self) -> Option<Scan> {
        self.end().map(|scan| match scan {
            Scan::Text(text) if !is_whole(&text) => Scan::Device(Fault::Torn),
            Scan::Test(None) => Scan::Test(Some(Fault::Endless)),
            scan => scan,
        })
    }

    /// Something on the way to here got lost: what comes up to the next end is no text.
    pub fn lose(&mut self) {
        self.line.clear();
        self.spilt = true;
    }

    /// Whether a scan has begun and not ended.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.spilt || !self.line.is_empty()
    }

    /// Whether this zero is one half of a character of two bytes.
    fn is_half(&self, byte: u8) -> bool {
        byte == 0 && is_wide(self.line.iter().copied().chain([0]))
    }
}

/// Whether a text that begins as a permit goes on to the end of one; true for any other.
fn is_whole(text: &[u8]) -> bool {
    match Envelope::open(text) {
        Ok(envelope) => gate(envelope.payload(), PERMIT_DEPTH).is_ok(),
        Err(cause) => !matches!(cause, NotAnEnvelope::Malformed(..)),
    }
}

/// What both bytes of UTF-16's byte order mark are at least.
const MARK: u8 = 0xfe;

/// C0 and DEL.
pub(crate) const fn is_control(byte: u8) -> bool {
    byte.is_ascii_control()
}

/// Bytes of UTF-16 that stand for ASCII as ASCII, and whether they were any.
pub(crate) fn narrow(raw: &[u8]) -> (Cow<'_, [u8]>, bool) {
    if raw.len() > 2 && is_wide(raw.iter().copied()) {
        let ascii = |byte: &u8| *byte != 0 && byte.is_ascii();
        return (raw.iter().copied().filter(ascii).collect(), true);
    }
    (Cow::Borrowed(raw), false)
}

/// Whether every second byte is zero and no other one is, after a byte order mark.
fn is_wide(bytes: impl Iterator<Item = u8>) -> bool {
    let mut bytes = bytes.enumerate().skip_while(|(at, byte)| *at < 2 && *byte >= MARK);
    let Some((start, first)) = bytes.next() else { return false };
    let (even, mut zeros) = (first == 0, usize::from(first == 0));
    for (at, byte) in bytes {
        if ((at - start).is_multiple_of(2) == even) != (byte == 0) {
            return false;
        }
        zeros += usize::from(byte == 0);
    }
    zeros > 0
}
