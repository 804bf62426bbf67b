//! Settings of the desk: after how many days what waits is called late. Who set what stands below.

use askama::Template;
use axum::http::StatusCode;
use permit_signing::permit::Why;
use permit_web::Form;

use super::super::{
    super::{
        field::Field,
        frame::{Frame, Sheet},
        visit::{Done, Visit, go, html},
    },
    facts,
};
use crate::{
    rules::{Act, OfficeAct, Waits, WaitsSet},
    said,
    site::Site,
};

/// Fields with their labels, in the order of [`Waits::all`].
const FIELDS: [(&str, &str); 4] = [
    ("incomplete", "desk-settings-incomplete"),
    ("unfetched", "desk-settings-unfetched"),
    ("undecided", "desk-settings-undecided"),
    ("expiring", "desk-settings-expiring"),
];
/// Most changes that the page lists: chosen.
const LISTED: usize = 20;

/// What is set; and what is to be set.
pub(in super::super::super) async fn page(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    let now = site.registry.desk().office().waits();
    let mut written = now.all().map(|days| days.to_string());
    let (mut wrong, mut errors) = (None, Default::default());
    if visit.posts {
        written = FIELDS.map(|(name, _)| form.one(name).trim().to_owned());
        let read = read(visit, &written);
        errors = read.as_ref().err().cloned().unwrap_or_default();
        // Somebody else may have set something since this page was shown.
        let stale = form.one("before") != value(now);
        wrong = stale.then(|| visit.t("desk-settings-other"));
        if let (Ok(after), false) = (read, stale) {
            if after != now {
                let act = Act::Office(OfficeAct::Waits { before: now, after });
                let at = site.now();
                site.registry.act(visit.by, at, act).await?;
            }
            return Ok(go("/settings"));
        }
    }
    let status = if visit.posts { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let field = |((name, label), (days, error)): ((&str, &str), (&String, String))| {
        Field::text(name, visit.t(label), days).hint(visit.t("desk-settings-hint")).wrong(error)
    };
    let fields = FIELDS.into_iter().zip(written.iter().zip(errors)).map(field).collect();
    let frame = Frame::new(visit, &site, visit.t("desk-settings"));
    let mut sheet = Sheet::new(frame, "/".to_owned()).fields(fields);
    sheet.lead.push(visit.t("desk-settings-lead"));
    sheet.wrong.extend(wrong);
    sheet.hidden.push(("before".to_owned(), value(now)));
    let set = site.registry.desk().office().waits_set();
    sheet.facts = set.iter().rev().take(LISTED).map(|set| line(visit, &site, set)).collect();
    sheet.buttons.push(("set", visit.t("desk-settings-set")));
    html(status, sheet.render())
}

/// What was written, or what is wrong with each.
fn read(visit: &Visit<'_>, written: &[String; 4]) -> Result<Waits, [String; 4]> {
    let (least, most) = (Waits::LEAST, Waits::MOST);
    let read = written
        .each_ref()
        .map(|days| days.parse().ok().filter(|days: &u16| (least..=most).contains(days)));
    match read {
        [Some(incomplete), Some(unfetched), Some(undecided), Some(expiring)] => {
            Ok(Waits { incomplete, unfetched, undecided, expiring })
        }
        _ => {
            let why = Why::Number { least: least.into(), most: most.into() };
            Err(read.map(|days| match days {
                Some(_) => String::new(),
                None => said::why(&why, visit.words),
            }))
        }
    }
}

/// As the form carries it.
fn value(waits: Waits) -> String {
    waits.all().map(|days| days.to_string()).join(" ")
}

/// A change: when and by whom, and from what to what.
fn line(visit: &Visit<'_>, site: &Site, set: &WaitsSet) -> (String, String) {
    let offset = site.registry.desk().office().founding().offset;
    let by = facts::officer(site, set.by, visit.words);
    let days = FIELDS.iter().zip(set.before.all().into_iter().zip(set.after.all()));
    let changes = days.filter(|(_, (before, after))| before != after);
    let changes = changes
        .map(|((_, label), (before, after))| format!("{}: {before} → {after}", visit.t(label)));
    let changes: Vec<String> = changes.collect();
    (format!("{} · {by}", facts::time(set.at, offset)), changes.join(" · "))
}
