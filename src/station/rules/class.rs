//! The three classes of applicant and the papers each must have shown (R5, R6, R10, R11, R14, R15).
//!
//! A class is the applicant's, never the permit's: nothing of it is printed or signed into a code (R1).

use minicbor::{Decode, Encode};
use permit_core::Day;
use permit_record::Role;

use super::wire;

/// Who applies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Class {
    /// Own side's national living in the zone (R10).
    #[n(0)]
    Resident,
    /// Other side's national lawfully living in the zone (R5, R11).
    #[n(1)]
    ForeignResident,
    /// State employee, commune level and above, living in the zone (R6, R14–R16).
    #[n(2)]
    StateEmployee,
}

/// A kind of paper that is shown, not kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum PaperKind {
    /// A letter of a relative on the other side.
    #[n(0)]
    RelativeLetter,
    /// A letter of the commune.
    #[n(1)]
    CommuneLetter,
    /// A national credential.
    #[n(2)]
    NationalCredential,
    /// A letter of introduction of the supervising department.
    #[n(3)]
    DepartmentLetter,
    /// A letter of the unit's personnel department.
    #[n(4)]
    PersonnelLetter,
    /// A letter of the unit's protection department.
    #[n(5)]
    ProtectionLetter,
}

/// A paper that was seen. Whose name stands in it is not taken in.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Paper {
    /// Which kind.
    #[n(0)]
    pub kind: PaperKind,
    /// The body that issued it; of a relative's letter the place it comes from, at most.
    #[n(1)]
    pub issuer: String,
    /// The date it bears.
    #[cbor(n(2), with = "wire::day")]
    pub dated: Day,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Resident, Self::ForeignResident, Self::StateEmployee];

    /// What must be shown: every need, each by any one of its kinds.
    #[must_use]
    pub const fn needs(self) -> &'static [&'static [PaperKind]] {
        match self {
            Self::Resident => &[&[PaperKind::RelativeLetter], &[PaperKind::CommuneLetter]],
            Self::ForeignResident => {
                &[&[PaperKind::NationalCredential], &[PaperKind::DepartmentLetter]]
            }
            Self::StateEmployee => &[&[PaperKind::PersonnelLetter, PaperKind::ProtectionLetter]],
        }
    }

    /// The need that a kind of paper meets; `None` where it is not asked for.
    #[must_use]
    pub fn need(self, kind: PaperKind) -> Option<&'static [PaperKind]> {
        self.needs().iter().copied().find(|need| need.contains(&kind))
    }

    /// Whether the papers come before the form opens (R15).
    #[must_use]
    pub const fn papers_first(self) -> bool {
        matches!(self, Self::StateEmployee)
    }

    /// Whose approvals it takes: every one of these, each by any one of its roles (R16).
    #[must_use]
    pub const fn approvals(self) -> &'static [&'static [Role]] {
        match self {
            Self::Resident | Self::ForeignResident => &[&[Role::Police, Role::BorderDefence]],
            Self::StateEmployee => &[&[Role::Police], &[Role::BorderDefence]],
        }
    }
}
