//! Two sides with a bundle, and terminals whose journals come home.

use core::time::Duration;
use std::{fs, path::Path, process::Command, time::Instant};

use permit_core::{
    Checkpoint, Day, Direction, Now, PermitId, Side, Signer as _, UnixTime,
    trust::{Role, Root as CoreRoot},
};
use permit_headquarters::{Home, Site};
use permit_journal::{
    Colour, Concern, Decided, Event, Journal, Lists, Outcome, Scanned, Secret, Secrets, Settings,
    Terminal, faults::Memory,
};
use permit_signing::{
    Parties, Parts, Proposal, SecretKey, SideParts, demo,
    draft::{
        Draft, Header, Key, List, Pin, Reader, Readers, Revocations, RoleKeys, Roles, Root,
        Snapshot, Stations, Time,
    },
    payload, sign_at_once,
};

/// 2026-03-01T06:00:00Z.
pub(crate) const START: UnixTime = UnixTime(1_772_344_800);

/// The key of a name; anybody can make it.
pub(crate) fn key(name: &str) -> SecretKey {
    let mut seed = [0; 32];
    name.bytes().zip(&mut seed).for_each(|(byte, place)| *place = byte);
    SecretKey::from_known_seed_for_demo_keys_only(&seed)
}

/// A role's key.
pub(crate) fn role(side: Side, role: Role) -> SecretKey {
    key(&format!("{side:?} {role:?}"))
}

/// The key of a terminal's journal.
pub(crate) fn terminal_key(terminal: Terminal) -> SecretKey {
    key(&format!("terminal {:?} {}", terminal.side, terminal.number))
}

fn header() -> Header {
    let after = |days: i64| Time(START.plus(days * 86_400));
    Header { version: 1, issued: after(0), next_update: after(7), expires: after(180), zone: 1 }
}

/// A bundle with two terminals on each side, and its root.
pub(crate) fn bundle() -> (Vec<u8>, Vec<u8>) {
    bundle_with([None, None])
}

/// The same with a presence list of each side.
pub(crate) fn bundle_with(presence: [Option<Vec<u8>>; 2]) -> (Vec<u8>, Vec<u8>) {
    bundle_of(presence, 2)
}

/// The same with so many terminals on each side.
pub(crate) fn bundle_of(presence: [Option<Vec<u8>>; 2], terminals: u16) -> (Vec<u8>, Vec<u8>) {
    let roles = |side| {
        let mut roles = Roles::default();
        for each in Role::ALL {
            let keys = vec![Key(role(side, each).public_key())];
            *roles.of_mut(each) = RoleKeys { threshold: 1, keys };
        }
        roles
    };
    let root = Root { demo: true, header: header(), a: roles(Side::A), b: roles(Side::B) };
    let payload = root.encode().unwrap();
    let core = CoreRoot::decode(&payload).unwrap();
    let both = |each| Side::BOTH.map(|side| role(side, each));
    let of_root = Parties::of_root(&core, None);
    let root = sign_at_once(&Draft::Root(Box::new(root.clone())), &of_root, &both(Role::Root));
    let root = root.unwrap();
    let mut zone: Draft = toml::from_str(demo::ZONE).unwrap();
    *zone.header_mut() = header();
    let zone = sign_at_once(&zone, &Parties::of_zone(&core), &both(Role::Zone)).unwrap();
    let side = |side: Side| {
        let sign = |draft: &Draft| {
            let parties = Parties::of_side(&core, side, draft.role());
            sign_at_once(draft, &parties, &[role(side, draft.role())]).unwrap()
        };
        let half = side.into();
        let stations = Stations { side: half, header: header(), stations: Vec::new() };
        let revocations = Revocations {
            side: half,
            header: header(),
            serials: Vec::new(),
            copies: Vec::new(),
            ranges: Vec::new(),
            stations: Vec::new(),
            stolen: Vec::new(),
        };
        let reader = |number| Reader {
            number,
            crossing: 3,
            key: Key(terminal_key(Terminal { side, number }).public_key()),
        };
        let readers = (1..=terminals).map(reader).collect();
        let readers = Readers { side: half, header: header(), readers };
        let stations = sign(&Draft::Stations(stations));
        let revocations = sign(&Draft::Revocations(revocations));
        let readers = sign(&Draft::Readers(readers));
        let presence = presence[side as usize].clone();
        let pinned = presence.iter().map(|list| Pin::of(List::Presence, 1, list));
        let pins =
            [Pin::of(List::Stations, 1, &stations), Pin::of(List::Revocations, 1, &revocations)];
        let pins = pins.into_iter().chain(pinned);
        let pins = pins.chain([Pin::of(List::Readers, 1, &readers)]).collect();
        let snapshot = Snapshot { side: half, root: 1, zone: 1, header: header(), pins };
        let snapshot = sign(&Draft::Snapshot(snapshot));
        let documents = [Some(stations), Some(revocations), None, presence, Some(readers), None];
        Some(SideParts { snapshot, documents })
    };
    let parts = Parts { roots: vec![root.clone()], zone, a: side(Side::A), b: side(Side::B) };
    (parts.assemble(None, None).unwrap(), root)
}

