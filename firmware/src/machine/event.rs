//! What can happen to a terminal.
//!
//! Events come from the eye, a hand scanner, the page, the buttons, the gate and the terminal's own parts; answers to
//! what the machine asked for come back as events too, so that it never waits.

use std::sync::{Arc, Mutex, PoisonError};

use permit_core::{Checkpoint, Judgement, Now, PermitId};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::record::{Entry, RecordFault};

use super::concern::Concern;
use super::device::Device;
use super::edge::{CameraState, ChainState, ClockView, DiskState, ListsView};
use super::enrol::{PinFault, Role, Signed};
use super::figures::Figures;
use super::number::Number;
use super::view::{Part, Trouble};

/// When something happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// Milliseconds of a clock that never jumps, since the start of the process.
    pub ms: u64,
    /// The wall clock, believed or not.
    pub now: Now,
}

/// Something that happened.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Event {
    /// The self-test ended.
    Tested(Vec<Part>),
    /// The eye looked at the newest frame.
    Seen(Seen),
    /// The text of a code, from a hand or desk scanner: what leaves `permit-scan`.
    Scanned(Vec<u8>),
    /// A hand or desk scanner came or went, or is set otherwise than it should be.
    Device(Device),
    /// The answer to [`Action::Judge`](super::Action::Judge).
    Judged(Box<Judged>),
    /// The answer to [`Action::Append`](super::Action::Append): durable, or why not.
    Recorded(Entry, Result<(), RecordFault>),
    /// An entry of the other lane was durable (true) or was not.
    Kept(bool),
    /// What the verdict on the screen rests on has changed: the permit was decided on in the other lane, or there are
    /// new lists.
    Changed,
    /// Somebody asked for something.
    Asked(Command),
    /// A push button, debounced, and the verdict that was shown when it went down.
    Pressed(Button, Option<Number>),
    /// Every pin does what it is told (true), or one does not.
    Pins(bool),
    /// The gate's turn contact.
    Turned,
    /// The housing was opened (true) or closed again.
    Tamper(bool),
    /// The page on the terminal's own screen lives (true), or does not.
    Screen(bool),
    /// The camera's state changed.
    Camera(CameraState),
    /// The disk's state changed.
    Disk(DiskState),
    /// The lists changed, or grew older by a day.
    Lists(ListsView),
    /// What the journal has counted by now.
    Counted(Arc<Figures>),
    /// Whether any officer is enrolled here.
    Enrolled(bool),
    /// What was raised here and is open, as the journal has it.
    Concerns(Vec<Concern>),
    /// The answer to [`Action::Concern`](super::Action::Concern): raised (true) or closed, and on record, or why not.
    Concerned(bool, Result<(), RecordFault>),
    /// What of the terminal's own files is broken.
    Broken(Vec<Trouble>),
    /// [`Action::Judge`](super::Action::Judge) has no answer: there is nothing to judge by.
    Unjudged,
    /// Which crossing this terminal stands at, once lists know it by its name.
    Placed(u16),
    /// The clock's state changed.
    Clock(ClockView),
    /// The clock was confirmed by two officers and that was recorded (true), or it was not.
    ClockConfirmed(bool),
    /// In what state the journal's chain is.
    Chain(ChainState),
    /// A new chain was begun by two officers (true), or it was not.
    ChainBegun(bool),
    /// An update ended: taken, or why not.
    Updated(Result<(), UpdateFault>),
    /// A screen wants the journal's export.
    Wanted(Reply),
    /// An export ended: it was handed over, or why not.
    Exported(Result<(), UpdateFault>),
    /// An officer's PIN was checked.
    SignedIn(Result<Signed, SignInFault>),
    /// A PIN was set and that is on record, or why not.
    PinSet(Result<(), PinFault>),
    /// The source has no more pictures.
    Ended,
    /// Time passed.
    Tick,
}

impl Event {
    /// Whether somebody at work here did this: a touch, a button, an officer who comes. A code that is shown or scanned
    /// may be anybody's, and lies there for as long as it likes.
    pub(super) const fn is_hand(&self) -> bool {
        match self {
            Self::Asked(command) => !matches!(command, Command::Scan { .. }),
            Self::Pressed(..) | Self::SignedIn(_) => true,
            _ => false,
        }
    }
}

