//! The optional documents of a side: issued permits, presence, readers, heads.
//!
//! A side that does not publish one loses only what it tells. The register of issued permits is the one
//! thing that exposes a permit made with a stolen key; presence, readers and heads are read by the journal.

use crate::{
    Checkpoint, Day, Direction, Fault, Passage, PublicKey, Side, UnixTime,
    cbor::{Fields, Result},
    trust::{
        bits::Bits,
        header::{self, Header},
        list::{By, List, at_most, list},
    },
};

/// The register of issued permits.
#[derive(Clone, Copy, Debug)]
pub struct IssuedRegister<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// Whose.
    pub side: Side,
    /// The last day whose permits are in it.
    pub speaks_for: Day,
    /// By station and year: the serials issued.
    pub serials: List<'b, Bits<'b>>,
}

impl<'b> IssuedRegister<'b> {
    /// Reads `[header…, side, speaks for, serials]`.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a register.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields) = header::open(payload, 8)?;
        let side = header::side(&mut fields)?;
        let speaks_for = fields.day()?;
        let at = fields.fault(crate::Flaw::Range);
        let serials = list(&mut fields, Bits::read, By::Fields(2))?;
        let ours = serials.iter().all(|bits| Side::of_station(bits.station) == side);
        if ours { Ok(Self { header, side, speaks_for, serials }) } else { Err(at) }
    }

    /// True if the serial was issued.
    #[must_use]
    pub fn contains(&self, station: u16, year: u8, serial: u32) -> bool {
        self.serials.seek([station.into(), year.into()]).is_some_and(|bits| bits.contains(serial))
    }
}

/// Journeys by pseudonym.
#[derive(Clone, Copy, Debug)]
pub struct PresenceList<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// Whose.
    pub side: Side,
    /// By pseudonym, ascending.
    pub entries: List<'b, PresenceEntry>,
}

/// What one side knows of one pseudonym.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PresenceEntry {
    /// Keyed pseudonym of the permit id without its copy.
    pub pseudonym: [u8; 16],
    /// Outward journeys made.
    pub journeys: u32,
    /// Away from home since.
    pub outside_since: Option<UnixTime>,
    /// The last crossing.
    pub last: Option<Passage>,
}

impl<'b> PresenceList<'b> {
    /// Reads `[header…, side, entries]`.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a presence list.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields) = header::open(payload, 7)?;
        let side = header::side(&mut fields)?;
        let entries = list(&mut fields, PresenceEntry::read, By::Fields(1))?;
        Ok(Self { header, side, entries })
    }
}

impl PresenceEntry {
    /// `[pseudonym, journeys, outside since, last]`
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        fields.array(4)?;
        Ok(Self {
            pseudonym: fields.exactly()?,
            journeys: fields.any()?,
            outside_since: fields.optional(Fields::time)?,
            last: fields.optional(passage)?,
        })
    }
}

/// `[crossing, side, 0 entry | 1 exit, time]`
fn passage(fields: &mut Fields<'_>) -> Result<Passage> {
    fields.array(4)?;
    let crossing = fields.positive()?;
    let side = header::side(fields)?;
    let direction =
        if fields.number::<u8>(0, 1)? == 0 { Direction::Entry } else { Direction::Exit };
    Ok(Passage { checkpoint: Checkpoint { crossing, side, direction }, at: fields.time()? })
}

/// Most readers of a side.
pub const READERS: u64 = 1024;

/// One side's readers.
#[derive(Clone, Copy, Debug)]
pub struct ReaderList<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// Whose.
    pub side: Side,
    /// By number, ascending.
    pub readers: List<'b, Reader>,
}

/// A terminal and the key it signs its journal with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reader {
    /// Number within its side.
    pub number: u16,
    /// The crossing it stands at.
    pub crossing: u16,
    /// Raw public key.
    pub key: [u8; 32],
}

impl<'b> ReaderList<'b> {
    /// Reads `[header…, side, readers]`.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a list of readers.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields) = header::open(payload, 7)?;
        let side = header::side(&mut fields)?;
        let at = fields.fault(crate::Flaw::Range);
        let readers = at_most(READERS, &mut fields, Reader::read, By::Fields(1))?;
        let sound = readers.iter().all(|reader| PublicKey::new(&reader.key).is_ok());
        if sound { Ok(Self { header, side, readers }) } else { Err(at) }
    }
}

impl Reader {
    /// `[number, crossing, key]`
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        fields.array(3)?;
        Ok(Self {
            number: fields.positive()?,
            crossing: fields.positive()?,
            key: fields.exactly()?,
        })
    }
}

/// One side's countersigned heads: how far its headquarters have seen each terminal's journal.
#[derive(Clone, Copy, Debug)]
pub struct HeadList<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// Whose.
    pub side: Side,
    /// By terminal, ascending.
    pub heads: List<'b, SeenHead>,
}

/// The last record that headquarters have of a terminal's journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SeenHead {
    /// Number of the terminal within its side.
    pub number: u16,
    /// How many chains it began before the one this is of.
    pub epoch: u32,
    /// The record's sequence.
    pub sequence: u64,
    /// The record's SHA-256.
    pub hash: [u8; 32],
}

impl<'b> HeadList<'b> {
    /// Reads `[header…, side, heads]`.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a list of heads.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields) = header::open(payload, 7)?;
        let side = header::side(&mut fields)?;
        let heads = at_most(READERS, &mut fields, SeenHead::read, By::Fields(1))?;
        Ok(Self { header, side, heads })
    }
}

impl SeenHead {
    /// `[number, epoch, sequence, hash]`
    fn read(fields: &mut Fields<'_>) -> Result<Self> {
        fields.array(4)?;
        let (number, epoch, at) =
            (fields.positive()?, fields.any()?, fields.fault(crate::Flaw::Range));
        let sequence = u64::try_from(fields.integer()?).ok().filter(|sequence| *sequence > 0);
        Ok(Self { number, epoch, sequence: sequence.ok_or(at)?, hash: fields.exactly()? })
    }
}
