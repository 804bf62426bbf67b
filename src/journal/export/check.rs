//! How an export, or a card, is checked.
//!
//! [`verify`] wants every byte of an export; [`audit`] asks the same of a card taken out of a terminal, where only the
//! signed heads inside the chain can speak.

use std::collections::VecDeque;

use minicbor::Decoder;
use permit_core::{DOCUMENT_DEPTH, Fault, Kind, PublicKey, UnixTime, cose, gate};

use crate::{
    Counts, Damage, Entry, Epoch, Head, Passages, Record, Renewed, Stamp, Storage, Terminal, Tip,
    head, index::Index, reading,
};

use super::{MAGIC, Stretch};

/// Seconds of records without a head that are nothing unusual.
const UNSIGNED: i64 = 2 * 60 * 60;
/// Records among which the end a head speaks of is sought.
const RECENT: usize = 16;
/// The most problems that are listed.
const LISTED: usize = 1000;

/// What is wrong with an export or a card.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Problem {
    /// The bytes are no export.
    Malformed(Fault),
    /// The stretch of this place, counted from 0, is not signed by this key.
    Forged {
        /// Its place.
        stretch: u64,
    },
    /// The head at the end is not signed by this key, or is no head of an export.
    NoHead,
    /// The head at the end speaks of another beginning, end or number of stretches.
    OtherHead,
    /// The stretch is another terminal's.
    OtherTerminal {
        /// Its place.
        stretch: u64,
    },
    /// A record is not in the one form a record has.
    BadRecord {
        /// The sequence it should have.
        sequence: u64,
    },
    /// A record does not follow the one before: records were left out, put in, moved or changed.
    Broken {
        /// The sequence that should come.
        expected: u64,
        /// The one that does.
        found: u64,
    },
    /// A signed head inside the chain does not hold.
    BadHead {
        /// Its sequence.
        sequence: u64,
    },
    /// For two hours or more of records after this one no head was signed: put on, or the key was away.
    Unsigned {
        /// The last record a head speaks for.
        after: u64,
    },
    /// The terminal itself found its journal damaged.
    Stated(Damage),
    /// The card is damaged here.
    Damaged(Damage),
}

/// What checking an export or a card came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Whose.
    pub terminal: Option<Terminal>,
    /// The record before the first: to be held against the last of the export before.
    pub before: Option<Tip>,
    /// The last record.
    pub tip: Option<Tip>,
    /// How many chains the terminal began before this one.
    pub epoch: Option<u32>,
    /// How this chain began, where that is in it and it is not the terminal's first.
    pub renewed: Option<Renewed>,
    /// When the last head was signed.
    pub signed: Option<Stamp>,
    /// What there is.
    pub counts: Counts,
    /// Signed heads inside the chain that hold.
    pub heads: u64,
    /// The last record a signed head inside the chain speaks for, that head included.
    pub signed_through: u64,
    /// What is wrong, in the order found; the first 1000.
    pub problems: Vec<Problem>,
    /// The passages recorded, for merging.
    pub passages: Passages,
}

impl Report {
    /// True if nothing is wrong.
    ///
    /// An end that was taken off a card whole records at a time cannot be seen on the card itself: hold
    /// [`tip`](Self::tip) against the last export, and the last moment against the heartbeats.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// True if these records go on where `last` ended.
    #[must_use]
    pub fn follows(&self, last: &Tip) -> bool {
        self.before.as_ref() == Some(last)
    }

    /// True if these are the first records of a chain that was started, in two officers' names, in place of one that
    /// ended, or could be read, no further than `last`: no fork, whatever else its records say of that time.
    #[must_use]
    pub fn renews(&self, last: &Self) -> bool {
        self.renewed.is_some() && self.terminal == last.terminal && self.epoch > last.epoch
    }
}

/// Checks an export against the terminal's key.
#[must_use]
pub fn verify(bytes: &[u8], key: &PublicKey) -> Report {
    examine(bytes, key, |_, _| ())
}

/// The same, and shows every record of a stretch that the key signed, in the order they stand there, with where the
/// chain ends with it. What is shown holds only as far as the report finds nothing wrong.
#[must_use]
pub fn examine(bytes: &[u8], key: &PublicKey, mut show: impl FnMut(&Record, &Tip)) -> Report {
    let mut check = Check::new(key, &mut show);
    match parts(bytes) {
        Ok((stretches, head)) => {
            stretches.iter().enumerate().for_each(|(place, sealed)| {
                check.stretch(place as u64, sealed);
            });
            check.end(stretches.len(), head);
        }
        Err(fault) => check.problem(Problem::Malformed(fault)),
    }
    check.report()
}

