//! `permit-headquarters report` and `verify`: a report into a folder of its own, and one that somebody was given.

use std::{collections::BTreeMap, fs, io, path::Path};

use permit_card::Fonts;
use permit_command::{Exit, Fault, output};
use permit_core::Side;
use permit_file::Ask;
use permit_headquarters::{Asked, Failed, Made, Site, Subject, open_report};
use permit_record::Reported;
use permit_report::Period;
use permit_words::Words;
use tempfile::TempDir;

use super::{
    args::{About, Cli, Report, Verify},
    sign,
};

/// Bytes of a specimen, and of lists, at most.
const MOST: u64 = 16 * 1024 * 1024;

pub(crate) async fn make(site: Site, args: &Report, words: &Words) -> Result<Exit, Fault> {
    let out = &args.sign.out;
    if out.symlink_metadata().is_ok() {
        return Err(Fault::write(out, io::Error::from(io::ErrorKind::AlreadyExists)));
    }
    let site = site.printing(Fonts::system().map_err(Failed::from)?);
    let key = sign::open(&args.sign, words)?;
    let today = site.now().day(site.home.settings().offset);
    let subject = match args.about {
        About::Usage => Subject::Usage {
            month: args.month.unwrap_or_else(|| Period::before(today)),
            incomplete: args.incomplete,
        },
        About::Situation => Subject::Situation,
    };
    let specimen = args.specimen.as_deref().map(specimen).transpose()?;
    let eligible = args.eligible.as_deref().map(eligible).transpose()?.unwrap_or_default();
    let asked = Asked { to: args.to.clone(), orders: args.order.clone(), eligible, specimen };
    let folder = out.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let keep = |made: &Made| {
        let failed = |cause| Failed::Home { path: out.clone(), cause };
        written(&made.files, folder).map(|it| (made.number, it)).map_err(failed)
    };
    let (number, written) = site.report(&asked, subject, &key, keep).await?;
    fs::rename(written.keep(), out).map_err(|cause| Fault::write(out, cause))?;
    let values = [("number", number.into()), ("path", out.display().to_string().into())];
    output::line(&words.with("headquarters-reported", &values))?;
    Ok(Exit::Good)
}

/// The files in a folder that has no name yet.
pub(super) fn written(files: &[(String, Vec<u8>)], folder: &Path) -> io::Result<TempDir> {
    let new = tempfile::Builder::new().prefix(".report-").tempdir_in(folder)?;
    for (name, bytes) in files {
        let mut file = fs::File::create_new(new.path().join(name))?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
    }
    Ok(new)
}

/// Persons who are eligible, by home region.
fn eligible(path: &Path) -> Result<Vec<(u16, u32)>, Fault> {
    let wrong =
        |row: usize| Fault::new(Exit::Usage, "headquarters-eligible").at(path).with("row", row);
    let table = permit_table::read(&read(path)?).map_err(|_| wrong(1))?;
    let column = |name: &str| {
        let at = table.columns.iter().position(|it| it.eq_ignore_ascii_case(name));
        at.ok_or_else(|| wrong(1))
    };
    let (region, persons) = (column("region")?, column("eligible")?);
    let mut all = BTreeMap::new();
    for row in &table.rows {
        let cell = |at: usize| row.cells.get(at).map(String::as_str).unwrap_or_default();
        let region = cell(region).parse().map_err(|_| wrong(row.number))?;
        let persons = cell(persons).parse().map_err(|_| wrong(row.number))?;
        if all.insert(region, persons).is_some() {
            return Err(wrong(row.number));
        }
    }
    Ok(all.into_iter().collect())
}

/// A specimen with the ending of its name.
fn specimen(path: &Path) -> Result<(String, Vec<u8>), Fault> {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let ending = ending.to_ascii_lowercase();
    if !["pdf", "png", "svg"].contains(&&*ending) {
        return Err(Fault::new(Exit::Usage, "headquarters-specimen").at(path));
    }
    Ok((ending, read(path)?))
}

pub(crate) fn verify(cli: &Cli, args: &Verify, words: &Words) -> Result<Exit, Fault> {
    let bundle = args.bundle.clone().unwrap_or_else(|| cli.state.join("bundle.cbor"));
    let root = args.root.clone().unwrap_or_else(|| cli.state.join("root.cbor"));
    let report = open_report(&args.folder, read(&bundle)?, &read(&root)?)?;
    let about = match report.subject {
        Reported::Use => "headquarters-report-about-usage",
        Reported::Situation => "headquarters-report-about-situation",
    };
    let values = [
        ("number", report.number.into()),
        ("side", if report.side == Side::A { "A" } else { "B" }.into()),
        ("zone", report.zone.into()),
        ("about", words.get(about).into()),
        ("made", report.made.to_string().into()),
        ("from", report.from.to_string().into()),
        ("through", report.through.to_string().into()),
        ("files", report.files.len().into()),
    ];
    if report.demo {
        output::line("DEMO · SPECIMEN")?;
    }
    output::line(&words.with("headquarters-report-holds", &values))?;
    if !report.orders.is_empty() {
        let orders = [("said", report.orders.join("; ").into())];
        output::line(&words.with("headquarters-report-orders", &orders))?;
    }
    Ok(Exit::Good)
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    permit_file::read(path, &Ask::named(MOST)).map_err(|error| Fault::read(path, error))
}
