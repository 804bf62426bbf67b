//! What a file says of one permit, before any of it is understood.
//!
//! Everything is kept as text, so that a wrong type is one problem among the others and not the end of
//! the file.

use core::fmt;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use crate::draft::moment::TOML_DATETIME;

/// The fields a row may have, in the order a form has them.
pub const FIELDS: [&str; 14] = [
    "latin",
    "native",
    "birth",
    "nationality",
    "region",
    "from",
    "through",
    "crossings",
    "entries",
    "stay",
    "children",
    "document",
    "specimen",
    "replaces",
];

/// One permit as a file asks for it.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(transparent)]
pub struct Row(pub BTreeMap<String, Cell>);

/// A value of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// One value.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Row {
    /// A row of a table: names of columns and what stands there. Empty cells say nothing.
    pub fn of_columns<'c>(columns: impl IntoIterator<Item = (&'c str, &'c str)>) -> Self {
        let cells = columns.into_iter().filter(|(_, text)| !text.trim().is_empty());
        Self(cells.map(|(name, text)| (name.to_owned(), Cell::One(text.to_owned()))).collect())
    }

    /// The value of a field that has one; empty texts say nothing.
    pub(super) fn one(&self, field: &str) -> Option<Result<&str, ()>> {
        match self.0.get(field)? {
            Cell::One(text) if text.trim().is_empty() => None,
            Cell::One(text) => Some(Ok(text.trim())),
            Cell::Many(_) => Some(Err(())),
        }
    }

    /// The values of a field that may have several: a list, or one text parted by `;` or `|`.
    pub(super) fn many(&self, field: &str) -> Vec<&str> {
        let parts: Vec<&str> = match self.0.get(field) {
            None => Vec::new(),
            Some(Cell::One(text)) => text.split([';', '|']).collect(),
            Some(Cell::Many(list)) => list.iter().map(String::as_str).collect(),
        };
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

/// Takes whatever a file has and keeps its text.
struct Any;

impl<'de> de::Visitor<'de> for Any {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a day, true, false or a list of these")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::One(text.to_owned()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::One(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell::One(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::One(number.to_string()))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Cell, E> {
        Ok(Cell::One(value.to_string()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Cell, E> {
        Ok(Cell::One(String::new()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Cell, A::Error> {
        let mut texts = Vec::new();
        while let Some(cell) = list.next_element::<Cell>()? {
            match cell {
                Cell::One(text) => texts.push(text),
                Cell::Many(_) => return Err(de::Error::invalid_type(de::Unexpected::Seq, &Self)),
            }
        }
        Ok(Cell::Many(texts))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, text)) if key == TOML_DATETIME => Ok(Cell::One(text)),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}
