//! The office: which station it is, whose residents it serves, and who its officers are.
//!
//! Nobody is an officer by a row in a table. The first two supervisors are made when the desk is founded and sign each
//! other in; every other enrolment, and every new key, is signed by two supervisors. A number is given once and a key
//! is anybody's once.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{
    Decode, Encode,
    bytes::{ByteArray, ByteVec},
};
use permit_core::{Day, PublicKey, Side, UnixTime};
use permit_record::{Delegation, Enrolment, Handed, Offered, Role};

use super::{
    Denied, Layout, LetGo, MatterKind, Moment, Officer, OwnDesign, Term, Waits, WaitsSet,
    delegation, officer::same_person, wire,
};

/// Which station, whose residents, which officers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Office {
    founding: Founding,
    lists: Vec<Lists>,
    officers: BTreeMap<u16, Officer>,
    /// What this desk was founded under, where it is one of special personnel.
    delegation: Option<Delegation>,
    /// What was delegated to whom, and the bytes that were signed.
    delegations: BTreeMap<u16, (Delegation, Vec<u8>)>,
    /// Through which day there was said to be nothing of a kind.
    nothing: BTreeMap<MatterKind, Day>,
    /// Designs of the station's own; other cards are drawn by the program's.
    designs: BTreeMap<Layout, OwnDesign>,
    /// After how many days what waits is late, as it was set, the newest last.
    waits: Vec<WaitsSet>,
}

/// What the lists said from an entry on.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Lists {
    since: u64,
    regions: BTreeSet<u16>,
    longest: u16,
    at: UnixTime,
    /// Communes of a delegation that a station has come to cover.
    covered: BTreeSet<String>,
}

/// What the first entry of a record says.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Founding {
    /// Number of the zone.
    #[n(0)]
    pub zone: u16,
    /// Number of the station.
    #[n(1)]
    pub station: u16,
    /// Minutes the desk's civil day is ahead of UTC.
    #[n(2)]
    pub offset: i16,
    /// True if everything here is a demonstration.
    #[n(3)]
    pub demo: bool,
    /// The key that signs the record.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// The two first supervisors: enrolments that both have signed.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub first: Vec<u8>,
    /// The second of them.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub second: Vec<u8>,
    /// Regions whose residents it serves, ascending.
    #[n(7)]
    pub regions: Vec<u16>,
    /// Most days a permit may be good.
    #[n(8)]
    pub longest: u16,
    /// What special personnel were delegated, where the desk is theirs: signed by both first supervisors.
    #[n(9)]
    pub delegation: Option<ByteVec>,
}

