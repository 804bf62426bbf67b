//! Text fitted into a place: smaller, or on more lines, never cut.
//!
//! The fewest lines win unless they would make the type much smaller. Lines break between words and between Han or
//! Hangul; inside a Latin word only where nothing else fits. What does not fit at the smallest type is said so.

use core::fmt::Write as _;

use crate::face::{Faces, Style};
use crate::line::Area;
use crate::text::{self, Break, atoms, trimmed};

/// How a place wants its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    pub(crate) style: Style,
    /// The largest type, in millimetres.
    pub(crate) size: f64,
    /// The smallest.
    pub(crate) least: f64,
    pub(crate) lines: usize,
    /// 0 at the start, 0.5 in the middle, 1 at the end.
    pub(crate) across: f64,
    /// The same, from the top.
    pub(crate) down: f64,
    /// Between characters, in ems.
    pub(crate) spacing: f64,
    pub(crate) fill: String,
}

/// A text that fits.
#[derive(Debug)]
pub(crate) struct Fitted {
    pub(crate) size: f64,
    lines: Vec<String>,
}

/// Why a text is not set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Misfit {
    /// No face has this character.
    Glyph(char),
    /// It is that many times too large at the smallest type.
    Room,
}

/// The first of several ways to say something that fits.
pub(crate) fn fit(
    says: &[String],
    area: &Area,
    set: &Setting,
    faces: &dyn Faces,
) -> Result<Fitted, Misfit> {
    let mut misfit = Misfit::Room;
    for said in says {
        match one(said, area, set, faces) {
            Ok(fitted) => return Ok(fitted),
            Err(why) => misfit = why,
        }
        // What has no glyph has none in a shorter form either: its reader must know.
        if matches!(misfit, Misfit::Glyph(_)) {
            break;
        }
    }
    Err(misfit)
}

fn one(said: &str, area: &Area, set: &Setting, faces: &dyn Faces) -> Result<Fitted, Misfit> {
    let mut best: Option<Fitted> = None;
    for breaks in [Break::Part, Break::Word, Break::Anywhere] {
        let atoms = atoms(said, breaks);
        for lines in 1..=set.lines {
            let Some(fitted) = sized(&atoms, lines, area, set, faces)? else { continue };
            if fitted.size >= set.size * GOOD {
                return Ok(fitted);
            }
            if best.as_ref().is_none_or(|best| best.size < fitted.size) {
                best = Some(fitted);
            }
        }
        // Smaller type is better than a line that ends in the wrong place.
        if best.as_ref().is_some_and(|best| best.size >= set.size * ENOUGH) {
            break;
        }
    }
    best.ok_or(Misfit::Room)
}

/// The largest type at which the atoms take no more than so many lines.
fn sized(
    atoms: &[&str],
    lines: usize,
    area: &Area,
    set: &Setting,
    faces: &dyn Faces,
) -> Result<Option<Fitted>, Misfit> {
    let deep = area.height / (LINE * count(lines - 1) + 1.0);
    let mut size = set.size.min(deep);
    while size >= set.least - 1e-9 {
        let wrapped = wrap(atoms, area.width / size, set, faces)?;
        if let Some(wrapped) = wrapped.filter(|wrapped| wrapped.len() <= lines) {
            return Ok(Some(Fitted { size, lines: wrapped }));
        }
        let next = size * STEP;
        size = if size > set.least && next < set.least { set.least } else { next };
    }
    Ok(None)
}

/// Lines no wider than `room` ems; none where an atom alone is wider.
fn wrap(
    atoms: &[&str],
    room: f64,
    set: &Setting,
    faces: &dyn Faces,
) -> Result<Option<Vec<String>>, Misfit> {
    let mut lines = vec![String::new()];
    for atom in atoms {
        let last = lines.last_mut().map_or_else(String::new, |line| format!("{line}{atom}"));
        if width(trimmed(&last), set, faces)? <= room {
            if let Some(line) = lines.last_mut() {
                *line = last;
            }
            continue;
        }
        if width(trimmed(atom), set, faces)? > room {
            return Ok(None);
        }
        lines.push((*atom).to_owned());
    }
    let lines = lines.iter().map(|line| trimmed(line).to_owned());
    Ok(Some(lines.filter(|line| !line.is_empty()).collect()))
}

