//! Small values of descriptions: keys and digests in hexadecimal, years in full, names by language.

use core::{fmt, str::FromStr};

use permit_core::{KeyId, Side, trust};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use super::write::Writer;

/// `a` or `b`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// The first side.
    A,
    /// The second side.
    B,
}

impl Half {
    /// The side of core.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::A => Side::A,
            Self::B => Side::B,
        }
    }

    pub(super) fn write(self, to: &mut Writer) {
        to.number(if self == Self::A { 0 } else { 1 });
    }
}

impl From<Side> for Half {
    fn from(side: Side) -> Self {
        match side {
            Side::A => Self::A,
            Side::B => Self::B,
        }
    }
}

/// Not so many bytes in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("not {bytes} bytes in hexadecimal")]
pub struct HexError {
    /// How many there must be.
    pub bytes: usize,
}

macro_rules! hexadecimal {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $bytes]);

        impl FromStr for $name {
            type Err = HexError;

            fn from_str(text: &str) -> Result<Self, HexError> {
                let mut bytes = [0; $bytes];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| HexError { bytes: $bytes })?;
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

hexadecimal!(
    /// A raw public key.
    Key,
    32
);
hexadecimal!(
    /// A SHA-256.
    Digest,
    32
);
hexadecimal!(
    /// A keyed pseudonym of a permit.
    Pseudonym,
    16
);

hexadecimal!(
    /// What a permit's payload is known by: the first bytes of its SHA-256.
    PayloadDigest,
    16
);

impl PayloadDigest {
    /// Of a payload.
    #[must_use]
    pub fn of(payload: &[u8]) -> Self {
        Self(trust::StolenKey::digest(payload))
    }
}

impl Key {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.0)
    }
}

/// A year in full, 1900–2155, as the numbers of permits carry it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Year(u16);

/// Not a year that permits are numbered by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("not a year from 1900 to 2155")]
pub struct YearError;

impl Year {
    /// A year since 1900.
    #[must_use]
    pub const fn since_1900(years: u8) -> Self {
        Self(1900 + years as u16)
    }

    /// Years since 1900.
    #[must_use]
    pub fn years(self) -> u8 {
        u8::try_from(self.0 - 1900).unwrap_or(u8::MAX)
    }
}

impl TryFrom<u16> for Year {
    type Error = YearError;

    fn try_from(year: u16) -> Result<Self, YearError> {
        if (1900..=2155).contains(&year) { Ok(Self(year)) } else { Err(YearError) }
    }
}

impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        u16::deserialize(from)?.try_into().map_err(de::Error::custom)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A name in up to five forms; at least one.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// Korean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ko: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Han characters in full form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub han: Option<String>,
    /// McCune–Reischauer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mr: Option<String>,
}

impl Names {
    /// The forms in the order of the format.
    fn forms(&self) -> [(&'static str, Option<&str>); 5] {
        [
            ("zh", self.zh.as_deref()),
            ("ko", self.ko.as_deref()),
            ("en", self.en.as_deref()),
            ("han", self.han.as_deref()),
            ("mr", self.mr.as_deref()),
        ]
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.field("names", |to| {
            let forms = self.forms();
            to.array(forms.iter().filter(|(_, name)| name.is_some()).count());
            for (form, (field, name)) in (0_u8..).zip(forms) {
                let Some(name) = name else { continue };
                to.field(field, |to| {
                    to.array(2);
                    to.number(form);
                    to.text(name);
                });
            }
        });
    }
}

impl From<trust::Names<'_>> for Names {
    fn from(names: trust::Names<'_>) -> Self {
        let form = |form| names.get(form).map(str::to_owned);
        Self { zh: form(0), ko: form(1), en: form(2), han: form(3), mr: form(4) }
    }
}
