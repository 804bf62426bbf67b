//! What a return counts, and what that is called: ids of messages.

use permit_record::{Age, Outcome, Waits};

/// A class of applicant, as a return has it.
#[must_use]
pub const fn class(class: u8) -> &'static str {
    match class {
        0 => "class-resident",
        1 => "class-foreign-resident",
        _ => "class-state-employee",
    }
}

/// What was done with an application.
#[must_use]
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::HandedIn => "situation-outcome-handed-in",
        Outcome::Issued => "situation-outcome-issued",
        Outcome::Refused => "situation-outcome-refused",
        Outcome::Revoked => "situation-outcome-revoked",
        Outcome::Withdrawn => "situation-outcome-withdrawn",
        Outcome::HandedOver => "situation-outcome-handed-over",
        Outcome::Surrendered => "situation-outcome-surrendered",
        Outcome::Lost => "situation-outcome-lost",
        Outcome::Reprinted => "situation-outcome-reprinted",
        Outcome::Corrected => "situation-outcome-corrected",
    }
}

/// A ground of a refusal or a revocation, as a return has it.
#[must_use]
pub const fn ground(ground: u8) -> &'static str {
    match ground {
        0 => "ground-not-resident",
        1 => "ground-no-class",
        2 => "ground-false-paper",
        3 => "ground-false-statement",
        4 => "ground-misuse",
        5 => "ground-mistake",
        _ => "ground-other",
    }
}

/// A kind of case, as a return has it.
#[must_use]
pub const fn kind(kind: u8) -> &'static str {
    match kind {
        0 => "situation-kind-resettlement",
        1 => "situation-kind-return",
        _ => "situation-kind-army-family",
    }
}

/// How old a case is.
#[must_use]
pub const fn age(age: Age) -> &'static str {
    match age {
        Age::Week => "situation-age-7",
        Age::Fortnight => "situation-age-14",
        Age::Month => "situation-age-30",
        Age::Quarter => "situation-age-90",
        Age::Older => "situation-age-older",
    }
}

/// What a case waits for.
#[must_use]
pub const fn waits(waits: Waits) -> &'static str {
    match waits {
        Waits::Decision => "situation-waits-decision",
        Waits::Checklist => "situation-waits-checklist",
        Waits::Obstacle => "situation-waits-obstacle",
        Waits::SecondOfficer => "situation-waits-second-officer",
        Waits::Authorisation => "situation-waits-authorisation",
        Waits::Departure => "situation-waits-departure",
    }
}
