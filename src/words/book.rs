//! One language's messages, ready to be spoken.
//!
//! A missing message falls back to English, and a missing English one to its own id, so that a verdict is never
//! replaced by a crash. Neither happens in a release: the tests compare the files.

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::clean::clean;
use crate::lang::Lang;

/// The messages of one language. Shared freely between threads.
///
/// An id is that of a message (`fault-open`) or of one of its attributes (`fault-open.next`).
pub struct Words {
    lang: Lang,
    own: Bundle,
    english: Option<Bundle>,
}

/// What stands for a variable in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text, cleaned before it is shown (see [`clean`]).
    Text(Cow<'a, str>),
    /// What these words said before, or a name they cleaned: shown as it is, isolation marks and all.
    Spoken(String),
    /// A number: chooses the plural, and is written in plain digits.
    Number(i64),
}

impl Words {
    /// The messages of a language, without isolation marks: right for a terminal, a log or a plain text file.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self::build(lang, false)
    }

    /// The same with U+2068 and U+2069 round every variable: right where a name of another script is drawn inside a
    /// sentence, as in HTML.
    #[must_use]
    pub fn isolated(lang: Lang) -> Self {
        Self::build(lang, true)
    }

    /// The language spoken.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// A message without variables.
    #[must_use]
    pub fn get(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A message with its variables.
    #[must_use]
    pub fn with(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        self.find(id, values).unwrap_or_else(|| id.to_owned())
    }

    /// A message that may not exist, such as the longer help of an argument.
    #[must_use]
    pub fn find(&self, id: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
        let args = arguments(values);
        speak(&self.own, id, &args)
            .or_else(|| speak(self.english.as_ref()?, id, &args))
            .map(|(text, _)| text)
    }

    fn build(lang: Lang, isolating: bool) -> Self {
        let english = (lang != Lang::En).then(|| bundle(Lang::En, isolating));
        Self { lang, own: bundle(lang, isolating), english }
    }
}

impl core::fmt::Debug for Words {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Words").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl<'a> Value<'a> {
    fn fluent(&'a self) -> FluentValue<'a> {
        match self {
            Self::Text(text) => FluentValue::String(clean(text)),
            Self::Spoken(text) => FluentValue::String(Cow::Borrowed(text)),
            Self::Number(n) => FluentValue::from(*n),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Value<'_> {
    fn from(n: usize) -> Self {
        Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Value<'_> {
    fn from(n: u64) -> Self {
        Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

macro_rules! numbers {
    ($($t:ty),+) => {$(
        impl From<$t> for Value<'_> {
            fn from(n: $t) -> Self {
                Self::Number(i64::from(n))
            }
        }
    )+};
}
numbers!(u8, u16, u32, i8, i16, i32, i64);

fn arguments<'a>(values: &'a [(&'a str, Value<'a>)]) -> FluentArgs<'a> {
    values.iter().map(|(name, value)| (*name, value.fluent())).collect()
}

/// The ids of all messages, without their attributes. For tests that hold the messages against what they are about.
pub fn ids() -> impl Iterator<Item = &'static str> {
    let lines = Lang::En.rooms().flat_map(|(_, text)| text.lines());
    lines
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id)
        .filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase()))
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(lang: Lang, isolating: bool) -> Bundle {
    let mut bundle = empty(lang, isolating);
    for (_, text) in lang.rooms() {
        add(&mut bundle, text);
    }
    bundle
}

fn empty(lang: Lang, isolating: bool) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
    bundle.set_use_isolating(isolating);
    bundle
}

/// The tests parse every file without an error and find no id twice; a broken entry would fall back to English.
fn add(bundle: &mut Bundle, text: &str) {
    let room = match FluentResource::try_new(text.to_owned()) {
        Ok(room) | Err((room, _)) => room,
    };
    let _ = bundle.add_resource(room);
}

/// The text, and how many errors Fluent met on the way.
fn speak(bundle: &Bundle, id: &str, args: &FluentArgs<'_>) -> Option<(String, usize)> {
    let (id, attribute) = id.split_once('.').map_or((id, None), |(id, a)| (id, Some(a)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(attribute) => message.get_attribute(attribute)?.value(),
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
    Some((text, errors.len()))
}

#[cfg(test)]
impl Words {
    /// A message of this language alone, with the number of errors met.
    pub(crate) fn checked(
        &self,
        id: &str,
        values: &[(&str, Value<'_>)],
    ) -> Option<(String, usize)> {
        speak(&self.own, id, &arguments(values))
    }

    /// A language with nothing but these messages.
    pub(crate) fn from_text(lang: Lang, text: &str) -> Self {
        let mut own = empty(lang, false);
        add(&mut own, text);
        Self { own, ..Self::new(lang) }
    }
}
