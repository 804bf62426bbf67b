//! One scan, as programs read it: stable names, raw numbers, one JSON object.
//!
//! It never holds a name, a birth, a document number or what another system's code says about its holder: the permit's
//! number and the verdict's code are enough to work with. `--with-names` adds the names of the permit, for engineers
//! with invented ones. The fields are described in the help of `--json`; their names do not change.

use permit_core::{
    Distrust, Effect, Entitlement, Finding, Foreign, Journey, Judgement, Layer, Newer, Notes,
    Reason, Revocation, Shut, TerminalFault, UnixTime, Verdict,
};
use permit_symbol::{Code, Grade, Level, Wear};
use permit_words::Words;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::place::{direction_name, side_name};

/// How far a scan got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    /// The file could not be opened as a picture.
    Closed,
    /// A picture, and no code in it.
    Opened,
    /// A code was seen and not read.
    Found,
    /// A code was read.
    Decoded,
    /// Length, prefix, base45.
    Text,
    /// Key id, payload and signature told apart.
    Envelope,
    /// The signature was checked.
    Signature,
    /// Every rule was asked.
    Rules,
}

/// One scan of a picture, of a line of text or of a hand scanner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Record {
    /// The path as it was walked.
    pub(crate) file: String,
    /// In a file of several pages, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<u32>,
    /// In a text or from a hand scanner, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<u32>,
    /// In a stream, the frame it was read at, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frame: Option<u32>,
    /// In a stream, how many frames' evidence it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frames: Option<u32>,
    /// Which code of the picture, from 0.
    pub(crate) index: u32,
    /// From the manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    /// From the manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) strength: Option<f64>,
    /// When and where it was judged.
    pub(crate) asked: Option<Asked>,
    /// How far it got.
    pub(crate) stage: Stage,
    /// `valid`, `invalid`, `refer`, `not-a-permit` or `none`.
    pub(crate) verdict: &'static str,
    /// The verdict's code; 10 where nothing was read.
    pub(crate) code: u8,
    /// The reason in a word.
    pub(crate) reason: &'static str,
    /// The reason's evidence.
    pub(crate) evidence: Map<String, Value>,
    /// The other findings.
    pub(crate) also: Vec<Also>,
    /// `outward` or `homeward`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) journey: Option<&'static str>,
    /// What is worth knowing beside the verdict.
    pub(crate) notes: Map<String, Value>,
    /// The permit's number, once its signature holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) permit: Option<String>,
    /// The beginning of another text or link; nothing of other codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    /// Only with `--with-names`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) names: Option<Vec<String>>,
    /// Milliseconds of processor time.
    pub(crate) ms: Ms,
    /// The code as a symbol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) symbol: Option<Symbol>,
    /// How worn it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wear: Option<Worn>,
    /// The code the manifest wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<u8>,
    /// Held against the manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<Outcome>,
    /// Why the file could not be opened, in plain English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    /// Said where it is false: a bound was reached before all was looked at that looks like a code.
    #[serde(skip_serializing_if = "is_true")]
    pub(crate) complete: bool,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Asked {
    /// Number of the crossing.
    pub(crate) crossing: u16,
    /// `A` or `B`.
    pub(crate) side: &'static str,
    /// `entry` or `exit`.
    pub(crate) direction: &'static str,
    /// UTC; absent where no clock is.
    pub(crate) at: Option<String>,
}

/// Another finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Also {
    code: u8,
    /// `invalid` or `refer`.
    effect: &'static str,
    reason: &'static str,
    evidence: Map<String, Value>,
}

/// Milliseconds of this thread's processor time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct Ms {
    /// From the file to a grey picture; shared by the codes of a picture.
    pub(crate) load: f64,
    /// From the grey picture to the codes; shared by them.
    pub(crate) read: f64,
    /// From a code's bytes to the verdict.
    pub(crate) verify: f64,
}

impl Ms {
    /// All of it.
    pub(crate) fn sum(self) -> f64 {
        self.load + self.read + self.verify
    }
}

/// A QR symbol.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Symbol {
    pub(crate) version: u8,
    pub(crate) level: char,
    /// Pixels, clockwise from the code's own top left.
    pub(crate) corners: [[f32; 2]; 4],
}

/// How worn a print is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Worn {
    /// `A` as new to `F`.
    pub(crate) grade: char,
    /// The share of error correction used in the worst block, 0 to 1.
    pub(crate) used: f64,
    /// The share of modules that are not as printed, 0 to 1.
    pub(crate) damaged: f64,
}

/// A scan against what the manifest wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// As wanted.
    Right,
    /// Not read, and nobody could demand it.
    Missed,
    /// Not read, though nothing is wrong with the picture.
    Lost,
    /// Another verdict.
    Wrong,
    /// Other bytes than the picture holds, or a code where none is.
    Misread,
}