/// Checks the files of a terminal's card against its key.
///
/// # Errors
///
/// When the files cannot be listed.
pub fn audit(
    storage: &impl Storage,
    terminal: Terminal,
    key: &PublicKey,
) -> std::io::Result<Report> {
    let mut nobody = |_: &Record, _: &Tip| ();
    let mut check = Check::new(key, &mut nobody);
    check.terminal = Some(terminal);
    let reading = reading::read(storage, terminal, |record, _, tip| check.record(record, tip))
        .map_err(|failure| failure.source)?;
    for damage in reading.damage.iter().chain(&reading.torn) {
        check.problem(Problem::Damaged(*damage));
    }
    if check.unsigned.is_some_and(|(from, to)| to.since(from) > UNSIGNED) {
        check.problem(Problem::Unsigned { after: check.signed });
    }
    Ok(check.report())
}

/// Whose an export says it is, before any signature is asked: to find the key by.
#[must_use]
pub fn claimed(bytes: &[u8]) -> Option<Terminal> {
    let (_, head) = parts(bytes).ok()?;
    let payload = cose::Sign1::read(head).ok()?.payload;
    gate(payload, DOCUMENT_DEPTH).ok()?;
    minicbor::decode::<Head>(payload).ok().map(|head| head.terminal)
}

/// An export's stretches and head.
fn parts(bytes: &[u8]) -> Result<(Vec<&[u8]>, &[u8]), Fault> {
    gate(bytes, DOCUMENT_DEPTH)?;
    let flaw = |offset| Fault { offset, flaw: permit_core::Flaw::Type };
    let mut from = Decoder::new(bytes);
    let mut parse = || {
        if from.array()? != Some(3) || from.str()? != MAGIC {
            return Err(minicbor::decode::Error::message("not an export"));
        }
        let stretches = from.array_iter::<&minicbor::bytes::ByteSlice>()?;
        let stretches: Result<Vec<&[u8]>, _> =
            stretches.map(|sealed| sealed.map(|sealed| &**sealed)).collect();
        Ok((stretches?, from.bytes()?))
    };
    let parsed = parse();
    parsed.map_err(|_| flaw(from.position()))
}

/// Goes through records and notes what does not fit.
struct Check<'k> {
    key: &'k PublicKey,
    show: &'k mut dyn FnMut(&Record, &Tip),
    terminal: Option<Terminal>,
    before: Option<Tip>,
    tip: Option<Tip>,
    stamp: Option<Stamp>,
    /// The last record a head speaks for, the head itself included.
    signed: u64,
    /// The first and the last moment no head speaks for.
    unsigned: Option<(UnixTime, UnixTime)>,
    index: Option<Index>,
    counts: Counts,
    heads: u64,
    problems: Vec<Problem>,
    /// The last few records.
    recent: VecDeque<Tip>,
    epoch: Option<u32>,
    renewed: Option<Renewed>,
}

impl<'k> Check<'k> {
    fn new(key: &'k PublicKey, show: &'k mut dyn FnMut(&Record, &Tip)) -> Self {
        Self {
            key,
            show,
            terminal: None,
            before: None,
            tip: None,
            stamp: None,
            signed: 0,
            unsigned: None,
            index: None,
            counts: Counts::default(),
            heads: 0,
            problems: Vec::new(),
            recent: VecDeque::new(),
            epoch: None,
            renewed: None,
        }
    }

    fn problem(&mut self, problem: Problem) {
        if self.problems.len() < LISTED {
            self.problems.push(problem);
        }
    }

    /// One signed stretch.
    fn stretch(&mut self, place: u64, sealed: &[u8]) {
        let payload = head::unseal(Kind::JournalSegment, sealed, self.key);
        let payload = payload.filter(|payload| gate(payload, DOCUMENT_DEPTH).is_ok());
        let Some(stretch) = payload.and_then(|payload| minicbor::decode::<Stretch>(payload).ok())
        else {
            return self.problem(Problem::Forged { stretch: place });
        };
        if *self.terminal.get_or_insert(stretch.terminal) != stretch.terminal {
            self.problem(Problem::OtherTerminal { stretch: place });
        }
        self.before.get_or_insert(stretch.before);
        self.tip.get_or_insert(stretch.before);
        for bytes in stretch.records {
            match Record::from_bytes(&bytes) {
                Some(record) => {
                    let (tip, last) = (record.tip(&bytes), self.tip);
                    if let Some(last) = last.filter(|last| !record.follows(last)) {
                        let expected = last.sequence.saturating_add(1);
                        self.problem(Problem::Broken { expected, found: record.sequence });
                    }
                    self.record(&record, tip);
                }
                None => {
                    let sequence = self.tip.map_or(0, |tip| tip.sequence).saturating_add(1);
                    self.problem(Problem::BadRecord { sequence });
                }
            }
        }
    }

