//! What the permit is to say, as a form has it.

use permit_core::{Day, Side};
use permit_signing::permit::{Cell, Row};
use permit_web::Form;

use super::{
    super::{
        field::{Choice, Field, Kind, Part},
        visit::{Trouble, Visit},
    },
    facts,
};
use crate::{
    file::{self, FileFault},
    rules::{Class, Language, Particulars},
    said,
    site::Site,
};

/// The form's fields as text.
#[derive(Debug, Default)]
pub(super) struct Written {
    values: Vec<(&'static str, String)>,
    crossings: Vec<String>,
    commune: String,
    nationality: u16,
}

/// What the form's fields are called: as the columns of `permit issue`.
pub(super) const NAMES: [&str; 12] = [
    "latin",
    "native",
    "birth",
    "region",
    "from",
    "through",
    "crossings",
    "entries",
    "stay",
    "children",
    "document",
    "commune",
];

/// What makes a digest say nothing about what it is of.
pub(super) fn salt() -> Result<[u8; 16], Trouble> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| Trouble::Broken("desk-broken-folder"))?;
    Ok(salt)
}

/// The language that a person is written to in.
pub(super) fn language(form: &Form) -> Language {
    match form.one("language") {
        "zh" => Language::Zh,
        "en" => Language::En,
        _ => Language::Ko,
    }
}

/// Whether anything that has to be given was given.
pub(super) fn is_filled(form: &Form) -> bool {
    ["latin", "native", "birth", "region"].iter().any(|name| !form.one(name).trim().is_empty())
        || form.one("do") == "submit"
}

impl Written {
    /// As it was handed in. The nationality is the class's.
    pub(super) fn of(form: &Form, class: Class, side: Side) -> Self {
        let own = if side == Side::B { 408 } else { 156 };
        let other = if side == Side::B { 156 } else { 408 };
        let nationality = if class == Class::ForeignResident { other } else { own };
        let apart = ["crossings", "commune"];
        let values = NAMES.into_iter().filter(|name| !apart.contains(name));
        let values = values.map(|name| (name, form.one(name).to_owned())).collect();
        let crossings = form.all("crossings").map(str::to_owned).collect();
        Self { values, crossings, commune: form.one("commune").to_owned(), nationality }
    }

    /// As it stands.
    pub(super) fn from(content: &Particulars, visit: &Visit<'_>, today: Day) -> Self {
        let lang = visit.words.lang();
        let from = content.from.unwrap_or(today);
        let number = |number: Option<String>| number.unwrap_or_default();
        let values = vec![
            ("latin", content.latin.clone()),
            ("native", content.native.clone().unwrap_or_default()),
            ("birth", said::birth(content.birth)),
            ("region", visit.pages.places().region(content.region, lang)),
            ("from", number(content.from.map(|day| day.to_string()))),
            ("through", from.plus(i32::from(content.days) - 1).to_string()),
            ("entries", content.entries.map_or_else(|| UNLIMITED.to_owned(), |n| n.to_string())),
            ("stay", number(content.stay.map(|it| it.to_string()))),
            ("children", number(content.children.map(|it| it.to_string()))),
            ("document", content.document.clone().unwrap_or_default()),
        ];
        let crossings = content.crossings.iter().map(u16::to_string).collect();
        let commune = content.commune.clone().unwrap_or_default();
        Self { values, crossings, commune, nationality: content.nationality }
    }

