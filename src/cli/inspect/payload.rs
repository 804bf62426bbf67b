//! The payload of a permit, item by item: offset, bytes, what it is, which field, and what it means.
//!
//! Shown also when the signature does not hold, and then marked so: a terminal would show nothing of it.

use permit_core::permit::Unreadable;
use permit_core::{Day, Newer, Permit, PermitId, Side};
use permit_words::Value as Said;

use super::items::{Item, Step, Value, items};
use super::lesson::Lesson;
use super::{Teacher, flaw};
use crate::verify::place::side_name;

impl Teacher<'_> {
    /// The payload; `holds` if its signature does.
    pub(super) fn payload(&self, payload: &[u8], holds: bool, lesson: &mut Lesson) {
        let words = self.words;
        let part = lesson.part(words.with("inspect-payload", &[("count", payload.len().into())]));
        if !holds {
            part.say(words.get("inspect-unproven"));
        }
        let read = Permit::decode(payload);
        let fault = match read {
            Err(Unreadable::Malformed(fault)) => Some(fault),
            Ok(_) | Err(Unreadable::Newer(_)) => None,
        };
        let mut all = items(payload, fault.map(|fault| fault.offset + 1));
        let at_stop = fault.and_then(|fault| all.pop_if(|item| item.at == fault.offset));
        let (mut from, mut station) = (None, None);
        for item in &all {
            part.bytes(item.at, item.bytes, item.path.len(), self.item(item, from));
            match (&item.path[..], item.value) {
                ([Step::Index(7)], Value::Number(number)) => from = day(number),
                ([Step::Index(0)], Value::Bytes(id)) => {
                    station = id.try_into().ok().and_then(PermitId::from_bytes);
                }
                _ => {}
            }
        }
        if let Some(fault) = fault {
            let rest = payload.get(fault.offset..).unwrap_or_default();
            let bytes = at_stop.as_ref().map_or(&rest[..rest.len().min(8)], |item| item.bytes);
            flaw::stop(part, fault, bytes, words);
            let last = at_stop.as_ref().or(all.last());
            if let Some(id) = last.and_then(|item| field(&item.path)) {
                let rule = words.find(&format!("{id}.rule"), &[]);
                if let Some(rule) = rule {
                    let values = [("field", words.get(id).into()), ("rule", rule.into())];
                    part.say(words.with("inspect-rule", &values));
                }
            }
        }
        if let Err(Unreadable::Newer(Newer::Option(option))) = read {
            part.say(words.with("inspect-newer-option", &[("option", option.to_string().into())]));
        }
        if let Some(id) = station.filter(|_| fault.is_none()) {
            part.say(words.with("inspect-printed", &[("number", id.to_string().into())]));
        }
    }

    /// What it is, the field's name and what it means.
    fn item(&self, item: &Item<'_>, from: Option<Day>) -> String {
        let words = self.words;
        let kind = self.kind(&item.value);
        let Some(id) = field(&item.path) else { return kind };
        let name = match (item.path.last(), item.value) {
            (Some(Step::Key), Value::Number(number)) => self.option(number),
            _ => words.get(id),
        };
        match self.meaning(item, from) {
            Some(meaning) => words.with(
                "inspect-item-means",
                &[("kind", kind.into()), ("field", name.into()), ("meaning", meaning.into())],
            ),
            None => words.with("inspect-item", &[("kind", kind.into()), ("field", name.into())]),
        }
    }

    /// `number 23262`, `text of 13 bytes`.
    pub(super) fn kind(&self, value: &Value<'_>) -> String {
        let words = self.words;
        let count = |id, count: usize| words.with(id, &[("count", count.into())]);
        let many = |id, count: u64| words.with(id, &[("count", count.into())]);
        match value {
            Value::Number(number) => {
                words.with("inspect-type-number", &[("number", number.to_string().into())])
            }
            Value::Bytes(bytes) => count("inspect-type-bytes", bytes.len()),
            Value::Text(text) => count("inspect-type-text", text.map_or(0, str::len)),
            Value::Array(items) => many("inspect-type-array", *items),
            Value::Map(pairs) => many("inspect-type-map", *pairs),
            Value::Bool(truth) => truth.to_string(),
            Value::Null => "null".into(),
            Value::Other => words.get("inspect-type-other"),
        }
    }

    /// The name of an option's key.
    fn option(&self, number: i128) -> String {
        let id = match number {
            0..=7 => "inspect-option",
            8.. => "inspect-option-ignored",
            _ => "inspect-option-newer",
        };
        self.words.with(id, &[("option", number.to_string().into())])
    }

    fn meaning(&self, item: &Item<'_>, from: Option<Day>) -> Option<String> {
        let words = self.words;
        let number = match item.value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let small = || u16::try_from(number?).ok();
        match (&item.path[..], item.value) {
            ([Step::Index(0)], Value::Bytes(id)) => self.id(id),
            (_, Value::Text(Some(text))) => Some(text.to_owned()),
            ([Step::Index(2)], Value::Null) => Some(words.get("inspect-none")),
            ([Step::Index(3)], _) => date(number?).map(|day| day.to_string()),
            ([Step::Index(4)], _) => Some(self.nation(small()?)),
            ([Step::Index(5)], _) => Some(self.region(small()?)),
            ([Step::Index(7)] | [Step::Index(9), Step::Under(Some(1))], _) => {
                day(number?).map(|day| day.to_string())
            }
            ([Step::Index(8)], _) => {
                let through = day(number?)?;
                let days = from.map_or(0, |from| through.since(from).saturating_add(1));
                Some(words.with(
                    "inspect-through",
                    &[("day", through.to_string().into()), ("days", days.into())],
                ))
            }
            ([Step::Index(9), Step::Under(Some(0)), Step::Index(_)], _) => {
                Some(self.places.crossing(small()?, words))
            }
            _ => None,
        }
    }

    fn id(&self, bytes: &[u8]) -> Option<String> {
        let id = PermitId::from_bytes(bytes.try_into().ok()?)?;
        Some(self.number(&id))
    }

    /// A permit's number and its parts.
    pub(super) fn number(&self, id: &PermitId) -> String {
        let values: [(&str, Said<'_>); 7] = [
            ("number", id.to_string().into()),
            ("name", self.places.station(id.station, self.words).into()),
            ("station", id.station.to_string().into()),
            ("side", side_name(Side::of_station(id.station)).into()),
            ("year", (u16::from(id.year) + 1900).to_string().into()),
            ("serial", id.serial.to_string().into()),
            ("copy", id.copy.to_string().into()),
        ];
        self.words.with("inspect-id", &values)
    }

    fn region(&self, number: u16) -> String {
        let name = self.places.region(number, self.words);
        match self.trust.zone().region(number) {
            Some(region) => self.words.with(
                "inspect-region",
                &[("name", name.into()), ("side", side_name(region.side).into())],
            ),
            None => self.words.with("inspect-region-unknown", &[("name", name.into())]),
        }
    }

    fn nation(&self, number: u16) -> String {
        let id = match number {
            156 => "inspect-nation-china",
            408 => "inspect-nation-korea",
            _ => "inspect-nation-other",
        };
        self.words.get(id)
    }
}

