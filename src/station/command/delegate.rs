//! `permit-station delegate`, `take-up`, `hand-back` and `merge`: special personnel (R13).

use std::{io::Write as _, path::Path};

use permit_command::{Exit, Fault, output, secret};
use permit_core::Trust;
use permit_file::Ask;
use permit_station::{
    delegation::{self, Asked, Conflict, NotTakenUp},
    rules::Denied,
    said,
    site::Site,
};
use permit_words::Words;

use super::{
    args::{Delegate, HandBack, Merge, TakeUp},
    site::Place,
};

pub(crate) async fn run(place: &Place, args: &Delegate, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let [first, second] = args.sign[..] else { return Err(Denied::NotTwoSupervisors.into()) };
    let regions = {
        let mut held = site.lists()?;
        let trust = held.open()?;
        args.region.iter().map(|id| region(&trust, id)).collect::<Result<Vec<_>, _>>()?
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
        officers: args.officer.clone(),
    };
    let by = [(first, &a), (second, &b)];
    delegation::make(&mut site, &args.folder, &asked, by).await?;
    let path = args.folder.join(format!("{:05}-station.toml", args.number));
    let text = delegation::entry(&site, args.number)?;
    std::fs::write(&path, text).map_err(|cause| Fault::write(&path, cause))?;
    let values = [
        ("station", args.number.into()),
        ("path", args.folder.display().to_string().into()),
        ("entry", path.display().to_string().into()),
    ];
    output::line(&words.with("station-delegated", &values))?;
    let office = site.registry.desk().office();
    if let Some(made) = office.delegations().find(|it| it.station == args.number) {
        let hex: String = made.record.iter().map(|byte| format!("{byte:02x}")).collect();
        output::line(&words.with("station-record-key", &[("key", hex.into())]))?;
    }
    Ok(Exit::Good)
}

/// A region by what the zone register calls it.
pub(crate) fn region(trust: &Trust<'_>, id: &str) -> Result<u16, Fault> {
    let found = trust.zone().regions.iter().find(|region| region.id == id);
    let unknown = || Fault::new(Exit::Usage, "station-region").with("region", id);
    found.map(|region| region.number).ok_or_else(unknown)
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
    let id = match delegation::is_sealed(&bytes) {
        true => "station-handed-back",
        false => "station-handed-back-open",
    };
    output::line(&words.with(id, &values))?;
    Ok(Exit::Good)
}

/// The folder out of the file that a page of the station gave.
pub(crate) fn take_up(place: &Place, args: &TakeUp, words: &Words) -> Result<Exit, Fault> {
    let unfit = |error: NotTakenUp| {
        let exit = match error {
            NotTakenUp::Folder(_) => Exit::Unwritable,
            _ => Exit::Unreadable,
        };
        Fault::new(exit, "station-not-taken-up").at(&args.file).with("said", error)
    };
    let bytes = permit_file::read(&args.file, &Ask::named(delegation::MOST))
        .map_err(|error| Fault::read(&args.file, error))?;
    let cover = delegation::cover(&bytes).map_err(unfit)?;
    let key = secret::opened(&cover, &args.file, args.passphrase_file.as_deref(), words)?;
    delegation::take_up(&bytes, &key, &place.state).map_err(unfit)?;
    let path = place.state.display().to_string();
    output::line(&words.with("station-taken-up", &[("path", path.into())]))?;
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
