//! Third-party sets that lie beside the project and are read in place.
//!
//! A set that is absent is a notice on a laptop and a failure in CI.

use std::path::{Path, PathBuf};

/// The path of a set, if it is here.
///
/// # Panics
///
/// In CI, when it is not.
#[must_use]
pub fn set(path: &str) -> Option<PathBuf> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/vectors").join(path);
    if full.exists() {
        return Some(full);
    }
    absent(&format!("../shared/data/vectors/{path} is not here"));
    None
}

/// Says that something is not here.
///
/// # Panics
///
/// In CI.
#[expect(clippy::print_stdout, reason = "the test command reads these lines")]
pub fn absent(what: &str) {
    println!("skipped: {what}");
    assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "in CI: {what}");
}

/// A JSON file.
///
/// # Panics
///
/// When it cannot be read.
#[must_use]
pub fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

/// The files of a folder, by name.
///
/// # Panics
///
/// When it cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

/// Prints how many third-party vectors ran, for the test command to sum.
#[expect(clippy::print_stdout, reason = "the test command reads these lines")]
pub fn counted(set: &str, vectors: usize) {
    println!("VECTORS {set}={vectors}");
}
