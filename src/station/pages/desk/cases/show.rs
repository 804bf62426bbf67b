//! A case: where it stands, how much time is left, what of its checklist is there, what can be done, its story.

use askama::Template;
use axum::http::StatusCode;
use permit_record::{Entry, Subject};
use permit_words::Value;

use super::{
    super::{
        super::{
            frame::Frame,
            visit::{Done, Visit, html},
            ways::case_path,
        },
        facts, refusals,
        show::{Button, Line},
        sign,
    },
    about, acts, case, clock, letter, mark, title,
};
use crate::{
    rules::{Act, CaseAct, CaseStep},
    said,
    site::Site,
};

#[derive(Debug, Template)]
#[template(path = "case.html")]
struct Page<'v> {
    f: Frame<'v>,
    number: u32,
    state: String,
    mark: &'static str,
    native: String,
    latin: String,
    /// How much time is left, and whether it is overdue.
    clock: Option<(String, bool)>,
    blocked: String,
    /// What is the rule with this kind.
    rule: String,
    checklist: Vec<Point>,
    acts: Vec<Button>,
    grave: Vec<Button>,
    grounds: Vec<(String, String)>,
    about: Vec<(String, String)>,
    story: Vec<Line>,
}

#[derive(Debug)]
struct Point {
    value: &'static str,
    said: String,
    there: bool,
    /// Whether this officer can say that it is there.
    offered: bool,
}

/// The page.
pub(in super::super::super) async fn page(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let case = case(visit, &site)?;
    let moment = visit.moment(&site);
    let subject = Subject::Case(case.number);
    let story = site.registry.story(subject).await?;
    let story =
        story.iter().filter_map(|(entry, act)| Some((entry.at, line(visit, &site, entry, act)?)));
    let offered = case.open_to(&moment);
    let button = |step: CaseStep| Button {
        path: format!("/cases/{}/{}", case.number, case_path(step)),
        label: acts::label(step, visit),
        at_once: false,
        next: !matches!(step, CaseStep::Block | CaseStep::DropRefusal),
    };
    let points = case.kind.checklist().iter().map(|item| Point {
        value: acts::item_value(*item),
        said: said::item(*item, visit.words),
        there: case.have.contains(item),
        offered: !case.have.contains(item) && offered.contains(&CaseStep::Have),
    });
    let (grave, acts): (Vec<_>, Vec<_>) = offered
        .iter()
        .copied()
        .filter(|step| *step != CaseStep::Have)
        .partition(|step| acts::is_grave(*step));
    let mut acts: Vec<Button> = acts.into_iter().map(button).collect();
    acts.extend(letter::of(case).map(|(path, id)| Button {
        path: format!("/cases/{}/{path}", case.number),
        label: visit.t(id),
        at_once: false,
        next: false,
    }));
    // Stable: what is next on the way comes first.
    acts.sort_by_key(|button| !button.next);
    let undecided = case.days_left(&moment).is_some();
    let rule =
        if case.kind.can_be_refused() { "desk-case-default" } else { "desk-case-never-refused" };
    let page = Page {
        f: Frame::new(visit, &site, title(visit, case)),
        number: case.number,
        state: said::case_state(case.state, visit.words),
        mark: mark(case.state),
        native: case.person.native.clone().unwrap_or_default(),
        latin: case.person.latin.clone(),
        clock: clock(visit, &site, case),
        blocked: case.blocked.clone().unwrap_or_default(),
        rule: if undecided { visit.t(rule) } else { String::new() },
        checklist: points.collect(),
        acts,
        grave: grave.into_iter().map(button).collect(),
        grounds: case
            .refusal
            .as_ref()
            .map(|(grounds, _)| sign::grounds::shown(visit, grounds))
            .unwrap_or_default(),
        about: about(visit, &site, case),
        story: refusals::between(visit, &site, subject, story),
    };
    html(StatusCode::OK, page.render())
}

/// An entry of the record as a line of the story.
fn line(visit: &Visit<'_>, site: &Site, entry: &Entry, act: &Act) -> Option<Line> {
    let Act::Case(_, act) = act else { return None };
    let offset = site.registry.desk().office().founding().offset;
    let more = match act {
        CaseAct::ProposeRefusal(grounds, _) => said::ground(grounds.ground, visit.words),
        CaseAct::Block(words) => words.clone(),
        _ => String::new(),
    };
    Some(Line {
        time: facts::time(entry.at, offset),
        done: did(visit, act),
        more,
        by: facts::officer(site, entry.officer, visit.words),
    })
}

/// What was done, in a story.
fn did(visit: &Visit<'_>, act: &CaseAct) -> String {
    let id = match act {
        CaseAct::Have(item) => {
            let item = Value::Spoken(said::item(*item, visit.words));
            return visit.words.with("desk-case-did-have", &[("item", item)]);
        }
        CaseAct::Block(words) if words.is_empty() => "desk-case-did-unblock",
        act => match CaseStep::of(act) {
            CaseStep::Open | CaseStep::Have => "desk-case-did-open",
            CaseStep::Block => "desk-case-did-block",
            CaseStep::Approve => "desk-case-did-approve",
            CaseStep::ProposeRefusal => "desk-did-propose-refusal",
            CaseStep::Refuse => "desk-did-refuse",
            CaseStep::DropRefusal => "desk-did-drop-refusal",
            CaseStep::Authorise => "desk-case-did-authorise",
            CaseStep::Depart => "desk-case-did-depart",
            CaseStep::Return => "desk-case-did-return",
            CaseStep::Withdraw => "desk-case-did-withdraw",
        },
    };
    visit.t(id)
}
