//! What stands printed on a permit, in all three languages at once.
//!
//! A permit is read on both sides of the line, so each label stands in Chinese, Korean and English, in that order.
//! Where it stands, and in which type, is the page's business.

use crate::{Lang, Value, Words};

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
}

impl Label {
    /// All labels, in the order in which a page is read.
    pub const ALL: [Self; 23] = [
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
    ];

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
    fn the_specimen() {
        assert_eq!(Card::new().label(Label::Specimen), ["样本", "견본", "SPECIMEN"]);
    }
}
