//! Read rate against time, as SVG: one mark a reader, and the steps of ours as a line.
//!
//! Time is drawn by its logarithm, because readers differ a hundredfold. Shapes tell readers apart as well as colours.

use core::fmt::Write as _;

use permit_words::Words;

use super::score::{Figures, Step};
use crate::curves::escaped;

/// The chart.
pub(super) fn draw(readers: &[Figures], steps: &[Step], words: &Words) -> String {
    let times = readers.iter().map(|r| r.mean).chain(steps.iter().map(|s| s.mean));
    let scale = Scale::new(times.filter(|ms| *ms > 0.0));
    let title = escaped(&words.get("bench-chart-title"));
    let pictures = readers.first().map_or(0, |reader| reader.pictures);
    let note = escaped(&words.with("bench-chart-note", &[("count", pictures.into())]));
    // Writing to a String cannot fail, here and below.
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDE} {HIGH}\" width=\"{WIDE}\" height=\"{HIGH}\" role=\"img\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<rect class=\"paper\" width=\"{WIDE}\" height=\"{HIGH}\" rx=\"10\"/>\n\
         <text class=\"head\" x=\"24\" y=\"34\">{title}</text><text class=\"note\" x=\"24\" y=\"54\">{note}</text>\n"
    );
    axes(&mut out, &scale, words);
    line(&mut out, steps, &scale);
    let mut places: Vec<(f64, f64)> = Vec::new();
    for (at, reader) in readers.iter().enumerate() {
        let (x, y) = (scale.across(reader.mean), down(reader.read));
        let _ = writeln!(
            out,
            "<g class=\"r{}\"><title>{}: {:.1} %, {:.2} ms</title>{}</g>",
            at % SHAPES,
            escaped(&reader.name),
            reader.read,
            reader.mean,
            shape(at, x, y, 7.0)
        );
        let label = free(&mut places, x, y);
        let end = x > WIDE - 190.0;
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"{:.1}\" y=\"{label:.1}\"{}>{} {:.1} %</text>",
            if end { x - 13.0 } else { x + 13.0 },
            if end { " text-anchor=\"end\"" } else { "" },
            escaped(&reader.name),
            reader.read
        );
    }
    out.push_str("</svg>\n");
    out
}

/// A mark of a shape of its own.
pub(super) fn shape(reader: usize, x: f64, y: f64, r: f64) -> String {
    match reader % SHAPES {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\"/>"),
        1 => {
            let (left, top, edge) = (x - r * 0.9, y - r * 0.9, r * 1.8);
            format!(
                "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{edge:.1}\" height=\"{edge:.1}\"/>"
            )
        }
        2 => polygon(&[(x, y - r * 1.1), (x + r, y + r * 0.8), (x - r, y + r * 0.8)]),
        3 => polygon(&[(x, y - r * 1.2), (x + r * 1.2, y), (x, y + r * 1.2), (x - r * 1.2, y)]),
        4 => polygon(&[(x, y + r * 1.1), (x + r, y - r * 0.8), (x - r, y - r * 0.8)]),
        _ => {
            let (a, b) = (r, r * 0.35);
            polygon(&[
                (x - b, y - a),
                (x + b, y - a),
                (x + b, y - b),
                (x + a, y - b),
                (x + a, y + b),
                (x + b, y + b),
                (x + b, y + a),
                (x - b, y + a),
                (x - b, y + b),
                (x - a, y + b),
                (x - a, y - b),
                (x - b, y - b),
            ])
        }
    }
}

/// Shapes there are.
pub(super) const SHAPES: usize = 6;

fn polygon(points: &[(f64, f64)]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    format!("<polygon points=\"{}\"/>", points.join(" "))
}

/// A height for a label at which no other stands.
fn free(places: &mut Vec<(f64, f64)>, x: f64, y: f64) -> f64 {
    let mut label = y + 4.0;
    while places.iter().any(|(a, b)| (a - x).abs() < 170.0 && (b - label).abs() < 15.0) {
        label += 15.0;
    }
    places.push((x, label));
    label
}

fn axes(out: &mut String, scale: &Scale, words: &Words) {
    for percent in [0.0, 20.0, 40.0, 60.0, 80.0, 100.0] {
        let y = down(percent);
        let _ = write!(out, "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{RIGHT}\"/>");
        let _ = writeln!(
            out,
            "<text class=\"y\" x=\"{}\" y=\"{:.1}\">{percent:.0} %</text>",
            LEFT - 8.0,
            y + 4.0
        );
    }
    for ms in scale.ticks() {
        let x = scale.across(ms);
        let _ = write!(out, "<path class=\"grid\" d=\"M{x:.1} {TOP}V{BOTTOM}\"/>");
        let _ = writeln!(out, "<text class=\"x\" x=\"{x:.1}\" y=\"{}\">{ms}</text>", BOTTOM + 18.0);
    }
    let _ = writeln!(
        out,
        "<text class=\"x\" x=\"{}\" y=\"{}\">{}</text>",
        (LEFT + RIGHT) / 2.0,
        BOTTOM + 38.0,
        escaped(&words.get("bench-chart-time"))
    );
}

