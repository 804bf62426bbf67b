//! The overview: what goes on, what waits and for whom, the zone, terminals, stations.

use core::time::Duration;
use std::time::Instant;

use permit_core::{Day, UnixTime};
use permit_report::Period;
use permit_words::{Places, Value, Words};

use super::{
    schematic,
    sheet::{Cell, Chart, Figure, Part, Sheet},
    visit::{Done, Trouble, Visit},
};
use crate::{
    Desk, Due, Found, Had, Life, List, Raise, Shown, Traffic, Urgency, Waiting, renew::wanted,
};

/// What goes on, as it is counted for everybody who asks within a minute.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    from: Day,
    pub(super) through: Day,
    traffic: Traffic,
    /// Terminals, and the lists that each had.
    pub(super) terminals: Vec<(Shown, Option<Had>)>,
    desks: Vec<Desk>,
    found: Vec<Found>,
    raised: Vec<Raise>,
    due: Vec<Due>,
    /// What a renewal waits for.
    unsigned: Vec<Waiting>,
    pub(super) version: u32,
    /// The last month that is over, and whether it was reported on.
    month: Period,
    reported: bool,
}

/// Days that passages and verdicts are counted of: with today, a week (chosen).
pub(super) const DAYS: i32 = 7;
/// How long what was counted is shown (chosen: a journal comes home once a day).
const FRESH: Duration = Duration::from_secs(60);

/// The first and the last of the days that are counted.
pub(super) fn days(visit: &Visit<'_>) -> (Day, Day) {
    let site = &visit.pages.site;
    let today = site.now().day(site.home.settings().offset);
    (today.plus(1 - DAYS), today)
}

async fn counted(visit: &Visit<'_>) -> Result<Counted, Trouble> {
    let mut kept = visit.pages.counted.lock().await;
    if let Some((_, counted)) = kept.as_ref().filter(|(at, _)| at.elapsed() < FRESH) {
        return Ok(counted.clone());
    }
    let site = &visit.pages.site;
    let (from, through) = days(visit);
    let mut terminals = Vec::new();
    for shown in site.terminals().await? {
        let had = match shown.last {
            Some((last, _)) => site.lists_of(shown.terminal, last).await?,
            None => None,
        };
        terminals.push((shown, had));
    }
    let month = Period::before(through);
    let told = month.from().to_string();
    let reported = site.reports().await?.iter().any(|it| it.usage && it.head.from == told);
    let counted = Counted {
        from,
        through,
        traffic: site.traffic((from, through), None).await?,
        terminals,
        desks: site.desks().await?,
        found: site.findings().await?,
        raised: site.raised().await?,
        due: site.due()?,
        unsigned: site.unsigned()?,
        version: site.in_force()?.0,
        month,
        reported,
    };
    *kept = Some((Instant::now(), counted.clone()));
    Ok(counted)
}

/// The overview.
pub(super) async fn page(visit: &Visit<'_>) -> Done {
    let counted = counted(visit).await?;
    let site = &visit.pages.site;
    let mut held = site.home.lists()?;
    let trust = held.open(None, None).map_err(|_| Trouble::Broken)?;
    let places = Places::new(&trust, None);
    let waits = waits(&counted, visit, &places);
    let hours = hours(visit, &counted.traffic, (counted.from, counted.through));
    let drawn = schematic::part(&counted, visit, &trust);
    let terminals = terminals(&counted, visit, &places);
    let stations = stations(&counted, visit, &places);
    let open: Vec<Raise> = counted.raised.iter().copied().filter(|it| it.open).collect();
    let figure = |path: &str, id, number, some| Figure {
        path: path.to_owned(),
        title: visit.t(id),
        number,
        some,
    };
    let quiet = counted.terminals.iter().filter(|(it, _)| it.listed && it.life != Life::Heard);
    let quiet = quiet.count();
    let now = site.now();
    let late = counted.due.iter().filter(|it| it.urgency(now) != Urgency::None).count();
    let gaps = counted.terminals.iter().filter(|(it, _)| !it.gaps.is_empty()).count();
    let mut sheet = Sheet::new(visit, visit.t("house-overview"), counted.through.to_string());
    sheet.figures = vec![
        figure("#waits", "house-due", late, late > 0),
        figure("#waits", "house-waits", waits.rows.len(), !waits.rows.is_empty()),
        figure("#terminals", "house-quiet", quiet, quiet > 0),
        figure("#terminals", "headquarters-report-gaps", gaps, gaps > 0),
        figure(
            "#findings",
            "headquarters-report-findings",
            counted.found.len(),
            !counted.found.is_empty(),
        ),
    ];
    sheet.parts.push(waits);
    sheet.parts.extend(hours);
    sheet.parts.extend([
        drawn,
        terminals,
        stations,
        raised(visit, &open),
        findings(visit, &counted.found),
    ]);
    sheet.shown()
}

