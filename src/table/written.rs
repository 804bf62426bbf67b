//! Workbooks (ECMA-376, XLSX), written by `rust_xlsxwriter`.

use rust_xlsxwriter::{Format, Workbook, XlsxError as Unwritten};

/// A workbook of one sheet: names of columns, in bold and always in sight, and rows. Every cell is a text, so that a
/// spreadsheet takes none for a formula and none for another date.
///
/// # Errors
///
/// A sheet's name or a text that a workbook cannot have.
pub fn write(sheet: &str, columns: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, Unwritten> {
    let mut book = Workbook::new();
    let (bold, plain) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let page = book.add_worksheet();
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
    book.save_to_buffer()
}
