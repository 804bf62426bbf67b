//! Who may do what at a desk, when, and what follows.
//!
//! | about | acts | what comes of them |
//! |---|---|---|
//! | the office | [`OfficeAct`] | [`Office`]: officers with their keys and roles, lists; [`Delegated`]: special personnel |
//! | an application | [`ApplicationAct`] | [`Application`]: papers, content, approvals, and the permit that comes of it |
//! | a case | [`CaseAct`] | [`Case`]: resettlement, return, army family; never a permit |
//! | a matter | [`MatterAct`] | [`Matter`]: an issue raised, or a differing view |
//!
//! [`Desk`] holds all of them in memory and is the one way in: [`Desk::act`] asks the act's rule and takes what
//! follows, or says why not ([`Denied`]). Whatever is replayed from a record goes the same way, so that no stored
//! state is believed that the rules would not have made. What a page offers is in [`Application::open_to`], and the
//! states with all that leads from one to the next in [`MOVES`].
//!
//! There is no field for a relative's name or address, for rank, unit or ethnicity, and none for the purpose of a
//! journey: a journey for work is not this permit, and nothing of it is kept (R7).

mod acts;
mod application;
mod born;
mod case;
mod case_step;
mod class;
mod content;
mod delegation;
mod denied;
mod design;
mod desk;
mod entry;
mod grounds;
mod matter;
mod moment;
mod moves;
mod offered;
mod office;
mod officer;
mod origin;
mod retention;
mod taken;
mod text;
mod waits;
mod wire;

#[cfg(test)]
pub(crate) mod tests;

// The way in.
pub use denied::Denied;
pub use desk::{Act, Desk, Outcome, Pending};
pub use moment::Moment;

// The office and its officers, and how its cards are drawn.
pub use design::{Layout, OwnDesign};
pub use office::{Founding, Office, OfficeAct};
pub use officer::{Officer, Term};
pub use waits::{Waits, WaitsSet};

// Special personnel, and acts as a record has them.
pub use delegation::{Delegated, LONGEST_DELEGATION, NotHandedBack};
pub(crate) use entry::{NotItsAct, content, read};

// How applications are looked up.
pub(crate) use born::{Born, born};

// Numbers given before the desk was.
pub use taken::register;

// Decisions that were offered and not taken.
pub use offered::{OFFERED_A_DAY, Refusal};

// What is let go.
pub use retention::{Ahead, Gone, LEAST_TERM, LetGo, TERM};

// Applications, and the permits that come of them.
pub use application::{Application, ApplicationAct, Given, Issued, State};
pub use class::{Class, Paper, PaperKind};
pub use content::{Language, Particulars};
pub use grounds::{Ground, Grounds};
pub use moves::{MOVES, Move, Step, drawing};
pub use origin::Origin;

// Cases.
pub use case::{Case, CaseAct, CaseKind, CaseState, Item, Person};
pub use case_step::CaseStep;

// Issues raised, and differing views.
pub use matter::{Matter, MatterAct, MatterKind, MatterState};
