//! Text as lines: where a line may end, how wide it is, and what it is in SVG.
//!
//! Whoever draws beside the cards (reports) sets text by the same faces: one family draws a whole run, and a character
//! that none has is told, never left out.

use core::fmt::Write as _;

use crate::face::{Faces, Script, Style, Typeface, runs};

/// Where a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    /// Between languages, and between the items of a list.
    Part,
    /// Between words, and between Han.
    Word,
    /// Anywhere.
    Anywhere,
}

/// A text as lines no wider than `room` ems. They break between words and between Han or Hangul; inside a word only where
/// it alone is wider. Nothing is cut.
///
/// # Errors
///
/// A character that no face has.
pub fn lines(text: &str, room: f64, style: Style, faces: &dyn Faces) -> Result<Vec<String>, char> {
    let mut lines = vec![String::new()];
    for word in atoms(text, Break::Word) {
        let whole = width(trimmed(word), style, 0.0, faces)? <= room;
        let pieces = if whole { vec![word] } else { atoms(word, Break::Anywhere) };
        for piece in pieces {
            let last = lines.last().map_or_else(String::new, |line| format!("{line}{piece}"));
            let fits = width(trimmed(&last), style, 0.0, faces)? <= room;
            match lines.last_mut() {
                Some(line) if fits || line.is_empty() => *line = last,
                _ => lines.push(piece.to_owned()),
            }
        }
    }
    lines.iter_mut().for_each(|line| line.truncate(trimmed(line).len()));
    lines.retain(|line| !line.is_empty());
    Ok(lines)
}

/// Ems of the widest piece of a text that no line is broken in.
///
/// # Errors
///
/// A character that no face has.
pub fn least(text: &str, style: Style, faces: &dyn Faces) -> Result<f64, char> {
    let widths = atoms(text, Break::Word).into_iter();
    widths
        .map(|word| width(trimmed(word), style, 0.0, faces))
        .try_fold(0.0, |most: f64, it| Ok(most.max(it?)))
}

/// Ems of a text on one line, with `spacing` ems after each character.
///
/// # Errors
///
/// A character that no face has.
pub fn width(text: &str, style: Style, spacing: f64, faces: &dyn Faces) -> Result<f64, char> {
    let mut ems = 0.0;
    for (script, run) in runs(text) {
        let face = faces.face(style, script, run)?;
        ems += run.chars().map(|c| faces.advance(face, c) + spacing).sum::<f64>();
    }
    Ok(ems)
}

/// The end of a `text` element whose other attributes stand already: its family, the line, the closing tag.
///
/// # Errors
///
/// A character that no face has.
pub fn close(out: &mut String, line: &str, style: Style, faces: &dyn Faces) -> Result<(), char> {
    let runs = runs(line);
    let face = |(script, run): &(Script, &str)| -> Result<Typeface, char> {
        faces.face(style, *script, run)
    };
    if let [only] = runs[..] {
        let family = faces.family(face(&only)?);
        let _ = write!(out, " font-family=\"{family}\" xml:space=\"preserve\">");
        escape(out, only.1);
    } else {
        out.push_str(" xml:space=\"preserve\">");
        for run in &runs {
            let family = faces.family(face(run)?);
            let lang = if run.0 == Script::Hangul { "ko" } else { "zh" };
            let _ = write!(out, "<tspan font-family=\"{family}\" xml:lang=\"{lang}\">");
            escape(out, run.1);
            out.push_str("</tspan>");
        }
    }
    out.push_str("</text>");
    Ok(())
}

/// Text as XML holds it.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// A line without the space and the stroke that it ends with.
pub(crate) fn trimmed(line: &str) -> &str {
    let line = line.trim_end();
    line.strip_suffix(" /").unwrap_or(line)
}

/// Pieces that a line may end after.
pub(crate) fn atoms(text: &str, breaks: Break) -> Vec<&str> {
    let mut atoms = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let part = c == ' ' && matches!(before, '/' | ';');
        // The stroke between two languages goes with the first of them.
        let word = c == ' ' && next != Some('/')
            || c == '-' && next.is_some_and(char::is_alphabetic)
            || han(c) && next.is_some_and(|next| han(next) && !closes(next))
            || ends(c);
        if match breaks {
            Break::Part => part,
            Break::Word => part || word,
            Break::Anywhere => true,
        } {
            atoms.push(&text[start..end]);
            start = end;
        }
        before = c;
    }
    if start < text.len() {
        atoms.push(&text[start..]);
    }
    atoms
}

/// Written without spaces between words; Hangul has them.
const fn han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..)
}

const fn ends(c: char) -> bool {
    matches!(c, '。' | '？' | '！')
}

/// What no line begins with.
const fn closes(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '？' | '！' | '；' | '：' | '）' | '》')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::Assumed;

    #[test]
    fn r19_no_line_is_wider_and_nothing_is_cut() {
        let room = 8.0;
        for text in [
            "Changbai Korean Autonomous County",
            "长白朝鲜族自治县、延吉市。",
            "장백조선족자치현의 공안국",
            "WWWWWWWWWWWWWWWWWWWWWWWW",
            "",
        ] {
            let lines = lines(text, room, Style::SansBold, &Assumed).unwrap();
            for line in &lines {
                assert!(width(line, Style::SansBold, 0.0, &Assumed).unwrap() <= room, "{line}");
            }
            let told: String = lines.concat().split(' ').collect();
            assert_eq!(told, text.split(' ').collect::<String>());
        }
    }

    #[test]
    fn markup_is_text() {
        let mut out = String::new();
        escape(&mut out, "A<B>&\"\u{1b}");
        assert_eq!(out, "A&lt;B&gt;&amp;&quot;\u{fffd}");
    }
}
