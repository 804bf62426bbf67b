//! A terminal, its key, its secrets, and permits to scan.

use ed25519_dalek::{Signer as _, SigningKey};
use permit_core::{Checkpoint, Day, Direction, Now, PermitId, PublicKey, Side, Signer, UnixTime};
use proptest::test_runner::Config as ProptestConfig;

use crate::{
    Colour, Decided, Durable, Event, Journal, Lists, Scanned, Secret, Secrets, Settings, Terminal,
    faults::Memory, segment::FULL,
};

pub(crate) type Kept = Journal<Memory>;

/// 2026-03-01T06:00:00Z.
pub(crate) const START: UnixTime = UnixTime(1_772_344_800);

/// `seconds` after the start, by a trusted clock.
pub(crate) fn now(seconds: i64) -> Now {
    let at = START.plus(seconds);
    Now::read(Some(at), START.plus(-400 * 86_400)).proven_by(Some(at))
}

/// A permit of side A, by its serial.
pub(crate) fn permit(serial: u32) -> PermitId {
    PermitId { station: 12, year: 126, serial, copy: 1 }
}

/// A passage outward from side A.
pub(crate) const OUT: Checkpoint =
    Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };
/// And home again.
pub(crate) const HOME: Checkpoint = Checkpoint { direction: Direction::Entry, ..OUT };

pub(crate) struct Key(SigningKey);

impl Signer for Key {
    type Error = core::convert::Infallible;

    fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error> {
        Ok(self.0.sign(message).to_bytes())
    }
}

pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) key: Key,
    /// Bytes after which a segment is closed.
    pub(crate) full: u64,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::at(Terminal { side: Side::A, number: 4 })
    }

    pub(crate) fn at(terminal: Terminal) -> Self {
        let secrets = Secrets::new(Secret::new([7; 32]), None);
        let key = Key(SigningKey::from_bytes(&[terminal.number.to_be_bytes()[1] + 1; 32]));
        Self { settings: Settings::new(terminal, secrets), key, full: FULL }
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey::new(&self.key.public_key()).unwrap()
    }

    pub(crate) fn open(&self, disk: &Memory) -> Kept {
        self.open_at(disk, 0)
    }

    pub(crate) fn open_at(&self, disk: &Memory, seconds: i64) -> Kept {
        let mut journal =
            Journal::open(disk.clone(), self.settings.clone(), &now(seconds)).unwrap();
        journal.full = self.full;
        journal
    }

    pub(crate) fn scanned(&self, serial: u32, checkpoint: Checkpoint, colour: Colour) -> Scanned {
        Scanned {
            pseudonym: Some(self.settings.secrets.pseudonym(&permit(serial))),
            home: Some(Side::A),
            through: Some(START.day(0).plus(30)),
            checkpoint,
            offset: 480,
            colour,
            code: if colour == Colour::Green { 0 } else { 31 },
            also: vec![61],
            lists: Lists { root: 1, zone: 1, a: Some(7), b: None },
        }
    }

    pub(crate) fn scan(&self, journal: &mut Kept, serial: u32, seconds: i64) -> Durable {
        self.scan_as(journal, serial, Colour::Green, seconds)
    }

    pub(crate) fn scan_as(
        &self,
        journal: &mut Kept,
        serial: u32,
        colour: Colour,
        seconds: i64,
    ) -> Durable {
        let scanned = self.scanned(serial, OUT, colour);
        journal.append(Event::Scanned(scanned), &now(seconds)).unwrap()
    }

    /// Scans and admits.
    pub(crate) fn cross(
        &self,
        journal: &mut Kept,
        serial: u32,
        checkpoint: Checkpoint,
        now: &Now,
    ) -> Durable {
        let scanned = self.scanned(serial, checkpoint, Colour::Green);
        let scan = journal.append(Event::Scanned(scanned), now).unwrap();
        journal.decided(Decided::automatic(scan.sequence()), now).unwrap()
    }
}

/// The last day of every permit here.
pub(crate) fn last_day() -> Day {
    START.day(0).plus(30)
}

/// So many cases of a property; a counterexample is printed, not filed.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// A presence list of nobody, by a side, signed then.
pub(crate) fn presence(side: Side, issued: UnixTime) -> Vec<u8> {
    let nobody: Vec<u64> = Vec::new();
    let (due, ends) = (issued.0 + 1, issued.0 + 2);
    minicbor::to_vec((1_u32, issued.0, due, ends, 1_u16, side as u8, nobody)).unwrap()
}
