//! The guard's screen in words: what the templates ask.
//!
//! One view, one language, one place. It chooses among sentences, never among verdicts; whatever is hidden is hidden
//! here already, so that no name the guard hid reaches the browser.

use askama::Template;
use permit_core::UnixTime;
use permit_words::{Places, Sentence, Spoken, Value, Words, verdict};
use serde::Serialize;

use crate::hub::Shown;
use crate::machine::{
    CameraState, Choice, Class, Colour, Concern, CrossingView, DiskState, Grounds, Hint, Language,
    Notice, ScannerState, Stage, VerdictView, View, Way,
};
use crate::signal::Signal;

use super::count;
use super::name::said;
use super::whole;

/// A view in words.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) words: &'a Words,
    pub(super) view: &'a View,
    places: Places<'static>,
    spoken: Option<Spoken>,
    tones: bool,
}

/// The whole page.
#[derive(Debug, Template)]
#[template(path = "guard.html")]
struct Page<'a> {
    s: &'a Scene<'a>,
}

#[derive(Debug, Template)]
#[template(path = "bar.html")]
struct Bar<'a> {
    s: &'a Scene<'a>,
}

#[derive(Debug, Template)]
#[template(path = "stage.html")]
struct Middle<'a> {
    s: &'a Scene<'a>,
}

#[derive(Debug, Template)]
#[template(path = "keys.html")]
struct Keys<'a> {
    s: &'a Scene<'a>,
}

#[derive(Debug, Template)]
#[template(path = "shift.html")]
struct Over<'a> {
    s: &'a Scene<'a>,
}

/// What a page in a browser is told when something changed.
#[derive(Debug, Serialize)]
pub(super) struct News {
    lang: &'static str,
    night: bool,
    large: bool,
    hidden: bool,
    lamp: bool,
    duty: bool,
    locked: bool,
    stage: Stage,
    look: String,
    about: String,
    tones: String,
    parts: Vec<(&'static str, String)>,
}

impl News {
    /// The same with one other part.
    pub(super) fn only(self, name: &'static str, html: String) -> Self {
        Self { parts: vec![(name, html)], ..self }
    }
}

/// A word at the edge, and whether it is a trouble.
#[derive(Debug)]
pub(super) struct Chip {
    pub(super) name: &'static str,
    pub(super) text: String,
    /// `good`, `warn` or `bad`.
    pub(super) state: &'static str,
}

/// A line of the holder's card.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) weighty: bool,
}

/// A crossing at the edge.
#[derive(Debug)]
pub(super) struct Last {
    pub(super) time: String,
    pub(super) way: String,
    pub(super) sign: &'static str,
    /// Its code and what that is called.
    pub(super) code: String,
    pub(super) word: String,
    pub(super) decision: String,
}

impl<'a> Scene<'a> {
    pub(super) fn new(shown: &'a Shown, words: &'a Words, tones: bool) -> Self {
        let view = &shown.view;
        let places = shown
            .trust
            .map_or_else(Places::unknown, |trust| Places::new(trust, Some(view.here.crossing)));
        let spoken = view
            .verdict
            .as_ref()
            .map(|it| verdict::judgement(&it.judged.judgement, &places, words));
        Self { words, view, places, spoken, tones }
    }

    pub(super) fn page(&self) -> askama::Result<String> {
        Page { s: self }.render()
    }

    pub(super) fn news(&self) -> askama::Result<News> {
        Ok(News {
            lang: self.lang(),
            night: self.view.modes.night,
            large: self.view.modes.large,
            hidden: self.view.modes.hide_names,
            lamp: self.view.edge.illuminated,
            duty: self.view.officer.is_some(),
            locked: self.view.locked,
            stage: self.view.stage,
            look: self.look(),
            about: self.about(),
            tones: self.tones(),
            parts: vec![
                ("bar", Bar { s: self }.render()?),
                ("stage", Middle { s: self }.render()?),
                ("keys", Keys { s: self }.render()?),
                ("shift", Over { s: self }.render()?),
            ],
        })
    }

    pub(super) fn t(&self, id: &str) -> String {
        self.words.get(id)
    }

