//! A picture: where its codes lie, how they are built, how worn they are; then what they say.
//!
//! A code that was seen and could not be read is told too, because that is what a guard wants to know.

use permit_symbol::load::Picture;
use permit_symbol::{Code, Grade, Level, Point, Seen, Sight, Wear};
use permit_words::verdict::{Guidance, guidance};

use super::Teacher;
use super::lesson::{Lesson, Part};
use crate::picture::{noted, small};

impl Teacher<'_> {
    /// Every code of a picture; `page` where a file has several.
    pub(super) fn picture(
        &self,
        picture: &Picture,
        page: Option<usize>,
        lesson: &mut Lesson,
    ) -> Vec<Code> {
        let words = self.words;
        let Seen { codes, sights, cousins, complete, .. } = picture.look();
        let (note, picture) = (picture.note, &picture.grey);
        let size = [("width", picture.width().into()), ("height", picture.height().into())];
        let title = match page {
            None => words.with("inspect-picture", &size),
            Some(page) => {
                words.with("inspect-page", &[&size[..], &[("page", page.into())]].concat())
            }
        };
        let part = lesson.part(title);
        part.say(words.with("inspect-codes", &[("count", codes.len().into())]));
        if codes.is_empty() {
            part.say(guidance(Guidance::Nothing, words).next);
        }
        if let Some(said) = note.and_then(|note| noted(note, words)) {
            part.say(said);
        }
        if !complete {
            part.say(words.get("read-incomplete"));
        }
        for cousin in &cousins {
            part.say(small(cousin.kind, words));
        }
        for sight in &sights {
            self.sight(sight, part);
        }
        for (number, code) in codes.iter().enumerate() {
            self.code(
                code,
                lesson.part(words.with("inspect-code", &[("number", (number + 1).into())])),
            );
            self.scan(&code.bytes, lesson);
        }
        codes
    }

    fn code(&self, code: &Code, part: &mut Part) {
        let words = self.words;
        part.say(words.with("inspect-corners", &[("corners", corners(&code.corners).into())]));
        let modules = 17 + 4 * usize::from(code.version);
        let pixels =
            format!("{:.1}", edge(&code.corners) / f32::from(17 + 4 * u16::from(code.version)));
        part.say(words.with(
            "inspect-version",
            &[
                ("version", code.version.into()),
                ("modules", modules.into()),
                ("pixels", pixels.into()),
            ],
        ));
        let (level, share) = match code.level {
            Level::L => ("L", 7),
            Level::M => ("M", 15),
            Level::Q => ("Q", 25),
            Level::H => ("H", 30),
        };
        part.say(words.with("inspect-level", &[("level", level.into()), ("share", share.into())]));
        if code.mirrored {
            part.say(words.get("inspect-mirrored"));
        }
        match Wear::of(code) {
            Some(wear) => {
                let grade = match wear.grade() {
                    Grade::A => "A",
                    Grade::B => "B",
                    Grade::C => "C",
                    Grade::D => "D",
                    Grade::F => "F",
                };
                let values = [
                    ("grade", grade.into()),
                    ("damaged", wear.damaged.into()),
                    ("modules", wear.modules.into()),
                    ("used", format!("{:.0}", wear.used() * 100.0).into()),
                ];
                part.say(words.with("inspect-wear", &values));
            }
            None => {
                part.say(words.get("inspect-wear-unknown"));
            }
        }
    }

    fn sight(&self, sight: &Sight, part: &mut Part) {
        let values = [
            ("corners", corners(&sight.corners).into()),
            ("version", sight.version.into()),
            ("share", format!("{:.0}", sight.share * 100.0).into()),
        ];
        part.say(self.words.with("inspect-sight", &values));
    }
}

/// `(12, 40) (99, 41) …`, clockwise from the code's own top left.
fn corners(corners: &[Point; 4]) -> String {
    corners.map(|Point { x, y }| format!("({x:.0}, {y:.0})")).join(" ")
}

/// The mean edge in pixels.
fn edge(corners: &[Point; 4]) -> f32 {
    let [a, b, c, d] = corners;
    let edges = [(a, b), (b, c), (c, d), (d, a)];
    edges.map(|(from, to)| (to.x - from.x).hypot(to.y - from.y)).iter().sum::<f32>() / 4.0
}
