//! Small pictures that ask for much: in what stands beside the pixels, format by format.

use image::{GrayImage, ImageFormat};

/// A picture file, and what is wrong with it.
pub(super) struct Bomb {
    pub(super) name: &'static str,
    pub(super) file: Vec<u8>,
}

/// One of each.
pub(super) fn bombs() -> Vec<Bomb> {
    let mut bombs = Vec::new();
    let mut add = |name, file| bombs.push(Bomb { name, file });
    let packed = zeros(150 << 20);
    add("png iCCP", png(&[(b"iCCP", &[b"x\0\0", &packed[..]].concat())]));
    add("png zTXt", png(&[(b"zTXt", &[b"Raw profile type iptc\0\0", &packed[..]].concat())]));
    add("png iTXt", png(&[(b"iTXt", &[b"XML:com.adobe.xmp\0\x01\0\0\0", &packed[..]].concat())]));
    let exif = vec![0; 1 << 20];
    add("png eXIf", png(&[(b"eXIf", &exif)]));
    let text = [&b"x\0"[..], &vec![b' '; 1 << 20]].concat();
    add("png tEXt", png(&[(b"tEXt", &text); 8]));
    for (name, marker, start) in [
        ("jpeg ICC", 0xe2, &b"ICC_PROFILE\0\x01\xff"[..]),
        ("jpeg EXIF", 0xe1, b"Exif\0\0MM\0\x2a\0\0\0\x08"),
        ("jpeg XMP", 0xe1, b"http://ns.adobe.com/xap/1.0/\0"),
        // Parts of a text of four gigabytes.
        ("jpeg long XMP", 0xe1, b"http://ns.adobe.com/xmp/extension/\x000123456789abcdef0123456789abcdef\xff\xff\xff\xff\0\0\0\0"),
        ("jpeg IPTC", 0xed, b"Photoshop 3.0\0"),
    ] {
        add(name, jpeg(marker, start));
    }
    for name in [*b"ICCP", *b"EXIF", *b"XMP "] {
        add("webp", webp(name, &[], u32::MAX - 9));
        add("webp", webp(name, &vec![0; 1 << 20], 1 << 20));
    }
    for tag in [256, 258, 259, 273, 274, 277, 279, 338, 339, 347, 700, 34_675] {
        for kind in [1, 2, 3, 4, 5, 16] {
            add("tiff", tiff(tag, kind, 60 << 20));
            add("tiff", tiff(tag, kind, 128 << 10));
        }
    }
    add("pnm", [b"P5\n#", &vec![b' '; 1 << 20][..], b"\n8 8\n255\n", &[0; 64]].concat());
    bombs
}

fn drawn(format: ImageFormat) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let grey = image::DynamicImage::from(GrayImage::new(8, 8));
    let picture = if format == ImageFormat::WebP { grey.to_rgb8().into() } else { grey };
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// So many zeros in zlib's format: a literal, then copies of 258 of it, in the fixed code (RFC 1951 §3.2.6).
fn zeros(count: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    // The last block, of the fixed code.
    bits.push(0b011, 3);
    // Codes come with their first bit first: 00110000, 11000101 and 00000.
    bits.push(0b0000_1100, 8);
    let copies = count / 258;
    for _ in 0..copies {
        bits.push(0b1010_0011, 13);
    }
    bits.push(0, 7);
    let sum = u32::try_from(1 + 258 * copies).unwrap() % 65_521;
    [&[0x78, 0x01], &bits.end()[..], &(sum << 16 | 1).to_be_bytes()].concat()
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, bits: u32, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held.to_le_bytes()[0]);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.push(0, 7);
        self.bytes
    }
}

/// With these chunks after the header.
fn png(chunks: &[(&[u8; 4], &Vec<u8>)]) -> Vec<u8> {
    let plain = drawn(ImageFormat::Png);
    let (head, rest) = plain.split_at(33);
    let mut file = head.to_vec();
    for (name, data) in chunks {
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [&name[..], data].concat();
        file.extend(&body);
        file.extend(crc(&body).to_be_bytes());
    }
    [&file, rest].concat()
}

/// A megabyte of these segments after the start.
fn jpeg(marker: u8, start: &[u8]) -> Vec<u8> {
    let plain = drawn(ImageFormat::Jpeg);
    let body = [start, &vec![0; 65_000 - start.len()]].concat();
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    let segment = [&[0xff, marker], &length[..], &body].concat();
    [&plain[..2], &segment.repeat(16), &plain[2..]].concat()
}

/// In the extended form, with a chunk that says it is so long.
fn webp(name: [u8; 4], data: &[u8], says: u32) -> Vec<u8> {
    let plain = drawn(ImageFormat::WebP);
    let flags = match &name {
        b"ICCP" => 0x20,
        b"EXIF" => 0x08,
        _ => 0x04,
    };
    let head = [&b"VP8X\x0a\0\0\0"[..], &[flags, 0, 0, 0, 7, 0, 0, 7, 0, 0]].concat();
    let chunk = [&name[..], &says.to_le_bytes(), data].concat();
    let body = [&b"WEBP"[..], &head, &plain[12..], &chunk].concat();
    let length = u32::try_from(body.len()).unwrap().max(says.saturating_add(8)).to_le_bytes();
    [&b"RIFF"[..], &length, &body].concat()
}

/// Eight by eight pixels of grey, with so many values of a tag.
fn tiff(tag: u16, kind: u16, count: u32) -> Vec<u8> {
    let mut entries = vec![
        (256, 3, 1, 8),
        (257, 3, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 3, 1, 8),
        (279, 4, 1, 64),
    ];
    entries.retain(|entry: &(u16, u16, u32, u32)| entry.0 != tag);
    entries.push((tag, kind, count, 8));
    entries.sort_unstable();
    let mut file = [&b"II*\0"[..], &0x0010_0008_u32.to_le_bytes(), &vec![0; 1 << 20]].concat();
    file.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
    for (tag, kind, count, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file
}

/// The CRC of PNG, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}
