//! What a permit says, as it stands printed: each fact in three languages, and shorter where room is short.
//!
//! Names of regions, crossings and stations come from the trust documents, that of a country from its number. Dates
//! are year, month, day in figures, which all three languages read.

use permit_core::trust::{Names, ZoneRegister};
use permit_core::{Birth, Permit};
use permit_symbol::Symbol;
use permit_words::{Card, Label};

/// A permit to be printed, and what is known beside it.
#[derive(Clone, Copy, Debug)]
pub struct Print<'a, 'z> {
    /// The permit as it was signed.
    pub permit: &'a Permit,
    /// Its code.
    pub symbol: &'a Symbol,
    /// The register that names its places.
    pub zone: &'a ZoneRegister<'z>,
    /// The names of the station that issues it.
    pub station: Names<'z>,
    /// The holder's portrait, a PNG, JPEG or WebP file: it goes on the paper and nowhere else.
    pub portrait: Option<&'a [u8]>,
    /// Whether demonstration keys signed it.
    pub demo: bool,
}

/// A fact that a template places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Field {
    /// The name in the holder's own script; in Latin letters where there is no other.
    Name,
    /// The name in Latin letters, where it is not the only one.
    Second,
    /// Day, month or year of birth.
    Birth,
    /// Nationality, by name.
    Nationality,
    /// Home region.
    Region,
    /// First day.
    ValidFrom,
    /// Last day.
    ValidThrough,
    /// Crossings.
    Crossings,
    /// Journeys.
    Entries,
    /// Longest stay.
    Stay,
    /// Children travelling along.
    Children,
    /// Identity document.
    Document,
    /// Day of issue.
    Issued,
    /// The issuing station.
    Issuer,
    /// The permit's number.
    Number,
}

impl Field {
    /// All of them; a design must have each on one of its sides.
    pub const ALL: [Self; 15] = [
        Self::Name,
        Self::Second,
        Self::Birth,
        Self::Nationality,
        Self::Region,
        Self::ValidFrom,
        Self::ValidThrough,
        Self::Crossings,
        Self::Entries,
        Self::Stay,
        Self::Children,
        Self::Document,
        Self::Issued,
        Self::Issuer,
        Self::Number,
    ];

    /// What a template calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Second => "name-latin",
            Self::Birth => "birth",
            Self::Nationality => "nationality",
            Self::Region => "home",
            Self::ValidFrom => "valid-from",
            Self::ValidThrough => "valid-through",
            Self::Crossings => "crossings",
            Self::Entries => "entries",
            Self::Stay => "stay",
            Self::Children => "children",
            Self::Document => "document",
            Self::Issued => "issued",
            Self::Issuer => "issued-by",
            Self::Number => "number",
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl core::fmt::Display for Field {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// The ways to say a fact, the fullest first; one empty way for what a permit does not say and a card leaves out.
pub(crate) fn says(print: &Print<'_, '_>, field: Field, card: &Card) -> Vec<String> {
    let (permit, options) = (print.permit, &print.permit.options);
    let none = || short(&card.label(Label::None));
    let one = |text: String| vec![text];
    match field {
        Field::Name => one(permit.native.as_deref().unwrap_or(&permit.latin).to_owned()),
        Field::Second => one(match permit.native {
            Some(_) => permit.latin.to_string(),
            None => String::new(),
        }),
        Field::Birth => one(birth(permit.birth)),
        Field::Nationality => short(&card.country(permit.nationality)),
        Field::Region => match print.zone.region(permit.region) {
            Some(region) => short(&forms(region.names)),
            None => one(permit.region.to_string()),
        },
        Field::ValidFrom => one(permit.from.to_string()),
        Field::ValidThrough => one(permit.through.to_string()),
        Field::Crossings => crossings(print, card),
        Field::Entries => match options.entries {
            Some(entries) => one(entries.to_string()),
            None => short(&card.label(Label::Unlimited)),
        },
        Field::Stay => {
            let days = options.stay.unwrap_or(print.zone.limits.stay);
            short(&card.with(Label::Days, &[("days", days.into())]))
        }
        Field::Children => options.children.map_or_else(none, |count| one(count.to_string())),
        Field::Document => {
            options.document.as_ref().map_or_else(none, |text| one(text.to_string()))
        }
        Field::Issued => one(permit.issued().to_string()),
        Field::Issuer => short(&forms(print.station)),
        Field::Number => one(permit.id.to_string()),
    }
}

/// A printed label in the languages a template asks for: `z`, `k` and `e`.
pub(crate) fn label(card: &Card, label: Label, languages: &str) -> String {
    let [zh, ko, en] = card.label(label);
    let mut parts = Vec::new();
    for language in languages.split_whitespace() {
        match language {
            "zh" => parts.push(zh.as_str()),
            "ko" => parts.push(ko.as_str()),
            "en" => parts.push(en.as_str()),
            _ => {}
        }
    }
    parts.join(PART)
}

/// All languages, then the two sides' own, then numbers, which every register knows.
fn crossings(print: &Print<'_, '_>, card: &Card) -> Vec<String> {
    let numbers = &print.permit.options.crossings;
    if numbers.is_empty() {
        return short(&card.label(Label::EveryCrossing));
    }
    let names: Vec<Vec<String>> = numbers
        .iter()
        .map(|number| match print.zone.crossing(*number) {
            Some(crossing) => forms(crossing.names),
            None => vec![number.to_string()],
        })
        .collect();
    let of = |most: usize| {
        let each = names.iter().map(|forms| joined(forms, most));
        each.collect::<Vec<_>>().join("; ")
    };
    let figures: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    vec![of(3), of(2), figures.join(", ")]
}

/// Chinese, Korean, English, as far as there are names, each once.
fn forms(names: Names<'_>) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for name in (0..3).filter_map(|form| names.get(form)) {
        if !forms.iter().any(|have| have == name) {
            forms.push(name.to_owned());
        }
    }
    if forms.is_empty() {
        forms.extend(names.iter().map(|(_, name)| name.to_owned()).take(1));
    }
    forms
}

/// In all languages, in two, in one.
fn short(forms: &[String]) -> Vec<String> {
    let mut ways: Vec<String> = [3, 2, 1].map(|most| joined(forms, most)).to_vec();
    ways.dedup();
    ways
}

fn joined(forms: &[String], most: usize) -> String {
    forms.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(PART)
}

fn birth(birth: Birth) -> String {
    match birth {
        Birth::Day(day) => day.to_string(),
        Birth::Month(year, month) => format!("{year:04}-{month:02}"),
        Birth::Year(year) => format!("{year:04}"),
    }
}

/// Between the languages.
const PART: &str = " / ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_a_name_of_its_own() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
        }
        assert_eq!(Field::named("ethnicity"), None);
    }

    #[test]
    fn births_as_far_as_known() {
        assert_eq!(birth(Birth::Year(1904)), "1904");
        assert_eq!(birth(Birth::Month(1927, 3)), "1927-03");
    }

    #[test]
    fn shorter_and_shorter() {
        let forms = ["延吉".to_owned(), "연길".to_owned(), "Yanji".to_owned()];
        assert_eq!(short(&forms), ["延吉 / 연길 / Yanji", "延吉 / 연길", "延吉"]);
        assert_eq!(short(&["5".to_owned()]), ["5"]);
    }
}