/// Passages by hour, and verdicts by reason.
pub(super) fn hours(
    visit: &Visit<'_>,
    traffic: &Traffic,
    (from, through): (Day, Day),
) -> [Part; 2] {
    let lead = [("from", from.to_string().into()), ("through", through.to_string().into())];
    let lead = visit.words.with("house-hours-lead", &lead);
    let all = traffic.hours.map(|[entries, exits]| entries + exits);
    let columns = [
        "house-hour",
        "headquarters-report-entries",
        "headquarters-report-exits",
        "headquarters-report-all",
    ];
    let mut hours = Part::new(visit, "house-hours", &columns);
    hours.chart = Some(Chart::of(visit.t("headquarters-report-passages"), &all));
    hours.lead.clone_from(&lead);
    for (hour, [entries, exits]) in traffic.hours.iter().enumerate() {
        if entries + exits > 0 {
            let span = format!("{hour:02}:00–{:02}:00", hour + 1);
            let row = [Cell::text(span), Cell::text(entries), Cell::text(exits)];
            hours.rows.push(row.into_iter().chain([Cell::text(entries + exits)]).collect());
        }
    }
    hours.empty = visit.t("house-no-passages");
    let mut verdicts = Part::new(visit, "house-verdicts", &["house-verdict", "situation-number"]);
    verdicts.lead = lead;
    verdicts.empty = visit.t("house-no-verdicts");
    for (code, number) in &traffic.verdicts {
        let title = visit.words.find(&format!("verdict-{code}"), &[]).unwrap_or_default();
        verdicts.rows.push(vec![Cell::text(format!("{title} ({code})")), Cell::text(number)]);
    }
    [hours, verdicts]
}

/// What waits, and for whom.
fn waits(counted: &Counted, visit: &Visit<'_>, places: &Places<'_>) -> Part {
    let words = visit.words;
    let now = visit.pages.site.now();
    let mut part = Part::new(visit, "house-waits", &["house-wait", "house-whom", "house-date"]);
    part.id = "waits";
    part.empty = visit.t("house-nothing-waits");
    for due in &counted.due {
        let (id, mark) = match due.urgency(now) {
            Urgency::None => continue,
            Urgency::Soon => ("house-wait-signed", "warn"),
            Urgency::Past => ("house-wait-late", "bad"),
            Urgency::Expired => ("house-wait-expired", "bad"),
        };
        let said = words.with(id, &[("list", visit.t(due.list.id()).into())]);
        let day = due.next.day(visit.pages.site.home.settings().offset).to_string();
        part.rows.push(vec![
            Cell::marked(mark, said),
            Cell::text(visit.t("house-whom-holders")),
            Cell::text(day),
        ]);
    }
    for waiting in &counted.unsigned {
        let list = visit.t(List::from(waiting.role).id());
        for missing in &waiting.missing {
            part.rows.push(vec![
                Cell::marked("warn", wanted(&list, missing, words)),
                Cell::text(visit.t("house-whom-holders")),
                Cell::text(""),
            ]);
        }
    }
    for (shown, had) in counted.terminals.iter().filter(|(it, _)| it.listed) {
        let number = shown.terminal.number;
        let name = terminal_name(number, words);
        let whom = words.with(
            "house-whom-carrier",
            &[
                ("terminal", Value::Spoken(name)),
                ("crossing", Value::Spoken(places.crossing(shown.crossing, words))),
            ],
        );
        let path = format!("/terminals/{number}");
        let mut wait = |id, since: String| {
            let row = [Cell::marked("warn", visit.t(id)), Cell::link(whom.clone(), path.clone())];
            part.rows.push(row.into_iter().chain([Cell::text(since)]).collect());
        };
        let last = shown.last.map(|(_, at)| day(visit, at));
        match shown.life {
            Life::Never => wait("house-wait-first", String::new()),
            Life::Silent(_) => wait("house-wait-journal", last.unwrap_or_default()),
            Life::Heard if !shown.gaps.is_empty() => {
                wait("house-wait-gaps", last.unwrap_or_default());
            }
            Life::Heard => {}
        }
        if let Some(had) = had.filter(|it| it.version.is_some_and(|it| it < counted.version)) {
            wait("house-wait-lists", day(visit, had.at));
        }
    }
    part.rows.extend(month_waits(counted, visit, places));
    part
}

