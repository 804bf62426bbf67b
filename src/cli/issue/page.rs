//! A plain permit page: every field in three languages, the code beside them, drawn in millimetres.
//!
//! A browser prints it on A5. No emblem, no ornament; what demo keys signed says SPECIMEN across the page. A
//! character no font has is the browser's to show: this file names fonts that have both scripts.

use core::fmt::Write as _;

use permit_core::trust::Names;
use permit_core::{Birth, Permit};
use permit_signing::permit::Issuer;
use permit_symbol::{Size, Symbol};
use permit_words::{Card, Label};

/// What all pages of one run have in common.
#[derive(Debug)]
pub(crate) struct Page<'i, 't> {
    issuer: &'i Issuer<'t>,
    card: Card,
}

impl<'i, 't> Page<'i, 't> {
    /// Pages of this issuer.
    pub(crate) fn new(issuer: &'i Issuer<'t>) -> Self {
        Self { issuer, card: Card::new() }
    }

    /// The page of a permit.
    pub(crate) fn draw(&self, permit: &Permit, symbol: &Symbol) -> String {
        let specimen = self.issuer.is_demo() || permit.options.specimen;
        let mut out = String::from(HEAD);
        // Below everything else, so that it hides no field and no module.
        if specimen {
            self.specimen(&mut out);
        }
        self.title(&mut out, permit);
        let mut y = 32.0;
        for (row, fields) in self.fields(permit).chunks(2).enumerate() {
            for (x, (label, value)) in [MARGIN, MIDDLE].into_iter().zip(fields) {
                self.field(&mut out, (x, y), label, value);
            }
            y = 32.0 + ROW * (row + 1) as f64;
        }
        let size = Size::module(MODULE);
        let edge = size.outer_of(symbol);
        out.push_str(&symbol.svg_group(&size, WIDTH - MARGIN - edge, FOOT - edge));
        self.foot(&mut out);
        out.push_str("</svg>\n");
        out
    }

    fn title(&self, out: &mut String, permit: &Permit) {
        let [zh, ko, en] = self.card.label(Label::Title);
        text(out, (MARGIN, 14.0), "t", &format!("{zh}  {ko}  {en}"));
        let label = self.card.label(Label::Number).join(" · ");
        text(out, (MARGIN, 20.0), "l", &label);
        text(out, (MARGIN, 25.5), "n", &permit.id.to_string());
    }

    fn fields(&self, permit: &Permit) -> Vec<(Label, String)> {
        let (options, zone) = (&permit.options, self.issuer.zone());
        let none = || self.card.label(Label::None).join(" · ");
        let region = zone.region(permit.region).map(|region| names(region.names));
        let crossings: Vec<String> = options
            .crossings
            .iter()
            .map(|number| {
                zone.crossing(*number).map_or_else(|| number.to_string(), |it| names(it.names))
            })
            .collect();
        let crossings = match crossings[..] {
            [] => self.card.label(Label::EveryCrossing).join(" · "),
            _ => crossings.join("; "),
        };
        let days = options.stay.unwrap_or(zone.limits.stay);
        vec![
            (Label::NameLatin, permit.latin.to_string()),
            (Label::NameNative, permit.native.as_ref().map_or_else(none, ToString::to_string)),
            (Label::Birth, birth(permit.birth)),
            (Label::Nationality, country(permit.nationality)),
            (Label::Home, region.unwrap_or_else(|| permit.region.to_string())),
            (Label::Document, options.document.as_ref().map_or_else(none, ToString::to_string)),
            (Label::ValidFrom, permit.from.to_string()),
            (Label::ValidThrough, permit.through.to_string()),
            (
                Label::Entries,
                options.entries.map_or_else(
                    || self.card.label(Label::Unlimited).join(" · "),
                    |entries| entries.to_string(),
                ),
            ),
            (Label::Stay, self.card.with(Label::Days, &[("days", days.into())]).join(" · ")),
            (Label::Children, options.children.map_or_else(none, |count| count.to_string())),
            (Label::Issued, permit.issued().to_string()),
            (Label::Crossings, crossings),
            (Label::IssuedBy, names(self.issuer.station().names)),
        ]
    }

