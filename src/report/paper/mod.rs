//! A report on paper: A4 pages with text that can be searched, as a PDF.
//!
//! Everything is set by the fonts that draw it. A character that none of them has stops the report and is named: nothing is
//! left out of what is told. A table goes over as many pages as it needs, its head on each; a row stays on one where there
//! is room. Under a demonstration's pages SPECIMEN is written across.

mod parts;
mod sheet;
mod table;

use core::fmt;

use permit_card::{
    Faces, Fonts, Script, Style, Typeface,
    pdf::{self, PdfError},
    text,
};
use permit_words::{Lang, Words};

use crate::{
    Bar, Report, Section,
    drawing::{Drawing, Ink, LINE, deep},
    schematic,
    shown::DEMO,
};
use sheet::{BOTTOM, LEFT, PAGE, Sheet, TOP, WIDE};

/// Why a report cannot be printed.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Unprinted {
    /// No font has this character.
    Glyph(char),
    /// The file cannot be written.
    Pdf(PdfError),
}

impl fmt::Display for Unprinted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glyph(c) => write!(f, "no font has {c} (U+{:04X})", u32::from(*c)),
            Self::Pdf(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Unprinted {}

impl From<char> for Unprinted {
    fn from(c: char) -> Self {
        Self::Glyph(c)
    }
}

/// Sizes of letters in millimetres: a title, a section, what is said, what stands small; numbers that are shown large
/// (chosen: 20, 13, 9, 8 and 18 points).
const TITLE: f64 = 7.0;
const SECTION: f64 = 4.6;
const SAID: f64 = 3.2;
const SMALL: f64 = 2.8;
const LARGE: f64 = 6.4;
/// The column of names in the block, of a bar's name, and the longest bar.
const NAMES: f64 = 46.0;
const BARRED: f64 = 62.0;
const BAR: f64 = 92.0;
/// A unit of a drawing: it is as wide as what is printed.
const UNIT: f64 = WIDE / schematic::WIDE;

/// Fonts for a text in Latin letters: marks that Chinese letters have as wide as themselves are those of the Korean ones.
#[derive(Debug)]
struct Latin<'f>(&'f Fonts);

impl Faces for Latin<'_> {
    fn face(&self, style: Style, script: Script, run: &str) -> Result<Typeface, char> {
        let han = run.chars().any(|c| c >= '\u{2e80}');
        let korean = (!han).then(|| self.0.face(style, Script::Hangul, run).ok()).flatten();
        korean.map_or_else(|| self.0.face(style, script, run), Ok)
    }

    fn advance(&self, face: Typeface, c: char) -> f64 {
        self.0.advance(face, c)
    }

    fn family(&self, face: Typeface) -> &str {
        self.0.family(face)
    }

    fn is_exact(&self) -> bool {
        true
    }
}

