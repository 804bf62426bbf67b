//! A small display beside the lamps: shape, words and name without any browser.
//!
//! It draws what the machine shows into anything `embedded-graphics` can draw on, 320 by 240 pixels, and knows no wires:
//! [`panel`] sends it to a panel on SPI. Shape and words are each enough alone, so that no colour is needed. Latin letters
//! are embedded-graphics' own (X11's fixed fonts, public domain). Han and Hangul are GNU Unifont's 16-dot glyphs (GPL 2 or
//! later with the font embedding exception, or the SIL Open Font License 1.1), read from the system's package `unifont` at
//! run time and no part of this program. A sentence with a letter that is not there is said in English, and a native name
//! is then left to its Latin one, which is always shown: nothing is drawn as an empty box.

mod canvas;
mod glyph;
pub mod panel;

use std::path::PathBuf;
use std::sync::Arc;

use embedded_graphics::pixelcolor::Rgb565;
use embedded_graphics::prelude::*;
use permit_words::{Lang, Places, Words, verdict};
use tokio::sync::watch;

use crate::hub::Shown;
use crate::machine::{Colour, GateState, HolderNames, Language, Stage, View};
use crate::page::{count, name};

use self::canvas::{Canvas, Shape};
use self::glyph::Glyphs;

/// Width and height of the display, in pixels.
pub const SIZE: Size = Size::new(320, 240);

/// Where Debian's package `unifont` has its glyphs.
pub const FONT: &str = "/usr/share/unifont/unifont.hex";

/// What is drawn: a big shape, a heading beside it, and text below.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Glance {
    colour: Rgb565,
    ink: Rgb565,
    frame: Option<Rgb565>,
    shape: Option<Shape>,
    heading: String,
    code: String,
    names: Option<HolderNames>,
    lines: Vec<String>,
}

/// Draws views in the terminal's language.
#[derive(Debug)]
pub struct Face {
    words: [Words; 3],
    glyphs: Glyphs,
}

impl Face {
    /// With the glyphs of a file in Unifont's own format; without it, Latin letters alone.
    #[must_use]
    pub fn new(font: Option<PathBuf>) -> Self {
        Self { words: Lang::ALL.map(Words::new), glyphs: Glyphs::new(font) }
    }

    /// Draws what is shown; whether there was room for all of it.
    ///
    /// # Errors
    ///
    /// What the display says.
    pub fn draw<D>(&mut self, shown: &Shown, on: &mut D) -> Result<bool, D::Error>
    where
        D: DrawTarget<Color = Rgb565>,
    {
        let mut glance = self.glance(shown, shown.view.modes.lang);
        if !self.can_say(&glance) {
            glance = self.glance(shown, Language::En);
        }
        if let Some(names) = &mut glance.names {
            names.native = names.native.take().filter(|name| self.glyphs.have(name));
        }
        let mut canvas = Canvas::new(&mut self.glyphs, glance.ink);
        // A very long name is smaller rather than in the way of what is to be done.
        let whole = [2, 1].into_iter().any(|scale| {
            canvas.fill(glance.colour, glance.frame);
            canvas.draw(&glance, scale)
        });
        on.fill_contiguous(&on.bounding_box(), canvas.pixels())?;
        Ok(whole)
    }

    fn can_say(&mut self, glance: &Glance) -> bool {
        let Self { glyphs, .. } = self;
        core::iter::once(&glance.heading).chain(&glance.lines).all(|text| glyphs.have(text))
    }

    fn words(&self, language: Language) -> &Words {
        let [zh, ko, en] = &self.words;
        match language {
            Language::Zh => zh,
            Language::Ko => ko,
            Language::En => en,
        }
    }

    fn glance(&self, shown: &Shown, language: Language) -> Glance {
        let (view, words) = (&shown.view, self.words(language));
        match (&view.stage, &view.verdict) {
            (Stage::Verdict, Some(_)) => judged(shown, words),
            _ => calm(view, words),
        }
    }
}