impl Outcome {
    /// Whether the run ends with "something differs".
    pub(crate) const fn differs(self) -> bool {
        matches!(self, Self::Lost | Self::Wrong | Self::Misread)
    }
}

fn is_true(complete: &bool) -> bool {
    *complete
}

impl Record {
    /// A scan of which nothing is known yet.
    pub(crate) fn new(file: String, stage: Stage) -> Self {
        Self {
            file,
            page: None,
            line: None,
            frame: None,
            frames: None,
            index: 0,
            kind: None,
            strength: None,
            asked: None,
            stage,
            verdict: "none",
            code: crate::manifest::NOT_READ,
            reason: if stage == Stage::Closed { "not-opened" } else { "not-read" },
            evidence: Map::new(),
            also: Vec::new(),
            journey: None,
            notes: Map::new(),
            permit: None,
            text: None,
            names: None,
            ms: Ms::default(),
            symbol: None,
            wear: None,
            expected: None,
            outcome: None,
            error: None,
            complete: true,
        }
    }

    /// Takes over what the verifier says.
    pub(crate) fn judged(&mut self, judgement: &Judgement) {
        self.stage = match judgement.stage {
            permit_core::Stage::Text => Stage::Text,
            permit_core::Stage::Envelope => Stage::Envelope,
            permit_core::Stage::Signature => Stage::Signature,
            permit_core::Stage::Rules => Stage::Rules,
        };
        self.code = judgement.verdict.code();
        (self.verdict, self.reason, self.evidence) = match &judgement.verdict {
            Verdict::Valid => ("valid", "valid", Map::new()),
            Verdict::Invalid(reason) => ("invalid", reason_name(reason), evidence(reason)),
            Verdict::Refer(reason) => ("refer", reason_name(reason), evidence(reason)),
            Verdict::NotAPermit(what) => ("not-a-permit", foreign(*what), Map::new()),
        };
        self.also = judgement.also.iter().map(Also::from).collect();
        self.journey = judgement.journey.map(|journey| match journey {
            Journey::Outward => "outward",
            Journey::Homeward => "homeward",
        });
        self.notes = notes(&judgement.notes);
        self.permit = judgement.permit.as_ref().map(|permit| permit.id.to_string());
    }

    /// What may be filtered for and is the same after a change of the order: the scan's place.
    pub(crate) fn place(&self) -> (String, u32, u32, u32) {
        (self.file.clone(), self.page.unwrap_or(0), self.line.unwrap_or(0), self.index)
    }

    /// Whether anything was read.
    pub(crate) fn is_read(&self) -> bool {
        self.stage >= Stage::Decoded
    }
}

impl Asked {
    /// The question at a checkpoint.
    pub(crate) fn new(checkpoint: permit_core::Checkpoint, at: Option<UnixTime>) -> Self {
        Self {
            crossing: checkpoint.crossing,
            side: side_name(checkpoint.side),
            direction: direction_name(checkpoint.direction),
            at: at.map(|at| at.to_string()),
        }
    }
}

impl From<&Finding> for Also {
    fn from(finding: &Finding) -> Self {
        let effect = match finding.effect {
            Effect::Invalid => "invalid",
            Effect::Refer => "refer",
        };
        let reason = &finding.reason;
        Self {
            code: reason.code(),
            effect,
            reason: reason_name(reason),
            evidence: evidence(reason),
        }
    }
}

impl From<&Code> for Symbol {
    fn from(code: &Code) -> Self {
        let level = match code.level {
            Level::L => 'L',
            Level::M => 'M',
            Level::Q => 'Q',
            Level::H => 'H',
        };
        Self {
            version: code.version,
            level,
            corners: code.corners.map(|corner| [corner.x, corner.y]),
        }
    }
}

impl Worn {
    /// That the print should be replaced while it still reads; nothing for a better one.
    pub(crate) fn says(&self, words: &Words) -> Option<String> {
        let used = format!("{:.0}", self.used * 100.0);
        let values = [("grade", self.grade.to_string().into()), ("used", used.into())];
        matches!(self.grade, 'D' | 'F').then(|| words.with("read-worn", &values))
    }
}

impl From<&Wear> for Worn {
    fn from(wear: &Wear) -> Self {
        let grade = match wear.grade() {
            Grade::A => 'A',
            Grade::B => 'B',
            Grade::C => 'C',
            Grade::D => 'D',
            Grade::F => 'F',
        };
        Self { grade, used: rounded(wear.used()), damaged: rounded(wear.share()) }
    }
}

