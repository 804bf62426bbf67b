//! The start, and the lists that are worked from.

use askama::Template;
use axum::http::StatusCode;
use permit_words::Value;

use super::{
    super::{
        frame::{Frame, counts},
        queue::{LATE, Queue, SOON},
        visit::{Done, Visit, html},
        ways::{By, DESK},
    },
    facts,
};
use crate::{
    rules::{Application, Step},
    said,
};

#[derive(Debug, Template)]
#[template(path = "start.html")]
struct Start<'v> {
    f: Frame<'v>,
    day: String,
    /// Whether the officer takes applications in.
    counter: bool,
    figures: Vec<Figure>,
}

#[derive(Debug)]
struct Figure {
    path: String,
    title: String,
    count: usize,
    late: usize,
    /// Whether it is this officer's work.
    mine: bool,
}

/// A list of applications.
#[derive(Debug, Template)]
#[template(path = "list.html")]
pub(super) struct List<'v> {
    pub(super) f: Frame<'v>,
    pub(super) lead: String,
    pub(super) rows: Vec<Row>,
    /// How many there are beyond those shown.
    pub(super) more: usize,
}

/// A line of it.
#[derive(Debug)]
pub(super) struct Row {
    number: u32,
    name: String,
    birth: String,
    class: String,
    state: String,
    mark: &'static str,
    since: String,
    late: bool,
}

/// What waits, and for whom.
pub(in super::super) async fn page(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let moment = visit.moment(&site);
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    let has = |role| term.roles.has(role);
    let counts = counts(visit, &site);
    let figure = |queue: Queue| {
        let (count, late) = counts.get(queue);
        let mine = By::Roles(queue.by()).lets(has);
        let path = format!("/queues/{}", queue.path());
        Figure { path, title: queue.title(visit.words), count, late, mine }
    };
    let shown = By::Roles(DESK).lets(has);
    let mut figures: Vec<Figure> = Queue::ALL.into_iter().map(figure).collect();
    figures.retain(|figure| shown && (figure.count > 0 || figure.mine));
    // Stable: within each, as they follow one another in the work.
    figures.sort_by_key(|figure| !figure.mine);
    let page = Start {
        f: Frame::new(visit, &site, visit.t("desk-start")),
        day: site.today().to_string(),
        counter: By::Roles(Step::Open.row().by).lets(has),
        figures,
    };
    html(StatusCode::OK, page.render())
}

/// One list, who has waited longest first.
pub(in super::super) async fn queue(visit: &Visit<'_>, queue: Queue) -> Done {
    let site = visit.site().await?;
    let today = site.today();
    let all = site.registry.desk().applications();
    let mut found: Vec<&Application> =
        all.filter(|it| Queue::of(it, today) == Some(queue)).collect();
    found.sort_by_key(|it| match queue {
        Queue::Expiring => it.permit.map_or(0, |permit| i64::from(permit.through.number())),
        _ => it.since.0,
    });
    let lead = match queue {
        Queue::Expiring => visit.words.with("desk-lead-expiring", &[("days", SOON.into())]),
        Queue::Incomplete | Queue::ToHandOver => {
            visit.words.with("desk-lead-late", &[("days", LATE.into())])
        }
        _ => String::new(),
    };
    let f = Frame::new(visit, &site, queue.title(visit.words));
    let late = |it: &Application| {
        queue.is_late(it, today, site.registry.desk().office().founding().offset)
    };
    let rows = found.iter().take(MOST).map(|it| row(visit, &site, it, late(it))).collect();
    let page = List { f, lead, rows, more: found.len().saturating_sub(MOST) };
    html(StatusCode::OK, page.render())
}

/// A line about an application.
pub(super) fn row(
    visit: &Visit<'_>,
    site: &crate::site::Site,
    application: &Application,
    late: bool,
) -> Row {
    let (words, today) = (visit.words, site.today());
    let offset = site.registry.desk().office().founding().offset;
    let content = application.particulars.as_ref();
    let state = application.state(today);
    let since = application.since.day(offset);
    let days = today.since(since);
    Row {
        number: application.number,
        name: content.map(facts::names).unwrap_or_default(),
        birth: content.map(|it| facts::birth(it.birth)).unwrap_or_default(),
        class: said::class(application.class, words),
        state: said::state(state, words),
        mark: facts::mark(state),
        since: words.with(
            "desk-since",
            &[("day", Value::Spoken(since.to_string())), ("days", days.into())],
        ),
        late,
    }
}

/// Lines of a list: chosen; who comes after has waited less.
pub(super) const MOST: usize = 200;
