//! Workbooks: ECMA-376 (XLSX), read by calamine.

use std::io::{Cursor, Read as _, copy, sink};

use calamine::{Cell, DataRef, Reader as _, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::{Form, MOST_COLUMNS, MOST_ROWS, Much, Row, Table, Unread, letters, table};

/// The most bytes that a workbook may unpack to: chosen, 600 bytes for each of the most rows.
const UNPACKED: u64 = 64 * 1024 * 1024;

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Unread> {
    measure(bytes)?;
    let damaged = |error: XlsxError| Unread::Damaged(error.to_string());
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let shown = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
    let sheets = book.sheets_metadata().iter().filter(shown);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut found: Vec<(String, Vec<Row>)> = Vec::new();
    for name in names {
        let rows = rows(&mut book, &name)?;
        if !rows.is_empty() {
            found.push((name, rows));
        }
    }
    match <[_; 1]>::try_from(found) {
        Ok([(name, rows)]) => table(rows, Form::Sheet { name }),
        Err(none) if none.is_empty() => Err(Unread::Empty),
        Err(several) => Err(Unread::Sheets(several.into_iter().map(|(name, _)| name).collect())),
    }
}

/// What it unpacks to is counted, not believed.
fn measure(bytes: &[u8]) -> Result<(), Unread> {
    let damaged = |error: String| Unread::Damaged(error);
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(error.to_string()))?;
        let has = copy(&mut part.take(left + 1), &mut sink())
            .map_err(|error| damaged(error.to_string()))?;
        let most = usize::try_from(UNPACKED).unwrap_or(usize::MAX);
        left = left.checked_sub(has).ok_or(Unread::TooMuch { what: Much::Bytes, most })?;
    }
    Ok(())
}

/// Cells as they come: a cell far away in an empty sheet costs no more than itself.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<Row>, Unread> {
    let damaged = |error: XlsxError| Unread::Damaged(error.to_string());
    let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let text = text(&cell)?;
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (number, column) = (index(row) + 1, index(column));
        if column >= MOST_COLUMNS {
            return Err(Unread::TooMuch { what: Much::Columns, most: MOST_COLUMNS });
        }
        if rows.last().is_none_or(|last| last.number != number) {
            if rows.len() > MOST_ROWS {
                return Err(Unread::TooMuch { what: Much::Rows, most: MOST_ROWS });
            }
            rows.push(Row { number, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            last.cells.resize(last.cells.len().max(column + 1), String::new());
            last.cells[column] = text;
        }
    }
    Ok(rows)
}

fn text(cell: &Cell<DataRef<'_>>) -> Result<String, Unread> {
    let text = match cell.get_value() {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        // Shortest digits that give the same number: 1931, not 1931.0.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(is) => is.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) => {
            let (row, column) = cell.get_position();
            return Err(Unread::Formula { row: index(row) + 1, column: letters(index(column)) });
        }
    };
    Ok(text)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
