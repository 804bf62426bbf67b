//! `permit-headquarters officer`: who may sign in to the pages.

use std::{fs, io::ErrorKind};

use permit_command::{Exit, Fault, output, secret};
use permit_core::Signer as _;
use permit_headquarters::{Officer, Site};
use permit_words::Words;

use super::args::{OfficerArgs, OfficerTask};

pub(crate) fn run(site: &Site, args: &OfficerArgs, words: &Words) -> Result<Exit, Fault> {
    let officers = site.home.officers()?;
    let known = |number: u16| officers.iter().find(|it| it.number == number);
    let refused = |id, number: u16| Fault::new(Exit::Differs, id).with("number", number);
    let (number, id) = match &args.task {
        OfficerTask::Add { number, name } => {
            if known(*number).is_some() {
                return Err(refused("headquarters-officer-known", *number));
            }
            enrol(site, *number, name, words)?;
            (*number, "headquarters-officer-added")
        }
        OfficerTask::Reset { number } => {
            let known =
                known(*number).ok_or_else(|| refused("headquarters-officer-unknown", *number))?;
            enrol(site, *number, &known.name, words)?;
            (*number, "headquarters-officer-reset")
        }
        OfficerTask::Dismiss { number } => {
            let known =
                known(*number).ok_or_else(|| refused("headquarters-officer-unknown", *number))?;
            site.home.keep_officer(Officer { dismissed: true, ..known.clone() })?;
            (*number, "headquarters-officer-dismissed")
        }
    };
    output::line(&words.with(id, &[("number", number.into())]))?;
    Ok(Exit::Good)
}

/// A new key, which comes into the place of an older one when the officer is enrolled with it.
fn enrol(site: &Site, number: u16, name: &str, words: &Words) -> Result<(), Fault> {
    site.home.make_officers()?;
    let path = site.home.officer_key(number);
    let new = path.with_extension("new");
    match fs::remove_file(&new) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(Fault::write(&new, cause)),
        _ => {}
    }
    let demo = site.home.settings().demo;
    let key = secret::fresh(&new, demo, "PERMIT_NEW_PASSPHRASE", words)?;
    let key = key.public_key().iter().map(|byte| format!("{byte:02x}")).collect();
    let officer = Officer { number, name: name.to_owned(), key, dismissed: false };
    if let Err(error) = site.home.keep_officer(officer) {
        // Nobody was enrolled with it.
        let _ = fs::remove_file(&new);
        return Err(error.into());
    }
    fs::rename(&new, &path).map_err(|cause| Fault::write(&path, cause))
}
