//! One record as a row, and in words.
//!
//! The row's names are the same in every language, for whoever reads the file by a program; the words are for people.

use permit_core::{Checkpoint, Distrust};
use permit_journal::{
    ClockEvent, Colour, Decided, Entry, Event, Outcome, Part, Record, Scanned, Stamp, Update,
};
use permit_words::{Light, Value, Words};
use serde::Serialize;

use crate::verify::place::{direction_name, side_name};

/// A record in columns. What a record does not have is left empty.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Row {
    sequence: u64,
    time: String,
    /// `trusted`, `by-hand`, `untrusted`.
    clock: &'static str,
    entry: &'static str,
    crossing: Option<u16>,
    side: Option<&'static str>,
    direction: Option<&'static str>,
    /// `green`, `amber`, `red`, `none`.
    verdict: Option<&'static str>,
    /// Of the verdict, of the slip, or of why lists were refused.
    code: Option<u8>,
    /// The other findings, with spaces between.
    also: String,
    /// The record it is about.
    about: Option<u64>,
    officer: Option<u16>,
    /// The second officer, where it takes two.
    second: Option<u16>,
    /// On which ground an officer decided against the verdict.
    ground: Option<u8>,
    /// A part of the terminal, or why its clock is not trusted.
    detail: Option<&'static str>,
    lane: Option<u8>,
    /// How many, or how long.
    number: Option<u64>,
}

