//! The pictures are what they say they are.

use super::layout::Layout;
use super::*;
use crate::{Code, read};

const TEXT: &str = "BP1:SPECIMEN SPECIMEN SPECIMEN";

fn symbol() -> Symbol {
    Symbol::new(TEXT).unwrap()
}

fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().chain(Kind::SCENES)
}

fn shot(kind: Kind, strength: f32, seed: u64) -> Shot {
    Shot { kind, strength, size: SIZES[0], seed, frame: 0 }
}

fn found(photo: &Photo) -> Option<Code> {
    read(photo.picture.as_grey()).into_iter().find(|code| code.bytes == TEXT.as_bytes())
}

fn differing(a: &GreyBuf, b: &GreyBuf) -> usize {
    a.pixels().iter().zip(b.pixels()).filter(|(a, b)| a.abs_diff(**b) > 8).count()
}

#[test]
fn the_same_shot_is_the_same_picture() {
    for kind in kinds() {
        let shot = Shot { size: (320, 240), ..shot(kind, 0.6, 9) };
        let [one, two] = [(); 2].map(|()| photograph(&shot, &[symbol()]).picture);
        assert_eq!(one, two, "{}", kind.name());
    }
}

/// The sums of small pictures, so that a machine that computes otherwise is noticed.
#[test]
fn the_same_picture_on_every_machine() {
    let sums: Vec<(&str, u32)> = kinds()
        .map(|kind| {
            let shot = Shot { size: (160, 120), ..shot(kind, 0.5, 3) };
            let picture = photograph(&shot, &[symbol()]).picture;
            let sum = picture.pixels().iter().fold(0, |sum: u32, pixel| {
                sum.rotate_left(5).wrapping_mul(0x9e37_79b1) ^ u32::from(*pixel)
            });
            (kind.name(), sum)
        })
        .collect();
    insta::assert_debug_snapshot!(sums);
}

#[test]
fn names_are_found_again() {
    for kind in kinds() {
        assert_eq!(Kind::named(kind.name()), Some(kind));
    }
    assert_eq!(Kind::named("unknown"), None);
}

/// The corners are where a reader sees them, flat or bent, turned or tilted.
#[test]
fn corners_are_true() {
    let mut read = 0;
    for (kind, strength) in [
        (Kind::Clean, 0.0),
        (Kind::Perspective, 0.3),
        (Kind::Rotation, 0.4),
        (Kind::Rotation, 1.0),
        (Kind::Small, 0.2),
        (Kind::Fold, 0.1),
    ] {
        for seed in 0..4 {
            let photo = photograph(&shot(kind, strength, seed), &[symbol()]);
            let Some(code) = found(&photo) else { continue };
            read += 1;
            for (seen, placed) in code.corners.iter().zip(photo.codes[0].corners) {
                let off = (seen.x - placed.x).hypot(seen.y - placed.y);
                assert!(off < 9.0, "{} {strength} seed {seed}: {off} pixels", kind.name());
            }
        }
    }
    assert!(read >= 16, "too few of 24 read: {read}");
}

#[test]
fn the_whole_code_is_in_the_picture() {
    for size in SIZES {
        for seed in 0..20 {
            let shot = Shot { size, ..shot(Kind::Rotation, 0.7, seed) };
            let mut plan = Plan::clean(
                (length(size.0), length(size.1)),
                57.0,
                &mut Random::new(seed, Purpose::Pose, 0),
            );
            plan.spoil(shot.kind, shot.strength, &mut Random::new(seed, Purpose::Kind, 0));
            Layout::One.fit(&mut plan, (length(size.0), length(size.1)), 57.0);
            let reach = 0.5 * 57.0 * plan.hold.module;
            let at = plan.hold.at;
            assert!(at.x > reach && at.x < length(size.0) - reach);
            assert!(at.y > reach && at.y < length(size.1) - reach);
        }
    }
}

#[test]
fn a_stream_moves_a_little_and_its_noise_is_new() {
    let take = |frame| photograph(&Shot { frame, ..shot(Kind::Glare, 0.4, 5) }, &[symbol()]);
    let [first, second, later] = [0, 1, 20].map(take);
    let far = |a: &Photo, b: &Photo| {
        let (a, b) = (a.codes[0].corners[0], b.codes[0].corners[0]);
        (a.x - b.x).hypot(a.y - b.y)
    };
    assert!(far(&first, &second) > 0.0 && far(&first, &second) < 25.0);
    assert!(far(&first, &later) < 150.0);
    assert_ne!(first.picture, second.picture);
}

#[test]
fn several_codes_are_all_placed() {
    let symbols = ["BP1:ONE", "BP1:TWO", "BP1:THREE"].map(|text| Symbol::new(text).unwrap());
    let photo = photograph(&shot(Kind::Several, 0.5, 1), &symbols);
    assert_eq!(photo.codes.len(), 16);
    let mut said: Vec<_> =
        read(photo.picture.as_grey()).into_iter().map(|code| code.bytes).collect();
    said.sort();
    said.dedup();
    assert_eq!(said, [&b"BP1:ONE"[..], b"BP1:THREE", b"BP1:TWO"]);
}

