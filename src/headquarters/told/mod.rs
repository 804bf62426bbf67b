//! What is told: every terminal as it stands, heads, passages and presence that are signed, reports.

pub(crate) mod cells;
pub(crate) mod countersigned;
pub(crate) mod heads;
pub(crate) mod now;
pub(crate) mod numbers;
pub(crate) mod presence;
pub(crate) mod report;
pub(crate) mod terminals;
pub(crate) mod zone;
