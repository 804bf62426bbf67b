//! A QR code as a drawing, in millimetres.
//!
//! Print is where a code's life begins, so sizes here are those of the paper. A bitmap never
//! splits a printer's dot between two modules: it is as near to the asked size as whole dots
//! allow, and says which size that is. Nothing here styles a code: no logos, no colours, no
//! rounded modules.

use core::fmt::{self, Write as _};

use crate::{GreyBuf, Symbol};

/// How large a code is printed, and how finely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// What is fixed: the module, or the code.
    pub extent: Extent,
    /// The printer's dots per inch; bitmaps only.
    pub dots_per_inch: u32,
    /// Modules of white on each side; the standard asks for 4.
    pub quiet: u32,
}

/// A length on the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Extent {
    /// The edge of one module, in millimetres.
    Module(f64),
    /// The edge of the code without its quiet zone, in millimetres.
    Code(f64),
}

impl Size {
    /// Modules of this edge in millimetres, at 600 dots per inch, with 4 modules of quiet zone.
    #[must_use]
    pub const fn module(millimetres: f64) -> Self {
        Self { extent: Extent::Module(millimetres), dots_per_inch: 600, quiet: 4 }
    }

    /// A code of this edge in millimetres without its quiet zone; the rest as in
    /// [`Size::module`].
    #[must_use]
    pub const fn code(millimetres: f64) -> Self {
        Self { extent: Extent::Code(millimetres), dots_per_inch: 600, quiet: 4 }
    }

    /// The edge of a module of this symbol, in millimetres.
    #[must_use]
    pub fn module_of(&self, symbol: &Symbol) -> f64 {
        match self.extent {
            Extent::Module(edge) => edge,
            Extent::Code(edge) => edge / length(symbol.modules().side()),
        }
    }

    /// The edge of the drawing of this symbol with its quiet zone, in millimetres.
    #[must_use]
    pub fn outer_of(&self, symbol: &Symbol) -> f64 {
        self.module_of(symbol) * length(self.across(symbol))
    }

    /// The printer's dots along the edge of a module: the nearest whole number, or `None`
    /// where that is none at all.
    #[must_use]
    pub fn dots_of(&self, symbol: &Symbol) -> Option<u32> {
        let dots = (self.module_of(symbol) * f64::from(self.dots_per_inch) / INCH).round();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
        (1.0..=f64::from(MOST)).contains(&dots).then_some(dots as u32)
    }

    fn across(&self, symbol: &Symbol) -> usize {
        symbol.modules().side() + 2 * self.quiet as usize
    }
}

impl Default for Size {
    /// Modules of half a millimetre.
    fn default() -> Self {
        Self::module(0.5)
    }
}

