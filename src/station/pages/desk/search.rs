//! Looking for an application or a permit: by its number, or by name and birth. What is looked for stands in no address.

use askama::Template;
use axum::http::StatusCode;
use permit_core::PermitId;
use permit_web::Form;

use super::{
    super::{
        field::Field,
        frame::{Camera, Frame, Sheet},
        visit::{Done, Visit, go, html},
    },
    start::{List, MOST, row},
};
use crate::{rules::Application, said};

/// The form, or what was found.
pub(in super::super) async fn page(visit: &Visit<'_>, form: &Form) -> Done {
    let site = visit.site().await?;
    let desk = site.registry.desk();
    let [number, name, birth] = ["number", "name", "birth"].map(|it| form.one(it).trim());
    let mut error = String::new();
    if visit.posts && !number.is_empty() {
        let digits = number.parse().ok().filter(|it| desk.application(*it).is_some());
        let permit = number.parse::<PermitId>();
        let found = digits.or_else(|| permit.as_ref().ok().and_then(|id| desk.whose(*id)));
        match found {
            Some(found) => return Ok(go(&format!("/applications/{found}"))),
            // A number whose check character does not fit was mistyped, and that is said.
            None => {
                error = visit.t(match permit {
                    Ok(id) if desk.gave_before(id) => "desk-search-before",
                    Err(_) if number.contains('-') => "desk-search-mistyped",
                    _ => "desk-search-nothing",
                });
            }
        }
    } else if visit.posts && !(name.is_empty() && birth.is_empty()) {
        // The beginning of a name in either script or a whole one by its sound, and the beginning of a birth; what is empty
        // fits all.
        let birth = permit_signing::permit::iso(birth);
        let born = |it: &&Application| {
            let content = it.particulars.as_ref();
            content.is_some_and(|it| said::birth(it.birth).starts_with(&birth))
        };
        let mut found: Vec<&Application> = desk.named(name).filter(born).collect();
        found.reverse();
        let rows = found.iter().take(MOST).map(|it| row(visit, &site, it, false)).collect();
        let page = List {
            f: Frame::new(visit, &site, visit.t("desk-found")),
            lead: String::new(),
            together: false,
            permits: true,
            rows,
            more: found.len().saturating_sub(MOST),
        };
        return html(StatusCode::OK, page.render());
    }
    let f = Frame::new(visit, &site, visit.t("desk-search"));
    let mut sheet = Sheet::new(f, "/".to_owned()).fields(vec![
        Field::text("number", visit.t("desk-search-number"), number)
            .hint(visit.t("desk-search-number-hint"))
            .wrong(error)
            .wide(),
        Field::text("name", visit.t("card-name"), name).hint(visit.t("desk-search-name-hint")),
        Field::text("birth", visit.t("card-birth"), birth).hint(visit.t("desk-birth-hint")),
    ]);
    sheet.buttons.push(("search", visit.t("desk-search")));
    sheet = sheet.seen_by(Camera::Find, visit);
    let status = if sheet.is_wrong() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    html(status, sheet.render())
}
