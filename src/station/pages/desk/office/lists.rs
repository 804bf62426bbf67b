//! The lists that the desk was given: what is in use until when, and newer ones, taken whole or not at all.

use askama::Template;
use axum::http::StatusCode;
use permit_core::{Side, trust::Header};
use permit_web::Handed;

use super::super::super::{
    field::{Field, Kind},
    frame::{Camera, Frame, Sheet},
    visit::{Done, Trouble, Visit, go, html},
};
use crate::site::{Site, SiteError};

/// What is in use; and newer ones handed in.
pub(in super::super::super) async fn page(visit: &Visit<'_>, handed: Handed) -> Done {
    let mut site = visit.site().await?;
    let mut wrong = String::new();
    if visit.posts {
        match site.take_lists(visit.by, &handed.file).await {
            Ok(_) => return Ok(go("/lists")),
            Err(SiteError::Lists(why)) => {
                let said = [("said", why.to_string().into())];
                wrong = visit.words.with("desk-lists-refused", &said);
            }
            Err(other) => return Err(other.into()),
        }
    }
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = Frame::new(visit, &site, visit.t("desk-lists"));
    let field = Field::text("bundle", visit.t("desk-lists-file"), "");
    let field = field.of(Kind::File(".cbor")).hint(visit.t("desk-lists-hint")).wrong(wrong).wide();
    let mut sheet = Sheet::new(frame, "/".to_owned()).fields(vec![field]);
    sheet.lead.push(visit.t("desk-lists-lead"));
    sheet.facts = in_use(visit, &site)?;
    sheet.buttons.push(("take", visit.t("desk-lists-take")));
    sheet = sheet.seen_by(Camera::Lists, visit);
    html(status, sheet.render())
}

/// Each document with its version and how long it is good.
fn in_use(visit: &Visit<'_>, site: &Site) -> Result<Vec<(String, String)>, Trouble> {
    let mut held = site.lists()?;
    let trust = held.open().map_err(|_| Trouble::Broken("desk-broken-key"))?;
    let offset = site.registry.desk().office().founding().offset;
    let said = |header: Header| {
        let day = |at: permit_core::UnixTime| at.day(offset).to_string();
        let values = [
            ("version", header.version.into()),
            ("issued", day(header.issued).into()),
            ("due", day(header.next_update).into()),
            ("expires", day(header.expires).into()),
        ];
        visit.words.with("desk-lists-document", &values)
    };
    let mut all = vec![("document-zone", Some(trust.zone().header))];
    if let Some(lists) = trust.lists(Side::of_station(visit.pages.station)) {
        all.extend([
            ("document-snapshot", Some(lists.snapshot.header)),
            ("document-stations", Some(lists.stations.header)),
            ("document-revocations", Some(lists.revocations.header)),
            ("document-issued", lists.issued.map(|list| list.header)),
        ]);
    }
    let said = all.into_iter().filter_map(|(id, header)| Some((visit.t(id), said(header?))));
    Ok(said.collect())
}
