//! Special personnel: what was delegated to whom, what came home of it, and what conflicts in that (R13).

use askama::Template;
use axum::http::StatusCode;
use permit_record::{Delegation, Role};

use super::{
    super::{
        super::{
            frame::Frame,
            visit::{Done, Trouble, Visit, html},
        },
        facts,
    },
    delegate,
};
use crate::{
    delegation,
    rules::{Application, Delegated, Desk},
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
    /// What one supervisor has signed: number, communes and days.
    waiting: Vec<(u16, String, String)>,
    /// Whether the officer delegates, hands back and merges.
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
    station: u16,
    facts: Vec<(String, String)>,
    supervises: bool,
    /// Whether its folder was signed and not packed yet.
    half: bool,
    /// Whether the file that they take along is here.
    there: bool,
    /// Whether its record was handed back.
    came: bool,
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
    let own = desk.office().delegation();
    let waiting = delegate::waiting(&site.home).into_iter().map(|it| it.delegation);
    let waiting = waiting.filter(|it| !desk.office().delegations().any(|given| given == it));
    let page = Delegations {
        f: Frame::new(visit, &site, visit.t("desk-delegations")),
        lead: visit.t("desk-delegations-lead"),
        own: own.map(|it| shown(visit, it, desk.numbers())).unwrap_or_default(),
        rows: desk.office().delegations().map(row).collect(),
        waiting: waiting.map(|it| (it.station, communes(&it), days(&it))).collect(),
        supervises: term.roles.has(Role::Supervisor),
    };
    html(StatusCode::OK, page.render())
}

/// One delegation, and its record once that was handed back: looked at, and changed by nobody here.
pub(in super::super::super) async fn one(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let desk = site.registry.desk();
    let station = u16::try_from(visit.number).map_err(|_| Trouble::Nowhere)?;
    let mut delegations = desk.office().delegations();
    let given = delegations.find(|it| it.station == station).ok_or(Trouble::Nowhere)?;
    let (record, today) = (desk.delegated_to(station), site.today());
    let offset = desk.office().founding().offset;
    let conflicts = record.map(|it| delegation::conflicts(desk, it, 0, today)).unwrap_or_default();
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
    let moment = visit.moment(&site);
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    let [folder, file] = delegate::places(&site.home, station);
    let theirs = record.map(Delegated::desk);
    let title = format!("{} {station:05}", visit.t("desk-delegation"));
    let page = Record {
        f: Frame::new(visit, &site, title),
        station,
        facts: shown(visit, given, theirs.map_or(0, Desk::numbers)),
        supervises: term.roles.has(Role::Supervisor),
        half: folder.exists(),
        there: file.exists(),
        came: record.is_some(),
        conflicts: conflicts
            .iter()
            .map(|it| said::conflict(station, it, offset, visit.words))
            .collect(),
        rows: theirs.into_iter().flat_map(Desk::applications).map(row).collect(),
    };
    html(StatusCode::OK, page.render())
}

/// What was delegated, and how much of it is used.
pub(super) fn shown(visit: &Visit<'_>, it: &Delegation, given: usize) -> Vec<(String, String)> {
    let (places, lang) = (visit.pages.places(), visit.words.lang());
    let regions: Vec<String> = it.regions.iter().map(|it| places.region(*it, lang)).collect();
    vec![
        (visit.t("desk-delegate-region"), regions.join(" · ")),
        (visit.t("desk-communes"), communes(it)),
        (visit.t("desk-delegated-days"), days(it)),
        (visit.t("desk-delegated-given"), format!("{given} / {}", it.quota)),
    ]
}

fn communes(it: &Delegation) -> String {
    it.communes.iter().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

fn days(it: &Delegation) -> String {
    format!("{} – {}", it.from, it.through)
}