impl Symbol {
    /// The code as an SVG file of true size: one path on white.
    #[must_use]
    pub fn svg(&self, size: &Size) -> String {
        let across = size.across(self);
        let edge = Millimetres(size.outer_of(self));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{edge}mm\" height=\"{edge}mm\" \
             viewBox=\"0 0 {across} {across}\" shape-rendering=\"crispEdges\">"
        );
        self.draw(&mut svg, size.quiet);
        svg.push_str("</svg>\n");
        svg
    }

    /// The code as a group to be placed in a larger SVG whose unit is the millimetre, the
    /// corner of its quiet zone at (`x`, `y`).
    #[must_use]
    pub fn svg_group(&self, size: &Size, x: f64, y: f64) -> String {
        let (x, y, scale) = (Millimetres(x), Millimetres(y), Millimetres(size.module_of(self)));
        let mut svg = format!(
            "<g transform=\"translate({x} {y}) scale({scale})\" shape-rendering=\"crispEdges\">"
        );
        self.draw(&mut svg, size.quiet);
        svg.push_str("</g>");
        svg
    }

    /// The code as a grey picture, a whole number of dots a module, with its quiet zone.
    ///
    /// # Errors
    ///
    /// When a module would be smaller than half a dot, or the picture larger than 100
    /// megapixels.
    pub fn raster(&self, size: &Size) -> Result<GreyBuf, RenderError> {
        let dots = size.dots_of(self).ok_or(RenderError::Module {
            millimetres: size.module_of(self),
            dots_per_inch: size.dots_per_inch,
        })?;
        let across = u64::try_from(size.across(self)).unwrap_or(u64::MAX);
        let edge = across.saturating_mul(u64::from(dots));
        let side = u32::try_from(edge)
            .ok()
            .filter(|_| edge.saturating_mul(edge) <= crate::load::PIXELS)
            .ok_or(RenderError::TooLarge { pixels: edge })?;
        let mut picture = GreyBuf::new(side, side);
        let (dots, quiet) = (dots as usize, size.quiet as usize);
        for (y, row) in picture.pixels_mut().chunks_exact_mut(side as usize).enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                let module = (x / dots).checked_sub(quiet).zip((y / dots).checked_sub(quiet));
                let dark = module.is_some_and(|(x, y)| self.modules().get(x, y));
                *pixel = if dark { 0 } else { 255 };
            }
        }
        Ok(picture)
    }

    /// The code as a PNG file that states its printed size (pHYs).
    ///
    /// # Errors
    ///
    /// As [`Symbol::raster`].
    pub fn png(&self, size: &Size) -> Result<Vec<u8>, RenderError> {
        let picture = self.raster(size)?;
        let mut file = Vec::new();
        write_png(&mut file, &picture, size.dots_per_inch).map_err(|_| RenderError::Encoding)?;
        Ok(file)
    }

    fn draw(&self, svg: &mut String, quiet: u32) {
        let across = self.modules().side() + 2 * quiet as usize;
        // Writing into a String cannot fail.
        let _ = write!(
            svg,
            "<path fill=\"#fff\" d=\"M0 0h{across}v{across}H0z\"/><path d=\"{}\"/>",
            self.path(quiet)
        );
    }

    /// Runs of dark modules, row by row, one unit a module.
    fn path(&self, quiet: u32) -> String {
        let modules = self.modules();
        let mut path = String::with_capacity(modules.side() * modules.side() * 6);
        for y in 0..modules.side() {
            let mut x = 0;
            while x < modules.side() {
                let run = (x..modules.side()).take_while(|&x| modules.get(x, y)).count();
                if run > 0 {
                    let (left, top) = (x + quiet as usize, y + quiet as usize);
                    let _ = write!(path, "M{left} {top}h{run}v1h-{run}z");
                }
                x += run + 1;
            }
        }
        path
    }
}

/// Why a code is not drawn as a bitmap.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum RenderError {
    /// A module is no printer's dot wide, or not a length at all.
    Module {
        /// The edge asked for.
        millimetres: f64,
        /// The dots there are.
        dots_per_inch: u32,
    },
    /// The picture is too large.
    TooLarge {
        /// Its edge in pixels.
        pixels: u64,
    },
    /// The PNG encoder failed.
    Encoding,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module { millimetres, dots_per_inch } => {
                write!(f, "a module of {millimetres} mm is no dot at {dots_per_inch} dpi")
            }
            Self::TooLarge { pixels } => write!(f, "a picture {pixels} pixels wide is too large"),
            Self::Encoding => write!(f, "the PNG encoder failed"),
        }
    }
}

impl core::error::Error for RenderError {}

fn write_png(
    file: &mut Vec<u8>,
    picture: &GreyBuf,
    dots_per_inch: u32,
) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^38 / 25")]
    let per_metre = (f64::from(dots_per_inch) * 1000.0 / INCH).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(picture.pixels())?;
    writer.finish()
}

/// A length with at most four decimals and no idle zeros, the same on every machine.
struct Millimetres(f64);

impl fmt::Display for Millimetres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = format!("{:.4}", self.0);
        f.write_str(written.trim_end_matches('0').trim_end_matches('.'))
    }
}

