//! A drawn side as a bitmap, as a printer without SVG or PDF takes it and as a scanner would see it.

use permit_symbol::GreyBuf;
use resvg::tiny_skia::{Color, Pixmap, Transform};

use crate::Fonts;
use crate::tree::{self, NoTree};

/// Why there is no bitmap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BitmapError {
    /// The SVG is none of this crate's.
    Svg,
    /// The picture would have no pixel or more than 100 million.
    Size,
    /// The PNG encoder failed.
    Encoding,
}

impl core::fmt::Display for BitmapError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Svg => "the drawing is no SVG that can be drawn",
            Self::Size => "the bitmap would be too small or too large",
            Self::Encoding => "the PNG encoder failed",
        })
    }
}

impl core::error::Error for BitmapError {}

impl From<NoTree> for BitmapError {
    fn from(_: NoTree) -> Self {
        Self::Svg
    }
}

/// A side as a PNG file that states its printed size.
///
/// # Errors
///
/// When it cannot be drawn or is too large.
pub fn png(svg: &str, fonts: &Fonts, dots_per_inch: u32) -> Result<Vec<u8>, BitmapError> {
    let pixmap = pixmap(svg, fonts, dots_per_inch)?;
    let rgb: Vec<u8> =
        pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut file = Vec::new();
    write(&mut file, &pixmap, &rgb, dots_per_inch).map_err(|_| BitmapError::Encoding)?;
    Ok(file)
}

/// A side in grey, as a reader of codes takes it.
///
/// # Errors
///
/// As [`png()`].
pub fn grey(svg: &str, fonts: &Fonts, dots_per_inch: u32) -> Result<GreyBuf, BitmapError> {
    let pixmap = pixmap(svg, fonts, dots_per_inch)?;
    // Rec. 601 in thousandths, as the loader of pictures has it.
    let luma = |pixel: &[u8]| {
        let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
        u8::try_from((299 * r + 587 * g + 114 * b) / 1000).unwrap_or(u8::MAX)
    };
    let pixels = pixmap.data().chunks_exact(4).map(luma).collect();
    GreyBuf::from_vec(pixmap.width(), pixmap.height(), pixels).ok_or(BitmapError::Size)
}

fn pixmap(svg: &str, fonts: &Fonts, dots_per_inch: u32) -> Result<Pixmap, BitmapError> {
    let tree = tree::parse(svg, fonts)?;
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let scale = dots_per_inch as f32 / tree::UNITS_PER_INCH;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let edge = |length: f32| (length * scale).round() as u32;
    let (width, height) = (edge(tree.size().width()), edge(tree.size().height()));
    if u64::from(width) * u64::from(height) > MOST {
        return Err(BitmapError::Size);
    }
    let mut pixmap = Pixmap::new(width, height).ok_or(BitmapError::Size)?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}

fn write(
    file: &mut Vec<u8>,
    pixmap: &Pixmap,
    rgb: &[u8],
    dots_per_inch: u32,
) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(file, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = (f64::from(dots_per_inch) / 0.0254).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let per_metre = per_metre as u32;
    let unit = png::Unit::Meter;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()
}

/// The most pixels, as the loader of pictures has it.
const MOST: u64 = 100_000_000;
