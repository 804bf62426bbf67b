//! Opening a report that somebody was given: whose it is, and whether every file is the one that was signed.

use std::path::Path;

use permit_core::{PublicKey, Side, Trust, cose, sha256, trust::Role};
use permit_file::Ask;
use permit_record::{Refused, Report};
use thiserror::Error;

use super::made::SEALED;
use crate::{Failed, Site, home::Lists};

/// Why a report does not hold.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Unsound {
    /// A file cannot be read, or is missing.
    #[error("{name}: {cause}")]
    Unread {
        /// Its name.
        name: String,
        /// What the system said.
        cause: String,
    },
    /// The signature, or what is signed.
    #[error(transparent)]
    Signed(#[from] Refused),
    /// It is by no key of a report role.
    #[error("signed by no key that may sign reports")]
    NoKey,
    /// It is of another zone or another demonstration than the lists, or says that it is of the side that did not sign it.
    #[error("of another zone or side than its key")]
    Other,
    /// A file is not the one that was signed.
    #[error("{0} is not the file that was signed")]
    Changed(String),
}

/// Bytes that a file of a report may have (chosen: a specimen is the largest).
const MOST: u64 = 16 * 1024 * 1024;

/// Opens the report in a folder and holds every file of it against what was signed, by the keys of these lists.
///
/// # Errors
///
/// When the lists are not taken, and the first thing that does not hold.
pub fn open(folder: &Path, bundle: Vec<u8>, root: &[u8]) -> Result<Report, Failed> {
    let mut held = Lists::new(bundle, root)?;
    Ok(opened(folder, &held.open(None, None)?)?)
}

impl Site {
    /// A report of this side as its files are kept here, held against what was signed, by the lists in force.
    ///
    /// # Errors
    ///
    /// When the lists cannot be read, and the first thing that does not hold.
    pub fn kept_report(&self, number: u32) -> Result<Report, Failed> {
        let mut held = self.home.lists()?;
        Ok(opened(&self.home.report(number), &held.open(None, None)?)?)
    }

    /// A file of a report as it is kept here; only one that was signed, or the signature.
    ///
    /// # Errors
    ///
    /// When there is none, or it is not the one that was signed.
    pub fn report_file(&self, number: u32, name: &str) -> Result<Vec<u8>, Failed> {
        let report = self.kept_report(number)?;
        let known = name == SEALED || report.files.iter().any(|it| it.name == name);
        if !known {
            return Err(Unsound::Changed(name.to_owned()).into());
        }
        Ok(read(&self.home.report(number), name)?)
    }
}

fn opened(folder: &Path, trust: &Trust<'_>) -> Result<Report, Unsound> {
    let sealed = read(folder, SEALED)?;
    let kid = cose::Sign1::read(&sealed).map_err(Refused::Form)?.signed.kid;
    let key = |side| Some((side, trust.root().keys(side, Role::Report).find(kid)?));
    let (side, key) = Side::BOTH.into_iter().find_map(key).ok_or(Unsound::NoKey)?;
    let key = PublicKey::new(&key).map_err(|_| Unsound::NoKey)?;
    let report = Report::open(&sealed, &key)?;
    let ours = (trust.root().header.zone, trust.is_demo(), side);
    if (report.zone, report.demo, report.side) != ours {
        return Err(Unsound::Other);
    }
    for file in &report.files {
        if sha256(&[&read(folder, &file.name)?]) != *file.digest {
            return Err(Unsound::Changed(file.name.clone()));
        }
    }
    Ok(report)
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, Unsound> {
    permit_file::read(&folder.join(name), &Ask::found(MOST))
        .map_err(|error| Unsound::Unread { name: name.to_owned(), cause: error.to_string() })
}
