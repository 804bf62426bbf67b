//! Reports that were made: the list, one with its files and whether they hold, a file.

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::IntoResponse as _,
};

use super::{
    sheet::{Cell, Part, Sheet},
    visit::{Done, Trouble, Visit},
};
use crate::{Failed, Listed, Unsound};

/// Every report, the newest first.
pub(super) async fn all(visit: &Visit<'_>) -> Done {
    let columns =
        ["situation-no", "house-about", "house-days-of", "house-made", "house-to", "house-orders"];
    let mut part = Part::new(visit, "house-made-reports", &columns);
    part.empty = visit.t("house-no-reports");
    for it in visit.pages.site.reports().await? {
        let head = &it.head;
        part.rows.push(vec![
            Cell::link(it.number.to_string(), format!("/reports/{}", it.number)),
            Cell::text(about(visit, &it)),
            Cell::text(days(&it)),
            Cell::text(&head.made),
            Cell::text(head.to.join("; ")),
            Cell::text(head.orders.join("; ")),
        ]);
    }
    let mut sheet = Sheet::new(visit, visit.t("house-reports"), String::new());
    sheet.lines.push(visit.t("house-reports-lead"));
    sheet.parts.push(part);
    sheet.shown()
}

/// One report.
pub(super) async fn one(visit: &Visit<'_>) -> Done {
    let site = &visit.pages.site;
    let number: u32 = visit.part(2).parse().map_err(|_| Trouble::Nowhere)?;
    let report = site.reports().await?.into_iter().find(|it| it.number == number);
    let report = report.ok_or(Trouble::Nowhere)?;
    let about = about(visit, &report);
    let head = &report.head;
    let title = [("number", number.into()), ("about", about.into())];
    let title = visit.words.with("house-report", &title);
    let mut sheet = Sheet::new(visit, title, days(&report));
    let said = |id, said: &[String]| visit.words.with(id, &[("said", said.join("; ").into())]);
    sheet.lines.push(said("headquarters-report-to", &head.to));
    if !head.orders.is_empty() {
        sheet.lines.push(said("headquarters-report-orders", &head.orders));
    }
    let made = [("moment", head.made.clone().into())];
    sheet.lines.push(visit.words.with("situation-made", &made));
    let mut files = Part::new(visit, "house-files", &["house-file", "house-digest"]);
    files.empty = visit.t("house-no-files");
    match site.kept_report(number) {
        Ok(signed) => {
            let count = [("count", signed.files.len().into())];
            sheet.state = Some(("good", visit.words.with("house-holds", &count)));
            let link =
                |name: &str| Cell::link(name.to_owned(), format!("/reports/{number}/{name}"));
            // What is read by people stands first.
            let mut all: Vec<_> = signed.files.iter().collect();
            all.sort_by_key(|it| !it.name.ends_with(".pdf"));
            for file in all {
                let digest: String = file.digest.iter().map(|it| format!("{it:02x}")).collect();
                files.rows.push(vec![link(&file.name), Cell::text(digest)]);
            }
            files.rows.push(vec![link("report.cbor"), Cell::text(visit.t("house-signature"))]);
        }
        Err(Failed::Unsound(error)) => {
            sheet.state = Some(("bad", unsound(visit, &error)));
        }
        Err(error) => return Err(error.into()),
    }
    sheet.parts.push(files);
    sheet.shown()
}

/// A file of a report, to be saved: only one that was signed, while all of them hold.
pub(super) fn file(visit: &Visit<'_>) -> Done {
    let number: u32 = visit.part(2).parse().map_err(|_| Trouble::Nowhere)?;
    let name = visit.part(3);
    let bytes = match visit.pages.site.report_file(number, name) {
        Ok(bytes) => bytes,
        Err(Failed::Unsound(_)) => return Err(Trouble::Nowhere),
        Err(error) => return Err(error.into()),
    };
    let kind = HeaderValue::from_static("application/octet-stream");
    // A name that was signed has no letter but a–z, 0–9, `-` and `.`.
    let saved = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let saved = saved.map_err(|_| Trouble::Nowhere)?;
    Ok((StatusCode::OK, [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, saved)], bytes)
        .into_response())
}

fn about(visit: &Visit<'_>, of: &Listed) -> String {
    visit.t(if of.usage {
        "headquarters-report-about-usage"
    } else {
        "headquarters-report-about-situation"
    })
}

fn days(of: &Listed) -> String {
    if of.head.from == of.head.through {
        of.head.from.clone()
    } else {
        format!("{} – {}", of.head.from, of.head.through)
    }
}

/// Why a report does not hold.
fn unsound(visit: &Visit<'_>, error: &Unsound) -> String {
    let named = |id, name: &String| visit.words.with(id, &[("name", name.clone().into())]);
    match error {
        Unsound::Unread { name, .. } => named("house-unread", name),
        Unsound::Changed(name) => named("house-changed", name),
        _ => visit.t("house-not-signed"),
    }
}
