//! Any few more codes than a file fills, in any order; and whatever else comes.

use permit_signing::demo;
use proptest::prelude::*;

use super::*;
use crate::{Added, CollectError, Collector, PartError, spelled, split};

fn parts(file: &[u8]) -> impl Iterator<Item = Part> {
    let texts: Vec<String> = Fountain::new(file).unwrap().texts().take(MOST * 2).collect();
    texts.into_iter().map(|text| Part::read(text.as_bytes()).unwrap())
}

/// [`MOST_FOUNTAIN`] as codes have it.
const MOST_LENGTH: u32 = 387_072;

/// Bytes that no code mixes up with others.
fn file(length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| permit_core::sha256(&[&at.to_be_bytes()])[0]).collect()
}

/// The file, and how many codes it took.
fn collect<'p>(parts: impl IntoIterator<Item = &'p Part>) -> Option<(Vec<u8>, usize)> {
    let mut collector = Collector::default();
    for (count, part) in (1..).zip(parts) {
        if let Added::Whole(file) = collector.add(part).unwrap() {
            assert_eq!(collector, Collector::default());
            return Some((file, count));
        }
    }
    None
}

#[test]
fn codes_of_the_demonstration() {
    let fountain = Fountain::new(demo::BUNDLE).unwrap();
    assert_eq!((demo::BUNDLE.len(), fountain.needed()), (8_930, 24));
    let texts: Vec<String> = fountain.texts().take(30).collect();
    assert!(texts.iter().all(|text| text.len() == 600), "what version 15 holds at M");
    assert!(texts.iter().all(|text| text.bytes().all(permit_core::is_base45)));
    let source: Vec<u8> = parts(demo::BUNDLE).take(24).flat_map(|part| part.piece).collect();
    assert_eq!(&source[..8_930], demo::BUNDLE, "the first hold it as it is");
    for text in &texts {
        let part = Part::read(text.as_bytes()).unwrap();
        assert_eq!((part.id(), part.total()), (BundleId::of(demo::BUNDLE), 24));
        assert_eq!(part.text().as_ref(), Some(text));
        assert!(permit_core::Envelope::open(text.as_bytes()).is_err());
    }
}

#[test]
fn how_much_goes() {
    for length in [1, SYMBOL - 1, SYMBOL, SYMBOL + 1, 30_000, MOST_FOUNTAIN] {
        let file = file(length);
        let all: Vec<Part> = parts(&file).collect();
        let fills = length.div_ceil(SYMBOL);
        assert_eq!(collect(&all), Some((file.clone(), fills)), "as it is");
        let (whole, count) = collect(all.iter().skip(fills)).unwrap();
        assert!(whole == file && count <= fills + 3, "{count} of {fills}, none of its own");
    }
    for bytes in [0, MOST_FOUNTAIN + 1] {
        let fault = SplitError { bytes, most: MOST_FOUNTAIN };
        assert_eq!(Fountain::new(&vec![7; bytes]).err(), Some(fault));
    }
}

/// The last symbols there are: no number is too large for the sums in the standard.
#[test]
fn the_last_symbols() {
    let file = file(3 * SYMBOL);
    let fountain = Fountain::new(&file).unwrap();
    let last = (LAST - 10..=LAST).map(|index| {
        let (id, form) = (fountain.id, Form::Fountain { length: fountain.length });
        Part { id, form, index, piece: fountain.symbol(index).unwrap() }
    });
    let last: Vec<Part> = last.collect();
    let texts = last.iter().map(|part| part.text().unwrap());
    assert!(texts.zip(&last).all(|(text, part)| Part::read(text.as_bytes()).as_ref() == Ok(part)));
    assert_eq!(collect(last.iter().rev()).unwrap().0, file);
}

/// 30,000 bytes with three codes of ten lost, in 200 orders: seldom one or two more than it fills.
#[test]
fn three_of_ten_are_lost() {
    let file = file(30_000);
    let all: Vec<Part> = parts(&file).take(300).collect();
    let mut more = Vec::new();
    for seed in 0..200_u64 {
        let lost = |part: &&Part| {
            let drawn = permit_core::sha256(&[&seed.to_be_bytes(), &part.index.to_be_bytes()]);
            u16::from_be_bytes([drawn[0], drawn[1]]) % 10 < 3
        };
        let (whole, count) = collect(all.iter().filter(|part| !lost(part))).unwrap();
        assert_eq!(whole, file);
        more.push(count - 80);
    }
    assert!(more.iter().all(|more| *more <= 2), "{more:?}");
    assert!(more.iter().filter(|more| **more > 0).count() < 20, "{more:?}");
}

#[test]
fn one_form_for_each_code() {
    let of = |length: u32, block: u8, index: u32, symbol: &[u8]| {
        let [_, length @ ..] = length.to_be_bytes();
        let [_, index @ ..] = index.to_be_bytes();
        let body = [&[1; 8][..], &length, &[block], &index, symbol].concat();
        Part::read(spelled(PREFIX, body).unwrap().as_bytes())
    };
    let symbol = [5; SYMBOL];
    let mut half = [0; SYMBOL];
    half[..100].fill(5);
    assert!(of(1_000, 0, 0, &symbol).is_ok() && of(1_000, 0, LAST, &symbol).is_ok());
    assert!(of(u32::from(SIZE) + 100, 0, 1, &half).is_ok());
    for (length, block, index, symbol) in [
        (0, 0, 0, &symbol[..]),
        (MOST_LENGTH + 1, 0, 0, &symbol),
        (1_000, 1, 0, &symbol),
        (1_000, 0, 0, &symbol[1..]),
        (1_000, 0, 0, b""),
        (u32::from(SIZE) + 99, 0, 1, &half),
        (1_000, 0, 2, &symbol),
    ] {
        let read = of(length, block, index, symbol);
        assert_eq!(read, Err(PartError::Damaged), "{length} {block} {index}");
    }
}