    pub(super) fn said(&self, family: &str, value: &impl Serialize) -> String {
        said(self.words, family, value)
    }

    pub(super) fn lang(&self) -> &'static str {
        self.words.lang().tag()
    }

    pub(super) fn stage(&self) -> String {
        super::name::id("", self.view.stage).0.split_off(1)
    }

    /// The colour that fills the screen, or the stage's own look.
    pub(super) fn look(&self) -> String {
        match (self.view.stage, &self.view.verdict) {
            (Stage::Verdict, Some(verdict)) => super::name::id("", verdict.colour).0.split_off(1),
            (Stage::OutOfOrder, _) => "fault".to_owned(),
            _ => "none".to_owned(),
        }
    }

    /// The number of the verdict that a decision on this screen names.
    pub(super) fn about(&self) -> String {
        self.view.verdict.as_ref().map_or_else(String::new, |it| it.number.to_string())
    }

    fn tones(&self) -> String {
        let Some(verdict) = self.view.verdict.as_ref().filter(|_| self.tones) else {
            return String::new();
        };
        let line = Signal::from(verdict.class).timeline().tones;
        let tone = |(ms, pitch): &(u64, Option<u16>)| format!("{}:{ms}", pitch.unwrap_or(0));
        line.iter().map(tone).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn crossing(&self) -> String {
        self.places.crossing(self.view.here.crossing, self.words)
    }

    /// Which lane this is, where there are two.
    pub(super) fn lane(&self) -> Option<String> {
        let number = u8::from(self.view.lane?);
        Some(self.words.with("screen-lane", &[("number", number.to_string().into())]))
    }

    /// What is whole: of which lane, where there are two.
    pub(super) fn health(&self) -> String {
        let health = self.t("screen-health");
        let way = self.way(self.view.here.direction);
        self.lane().map_or_else(|| health.clone(), |lane| format!("{health} · {lane} · {way}"))
    }

    /// What the page is called.
    pub(super) fn title(&self) -> String {
        let title = self.t("screen-title");
        self.lane().map_or_else(|| title.clone(), |lane| format!("{lane} · {title}"))
    }

    pub(super) fn side(&self) -> String {
        self.of_side(self.view.here.side)
    }

    fn of_side(&self, side: char) -> String {
        self.words.with("screen-side", &[("side", side.to_string().into())])
    }

    pub(super) fn way(&self, direction: &str) -> String {
        self.t(if direction == "entry" { "screen-entry" } else { "screen-exit" })
    }

    pub(super) fn languages(&self) -> [(&'static str, String, bool); 3] {
        [(Language::Zh, "zh"), (Language::Ko, "ko"), (Language::En, "en")]
            .map(|(lang, tag)| (tag, self.said("screen-lang", &lang), self.view.modes.lang == lang))
    }

    pub(super) fn officer(&self) -> String {
        match self.view.officer {
            Some(officer) => self.words.with("screen-officer", &[("officer", officer.into())]),
            None => self.t("screen-nobody"),
        }
    }

    /// Day and time at the crossing.
    pub(super) fn time(&self, seconds: Option<i64>) -> (String, String) {
        let Some(at) = seconds.map(UnixTime) else { return (String::new(), "–".to_owned()) };
        let minute = at.minute(self.view.edge.clock.offset);
        let day = at.day(self.view.edge.clock.offset).to_string();
        (day, format!("{:02}:{:02}", minute / 60, minute % 60))
    }

    pub(super) fn now(&self) -> (String, String) {
        self.time(self.view.edge.clock.seconds)
    }

    pub(super) fn chips(&self) -> Vec<Chip> {
        let edge = &self.view.edge;
        let clock = match edge.clock.distrust {
            Some(doubt) => ("bad", self.said("screen-doubt", &doubt)),
            None => ("good", self.t("screen-clock-good")),
        };
        let journal = if edge.journal {
            ("good", self.t("screen-journal-good"))
        } else {
            ("bad", self.t("screen-journal-broken"))
        };
        let camera = match edge.camera {
            CameraState::Absent => "none",
            camera if camera.is_fault() => "bad",
            _ => "good",
        };
        let disk = match edge.disk {
            DiskState::Good => "good",
            DiskState::Low => "warn",
            DiskState::Full | DiskState::Failing => "bad",
        };
        let scanner = match edge.scanner {
            ScannerState::Absent => None,
            ScannerState::Good => Some("good"),
            ScannerState::Gone | ScannerState::MisSet => Some("bad"),
        };
        let scanner = scanner.map(|state| (state, self.said("screen-scanner", &edge.scanner)));
        let chip = |name, (state, text)| Chip { name, text, state };
        let chips = [
            chip("clock", clock),
            chip("lists", self.lists()),
            chip("camera", (camera, self.said("screen-camera", &edge.camera))),
            chip("disk", (disk, self.said("screen-disk", &edge.disk))),
            chip("journal", journal),
        ];
        chips.into_iter().chain(scanner.map(|it| chip("scanner", it))).collect()
    }

    fn lists(&self) -> (&'static str, String) {
        let lists = &self.view.edge.lists;
        let [Some(a), Some(b)] = lists.days else { return ("bad", self.t("screen-lists.none")) };
        let age = self.words.with("screen-lists.age", &[("days", a.max(b).into())]);
        if lists.expired {
            ("bad", self.t("screen-lists.expired") + " · " + &age)
        } else if lists.stale {
            ("warn", self.t("screen-lists.stale") + " · " + &age)
        } else {
            ("good", age)
        }
    }

    pub(super) fn last(&self) -> Vec<Last> {
        self.view.edge.last.iter().map(|last| self.crossed(last)).collect()
    }

    fn crossed(&self, last: &CrossingView) -> Last {
        Last {
            time: self.time(last.seconds).1,
            way: self.way(last.direction),
            sign: match last.class {
                Some(Class::Valid) => "✓",
                Some(Class::Refer) => "!",
                Some(Class::Invalid) => "✕",
                Some(Class::NotAPermit) => "?",
                None => "–",
            },
            code: last.code.map_or_else(|| "–".to_owned(), |code| code.to_string()),
            word: last.code.map_or_else(String::new, |code| self.t(&format!("verdict-{code}"))),
            decision: last.decision.map_or_else(String::new, |it| self.said("screen", &it)),
        }
    }

    /// What the journal counted: who is away, decisions, verdicts.
    pub(super) fn figures(&self) -> Vec<(String, u64)> {
        let figures = &self.view.figures;
        let away = [(self.t("screen-figures.away"), figures.away)].into_iter();
        let decisions = figures.decisions.iter().map(|(it, n)| (self.said("screen", it), *n));
        let verdicts = figures
            .verdicts
            .iter()
            .map(|(code, n)| (format!("{code} {}", self.t(&format!("verdict-{code}"))), *n));
        away.chain(decisions).chain(verdicts).collect()
    }

    /// The shift that is over: whose and from when until when, and what it came to.
    pub(super) fn over(&self) -> Option<(String, Vec<(String, u32)>)> {
        let shift = self.view.over.as_ref()?;
        let said = self.words.with(
            "screen-shift",
            &[
                ("officer", shift.officer.into()),
                ("since", self.time(shift.since).1.into()),
                ("until", self.time(shift.until).1.into()),
            ],
        );
        let verdicts = shift.verdicts.iter().map(|(it, n)| (self.said("verdict", it), *n));
        let decisions = shift.decisions.iter().map(|(it, n)| (self.said("screen", it), *n));
        Some((said, verdicts.chain(decisions).collect()))
    }

    pub(super) fn tablets(&self, count: &usize) -> String {
        self.words.with("screen-tablets.allowed", &[("count", (*count).into())])
    }

    pub(super) fn notice(&self) -> Option<String> {
        self.view.notice.as_ref().map(|notice| self.said("screen-notice", notice))
    }

    /// What was said of the hand scanner last, and whether that is good.
    pub(super) fn scanned(&self) -> Option<(&'static str, String)> {
        let notice = self.view.notice.as_ref()?;
        let state = match notice {
            Notice::ScannerRight => "good",
            Notice::Scanner { .. } => "bad",
            _ => return None,
        };
        Some((state, self.said("screen-notice", notice)))
    }

    /// Why lists that were named with the start are not used.
    pub(super) fn given(&self) -> Option<String> {
        let why = self.view.edge.lists.passed.given?;
        let said = self.said("screen-notice", &Notice::NotUpdated { why });
        Some(format!("{} {said}", self.t("screen-lists-given")))
    }

    /// What is not whole and what to do about it, the weightiest first.
    pub(super) fn troubles(&self) -> Vec<(String, String)> {
        let said = |trouble| {
            let id = super::name::id("screen-trouble", trouble).0;
            (self.t(&id), self.t(&format!("{id}.next")))
        };
        self.view.troubles.iter().map(said).collect()
    }

    pub(super) fn trouble(&self) -> Option<(String, String)> {
        self.troubles().into_iter().next()
    }

    pub(super) fn heading(&self) -> String {
        self.spoken.as_ref().map(|spoken| spoken.heading.clone()).unwrap_or_default()
    }

    pub(super) fn sentence(&self) -> Option<&Sentence> {
        self.spoken.as_ref().map(|spoken| &spoken.sentence)
    }

    pub(super) fn also(&self) -> &[Sentence] {
        self.spoken.as_ref().map_or(&[], |spoken| &spoken.also)
    }

    pub(super) fn notes(&self) -> &[String] {
        self.spoken.as_ref().map_or(&[], |spoken| &spoken.notes)
    }

    pub(super) fn code(&self, code: &u8) -> String {
        self.words.with("screen-code", &[("code", (*code).into())])
    }

    pub(super) fn journey(&self, way: &Way) -> String {
        self.said("screen", way)
    }

    /// The lines of the holder's card, what is compared first.
    pub(super) fn lines(&self) -> Vec<Line> {
        let Some((verdict, holder)) =
            self.view.verdict.as_ref().and_then(|it| Some((it, it.holder.as_ref()?)))
        else {
            return Vec::new();
        };
        let region = self.places.region(holder.region, self.words);
        let home = holder
            .home
            .map_or_else(|| region.clone(), |side| format!("{region} · {}", self.of_side(side)));
        let number = |count: u32| count.to_string();
        let children = holder.children.filter(|count| *count > 0);
        let document = holder.names.as_ref().and_then(|names| names.document.clone());
        let crossings: Vec<_> =
            holder.crossings.iter().map(|it| self.places.crossing(*it, self.words)).collect();
        let crossings = if crossings.is_empty() {
            self.t("screen-crossings.all")
        } else {
            crossings.join(" · ")
        };
        let stay = holder
            .stay
            .map(|days| self.words.with("screen-stay.days", &[("days", Value::from(days))]));
        let lines = [
            ("screen-birth", holder.birth.clone(), true),
            ("screen-document", document, true),
            ("screen-children", children.map(|count| count.to_string()), true),
            ("screen-home", Some(home), false),
            ("screen-nationality", Some(self.nation(holder.nationality)), false),
            ("screen-through", Some(holder.through.clone()), true),
            ("screen-days", holder.days_left.map(number), false),
            ("screen-entries", holder.entries_left.map(number), false),
            ("screen-stay", stay, false),
            ("screen-crossings", Some(crossings), false),
            ("screen-number", verdict.permit.clone(), false),
        ];
        let line = |(id, value, weighty): (&str, Option<String>, bool)| {
            value.map(|value| Line { name: self.t(id), value, weighty })
        };
        lines.into_iter().filter_map(line).collect()
    }

    /// What is compared: the document that the permit is bound to by name, or that there is none.
    pub(super) fn compare(&self) -> String {
        let holder = self.view.verdict.as_ref().and_then(|it| it.holder.as_ref());
        let document = holder.and_then(|it| it.names.as_ref()).and_then(|it| it.document.as_ref());
        match document {
            Some(number) => {
                let number = [("document", number.as_str().into())];
                self.words.with("screen-compare.document", &number)
            }
            None if holder.is_some_and(|it| it.bound) => self.t("screen-compare"),
            None => self.t("screen-compare.none"),
        }
    }

    /// A text in pieces, and which of them must not be broken at the end of a line.
    pub(super) fn pieces<'t>(&self, text: &'t str) -> Vec<(bool, &'t str)> {
        whole::pieces(text)
    }

    fn nation(&self, number: u16) -> String {
        match number {
            156 => self.t("screen-nation-156"),
            408 => self.t("screen-nation-408"),
            other => format!("{other:03}"),
        }
    }

    /// What the confirm button does now.
    pub(super) fn confirms(&self) -> String {
        match (self.view.stage, self.view.choices.get(self.view.chosen)) {
            (Stage::Verdict, Some(choice)) => self.choice(choice),
            (Stage::Decision | Stage::Assisting, _) => self.t("screen-done"),
            (Stage::Updating, _) if self.view.gathering.is_some() => self.t("screen-cancel"),
            _ => self.t("screen-does-nothing"),
        }
    }

    /// What the switch button does now.
    pub(super) fn switches(&self) -> String {
        let idle = matches!(self.view.stage, Stage::Waiting | Stage::Looking | Stage::OutOfOrder);
        match self.view.stage {
            Stage::Verdict => self.t("screen-does-next"),
            _ if idle && self.view.here.switchable => self.t("screen-does-direction"),
            _ => self.t("screen-does-nothing"),
        }
    }

    pub(super) fn choice(&self, choice: &Choice) -> String {
        self.said("screen-choice", choice)
    }

    pub(super) fn name(&self, value: &impl Serialize) -> String {
        super::name::id("", value).0.split_off(1)
    }

    /// How many codes of lists are read.
    pub(super) fn gathered(&self) -> String {
        self.view.gathering.as_ref().map_or_else(String::new, |it| count::gathered(it, self.words))
    }

    /// Which are missing, once some were read.
    pub(super) fn missing(&self) -> Option<String> {
        count::missing(self.view.gathering.as_ref()?, self.words)
    }

    /// Whether nothing is decided before an officer signs in, and one can do so now.
    pub(super) fn asks_for_officer(&self) -> bool {
        let now = matches!(
            self.view.stage,
            Stage::Waiting | Stage::Looking | Stage::Verdict | Stage::OutOfOrder
        );
        self.view.locked && now
    }

    /// Whether a code was in view for long and could not be read, so that its number is what is typed next.
    pub(super) fn is_unreadable(&self) -> bool {
        self.view.hint == Some(Hint::TypeNumber) && !self.asks_for_officer()
    }

    /// Whether admitting takes grounds.
    pub(super) fn against(&self) -> bool {
        self.view.verdict.as_ref().is_some_and(|it| it.class == Class::Invalid)
    }

    /// All that can be raised: name and what it is called.
    pub(super) fn concerns(&self) -> Vec<(&'static str, String)> {
        permit_journal::Concern::ALL.into_iter().map(|it| self.concern(Concern(it))).collect()
    }

    /// What was raised here and is open.
    pub(super) fn raised(&self) -> Vec<(&'static str, String)> {
        self.view.concerns.iter().map(|it| self.concern(*it)).collect()
    }

    fn concern(&self, concern: Concern) -> (&'static str, String) {
        (concern.into(), self.said("concern", &concern))
    }

    pub(super) fn grounds(&self) -> [(String, String); 4] {
        [Grounds::OtherPapers, Grounds::Confirmed, Grounds::Ordered, Grounds::KnownError]
            .map(|it| (self.name(&it), self.said("screen-grounds", &it)))
    }

    /// The verdict that fills the screen.
    pub(super) fn standing(&self) -> Option<&VerdictView> {
        self.view.verdict.as_ref().filter(|_| self.view.stage == Stage::Verdict)
    }

    /// What is said below the name of a stage.
    pub(super) fn more(&self) -> String {
        self.t(&format!("screen-{}.more", self.stage()))
    }

    pub(super) fn is(&self, stage: &str) -> bool {
        self.stage() == stage
    }

    /// Which outline of a shape is drawn.
    pub(super) fn shape(&self) -> &'static str {
        match self.view.verdict.as_ref().map(|verdict| verdict.colour) {
            Some(Colour::Green) => "tick",
            Some(Colour::Amber) => "mark",
            Some(Colour::Red | Colour::Blue) => "cross",
            Some(Colour::Grey) | None => "query",
        }
    }
}