/// A verdict: everything the guard needs without a screen.
fn judged(shown: &Shown, words: &Words) -> Glance {
    let Some(standing) = &shown.view.verdict else { return calm(&shown.view, words) };
    let crossing = Some(shown.view.here.crossing);
    let places = shown.trust.map_or_else(Places::unknown, |trust| Places::new(trust, crossing));
    let spoken = verdict::judgement(&standing.judged.judgement, &places, words);
    let (colour, ink, frame, shape) = match standing.colour {
        Colour::Green => (GREEN, Rgb565::WHITE, None, Shape::Tick),
        Colour::Amber => (AMBER, Rgb565::BLACK, None, Shape::Mark),
        Colour::Red => (RED, Rgb565::WHITE, None, Shape::Cross),
        Colour::Blue => (RED, Rgb565::WHITE, Some(BLUE), Shape::Cross),
        Colour::Grey => (GREY, Rgb565::WHITE, None, Shape::Query),
    };
    let next = if standing.compare { words.get("screen-compare") } else { spoken.sentence.next };
    let demo = standing.demo.then(|| words.get("screen-demo"));
    let code = words.with("screen-code", &[("code", standing.code.into())]);
    Glance {
        colour,
        ink,
        frame,
        shape: Some(shape),
        heading: spoken.heading,
        code: core::iter::once(code).chain(demo).collect::<Vec<_>>().join(" "),
        names: standing.holder.as_ref().and_then(|holder| holder.names.clone()),
        lines: vec![spoken.sentence.reason, next],
    }
}

/// Everything else: what the terminal does, and what would help.
fn calm(view: &View, words: &Words) -> Glance {
    let stage = name::id("screen", view.stage).0;
    let (heading, more) = match (view.stage, view.decision, view.hint) {
        (Stage::Decision, Some(it), _) => {
            let gate = it.gate != GateState::Shut;
            let gate = gate.then(|| name::said(words, "screen-gate", it.gate));
            (name::said(words, "screen", it.decision), gate.unwrap_or_default())
        }
        (Stage::Updating, _, hint) if view.gathering.is_some() => (
            view.gathering.as_ref().map_or_else(String::new, |it| count::gathered(it, words)),
            hint.map_or_else(
                || words.get("screen-gathering.more"),
                |hint| name::said(words, "screen-hint", hint),
            ),
        ),
        (Stage::Looking, _, Some(hint)) => (name::said(words, "screen-hint", hint), String::new()),
        _ => (words.get(&stage), words.find(&format!("{stage}.more"), &[]).unwrap_or_default()),
    };
    // Whoever is helped is not told on.
    let troubles = view.troubles.iter().filter(|_| view.stage != Stage::Assisting);
    let troubles = troubles.map(|it| name::said(words, "screen-trouble", it));
    let notice = view.notice.map(|it| name::said(words, "screen-notice", it));
    let lines = core::iter::once(more).chain(notice).chain(troubles);
    let fault = view.stage == Stage::OutOfOrder;
    Glance {
        colour: if fault { AMBER } else { Rgb565::BLACK },
        ink: if fault { Rgb565::BLACK } else { Rgb565::WHITE },
        frame: None,
        shape: fault.then_some(Shape::Mark),
        heading,
        code: String::new(),
        names: None,
        lines: lines.filter(|line| !line.is_empty()).collect(),
    }
}

/// Draws every new view until nobody shows any; a display that fails is said once and tried again with the next.
pub fn run<D>(mut face: Face, mut views: watch::Receiver<Option<Arc<Shown>>>, display: &mut D)
where
    D: DrawTarget<Color = Rgb565>,
{
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else { return };
    let mut failed = false;
    while runtime.block_on(views.changed()).is_ok() {
        let shown = views.borrow_and_update().clone();
        let Some(shown) = shown else { continue };
        let done = face.draw(&shown, display).is_ok();
        if !done && !failed {
            tracing::error!("the display does not answer");
        }
        failed = !done;
    }
}

const GREEN: Rgb565 = Rgb565::new(0, 28, 6);
const AMBER: Rgb565 = Rgb565::new(31, 44, 0);
const RED: Rgb565 = Rgb565::new(22, 2, 3);
const BLUE: Rgb565 = Rgb565::new(6, 28, 31);
const GREY: Rgb565 = Rgb565::new(8, 17, 9);

#[cfg(test)]
mod tests;
