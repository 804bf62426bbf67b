//! The rules, one requirement after the other, and a model that walks through all of them at random.

mod applicants;
mod cases;
mod decisions;
mod delegation;
mod model;
mod office;
pub(crate) mod scene;
mod taken;
