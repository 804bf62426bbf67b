//! Faces: which family draws a run of text, and how wide it is.
//!
//! Without fonts at hand ([`Assumed`]) the widths are those of Noto CJK, which the drawing names first; a browser that
//! takes another face is told how long a full line may be. With fonts (feature `glyphs`) widths and glyphs are the
//! font's own, and a character that none has is refused before anything is printed.

use core::fmt;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without serifs.
    Sans,
    /// The same, bold.
    SansBold,
    /// With serifs: Song and Batang.
    Serif,
    /// The same, bold.
    SerifBold,
}

/// Which of the two scripts' faces a run takes: Han is drawn differently on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Han, simplified, and everything that is no Hangul.
    Han,
    /// Hangul, and what stands between.
    Hangul,
}

/// A face of [`Faces`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Typeface(pub(crate) usize);

/// Where glyphs and their widths come from.
pub trait Faces: fmt::Debug {
    /// The face that draws a whole run.
    ///
    /// # Errors
    ///
    /// The first character that no face of this style and script has a glyph for.
    fn face(&self, style: Style, script: Script, run: &str) -> Result<Typeface, char>;

    /// The width of a character in ems.
    fn advance(&self, face: Typeface, c: char) -> f64;

    /// The family, or a list of families, as CSS names it.
    fn family(&self, face: Typeface) -> &str;

    /// Whether the widths are those of the face that draws.
    fn is_exact(&self) -> bool;
}

/// No fonts at hand: the widths of Noto CJK, every character taken to have a glyph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assumed;

impl Faces for Assumed {
    fn face(&self, style: Style, script: Script, _run: &str) -> Result<Typeface, char> {
        Ok(Typeface(2 * style as usize + script as usize))
    }

    fn advance(&self, face: Typeface, c: char) -> f64 {
        let thousandths = match c {
            ' '..='~' => {
                let row = ASCII.get(face.0 / 2).unwrap_or(&ASCII[0]);
                row.get(c as usize - 32).copied().unwrap_or(1000)
            }
            // The widest but Æ, Œ and the digraphs, which are rare; a line that is nearly full is told its length.
            '\u{c0}'..='\u{24f}' => 800,
            '·' => MIDDLE_DOT.get(face.0).copied().unwrap_or(1000),
            '\u{ac00}'..='\u{d7a3}' if face.0 < 4 => 920,
            '\u{ac00}'..='\u{d7a3}' => 966,
            _ => 1000,
        };
        f64::from(thousandths) / 1000.0
    }

    fn family(&self, face: Typeface) -> &str {
        STACKS.get(face.0).unwrap_or(&STACKS[0])
    }

    fn is_exact(&self) -> bool {
        false
    }
}

impl Style {
    /// By the name a template uses.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sans" => Self::Sans,
            "sans-bold" => Self::SansBold,
            "serif" => Self::Serif,
            "serif-bold" => Self::SerifBold,
            _ => return None,
        })
    }

    /// The weight of CSS.
    pub(crate) const fn weight(self) -> u16 {
        match self {
            Self::Sans | Self::Serif => 400,
            Self::SansBold | Self::SerifBold => 700,
        }
    }
}

/// A text cut into runs of one script; what is of neither stays with what stands before it.
pub(crate) fn runs(text: &str) -> Vec<(Script, &str)> {
    let mut runs: Vec<(Script, &str)> = Vec::new();
    let (mut start, mut now) = (0, None);
    for (at, c) in text.char_indices() {
        let script = match c {
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}' => {
                Script::Hangul
            }
            '\u{2e80}'.. | 'A'..='Z' | 'a'..='z' => Script::Han,
            _ => continue,
        };
        match now {
            Some(before) if before != script => {
                runs.push((before, &text[start..at]));
                start = at;
            }
            _ => {}
        }
        now = Some(script);
    }
    if start < text.len() {
        runs.push((now.unwrap_or(Script::Han), &text[start..]));
    }
    runs
}

