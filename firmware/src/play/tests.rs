//! Folders and films, written and played.

use std::fs::{self, File};
use std::io::Write as _;

use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{Symbol, read};

use super::*;

fn all(source: &mut dyn FrameSource) -> Vec<Frame> {
    core::iter::from_fn(|| source.next().unwrap()).collect()
}

fn shot(text: &str) -> permit_symbol::camera::Photo {
    let shot = Shot { kind: Kind::Clean, strength: 0.0, size: SIZES[0], seed: 7, frame: 0 };
    photograph(&shot, &[Symbol::new(text).unwrap()])
}

#[test]
fn ten_frames_of_each_and_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    for (name, luma) in [("b.pgm", 20), ("a.pgm", 10)] {
        let mut file = File::create(folder.path().join(name)).unwrap();
        file.write_all(b"P5 4 3 255\n").unwrap();
        file.write_all(&[luma; 12]).unwrap();
    }
    fs::write(folder.path().join("notes.txt"), "not a picture").unwrap();
    fs::write(folder.path().join("cut.pgm"), "P5 4 3 255\nx").unwrap();
    let mut played = Folder::open(folder.path(), false).unwrap();
    let frames = all(&mut played);
    assert_eq!(frames.len(), 22);
    for (place, frames) in [(0, &frames[..11]), (1, &frames[11..])] {
        let (empty, shown) = frames.split_last().unwrap();
        assert!(empty.cut && empty.picture.is_none());
        let luma = if place == 0 { 10 } else { 20 };
        assert!(shown.iter().all(|frame| frame.picture == Some(place)
            && !frame.cut
            && frame.grey.pixels() == [luma; 12]));
    }
    let mut endless = open(folder.path(), true).unwrap().unwrap();
    assert!((0..100).all(|_| endless.next().unwrap().is_some()));
    let bare = tempfile::tempdir().unwrap();
    assert!(matches!(open(bare.path(), true), Err(FrameError::Empty)));
    fs::write(bare.path().join("cut.pgm"), "P5 4 3 255\nx").unwrap();
    let mut unreadable = open(bare.path(), true).unwrap().unwrap();
    assert!(unreadable.next().unwrap().is_none(), "it is not turned over for ever");
}

#[test]
fn a_film_of_plain_luma() {
    let folder = tempfile::tempdir().unwrap();
    for (colours, chroma) in
        [("C420jpeg", 4 * 2), ("C422", 4 * 3), ("C444", 5 * 3 * 2), ("Cmono", 0)]
    {
        let path = folder.path().join(colours);
        let mut file = File::create(&path).unwrap();
        writeln!(file, "YUV4MPEG2 W5 H3 F30:1 {colours}").unwrap();
        for luma in [1, 2] {
            file.write_all(b"FRAME\n").unwrap();
            file.write_all(&[luma; 15]).unwrap();
            let chroma = match colours {
                "C420jpeg" => 12,
                "C422" => 18,
                _ => chroma,
            };
            file.write_all(&vec![128; chroma]).unwrap();
        }
        file.write_all(b"FRAME\n\x03\x03").unwrap();
        let frames = all(&mut *open(&path, false).unwrap().unwrap());
        let lumas: Vec<u8> = frames.iter().map(|frame| frame.grey.pixels()[14]).collect();
        assert_eq!(lumas, [1, 2], "{colours}");
        assert_eq!(frames[1].picture, Some(1));
    }
}

#[test]
fn a_film_of_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film");
    let mut bytes = Vec::new();
    for text in ["BP1:ONE", "BP1:TWO"] {
        bytes.extend(shot(text).jpeg().unwrap());
        bytes.extend([0; 37]);
    }
    fs::write(&path, bytes).unwrap();
    let frames = all(&mut *open(&path, false).unwrap().unwrap());
    let texts: Vec<Vec<u8>> =
        frames.iter().map(|frame| read(frame.grey.as_grey())[0].bytes.clone()).collect();
    assert_eq!(texts, [b"BP1:ONE", b"BP1:TWO"]);
}

#[test]
fn what_is_neither_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("text", &b"hello"[..]),
        ("large", b"YUV4MPEG2 W99999 H99999\nFRAME\n"),
        ("deep", b"YUV4MPEG2 W2 H2 C420p10\n"),
        ("bare", b"YUV4MPEG2"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        assert!(open(&path, false).is_err(), "{name}");
    }
    assert!(matches!(open(&folder.path().join("gone"), false), Err(FrameError::Open(_))));
    assert!(open(Path::new("/dev/null"), false).unwrap().is_none());
}

#[test]
fn a_pace_that_does_not_hurry_after_a_pause() {
    let (mut pace, start) = (Pace::new(10), Instant::now());
    assert_eq!(pace.wait(start), Duration::ZERO);
    assert_eq!(pace.wait(start), Duration::from_millis(100));
    let late = start + Duration::from_secs(5);
    assert_eq!(pace.wait(late), Duration::ZERO);
    assert_eq!(pace.wait(late), Duration::from_millis(100));
}
