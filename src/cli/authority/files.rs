//! Descriptions and signed documents from files, and back into files.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use permit_core::trust::{BUNDLE, Role, Root};
use permit_core::{Anchor, UnixTime};
use permit_file::{Ask, FileError};
use permit_signing::draft::{Draft, DraftError, Time, role_name};
use permit_signing::payload;

use crate::help::Unfit;
use crate::output::Line;
use crate::{Desk, Exit, Fault, write};

/// The bytes of a file, no more than a bundle may have.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    permit_file::read(path, &Ask::named(BUNDLE as u64)).map_err(|error| match error {
        FileError::TooLong { .. } => Fault::new(Exit::Unreadable, "fault-document-large").at(path),
        error => Fault::file(path, error),
    })
}

/// A text file.
pub(crate) fn text(path: &Path) -> Result<String, Fault> {
    let cause = std::io::ErrorKind::InvalidData;
    String::from_utf8(bytes(path)?).map_err(|_| Fault::open(path, cause.into()))
}

/// True for a file whose name says JSON.
pub(crate) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// A description in TOML or, by its name, JSON.
pub(crate) fn draft(path: &Path) -> Result<Draft, Fault> {
    let text = text(path)?;
    let wrong = |said: String| {
        Fault::new(Exit::Unreadable, "fault-description").at(path).with("said", said.trim_end())
    };
    Draft::read(&text, is_json(path)).map_err(|error| wrong(error.to_string()))
}

/// Writes a description: TOML or, by the file's name, JSON. A file that is there is left alone.
pub(crate) fn write_new(path: &Path, draft: &Draft) -> Result<(), Fault> {
    if path.symlink_metadata().is_ok() {
        return Err(Fault::new(Exit::Unwritable, "fault-exists").at(path));
    }
    write::whole(path, &spelled(draft, is_json(path))?)
}

/// A description as text.
pub(crate) fn spelled(draft: &Draft, json: bool) -> Result<Vec<u8>, Fault> {
    let fault = |said: String| Fault::new(Exit::Unwritable, "fault-spelled").with("said", said);
    let text = if json {
        serde_json::to_string_pretty(draft)
            .map(|text| text + "\n")
            .map_err(|e| fault(e.to_string()))
    } else {
        toml::to_string(draft).map_err(|error| fault(error.to_string()))
    };
    text.map(String::into_bytes)
}

/// A field a reader would refuse.
pub(crate) fn refused(path: &Path, error: &DraftError) -> Fault {
    Fault::new(Exit::Unreadable, "fault-field")
        .at(path)
        .with("field", error.field())
        .with("said", error.flaw())
}

/// The contents of a signed document: of that role, or of the only one it can be.
pub(crate) fn signed(path: &Path, role: Option<Role>) -> Result<Draft, Fault> {
    let bytes = bytes(path)?;
    let payload = payload(&bytes)
        .ok_or_else(|| Fault::new(Exit::Unreadable, "fault-not-a-document").at(path))?;
    of_payload(path, payload, role.or_else(|| named(path)))
}

/// The role a file's name begins with.
fn named(path: &Path) -> Option<Role> {
    let name = path.file_name()?.to_str()?;
    Role::ALL.into_iter().find(|role| name.starts_with(role_name(*role)))
}

/// The document a payload is: it does not say so itself.
pub(crate) fn of_payload(path: &Path, payload: &[u8], role: Option<Role>) -> Result<Draft, Fault> {
    let fault = |id| Fault::new(Exit::Unreadable, id).at(path);
    if let Some(role) = role {
        return Draft::decode(role, payload).map_err(|cause| {
            fault("fault-document").with("role", role_name(role)).with("said", cause)
        });
    }
    let mut can_be = Role::ALL.into_iter().filter_map(|role| Draft::decode(role, payload).ok());
    match (can_be.next(), can_be.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(fault("fault-which-document")),
        (None, _) => Err(fault("fault-not-a-document")),
    }
}

/// The payload of an enveloped root, checked to be one.
pub(crate) fn root_payload(path: &Path) -> Result<Vec<u8>, Fault> {
    let bytes = bytes(path)?;
    Anchor::of(&bytes)
        .map_err(|_| Fault::new(Exit::Untrusted, "fault-not-a-root").at(path))
        .map(|_| payload(&bytes).unwrap_or_default().to_vec())
}

/// A root whose payload was checked.
pub(crate) fn root<'p>(path: &Path, payload: &'p [u8]) -> Result<Root<'p>, Fault> {
    Root::decode(payload).map_err(|_| Fault::new(Exit::Untrusted, "fault-not-a-root").at(path))
}

/// The value parser of a moment.
pub(crate) fn moment(text: &str) -> Result<Time, Unfit> {
    text.parse().map_err(|_| Unfit("unfit-moment"))
}

/// The moment asked for, else the system's clock.
pub(crate) fn now(at: Option<Time>) -> Time {
    at.unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time(UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX)))
    })
}

/// A line that says which file was written.
pub(crate) fn wrote(desk: &Desk, id: &str, path: &Path) -> Result<Exit, Fault> {
    let text = desk.words.with(id, &[("path", path.display().to_string().into())]);
    desk.out.line(&Line::new().plain(&text))?;
    Ok(Exit::Good)
}
