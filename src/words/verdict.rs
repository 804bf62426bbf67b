//! Verdicts in words: a title, the reason with its evidence, and one next step.
//!
//! The sentence follows the verifier's reason and nothing else. On the way home the next step is to let the person go
//! (nobody is kept from going home), and a signature that fails never says to hold anybody.

use permit_core::{
    Day, Distrust, Document, Effect, Entitlement, Flaw, Foreign, Journey, Judgement, Layer, Newer,
    Notes, Passage, Reason, Revocation, Shut, TerminalFault, UnixTime, Verdict,
};

use crate::places::clock;
use crate::{Places, Value, Words};

/// A verdict or a finding, said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Two to four words.
    pub title: String,
    /// The reason with its evidence.
    pub reason: String,
    /// What to do.
    pub next: String,
}

/// A whole judgement, said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Colour and shape.
    pub light: Light,
    /// What the light means, in a word.
    pub heading: String,
    /// The verdict.
    pub sentence: Sentence,
    /// The other findings.
    pub also: Vec<Sentence>,
    /// What is worth knowing beside them.
    pub notes: Vec<String>,
}

/// Colour and shape of a verdict. Either is enough alone; which shade a colour has is the stylesheet's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Light {
    /// Valid: green, ✓.
    Green,
    /// Refer: amber, !.
    Amber,
    /// Invalid: red, ✕.
    Red,
    /// A specimen: blue frame, ✕.
    Blue,
    /// Not a permit, or nothing read: grey, ?.
    Grey,
}

impl Light {
    /// The light of a verdict.
    #[must_use]
    pub const fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Valid => Self::Green,
            Verdict::Refer(_) => Self::Amber,
            Verdict::Invalid(Reason::Specimen) => Self::Blue,
            Verdict::Invalid(_) => Self::Red,
            Verdict::NotAPermit(_) => Self::Grey,
        }
    }

    /// The shape, for whoever does not see the colour.
    #[must_use]
    pub const fn shape(self) -> char {
        match self {
            Self::Green => '✓',
            Self::Amber => '!',
            Self::Red | Self::Blue => '✕',
            Self::Grey => '?',
        }
    }

    /// The colour, in a word.
    #[must_use]
    pub fn colour(self, words: &Words) -> String {
        words.get(&format!("{}.colour", self.id()))
    }

    /// What it means, in a word.
    #[must_use]
    pub fn heading(self, words: &Words) -> String {
        words.get(self.id())
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Green => "verdict-valid",
            Self::Amber => "verdict-refer",
            Self::Red => "verdict-invalid",
            Self::Blue => "verdict-specimen",
            Self::Grey => "verdict-other",
        }
    }
}

/// Why a picture gave no verdict (code 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Guidance {
    /// Nothing was found; no more is known.
    Nothing,
    /// Too dark.
    Dark,
    /// Blurred or moved.
    Blurred,
    /// The code is too small.
    Far,
    /// More than one permit.
    Several,
}

/// Says a whole judgement.
#[must_use]
pub fn judgement(judgement: &Judgement, places: &Places<'_>, words: &Words) -> Spoken {
    let light = Light::of(&judgement.verdict);
    let journey = judgement.journey;
    Spoken {
        light,
        heading: light.heading(words),
        sentence: match &judgement.verdict {
            Verdict::Valid => valid(judgement, words),
            Verdict::NotAPermit(what) => foreign(*what, words),
            Verdict::Invalid(reason) | Verdict::Refer(reason) => {
                sentence(reason, journey, places, words)
            }
        },
        also: judgement
            .also
            .iter()
            .map(|finding| sentence(&finding.reason, journey, places, words))
            .collect(),
        notes: notes(&judgement.notes, places, words),
    }
}

/// Says one reason.
#[must_use]
pub fn sentence(
    reason: &Reason,
    journey: Option<Journey>,
    places: &Places<'_>,
    words: &Words,
) -> Sentence {
    let code = reason.code();
    let id = format!("verdict-{code}");
    let (variant, values) = evidence(reason, places, words);
    let lost = matches!(reason, Reason::Revoked { how: Revocation::Lost, .. });
    let weighs = |journey| reason.effect(journey);
    let home = weighs(journey) == Effect::Refer && weighs(None) == Effect::Invalid;
    Sentence {
        title: words.get(&if lost { format!("{id}.title-lost") } else { id.clone() }),
        reason: words.with(&format!("{id}.{variant}"), &values),
        next: if home {
            words.get("verdict-home")
        } else {
            words.with(&format!("{id}.next"), &values)
        },
    }
}

