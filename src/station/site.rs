//! A desk that is open: its folder, its registry, its clock, its lists.
//!
//! Pages and the command line do the same through it.

use std::time::{SystemTime, UNIX_EPOCH};

use minicbor::bytes::ByteArray;
use permit_card::{DesignFlaw, Fonts, Portrait};
use permit_core::{
    Accepted, Anchor, Day, KeySlot, Now, Side, Signer as _, Terms, Trust, UnixTime,
    permit::PAYLOAD, sha256, trust::Class,
};
use permit_record::Subject;
use permit_signing::{
    demo,
    permit::{Issuer, NotAnIssuer},
};
use permit_store::Store;
use thiserror::Error;

use crate::{
    card::{
        designs,
        portrait::{self, Kept},
    },
    delegation,
    home::Home,
    registry::{Keys, Registry, RegistryError, Signed, TABLES},
    rules::{Act, Denied, Layout, LetGo, OfficeAct, State, Step},
};

/// A desk that is open.
#[derive(Debug)]
pub struct Site {
    /// Its folder.
    pub home: Home,
    /// Its registry.
    pub registry: Registry,
}

/// Why a permit is not signed, or a form not looked at.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SiteError {
    /// The lists, or the station's key on them.
    #[error(transparent)]
    Lists(#[from] ListsError),
    /// The registry.
    #[error(transparent)]
    Registry(#[from] RegistryError),
}

/// Why a design is not taken into use.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DesignError {
    /// What is wrong with it.
    #[error("{} things are wrong with it", .0.len())]
    Flaws(Vec<DesignFlaw>),
    /// The rules, the lists or the folder.
    #[error(transparent)]
    Site(#[from] SiteError),
}

impl Site {
    /// Opens a desk and replays its record; its database where the folder says.
    ///
    /// # Errors
    ///
    /// When keys, database or record do not hold.
    pub async fn open(home: Home, database: &str) -> Result<Self, RegistryError> {
        let keys = Keys { record: home.key("record")?, station: Some(home.key("station")?) };
        let store = Store::open(database, &TABLES).await?;
        let registry = Registry::open(store, keys, Some(home.folder().to_owned())).await?;
        Ok(Self { home, registry })
    }

    /// The desk's clock. A demonstration lives in its own time, which goes on from when it was made.
    #[must_use]
    pub fn now(&self) -> UnixTime {
        let begun = self.home.kept("begun").ok();
        let begun = begun.and_then(|bytes| Some(i64::from_be_bytes(bytes.try_into().ok()?)));
        match begun.filter(|_| self.registry.desk().office().founding().demo) {
            Some(begun) => demo::NOON.plus(system().0.saturating_sub(begun).max(0)),
            None => system(),
        }
    }

    /// The desk's civil day.
    #[must_use]
    pub fn today(&self) -> Day {
        self.registry.desk().moment(0, self.now()).today()
    }

    /// The lists that it was given.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn lists(&self) -> Result<Lists, RegistryError> {
        Ok(Lists::new(self.home.kept("bundle.cbor")?, self.home.kept("root.cbor")?))
    }

    /// What the lists let this station issue today.
    ///
    /// # Errors
    ///
    /// [`ListsError`], when its key may not sign today or the clock is behind the lists; the folder's.
    pub fn issuer<'t>(&self, trust: &Trust<'t>) -> Result<Issuer<'t>, SiteError> {
        // A key file is opened by work that takes time on purpose: here the one that signs says who it is.
        let key = match self.registry.station_key() {
            Some(key) => key,
            None => self.home.key("station")?.public_key(),
        };
        Ok(issuer(trust, &key, (self.now(), self.today()))?)
    }

    /// Signs the permit of an approved application; one that was signed, and whose card is still to be made, again.
    ///
    /// # Errors
    ///
    /// As [`Site::issuer`] and [`Registry::issue`].
    pub async fn issue(&mut self, number: u32, by: u16) -> Result<Signed, SiteError> {
        self.may_sign()?;
        let at = self.now();
        Ok(match self.registry.issue(number, by, at, None).await {
            Err(RegistryError::Denied(Denied::State(State::Issued | State::Printed))) => {
                self.signed(number)?
            }
            other => other?,
        })
    }

    /// Signs a permit, or its next copy by [`Step::Reprint`], whose card has a portrait, and its code too where it is given
    /// for that.
    ///
    /// # Errors
    ///
    /// As [`Site::issue`] and [`Site::reprint`].
    pub async fn sign_with(
        &mut self,
        (step, number): (Step, u32),
        by: u16,
        portrait: &Kept,
    ) -> Result<Signed, SiteError> {
        self.may_sign()?;
        let (at, code) = (self.now(), portrait.code.as_deref());
        // It is there before the permit is, so that no break leaves a code that cannot be drawn; and not for one that the
        // rules do not let be.
        self.registry.to_sign((step, number), by, at, code)?;
        portrait::keep(&self.home, number, portrait)?;
        Ok(match step {
            Step::Reprint => self.registry.reprint(number, by, at, code).await?,
            _ => self.registry.issue(number, by, at, code).await?,
        })
    }

    /// Bytes that a portrait in the code may have, were the permit signed now.
    ///
    /// # Errors
    ///
    /// As [`Site::sign_with`].
    pub fn room(&self, (step, number): (Step, u32), by: u16) -> Result<usize, SiteError> {
        let issued = self.registry.to_sign((step, number), by, self.now(), None)?;
        let desk = self.registry.desk();
        let zone = desk.office().founding().zone;
        let unknown = Denied::NoSubject(Subject::Application(number));
        let application = desk.application(number).ok_or(unknown).map_err(RegistryError::from)?;
        let permit = application.permit_of(&issued, zone, None).map_err(RegistryError::from)?;
        let length = permit.encode(&mut [0; PAYLOAD]).map_err(RegistryError::Seal)?;
        Ok(portrait::room(length))
    }

    /// The permit of an application again, while its card is still to be made.
    ///
    /// # Errors
    ///
    /// As [`Registry::signed`]; the folder's, where its code has a portrait.
    pub fn signed(&self, number: u32) -> Result<Signed, RegistryError> {
        let application = self.registry.desk().application(number);
        let issued = application.and_then(|it| it.permit);
        let code = match issued.is_some_and(|it| it.portrait.is_some()) {
            true => self.portrait(number)?.and_then(|it| it.code),
            false => None,
        };
        self.registry.signed(number, code.as_deref())
    }

    /// Signs the next copy of a permit.
    ///
    /// # Errors
    ///
    /// As [`Site::issuer`] and [`Registry::reprint`].
    pub async fn reprint(&mut self, number: u32, by: u16) -> Result<Signed, SiteError> {
        self.may_sign()?;
        let at = self.now();
        Ok(self.registry.reprint(number, by, at, None).await?)
    }

    /// What a newer bundle says of this station, held against the lists in force: nothing in it may be older, and the root
    /// stays the one the desk was made with.
    ///
    /// # Errors
    ///
    /// [`ListsError`], the folder's.
    pub fn newer(&self, bundle: &[u8]) -> Result<Entry, SiteError> {
        let mut held = self.lists()?;
        let before = *held.open()?.accepted();
        let mut next = Lists::new(bundle.to_vec(), self.home.kept("root.cbor")?);
        let trust = next.after(Some(&before), Some(self.now()))?;
        let office = self.registry.desk().office();
        let mut found = entry(&trust, office.station())?;
        found.covered = self.covered(&trust);
        if office.delegation().is_some() {
            let own = self.home.key("station")?.public_key();
            found.regions.extend(delegated(&trust, office.station(), &own));
            found.regions.sort_unstable();
            found.regions.dedup();
        }
        Ok(found)
    }

    /// Takes newer lists, whole or not at all: none that are older than those the desk has, and none of another zone. What
    /// they say of this station.
    ///
    /// # Errors
    ///
    /// As [`Site::newer`]; the rules', where `by` is no supervisor.
    pub async fn take_lists(&mut self, by: u16, bundle: &[u8]) -> Result<Entry, SiteError> {
        let entry = self.newer(bundle)?;
        if entry.zone != self.registry.desk().office().founding().zone {
            return Err(RegistryError::from(Denied::OtherContent).into());
        }
        let (regions, longest) = (entry.regions.clone(), entry.longest);
        let covered = entry.covered.clone();
        let act = OfficeAct::Lists { bundle: sha256(&[bundle]), regions, longest, covered };
        self.registry.act(by, self.now(), Act::Office(act)).await?;
        // What was recorded and not kept is given again.
        self.home.keep("bundle.cbor", bundle)?;
        Ok(entry)
    }

    /// Lets go of what is due, from the record, the tables and the database's files.
    ///
    /// # Errors
    ///
    /// As of any act.
    pub async fn let_go(&mut self, by: u16, what: LetGo) -> Result<(), RegistryError> {
        let at = self.now();
        self.registry.act(by, at, Act::Office(OfficeAct::LetGo(what))).await?;
        Ok(self.registry.store().settle().await?)
    }

    /// Communes that an application names one of: those delegated to this desk that no station covers; of other desks none.
    pub fn communes(&self) -> impl Iterator<Item = &str> {
        let office = self.registry.desk().office();
        let free = |commune: &&str| office.covered_since(commune).is_none();
        let communes = office.delegation().into_iter().flat_map(|it| it.communes.iter());
        communes.map(String::as_str).filter(free)
    }

    /// Communes of this desk's delegations, given and its own, that a station covers by these lists.
    #[must_use]
    pub fn covered(&self, trust: &Trust<'_>) -> Vec<String> {
        let office = self.registry.desk().office();
        let delegations = office.delegations().chain(office.delegation());
        delegation::covered(trust, office.side(), delegations, self.today())
    }

    /// The two sides that cards of a layout are drawn by, as SVG with named places.
    ///
    /// # Errors
    ///
    /// When a side of the station's own is not there, or not the one recorded.
    pub fn design(&self, layout: Layout) -> Result<[String; 2], RegistryError> {
        let Some(own) = self.registry.desk().office().design(layout) else {
            return Ok(designs::built_in(layout).map(str::to_owned));
        };
        let [front, back] = own.sides.map(|digest| designs::kept(&self.home, &digest));
        Ok([front?, back?])
    }

    /// Layouts whose design has too little room for a code with a portrait in it: such a permit's card could not be drawn.
    ///
    /// # Errors
    ///
    /// As [`Site::design`].
    pub fn without_portrait_code(&self) -> Result<Vec<Layout>, RegistryError> {
        let mut found = Vec::new();
        for layout in Layout::ALL {
            let sides = self.design(layout)?;
            let design = designs::read(layout, sides.each_ref().map(String::as_str));
            if !design.is_ok_and(|design| designs::takes_portrait(&design)) {
                found.push(layout);
            }
        }
        Ok(found)
    }

    /// Has cards of a layout drawn by a design of the station's own from now on; without one, by the program's again.
    ///
    /// # Errors
    ///
    /// [`DesignError::Flaws`], everything that is wrong with it; the rules', where `by` is no supervisor.
    pub async fn use_design(
        &mut self,
        by: u16,
        layout: Layout,
        sides: Option<[&str; 2]>,
        fonts: Option<&Fonts>,
    ) -> Result<(), DesignError> {
        if let Some(sides) = sides {
            let design = designs::read(layout, sides).map_err(DesignError::Flaws)?;
            let mut held = self.lists().map_err(SiteError::from)?;
            let trust = held.open().map_err(SiteError::from)?;
            let side = self.registry.desk().office().side();
            let misfits = designs::misfits(&design, &trust, side, fonts);
            if !misfits.is_empty() {
                return Err(DesignError::Flaws(misfits));
            }
        }
        // The files first: what is recorded is there.
        let sides = sides.map(|sides| designs::keep(&self.home, sides)).transpose();
        let sides = sides.map_err(SiteError::from)?.map(|sides| sides.map(ByteArray::from));
        let act = Act::Office(OfficeAct::Design { layout, sides });
        let at = self.now();
        self.registry.act(by, at, act).await.map_err(SiteError::from)?;
        let office = self.registry.desk().office();
        let used = Layout::ALL.into_iter().filter_map(|layout| office.design(layout));
        let used: Vec<[u8; 32]> = used.flat_map(|own| own.sides).collect();
        Ok(designs::forget(&self.home, &used).map_err(SiteError::from)?)
    }

    /// Puts a portrait on the card of an application, over the one before; without one, takes it off.
    ///
    /// # Errors
    ///
    /// The rules', when the card cannot be drawn any more or not yet, or its code has a portrait; the folder's.
    pub fn put_portrait(
        &self,
        number: u32,
        portrait: Option<&Portrait>,
    ) -> Result<(), RegistryError> {
        let unknown = Denied::NoSubject(Subject::Application(number));
        let application = self.registry.desk().application(number).ok_or(unknown)?;
        if !portrait::is_taken(application) {
            return Err(Denied::State(application.stored()).into());
        }
        match portrait {
            Some(portrait) => {
                let kept = Kept { card: portrait.as_bytes().to_vec(), code: None };
                portrait::keep(&self.home, number, &kept)
            }
            None => portrait::forget(&self.home, number),
        }
    }

    /// The portrait on the card of an application, and in its code, while the card is made.
    ///
    /// # Errors
    ///
    /// The folder's.
    pub fn portrait(&self, number: u32) -> Result<Option<Kept>, RegistryError> {
        portrait::kept(&self.home, number)
    }

    fn may_sign(&self) -> Result<(), SiteError> {
        let mut held = self.lists()?;
        let trust = held.open()?;
        self.issuer(&trust).map(drop)
    }
}