/// What the eye made of a frame.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Seen {
    /// Texts of the codes that were read, without doubles, in no order.
    pub texts: Vec<Vec<u8>>,
    /// Symbols in view, read or not: what is one for certain.
    pub symbols: Vec<Symbol>,
    /// What would help, if something was seen and not read.
    pub hint: Option<Hint>,
    /// Something like a code was seen and not read.
    pub unread: bool,
    /// There is more in view than could be looked at.
    pub crowded: bool,
    /// Which picture of a played source it was, counted from 0.
    pub picture: Option<u32>,
    /// The source knows that whatever was in view before is gone: only played sources do.
    pub cut: bool,
}

/// A symbol in view.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Symbol {
    /// What was read from it, if it was.
    pub text: Option<Vec<u8>>,
    /// For how long it has been there, in milliseconds.
    pub age: u64,
}

/// What to change so that a code can be read: code 10.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Hint {
    /// Something is there; no more is known.
    Show,
    /// The code is too small in the picture.
    Closer,
    /// It is cut off at the edge, or too near.
    Farther,
    /// It moves.
    HoldStill,
    /// It leans away from the camera.
    Straight,
    /// It is not sharp: it moves, or is at another distance than the lens is set to.
    Blurred,
    /// It is too dark.
    MoreLight,
    /// There is too much light.
    LessLight,
    /// Light and dark differ too little: faded, or behind something.
    Faint,
    /// A part is missing, covered or folded.
    Torn,
    /// Something shines on it.
    Glare,
    /// More than one permit is in view.
    Several,
    /// A part of a message in several codes, of which others have not been seen.
    Part,
    /// A Micro QR or rMQR code: never a permit.
    Small,
    /// A code was seen for long and cannot be read: its number can be typed.
    TypeNumber,
}

/// What is to be judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// The bytes of a code.
    Text(Vec<u8>),
    /// A number typed by hand.
    Number(PermitId),
}

/// Where a text came from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The camera.
    Camera,
    /// A hand or desk scanner.
    Scanner,
    /// The number pad.
    Typed,
}

/// A judgement, and what it answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Judged {
    /// What was judged.
    pub asked: Asked,
    /// Where.
    pub here: Checkpoint,
    /// What is said of it.
    pub judgement: Judgement,
}

/// What a page, a keyboard or a button can ask for.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(tag = "command", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Command {
    /// The person was let through.
    Admit {
        /// The verdict that is decided on.
        about: Number,
        /// Why, against an invalid verdict.
        #[serde(default)]
        grounds: Option<Grounds>,
    },
    /// The person was turned back.
    TurnBack {
        /// The verdict that is decided on.
        about: Number,
    },
    /// Disaster, illness, a child alone, distress, a request for protection: always possible.
    Assist,
    /// Back to the camera, without a decision or after one.
    Dismiss {
        /// The verdict that is put away, where one stands.
        #[serde(default)]
        about: Option<Number>,
    },
    /// Nobody went through on the last admission.
    Undo {
        /// The verdict that was decided on.
        about: Number,
    },
    /// The other direction.
    SwitchDirection,
    /// One of the three push buttons, where the page stands in for them.
    Press {
        /// Which.
        button: Button,
        /// The verdict that was shown, where one stood.
        #[serde(default)]
        about: Option<Number>,
    },
    /// Another language.
    Language {
        /// `zh`, `ko` or `en`.
        lang: Language,
    },
    /// Night colours.
    Night {
        /// On or off.
        on: bool,
    },
    /// Large type.
    Large {
        /// On or off.
        on: bool,
    },
    /// Names are not shown.
    HideNames {
        /// On or off.
        on: bool,
    },
    /// The lamp over the permit.
    Illuminate {
        /// On or off.
        on: bool,
    },
    /// A permit number, typed because the code is dead.
    Number {
        /// As it was typed.
        number: String,
    },
    /// A code, as a hand scanner gives it to the page.
    Scan {
        /// Its text.
        text: String,
    },
    /// An officer comes on duty, or takes over.
    SignIn {
        /// Number of the officer.
        officer: u16,
        /// The PIN.
        pin: Pin,
    },
    /// The officer leaves.
    SignOut,
    /// A supervisor enrols an officer, or gives one another PIN.
    Appoint {
        /// Number of the officer.
        officer: u16,
        /// Their PIN, until they change it.
        pin: Pin,
        /// Their role; the same as before, or officer, where it is not said.
        #[serde(default)]
        role: Option<Role>,
    },
    /// The officer on duty takes another PIN.
    ChangePin {
        /// The PIN until now.
        old: Pin,
        /// The new one.
        new: Pin,
    },
    /// It is another time than the clock says.
    SetClock {
        /// `YYYY-MM-DD HH:MM`, at the crossing.
        time: String,
    },
    /// An officer raises something of the closed list.
    Raise {
        /// What.
        what: Concern,
    },
    /// A supervisor closes what was raised.
    Close {
        /// What.
        what: Concern,
    },
    /// Takes the bundle from the stick.
    Update,
    /// Takes a bundle from codes, held before the camera or the hand scanner.
    ReadLists,
    /// Writes the journal's export to a stick.
    Export,
    /// Runs the self-test.
    SelfTest,
    /// Two officers say that the clock is right: one of them.
    ConfirmClock,
    /// Two officers start a new journal in place of a damaged one: one of them.
    NewChain,
}

