//! The start, and the lists that are worked from.

use askama::Template;
use axum::http::StatusCode;
use permit_words::Value;

use super::{
    super::{
        frame::{Frame, counts},
        queue::{Counts, Queue},
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
    charts: Vec<Chart>,
}

/// A small chart: one bar a day.
#[derive(Debug)]
struct Chart {
    title: String,
    today: usize,
    /// The counts, for whoever does not see it.
    said: String,
    /// Of each bar its place, its top and its height, in hundredths.
    bars: Vec<(usize, usize, usize)>,
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
    /// Whether they can be printed together.
    pub(super) together: bool,
    /// Whether each line says which permit came of it.
    pub(super) permits: bool,
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
    /// The permit's number and its last day; empty where there is none.
    permit: String,
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
        charts: if shown { charts(visit, counts.days()) } else { Vec::new() },
    };
    html(StatusCode::OK, page.render())
}

fn charts(visit: &Visit<'_>, days: &[[usize; Counts::DAYS]; 2]) -> Vec<Chart> {
    let most = days.iter().flatten().copied().max().unwrap_or_default().max(1);
    let chart = |(id, days): (&str, &[usize; Counts::DAYS])| {
        let bar = |(place, count): (usize, &usize)| {
            let height = count * 100 / most;
            (place * 10, 100 - height, height)
        };
        let counts: Vec<String> = days.iter().map(usize::to_string).collect();
        let values = [("counts", Value::Spoken(counts.join(", ")))];
        Chart {
            title: visit.t(id),
            today: days.last().copied().unwrap_or_default(),
            said: visit.words.with("desk-chart-days", &values),
            bars: days.iter().enumerate().map(bar).collect(),
        }
    };
    ["desk-chart-begun", "desk-chart-signed"].into_iter().zip(days).map(chart).collect()
}

/// One list, who has waited longest first.
pub(in super::super) async fn queue(visit: &Visit<'_>, queue: Queue) -> Done {
    let site = visit.site().await?;
    let today = site.today();
    let (all, office) = (site.registry.desk().applications(), site.registry.desk().office());
    let waits = office.waits();
    let mut found: Vec<&Application> =
        all.filter(|it| Queue::of(it, today, waits) == Some(queue)).collect();
    found.sort_by_key(|it| match queue {
        Queue::Expiring => it.permit.map_or(0, |permit| i64::from(permit.through.number())),
        _ => it.since.0,
    });
    let said = |id, days: u16| visit.words.with(id, &[("days", days.into())]);
    let lead = match (queue, queue.late_after(waits)) {
        (Queue::Expiring, _) => said("desk-lead-expiring", waits.expiring),
        (_, Some(days)) => said("desk-lead-late", days),
        _ => String::new(),
    };
    let f = Frame::new(visit, &site, queue.title(visit.words));
    let late = |it: &Application| queue.is_late(it, today, office);
    let rows = found.iter().take(MOST).map(|it| row(visit, &site, it, late(it))).collect();
    let moment = visit.moment(&site);
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    let prints = By::Roles(Step::Print.row().by).lets(|role| term.roles.has(role));
    let together = prints && queue == Queue::ToPrint && !found.is_empty();
    let more = found.len().saturating_sub(MOST);
    let page = List { f, lead, together, permits: false, rows, more };
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
        birth: content.map(|it| said::birth(it.birth)).unwrap_or_default(),
        class: said::class(application.class, words),
        permit: application.permit.map_or_else(String::new, |permit| {
            let through = Value::Spoken(permit.through.to_string());
            let values = [("id", permit.id.to_string().into()), ("through", through)];
            words.with("desk-permit-through", &values)
        }),
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
