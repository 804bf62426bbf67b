//! What the whole-system tests share: a second way of writing every signed thing, and a town to try it in.
//!
//! Documents are written here from the format document, not by `permit-signing`, so that a slip in one
//! of the two shows; and everything can be written wrongly, which an honest writer refuses.

pub mod item;
pub mod key;
pub mod shared;
pub mod town;
pub mod vector;
