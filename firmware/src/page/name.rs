//! The machine's names as ends of message ids.
//!
//! A state is serialised as `no-frame`; its sentence is `screen-camera-no-frame`. A test holds every value to its
//! message in each language, so that no state is ever shown by its id.

use permit_words::{Value, Words};
use serde::Serialize;
use serde_json::Value as Json;

/// What is said of a value: the family's id, a hyphen and the value's own name.
pub(crate) fn said(words: &Words, family: &str, value: impl Serialize) -> String {
    let (id, seconds) = id(family, value);
    words.with(&id, &[("seconds", Value::from(seconds))])
}

/// The whole id, and the seconds a value may carry.
pub(crate) fn id(family: &str, value: impl Serialize) -> (String, i64) {
    let json = serde_json::to_value(value).unwrap_or_default();
    let mut id = family.to_owned();
    let mut seconds = 0;
    walk(&json, &mut id, &mut seconds);
    (id, seconds)
}

fn walk(json: &Json, id: &mut String, seconds: &mut i64) {
    match json {
        Json::String(name) => {
            id.push('-');
            id.push_str(name);
        }
        // A tag comes first, what belongs to it after.
        Json::Object(fields) => {
            for tag in ["notice", "trouble", "why", "fault"] {
                if let Some(value) = fields.get(tag) {
                    walk(value, id, seconds);
                }
            }
            if let Some(value) = fields.get("seconds") {
                *seconds = value.as_i64().unwrap_or_default();
            }
        }
        _ => {}
    }
}