/// What the last month waits for: returns of stations, and a report.
fn month_waits(counted: &Counted, visit: &Visit<'_>, places: &Places<'_>) -> Vec<Vec<Cell>> {
    let words = visit.words;
    let mut rows = Vec::new();
    let through = counted.month.through();
    for desk in &counted.desks {
        if desk.last.as_ref().is_none_or(|it| it.through < through) {
            let month = [("month", counted.month.to_string().into())];
            let whom = places.station(desk.station, words);
            rows.push(vec![
                Cell::marked("warn", words.with("house-wait-return", &month)),
                Cell::link(whom, format!("/stations/{}", desk.station)),
                Cell::text(through),
            ]);
        }
    }
    if !counted.reported {
        let month = [("month", counted.month.to_string().into())];
        rows.push(vec![
            Cell::marked("warn", words.with("house-wait-report", &month)),
            Cell::link(visit.t("house-whom-us"), "/reports".to_owned()),
            Cell::text(through),
        ]);
    }
    rows
}

fn terminals(counted: &Counted, visit: &Visit<'_>, places: &Places<'_>) -> Part {
    let columns = [
        "house-terminal",
        "headquarters-report-crossing",
        "house-life",
        "house-last",
        "house-lists",
        "house-gaps",
    ];
    let mut part = Part::new(visit, "house-terminals", &columns);
    part.id = "terminals";
    part.empty = visit.t("house-no-terminals");
    for (shown, had) in &counted.terminals {
        let number = shown.terminal.number;
        part.rows.push(vec![
            Cell::link(terminal_name(number, visit.words), format!("/terminals/{number}")),
            Cell::text(places.crossing(shown.crossing, visit.words)),
            life(visit, shown),
            Cell::text(shown.last.map(|(_, at)| at.to_string()).unwrap_or_default()),
            lists(visit, *had, counted.version),
            match shown.gaps.len() {
                0 => Cell::text(visit.t("situation-none")),
                gaps => Cell::marked("bad", gaps.to_string()),
            },
        ]);
    }
    part
}

fn stations(counted: &Counted, visit: &Visit<'_>, places: &Places<'_>) -> Part {
    let columns = [
        "headquarters-report-station",
        "house-return",
        "house-age",
        "situation-cases",
        "situation-issues",
        "situation-views",
    ];
    let mut part = Part::new(visit, "house-stations", &columns);
    part.id = "stations";
    part.empty = visit.t("house-no-stations");
    for desk in &counted.desks {
        let name = places.station(desk.station, visit.words);
        let mut row = vec![Cell::link(name, format!("/stations/{}", desk.station))];
        match &desk.last {
            None => row.extend([
                Cell::marked("warn", visit.t("headquarters-report-no-return")),
                Cell::default(),
                Cell::default(),
                Cell::default(),
                Cell::default(),
            ]),
            Some(last) => {
                let cases: u32 = last.cases.iter().map(|it| it.number).sum();
                let open = |list: Option<&Vec<permit_record::Raised>>| match list {
                    None => Cell::marked("warn", visit.t("situation-not-answered")),
                    Some(list) => Cell::text(list.iter().filter(|it| it.open).count()),
                };
                row.extend([
                    Cell::text(format!("{} – {}", last.from, last.through)),
                    Cell::text(age(visit, last.made)),
                    Cell::text(cases),
                    open(last.issues.as_ref()),
                    open(last.views.as_ref()),
                ]);
            }
        }
        part.rows.push(row);
    }
    part
}

