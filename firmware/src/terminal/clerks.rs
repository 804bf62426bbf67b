//! Who works beside the loop: PINs and lists take as long as they take, and verdicts wait for neither.

use std::io::ErrorKind;
use std::time::Instant;

use permit_core::UnixTime;

use crate::clerk::Clerk;
use crate::lists::{Basis, Lists, Spot};
use crate::machine::{LaneNumber, Pin, PinFault, Role, SignInFault, Signed, UpdateFault};
use crate::officers::{EnrolError, Officers};
use crate::post::Bell;
use crate::stick::Stick;

/// Who works beside the loop.
#[derive(Default)]
pub(super) struct Clerks {
    /// Looks at PINs, one at a time.
    pub(super) pins: Option<Clerk<Try, Tried>>,
    /// Opens lists.
    pub(super) lists: Option<Clerk<Offer, Result<Option<Lists>, UpdateFault>>>,
}

/// What is asked of whoever looks at PINs.
pub(super) enum Try {
    /// Is this the PIN of that officer? And what may they do, at the earliest that it can be now?
    Check(u16, Pin, UnixTime),
    /// Another PIN for an officer, by a supervisor.
    Appoint { by: u16, officer: u16, pin: Pin, role: Option<Role> },
    /// Another PIN for an officer who knows the one before, at the latest that it can be now.
    Change { officer: u16, old: Pin, new: Pin, at: UnixTime },
    /// Was anybody enrolled or unlocked?
    Look,
}

/// What came of it.
pub(super) enum Tried {
    Signed(Result<Signed, SignInFault>),
    /// A PIN was set: whose, and by whom.
    Set(Result<(u16, u16), PinFault>),
    Looked,
}

/// Lists that are offered, and what they are held against.
pub(super) struct Offer {
    pub(super) stick: Stick,
    /// Read from codes; else what is on the stick.
    pub(super) bundle: Option<Vec<u8>>,
    pub(super) basis: Basis,
    pub(super) spot: Spot,
    pub(super) now: Option<UnixTime>,
}

impl Clerks {
    /// Has a PIN looked at or set; false where too much waits already.
    pub(super) fn try_pin(&self, lane: LaneNumber, asked: Try) -> bool {
        self.pins.as_ref().is_some_and(|pins| pins.give(lane, asked).is_ok())
    }

    /// A terminal that is given no thread goes on without whoever would have had it.
    pub(super) fn begin(mut officers: Officers, start: Instant, bell: &Bell) -> Self {
        let act = move |asked| tried(&mut officers, asked, start);
        let begun = |error| tracing::error!(%error, "no thread to work beside the loop");
        Self {
            pins: Clerk::begin("pins", PINS, bell.clone(), act).map_err(begun).ok(),
            lists: Clerk::begin("lists", 1, bell.clone(), Offer::open).map_err(begun).ok(),
        }
    }
}

/// Looks at a PIN, or sets one.
fn tried(officers: &mut Officers, asked: Try, start: Instant) -> Tried {
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    match asked {
        Try::Check(officer, pin, now) => Tried::Signed(
            officers.check(officer, &pin, ms).map(|officer| officers.standing(officer, now)),
        ),
        Try::Appoint { by, officer, pin, role } => {
            let done = officers.amend(|all| all.appoint(officer, &pin, role));
            Tried::Set(done.map(|()| (officer, by)).map_err(|cause| pin_fault(&cause)))
        }
        Try::Change { officer, old, new, at } => {
            Tried::Set(match officers.check(officer, &old, ms) {
                Err(SignInFault::Wrong) => Err(PinFault::Wrong),
                Err(SignInFault::Wait { .. } | SignInFault::Busy) => Err(PinFault::Busy),
                Err(_) => Err(PinFault::Unwritable),
                Ok(_) => {
                    let done = officers.amend(|all| all.change_pin(officer, &new, at));
                    done.map(|()| (officer, officer)).map_err(|cause| pin_fault(&cause))
                }
            })
        }
        Try::Look => {
            officers.look();
            Tried::Looked
        }
    }
}

fn pin_fault(cause: &EnrolError) -> PinFault {
    match cause {
        EnrolError::Short => PinFault::Short,
        EnrolError::Io(error) if error.kind() == ErrorKind::WouldBlock => PinFault::Busy,
        cause => {
            tracing::error!(%cause, "a PIN was not set");
            PinFault::Unwritable
        }
    }
}

impl Offer {
    fn open(self) -> Result<Option<Lists>, UpdateFault> {
        let Self { stick, bundle, basis, spot, now } = self;
        match bundle {
            Some(bundle) => stick.accept(&bundle, &basis, &spot, now),
            None => stick.take(&basis, &spot, now),
        }
    }
}

/// PINs that wait while one is looked at: more than there are lanes and tablets with a person before them.
const PINS: usize = 4;
