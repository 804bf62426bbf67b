//! Why something was not done.

use std::{io, path::PathBuf};

use permit_card::NoFont;
use permit_command::{Exit, Fault};
use permit_core::TrustError;
use permit_report::Unprinted;
use permit_store::StoreError;
use thiserror::Error;

use crate::{SetBack, Unsound};

/// Why headquarters did not do what was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Failed {
    /// A file or the folder.
    #[error("{}: {cause}", .path.display())]
    Home {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The lists.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// The bundle has nothing of this side, or is of another zone.
    #[error("the lists are not of this side and zone")]
    OtherSide,
    /// A row that this program does not write.
    #[error("a row in the database is not one of this program's")]
    Row,
    /// A record beyond any that a terminal reaches.
    #[error("a sequence beyond 2^46")]
    Sequence,
    /// A key is not one of the role's, or the root gives the role none.
    #[error("the key is none of this side's {role} role")]
    NotOurKey {
        /// The role.
        role: &'static str,
    },
    /// The database knows less than was signed: it was put back from a backup, or is another.
    #[error("the database knows less than was signed")]
    SetBack(SetBack),
    /// A record that was countersigned is not here.
    #[error("record {at} of terminal {terminal} was countersigned and is not here")]
    Behind {
        /// Number of the terminal.
        terminal: u16,
        /// The record's sequence.
        at: u64,
    },
    /// A head that was countersigned, or is in lists that are offered, is of another journal than the one that is here.
    #[error(
        "the head of terminal {terminal} at record {at} is of another journal than the one here"
    )]
    Fork {
        /// Number of the terminal.
        terminal: u16,
        /// The record's sequence.
        at: u64,
    },
    /// The document would not be taken.
    #[error("{0}")]
    Document(String),
    /// The month that a report is to be about has days to come.
    #[error("the month is not over")]
    NotOver,
    /// Something of the month has not come home.
    #[error(
        "journals of terminals {terminals:?} and returns of stations {stations:?} are not here"
    )]
    NotHome {
        /// Terminals whose journals are not here through the end of it without a gap.
        terminals: Vec<u16>,
        /// Stations without a return of the whole month.
        stations: Vec<u16>,
    },
    /// A report does not hold.
    #[error(transparent)]
    Unsound(#[from] Unsound),
    /// The machine has no font for one of the scripts.
    #[error(transparent)]
    NoFont(#[from] NoFont),
    /// A report cannot be set: no font has a character of it, or the PDF cannot be written.
    #[error(transparent)]
    Unprinted(#[from] Unprinted),
    /// A name that is none: empty, too long, or with marks that are not seen.
    #[error("a name has 1 to 80 letters, and none that is not seen")]
    Name,
    /// Somebody else renews the lists at this moment.
    #[error("the lists are being renewed by another command")]
    Busy,
    /// A changed description is one that nobody writes, or one of two of its kind.
    #[error("a description of that kind is not taken")]
    Change,
    /// A renewal is begun already: it says what it said.
    #[error("a renewal is begun already")]
    Begun,
    /// The lists in force are not those the renewal was drafted on.
    #[error("the lists in force are not those the renewal was drafted on")]
    Moved,
    /// What key holders gave back is not what was planned, or not signed as the root says.
    #[error("{file}: {said}")]
    NotPlanned {
        /// Which file.
        file: String,
        /// Why.
        said: String,
    },
    /// What lies in a folder for key holders is of another renewal.
    #[error("{file}")]
    OtherPlan {
        /// Which file.
        file: String,
    },
    /// The folder for key holders.
    #[error("{}: {cause}", .path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A text of a demonstration in a list of a real authority.
    #[error("{role}: {field}")]
    Template {
        /// In which list.
        role: &'static str,
        /// Where in it.
        field: String,
    },
    /// A key that the root gives this side in no role.
    #[error("{0}")]
    NoKey(String),
    /// No register that is here knows all that a stolen key signed.
    #[error("{0}")]
    StolenKey(String),
    /// The key cannot sign.
    #[error("the key cannot sign")]
    Signer,
}

impl From<Failed> for Fault {
    fn from(failed: Failed) -> Self {
        if let Failed::NotHome { terminals, stations } = failed {
            let list = |of: Vec<u16>| of.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
            let list = |of: Vec<u16>| if of.is_empty() { "–".to_owned() } else { list(of) };
            return Self::new(Exit::Differs, "headquarters-not-home")
                .with("terminals", list(terminals))
                .with("stations", list(stations));
        }
        if let Failed::Unprinted(Unprinted::Glyph(c)) = failed {
            let code = format!("U+{:04X}", u32::from(c));
            return Self::new(Exit::Unreadable, "headquarters-report-glyph")
                .with("c", c)
                .with("code", code);
        }
        if let Failed::SetBack(SetBack { what, signed, known }) = failed {
            return Self::new(Exit::Differs, "headquarters-set-back")
                .worded("what", move |words| words.get(what.id()))
                .with("signed", signed)
                .with("known", known);
        }
        if let Failed::Behind { terminal, at } | Failed::Fork { terminal, at } = failed {
            let behind = matches!(failed, Failed::Behind { .. });
            let id = if behind { "headquarters-head-behind" } else { "headquarters-head-fork" };
            return Self::new(Exit::Differs, id).with("number", terminal).with("at", at);
        }
        let (exit, id) = match failed {
            Failed::Busy => (Exit::Unwritable, "renew-busy"),
            Failed::Change => (Exit::Usage, "renew-change"),
            Failed::Begun => (Exit::Usage, "renew-begun"),
            Failed::Moved => (Exit::Untrusted, "renew-moved"),
            Failed::NotPlanned { .. } => (Exit::Untrusted, "renew-not-planned"),
            Failed::OtherPlan { .. } => (Exit::Untrusted, "renew-other-plan"),
            Failed::Folder { .. } => (Exit::Unwritable, "renew-folder"),
            Failed::Template { .. } => (Exit::Untrusted, "renew-template"),
            Failed::NoKey(_) => (Exit::Usage, "ceremony-no-key"),
            Failed::StolenKey(_) => (Exit::Unreadable, "renew-stolen-unknown"),
            Failed::NoFont(_) => (Exit::Unreadable, "headquarters-no-font"),
            Failed::NotOver => (Exit::Usage, "headquarters-not-over"),
            Failed::Name => (Exit::Usage, "headquarters-officer-name"),
            Failed::Unsound(_) => (Exit::Differs, "headquarters-report-unsound"),
            Failed::NotOurKey { .. } => (Exit::Untrusted, "headquarters-not-our-key"),
            Failed::Trust(_) | Failed::OtherSide => (Exit::Untrusted, "headquarters-lists-refused"),
            Failed::Document(_) => (Exit::Untrusted, "headquarters-not-signed"),
            _ => (Exit::Unreadable, "headquarters-failed"),
        };
        Self::new(exit, id).with("said", failed)
    }
}