/// The axis means something for a permit's code: a little is read, everything is not. What
/// `Several` ends is reading them all.
#[test]
fn strength_ends_reading() {
    let text = "BP1:SPECIMEN/0123456".repeat(9);
    let symbols = [Symbol::new(&text).unwrap()];
    for kind in Kind::ALL {
        let read = |strength| {
            let take = |seed| photograph(&shot(kind, strength, seed), &symbols);
            let all = |photo: &Photo| {
                let codes = read(photo.picture.as_grey());
                codes.iter().filter(|code| code.bytes == text.as_bytes()).count()
                    >= photo.codes.len()
            };
            (0..2).filter(|seed| all(&take(*seed))).count()
        };
        assert!(read(0.02) >= 1, "{} is hard at the start", kind.name());
        if !matches!(kind, Kind::Clean | Kind::Rotation) {
            assert_eq!(read(1.0), 0, "{} is easy at the end", kind.name());
        }
    }
}

#[test]
fn r12_scenes_hold_their_codes_in_the_picture() {
    let symbols = [symbol(), Symbol::new(&"BP1:SPECIMEN/0123456".repeat(9)).unwrap()];
    for size in [(320, 240), (400, 225)] {
        for (kind, strength) in
            Kind::SCENES.into_iter().flat_map(|kind| [0.0, 0.5, 1.0].map(|s| (kind, s)))
        {
            let photo = photograph(&Shot { size, ..shot(kind, strength, 4) }, &symbols);
            let corners = photo.codes.iter().flat_map(|placed| placed.corners);
            // A code that fills the picture ends where the picture does.
            let (wide, high) = (length(size.0) + 0.5, length(size.1) + 0.5);
            let inside = |at: &Point| at.x >= -0.5 && at.y >= -0.5 && at.x <= wide && at.y <= high;
            let outside = corners.filter(|at| !inside(at)).count();
            assert_eq!(outside, 0, "{} {strength} {size:?}", kind.name());
        }
    }
}

#[test]
fn r12_a_scene_is_as_large_as_many_or_as_steep_as_it_says() {
    let of = |kind, strength| photograph(&shot(kind, strength, 2), &[symbol()]).codes;
    let edge = |placed: &Placed| {
        let [a, b, c, d] = placed.corners;
        [a.distance(b), b.distance(c), c.distance(d), d.distance(a)]
    };
    let close = edge(&of(Kind::Close, 1.0)[0]);
    assert!(close.iter().all(|edge| *edge > 360.0 && *edge <= 480.0), "{close:?}");
    assert_eq!((of(Kind::Sheet, 0.0).len(), of(Kind::Sheet, 1.0).len()), (2, 120));
    let beside = of(Kind::Beside, 1.0);
    let times = edge(&beside[1])[0] / edge(&beside[0])[0];
    assert!((5.0..7.0).contains(&times), "{times}");
    let area = |placed: &Placed| {
        let [a, b, c, d] = placed.corners;
        (c - a).cross(d - b) / 2.0
    };
    let steep = &of(Kind::Steep, 1.0)[0];
    assert!(area(steep) < 0.5 * edge(steep)[0].max(edge(steep)[1]).powi(2), "{steep:?}");
    let far = edge(&of(Kind::Far, 0.0)[0]);
    let side = ratio(symbol().modules().side());
    assert!(far.iter().all(|edge| (3.5..4.5).contains(&(edge / side))), "{far:?}");
}

#[test]
fn r12_scenes_are_read_at_the_start() {
    for kind in Kind::SCENES {
        let read = (0..3)
            .filter(|seed| found(&photograph(&shot(kind, 0.02, *seed), &[symbol()])).is_some());
        assert!(read.count() >= 2, "{}", kind.name());
    }
}

#[test]
fn r12_two_colours_of_one_luma() {
    let photo = photograph(&shot(Kind::Colour, 1.0, 3), &[symbol()]);
    let colours = photo.colours.as_deref().unwrap();
    assert!(found(&photo).is_none(), "luma hides it");
    let read = |primary: &GreyBuf| !read(primary.as_grey()).is_empty();
    assert!(colours.iter().any(read), "one of the primaries shows it");
    let again = crate::load::picture(photo.jpeg().unwrap()).unwrap();
    assert!(differing(&again, &photo.picture) < 640 * 480 / 100);
}

#[test]
fn nothing_is_found_where_nothing_is() {
    for blank in Blank::ALL {
        for seed in 0..2 {
            let picture = blank.photograph(&shot(Kind::Clean, 0.0, seed));
            assert!(read(picture.as_grey()).is_empty(), "{}", blank.name());
        }
    }
}

#[test]
fn a_file_as_a_camera_writes_it() {
    let photo = photograph(&shot(Kind::Jpeg, 0.5, 2), &[symbol()]);
    let file = photo.jpeg().unwrap();
    let again = crate::load::picture(file).unwrap();
    let differing = differing(&again, &photo.picture);
    assert!(differing < 640 * 480 / 100, "{differing} pixels differ");
}

#[test]
fn odd_sizes_and_strengths() {
    for size in [(0, 0), (16, 16), (333, 77), (17, 400)] {
        for strength in [-1.0, 0.5, 2.0, f32::NAN] {
            for kind in kinds() {
                let shot = Shot { size, ..shot(kind, strength, 1) };
                let photo = photograph(&shot, &[symbol()]);
                assert!(photo.picture.width() >= 16);
            }
        }
    }
    assert!(photograph(&shot(Kind::Several, 0.3, 1), &[]).codes.is_empty());
}