/// The message that names the field at a place.
fn field(path: &[Step]) -> Option<&'static str> {
    use Step::{Index, Key, Under};
    Some(match path {
        [] => "inspect-field-permit",
        [Index(0)] => "inspect-field-id",
        [Index(1)] => "inspect-field-latin",
        [Index(2)] => "inspect-field-native",
        [Index(3)] => "inspect-field-birth",
        [Index(3), Index(0)] => "inspect-field-birth-year",
        [Index(3), Index(1)] => "inspect-field-birth-month",
        [Index(4)] => "inspect-field-nationality",
        [Index(5)] => "inspect-field-region",
        [Index(6)] => "inspect-field-zone",
        [Index(7)] => "inspect-field-from",
        [Index(8)] => "inspect-field-through",
        [Index(9)] => "inspect-field-options",
        [Index(9), Key] => "inspect-field-option",
        [Index(9), Under(Some(0))] => "inspect-field-crossings",
        [Index(9), Under(Some(0)), Index(_)] => "inspect-field-crossing",
        [Index(9), Under(Some(1))] => "inspect-field-issued",
        [Index(9), Under(Some(2))] => "inspect-field-entries",
        [Index(9), Under(Some(3))] => "inspect-field-stay",
        [Index(9), Under(Some(4))] => "inspect-field-children",
        [Index(9), Under(Some(5))] => "inspect-field-document",
        [Index(9), Under(Some(6))] => "inspect-field-portrait",
        [Index(9), Under(Some(7))] => "inspect-field-specimen",
        _ => return None,
    })
}

/// A day of validity.
fn day(number: i128) -> Option<Day> {
    date(number).filter(|day| *day >= Day::FIRST)
}

/// A day, also of birth.
fn date(number: i128) -> Option<Day> {
    Day::new(i32::try_from(number).ok()?)
}
