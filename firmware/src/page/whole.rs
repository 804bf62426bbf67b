//! What must not be broken at the end of a line: a date, the permit's own name.
//!
//! It cuts a text in pieces and changes no letter of it.

/// A text in pieces, and which of them stay whole.
pub(super) fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let long = date(rest).or_else(|| rest.starts_with(PERMIT).then_some(PERMIT.len()));
        let Some(long) = long else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        pieces.extend(text.get(from..at).filter(|it| !it.is_empty()).map(|it| (false, it)));
        pieces.push((true, &rest[..long]));
        at += long;
        from = at;
    }
    pieces.extend(text.get(from..).filter(|it| !it.is_empty()).map(|it| (false, it)));
    pieces
}

/// Bytes of the date that a text begins with.
fn date(text: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(..DATE.len())?;
    let fits = |(byte, wanted): (&u8, &u8)| match wanted {
        b'0' => byte.is_ascii_digit(),
        _ => byte == wanted,
    };
    bytes.iter().zip(DATE).all(fits).then_some(DATE.len())
}

/// A date, its digits as 0.
const DATE: &[u8] = b"0000-00-00";
/// The permit's name in Chinese, where a line may end between any two characters.
const PERMIT: &str = "通行证";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_3_dates_and_the_permits_name_stay_whole() {
        for (text, wanted) in [
            ("", &[][..]),
            ("plain", &[(false, "plain")]),
            ("2026-11-22", &[(true, "2026-11-22")]),
            (
                "从 2026-11-22 起通行证有效",
                &[
                    (false, "从 "),
                    (true, "2026-11-22"),
                    (false, " 起"),
                    (true, "通行证"),
                    (false, "有效"),
                ],
            ),
            ("2026-11 通行", &[(false, "2026-11 通行")]),
            ("é2026-11-22é", &[(false, "é"), (true, "2026-11-22"), (false, "é")]),
        ] {
            assert_eq!(pieces(text), wanted);
            assert_eq!(pieces(text).iter().map(|it| it.1).collect::<String>(), text);
        }
    }
}
