//! `permit-station init`: a folder, keys, and two supervisors who sign each other in.

use std::path::Path;

use permit_command::{Exit, Fault, output, secret};
use permit_core::{Signer as _, UnixTime};
use permit_file::Ask;
use permit_record::{Enrolment, Role, Roles};
use permit_signing::{SecretKey, demo};
use permit_station::{
    home::Home,
    registry::{Keys, Registry},
    rules::{Act, Founding, OfficeAct},
    site::{self, Lists, Site},
};
use permit_words::Words;

use super::{
    args::Init,
    officer::{self, sealed},
    site::Place,
};

/// Bytes that a bundle or a root may have: as the trust documents' caps.
const MOST: u64 = 16 * 1024 * 1024;
/// The demonstration's station, whose second key signs through approvals.
const DEMO_STATION: u16 = 101;
/// The demonstration's officers after its two supervisors: invented.
const DEMO: [(u16, &str, &str, &[Role]); 5] = [
    (3, "MAENG SORI", "맹소리", &[Role::Counter]),
    (4, "OUYANG XING", "欧阳星", &[Role::Police]),
    (5, "SEONU BYEOL", "선우별", &[Role::BorderDefence]),
    (6, "DUGU YUE", "独孤月", &[Role::Police, Role::BorderDefence]),
    (7, "HWANGBO NARU", "황보나루", &[Role::Cases]),
];

pub(crate) async fn run(place: &Place, args: &Init, words: &Words) -> Result<Exit, Fault> {
    let site = made(place, args, words).await?;
    if args.demo {
        output::note(&words.get("station-demo"));
    }
    let (station, path) = (site.registry.desk().office().station(), place.state.display());
    let values = [("station", station.into()), ("path", path.to_string().into())];
    output::line(&words.with("station-made", &values))?;
    let public = site.home.key("station")?.public_key();
    let hex: String = public.iter().map(|byte| format!("{byte:02x}")).collect();
    output::line(&words.with("station-public", &[("key", hex.into())]))?;
    let record = site.registry.desk().office().founding().key;
    let hex: String = record.iter().map(|byte| format!("{byte:02x}")).collect();
    output::line(&words.with("station-record-key", &[("key", hex.into())]))?;
    Ok(Exit::Good)
}

/// Makes a desk.
pub(crate) async fn made(place: &Place, args: &Init, words: &Words) -> Result<Site, Fault> {
    let (bundle, root) = if args.demo {
        (demo::BUNDLE.to_vec(), demo::ROOT.to_vec())
    } else {
        (read(args.bundle.as_deref())?, read(args.root.as_deref())?)
    };
    let station = args.station.unwrap_or(DEMO_STATION);
    let mut held = Lists::new(bundle.clone(), root.clone());
    let entry = site::entry(&held.open()?, station)?;
    let home = Home::create(&place.state)?;
    home.keep("bundle.cbor", &bundle)?;
    home.keep("root.cbor", &root)?;
    home.keep("begun", &site::system().0.to_be_bytes())?;
    if let Some(url) = &place.database {
        home.keep("database", url.as_bytes())?;
    }
    let keys = keys(&home, args.demo)?;
    let at = if args.demo { demo::NOON } else { site::system() };
    let (own, [first, second]) = supervisors(&home, args, (station, at), words)?;
    let founding = Founding {
        zone: entry.zone,
        station,
        offset: entry.offset,
        demo: entry.demo,
        key: keys.record.public_key(),
        first,
        second,
        regions: entry.regions,
        longest: entry.longest,
        delegation: None,
    };
    let store = place.store(&home).await?;
    let registry = Registry::create(store, keys, Some(place.state.clone()), founding, at).await?;
    let mut site = Site { home, registry };
    if args.demo {
        officers(&mut site, [&own[0], &own[1]], words).await?;
    }
    Ok(site)
}

/// The keys of the first two supervisors, and their enrolments, which both have signed.
fn supervisors(
    home: &Home,
    args: &Init,
    (station, at): (u16, UnixTime),
    words: &Words,
) -> Result<([SecretKey; 2], [Vec<u8>; 2]), Fault> {
    let key = |number, variable| secret::fresh(&home.officer(number), args.demo, variable, words);
    let own = [key(1, "PERMIT_PASSPHRASE_1")?, key(2, "PERMIT_PASSPHRASE_2")?];
    let enrol = |officer: u16, name: &str, key: &SecretKey| {
        let enrolment = Enrolment {
            station,
            officer,
            latin: name.to_owned(),
            native: None,
            key: key.public_key(),
            roles: Roles::of(&[Role::Supervisor]),
            at,
        };
        sealed(&enrolment, [&own[0], &own[1]])
    };
    let first = enrol(1, args.first.as_deref().unwrap_or("JEGAL HAN"), &own[0]);
    let second = enrol(2, args.second.as_deref().unwrap_or("SIMA RAN"), &own[1]);
    Ok((own, [first, second]))
}

/// The record's key, always new; the station's, new but in a demonstration.
fn keys(home: &Home, demonstration: bool) -> Result<Keys, Fault> {
    let new = || {
        SecretKey::generate()
            .map_err(|error| Fault::new(Exit::Unreadable, "station-home").with("said", error))
    };
    let record = new()?;
    let station = if demonstration { demo::desk_key() } else { new()? };
    home.keep_key("record", &record)?;
    home.keep_key("station", &station)?;
    Ok(Keys { record, station: Some(station) })
}

async fn officers(site: &mut Site, by: [&SecretKey; 2], words: &Words) -> Result<(), Fault> {
    for (number, latin, native, roles) in DEMO {
        let key = secret::fresh(&site.home.officer(number), true, "", words)?;
        let enrolment = Enrolment {
            station: DEMO_STATION,
            officer: number,
            latin: latin.to_owned(),
            native: Some(native.to_owned()),
            key: key.public_key(),
            roles: Roles::of(roles),
            at: site.now(),
        };
        let act = Act::Office(OfficeAct::Enrol(sealed(&enrolment, by)));
        let at = site.now();
        site.registry.act(officer::FIRST, at, act).await?;
    }
    Ok(())
}

fn read(path: Option<&Path>) -> Result<Vec<u8>, Fault> {
    let path = path.unwrap_or_else(|| Path::new(""));
    permit_file::read(path, &Ask::named(MOST))
        .map_err(|error| Fault::new(Exit::Unreadable, "station-file").at(path).with("said", error))
}
