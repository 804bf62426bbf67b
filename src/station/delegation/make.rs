//! The folder of special personnel: a desk of its own, with the officers that were named.

use std::{fs, path::Path};

use minicbor::bytes::ByteVec;
use permit_core::{Day, Signer as _, UnixTime};
use permit_file::Ask;
use permit_record::{Ascending, Delegation, Enrolment, Roles};
use permit_signing::{
    SecretKey, create_private_file,
    draft::{Date, Key, KeyClass, Kind, Names, Station, StationKey},
};
use permit_store::Store;

use crate::{
    home::Home,
    registry::{Keys, Registry, RegistryError, TABLES},
    rules::{Act, Denied, Founding, OfficeAct},
    site::Site,
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
    /// What the number is called on the lists.
    pub names: Names,
    /// Officers of this desk who go, with the roles they have here.
    pub officers: Vec<u16>,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// What was signed.
    pub delegation: Delegation,
    /// The entry for the side's station list, as its description has one.
    pub entry: Station,
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
    by: [(u16, &SecretKey); 2],
) -> Result<Made, RegistryError> {
    let there = |cause: std::io::Error| RegistryError::Home { path: folder.to_owned(), cause };
    if folder.symlink_metadata().is_ok() {
        return Err(there(std::io::ErrorKind::AlreadyExists.into()));
    }
    let home = Home::create(folder)?;
    match filled(site, &home, asked, by).await {
        Ok(made) => Ok(made),
        Err(error) => {
            // Nothing was recorded: what was begun here is nobody's.
            fs::remove_dir_all(folder).map_err(there)?;
            Err(error)
        }
    }
}

async fn filled(
    site: &mut Site,
    home: &Home,
    asked: &Asked,
    by: [(u16, &SecretKey); 2],
) -> Result<Made, RegistryError> {
    let at = site.now();
    let keys = Keys { record: SecretKey::generate()?, station: Some(SecretKey::generate()?) };
    let delegation = delegation(site, &keys, asked, at)?;
    let sealed = delegation.seal(by.map(|(_, key)| match delegation.sign(key) {
        Ok(signature) => signature,
    }));
    // Asked before anything is made of it; recorded at the end, so that what is recorded can be used.
    let act = Act::Office(OfficeAct::Delegate(sealed.clone()));
    site.registry.desk().propose(by[0].0, at, act.clone())?;
    for name in ["bundle.cbor", "root.cbor", "begun"] {
        if let Ok(bytes) = site.home.kept(name) {
            home.keep(name, &bytes)?;
        }
    }
    home.keep_key("record", &keys.record)?;
    keys.station.iter().try_for_each(|key| home.keep_key("station", key))?;
    let entry = entry(&delegation, &asked.names);
    desk(site, home, (keys, sealed), asked, by, at).await?;
    site.registry.act(by[0].0, at, act).await?;
    Ok(Made { delegation, entry })
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

/// The record of special personnel: begun by both supervisors, with the officers who go.
async fn desk(
    site: &Site,
    home: &Home,
    (keys, sealed): (Keys, Vec<u8>),
    asked: &Asked,
    by: [(u16, &SecretKey); 2],
    at: UnixTime,
) -> Result<(), RegistryError> {
    let office = site.registry.desk().office();
    let founding = office.founding();
    let enrolled = |number: u16| -> Result<Vec<u8>, RegistryError> {
        let sequence = site.registry.desk().sequence().saturating_add(1);
        let (officer, term) = office.officer(number, sequence)?;
        let roles: Vec<_> = term.roles.iter().collect();
        let enrolment = Enrolment {
            station: asked.station,
            officer: number,
            latin: officer.latin.clone(),
            native: officer.native.clone(),
            key: term.key,
            roles: Roles::of(&roles),
            at,
        };
        // The key goes along as it is, under the officer's own passphrase; one on a token has no file.
        let own = site.home.officer(number);
        if own.exists() {
            let failed = |cause| RegistryError::Home { path: own.clone(), cause };
            let bytes = permit_file::read(&own, &Ask::secret(KEY_FILE))
                .map_err(|error| failed(std::io::Error::other(error)))?;
            create_private_file(&home.officer(number), &bytes)?;
        }
        Ok(enrolment.seal(by.map(|(_, key)| match enrolment.sign(key) {
            Ok(signature) => signature,
        })))
    };
    let [first, second] = [enrolled(by[0].0)?, enrolled(by[1].0)?];
    let begins = Founding {
        zone: founding.zone,
        station: asked.station,
        offset: founding.offset,
        demo: founding.demo,
        key: keys.record.public_key(),
        first,
        second,
        regions: Ascending::of(asked.regions.clone())
            .map(|regions| regions.iter().copied().collect())
            .unwrap_or_default(),
        longest: office.longest(site.registry.desk().sequence().saturating_add(1)),
        delegation: Some(ByteVec::from(sealed)),
    };
    let store = Store::open(&home.database(), &TABLES).await?;
    let memory = Some(home.folder().to_owned());
    let mut registry = Registry::create(store, keys, memory, begins, at).await?;
    let supervisors = by.map(|(number, _)| number);
    for number in asked.officers.iter().filter(|number| !supervisors.contains(number)) {
        let act = Act::Office(OfficeAct::Enrol(enrolled(*number)?));
        registry.act(by[0].0, at, act).await?;
    }
    Ok(registry.store().clone().close().await?)
}

/// What the side's station list says once it is published: a number that serves nobody but by what was delegated.
fn entry(delegation: &Delegation, names: &Names) -> Station {
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