/// Four places are more than a picture can tell.
fn rounded(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

/// The reason in a word; the words do not change.
pub(crate) const fn reason_name(reason: &Reason) -> &'static str {
    match reason {
        Reason::NumberTyped => "number-typed",
        Reason::Malformed { .. } => "malformed",
        Reason::Newer(_) => "newer",
        Reason::UnknownKey { .. } => "unknown-key",
        Reason::BadSignature { .. } => "bad-signature",
        Reason::NotEntitled { .. } => "not-entitled",
        Reason::Specimen => "specimen",
        Reason::NotYetValid { .. } => "not-yet-valid",
        Reason::Expired { .. } => "expired",
        Reason::Revoked { .. } => "revoked",
        Reason::Replaced { .. } => "replaced",
        Reason::NotIssued { .. } => "not-issued",
        Reason::RegionOutside { .. } => "region-outside",
        Reason::OtherZone { .. } => "other-zone",
        Reason::OtherCrossing { .. } => "other-crossing",
        Reason::CrossingShut(_) => "crossing-shut",
        Reason::EntriesUsed { .. } => "entries-used",
        Reason::AlreadyThere { .. } => "already-there",
        Reason::StayExceeded { .. } => "stay-exceeded",
        Reason::SeenElsewhere { .. } => "seen-elsewhere",
        Reason::ClockNotTrusted { .. } => "clock-not-trusted",
        Reason::ListsTooOld { .. } => "lists-too-old",
        Reason::TerminalFault(_) => "terminal-fault",
        _ => "other",
    }
}

/// What was scanned instead of a permit.
const fn foreign(what: Foreign) -> &'static str {
    match what {
        Foreign::HealthCertificate => "health-certificate",
        Foreign::SmartHealthCard => "smart-health-card",
        Foreign::Seal => "seal",
        Foreign::Claim169 => "claim-169",
        Foreign::Ticket => "ticket",
        Foreign::TravelDocument => "travel-document",
        Foreign::Link => "link",
        Foreign::Record => "record",
        Foreign::Text => "text",
        Foreign::Binary => "binary",
        Foreign::Empty => "empty",
        _ => "other",
    }
}

/// The evidence as numbers and texts: days as `1963-09-10`, moments in UTC.
fn evidence(reason: &Reason) -> Map<String, Value> {
    let value = match reason {
        Reason::Malformed { layer, offset, flaw } => {
            json!({"layer": layer_name(*layer), "offset": offset, "flaw": flaw.to_string()})
        }
        Reason::Newer(Newer::Version(version)) => json!({"version": version}),
        Reason::Newer(Newer::Option(option)) => json!({"option": option}),
        Reason::UnknownKey { key, lists } => {
            json!({"key": key.to_string(), "lists": lists.map(|at| at.to_string())})
        }
        Reason::BadSignature { key } => json!({"key": key.to_string()}),
        Reason::NotEntitled { station, why } => entitlement(*station, *why),
        Reason::NotYetValid { from, today } => {
            json!({"from": from.to_string(), "today": today.to_string()})
        }
        Reason::Expired { through, today } => {
            json!({"through": through.to_string(), "today": today.to_string()})
        }
        Reason::Revoked { how, since, listed } => {
            let how = match how {
                Revocation::Serial => "serial",
                Revocation::Range => "range",
                Revocation::Lost => "lost",
            };
            json!({"how": how, "since": since.map(|day| day.to_string()), "listed": listed.to_string()})
        }
        Reason::Replaced { copy, good, since } => {
            json!({"copy": copy, "good": good, "since": since.to_string()})
        }
        Reason::NotIssued { speaks_for, issued } => {
            json!({"speaks_for": speaks_for.to_string(), "issued": issued.to_string()})
        }
        Reason::RegionOutside { region, zone } => json!({"region": region, "zone": zone}),
        Reason::OtherZone { permit, here } => json!({"permit": permit, "here": here}),
        Reason::OtherCrossing { names, here } => {
            json!({"names": names.iter().collect::<Vec<_>>(), "here": here})
        }
        Reason::CrossingShut(shut) => closed(*shut),
        _ => terminal(reason),
    };
    object(value)
}