/// Where an export goes, once; dropped without one, whoever waits is told that there is none.
#[derive(Clone, Debug)]
pub struct Reply {
    give: Arc<Mutex<Option<oneshot::Sender<Vec<u8>>>>>,
    /// Only what headquarters have not countersigned yet.
    pub(crate) newest: bool,
}

impl Reply {
    /// The two ends.
    #[must_use]
    pub fn new() -> (Self, oneshot::Receiver<Vec<u8>>) {
        let (give, take) = oneshot::channel();
        (Self { give: Arc::new(Mutex::new(Some(give))), newest: false }, take)
    }

    /// The same for what headquarters have not countersigned yet.
    #[must_use]
    pub fn newest() -> (Self, oneshot::Receiver<Vec<u8>>) {
        let (reply, take) = Self::new();
        (Self { newest: true, ..reply }, take)
    }

    /// Hands it over; false if nobody waits any more.
    #[must_use]
    pub fn give(&self, export: Vec<u8>) -> bool {
        let give = self.give.lock().unwrap_or_else(PoisonError::into_inner).take();
        give.is_some_and(|give| give.send(export).is_ok())
    }
}

impl PartialEq for Reply {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.give, &other.give)
    }
}

/// A PIN on its way: never shown, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// A PIN as it was typed.
    #[must_use]
    pub fn new(digits: String) -> Self {
        Self(Zeroizing::new(digits))
    }

    /// What was typed.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Pin {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::new)
    }
}

impl core::fmt::Debug for Pin {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// The languages of the terminal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// Korean.
    Ko,
    /// English.
    En,
}

/// On what grounds a person is admitted against an invalid verdict.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grounds {
    /// The identity and the right to cross were established otherwise.
    OtherPapers,
    /// The station confirmed by telephone.
    Confirmed,
    /// An order of a superior.
    Ordered,
    /// The lists or the terminal are known to be wrong.
    KnownError,
}

/// The three push buttons.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Button {
    /// Takes the choice that is marked.
    Confirm,
    /// Assist.
    Assist,
    /// The next choice; with nothing to choose, the other direction.
    Switch,
}

/// Why an update was not taken or an export not given. What was there before stays.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UpdateFault {
    /// No stick, or nothing on it.
    Nothing,
    /// Not a plain file, or larger than a bundle may be.
    Unfit,
    /// Its signatures or rules do not hold.
    Refused,
    /// Older than what was accepted before.
    Older,
    /// The version that was accepted before with other contents: somebody signed twice.
    Forked,
    /// Others are being looked at.
    Busy,
    /// They do not have the crossing at which this terminal stands.
    Elsewhere,
    /// There is no installed root to accept them by.
    Rootless,
    /// It could not be written.
    Unwritable,
    /// Its codes do not make the bundle they say they are: one is forged.
    Forged,
    /// It is a delta for other lists than those in use.
    Base,
}

/// Why nobody was signed in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SignInFault {
    /// Unknown officer or wrong PIN: it is not said which.
    Wrong,
    /// Too soon after a wrong one.
    Wait {
        /// Seconds left.
        seconds: u64,
    },
    /// Another PIN is being checked, and others wait.
    Busy,
    /// Who is enrolled cannot be read any more.
    Lost,
    /// The counter of tries could not be made durable.
    Unwritable,
}