/// A bundle and the root it is held against.
#[derive(Debug)]
pub struct Lists {
    bundle: Vec<u8>,
    root: Vec<u8>,
    slots: Vec<KeySlot>,
}

/// Why lists cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ListsError {
    /// They do not hold.
    #[error(transparent)]
    Trust(#[from] permit_core::TrustError),
    /// They do not know this station.
    #[error("station {0} is not on them")]
    Station(u16),
    /// The station's key may not sign today.
    #[error(transparent)]
    Key(#[from] NotAnIssuer),
    /// The clock is behind them.
    #[error("the clock, {now}, is behind them, {floor}")]
    Behind {
        /// The clock.
        now: UnixTime,
        /// The newest of them.
        floor: UnixTime,
    },
}

/// What a station's entry says that a desk is founded with.
#[derive(Debug)]
pub struct Entry {
    /// Number of the zone.
    pub zone: u16,
    /// Minutes ahead of UTC.
    pub offset: i16,
    /// Whether it is a demonstration.
    pub demo: bool,
    /// Regions that it serves.
    pub regions: Vec<u16>,
    /// Most days a permit may be good.
    pub longest: u16,
    /// Communes of the desk's delegations that a station covers.
    pub covered: Vec<String>,
}

impl Lists {
    /// Those of two files.
    #[must_use]
    pub fn new(bundle: Vec<u8>, root: Vec<u8>) -> Self {
        // A key takes more than its 32 bytes.
        let slots = vec![KeySlot::EMPTY; bundle.len() / 32 + 1];
        Self { bundle, root, slots }
    }

    /// Takes the bundle, whole or not at all.
    ///
    /// # Errors
    ///
    /// [`ListsError::Trust`].
    pub fn open(&mut self) -> Result<Trust<'_>, ListsError> {
        self.after(None, None)
    }

    /// Takes it after what was accepted before, by a clock.
    fn after(
        &mut self,
        before: Option<&Accepted>,
        now: Option<UnixTime>,
    ) -> Result<Trust<'_>, ListsError> {
        let anchor = Anchor::of(&self.root)?;
        let terms = Terms { anchor, before, now };
        Ok(Trust::open(&self.bundle, &terms, &mut self.slots)?)
    }
}

