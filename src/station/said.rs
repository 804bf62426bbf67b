//! What the rules' values are called: ids of messages, with their variables.
//!
//! Every wording is in the words; here each value is matched to its message, so that pages and the command line say
//! the same.

use permit_core::Birth;
use permit_record::{NotTaken, Role};
use permit_signing::permit::Why;
use permit_words::{Value, Words};

use crate::{
    batch::WrongWhy,
    delegation::Conflict,
    rules::{CaseKind, CaseState, Class, Denied, Ground, Item, NotHandedBack, PaperKind, State},
};

/// A state of an application.
#[must_use]
pub fn state(state: State, words: &Words) -> String {
    words.get(match state {
        State::Draft => "state-draft",
        State::Submitted => "state-submitted",
        State::Incomplete => "state-incomplete",
        State::UnderReview => "state-under-review",
        State::Approved => "state-approved",
        State::RefusalProposed => "state-refusal-proposed",
        State::Refused => "state-refused",
        State::Issued => "state-issued",
        State::Printed => "state-printed",
        State::ReadBack => "state-read-back",
        State::HandedOver => "state-handed-over",
        State::Active => "state-active",
        State::Expired => "state-expired",
        State::Surrendered => "state-surrendered",
        State::Lost => "state-lost",
        State::RevocationProposed => "state-revocation-proposed",
        State::Revoked => "state-revoked",
        State::Withdrawn => "state-withdrawn",
        State::Superseded => "state-superseded",
    })
}

/// A role.
#[must_use]
pub fn role(role: Role, words: &Words) -> String {
    words.get(match role {
        Role::Counter => "role-counter",
        Role::Police => "role-police",
        Role::BorderDefence => "role-border-defence",
        Role::Cases => "role-cases",
        Role::Supervisor => "role-supervisor",
    })
}

/// A class of applicant: on pages, never on a permit.
#[must_use]
pub fn class(class: Class, words: &Words) -> String {
    words.get(match class {
        Class::Resident => "class-resident",
        Class::ForeignResident => "class-foreign-resident",
        Class::StateEmployee => "class-state-employee",
    })
}

/// A kind of paper.
#[must_use]
pub fn paper(kind: PaperKind, words: &Words) -> String {
    words.get(match kind {
        PaperKind::RelativeLetter => "paper-relative-letter",
        PaperKind::CommuneLetter => "paper-commune-letter",
        PaperKind::NationalCredential => "paper-national-credential",
        PaperKind::DepartmentLetter => "paper-department-letter",
        PaperKind::PersonnelLetter => "paper-personnel-letter",
        PaperKind::ProtectionLetter => "paper-protection-letter",
    })
}

/// A kind of case.
#[must_use]
pub fn case_kind(kind: CaseKind, words: &Words) -> String {
    words.get(match kind {
        CaseKind::Resettlement => "case-resettlement",
        CaseKind::Return => "case-return",
        CaseKind::ArmyFamily => "case-army-family",
    })
}

/// A state of a case.
#[must_use]
pub fn case_state(state: CaseState, words: &Words) -> String {
    words.get(match state {
        CaseState::Received => "case-state-received",
        CaseState::Approved => "case-state-approved",
        CaseState::RefusalProposed => "case-state-refusal-proposed",
        CaseState::Refused => "case-state-refused",
        CaseState::Authorised => "case-state-authorised",
        CaseState::Departed => "case-state-departed",
        CaseState::Returned => "case-state-returned",
        CaseState::Withdrawn => "case-state-withdrawn",
    })
}

/// A point of a case's checklist.
#[must_use]
pub fn item(item: Item, words: &Words) -> String {
    words.get(match item {
        Item::OwnWish => "case-item-own-wish",
        Item::Relatives => "case-item-relatives",
        Item::Credential => "case-item-credential",
        Item::Request => "case-item-request",
        Item::Consent => "case-item-consent",
    })
}

/// A ground of a refusal or a revocation.
#[must_use]
pub fn ground(ground: Ground, words: &Words) -> String {
    words.get(match ground {
        Ground::NotResident => "ground-not-resident",
        Ground::NoClass => "ground-no-class",
        Ground::FalsePaper => "ground-false-paper",
        Ground::FalseStatement => "ground-false-statement",
        Ground::Misuse => "ground-misuse",
        Ground::Mistake => "ground-mistake",
        Ground::Other => "ground-other",
    })
}

