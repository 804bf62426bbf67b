//! That looking up loses nobody.
#![expect(clippy::cast_possible_truncation, reason = "the numbers are small")]

use permit_core::{Birth, Day};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

use super::{Heard, SOUGHT, births, born, looked_up, names::folded};
use crate::rules::{Act, ApplicationAct, Class, Origin, Particulars, tests::scene};

#[test]
fn every_birth_that_agrees_is_looked_up() {
    let mut random = ChaCha8Rng::seed_from_u64(1963);
    let mut below = |most: u32| (random.next_u64() % u64::from(most)) as u32;
    let mut birth = || {
        // Few enough that many agree.
        let (year, month, day) = (1890 + below(40), 1 + below(12), 1 + below(28));
        let (year, month, day) = (year as u16, month as u8, day as u8);
        match below(6) {
            0 => Birth::Year(year),
            1 => Birth::Month(year, month),
            _ => Birth::Day(Day::from_civil(year.into(), month, day).unwrap()),
        }
    };
    let all: Vec<Birth> = (0..1500).map(|_| birth()).collect();
    let (mut agreed, mut looked) = (0, 0);
    for a in &all[..300] {
        let ranges = looked_up(*a);
        assert!(ranges.is_sorted_by(|before, next| before.1 < next.0), "{ranges:?}");
        for b in &all {
            let found = ranges.iter().any(|(from, through)| (*from..=*through).contains(&born(*b)));
            let agrees = births(*a, *b).is_some();
            assert!(found || !agrees, "{a:?} {b:?}");
            (agreed, looked) = (agreed + u32::from(agrees), looked + u32::from(found));
        }
    }
    assert!(agreed > 2000 && looked < 2 * agreed, "{agreed} of {looked}");
}

/// Names as they are written of people here, one of several ways each.
fn names(below: &mut impl FnMut(usize) -> usize, many: usize) -> Vec<(String, Option<String>)> {
    const SURNAMES: [(&str, &str); 12] = [
        ("KIM", "김"),
        ("GIM", "김"),
        ("LEE", "이"),
        ("YI", "이"),
        ("PAK", "박"),
        ("PARK", "박"),
        ("CHOE", "최"),
        ("CHŎNG", "정"),
        ("ZHANG", "张"),
        ("CHANG", "張"),
        ("WANG", "王"),
        ("NAMGUNG", "남궁"),
    ];
    const SYLLABLES: [(&str, &str); 12] = [
        ("CH'ŎL", "철"),
        ("CHUL", "철"),
        ("SU", "수"),
        ("YEONG", "영"),
        ("HŬI", "희"),
        ("GYEONG", "경"),
        ("JIN", "진"),
        ("HO", "호"),
        ("GUO", "国"),
        ("XIU", "秀"),
        ("HWA", "화"),
        ("OK", "옥"),
    ];
    let name = |_| {
        let (surname, own) = SURNAMES[below(SURNAMES.len())];
        let (first, one) = SYLLABLES[below(SYLLABLES.len())];
        let (second, two) = SYLLABLES[below(SYLLABLES.len())];
        let between = ["", "-", " "][below(3)];
        let latin = format!("{surname} {first}{between}{second}");
        // A native name is of one script.
        let native = format!("{own}{one}{two}");
        let hangul = native.chars().all(|c| ('가'..='힣').contains(&c));
        let han = !native.chars().any(|c| ('가'..='힣').contains(&c));
        (latin, ((hangul || han) && below(4) > 0).then_some(native))
    };
    (0..many).map(name).collect()
}

#[test]
fn whoever_is_looked_for_by_a_name_is_found_as_by_looking_at_all() {
    let mut random = ChaCha8Rng::seed_from_u64(1955);
    let mut below = |most: usize| (random.next_u64() % most as u64) as usize;
    let (mut desk, clerk, at) = (scene::desk(), scene::CLERK, scene::NOON);
    let people = names(&mut below, 200);
    for (number, (latin, native)) in people.iter().enumerate() {
        let number = number as u32 + 1;
        let content = |latin: &str, native: &Option<String>| {
            let (latin, native) = (latin.to_owned(), native.clone());
            Particulars { latin, native, ..scene::particulars(Class::Resident) }
        };
        let mut act = |number, act| {
            desk.act(clerk, at, Act::Application(number, act)).unwrap();
        };
        act(0, scene::open(Class::Resident, Origin::New));
        // Some are filled in anew: what stood there before is not found any more.
        if number.is_multiple_of(5) {
            act(number, ApplicationAct::Fill(content("SOMEBODY ELSE", &None)));
        }
        act(number, ApplicationAct::Fill(content(latin, native)));
    }
    let mut asked: Vec<String> = ["k", "KIM", "김", "이", "张", "somebody else", "hong", "!", ""]
        .map(str::to_owned)
        .to_vec();
    for (latin, native) in names(&mut below, 50) {
        // Whole, its beginning, and with a letter left out.
        let mut slip = latin.clone();
        slip.remove(slip.char_indices().nth(below(latin.chars().count())).unwrap().0);
        let start = latin.chars().take(2 + below(6)).collect();
        asked.extend([latin.to_lowercase(), slip, start]);
        asked.extend(native);
    }
    let (mut found, mut all) = (0, 0);
    for name in asked {
        let (sought, letters) = (Heard::sought(&name), folded(&name));
        let fits = |content: &Particulars| {
            let native = content.native.as_deref().map(folded);
            sought.against(content) >= SOUGHT
                || folded(&content.latin).starts_with(&letters)
                || native.is_some_and(|native| native.starts_with(&letters))
        };
        let plain: Vec<u32> = desk
            .applications()
            .filter(|it| it.particulars.as_ref().is_some_and(fits))
            .map(|it| it.number)
            .collect();
        let looked: Vec<u32> = desk.named(&name).map(|it| it.number).collect();
        assert_eq!(looked, plain, "{name:?}");
        (found, all) = (found + plain.len(), all + people.len());
    }
    assert!(found > 500 && found * 5 < all, "{found} of {all}");
}
