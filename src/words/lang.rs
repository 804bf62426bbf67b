//! The three languages.
//!
//! A locale name is a wish, not a fact: whatever cannot be understood is `None`, and the caller chooses.

use unic_langid::LanguageIdentifier;

/// A language this crate speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Chinese, simplified characters.
    Zh,
    /// Korean.
    Ko,
    /// English, also the language of a message missing elsewhere.
    En,
}

impl Lang {
    /// All three, in the order they stand on a permit.
    pub const ALL: [Self; 3] = [Self::Zh, Self::Ko, Self::En];

    /// Understands `zh`, `zh-CN`, `zh_Hans_CN.UTF-8`, `ko_KR.UTF-8`, `en`, `cmn`, `chinese` and the like, in any case.
    ///
    /// The locale `C`, or `POSIX`, is English: who sets `LC_ALL=C` wants no translation, whatever `LANG` says.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let end = name.find(['-', '_', '.', '@']).unwrap_or(name.len());
        match name.get(..end)?.trim().to_ascii_lowercase().as_str() {
            "zh" | "cmn" | "chinese" | "中文" => Some(Self::Zh),
            "ko" | "kor" | "korean" | "조선말" | "한국어" => Some(Self::Ko),
            "en" | "eng" | "english" | "c" | "posix" => Some(Self::En),
            _ => None,
        }
    }

    /// The tag of BCP 47 without a region: `zh`, `ko` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    pub(crate) fn identifier(self) -> LanguageIdentifier {
        // The tags are well-formed (tested); an undetermined language would only choose other plurals.
        self.tag().parse().unwrap_or_default()
    }

    /// The Fluent files of this language: name of the room and contents.
    pub(crate) fn rooms(self) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
        let [zh, ko, en] = PROGRAMS;
        let (screens, programs) = match self {
            Self::Zh => (ZH, zh),
            Self::Ko => (KO, ko),
            Self::En => (EN, en),
        };
        screens.iter().chain(programs)
    }
}

impl core::fmt::Display for Lang {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.tag())
    }
}

macro_rules! rooms {
    ($lang:literal: $($room:literal),+) => {
        &[$(($room, include_str!(concat!($lang, "/", $room, ".ftl")))),+]
    };
}

type Rooms = &'static [(&'static str, &'static str)];

const ZH: Rooms = rooms!("zh": "verdict", "screen", "card", "pocket");
const KO: Rooms = rooms!("ko": "verdict", "screen", "card", "pocket");
const EN: Rooms = rooms!("en": "verdict", "screen", "card", "pocket");

#[cfg(feature = "programs")]
const PROGRAMS: [Rooms; 3] = [
    rooms!("zh": "command", "help", "report", "inspect", "demo", "verify", "authority", "bench", "reader", "station", "desk", "handbook", "situation", "cases", "journal", "delegation", "retention", "headquarters", "renew", "carry"),
    rooms!("ko": "command", "help", "report", "inspect", "demo", "verify", "authority", "bench", "reader", "station", "desk", "handbook", "situation", "cases", "journal", "delegation", "retention", "headquarters", "renew", "carry"),
    rooms!("en": "command", "help", "report", "inspect", "demo", "verify", "authority", "bench", "reader", "station", "desk", "handbook", "situation", "cases", "journal", "delegation", "retention", "headquarters", "renew", "carry"),
];
#[cfg(not(feature = "programs"))]
const PROGRAMS: [Rooms; 3] = [&[]; 3];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locale_names_are_understood() {
        for (name, lang) in [
            ("zh", Some(Lang::Zh)),
            ("zh-CN", Some(Lang::Zh)),
            ("zh_Hans_CN.UTF-8", Some(Lang::Zh)),
            ("ko_KR.UTF-8", Some(Lang::Ko)),
            ("KO", Some(Lang::Ko)),
            ("en_GB@euro", Some(Lang::En)),
            ("C", Some(Lang::En)),
            ("C.UTF-8", Some(Lang::En)),
            ("POSIX", Some(Lang::En)),
            ("", None),
            ("kok-IN", None),
            ("fr_FR.UTF-8", None),
        ] {
            assert_eq!(Lang::parse(name), lang, "{name}");
        }
    }

    #[test]
    fn a_tag_is_understood_as_itself() {
        for lang in Lang::ALL {
            assert_eq!(Lang::parse(lang.tag()), Some(lang));
            assert_eq!(lang.identifier().to_string(), lang.tag());
        }
    }
}
