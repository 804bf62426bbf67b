//! The same bytes or nothing: of every pair, from every place cut, with every byte changed.

use permit_signing::demo;
use proptest::prelude::*;

use super::*;

fn patched(base: &[u8], delta: &[u8]) -> Result<Vec<u8>, DeltaError> {
    Delta::read(delta).and_then(|delta| delta.patch(base))
}

/// A delta with these steps, whatever they are.
fn made(base: &[u8], result: &[u8], steps: &[Step<'_>]) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    write(&mut out, [sha256(&[base]), sha256(&[result])], steps).unwrap();
    out.into_writer()
}

#[test]
fn a_delta_the_eye_can_check() {
    let (base, new) = (b"0123456789abcdefSPECIMEN", b"0123456789abcdef!");
    let delta = delta(base, new).unwrap();
    let head = [&[0x84, 0x75], &b"border-permit-delta/1"[..]].concat();
    let hashes = [&[0x58, 32], &sha256(&[base])[..], &[0x58, 32], &sha256(&[new])].concat();
    // Sixteen bytes from 0, and one of its own.
    assert_eq!(delta, [head, hashes, vec![0x82, 0x82, 0, 16, 0x41, b'!']].concat());
    assert_eq!(patched(base, &delta).unwrap(), new);
    assert!(is_delta(&delta) && !is_delta(demo::BUNDLE) && !is_delta(b""));
    let read = Delta::read(&delta).unwrap();
    assert_eq!((read.base(), read.result()), (sha256(&[base]), sha256(&[new])));
}

#[test]
fn the_demonstration_and_its_next_bundle() {
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    let delta = delta(demo::BUNDLE, &newer).unwrap();
    assert_eq!(patched(demo::BUNDLE, &delta).unwrap(), newer);
    assert!(delta.len() < newer.len() / 2, "{} of {}", delta.len(), newer.len());
    assert_eq!(patched(&newer, &delta), Err(DeltaError::OtherBase));
    assert_eq!(patched(b"", &delta), Err(DeltaError::OtherBase));
}

#[test]
fn every_cut_and_every_flip_makes_nothing() {
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    let delta = delta(demo::BUNDLE, &newer).unwrap();
    for length in 0..delta.len() {
        assert!(patched(demo::BUNDLE, &delta[..length]).is_err(), "cut at {length}");
    }
    for at in 0..delta.len() {
        for bit in [1, 0x10, 0x80] {
            let mut flipped = delta.clone();
            flipped[at] ^= bit;
            assert!(patched(demo::BUNDLE, &flipped).is_err(), "byte {at}");
        }
    }
    assert_eq!(patched(demo::BUNDLE, &[&delta[..], &[0]].concat()), Err(DeltaError::Malformed));
}

#[test]
fn what_has_not_the_form() {
    let base = [7; 100];
    let copy = |offset, length| Step::Copy { offset, length };
    let of = |steps: &[Step<'_>], result: &[u8]| patched(&base, &made(&base, result, steps));
    assert_eq!(of(&[copy(0, 100)], &base).unwrap(), base);
    assert_eq!(of(&[copy(90, 10), Step::Bytes(b"x")], b"").unwrap_err(), DeltaError::Forged);
    for steps in [&[][..], &[Step::Bytes(b"")], &[copy(0, 0)], &[copy(90, 11)], &[copy(101, 1)]] {
        assert_eq!(of(steps, b""), Err(DeltaError::Malformed), "{steps:?}");
    }
    // Both ends of what a number can say.
    assert_eq!(of(&[copy(usize::MAX, 1)], b""), Err(DeltaError::Malformed));
    assert_eq!(of(&[copy(0, usize::MAX)], b""), Err(DeltaError::TooLarge));
}

/// A few bytes that claim much cost little: what they are to make is counted before it is made.
#[test]
fn what_is_too_large() {
    let base = vec![7; trust::BUNDLE];
    let whole = Step::Copy { offset: 0, length: trust::BUNDLE };
    assert_eq!(patched(&base, &made(&base, &base, &[whole])).unwrap(), base);
    let more = [whole, Step::Bytes(b"x")];
    assert_eq!(patched(&base, &made(&base, &base, &more)), Err(DeltaError::TooLarge));
    let steps = vec![Step::Copy { offset: 0, length: 1 }; MOST_STEPS + 1];
    let read = |steps: &[Step<'_>]| Delta::read(&made(&base, b"", steps)).map(|_| ());
    assert_eq!(read(&steps), Err(DeltaError::TooLarge));
    assert_eq!(read(&steps[1..]), Ok(()));
    let mut larger = base.clone();
    larger.push(7);
    assert_eq!(delta(&base, &larger), Err(DeltaError::TooLarge));
    assert_eq!(Delta::read(&larger), Err(DeltaError::TooLarge));
    assert_eq!(delta(&base, b""), Err(DeltaError::Malformed));
}

/// Runs that are too short and too many are left as bytes.
#[test]
fn never_more_steps_than_are_read() {
    let base: Vec<u8> =
        (0..2_000_000_u32).flat_map(|it| it.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
    let mut new = base.clone();
    new.iter_mut().step_by(80).for_each(|byte| *byte ^= 1);
    let delta = delta(&base, &new).unwrap();
    assert_eq!(patched(&base, &delta).unwrap(), new);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Of any two files, one that repeats itself among them.
    #[test]
    fn any_two(
        base in proptest::collection::vec(0..3_u8, 0..2_000),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..8),
        more in proptest::collection::vec(any::<u8>(), 1..200),
    ) {
        let mut new = more;
        for (from, to) in cuts {
            let (from, to) = (from.index(base.len() + 1), to.index(base.len() + 1));
            new.extend(&base[from.min(to)..from.max(to)]);
        }
        let delta = delta(&base, &new).unwrap();
        prop_assert_eq!(patched(&base, &delta).unwrap(), new);
    }

    /// Anything at all: no panic.
    #[test]
    fn anything(rest in proptest::collection::vec(any::<u8>(), 0..300)) {
        let head = made(b"", b"", &[]);
        let delta = [&head[..head.len() - 1], &rest].concat();
        let _ = patched(b"", &delta);
        let _ = patched(b"", &rest);
    }
}
