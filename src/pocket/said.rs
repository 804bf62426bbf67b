//! A judgement as the page shows it: every word said, colour and shape by name.

use permit_core::{Birth, Journey, Judgement, Permit, Reason, Side, Trust, Verdict};
use permit_words::verdict::{self, Guidance};
use permit_words::{Light, Places, Sentence, Value, Words, clean, country};
use serde::Serialize;

/// One finding beside the verdict.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    /// Two to four words.
    pub title: String,
    /// The reason with its evidence.
    pub reason: String,
}

/// One thing a permit says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// What it says.
    pub value: String,
    /// Whether it is compared with the person or a paper.
    pub weighty: bool,
}

/// A verdict, said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Said {
    /// The stable code.
    pub code: u8,
    /// The code, as it stands on a screen.
    pub numbered: String,
    /// The colour's name: green, amber, red, blue or grey.
    pub light: &'static str,
    /// The shape's name: tick, mark, cross or question.
    pub shape: &'static str,
    /// What the light means, in a word.
    pub heading: String,
    /// Two to four words.
    pub title: String,
    /// The reason with its evidence.
    pub reason: String,
    /// What to do.
    pub next: String,
    /// The other findings.
    pub also: Vec<Line>,
    /// What is worth knowing beside them.
    pub notes: Vec<String>,
    /// What was not asked here, or is not known.
    pub limits: Vec<String>,
    /// Leaving home or going home.
    pub journey: Option<String>,
    /// What stands in the frame of a demonstration.
    pub demo: Option<String>,
    /// The holder's names: in the own script, in Latin letters.
    pub names: Option<(Option<String>, String)>,
    /// What the permit says.
    pub facts: Vec<Fact>,
    /// A signed portrait, in hexadecimal digits.
    pub portrait: Option<String>,
    /// Tones: hertz (0 is silence) and milliseconds. The terminal's (`firmware/src/signal.rs`).
    pub tones: &'static [(u16, u16)],
    /// Milliseconds of vibration and rest, in turns.
    pub vibration: &'static [u16],
}

/// Where a judgement is said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) trust: &'static Trust<'static>,
    /// The crossing; none where the crossing's rules were not asked.
    pub(crate) crossing: Option<u16>,
    pub(crate) words: &'a Words,
}

