//! What changed between two documents: shown to whoever is asked to sign the newer one.
//!
//! Both are compared as the descriptions people write, entry by entry: a list's entries are matched by
//! what names them (their number, key, id), so that one new region is one line and not forty.

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
            let (before, after) = (before.map(text), after.map(text));
            found.push(Change { path, before, after });
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
