//! Ctrl-C: an end at once, with nothing half-written.
//!
//! Files are written under a temporary name and renamed when whole (see [`crate::write`]), so all there is to do is to
//! remove the temporary ones. It refuses to finish anything: whoever presses Ctrl-C wants to stop.

use crate::exit::Exit;
use crate::write;

/// Arms the handler. Without one the system's own ends the command, which leaves temporary files behind but nothing
/// that looks whole; that is no reason not to work.
pub(crate) fn arm() {
    let _ = ctrlc::set_handler(|| {
        write::abandon(|| std::process::exit(Exit::Interrupted.status().into()));
    });
}
