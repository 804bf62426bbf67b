//! Journals by codes: of an export's codes any few more than it fills are taken, and what is hostile changes nothing.

use std::fs;

use permit_core::{Direction, Side};
use permit_headquarters::{Sequences, Taken};
use permit_parts::{Fountain, VERSION};
use permit_symbol::{
    Symbol,
    camera::{Kind, SIZES, Shot, photograph},
};

use crate::world::{Kept, headquarters, terminal};

/// A terminal's export of some kilobytes.
fn export(number: u16) -> Vec<u8> {
    let mut kept = Kept::new(terminal(Side::A, number));
    kept.cross_each(1..40, Direction::Exit);
    kept.export(None)
}

/// Its codes with three of ten lost, in another order.
fn kept(file: &[u8]) -> Vec<String> {
    let fountain = Fountain::new(file).unwrap();
    let all = fountain.texts().take(2 * fountain.needed() + 4).enumerate();
    let mut left: Vec<String> = all.filter(|(at, _)| at % 10 > 2).map(|(_, text)| text).collect();
    left.reverse();
    left
}

/// Everything that is told by these.
fn told(sequences: &mut Sequences, texts: &[String]) -> Vec<Vec<u8>> {
    texts.iter().filter_map(|text| sequences.add(text.as_bytes())).map(|it| it.file).collect()
}

#[tokio::test]
async fn pictures_with_three_of_ten_lost_are_the_export_and_are_taken_once() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(&folder.path().join("home"), Side::A).await;
    let file = export(1);
    let mut sequences = Sequences::default();
    let mut whole = Vec::new();
    for (at, text) in kept(&file).iter().enumerate() {
        let seed = u64::try_from(at).unwrap();
        let shot = Shot { kind: Kind::Moire, strength: 0.3, size: SIZES[0], seed, frame: 0 };
        let picture = photograph(&shot, &[Symbol::in_version(text, VERSION).unwrap()]);
        let path = folder.path().join(format!("{at}.jpg"));
        fs::write(&path, picture.jpeg().unwrap()).unwrap();
        whole.extend(sequences.look(&path).unwrap().into_iter().map(|it| it.file));
    }
    assert!(whole == [file.clone()], "once, byte by byte");
    assert_eq!((sequences.wrong, sequences.blind, sequences.missing().count()), (0, 0, 0));
    let taken = site.take(&whole[0]).await.unwrap();
    assert!(matches!(taken, Taken::Journal { new, .. } if new > 70), "{taken:?}");
    assert_eq!(site.take(&file).await.unwrap(), Taken::Again, "as from a stick");
}

#[test]
fn journals_are_not_mixed_and_too_few_codes_are_none() {
    let files = [export(1), export(2)];
    let [first, second] = files.each_ref().map(|file| kept(file));
    let mut sequences = Sequences::default();
    let together = first.iter().zip(&second).flat_map(|(a, b)| [a.clone(), b.clone()]);
    assert!(told(&mut sequences, &together.collect::<Vec<_>>()) == files);
    let mut few = Sequences::default();
    let needed = Fountain::new(&files[0]).unwrap().needed();
    assert!(told(&mut few, &first[..needed - 1]).is_empty());
    assert_eq!(few.missing().collect::<Vec<_>>(), [(needed - 1, needed)]);
}

#[test]
fn hostile_codes_tell_nothing_and_cost_little() {
    let file = export(1);
    let good = kept(&file);
    let mut sequences = Sequences::default();
    // Permits, texts, damaged codes and those of another form are passed over.
    let mut damaged = good[0].clone().into_bytes();
    damaged[20] = if damaged[20] == b'A' { b'B' } else { b'A' };
    for text in [&b"BP1:NOTHING"[..], b"BL2:", b"BL3:X", &damaged, b"\xff\xff"] {
        assert_eq!(sequences.add(text), None);
    }
    // Codes of ever other journals: only so many are begun.
    let others = (0..200_u8).map(|at| {
        let other = vec![at; 4_000];
        Fountain::new(&other).unwrap().texts().next().unwrap()
    });
    let others: Vec<String> = others.collect();
    assert!(told(&mut sequences, &others).is_empty());
    assert_eq!(sequences.missing().count(), 8);
    assert_eq!(sequences.wrong, 192);
    // One after the other they would be taken: nothing of it stays.
    let mut sequences = Sequences::default();
    assert!(told(&mut sequences, &good) == [file]);
    assert!(told(&mut sequences, &good).is_empty(), "told once");
}
