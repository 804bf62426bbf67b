//! Tables as values: what migrations, reading, writing and tests are made from.

/// What a column holds. Moments and days are whole numbers in both databases, so that none of them has to know a
/// calendar or a time zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A whole number of 64 bits.
    Whole,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// A column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may hold nothing.
    pub null: bool,
}

/// A table that is worked out from the entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns; the first `key` of them are its key.
    pub columns: &'static [Column],
    /// How many columns are its key.
    pub key: usize,
    /// Columns that are looked up by, each list an index.
    pub indexes: &'static [&'static [&'static str]],
}

/// A value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A row: a cell for each column, in order.
pub type Row = Vec<Cell>;

impl Column {
    /// A column that always holds something.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, null: false }
    }

    /// A column that may hold nothing.
    #[must_use]
    pub const fn maybe(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, null: true }
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Whole)
    }
}
