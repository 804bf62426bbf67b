//! `permit-station delegate`, `hand-back` and `merge`: special personnel (R13).

use std::{io::Write as _, path::Path};

use permit_command::{Exit, Fault, output, secret};
use permit_core::{Side, Trust};
use permit_file::Ask;
use permit_signing::draft::{Names, Station};
use permit_station::{
    delegation::{self, Asked, Conflict},
    rules::Denied,
    said,
    site::Site,
};
use permit_words::{Lang, Value, Words};

use super::{
    args::{Delegate, HandBack, Merge},
    site::Place,
};

/// The part of a side's description of its stations that the number is.
#[derive(serde::Serialize)]
struct Entry<'e> {
    stations: [&'e Station; 1],
}

pub(crate) async fn run(place: &Place, args: &Delegate, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let [first, second] = args.sign[..] else { return Err(Denied::NotTwoSupervisors.into()) };
    let (regions, names) = {
        let mut held = site.lists()?;
        let trust = held.open()?;
        let station = site.registry.desk().office().station();
        let regions = args.region.iter().map(|id| region(&trust, id));
        (regions.collect::<Result<Vec<_>, _>>()?, names(&trust, station))
    };
    let keys = [first, second].map(|by| secret::open(&site.home.officer(by), None, words));
    let [a, b] = keys;
    let (a, b) = (a?, b?);
    let asked = Asked {
        station: args.number,
        regions,
        communes: args.commune.clone(),
        from: args.from,
        through: args.through,
        quota: args.quota,
        names,
        officers: args.officer.clone(),
    };
    let by = [(first, &a), (second, &b)];
    let made = delegation::make(&mut site, &args.folder, &asked, by).await?;
    let path = args.folder.join(format!("{:05}-station.toml", args.number));
    let failed =
        |cause: String| Fault::new(Exit::Unwritable, "fault-write").at(&path).with("cause", cause);
    let text = toml::to_string(&Entry { stations: [&made.entry] });
    let text = text.map_err(|error| failed(error.to_string()))?;
    std::fs::write(&path, text).map_err(|error| failed(error.to_string()))?;
    let values = [
        ("station", args.number.into()),
        ("path", args.folder.display().to_string().into()),
        ("entry", path.display().to_string().into()),
    ];
    output::line(&words.with("station-delegated", &values))?;
    Ok(Exit::Good)
}

/// A region by what the zone register calls it.
pub(crate) fn region(trust: &Trust<'_>, id: &str) -> Result<u16, Fault> {
    let found = trust.zone().regions.iter().find(|region| region.id == id);
    let unknown = || Fault::new(Exit::Usage, "station-region").with("region", id);
    found.map(|region| region.number).ok_or_else(unknown)
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

/// The record of special personnel as one new file, for nobody else to read.
pub(crate) async fn hand_back(
    place: &Place,
    args: &HandBack,
    words: &Words,
) -> Result<Exit, Fault> {
    let site = place.open().await?;
    let bytes = delegation::hand_back(&site).await?;
    written(&args.file, &bytes)?;
    let values = [
        ("path", args.file.display().to_string().into()),
        ("entries", site.registry.tip().sequence.into()),
    ];
    output::line(&words.with("station-handed-back", &values))?;
    Ok(Exit::Good)
}

fn written(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written
        .map_err(|cause| Fault::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause))
}

/// Whole or not at all; what conflicts is shown first, and taken only where that is said.
pub(crate) async fn merge(place: &Place, args: &Merge, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let bytes = permit_file::read(&args.file, &Ask::named(delegation::MOST)).map_err(|error| {
        Fault::new(Exit::Unreadable, "station-handed-file").at(&args.file).with("said", error)
    })?;
    let Some(handed) = delegation::look(&site, &bytes)? else {
        output::line(&words.get("station-merged-before"))?;
        return Ok(Exit::Good);
    };
    let office = handed.record.desk().office();
    let station = office.station();
    for conflict in &handed.conflicts {
        output::line(&told(&site, station, conflict, words))?;
    }
    if !handed.conflicts.is_empty() && !args.with_conflicts {
        let count = handed.conflicts.len();
        return Err(Fault::new(Exit::Differs, "station-conflicts").with("count", count));
    }
    secret::open(&site.home.officer(args.officer), None, words)?;
    let values = [
        ("station", station.into()),
        ("entries", handed.fresh.entries.len().into()),
        ("given", handed.record.desk().numbers().into()),
        ("quota", office.delegation().map_or(0, |it| it.quota).into()),
    ];
    let line = words.with("station-merged", &values);
    delegation::take(&mut site, args.officer, handed).await?;
    output::line(&line)?;
    Ok(Exit::Good)
}

fn told(site: &Site, station: u16, conflict: &Conflict, words: &Words) -> String {
    let offset = site.registry.desk().office().founding().offset;
    said::conflict(station, conflict, offset, words)
}
