//! What is told: every terminal as it stands, heads and passages that are signed, reports.

pub(crate) mod cells;
pub(crate) mod heads;
pub(crate) mod report;
pub(crate) mod terminals;
