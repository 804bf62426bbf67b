//! `permit-headquarters init`, `lists` and `station`.

use std::{
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use permit_command::{Exit, Fault, output};
use permit_core::{UnixTime, trust::BUNDLE};
use permit_file::Ask;
use permit_headquarters::{Home, Site};
use permit_words::Words;

use super::args::{Cli, Init, Lists, Station};

pub(crate) async fn init(cli: &Cli, args: &Init, words: &Words) -> Result<Exit, Fault> {
    let (bundle, root) = (read(&args.bundle)?, read(&args.root)?);
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
    let home = Home::create(&cli.state, (args.side, args.offset), (&bundle, &root), now)?;
    let database = cli.database.clone().unwrap_or_else(|| home.database());
    let site = Site::open(home, &database).await?;
    let terminals = site.terminals().await?.len();
    let folder = cli.state.display().to_string();
    let values = [("path", folder.into()), ("count", terminals.into())];
    output::line(&words.with("headquarters-begun", &values))?;
    Ok(Exit::Good)
}

pub(crate) async fn lists(site: &Site, args: &Lists, words: &Words) -> Result<Exit, Fault> {
    site.take_lists(&read(&args.bundle)?).await?;
    let listed = site.terminals().await?.iter().filter(|it| it.listed).count();
    output::line(&words.with("headquarters-lists-taken", &[("count", listed.into())]))?;
    Ok(Exit::Good)
}

pub(crate) async fn station(site: &Site, args: &Station, words: &Words) -> Result<Exit, Fault> {
    site.enter_station(args.number, &args.key).await?;
    let values = [("number", args.number.into())];
    output::line(&words.with("headquarters-station-entered", &values))?;
    Ok(Exit::Good)
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let bytes = permit_file::read(path, &Ask::named(BUNDLE as u64));
    bytes.map_err(|error| Fault::read(path, error))
}