/// Headquarters of a side, an hour after the start.
pub(crate) async fn headquarters(folder: &Path, side: Side) -> Site {
    let (bundle, root) = bundle();
    let home = Home::create(folder, (side, 480), (&bundle, &root), START).unwrap();
    let database = crate::database(&home);
    Site::open(home, &database).await.unwrap().at(START.plus(3_600))
}

/// `seconds` after the start, by a trusted clock.
pub(crate) fn now(seconds: i64) -> Now {
    let at = START.plus(seconds);
    Now::read(Some(at), START.plus(-400 * 86_400)).proven_by(Some(at))
}

/// A terminal of a side.
pub(crate) fn terminal(side: Side, number: u16) -> Terminal {
    Terminal { side, number }
}

/// A journal that somebody keeps.
pub(crate) struct Kept {
    pub(crate) terminal: Terminal,
    pub(crate) disk: Memory,
    pub(crate) journal: Journal<Memory>,
    seconds: i64,
}

impl Kept {
    pub(crate) fn new(terminal: Terminal) -> Self {
        Self::on(terminal, Memory::new(), 0)
    }

    /// On a card that was used before.
    pub(crate) fn on(terminal: Terminal, disk: Memory, seconds: i64) -> Self {
        let secrets = Secrets::new(Secret::new([7; 32]), None);
        let settings = Settings::new(terminal, secrets);
        let journal = Journal::open(disk.clone(), settings, &now(seconds)).unwrap();
        Self { terminal, disk, journal, seconds }
    }

    /// Somebody crosses; the sequence of the decision.
    pub(crate) fn cross(&mut self, serial: u32, direction: Direction) -> u64 {
        self.pass(&PermitId { station: 12, year: 126, serial, copy: 1 }, direction)
    }

    /// The same with any permit of side A.
    pub(crate) fn pass(&mut self, id: &PermitId, direction: Direction) -> u64 {
        self.seconds += 20;
        let secrets = Secrets::new(Secret::new([7; 32]), None);
        let scanned = Scanned {
            pseudonym: Some(secrets.pseudonym(id)),
            home: Some(Side::A),
            through: Some(Day::from_civil(2026, 4, 1).unwrap()),
            checkpoint: Checkpoint { crossing: 3, side: self.terminal.side, direction },
            offset: 480,
            colour: Colour::Green,
            code: 0,
            also: Vec::new(),
            lists: Lists { root: 1, zone: 1, a: Some(1), b: Some(1) },
        };
        let at = now(self.seconds);
        let scan = self.journal.append(Event::Scanned(scanned), &at).unwrap().sequence();
        self.journal.decided(Decided::automatic(scan), &at).unwrap().sequence()
    }

    /// One after the other.
    pub(crate) fn cross_each(&mut self, serials: core::ops::Range<u32>, direction: Direction) {
        for serial in serials {
            self.cross(serial, direction);
        }
    }

    /// Nobody went through after all.
    pub(crate) fn nobody(&mut self, decision: u64) {
        let _ = self.journal.gate(decision, false, &now(self.seconds)).unwrap();
    }

    /// Somebody without a permit is helped.
    pub(crate) fn help(&mut self) {
        let assisted =
            Decided { scan: None, outcome: Outcome::Assisted, officer: Some(12), reason: None };
        let _ = self.journal.decided(assisted, &now(self.seconds)).unwrap();
    }

    /// An officer raises something of the closed list, or another closes it.
    pub(crate) fn concern(&mut self, what: Concern, open: bool) {
        self.seconds += 60;
        let officer = if open { 7 } else { 8 };
        let event = Event::Concern { what, open, officer };
        let _ = self.journal.append(event, &now(self.seconds)).unwrap();
    }

    pub(crate) fn export(&mut self, after: Option<u64>) -> Vec<u8> {
        self.seconds += 1;
        self.journal.export(after, &now(self.seconds), &terminal_key(self.terminal)).unwrap()
    }
}

/// Signs what was given out, side B's as the library does it.
pub(crate) fn sign_given(folder: &Path) {
    let root = fs::read(folder.join("root.cbor")).unwrap();
    let root = CoreRoot::decode(payload(&root).unwrap()).unwrap();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().extension().is_none_or(|it| it != "proposal") {
            continue;
        }
        let mut proposal = Proposal::from_bytes(&fs::read(entry.path()).unwrap()).unwrap();
        let draft = proposal.contents().unwrap();
        let parties = Parties::of(&draft, None, Some(&root)).unwrap();
        // One whose signature is in it already stays.
        let _ = proposal.sign(&parties, &role(Side::B, draft.role()));
        fs::write(entry.path(), proposal.to_bytes()).unwrap();
    }
}

/// Kills it after a while; true where it had ended by itself.
pub(crate) fn killed_after(mut command: Command, wait: Duration) -> bool {
    let (mut child, since) = (command.spawn().unwrap(), Instant::now());
    loop {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        if since.elapsed() >= wait {
            child.kill().unwrap();
            child.wait().unwrap();
            return false;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
}
