//! A terminal: how far its journal is here, what is missing, its lists, what it judged.

use permit_journal::Terminal;
use permit_words::Places;

use super::{
    overview::{days, findings, hours, life, lists, raised, terminal_name},
    sheet::{Cell, Part, Sheet},
    visit::{Done, Trouble, Visit},
};

/// The page of a terminal of this side.
pub(super) async fn page(visit: &Visit<'_>) -> Done {
    let site = &visit.pages.site;
    let number = visit.part(2).parse().map_err(|_| Trouble::Nowhere)?;
    let terminal = Terminal { side: site.home.settings().side(), number };
    let shown = site.terminals().await?.into_iter().find(|it| it.terminal == terminal);
    let shown = shown.ok_or(Trouble::Nowhere)?;
    let had = match shown.last {
        Some((last, _)) => site.lists_of(terminal, last).await?,
        None => None,
    };
    let (from, through) = days(visit);
    let traffic = site.traffic((from, through), Some(terminal)).await?;
    let found: Vec<_> = site.findings().await?;
    let found: Vec<_> = found.into_iter().filter(|it| it.terminal == Some(terminal)).collect();
    let mut here = site.raised().await?;
    here.retain(|it| it.terminal == terminal);
    let (version, _) = site.in_force()?;
    let mut held = site.home.lists()?;
    let trust = held.open(None, None).map_err(|_| Trouble::Broken)?;
    let crossing = Places::new(&trust, None).crossing(shown.crossing, visit.words);

    let mut state = Part::new(visit, "house-state", &["situation-item", "situation-value"]);
    let row = |id: &str, cell| vec![Cell::text(visit.t(id)), cell];
    state.rows = vec![row("house-life", life(visit, &shown))];
    if let Some((last, at)) = shown.last {
        state.rows.push(row("house-last", Cell::text(at)));
        state.rows.push(row("house-record", Cell::text(last)));
    }
    state.rows.push(row("house-lists", lists(visit, had, version)));
    let mut gaps = Part::new(visit, "house-gaps", &["house-gap-first", "house-gap-last"]);
    gaps.empty = visit.t("house-no-gaps");
    for (first, last) in &shown.gaps {
        gaps.rows.push(vec![Cell::text(first), Cell::text(last)]);
    }
    let mut sheet = Sheet::new(visit, terminal_name(number, visit.words), crossing);
    sheet.parts.extend([state, gaps, raised(visit, &here), findings(visit, &found)]);
    sheet.parts.extend(hours(visit, &traffic, (from, through)));
    sheet.shown()
}
