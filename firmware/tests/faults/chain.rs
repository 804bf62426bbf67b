//! The journal as somebody else reads it: straight from its files, by framing of its own.
//!
//! What is decided is found here without asking the program. Whether the chain is whole is asked of the audit that
//! headquarters uses, on a copy.

use std::collections::BTreeMap;
use std::path::Path;

use crate::browser::Answer;

use permit_core::{PublicKey, Side, Signer as _, sha256};
use permit_journal::{
    Disk, Entry, Event, Harm, Outcome, Problem, Record, Report, Stamp, Terminal, audit,
};

/// Whose journal it is.
pub(crate) const WHOSE: Terminal = Terminal { side: Side::A, number: 1 };

/// An admission that is on the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Admission {
    pub(crate) sequence: u64,
    pub(crate) officer: Option<u16>,
    /// Seconds since 1970, where the clock was believed.
    pub(crate) at: Option<i64>,
}

/// Every record that the files hold, by its hash.
pub(crate) fn records(folder: &Path) -> BTreeMap<[u8; 32], Record> {
    let mut found = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Ok(file) = std::fs::read(&path) else { continue };
        let mut at = 8;
        while at + 8 < file.len() {
            let length = file[at..at + 4].try_into().map(u32::from_be_bytes).unwrap_or(0);
            let end = at + 8 + usize::try_from(length).unwrap();
            let Some(bytes) = file.get(at + 8..end).filter(|bytes| bytes.first() == Some(&0x85))
            else {
                // Something is wrong here; the next record is looked for.
                at += 1;
                continue;
            };
            match minicbor::decode::<Record>(bytes) {
                Ok(record) => {
                    found.insert(sha256(&[bytes]), record);
                    at = end;
                }
                Err(_) => at += 1,
            }
        }
    }
    found
}

/// The admissions among records, in the order of their sequences.
pub(crate) fn admissions<'r>(records: impl Iterator<Item = &'r Record>) -> Vec<Admission> {
    let mut all: Vec<Admission> = records
        .filter_map(|record| match &record.entry {
            Entry::Event(Event::Decided(decided)) if decided.outcome == Outcome::Admitted => {
                let at = match record.stamp {
                    Stamp::Trusted(at) => Some(at.0),
                    _ => None,
                };
                Some(Admission { sequence: record.sequence, officer: decided.officer, at })
            }
            _ => None,
        })
        .collect();
    all.sort_by_key(|admission| admission.sequence);
    all
}

/// The terminal's public key.
pub(crate) fn key(state: &Path) -> Option<PublicKey> {
    let key = permit_signing::import(&std::fs::read(state.join("reader.key")).ok()?, None).ok()?;
    PublicKey::new(&key.public_key()).ok()
}

/// The audit of a copy of the journal; a torn end is none of its problems while the terminal writes.
pub(crate) fn audited(state: &Path, key: &PublicKey) -> Option<Report> {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(state.join("journal")).ok()?.flatten() {
        let _ = std::fs::copy(entry.path(), copy.path().join(entry.file_name()));
    }
    let mut report = audit(&Disk::open(copy.path()).ok()?, WHOSE, key).ok()?;
    report.problems.retain(|problem| {
        !matches!(problem, Problem::Damaged(damage) if matches!(damage.what, Harm::Torn { .. }))
    });
    Some(report)
}

/// The body of an answer, whatever way it came.
pub(crate) fn body(answer: &Answer) -> Vec<u8> {
    let chunked =
        answer.headers.iter().any(|line| line.eq_ignore_ascii_case("transfer-encoding: chunked"));
    if !chunked {
        return answer.body.clone();
    }
    let (mut whole, mut rest) = (Vec::new(), answer.body.as_slice());
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let length = core::str::from_utf8(&rest[..end])
            .ok()
            .and_then(|text| usize::from_str_radix(text, 16).ok());
        let Some(length) = length.filter(|length| *length > 0) else { break };
        whole.extend_from_slice(rest.get(end + 2..end + 2 + length).unwrap_or_default());
        rest = rest.get(end + 4 + length..).unwrap_or_default();
    }
    whole
}
