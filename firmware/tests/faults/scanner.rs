//! Hand scanners: a pseudo-terminal each, behind a name that stays when it is unplugged.

use core::time::Duration;
use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{chown, symlink};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rustix::fs::{OFlags, fcntl_setfl};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// A scanner at a name.
#[derive(Debug)]
pub(crate) struct Scanner {
    name: PathBuf,
    owner: u32,
    line: Option<File>,
}

impl Scanner {
    pub(crate) fn new(name: PathBuf, owner: u32) -> Self {
        let mut scanner = Self { name, owner, line: None };
        scanner.plug();
        scanner
    }

    pub(crate) fn name(&self) -> &Path {
        &self.name
    }

    /// A new device at the same name.
    pub(crate) fn plug(&mut self) {
        self.unplug();
        let master =
            openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let slave = PathBuf::from(ptsname(&master, Vec::new()).unwrap().into_string().unwrap());
        fcntl_setfl(&master, OFlags::NONBLOCK).unwrap();
        chown(&slave, Some(self.owner), Some(self.owner)).unwrap();
        symlink(&slave, &self.name).unwrap();
        self.line = Some(File::from(master));
    }

    /// The device is gone, with its name.
    pub(crate) fn unplug(&mut self) {
        let _ = std::fs::remove_file(&self.name);
        self.line = None;
    }

    /// Types bytes; how many were taken in time.
    pub(crate) fn write(&mut self, mut bytes: &[u8], wait: Duration) -> usize {
        let Some(line) = &mut self.line else { return 0 };
        let (end, all) = (Instant::now() + wait, bytes.len());
        let mut echo = [0; 4096];
        while !bytes.is_empty() && Instant::now() < end {
            // What is echoed is thrown away, so that nobody waits for it.
            while matches!(line.read(&mut echo), Ok(1..)) {}
            match line.write(bytes) {
                Ok(written) => bytes = &bytes[written..],
                Err(fault) if fault.kind() == ErrorKind::WouldBlock => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(_) => break,
            }
        }
        all - bytes.len()
    }
}
