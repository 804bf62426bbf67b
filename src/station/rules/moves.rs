//! Every state of an application and every way from one to another, in one table.
//!
//! The rules ask this table who may do a step and from where; the drawing in the documentation is made from it.

use core::fmt::Write as _;

use permit_record::Role;

use super::State;

/// The steps of an application, numbered as in a record's entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Step {
    /// It is begun.
    Open = 0,
    /// A paper was seen.
    See = 1,
    /// The form is filled in, or filled in anew.
    Fill = 2,
    /// It is handed in.
    Submit = 3,
    /// Something is missing.
    Want = 4,
    /// Somebody begins to review it.
    Review = 5,
    /// One approval.
    Approve = 6,
    /// A refusal is proposed.
    ProposeRefusal = 7,
    /// A second officer refuses.
    Refuse = 8,
    /// The proposal to refuse is dropped.
    DropRefusal = 9,
    /// An error is corrected before the permit is issued.
    Correct = 10,
    /// The permit is signed.
    Issue = 11,
    /// It is printed.
    Print = 12,
    /// The print was read back.
    ReadBack = 13,
    /// A further copy supersedes the ones before.
    Reprint = 14,
    /// It is handed over.
    HandOver = 15,
    /// The applicant takes it back, as long as no copy of the permit was handed over.
    Withdraw = 16,
    /// The holder gives the permit back, or a lost one is found.
    Surrender = 17,
    /// It is reported lost.
    Lose = 18,
    /// A revocation is proposed.
    ProposeRevocation = 19,
    /// A second officer revokes.
    Revoke = 20,
    /// The proposal to revoke is dropped.
    DropRevocation = 21,
    /// A corrected permit takes its place.
    Supersede = 22,
}

/// One row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Move {
    /// What is done.
    pub step: Step,
    /// In which states it may be.
    pub from: &'static [State],
    /// What may follow; empty: it stays as it was.
    pub to: &'static [State],
    /// Who may: any one of these; empty: the desk itself, as a part of another act.
    pub by: &'static [Role],
    /// Whether it takes the officer's signature.
    pub signed: bool,
}

use State as S;

const COUNTER: &[Role] = &[Role::Counter];
const DECIDES: &[Role] = &[Role::Police, Role::BorderDefence];
/// States in which there is a card, or will be at once.
const CARD: &[State] =
    &[S::Issued, S::Printed, S::ReadBack, S::HandedOver, S::Active, S::Expired, S::Lost];

const fn row(
    step: Step,
    from: &'static [State],
    to: &'static [State],
    by: &'static [Role],
) -> Move {
    Move { step, from, to, by, signed: false }
}

const fn signed(step: Step, from: &'static [State], to: &'static [State]) -> Move {
    Move { step, from, to, by: DECIDES, signed: true }
}

/// Every way from one state to another.
pub const MOVES: [Move; 23] = [
    row(Step::Open, &[], &[S::Draft], COUNTER),
    row(Step::See, &[S::Draft, S::Incomplete], &[], COUNTER),
    row(Step::Fill, &[S::Draft, S::Incomplete], &[], COUNTER),
    row(Step::Submit, &[S::Draft, S::Incomplete], &[S::Submitted], COUNTER),
    row(Step::Want, &[S::Submitted, S::UnderReview], &[S::Incomplete], DECIDES),
    row(Step::Review, &[S::Submitted], &[S::UnderReview], DECIDES),
    signed(Step::Approve, &[S::UnderReview], &[S::UnderReview, S::Approved]),
    signed(Step::ProposeRefusal, &[S::UnderReview], &[S::RefusalProposed]),
    signed(Step::Refuse, &[S::RefusalProposed], &[S::Refused]),
    row(Step::DropRefusal, &[S::RefusalProposed], &[S::UnderReview], DECIDES),
    row(
        Step::Correct,
        &[S::Submitted, S::UnderReview, S::Approved],
        &[S::Submitted, S::UnderReview],
        COUNTER,
    ),
    row(Step::Issue, &[S::Approved], &[S::Issued], COUNTER),
    row(Step::Print, &[S::Issued], &[S::Printed], COUNTER),
    row(Step::ReadBack, &[S::Printed], &[S::Printed, S::ReadBack], COUNTER),
    row(
        Step::Reprint,
        &[S::Printed, S::ReadBack, S::HandedOver, S::Active, S::Lost],
        &[S::Issued],
        COUNTER,
    ),
    row(Step::HandOver, &[S::ReadBack], &[S::HandedOver], COUNTER),
    row(
        Step::Withdraw,
        &[
            S::Draft,
            S::Submitted,
            S::Incomplete,
            S::UnderReview,
            S::Approved,
            S::Issued,
            S::Printed,
            S::ReadBack,
            S::RefusalProposed,
            S::RevocationProposed,
            S::Lost,
        ],
        &[S::Withdrawn],
        COUNTER,
    ),
    row(
        Step::Surrender,
        &[S::HandedOver, S::Active, S::Expired, S::Lost],
        &[S::Surrendered],
        COUNTER,
    ),
    row(
        Step::Lose,
        &[S::Printed, S::ReadBack, S::HandedOver, S::Active, S::Expired],
        &[S::Lost],
        COUNTER,
    ),
    signed(Step::ProposeRevocation, CARD, &[S::RevocationProposed]),
    signed(Step::Revoke, &[S::RevocationProposed], &[S::Revoked]),
    row(
        Step::DropRevocation,
        &[S::RevocationProposed],
        &[S::Issued, S::Printed, S::ReadBack, S::HandedOver, S::Lost],
        DECIDES,
    ),
    row(Step::Supersede, CARD, &[S::Superseded], &[]),
];

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 23] = {
        let mut all = [Self::Open; 23];
        let mut at = 0;
        while at < all.len() {
            all[at] = MOVES[at].step;
            at += 1;
        }
        all
    };

    /// Its row.
    #[must_use]
    pub const fn row(self) -> &'static Move {
        &MOVES[self as usize]
    }
}

/// The table as a drawing in Mermaid's language, as the documentation shows it.
#[must_use]
pub fn drawing() -> String {
    let mut out = String::from("stateDiagram-v2\n    [*] --> Draft: Open\n");
    for row in MOVES.iter().filter(|row| !row.to.is_empty()) {
        for from in row.from.iter().filter(|from| !from.by_time()) {
            for to in row.to.iter().filter(|to| row.step != Step::Correct || follows(*from, **to)) {
                // Writing to a String cannot fail.
                let _ = writeln!(out, "    {from:?} --> {to:?}: {:?}", row.step);
            }
        }
    }
    out.push_str("    HandedOver --> Active: first day\n    Active --> Expired: last day\n");
    for state in State::ALL.iter().filter(|state| state.is_final()) {
        let _ = writeln!(out, "    {state:?} --> [*]");
    }
    out
}

/// A correction takes an approved application back to review and leaves others where they are.
fn follows(from: State, to: State) -> bool {
    to == if from == S::Submitted { S::Submitted } else { S::UnderReview }
}
