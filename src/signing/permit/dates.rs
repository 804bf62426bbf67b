//! Dates as people write them: `1931-4-2`, `1931/4/2`, `1931.4.2`, `1931年4月2日`, `1931년 4월 2일`, `19310402`.
//!
//! Year, month, day, in this order alone: no other is guessed at. What is none of these goes on as it was typed, and
//! whoever reads it says what is wrong.

/// As it is written in a file: `1931-04-02`, `1931-04` or `1931`; what is no date stays as it was typed.
#[must_use]
pub fn iso(typed: &str) -> String {
    read(typed).unwrap_or_else(|| typed.trim().to_owned())
}

fn read(typed: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let part = |c: char| match c {
        '年' | '月' | '日' | '년' | '월' | '일' | '/' | '.' | '。' => '-',
        c => c,
    };
    let letters = typed.chars().filter(|c| !c.is_whitespace());
    let text: String = letters.map(narrow).map(part).collect();
    let text = text.trim_end_matches('-');
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str, most| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (year, rest) =
        parts.split_first().filter(|(year, _)| year.len() == 4 && digits(year, 4))?;
    if rest.len() > 2 || !rest.iter().all(|part| digits(part, 2)) {
        return None;
    }
    Some(rest.iter().fold((*year).to_owned(), |iso, part| format!("{iso}-{part:0>2}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        for typed in [
            "1931-4-2",
            "1931-04-02",
            "1931/4/2",
            "1931.4.2",
            "1931.4.2.",
            "1931年4月2日",
            "1931年 4月 2日",
            "1931년 4월 2일",
            "１９３１－４－２",
            "１９３１／４／２",
            "１９３１年４月２日",
            "19310402",
            " 1931 - 4 - 2 ",
        ] {
            assert_eq!(iso(typed), "1931-04-02", "{typed}");
        }
        assert_eq!((iso("1931年4月"), iso("1931")), ("1931-04".into(), "1931".into()));
    }

    #[test]
    fn what_is_none_stays_as_it_was_typed() {
        for typed in
            ["2/4/1931", "31-4-2", "1931-4-2-1", "1931-123-1", "4月2日", "昭和6年", "", "1931-"]
        {
            let read = iso(typed);
            assert!(read == typed || read == "1931", "{typed}: {read}");
        }
    }
}
