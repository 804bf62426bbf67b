//! Read rate of each kind of picture, a panel a kind, all readers in it, as SVG.
//!
//! Curves against strength where a set has strengths; bars where it has none. The single-reader sheet with its
//! intervals is in [`crate::curves`]; several bands over one another would hide what they show.

use core::fmt::Write as _;

use permit_words::Words;

use super::chart::{SHAPES, shape};
use super::corpus::Item;
use super::score::{Sheet, percent};
use crate::curves::{escaped, kind};

/// A sheet of panels.
pub(super) fn draw(readers: &[Sheet], items: &[Item], words: &Words) -> String {
    let kinds = kinds(items);
    let rows = kinds.len().div_ceil(COLUMNS).max(1);
    let (wide, high) = (COLUMNS * WIDE + 2 * MARGIN, rows * HIGH + HEAD + MARGIN);
    let title = escaped(&words.get("bench-kinds-title"));
    // Writing to a String cannot fail, here and below.
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" role=\"img\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<rect class=\"paper\" width=\"{wide}\" height=\"{high}\" rx=\"10\"/>\n\
         <text class=\"head\" x=\"{}\" y=\"32\">{title}</text>\n",
        MARGIN + 8
    );
    let mut x = 24.0;
    for (at, reader) in readers.iter().enumerate() {
        let _ = writeln!(
            out,
            "<g class=\"r{}\">{}</g><text class=\"key\" x=\"{}\" y=\"56\">{}</text>",
            at % SHAPES,
            shape(at, x + 5.0, 52.0, 4.5),
            x + 14.0,
            escaped(&reader.name)
        );
        x += 34.0 + 7.5 * length(reader.name.chars().count());
    }
    for (index, name) in kinds.iter().enumerate() {
        let place = (MARGIN + index % COLUMNS * WIDE, HEAD + index / COLUMNS * HIGH);
        let _ = write!(out, "<g transform=\"translate({} {})\">", place.0, place.1);
        panel(&mut out, name, readers, items, words);
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// The kinds in which there is something to read, in the set's order.
fn kinds(items: &[Item]) -> Vec<&str> {
    let mut kinds = Vec::new();
    for item in items.iter().filter(|item| !item.wanted.is_nothing()) {
        if !kinds.contains(&item.kind.as_str()) {
            kinds.push(&item.kind);
        }
    }
    kinds
}

fn panel(out: &mut String, name: &str, readers: &[Sheet], items: &[Item], words: &Words) {
    let title = escaped(&kind(name, words));
    let _ = write!(out, "<text class=\"kind\" x=\"{LEFT}\" y=\"16\">{title}</text>");
    for percent in [0.0, 50.0, 100.0] {
        let y = down(percent);
        let _ = write!(out, "<path class=\"grid\" d=\"M{LEFT} {y:.1}h{ACROSS}\"/>");
        let _ = write!(
            out,
            "<text class=\"y\" x=\"{}\" y=\"{:.1}\">{percent:.0}%</text>",
            LEFT - 5.0,
            y + 3.0
        );
    }
    let strengths = strengths(name, items);
    if strengths.len() < 2 {
        bars(out, name, readers, items);
        return;
    }
    for strength in [0.0, 0.5, 1.0] {
        let x = LEFT + strength * ACROSS;
        let y = TOP + DOWN + 13.0;
        let _ = write!(out, "<text class=\"x\" x=\"{x:.1}\" y=\"{y}\">{strength}</text>");
    }
    // Ours is drawn last, over the others.
    for (at, reader) in readers.iter().enumerate().rev() {
        let points: Vec<(f64, f64)> = strengths
            .iter()
            .map(|&(low, high, middle)| {
                let inside = |item: &Item| {
                    item.kind == name && item.strength.is_some_and(|s| (low..high).contains(&s))
                };
                let marks = items.iter().zip(&reader.marks).filter(|(item, _)| inside(item));
                (LEFT + middle * ACROSS, down(percent(marks.map(|(_, mark)| mark.read))))
            })
            .collect();
        let path = points.iter().enumerate().fold(String::new(), |mut path, (i, (x, y))| {
            let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
            path
        });
        let _ = write!(out, "<g class=\"r{}\"><path class=\"line\" d=\"{path}\"/>", at % SHAPES);
        for (x, y) in points {
            out.push_str(&shape(at, x, y, 2.6));
        }
        out.push_str("</g>");
    }
}

/// The strengths of a kind in at most [`BINS`] parts: from, up to, middle.
fn strengths(name: &str, items: &[Item]) -> Vec<(f64, f64, f64)> {
    let of = items.iter().filter(|item| item.kind == name);
    let mut known: Vec<f64> = of.filter_map(|item| item.strength).collect();
    known.sort_by(f64::total_cmp);
    known.dedup();
    let part = known.len().div_ceil(BINS).max(1);
    known
        .chunks(part)
        .map(|chunk| {
            let (first, last) = (chunk[0], chunk[chunk.len() - 1]);
            (first, last + 1e-9, f64::midpoint(first, last).clamp(0.0, 1.0))
        })
        .collect()
}

/// One bar a reader, where a set knows no strengths.
fn bars(out: &mut String, name: &str, readers: &[Sheet], items: &[Item]) {
    let wide = ACROSS / length(readers.len().max(1));
    for (at, reader) in readers.iter().enumerate() {
        let marks = items.iter().zip(&reader.marks).filter(|(item, _)| item.kind == name);
        let rate = percent(marks.map(|(_, mark)| mark.read));
        let (x, y) = (LEFT + length(at) * wide, down(rate));
        let _ = write!(
            out,
            "<g class=\"r{}\"><rect class=\"bar\" x=\"{:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\"><title>{}: {rate:.0} %</title></rect>{}</g>",
            at % SHAPES,
            x + 3.0,
            wide - 6.0,
            down(0.0) - y,
            escaped(&reader.name),
            shape(at, x + wide / 2.0, y, 3.5)
        );
    }
}

fn down(percent: f64) -> f64 {
    TOP + (1.0 - percent / 100.0) * DOWN
}

#[expect(clippy::cast_precision_loss, reason = "numbers of readers and letters")]
const fn length(count: usize) -> f64 {
    count as f64
}

/// The most points of a curve.
const BINS: usize = 8;

/// A panel in pixels, and the plot in it.
const WIDE: usize = 230;
const HIGH: usize = 150;
const LEFT: f64 = 42.0;
const TOP: f64 = 28.0;
const ACROSS: f64 = 174.0;
const DOWN: f64 = 96.0;
const COLUMNS: usize = 4;
const MARGIN: usize = 16;
const HEAD: usize = 72;

const STYLE: &str = "\
.paper{fill:#fff;stroke:#d8dde3}text{font:11px system-ui,'Noto Sans CJK SC','Noto Sans CJK KR',sans-serif;fill:#4a5560}\
.head{font-size:18px;font-weight:600;fill:#16202a}.kind{font-weight:600;font-size:12px;fill:#16202a}.key{font-size:12px}\
.y{text-anchor:end}.x{text-anchor:middle}.grid{stroke:#e3e7ec;fill:none}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}\
.bar{fill-opacity:.35;stroke:none}.r0{fill:#0072b2;stroke:#0072b2}.r1{fill:#d55e00;stroke:#d55e00}.r2{fill:#009e73;stroke:#009e73}\
.r3{fill:#b8860b;stroke:#b8860b}.r4{fill:#b0578d;stroke:#b0578d}.r5{fill:#6b7682;stroke:#6b7682}\
@media(prefers-color-scheme:dark){.paper{fill:#12181f;stroke:#2b3540}text{fill:#a9b4c0}.head,.kind{fill:#eef2f6}.grid{stroke:#27313b}\
.r0{fill:#6db3ff;stroke:#6db3ff}}";

#[cfg(test)]
mod tests {
    use permit_words::Lang;

    use super::*;
    use crate::bench::corpus::generated;
    use crate::bench::score::Mark;

    #[test]
    fn a_panel_a_kind_and_a_line_a_reader() {
        let mut items = generated(4, 1);
        let marks = vec![Mark { read: true, misread: false, ms: 1.0 }; items.len()];
        let sheet =
            |name: &str| Sheet { name: name.into(), version: String::new(), marks: marks.clone() };
        let readers = [sheet("ours"), sheet("other")];
        let svg = draw(&readers, &items, &Words::new(Lang::Zh));
        assert_eq!(
            (svg.matches("class=\"kind\"").count(), svg.matches("class=\"line\"").count()),
            (22, 44)
        );
        items.iter_mut().for_each(|item| item.strength = None);
        let svg = draw(&readers, &items, &Words::new(Lang::Zh));
        assert_eq!(
            (svg.matches("class=\"bar\"").count(), svg.matches("class=\"line\"").count()),
            (44, 0)
        );
    }

    #[test]
    fn strengths_are_put_together() {
        let items = generated(20, 1);
        let bins = strengths("glare", &items);
        assert!(bins.len() <= BINS && bins.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
