//! Officers of headquarters: who may sign in to the pages.
//!
//! | file | what |
//! |---|---|
//! | `officers.toml` | number, name, public key, whether dismissed |
//! | `officers/NUMBER.key` | the key, sealed under the officer's passphrase (argon2id): it signs in and signs nothing |
//!
//! Whoever may write in the folder enrols.

use std::{fs, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Failed, Home};

/// An officer of headquarters.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// Number.
    pub number: u16,
    /// Name.
    pub name: String,
    /// Public key, in hexadecimal digits.
    pub key: String,
    /// May sign in no more.
    pub dismissed: bool,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Officers {
    #[serde(default)]
    officer: Vec<Officer>,
}

/// Letters of a name at most (chosen: one line of a page).
const NAME: usize = 80;
const FILE: &str = "officers.toml";

impl Home {
    /// Every officer, those dismissed among them, by number.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is none.
    pub fn officers(&self) -> Result<Vec<Officer>, Failed> {
        if self.path(FILE).symlink_metadata().is_err() {
            return Ok(Vec::new());
        }
        let text = String::from_utf8(self.kept(FILE)?).unwrap_or_default();
        let read: Officers = toml::from_str(&text).map_err(|it| self.unfit(FILE, it))?;
        Ok(read.officer)
    }

    /// Where an officer's key is.
    #[must_use]
    pub fn officer_key(&self, number: u16) -> PathBuf {
        self.path(&format!("officers/{number}.key"))
    }

    /// Makes the folder of officers' keys, for this user alone.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn make_officers(&self) -> Result<(), Failed> {
        use std::os::unix::fs::DirBuilderExt as _;
        let path = self.path("officers");
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&path);
        made.map_err(|cause| Failed::Home { path, cause })
    }

    /// Enrols an officer, or gives one another key or an end.
    ///
    /// # Errors
    ///
    /// [`Failed::Name`] for a name that is none; when the file cannot be written.
    pub fn keep_officer(&self, officer: Officer) -> Result<(), Failed> {
        let name = &officer.name;
        let fits = !name.trim().is_empty() && name.chars().count() <= NAME;
        if !fits || permit_words::clean(name) != *name {
            return Err(Failed::Name);
        }
        let mut all = self.officers()?;
        all.retain(|it| it.number != officer.number);
        all.push(officer);
        all.sort_by_key(|it| it.number);
        let text = toml::to_string(&Officers { officer: all });
        self.keep(FILE, text.map_err(|it| self.unfit(FILE, it))?.as_bytes())
    }
}
