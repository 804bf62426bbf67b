//! The folder that key holders are given, and what they give back.
//!
//! | file | what |
//! |---|---|
//! | `plan-zh.txt`, `plan-ko.txt`, `plan-en.txt` | what changes and for whom, who signs, by which command |
//! | `ROLE.proposal` | what is to be signed now |
//! | `root.cbor` | the root that says who signs |
//! | `now/ROLE.cbor` | the document in force, to be compared with |

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use permit_core::trust::Role;
use permit_signing::{Proposal, draft::role_name};
use permit_words::{Lang, Words};

use super::{
    plan::{self, Plan},
    told::Judged,
};
use crate::{Failed, Home};

/// Gives out what is to be signed now.
pub(super) fn give(folder: &Path, plan: &Plan, judged: &Judged) -> Result<(), Failed> {
    let open: Vec<Role> = plan.open_now()?.into_iter().map(Proposal::role).collect();
    let root = plan.root()?;
    let write = || -> io::Result<()> {
        fs::create_dir_all(folder.join("now"))?;
        replace(folder, "root.cbor", &root)?;
        for proposal in plan.proposals() {
            let (role, name) = (proposal.role(), plan::file(proposal.role()));
            if !open.contains(&role) {
                gone(&folder.join(name))?;
                continue;
            }
            if let Some(envelope) = plan.envelope(role) {
                replace(&folder.join("now"), &document(role), envelope)?;
            }
            replace(folder, &name, &proposal.to_bytes())?;
        }
        for lang in Lang::ALL {
            let text = judged.lines(&Words::new(lang)).join("\n") + "\n";
            replace(folder, &told(lang), text.as_bytes())?;
        }
        Ok(())
    };
    write().map_err(|cause| Failed::Folder { path: folder.to_owned(), cause })
}

/// Takes back every signature that lies in a folder; all of a file or nothing.
pub(super) fn take(folder: &Path, home: &Home, plan: &mut Plan) -> Result<(), Failed> {
    if !folder.is_dir() {
        return Ok(());
    }
    for (path, bytes) in plan::lying_in(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = Proposal::from_bytes(&bytes);
        let other = read.map_err(|it| Failed::NotPlanned { file: name, said: it.to_string() })?;
        plan.join(home, &other)?;
    }
    Ok(())
}

/// That nothing of another renewal lies in the folder.
pub(super) fn is_free(folder: &Path) -> Result<(), Failed> {
    if !folder.is_dir() {
        return Ok(());
    }
    match plan::lying_in(folder)?.first() {
        None => Ok(()),
        Some((path, _)) => {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Err(Failed::OtherPlan { file })
        }
    }
}

/// Takes what was given out away again.
pub(super) fn clear(folder: &Path, plan: &Plan) -> Result<(), Failed> {
    let remove = || -> io::Result<()> {
        for role in Role::ALL {
            gone(&folder.join("now").join(document(role)))?;
        }
        for proposal in plan.proposals() {
            gone(&folder.join(plan::file(proposal.role())))?;
            gone(&folder.join(document(proposal.role())))?;
        }
        gone(&folder.join(document(Role::Root)))?;
        Lang::ALL.into_iter().try_for_each(|lang| gone(&folder.join(told(lang))))
    };
    remove().map_err(|cause| Failed::Folder { path: folder.to_owned(), cause })
}

fn document(role: Role) -> String {
    format!("{}.cbor", role_name(role))
}

fn told(lang: Lang) -> String {
    format!("plan-{lang}.txt")
}

fn gone(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|error| error.error)?;
    Ok(())
}
