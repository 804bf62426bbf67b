//! The only door to the disk.
//!
//! A journal asks for nothing more than what is here, so that a double can refuse any of it at any moment
//! and what a terminal promises can be tried against a disk that lies, fills up and loses power. Nothing
//! here knows what is written.

use std::io;

/// A folder of files that only grow, are cut back, renamed or removed.
///
/// What was appended may be lost until [`sync`](Self::sync) has returned, and so may a file's name until
/// [`sync_directory`](Self::sync_directory) has. Names are plain: letters, digits, `-` and `.`.
pub trait Storage {
    /// Keeps every other process out until this value is dropped.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::WouldBlock`] when another process has it.
    fn lock(&mut self) -> io::Result<()>;

    /// The names of all files.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn list(&self) -> io::Result<Vec<String>>;

    /// A whole file.
    ///
    /// # Errors
    ///
    /// What the disk says; [`io::ErrorKind::NotFound`] when there is none.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;

    /// Makes an empty file that only its owner may read; one of that name is emptied.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn create(&mut self, name: &str) -> io::Result<()>;

    /// Writes at the end of a file; an error may leave any part of the bytes there.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Cuts a file to `length` bytes.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn truncate(&mut self, name: &str, length: u64) -> io::Result<()>;

    /// Returns once what was written to the file would survive a power cut.
    ///
    /// # Errors
    ///
    /// What the disk says. After an error nothing is known of what was written since the last success,
    /// and a later success says nothing about it either.
    fn sync(&mut self, name: &str) -> io::Result<()>;

    /// Gives a file another name, replacing what had it.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn remove(&mut self, name: &str) -> io::Result<()>;

    /// Returns once the names would survive a power cut.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn sync_directory(&mut self) -> io::Result<()>;

    /// Bytes that can still be written.
    ///
    /// # Errors
    ///
    /// What the disk says.
    fn free(&self) -> io::Result<u64>;
}
