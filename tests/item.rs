//! CBOR items as values: written in the deterministic form, or on purpose not.
//!
//! Only what the format uses, and what it must refuse. Nothing is checked: maps are written in the order
//! given.

/// One item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A whole number of 65 bits.
    Int(i128),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text.
    Text(String),
    /// An array.
    Array(Vec<Self>),
    /// A map, in the order given.
    Map(Vec<(Self, Self)>),
    /// `false` or `true`.
    Bool(bool),
    /// `null`.
    Null,
    /// A tagged item.
    Tag(u64, Box<Self>),
    /// Bytes that are written as they are.
    Raw(Vec<u8>),
}

/// An array of items.
#[macro_export]
macro_rules! array {
    ($($item:expr),* $(,)?) => { $crate::item::Item::Array(vec![$($crate::item::Item::from($item)),*]) };
}

impl Item {
    /// A byte string.
    #[must_use]
    pub fn bytes(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }

    /// The encoding.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    /// The items of an array.
    ///
    /// # Panics
    ///
    /// When it is not one.
    pub fn items(&mut self) -> &mut Vec<Self> {
        match self {
            Self::Array(items) => items,
            other => panic!("no array: {other:?}"),
        }
    }

    /// The item at a path of array indices.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn at(&mut self, path: &[usize]) -> &mut Self {
        path.iter().fold(self, |item, index| &mut item.items()[*index])
    }

    /// Reads one item that passed the gate; the item and what follows it.
    ///
    /// # Panics
    ///
    /// On anything the gate refuses.
    #[must_use]
    pub fn read(bytes: &[u8]) -> (Self, &[u8]) {
        let (first, rest) = bytes.split_first().expect("a head");
        let width = match first & 31 {
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => 0,
        };
        let (argument, mut rest) = rest.split_at(width);
        let value = match width {
            0 => u64::from(first & 31),
            _ => argument.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)),
        };
        let length = usize::try_from(value).unwrap_or(usize::MAX);
        let mut next = || {
            let (item, after) = Self::read(rest);
            rest = after;
            item
        };
        let item = match first >> 5 {
            0 => Self::Int(value.into()),
            1 => Self::Int(-1 - i128::from(value)),
            4 => Self::Array((0..length).map(|_| next()).collect()),
            5 => Self::Map((0..length).map(|_| (next(), next())).collect()),
            6 => Self::Tag(value, Box::new(next())),
            major @ (2 | 3) => {
                let (string, after) = rest.split_at(length);
                let text = || String::from_utf8(string.to_vec()).expect("UTF-8");
                let item = if major == 2 { Self::bytes(string) } else { Self::Text(text()) };
                return (item, after);
            }
            _ => match value {
                20 | 21 => Self::Bool(value == 21),
                22 => Self::Null,
                _ => panic!("no such simple value: {value}"),
            },
        };
        (item, rest)
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Int(n @ 0..) => head(out, 0, *n),
            Self::Int(n) => head(out, 1, -1 - n),
            Self::Bytes(bytes) => string(out, 2, bytes),
            Self::Text(text) => string(out, 3, text.as_bytes()),
            Self::Array(items) => {
                head(out, 4, length(items.len()));
                items.iter().for_each(|item| item.write(out));
            }
            Self::Map(pairs) => {
                head(out, 5, length(pairs.len()));
                for (key, value) in pairs {
                    key.write(out);
                    value.write(out);
                }
            }
            Self::Bool(value) => out.push(if *value { 0xf5 } else { 0xf4 }),
            Self::Null => out.push(0xf6),
            Self::Tag(tag, item) => {
                head(out, 6, (*tag).into());
                item.write(out);
            }
            Self::Raw(bytes) => out.extend(bytes),
        }
    }
}

fn string(out: &mut Vec<u8>, major: u8, bytes: &[u8]) {
    head(out, major, length(bytes.len()));
    out.extend(bytes);
}

fn length(length: usize) -> i128 {
    i128::try_from(length).expect("a length")
}

fn head(out: &mut Vec<u8>, major: u8, value: i128) {
    let value = u64::try_from(value).expect("64 bits");
    let bytes = value.to_be_bytes();
    let (info, width) = match value {
        0..24 => (bytes[7], 0),
        24..0x100 => (24, 1),
        0x100..0x1_0000 => (25, 2),
        0x1_0000..0x1_0000_0000 => (26, 4),
        _ => (27, 8),
    };
    out.push((major << 5) | info);
    out.extend(&bytes[8 - width..]);
}

macro_rules! from_numbers {
    ($($number:ty),*) => { $(impl From<$number> for Item {
        fn from(number: $number) -> Self { Self::Int(number.into()) }
    })* };
}
from_numbers!(u8, i16, u16, i32, u32, i64);

impl From<bool> for Item {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Item {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl<const N: usize> From<[u8; N]> for Item {
    fn from(bytes: [u8; N]) -> Self {
        Self::bytes(&bytes)
    }
}

impl From<Vec<u8>> for Item {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<Vec<Self>> for Item {
    fn from(items: Vec<Self>) -> Self {
        Self::Array(items)
    }
}

impl From<permit_core::Day> for Item {
    fn from(day: permit_core::Day) -> Self {
        day.number().into()
    }
}

impl From<permit_core::UnixTime> for Item {
    fn from(time: permit_core::UnixTime) -> Self {
        time.0.into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Item {
    fn from(item: Option<T>) -> Self {
        item.map_or(Self::Null, Into::into)
    }
}