/// What officers raised at terminals.
pub(super) fn raised(visit: &Visit<'_>, raised: &[Raise]) -> Part {
    let columns =
        ["house-terminal", "headquarters-report-concern", "situation-day", "situation-state"];
    let mut part = Part::new(visit, "headquarters-report-raised", &columns);
    part.id = "raised";
    part.empty = visit.t("headquarters-report-none-raised");
    let offset = visit.pages.site.home.settings().offset;
    for it in raised.iter().rev() {
        let number = it.terminal.number;
        let state = if it.open { "situation-open" } else { "situation-closed" };
        part.rows.push(vec![
            Cell::link(terminal_name(number, visit.words), format!("/terminals/{number}")),
            Cell::text(visit.t(&format!("concern-{}", it.what.name()))),
            Cell::text(it.at.day(offset)),
            match it.open {
                true => Cell::marked("warn", visit.t(state)),
                false => Cell::text(visit.t(state)),
            },
        ]);
    }
    part
}

/// What does not fit together.
pub(super) fn findings(visit: &Visit<'_>, found: &[Found]) -> Part {
    let columns = ["house-of", "house-finding", "house-seen"];
    let mut part = Part::new(visit, "headquarters-report-findings", &columns);
    part.id = "findings";
    part.empty = visit.t("house-no-findings");
    for it in found {
        let of = match (it.terminal, it.station) {
            (Some(terminal), _) => Cell::link(
                terminal_name(terminal.number, visit.words),
                format!("/terminals/{}", terminal.number),
            ),
            (None, station) => {
                let station = station.unwrap_or_default();
                let name = Places::unknown().station(station, visit.words);
                Cell::link(name, format!("/stations/{station}"))
            }
        };
        part.rows.push(vec![
            of,
            Cell::text(it.finding.said(it.at, visit.words)),
            Cell::text(it.seen),
        ]);
    }
    part
}

/// Whether a terminal was heard of.
pub(super) fn life(visit: &Visit<'_>, shown: &Shown) -> Cell {
    match shown.life {
        _ if !shown.listed => Cell::text(visit.t("house-unlisted")),
        Life::Never => Cell::marked("bad", visit.t("headquarters-report-never")),
        Life::Silent(days) => {
            let days = [("days", days.into())];
            Cell::marked("bad", visit.words.with("house-silent", &days))
        }
        Life::Heard => Cell::marked("good", visit.t("house-heard")),
    }
}

/// The lists that a terminal had, and how old they are.
pub(super) fn lists(visit: &Visit<'_>, had: Option<Had>, in_force: u32) -> Cell {
    let Some(had) = had else { return Cell::text(visit.t("house-lists-unknown")) };
    let Some(version) = had.version else {
        return Cell::marked("bad", visit.t("house-lists-none"));
    };
    let old = had.issued.map(|issued| age(visit, issued)).unwrap_or_default();
    let values = [("version", version.into()), ("age", Value::Spoken(old))];
    let said = visit.words.with("house-lists-version", &values);
    Cell::marked(if version < in_force { "warn" } else { "good" }, said)
}

/// How many days ago.
pub(super) fn age(visit: &Visit<'_>, at: UnixTime) -> String {
    let days = (visit.pages.site.now().since(at) / (24 * 60 * 60)).max(0);
    visit.words.with("house-days", &[("days", days.into())])
}

/// A civil day at headquarters.
pub(super) fn day(visit: &Visit<'_>, at: UnixTime) -> String {
    at.day(visit.pages.site.home.settings().offset).to_string()
}

pub(super) fn terminal_name(number: u16, words: &Words) -> String {
    words.with("house-terminal-number", &[("number", number.into())])
}
