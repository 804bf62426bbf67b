//! Every act of a case by name: in which states it may be done, and by whom.

use permit_record::Role;

use super::{Case, CaseAct, CaseKind, CaseState, Moment};

/// The acts of a case, numbered as in a record's entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum CaseStep {
    /// It is received.
    Open = 0,
    /// A point of the checklist is there.
    Have = 1,
    /// What keeps it from going on is written down, or has ended.
    Block = 2,
    /// It is approved.
    Approve = 3,
    /// A refusal is proposed.
    ProposeRefusal = 4,
    /// A second officer refuses.
    Refuse = 5,
    /// The proposal to refuse is dropped.
    DropRefusal = 6,
    /// The printed authorisation is handed over.
    Authorise = 7,
    /// The person has gone.
    Depart = 8,
    /// The person has come back.
    Return = 9,
    /// The person takes it back.
    Withdraw = 10,
}

/// Who works cases.
const CASES: &[Role] = &[Role::Cases];
/// Who decides them.
pub(super) const DECIDES: &[Role] = &[Role::Police, Role::Supervisor];

impl CaseStep {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Open,
        Self::Have,
        Self::Block,
        Self::Approve,
        Self::ProposeRefusal,
        Self::Refuse,
        Self::DropRefusal,
        Self::Authorise,
        Self::Depart,
        Self::Return,
        Self::Withdraw,
    ];

    /// Which one an act is.
    #[must_use]
    pub const fn of(act: &CaseAct) -> Self {
        match act {
            CaseAct::Open { .. } => Self::Open,
            CaseAct::Have(_) => Self::Have,
            CaseAct::Block(_) => Self::Block,
            CaseAct::Approve(_) => Self::Approve,
            CaseAct::ProposeRefusal(..) => Self::ProposeRefusal,
            CaseAct::Refuse(_) => Self::Refuse,
            CaseAct::DropRefusal => Self::DropRefusal,
            CaseAct::Authorise => Self::Authorise,
            CaseAct::Depart => Self::Depart,
            CaseAct::Return => Self::Return,
            CaseAct::Withdraw => Self::Withdraw,
        }
    }

    /// In which states it may be done.
    #[must_use]
    pub const fn from(self) -> &'static [CaseState] {
        use CaseState as S;
        match self {
            Self::Open => &[],
            Self::Have | Self::Approve | Self::ProposeRefusal => &[S::Received],
            Self::Block => &[S::Received, S::Approved, S::Authorised],
            Self::Refuse | Self::DropRefusal => &[S::RefusalProposed],
            Self::Authorise => &[S::Approved],
            Self::Depart => &[S::Authorised],
            Self::Return => &[S::Departed],
            Self::Withdraw => &[S::Received, S::Approved, S::RefusalProposed, S::Authorised],
        }
    }

    /// Who may: any one of these.
    #[must_use]
    pub const fn by(self) -> &'static [Role] {
        match self {
            Self::Approve | Self::ProposeRefusal | Self::Refuse | Self::DropRefusal => DECIDES,
            _ => CASES,
        }
    }
}

impl Case {
    /// The acts that an officer could do now, as far as kind, state, checklist and roles go: what a page offers.
    #[must_use]
    pub fn open_to(&self, moment: &Moment<'_>) -> Vec<CaseStep> {
        let complete = self.missing().is_empty();
        let may = |step: &CaseStep| match step {
            CaseStep::Have => !complete,
            CaseStep::Approve => complete,
            CaseStep::ProposeRefusal => self.kind.can_be_refused(),
            CaseStep::Return => self.kind == CaseKind::ArmyFamily,
            _ => true,
        };
        let steps = CaseStep::ALL.into_iter().filter(|step| step.from().contains(&self.state));
        steps.filter(|step| may(step) && moment.has(step.by()).is_ok()).collect()
    }
}