/// Says why nothing was read.
#[must_use]
pub fn guidance(why: Guidance, words: &Words) -> Sentence {
    let (reason, next) = match why {
        Guidance::Nothing => ("verdict-10.reason", "verdict-10.next"),
        Guidance::Dark => ("verdict-10.reason-dark", "verdict-10.next-dark"),
        Guidance::Blurred => ("verdict-10.reason-blurred", "verdict-10.next-blurred"),
        Guidance::Far => ("verdict-10.reason-far", "verdict-10.next-far"),
        Guidance::Several => ("verdict-10.reason-several", "verdict-10.next-several"),
    };
    Sentence { title: words.get("verdict-10"), reason: words.get(reason), next: words.get(next) }
}

/// Says what was scanned instead of a permit.
#[must_use]
pub fn foreign(what: Foreign, words: &Words) -> Sentence {
    let reason = match what {
        Foreign::HealthCertificate => "verdict-11.reason-certificate",
        Foreign::SmartHealthCard => "verdict-11.reason-health",
        Foreign::Seal => "verdict-11.reason-seal",
        Foreign::Claim169 => "verdict-11.reason-identity",
        Foreign::Ticket => "verdict-11.reason-ticket",
        Foreign::TravelDocument => "verdict-11.reason-travel",
        Foreign::Link => "verdict-11.reason-url",
        Foreign::Record => "verdict-11.reason-record",
        Foreign::Binary => "verdict-11.reason-binary",
        Foreign::Empty => "verdict-11.reason-empty",
        _ => "verdict-11.reason-text",
    };
    Sentence {
        title: words.get("verdict-11"),
        reason: words.get(reason),
        next: words.get("verdict-11.next"),
    }
}

fn valid(judgement: &Judgement, words: &Words) -> Sentence {
    let through =
        judgement.permit.as_ref().map(|permit| permit.through.to_string()).unwrap_or_default();
    Sentence {
        title: words.get("verdict-0"),
        reason: words.with("verdict-0.reason", &[("through", through.into())]),
        next: words.get("verdict-0.next"),
    }
}

fn notes(notes: &Notes, places: &Places<'_>, words: &Words) -> Vec<String> {
    let mut said = Vec::new();
    if notes.demo {
        said.push(words.get("verdict-demo.note"));
    }
    if notes.by_hand {
        said.push(words.get("verdict-by-hand"));
    }
    if notes.newer_than_register {
        said.push(words.get("verdict-newer"));
    }
    if let Some(issued) = notes.stale_since {
        said.push(words.with("verdict-stale", &[("issued", text(places.day(issued)))]));
    }
    if let Some(left) = notes.entries_left {
        said.push(words.with("verdict-0.entries", &[("left", left.into())]));
    }
    if let Some(left) = notes.days_left {
        said.push(words.with("verdict-0.days", &[("left", left.into())]));
    }
    if let Some(days) = notes.stay {
        said.push(words.with("verdict-0.stay", &[("days", days.into())]));
    }
    said
}

