//! Workbooks (ECMA-376, XLSX), written by `rust_xlsxwriter`.

use rust_xlsxwriter::{DataValidation, Format, Note, Workbook, Worksheet, XlsxError as Unwritten};

/// A column of a table that is to be filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name, in the first row.
    pub name: String,
    /// What is shown beside the name, and is no cell.
    pub note: String,
    /// The values that are offered; none, where anything may be written.
    pub choices: Vec<&'static str>,
}

/// A workbook of one sheet: names of columns, in bold and always in sight, and rows. Every cell is a text, so that a
/// spreadsheet takes none for a formula and none for another date.
///
/// # Errors
///
/// A sheet's name or a text that a workbook cannot have.
pub fn write(sheet: &str, columns: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, Unwritten> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), sheet, columns, rows)?;
    book.save_to_buffer()
}

/// A workbook of one sheet that is to be filled in: names of columns, each with its note and the values it offers.
///
/// # Errors
///
/// As [`write()`]; values that are too long together.
pub fn write_empty(sheet: &str, columns: &[Column]) -> Result<Vec<u8>, Unwritten> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    fill(page, sheet, &names, &[])?;
    for (at, column) in (0_u16..).zip(columns) {
        // Without an author's name in it, and wide enough for a sentence.
        let note = Note::new(&column.note).add_author_prefix(false).set_width(320);
        page.insert_note(0, at, &note)?;
        if !column.choices.is_empty() {
            let offered = DataValidation::new().allow_list_strings(&column.choices)?;
            page.add_data_validation(1, at, OFFERED, at, &offered)?;
        }
    }
    book.save_to_buffer()
}

fn fill(
    page: &mut Worksheet,
    sheet: &str,
    columns: &[String],
    rows: &[Vec<String>],
) -> Result<(), Unwritten> {
    let (bold, plain) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    page.set_name(sheet)?;
    page.set_freeze_panes(1, 0)?;
    let head = core::iter::once((columns, &bold));
    let all = head.chain(rows.iter().map(|row| (row.as_slice(), &plain)));
    for (row, (cells, format)) in (0_u32..).zip(all) {
        for (column, cell) in (0_u16..).zip(cells) {
            page.write_string_with_format(row, column, cell, format)?;
        }
    }
    for (column, name) in (0_u16..).zip(columns) {
        page.set_column_format(column, &plain)?;
        // Characters: enough for a name or a date.
        page.set_column_width(column, name.chars().count().max(12) as f64)?;
    }
    Ok(())
}

/// The last row, counted from 0, in which values are offered: chosen, as many rows as a batch is likely to have.
const OFFERED: u32 = 1000;