/// Ems of a text on one line.
fn width(line: &str, set: &Setting, faces: &dyn Faces) -> Result<f64, Misfit> {
    text::width(line, set.style, set.spacing, faces).map_err(Misfit::Glyph)
}

impl Fitted {
    /// As SVG text, a line each.
    pub(crate) fn draw(
        &self,
        out: &mut String,
        area: &Area,
        set: &Setting,
        faces: &dyn Faces,
    ) -> Result<(), Misfit> {
        let deep = self.size * (LINE * count(self.lines.len().saturating_sub(1)) + 1.0);
        let top = area.y + (area.height - deep).max(0.0) * set.down;
        for (number, line) in self.lines.iter().enumerate() {
            let y = top + self.size * (ASCENT + LINE * count(number));
            let wide = width(line, set, faces)? * self.size;
            let x = area.x + (area.width - wide) * set.across;
            let size = self.size;
            let _ = write!(out, "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\"");
            let _ = write!(out, " font-weight=\"{}\" fill=\"{}\"", set.style.weight(), set.fill);
            if set.spacing > 0.0 {
                let _ = write!(out, " letter-spacing=\"{:.3}\"", set.spacing * size);
            }
            // A browser may take a wider face than the one measured.
            if !faces.is_exact() && wide > area.width * FULL {
                let _ = write!(out, " textLength=\"{wide:.2}\" lengthAdjust=\"spacingAndGlyphs\"");
            }
            text::close(out, line, set.style, faces).map_err(Misfit::Glyph)?;
        }
        Ok(())
    }
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

/// From line to line, in ems; chosen.
const LINE: f64 = 1.2;
/// From the top of a line to where it stands, in ems: the typographic ascender of Noto CJK.
const ASCENT: f64 = 0.88;
/// A smaller type is tried in such steps; chosen.
const STEP: f64 = 0.96;
/// Type that is not smaller than this share of the largest is not worth another line; chosen.
const GOOD: f64 = 0.8;
/// Type of that share is not worth a line that ends inside a part or a word; chosen.
const ENOUGH: f64 = 0.68;
/// A line that takes more than this share of its place is told its length; chosen.
const FULL: f64 = 0.85;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::Assumed;

    fn set(size: f64, least: f64, lines: usize) -> Setting {
        let (across, down, spacing, fill) = (0.0, 0.0, 0.0, "#000".to_owned());
        Setting { style: Style::Sans, size, least, lines, across, down, spacing, fill }
    }

    fn lines(
        text: &str,
        (width, height): (f64, f64),
        set: &Setting,
    ) -> Result<Vec<String>, Misfit> {
        let area = Area { x: 0.0, y: 0.0, width, height };
        fit(&[text.to_owned()], &area, set, &Assumed).map(|fitted| fitted.lines)
    }

    #[test]
    fn r1_nothing_is_cut() {
        let all = |text: &str, room, set: &Setting| lines(text, room, set).unwrap().concat();
        let han = "一二三四五六七八九十一二三四五六七八九十";
        assert_eq!(all(han, (50.0, 7.0), &set(6.0, 1.6, 2)), han);
        let latin = "W".repeat(39);
        assert_eq!(all(&latin, (50.0, 5.0), &set(3.4, 1.6, 2)), latin);
        assert_eq!(lines(&latin, (20.0, 2.0), &set(3.4, 1.6, 1)), Err(Misfit::Room));
    }

    #[test]
    fn lines_break_where_people_break_them() {
        let set = set(2.0, 1.6, 3);
        assert_eq!(
            lines("延吉县 / 연길현 / Yanji County", (15.0, 9.0), &set).unwrap(),
            ["延吉县 / 연길현", "Yanji County"]
        );
        assert_eq!(
            lines("Namgung-Hanul Sol", (12.0, 9.0), &set).unwrap(),
            ["Namgung-", "Hanul Sol"]
        );
    }

    #[test]
    fn a_shorter_way_to_say_it() {
        let area = Area { x: 0.0, y: 0.0, width: 10.0, height: 2.0 };
        let says = ["延吉市 / 연길시 / Yanji".to_owned(), "延吉市".to_owned()];
        assert_eq!(fit(&says, &area, &set(2.0, 1.6, 1), &Assumed).unwrap().lines, ["延吉市"]);
    }
}