type Evidence = (&'static str, Values);
type Values = Vec<(&'static str, Value<'static>)>;

/// The attribute that says the reason, and its variables.
fn evidence(reason: &Reason, places: &Places<'_>, words: &Words) -> Evidence {
    let region = |number| Value::Spoken(places.region(number, words));
    let crossing = |number| Value::Spoken(places.crossing(number, words));
    let date = |at: UnixTime| text(places.day(at));
    match reason {
        Reason::Malformed { layer, offset, flaw } => malformed(*layer, *offset, *flaw, words),
        Reason::Newer(Newer::Version(version)) => {
            ("reason-version", vec![("version", (*version).into())])
        }
        Reason::Newer(Newer::Option(option)) => {
            ("reason-option", vec![("option", (*option).into())])
        }
        Reason::UnknownKey { key, lists: Some(lists) } => {
            ("reason", vec![("key", text(key)), ("lists", date(*lists))])
        }
        Reason::UnknownKey { key, lists: None } => ("reason-none", vec![("key", text(key))]),
        Reason::BadSignature { key } => ("reason", vec![("key", text(key))]),
        Reason::NotEntitled { station, why } => entitlement(*station, *why, places, words),
        Reason::NotYetValid { from, today } => {
            ("reason", vec![("from", text(from)), ("today", text(today))])
        }
        Reason::Expired { through, today } => {
            ("reason", vec![("through", text(through)), ("today", text(today))])
        }
        Reason::Revoked { how, since, listed } => revoked(*how, *since, date(*listed)),
        Reason::Replaced { copy, good, since } => (
            "reason",
            vec![("copy", (*copy).into()), ("good", (*good).into()), ("since", text(since))],
        ),
        Reason::NotIssued { speaks_for, issued } => {
            ("reason", vec![("until", text(speaks_for)), ("issued", text(issued))])
        }
        Reason::RegionOutside { region: number, zone } => {
            ("reason", vec![("region", region(*number)), ("zone", (*zone).into())])
        }
        Reason::OtherZone { permit, here } => {
            ("reason", vec![("named", (*permit).into()), ("zone", (*here).into())])
        }
        Reason::OtherCrossing { names, here } => {
            let names: Vec<String> =
                names.iter().map(|number| places.crossing(*number, words)).collect();
            let names = Value::Spoken(names.join(" · "));
            ("reason", vec![("crossings", names), ("here", crossing(*here))])
        }
        Reason::CrossingShut(shut) => closed(*shut, places, words),
        _ => ledger_and_terminal(reason, places, words),
    }
}

/// Codes from 50 on: what the ledger and the terminal itself know.
fn ledger_and_terminal(reason: &Reason, places: &Places<'_>, words: &Words) -> Evidence {
    let date = |at: UnixTime| text(places.day(at));
    match reason {
        Reason::EntriesUsed { used, allowed } => {
            ("reason", vec![("used", (*used).into()), ("allowed", (*allowed).into())])
        }
        Reason::AlreadyThere { last: Some(last) } => ("reason-last", passage(last, places, words)),
        Reason::StayExceeded { days, allowed } => {
            ("reason", vec![("days", (*days).into()), ("allowed", (*allowed).into())])
        }
        Reason::SeenElsewhere { last } => ("reason", passage(last, places, words)),
        Reason::ClockNotTrusted { clock, floor, why } => {
            untrusted(*clock, *floor, *why, places, words)
        }
        Reason::ListsTooOld { document: which, issued, expired } => (
            "reason",
            vec![
                ("document", words.get(document(*which)).into()),
                ("issued", date(*issued)),
                ("expired", date(*expired)),
            ],
        ),
        Reason::TerminalFault(fault) => (terminal(*fault), vec![]),
        _ => ("reason", vec![]),
    }
}

fn passage(last: &Passage, places: &Places<'_>, words: &Words) -> Values {
    let crossing = places.crossing(last.checkpoint.crossing, words);
    let time = places.time(last.at, words);
    vec![("crossing", Value::Spoken(crossing)), ("time", Value::Spoken(time))]
}

fn malformed(layer: Layer, offset: u16, flaw: Flaw, words: &Words) -> Evidence {
    let variant = match layer {
        Layer::Text => "reason-text",
        Layer::Base45 => "reason-base45",
        Layer::Envelope => "reason-envelope",
        Layer::Payload => "reason-payload",
    };
    (variant, vec![("offset", offset.into()), ("flaw", words.get(self::flaw(flaw)).into())])
}

fn entitlement(station: u16, why: Entitlement, places: &Places<'_>, words: &Words) -> Evidence {
    let station = ("station", Value::Spoken(places.station(station, words)));
    match why {
        Entitlement::Station { named } => {
            let named = Value::Spoken(places.station(named, words));
            ("reason-station", vec![station, ("named", named)])
        }
        Entitlement::Region { region } => {
            let region = Value::Spoken(places.region(region, words));
            ("reason-region", vec![station, ("region", region)])
        }
        Entitlement::Window { from, through, issued } => (
            "reason-window",
            vec![
                station,
                ("from", text(from)),
                ("through", text(through)),
                ("issued", text(issued)),
            ],
        ),
        Entitlement::Validity { days, longest } => {
            ("reason-validity", vec![("days", days.into()), ("longest", longest.into())])
        }
        Entitlement::Suspended { since } => {
            ("reason-suspended", vec![station, ("since", text(since))])
        }
        Entitlement::Demo => ("reason-demo", vec![station]),
        Entitlement::Stolen { since } => ("reason-stolen", vec![station, ("since", text(since))]),
        _ => ("reason-other", vec![station]),
    }
}

fn revoked(how: Revocation, since: Option<Day>, listed: Value<'static>) -> Evidence {
    let variant = match (how, since) {
        (Revocation::Serial, None) => "reason",
        (Revocation::Serial, Some(_)) => "reason-since",
        (Revocation::Range, None) => "reason-range",
        (Revocation::Range, Some(_)) => "reason-range-since",
        (Revocation::Lost, None) => "reason-lost",
        (Revocation::Lost, Some(_)) => "reason-lost-since",
    };
    let mut values = vec![("listed", listed)];
    values.extend(since.map(|since| ("since", text(since))));
    (variant, values)
}

fn closed(shut: Shut, places: &Places<'_>, words: &Words) -> Evidence {
    match shut {
        Shut::Closed { since } => ("reason-closed", vec![("since", text(since))]),
        Shut::Suspended { since, until: None } => {
            ("reason-suspended", vec![("since", text(since))])
        }
        Shut::Suspended { since, until: Some(until) } => {
            ("reason-suspended-until", vec![("since", text(since)), ("until", text(until))])
        }
        Shut::NotOpen { until: None } => ("reason-early", vec![]),
        Shut::NotOpen { until: Some(until) } => {
            ("reason-early-until", vec![("until", text(until))])
        }
        Shut::Hours { opens: None } => ("reason-hours", vec![]),
        Shut::Hours { opens: Some(opens) } => {
            ("reason-hours-opens", vec![("opens", clock(opens).into())])
        }
        Shut::Region { region } => {
            ("reason-region", vec![("region", Value::Spoken(places.region(region, words)))])
        }
    }
}

fn untrusted(
    clock: Option<UnixTime>,
    floor: UnixTime,
    why: Distrust,
    places: &Places<'_>,
    words: &Words,
) -> Evidence {
    let time = |at| Value::Spoken(places.time(at, words));
    match (clock, why) {
        (None, _) | (_, Distrust::Missing) => ("reason-none", vec![]),
        (Some(clock), Distrust::BelowFloor) => {
            ("reason", vec![("clock", time(clock)), ("floor", time(floor))])
        }
        (Some(clock), Distrust::ByHand) => ("reason-hand", vec![("clock", time(clock))]),
        (Some(clock), _) => ("reason-unsure", vec![("clock", time(clock))]),
    }
}

const fn terminal(fault: TerminalFault) -> &'static str {
    match fault {
        TerminalFault::Journal => "reason-journal",
        TerminalFault::Disk => "reason-disk",
        TerminalFault::Camera => "reason-camera",
        TerminalFault::Lost => "reason-lost",
        _ => "reason-selftest",
    }
}

