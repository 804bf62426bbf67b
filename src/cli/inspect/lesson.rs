//! What is explained: parts with a title, and in them rows of an offset, bytes and words.
//!
//! The same lesson is printed for people and written as JSON for programs. It knows nothing about permits.

use permit_words::clean;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::output::{Line, Tone};
use crate::table::{Align, cell};
use crate::{Desk, Fault};

/// Everything that is explained of one thing.
#[derive(Debug, Default, Serialize)]
pub(super) struct Lesson {
    parts: Vec<Part>,
}

/// One layer.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    title: String,
    rows: Vec<Row>,
}

/// One line of it, or several where the bytes are many.
#[derive(Debug, Default, Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<usize>,
    #[serde(skip_serializing_if = "String::is_empty")]
    bytes: String,
    says: String,
    /// Here it stops.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    stop: bool,
    #[serde(skip)]
    look: Look,
}

/// How a row is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Look {
    /// Offset, bytes and words in columns, the words indented so deep.
    Columns(usize),
    /// Words alone, over the whole width.
    #[default]
    Words,
    /// As it is.
    Fixed,
}

impl Lesson {
    /// Begins the next layer.
    pub(super) fn part(&mut self, title: String) -> &mut Part {
        self.parts.push(Part { title, rows: Vec::new() });
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    /// Everything explained, as one text. For tests.
    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        let rows = self.parts.iter().flat_map(|part| {
            part.rows.iter().map(|row| format!("{:?} {} {}\n", row.at, row.bytes, row.says))
        });
        rows.collect()
    }

    /// Where it stopped, if it did. For tests.
    #[cfg(test)]
    pub(super) fn stops(&self) -> Vec<Option<usize>> {
        self.parts
            .iter()
            .flat_map(|part| &part.rows)
            .filter(|row| row.stop)
            .map(|row| row.at)
            .collect()
    }

    /// For people.
    pub(super) fn print(&self, desk: &Desk) -> Result<(), Fault> {
        for (number, part) in self.parts.iter().enumerate() {
            if number > 0 {
                desk.out.line(&Line::new())?;
            }
            desk.out.line(&Line::new().say(Tone::Strong, &part.title))?;
            part.rows.iter().try_for_each(|row| row.print(desk))?;
        }
        Ok(())
    }
}

impl Part {
    /// Words.
    pub(super) fn say(&mut self, says: String) -> &mut Self {
        self.rows.push(Row { says, ..Row::default() });
        self
    }

    /// A line that is printed as it is, such as a part of a text with its offset.
    pub(super) fn fixed(&mut self, at: Option<usize>, says: String) -> &mut Self {
        self.rows.push(Row { at, says, look: Look::Fixed, ..Row::default() });
        self
    }

    /// Bytes at an offset, and what they are.
    pub(super) fn bytes(
        &mut self,
        at: usize,
        bytes: &[u8],
        deep: usize,
        says: String,
    ) -> &mut Self {
        self.rows.push(Row {
            at: Some(at),
            bytes: hex(bytes),
            says,
            stop: false,
            look: Look::Columns(deep),
        });
        self
    }

    /// The byte at which it stops, and why.
    pub(super) fn stop(&mut self, at: usize, bytes: &[u8], says: String) -> &mut Self {
        self.rows.push(Row {
            at: Some(at),
            bytes: hex(bytes),
            says,
            stop: true,
            look: Look::Columns(0),
        });
        self
    }
}

impl Row {
    fn print(&self, desk: &Desk) -> Result<(), Fault> {
        match self.look {
            Look::Words => folded(&self.says, WIDTH - 2)
                .iter()
                .try_for_each(|line| desk.out.line(&Line::new().plain("  ").plain(line))),
            Look::Fixed => {
                let at = self.at.map(|at| at.to_string()).unwrap_or_default();
                let line = Line::new().say(Tone::Faint, &cell(&at, OFFSET, Align::Right));
                desk.out.line(&line.plain("  ").plain(&self.says))
            }
            Look::Columns(deep) => self.columns(2 * deep, desk),
        }
    }

