//! An application: what it is, what can be done with it by whom is looking, and its story.

use askama::Template;
use axum::http::StatusCode;
use permit_record::{Entry, Subject};
use permit_words::{Value, Words};

use super::{
    super::{
        frame::Frame,
        visit::{Done, Trouble, Visit, html},
        ways,
    },
    acts,
    beside::{self, Beside},
    facts, form, paper, prints, refusals, sign,
};
use crate::{
    rules::{Act, Application, ApplicationAct, Moment, Origin, State, Step},
    said,
    site::Site,
};

#[derive(Debug, Template)]
#[template(path = "application.html")]
struct Page<'v> {
    f: Frame<'v>,
    state: String,
    mark: &'static str,
    native: String,
    latin: String,
    about: Vec<(String, String)>,
    content: Vec<(String, String)>,
    papers: Vec<(String, String)>,
    permit: Vec<(String, String)>,
    grounds: Vec<(String, String)>,
    /// Others who may be the same person: nothing is merged by itself.
    beside: Option<Beside>,
    /// What it still needs.
    needs: Vec<String>,
    acts: Vec<Button>,
    /// What is not undone, apart from the others.
    grave: Vec<Button>,
    story: Vec<Line>,
}

/// An act that is offered.
#[derive(Debug)]
pub(super) struct Button {
    pub(super) path: String,
    pub(super) label: String,
    /// Done at once, without a page of its own before it.
    pub(super) at_once: bool,
    /// What is next on the way.
    pub(super) next: bool,
}

/// A line of a story.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) time: String,
    pub(super) done: String,
    pub(super) more: String,
    pub(super) by: String,
}

/// The page.
pub(in super::super) async fn page(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let desk = site.registry.desk();
    let application = desk.application(visit.number).ok_or(Trouble::Nowhere)?;
    let moment = visit.moment(&site);
    let (words, state) = (visit.words, application.state(moment.today()));
    let subject = Subject::Application(visit.number);
    let story = site.registry.story(subject).await?;
    let story =
        story.iter().filter_map(|(entry, act)| Some((entry.at, line(visit, &site, entry, act)?)));
    let content = application.particulars.as_ref();
    let (grave, acts): (Vec<Step>, Vec<Step>) = application
        .open_to(&moment)
        .into_iter()
        .filter(|step| ways::has_page(*step))
        .partition(|step| acts::is_grave(*step));
    let button = |step: Step| Button {
        path: format!("/applications/{}/{}", visit.number, ways::step_path(step)),
        label: acts::label(step, visit),
        at_once: matches!(step, Step::Submit | Step::Review | Step::Issue),
        next: !matches!(
            step,
            Step::Correct | Step::Want | Step::DropRefusal | Step::DropRevocation
        ),
    };
    let mut offered: Vec<Button> = acts.into_iter().map(button).collect();
    offered.extend(followed(visit, &moment, application, state));
    // Stable: what is next on the way comes first.
    offered.sort_by_key(|button| !button.next);
    let standing = application.refusal.as_ref().or(application.revocation.as_ref());
    let page = Page {
        f: Frame::new(visit, &site, format!("{} {}", visit.t("desk-application"), visit.number)),
        state: said::state(state, words),
        mark: facts::mark(state),
        native: content.and_then(|it| it.native.clone()).unwrap_or_default(),
        latin: content.map(|it| it.latin.clone()).unwrap_or_default(),
        about: about(visit, &site, application),
        content: content.map(|it| facts::content(visit, it)).unwrap_or_default(),
        papers: facts::papers(visit, application),
        permit: permit(visit, application),
        grounds: standing
            .map(|(grounds, _)| sign::grounds::shown(visit, grounds))
            .unwrap_or_default(),
        beside: alike(visit, &site, application),
        needs: needs(visit, application, &moment),
        acts: offered,
        grave: grave.into_iter().map(button).collect(),
        story: refusals::between(visit, &site, subject, story),
    };
    html(StatusCode::OK, page.render())
}

/// What begins from its permit or tells of its end.
fn followed(
    visit: &Visit<'_>,
    moment: &Moment<'_>,
    application: &Application,
    state: State,
) -> Vec<Button> {
    let button = |name: &str, label: String| Button {
        path: format!("/applications/{}/{name}", visit.number),
        label,
        at_once: false,
        next: false,
    };
    let mut buttons = Vec::new();
    let counter = moment
        .office
        .officer(visit.by, moment.sequence)
        .is_ok_and(|(_, term)| Step::Open.row().by.iter().any(|role| term.roles.has(*role)));
    if let Some(permit) = application.permit.filter(|_| counter) {
        let ways =
            [("renew", Origin::Renewal(permit.id)), ("amend", Origin::Correction(permit.id))];
        let ways = ways.into_iter().filter(|(_, origin)| origin.may_follow(state));
        buttons.extend(ways.map(|(name, it)| button(name, paper::follow_label(it, visit))));
    }
    if application.particulars.is_some() {
        buttons.push(button("person", visit.t("desk-person-all")));
    }
    if counter && prints::portrait::offered(application, moment) {
        buttons.push(button("portrait", visit.t("desk-portrait")));
    }
    if matches!(state, State::Refused | State::Revoked) {
        buttons.push(button("decision", visit.t("desk-decision")));
    }
    buttons
}

/// Others who may be the same person, while something can still come of this one.
fn alike(visit: &Visit<'_>, site: &Site, application: &Application) -> Option<Beside> {
    let content = application.particulars.as_ref()?;
    if application.permit.is_some() || application.state(site.today()).is_final() {
        return None;
    }
    let beside = beside::beside(visit, site, content, application.number);
    Some(beside).filter(|it| !it.heads.is_empty())
}

