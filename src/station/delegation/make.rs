//! The folder of special personnel: a desk of its own, with the officers that were named.
//!
//! One supervisor begins it and signs, another signs the same: at one seat by the command, each at a seat of their own by the
//! pages. Until then nothing is recorded, and the folder is nobody's.

use std::{fs, io, path::Path};

use minicbor::{
    Decode, Encode,
    bytes::{ByteArray, ByteVec},
};
use permit_core::{Day, KeyId, Side, Signer as _, Trust, UnixTime};
use permit_file::Ask;
use permit_record::{Ascending, Delegation, Enrolment, Role, Roles};
use permit_signing::{
    SecretKey, create_private_file,
    draft::{Date, Key, KeyClass, Kind, Names, Station, StationKey},
};
use permit_store::Store;
use permit_words::{Lang, Value, Words};

use crate::{
    home::{self, Home},
    registry::{Keys, Registry, RegistryError, TABLES},
    rules::{Act, Denied, Founding, NotHandedBack, OfficeAct},
    site::{Site, SiteError},
};

/// What is to be delegated, and to whom.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The number that special personnel get as a station.
    pub station: u16,
    /// Regions of the communes.
    pub regions: Vec<u16>,
    /// Communes.
    pub communes: Vec<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub through: Day,
    /// Most permits.
    pub quota: u32,
    /// Officers of this desk who go, with the roles they have here.
    pub officers: Vec<u16>,
}

/// A delegation with the first of its two signatures.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Begun {
    /// What is signed.
    #[n(0)]
    pub delegation: Delegation,
    /// The officers who go, both supervisors first: what is signed as well.
    #[n(1)]
    pub officers: Vec<Enrolment>,
    /// Who has signed, and who is to.
    #[n(2)]
    pub by: [u16; 2],
    #[cbor(n(3), with = "minicbor::bytes")]
    kid: [u8; 4],
    /// Over the delegation, then over each officer.
    #[n(4)]
    signatures: Vec<ByteArray<64>>,
}

/// Makes the folder, which may not be there yet, and records what was delegated; or does neither.
///
/// # Errors
///
/// The rules'; when the folder cannot be written.
pub async fn make(
    site: &mut Site,
    folder: &Path,
    asked: &Asked,
    [(first, key), (second, other)]: [(u16, &SecretKey); 2],
) -> Result<(), RegistryError> {
    let begun = begin(site, folder, asked, ((first, key), second))?;
    let made = finish(site, folder, &begun, other).await;
    if made.is_err() {
        // Nothing was recorded: what was begun here is nobody's.
        drop_begun(folder)?;
    }
    made
}

/// The first supervisor's part: the folder with its keys, and a signature over what is delegated.
///
/// # Errors
///
/// The rules'; when the folder is there already, or cannot be written.
pub fn begin(
    site: &Site,
    folder: &Path,
    asked: &Asked,
    ((by, key), second): ((u16, &SecretKey), u16),
) -> Result<Begun, RegistryError> {
    if folder.symlink_metadata().is_ok() {
        return Err(home::failed(folder, io::ErrorKind::AlreadyExists.into()));
    }
    let at = site.now();
    let keys = Keys { record: SecretKey::generate()?, station: Some(SecretKey::generate()?) };
    let delegation = delegation(site, &keys, asked, at)?;
    let (desk, moment) = (site.registry.desk(), site.registry.desk().moment(by, at));
    desk.office().delegable(&moment, &delegation)?;
    let supervises = |number| {
        let officer = moment.office.officer(number, moment.sequence);
        officer.is_ok_and(|(_, term)| term.roles.has(Role::Supervisor))
    };
    if by == second || !supervises(by) || !supervises(second) {
        return Err(Denied::NotTwoSupervisors.into());
    }
    let others = asked.officers.iter().copied().filter(|it| ![by, second].contains(it));
    let officers: Vec<Enrolment> = [by, second]
        .into_iter()
        .chain(others)
        .map(|number| enrolment(site, asked.station, number, at))
        .collect::<Result<_, _>>()?;
    let Ok((KeyId(kid), first)) = delegation.sign(key);
    let rest = officers.iter().map(|it| match it.sign(key) {
        Ok((_, signature)) => signature,
    });
    let signatures = core::iter::once(first).chain(rest).map(ByteArray::from).collect();
    let begun = Begun { delegation, officers, by: [by, second], kid, signatures };
    let home = Home::create(folder)?;
    filled(site, &home, &keys, &begun).inspect_err(|_| {
        // What is told is why it was not made.
        let _ = drop_begun(folder);
    })?;
    Ok(begun)
}

