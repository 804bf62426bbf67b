//! What a reader answers, and that the page says nothing but what the words say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use permit_core::{Anchor, UnixTime};
use permit_signing::demo;
use permit_words::{Lang, Words};
use serde::Serialize;
use serde_json::Value;

use crate::{Mode, Pocket, Seen};

/// A reader with the demonstration's lists, on its day, nowhere.
fn reader() -> Pocket {
    let mut pocket = Pocket::default();
    let Anchor(digest) = demo::anchor().unwrap();
    pocket.anchor(&digest);
    assert!(pocket.take(demo::BUNDLE).taken);
    pocket.at(b"1963-09-10T04:00Z");
    pocket.clock(UnixTime(1_800_000_000), 0, true);
    pocket
}

fn json(it: impl Serialize) -> Value {
    serde_json::to_value(it).unwrap()
}

#[test]
fn the_golden_permit_at_a_crossing_and_away_from_every_one() {
    let mut pocket = reader();
    let [away] = &pocket.text(demo::GOLDEN).said[..] else { panic!("one verdict") };
    assert_eq!((away.code, away.light, away.shape), (0, "green", "tick"));
    assert_eq!(away.limits.len(), 3, "what was not asked, what is not known, that nothing opens");
    assert!(away.journey.is_none());
    let status = pocket.stand(3, 0, 1);
    assert_eq!(status.place, Some((3, 0, 1)));
    let [there] = &pocket.text(demo::GOLDEN).said[..] else { panic!("one verdict") };
    assert_eq!((there.code, there.limits.len()), (0, 2));
    assert!(there.journey.is_some() && there.names.is_some() && there.facts.len() > 6);
    assert_eq!(pocket.stand(9999, 0, 0).place, None, "no such crossing is nowhere");
}

#[test]
fn nothing_is_judged_without_lists_and_none_taken_without_a_root() {
    let mut pocket = Pocket::default();
    let taken = pocket.take(demo::BUNDLE);
    assert!(!taken.taken && taken.marks.is_none());
    let seen = pocket.text(demo::GOLDEN);
    assert!(seen.said.is_empty() && seen.fault.is_some());
    pocket.anchor(&[7; 32]);
    assert!(!pocket.take(demo::BUNDLE).taken, "another root's");
}

#[test]
fn older_lists_are_refused_whatever_became_of_the_newer() {
    let newer = demo::World::make().unwrap().next_bundle().unwrap();
    let mut pocket = reader();
    let taken = pocket.take(&newer);
    assert!(taken.taken);
    assert!(!pocket.take(demo::BUNDLE).taken, "older than those in use");
    // The lists were lost, what was accepted was kept.
    let Anchor(digest) = demo::anchor().unwrap();
    let mut again = Pocket::default();
    again.anchor(&digest);
    again.restore(&hex::decode(taken.marks.unwrap()).unwrap());
    assert!(!again.take(demo::BUNDLE).taken && again.take(&newer).taken);
    again.forget();
    again.anchor(&digest);
    assert!(again.take(demo::BUNDLE).taken, "whoever forgets everything begins anew");
    assert_eq!(crate::marks::read(b"anything"), None);
}

#[test]
fn a_fingerprint_by_digits_by_root_and_by_bundle() {
    let Anchor(digest) = demo::anchor().unwrap();
    let by_bundle = crate::lists::fingerprint(demo::BUNDLE).unwrap();
    assert_eq!(by_bundle.hex, hex::encode(digest));
    assert_eq!((by_bundle.groups.len(), by_bundle.lists), (16, true));
    assert_eq!(by_bundle.words.each_ref().map(Vec::len), [24; 3]);
    let typed = by_bundle.groups.join(" ").to_uppercase();
    let by_digits = crate::lists::fingerprint(typed.as_bytes()).unwrap();
    assert_eq!((by_digits.hex, by_digits.lists), (by_bundle.hex, false));
    assert_eq!(crate::lists::fingerprint(demo::GOLDEN), None);
}

#[test]
fn codes_of_lists_make_the_bundle() {
    let mut pocket = reader();
    pocket.mode(Mode::Patrol);
    let texts = permit_parts::split(demo::BUNDLE).unwrap();
    assert!(pocket.text(texts[0].as_bytes()).fault.is_some(), "no permit");
    // A film of them is walked in a browser (tests/pocket); here they are drawn.
    pocket.mode(Mode::Lists);
    let mut show = |text: &str| {
        let symbol = permit_symbol::Symbol::in_version(text, permit_parts::VERSION).unwrap();
        pocket.file(&symbol.png(&permit_symbol::Size::module(0.5)).unwrap())
    };
    let others = show("BL3:0000").fault.unwrap();
    assert!(others.contains("--numbered"), "which codes are read here: {others}");
    let mut made = None;
    for text in &texts {
        let seen = show(text);
        made = made.or(seen.bundle);
    }
    assert_eq!(made, Some(hex::encode(demo::BUNDLE)));
}

