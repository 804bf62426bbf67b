//! What the small display shows, looked at as pictures, and what it does without a font.
//!
//! `SNAPSHOTS=FOLDER cargo test -p permit-reader display` writes every picture as PNG.

use std::sync::LazyLock;

use embedded_graphics::geometry::OriginDimensions;
use permit_core::{Checkpoint, Direction, NoLedger, Now, Side, Verifier};
use permit_signing::demo::{self, Case, World};

use super::*;
use crate::lists::Lists;
use crate::machine::{
    CameraState, Event, Judged, Machine, Modes, Moment, Part, PartName, Settings,
};

const HERE: Checkpoint = Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit };

/// A display that keeps what is drawn.
struct Screen(Vec<Rgb565>);

impl Screen {
    fn new() -> Self {
        Self(vec![Rgb565::new(31, 0, 31); 320 * 240])
    }

    fn at(&self, x: usize, y: usize) -> Rgb565 {
        self.0[y * 320 + x]
    }

    /// How many pixels have this colour, in rows of the display.
    fn count(&self, colour: Rgb565, rows: core::ops::Range<usize>) -> usize {
        self.0[rows.start * 320..rows.end * 320].iter().filter(|it| **it == colour).count()
    }

    fn save(&self, name: &str) {
        let Some(folder) = std::env::var_os("SNAPSHOTS") else { return };
        let wide = |part: u8, most: u16| u8::try_from(u16::from(part) * 255 / most).unwrap();
        let rgb =
            self.0.iter().flat_map(|it| [wide(it.r(), 31), wide(it.g(), 63), wide(it.b(), 31)]);
        let picture = image::RgbImage::from_raw(320, 240, rgb.collect()).unwrap();
        picture.save(std::path::Path::new(&folder).join(format!("{name}.png"))).unwrap();
    }
}

impl OriginDimensions for Screen {
    fn size(&self) -> Size {
        SIZE
    }
}

impl DrawTarget for Screen {
    type Color = Rgb565;
    type Error = core::convert::Infallible;

    fn draw_iter<I>(&mut self, pixels: I) -> Result<(), Self::Error>
    where
        I: IntoIterator<Item = Pixel<Rgb565>>,
    {
        for Pixel(at, colour) in pixels {
            let (x, y) = (usize::try_from(at.x).unwrap(), usize::try_from(at.y).unwrap());
            self.0[y * 320 + x] = colour;
        }
        Ok(())
    }
}

/// A machine that shows what it is told.
struct Desk {
    machine: Machine,
    lists: Lists,
    now: Now,
}

impl Desk {
    fn new(lang: Language) -> Self {
        let lists = Lists::open(demo::BUNDLE, demo::anchor().unwrap(), None, None).unwrap();
        let now = Now::by_hand(demo::NOON, lists.trust().newest());
        let modes = Modes { lang, ..Modes::default() };
        let mut desk = Self { machine: Machine::new(HERE, modes, Settings::default()), lists, now };
        desk.tell(Event::Camera(CameraState::Good));
        desk.tell(Event::Lists(desk.lists.view(&now)));
        desk.tell(Event::Tested(vec![Part { name: PartName::Pipeline, good: true }]));
        desk
    }

    fn tell(&mut self, event: Event) {
        self.machine.on(event, Moment { ms: 1_000, now: self.now });
    }

    fn shown(&self) -> Shown {
        Shown { view: self.machine.view(), trust: Some(self.lists.trust()) }
    }

    /// What is shown of a case of the demonstration.
    fn case(&mut self, name: &str) -> Shown {
        static CASES: LazyLock<Vec<Case>> =
            LazyLock::new(|| World::make().unwrap().cases().unwrap());
        let text = CASES.iter().find(|it| it.name == name).unwrap().text.clone();
        let verifier = Verifier::new(self.lists.trust(), HERE).unwrap();
        let judgement = verifier.verify(&text, &NoLedger, &self.now);
        self.tell(Event::Scanned(text.clone()));
        let asked = crate::machine::Asked::Text(text);
        let judged = Judged { asked, here: HERE, judgement };
        let actions =
            self.machine.on(Event::Judged(Box::new(judged)), Moment { ms: 1_000, now: self.now });
        for action in actions {
            if let crate::machine::Action::Append(entry) = action {
                self.tell(Event::Recorded(entry, Ok(())));
            }
        }
        self.shown()
    }
}

/// What a terminal shows that waits.
pub(super) fn waiting() -> Shown {
    Desk::new(Language::En).shown()
}

fn draw(face: &mut Face, shown: &Shown, name: &str) -> Screen {
    let mut screen = Screen::new();
    let Ok(whole) = face.draw(shown, &mut screen);
    screen.save(name);
    assert!(whole, "{name}: something is left out");
    screen
}

/// One picture of each class.
const CASES: [&str; 5] =
    ["hangul-name", "unknown-key", "expired-yesterday", "plain-text", "specimen"];

