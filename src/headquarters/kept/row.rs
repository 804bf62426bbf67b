//! Rows of the tables to values and back.

use permit_core::{Checkpoint, Direction, Side};
use permit_journal::Terminal;
use permit_store::{Cell, Row};

use crate::Failed;

/// A terminal as one number: side, then number.
pub(crate) const fn terminal(terminal: Terminal) -> i64 {
    ((terminal.side as i64) << 16) | terminal.number as i64
}

/// The terminal of a number.
pub(crate) fn terminal_of(code: i64) -> Result<Terminal, Failed> {
    let side = if code >> 16 == 0 { Side::A } else { Side::B };
    let number = u16::try_from(code & 0xffff).map_err(|_| Failed::Row)?;
    Ok(Terminal { side, number })
}

/// Bits of a sequence in an id.
const SEQUENCE: u32 = 46;

/// A terminal's record as one number, and none for a sequence that no terminal reaches: 2⁴⁶ records.
pub(crate) fn id(of: Terminal, sequence: u64) -> Result<i64, Failed> {
    let sequence = i64::try_from(sequence).ok().filter(|it| *it < 1 << SEQUENCE);
    sequence.map(|sequence| (terminal(of) << SEQUENCE) | sequence).ok_or(Failed::Sequence)
}

/// The least id of a terminal's number.
pub(crate) const fn least_id(terminal: i64) -> i64 {
    terminal << SEQUENCE
}

/// The terminal and the sequence of an id.
pub(crate) fn of_id(id: i64) -> Result<(Terminal, u64), Failed> {
    let sequence = u64::try_from(id & ((1 << SEQUENCE) - 1)).map_err(|_| Failed::Row)?;
    Ok((terminal_of(id >> SEQUENCE)?, sequence))
}

/// A checkpoint as one number: crossing, side, way.
pub(crate) const fn place(checkpoint: &Checkpoint) -> i64 {
    ((checkpoint.crossing as i64) << 2)
        | ((checkpoint.side as i64) << 1)
        | checkpoint.direction as i64
}

/// The checkpoint of a number.
pub(crate) fn place_of(code: i64) -> Result<Checkpoint, Failed> {
    let crossing = u16::try_from(code >> 2).map_err(|_| Failed::Row)?;
    let side = if code & 2 == 0 { Side::A } else { Side::B };
    let direction = if code & 1 == 0 { Direction::Entry } else { Direction::Exit };
    Ok(Checkpoint { crossing, side, direction })
}

/// A side of a number.
pub(crate) const fn side_of(code: i64) -> Side {
    if code == 0 { Side::A } else { Side::B }
}

/// The whole number in a column.
pub(crate) fn whole(row: &Row, column: usize) -> Result<i64, Failed> {
    match row.get(column) {
        Some(Cell::Whole(number)) => Ok(*number),
        _ => Err(Failed::Row),
    }
}

/// A whole number that is never below nothing.
pub(crate) fn count(row: &Row, column: usize) -> Result<u64, Failed> {
    u64::try_from(whole(row, column)?).map_err(|_| Failed::Row)
}

/// The bytes in a column.
pub(crate) fn bytes(row: &Row, column: usize) -> Result<&[u8], Failed> {
    match row.get(column) {
        Some(Cell::Bytes(bytes)) => Ok(bytes),
        _ => Err(Failed::Row),
    }
}

/// So many bytes in a column.
pub(crate) fn exactly<const N: usize>(row: &Row, column: usize) -> Result<[u8; N], Failed> {
    bytes(row, column)?.try_into().map_err(|_| Failed::Row)
}

/// A number that a database can hold.
pub(crate) fn cell(number: u64) -> Cell {
    Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
}
