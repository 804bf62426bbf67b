//! The zone as it is drawn: what the register in force says on a day, in one language.

use permit_core::{Day, Shut, Side, Trust};
use permit_report::{Crossing, Flow, Mark, Region, Zone};
use permit_words::{Places, Words};

/// The zone on a day, with what is said of each crossing: how much goes over it, and notes.
pub(crate) fn zone<'a>(
    trust: &'a Trust<'a>,
    day: Day,
    words: &Words,
    mut of: impl FnMut(u16) -> (Flow, Vec<(Mark, String)>),
) -> Zone {
    let places = Places::new(trust, None);
    let register = trust.zone();
    let regions = Side::BOTH.map(|side| {
        let members = register.regions.iter().filter(|it| it.side == side && it.is_member(day));
        let region = |number| Region {
            number,
            name: places.region(number, words),
            note: stations(trust, number, words),
        };
        members.map(|it| region(it.number)).collect()
    });
    let crossings = register.crossings.iter().map(|it| {
        let (flow, mut notes) = of(it.number);
        let shut = it.shut_on(day).map(|shut| (Mark::Warn, shut_said(shut, words)));
        let open = shut.is_none();
        notes.splice(0..0, shut);
        Crossing { regions: it.regions, name: places.crossing(it.number, words), open, flow, notes }
    });
    let side = |side: &str| words.with("headquarters-zone-side", &[("side", side.into())]);
    Zone {
        sides: ["A", "B"].map(side),
        said: words.get("headquarters-zone-said"),
        apart: words.get("headquarters-zone-apart"),
        regions,
        crossings: crossings.collect(),
    }
}

/// The stations that serve a region, by number.
fn stations(trust: &Trust<'_>, region: u16, words: &Words) -> String {
    let lists = Side::BOTH.into_iter().filter_map(|side| trust.lists(side));
    let all = lists.flat_map(|it| it.stations.stations.iter());
    let own = all.filter(|it| it.regions.iter().any(|served| served == region));
    let numbers: Vec<String> = own.map(|it| it.number.to_string()).collect();
    match numbers.len() {
        0 => String::new(),
        _ => words.with("headquarters-zone-stations", &[("numbers", numbers.join(", ").into())]),
    }
}

fn shut_said(shut: Shut, words: &Words) -> String {
    let (id, since) = match shut {
        Shut::Closed { since } => ("headquarters-zone-closed", Some(since)),
        Shut::Suspended { since, .. } => ("headquarters-zone-suspended", Some(since)),
        _ => ("headquarters-zone-not-open", None),
    };
    let day = since.map(|it| it.to_string()).unwrap_or_default();
    words.with(id, &[("day", day.into())])
}