fn length(modules: usize) -> f64 {
    u32::try_from(modules).map_or(f64::INFINITY, f64::from)
}

const INCH: f64 = 25.4;

/// The most dots a module may have.
const MOST: u32 = 10_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    #[test]
    fn a_code_in_millimetres() {
        let symbol = Symbol::new("BP1:SPECIMEN").unwrap();
        let size = Size::code(21.0);
        assert_eq!(symbol.modules().side(), 21);
        assert!((size.outer_of(&symbol) - 29.0).abs() < 1e-9);
        let svg = symbol.svg(&size);
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"29mm\" height=\"29mm\" \
                    viewBox=\"0 0 29 29\" shape-rendering=\"crispEdges\">\
                    <path fill=\"#fff\" d=\"M0 0h29v29H0z\"/><path d=\"M4 4h7v1h-7z";
        assert_eq!(&svg[..head.len()], head);
        assert_eq!(svg.matches("<path").count(), 2);
        let group = symbol.svg_group(&Size::module(0.45), 60.0, 12.5);
        assert!(group.starts_with("<g transform=\"translate(60 12.5) scale(0.45)\""), "{group}");
    }

    #[test]
    fn the_path_covers_every_dark_module_once() {
        let symbol = Symbol::new("BP1:PATH").unwrap();
        let mut seen = crate::Modules::new(symbol.modules().side());
        for run in symbol.path(0).split('M').skip(1) {
            let (left, rest) = run.split_once(' ').unwrap();
            let (top, rest) = rest.split_once('h').unwrap();
            let (width, _) = rest.split_once('v').unwrap();
            let [left, top, width] = [left, top, width].map(|n| n.parse::<usize>().unwrap());
            for x in left..left + width {
                assert!(!seen.get(x, top));
                seen.set(x, top, true);
            }
        }
        assert_eq!(&seen, symbol.modules());
    }

    #[test]
    fn whole_dots_and_true_size() {
        let symbol = Symbol::new(&"A".repeat(170)).unwrap();
        assert_eq!((symbol.version(), symbol.level()), (7, Level::M));
        let size = Size { dots_per_inch: 300, ..Size::module(0.5) };
        assert_eq!(size.dots_of(&symbol), Some(6));
        assert_eq!(symbol.raster(&size).unwrap().width(), (45 + 8) * 6);
        let file = symbol.png(&size).unwrap();
        let info = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        let dims = info.info().pixel_dims.unwrap();
        assert_eq!((dims.xppu, dims.yppu, dims.unit), (11811, 11811, png::Unit::Meter));
    }

    #[test]
    fn sizes_that_cannot_be_printed() {
        let symbol = Symbol::new("A").unwrap();
        for millimetres in [0.0, 0.01, -1.0, f64::NAN, f64::INFINITY, 1e12] {
            let error = symbol.raster(&Size::module(millimetres)).unwrap_err();
            assert!(matches!(error, RenderError::Module { .. }), "{millimetres}: {error}");
        }
        let error = symbol.raster(&Size::module(100.0)).unwrap_err();
        assert!(matches!(error, RenderError::TooLarge { pixels: 68_498 }), "{error:?}");
    }

    #[test]
    fn what_is_drawn_is_read() {
        for length in [15, 30, 50, 80, 110, 140, 170, 200, 240, 300, 350, 400] {
            let text: String = ('A'..='Z').cycle().take(length).collect();
            let symbol = Symbol::new(&text).unwrap();
            let picture = symbol.raster(&Size { dots_per_inch: 300, ..Size::default() }).unwrap();
            let codes = crate::read(picture.as_grey());
            assert_eq!(codes.len(), 1, "version {}", symbol.version());
            assert_eq!(codes[0].bytes, text.as_bytes());
            assert_eq!((codes[0].version, codes[0].level), (symbol.version(), symbol.level()));
            assert_eq!(&codes[0].modules, symbol.modules());
        }
    }
}
