//! How far the reading of lists is, in words: how many codes, and which are missing.
//!
//! For every screen alike. It knows no code's text.

use permit_words::Words;

use crate::machine::GatherView;

/// How many codes are read.
pub(crate) fn gathered(view: &GatherView, words: &Words) -> String {
    if view.total == 0 {
        return words.get("screen-gathered.none");
    }
    let values = [("have", view.have.into()), ("total", view.total.into())];
    words.with(if view.any { "screen-gathered.any" } else { "screen-gathered" }, &values)
}

/// Which are missing, once one was read.
pub(super) fn missing(view: &GatherView, words: &Words) -> Option<String> {
    let runs = (!view.missing.is_empty()).then(|| runs(&view.missing))?;
    Some(words.with("screen-gathered.missing", &[("missing", runs.into())]))
}

/// Rising numbers as people write them, the first of many: 2, 5–7, 9 …
fn runs(numbers: &[u8]) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if number.checked_sub(1) == Some(*last) => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let more = if runs.len() > RUNS { " …" } else { "" };
    let run = |(first, last): &(u8, u8)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    runs.iter().take(RUNS).map(run).collect::<Vec<_>>().join(", ") + more
}

/// Runs that are named.
const RUNS: usize = 12;

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn numbers_as_people_write_them() {
        for (numbers, said) in [
            (&[][..], ""),
            (&[7], "7"),
            (&[1, 2], "1, 2"),
            (&[1, 2, 3, 7, 9, 10], "1–3, 7, 9, 10"),
            (&[253, 254, 255], "253–255"),
        ] {
            assert_eq!(runs(numbers), said);
        }
        let odd: Vec<u8> = (1..=255).step_by(2).collect();
        assert!(runs(&odd).ends_with(", 23 …"), "{}", runs(&odd));
    }
}
