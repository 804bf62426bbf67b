//! Special personnel: what was delegated to whom, what came home of it, and what conflicts in that (R13).

use askama::Template;
use axum::http::StatusCode;
use permit_record::{Delegation, Role};

use super::super::{
    super::{
        frame::Frame,
        visit::{Done, Trouble, Visit, html},
    },
    facts,
};
use crate::{
    delegation,
    rules::{Application, Desk},
    said,
};

#[derive(Debug, Template)]
#[template(path = "delegations.html")]
struct Delegations<'v> {
    f: Frame<'v>,
    lead: String,
    /// What this desk was delegated.
    own: Vec<(String, String)>,
    rows: Vec<Given>,
    /// Whether the officer hands back and merges.
    supervises: bool,
}

/// A delegation.
#[derive(Debug)]
struct Given {
    station: u16,
    communes: String,
    days: String,
    given: String,
    /// Whether its record was handed back.
    came: bool,
}

#[derive(Debug, Template)]
#[template(path = "delegation.html")]
struct Record<'v> {
    f: Frame<'v>,
    facts: Vec<(String, String)>,
    conflicts: Vec<String>,
    rows: Vec<Row>,
}

/// An application that special personnel took in.
#[derive(Debug)]
struct Row {
    number: u32,
    name: String,
    birth: String,
    commune: String,
    permit: String,
    state: String,
    mark: &'static str,
}

/// What was delegated.
pub(in super::super::super) async fn all(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let (desk, moment) = (site.registry.desk(), visit.moment(&site));
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    let row = |it: &Delegation| {
        let record = desk.delegated_to(it.station);
        let given = record.map_or(0, |it| it.desk().numbers());
        Given {
            station: it.station,
            communes: communes(it),
            days: days(it),
            given: format!("{given} / {}", it.quota),
            came: record.is_some(),
        }
    };
    let page = Delegations {
        f: Frame::new(visit, &site, visit.t("desk-delegations")),
        lead: visit.t("desk-delegations-lead"),
        own: desk.office().delegation().map(|it| shown(visit, it, desk)).unwrap_or_default(),
        rows: desk.office().delegations().map(row).collect(),
        supervises: term.roles.has(Role::Supervisor),
    };
    html(StatusCode::OK, page.render())
}

/// One record that was handed back: looked at, and changed by nobody here.
pub(in super::super::super) async fn one(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let desk = site.registry.desk();
    let station = u16::try_from(visit.number).map_err(|_| Trouble::Nowhere)?;
    let record = desk.delegated_to(station).ok_or(Trouble::Nowhere)?;
    let (theirs, today) = (record.desk(), site.today());
    let offset = desk.office().founding().offset;
    let conflicts = delegation::conflicts(desk, record, 0, today);
    let row = |it: &Application| {
        let content = it.particulars.as_ref();
        let state = it.state(today);
        Row {
            number: it.number,
            name: content.map(facts::names).unwrap_or_default(),
            birth: content.map(|it| said::birth(it.birth)).unwrap_or_default(),
            commune: content.and_then(|it| it.commune.clone()).unwrap_or_default(),
            permit: it.permit.map(|permit| permit.id.to_string()).unwrap_or_default(),
            state: said::state(state, visit.words),
            mark: facts::mark(state),
        }
    };
    let title = format!("{} {station:05}", visit.t("desk-delegation"));
    let page = Record {
        f: Frame::new(visit, &site, title),
        facts: theirs.office().delegation().map(|it| shown(visit, it, theirs)).unwrap_or_default(),
        conflicts: conflicts
            .iter()
            .map(|it| said::conflict(station, it, offset, visit.words))
            .collect(),
        rows: theirs.applications().map(row).collect(),
    };
    html(StatusCode::OK, page.render())
}

/// What was delegated, and how much of it is used.
fn shown(visit: &Visit<'_>, it: &Delegation, desk: &Desk) -> Vec<(String, String)> {
    vec![
        (visit.t("desk-communes"), communes(it)),
        (visit.t("desk-delegated-days"), days(it)),
        (visit.t("desk-delegated-given"), format!("{} / {}", desk.numbers(), it.quota)),
    ]
}

fn communes(it: &Delegation) -> String {
    it.communes.iter().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

fn days(it: &Delegation) -> String {
    format!("{} – {}", it.from, it.through)
}
