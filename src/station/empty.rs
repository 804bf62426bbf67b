//! The empty table of a batch: its columns, each with what a spreadsheet shows beside its name.
//!
//! Whoever fills it in need not know this program: what a form says of a field stands at the column, in the officer's language,
//! and where there are few values they are offered.

use permit_table::Column;
use permit_words::{Words, country};

use crate::{
    batch,
    file::{CLASSES, KINDS, LANGUAGES},
    rules::{Class, PaperKind},
    said,
};

/// Every column with its note, in the order of [`batch::columns`].
#[must_use]
pub fn columns(words: &Words) -> Vec<Column> {
    batch::columns().into_iter().map(|name| column(name, words)).collect()
}

fn column(name: String, words: &Words) -> Column {
    let paper = KINDS.iter().find_map(|(paper, kind)| {
        let rest = name.strip_prefix(paper)?;
        (rest.is_empty() || rest == "-dated").then_some((*kind, !rest.is_empty()))
    });
    let (note, choices) = match (paper, name.as_str()) {
        (Some((kind, dated)), _) => (paper_note(kind, dated, words), Vec::new()),
        (None, "class") => {
            let classes = CLASSES.iter();
            let lines =
                classes.map(|(name, class)| format!("{name}: {}", said::class(*class, words)));
            (with("desk-class", lines, words), CLASSES.iter().map(|(name, _)| *name).collect())
        }
        (None, "language") => {
            let names = [("zh", "中文"), ("ko", "한국어"), ("en", "English")];
            let lines = names.map(|(tag, name)| format!("{tag}: {name}"));
            let tags = LANGUAGES.iter().map(|(tag, _)| *tag).collect();
            (with("desk-applicant-language", lines, words), tags)
        }
        (None, "nationality") => {
            let of = |number: u16| Some(format!("{number}: {}", country(number, words.lang())?));
            (with("card-nationality", [156, 408].into_iter().filter_map(of), words), Vec::new())
        }
        (None, "entries") => {
            let lines = [format!("1–12, unlimited: {}", words.get("card-unlimited"))];
            (with("card-entries", lines, words), Vec::new())
        }
        (None, field) => (note(field, words), Vec::new()),
    };
    Column { name, note, choices }
}

/// A label and what stands below it.
fn with(label: &str, lines: impl IntoIterator<Item = String>, words: &Words) -> String {
    core::iter::once(words.get(label)).chain(lines).collect::<Vec<_>>().join("\n")
}

/// What a form says of a field.
fn note(field: &str, words: &Words) -> String {
    let found = FIELDS.iter().find(|(name, ..)| *name == field);
    let Some((_, label, hint)) = found else { return String::new() };
    let hint = (!hint.is_empty()).then(|| words.get(hint));
    with(label, hint, words)
}

/// Which paper, who shows it, and what is written down of it.
fn paper_note(kind: PaperKind, dated: bool, words: &Words) -> String {
    let shows = |class: &Class| class.needs().iter().any(|need| need.contains(&kind));
    let classes = Class::ALL.into_iter().filter(shows).map(|class| said::class(class, words));
    let whose: Vec<String> = classes.collect();
    let asked = match (dated, kind) {
        (true, _) => ["desk-paper-dated", "desk-date-hint"],
        (false, PaperKind::RelativeLetter) => ["desk-paper-place", "desk-paper-place-hint"],
        (false, _) => ["desk-paper-issuer", "desk-paper-issuer-hint"],
    };
    let head = format!("{} ({})", said::paper(kind, words), whose.join(" · "));
    core::iter::once(head).chain(asked.map(|id| words.get(id))).collect::<Vec<_>>().join("\n")
}

/// Other columns, each with its label and its hint on the form.
const FIELDS: [(&str, &str, &str); 12] = [
    ("applicant", "desk-applicant", "desk-enter-number"),
    ("commune", "desk-commune", "desk-commune-hint"),
    ("latin", "card-name-latin", "desk-latin-hint"),
    ("native", "card-name-native", "desk-native-hint"),
    ("birth", "card-birth", "desk-birth-hint"),
    ("region", "card-home", "desk-region-hint"),
    ("from", "card-valid-from", "desk-from-hint"),
    ("through", "card-valid-through", "desk-through-hint"),
    ("crossings", "card-crossings", "desk-crossings-hint"),
    ("stay", "card-stay", "desk-stay-hint"),
    ("children", "card-children", ""),
    ("document", "card-document", "desk-document-hint"),
];

#[cfg(test)]
mod tests {
    use permit_words::Lang;

    use super::*;

    #[test]
    fn every_column_is_explained_in_each_language() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let empty = columns(&words);
            let names: Vec<&str> = empty.iter().map(|it| it.name.as_str()).collect();
            assert_eq!(names, batch::columns());
            for it in &empty {
                assert!(it.note.chars().count() > 1, "{}: {}", it.name, it.note);
                assert!(!it.note.contains("desk-") && !it.note.contains("card-"), "{}", it.note);
            }
            let class = &empty[0];
            assert_eq!(class.choices, ["resident", "foreign-resident", "state-employee"]);
            assert!(class.note.contains(&words.get("class-state-employee")), "{}", class.note);
        }
    }

    #[test]
    fn the_workbook_of_it_is_read_as_a_table_without_rows() {
        let book = permit_table::write_empty("1", &columns(&Words::new(Lang::Zh))).unwrap();
        assert_eq!(permit_table::read(&book).unwrap().columns, batch::columns());
    }
}
