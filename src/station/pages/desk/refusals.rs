//! Decisions that were offered and not taken: in the story of what they were about, and to supervisors all of them.

use permit_core::UnixTime;
use permit_record::Subject;

use super::{super::visit::Visit, facts, show::Line};
use crate::{rules::Refusal, said, site::Site};

/// Most that a page lists: chosen.
const LISTED: usize = 50;

/// One of all.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) path: String,
    pub(super) about: String,
    pub(super) line: Line,
}

/// A story with what was offered about the same and not taken, in the order of time.
pub(super) fn between(
    visit: &Visit<'_>,
    site: &Site,
    subject: Subject,
    story: impl Iterator<Item = (UnixTime, Line)>,
) -> Vec<Line> {
    let refusals = site.registry.desk().refusals().iter();
    let refusals = refusals.filter(|it| it.offered.subject == subject);
    let mut lines: Vec<_> = story.collect();
    lines.extend(refusals.map(|it| (it.at, line(visit, site, it))));
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The newest first.
pub(super) fn newest(visit: &Visit<'_>, site: &Site) -> Vec<Row> {
    let row = |it: &Refusal| {
        let (subject, number) = (it.offered.subject, it.offered.subject.number());
        let (kind, title) = match subject {
            Subject::Case(_) => ("cases", "desk-cases"),
            _ => ("applications", "desk-application"),
        };
        let path = format!("/{kind}/{number}");
        Row { path, about: format!("{} {number}", visit.t(title)), line: line(visit, site, it) }
    };
    site.registry.desk().refusals().iter().rev().take(LISTED).map(row).collect()
}

fn line(visit: &Visit<'_>, site: &Site, it: &Refusal) -> Line {
    let offset = site.registry.desk().office().founding().offset;
    Line {
        time: facts::time(it.at, offset),
        done: visit.t("desk-did-not-taken"),
        more: said::not_taken(it.offered.why, visit.words),
        by: facts::officer(site, it.by, visit.words),
    }
}