/// What was begun in a folder and waits for the second supervisor.
#[must_use]
pub fn begun(folder: &Path) -> Option<Begun> {
    let bytes = permit_file::read(&folder.join(PAPER), &Ask::secret(MOST)).ok()?;
    minicbor::decode(&bytes).ok()
}

/// What was begun comes to nothing: its folder is removed.
///
/// # Errors
///
/// When it stays.
pub fn drop_begun(folder: &Path) -> Result<(), RegistryError> {
    fs::remove_dir_all(folder).map_err(|cause| home::failed(folder, cause))
}

/// The second supervisor's part: the record of the desk in the folder, and of this one.
///
/// # Errors
///
/// The rules'; when the folder cannot be written. Nothing is recorded here then.
pub async fn finish(
    site: &mut Site,
    folder: &Path,
    begun: &Begun,
    second: &SecretKey,
) -> Result<(), RegistryError> {
    let Begun { delegation, officers, by, kid, signatures } = begun;
    let mut signatures = signatures.iter().map(|it| (KeyId(*kid), **it));
    let mut first = || signatures.next().ok_or(Denied::NotTwoSupervisors);
    let Ok(own) = delegation.sign(second);
    let sealed = delegation.seal([first()?, own]);
    let mut enrolled = Vec::new();
    for officer in officers {
        let Ok(own) = officer.sign(second);
        enrolled.push(officer.seal([first()?, own]));
    }
    // Asked before anything is made of it; recorded at the end, so that what is recorded can be used.
    let (at, act) = (site.now(), Act::Office(OfficeAct::Delegate(sealed.clone())));
    site.registry.desk().propose(by[1], at, act.clone())?;
    let home = Home::open(folder)?;
    // What a break left of it is nobody's: nothing is recorded here yet.
    for name in ["desk.db", "desk.db-wal", "desk.db-shm"] {
        let _ = fs::remove_file(folder.join(name));
    }
    for officer in officers {
        // The key goes along as it is, under the officer's own passphrase; one on a token has no file.
        let (own, there) = (site.home.officer(officer.officer), home.officer(officer.officer));
        if own.exists() && !there.exists() {
            let bytes = home::read(&own, &Ask::secret(KEY_FILE))?;
            create_private_file(&there, &bytes)?;
        }
    }
    desk(site, &home, begun, (sealed, enrolled), at).await?;
    site.registry.act(by[1], at, act).await?;
    // Once it is recorded nothing waits here; what a break leaves is asked of the record.
    let _ = fs::remove_file(folder.join(PAPER));
    Ok(())
}

/// What the side's station list says of a number that was delegated, once it is published: the part of the description of its
/// stations, as TOML.
///
/// # Errors
///
/// Where nothing was delegated to this number; the lists'.
pub fn entry(site: &Site, station: u16) -> Result<String, SiteError> {
    let mut delegations = site.registry.desk().office().delegations();
    let found = delegations.find(|it| it.station == station);
    let nobody = || RegistryError::from(Denied::from(NotHandedBack::Nobody(station)));
    let delegation = found.ok_or_else(nobody)?;
    let mut held = site.lists()?;
    let names = names(&held.open()?, delegation.by);
    let stations = [listed(delegation, &names)];
    let text = toml::to_string(&Entry { stations });
    Ok(text.map_err(|error| home::failed(site.home.folder(), io::Error::other(error)))?)
}

/// A side's description of its stations, with one.
#[derive(serde::Serialize)]
struct Entry {
    stations: [Station; 1],
}

/// The folder before there is a record in it.
fn filled(site: &Site, home: &Home, keys: &Keys, begun: &Begun) -> Result<(), RegistryError> {
    for name in ["bundle.cbor", "root.cbor", "begun"] {
        if let Ok(bytes) = site.home.kept(name) {
            home.keep(name, &bytes)?;
        }
    }
    home.keep_key("record", &keys.record)?;
    keys.station.iter().try_for_each(|key| home.keep_key("station", key))?;
    home.keep_given_key(&*site.home.hand_back_key(begun.delegation.station)?)?;
    let bytes = minicbor::to_vec(begun).unwrap_or_default();
    Ok(create_private_file(&home.folder().join(PAPER), &bytes)?)
}