/// What the lists say of a station.
///
/// # Errors
///
/// [`ListsError::Station`].
pub fn entry(trust: &Trust<'_>, station: u16) -> Result<Entry, ListsError> {
    let lists = trust.lists(Side::of_station(station));
    let found =
        lists.and_then(|lists| lists.stations.stations.iter().find(|it| it.number == station));
    let found = found.ok_or(ListsError::Station(station))?;
    let first = trust.zone().crossings.iter().next();
    Ok(Entry {
        zone: trust.zone().header.zone,
        offset: first.map_or(0, |crossing| crossing.offset(trust.newest())),
        demo: trust.is_demo(),
        regions: found.regions.iter().collect(),
        longest: trust.zone().limits.longest_validity,
        covered: Vec::new(),
    })
}

/// Regions that a station serves by what was delegated to its key.
fn delegated(trust: &Trust<'_>, station: u16, key: &[u8; 32]) -> Vec<u16> {
    let lists = trust.lists(Side::of_station(station));
    let found = lists.and_then(|lists| lists.stations.station(station));
    let found = found.and_then(|station| station.keys.iter().find(|it| it.key == *key));
    match found.map(|key| key.class) {
        Some(Class::Delegated(regions)) => regions.iter().collect(),
        _ => Vec::new(),
    }
}

/// The station of a key that signs through approvals, if it may today and the clock is not behind the lists.
fn issuer<'t>(
    trust: &Trust<'t>,
    key: &[u8; 32],
    (now, today): (UnixTime, Day),
) -> Result<Issuer<'t>, ListsError> {
    let issuer = Issuer::through_approvals(trust, key, today)?;
    let side = Side::of_station(issuer.station().number);
    let known = Now::above(Some(now), &trust.proof()).of(side);
    known.certain().map(|_| issuer).ok_or(ListsError::Behind { now, floor: known.floor() })
}

/// The computer's clock.
#[must_use]
pub fn system() -> UnixTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
