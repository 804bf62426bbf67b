//! JSON (RFC 8259) as other programs write a table: a list of objects, one a row, by the names of the columns.
//!
//! A value is a text, a number, true, false, null or a list of texts and numbers, which becomes one text parted by `;`. It
//! rules out a member that is there twice and a value with something inside that a table has no place for.

use core::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};

use crate::{Form, MOST_COLUMNS, MOST_ROWS, Much, Row, Table, Unread, letters, table};

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Unread> {
    let members: Vec<Members> =
        serde_json::from_slice(bytes).map_err(|error| Unread::Objects { line: error.line() })?;
    if members.len() > MOST_ROWS {
        return Err(Unread::TooMuch { what: Much::Rows, most: MOST_ROWS });
    }
    let mut columns: Vec<String> = Vec::new();
    let mut rows = Vec::with_capacity(members.len());
    for (number, Members(members)) in (1..).zip(members) {
        let mut row = Row { number, cells: vec![String::new(); columns.len()] };
        let mut seen = Vec::with_capacity(members.len());
        for (name, Value(text)) in members {
            let (name, text) = (name.trim(), text.trim());
            if name.is_empty() && text.is_empty() {
                continue;
            }
            if name.is_empty() {
                return Err(Unread::Nameless { column: letters(columns.len()), row: number });
            }
            let at = columns.iter().position(|column| column == name);
            let at = at.unwrap_or(columns.len());
            if at == MOST_COLUMNS {
                return Err(Unread::TooMuch { what: Much::Columns, most: MOST_COLUMNS });
            }
            if at == columns.len() {
                columns.push(name.to_owned());
                row.cells.push(String::new());
            }
            if seen.contains(&at) {
                return Err(Unread::Twice(name.to_owned()));
            }
            seen.push(at);
            if let Some(cell) = row.cells.get_mut(at) {
                text.clone_into(cell);
            }
        }
        rows.push(row);
    }
    let names = Row { number: 0, cells: columns };
    table(core::iter::once(names).chain(rows), Form::Objects)
}

/// An object, with every member of it.
struct Members(Vec<(String, Value)>);

/// A value, as a cell has it.
struct Value(String);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut from: M) -> Result<Members, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = from.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Object)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any { inside: false })
    }
}

/// A value, or inside a list one of those that can be in it.
struct Any {
    inside: bool,
}

/// An item of a list.
struct Item(String);

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Value(text) = from.deserialize_any(Any { inside: true })?;
        match text.contains([';', '|']) {
            // It would be two when the list is read.
            true => Err(de::Error::custom("what parts a list stands in it")),
            false => Ok(Self(text)),
        }
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a list of them")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value(text.to_owned()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value(number.to_string()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value(number.to_string()))
    }

    fn visit_bool<E: de::Error>(self, is: bool) -> Result<Value, E> {
        Ok(Value(is.to_string()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value(String::new()))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut from: S) -> Result<Value, S::Error> {
        if self.inside {
            return Err(de::Error::custom("a list in a list"));
        }
        let mut items = Vec::new();
        while let Some(Item(text)) = from.next_element()? {
            items.push(text);
        }
        Ok(Value(items.join(";")))
    }
}
