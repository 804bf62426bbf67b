//! Cases as lists: what is open, whose time runs out first; what is overdue; what has ended.

use askama::Template;
use axum::http::StatusCode;
use permit_words::Value;

use super::{
    super::{
        super::{
            frame::Frame,
            visit::{Done, Visit, html},
            ways::{By, CaseList},
        },
        start::MOST,
    },
    clock, mark, names,
};
use crate::{
    rules::{Case, CaseStep},
    said,
    site::Site,
};

#[derive(Debug, Template)]
#[template(path = "cases.html")]
struct Cases<'v> {
    f: Frame<'v>,
    lead: String,
    /// Whether the officer receives cases.
    receives: bool,
    rows: Vec<Row>,
    /// How many there are beyond those shown.
    more: usize,
}

#[derive(Debug)]
struct Row {
    number: u32,
    kind: String,
    name: String,
    state: String,
    mark: &'static str,
    clock: String,
    late: bool,
    blocked: String,
}

impl CaseList {
    /// What it is called.
    pub(in super::super::super) const fn title(self) -> &'static str {
        match self {
            Self::Open => "desk-cases-open",
            Self::Overdue => "desk-cases-overdue",
            Self::Ended => "desk-cases-ended",
        }
    }
}

/// One of the lists.
pub(in super::super::super) async fn page(visit: &Visit<'_>, list: CaseList) -> Done {
    let site = visit.site().await?;
    let moment = visit.moment(&site);
    let left = |case: &Case| case.days_left(&moment);
    let belongs = |case: &&Case| match list {
        CaseList::Open => !case.state.is_ended(case.kind),
        CaseList::Overdue => left(case).is_some_and(|left| left < 0),
        CaseList::Ended => case.state.is_ended(case.kind),
    };
    let mut found: Vec<&Case> = site.registry.desk().cases().filter(belongs).collect();
    match list {
        CaseList::Ended => found.sort_by_key(|case| core::cmp::Reverse(case.since)),
        // What is decided waits for its person alone and comes last.
        _ => found.sort_by_key(|case| (left(case).is_none(), left(case), case.opened)),
    }
    let rows = found.iter().take(MOST).map(|case| row(visit, &site, case)).collect();
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    let page = Cases {
        f: Frame::new(visit, &site, visit.t(list.title())),
        lead: if list == CaseList::Ended { String::new() } else { visit.t("desk-cases-lead") },
        receives: By::Roles(CaseStep::Open.by()).lets(|role| term.roles.has(role)),
        rows,
        more: found.len().saturating_sub(MOST),
    };
    html(StatusCode::OK, page.render())
}

fn row(visit: &Visit<'_>, site: &Site, case: &Case) -> Row {
    let since = || {
        let since = case.since.day(site.registry.desk().office().founding().offset);
        let days = site.today().since(since);
        let day = Value::Spoken(since.to_string());
        visit.words.with("desk-since", &[("day", day), ("days", days.into())])
    };
    let (clock, late) = clock(visit, site, case).unwrap_or_else(|| (since(), false));
    Row {
        number: case.number,
        kind: said::case_kind(case.kind, visit.words),
        name: names(&case.person),
        state: said::case_state(case.state, visit.words),
        mark: mark(case.state),
        clock,
        late,
        blocked: case.blocked.as_deref().and_then(|it| it.lines().next()).unwrap_or("").to_owned(),
    }
}