/// Each of several needs by any one of its kinds: "a, b or c".
pub fn needs<T: Copy>(needs: &[&[T]], words: &Words, one: fn(T, &Words) -> String) -> String {
    let or = words.get("station-or");
    let any =
        |kinds: &&[T]| kinds.iter().map(|kind| one(*kind, words)).collect::<Vec<_>>().join(&or);
    needs.iter().map(any).collect::<Vec<_>>().join(" · ")
}

/// Why a decision that was offered was not taken.
#[must_use]
pub fn not_taken(why: NotTaken, words: &Words) -> String {
    words.get(match why {
        NotTaken::Forged => "not-taken-forged",
        NotTaken::OtherContent => "not-taken-other-content",
        NotTaken::OtherTime => "not-taken-other-time",
        NotTaken::Left => "not-taken-left",
        NotTaken::Role => "not-taken-role",
        NotTaken::SamePerson => "not-taken-same-person",
        NotTaken::OtherState => "not-taken-other-state",
    })
}

/// Something to look at in what the special personnel of a station handed back.
#[must_use]
pub fn conflict(station: u16, conflict: &Conflict, offset: i16, words: &Words) -> String {
    match conflict {
        Conflict::Covered { number, commune, since } => {
            let values = [
                ("station", station.into()),
                ("number", (*number).into()),
                ("commune", commune.as_str().into()),
                ("since", since.day(offset).to_string().into()),
            ];
            words.with("station-conflict-covered", &values)
        }
        Conflict::Alike { number, station: at, other } => {
            let values = [
                ("station", station.into()),
                ("number", (*number).into()),
                ("at", (*at).into()),
                ("other", (*other).into()),
            ];
            words.with("station-conflict-alike", &values)
        }
    }
}

/// A birth as it is written on a permit.
#[must_use]
pub fn birth(birth: Birth) -> String {
    match birth {
        Birth::Day(day) => day.to_string(),
        Birth::Month(year, month) => format!("{year:04}-{month:02}"),
        Birth::Year(year) => format!("{year:04}"),
    }
}

/// What is wrong with a cell of a batch.
#[must_use]
pub fn wrong(wrong: &WrongWhy, words: &Words) -> String {
    match wrong {
        WrongWhy::Field(field) => why(field, words),
        WrongWhy::Choice(names) => {
            words.with("station-import-choice", &[("names", names.join(", ").into())])
        }
        WrongWhy::SameAs(row) => {
            words.with("station-import-same", &[("row", row.to_string().into())])
        }
        WrongWhy::HalfAPaper => words.get("station-import-half"),
    }
}

