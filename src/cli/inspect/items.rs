//! CBOR taken apart item by item, for people.
//!
//! Core's gate says where bytes stop being right and shows nothing; this shows everything before that byte. It judges
//! nothing: it is only asked about bytes that the gate has passed, and stops at the one it did not.

/// One head, with the string behind it if it is a string.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item<'b> {
    /// Offset of the head.
    pub(super) at: usize,
    /// The bytes of head and string, as many as there are.
    pub(super) bytes: &'b [u8],
    /// What it is.
    pub(super) value: Value<'b>,
    /// The places on the way to it, the outermost first.
    pub(super) path: Vec<Step>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'b> {
    /// A whole number.
    Number(i128),
    /// A byte string.
    Bytes(&'b [u8]),
    /// A text; `None` where it is not UTF-8.
    Text(Option<&'b str>),
    /// An array of so many items.
    Array(u64),
    /// A map of so many pairs.
    Map(u64),
    /// `false` or `true`.
    Bool(bool),
    /// `null`.
    Null,
    /// Something this format does not use, or the head is not whole.
    Other,
}

/// A place in an array or a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The item with this number.
    Index(u64),
    /// A map's key.
    Key,
    /// The value under this key; `None` for a key that is no number.
    Under(Option<i64>),
}

/// The items of `bytes` that begin before `stop`, or all of them.
pub(super) fn items(bytes: &[u8], stop: Option<usize>) -> Vec<Item<'_>> {
    let mut walk = Walk { bytes, at: 0, open: Vec::new() };
    let mut items = Vec::new();
    while walk.at < bytes.len() && stop.is_none_or(|stop| walk.at < stop) {
        let Some(item) = walk.item() else { break };
        items.push(item);
        if walk.open.is_empty() {
            break;
        }
    }
    items
}

/// An array or map that is not complete.
struct Open {
    left: u64,
    map: bool,
    done: u64,
    key: Option<i64>,
}

struct Walk<'b> {
    bytes: &'b [u8],
    at: usize,
    open: Vec<Open>,
}

impl<'b> Walk<'b> {
    fn item(&mut self) -> Option<Item<'b>> {
        let at = self.at;
        let path = self.path();
        let (value, length) = self.read();
        self.at = at.saturating_add(length).min(self.bytes.len());
        self.settle(&value);
        Some(Item { at, bytes: self.bytes.get(at..self.at)?, value, path })
    }

    /// The places on the way here: the inner ones are being filled, and the outer ones count what they hold already.
    fn path(&self) -> Vec<Step> {
        let inner = self.open.len().saturating_sub(1);
        let place = |(depth, open): (usize, &Open)| {
            open.step(open.done.saturating_sub(u64::from(depth < inner)))
        };
        self.open.iter().enumerate().map(place).collect()
    }

    /// What begins here, and how many bytes it takes.
    fn read(&mut self) -> (Value<'b>, usize) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some((major, value, head)) = head(rest) else { return (Value::Other, rest.len()) };
        let length = usize::try_from(value).unwrap_or(usize::MAX);
        let string =
            || rest.get(head..head.saturating_add(length).min(rest.len())).unwrap_or_default();
        match major {
            0 => (Value::Number(value.into()), head),
            1 => (Value::Number(-1 - i128::from(value)), head),
            2 => (Value::Bytes(string()), head.saturating_add(length)),
            3 => (Value::Text(core::str::from_utf8(string()).ok()), head.saturating_add(length)),
            4 => (Value::Array(value), head),
            5 => (Value::Map(value), head),
            7 if matches!(value, 20 | 21) => (Value::Bool(value == 21), head),
            7 if value == 22 => (Value::Null, head),
            _ => (Value::Other, head),
        }
    }

    /// Counts the item, opens what it opens, closes what is complete.
    fn settle(&mut self, value: &Value<'_>) {
        if let Some(open) = self.open.last_mut() {
            if open.map && open.done.is_multiple_of(2) {
                open.key = match value {
                    Value::Number(key) => i64::try_from(*key).ok(),
                    _ => None,
                };
            }
            open.done = open.done.saturating_add(1);
        }
        match value {
            Value::Array(count) => self.open.push(Open::new(*count, false)),
            Value::Map(pairs) => self.open.push(Open::new(pairs.saturating_mul(2), true)),
            _ => {}
        }
        while self.open.last().is_some_and(|open| open.done >= open.left) {
            self.open.pop();
        }
    }
}

impl Open {
    const fn new(left: u64, map: bool) -> Self {
        Self { left, map, done: 0, key: None }
    }

    const fn step(&self, number: u64) -> Step {
        if !self.map {
            Step::Index(number)
        } else if number.is_multiple_of(2) {
            Step::Key
        } else {
            Step::Under(self.key)
        }
    }
}

/// Major type, argument and length of a head (RFC 8949 §3); `None` where it is not whole.
fn head(bytes: &[u8]) -> Option<(u8, u64, usize)> {
    let first = *bytes.first()?;
    let (major, info) = (first >> 5, first & 0x1f);
    let width = match info {
        0..=23 => return Some((major, info.into(), 1)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return Some((major, u64::MAX, 1)),
    };
    let argument = bytes.get(1..1 + width)?;
    let value = argument.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    Some((if major == 7 { 8 } else { major }, value, 1 + width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_permit() {
        // ["a", [1963, 4], {0: [2], -1: true}]
        let bytes =
            [0x83, 0x61, b'a', 0x82, 0x19, 0x07, 0xab, 0x04, 0xa2, 0x00, 0x81, 0x02, 0x20, 0xf5];
        let items = items(&bytes, None);
        let seen: Vec<(usize, Vec<Step>)> =
            items.iter().map(|item| (item.at, item.path.clone())).collect();
        use Step::{Index, Key, Under};
        assert_eq!(
            seen,
            [
                (0, vec![]),
                (1, vec![Index(0)]),
                (3, vec![Index(1)]),
                (4, vec![Index(1), Index(0)]),
                (7, vec![Index(1), Index(1)]),
                (8, vec![Index(2)]),
                (9, vec![Index(2), Key]),
                (10, vec![Index(2), Under(Some(0))]),
                (11, vec![Index(2), Under(Some(0)), Index(0)]),
                (12, vec![Index(2), Key]),
                (13, vec![Index(2), Under(Some(-1))]),
            ]
        );
        assert_eq!(items.iter().map(|item| item.bytes.len()).sum::<usize>(), bytes.len());
        assert_eq!(items[3].value, Value::Number(1963));
    }

    #[test]
    fn it_ends_on_any_bytes() {
        for a in 0..=255 {
            for b in 0..=255 {
                let bytes = [0x82, a, b, 0xff, 0x1b];
                let seen = items(&bytes, None);
                assert!(seen.iter().all(|item| !item.bytes.is_empty()));
                assert!(seen.len() <= bytes.len());
            }
        }
        assert!(items(&[], None).is_empty());
    }

    #[test]
    fn nothing_from_the_stop_on() {
        let bytes = [0x83, 0x01, 0x02, 0x03];
        assert_eq!(items(&bytes, Some(2)).len(), 2);
    }
}