#[test]
fn a_clock_set_by_hand_or_back_is_not_believed() {
    let mut pocket = reader();
    pocket.at(b"");
    let now = demo::NOON.plus(3600);
    assert!(pocket.clock(now, 0, true).clock.trusted);
    assert_eq!(pocket.text(demo::GOLDEN).said[0].code, 0);
    assert_eq!(pocket.floor(now).floor, Some(now.0), "a verdict raises the floor");
    assert!(!pocket.clock(now.plus(-60), 60, true).clock.trusted);
    assert_eq!(pocket.text(demo::GOLDEN).said[0].code, 60);
    assert!(!pocket.clock(now.plus(7200), 61, false).clock.trusted, "it jumped");
    assert!(pocket.clock(now.plus(7200), 62, true).clock.trusted, "nobody watched it in between");
}

#[test]
fn a_typed_number_is_looked_up_and_a_mistyped_one_said() {
    let mut pocket = reader();
    assert_eq!(pocket.number(b"00101-1963-00000042-001-0").said.len(), 0);
    let number = pocket.text(demo::GOLDEN).said[0].facts.last().unwrap().value.clone();
    assert_eq!(pocket.number(number.as_bytes()).said[0].code, 12);
}

#[test]
fn ones_own_permit_is_explained_for_today_and_tomorrow() {
    let mut pocket = reader();
    pocket.mode(Mode::Holder);
    let seen = pocket.text(demo::GOLDEN);
    let explained = seen.explained.unwrap();
    assert!(explained.lines.len() >= 3 && !explained.outlook.is_empty());
    assert!(explained.outlook.iter().any(|row| row.today.0 == "tick"));
}

#[test]
fn frames_of_any_size_and_bytes() {
    let mut pocket = reader();
    for (width, height, length) in
        [(0, 0, 0), (1, 1, 4), (4, 4, 3), (u32::MAX, u32::MAX, 16), (64, 48, 64 * 48 * 4)]
    {
        let seen = pocket.frame(width, height, &vec![128; length]);
        assert!(seen.said.is_empty() && seen.explained.is_none());
    }
    assert!(pocket.file(b"").fault.is_some() && pocket.file(b"%PDF-1.7").fault.is_some());
}

/// A grey picture as a camera gives it, twice as large with white round it, and what a desk's reader says of it.
fn card(pocket: &mut Pocket, texts: &[&str]) -> Seen {
    let size = permit_symbol::Size::module(0.4);
    let drawn = texts.iter().map(|it| permit_symbol::Symbol::new(it).unwrap());
    let codes: Vec<_> = drawn.map(|symbol| symbol.raster(&size).unwrap()).collect();
    let wide = codes.iter().map(permit_symbol::GreyBuf::width).sum::<u32>() as usize;
    let high = codes.iter().map(permit_symbol::GreyBuf::height).max().unwrap() as usize;
    let mut rgba = vec![255; wide * high * 4];
    let mut left = 0;
    for code in &codes {
        let side = code.width() as usize;
        for (at, &luma) in code.pixels().iter().enumerate() {
            let place = 4 * (at / side * wide + left + at % side);
            rgba[place..place + 3].fill(luma);
        }
        left += side;
    }
    let (wide, high) = (u32::try_from(wide).unwrap(), u32::try_from(high).unwrap());
    pocket.mode(Mode::Card);
    let mut seen = Seen::default();
    for _ in 0..4 {
        seen = pocket.frame(wide, high, &rgba);
    }
    seen
}

#[test]
fn r12_a_card_before_a_desks_camera_is_named_and_not_judged() {
    // A desk has no root and no lists here.
    let mut pocket = Pocket::default();
    let golden = core::str::from_utf8(demo::GOLDEN).unwrap();
    let seen = card(&mut pocket, &[golden]);
    let card_seen = seen.card.unwrap();
    let number = card_seen.number.unwrap();
    assert_eq!((number.starts_with("00101-1963-"), card_seen.grade), (true, 4), "{number}");
    assert!(seen.said.is_empty() && seen.fault.is_none());
    let other = card(&mut pocket, &["HTTPS://EXAMPLE.ORG/A"]).card.unwrap();
    assert_eq!((other.number, other.grade), (None, 4), "a code of something else");
    let two = card(&mut pocket, &[golden, "HTTPS://EXAMPLE.ORG/A"]);
    assert!(two.card.is_none() && two.hint.is_some(), "one card at a time");
}

