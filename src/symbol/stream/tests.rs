//! Streams of generated pictures: followed, added up, told apart.

use super::*;
use crate::camera::{Blank, Kind, SIZES, Shot, photograph};
use crate::{GreyBuf, Symbol};

fn text(name: &str) -> String {
    format!("BP1:{}", name.repeat(150 / name.len()))
}

fn take(kind: Kind, strength: f32, seed: u64, frame: u32, text: &str) -> GreyBuf {
    let shot = Shot { kind, strength, size: SIZES[0], seed, frame };
    photograph(&shot, &[Symbol::new(text).unwrap()]).picture
}

#[test]
fn a_code_is_given_once_and_held() {
    let (one, mut stream) = (text("SPECIMEN1"), Stream::new());
    for frame in 0..8 {
        let look = stream.see(take(Kind::Clean, 0.0, 4, frame, &one).as_grey());
        assert_eq!(look.codes.len(), usize::from(frame == 0), "frame {frame}");
        assert_eq!(look.held, frame > 0, "frame {frame}");
        assert_eq!(look.hint, None);
        assert!(frame == 0 || look.outline.is_some());
    }
}

/// One card is taken away and another laid in its place: each is read, nothing else is.
#[test]
fn swapped_cards_are_read_one_after_the_other() {
    let texts = [text("SPECIMEN1"), text("ANOTHER2")];
    for (kind, strength) in [(Kind::Clean, 0.0), (Kind::Noise, 0.5), (Kind::Glare, 0.2)] {
        let mut stream = Stream::new();
        let mut read = Vec::new();
        for frame in 0..18 {
            let text = &texts[usize::from(frame >= 9)];
            let look = stream.see(take(kind, strength, 3, frame, text).as_grey());
            read.extend(look.codes.into_iter().map(|code| String::from_utf8(code.bytes).unwrap()));
        }
        assert_eq!(read, texts, "{}", kind.name());
    }
}

/// A code that takes another one's place in the very next frame, its outline the same, is read.
#[test]
fn a_code_that_changes_in_place_is_read_at_once() {
    for frame in [0, 1, 2, 5] {
        let texts = [text("SPECIMEN1"), text("ANOTHER2")];
        let pictures = texts.each_ref().map(|text| take(Kind::Clean, 0.0, 4, 0, text));
        let mut stream = Stream::new();
        for _ in 0..=frame {
            stream.see(pictures[0].as_grey());
        }
        let mut codes = (0..3).flat_map(|_| stream.see(pictures[1].as_grey()).codes);
        assert_eq!(codes.next().map(|code| code.bytes).as_deref(), Some(texts[1].as_bytes()));
    }
}

/// A picture smeared to the right over so many pixels, in a hand that trembles.
fn smeared(of: &GreyBuf, by: usize, frame: usize) -> GreyBuf {
    let (width, height) = (of.width() as usize, of.height() as usize);
    let at = |x: usize, y: usize| of.pixels()[y.min(height - 1) * width + x.min(width - 1)];
    let pixels = (0..width * height).map(|i| {
        let (x, y) = (i % width + frame % 3, i / width + frame % 2);
        let sum: usize = (0..by).map(|k| usize::from(at(x + k, y))).sum();
        u8::try_from(sum / by).unwrap()
    });
    GreyBuf::from_vec(of.width(), of.height(), pixels.collect()).unwrap()
}

/// What was looked at in vain for long is still followed, and read as soon as it can be: each of the dear means has its turn.
#[test]
fn what_was_not_read_for_long_is_read_once_it_shows() {
    let one = text("SPECIMEN1");
    let clean = take(Kind::Clean, 0.0, 4, 0, &one);
    for (less, within) in [(11, 20), (9, 10), (1, 2)] {
        let (mut stream, mut lost) = (Stream::new(), 0);
        for frame in 0..60 {
            let look = stream.see(smeared(&clean, 17, frame).as_grey());
            assert!(look.codes.is_empty(), "read in frame {frame}");
            lost += usize::from(look.outline.is_none());
        }
        let read = (60..100).position(|frame| {
            let look = stream.see(smeared(&clean, less, frame).as_grey());
            look.codes.iter().any(|code| code.bytes == one.as_bytes())
        });
        assert!(lost < 5, "lost in {lost} frames");
        assert!(read.is_some_and(|frame| frame < within), "smeared by {less}: {read:?}");
    }
}