/// The reasons that speak of a journey or of the terminal.
fn terminal(reason: &Reason) -> Value {
    match reason {
        Reason::EntriesUsed { used, allowed } => json!({"used": used, "allowed": allowed}),
        Reason::AlreadyThere { last: Some(last) } | Reason::SeenElsewhere { last } => json!({
            "crossing": last.checkpoint.crossing,
            "side": side_name(last.checkpoint.side),
            "direction": direction_name(last.checkpoint.direction),
            "at": last.at.to_string(),
        }),
        Reason::StayExceeded { days, allowed } => json!({"days": days, "allowed": allowed}),
        Reason::ClockNotTrusted { clock, floor, why } => {
            let why = match why {
                Distrust::Missing => "missing",
                Distrust::Stopped => "stopped",
                Distrust::BelowFloor => "below-floor",
                Distrust::Jumped => "jumped",
                Distrust::FarAhead => "far-ahead",
                Distrust::ByHand => "by-hand",
                _ => "other",
            };
            json!({"clock": clock.map(|at| at.to_string()), "floor": floor.to_string(), "why": why})
        }
        Reason::ListsTooOld { document, issued, expired } => {
            json!({"document": document.to_string(), "issued": issued.to_string(), "expired": expired.to_string()})
        }
        Reason::TerminalFault(fault) => {
            let fault = match fault {
                TerminalFault::Journal => "journal",
                TerminalFault::Disk => "disk",
                TerminalFault::Camera => "camera",
                TerminalFault::Lost => "lost",
                _ => "self-test",
            };
            json!({"fault": fault})
        }
        _ => json!({}),
    }
}

fn entitlement(station: u16, why: Entitlement) -> Value {
    match why {
        Entitlement::Station { named } => json!({"station": station, "named": named}),
        Entitlement::Region { region } => json!({"station": station, "region": region}),
        Entitlement::Window { from, through, issued } => json!({
            "station": station, "from": from.to_string(), "through": through.to_string(), "issued": issued.to_string()
        }),
        Entitlement::Validity { days, longest } => {
            json!({"station": station, "days": days, "longest": longest})
        }
        Entitlement::Suspended { since } => {
            json!({"station": station, "suspended": since.to_string()})
        }
        Entitlement::Demo => json!({"station": station, "demo": true}),
        Entitlement::Stolen { since } => {
            json!({"station": station, "stolen": since.to_string()})
        }
        _ => json!({"station": station}),
    }
}

fn closed(shut: Shut) -> Value {
    match shut {
        Shut::Closed { since } => json!({"closed": since.to_string()}),
        Shut::Suspended { since, until } => {
            json!({"suspended": since.to_string(), "until": until.map(|day| day.to_string())})
        }
        Shut::NotOpen { until } => {
            json!({"not_open": true, "until": until.map(|day| day.to_string())})
        }
        Shut::Hours { opens } => {
            json!({"opens": opens.map(|at| format!("{:02}:{:02}", at / 60, at % 60))})
        }
        Shut::Region { region } => json!({"region": region}),
    }
}

const fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::Text => "text",
        Layer::Base45 => "base45",
        Layer::Envelope => "envelope",
        Layer::Payload => "payload",
    }
}

/// Only what is the case.
fn notes(notes: &Notes) -> Map<String, Value> {
    let mut map = object(json!({
        "demo": notes.demo.then_some(true),
        "by_hand": notes.by_hand.then_some(true),
        "newer_than_register": notes.newer_than_register.then_some(true),
        "stale_since": notes.stale_since.map(|at| at.to_string()),
        "home": notes.home.map(side_name),
        "entries_left": notes.entries_left,
        "days_left": notes.days_left,
        "stay": notes.stay,
    }));
    map.retain(|_, value| !value.is_null());
    map
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use permit_core::{Day, KeyId};

    use super::*;

    #[test]
    fn evidence_is_numbers_and_dates() {
        let day = Day::from_civil(1963, 9, 10).unwrap();
        let reason = Reason::Expired { through: day, today: day.plus(1) };
        assert_eq!(
            Value::Object(evidence(&reason)),
            json!({"through": "1963-09-10", "today": "1963-09-11"})
        );
        let reason = Reason::BadSignature { key: KeyId([1, 2, 3, 4]) };
        assert_eq!(Value::Object(evidence(&reason)), json!({"key": "01020304"}));
        let reason = Reason::CrossingShut(Shut::Hours { opens: Some(485) });
        assert_eq!(Value::Object(evidence(&reason)), json!({"opens": "08:05"}));
        assert_eq!(Value::Object(evidence(&Reason::Specimen)), json!({}));
    }

    #[test]
    fn an_empty_scan_has_stable_fields() {
        let record = Record::new("a.png".into(), Stage::Opened);
        let json: Value = serde_json::to_value(&record).unwrap();
        let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            [
                "also", "asked", "code", "evidence", "file", "index", "ms", "notes", "reason",
                "stage", "verdict"
            ],
            "sorted by serde_json's map"
        );
        assert_eq!(json["code"], 10);
        assert_eq!(json["stage"], "opened");
    }

    #[test]
    fn only_a_wrong_answer_differs() {
        assert!(!Outcome::Right.differs() && !Outcome::Missed.differs());
        assert!(Outcome::Lost.differs() && Outcome::Wrong.differs() && Outcome::Misread.differs());
    }
}
