//! `permit-headquarters ceremony`: a script into a folder of its own.

use std::{fs, io, path::Path};

use permit_card::Fonts;
use permit_command::{Exit, Fault, output};
use permit_headquarters::{Ceremony, Failed, Script};
use permit_signing::draft::Draft;
use permit_words::{Lang, Words};

use super::{
    args::{CeremonyTask, Cli},
    open, report,
};

pub(crate) async fn run(cli: &Cli, task: &CeremonyTask, words: &Words) -> Result<Exit, Fault> {
    let (of, out) = match task {
        CeremonyTask::Root { zone, out } => return laid(&Script::root(*zone), out, words),
        CeremonyTask::Rotate { old, new, out } => {
            (Ceremony::Rotate { old: old.clone(), new: *new }, out)
        }
        CeremonyTask::Lost { old, new, out } => {
            (Ceremony::Lost { old: old.clone(), new: *new }, out)
        }
        CeremonyTask::Stolen { key, out } => (Ceremony::Stolen { key: key.clone() }, out),
    };
    let usual = cli.state == Path::new("permit-headquarters");
    let program = if usual {
        "permit-headquarters".to_owned()
    } else {
        format!("permit-headquarters --state {}", cli.state.display())
    };
    let folder = out.display().to_string();
    laid(&open(cli).await?.ceremony(&of, (&folder, &program)).await?, out, words)
}

/// Page, text and commands, and the description that the first step takes.
fn laid(script: &Script, out: &Path, words: &Words) -> Result<Exit, Fault> {
    if out.symlink_metadata().is_ok() {
        return Err(Fault::write(out, io::Error::from(io::ErrorKind::AlreadyExists)));
    }
    let fonts = Fonts::system().map_err(Failed::from)?;
    let commands: Vec<&str> = script.commands().collect();
    let mut files = vec![("commands.txt".to_owned(), (commands.join("\n") + "\n").into_bytes())];
    for lang in Lang::ALL {
        let report = script.report(&Words::new(lang));
        files.push((format!("ceremony-{lang}.txt"), report.text().into_bytes()));
        let pdf = report.pdf(&fonts).map_err(Failed::from)?;
        files.push((format!("ceremony-{lang}.pdf"), pdf));
    }
    files.extend(script.root.as_ref().map(described).transpose()?);
    let folder = out.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = report::written(&files, folder).map_err(|cause| Fault::write(out, cause))?;
    fs::rename(written.keep(), out).map_err(|cause| Fault::write(out, cause))?;
    commands.iter().try_for_each(|line| output::line(line))?;
    let values = [("path", out.display().to_string().into())];
    output::note(&words.with("ceremony-laid", &values));
    Ok(Exit::Good)
}

fn described(root: &Draft) -> Result<(String, Vec<u8>), Failed> {
    let text = toml::to_string(root).map_err(|error| Failed::Document(error.to_string()))?;
    Ok(("root.toml".to_owned(), text.into_bytes()))
}
