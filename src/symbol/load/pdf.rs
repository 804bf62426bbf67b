//! The pages of a PDF file as pictures.
//!
//! A permit may arrive as the file that was printed. Pages are drawn as a printer would,
//! at 300 dots per inch or less, one at a time and only when asked for. Text is of no
//! interest here, so that no fonts are built in.

use core::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

use super::shade::{on_white, weigh};
use super::{Format, LoadError, PAGES};
use crate::GreyBuf;

/// A PDF file whose pages are drawn one by one.
pub(super) struct Document {
    pdf: Pdf,
    next: usize,
}

impl Document {
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, LoadError> {
        // The parser is young and the file a stranger's: its panics are an answer.
        let pdf = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes)))
            .map_err(|_| LoadError::Damaged(Format::Pdf))?
            .map_err(|error| match error {
                LoadPdfError::Decryption(_) => LoadError::Encrypted,
                LoadPdfError::Invalid => LoadError::Damaged(Format::Pdf),
            })?;
        match pdf.pages().len() {
            0 => Err(LoadError::Damaged(Format::Pdf)),
            found if found > PAGES => Err(LoadError::PageCount { found }),
            _ => Ok(Self { pdf, next: 0 }),
        }
    }

    /// Pages that are left.
    pub(super) fn left(&self) -> usize {
        self.pdf.pages().len() - self.next
    }

    pub(super) fn next(&mut self) -> Option<Result<GreyBuf, LoadError>> {
        let pages = self.pdf.pages();
        let page = pages.get(self.next)?;
        self.next += 1;
        let drawn = catch_unwind(AssertUnwindSafe(|| draw(page))).ok().flatten();
        Some(drawn.ok_or(LoadError::Damaged(Format::Pdf)))
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("next", &self.next).finish_non_exhaustive()
    }
}

fn draw(page: &Page<'_>) -> Option<GreyBuf> {
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !(longest.is_finite() && width.min(height) > 0.0) {
        return None;
    }
    let scale = (DOTS_PER_INCH / 72.0).min(EDGE / longest);
    let drawn = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
    );
    let (width, height) = (drawn.width(), drawn.height());
    let pixels = drawn
        .data_as_u8_slice()
        .chunks_exact(4)
        .map(|p| on_white(weigh([p[0], p[1], p[2]].map(u32::from)), p[3].into()))
        .collect();
    GreyBuf::from_vec(width.into(), height.into(), pixels)
}

const DOTS_PER_INCH: f32 = 300.0;

/// The longest edge of a picture of a page; an A3 sheet at 300 dots per inch fits.
const EDGE: f32 = 5000.0;

#[cfg(test)]
mod tests {
    use core::fmt::Write as _;

    use super::*;
    use crate::{Size, Symbol};

    /// Two pages, a code on each, drawn as rectangles the way a browser prints an SVG.
    fn file(texts: &[&str]) -> Vec<u8> {
        let kids: String = (0..texts.len()).map(|n| format!("{} 0 R ", 3 + 2 * n)).collect();
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Kids[{kids}]/Count {}>>", texts.len()),
        ];
        for (n, text) in texts.iter().enumerate() {
            let symbol = Symbol::new(text).unwrap();
            let edge = Size::module(0.4).module_of(&symbol) / 25.4 * 72.0;
            let mut content = format!("{edge} 0 0 {edge} 100 400 cm\n");
            let modules = symbol.modules();
            for y in 0..modules.side() {
                for x in (0..modules.side()).filter(|&x| modules.get(x, y)) {
                    writeln!(content, "{x} {} 1 1 re f", modules.side() - y).unwrap();
                }
            }
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R>>",
                4 + 2 * n
            ));
            objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
        }
        let mut pdf = "%PDF-1.4\n".to_owned();
        let mut offsets = String::new();
        for (n, object) in objects.iter().enumerate() {
            writeln!(offsets, "{:010} 00000 n ", pdf.len()).unwrap();
            write!(pdf, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
        }
        let (start, count) = (pdf.len(), objects.len() + 1);
        write!(
            pdf,
            "xref\n0 {count}\n0000000000 65535 f \n{offsets}trailer\n<</Size {count}/Root 1 0 R>>\n\
             startxref\n{start}\n%%EOF\n"
        )
        .unwrap();
        pdf.into_bytes()
    }

    #[test]
    fn every_page_is_read() {
        let said: Vec<_> = super::super::pages(file(&["BP1:ONE", "BP1:TWO"]))
            .unwrap()
            .map(|page| crate::read(page.unwrap().as_grey()).pop().unwrap().bytes)
            .collect();
        assert_eq!(said, [b"BP1:ONE", b"BP1:TWO"]);
    }

    #[test]
    fn what_is_no_page() {
        let mut cut = file(&["BP1:ONE"]);
        cut.truncate(20);
        assert!(matches!(super::super::picture(cut), Err(LoadError::Damaged(Format::Pdf))));
        let many = file(&["BP1:ONE"; PAGES + 1]);
        let error = super::super::pages(many).unwrap_err();
        assert!(matches!(error, LoadError::PageCount { found } if found == PAGES + 1));
    }
}
