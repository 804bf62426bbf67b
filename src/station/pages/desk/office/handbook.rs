//! How each thing is done at the desk, for whoever sits down at it anew. What it calls a button is the button's own message.

use askama::Template;
use axum::http::StatusCode;

use super::super::super::{
    frame::Frame,
    visit::{Done, Visit, html},
};

#[derive(Debug, Template)]
#[template(path = "handbook.html")]
struct Handbook<'v> {
    f: Frame<'v>,
    /// What is done, and the steps of it.
    tasks: Vec<(String, Vec<Step>)>,
}

/// A step in pieces: whether each is what stands on a button, and its text.
type Step = Vec<(bool, String)>;

/// The page.
pub(in super::super::super) async fn page(visit: &Visit<'_>) -> Done {
    let site = visit.site().await?;
    let task = |(title, steps)| {
        let steps = visit.t(steps);
        (visit.t(title), steps.lines().map(step).collect())
    };
    let f = Frame::new(visit, &site, visit.t("desk-handbook"));
    html(StatusCode::OK, Handbook { f, tasks: TASKS.map(task).into() }.render())
}

/// What stands in corner brackets is a name, and is drawn as one.
fn step(line: &str) -> Step {
    let named = |(at, text): (usize, &str)| (at % 2 == 1, text.to_owned());
    line.split(['「', '」']).enumerate().map(named).filter(|(_, text)| !text.is_empty()).collect()
}

/// What is done, and how: a step a line.
const TASKS: [(&str, &str); 12] = [
    ("handbook-enter", "handbook-enter-steps"),
    ("handbook-apply", "handbook-apply-steps"),
    ("handbook-employee", "handbook-employee-steps"),
    ("handbook-want", "handbook-want-steps"),
    ("handbook-decide", "handbook-decide-steps"),
    ("handbook-refuse", "handbook-refuse-steps"),
    ("handbook-print", "handbook-print-steps"),
    ("handbook-lost", "handbook-lost-steps"),
    ("handbook-mistake", "handbook-mistake-steps"),
    ("handbook-batch", "handbook-batch-steps"),
    ("handbook-end", "handbook-end-steps"),
    ("handbook-matters", "handbook-matters-steps"),
];