/// The steps of our reader, joined.
fn line(out: &mut String, steps: &[Step], scale: &Scale) {
    let mut path = String::new();
    for (at, step) in steps.iter().enumerate() {
        let (x, y) = (scale.across(step.mean), down(step.read));
        let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
        let _ = write!(
            out,
            "<circle class=\"step\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"><title>{}: {:.1} %, {:.2} ms</title></circle>",
            escaped(&step.name),
            step.read,
            step.mean
        );
    }
    let _ = writeln!(out, "<path class=\"steps\" d=\"{path}\"/>");
}

/// Milliseconds by their logarithm.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn new(times: impl Iterator<Item = f64>) -> Self {
        let (low, high) = times.fold((f64::MAX, f64::MIN), |(low, high), ms| {
            (low.min(ms.log10()), high.max(ms.log10()))
        });
        if low > high {
            return Self { low: 0.0, high: 1.0 };
        }
        Self { low: low - 0.15, high: high + 0.35 }
    }

    fn across(&self, ms: f64) -> f64 {
        let share = (ms.max(1e-6).log10() - self.low) / (self.high - self.low);
        LEFT + share.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    /// 1, 2, 5, 10, … within.
    fn ticks(&self) -> impl Iterator<Item = f64> + '_ {
        TICKS.into_iter().filter(|ms| (self.low..=self.high).contains(&ms.log10()))
    }
}

fn down(percent: f64) -> f64 {
    BOTTOM - percent / 100.0 * (BOTTOM - TOP)
}

const TICKS: [f64; 15] =
    [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0];
const WIDE: f64 = 760.0;
const HIGH: f64 = 440.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 736.0;
const TOP: f64 = 76.0;
const BOTTOM: f64 = 384.0;

const STYLE: &str = "\
.paper{fill:#fff;stroke:#d8dde3}text{font:12px system-ui,'Noto Sans CJK SC','Noto Sans CJK KR',sans-serif;fill:#4a5560}\
.head{font-size:18px;font-weight:600;fill:#16202a}.name{font-size:13px;fill:#16202a}.grid{stroke:#e3e7ec;fill:none}\
.y{text-anchor:end}.x{text-anchor:middle}.steps{fill:none;stroke:#0072b2;stroke-opacity:.45;stroke-width:2}\
.step{fill:#fff;stroke:#0072b2}.r0{fill:#0072b2}.r1{fill:#d55e00}.r2{fill:#009e73}.r3{fill:#b8860b}.r4{fill:#b0578d}\
.r5{fill:#6b7682}@media(prefers-color-scheme:dark){.paper{fill:#12181f;stroke:#2b3540}text{fill:#a9b4c0}\
.head,.name{fill:#eef2f6}.grid{stroke:#27313b}.step{fill:#12181f;stroke:#6db3ff}.steps{stroke:#6db3ff}.r0{fill:#6db3ff}}";

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use permit_words::Lang;

    use super::*;

    fn reader(name: &str, read: f64, mean: f64) -> Figures {
        Figures {
            name: name.into(),
            version: String::new(),
            pictures: 10,
            read,
            mean,
            median: mean,
            p95: mean,
            empty: None,
            misreads: 0,
            ratio: None,
            kinds: BTreeMap::new(),
        }
    }

    #[test]
    fn every_reader_has_a_mark_and_a_label_of_its_own() {
        let readers: Vec<Figures> = (0..8_u8)
            .map(|n| reader(&format!("r<{n}>"), 90.0, 5.0 + f64::from(n) / 10.0))
            .collect();
        let svg = draw(&readers, &[], &Words::new(Lang::En));
        let heights: std::collections::BTreeSet<&str> = svg
            .lines()
            .filter(|line| line.starts_with("<text class=\"name\""))
            .filter_map(|line| line.split("y=\"").nth(1)?.split('"').next())
            .collect();
        assert_eq!(heights.len(), 8, "{svg}");
        assert!(!svg.contains("r<") && svg.contains("r&lt;7&gt;"));
    }

    #[test]
    fn faster_is_left_and_better_is_up() {
        let scale = Scale::new([1.0, 100.0].into_iter());
        assert!(scale.across(1.0) < scale.across(10.0) && scale.across(10.0) < scale.across(100.0));
        assert!(down(90.0) < down(20.0));
        assert!(scale.ticks().all(|ms| (LEFT..=RIGHT).contains(&scale.across(ms))));
        assert!(draw(&[], &[], &Words::new(Lang::Ko)).ends_with("</svg>\n"));
    }
}
