//! Who may be the same person, side by side with what is typed or was taken in: an officer decides, and nothing is merged.

use super::super::visit::Visit;
use crate::{
    likeness,
    rules::{Application, Desk, Particulars},
    said,
    site::Site,
};

/// A person beside others who are alike.
#[derive(Debug, Default)]
pub(in super::super) struct Beside {
    /// The others: where each is, and what it is called.
    pub(in super::super) heads: Vec<(String, String)>,
    /// What is held against each other.
    pub(in super::super) rows: Vec<Line>,
    /// How many more are alike.
    pub(in super::super) more: usize,
}

/// One thing that is known of each.
#[derive(Debug)]
pub(in super::super) struct Line {
    pub(in super::super) name: String,
    pub(in super::super) own: String,
    /// Of each of the others, and whether it is another than one's own.
    pub(in super::super) others: Vec<(String, bool)>,
}

/// One of the others.
struct Other<'d> {
    path: String,
    title: String,
    application: &'d Application,
}

/// Who is alike in this registry and in what special personnel handed back; without application `but`.
pub(super) fn beside(visit: &Visit<'_>, site: &Site, own: &Particulars, but: u32) -> Beside {
    let desk = site.registry.desk();
    let here = found(desk, own, but).map(|application| Other {
        path: format!("/applications/{}", application.number),
        title: format!("{} {}", visit.t("desk-application"), application.number),
        application,
    });
    let away = desk.delegated().flat_map(|(station, record)| {
        found(record.desk(), own, 0).map(move |application| Other {
            path: format!("/delegations/{station}"),
            title: format!("{station} · {}", application.number),
            application,
        })
    });
    let mut others: Vec<Other<'_>> = here.chain(away).collect();
    let more = others.len().saturating_sub(MOST);
    others.truncate(MOST);
    Beside {
        rows: if others.is_empty() {
            Vec::new()
        } else {
            rows(visit, site, own, (desk.application(but), &others))
        },
        heads: others.into_iter().map(|it| (it.path, it.title)).collect(),
        more,
    }
}

fn found<'d>(
    desk: &'d Desk,
    own: &Particulars,
    but: u32,
) -> impl Iterator<Item = &'d Application> + use<'d> {
    let likely = likeness::alike(desk, own, but).into_iter();
    likely.filter_map(|it| desk.application(it.number))
}

fn rows(
    visit: &Visit<'_>,
    site: &Site,
    own: &Particulars,
    (taken_in, others): (Option<&Application>, &[Other<'_>]),
) -> Vec<Line> {
    let (places, lang, today) = (visit.pages.places(), visit.words.lang(), site.today());
    let of = |name: &str, of: &dyn Fn(&Particulars) -> String| {
        let own = of(own);
        let other = |it: &Other<'_>| {
            let said = it.application.particulars.as_ref().map(of).unwrap_or_default();
            let differs = said != own;
            (said, differs)
        };
        Line { name: visit.t(name), others: others.iter().map(other).collect(), own: own.clone() }
    };
    let known = |name: &str, of: &dyn Fn(&Application) -> String| Line {
        name: visit.t(name),
        own: taken_in.map(of).unwrap_or_default(),
        others: others.iter().map(|it| (of(it.application), false)).collect(),
    };
    vec![
        of("card-name-native", &|it| it.native.clone().unwrap_or_default()),
        of("card-name-latin", &|it| it.latin.clone()),
        of("card-birth", &|it| said::birth(it.birth)),
        of("card-home", &|it| places.region(it.region, lang)),
        known("desk-class", &|it| said::class(it.class, visit.words)),
        known("desk-state", &|it| said::state(it.state(today), visit.words)),
        known("card-number", &|it| it.permit.map(|it| it.id.to_string()).unwrap_or_default()),
        known("card-valid-through", &|it| {
            it.permit.map(|it| it.through.to_string()).unwrap_or_default()
        }),
    ]
}

/// People who are shown beside somebody: chosen, as many as a page is wide.
const MOST: usize = 4;