    /// One record, wherever it comes from.
    fn record(&mut self, record: &Record, tip: Tip) {
        let before = Tip { sequence: record.sequence.saturating_sub(1), hash: record.previous };
        if self.recent.is_empty() {
            self.recent.push_back(before);
        }
        self.before.get_or_insert(before);
        let time = record.stamp.time();
        self.unsigned = Some(self.unsigned.map_or((time, time), |(from, to)| (from, to.max(time))));
        match &record.entry {
            Entry::Head(sealed) => {
                if self.holds(sealed) {
                    self.heads += 1;
                    self.signed = record.sequence;
                    self.unsigned = None;
                } else {
                    self.problem(Problem::BadHead { sequence: record.sequence });
                }
            }
            Entry::Started(started) => {
                let real = |damage: &&Damage| !matches!(damage.what, crate::Harm::Torn { .. });
                for damage in started.found.iter().filter(real) {
                    self.problem(Problem::Stated(*damage));
                }
            }
            Entry::Renewed(renewed) => self.renews(renewed, before),
            _ => {}
        }
        if let Entry::Pruned(pruned) = &record.entry
            && let Some(Epoch { epoch, .. }) = pruned.renewed
        {
            self.epoch.get_or_insert(epoch);
        }
        self.counts.count(&record.entry);
        if let Some(terminal) = self.terminal {
            self.index.get_or_insert_with(|| Index::new(terminal)).apply(record);
        }
        self.tip = Some(tip);
        (self.show)(record, &tip);
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(tip);
    }

    /// True if a head inside the chain speaks for the records before it; between the two there may be what
    /// went wrong while it was written.
    fn holds(&mut self, sealed: &[u8]) -> bool {
        let Some(head) = self.head(sealed) else { return false };
        self.stamp = Some(head.stamp);
        let ours = head.segments.is_none() && Some(head.terminal) == self.terminal;
        ours && self.recent.contains(&head.tip)
            && *self.epoch.get_or_insert(head.epoch) == head.epoch
    }

    /// A new chain begins, and with nothing else before it.
    fn renews(&mut self, renewed: &Renewed, before: Tip) {
        let start = self.terminal.map(|terminal| terminal.renewed(renewed.epoch, before.sequence));
        if start != Some(before) || self.before != Some(before) {
            let sequence = before.sequence.saturating_add(1);
            return self.problem(Problem::Broken { expected: sequence, found: sequence });
        }
        self.epoch = Some(renewed.epoch);
        self.renewed = Some(renewed.clone());
    }

    fn head(&self, sealed: &[u8]) -> Option<Head> {
        let payload = head::unseal(Kind::JournalHead, sealed, self.key)?;
        gate(payload, DOCUMENT_DEPTH).ok()?;
        minicbor::decode(payload).ok()
    }

    /// The head at the end of an export.
    fn end(&mut self, stretches: usize, sealed: &[u8]) {
        let Some(head) = self.head(sealed).filter(|head| head.segments.is_some()) else {
            return self.problem(Problem::NoHead);
        };
        let terminal = *self.terminal.get_or_insert(head.terminal);
        let before = *self.before.get_or_insert(head.before);
        let tip = *self.tip.get_or_insert(head.tip);
        self.stamp = Some(head.stamp);
        let count = head.segments.and_then(|count| usize::try_from(count).ok());
        let epoch = *self.epoch.get_or_insert(head.epoch);
        let said = (head.terminal, head.before, head.tip, count, head.epoch);
        if said != (terminal, before, tip, Some(stretches), epoch) {
            self.problem(Problem::OtherHead);
        }
    }

    fn report(self) -> Report {
        Report {
            terminal: self.terminal,
            before: self.before,
            tip: self.tip,
            epoch: self.epoch,
            renewed: self.renewed,
            signed: self.stamp,
            counts: self.counts,
            heads: self.heads,
            signed_through: self.signed,
            problems: self.problems,
            passages: self.index.map(|index| index.passages()).unwrap_or_default(),
        }
    }
}