/// Families by style and script; Noto CJK first, since the widths are its own.
const STACKS: [&str; 8] = [
    "'Noto Sans CJK SC','Noto Sans SC','WenQuanYi Micro Hei','PingFang SC','Microsoft YaHei',sans-serif",
    "'Noto Sans CJK KR','Noto Sans KR','WenQuanYi Micro Hei','Apple SD Gothic Neo','Malgun Gothic',sans-serif",
    "'Noto Sans CJK SC','Noto Sans SC','WenQuanYi Micro Hei','PingFang SC','Microsoft YaHei',sans-serif",
    "'Noto Sans CJK KR','Noto Sans KR','WenQuanYi Micro Hei','Apple SD Gothic Neo','Malgun Gothic',sans-serif",
    "'Noto Serif CJK SC','Noto Serif SC','Songti SC','SimSun','Noto Sans CJK SC','WenQuanYi Micro Hei',serif",
    "'Noto Serif CJK KR','Noto Serif KR','AppleMyungjo','Batang','Noto Sans CJK KR','WenQuanYi Micro Hei',serif",
    "'Noto Serif CJK SC','Noto Serif SC','Songti SC','SimSun','Noto Sans CJK SC','WenQuanYi Micro Hei',serif",
    "'Noto Serif CJK KR','Noto Serif KR','AppleMyungjo','Batang','Noto Sans CJK KR','WenQuanYi Micro Hei',serif",
];

/// Advances of U+0020 to U+007E in thousandths of an em, by [`Style`]: read from Noto Sans CJK SC 2.004 and Noto Serif
/// CJK SC 2.001, regular and bold (their hmtx tables, 1 December 2026).
const ASCII: [[u16; 95]; 4] = [
    [
        224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555,
        555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638,
        688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742, 633, 742, 635, 596, 599, 721,
        575, 878, 573, 531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564,
        607, 275, 275, 552, 284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521,
        475, 338, 270, 338, 555,
    ],
    [
        227, 370, 574, 590, 590, 963, 740, 325, 378, 378, 507, 590, 325, 370, 325, 387, 590, 590,
        590, 590, 590, 590, 590, 590, 590, 590, 325, 325, 590, 590, 590, 514, 1007, 641, 681, 656,
        714, 615, 585, 717, 757, 330, 568, 686, 578, 853, 749, 770, 667, 770, 682, 624, 625, 748,
        619, 915, 627, 580, 613, 378, 387, 378, 590, 567, 626, 591, 644, 527, 644, 581, 372, 597,
        640, 304, 306, 604, 315, 964, 641, 626, 644, 644, 436, 495, 421, 637, 576, 863, 562, 574,
        511, 378, 296, 378, 590,
    ],
    [
        256, 308, 376, 574, 550, 923, 779, 196, 364, 364, 478, 580, 327, 346, 327, 352, 557, 471,
        558, 557, 555, 558, 558, 549, 558, 562, 327, 327, 580, 580, 580, 432, 912, 718, 670, 691,
        770, 652, 629, 741, 853, 405, 402, 731, 625, 975, 796, 767, 641, 767, 715, 567, 659, 797,
        714, 1053, 700, 687, 605, 344, 352, 344, 580, 563, 435, 557, 638, 538, 629, 546, 388, 566,
        663, 332, 311, 607, 334, 974, 661, 596, 638, 607, 462, 473, 367, 653, 548, 838, 564, 552,
        498, 374, 316, 374, 580,
    ],
    [
        250, 355, 447, 615, 589, 966, 803, 235, 400, 400, 485, 603, 335, 370, 335, 400, 593, 466,
        594, 593, 593, 594, 594, 588, 594, 596, 335, 335, 603, 603, 603, 473, 970, 746, 708, 702,
        789, 666, 648, 757, 864, 426, 428, 767, 642, 1001, 815, 785, 673, 785, 751, 597, 695, 818,
        734, 1091, 726, 701, 627, 372, 400, 372, 603, 593, 447, 585, 672, 565, 658, 572, 402, 596,
        687, 349, 335, 651, 355, 1008, 685, 623, 671, 640, 500, 499, 393, 678, 578, 874, 599, 582,
        517, 380, 338, 380, 603,
    ],
];

/// The same of U+00B7, by style and script.
const MIDDLE_DOT: [u16; 8] = [1000, 561, 1000, 592, 327, 327, 335, 335];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_two_scripts() {
        assert_eq!(
            runs("延吉 · 연길 · Yanji"),
            [(Script::Han, "延吉 · "), (Script::Hangul, "연길 · "), (Script::Han, "Yanji")]
        );
        assert_eq!(runs("1931-04-02"), [(Script::Han, "1931-04-02")]);
        assert_eq!(runs(""), []);
    }
}
