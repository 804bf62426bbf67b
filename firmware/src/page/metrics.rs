//! Figures for whoever watches over many terminals, in Prometheus' text format.
//!
//! States, ages and counts: nothing here is about a permit or a person, and no figure can be traced to one.

use core::fmt::Write as _;

use serde::Serialize;

use crate::machine::View;

use super::name;

/// The figures of a view.
pub(super) fn text(view: &View) -> String {
    let edge = &view.edge;
    let mut out = String::with_capacity(2 * 1024);
    state(&mut out, "stage", "Where the state machine stands.", view.stage);
    state(&mut out, "camera", "State of the camera.", edge.camera);
    state(&mut out, "disk", "State of the disk.", edge.disk);
    let flags = [
        ("journal_durable", "Entries can be made durable.", edge.journal),
        ("clock_trusted", "The clock is trusted.", edge.clock.distrust.is_none()),
        ("lists_due", "A list is past its next update.", edge.lists.stale),
        ("lists_expired", "A list has expired.", edge.lists.expired),
        ("demo", "Everything here is a demonstration.", edge.lists.demo),
        ("officer_signed_in", "An officer is on duty.", view.officer.is_some()),
    ];
    for (name, help, is) in flags {
        gauge(&mut out, name, help, &[("", f64::from(u8::from(is)))]);
    }
    let age = |days: Option<u32>| days.map_or(f64::NAN, f64::from);
    let [a, b] = edge.lists.days;
    gauge(
        &mut out,
        "lists_age_days",
        "Days since the oldest list of a side was issued.",
        &[("side=\"A\"", age(a)), ("side=\"B\"", age(b))],
    );
    let parts: Vec<(String, f64)> = view
        .parts
        .iter()
        .map(|part| (label("part", part.name), f64::from(u8::from(part.good))))
        .collect();
    let parts: Vec<_> = parts.iter().map(|(label, good)| (label.as_str(), *good)).collect();
    gauge(&mut out, "self_test_passed", "A part of the last self-test passed.", &parts);
    let figures = &view.figures;
    let verdicts = figures.verdicts.iter().map(|(code, n)| (format!("code=\"{code}\""), *n));
    counter(&mut out, "verdicts", "Verdicts that the journal recorded since it began.", verdicts);
    let decisions = figures.decisions.iter().map(|(kind, n)| (label("decision", kind), *n));
    counter(&mut out, "decisions", "Decisions that it recorded since it began.", decisions);
    let away = f64::from(u32::try_from(figures.away).unwrap_or(u32::MAX));
    gauge(&mut out, "away", "Holders away from home, as far as is known here.", &[("", away)]);
    let troubles = u32::try_from(view.troubles.len()).unwrap_or(u32::MAX);
    gauge(&mut out, "troubles", "Things that are not whole.", &[("", f64::from(troubles))]);
    out
}

/// A state as a label, always 1: the way the format has for names.
fn state(out: &mut String, name: &str, help: &str, value: impl Serialize) {
    gauge(out, name, help, &[(&label("state", value), 1.0)]);
}

fn label(key: &str, value: impl Serialize) -> String {
    format!("{key}=\"{}\"", name::id("", value).0.trim_start_matches('-'))
}

/// What only grows, each with its label.
fn counter(out: &mut String, name: &str, help: &str, lines: impl Iterator<Item = (String, u64)>) {
    let name = format!("permit_reader_{name}_total");
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} counter");
    for (label, value) in lines {
        let _ = writeln!(out, "{name}{{{label}}} {value}");
    }
}

fn gauge(out: &mut String, name: &str, help: &str, lines: &[(&str, f64)]) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "# HELP permit_reader_{name} {help}\n# TYPE permit_reader_{name} gauge");
    for (labels, value) in lines {
        let _ = match *labels {
            "" => writeln!(out, "permit_reader_{name} {value}"),
            labels => writeln!(out, "permit_reader_{name}{{{labels}}} {value}"),
        };
    }
}
