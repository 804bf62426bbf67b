//! Issues raised and differing views (R17, R18): anybody raises one, nothing closes without words, and what is open
//! goes into the next report.

use minicbor::{Decode, Encode};
use permit_core::UnixTime;
use permit_record::{Role, Subject};

use super::{Denied, Moment, text};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum MatterKind {
    /// An issue.
    #[n(0)]
    Issue,
    /// A view that differs.
    #[n(1)]
    DifferingView,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MatterState {
    /// Open: it goes into the next report.
    Open,
    /// Closed, with words.
    Closed,
}

/// What is done with it.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug)]
#[cbor(flat)]
#[non_exhaustive]
pub enum MatterAct {
    /// Somebody raises it.
    #[n(0)]
    Raise(#[n(0)] MatterKind, #[n(1)] String),
    /// Somebody answers; it stays open.
    #[n(1)]
    Answer(#[n(0)] String),
    /// A supervisor who did not raise it closes it, and says why.
    #[n(2)]
    Close(#[n(0)] String),
    /// It is opened again.
    #[n(3)]
    Reopen(#[n(0)] String),
}

/// An issue raised, or a differing view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Matter {
    /// Its number.
    pub number: u32,
    /// Which of the two.
    pub kind: MatterKind,
    /// What was said: by whom, when, in which words.
    pub said: Vec<(u16, UnixTime, String)>,
    /// Where it stands.
    pub state: MatterState,
    /// Its last entry in the record.
    pub last: u64,
}

impl MatterAct {
    /// Its number in an entry.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Raise(..) => 0,
            Self::Answer(_) => 1,
            Self::Close(_) => 2,
            Self::Reopen(_) => 3,
        }
    }
}

impl Matter {
    /// Raised by any officer.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn open(moment: &Moment<'_>, number: u32, act: &MatterAct) -> Result<Self, Denied> {
        let MatterAct::Raise(kind, words) = act else {
            return Err(Denied::NoSubject(Subject::Matter(number)));
        };
        moment.officer()?;
        text::sound(words, text::LONG)?;
        let said = vec![(moment.by, moment.at, words.clone())];
        Ok(Self { number, kind: *kind, said, state: MatterState::Open, last: moment.sequence })
    }

    /// Does an act: what it is afterwards.
    ///
    /// # Errors
    ///
    /// Why it may not be done.
    pub fn next(&self, moment: &Moment<'_>, act: &MatterAct) -> Result<Self, Denied> {
        moment.officer()?;
        let (from, to, words) = match act {
            MatterAct::Raise(..) => return Err(Denied::NoSubject(Subject::Matter(self.number))),
            MatterAct::Answer(words) => (MatterState::Open, MatterState::Open, words),
            MatterAct::Close(words) => {
                moment.has(&[Role::Supervisor])?;
                if self.said.first().is_some_and(|(by, ..)| *by == moment.by) {
                    return Err(Denied::OwnCase);
                }
                (MatterState::Open, MatterState::Closed, words)
            }
            MatterAct::Reopen(words) => (MatterState::Closed, MatterState::Open, words),
        };
        if self.state != from {
            return Err(Denied::MatterState(self.state));
        }
        text::sound(words, text::LONG)?;
        let mut next = self.clone();
        next.said.push((moment.by, moment.at, words.clone()));
        (next.state, next.last) = (to, moment.sequence);
        Ok(next)
    }
}
