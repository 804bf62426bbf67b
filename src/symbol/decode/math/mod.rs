//! Mathematics that knows neither pictures nor symbols.
//!
//! Operators on places are [`Point`](crate::Point)'s own.

pub(crate) mod integral;
pub(crate) mod linear;

/// A small number rounded down, 0 where negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
pub(crate) fn whole(value: f32) -> usize {
    usize::from(value as u16)
}

/// A number in single precision.
#[expect(clippy::cast_possible_truncation, reason = "places and steps within a picture fit")]
pub(crate) fn single(value: f64) -> f32 {
    value as f32
}
