//! Vectors: a question, everything needed to ask it, and the answer with its evidence layer by layer.
//!
//! Each spec states the code by hand; the generator fails when core says otherwise. A second reader needs
//! nothing but these files and the format document.

mod bundles;
mod cases;
mod codes;
mod evidence;
mod headquarters;
mod payloads;
mod records;
mod returns;

use permit_core::{
    Anchor, Direction, Envelope, Judgement, NotAnEnvelope, Passage, Permit, Presence, Side, Stage,
    TerminalFault, Trust, UnixTime, Verdict, permit::Birth,
};
use serde_json::{Value, json};

use crate::town::Ask;

pub use cases::Time;

/// One vector.
#[derive(Clone, PartialEq, Debug)]
pub struct Vector {
    /// `valid`, `invalid` or `edge`.
    pub folder: &'static str,
    /// Unique, lower case with hyphens.
    pub name: String,
    /// The file's contents.
    pub contents: Value,
}

/// The committed vectors, and the bundles they name.
///
/// # Panics
///
/// When core's answer is not the one a spec states.
#[must_use]
pub fn all() -> (Vec<Vector>, Vec<(&'static str, Vec<u8>)>) {
    let (mut vectors, bundles) = cases::all();
    vectors.extend(bundles::all());
    vectors.extend(codes::all());
    vectors.extend(records::all());
    vectors.extend(returns::all());
    vectors.extend(headquarters::all());
    (vectors, bundles)
}

/// A question about a scan, under a bundle that has been opened.
#[derive(Clone, Debug)]
pub struct Question<'q, 't> {
    /// The file the bundle is in.
    pub bundle: &'q str,
    /// What was opened from it.
    pub trust: &'t Trust<'t>,
    /// The root it was opened with.
    pub anchor: Anchor,
    /// What was scanned.
    pub scan: &'q [u8],
    /// Where, with what presence and which fault.
    pub ask: Ask,
    /// When, and by what clock.
    pub time: Time,
}

impl Question<'_, '_> {
    /// The vector with core's answer.
    #[must_use]
    pub fn answer(&self, about: &str) -> (Judgement, Value) {
        let ask = Ask { now: self.time.now(), ..self.ask };
        let judgement = ask.judge(self.trust, self.scan);
        let at = self.ask.checkpoint;
        let value = json!({
            "about": about,
            "bundle": self.bundle,
            "anchor": hex::encode(self.anchor.0),
            "scan": core::str::from_utf8(self.scan).ok(),
            "scan_hex": hex::encode(self.scan),
            "crossing": at.crossing,
            "side": side(at.side),
            "direction": direction(at.direction),
            "time": self.time.json(),
            "presence": self.ask.presence.as_ref().map(presence),
            "fault": self.ask.fault.map(fault),
            "expect": expected(&judgement),
            "layers": layers(self.scan, &judgement),
        });
        (judgement, value)
    }
}

fn expected(judgement: &Judgement) -> Value {
    let reason = judgement.verdict.reason();
    json!({
        "verdict": match judgement.verdict {
            Verdict::Valid => "valid",
            Verdict::Invalid(_) => "invalid",
            Verdict::Refer(_) => "refer",
            Verdict::NotAPermit(_) => "not-a-permit",
        },
        "code": judgement.verdict.code(),
        "also": judgement.also.iter().map(|finding| finding.reason.code()).collect::<Vec<_>>(),
        "evidence": reason.map(evidence::of),
        "also_evidence": judgement.also.iter().map(|finding| evidence::of(&finding.reason)).collect::<Vec<_>>(),
        "stage": match judgement.stage {
            Stage::Text => "text",
            Stage::Envelope => "envelope",
            Stage::Signature => "signature",
            Stage::Rules => "rules",
        },
        "journey": judgement.journey.map(|journey| format!("{journey:?}").to_lowercase()),
        "home": judgement.notes.home.map(side),
        "newer_than_register": judgement.notes.newer_than_register,
        "demo": judgement.notes.demo,
    })
}

/// What each layer of the scan holds, as far as it can be told apart.
fn layers(scan: &[u8], judgement: &Judgement) -> Value {
    match Envelope::open(scan) {
        Ok(envelope) => {
            let mut out = [0; 1200];
            let length = envelope.expand(&mut out).unwrap_or_default();
            json!({
                "characters": envelope.characters(),
                "kid": hex::encode(envelope.kid().0),
                "payload": hex::encode(envelope.payload()),
                "signature": hex::encode(envelope.signature()),
                "to_be_signed": hex::encode(envelope.to_be_signed()),
                "cose_sign1": hex::encode(&out[..length]),
                "permit": judgement.permit.as_ref().map(|permit| self::permit(permit)),
            })
        }
        Err(NotAnEnvelope::Malformed(layer, fault)) => json!({
            "fault": { "layer": evidence::layer(layer), "offset": fault.offset, "flaw": format!("{}", fault.flaw) },
        }),
        Err(_) => Value::Null,
    }
}

fn permit(permit: &Permit) -> Value {
    let options = &permit.options;
    json!({
        "number": permit.id.to_string(),
        "latin": permit.latin.as_str(),
        "native": permit.native.as_deref(),
        "birth": match permit.birth {
            Birth::Day(day) => json!(day.to_string()),
            Birth::Year(year) => json!(format!("{year:04}")),
            Birth::Month(year, month) => json!(format!("{year:04}-{month:02}")),
        },
        "nationality": permit.nationality,
        "region": permit.region,
        "zone": permit.zone,
        "from": permit.from.to_string(),
        "through": permit.through.to_string(),
        "issued": permit.issued().to_string(),
        "crossings": options.crossings.to_vec(),
        "entries": options.entries,
        "stay": options.stay,
        "children": options.children,
        "document": options.document.as_deref(),
        "portrait": options.portrait.as_ref().map(hex::encode),
        "specimen": options.specimen,
    })
}

/// `A` or `B`.
fn side(side: Side) -> &'static str {
    match side {
        Side::A => "A",
        Side::B => "B",
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Entry => "entry",
        Direction::Exit => "exit",
    }
}

fn passage(passage: &Passage) -> Value {
    let at = passage.checkpoint;
    json!({
        "crossing": at.crossing,
        "side": side(at.side),
        "direction": direction(at.direction),
        "at": passage.at.0,
    })
}

fn presence(presence: &Presence) -> Value {
    json!({
        "journeys": presence.journeys,
        "outside_since": presence.outside_since.map(|at| at.0),
        "last": presence.last.as_ref().map(passage),
    })
}

fn fault(fault: TerminalFault) -> &'static str {
    match fault {
        TerminalFault::Journal => "journal",
        TerminalFault::Disk => "disk",
        TerminalFault::Camera => "camera",
        TerminalFault::Lost => "lost",
        _ => "self-test",
    }
}

fn time(at: UnixTime) -> i64 {
    at.0
}

/// A vector's file.
///
/// # Panics
///
/// Never: JSON values are always written.
#[must_use]
pub fn text(contents: &Value) -> String {
    let mut text = serde_json::to_string_pretty(contents).expect("JSON");
    text.push('\n');
    text
}
