//! Officers and their roles, the lists, settings, designs, what was delegated, the notice and the handbook.

pub(in super::super) mod delegate;
pub(in super::super) mod delegations;
pub(in super::super) mod designs;
pub(in super::super) mod enrol;
pub(in super::super) mod handbook;
pub(in super::super) mod lists;
pub(in super::super) mod merge;
pub(in super::super) mod settings;

use askama::Template;
use axum::http::StatusCode;

use super::{
    super::{
        frame::Frame,
        visit::{Done, Visit, html},
        ways::{By, SUPERVISORS},
    },
    refusals,
};
use crate::{said, waiting::Waiting};

#[derive(Debug, Template)]
#[template(path = "officers.html")]
struct Officers<'v> {
    f: Frame<'v>,
    rows: Vec<Row>,
    /// Whether the officer enrols others.
    enrols: bool,
    /// Who waits for a second supervisor.
    waiting: Vec<Row>,
    /// Decisions that were offered and not taken, for supervisors.
    refused: Vec<refusals::Row>,
}

#[derive(Debug)]
struct Row {
    number: u16,
    name: String,
    roles: String,
    present: bool,
}

#[derive(Debug, Template)]
#[template(path = "notice.html")]
struct Notice<'v> {
    f: Frame<'v>,
    /// Paragraphs, each under its heading.
    says: Vec<(String, String)>,
}

/// Who is and was an officer here: their keys say who they are, and two supervisors enrol them.
pub(in super::super) async fn officers(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let row = |officer: &crate::rules::Officer| {
        let native = officer.native.iter().map(String::as_str);
        let name: Vec<&str> = native.chain([officer.latin.as_str()]).collect();
        let roles = officer.terms.last().map(|term| term.roles.iter().collect::<Vec<_>>());
        let roles = roles.unwrap_or_default().into_iter().map(|role| said::role(role, visit.words));
        Row {
            number: officer.number,
            name: name.join(" "),
            roles: roles.collect::<Vec<_>>().join(" · "),
            present: officer.dismissed.is_none(),
        }
    };
    let rows = site.registry.desk().office().officers().map(row).collect();
    let moment = visit.moment(&site);
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    let enrols = By::Roles(SUPERVISORS).lets(|role| term.roles.has(role));
    let waits = |it: Waiting| Row {
        number: it.enrolment.officer,
        name: enrol::names(&it.enrolment),
        roles: enrol::roles(&it.enrolment, visit.words),
        present: false,
    };
    let waiting = if enrols { Waiting::all(&site.home) } else { Vec::new() };
    let waiting = waiting.into_iter().map(waits).collect();
    let refused = if enrols { refusals::newest(visit, &site) } else { Vec::new() };
    let f = Frame::new(visit, &site, visit.t("desk-officers"));
    html(StatusCode::OK, Officers { f, rows, enrols, waiting, refused }.render())
}

/// What is kept of a person, for how long, and who answers for it.
pub(in super::super) async fn notice(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let station = visit.pages.places().station(visit.pages.station, visit.words.lang());
    let says = [
        ("desk-notice-kept-title", "desk-notice-kept"),
        ("desk-notice-not-kept-title", "desk-notice-not-kept"),
        ("desk-notice-long-title", "desk-notice-long"),
        ("desk-notice-answers-title", "desk-notice-answers"),
    ];
    let says = says.map(|(title, text)| {
        let values = [("station", permit_words::Value::Spoken(station.clone()))];
        (visit.t(title), visit.words.with(text, &values))
    });
    let f = Frame::new(visit, &site, visit.t("desk-notice"));
    html(StatusCode::OK, Notice { f, says: says.into() }.render())
}
