//! What is wrong with a row, field by field.

use core::fmt;

use permit_core::{Day, NumberFault};

/// One problem of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The field or column as the file spells it.
    pub field: String,
    /// What is wrong.
    pub why: Why,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.why)
    }
}

/// What is wrong with a field.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Why {
    /// A permit has no such field, and nothing about a person beyond its fields is taken in.
    Unknown,
    /// It must be given.
    Missing,
    /// A character the field does not have.
    Character(char),
    /// More bytes than the field has.
    TooLong {
        /// Bytes after normalisation.
        bytes: usize,
        /// The most.
        most: usize,
    },
    /// More entries than the field has.
    TooMany {
        /// The most.
        most: usize,
    },
    /// One value is wanted, not a list.
    List,
    /// Not a whole number in this range.
    Number {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Not a day written YYYY-MM-DD.
    Date,
    /// Not a day, a month or a year of birth: YYYY-MM-DD, YYYY-MM or YYYY.
    Birth,
    /// Not `true` or `false`.
    Boolean,
    /// Not a country: an ISO 3166-1 number, or a code the program knows.
    Country,
    /// Not in the zone register: no such number, identifier or name.
    NotInRegister,
    /// The name stands for several entries of the zone register.
    Ambiguous,
    /// The station does not serve this region.
    NotServed,
    /// The region is not in the zone on the first day.
    OutsideZone,
    /// Born after the permit begins.
    BornLater,
    /// Before today.
    Past {
        /// Today.
        today: Day,
    },
    /// Before the first day.
    BeforeFrom {
        /// The first day.
        from: Day,
    },
    /// Valid for longer than the zone register allows.
    Validity {
        /// Days asked for.
        days: u32,
        /// The most.
        longest: u32,
    },
    /// Not a permit number.
    PermitNumber(NumberFault),
    /// A permit of another station.
    OtherStation {
        /// That station.
        station: u16,
    },
    /// The last copy there can be was issued.
    LastCopy,
}

impl Why {
    /// What it is called where everything that is said to a person is kept: a message and its variables.
    #[must_use]
    pub fn told(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let of = |name, value: &dyn ToString| vec![(name, value.to_string())];
        match self {
            Self::Unknown => ("row-unknown", vec![]),
            Self::Missing => ("row-missing", vec![]),
            Self::Character(c) => {
                let code = format!("U+{:04X}", u32::from(*c));
                ("row-character", vec![("c", c.to_string()), ("code", code)])
            }
            Self::TooLong { bytes, most } => {
                ("row-long", vec![("bytes", bytes.to_string()), ("most", most.to_string())])
            }
            Self::TooMany { most } => ("row-many", of("most", most)),
            Self::List => ("row-list", vec![]),
            Self::Number { least, most } => {
                ("row-number", vec![("least", least.to_string()), ("most", most.to_string())])
            }
            Self::Date => ("row-date", vec![]),
            Self::Birth => ("row-birth", vec![]),
            Self::Boolean => ("row-boolean", vec![]),
            Self::Country => ("row-country", vec![]),
            Self::NotInRegister => ("row-not-in-register", vec![]),
            Self::Ambiguous => ("row-ambiguous", vec![]),
            Self::NotServed => ("row-not-served", vec![]),
            Self::OutsideZone => ("row-outside", vec![]),
            Self::BornLater => ("row-born-later", vec![]),
            Self::Past { today } => ("row-past", of("day", today)),
            Self::BeforeFrom { from } => ("row-before", of("day", from)),
            Self::Validity { days, longest } => {
                ("row-validity", vec![("days", days.to_string()), ("longest", longest.to_string())])
            }
            Self::PermitNumber(_) => ("row-permit-number", vec![]),
            Self::OtherStation { station } => ("row-other-station", of("station", station)),
            Self::LastCopy => ("row-other", of("said", self)),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("a permit has no such field"),
            Self::Missing => f.write_str("missing"),
            Self::Character(c) => write!(f, "U+{:04X} does not belong here", u32::from(*c)),
            Self::TooLong { bytes, most } => write!(f, "{bytes} bytes, the most are {most}"),
            Self::TooMany { most } => write!(f, "more than {most} entries"),
            Self::List => f.write_str("one value is wanted, not a list"),
            Self::Number { least, most } => write!(f, "not a whole number from {least} to {most}"),
            Self::Date => f.write_str("not a day written YYYY-MM-DD"),
            Self::Birth => f.write_str("not YYYY-MM-DD, YYYY-MM or YYYY"),
            Self::Boolean => f.write_str("neither true nor false"),
            Self::Country => f.write_str("not an ISO 3166-1 number"),
            Self::NotInRegister => f.write_str("not in the zone register"),
            Self::Ambiguous => f.write_str("stands for several entries of the zone register"),
            Self::NotServed => f.write_str("the station does not serve this region"),
            Self::OutsideZone => f.write_str("not in the zone on the first day"),
            Self::BornLater => f.write_str("after the first day"),
            Self::Past { today } => write!(f, "before today, {today}"),
            Self::BeforeFrom { from } => write!(f, "before the first day, {from}"),
            Self::Validity { days, longest } => write!(f, "{days} days, the most are {longest}"),
            Self::PermitNumber(fault) => fault.fmt(f),
            Self::OtherStation { station } => write!(f, "a permit of station {station}"),
            Self::LastCopy => f.write_str("the last copy there can be was issued"),
        }
    }
}
