//! Everything at this desk of one person: applications and the permits that came of them, and never a journey.

use axum::http::StatusCode;

use super::{
    super::{
        frame::Frame,
        visit::{Done, Trouble, Visit, html},
    },
    start::{List, MOST, row},
};
use crate::{likeness, rules::Application};
use askama::Template as _;

/// Whoever is alike is listed, under whichever spelling: the officer decides who is the same.
pub(in super::super) async fn page(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let desk = site.registry.desk();
    let own = desk.application(visit.number).ok_or(Trouble::Nowhere)?;
    let content = own.particulars.as_ref();
    let alike = content.map(|content| likeness::alike(desk, content, own.number));
    let others = alike.into_iter().flatten().filter_map(|it| desk.application(it.number));
    let mut found: Vec<&Application> = others.chain([own]).collect();
    found.sort_by_key(|it| core::cmp::Reverse(it.number));
    let page = List {
        f: Frame::new(visit, &site, visit.t("desk-person-all")),
        lead: visit.t("desk-person-lead"),
        together: false,
        permits: true,
        rows: found.iter().take(MOST).map(|it| row(visit, &site, it, false)).collect(),
        more: found.len().saturating_sub(MOST),
    };
    html(StatusCode::OK, page.render())
}
