//! `permit-headquarters take`: everything on a stick or in a folder.

use std::path::{Path, PathBuf};

use permit_command::{Exit, Fault, output};
use permit_file::Ask;
use permit_headquarters::{Gathered, Refusal, Sequences, Site, Taken};
use permit_journal::Terminal;
use permit_words::{Value, Words};

use super::args::Take;

/// Bytes of a file at most: as `permit journal` has it.
const MOST: u64 = 1 << 30;

pub(crate) async fn run(site: &Site, args: &Take, words: &Words) -> Result<Exit, Fault> {
    let mut exit = Exit::Good;
    let (pictures, files): (Vec<_>, Vec<_>) =
        files(&args.paths)?.into_iter().partition(|it| is_picture(it));
    for path in &files {
        // A pipe, a link or a device on a stick is no file of ours; one that was named is complained about.
        let named = args.paths.contains(path);
        let ask = if named { Ask::named(MOST) } else { Ask::found(MOST) };
        let name = path.display().to_string();
        let said = match permit_file::read(path, &ask) {
            Ok(bytes) => {
                let taken = site.take(&bytes).await?;
                let whole = fits(&taken);
                exit = if whole { exit } else { Exit::Differs };
                told(&taken, words)
            }
            Err(error) => {
                exit = Exit::Unreadable;
                words.with("headquarters-unread", &[("said", error.to_string().into())])
            }
        };
        output::line(&format!("{name}: {said}"))?;
    }
    match pictures.is_empty() {
        true => Ok(exit),
        false => shown(site, &pictures, exit, words).await,
    }
}

/// Exports whose codes were photographed or filmed from terminals' screens.
async fn shown(
    site: &Site,
    pictures: &[PathBuf],
    mut exit: Exit,
    words: &Words,
) -> Result<Exit, Fault> {
    let mut sequences = Sequences::default();
    for path in pictures {
        // One that is no picture is one that could not be opened.
        let Ok(all) = sequences.look(path) else {
            sequences.blind += 1;
            continue;
        };
        for Gathered { file, read } in all {
            let taken = site.take(&file).await?;
            exit = if fits(&taken) { exit } else { Exit::Differs };
            let said = Value::Spoken(told(&taken, words));
            let values = [("read", read.into()), ("bytes", file.len().into()), ("said", said)];
            output::line(&words.with("headquarters-took-codes", &values))?;
        }
    }
    for (read, needed) in sequences.missing() {
        exit = Exit::Differs;
        let values = [("read", read.into()), ("needed", needed.into())];
        output::line(&words.with("headquarters-codes-few", &values))?;
    }
    for (id, count) in [
        ("headquarters-codes-wrong", sequences.wrong),
        ("headquarters-codes-blind", sequences.blind),
    ] {
        if count > 0 {
            exit = Exit::Differs;
            output::line(&words.with(id, &[("count", count.into())]))?;
        }
    }
    Ok(exit)
}

/// The files that are named, and those in folders that are, in order of their names.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Fault> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let wrong = |cause| Fault::read(path, cause);
        let entries = std::fs::read_dir(path).map_err(wrong)?;
        let mut inside: Vec<PathBuf> = Vec::new();
        for entry in entries {
            let entry = entry.map_err(wrong)?;
            let is_file = entry.file_type().map_err(wrong)?.is_file();
            if is_file && is_ours(&entry.path()) {
                inside.push(entry.path());
            }
        }
        inside.sort();
        all.extend(inside);
    }
    Ok(all)
}

/// What terminals, stations and the other side write ends so, and what cameras do.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.ends_with(".cbor") || name.ends_with("-register.toml") || is_picture(path)
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["png", "jpg", "jpeg", "y4m", "mjpeg", "avi"].contains(&&*ending)
}

/// True for a file that was taken, or was before, and fits with the rest.
fn fits(taken: &Taken) -> bool {
    match taken {
        Taken::Journal { findings, .. } => findings.is_empty(),
        Taken::Return { set_back, .. } => !set_back,
        Taken::Refused(_) => false,
        _ => true,
    }
}

fn told(taken: &Taken, words: &Words) -> String {
    match taken {
        Taken::Again => words.get("headquarters-again"),
        Taken::Journal { terminal, last, new, passages, findings } => {
            let values = [
                ("number", terminal.number.into()),
                ("new", (*new).into()),
                ("last", (*last).into()),
                ("passages", (*passages).into()),
            ];
            let mut said = words.with("headquarters-took-journal", &values);
            for (finding, at) in findings {
                said.push_str("; ");
                said.push_str(&finding.said(*at, words));
            }
            said
        }
        Taken::Passages { number, new } => {
            let values = [("number", (*number).into()), ("new", (*new).into())];
            words.with("headquarters-took-passages", &values)
        }
        Taken::Return { station, set_back } => {
            let station = [("station", (*station).into())];
            let id = if *set_back {
                "headquarters-took-return-set-back"
            } else {
                "headquarters-took-return"
            };
            words.with(id, &station)
        }
        Taken::Register { station, permits } => {
            let values = [("station", (*station).into()), ("count", (*permits).into())];
            words.with("headquarters-took-register", &values)
        }
        Taken::Refused(refusal) => {
            let why = Value::Spoken(refused(refusal, words));
            words.with("headquarters-refused", &[("said", why)])
        }
        _ => String::new(),
    }
}

fn refused(refusal: &Refusal, words: &Words) -> String {
    let of = |id: &str, terminal: &Terminal| words.with(id, &[("number", terminal.number.into())]);
    match refusal {
        Refusal::OtherSide(terminal) => of("headquarters-refused-other-side", terminal),
        Refusal::NoKey(terminal) => of("headquarters-refused-no-key", terminal),
        Refusal::Broken(terminal, _) => of("headquarters-refused-broken", terminal),
        Refusal::Fork(terminal, at) => words.with(
            "headquarters-refused-fork",
            &[("number", terminal.number.into()), ("at", (*at).into())],
        ),
        Refusal::Signed(error) => {
            words.with("headquarters-refused-signed", &[("said", error.to_string().into())])
        }
        Refusal::NoStation(station) => {
            words.with("headquarters-refused-no-station", &[("station", (*station).into())])
        }
        Refusal::Register(station) => {
            words.with("headquarters-refused-register", &[("station", (*station).into())])
        }
        Refusal::OtherZone => words.get("headquarters-refused-other-zone"),
        _ => words.get("headquarters-refused-unknown"),
    }
}
