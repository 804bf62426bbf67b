//! The optional documents of a side: issued permits, presence, readers, countersigned heads.

use permit_core::{Direction, trust};
use serde::{Deserialize, Serialize};

use super::{
    Date, Digest, DraftError, Half, Header, Key, Pseudonym, SerialList, Time, write::Writer,
};

/// The register of issued permits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    /// Whose.
    pub side: Half,
    /// The last day whose permits are in it.
    pub speaks_for: Date,
    /// Version, times, zone.
    pub header: Header,
    /// The serials issued.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serials: Vec<SerialList>,
}

/// Journeys by pseudonym.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    /// Whose.
    pub side: Half,
    /// Version, times, zone.
    pub header: Header,
    /// By pseudonym.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<PresenceEntry>,
}

/// What one side knows of one pseudonym.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresenceEntry {
    /// Keyed pseudonym of the permit id without its copy.
    pub pseudonym: Pseudonym,
    /// Outward journeys made.
    pub journeys: u32,
    /// Away from home since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside_since: Option<Time>,
    /// The last crossing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Passage>,
}

/// One crossing of the line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Number of the crossing.
    pub crossing: u16,
    /// Whose guards stood there.
    pub side: Half,
    /// Which way, seen from that side.
    pub direction: Way,
    /// When.
    pub at: Time,
}

/// Entry or exit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// Into that side's territory.
    Entry,
    /// Out of it.
    Exit,
}

/// One side's readers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readers {
    /// Whose.
    pub side: Half,
    /// Version, times, zone.
    pub header: Header,
    /// The terminals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<Reader>,
}

/// A terminal and the key it signs its journal with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// Number within its side.
    pub number: u16,
    /// The crossing it stands at.
    pub crossing: u16,
    /// Raw public key.
    pub key: Key,
}

/// How far headquarters have seen the terminals' journals.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// Whose.
    pub side: Half,
    /// Version, times, zone.
    pub header: Header,
    /// By terminal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heads: Vec<SeenHead>,
}

/// The last record that headquarters have of a terminal's journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenHead {
    /// Number of the terminal within its side.
    pub number: u16,
    /// How many chains it began before the one this is of.
    pub epoch: u32,
    /// The record's sequence.
    pub sequence: u64,
    /// The record's SHA-256.
    pub hash: Digest,
}

impl Issued {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(8);
        self.header.write(&mut to);
        to.field("side", |to| self.side.write(to));
        to.field("speaks_for", |to| to.number(self.speaks_for.0.number()));
        to.list(
            "serials",
            &self.serials,
            |list| (list.station, list.year),
            |to, list| {
                list.write(to);
            },
        );
        to.finish(|payload| trust::IssuedRegister::decode(payload).map(drop))
    }
}

impl Presence {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(7);
        self.header.write(&mut to);
        to.field("side", |to| self.side.write(to));
        to.list(
            "entries",
            &self.entries,
            |entry| entry.pseudonym,
            |to, entry| {
                to.array(4);
                to.field("pseudonym", |to| to.bytes(&entry.pseudonym.0));
                to.field("journeys", |to| to.number(entry.journeys));
                to.field("outside_since", |to| {
                    to.optional(entry.outside_since, |to, since| to.number(since.0.0));
                });
                to.field("last", |to| to.optional(entry.last, Passage::write));
            },
        );
        to.finish(|payload| trust::PresenceList::decode(payload).map(drop))
    }
}

impl Passage {
    fn write(to: &mut Writer, passage: Self) {
        to.array(4);
        to.field("crossing", |to| to.number(passage.crossing));
        to.field("side", |to| passage.side.write(to));
        to.field("direction", |to| to.number(passage.direction as u8));
        to.field("at", |to| to.number(passage.at.0.0));
    }
}

impl Readers {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(7);
        self.header.write(&mut to);
        to.field("side", |to| self.side.write(to));
        to.list(
            "readers",
            &self.readers,
            |reader| reader.number,
            |to, reader| {
                to.array(3);
                to.field("number", |to| to.number(reader.number));
                to.field("crossing", |to| to.number(reader.crossing));
                to.field("key", |to| to.bytes(&reader.key.0));
            },
        );
        to.finish(|payload| trust::ReaderList::decode(payload).map(drop))
    }
}

impl Heads {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(7);
        self.header.write(&mut to);
        to.field("side", |to| self.side.write(to));
        to.list(
            "heads",
            &self.heads,
            |head| head.number,
            |to, head| {
                to.array(4);
                to.field("number", |to| to.number(head.number));
                to.field("epoch", |to| to.number(head.epoch));
                // Beyond what a reader takes, it is refused there.
                let sequence = i64::try_from(head.sequence).unwrap_or(-1);
                to.field("sequence", |to| to.number(sequence));
                to.field("hash", |to| to.bytes(&head.hash.0));
            },
        );
        to.finish(|payload| trust::HeadList::decode(payload).map(drop))
    }
}

impl From<&trust::IssuedRegister<'_>> for Issued {
    fn from(register: &trust::IssuedRegister<'_>) -> Self {
        Self {
            side: register.side.into(),
            speaks_for: Date(register.speaks_for),
            header: register.header.into(),
            serials: register.serials.iter().map(SerialList::from).collect(),
        }
    }
}

impl From<&trust::PresenceList<'_>> for Presence {
    fn from(list: &trust::PresenceList<'_>) -> Self {
        let entry = |entry: trust::PresenceEntry| PresenceEntry {
            pseudonym: Pseudonym(entry.pseudonym),
            journeys: entry.journeys,
            outside_since: entry.outside_since.map(Time),
            last: entry.last.map(Passage::from),
        };
        let entries = list.entries.iter().map(entry).collect();
        Self { side: list.side.into(), header: list.header.into(), entries }
    }
}

impl From<permit_core::Passage> for Passage {
    fn from(passage: permit_core::Passage) -> Self {
        let here = passage.checkpoint;
        let direction = match here.direction {
            Direction::Entry => Way::Entry,
            Direction::Exit => Way::Exit,
        };
        Self { crossing: here.crossing, side: here.side.into(), direction, at: Time(passage.at) }
    }
}

impl From<&trust::ReaderList<'_>> for Readers {
    fn from(list: &trust::ReaderList<'_>) -> Self {
        let reader = |reader: trust::Reader| Reader {
            number: reader.number,
            crossing: reader.crossing,
            key: Key(reader.key),
        };
        let readers = list.readers.iter().map(reader).collect();
        Self { side: list.side.into(), header: list.header.into(), readers }
    }
}

impl From<&trust::HeadList<'_>> for Heads {
    fn from(list: &trust::HeadList<'_>) -> Self {
        let head = |head: trust::SeenHead| SeenHead {
            number: head.number,
            epoch: head.epoch,
            sequence: head.sequence,
            hash: Digest(head.hash),
        };
        let heads = list.heads.iter().map(head).collect();
        Self { side: list.side.into(), header: list.header.into(), heads }
    }
}
