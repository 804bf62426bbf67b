//! What the order of the steps promises: early ends, bounded work, the same answer again.

use super::*;
use crate::GreyBuf;
use crate::camera::{Kind, Shot, photograph};
use crate::decode::search::watch::{Trace, watch};
use crate::{Symbol, read};

fn picture(kind: Kind, strength: f32, seed: u64) -> GreyBuf {
    let symbol = Symbol::new(&"BP1:SPECIMEN/0123456".repeat(9)).unwrap();
    let shot = Shot { kind, strength, size: (640, 480), seed, frame: 0 };
    photograph(&shot, &[symbol]).picture
}

fn bytes(codes: &[Code]) -> Vec<&[u8]> {
    codes.iter().map(|code| &code.bytes[..]).collect()
}

#[test]
fn a_step_never_takes_back_what_an_earlier_one_read() {
    for (kind, strength) in
        [(Kind::Clean, 0.0), (Kind::Shadow, 0.5), (Kind::Noise, 0.5), (Kind::Combo, 0.4)]
    {
        for seed in 0..2 {
            let picture = picture(kind, strength, seed);
            let mut before: Vec<Code> = Vec::new();
            for steps in 0..=Cascade::steps().len() {
                let now = Cascade::first(steps).decode(picture.as_grey());
                assert!(before.is_empty() || bytes(&before) == bytes(&now), "{kind:?} {steps}");
                before = now;
            }
            assert_eq!(bytes(&before), bytes(&read(picture.as_grey())));
        }
    }
}

#[test]
fn what_the_first_step_reads_is_not_tried_again() {
    let picture = picture(Kind::Clean, 0.0, 3);
    assert_eq!(Cascade::first(1).decode(picture.as_grey()).len(), 1);
    let watched = watch(picture.as_grey());
    let read = |trace: &Trace| trace.symbol.as_ref().is_some_and(|s| !s.marks.is_empty());
    assert_eq!(watched.traces.iter().filter(|trace| read(trace)).count(), 1);
    assert!(watched.traces.len() <= 4, "one step's tries: {}", watched.traces.len());
}

#[test]
fn a_sheet_of_finders_costs_no_more_than_the_work_allowed() {
    let sheet: Vec<u8> = (0..640 * 480)
        .map(|i| {
            let (x, y): (usize, usize) = (i % 640 % 27 / 3, i / 640 % 27 / 3);
            let ring = x.abs_diff(3).max(y.abs_diff(3));
            if ring > 3 || ring == 2 { 255 } else { 0 }
        })
        .collect();
    let watched = watch(Grey::new(640, 480, &sheet).unwrap());
    assert!(watched.stages.iter().any(|stage| stage.finders.len() > 20));
    assert!(watched.traces.len() <= 40);
}

#[test]
fn steps_have_names_of_their_own() {
    let mut names = Cascade::steps();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(Cascade::first(0).decode(picture(Kind::Clean, 0.0, 1).as_grey()).is_empty());
}

#[test]
fn what_is_seen_and_not_read_is_told() {
    let seen = (0..4).filter(|&seed| {
        let seen = look(picture(Kind::Torn, 0.62, seed).as_grey());
        seen.codes.is_empty() && seen.sights.iter().any(|sight| sight.resemblance > 0.3)
    });
    assert!(seen.count() > 0);
}

#[test]
fn small_codes_are_read_in_light_ink_nearly_as_in_dark() {
    let (mut light, mut dark) = (0, 0);
    for seed in 0..12 {
        let mut picture = picture(Kind::Inverted, 0.4, seed);
        light += read(picture.as_grey()).len();
        picture.pixels_mut().iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
        dark += read(picture.as_grey()).len();
    }
    assert!(dark >= 8 && light * 3 >= dark * 2, "{light} of 12, in dark ink {dark}");
}
