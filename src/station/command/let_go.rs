//! `permit-station let-go`: what is long over is forgotten, and the record still holds.

use permit_command::{Exit, Fault, output, secret};
use permit_station::rules::{Denied, LEAST_TERM, TERM};
use permit_words::Words;

use super::{args::LetGo, site::Place};

pub(crate) async fn run(place: &Place, args: &LetGo, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let days = args.after.unwrap_or(TERM);
    if days < LEAST_TERM {
        return Err(Denied::TooEarly { least: LEAST_TERM }.into());
    }
    let due = site.registry.desk().due(site.today(), days);
    let (applications, cases) = (due.applications.len(), due.cases.len());
    let values =
        [("applications", applications.into()), ("cases", cases.into()), ("days", days.into())];
    let Some(officer) = args.officer.filter(|_| !due.is_empty()) else {
        output::line(&words.with("station-due", &values))?;
        return Ok(Exit::Good);
    };
    secret::open(&site.home.officer(officer), None, words)?;
    let line = words.with("station-let-go", &values);
    site.let_go(officer, due).await?;
    output::line(&line)?;
    Ok(Exit::Good)
}
