//! The evidence of a reason, as JSON.

use permit_core::{Document, Entitlement, Layer, Newer, Reason, Revocation, Shut};
use serde_json::{Value, json};

use super::{fault, passage, time};

/// Code and evidence.
pub(super) fn of(reason: &Reason) -> Value {
    let mut evidence = details(reason);
    if let Value::Object(fields) = &mut evidence {
        fields.insert("code".into(), reason.code().into());
    }
    evidence
}

fn details(reason: &Reason) -> Value {
    match reason {
        Reason::Malformed { layer, offset, flaw } => {
            json!({ "layer": self::layer(*layer), "offset": offset, "flaw": flaw.to_string() })
        }
        Reason::Newer(Newer::Version(version)) => json!({ "version": version }),
        Reason::Newer(Newer::Option(option)) => json!({ "option": option }),
        Reason::UnknownKey { key, lists } => {
            json!({ "key": key.to_string(), "lists": lists.map(time) })
        }
        Reason::BadSignature { key } => json!({ "key": key.to_string() }),
        Reason::NotEntitled { station, why } => {
            json!({ "station": station, "why": entitlement(why) })
        }
        Reason::NotYetValid { from, today } => {
            json!({ "from": from.to_string(), "today": today.to_string() })
        }
        Reason::Expired { through, today } => {
            json!({ "through": through.to_string(), "today": today.to_string() })
        }
        Reason::Revoked { how, since, listed } => json!({
            "how": match how {
                Revocation::Serial => "serial",
                Revocation::Range => "range",
                Revocation::Lost => "lost",
            },
            "since": since.map(|day| day.to_string()),
            "listed": time(*listed),
        }),
        Reason::Replaced { copy, good, since } => {
            json!({ "copy": copy, "good": good, "since": since.to_string() })
        }
        Reason::NotIssued { speaks_for, issued } => {
            json!({ "speaks_for": speaks_for.to_string(), "issued": issued.to_string() })
        }
        Reason::RegionOutside { region, zone } => json!({ "region": region, "zone": zone }),
        Reason::OtherZone { permit, here } => json!({ "permit": permit, "here": here }),
        Reason::OtherCrossing { names, here } => json!({ "names": names.to_vec(), "here": here }),
        Reason::CrossingShut(shut) => self::shut(shut),
        Reason::EntriesUsed { used, allowed } => json!({ "used": used, "allowed": allowed }),
        Reason::AlreadyThere { last } => json!({ "last": last.as_ref().map(passage) }),
        Reason::StayExceeded { days, allowed } => json!({ "days": days, "allowed": allowed }),
        Reason::SeenElsewhere { last } => json!({ "last": passage(last) }),
        Reason::ClockNotTrusted { clock, floor, why } => json!({
            "clock": clock.map(time), "floor": time(*floor), "why": super::cases::distrust(*why),
        }),
        Reason::ListsTooOld { document, issued, expired } => json!({
            "document": self::document(*document), "issued": time(*issued), "expired": time(*expired),
        }),
        Reason::TerminalFault(which) => json!({ "what": fault(*which) }),
        _ => json!({}),
    }
}

fn entitlement(why: &Entitlement) -> Value {
    match why {
        Entitlement::Station { named } => json!({ "what": "station", "named": named }),
        Entitlement::Region { region } => json!({ "what": "region", "region": region }),
        Entitlement::Window { from, through, issued } => json!({
            "what": "window", "from": from.to_string(), "through": through.to_string(), "issued": issued.to_string(),
        }),
        Entitlement::Validity { days, longest } => {
            json!({ "what": "validity", "days": days, "longest": longest })
        }
        Entitlement::Suspended { since } => {
            json!({ "what": "suspended", "since": since.to_string() })
        }
        Entitlement::Stolen { since } => json!({ "what": "stolen", "since": since.to_string() }),
        _ => json!({ "what": "demo" }),
    }
}

fn shut(shut: &Shut) -> Value {
    let day = |day: &Option<permit_core::Day>| day.map(|day| day.to_string());
    match shut {
        Shut::Closed { since } => json!({ "what": "closed", "since": since.to_string() }),
        Shut::Suspended { since, until } => {
            json!({ "what": "suspended", "since": since.to_string(), "until": day(until) })
        }
        Shut::NotOpen { until } => json!({ "what": "not-open", "until": day(until) }),
        Shut::Hours { opens } => json!({ "what": "hours", "opens": opens }),
        Shut::Region { region } => json!({ "what": "region", "region": region }),
    }
}

/// The layer a fault lies in.
pub(super) const fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Text => "text",
        Layer::Base45 => "base45",
        Layer::Envelope => "envelope",
        Layer::Payload => "payload",
    }
}

/// `root`, `zone`, or a document and its side.
pub(super) fn document(document: Document) -> String {
    let of = |what: &str, side: permit_core::Side| format!("{what} {}", super::side(side));
    match document {
        Document::Bundle => "bundle".into(),
        Document::Root => "root".into(),
        Document::Zone => "zone".into(),
        Document::Snapshot(side) => of("snapshot", side),
        Document::Stations(side) => of("stations", side),
        Document::Revocations(side) => of("revocations", side),
        Document::Issued(side) => of("issued", side),
        Document::Presence(side) => of("presence", side),
        Document::Readers(side) => of("readers", side),
        _ => "unknown".into(),
    }
}