fn delegation(
    site: &Site,
    keys: &Keys,
    asked: &Asked,
    at: UnixTime,
) -> Result<Delegation, RegistryError> {
    let office = site.registry.desk().office();
    let regions = Ascending::of(asked.regions.clone()).ok_or(Denied::OtherContent)?;
    let communes = Ascending::of(asked.communes.clone()).ok_or(Denied::Commune)?;
    if asked.through < asked.from || asked.quota == 0 {
        return Err(Denied::OtherContent.into());
    }
    Ok(Delegation {
        zone: office.founding().zone,
        by: office.station(),
        station: asked.station,
        record: keys.record.public_key(),
        key: keys.station.as_ref().map(SecretKey::public_key).unwrap_or_default(),
        regions,
        communes,
        from: asked.from,
        through: asked.through,
        quota: asked.quota,
        at,
    })
}

/// An officer of this desk, with the roles that the officer has here.
fn enrolment(
    site: &Site,
    station: u16,
    number: u16,
    at: UnixTime,
) -> Result<Enrolment, RegistryError> {
    let desk = site.registry.desk();
    let (officer, term) = desk.office().officer(number, desk.sequence().saturating_add(1))?;
    let roles: Vec<_> = term.roles.iter().collect();
    Ok(Enrolment {
        station,
        officer: number,
        latin: officer.latin.clone(),
        native: officer.native.clone(),
        key: term.key,
        roles: Roles::of(&roles),
        at,
    })
}

/// The record of special personnel: begun by both supervisors, with the officers who go.
async fn desk(
    site: &Site,
    home: &Home,
    Begun { delegation, by, .. }: &Begun,
    (sealed, enrolled): (Vec<u8>, Vec<Vec<u8>>),
    at: UnixTime,
) -> Result<(), RegistryError> {
    let office = site.registry.desk().office();
    let founding = office.founding();
    let keys = Keys { record: home.key("record")?, station: Some(home.key("station")?) };
    let mut enrolled = enrolled.into_iter();
    let (Some(first), Some(second)) = (enrolled.next(), enrolled.next()) else {
        return Err(Denied::NotTwoSupervisors.into());
    };
    let begins = Founding {
        zone: founding.zone,
        station: delegation.station,
        offset: founding.offset,
        demo: founding.demo,
        key: keys.record.public_key(),
        first,
        second,
        regions: delegation.regions.iter().copied().collect(),
        longest: office.longest(site.registry.desk().sequence().saturating_add(1)),
        delegation: Some(ByteVec::from(sealed)),
    };
    let store = Store::open(&home.database(), &TABLES).await?;
    let memory = Some(home.folder().to_owned());
    let mut registry = Registry::create(store, keys, memory, begins, at).await?;
    for enrolment in enrolled {
        registry.act(by[0], at, Act::Office(OfficeAct::Enrol(enrolment))).await?;
    }
    Ok(registry.store().clone().close().await?)
}

/// What the number is called: special personnel of the station that delegates.
fn names(trust: &Trust<'_>, station: u16) -> Names {
    let lists = trust.lists(Side::of_station(station));
    let own = lists.and_then(|lists| lists.stations.station(station));
    let own = own.map(|station| Names::from(station.names)).unwrap_or_default();
    let named = |lang, name: Option<String>| {
        let name = [("station", Value::Spoken(name?))];
        Some(Words::new(lang).with("station-special-personnel", &name))
    };
    let (zh, ko, en) = (named(Lang::Zh, own.zh), named(Lang::Ko, own.ko), named(Lang::En, own.en));
    Names { zh, ko, en, ..Names::default() }
}

/// The entry: a number that serves nobody but by what was delegated.
fn listed(delegation: &Delegation, names: &Names) -> Station {
    let regions: Vec<u16> = delegation.regions.iter().copied().collect();
    Station {
        number: delegation.station,
        kind: Kind::SpecialPersonnel,
        regions: Vec::new(),
        communes: delegation.communes.iter().cloned().collect(),
        suspended: None,
        names: names.clone(),
        keys: vec![StationKey {
            key: Key(delegation.key),
            from: Date(delegation.from),
            through: Date(delegation.through),
            class: KeyClass::Delegated,
            regions,
        }],
    }
}

/// Bytes that a key file may have, as everywhere.
const KEY_FILE: u64 = 4096;
/// What waits for the second supervisor.
const PAPER: &str = "waiting";
/// Bytes that it may have: chosen, some hundred officers.
const MOST: u64 = 64 * 1024;