    /// What it asks for, or what is wrong with which field.
    pub(super) fn particulars(
        &self,
        visit: &Visit<'_>,
        site: &Site,
    ) -> Result<Result<Particulars, Vec<(String, String)>>, Trouble> {
        let mut held = site.lists().map_err(Trouble::from)?;
        let trust = held.open().map_err(|_| Trouble::Broken("desk-broken-key"))?;
        let issuer = site.issuer(&trust)?;
        let mut row = Row(self
            .values
            .iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(name, text)| ((*name).to_owned(), Cell::One(text.clone())))
            .collect());
        row.0.insert("nationality".to_owned(), Cell::One(self.nationality.to_string()));
        row.0.insert("crossings".to_owned(), Cell::Many(self.crossings.clone()));
        match file::particulars(&row, &issuer) {
            Ok(content) => {
                let commune = Some(self.commune.clone()).filter(|it| !it.is_empty());
                Ok(Ok(Particulars { commune, ..content }))
            }
            Err(FileFault::Permit(problems)) => Ok(Err(problems
                .into_iter()
                .map(|problem| (problem.field, said::why(&problem.why, visit.words)))
                .collect())),
            Err(_) => Err(Trouble::NotAForm),
        }
    }

    /// The form's parts: who, and what is asked for.
    pub(super) fn parts(&self, visit: &Visit<'_>, site: &Site) -> [Part; 2] {
        let (lang, places) = (visit.words.lang(), visit.pages.places());
        let text = |name: &str, id: &str| Field::text(name, visit.t(id), self.value(name));
        let date = |name: &str, id: &str, hint: &str| text(name, id).hint(visit.t(hint));
        let choices = |values: Vec<(String, String)>, chosen: &str| {
            let choice = |(value, label): (String, String)| {
                let is = value == chosen;
                Choice::new(&value, label, is)
            };
            values.into_iter().map(choice).collect::<Vec<_>>()
        };
        let numbers = |range: core::ops::RangeInclusive<u8>| {
            range.map(|n| (n.to_string(), n.to_string())).collect::<Vec<_>>()
        };
        let mut entries = numbers(1..=12);
        entries.push((UNLIMITED.to_owned(), visit.t("card-unlimited")));
        let crossings = places.crossings(lang).into_iter().map(|(number, name)| {
            let number = number.to_string();
            let chosen = self.crossings.contains(&number);
            Choice::new(&number, name, chosen)
        });
        let mut who = vec![
            text("native", "card-name-native").hint(visit.t("desk-native-hint")),
            text("latin", "card-name-latin").hint(visit.t("desk-latin-hint")),
            date("birth", "card-birth", "desk-birth-hint"),
            text("region", "card-home")
                .of(Kind::Suggested(places.served(lang)))
                .hint(visit.t("desk-region-hint")),
        ];
        let communes = site
            .communes()
            .map(|commune| Choice::new(commune, commune.to_owned(), self.commune == commune));
        let communes: Vec<Choice> = communes.collect();
        if !communes.is_empty() {
            let commune = Field::text("commune", visit.t("desk-commune"), "");
            who.push(commune.of(Kind::One(communes)).hint(visit.t("desk-commune-hint")).wide());
        }
        let asked = vec![
            date("from", "card-valid-from", "desk-from-hint"),
            date("through", "card-valid-through", "desk-through-hint"),
            text("entries", "card-entries").of(Kind::List(choices(entries, self.value("entries")))),
            text("stay", "card-stay").hint(visit.t("desk-stay-hint")),
            text("children", "card-children")
                .of(Kind::List(choices(numbers(0..=9), self.value("children")))),
            text("document", "card-document").hint(visit.t("desk-document-hint")),
            text("crossings", "card-crossings")
                .of(Kind::Any(crossings.collect()))
                .hint(visit.t("desk-crossings-hint"))
                .wide(),
        ];
        [
            Part { title: visit.t("desk-person"), fields: who },
            Part { title: visit.t("desk-asked"), fields: asked },
        ]
    }

    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(have, _)| *have == name).map_or("", |(_, value)| value)
    }
}

/// What differs, as `before → after`.
pub(super) fn differences(
    visit: &Visit<'_>,
    before: &Particulars,
    after: &Particulars,
) -> Vec<(String, String)> {
    let all = |content: &Particulars| {
        let mut all = vec![(visit.t("card-name"), facts::names(content))];
        all.extend(facts::content(visit, content));
        all
    };
    let (old, new) = (all(before), all(after));
    let value = |list: &[(String, String)], name: &str| {
        list.iter().find(|(have, _)| have == name).map_or("–".to_owned(), |(_, it)| it.clone())
    };
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(have, _)| have == name));
    let names: Vec<&String> = new.iter().chain(gone).map(|(name, _)| name).collect();
    let pairs = names.into_iter().map(|name| (name, value(&old, name), value(&new, name)));
    pairs
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| (name.clone(), format!("{old} → {new}")))
        .collect()
}

/// As `permit issue` takes it.
const UNLIMITED: &str = "unlimited";
