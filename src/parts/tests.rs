//! Parts in every order, twice, damaged, forged and mixed.

use permit_signing::demo;
use proptest::prelude::*;

use super::*;

fn parts(bundle: &[u8]) -> Vec<Part> {
    split(bundle).unwrap().iter().map(|text| Part::read(text.as_bytes()).unwrap()).collect()
}

/// A text with its check put right again: what whoever forges a part does.
fn sealed(mut bytes: Vec<u8>) -> String {
    let check = sum(&bytes);
    bytes.extend(check);
    let mut text = heapless::String::<2000>::new();
    base45_encode(&bytes, &mut text).unwrap();
    format!("{PREFIX}{text}")
}

#[test]
fn a_vector_the_eye_can_check() {
    let texts = split(b"SPECIMEN").unwrap();
    let head = [&sha256(&[b"SPECIMEN"])[..8], &[1, 0], b"SPECIMEN"].concat();
    assert_eq!(texts, [sealed(head)]);
    assert_eq!(texts, ["BL1:8C37AC94N%H8V50/NA1Y80C9CY8BL3Z22"]);
}

#[test]
fn the_demonstration_in_as_many_codes_as_the_documents_say() {
    let texts = split(demo::BUNDLE).unwrap();
    assert_eq!((demo::BUNDLE.len(), texts.len()), (8_930, 24));
    let longest = texts.iter().map(String::len).max();
    assert_eq!(longest, Some(600), "what version 15 holds at M, ISO/IEC 18004 table 7");
    assert!(texts.iter().all(|text| text.bytes().all(permit_core::is_base45)));
}

#[test]
fn how_much_is_cut() {
    for (bytes, count) in [(1, 1), (PIECE, 1), (PIECE + 1, 2), (MOST_BYTES, 255)] {
        let bundle = vec![7; bytes];
        let mut collector = Collector::default();
        let parts = parts(&bundle);
        assert_eq!(parts.len(), count);
        let mut whole = None;
        for part in parts.iter().rev() {
            assert!(whole.is_none());
            if let Added::Whole(bytes) = collector.add(part).unwrap() {
                whole = Some(bytes);
            }
        }
        assert_eq!(whole, Some(bundle));
        assert_eq!(collector, Collector::default());
    }
    for bytes in [0, MOST_BYTES + 1] {
        assert_eq!(split(&vec![7; bytes]), Err(SplitError { bytes, most: MOST_BYTES }));
    }
}

#[test]
fn what_a_text_is() {
    let [text, ..] = &split(demo::BUNDLE).unwrap()[..] else { panic!("parts") };
    let read = |text: &str| Part::read(text.as_bytes());
    assert!(read(text).is_ok() && read(&format!("{text}\r\n")).is_ok());
    let reads = cfg!(feature = "fountain");
    let second = if reads { PartError::Damaged } else { PartError::Newer { version: 2 } };
    for (text, error) in [
        ("BL2:0000", second),
        ("BL3:0000", PartError::Newer { version: 3 }),
        ("BL4294967295:", PartError::Newer { version: u32::MAX }),
        ("BL1:", PartError::Damaged),
        ("BL1:0000", PartError::Damaged),
        ("BL4294967296:", PartError::Foreign),
        ("BL01:", PartError::Foreign),
        ("BL+1:", PartError::Foreign),
        ("BL:", PartError::Foreign),
        ("BL1", PartError::Foreign),
        ("bl1:", PartError::Foreign),
        ("BP1:0000", PartError::Foreign),
        ("", PartError::Foreign),
    ] {
        assert_eq!(read(text), Err(error), "{text}");
        assert_eq!(is_part(text.as_bytes()), error != PartError::Foreign, "{text}");
    }
    assert_eq!(read(&format!("{text} ")), Err(PartError::Damaged));
    assert_eq!(read(&format!("{text}\n\n")), Err(PartError::Damaged));
}

#[test]
fn no_permit_is_a_part_and_no_part_a_permit() {
    assert!(!is_part(demo::GOLDEN));
    for text in split(demo::BUNDLE).unwrap() {
        assert!(permit_core::Envelope::open(text.as_bytes()).is_err());
        assert_eq!(permit_core::recognise(text.as_bytes()), permit_core::Foreign::Text);
    }
}

#[test]
fn one_form_for_each_part() {
    let id = [1; 8];
    let of = |total: u8, index: u8, length: usize| {
        let text = sealed([&id[..], &[total, index], &vec![5; length]].concat());
        Part::read(text.as_bytes())
    };
    assert!(of(2, 0, PIECE).is_ok() && of(2, 1, 1).is_ok() && of(255, 254, PIECE).is_ok());
    for (total, index, length) in [
        (2, 0, PIECE - 1),
        (2, 0, PIECE + 1),
        (2, 1, 0),
        (2, 1, PIECE + 1),
        (2, 2, 1),
        (0, 0, 1),
        (0, 255, 1),
        (255, 255, 1),
    ] {
        assert_eq!(of(total, index, length), Err(PartError::Damaged), "{total} {index} {length}");
    }
}

