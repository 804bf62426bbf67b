//! Pictures in every form a phone, a scanner or an attacker may hand over.

use image::{ExtendedColorType, ImageEncoder as _, ImageFormat};

use super::*;
use crate::{Size, Symbol};

fn drawn() -> DynamicImage {
    let size = Size { dots_per_inch: 200, ..Size::default() };
    let code = Symbol::new("BP1:LOADED").unwrap().raster(&size).unwrap();
    let (width, height) = (code.width(), code.height());
    DynamicImage::ImageLuma8(image::GrayImage::from_raw(width, height, code.into_pixels()).unwrap())
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn says(bytes: Vec<u8>) -> Vec<u8> {
    let picture = picture(bytes).unwrap();
    crate::read(picture.as_grey()).pop().expect("a code").bytes
}

fn error(bytes: impl Into<Vec<u8>>) -> LoadError {
    picture(bytes.into()).unwrap_err()
}

#[test]
fn every_format() {
    let picture = drawn();
    for (format, codec) in [
        (Format::Png, ImageFormat::Png),
        (Format::Jpeg, ImageFormat::Jpeg),
        (Format::WebP, ImageFormat::WebP),
        (Format::Bmp, ImageFormat::Bmp),
        (Format::Pnm, ImageFormat::Pnm),
        (Format::Tiff, ImageFormat::Tiff),
    ] {
        let colour =
            if codec == ImageFormat::WebP { picture.to_rgb8().into() } else { picture.clone() };
        let file = written(&colour, codec);
        assert_eq!(Format::of(&file), Some(format));
        assert_eq!(says(file), b"BP1:LOADED", "{format:?}");
    }
}

#[test]
fn every_kind_of_pixel() {
    let grey = drawn();
    for picture in [
        DynamicImage::from(grey.to_luma_alpha8()),
        grey.to_rgb8().into(),
        grey.to_rgba8().into(),
        grey.to_luma16().into(),
        grey.to_luma_alpha16().into(),
        grey.to_rgb16().into(),
        grey.to_rgba16().into(),
    ] {
        let loaded = super::picture(written(&picture, ImageFormat::Png)).unwrap();
        assert_eq!(loaded.pixels(), grey.as_luma8().unwrap().as_raw(), "{:?}", picture.color());
    }
}

#[test]
fn nothing_is_white_paper() {
    let clear = DynamicImage::ImageRgba8(image::RgbaImage::new(8, 8));
    let loaded = picture(written(&clear, ImageFormat::Png)).unwrap();
    assert!(loaded.pixels().iter().all(|&pixel| pixel == 255));
}

#[test]
fn colour_by_its_brightness() {
    let red = image::RgbImage::from_pixel(4, 4, image::Rgb([255, 0, 0]));
    let loaded = picture(written(&red.into(), ImageFormat::Png)).unwrap();
    assert_eq!(loaded.pixels()[0], 76);
}

/// A phone held upright: EXIF orientation 6 in an APP1 segment after the start of the JPEG.
#[test]
fn upright_as_the_phone_was_held() {
    let mut grey = image::GrayImage::new(16, 8);
    grey.put_pixel(0, 0, image::Luma([255]));
    for x in 0..8 {
        for y in 0..8 {
            grey.put_pixel(x, y, image::Luma([255]));
        }
    }
    let plain = written(&grey.into(), ImageFormat::Jpeg);
    let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let turned = [&plain[..2], exif, &plain[2..]].concat();
    let loaded = picture(turned).unwrap();
    assert_eq!((loaded.width(), loaded.height()), (8, 16));
    assert!(loaded.pixels()[0] > 200 && loaded.pixels()[8 * 15] < 50);
}

#[test]
fn what_is_no_picture() {
    assert!(matches!(error([]), LoadError::Empty));
    for text in ["BP1:ABC", "BMP is a format", "P5 is another", "RIFFxxxxWAVE", "II", "<svg/>"] {
        assert!(matches!(error(text), LoadError::NotAPicture), "{text}");
    }
    assert!(matches!(
        error(b"\x89PNG\r\n\x1a\nrubbish everywhere".as_slice()),
        LoadError::Truncated | LoadError::Damaged(Format::Png)
    ));
}

#[test]
fn cut_short() {
    for codec in
        [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::Pnm, ImageFormat::Tiff, ImageFormat::WebP]
    {
        let colour: DynamicImage = drawn().to_rgb8().into();
        let mut file = written(&colour, codec);
        file.truncate(file.len() * 2 / 3);
        let found = error(file);
        assert!(matches!(found, LoadError::Truncated), "{codec:?}: {found:?}");
    }
}

#[test]
fn headers_that_promise_too_much() {
    let mut file = written(&drawn(), ImageFormat::Png);
    file[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let check = crc(&file[12..29]).to_be_bytes();
    file[29..33].copy_from_slice(&check);
    assert!(matches!(error(file), LoadError::Pixels { width: 30_000, height: 30_000 }));
    assert!(matches!(error("P5\n30000 30000\n255\n"), LoadError::Pixels { .. }));
    assert!(matches!(error("P5\n10000 10000\n255\n"), LoadError::Truncated));
}

#[test]
fn a_hundred_megapixels_are_read() {
    let white = vec![255; 100_000_000];
    let mut file = Vec::new();
    image::codecs::png::PngEncoder::new(&mut file)
        .write_image(&white, 10_000, 10_000, ExtendedColorType::L8)
        .unwrap();
    let loaded = picture(file).unwrap();
    assert_eq!((loaded.width(), loaded.height()), (10_000, 10_000));
}

#[test]
fn paths() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(matches!(open(here).unwrap_err(), LoadError::NotAFile | LoadError::Unreadable(_)));
    assert!(matches!(open(&here.join("absent.png")).unwrap_err(), LoadError::Unreadable(_)));
    assert!(!is_picture(here) && !is_picture(&here.join("Cargo.toml")));
    assert!(!is_picture(&here.join("absent.png")));
    assert!(matches!(open(&here.join("Cargo.toml")).unwrap_err(), LoadError::NotAPicture));
}

/// The CRC of PNG, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}
