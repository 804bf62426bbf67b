//! `permit-station import`: applications from a table, all of them or none; taken up again where it was interrupted.

use std::{
    io::{IsTerminal as _, Write as _},
    path::Path,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use permit_command::{Exit, Fault, output, secret};
use permit_file::Ask;
use permit_station::{
    batch::{self, Batch, Refused, Wrong},
    empty, said,
};
use permit_words::{Value, Words};

use super::{args::Import, site::Place};

/// Bytes a file with a batch may have: chosen.
const MOST: u64 = 16 * 1024 * 1024;
/// Problems that are printed where no list is asked for: chosen, about a screen.
const SHOWN: usize = 20;

pub(crate) async fn run(place: &Place, args: &Import, words: &Words) -> Result<Exit, Fault> {
    if let Some(path) = &args.template {
        if is_workbook(path) {
            let book = permit_table::write_empty("1", &empty::columns(words));
            keep(path, &book.map_err(|error| unwritten(path, error.to_string()))?)?;
        } else {
            keep(path, &permit_table::separated(&batch::columns(), &[]))?;
        }
        return told(words, "station-import-template", &[("path", path.display().to_string())]);
    }
    let (Some(file), Some(officer)) = (&args.file, args.officer) else {
        return Err(Fault::quiet(Exit::Usage));
    };
    let unreadable = |said: String| {
        Fault::new(Exit::Unreadable, "station-import-file").at(file).with("said", said)
    };
    let bytes = permit_file::read(file, &Ask::named(MOST));
    let bytes = bytes.map_err(|error| unreadable(error.to_string()))?;
    let table =
        permit_table::read(&bytes).map_err(|error| unreadable(said::told(error.told(), words)))?;
    let mut site = place.open().await?;
    secret::open(&site.home.officer(officer), None, words)?;
    let mut held = site.lists()?;
    let trust = held.open()?;
    let issuer = site.issuer(&trust)?;
    output::note(&words.with("station-import-form", &[("form", table.form.to_string().into())]));
    let batch = Batch::of(&table, &issuer).map_err(|why| refused(why, args, file, words))?;
    if args.check {
        return told(words, "station-import-checked", &[("rows", batch.rows().len().to_string())]);
    }
    let bar = progress(batch.rows().len());
    let (mut new, mut open) = (0_usize, Vec::new());
    for (row, asked) in batch.rows() {
        let taken = batch::take(&mut site, officer, asked).await?;
        new += usize::from(taken.new);
        open.extend(taken.open.then_some((row, taken.number)));
        bar.inc(1);
    }
    bar.finish_and_clear();
    for (row, number) in &open {
        let values = [("row", row.to_string().into()), ("number", (*number).into())];
        output::note(&words.with("station-import-open", &values));
    }
    let rows = batch.rows().len();
    let values = [("new", new), ("there", rows - new), ("open", open.len())];
    told(words, "station-import-done", &values.map(|(name, count)| (name, count.to_string())))
}

fn refused(why: Refused, args: &Import, file: &Path, words: &Words) -> Fault {
    match why {
        Refused::Column(column) => {
            Fault::new(Exit::Unreadable, "station-import-column").at(file).with("column", column)
        }
        Refused::Rows(wrong) => match list(&wrong, args, words) {
            Ok(()) => Fault::new(Exit::Unreadable, "station-import-rows").at(file).with("wrong", {
                let mut rows: Vec<_> = wrong.iter().map(|it| it.row).collect();
                rows.dedup();
                rows.len()
            }),
            Err(fault) => fault,
        },
        _ => Fault::new(Exit::Unreadable, "station-import-none").at(file),
    }
}

/// What is wrong, as a file to work from or on the screen. No cell of the batch is in it.
fn list(wrong: &[Wrong], args: &Import, words: &Words) -> Result<(), Fault> {
    let rows: Vec<Vec<String>> = wrong
        .iter()
        .map(|it| vec![it.row.to_string(), it.column.clone(), said::wrong(&it.why, words)])
        .collect();
    if let Some(path) = &args.wrong {
        let columns =
            ["station-import-row", "station-import-column-name", "station-import-problem"];
        let columns = columns.map(|id| words.get(id));
        if !is_workbook(path) {
            return keep(path, &permit_table::separated(&columns, &rows));
        }
        let book = permit_table::write("1", &columns, &rows);
        return keep(path, &book.map_err(|error| unwritten(path, error.to_string()))?);
    }
    for row in rows.iter().take(SHOWN) {
        let [row, column, why] = row.as_slice() else { continue };
        let values =
            [("row", row.into()), ("field", column.into()), ("why", Value::Spoken(why.clone()))];
        output::note(&words.with("row-problem", &values));
    }
    let more = rows.len().saturating_sub(SHOWN);
    if more > 0 {
        output::note(&words.with("station-import-more", &[("more", more.to_string().into())]));
    }
    Ok(())
}

/// Whether a table is to be one for a spreadsheet: XLSX, or by any other name CSV in UTF-8 with its mark.
fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("xlsx"))
}

/// A new file; one that is there is left alone.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let made = std::fs::File::create_new(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    made.map_err(|error| unwritten(path, error.to_string()))
}

fn unwritten(path: &Path, cause: String) -> Fault {
    Fault::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause)
}

fn told(words: &Words, id: &str, values: &[(&'static str, String)]) -> Result<Exit, Fault> {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.into())).collect();
    output::line(&words.with(id, &values)).map(|()| Exit::Good)
}

fn progress(rows: usize) -> ProgressBar {
    let length = u64::try_from(rows).unwrap_or(u64::MAX);
    if !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("[{bar:40}] {pos}/{len} {eta}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}
