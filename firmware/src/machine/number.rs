//! The number of a verdict.
//!
//! A decision names the verdict it is about, and the machine takes it for no other: what was put away, replaced or
//! judged anew cannot be decided on, however late a finger or a page is. A number says nothing about a permit.

use core::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Which verdict: given once in a process, growing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Number(u64);

/// Gives numbers.
#[derive(Debug)]
pub(super) struct Numbers(u64);

impl Numbers {
    /// The first number that is given, so that another lane and another process begin elsewhere.
    pub(super) const fn from(first: u64) -> Self {
        Self(first)
    }

    /// The next one.
    pub(super) const fn next(&mut self) -> Number {
        let number = Number(self.0);
        self.0 = self.0.wrapping_add(1);
        number
    }
}

#[cfg(test)]
impl Number {
    pub(crate) const fn of(number: u64) -> Self {
        Self(number)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// As text: a page echoes it and calculates nothing, and its numbers are not exact that far.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let number = u64::from_str_radix(&text, 16).map(Self).ok();
        number.filter(|it| it.to_string() == text).ok_or_else(|| D::Error::custom("no number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form() {
        let mut numbers = Numbers::from(u64::MAX);
        assert_eq!([(); 2].map(|()| numbers.next().to_string()), ["f".repeat(16), "0".repeat(16)]);
        for (text, taken) in [
            ("\"00000000000000af\"", true),
            ("\"00000000000000AF\"", false),
            ("\"+0000000000000af\"", false),
            ("\"af\"", false),
            ("\"\"", false),
            ("175", false),
        ] {
            let read: Result<Number, _> = serde_json::from_str(text);
            assert_eq!(read.is_ok(), taken, "{text}");
            assert!(read.is_err() || serde_json::to_string(&read.unwrap()).unwrap() == text);
        }
    }
}