    fn columns(&self, indent: usize, desk: &Desk) -> Result<(), Fault> {
        let bytes = rows_of(&self.bytes);
        let says = folded(&self.says, WIDTH - OFFSET - HEX - 4 - indent);
        for number in 0..bytes.len().max(says.len()).max(1) {
            let at = self.at.filter(|_| number == 0).map(|at| at.to_string()).unwrap_or_default();
            let hex = bytes.get(number).map_or("", String::as_str);
            let words = says.get(number).map_or("", String::as_str);
            let arrow = if self.stop && number == 0 { "→" } else { " " };
            let at = cell(&at, OFFSET, Align::Right);
            let text = format!("{}{words}", " ".repeat(indent));
            let hex = cell(hex, HEX, Align::Left);
            let line = if self.stop {
                Line::new().say(Tone::Bad, format!("{at}{arrow} {hex}  {text}").trim_end())
            } else {
                Line::new().say(Tone::Faint, &at).plain(format!("  {hex}  {text}").trim_end())
            };
            desk.out.line(&line)?;
        }
        Ok(())
    }
}

/// Hexadecimal digits; what is very long is cut, with its length.
pub(super) fn hex(bytes: &[u8]) -> String {
    let shown = if bytes.len() > LONG { &bytes[..LONG - IN_A_ROW] } else { bytes };
    let mut text = crate::bundle::hex(shown);
    if shown.len() < bytes.len() {
        text.push_str(&format!("… ({})", bytes.len()));
    }
    text
}

/// Eight bytes a line, with spaces; what follows the digits stands on a line of its own.
fn rows_of(hex: &str) -> Vec<String> {
    let digits = hex.bytes().take_while(u8::is_ascii_hexdigit).count();
    let (digits, rest) = hex.split_at(digits);
    let pairs: Vec<&str> =
        (0..digits.len() / 2).filter_map(|pair| digits.get(2 * pair..2 * pair + 2)).collect();
    let mut rows: Vec<String> = pairs.chunks(IN_A_ROW).map(|row| row.join(" ")).collect();
    if !rest.is_empty() {
        rows.push(rest.to_owned());
    }
    rows
}

/// Text in lines of at most so many cells, broken at spaces and, where there is none, between characters.
fn folded(text: &str, wide: usize) -> Vec<String> {
    let text = clean(text);
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_inclusive(' ') {
        if line.width() + word.trim_end().width() > wide
            && !line.is_empty()
            && word.trim_end().width() <= wide / 2
        {
            lines.push(core::mem::take(&mut line).trim_end().to_owned());
        }
        for c in word.chars() {
            if line.width() + c.width().unwrap_or(0) > wide && c != ' ' {
                lines.push(core::mem::take(&mut line).trim_end().to_owned());
            }
            line.push(c);
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

const WIDTH: usize = 100;
const OFFSET: usize = 6;
const IN_A_ROW: usize = 8;
const HEX: usize = 3 * IN_A_ROW - 1;
/// More bytes than a signature, an id and a name need are cut.
const LONG: usize = 96;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_asked() {
        for text in [
            "",
            "a",
            "ein Wort nach dem anderen, und so weiter",
            "没有空格的一句很长的话也要折行",
            "x".repeat(70).as_str(),
        ] {
            for wide in [8, 20, 33] {
                let lines = folded(text, wide);
                assert!(lines.iter().all(|line| line.width() <= wide), "{lines:?}");
                let kept: String = lines.concat().chars().filter(|c| *c != ' ').collect();
                assert_eq!(kept, text.replace(' ', ""));
            }
        }
    }

    #[test]
    fn bytes_in_rows() {
        assert_eq!(rows_of(&hex(&[0; 9])), ["00 00 00 00 00 00 00 00", "00"]);
        assert_eq!(rows_of(&hex(&[0xab; 97])).len(), 12);
        assert_eq!(rows_of(&hex(&[0xab; 97])).last().unwrap(), "… (97)");
        assert!(rows_of("").is_empty());
    }
}
