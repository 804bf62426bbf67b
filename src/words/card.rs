//! What stands printed on a permit, in all three languages at once.
//!
//! A permit is read on both sides of the line, so each label stands in Chinese, Korean and English, in that order.
//! Where it stands, and in which type, is the page's business.

use crate::{Lang, Value, Words, country};

/// A printed label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Label {
    /// The name of the document.
    Title,
    /// Name in Latin letters.
    NameLatin,
    /// Name in the holder's own script.
    NameNative,
    /// Day, month or year of birth.
    Birth,
    /// Nationality.
    Nationality,
    /// Home region.
    Home,
    /// First day.
    ValidFrom,
    /// Last day.
    ValidThrough,
    /// Crossings the permit is good at.
    Crossings,
    /// Every crossing of the zone.
    EveryCrossing,
    /// Outward journeys.
    Entries,
    /// As many journeys as the holder likes.
    Unlimited,
    /// Longest stay on the other side.
    Stay,
    /// So many days; variable `days`.
    Days,
    /// Children travelling along.
    Children,
    /// Identity document it goes with.
    Document,
    /// None of it.
    None,
    /// Number of the permit.
    Number,
    /// Station.
    IssuedBy,
    /// Day of issue.
    Issued,
    /// Good only in the zone.
    OnlyZone,
    /// What to do with a permit found.
    Found,
    /// Not a permit: made to be looked at.
    Specimen,
    /// Name of the holder, in whatever script.
    Name,
    /// Place for a portrait.
    Photo,
    /// Where the holder signs.
    Holder,
    /// Where the issuing officer signs.
    Officer,
    /// Where the station's stamp goes.
    Stamp,
    /// Which side goes under the camera.
    ThisSide,
    /// Made by a demonstration.
    Demo,
}

impl Label {
    /// All labels, in the order in which a page is read.
    pub const ALL: [Self; 30] = [
        Self::Title,
        Self::NameLatin,
        Self::NameNative,
        Self::Birth,
        Self::Nationality,
        Self::Home,
        Self::ValidFrom,
        Self::ValidThrough,
        Self::Crossings,
        Self::EveryCrossing,
        Self::Entries,
        Self::Unlimited,
        Self::Stay,
        Self::Days,
        Self::Children,
        Self::Document,
        Self::None,
        Self::Number,
        Self::IssuedBy,
        Self::Issued,
        Self::OnlyZone,
        Self::Found,
        Self::Specimen,
        Self::Name,
        Self::Photo,
        Self::Holder,
        Self::Officer,
        Self::Stamp,
        Self::ThisSide,
        Self::Demo,
    ];

    /// The label a template calls by this name: that of its message without `card-`, such as `valid-from`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.id().strip_prefix("card-") == Some(name))
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Title => "card-title",
            Self::NameLatin => "card-name-latin",
            Self::NameNative => "card-name-native",
            Self::Birth => "card-birth",
            Self::Nationality => "card-nationality",
            Self::Home => "card-home",
            Self::ValidFrom => "card-valid-from",
            Self::ValidThrough => "card-valid-through",
            Self::Crossings => "card-crossings",
            Self::EveryCrossing => "card-every-crossing",
            Self::Entries => "card-entries",
            Self::Unlimited => "card-unlimited",
            Self::Stay => "card-stay",
            Self::Days => "card-days",
            Self::Children => "card-children",
            Self::Document => "card-document",
            Self::None => "card-none",
            Self::Number => "card-number",
            Self::IssuedBy => "card-issued-by",
            Self::Issued => "card-issued",
            Self::OnlyZone => "card-only-zone",
            Self::Found => "card-found",
            Self::Specimen => "card-specimen",
            Self::Name => "card-name",
            Self::Photo => "card-photo",
            Self::Holder => "card-holder",
            Self::Officer => "card-officer",
            Self::Stamp => "card-stamp",
            Self::ThisSide => "card-this-side",
            Self::Demo => "card-demo",
        }
    }
}

/// The three languages side by side.
#[derive(Debug)]
pub struct Card {
    words: [Words; 3],
}

impl Card {
    /// Chinese, Korean, English.
    #[must_use]
    pub fn new() -> Self {
        Self { words: Lang::ALL.map(Words::new) }
    }

    /// A label in the three languages.
    #[must_use]
    pub fn label(&self, label: Label) -> [String; 3] {
        self.with(label, &[])
    }

    /// A country by its number of ISO 3166-1; the number itself where that names none.
    #[must_use]
    pub fn country(&self, number: u16) -> [String; 3] {
        let name = |lang| country(number, lang).map(str::to_owned);
        Lang::ALL.map(|lang| name(lang).unwrap_or_else(|| format!("{number:03}")))
    }

    /// A label with its variables.
    #[must_use]
    pub fn with(&self, label: Label, values: &[(&str, Value<'_>)]) -> [String; 3] {
        self.words.each_ref().map(|words| words.with(label.id(), values))
    }
}

impl Default for Card {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_label_stands_in_three_languages() {
        let card = Card::new();
        let mut seen = BTreeSet::new();
        for label in Label::ALL {
            let texts = card.with(label, &[("days", 3.into())]);
            assert!(texts.iter().all(|text| text != label.id()), "{label:?}");
            assert!(
                texts[0] != texts[2] && texts[1] != texts[2] && texts[0] != texts[1],
                "{label:?}: {texts:?}"
            );
            assert!(seen.insert(texts), "{label:?} says the same as another");
        }
    }

    #[test]
    fn templates_and_countries_by_name() {
        assert_eq!(Label::named("valid-from"), Some(Label::ValidFrom));
        assert_eq!((Label::named("card-name"), Label::named("rank")), (None, None));
        let card = Card::new();
        assert_eq!(card.country(408), ["朝鲜", "조선", "DPR Korea"]);
        assert_eq!(card.country(3), ["003"; 3]);
    }

    #[test]
    fn the_specimen() {
        assert_eq!(Card::new().label(Label::Specimen), ["样本", "견본", "SPECIMEN"]);
    }
}