impl Report {
    /// As a PDF.
    ///
    /// # Errors
    ///
    /// A character that no font has.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>, Unprinted> {
        let latin = Latin(fonts);
        let faces: &dyn Faces = if self.lang == Lang::En { &latin } else { fonts };
        let mut sheet = Sheet::new(faces, self.demo);
        self.head(&mut sheet)?;
        self.figures(&mut sheet)?;
        for section in &self.sections {
            section.print(&mut sheet)?;
        }
        sheet.down(6.0);
        sheet.rule((Ink::Line, 0.2), (LEFT, WIDE));
        sheet.down(2.0);
        for note in &self.notes {
            sheet.paragraph(note, (LEFT, WIDE), (Style::Sans, SMALL, Ink::Soft))?;
        }
        let words = Words::new(self.lang);
        let own = self.block.first().map(|(name, said)| format!("{name} {said}"));
        let foot = [Some(self.title.clone()), own].into_iter().flatten().collect::<Vec<_>>();
        let numbered = |page: usize, pages: usize| {
            let values = [("page", page.into()), ("pages", pages.into())];
            words.with("situation-page", &values)
        };
        let pages = sheet.pages(&foot.join(" · "), numbered)?;
        let drawn: Vec<String> = pages.iter().map(|inside| pdf::paper(PAGE, inside)).collect();
        pdf::pages(&drawn, PAGE, (&self.title, self.lang.tag()), fonts).map_err(Unprinted::Pdf)
    }

    /// The title and its block.
    fn head(&self, sheet: &mut Sheet<'_>) -> Result<(), Unprinted> {
        if self.demo {
            let style = (Style::SansBold, SAID, Ink::Bad);
            let wide = text::width(DEMO, Style::SansBold, 0.0, sheet.fonts)? * SAID;
            sheet.frame([LEFT, sheet.y, wide + 4.0, 6.4], (Ink::Bad, 0.5));
            sheet.line(DEMO, (LEFT + 2.0, sheet.y + 1.1), style)?;
            sheet.y += 9.4;
        }
        sheet.paragraph(&self.title, (LEFT, WIDE), (Style::SansBold, TITLE, Ink::Text))?;
        sheet.down(1.5);
        sheet.rule((Ink::Text, 0.9), (LEFT, WIDE));
        sheet.down(2.2);
        for (name, said) in &self.block {
            let y = sheet.y;
            sheet.paragraph(name, (LEFT, NAMES - 3.0), (Style::Sans, SAID, Ink::Soft))?;
            let below = sheet.y;
            sheet.y = y;
            let style = (Style::SansBold, SAID, Ink::Text);
            sheet.paragraph(said, (LEFT + NAMES, WIDE - NAMES), style)?;
            sheet.y = sheet.y.max(below) + 0.5;
            sheet.rule((Ink::Line, 0.15), (LEFT, WIDE));
            sheet.down(0.9);
        }
        sheet.down(1.0);
        for line in &self.lines {
            sheet.paragraph(line, (LEFT, WIDE), (Style::Sans, SAID, Ink::Text))?;
        }
        Ok(())
    }

    /// Numbers that are shown large, side by side.
    fn figures(&self, sheet: &mut Sheet<'_>) -> Result<(), Unprinted> {
        if self.figures.is_empty() {
            return Ok(());
        }
        const GAP: f64 = 4.0;
        let many = u32::try_from(self.figures.len()).map_or(1.0, f64::from);
        let wide = (WIDE - GAP * (many - 1.0)) / many;
        let room = wide - 6.0;
        let mut set = Vec::new();
        for (name, said) in &self.figures {
            let name = sheet.set(name, room, (Style::Sans, SMALL))?;
            // What is told in place of a number may be long.
            let size = [LARGE, SECTION].into_iter().find(|size| {
                text::width(said, Style::SansBold, 0.0, sheet.fonts)
                    .is_ok_and(|it| it * size <= room)
            });
            let size = size.unwrap_or(SAID);
            let said = sheet.set(said, room, (Style::SansBold, size))?;
            set.push((name, said, size));
        }
        let high = set
            .iter()
            .map(|(name, said, size)| 7.0 + deep(name.len(), SMALL) + deep(said.len(), *size));
        let high = high.fold(0.0, f64::max);
        sheet.down(4.0);
        sheet.room(high);
        let top = sheet.y;
        let mut x = LEFT;
        for (name, said, size) in set {
            sheet.frame([x, top, wide, high], (Ink::Line, 0.2));
            sheet.fill([x, top, wide, 1.2], Ink::Count);
            sheet.y = top + 3.2;
            sheet.lines(&name, x + 3.0, (Style::Sans, SMALL, Ink::Soft))?;
            sheet.lines(&said, x + 3.0, (Style::SansBold, size, Ink::Text))?;
            x += wide + GAP;
        }
        sheet.y = top + high;
        Ok(())
    }
}

impl Section {
    fn print(&self, sheet: &mut Sheet<'_>) -> Result<(), Unprinted> {
        sheet.down(6.5);
        // A title stands with some of what follows.
        sheet.room(SECTION * LINE + 34.0);
        sheet.paragraph(&self.title, (LEFT, WIDE), (Style::SansBold, SECTION, Ink::Text))?;
        sheet.down(1.2);
        if self.rows.is_empty() {
            sheet.paragraph(&self.empty, (LEFT, WIDE), (Style::Sans, SAID, Ink::Text))?;
            return Ok(());
        }
        self.barred(sheet)?;
        table::print(&self.columns, &self.rows, sheet)?;
        // Below: it may need a page of its own.
        for drawing in self.drawings(sheet)? {
            sheet.down(6.0);
            sheet.room(drawing.height * UNIT);
            sheet.place(&drawing, UNIT)?;
            sheet.y += drawing.height * UNIT;
        }
        Ok(())
    }

    /// The zone, as many drawings as it takes pages.
    fn drawings(&self, sheet: &Sheet<'_>) -> Result<Vec<Drawing>, char> {
        let most = (BOTTOM - TOP) / UNIT;
        self.zone.as_ref().map_or(Ok(Vec::new()), |zone| zone.parts(most, sheet.fonts))
    }

    /// Numbers as bars.
    fn barred(&self, sheet: &mut Sheet<'_>) -> Result<(), Unprinted> {
        let most = self.bars.iter().filter_map(|it| it.number).max().unwrap_or_default().max(1);
        for Bar { of, number, told } in &self.bars {
            let names = sheet.set(of, BARRED - 3.0, (Style::Sans, SMALL))?;
            let high = deep(names.len().max(1), SMALL);
            sheet.room(high + 0.8);
            let y = sheet.y;
            sheet.lines(&names, LEFT, (Style::Sans, SMALL, Ink::Text))?;
            let wide = number.map_or(BAR, |it| BAR * f64::from(it) / f64::from(most));
            let ink = if number.is_some() { Ink::Count } else { Ink::Water };
            sheet.fill([LEFT + BARRED, y + 0.5, wide, SMALL], ink);
            let at = (LEFT + BARRED + BAR + 3.0, y);
            sheet.line(told, at, (Style::SansBold, SMALL, Ink::Text))?;
            sheet.y = y + high + 0.8;
        }
        if !self.bars.is_empty() {
            sheet.down(2.5);
        }
        Ok(())
    }
}