    fn field(&self, out: &mut String, (x, y): (f64, f64), label: &Label, value: &str) {
        text(out, (x, y), "l", &self.card.label(*label).join(" · "));
        for (line, part) in (0_u8..).zip(lines(value)) {
            text(out, (x, y + 4.6 + 3.8 * f64::from(line)), "v", &part);
        }
    }

    fn foot(&self, out: &mut String) {
        for (label, y) in [(Label::OnlyZone, 136.5), (Label::Found, 140.5)] {
            text(out, (MARGIN, y), "l", &self.card.label(label).join("  "));
        }
    }

    fn specimen(&self, out: &mut String) {
        let word = self.card.label(Label::Specimen).join(" ");
        let _ = write!(
            out,
            "<text class=\"s\" x=\"{}\" y=\"{}\" transform=\"rotate(-28 {0} {1})\">{}</text>",
            WIDTH / 2.0,
            HEIGHT / 2.0 + 8.0,
            escaped(&word)
        );
    }
}

/// Chinese, Korean, English, as far as there are names.
fn names(names: Names<'_>) -> String {
    [0, 1, 2].into_iter().filter_map(|form| names.get(form)).collect::<Vec<_>>().join(" · ")
}

fn birth(birth: Birth) -> String {
    match birth {
        Birth::Day(day) => day.to_string(),
        Birth::Month(year, month) => format!("{year:04}-{month:02}"),
        Birth::Year(year) => format!("{year:04}"),
    }
}

/// ISO 3166-1: the number, and the letters of the two sides.
fn country(number: u16) -> String {
    let letters = match number {
        156 => "CHN ",
        408 => "PRK ",
        _ => "",
    };
    format!("{letters}{number:03}")
}

/// At most three lines of a value, parted where one part ends.
fn lines(value: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in value.split_inclusive([';', ' ']) {
        match lines.last_mut() {
            Some(line) if crate::table::width(line) + crate::table::width(part) <= 32 => {
                line.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines.truncate(3);
    lines
}

fn text(out: &mut String, (x, y): (f64, f64), class: &str, text: &str) {
    // Writing to a String cannot fail.
    let _ = write!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y:.1}\">{}</text>", escaped(text));
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

/// A5 across, in millimetres.
const WIDTH: f64 = 210.0;
const HEIGHT: f64 = 148.0;
const MARGIN: f64 = 10.0;
/// Where the second column begins.
const MIDDLE: f64 = 84.0;
const ROW: f64 = 14.6;
/// Where the code ends: below the word SPECIMEN, which rises to the right.
const FOOT: f64 = 132.0;
/// Edge of a module.
const MODULE: f64 = 0.75;

const HEAD: &str = concat!(
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"148mm\" viewBox=\"0 0 210 148\">",
    "<style>text{font-family:'Noto Sans CJK SC','Noto Sans SC','Noto Sans KR','WenQuanYi Micro Hei',sans-serif;",
    "fill:#111}.t{font-size:6px;font-weight:bold}.n{font-size:5px;font-family:monospace}",
    ".l{font-size:2.5px;fill:#555}.v{font-size:3.6px}",
    ".s{font-size:21px;font-weight:bold;fill:#c22;fill-opacity:.22;text-anchor:middle}</style>",
    "<rect width=\"210\" height=\"148\" fill=\"#fff\"/>",
    "<rect x=\"4\" y=\"4\" width=\"202\" height=\"140\" rx=\"3\" fill=\"none\" stroke=\"#999\" stroke-width=\".3\"/>",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_the_page() {
        assert_eq!(escaped("A<B>&'"), "A&lt;B&gt;&amp;'");
        assert_eq!(lines("一 二"), ["一 二"]);
        assert_eq!(lines(&"길게 ".repeat(60)).len(), 3);
    }

    #[test]
    fn births_and_countries() {
        assert_eq!(
            (birth(Birth::Year(1904)), birth(Birth::Month(1927, 3))),
            ("1904".into(), "1927-03".into())
        );
        assert_eq!((country(408), country(8)), ("PRK 408".into(), "008".into()));
    }
}
