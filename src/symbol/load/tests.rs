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
        (Format::Gif, ImageFormat::Gif),
    ] {
        let colour = match codec {
            ImageFormat::WebP | ImageFormat::Gif => picture.to_rgb8().into(),
            _ => picture.clone(),
        };
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

/// A TIFF of grey pages, nothing packed; the last directory's next is `end`.
fn book(pages: &[image::GrayImage], end: u32) -> Vec<u8> {
    let mut file = b"II\x2a\0\0\0\0\0".to_vec();
    let mut link = 4;
    for page in pages {
        let place = |file: &[u8]| u32::try_from(file.len()).unwrap();
        let pixels = place(&file);
        file.extend_from_slice(page.as_raw());
        let directory = place(&file);
        file[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let (width, height) = page.dimensions();
        let values = [
            (256_u16, width),
            (257, height),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, pixels),
            (277, 1),
            (278, height),
            (279, width * height),
        ];
        file.extend(u16::try_from(values.len()).unwrap().to_le_bytes());
        for (tag, value) in values {
            file.extend(tag.to_le_bytes());
            file.extend(4_u16.to_le_bytes());
            file.extend(1_u32.to_le_bytes());
            file.extend(value.to_le_bytes());
        }
        link = file.len();
        file.extend(end.to_le_bytes());
    }
    file
}

#[test]
fn every_page_of_a_tiff() {
    let page = |level| image::GrayImage::from_pixel(30, 20, image::Luma([level]));
    let levels = |file| -> Vec<u8> {
        pages(file).unwrap().map(|page| page.unwrap().grey.pixels()[0]).collect()
    };
    let file = book(&[page(10), page(20), page(30)], 0);
    assert_eq!(levels(file.clone()), [10, 20, 30]);
    // The last page names the first as the next.
    let first = u32::from_le_bytes(file[4..8].try_into().unwrap());
    let mut turned = file.clone();
    let last = turned.len() - 4;
    turned[last..].copy_from_slice(&first.to_le_bytes());
    assert_eq!(levels(turned), [10, 20, 30], "and no more");
    let mut cut = file;
    cut.truncate(last - 1);
    let all: Vec<_> = pages(cut).unwrap().collect();
    assert!(all.len() == 3 && all[1].is_ok() && all[2].is_err(), "{all:?}");
    let many = book(&vec![page(0); PAGES + 1], 0);
    assert!(matches!(pages(many), Err(LoadError::PageCount { found }) if found == PAGES + 1));
}

#[test]
fn films_are_said_to_be() {
    let frame = |level| {
        image::Frame::new(image::RgbaImage::from_pixel(
            24,
            24,
            image::Rgba([level, level, level, 255]),
        ))
    };
    for (count, note) in [(1_u8, None), (3, Some(Note::FirstOfMany))] {
        let mut file = Vec::new();
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut file);
        encoder.encode_frames((0..count).map(|i| frame(60 + 40 * i))).unwrap();
        drop(encoder);
        let picture = pages(file).unwrap().next().unwrap().unwrap();
        assert_eq!((picture.note, picture.grey.pixels()[0] / 10), (note, 6));
    }
    assert!(Note::of(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02", Format::WebP).is_some());
    assert!(Note::of(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x10", Format::WebP).is_none());
    let png = |name: &[u8]| {
        [b"\x89PNG\r\n\x1a\n\0\0\0\x08", name, &[0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]].concat()
    };
    assert!(Note::of(&png(b"acTL"), Format::Png).is_some());
    assert!(Note::of(&png(b"tEXt"), Format::Png).is_none());
}

#[test]
fn a_jpeg_that_ends_early() {
    let file = written(&drawn(), ImageFormat::Jpeg);
    let note = |bytes: &[u8]| match pages(bytes.to_vec()).unwrap().next().unwrap() {
        Ok(picture) => picture.note,
        Err(error) => panic!("{error:?}"),
    };
    assert_eq!(note(&file), None);
    assert_eq!(note(&[&file[..], &[0; 100], b"added by a phone"].concat()), None);
    assert_eq!(note(&file[..file.len() * 3 / 4]), Some(Note::EndsEarly));
    assert!(matches!(error(&file[..40]), LoadError::Truncated));
}

#[test]
fn what_is_not_supported_is_not_damaged() {
    for (head, kind) in [
        (&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], Foreign::Heic),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", Foreign::Avif),
        (b"\xff\x0a\xfa\x1f", Foreign::JpegXl),
    ] {
        assert!(matches!(error(head), LoadError::Foreign(found) if found == kind), "{kind:?}");
    }
    // Twelve bits a sample, and compressed as a fax.
    let mut file = book(&[image::GrayImage::new(8, 8)], 0);
    let directory = u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize;
    file[directory + 2 + 3 * 12 + 8] = 99;
    let found = error(file);
    assert!(matches!(found, LoadError::Unsupported(Format::Tiff)), "{found:?}");
}

/// A code drawn with two colours.
fn coloured(dark: [u8; 4], light: [u8; 4]) -> DynamicImage {
    let grey = drawn().into_luma8();
    let pixel = |x, y| image::Rgba(if grey.get_pixel(x, y)[0] < 128 { dark } else { light });
    image::RgbaImage::from_fn(grey.width(), grey.height(), pixel).into()
}

#[test]
fn colours_of_one_luma_and_paper_of_any_colour() {
    for (name, dark, light) in [
        ("red on green", [200, 0, 0, 255], [0, 102, 0, 255]),
        ("blue on brown", [0, 0, 255, 255], [97, 0, 0, 255]),
        ("white on nothing", [255, 255, 255, 255], [0, 0, 0, 0]),
        ("black on nothing", [0, 0, 0, 255], [0, 0, 0, 0]),
    ] {
        let file = written(&coloured(dark, light), ImageFormat::Png);
        let picture = pages(file).unwrap().next().unwrap().unwrap();
        let codes = picture.look().codes;
        assert!(matches!(&codes[..], [code] if code.bytes == b"BP1:LOADED"), "{name}: {codes:?}");
        let plain = crate::read(picture.grey.as_grey()).len();
        assert_eq!(plain, usize::from(name == "black on nothing"), "{name}: by its luma");
    }
    let grey: DynamicImage = drawn().to_rgb8().into();
    let picture = pages(written(&grey, ImageFormat::Png)).unwrap().next().unwrap().unwrap();
    assert!(picture.others.is_empty(), "grey has no colour to look at");
}

/// The CRC of PNG, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}
