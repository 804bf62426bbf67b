//! What is kept: tables and their rows, totals by day, what passages of each permit come to; how it is let go after its term,
//! and worked out anew.

pub(crate) mod check;
pub(crate) mod forget;
pub(crate) mod raised;
pub(crate) mod row;
pub(crate) mod standing;
pub(crate) mod tables;
pub(crate) mod totals;