/// Another card in the place of one that was not read for long, told from it, is tried by all means at once.
#[test]
fn another_card_is_not_held_to_be_the_one_that_was_not_read() {
    let [one, two] = [text("SPECIMEN1"), text("ANOTHER2")];
    let [first, second] = [&one, &two].map(|text| take(Kind::Clean, 0.0, 4, 0, text));
    for less in [1, 7, 10] {
        let mut stream = Stream::new();
        for frame in 0..60 {
            assert!(stream.see(smeared(&first, 17, frame).as_grey()).codes.is_empty());
        }
        let read = (60..100).position(|frame| {
            let look = stream.see(smeared(&second, less, frame).as_grey());
            look.codes.iter().any(|code| code.bytes == two.as_bytes())
        });
        assert!(read.is_some_and(|frame| frame < 8), "smeared by {less}: {read:?}");
    }
}

/// A small card beside one that was not read for long is found as soon as beside none.
#[test]
fn what_is_not_read_hides_nothing_beside_it() {
    let [one, two] = [text("SPECIMEN1"), text("ANOTHER2")];
    let clean = take(Kind::Clean, 0.0, 4, 0, &one);
    let desk = Blank::Desk.photograph(&Shot {
        kind: Kind::Clean,
        strength: 0.0,
        size: SIZES[0],
        seed: 4,
        frame: 0,
    });
    let beside = |left: &GreyBuf, right: &GreyBuf| {
        let width = left.width() as usize;
        let rows = left.pixels().chunks(width).zip(right.pixels().chunks(width));
        let pixels = rows.flat_map(|(left, right)| [left, right].concat()).collect();
        GreyBuf::from_vec(2 * left.width(), left.height(), pixels).unwrap()
    };
    for strength in [0.2, 0.4] {
        let small = take(Kind::Small, strength, 4, 0, &two);
        let mut stream = Stream::new();
        for frame in 0..60 {
            let look = stream.see(beside(&smeared(&clean, 17, frame), &desk).as_grey());
            assert!(look.codes.is_empty(), "read in frame {frame}");
        }
        let read = (60..100).position(|frame| {
            let look = stream.see(beside(&smeared(&clean, 17, frame), &small).as_grey());
            look.codes.iter().any(|code| code.bytes == two.as_bytes())
        });
        assert!(read.is_some_and(|frame| frame < 8), "small {strength}: {read:?}");
    }
}

/// What no frame alone shows is read from several.
#[test]
fn ten_frames_read_more_than_one() {
    let one = text("SPECIMEN1");
    let (mut alone, mut together) = (0, 0);
    for seed in 1..=4 {
        let mut stream = Stream::new();
        let frames = (0..10).map(|frame| take(Kind::Motion, 0.6, seed, frame, &one));
        let mut read = false;
        for (frame, picture) in frames.enumerate() {
            if frame == 0 {
                alone += usize::from(!crate::read(picture.as_grey()).is_empty());
            }
            read |= stream.see(picture.as_grey()).codes.iter().any(|c| c.bytes == one.as_bytes());
            if read {
                break;
            }
        }
        together += usize::from(read);
    }
    assert!(together > alone && together >= 3, "{together} of 4, {alone} alone");
}

/// Where noise is stronger than the print, no threshold shows a finder and the known modules
/// alone tell no place exactly.
#[test]
fn ten_frames_of_heavy_noise() {
    let one = text("SPECIMEN1");
    for seed in [1, 3] {
        let frames: Vec<GreyBuf> =
            (0..10).map(|frame| take(Kind::Noise, 1.0, seed, frame, &one)).collect();
        assert!(frames.iter().all(|picture| crate::read(picture.as_grey()).is_empty()));
        let mut stream = Stream::new();
        let mut codes = frames.iter().flat_map(|picture| stream.see(picture.as_grey()).codes);
        assert_eq!(codes.next().map(|code| code.bytes).as_deref(), Some(one.as_bytes()), "{seed}");
    }
}