fn about(visit: &Visit<'_>, site: &Site, application: &Application) -> Vec<(String, String)> {
    let (words, offset) = (visit.words, site.registry.desk().office().founding().offset);
    let mut about = vec![
        (words.get("desk-class"), said::class(application.class, words)),
        (words.get("desk-applicant-language"), facts::language(application.language).to_owned()),
        (words.get("desk-opened"), facts::time(application.opened, offset)),
    ];
    let applicant = application.applicant.map(|it| facts::officer(site, it, words));
    about.extend(applicant.map(|it| (words.get("desk-applicant"), it)));
    about
}

fn permit(visit: &Visit<'_>, application: &Application) -> Vec<(String, String)> {
    let Some(permit) = application.permit else { return Vec::new() };
    let words = visit.words;
    let prints = application.prints.iter().map(|(copy, grade, right)| {
        let values = [
            ("copy", (*copy).into()),
            ("grade", (*grade).into()),
            ("right", Value::Spoken(words.get(if *right { "desk-yes" } else { "desk-no" }))),
        ];
        words.with("desk-print", &values)
    });
    let prints: Vec<String> = prints.collect();
    let mut facts = vec![
        (words.get("card-number"), permit.id.to_string()),
        (words.get("card-valid-from"), permit.from.to_string()),
        (words.get("card-valid-through"), permit.through.to_string()),
    ];
    facts.extend((!prints.is_empty()).then(|| (words.get("desk-prints"), prints.join(" · "))));
    facts
}

/// Papers and approvals that are still to come.
fn needs(visit: &Visit<'_>, application: &Application, moment: &Moment<'_>) -> Vec<String> {
    let words = visit.words;
    let (mut needs, papers) = (Vec::new(), application.missing_papers());
    if application.state(moment.today()).is_final() || application.permit.is_some() {
        return needs;
    }
    if !papers.is_empty() {
        let papers = Value::Spoken(said::needs(&papers, words, said::paper));
        needs.push(words.with("station-missing-papers", &[("papers", papers)]));
    }
    if application.particulars.is_none() {
        needs.push(words.get("denied-not-filled"));
    }
    let roles = application.missing_approvals(moment);
    if !roles.is_empty() {
        let roles = Value::Spoken(said::needs(&roles, words, said::role));
        needs.push(words.with("station-missing-approvals", &[("roles", roles)]));
    }
    needs
}

/// An entry of the record as a line of the story.
fn line(visit: &Visit<'_>, site: &Site, entry: &Entry, act: &Act) -> Option<Line> {
    let Act::Application(_, act) = act else { return None };
    let offset = site.registry.desk().office().founding().offset;
    Some(Line {
        time: facts::time(entry.at, offset),
        done: did(act.step(), visit.words),
        more: more(visit, site, act),
        by: facts::officer(site, entry.officer, visit.words),
    })
}

/// What an act says beside its name.
fn more(visit: &Visit<'_>, site: &Site, act: &ApplicationAct) -> String {
    let words = visit.words;
    match act {
        ApplicationAct::See(paper) => {
            let issuer = permit_words::clean(&paper.issuer);
            format!("{} · {issuer} · {}", said::paper(paper.kind, words), paper.dated)
        }
        ApplicationAct::Want(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(|it| said::paper(*it, words)).collect();
            kinds.join(" · ")
        }
        ApplicationAct::ProposeRefusal(grounds, _)
        | ApplicationAct::ProposeRevocation(grounds, _) => said::ground(grounds.ground, words),
        ApplicationAct::Correct(after, why) => {
            let found = site.registry.desk().application(visit.number);
            let mut corrections = found.iter().flat_map(|it| &it.corrections);
            let before = corrections.find(|(.., said)| said == why).map(|(before, ..)| before);
            let changes = before.map(|before| form::differences(visit, before, after));
            let changes: Vec<String> = changes
                .into_iter()
                .flatten()
                .map(|(name, change)| format!("{name}: {change}"))
                .collect();
            format!("{} ({})", changes.join("; "), permit_words::clean(why))
        }
        ApplicationAct::Issue(issued) | ApplicationAct::Reprint(issued) => issued.id.to_string(),
        ApplicationAct::ReadBack { copy, grade, right } => {
            let right = Value::Spoken(words.get(if *right { "desk-yes" } else { "desk-no" }));
            let values = [("copy", (*copy).into()), ("grade", (*grade).into()), ("right", right)];
            words.with("desk-print", &values)
        }
        ApplicationAct::Supersede(by) => by.to_string(),
        _ => String::new(),
    }
}

/// What was done, in a story.
fn did(step: Step, words: &Words) -> String {
    words.get(match step {
        Step::Open => "desk-did-open",
        Step::See => "desk-did-see",
        Step::Fill => "desk-did-fill",
        Step::Submit => "desk-did-submit",
        Step::Want => "desk-did-want",
        Step::Review => "desk-did-review",
        Step::Approve => "desk-did-approve",
        Step::ProposeRefusal => "desk-did-propose-refusal",
        Step::Refuse => "desk-did-refuse",
        Step::DropRefusal => "desk-did-drop-refusal",
        Step::Correct => "desk-did-correct",
        Step::Issue => "desk-did-issue",
        Step::Print => "desk-did-print",
        Step::ReadBack => "desk-did-read-back",
        Step::Reprint => "desk-did-reprint",
        Step::HandOver => "desk-did-hand-over",
        Step::Withdraw => "desk-did-withdraw",
        Step::Surrender => "desk-did-surrender",
        Step::Lose => "desk-did-lose",
        Step::ProposeRevocation => "desk-did-propose-revocation",
        Step::Revoke => "desk-did-revoke",
        Step::DropRevocation => "desk-did-drop-revocation",
        Step::Supersede => "desk-did-supersede",
    })
}
