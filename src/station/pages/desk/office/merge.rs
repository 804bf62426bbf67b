//! A record of special personnel over the pages: handed back at their desk, taken home at the one that delegated (R13).
//!
//! A file is looked at before anything of it is taken. What conflicts in it is shown with the file's digest, and is taken only
//! when the same file is handed in again with the word that it was looked at.

use askama::Template;
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::IntoResponse as _,
};
use permit_core::sha256;
use permit_web::Handed;

use super::super::super::{
    field::{Choice, Field, Kind},
    frame::{Frame, Sheet},
    visit::{Done, Trouble, Visit, go, html},
};
use crate::{delegation, registry::RegistryError, rules::Denied, said};

/// The record of this desk of special personnel, as one file.
pub(in super::super::super) async fn hand_back(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let bytes = delegation::hand_back(&site).await?;
    let name = format!("attachment; filename=\"{:05}-record.bin\"", visit.pages.station);
    let name = HeaderValue::from_str(&name).map_err(|_| Trouble::Broken("desk-broken-page"))?;
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// The form; and what a file comes to.
pub(in super::super::super) async fn page(visit: &Visit<'_>, handed: Handed) -> Done {
    let mut site = visit.site().await?;
    let (mut wrong, mut conflicts) = (String::new(), Vec::new());
    let digest: String = sha256(&[&handed.file]).iter().map(|it| format!("{it:02x}")).collect();
    if visit.posts {
        match delegation::look(&site, &handed.file) {
            Ok(None) => wrong = visit.t("station-merged-before"),
            Ok(Some(found)) => {
                let station = found.record.desk().office().station();
                let seen = handed.form.has("looked") && handed.form.one("seen") == digest;
                if found.conflicts.is_empty() || seen {
                    delegation::take(&mut site, visit.by, found).await?;
                    return Ok(go(&format!("/delegations/{station}")));
                }
                let offset = site.registry.desk().office().founding().offset;
                let shown = found.conflicts.iter();
                let shown = shown.map(|it| said::conflict(station, it, offset, visit.words));
                conflicts = shown.collect();
                wrong = visit.t("desk-merge-again");
            }
            Err(RegistryError::Denied(why @ (Denied::Signature(_) | Denied::HandedBack(_)))) => {
                wrong = said::denied(&why, visit.words);
            }
            Err(other) => return Err(other.into()),
        }
    }
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = Frame::new(visit, &site, visit.t("desk-merge"));
    let file = Field::text("record", visit.t("desk-merge-file"), "");
    let file = file.of(Kind::File(".bin")).hint(visit.t("desk-merge-hint")).wrong(wrong).wide();
    let mut fields = vec![file];
    if !conflicts.is_empty() {
        let choice = Choice::new("yes", visit.t("desk-merge-looked"), false);
        let looked = Field::text("looked", visit.t("desk-merge-conflicts"), "");
        fields.push(looked.of(Kind::Any(vec![choice])).wide());
    }
    let mut sheet = Sheet::new(frame, "/delegations".to_owned()).fields(fields);
    sheet.lead.push(visit.t("desk-merge-lead"));
    if !conflicts.is_empty() {
        sheet.hidden.push(("seen".to_owned(), digest));
    }
    sheet.wrong = conflicts;
    sheet.buttons.push(("take", visit.t("desk-merge-take")));
    html(status, sheet.render())
}
