//! Issues raised and differing views (R17, R18): anybody raises one, and nothing closes without words.

use askama::Template;
use axum::http::StatusCode;
use permit_web::Form;

use super::{
    super::{
        field::{Choice, Field, Kind},
        frame::{Frame, Sheet},
        visit::{Done, Trouble, Visit, go, html},
    },
    facts,
    paper::lines,
};
use crate::{
    rules::{Act, Denied, Matter, MatterAct, MatterKind, MatterState},
    said,
    site::Site,
};

#[derive(Debug, Template)]
#[template(path = "matters.html")]
struct Matters<'v> {
    f: Frame<'v>,
    rows: Vec<Row>,
    form: Sheet<'v>,
}

#[derive(Debug)]
struct Row {
    number: u32,
    kind: String,
    open: bool,
    words: String,
}

/// All of them, the open ones first; and a new one.
pub(in super::super) async fn all(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    let mut error = String::new();
    if visit.posts {
        let kind = match form.one("kind") {
            "view" => MatterKind::DifferingView,
            _ => MatterKind::Issue,
        };
        let act = Act::Matter(0, MatterAct::Raise(kind, lines(form.one("words"))));
        match act_or_words(visit, &mut site, act).await? {
            Ok(number) => return Ok(go(&format!("/matters/{number}"))),
            Err(said) => error = said,
        }
    }
    let row = |it: &Matter| Row {
        number: it.number,
        kind: kind(it.kind, visit),
        open: it.state == MatterState::Open,
        words: it.said.first().map(|(.., words)| first_line(words)).unwrap_or_default(),
    };
    let mut rows: Vec<Row> = site.registry.desk().matters().map(row).collect();
    rows.sort_by_key(|row| (!row.open, core::cmp::Reverse(row.number)));
    let kinds = [("issue", MatterKind::Issue), ("view", MatterKind::DifferingView)];
    let chosen = |value: &str| form.one("kind") == value || (value == "issue" && !form.has("kind"));
    let kinds = kinds.map(|(value, it)| Choice::new(value, kind(it, visit), chosen(value)));
    let title = visit.t("desk-matters");
    let wrong = !error.is_empty();
    let sheet = Sheet::new(Frame::new(visit, &site, title.clone()), "/".to_owned()).fields(vec![
        Field::text("kind", visit.t("desk-matter-kind"), "").of(Kind::One(kinds.into())).wide(),
        Field::text("words", visit.t("desk-matter-words"), form.one("words"))
            .of(Kind::Lines)
            .wrong(error)
            .wide(),
    ]);
    let page = Matters { f: Frame::new(visit, &site, title), rows, form: sheet };
    html(if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, page.render())
}

/// One of them: what was said, and an answer, the end or a new beginning.
pub(in super::super) async fn one(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    let mut error = String::new();
    if visit.posts {
        let words = lines(form.one("words"));
        let act = match form.one("do") {
            "close" => MatterAct::Close(words),
            "reopen" => MatterAct::Reopen(words),
            _ => MatterAct::Answer(words),
        };
        match act_or_words(visit, &mut site, Act::Matter(visit.number, act)).await? {
            Ok(number) => return Ok(go(&format!("/matters/{number}"))),
            Err(said) => error = said,
        }
    }
    let matter = site.registry.desk().matter(visit.number).ok_or(Trouble::Nowhere)?;
    let offset = site.registry.desk().office().founding().offset;
    let title = format!("{} {}", kind(matter.kind, visit), matter.number);
    let mut sheet = Sheet::new(Frame::new(visit, &site, title), "/matters".to_owned());
    sheet.facts.extend(matter.said.iter().map(|(by, at, words)| {
        let who = facts::officer(&site, *by, visit.words);
        (format!("{} · {who}", facts::time(*at, offset)), words.clone())
    }));
    let field = Field::text("words", visit.t("desk-matter-answer"), form.one("words"));
    let wrong = !error.is_empty();
    sheet = sheet.fields(vec![field.of(Kind::Lines).wrong(error).wide()]);
    sheet.buttons = match matter.state {
        MatterState::Open => {
            vec![("answer", visit.t("desk-matter-say")), ("close", visit.t("desk-matter-close"))]
        }
        MatterState::Closed => vec![("reopen", visit.t("desk-matter-reopen"))],
    };
    html(if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, sheet.render())
}

/// The number, or what is wrong with the words.
async fn act_or_words(
    visit: &Visit<'_>,
    site: &mut Site,
    act: Act,
) -> Result<Result<u32, String>, Trouble> {
    let at = site.now();
    match site.registry.act(visit.by, at, act).await.map_err(Trouble::from) {
        Ok(outcome) => Ok(Ok(outcome.subject.number())),
        Err(Trouble::Denied(
            denied @ (Denied::TextMissing | Denied::TextTooLong { .. } | Denied::Character { .. }),
        )) => Ok(Err(said::denied(&denied, visit.words))),
        Err(other) => Err(other),
    }
}

fn kind(kind: MatterKind, visit: &Visit<'_>) -> String {
    visit.t(match kind {
        MatterKind::Issue => "desk-matter-issue",
        MatterKind::DifferingView => "desk-matter-view",
    })
}

fn first_line(words: &str) -> String {
    words.lines().next().unwrap_or_default().to_owned()
}