/// What happens to the office.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
#[non_exhaustive]
pub enum OfficeAct {
    /// The desk begins: the first entry of every record.
    #[n(0)]
    Found(#[n(0)] Founding),
    /// An officer comes, or gets another key or other roles: signed by two supervisors.
    #[n(1)]
    Enrol(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// An officer goes. The number is never given again.
    #[n(2)]
    Dismiss(#[n(0)] u16),
    /// Newer lists are taken: whose residents the station serves, and for how long at most.
    #[n(3)]
    Lists {
        /// SHA-256 of the bundle.
        #[cbor(n(0), with = "minicbor::bytes")]
        bundle: [u8; 32],
        /// Regions, ascending.
        #[n(1)]
        regions: Vec<u16>,
        /// Most days.
        #[n(2)]
        longest: u16,
        /// Communes of a delegation that a station has come to cover, ascending.
        #[n(3)]
        covered: Vec<String>,
    },
    /// Asked whether there is an issue or a differing view through a day, an officer says: none (R17).
    #[n(4)]
    Nothing(#[n(0)] MatterKind, #[cbor(n(1), with = "wire::day")] Day),
    /// Special personnel are delegated to (R13): signed by two supervisors.
    #[n(5)]
    Delegate(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Their record is handed back: the entries after those that were taken before.
    #[n(6)]
    Merge(#[n(0)] Handed),
    /// What the law lets go.
    #[n(7)]
    LetGo(#[n(0)] LetGo),
    /// Cards of a layout are drawn by a design of the station's own from now on, or by the program's again.
    #[n(8)]
    Design {
        /// Which cards.
        #[n(0)]
        layout: Layout,
        /// SHA-256 of its two sides, front and back; none: the program's.
        #[n(1)]
        sides: Option<[ByteArray<32>; 2]>,
    },
    /// The register of numbers that the station gave before it had a desk is taken over: the file's bytes.
    #[n(9)]
    TakeOver(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// A decision was offered and not taken: forged, of something else, or of somebody who does not decide it.
    #[n(10)]
    NotTaken(#[n(0)] Offered),
    /// A supervisor sets after how many days what waits is late.
    #[n(11)]
    Waits {
        /// What stood there.
        #[n(0)]
        before: Waits,
        /// What stands there from now on.
        #[n(1)]
        after: Waits,
    },
}

impl OfficeAct {
    /// Its number in an entry.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Found(_) => 0,
            Self::Enrol(_) => 1,
            Self::Dismiss(_) => 2,
            Self::Lists { .. } => 3,
            Self::Nothing(..) => 4,
            Self::Delegate(_) => 5,
            Self::Merge(_) => 6,
            Self::LetGo(_) => 7,
            Self::Design { .. } => 8,
            Self::TakeOver(_) => 9,
            Self::NotTaken(_) => 10,
            Self::Waits { .. } => 11,
        }
    }
}

impl Office {
    /// Founds an office: both first supervisors signed both enrolments.
    ///
    /// # Errors
    ///
    /// [`Denied::NotTwoSupervisors`], [`Denied::KeyTaken`], [`Denied::WeakKey`], [`Denied::Signature`].
    pub fn found(founding: Founding, at: UnixTime) -> Result<Self, Denied> {
        let read = |bytes| Enrolment::unverified(bytes).map_err(Denied::Signature);
        let ((first, _), (second, _)) = (read(&founding.first)?, read(&founding.second)?);
        let both = [first, second];
        let [a, b] = &both;
        let keys = sound([&a.key, &b.key])?;
        if a.key == b.key || founding.key == a.key || founding.key == b.key {
            return Err(Denied::KeyTaken);
        }
        if a.officer == b.officer || same_person((&a.latin, &a.native), (&b.latin, &b.native)) {
            return Err(Denied::SamePerson);
        }
        for (bytes, enrolment) in [&founding.first, &founding.second].into_iter().zip(&both) {
            Enrolment::open(bytes, &keys).map_err(Denied::Signature)?;
            if !enrolment.roles.has(Role::Supervisor) {
                return Err(Denied::NotTwoSupervisors);
            }
            if enrolment.station != founding.station || enrolment.officer == 0 {
                return Err(Denied::OtherContent);
            }
        }
        let delegation = delegation::founded(&founding, &keys)?;
        let regions = founding.regions.iter().copied().collect();
        let (longest, covered) = (founding.longest, BTreeSet::new());
        let mut office = Self {
            founding,
            lists: vec![Lists { since: 1, regions, longest, at, covered }],
            officers: BTreeMap::new(),
            delegation,
            delegations: BTreeMap::new(),
            nothing: BTreeMap::new(),
            designs: BTreeMap::new(),
            waits: Vec::new(),
        };
        both.into_iter().for_each(|enrolment| office.admit(enrolment, 1));
        Ok(office)
    }

    /// Does what an act says, if it may be.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn next(&self, moment: &Moment<'_>, act: &OfficeAct) -> Result<Self, Denied> {
        let mut next = self.clone();
        match act {
            OfficeAct::Found(_) => return Err(Denied::Founding),
            OfficeAct::Enrol(bytes) => next.admit(self.enrol(moment, bytes)?, moment.sequence),
            OfficeAct::Dismiss(number) => {
                self.dismiss(moment, *number)?;
                if let Some(officer) = next.officers.get_mut(number) {
                    officer.dismissed = Some(moment.sequence);
                }
            }
            OfficeAct::Lists { regions, longest, covered, .. } => {
                moment.has(&[Role::Supervisor])?;
                next.lists.push(Lists {
                    since: moment.sequence,
                    regions: regions.iter().copied().collect(),
                    longest: *longest,
                    at: moment.at,
                    covered: covered.iter().cloned().collect(),
                });
            }
            OfficeAct::Nothing(kind, through) => {
                moment.has(answers(*kind))?;
                if *through > moment.today() {
                    return Err(Denied::FutureDate { dated: *through });
                }
                let said = next.nothing.entry(*kind).or_insert(*through);
                *said = (*through).max(*said);
            }
            OfficeAct::Delegate(bytes) => {
                let said = self.delegate(moment, bytes)?;
                next.delegations.insert(said.station, (said, bytes.clone()));
            }
            OfficeAct::Design { layout, sides } => {
                moment.has(&[Role::Supervisor])?;
                let own = |sides: [ByteArray<32>; 2]| {
                    let sides = sides.map(|side| *side);
                    OwnDesign { sides, by: moment.by, at: moment.at }
                };
                match sides {
                    Some(sides) => next.designs.insert(*layout, own(*sides)),
                    None => next.designs.remove(layout),
                };
            }
            OfficeAct::Waits { before, after } => {
                moment.has(&[Role::Supervisor])?;
                next.waits.push(self.waits().set(moment, [*before, *after])?);
            }
            // The desk's to say, who knows what there is.
            OfficeAct::NotTaken(_) => {}
            // What it comes to is the desk's to say.
            OfficeAct::Merge(_) | OfficeAct::LetGo(_) | OfficeAct::TakeOver(_) => {
                moment.has(&[Role::Supervisor])?;
            }
        }
        Ok(next)
    }

    /// Enrolling: a supervisor brings an enrolment that two supervisors have signed.
    fn enrol(&self, moment: &Moment<'_>, bytes: &[u8]) -> Result<Enrolment, Denied> {
        moment.has(&[Role::Supervisor])?;
        let (enrolment, kids) = Enrolment::unverified(bytes).map_err(Denied::Signature)?;
        let keys = self.two_supervisors(moment.sequence, kids)?;
        Enrolment::open(bytes, &keys).map_err(Denied::Signature)?;
        sound([&enrolment.key, &enrolment.key])?;
        if enrolment.station != self.founding.station || enrolment.officer == 0 {
            return Err(Denied::OtherContent);
        }
        let known = self.officers.get(&enrolment.officer);
        if known.is_some_and(|officer| officer.dismissed.is_some()) {
            return Err(Denied::Dismissed { officer: enrolment.officer });
        }
        // Another name under a number would be another person.
        if known.is_some_and(|it| (&it.latin, &it.native) != (&enrolment.latin, &enrolment.native))
        {
            return Err(Denied::SamePerson);
        }
        super::text::sound(&enrolment.latin, super::text::SHORT)?;
        let current = known.and_then(|officer| officer.terms.last());
        let keeps = current.is_some_and(|term| term.key == enrolment.key);
        if !keeps && self.has_key(&enrolment.key) {
            return Err(Denied::KeyTaken);
        }
        let loses = known.is_some_and(|officer| officer.is(Role::Supervisor))
            && !enrolment.roles.has(Role::Supervisor);
        if loses && self.supervisors() <= 2 { Err(Denied::LastSupervisors) } else { Ok(enrolment) }
    }

    /// The keys of two supervisors as of an entry.
    pub(super) fn two_supervisors(
        &self,
        sequence: u64,
        kids: [permit_core::KeyId; 2],
    ) -> Result<[PublicKey; 2], Denied> {
        let [first, second] = kids.map(|kid| self.supervisor(sequence, kid));
        let (first, second) = first.zip(second).ok_or(Denied::NotTwoSupervisors)?;
        sound([&first, &second])
    }

    /// Dismissing: by one supervisor, since it takes rights and gives none; two supervisors stay.
    fn dismiss(&self, moment: &Moment<'_>, number: u16) -> Result<(), Denied> {
        moment.has(&[Role::Supervisor])?;
        let officer = self.officers.get(&number).ok_or(Denied::NoOfficer { officer: number })?;
        if officer.dismissed.is_some() {
            return Err(Denied::Dismissed { officer: number });
        }
        if officer.is(Role::Supervisor) && self.supervisors() <= 2 {
            return Err(Denied::LastSupervisors);
        }
        Ok(())
    }

    fn admit(&mut self, enrolment: Enrolment, since: u64) {
        let Enrolment { officer: number, latin, native, key, roles, .. } = enrolment;
        let fresh = || Officer { number, latin, native, terms: Vec::new(), dismissed: None };
        let officer = self.officers.entry(number).or_insert_with(fresh);
        officer.terms.push(Term { since, key, roles });
    }

    /// What the desk was founded as.
    #[must_use]
    pub const fn founding(&self) -> &Founding {
        &self.founding
    }

    /// Number of the station.
    #[must_use]
    pub const fn station(&self) -> u16 {
        self.founding.station
    }

    /// Whose station it is.
    #[must_use]
    pub const fn side(&self) -> Side {
        Side::of_station(self.founding.station)
    }

    /// True if the lists of an entry have it serve residents of this region.
    #[must_use]
    pub fn serves(&self, region: u16, sequence: u64) -> bool {
        self.lists(sequence).is_some_and(|lists| lists.regions.contains(&region))
    }

    /// Most days a permit may be good by the lists of an entry.
    #[must_use]
    pub fn longest(&self, sequence: u64) -> u16 {
        self.lists(sequence).map_or(0, |lists| lists.longest)
    }

    /// The entry that took the newest lists.
    #[must_use]
    pub fn lists_since(&self) -> u64 {
        self.lists.last().map_or(0, |lists| lists.since)
    }

    /// Regions whose residents it serves by the newest lists, ascending.
    pub fn regions(&self) -> impl Iterator<Item = u16> {
        self.lists.last().into_iter().flat_map(|lists| lists.regions.iter().copied())
    }

    /// What this desk was founded under, where it is one of special personnel.
    #[must_use]
    pub const fn delegation(&self) -> Option<&Delegation> {
        self.delegation.as_ref()
    }

    /// What was delegated, by the number of the special personnel's station.
    pub fn delegations(&self) -> impl Iterator<Item = &Delegation> {
        self.delegations.values().map(|(delegation, _)| delegation)
    }

    /// What was delegated to a station, and the bytes that were signed.
    pub(super) fn to(&self, station: u16) -> Option<(&Delegation, &[u8])> {
        self.delegations.get(&station).map(|(delegation, bytes)| (delegation, bytes.as_slice()))
    }

    /// Communes of a delegation that a station covers by the lists of an entry.
    pub(super) fn covered(&self, sequence: u64) -> impl Iterator<Item = &str> {
        self.lists(sequence).into_iter().flat_map(|lists| lists.covered.iter().map(String::as_str))
    }

    /// Since when the lists say that a station covers a commune of a delegation.
    #[must_use]
    pub fn covered_since(&self, commune: &str) -> Option<UnixTime> {
        let since = self.lists.iter().rev().take_while(|lists| lists.covered.contains(commune));
        since.last().map(|lists| lists.at)
    }

    fn lists(&self, sequence: u64) -> Option<&Lists> {
        self.lists.iter().rev().find(|lists| lists.since < sequence)
    }

    /// The last day for which somebody said that there is nothing of a kind.
    #[must_use]
    pub fn nothing(&self, kind: MatterKind) -> Option<Day> {
        self.nothing.get(&kind).copied()
    }

    /// After how many days what waits is late.
    #[must_use]
    pub fn waits(&self) -> Waits {
        self.waits.last().map(|set| set.after).unwrap_or_default()
    }

    /// How that was set, the newest last.
    #[must_use]
    pub fn waits_set(&self) -> &[WaitsSet] {
        &self.waits
    }

    /// The design of the station's own that cards of a layout are drawn by, where there is one.
    #[must_use]
    pub fn design(&self, layout: Layout) -> Option<&OwnDesign> {
        self.designs.get(&layout)
    }

    /// Every officer there is and was, by number.
    pub fn officers(&self) -> impl Iterator<Item = &Officer> {
        self.officers.values()
    }

    /// An officer as of an entry, with the key and roles of then.
    ///
    /// # Errors
    ///
    /// [`Denied::NoOfficer`], [`Denied::Dismissed`].
    pub fn officer(&self, number: u16, sequence: u64) -> Result<(&Officer, &Term), Denied> {
        let unknown = Denied::NoOfficer { officer: number };
        let officer = self.officers.get(&number).ok_or(unknown.clone())?;
        if officer.dismissed.is_some_and(|until| until < sequence) {
            return Err(Denied::Dismissed { officer: number });
        }
        let term = officer.terms.iter().rev().find(|term| term.since < sequence);
        term.map(|term| (officer, term)).ok_or(unknown)
    }

    /// The officer whose key this is, or was before another or before leaving.
    #[must_use]
    pub fn had(&self, key: &[u8; 32]) -> Option<&Officer> {
        let mut officers = self.officers.values();
        officers.find(|officer| officer.terms.iter().any(|term| term.key == *key))
    }

    /// The officer whose key this is now.
    #[must_use]
    pub fn whose(&self, key: &[u8; 32]) -> Option<&Officer> {
        let current = |officer: &&Officer| {
            officer.dismissed.is_none() && officer.terms.last().is_some_and(|term| term.key == *key)
        };
        self.officers.values().find(current)
    }

    /// True for two officers who may be one person: the same number, or the same name.
    pub(super) fn one_person(&self, a: u16, b: u16) -> bool {
        let name = |number| self.officers.get(&number).map(|it| (it.latin.as_str(), &it.native));
        a == b || name(a).zip(name(b)).is_some_and(|(a, b)| same_person(a, b))
    }

    pub(super) fn has_key(&self, key: &[u8; 32]) -> bool {
        let mut terms = self.officers.values().flat_map(|officer| &officer.terms);
        self.founding.key == *key || terms.any(|term| term.key == *key)
    }

    /// The key with this id that a supervisor has as of an entry.
    fn supervisor(&self, sequence: u64, kid: permit_core::KeyId) -> Option<[u8; 32]> {
        self.officers.keys().find_map(|number| {
            let (_, term) = self.officer(*number, sequence).ok()?;
            let found =
                term.roles.has(Role::Supervisor) && permit_core::KeyId::of(&term.key) == kid;
            found.then_some(term.key)
        })
    }

    fn supervisors(&self) -> usize {
        self.officers.values().filter(|officer| officer.is(Role::Supervisor)).count()
    }
}

/// Who is asked: of differing views the border defence (R17).
const fn answers(kind: MatterKind) -> &'static [Role] {
    match kind {
        MatterKind::Issue => &[Role::Supervisor],
        MatterKind::DifferingView => &[Role::BorderDefence],
    }
}

fn sound(keys: [&[u8; 32]; 2]) -> Result<[PublicKey; 2], Denied> {
    let sound = |key| PublicKey::new(key).map_err(|_| Denied::WeakKey);
    Ok([sound(keys[0])?, sound(keys[1])?])
}
