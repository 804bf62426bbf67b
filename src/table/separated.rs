//! Cells parted by a character (RFC 4180, and what spreadsheets make of it).

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::{Form, MOST_ROWS, Much, Row, Table, Unread, encoding, table};

/// What may part cells: in Europe's settings Excel writes semicolons, and "Unicode text" has tabs.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Unread> {
    let (text, encoding) = encoding::decode(bytes)?;
    let (told, text, above) = hint(&text);
    let separator = told.unwrap_or_else(|| guess(text));
    let rows = rows(text, separator, above)?;
    table(rows, Form::Separated { encoding, separator: char::from(separator) })
}

/// CSV (RFC 4180) in UTF-8 with its mark, so that a spreadsheet takes it for that. A cell that would be taken for a formula
/// has an apostrophe before it.
#[must_use]
pub fn separated(columns: &[String], rows: &[Vec<String>]) -> Vec<u8> {
    let quoted = |cell: &String| {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let cell = cell.replace('"', "\"\"");
        format!("\"{}{cell}\"", if formula { "'" } else { "" })
    };
    let line = |cells: &[String]| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
    let rows = rows.iter().map(|row| line(row)).collect::<String>();
    format!("\u{feff}{}{rows}", line(columns)).into_bytes()
}

/// Excel's own line `sep=;`, and how many rows are above what follows.
fn hint(text: &str) -> (Option<u8>, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = first.trim_end().strip_prefix("sep=").map(str::as_bytes);
    match told {
        Some([separator]) if SEPARATORS.contains(separator) => (Some(*separator), rest, 1),
        Some([]) if first.trim_end_matches('\r').ends_with('\t') => (Some(b'\t'), rest, 1),
        _ => (None, text, 0),
    }
}

/// The one that parts the names of columns into most.
fn guess(text: &str) -> u8 {
    let parts = |separator: u8| {
        let first = reader(text, separator).records().flatten().next();
        first.map_or(0, |record| record.iter().filter(|cell| !cell.is_empty()).count())
    };
    // The first of several that part it into as many is the usual one.
    SEPARATORS.into_iter().rev().max_by_key(|separator| parts(*separator)).unwrap_or(b',')
}

fn rows(text: &str, separator: u8, above: usize) -> Result<Vec<Row>, Unread> {
    let mut rows = Vec::new();
    let mut reader = reader(text, separator);
    let mut record = StringRecord::new();
    let end = if text.contains('\n') { '\n' } else { '\r' };
    // Line ends before a record: those within cells are no rows of their own.
    let (mut ends, mut within, mut from) = (above, 0, 0);
    while reader.read_record(&mut record).map_err(|_| Unread::Encoding)? {
        // The reader stands at what is left of the line before.
        let at = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let rest = text.get(at..).unwrap_or_default();
        let start = at + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        ends += text.get(from..start).unwrap_or_default().matches(end).count();
        from = start;
        if rows.len() > MOST_ROWS {
            return Err(Unread::TooMuch { what: Much::Rows, most: MOST_ROWS });
        }
        let cells = record.iter().map(|cell| cell.trim().to_owned()).collect();
        rows.push(Row { number: ends - within + 1, cells });
        within += record.iter().map(|cell| cell.matches(end).count()).sum::<usize>();
    }
    closed(text, separator, &rows).map(|()| rows)
}

/// Whether the last quotation mark that opened was closed: an open one takes the rest of the file into one cell, and
/// nothing says so.
fn closed(text: &str, separator: u8, rows: &[Row]) -> Result<(), Unread> {
    // One more row after it is a row of its own, unless a cell is still open.
    let probe = format!("{}\n{PROBE}\n", text.trim_end_matches(['\r', '\n']));
    let last = reader(&probe, separator).into_records().flatten().last();
    if last.is_some_and(|record| record.get(0) == Some(PROBE)) {
        return Ok(());
    }
    Err(Unread::Quotes { row: rows.last().map_or(1, |row| row.number) })
}

const PROBE: &str = "-";

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).trim(Trim::None).delimiter(separator);
    builder.from_reader(text.as_bytes())
}
