//! Tables that others made: CSV as spreadsheets save it, JSON, and XLSX; with the feature `write` XLSX is written, too.
//!
//! A table is names of columns and rows of text below them; a row is called by the number a spreadsheet shows beside it.
//! How a CSV is written is found out: its encoding, and what parts its cells. It rules out a row that is dropped, a cell
//! that goes to another column, and a text in the wrong letters that nobody noticed: what fits no form is refused with the
//! row. It knows no column and no person.

mod encoding;
mod objects;
mod separated;
mod workbook;
#[cfg(feature = "write")]
mod written;

#[cfg(test)]
mod tests;

use core::fmt;

use thiserror::Error;

pub use separated::separated;
#[cfg(feature = "write")]
pub use written::{Column, write, write_empty};

/// What UTF-8 may begin with (Unicode, 23.8).
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The most rows: chosen, a province's year.
pub const MOST_ROWS: usize = 100_000;
/// The most columns: chosen, twice what any form here asks for.
pub const MOST_COLUMNS: usize = 64;

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Names of columns, each once, without spaces at their ends.
    pub columns: Vec<String>,
    /// Rows that say anything.
    pub rows: Vec<Row>,
    /// How it was written.
    pub form: Form,
}

/// A row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The number that a spreadsheet shows beside it; the names of the columns stand in one, too. Of JSON its place in the list,
    /// from 1.
    pub number: usize,
    /// One text a column, without spaces at its ends.
    pub cells: Vec<String>,
}

/// How a table was written.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Form {
    /// Cells parted by a character.
    Separated {
        /// Its name at the WHATWG, such as `GBK` or `EUC-KR` (which is Windows' CP949).
        encoding: &'static str,
        /// `,`, `;` or tab.
        separator: char,
    },
    /// A list of JSON.
    Objects,
    /// The one sheet of a workbook that says anything.
    Sheet {
        /// Its name.
        name: String,
    },
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Separated { encoding, separator: '\t' } => write!(f, "{encoding}, tab"),
            Self::Separated { encoding, separator } => write!(f, "{encoding}, {separator}"),
            Self::Objects => f.write_str("JSON"),
            Self::Sheet { name } => write!(f, "XLSX, {name}"),
        }
    }
}

/// Why a file is no table. No text of a cell is in it.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Unread {
    /// Not even names of columns.
    #[error("nothing in it")]
    Empty,
    /// Neither UTF-8 nor UTF-16, GBK or CP949.
    #[error("neither UTF-8 nor UTF-16, GBK or CP949")]
    Encoding,
    /// A program's file and no text.
    #[error("not a text")]
    Binary,
    /// A workbook of Excel 97 to 2003.
    #[error("a workbook of Excel 97 to 2003")]
    OldWorkbook,
    /// A workbook that cannot be read.
    #[error("a damaged workbook: {0}")]
    Damaged(String),
    /// More than there may be of it: rows, columns, or what a workbook unpacks to.
    #[error("more than {most} {}", what.name())]
    TooMuch {
        /// Of what.
        what: Much,
        /// The most.
        most: usize,
    },
    /// Several sheets say something.
    #[error("{} sheets with something in them", .0.len())]
    Sheets(Vec<String>),
    /// A column with something in it and no name.
    #[error("column {column} has no name, and row {row} has something in it")]
    Nameless {
        /// Its letters in a spreadsheet.
        column: String,
        /// The first row with something in it.
        row: usize,
    },
    /// Two columns of one name.
    #[error("two columns {0}")]
    Twice(String),
    /// Begun as JSON, and no list of objects with texts, numbers and lists of those.
    #[error("line {line}: no list of objects with texts, numbers and lists of those")]
    Objects {
        /// The line.
        line: usize,
    },
    /// A quotation mark that nothing closes.
    #[error("row {row}: a quotation mark is not closed")]
    Quotes {
        /// The row that it opens in.
        row: usize,
    },
    /// A formula's error stands in a cell.
    #[error("row {row}, column {column}: an error of a formula")]
    Formula {
        /// The row.
        row: usize,
        /// Its letters in a spreadsheet.
        column: String,
    },
}

/// What there may be too much of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Much {
    /// Rows.
    Rows,
    /// Columns.
    Columns,
    /// Bytes of a workbook that is unpacked.
    Bytes,
}

impl Much {
    const fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Columns => "columns",
            Self::Bytes => "bytes",
        }
    }
}

