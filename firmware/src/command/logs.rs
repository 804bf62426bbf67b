//! Structured logs on standard error.
//!
//! Numbers, states and causes; never a name, a text of a code, a permit number or a file name of a picture. The journal
//! is the record of what happened, not the log.

use std::io::IsTerminal as _;

/// Begins: a line an event, as the system's journal likes it.
pub(crate) fn begin() {
    let level = match std::env::var("PERMIT_LOG").as_deref() {
        Ok("debug") => tracing::Level::DEBUG,
        Ok("warn") => tracing::Level::WARN,
        Ok("error") => tracing::Level::ERROR,
        _ => tracing::Level::INFO,
    };
    let terminal = std::io::stderr().is_terminal();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(terminal)
        .with_target(false)
        .finish();
    // A second subscriber can only be a test's.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
