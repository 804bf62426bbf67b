//! `permit-station check`: the record anew, and every row against it.

use permit_command::{Exit, Fault, output};
use permit_station::registry::Finding;
use permit_words::{Value, Words};

use super::{args::Check, site::Place};

pub(crate) async fn run(place: &Place, args: &Check, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    if args.rebuild {
        site.registry.rebuild().await?;
        output::note(&words.get("station-rebuilt"));
    }
    let findings = site.registry.check().await?;
    for finding in &findings {
        output::line(&told(finding, words))?;
    }
    if !findings.is_empty() {
        return Ok(Exit::Differs);
    }
    let entries = site.registry.tip().sequence;
    output::line(&words.with("station-sound", &[("entries", entries.into())]))?;
    Ok(Exit::Good)
}

fn told(finding: &Finding, words: &Words) -> String {
    let row = |id: &str, table: &str, key: &String| {
        words.with(id, &[("table", table.into()), ("key", key.into())])
    };
    match finding {
        Finding::Differs { table, key, column } => {
            let values: [(&str, Value<'_>); 3] =
                [("table", (*table).into()), ("key", key.into()), ("column", (*column).into())];
            words.with("station-finding-differs", &values)
        }
        Finding::Extra { table, key } => row("station-finding-extra", table, key),
        Finding::Missing { table, key } => row("station-finding-missing", table, key),
        Finding::Record(error) => {
            words.with("station-finding-record", &[("said", error.to_string().into())])
        }
        other => format!("{other:?}"),
    }
}
