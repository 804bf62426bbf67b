//! The state put aside and put back.

use std::fs;

use crate::bench::{Bench, DISK, OFFICERS, USER};

impl Bench {
    /// Copies the whole state aside; the process is not running.
    pub(crate) fn keep(&self) {
        let kept = self.place("kept");
        let _ = fs::remove_dir_all(&kept);
        let (from, to) = (self.state(), kept);
        self.system("cp", &["-a", &from.to_string_lossy(), &to.to_string_lossy()]).unwrap();
    }

    /// Takes everything out of the state.
    pub(crate) fn wipe(&self) {
        for entry in fs::read_dir(self.state()).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                fs::remove_dir_all(path).unwrap();
            } else {
                fs::remove_file(path).unwrap();
            }
        }
    }

    /// Ends the process and puts the copy back.
    pub(crate) fn put_back(&mut self) {
        self.kill();
        // What the last process recorded is not there any more.
        self.oracle.blind();
        self.wipe();
        let (from, to) = (self.place("kept").join("."), self.state());
        self.system("cp", &["-a", &from.to_string_lossy(), &to.to_string_lossy()]).unwrap();
    }

    /// A new terminal, as after a first installation.
    pub(crate) fn renew(&mut self) {
        self.kill();
        self.oracle.allow();
        self.oracle.damaged = false;
        self.clock(None);
        let state = self.state().to_string_lossy().into_owned();
        let _ = self.system("umount", &["-l", &state]);
        let options = format!("size={DISK},mode=700,uid={USER},gid={USER}");
        self.system("mount", &["-t", "tmpfs", "-o", &options, "permit-faults", &state]).unwrap();
        self.town.version = 1;
        for (officer, pin) in OFFICERS {
            self.enrol(officer, pin).unwrap();
        }
        self.blank();
        for scanner in &mut self.scanners {
            scanner.plug();
        }
        if self.start().is_ok() {
            self.again(core::time::Duration::from_secs(20));
        }
    }
}