#[test]
fn others_and_other_forms_are_refused_and_nothing_is_lost() {
    let (ours, theirs) = (file(1_000), vec![2; 1_000]);
    let all: Vec<Part> = parts(&ours).take(6).collect();
    let other: Vec<Part> = parts(&theirs).take(6).collect();
    let numbered = Part::read(split(&ours).unwrap()[1].as_bytes()).unwrap();
    let longer = Part { form: Form::Fountain { length: 1_001 }, ..all[4].clone() };
    let mut changed = all[5].clone();
    changed.piece[0] ^= 1;
    let mut collector = Collector::default();
    assert_eq!(collector.add(&all[5]), Ok(Added::New));
    for (part, why) in [
        (&other[0], CollectError::Other),
        (&numbered, CollectError::Other),
        (&longer, CollectError::Conflict { index: 4 }),
        (&changed, CollectError::Conflict { index: 5 }),
    ] {
        assert_eq!(collector.add(part), Err(why));
    }
    assert_eq!(collector.add(&all[5]), Ok(Added::Again));
    assert_eq!((collector.progress(), collector.takes_any()), ((1, 3), true));
    assert_eq!(collector.missing().count(), 0);
    assert_eq!(collector.add(&all[4]), Ok(Added::New));
    assert_eq!(collector.add(&all[0]), Ok(Added::Whole(ours)));
    assert_eq!(collector.add(&numbered), Ok(Added::New), "then it is free for others");
    assert_eq!(collector.add(&all[0]), Err(CollectError::Other));
}

#[test]
fn forged_codes_make_nothing() {
    let file = file(5_000);
    let mut all: Vec<Part> = parts(&file).take(20).collect();
    for at in [0, 19] {
        let mut forged = all.clone();
        forged[at].piece[3] ^= 1;
        forged.swap(0, at);
        let mut collector = Collector::default();
        let ends: Vec<_> = forged.iter().map(|part| collector.add(part)).collect();
        assert_eq!(ends.iter().find(|end| end.is_err()), Some(&Err(CollectError::Forged)));
        assert!(!ends.iter().any(|end| matches!(end, Ok(Added::Whole(_)))));
    }
    // Symbols at random: never more than a few above what the length fills are kept.
    for (index, part) in (0..).zip(&mut all) {
        part.index = 1_000 + 7 * index;
    }
    let mut collector = Collector::default();
    let end = all.iter().map(|part| collector.add(part)).find(Result::is_err);
    assert_eq!((end, collector), (Some(Err(CollectError::Forged)), Collector::default()));
}

/// Whatever is chosen and however long it goes on, no more is kept than the largest file has codes and a few more.
#[test]
fn memory_is_bounded() {
    let (id, form) = (BundleId([1; 8]), Form::Fountain { length: MOST_LENGTH });
    let part = |index: u32| Part { id, form, index, piece: vec![0; SYMBOL] };
    let mut collector = Collector::default();
    let mut most = 0;
    for index in 0..3_000 {
        let _ = collector.add(&part(LAST - index));
        most = most.max(collector.pieces.len());
    }
    assert!(most < MOST + MORE, "{most}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any file, any of its codes in any order with repeats: it comes out as it went in.
    #[test]
    fn any_codes_in_any_order(
        length in 1..6 * SYMBOL,
        order in proptest::collection::vec(0..400_usize, 60),
    ) {
        let file = file(length);
        let texts: Vec<String> = Fountain::new(&file).unwrap().texts().take(400).collect();
        let shown: Vec<Part> =
            order.iter().map(|at| Part::read(texts[*at].as_bytes()).unwrap()).collect();
        prop_assert_eq!(collect(&shown).map(|(whole, _)| whole), Some(file));
    }

    /// Any symbols under any length: no panic, and no file but the one that is named.
    #[test]
    fn any_symbols(
        length in 1..8 * u32::from(SIZE),
        sent in proptest::collection::vec((prop_oneof![0..12_u32, 0..=LAST], any::<u8>()), 0..40),
    ) {
        let (id, form) = (BundleId([9; 8]), Form::Fountain { length });
        let mut collector = Collector::default();
        for (index, byte) in sent {
            let part = Part { id, form, index, piece: vec![byte; SYMBOL] };
            prop_assert!(!matches!(collector.add(&part), Ok(Added::Whole(_))));
        }
    }

    /// Anything behind the prefix: no panic.
    #[test]
    fn anything(text in proptest::collection::vec(any::<u8>(), 0..700)) {
        let text = [PREFIX.as_bytes(), &text].concat();
        prop_assert_eq!(Part::read(&text), Err(PartError::Damaged));
    }
}