/// The message that names a trust document.
pub(crate) const fn document(document: Document) -> &'static str {
    match document {
        Document::Root => "document-root",
        Document::Zone => "document-zone",
        Document::Snapshot(_) => "document-snapshot",
        Document::Stations(_) => "document-stations",
        Document::Revocations(_) => "document-revocations",
        Document::Issued(_) => "document-issued",
        Document::Presence(_) => "document-presence",
        Document::Readers(_) => "document-readers",
        Document::Heads(_) => "document-heads",
        _ => "document-bundle",
    }
}

/// The message that says what breaks a format.
pub(crate) const fn flaw(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Truncated => "flaw-truncated",
        Flaw::Trailing => "flaw-trailing",
        Flaw::TooLong => "flaw-too-long",
        Flaw::NotShortest => "flaw-not-shortest",
        Flaw::Indefinite => "flaw-indefinite",
        Flaw::Float => "flaw-float",
        Flaw::Tag => "flaw-tag",
        Flaw::Simple => "flaw-simple",
        Flaw::Reserved => "flaw-reserved",
        Flaw::Unsorted => "flaw-unsorted",
        Flaw::Duplicate => "flaw-duplicate",
        Flaw::Key => "flaw-key",
        Flaw::TooDeep => "flaw-too-deep",
        Flaw::Utf8 => "flaw-utf8",
        Flaw::Character => "flaw-character",
        Flaw::Overflow => "flaw-overflow",
        Flaw::Length => "flaw-length",
        Flaw::Type => "flaw-type",
        Flaw::Range => "flaw-range",
        Flaw::Count => "flaw-count",
        Flaw::Redundant => "flaw-redundant",
        Flaw::Space => "flaw-space",
        _ => "flaw-header",
    }
}

fn text(value: impl core::fmt::Display) -> Value<'static> {
    Value::from(value.to_string())
}

#[cfg(test)]
#[path = "verdict/tests.rs"]
mod tests;
