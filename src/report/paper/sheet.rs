//! A4 pages that are filled from the top: where the next thing stands, and a new page where there is no room for it.

use core::fmt::Write as _;

use permit_card::{Faces, Style, text};
use permit_words::clean;

use crate::drawing::{ASCENT, Drawing, Ink, LINE, Label, deep};

/// The page, in millimetres.
pub(super) const PAGE: (f64, f64) = (210.0, 297.0);
/// Where what is printed begins and ends: from the left and how wide, from above.
pub(super) const LEFT: f64 = 16.0;
pub(super) const WIDE: f64 = PAGE.0 - 2.0 * LEFT;
pub(super) const TOP: f64 = 16.0;
pub(super) const BOTTOM: f64 = PAGE.1 - 20.0;

/// How a text is set: face, size, ink.
pub(super) type Set = (Style, f64, Ink);

/// The pages, and where the next thing stands on the last of them.
pub(super) struct Sheet<'f> {
    pub(super) fonts: &'f dyn Faces,
    pub(super) y: f64,
    full: Vec<String>,
    page: String,
    demo: bool,
}

impl<'f> Sheet<'f> {
    pub(super) fn new(fonts: &'f dyn Faces, demo: bool) -> Self {
        Self { fonts, y: TOP, full: Vec::new(), page: String::new(), demo }
    }

    /// True at the top of a page.
    pub(super) fn is_new(&self) -> bool {
        self.y <= TOP
    }

    /// Leaves so much free; nothing at the top of a page.
    pub(super) fn down(&mut self, millimetres: f64) {
        if !self.is_new() {
            self.y += millimetres;
        }
    }

    /// So much is left of this page, or it is a new one; true if it is.
    pub(super) fn room(&mut self, millimetres: f64) -> bool {
        let turns = self.y + millimetres > BOTTOM && !self.is_new();
        if turns {
            self.full.push(core::mem::take(&mut self.page));
            self.y = TOP;
        }
        turns
    }

    /// A text as lines of that width.
    pub(super) fn set(
        &self,
        said: &str,
        wide: f64,
        (style, size): (Style, f64),
    ) -> Result<Vec<String>, char> {
        text::lines(&clean(said), wide / size, style, self.fonts)
    }

    /// A line at a place, wherever that is.
    pub(super) fn line(
        &mut self,
        said: &str,
        (x, top): (f64, f64),
        (style, size, ink): Set,
    ) -> Result<(), char> {
        let label =
            Label { x, y: top + size * ASCENT, size, wide: 0.0, style, ink, text: said.to_owned() };
        label.paper(&mut self.page, self.fonts)
    }

    /// Lines from here on, all of them on this page.
    pub(super) fn lines(&mut self, lines: &[String], x: f64, set: Set) -> Result<(), char> {
        for line in lines {
            self.line(line, (x, self.y), set)?;
            self.y += set.1 * LINE;
        }
        Ok(())
    }

    /// A text as lines from here on, over as many pages as it takes.
    pub(super) fn paragraph(
        &mut self,
        said: &str,
        (x, wide): (f64, f64),
        set: Set,
    ) -> Result<(), char> {
        for line in self.set(said, wide, (set.0, set.1))? {
            self.room(deep(1, set.1));
            self.line(&line, (x, self.y), set)?;
            self.y += set.1 * LINE;
        }
        Ok(())
    }

    /// A line across, here.
    pub(super) fn rule(&mut self, (ink, thick): (Ink, f64), (x, wide): (f64, f64)) {
        self.fill([x, self.y, wide, thick], ink);
    }

    pub(super) fn fill(&mut self, [x, y, wide, high]: [f64; 4], ink: Ink) {
        let ink = ink.colour();
        let _ = write!(
            self.page,
            "<path d=\"M{x:.2} {y:.2}h{wide:.2}v{high:.2}h-{wide:.2}z\" fill=\"{ink}\"/>"
        );
    }

    pub(super) fn frame(&mut self, [x, y, wide, high]: [f64; 4], (ink, thick): (Ink, f64)) {
        let ink = ink.colour();
        let _ = write!(
            self.page,
            "<path d=\"M{x:.2} {y:.2}h{wide:.2}v{high:.2}h-{wide:.2}z\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{thick}\"/>"
        );
    }

    /// A drawing, here.
    pub(super) fn place(&mut self, drawing: &Drawing, unit: f64) -> Result<(), char> {
        drawing.paper(&mut self.page, (LEFT, self.y), unit, self.fonts)
    }

    /// What stands on each page, its foot and a demonstration's mark included.
    pub(super) fn pages(
        mut self,
        foot: &str,
        numbered: impl Fn(usize, usize) -> String,
    ) -> Result<Vec<String>, char> {
        self.full.push(core::mem::take(&mut self.page));
        let inside = core::mem::take(&mut self.full);
        let pages = inside.len();
        let set = (Style::Sans, 2.6, Ink::Soft);
        let mut all = Vec::new();
        for (page, inside) in (1..).zip(inside) {
            let number = numbered(page, pages);
            let wide = text::width(&number, set.0, 0.0, self.fonts)? * set.1;
            self.fill([LEFT, BOTTOM + 5.0, WIDE, 0.15], Ink::Line);
            let own = self.set(foot, WIDE - wide - 6.0, (set.0, set.1))?;
            let top = BOTTOM + 6.0;
            for (line, row) in own.iter().zip(0_u32..) {
                self.line(line, (LEFT, top + set.1 * LINE * f64::from(row)), set)?;
            }
            self.line(&number, (LEFT + WIDE - wide, top), set)?;
            let foot = core::mem::take(&mut self.page);
            if self.demo {
                self.across()?;
            }
            let mark = core::mem::take(&mut self.page);
            all.push(format!("{mark}{inside}{foot}"));
        }
        Ok(all)
    }

    /// SPECIMEN from corner to corner, below everything else.
    fn across(&mut self) -> Result<(), char> {
        const SAID: &str = "SPECIMEN";
        const SIZE: f64 = 46.0;
        let wide = text::width(SAID, Style::SansBold, 0.0, self.fonts)? * SIZE;
        let (x, y) = (PAGE.0 / 2.0, PAGE.1 / 2.0);
        let _ = write!(self.page, "<g fill-opacity=\"0.09\" transform=\"rotate(-54 {x} {y})\">");
        self.line(SAID, (x - wide / 2.0, y - SIZE * 0.65), (Style::SansBold, SIZE, Ink::Bad))?;
        self.page.push_str("</g>");
        Ok(())
    }
}
