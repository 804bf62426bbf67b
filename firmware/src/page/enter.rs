//! How the terminal's own browser comes in: by a key that is made anew at each start.
//!
//! Whoever may use this machine may connect to its loopback, so that an address proves nothing. On a laptop the key is
//! in the address that is printed to whoever started the program; on a terminal it stands in a start page that only the
//! screen's user can read, since a browser's command line can be read by everybody. It is changed for a cookie and goes
//! from the address bar. No key outlives the process: whoever held the port while there was none learned nothing by it.

use core::net::SocketAddr;
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use askama::Template;
use permit_words::Words;

use super::Book;
use super::door::{NoRandom, same, token};

/// The way in of one lane's own browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Entrance {
    address: SocketAddr,
    key: String,
}

impl core::fmt::Debug for Entrance {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Entrance").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Entrance {
    pub(super) fn new(address: SocketAddr) -> Result<Self, NoRandom> {
        Ok(Self { address, key: token()? })
    }

    /// Where the page is; it lets nobody in.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The address that lets in whoever has it.
    #[must_use]
    pub fn link(&self) -> String {
        format!("http://{}/?key={}", self.address, self.key)
    }

    /// Writes a start page for a browser of another user: readable by the folder's group where the folder gives its
    /// group to what is made in it, else by its owner alone.
    ///
    /// # Errors
    ///
    /// When it cannot be written; whatever stood there before stays.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let shared = folder.metadata()?.mode() & GROUP_GIVEN != 0;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let mode = if shared { 0o640 } else { 0o600 };
        file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))?;
        let page = Start { link: self.link() }.render().map_err(io::Error::other)?;
        file.write_all(page.as_bytes())?;
        file.persist(path).map(drop).map_err(|error| error.error)
    }

    /// Whether a query is this key.
    pub(super) fn fits(&self, query: Option<&str>) -> bool {
        let key = query.and_then(|query| query.strip_prefix("key="));
        key.is_some_and(|key| same(key, &self.key))
    }
}

/// The page that leads to the terminal.
#[derive(Debug, Template)]
#[template(path = "start.html")]
struct Start {
    link: String,
}

/// What whoever has no key sees: nothing of the terminal.
#[derive(Debug, Template)]
#[template(path = "stranger.html")]
struct Stranger<'a> {
    book: [&'a Words; 3],
}

/// The page for whoever has no key.
pub(super) fn stranger(book: &Book) -> String {
    Stranger { book: book.0.each_ref() }.render().unwrap_or_default()
}

/// The page that has no key in its address any more: its script goes on to the same page without.
pub(super) const ENTERED: &str = "<!doctype html>\n<html lang=\"en\" data-screen=\"enter\"><head><meta charset=\"utf-8\">\
<title>permit-reader</title><script src=\"/page.js\" defer></script></head><body></body></html>\n";

/// What is made in such a folder has the folder's group.
const GROUP_GIVEN: u32 = 0o2000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_06_a_start_page_is_its_groups_or_nobodys() {
        let folder = tempfile::tempdir().unwrap();
        let entrance = Entrance::new("127.0.0.1:8470".parse().unwrap()).unwrap();
        let path = folder.path().join("lane-1.html");
        for (folder_mode, wanted) in [(0o700, 0o600), (0o2750, 0o640)] {
            let mode = std::fs::Permissions::from_mode(folder_mode);
            std::fs::set_permissions(folder.path(), mode).unwrap();
            entrance.write(&path).unwrap();
            assert_eq!(path.metadata().unwrap().mode() & 0o777, wanted);
        }
        let page = std::fs::read_to_string(&path).unwrap();
        assert!(page.contains(&entrance.link()), "{page}");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1, "nothing is left beside it");
        assert!(entrance.write(&folder.path().join("gone/lane-1.html")).is_err());
        assert!(!format!("{entrance:?}").contains(&entrance.key), "no log has it");
        assert!(!entrance.fits(Some("key=")) && !entrance.fits(None));
    }
}
