//! From what a clerk typed to a signed permit.
//!
//! A [`Row`] is whatever a TOML, JSON or CSV file said. An [`Issuer`] is a station key that may sign
//! directly, found in an accepted bundle. Together they give a [`Request`], or every problem of the row
//! at once. Columns that are not a permit's are refused: nothing else about a person is taken in.

mod dates;
mod issuer;
mod normal;
mod problem;
mod row;

pub use self::{
    dates::iso,
    issuer::{IssueError, Issuer, NotAnIssuer, Request, birth},
    normal::{latin, native},
    problem::{Problem, Why},
    row::{Cell, FIELDS, Row},
};

#[cfg(test)]
mod tests;
