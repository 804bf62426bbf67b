//! Names of countries, by their number of ISO 3166-1.
//!
//! A table apart from the messages: 250 names that only a printed permit says are nothing a program parses at its start.

use crate::Lang;

/// The short name of a country; `None` for a number that none has.
#[must_use]
pub fn country(number: u16, lang: Lang) -> Option<&'static str> {
    let table = match lang {
        Lang::Zh => include_str!("zh/country.tsv"),
        Lang::Ko => include_str!("ko/country.tsv"),
        Lang::En => include_str!("en/country.tsv"),
    };
    let mut rows = table.lines().filter_map(|line| line.split_once('\t'));
    rows.find(|(have, _)| have.parse() == Ok(number)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Words;

    #[test]
    fn countries_have_one_name_in_each_language() {
        assert_eq!(
            Lang::ALL.map(|lang| country(392, lang)),
            [Some("日本"), Some("일본"), Some("Japan")]
        );
        assert_eq!(Lang::ALL.map(|lang| country(999, lang)), [None; 3]);
        let numbers = |lang| (1..1000).filter(move |number| country(*number, lang).is_some());
        assert_eq!(numbers(Lang::Zh).count(), 250);
        assert!(numbers(Lang::Zh).eq(numbers(Lang::Ko)) && numbers(Lang::Zh).eq(numbers(Lang::En)));
    }

    #[test]
    fn the_two_sides_are_named_as_on_the_screen() {
        for lang in Lang::ALL {
            for number in [156, 408] {
                let said = Words::new(lang).get(&format!("screen-nation-{number}"));
                assert_eq!(country(number, lang), Some(said.as_str()));
            }
        }
    }
}
