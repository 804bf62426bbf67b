//! The record of a desk, byte by byte: entries in one chain, approvals, enrolments, delegations, and the return that goes out;
//! and what headquarters sign besides the trust documents.
//!
//! What a station answers for is in this form, and nothing else counts: tables can be changed by whoever reaches a
//! database, a chain of signed entries cannot. It is described in sections 15 and 16 of the format document, where a second
//! reader in another language agrees with it.
//!
//! | thing | signed by | as |
//! |---|---|---|
//! | [`Entry`] | the desk's record key | COSE_Sign1, kind `record` |
//! | [`Approval`] | the officer who decides | COSE_Sign1, kind `approval` |
//! | [`Enrolment`] | two supervisors | COSE_Sign, kind `enrolment` |
//! | [`Return`] | the desk's record key | COSE_Sign1, kind `return` |
//! | [`Delegation`] | two supervisors | COSE_Sign, kind `delegation` |
//! | [`Handed`] | nobody: every entry in it is | a record as one file |
//! | [`Report`] | headquarters | COSE_Sign1, kind `report` |
//! | [`Crossings`] | headquarters, for the other side's | COSE_Sign1, kind `passages` |
//!
//! The content of an entry (its *body*) stands beside the chain, which holds a digest of it: what the law lets go is
//! deleted, and the chain still verifies. It knows no rule of a desk, opens no key, reads no clock and no file.

mod approval;
mod chain;
mod delegation;
mod enrolment;
mod entry;
mod handed;
mod offered;
mod passages;
mod report;
mod returns;
mod sealed;
mod wire;

#[cfg(test)]
mod tests;

// The chain.
pub use chain::{Chain, Link, Missing, Tip};
pub use entry::{Body, Entry, Subject};

// What officers sign.
pub use approval::{Approval, Decision};
pub use enrolment::{Enrolment, Role, Roles};
pub use offered::{NotTaken, Offered};

// What special personnel are given, and hand back.
pub use delegation::{Ascending, Delegation};
pub use handed::{Handed, Recorded};

// What headquarters get.
pub use returns::{Age, Count, Open, Outcome, Raised, Return, Waits};

// What headquarters sign.
pub use passages::{Crossing, Crossings, Known, Place};
pub use report::{File, Report, Reported};

// Why bytes are not one of these.
pub use sealed::{Refused, opened};
