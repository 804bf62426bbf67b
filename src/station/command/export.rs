//! `permit-station export` and `report`: what leaves the desk, and the situation for people.

use std::{io::Write as _, path::Path};

use permit_command::{Exit, Fault, output};
use permit_report::Period;
use permit_station::report::{self, Outward, Situation};
use permit_words::Words;

use super::{
    args::{Export, Report},
    site::Place,
};

pub(crate) async fn export(place: &Place, args: &Export, words: &Words) -> Result<Exit, Fault> {
    let site = place.open().await?;
    let today = site.today();
    let period = args.month.unwrap_or_else(|| Period::before(today)).until(today);
    let out = report::outward(&site.registry, period, site.now()).await?;
    std::fs::create_dir_all(&args.out).map_err(|cause| {
        Fault::new(Exit::Unwritable, "fault-write").at(&args.out).with("cause", cause)
    })?;
    let station = out.drawn.station;
    let register = args.out.join(format!("{station:05}-register.toml"));
    let sealed = args.out.join(format!("{station:05}-{period}-return.cbor"));
    // The return speaks for the register: whoever finds the return finds the register that it names.
    replace(&register, out.register.as_bytes())?;
    replace(&sealed, &out.sealed)?;
    told(&out, words);
    let values = [
        ("register", register.display().to_string().into()),
        ("return", sealed.display().to_string().into()),
        ("from", out.drawn.from.to_string().into()),
        ("through", out.drawn.through.to_string().into()),
    ];
    output::line(&words.with("station-exported", &values))?;
    Ok(Exit::Good)
}

/// What an officer should know of it before it is sent.
fn told(out: &Outward, words: &Words) {
    for number in &out.withheld {
        output::note(&words.with("station-withheld", &[("number", (*number).into())]));
    }
    for (list, id) in
        [(&out.drawn.issues, "station-silent-issues"), (&out.drawn.views, "station-silent-views")]
    {
        if list.is_none() {
            output::note(&words.get(id));
        }
    }
}

pub(crate) async fn report(place: &Place, args: &Report, words: &Words) -> Result<Exit, Fault> {
    let site = place.open().await?;
    let today = site.today();
    let period = args.month.unwrap_or_else(|| Period::before(today));
    if !period.is_over(today) {
        return Err(Fault::new(Exit::Usage, "situation-not-over").with("month", period));
    }
    let out = report::outward(&site.registry, period, site.now()).await?;
    told(&out, words);
    let situation = Situation::of(&out.drawn);
    let shown = report::report(&situation, words);
    let Some(path) = &args.out else {
        output::text(&shown.text());
        return Ok(Exit::Good);
    };
    let failed =
        |cause: String| Fault::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause);
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let bytes = match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => shown.html().map_err(|it| failed(it.to_string()))?.into(),
        "json" => report::json(&situation).map_err(|it| failed(it.to_string()))?.into(),
        "csv" => {
            let (columns, rows) = shown.table();
            permit_table::separated(&columns, &rows)
        }
        "xlsx" => {
            let (columns, rows) = shown.table();
            permit_table::write("1", &columns, &rows).map_err(|it| failed(it.to_string()))?
        }
        _ => shown.text().into_bytes(),
    };
    let made = std::fs::File::create_new(path).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    made.map(|()| Exit::Good).map_err(|error| failed(error.to_string()))
}

/// Whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".export-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write()
        .map_err(|cause| Fault::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause))
}