impl Scene<'_> {
    /// Says a judgement.
    pub(crate) fn say(&self, judgement: &Judgement) -> Said {
        let Self { trust, crossing, words } = *self;
        let places = Places::new(trust, crossing);
        let spoken = verdict::judgement(judgement, &places, words);
        let permit = judgement.permit.as_deref();
        let mut said = Said {
            notes: spoken.notes,
            also: spoken.also.into_iter().map(line).collect(),
            limits: self.limits(judgement),
            journey: judgement.journey.map(|journey| match journey {
                Journey::Outward => words.get("screen-outward"),
                Journey::Homeward => words.get("screen-homeward"),
            }),
            demo: judgement.notes.demo.then(|| words.get("screen-demo")),
            names: permit.map(names),
            facts: permit.map(|permit| self.facts(permit, judgement)).unwrap_or_default(),
            portrait: permit.and_then(|permit| permit.options.portrait.as_deref().map(hex::encode)),
            ..said(judgement.verdict.code(), spoken.light, spoken.sentence, words)
        };
        if matches!(judgement.verdict.reason(), Some(Reason::ClockNotTrusted { .. })) {
            said.next = words.get("pocket-clock-next");
        }
        if judgement.verdict == Verdict::Valid {
            said.next = self.compare(permit);
        }
        said
    }

    /// What a phone does not ask or know, wherever it could be missed.
    fn limits(&self, judgement: &Judgement) -> Vec<String> {
        let mut limits = Vec::new();
        if judgement.permit.is_some() && self.crossing.is_none() {
            limits.push("pocket-not-asked");
            if judgement.verdict != Verdict::Valid {
                limits.push("pocket-way-home");
            }
        }
        if judgement.verdict == Verdict::Valid {
            limits.extend(["pocket-not-known", "pocket-opens-nothing"]);
        }
        limits.into_iter().map(|id| self.words.get(id)).collect()
    }

    fn compare(&self, permit: Option<&Permit>) -> String {
        match permit.and_then(|permit| permit.options.document.as_deref()) {
            Some(number) => {
                self.words.with("screen-compare.document", &[("document", number.into())])
            }
            None => self.words.get("screen-compare.none"),
        }
    }

    /// What a permit says, as the terminal shows it.
    pub(crate) fn facts(&self, permit: &Permit, judgement: &Judgement) -> Vec<Fact> {
        let words = self.words;
        let places = Places::new(self.trust, self.crossing);
        let home = match judgement.notes.home {
            Some(side) => {
                let side = words.with("screen-side", &[("side", letter(side).into())]);
                format!("{} · {side}", places.region(permit.region, words))
            }
            None => places.region(permit.region, words),
        };
        let options = &permit.options;
        let crossings: Vec<String> =
            options.crossings.iter().map(|number| places.crossing(*number, words)).collect();
        let crossings = if crossings.is_empty() {
            words.get("screen-crossings.all")
        } else {
            crossings.join(" · ")
        };
        let stay = |days| words.with("screen-stay.days", &[("days", Value::from(days))]);
        let children = options.children.filter(|count| *count > 0);
        let facts = [
            ("screen-birth", Some(birth(&permit.birth)), true),
            ("screen-document", options.document.as_deref().map(str::to_owned), true),
            ("screen-children", children.map(|count| count.to_string()), true),
            ("screen-home", Some(home), false),
            ("screen-nationality", Some(nation(permit.nationality, words)), false),
            ("screen-through", Some(permit.through.to_string()), true),
            ("screen-days", judgement.notes.days_left.map(|days| days.to_string()), false),
            ("pocket-journeys", options.entries.map(|count| count.to_string()), false),
            ("screen-stay", judgement.notes.stay.map(stay), false),
            ("screen-crossings", Some(crossings), false),
            ("screen-number", Some(permit.id.to_string()), false),
        ];
        let fact = |(id, value, weighty): (&str, Option<String>, bool)| {
            value.map(|value| Fact { name: words.get(id), value, weighty })
        };
        facts.into_iter().filter_map(fact).collect()
    }
}

/// Says why nothing was read: code 10.
pub(crate) fn unread(why: Guidance, words: &Words) -> Said {
    said(10, Light::Grey, verdict::guidance(why, words), words)
}

/// A verdict without a permit behind it.
fn said(code: u8, light: Light, sentence: Sentence, words: &Words) -> Said {
    let (name, shape, tones, vibration): (_, _, &[_], &[_]) = match light {
        Light::Green => ("green", "tick", &[(880, 120), (0, 60), (1320, 180)], &[80, 60, 80]),
        Light::Amber => ("amber", "mark", &[(880, 150), (0, 100), (880, 150)], &[200, 100, 200]),
        Light::Red => ("red", "cross", &[(220, 600)], &[600]),
        Light::Blue => ("blue", "cross", &[(220, 600)], &[600]),
        Light::Grey => ("grey", "question", &[(1760, 40)], &[40]),
    };
    let heading = if code == 10 { sentence.title.clone() } else { light.heading(words) };
    Said {
        code,
        numbered: words.with("screen-code", &[("code", code.into())]),
        light: name,
        shape,
        heading,
        title: sentence.title,
        reason: sentence.reason,
        next: sentence.next,
        also: Vec::new(),
        notes: Vec::new(),
        limits: Vec::new(),
        journey: None,
        demo: None,
        names: None,
        facts: Vec::new(),
        portrait: None,
        tones,
        vibration,
    }
}

fn line(sentence: Sentence) -> Line {
    Line { title: sentence.title, reason: sentence.reason }
}

fn names(permit: &Permit) -> (Option<String>, String) {
    let shown = |name: &str| clean(name).into_owned();
    (permit.native.as_deref().map(shown), shown(&permit.latin))
}

const fn letter(side: Side) -> &'static str {
    match side {
        Side::A => "A",
        Side::B => "B",
    }
}

fn nation(number: u16, words: &Words) -> String {
    country(number, words.lang()).map_or_else(|| format!("{number:03}"), str::to_owned)
}

fn birth(birth: &Birth) -> String {
    match birth {
        Birth::Day(day) => day.to_string(),
        Birth::Month(year, month) => format!("{year:04}-{month:02}"),
        Birth::Year(year) => year.to_string(),
    }
}
