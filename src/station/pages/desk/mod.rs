//! The work of the desk, one file a kind of page.

pub(super) mod acts;
pub(super) mod batch;
pub(super) mod beside;
pub(super) mod cases;
pub(super) mod decision;
mod facts;
mod form;
pub(super) mod matters;
pub(super) mod office;
pub(super) mod paper;
pub(super) mod person;
pub(super) mod prints;
mod refusals;
pub(super) mod search;
pub(super) mod show;
mod sign;
pub(super) mod start;
