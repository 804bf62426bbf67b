//! Lists from a static server to where a stick's file would lie.

use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use permit_core::trust::BUNDLE;
use permit_core::{Accepted, Anchor, KeySlot, Terms, Trust, TrustError, sha256};
use permit_file::Ask;
use serde::{Deserialize, Serialize};
use ureq::http::{HeaderMap, StatusCode};

use crate::{Limits, Why};

/// Longest entity tag that is remembered, in bytes (chosen).
const TAG: usize = 256;

/// Where lists come from, and where they go.
#[derive(Clone, Debug)]
pub struct Lists {
    /// The installed root's fingerprint.
    pub anchor: Anchor,
    /// Where the bundle is laid: the terminal's `--stick`.
    pub out: PathBuf,
    /// A folder for what is remembered of servers, and for files that broke off.
    pub state: PathBuf,
    /// How long a server may take.
    pub limits: Limits,
}

/// What a server had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Brought {
    /// What is there already.
    Same,
    /// Newer lists, which are there now.
    Newer,
}

/// What is remembered of a server.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Known {
    /// The tag under which it had what is laid, and the SHA-256 of that.
    tag: Option<(String, [u8; 32])>,
    /// The tag of the file that broke off.
    part: Option<String>,
}

impl Lists {
    /// Asks one server for the bundle, and lays it down if it is newer than what lies there.
    ///
    /// # Errors
    ///
    /// Why not; what lies there is as it was.
    pub fn fetch(&self, url: &str) -> Result<Brought, Why> {
        let laid = permit_file::read(&self.out, &Ask::found(BUNDLE as u64)).ok();
        let memory = Memory::new(&self.state, url);
        let known = memory.known();
        let digest = laid.as_deref().map(|laid| sha256(&[laid]));
        let tag = known.tag.filter(|(_, of)| Some(*of) == digest).map(|(tag, _)| tag);
        let mut came = known.part.as_ref().map(|_| memory.part()).unwrap_or_default();

        let mut request = self.limits.agent().get(url);
        if let Some(tag) = &tag {
            request = request.header("If-None-Match", tag);
        }
        if let (Some(part), false) = (&known.part, came.is_empty()) {
            request = request.header("Range", format!("bytes={}-", came.len()));
            request = request.header("If-Range", part);
        }
        let answer = request.call().map_err(Why::of_request)?;
        let (head, body) = answer.into_parts();
        let own = entity_tag(&head.headers);
        match head.status {
            StatusCode::OK => came.clear(),
            StatusCode::NOT_MODIFIED if tag.is_some() => return Ok(Brought::Same),
            StatusCode::PARTIAL_CONTENT
                if own == known.part && goes_on(&head.headers, came.len()) => {}
            StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
                memory.drop_part()?;
                return Err(Why::Another);
            }
            status if status.is_redirection() => return Err(Why::Redirect(status.as_u16())),
            status => return Err(Why::Status(status.as_u16())),
        }
        let told = body.content_length().and_then(|it| usize::try_from(it).ok());
        let whole = told.map(|told| told.saturating_add(came.len()));
        if whole.is_some_and(|whole| whole > BUNDLE) {
            return Err(Why::TooLong);
        }
        let room = (BUNDLE - came.len().min(BUNDLE)) as u64 + 1;
        let read = body.into_with_config().reader().take(room).read_to_end(&mut came);
        let short = whole.is_some_and(|whole| came.len() < whole);
        if read.is_err() || short {
            // A strong tag alone says that what follows belongs to what came.
            let strong = own.filter(|tag| tag.starts_with('"'));
            memory.keep_part(&came, strong)?;
            return Err(read.map_or_else(
                |error| Why::of_read(&error, came.len()),
                |_| Why::BrokeOff(came.len()),
            ));
        }
        memory.drop_part()?;
        if came.len() > BUNDLE {
            return Err(Why::TooLong);
        }
        let brought = if laid.as_deref() == Some(&came) {
            Brought::Same
        } else {
            self.holds(&came, laid.as_deref())?;
            lay(&self.out, &came).map_err(Why::Disk)?;
            Brought::Newer
        };
        memory.keep(&Known { tag: own.map(|tag| (tag, sha256(&[&came]))), part: None })?;
        Ok(brought)
    }

    /// That a bundle holds by the root, and follows what lies there where that holds.
    fn holds(&self, bundle: &[u8], laid: Option<&[u8]>) -> Result<(), Why> {
        let before = laid.and_then(|laid| self.accepted(laid, None).ok());
        match self.accepted(bundle, before.as_ref()) {
            Ok(_) => Ok(()),
            Err(TrustError::Rollback { .. } | TrustError::BelowMinimum { .. }) => Err(Why::Older),
            Err(error) => Err(Why::Refused(error)),
        }
    }

    /// By no clock: whether it is of the future the terminal asks by its own.
    fn accepted(&self, bundle: &[u8], before: Option<&Accepted>) -> Result<Accepted, TrustError> {
        let terms = Terms { anchor: self.anchor, before, now: None };
        // A key takes more than its 32 bytes.
        let mut slots = vec![KeySlot::EMPTY; bundle.len() / 32 + 1];
        Trust::open(bundle, &terms, &mut slots).map(|trust| *trust.accepted())
    }
}

/// A tag that can be sent again.
fn entity_tag(headers: &HeaderMap) -> Option<String> {
    let tag = headers.get("ETag")?.to_str().ok()?;
    (tag.len() <= TAG && tag.ends_with('"')).then(|| tag.to_owned())
}

/// Whether a part begins where what came ends.
fn goes_on(headers: &HeaderMap, came: usize) -> bool {
    let range = headers.get("Content-Range").and_then(|it| it.to_str().ok());
    let first = range.and_then(|it| it.strip_prefix("bytes ")?.split_once('-')?.0.parse().ok());
    first == Some(came)
}

/// What is remembered of one server: files that are named after its address.
struct Memory {
    known: PathBuf,
    part: PathBuf,
}

impl Memory {
    fn new(state: &Path, url: &str) -> Self {
        let name: String =
            sha256(&[url.as_bytes()])[..8].iter().map(|it| format!("{it:02x}")).collect();
        Self { known: state.join(format!("{name}.json")), part: state.join(format!("{name}.part")) }
    }

    fn known(&self) -> Known {
        let bytes = permit_file::read(&self.known, &Ask::found(4096)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    fn keep(&self, known: &Known) -> Result<(), Why> {
        let bytes = serde_json::to_vec(known).map_err(|error| Why::Disk(error.into()))?;
        lay(&self.known, &bytes).map_err(Why::Disk)
    }

    fn part(&self) -> Vec<u8> {
        permit_file::read(&self.part, &Ask::found(BUNDLE as u64)).unwrap_or_default()
    }

    /// Keeps what came of a file that can be gone on with: the bytes first, so that a tag never stands before others.
    fn keep_part(&self, came: &[u8], tag: Option<String>) -> Result<(), Why> {
        self.keep(&Known { part: None, ..self.known() })?;
        if tag.is_some() && !came.is_empty() && came.len() <= BUNDLE {
            lay(&self.part, came).map_err(Why::Disk)?;
            self.keep(&Known { part: tag, ..self.known() })?;
        }
        Ok(())
    }

    fn drop_part(&self) -> Result<(), Why> {
        let known = self.known();
        if known.part.is_some() {
            self.keep(&Known { part: None, ..known })?;
            let _ = std::fs::remove_file(&self.part);
        }
        Ok(())
    }
}

/// Written beside, synced and renamed; anybody may read it.
fn lay(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    std::fs::File::open(folder)?.sync_all()
}
