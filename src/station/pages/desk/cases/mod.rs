//! Cases: resettlement, return, families of army members (R20–R24). None of them makes a border permit.
//!
//! A case's page asks for its checklist and nothing beside it, shows how much time is left, and offers what the rules
//! offer: a return and an army family have no refusal to offer.

pub(in super::super) mod acts;
pub(in super::super) mod letter;
pub(in super::super) mod list;
pub(in super::super) mod receive;
pub(in super::super) mod show;

use permit_words::Value;

use super::{
    super::{
        frame::{Frame, Sheet},
        visit::{Trouble, Visit},
    },
    facts,
};
use crate::{
    rules::{Case, CaseState, Denied, Person},
    said,
    site::Site,
};

/// The case of the address.
fn case<'s>(visit: &Visit<'_>, site: &'s Site) -> Result<&'s Case, Trouble> {
    site.registry.desk().case(visit.number).ok_or(Trouble::Nowhere)
}

/// An empty page about a case.
fn sheet<'v>(visit: &'v Visit<'_>, site: &Site, case: &Case, label: &str) -> Sheet<'v> {
    let title = format!("{label} · {}", title(visit, case));
    Sheet::new(Frame::new(visit, site, title), format!("/cases/{}", case.number))
}

fn title(visit: &Visit<'_>, case: &Case) -> String {
    let kind = Value::Spoken(said::case_kind(case.kind, visit.words));
    visit.words.with("case-title", &[("kind", kind), ("number", case.number.into())])
}

/// Name in both scripts, the native one first.
fn names(person: &Person) -> String {
    let native = person.native.iter().map(String::as_str);
    native.chain([person.latin.as_str()]).collect::<Vec<_>>().join(" ")
}

/// Everything that is decided about.
fn about(visit: &Visit<'_>, site: &Site, case: &Case) -> Vec<(String, String)> {
    let (words, person) = (visit.words, &case.person);
    let region = person.region.map_or_else(
        || words.get("desk-case-region-none"),
        |number| visit.pages.places().region(number, words.lang()),
    );
    let offset = site.registry.desk().office().founding().offset;
    let mut about = vec![
        (words.get("desk-case-kind"), said::case_kind(case.kind, words)),
        (words.get("card-name"), names(person)),
        (words.get("card-birth"), said::birth(person.birth)),
        (words.get("card-home"), region),
        (words.get("desk-case-people"), person.people.to_string()),
    ];
    about.extend(case.basis.clone().map(|basis| (words.get("desk-case-basis"), basis)));
    let language = facts::language(case.language).to_owned();
    about.push((words.get("desk-applicant-language"), language));
    about.push((words.get("desk-case-received"), facts::time(case.opened, offset)));
    about
}

/// How much time is left, or by how much it is overdue: in words, and whether it is. Nothing once it is decided.
fn clock(visit: &Visit<'_>, site: &Site, case: &Case) -> Option<(String, bool)> {
    let left = case.days_left(&visit.moment(site))?;
    let (id, days) = if left < 0 { ("desk-case-late", -left) } else { ("desk-case-left", left) };
    Some((visit.words.with(id, &[("days", days.into())]), left < 0))
}

const fn mark(state: CaseState) -> &'static str {
    match state {
        CaseState::Approved | CaseState::Authorised | CaseState::Departed | CaseState::Returned => {
            "good"
        }
        CaseState::RefusalProposed => "warn",
        CaseState::Refused => "bad",
        CaseState::Received | CaseState::Withdrawn => "",
    }
}

/// Not in this state.
const fn not_now(case: &Case) -> Trouble {
    Trouble::Denied(Denied::CaseState(case.state))
}
