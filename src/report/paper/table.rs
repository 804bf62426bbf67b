//! A table over pages: its head on each, a row on one where there is room.

use permit_card::{Style, text};
use permit_words::clean;

use super::{
    SMALL, Unprinted,
    sheet::{BOTTOM, LEFT, Sheet, TOP, WIDE},
};
use crate::drawing::{Ink, LINE, deep};

/// Between columns, and round a row.
const GAP: f64 = 3.0;
const PAD: f64 = 1.0;
/// What a cell may take on one line, and what a word of it may before it is broken (chosen: a third of the page, and what
/// lets eleven columns stand side by side).
const MOST: f64 = 60.0;
const WORD: f64 = 30.0;
/// Ems that a column's name is given at least, and those that it may ask for (chosen: three and seven Han letters).
const HEAD: (f64, f64) = (3.0, 7.0);
/// A table is widened by so much at most, and to the page's width (chosen).
const WIDENED: f64 = 1.7;

/// A column.
struct Column {
    /// From the left edge of the table.
    x: f64,
    wide: f64,
    /// Numbers end where the column does.
    number: bool,
}

/// The rows with the names of their columns above them.
pub(super) fn print(
    names: &[String],
    rows: &[Vec<String>],
    sheet: &mut Sheet<'_>,
) -> Result<(), Unprinted> {
    let columns = columns(names, rows, sheet)?;
    let wide = columns.last().map_or(0.0, |it| it.x + it.wide);
    let head = set(names, &columns, Style::SansBold, sheet)?;
    let high = high(&head) + 2.0 * PAD;
    sheet.room(high + 8.0);
    above(&head, &columns, wide, sheet)?;
    for row in rows {
        let mut cells = set(row, &columns, Style::Sans, sheet)?;
        if sheet.room(self::high(&cells) + 2.0 * PAD) {
            above(&head, &columns, wide, sheet)?;
        }
        // A row that no page has room for goes on over the next ones.
        let fits = ((BOTTOM - TOP - high - 2.0 * PAD) / (SMALL * LINE)).floor().max(1.0);
        let fits = (1..=1000_u16).take_while(|it| f64::from(*it) <= fits).count().max(1);
        while cells.iter().any(|lines| lines.len() > fits) {
            let rest = cells.iter_mut().map(|it| it.split_off(it.len().min(fits))).collect();
            line(&cells, &columns, (Style::Sans, Ink::Text), sheet)?;
            cells = rest;
            sheet.room(BOTTOM - TOP);
            above(&head, &columns, wide, sheet)?;
        }
        line(&cells, &columns, (Style::Sans, Ink::Text), sheet)?;
        sheet.rule((Ink::Line, 0.15), (LEFT, wide));
    }
    Ok(())
}

/// The head, here.
fn above(
    head: &[Vec<String>],
    columns: &[Column],
    wide: f64,
    sheet: &mut Sheet<'_>,
) -> Result<(), char> {
    line(head, columns, (Style::SansBold, Ink::Soft), sheet)?;
    sheet.rule((Ink::Text, 0.35), (LEFT, wide));
    sheet.y += 0.35;
    Ok(())
}

/// Cells side by side, here.
fn line(
    cells: &[Vec<String>],
    columns: &[Column],
    (style, ink): (Style, Ink),
    sheet: &mut Sheet<'_>,
) -> Result<(), char> {
    let top = sheet.y + PAD;
    for ((at, lines), column) in cells.iter().enumerate().zip(columns) {
        // What a row is about stands out.
        let style = if at == 0 { Style::SansBold } else { style };
        sheet.y = top;
        for said in lines {
            let wide = text::width(said, style, 0.0, sheet.fonts)? * SMALL;
            let spare = if column.number { column.wide - wide } else { 0.0 };
            let at = (LEFT + column.x + spare, sheet.y);
            sheet.line(said, at, (style, SMALL, ink))?;
            sheet.y += SMALL * LINE;
        }
    }
    sheet.y = top + high(cells) + PAD;
    Ok(())
}

/// Cells as lines of their columns' widths.
fn set(
    cells: &[String],
    columns: &[Column],
    style: Style,
    sheet: &Sheet<'_>,
) -> Result<Vec<Vec<String>>, char> {
    let each = cells.iter().enumerate().zip(columns).map(|((at, said), column)| {
        let style = if at == 0 { Style::SansBold } else { style };
        sheet.set(said, column.wide, (style, SMALL))
    });
    each.collect()
}

fn high(cells: &[Vec<String>]) -> f64 {
    deep(cells.iter().map(Vec::len).max().unwrap_or_default().max(1), SMALL)
}

/// How wide each column is: what its cells take on one line where there is room for all, else shared by what each has
/// over its longest word.
fn columns(names: &[String], rows: &[Vec<String>], sheet: &Sheet<'_>) -> Result<Vec<Column>, char> {
    let mut least = Vec::new();
    let mut whole = Vec::new();
    for (at, name) in names.iter().enumerate() {
        // Han could be broken after each letter: a head is not.
        let name = clean(name);
        let head = text::width(&name, Style::SansBold, 0.0, sheet.fonts)?;
        let word = text::least(&name, Style::SansBold, sheet.fonts)?;
        let (mut word, mut line) = (word.max(head.min(HEAD.0)), word.max(head.min(HEAD.1)));
        for cell in rows.iter().filter_map(|row| row.get(at)) {
            let cell = clean(cell);
            word = f64::max(word, text::least(&cell, Style::SansBold, sheet.fonts)?);
            line = f64::max(line, text::width(&cell, Style::SansBold, 0.0, sheet.fonts)?);
        }
        // A hair more than it takes: a line that just fits is not broken by rounding.
        let word = (word * SMALL + 0.01).min(WORD);
        least.push(word);
        whole.push((line * SMALL + 0.01).clamp(word, MOST));
    }
    let gaps = GAP * u32::try_from(names.len().saturating_sub(1)).map_or(0.0, f64::from);
    let room = WIDE - gaps;
    let (sum, most) = (least.iter().sum::<f64>(), whole.iter().sum::<f64>());
    let share = |least: f64, whole: f64| {
        if most <= room {
            whole * (room / most).min(WIDENED)
        } else if sum >= room {
            least * room / sum
        } else {
            least + (room - sum) * (whole - least) / (most - sum)
        }
    };
    let mut x = 0.0;
    let mut columns = Vec::new();
    for (at, (least, whole)) in least.into_iter().zip(whole).enumerate() {
        let wide = share(least, whole);
        let number = at > 0 && is_number(rows.iter().filter_map(|row| row.get(at)));
        columns.push(Column { x, wide, number });
        x += wide + GAP;
    }
    Ok(columns)
}

/// Cells that are numbers, or words in place of one.
fn is_number<'c>(mut cells: impl Iterator<Item = &'c String> + Clone) -> bool {
    let number = |cell: &String| {
        cell.bytes().all(|it| it.is_ascii_digit() || it == b'.') && !cell.is_empty()
    };
    cells.clone().any(number)
        && cells.all(|it| number(it) || !it.bytes().any(|it| it.is_ascii_digit()))
}