#[test]
fn each_class_by_its_shape_alone() {
    let mut face = Face::new(None);
    let mut shapes = Vec::new();
    for name in CASES {
        let shown = Desk::new(Language::En).case(name);
        let verdict = shown.view.verdict.as_ref().unwrap_or_else(|| panic!("{name}"));
        let ink = if verdict.colour == Colour::Amber { Rgb565::BLACK } else { Rgb565::WHITE };
        let screen = draw(&mut face, &shown, &format!("{name}-latin"));
        // The shape's own square, as ink and not ink.
        let square = (12..102).flat_map(|y| (12..102).map(move |x| (x, y)));
        let shape: Vec<bool> = square.map(|(x, y)| screen.at(x, y) == ink).collect();
        let share = shape.iter().filter(|ink| **ink).count();
        assert!((500..4_000).contains(&share), "{name}: {share}");
        shapes.push(shape);
    }
    // The specimen is an invalid one with a frame.
    assert_eq!(shapes[2], shapes[4]);
    for (first, second) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
        let differ = shapes[first].iter().zip(&shapes[second]).filter(|(a, b)| a != b).count();
        assert!(differ > 700, "{} and {}: {differ}", CASES[first], CASES[second]);
    }
}

#[test]
fn without_a_font_it_says_the_same_in_english_and_shows_the_latin_name() {
    let mut face = Face::new(None);
    let english = draw(&mut face, &Desk::new(Language::En).case("hangul-name"), "english");
    for lang in [Language::Zh, Language::Ko] {
        let screen = draw(&mut face, &Desk::new(lang).case("hangul-name"), "no-font");
        assert_eq!(screen.0, english.0, "{lang:?}");
    }
    let mut nameless = Desk::new(Language::En).case("hangul-name");
    let view = &mut nameless.view;
    view.verdict.as_mut().unwrap().holder.as_mut().unwrap().names = None;
    let nameless = draw(&mut face, &nameless, "nameless");
    assert_ne!(nameless.0, english.0, "the Latin name stands there");
}

#[test]
fn hidden_names_are_not_drawn() {
    let mut face = Face::new(None);
    let mut desk = Desk::new(Language::En);
    let named = draw(&mut face, &desk.case("hangul-name"), "named");
    desk.tell(Event::Asked(crate::machine::Command::HideNames { on: true }));
    let hidden = desk.shown();
    assert!(hidden.view.verdict.as_ref().unwrap().holder.as_ref().unwrap().names.is_none());
    assert_ne!(draw(&mut face, &hidden, "hidden").0, named.0);
}

/// Two letters in Unifont's format, with dots of the test's own: the first and the last column.
const TWO: &str = "B0A8:8001800180018001800180018001800180018001800180018001800180018001\n\
                   0041:FF000000000000000000000000000000\nbroken\nZZZZ:00\n";

#[test]
fn a_name_is_native_only_if_every_letter_of_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let font = folder.path().join("font.hex");
    std::fs::write(&font, TWO).unwrap();
    let mut glyphs = Glyphs::new(Some(font));
    assert!(glyphs.have("남 A"));
    assert!(!glyphs.have("남궁"));
    assert_eq!(glyphs.get('남').unwrap().rows, [0x8001; 16]);
    assert_ne!(glyphs.get('A').unwrap().rows[0], 0xff00, "Latin letters are the program's own");
    assert_eq!(glyphs.get('궁'), None);
}

#[test]
fn every_stage_and_language_with_the_systems_font() {
    if !std::path::Path::new(FONT).exists() {
        println!("skipped: {FONT} is not here (apt-get install unifont)");
        return;
    }
    let mut face = Face::new(Some(FONT.into()));
    for (lang, tag) in [(Language::Zh, "zh"), (Language::Ko, "ko"), (Language::En, "en")] {
        let mut pictures = vec![draw(&mut face, &Desk::new(lang).shown(), &format!("wait-{tag}"))];
        for name in CASES {
            pictures.push(draw(&mut face, &Desk::new(lang).case(name), &format!("{name}-{tag}")));
        }
        let mut desk = Desk::new(lang);
        desk.tell(Event::Camera(CameraState::Unplugged));
        pictures.push(draw(&mut face, &desk.shown(), &format!("unplugged-{tag}")));
        let views: Vec<Shown> = CASES.map(|name| Desk::new(lang).case(name)).into();
        for shown in &views {
            let glance = face.glance(shown, lang);
            assert!(face.can_say(&glance), "{tag}: a letter is missing in {glance:?}");
        }
        assert!(pictures.iter().all(|it| it.count(Rgb565::new(31, 0, 31), 0..240) == 0));
    }
}

#[test]
fn nothing_of_a_verdict_is_left_out() {
    let font = std::path::Path::new(FONT);
    if !font.exists() {
        println!("skipped: {FONT} is not here (apt-get install unifont)");
    }
    let mut face = Face::new(Some(FONT.into()));
    let cases = World::make().unwrap().cases().unwrap();
    let cases: Vec<_> = cases.iter().filter(|case| case.presence.is_none()).collect();
    assert!(cases.len() > 60);
    let mut cut = Vec::new();
    for lang in [Language::Zh, Language::Ko, Language::En] {
        for case in &cases {
            let mut screen = Screen::new();
            let Ok(whole) = face.draw(&Desk::new(lang).case(case.name), &mut screen);
            if !whole {
                screen.save(&format!("cut-{}-{lang:?}", case.name));
                cut.push((case.name, lang));
            }
        }
    }
    assert!(cut.is_empty(), "{cut:?}");
}