// --- the page

fn page() -> impl Iterator<Item = (String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("page");
    fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).unwrap())
    })
}

fn file(wanted: &str) -> String {
    page().find(|(name, _)| name == wanted).unwrap().1
}

/// What stands there before the module is loaded.
#[test]
fn the_page_says_what_the_words_say() {
    let (html, manifest) = (file("index.html"), file("manifest.webmanifest"));
    let all = |id: &str| Lang::ALL.map(|lang| Words::new(lang).get(id)).join(" · ");
    assert!(html.contains(&format!("<title>{}</title>", all("pocket-title"))));
    assert!(manifest.contains(&format!("\"name\": \"{}\"", all("pocket-title"))));
    assert!(manifest.contains(&format!("\"short_name\": \"{}\"", all("pocket-short"))));
    for id in ["pocket-no-script", "pocket-starting", "pocket-failed"] {
        for lang in Lang::ALL {
            let said = format!("<p lang=\"{lang}\">{}</p>", Words::new(lang).get(id));
            assert!(html.contains(&said), "{said}");
        }
    }
}

#[test]
fn every_word_of_the_page_is_given_by_the_module() {
    let given = json(Pocket::default().speak(Lang::En));
    let given: BTreeSet<String> = given[1]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| pair[0].as_str().unwrap().to_owned())
        .collect();
    let mut asked = BTreeSet::new();
    for (_, text) in page() {
        for piece in
            text.split('"').filter(|it| it.starts_with("pocket-") || it.starts_with("screen-"))
        {
            asked.insert(piece.to_owned());
        }
    }
    assert!(asked.len() > 50);
    let missing: Vec<_> = asked.difference(&given).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn whatever_the_page_needs_is_kept_for_when_there_is_no_network() {
    let (worker, build) = (
        file("sw.js"),
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("build")).unwrap(),
    );
    for (name, _) in page().filter(|(name, _)| name != "sw.js" && name != "index.html") {
        assert!(worker.contains(&format!("\"{name}\"")), "{name} is not kept");
        assert!(build.contains(&name), "{name} is not built");
    }
}

/// A file of pages that are not compressed (TIFF 6.0, section 4: one strip, eight bits of grey).
fn book(pages: &[permit_symbol::GreyBuf]) -> Vec<u8> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for page in pages {
        let strip = u32::try_from(file.len()).unwrap();
        file.extend(page.pixels());
        file.resize(file.len().next_multiple_of(2), 0);
        let directory = u32::try_from(file.len()).unwrap();
        file[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let size = u32::try_from(page.pixels().len()).unwrap();
        let fields: [(u16, u32); 9] = [
            (256, page.width()),
            (257, page.height()),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, strip),
            (277, 1),
            (278, page.height()),
            (279, size),
        ];
        file.extend(9_u16.to_le_bytes());
        for (tag, value) in fields {
            file.extend(
                [&tag.to_le_bytes()[..], &[4, 0, 1, 0, 0, 0], &value.to_le_bytes()].concat(),
            );
        }
        link = file.len();
        file.extend([0; 4]);
    }
    file
}

#[test]
fn a_file_of_pages_is_looked_at_page_by_page() {
    let mut pocket = reader();
    let text = core::str::from_utf8(demo::GOLDEN).unwrap();
    let size = permit_symbol::Size::module(0.5);
    let page = permit_symbol::Symbol::new(text).unwrap().raster(&size).unwrap();
    let file = book(&[page.clone(), page.clone(), page]);
    let first = pocket.file(&file);
    let told = |it: &Seen| (it.said.len(), it.more.clone().is_some_and(|more| more.contains('2')));
    assert_eq!(told(&first), (0, true), "{:?}", first.more);
    assert!(pocket.page().more.is_some_and(|it| it.contains('1')));
    let last = pocket.page();
    assert!(last.more.is_none() && last.said.iter().map(|it| it.code).eq([0, 0, 0]));
    assert!(json(pocket.page()) == json(Seen::default()), "nothing of it is kept");
    // Another file in between: nothing of the first is told.
    pocket.file(&file);
    let other = pocket.file(b"no picture");
    assert!(other.fault.is_some() && json(pocket.page()) == json(Seen::default()));
}