/// A message with its variables.
#[must_use]
pub fn told((id, values): (&str, Vec<(&'static str, String)>), words: &Words) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.into())).collect();
    words.with(id, &values)
}

/// What is wrong with a field, as `permit issue` says it of a row.
#[must_use]
pub fn why(why: &Why, words: &Words) -> String {
    match why {
        Why::Missing => words.get("row-missing"),
        Why::Character(c) => {
            let code = format!("U+{:04X}", u32::from(*c));
            words.with("row-character", &[("c", c.to_string().into()), ("code", code.into())])
        }
        Why::TooLong { bytes, most } => {
            words.with("row-long", &[("bytes", (*bytes).into()), ("most", (*most).into())])
        }
        Why::TooMany { most } => words.with("row-many", &[("most", (*most).into())]),
        Why::Number { least, most } => {
            words.with("row-number", &[("least", (*least).into()), ("most", (*most).into())])
        }
        Why::Date => words.get("desk-why-date"),
        Why::Birth => words.get("desk-why-birth"),
        Why::NotInRegister => words.get("desk-why-region"),
        Why::Ambiguous => words.get("row-ambiguous"),
        Why::NotServed => words.get("row-not-served"),
        Why::OutsideZone => words.get("row-outside"),
        Why::BornLater => words.get("row-born-later"),
        Why::Past { today } => words.with("row-past", &[("day", today.to_string().into())]),
        Why::BeforeFrom { from } => words.with("row-before", &[("day", from.to_string().into())]),
        Why::Validity { days, longest } => {
            words.with("row-validity", &[("days", (*days).into()), ("longest", (*longest).into())])
        }
        other => words.with("row-other", &[("said", other.to_string().into())]),
    }
}

/// Why an act is not done.
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table, one reason a line")]
pub fn denied(denied: &Denied, words: &Words) -> String {
    let plain = |id: &str| words.get(id);
    let with = |id: &str, name: &str, value: Value<'_>| words.with(id, &[(name, value)]);
    let said = |id: &str| with(id, "said", denied.to_string().into());
    let roles =
        |id: &str, list: &[&[Role]]| with(id, "roles", Value::Spoken(needs(list, words, role)));
    match denied {
        Denied::NoOfficer { officer } => with("denied-no-officer", "officer", (*officer).into()),
        Denied::Dismissed { officer } => with("denied-dismissed", "officer", (*officer).into()),
        Denied::Role { any_of } => roles("denied-role", &[any_of]),
        Denied::NoSubject(_) => plain("denied-no-subject"),
        Denied::State(now) => with("denied-state", "state", Value::Spoken(state(*now, words))),
        Denied::CaseState(_) | Denied::MatterState(_) => plain("denied-case-state"),
        Denied::NotAsked { kind } => {
            with("denied-not-asked", "paper", Value::Spoken(paper(*kind, words)))
        }
        Denied::FutureDate { dated } => with("denied-future", "day", dated.to_string().into()),
        Denied::PapersFirst { any_of } => {
            with("denied-papers", "papers", Value::Spoken(needs(&[any_of], words, paper)))
        }
        Denied::Papers(missing) => {
            with("denied-papers", "papers", Value::Spoken(needs(missing, words, paper)))
        }
        Denied::NotFilled => plain("denied-not-filled"),
        Denied::Nationality { nationality } => {
            with("denied-nationality", "number", (*nationality).into())
        }
        Denied::NotServed { region } => with("denied-not-served", "number", (*region).into()),
        Denied::TooManyDays { days, most } => {
            words.with("denied-days", &[("days", (*days).into()), ("most", (*most).into())])
        }
        Denied::Unfit { flaw } => with("denied-unfit", "said", flaw.to_string().into()),
        Denied::FromPassed { from: day } | Denied::Past { through: day } => {
            with("denied-passed", "day", day.to_string().into())
        }
        Denied::HandedOver => plain("denied-handed-over"),
        Denied::OwnCase => plain("denied-own-case"),
        Denied::TypedIn => plain("denied-typed-in"),
        Denied::SamePerson => plain("denied-same-person"),
        Denied::RoleTaken { role: taken } => {
            with("denied-role-taken", "role", Value::Spoken(role(*taken, words)))
        }
        Denied::Signature(_) => said("denied-signature"),
        Denied::OtherContent => plain("denied-other-content"),
        Denied::OtherTime => plain("denied-other-time"),
        Denied::Approvals(missing) => roles("denied-approvals", missing),
        Denied::Number => plain("denied-number"),
        Denied::OtherPermit => plain("denied-other-permit"),
        Denied::PortraitGone => plain("denied-portrait-gone"),
        Denied::LastCopy => plain("denied-last-copy"),
        Denied::Grade { .. } => plain("denied-grade"),
        Denied::TextMissing | Denied::TextTooLong { .. } | Denied::Character { .. } => {
            said("denied-text")
        }
        Denied::TooSoon { least } => with("denied-too-soon", "day", least.to_string().into()),
        Denied::NotIndependent { .. } => plain("denied-not-independent"),
        Denied::Bounds { least, most } => {
            words.with("row-number", &[("least", (*least).into()), ("most", (*most).into())])
        }
        Denied::Same => plain("denied-same"),
        Denied::LastSupervisors | Denied::NotTwoSupervisors => plain("denied-supervisors"),
        Denied::KeyTaken | Denied::WeakKey => plain("denied-key"),
        Denied::FixedChecklist | Denied::Checklist(_) => plain("denied-checklist"),
        Denied::NeverRefused => plain("denied-never-refused"),
        Denied::Founding => plain("denied-founding"),
        Denied::Clock => plain("denied-clock"),
        Denied::Commune => plain("denied-commune"),
        Denied::Covered => plain("denied-covered"),
        Denied::NotDelegated { from, through } => {
            let days = [("from", from.to_string().into()), ("through", through.to_string().into())];
            words.with("denied-not-delegated", &days)
        }
        Denied::Quota { most } => with("denied-quota", "most", (*most).into()),
        Denied::NoDelegation => plain("denied-no-delegation"),
        Denied::StationNumber { station } => {
            with("denied-station-number", "station", (*station).into())
        }
        Denied::TooEarly { least } => with("denied-too-early", "least", (*least).into()),
        Denied::NoRegister => plain("denied-no-register"),
        Denied::RegisterTaken => plain("denied-register-taken"),
        Denied::NumbersMeet => plain("denied-numbers-meet"),
        Denied::HandedBack(NotHandedBack::Sealed) => plain("denied-sealed"),
        Denied::HandedBack(_) => said("denied-handed-back"),
    }
}
