//! A drawing: shapes and lines of text, for a page that is looked at and for one that is printed.
//!
//! On a page its inks are classes of the stylesheet, so that it follows day and night; on paper they are colours, and each
//! run of text names the face that has it.

use core::fmt::Write as _;

use permit_card::{Faces, Style, text};

/// An ink. Those that mean something have a shape or a word of their own beside them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ink {
    /// Text.
    Text,
    /// Text of less weight.
    Soft,
    /// Lines.
    Line,
    /// The ground that text stands on.
    Plate,
    /// Water.
    Water,
    /// What is counted.
    Count,
    /// As it should be.
    Good,
    /// To be looked at.
    Warn,
    /// Wrong.
    Bad,
}

/// A line of text: where it begins and stands, how large, how wide it is.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Label {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) size: f64,
    pub(crate) wide: f64,
    pub(crate) style: Style,
    pub(crate) ink: Ink,
    pub(crate) text: String,
}

/// A path, filled or stroked.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Shape {
    pub(crate) d: String,
    pub(crate) fill: Option<Ink>,
    /// Ink and width.
    pub(crate) stroke: Option<(Ink, f64)>,
    pub(crate) dashed: bool,
}

/// Shapes, and text above them.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Drawing {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) shapes: Vec<Shape>,
    pub(crate) labels: Vec<Label>,
}

impl Ink {
    /// The class on a page.
    const fn class(self) -> &'static str {
        match self {
            Self::Text => "z-text",
            Self::Soft => "z-soft",
            Self::Line => "z-line",
            Self::Plate => "z-plate",
            Self::Water => "z-water",
            Self::Count => "z-count",
            Self::Good => "z-good",
            Self::Warn => "z-warn",
            Self::Bad => "z-bad",
        }
    }

    /// The colour on paper.
    pub(crate) const fn colour(self) -> &'static str {
        match self {
            Self::Text => "#1b1f24",
            Self::Soft => "#4b5560",
            Self::Line => "#9aa3ac",
            Self::Plate => "#ffffff",
            Self::Water => "#cfe3ee",
            Self::Count => "#2f5d7c",
            Self::Good => "#00613f",
            Self::Warn => "#704600",
            Self::Bad => "#a3001b",
        }
    }
}

impl Drawing {
    pub(crate) fn shape(&mut self, d: String, fill: Ink) {
        self.shapes.push(Shape { d, fill: Some(fill), stroke: None, dashed: false });
    }

    pub(crate) fn line(&mut self, d: String, (ink, wide): (Ink, f64), dashed: bool) {
        self.shapes.push(Shape { d, fill: None, stroke: Some((ink, wide)), dashed });
    }

    /// A box with an edge.
    pub(crate) fn plate(&mut self, [x, y, wide, high]: [f64; 4], edge: (Ink, f64), dashed: bool) {
        let d = format!("M{x:.1} {y:.1}h{wide:.1}v{high:.1}h-{wide:.1}z");
        self.shapes.push(Shape { d, fill: Some(Ink::Plate), stroke: Some(edge), dashed });
    }

    /// Lines of text one below the other from `y` on; where the last of them ends.
    pub(crate) fn text(
        &mut self,
        lines: &[String],
        (x, y): (f64, f64),
        (style, size, ink): (Style, f64, Ink),
        faces: &dyn Faces,
    ) -> Result<f64, char> {
        for (text, row) in lines.iter().zip(0_u32..) {
            let wide = text::width(text, style, 0.0, faces)? * size;
            let y = y + size * (ASCENT + LINE * f64::from(row));
            self.labels.push(Label { x, y, size, wide, style, ink, text: text.clone() });
        }
        Ok(y + deep(lines.len(), size))
    }

    /// For a page, whose stylesheet has the inks; `said` for whoever does not see it.
    #[must_use]
    pub fn svg(&self, said: &str) -> String {
        let (width, height) = (self.width, self.height);
        let mut out = format!(
            "<svg class=\"zone\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\""
        );
        text::escape(&mut out, said);
        out.push_str("\">");
        for shape in &self.shapes {
            let fill = shape.fill.map_or("z-none", Ink::class);
            let _ = write!(out, "<path d=\"{}\" class=\"{fill}", shape.d);
            if let Some((ink, wide)) = shape.stroke {
                let _ = write!(out, " {}-edge\" stroke-width=\"{wide:.1}", ink.class());
            }
            out.push_str(if shape.dashed { "\" stroke-dasharray=\"6 5\"/>" } else { "\"/>" });
        }
        for label in &self.labels {
            let Label { x, y, size, .. } = label;
            let weight = if label.style == Style::SansBold { 700 } else { 400 };
            let class = label.ink.class();
            let _ = write!(
                out,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.1}\" font-weight=\"{weight}\" class=\"{class}\">"
            );
            text::escape(&mut out, &label.text);
            out.push_str("</text>");
        }
        out.push_str("</svg>");
        out
    }

    /// For paper: what stands inside an `svg`, its upper left corner at `x`, `y`, each unit so large.
    ///
    /// # Errors
    ///
    /// A character that no face has.
    #[cfg(feature = "pdf")]
    pub(crate) fn paper(
        &self,
        out: &mut String,
        (x, y): (f64, f64),
        unit: f64,
        faces: &dyn Faces,
    ) -> Result<(), char> {
        let _ = write!(out, "<g transform=\"translate({x:.2} {y:.2}) scale({unit:.4})\">");
        for shape in &self.shapes {
            let fill = shape.fill.map_or("none", Ink::colour);
            let _ = write!(out, "<path d=\"{}\" fill=\"{fill}\"", shape.d);
            if let Some((ink, wide)) = shape.stroke {
                let _ = write!(out, " stroke=\"{}\" stroke-width=\"{wide:.2}\"", ink.colour());
            }
            out.push_str(if shape.dashed { " stroke-dasharray=\"6 5\"/>" } else { "/>" });
        }
        self.labels.iter().try_for_each(|label| label.paper(out, faces))?;
        out.push_str("</g>");
        Ok(())
    }
}

impl Label {
    /// On paper.
    #[cfg(feature = "pdf")]
    pub(crate) fn paper(&self, out: &mut String, faces: &dyn Faces) -> Result<(), char> {
        let Self { x, y, size, .. } = self;
        let weight = if self.style == Style::SansBold { 700 } else { 400 };
        let _ = write!(out, "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\"");
        let _ = write!(out, " font-weight=\"{weight}\" fill=\"{}\"", self.ink.colour());
        text::close(out, &self.text, self.style, faces)
    }
}

/// From the top of so many lines to where the last one ends.
pub(crate) fn deep(lines: usize, size: f64) -> f64 {
    size * LINE * u32::try_from(lines).map_or(f64::MAX, f64::from)
}

/// From line to line, in ems (chosen).
pub(crate) const LINE: f64 = 1.3;
/// From the top of a line to where it stands, in ems: the middle of Noto CJK's letters comes to that of the line.
pub(crate) const ASCENT: f64 = 1.02;
