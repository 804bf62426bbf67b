//! A station: its last return, and what is open there.

use permit_record::{Outcome, Raised};
use permit_report::{age as age_of, kind, outcome, waits};
use permit_words::Places;

use super::{
    overview::{age, findings},
    sheet::{Cell, Part, Sheet},
    visit::{Done, Trouble, Visit},
};

/// The page of a station whose key was entered.
pub(super) async fn page(visit: &Visit<'_>) -> Done {
    let site = &visit.pages.site;
    let number: u16 = visit.part(2).parse().map_err(|_| Trouble::Nowhere)?;
    let desk = site.desks().await?.into_iter().find(|it| it.station == number);
    let desk = desk.ok_or(Trouble::Nowhere)?;
    let found = site.findings().await?;
    let found: Vec<_> = found.into_iter().filter(|it| it.station == Some(number)).collect();
    let mut held = site.home.lists()?;
    let trust = held.open(None, None).map_err(|_| Trouble::Broken)?;
    let name = Places::new(&trust, None).station(number, visit.words);
    let mut sheet = Sheet::new(visit, name, visit.t("headquarters-report-station"));
    let Some(last) = desk.last else {
        sheet.state = Some(("warn", visit.t("headquarters-report-no-return")));
        sheet.parts.push(findings(visit, &found));
        return sheet.shown();
    };

    let mut returned = Part::new(visit, "house-return", &["situation-item", "situation-value"]);
    let row = |id: &str, said: String| vec![Cell::text(visit.t(id)), Cell::text(said)];
    returned.rows = vec![
        row("house-days-of", format!("{} – {}", last.from, last.through)),
        row("house-made", last.made.to_string()),
        row("house-age", age(visit, last.made)),
        row("house-entries", last.sequence.to_string()),
    ];
    let columns = ["headquarters-report-outcome", "situation-number"];
    let mut done = Part::new(visit, "situation-done", &columns);
    for each in Outcome::ALL {
        let of = last.counts.iter().filter(|it| it.outcome == each);
        let number: u32 = of.map(|it| it.number).sum();
        done.rows.push(vec![Cell::text(visit.t(outcome(each))), Cell::text(number)]);
    }
    let columns = ["situation-kind", "situation-age", "situation-waits", "situation-number"];
    let mut cases = Part::new(visit, "situation-cases", &columns);
    cases.empty = visit.t("situation-no-cases");
    for open in &last.cases {
        let ids = [kind(open.kind), age_of(open.age), waits(open.waits)];
        let cells = ids.map(|id| Cell::text(visit.t(id)));
        cases.rows.push(cells.into_iter().chain([Cell::text(open.number)]).collect());
    }
    let issues = matters(visit, "situation-issues", last.issues.as_deref());
    let views = matters(visit, "situation-views", last.views.as_deref());
    sheet.parts.extend([returned, cases, issues, views, done, findings(visit, &found)]);
    sheet.shown()
}

/// "None" is said, and silence is never taken for it.
fn matters(visit: &Visit<'_>, title: &str, list: Option<&[Raised]>) -> Part {
    let columns = ["situation-no", "situation-day", "situation-state", "situation-words"];
    let mut part = Part::new(visit, title, &columns);
    let silence = if list.is_none() { "situation-not-answered" } else { "situation-none" };
    part.empty = visit.t(silence);
    for it in list.unwrap_or_default() {
        let state = if it.open { "situation-open" } else { "situation-closed" };
        let said = it.words.clone().unwrap_or_else(|| visit.t("situation-withheld"));
        let cells = [it.number.to_string(), it.day.to_string(), visit.t(state), said];
        part.rows.push(cells.map(Cell::text).into());
    }
    part
}