impl Unread {
    /// What it is called where everything that is said to a person is kept: a message and its variables.
    #[must_use]
    pub fn told(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::Empty => ("table-empty", vec![]),
            Self::Encoding => ("table-encoding", vec![]),
            Self::Binary => ("table-binary", vec![]),
            Self::OldWorkbook => ("table-old-workbook", vec![]),
            Self::Damaged(said) => ("table-damaged", vec![("said", said.clone())]),
            Self::TooMuch { what, most } => {
                let id = match what {
                    Much::Rows => "table-rows",
                    Much::Columns => "table-columns",
                    Much::Bytes => "table-bytes",
                };
                (id, vec![("most", most.to_string())])
            }
            Self::Sheets(names) => ("table-sheets", vec![("names", names.join(", "))]),
            Self::Nameless { column, row } => {
                ("table-nameless", vec![("column", column.clone()), ("row", row.to_string())])
            }
            Self::Twice(column) => ("table-twice", vec![("column", column.clone())]),
            Self::Objects { line } => ("table-objects", vec![("line", line.to_string())]),
            Self::Quotes { row } => ("table-quotes", vec![("row", row.to_string())]),
            Self::Formula { row, column } => {
                ("table-formula", vec![("row", row.to_string()), ("column", column.clone())])
            }
        }
    }
}

/// Reads a table from the bytes of a file: a workbook by its first bytes, a list of JSON by its bracket, anything else
/// as separated text.
///
/// ```
/// let table = permit_table::read("latin;birth\r\nNAMGUNG HANUL;1931-04-02\r\n".as_bytes())?;
/// assert_eq!(table.columns, ["latin", "birth"]);
/// assert_eq!((table.rows[0].number, &*table.rows[0].cells[1]), (2, "1931-04-02"));
/// # Ok::<(), permit_table::Unread>(())
/// ```
///
/// # Errors
///
/// What it is not, and where.
pub fn read(bytes: &[u8]) -> Result<Table, Unread> {
    match bytes {
        // APPNOTE.TXT 4.3.7; [MS-CFB] 2.2.
        [b'P', b'K', 3, 4, ..] => workbook::read(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(Unread::OldWorkbook),
        _ => match bytes.strip_prefix(MARK).unwrap_or(bytes).trim_ascii_start() {
            list @ [b'[', ..] => objects::read(list),
            _ => separated::read(bytes),
        },
    }
}

/// Puts names over rows: empty rows go, and nothing stands beside them.
fn table(rows: impl IntoIterator<Item = Row>, form: Form) -> Result<Table, Unread> {
    let says = |row: &Row| row.cells.iter().any(|cell| !cell.is_empty());
    let mut rows = rows.into_iter().filter(says);
    let mut columns = rows.next().ok_or(Unread::Empty)?.cells;
    columns.truncate(columns.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1));
    if columns.len() > MOST_COLUMNS {
        return Err(Unread::TooMuch { what: Much::Columns, most: MOST_COLUMNS });
    }
    let twice = |(at, name): (usize, &String)| !name.is_empty() && columns[..at].contains(name);
    if let Some(at) = (0..columns.len()).find(|at| twice((*at, &columns[*at]))) {
        return Err(Unread::Twice(columns.swap_remove(at)));
    }
    let mut taken = Vec::new();
    for mut row in rows {
        let named = |at: usize| columns.get(at).is_some_and(|name| !name.is_empty());
        if let Some(at) = (0..row.cells.len()).find(|at| !row.cells[*at].is_empty() && !named(*at))
        {
            return Err(Unread::Nameless { column: letters(at), row: row.number });
        }
        if taken.len() == MOST_ROWS {
            return Err(Unread::TooMuch { what: Much::Rows, most: MOST_ROWS });
        }
        row.cells.resize(columns.len(), String::new());
        taken.push(row);
    }
    // A column without a name has nothing in it.
    let kept: Vec<bool> = columns.iter().map(|name| !name.is_empty()).collect();
    let keep = |cells: &mut Vec<String>| {
        let mut kept = kept.iter();
        cells.retain(|_| kept.next().copied().unwrap_or_default());
    };
    keep(&mut columns);
    taken.iter_mut().for_each(|row| keep(&mut row.cells));
    Ok(Table { columns, rows: taken, form })
}

/// A column's letters in a spreadsheet: A, B … Z, AA.
fn letters(column: usize) -> String {
    let (before, last) = (column / 26, column % 26);
    let head = before.checked_sub(1).map(letters).unwrap_or_default();
    let last = u8::try_from(last).unwrap_or_default();
    format!("{head}{}", char::from(b'A' + last))
}