#[test]
fn parts_of_another_bundle_are_refused_and_nothing_is_lost() {
    let (ours, theirs) = (vec![1; 3 * PIECE], vec![2; 3 * PIECE]);
    let (ours_parts, theirs_parts) = (parts(&ours), parts(&theirs));
    let mut collector = Collector::default();
    assert_eq!(collector.add(&ours_parts[2]), Ok(Added::New));
    assert_eq!(collector.add(&theirs_parts[0]), Err(CollectError::Other));
    assert_eq!(collector.add(&ours_parts[2]), Ok(Added::Again));
    assert_eq!(
        (collector.progress(), collector.missing().collect::<Vec<_>>()),
        ((1, 3), vec![0, 1])
    );
    assert_eq!(collector.add(&ours_parts[0]), Ok(Added::New));
    assert_eq!(collector.add(&ours_parts[1]), Ok(Added::Whole(ours)));
    assert_eq!(collector.add(&theirs_parts[0]), Ok(Added::New), "then it is free for others");
}

#[test]
fn forged_parts_make_no_bundle() {
    let bundle: Vec<u8> = (0..=255).cycle().take(3 * PIECE).collect();
    let good = parts(&bundle);
    let mut forged = good[1].clone();
    forged.piece[0] ^= 1;
    let mut collector = Collector::default();
    assert_eq!(collector.add(&good[0]), Ok(Added::New));
    assert_eq!(collector.add(&forged), Ok(Added::New));
    assert_eq!(collector.add(&good[1]), Err(CollectError::Conflict { index: 1 }));
    assert_eq!(collector.add(&good[2]), Err(CollectError::Forged));
    assert_eq!(collector, Collector::default(), "all are dropped");
    let wrong = Part { form: Form::Numbered { total: 2 }, ..good[0].clone() };
    assert_eq!(collector.add(&good[0]), Ok(Added::New));
    assert_eq!(collector.add(&wrong), Err(CollectError::Conflict { index: 0 }));
    let wrong = Part { form: Form::Numbered { total: 4 }, ..good[2].clone() };
    assert_eq!(collector.add(&wrong), Err(CollectError::Conflict { index: 2 }));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bundle, its parts in any order with repeats, comes out as it went in, once, with the last missing part.
    #[test]
    fn any_order_with_repeats(
        bundle in proptest::collection::vec(any::<u8>(), 1..6 * PIECE),
        order in proptest::collection::vec(any::<prop::sample::Index>(), 0..30),
    ) {
        let parts = parts(&bundle);
        let shown = order.iter().map(|it| it.get(&parts)).chain(&parts);
        let (mut collector, mut seen) = (Collector::default(), std::collections::BTreeSet::new());
        for part in shown {
            let fresh = seen.insert(part.index());
            match collector.add(part).unwrap() {
                Added::New => prop_assert!(fresh && seen.len() < parts.len()),
                Added::Again => prop_assert!(!fresh),
                Added::Whole(whole) => {
                    prop_assert!(fresh && seen.len() == parts.len());
                    prop_assert_eq!(&whole, &bundle);
                    return Ok(());
                }
            }
            prop_assert_eq!(collector.progress(), (seen.len(), parts.len()));
            prop_assert_eq!(collector.missing().count(), parts.len() - seen.len());
        }
        prop_assert!(false, "it never came together");
    }

    /// A character read wrong is noticed in the part, and what is read is spelled as it was.
    #[test]
    fn no_part_is_read_wrong(bundle in proptest::collection::vec(any::<u8>(), 1..2 * PIECE), at: prop::sample::Index, to in "[0-9A-Z $%*+./:-]") {
        let texts = split(&bundle).unwrap();
        let mut text = texts[0].clone();
        let at = at.index(text.len());
        text.replace_range(at..=at, &to);
        match Part::read(text.as_bytes()) {
            Ok(part) => prop_assert_eq!(part.text().unwrap(), &texts[0][..]),
            Err(_) => prop_assert!(text != texts[0]),
        }
    }

    /// Anything at all: no panic, and nothing but parts.
    #[test]
    fn anything(text in proptest::collection::vec(any::<u8>(), 0..700)) {
        prop_assert_eq!(Part::read(&text), Err(PartError::Foreign));
        let text = [PREFIX.as_bytes(), &text].concat();
        prop_assert_eq!(Part::read(&text), Err(PartError::Damaged));
    }
}
