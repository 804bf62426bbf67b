//! Shade: from colours to the grey levels that are looked at.
//!
//! Codes are read in luma. Two colours may have the same luma, and what is see-through may lie on any paper: where a
//! picture shows either, one more shade of it is kept beside its luma, for readers that find nothing there. A reader
//! that looks through a colour filter would be one more shade here.

use image::{DynamicImage, GrayImage};

/// A picture's luma, and what else is worth a look.
#[derive(Debug)]
pub(super) struct Shades {
    pub(super) luma: GrayImage,
    pub(super) others: Vec<GrayImage>,
}

impl Shades {
    pub(super) fn of(picture: DynamicImage) -> Self {
        let others = [on_black(&picture), clearest(&picture)].into_iter().flatten().collect();
        Self { luma: luma(picture), others }
    }
}

/// Luma on black, where something is see-through.
fn on_black(picture: &DynamicImage) -> Option<GrayImage> {
    let pixels: Vec<u8> = match picture {
        DynamicImage::ImageLumaA8(grey) => grey.pixels().any(|p| p[1] < CLEAR).then(|| {
            grey.pixels().map(|p| narrow((u32::from(p[0]) * u32::from(p[1]) + 127) / 255)).collect()
        })?,
        DynamicImage::ImageRgba8(colour) => {
            let seen = |p: &image::Rgba<u8>| {
                let luma = weigh([p[0], p[1], p[2]].map(u32::from));
                narrow((luma * u32::from(p[3]) + 127) / 255)
            };
            colour.pixels().any(|p| p[3] < CLEAR).then(|| colour.pixels().map(seen).collect())?
        }
        _ => return None,
    };
    GrayImage::from_raw(picture.width(), picture.height(), pixels)
}

/// The colour in which most places differ whose luma does not; none where few do.
fn clearest(picture: &DynamicImage) -> Option<GrayImage> {
    let (pixels, samples) = match picture {
        DynamicImage::ImageRgb8(colour) => (colour.as_raw(), 3),
        DynamicImage::ImageRgba8(colour) => (colour.as_raw(), 4),
        _ => return None,
    };
    let row = picture.width() as usize * samples;
    let mut counts = [0_usize; 3];
    for line in pixels.chunks_exact(row.max(1)).step_by(STRIDE) {
        let places = line.chunks_exact(samples);
        for (one, other) in places.clone().zip(places.skip(APART)).step_by(APART) {
            let luma = |p: &[u8]| weigh([p[0], p[1], p[2]].map(u32::from));
            let step = luma(one).abs_diff(luma(other));
            for (count, (a, b)) in counts.iter_mut().zip(one.iter().zip(other)) {
                let by = u32::from(a.abs_diff(*b));
                *count += usize::from(by >= COLOUR && by >= 4 * step);
            }
        }
    }
    let best =
        (0..3).max_by_key(|&channel| counts[channel]).filter(|&best| counts[best] >= PLACES)?;
    let channel = pixels.iter().skip(best).step_by(samples).copied().collect();
    GrayImage::from_raw(picture.width(), picture.height(), channel)
}

/// Luma on white, without a copy where the picture is grey already.
fn luma(picture: DynamicImage) -> GrayImage {
    let (width, height) = (picture.width(), picture.height());
    let pixels: Vec<u8> = match &picture {
        DynamicImage::ImageLuma8(_) => return picture.into_luma8(),
        DynamicImage::ImageLumaA8(grey) => {
            grey.pixels().map(|p| on_white(p[0].into(), p[1].into())).collect()
        }
        DynamicImage::ImageRgb8(colour) => {
            colour.pixels().map(|p| narrow(weigh(p.0.map(u32::from)))).collect()
        }
        DynamicImage::ImageRgba8(colour) => colour
            .pixels()
            .map(|p| on_white(weigh([p[0], p[1], p[2]].map(u32::from)), p[3].into()))
            .collect(),
        DynamicImage::ImageLuma16(grey) => grey.pixels().map(|p| narrow(eight(p[0]))).collect(),
        DynamicImage::ImageRgb16(colour) => {
            colour.pixels().map(|p| narrow(weigh(p.0.map(eight)))).collect()
        }
        _ => picture
            .to_rgba8()
            .pixels()
            .map(|p| on_white(weigh([p[0], p[1], p[2]].map(u32::from)), p[3].into()))
            .collect(),
    };
    GrayImage::from_raw(width, height, pixels).unwrap_or_default()
}

/// ITU-R BT.601, in 1/65536; the weights sum to one, so white stays white.
pub(crate) const fn weigh([red, green, blue]: [u32; 3]) -> u32 {
    (red * 19_595 + green * 38_470 + blue * 7_471 + (1 << 15)) >> 16
}

pub(super) fn on_white(luma: u32, alpha: u32) -> u8 {
    narrow((luma * alpha + 255 * (255 - alpha) + 127) / 255)
}

fn eight(deep: u16) -> u32 {
    (u32::from(deep) * 255 + 32_767) / 65_535
}

fn narrow(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// Less alpha than this is see-through. Chosen.
const CLEAR: u8 = 128;

/// Every how many rows places are compared, and how many pixels apart: the colours of a JPEG are two pixels wide.
const STRIDE: usize = 4;
const APART: usize = 2;

/// How much a colour differs, and in how many places, where it may hold a code that luma does not. Chosen: a version 1
/// code of 3 pixels a module has about 150 such places.
const COLOUR: u32 = 40;
const PLACES: usize = 60;
