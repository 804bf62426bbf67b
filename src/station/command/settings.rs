//! `permit-station settings`: after how many days what waits is late, shown and set, as the page does it.

use permit_command::{Exit, Fault, output, secret};
use permit_station::rules::{Act, OfficeAct, Waits};
use permit_words::{Value, Words};

use super::{args::SettingsArgs, site::Place};

pub(crate) async fn run(place: &Place, args: &SettingsArgs, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let before = site.registry.desk().office().waits();
    let after = Waits {
        incomplete: args.incomplete.unwrap_or(before.incomplete),
        unfetched: args.unfetched.unwrap_or(before.unfetched),
        undecided: args.undecided.unwrap_or(before.undecided),
        expiring: args.expiring.unwrap_or(before.expiring),
    };
    if let Some(officer) = args.officer {
        secret::open(&site.home.officer(officer), None, words)?;
        let (at, act) = (site.now(), Act::Office(OfficeAct::Waits { before, after }));
        site.registry.act(officer, at, act).await?;
    }
    for (label, days) in LABELS.into_iter().zip(site.registry.desk().office().waits().all()) {
        let values = [("name", Value::Spoken(words.get(label))), ("days", days.into())];
        output::line(&words.with("station-setting", &values))?;
    }
    Ok(Exit::Good)
}

/// What the page calls each, in the order of [`Waits::all`].
const LABELS: [&str; 4] = [
    "desk-settings-incomplete",
    "desk-settings-unfetched",
    "desk-settings-undecided",
    "desk-settings-expiring",
];