#[test]
fn empty_dark_and_odd_frames() {
    let mut stream = Stream::new();
    let black = GreyBuf::new(640, 480);
    assert_eq!(stream.see(black.as_grey()).hint, Some(Hint::Dark));
    for (width, height) in [(1, 1), (3, 2000), (2000, 3), (41, 41), (640, 480)] {
        for fill in [0, 128, 255] {
            let pixels = vec![fill; width as usize * height as usize];
            let look = stream.see(Grey::new(width, height, &pixels).unwrap());
            assert!(look.codes.is_empty() && look.outline.is_none());
        }
    }
}

#[test]
fn a_code_that_comes_back_is_given_again() {
    let (one, mut stream) = (text("SPECIMEN1"), Stream::new());
    let grey = GreyBuf::from_vec(640, 480, vec![128; 640 * 480]).unwrap();
    let seen = take(Kind::Clean, 0.0, 4, 0, &one);
    assert_eq!(stream.see(seen.as_grey()).codes.len(), 1);
    for _ in 0..=track::PATIENCE + 1 {
        assert!(!stream.see(grey.as_grey()).held);
    }
    assert_eq!(stream.see(seen.as_grey()).codes.len(), 1);
}

/// Stripes are what a finder's middle rows and a timing pattern look like.
#[test]
fn a_striped_desk_gives_no_hint() {
    for (size, seed) in [(SIZES[0], 6), (SIZES[0], 7), (SIZES[1], 6), (SIZES[1], 7)] {
        let mut stream = Stream::new();
        for frame in 0..5 {
            let shot = Shot { kind: Kind::Clean, strength: 0.0, size, seed, frame };
            let look = stream.see(photograph(&shot, &[]).picture.as_grey());
            assert_eq!((look.hint, look.health.symbol), (None, None), "{seed}, frame {frame}");
        }
    }
}

/// Bars that move for two seconds get glances by then; a permit held up is news.
#[test]
fn a_code_after_much_that_is_none() {
    let one = text("SPECIMEN1");
    let mut stream = Stream::new();
    for frame in 0..60 {
        let shot = Shot { kind: Kind::Clean, strength: 0.0, size: SIZES[0], seed: 3, frame };
        assert_eq!(stream.see(Blank::Barcode.photograph(&shot).as_grey()).codes, []);
    }
    let mut codes = (0..12)
        .flat_map(|frame| stream.see(take(Kind::Motion, 0.5, 3, frame, &one).as_grey()).codes);
    assert_eq!(codes.next().map(|code| code.bytes).as_deref(), Some(one.as_bytes()));
}

/// Modules of 1.1 pixels to 0.9: too small to be read, and seen all the same.
#[test]
fn a_code_too_small_to_be_read_is_told_to_come_closer() {
    let one = text("SPECIMEN1");
    for (strength, seed) in [(0.7, 2), (0.7, 3), (0.75, 1), (0.75, 4), (0.8, 2)] {
        let mut stream = Stream::new();
        let mut hints = Vec::new();
        for frame in 0..18 {
            let look = stream.see(take(Kind::Small, strength, seed, frame, &one).as_grey());
            assert!(look.codes.is_empty(), "{strength}, seed {seed}");
            hints.push(look.hint == Some(Hint::TooFar) && look.outline.is_some());
        }
        let told = hints[9..].iter().filter(|told| **told).count();
        assert!(told >= 7, "{strength}, seed {seed}: {hints:?}");
    }
}

/// Text, bar codes, squares of modules that are no codes: near and far.
#[test]
fn nothing_else_is_told_to_come_closer() {
    for blank in Blank::ALL.into_iter().filter(|blank| *blank != Blank::Scrambled) {
        for strength in [0.0, 0.7] {
            let shot = Shot { kind: Kind::Small, strength, size: SIZES[0], seed: 3, frame: 0 };
            let picture = blank.photograph(&shot);
            let mut stream = Stream::new();
            for frame in 0..6 {
                let hint = stream.see(picture.as_grey()).hint;
                assert_ne!(hint, Some(Hint::TooFar), "{}, {strength}, {frame}", blank.name());
            }
        }
    }
}
