//! Aligned columns for people.
//!
//! Widths count cells of a terminal, where a Chinese or Korean character takes two. It knows no colours: a row is
//! pieces of text, and what they mean is the caller's.

use permit_words::clean;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// On which side a column is ragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Text cut or filled to exactly so many cells; cut text ends with `…`. What a terminal would obey is cleaned first,
/// so that the width is the width of what is shown.
pub(crate) fn cell(text: &str, width: usize, align: Align) -> String {
    let text = clean(text);
    let text = if text.width() > width { cut(&text, width) } else { text.into_owned() };
    let fill = " ".repeat(width.saturating_sub(text.width()));
    match align {
        Align::Left => text + &fill,
        Align::Right => fill + &text,
    }
}

/// Cells a text takes once it is cleaned.
pub(crate) fn width(text: &str) -> usize {
    clean(text).width()
}

fn cut(text: &str, width: usize) -> String {
    let mut left = width.saturating_sub(1);
    let mut out = String::new();
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if wide > left {
            break;
        }
        left -= wide;
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_exactly_as_wide_as_asked() {
        for text in ["", "abc", "김철수", "金哲洙通行证", "a\u{1b}b", "ŏŭ", "long enough to be cut"]
        {
            for wide in 1..12 {
                for align in [Align::Left, Align::Right] {
                    assert_eq!(cell(text, wide, align).width(), wide, "{text:?} in {wide}");
                }
            }
        }
        assert_eq!(cell("김철수", 5, Align::Left), "김철…");
        assert_eq!(cell("김철수", 4, Align::Left), "김… ");
        assert_eq!(cell("7", 3, Align::Right), "  7");
    }
}
