//! What changed between two documents: shown to whoever is asked to sign the newer one.
//!
//! Both are compared as the descriptions people write, entry by entry: a list's entries are matched by
//! what names them (their number, key, id), so that one new region is one line and not forty.

use std::collections::BTreeSet;

use permit_core::sha256;
use serde_json::{Map, Value};

use crate::draft::Draft;

/// One difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Where, as descriptions name it: `regions[12].through`.
    pub path: String,
    /// What it was; none for what is new.
    pub before: Option<String>,
    /// What it is; none for what is gone.
    pub after: Option<String>,
}

/// Every difference from `before` to `after`, in the order of the newer one, what is gone last.
#[must_use]
pub fn changes(before: &Draft, after: &Draft) -> Vec<Change> {
    let value = |draft: &Draft| serde_json::to_value(draft).unwrap_or(Value::Null);
    let mut found = Vec::new();
    compare(String::new(), Some(&value(before)), Some(&value(after)), &mut found);
    found
}

/// Every field of a document with its value, as a first version changes it.
#[must_use]
pub fn contents(draft: &Draft) -> Vec<Change> {
    let mut found = Vec::new();
    let value = serde_json::to_value(draft).unwrap_or(Value::Null);
    compare(String::new(), None, Some(&value), &mut found);
    found
}

fn compare(path: String, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let branches = |value: Option<&Value>| value.and_then(children);
    match (branches(before), branches(after)) {
        (None, None) => {
            let said = |value: &Value, other| summary(value, other).unwrap_or_else(|| text(value));
            let shown = (before.map(|it| said(it, None)), after.map(|it| said(it, before)));
            found.push(Change { path, before: shown.0, after: shown.1 });
        }
        (old, new) => {
            let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
            for (step, value) in &new {
                compare(join(&path, step), old.get(step), Some(value), found);
            }
            for (step, value) in old.iter().filter(|(step, _)| !new.contains_key(*step)) {
                compare(join(&path, step), Some(value), None, found);
            }
        }
    }
}

/// Longest list of nameless entries that is shown as it is.
const SHOWN: usize = 16;

/// A long list that nobody reads through: how many, how many came and went, and a fingerprint for the two who sign it
/// to compare.
fn summary(value: &Value, before: Option<&Value>) -> Option<String> {
    let list = value.as_array().filter(|list| list.len() > SHOWN)?;
    let set = |list: &[Value]| list.iter().map(text).collect::<BTreeSet<_>>();
    let (now, bytes) = (set(list), value.to_string());
    let digest = hex::encode(&sha256(&[bytes.as_bytes()])[..8]);
    let old = before.and_then(Value::as_array).map(|list| set(list));
    let step = old.map_or_else(String::new, |old| {
        format!(" (+{} −{})", now.difference(&old).count(), old.difference(&now).count())
    });
    Some(format!("{}{step} #{digest}", list.len()))
}

/// The parts of an object, or of a list whose entries are named; none for what is shown as it is.
fn children(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) if !map.is_empty() => Some(map.clone()),
        Value::Array(list) if !list.is_empty() => list
            .iter()
            .map(|entry| Some((format!("[{}]", entry_name(entry)?), entry.clone())))
            .collect(),
        _ => None,
    }
}

/// What names an entry of a list.
fn entry_name(entry: &Value) -> Option<String> {
    let field = |name: &str| entry.get(name).map(text);
    let of = |names: &[&str]| {
        let parts: Option<Vec<String>> = names.iter().map(|name| field(name)).collect();
        parts.map(|parts| parts.join("/"))
    };
    match entry {
        Value::Object(_) => of(&["number"])
            .or_else(|| of(&["key"]))
            .or_else(|| of(&["document"]))
            .or_else(|| of(&["pseudonym"]))
            .or_else(|| of(&["station", "year", "serial"]))
            .or_else(|| of(&["station", "year", "first"]))
            .or_else(|| of(&["station", "year"]))
            .or_else(|| of(&["station"])),
        _ => None,
    }
}

fn join(path: &str, step: &str) -> String {
    let dot = if path.is_empty() || step.starts_with('[') { "" } else { "." };
    format!("{path}{dot}{step}")
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use permit_core::Day;

    use super::*;
    use crate::draft::{Date, Half, Header, Key, PayloadDigest, Revocations, Stolen, Time};

    fn list(digests: impl Iterator<Item = u32>) -> Draft {
        let time = |seconds| Time(permit_core::UnixTime(seconds));
        let digests = digests.map(|n| PayloadDigest::of(&n.to_be_bytes())).collect();
        let since = Date(Day::new(23_000).unwrap());
        Draft::Revocations(Revocations {
            side: Half::A,
            header: Header {
                version: 1,
                issued: time(1),
                next_update: time(2),
                expires: time(3),
                zone: 1,
            },
            serials: Vec::new(),
            copies: Vec::new(),
            ranges: Vec::new(),
            stations: Vec::new(),
            stolen: vec![Stolen { key: Key([7; 32]), since, digests }],
        })
    }

    #[test]
    fn row_21_a_hundred_thousand_digests_are_one_line() {
        let (old, new) = (list(0..100_000), list(10..100_012));
        let payload = new.encode().unwrap();
        assert_eq!(Draft::decode(new.role(), &payload).unwrap(), new, "there and back");
        let shown = contents(&new);
        let digests = shown.iter().find(|change| change.path.ends_with(".digests")).unwrap();
        assert_eq!(digests.path, format!("stolen[{}].digests", Key([7; 32])));
        let said = digests.after.as_deref().unwrap();
        assert!(said.starts_with("100002 #") && said.len() == 24, "{said}");
        let [change] = &changes(&old, &new)[..] else { panic!("one line") };
        let said = change.after.as_deref().unwrap();
        assert!(said.starts_with("100002 (+12 −10) #"), "{said}");
        assert!(change.before.as_deref().unwrap().starts_with("100000 #"));
        // A few are shown as they are.
        let few = list(0..3);
        let shown = contents(&few);
        assert!(
            shown.iter().any(|change| {
                change.after.as_deref().is_some_and(|said| said.starts_with("[\""))
            })
        );
        let left_out = list(0..0);
        let Draft::Revocations(mut none) = left_out else { panic!() };
        assert!(none.encode().is_ok(), "a key that signed nothing");
        none.stolen.clear();
        let payload = none.encode().unwrap();
        assert_eq!(payload.first(), Some(&0x8a), "left out when empty");
    }
}