/// A message and its variables.
type Said = (&'static str, Vec<(&'static str, Value<'static>)>);

impl Row {
    /// The row of a record, and what it says.
    pub(crate) fn of(record: &Record, words: &Words) -> (Self, String) {
        let mut row = Self {
            sequence: record.sequence,
            time: record.stamp.time().to_string(),
            clock: match record.stamp {
                Stamp::Trusted(_) => "trusted",
                Stamp::ByHand(_) => "by-hand",
                Stamp::Untrusted { .. } => "untrusted",
            },
            ..Self::default()
        };
        let (id, values) = match &record.entry {
            Entry::Event(event) => row.event(event, words),
            own => row.own(own),
        };
        let mut said = words.with(id, &values);
        if let Some(about) = row.about {
            said += &words.with("journal-about", &[("number", about.into())]);
        }
        (row, said)
    }

    /// What the clock of it is called, where that has to be said.
    pub(crate) fn clock(&self, words: &Words) -> Option<String> {
        match self.clock {
            "by-hand" => Some(words.get("journal-clock-by-hand")),
            "untrusted" => Some(words.get("journal-clock-untrusted")),
            _ => None,
        }
    }

    pub(crate) const fn sequence(&self) -> u64 {
        self.sequence
    }

    pub(crate) fn time(&self) -> &str {
        &self.time
    }

    fn event(&mut self, event: &Event, words: &Words) -> Said {
        match event {
            Event::Scanned(scan) => self.scanned(scan, words),
            Event::Decided(decided) => self.decided(decided, words),
            Event::Gate { decision, turned } => {
                self.entry = if *turned { "passed" } else { "not-passed" };
                self.about = Some(*decision);
                (if *turned { "journal-passed" } else { "journal-not-passed" }, vec![])
            }
            Event::Heartbeat { up } => {
                (self.entry, self.number) = ("heartbeat", Some(*up));
                ("journal-heartbeat", vec![])
            }
            Event::Clock(clock) => self.clocked(clock, words),
            Event::Update(Update::Taken(lists)) => {
                self.entry = "lists-taken";
                let version = |version: Option<u32>| {
                    Value::from(version.map_or_else(|| "–".to_owned(), |it| it.to_string()))
                };
                let (root, zone) = (lists.root.to_string().into(), lists.zone.to_string().into());
                let (a, b) = (version(lists.a), version(lists.b));
                ("journal-lists-taken", vec![("root", root), ("zone", zone), ("a", a), ("b", b)])
            }
            Event::Update(Update::Refused(code)) => {
                (self.entry, self.code) = ("lists-refused", Some(*code));
                ("journal-lists-refused", vec![("code", (*code).into())])
            }
            Event::Health { part, out, lane } => {
                let (name, id) = part_names(*part);
                (self.detail, self.lane) = (Some(name), *lane);
                self.entry = if *out { "out-of-order" } else { "works-again" };
                let part = Value::Spoken(words.get(id));
                (if *out { "journal-out" } else { "journal-back" }, vec![("part", part)])
            }
            Event::Shift { officer, on } => {
                (self.entry, self.officer) =
                    (if *on { "on-duty" } else { "off-duty" }, Some(*officer));
                let id = if *on { "journal-on-duty" } else { "journal-off-duty" };
                (id, vec![("officer", (*officer).into())])
            }
            Event::Undone { decision, officer } => {
                (self.entry, self.about, self.officer) =
                    ("undone", Some(*decision), Some(*officer));
                ("journal-undone", vec![("officer", (*officer).into())])
            }
            Event::Enrolled { officer, by } => {
                (self.entry, self.officer, self.second) = ("enrolled", Some(*officer), Some(*by));
                ("journal-enrolled", vec![("officer", (*officer).into()), ("by", (*by).into())])
            }
            Event::Concern { what, open, officer } => {
                (self.entry, self.officer) =
                    (if *open { "raised" } else { "closed" }, Some(*officer));
                self.detail = Some(what.name());
                let what = Value::Spoken(words.get(&format!("concern-{}", what.name())));
                let id = if *open { "journal-raised" } else { "journal-closed" };
                (id, vec![("what", what), ("officer", (*officer).into())])
            }
            _ => self.unknown(),
        }
    }

    /// Something that a newer terminal writes down.
    const fn unknown(&mut self) -> Said {
        self.entry = "other";
        ("journal-other", vec![])
    }

    fn scanned(&mut self, scan: &Scanned, words: &Words) -> Said {
        let Checkpoint { crossing, side, direction } = scan.checkpoint;
        self.entry = "judged";
        self.crossing = Some(crossing);
        self.side = Some(side_name(side));
        self.direction = Some(direction_name(direction));
        self.code = Some(scan.code);
        let also: Vec<String> = scan.also.iter().map(u8::to_string).collect();
        self.also = also.join(" ");
        let (name, light) = match scan.colour {
            Colour::Green => ("green", Light::Green),
            Colour::Amber => ("amber", Light::Amber),
            Colour::Red => ("red", Light::Red),
            Colour::None => ("none", Light::Grey),
        };
        self.verdict = Some(name);
        let title = words.find(&format!("verdict-{}", scan.code), &[]).unwrap_or_default();
        let way = words.get(match direction_name(direction) {
            "entry" => "journal-entry",
            _ => "journal-exit",
        });
        let values = vec![
            ("heading", Value::Spoken(light.heading(words))),
            ("code", scan.code.into()),
            ("title", Value::Spoken(title)),
            ("crossing", crossing.into()),
            ("side", side_name(side).into()),
            ("way", Value::Spoken(way)),
        ];
        ("journal-judged", values)
    }

    fn decided(&mut self, decided: &Decided, words: &Words) -> Said {
        (self.about, self.officer, self.ground) = (decided.scan, decided.officer, decided.reason);
        let who = decided.officer.map_or_else(
            || words.get("journal-terminal"),
            |officer| words.with("journal-officer", &[("officer", officer.into())]),
        );
        let mut values = vec![("who", Value::Spoken(who))];
        let (name, id) = match decided.outcome {
            Outcome::Admitted => match decided.reason {
                Some(ground) => {
                    values.push(("ground", ground.into()));
                    ("admitted", "journal-admitted-against")
                }
                None => ("admitted", "journal-admitted"),
            },
            Outcome::TurnedBack(code) => {
                self.code = Some(code);
                values.push(("code", code.into()));
                ("turned-back", "journal-turned-back")
            }
            Outcome::Assisted => ("assisted", "journal-assisted"),
            Outcome::NotDecided => {
                values.clear();
                ("not-decided", "journal-not-decided")
            }
        };
        self.entry = name;
        (id, values)
    }

    fn clocked(&mut self, clock: &ClockEvent, words: &Words) -> Said {
        match clock {
            ClockEvent::Distrusted(why) => {
                let (name, id) = why_names(*why);
                (self.entry, self.detail) = ("clock-distrusted", Some(name));
                ("journal-clock-distrusted", vec![("why", Value::Spoken(words.get(id)))])
            }
            ClockEvent::Trusted => {
                self.entry = "clock-trusted";
                ("journal-clock-trusted", vec![])
            }
            ClockEvent::Confirmed { first, second, .. } => {
                (self.entry, self.officer, self.second) =
                    ("clock-confirmed", Some(*first), Some(*second));
                let values = vec![("first", (*first).into()), ("second", (*second).into())];
                ("journal-clock-confirmed", values)
            }
            ClockEvent::Vouched { officer, why, .. } => {
                (self.entry, self.officer) = ("clock-vouched", Some(*officer));
                self.detail = Some(why_names(*why).0);
                ("journal-clock-vouched", vec![("officer", (*officer).into())])
            }
        }
    }

    /// What the journal itself writes.
    fn own(&mut self, entry: &Entry) -> Said {
        match entry {
            Entry::Started(started) => {
                let count = started.more.saturating_add(started.found.len() as u64);
                (self.entry, self.number) = ("opened", Some(count));
                ("journal-opened", vec![("count", count.into())])
            }
            Entry::Trouble(trouble) => {
                self.entry = "disk-failed";
                self.number = trouble.errno.and_then(|errno| u64::try_from(errno).ok());
                let errno = trouble.errno.map_or_else(|| "–".to_owned(), |errno| errno.to_string());
                ("journal-disk-failed", vec![("errno", errno.into())])
            }
            Entry::Head(_) => {
                self.entry = "head";
                ("journal-head", vec![])
            }
            Entry::Carried(carried) => {
                let count = carried.counters.len();
                (self.entry, self.number) = ("carried", Some(count as u64));
                ("journal-carried", vec![("count", count.into())])
            }
            Entry::Pruned(pruned) => {
                let through = pruned.end().map_or(0, |end| end.sequence);
                (self.entry, self.number) = ("removed", Some(through));
                ("journal-removed", vec![("through", through.into())])
            }
            Entry::Renewed(renewed) => {
                (self.entry, self.number) = ("new-chain", Some(renewed.epoch.into()));
                (self.officer, self.second) = (Some(renewed.first), Some(renewed.second));
                let (first, second) = (renewed.first.into(), renewed.second.into());
                let end = renewed.before.sequence.into();
                ("journal-new-chain", vec![("first", first), ("second", second), ("end", end)])
            }
            _ => self.unknown(),
        }
    }
}

/// A part's name in files, and its message.
const fn part_names(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Journal => ("journal", "journal-part-journal"),
        Part::Disk => ("disk", "journal-part-disk"),
        Part::Camera => ("camera", "journal-part-camera"),
        Part::SelfTest => ("self-test", "journal-part-self-test"),
        Part::Clock => ("clock", "journal-part-clock"),
        Part::Signals => ("signals", "journal-part-signals"),
        Part::Gate => ("gate", "journal-part-gate"),
        Part::Housing => ("housing", "journal-part-housing"),
        Part::Screen => ("screen", "journal-part-screen"),
        Part::Program => ("program", "journal-part-program"),
        Part::Files => ("files", "journal-part-files"),
        _ => ("other", "journal-part-other"),
    }
}

/// Why a clock is not trusted: its name in files, and its message.
const fn why_names(why: Distrust) -> (&'static str, &'static str) {
    match why {
        Distrust::Missing => ("missing", "journal-why-missing"),
        Distrust::Stopped => ("stopped", "journal-why-stopped"),
        Distrust::BelowFloor => ("below-floor", "journal-why-below-floor"),
        Distrust::Jumped => ("jumped", "journal-why-jumped"),
        Distrust::FarAhead => ("far-ahead", "journal-why-far-ahead"),
        _ => ("by-hand", "journal-clock-by-hand"),
    }
}
