//! Exports of the terminal's journal, sent home as they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use permit_file::{Ask, FileError};
use ureq::http::StatusCode;

use crate::{Limits, Why};

/// The longest export in bytes: what headquarters take.
const LONGEST: u64 = 64 << 20;
/// The folder beside the exports for those that headquarters did not take.
const REFUSED: &str = "refused";

/// Where exports lie, and where they go.
#[derive(Clone, Debug)]
pub struct Exports {
    /// The terminal's `--export`.
    pub from: PathBuf,
    /// The address at headquarters that takes them.
    pub to: String,
    /// How long the server may take.
    pub limits: Limits,
}

/// What came of an export.
#[derive(Debug)]
pub enum Delivered {
    /// It is at headquarters, and here no longer.
    Home,
    /// Headquarters did not take it, by this status; it is kept apart.
    Refused(u16),
    /// It is still to be sent.
    Waits(Why),
}

impl Exports {
    /// Sends every file that ends in `.cbor`, by name. The first that has to wait for the server is the last that is tried; one
    /// that cannot be read here holds up none.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn deliver(&self) -> io::Result<Vec<(PathBuf, Delivered)>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(&self.from)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "cbor") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut done = Vec::new();
        for path in paths {
            let delivered = self.send(&path).unwrap_or_else(Delivered::Waits);
            let waits = matches!(&delivered, Delivered::Waits(why) if !why.is_here());
            done.push((path, delivered));
            if waits {
                break;
            }
        }
        Ok(done)
    }

    fn send(&self, path: &Path) -> Result<Delivered, Why> {
        let bytes = match permit_file::read(path, &Ask::found(LONGEST)) {
            Ok(bytes) => bytes,
            Err(FileError::Io(cause)) => return Err(Why::Disk(cause)),
            Err(_) => return Err(Why::TooLong),
        };
        let request = self.limits.agent().post(&self.to).content_type("application/cbor");
        let answer = request.send(&bytes[..]).map_err(Why::of_request)?;
        match answer.status() {
            StatusCode::OK => {
                fs::remove_file(path).map_err(Why::Disk)?;
                Ok(Delivered::Home)
            }
            // It would be refused again.
            StatusCode::FORBIDDEN | StatusCode::CONFLICT | StatusCode::PAYLOAD_TOO_LARGE => {
                let apart = self.from.join(REFUSED);
                fs::create_dir_all(&apart).map_err(Why::Disk)?;
                fs::rename(path, apart.join(path.file_name().unwrap_or_default()))
                    .map_err(Why::Disk)?;
                Ok(Delivered::Refused(answer.status().as_u16()))
            }
            status if status.is_redirection() => Err(Why::Redirect(status.as_u16())),
            status => Err(Why::Status(status.as_u16())),
        }
    }
}
