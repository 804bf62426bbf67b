//! Read rate against strength, one curve a kind, as SVG.
//!
//! A rate of a few pictures says little, so every point carries its number and the band is Wilson's 95 % interval.
//! The same panels stand in the report and, on a sheet of their own, in documentation.

use core::fmt::Write as _;

use permit_words::Words;

/// The read rates of one kind of bad picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Curve {
    /// Its name in the manifest.
    pub(crate) kind: String,
    points: Vec<Point>,
}

/// Two strengths of a curve that goes up: each with how many of how many were read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rise {
    better: (f64, usize, usize),
    worse: (f64, usize, usize),
}

impl Rise {
    /// What is said of it.
    pub(crate) fn says(&self, curve: &Curve, words: &Words) -> String {
        let share = |(_, read, count): (f64, usize, usize)| format!("{read}/{count}");
        let at = |(strength, ..): (f64, usize, usize)| format!("{strength:.2}");
        let values = [
            ("kind", kind(&curve.kind, words).into()),
            ("better", at(self.better).into()),
            ("few", share(self.better).into()),
            ("worse", at(self.worse).into()),
            ("many", share(self.worse).into()),
        ];
        words.with("report-curve-rises", &values)
    }
}

/// Pictures of about one strength.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    strength: f64,
    read: usize,
    count: usize,
}

impl Curve {
    /// Sums up samples of strength and whether a picture was read.
    pub(crate) fn new(kind: &str, samples: &[(f64, bool)]) -> Self {
        let mut sorted: Vec<(f64, bool)> =
            samples.iter().map(|(at, read)| (at.clamp(0.0, 1.0), *read)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut strengths: Vec<f64> = sorted.iter().map(|(at, _)| *at).collect();
        strengths.dedup();
        let bin = |at: f64| {
            if strengths.len() > STEPS { (at * TENTHS).min(TENTHS - 1.0).floor() } else { at }
        };
        let mut points: Vec<Point> = Vec::new();
        for part in sorted.chunk_by(|a, b| bin(a.0) == bin(b.0)) {
            let sum: f64 = part.iter().map(|(at, _)| at).sum();
            let read = part.iter().filter(|(_, read)| *read).count();
            points.push(Point { strength: sum / real(part.len()), read, count: part.len() });
        }
        Self { kind: kind.to_owned(), points }
    }

    /// Pictures read.
    pub(crate) fn read(&self) -> usize {
        self.points.iter().map(|point| point.read).sum()
    }

    /// The greatest rise: where worse pictures are read more often than better ones, and that is hardly chance.
    pub(crate) fn rise(&self) -> Option<Rise> {
        let pairs = self.points.iter().enumerate().flat_map(|(index, better)| {
            self.points.iter().skip(index + 1).map(move |worse| (better, worse))
        });
        let risen =
            pairs.filter(|(better, worse)| better.interval(Z_80).1 < worse.interval(Z_80).0);
        let by = |(better, worse): &(&Point, &Point)| worse.rate() - better.rate();
        let (better, worse) = risen.max_by(|a, b| by(a).total_cmp(&by(b)))?;
        let of = |point: &Point| (point.strength, point.read, point.count);
        Some(Rise { better: of(better), worse: of(worse) })
    }

    /// Pictures.
    pub(crate) fn count(&self) -> usize {
        self.points.iter().map(|point| point.count).sum()
    }
}

/// The kind in the user's language; one that is not ours by its own name.
pub(crate) fn kind(name: &str, words: &Words) -> String {
    KINDS
        .iter()
        .find(|(kind, _)| *kind == name)
        .map_or_else(|| name.to_owned(), |(_, id)| words.get(id))
}

/// One panel: `<svg>` without a colour of its own, for a page whose stylesheet knows the classes.
pub(crate) fn panel(curve: &Curve, words: &Words) -> String {
    let title = escaped(&kind(&curve.kind, words));
    let mut out = format!(
        "<svg class=\"curve\" viewBox=\"0 0 {WIDE} {HIGH}\" role=\"img\" aria-label=\"{title}: {} / {}\">",
        curve.read(),
        curve.count()
    );
    draw(&mut out, curve, words);
    out.push_str("</svg>");
    out
}

/// A sheet with all of them, which needs nothing else.
pub(crate) fn sheet(curves: &[Curve], words: &Words) -> String {
    let columns = curves.len().clamp(1, COLUMNS);
    let rows = curves.len().div_ceil(columns);
    let (wide, high) = (columns * WIDE + 2 * MARGIN, rows * HIGH + HEAD + MARGIN);
    let title = escaped(&words.get("report-curves-title"));
    let note = escaped(&words.get("report-curves-note"));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" role=\"img\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<rect class=\"paper\" width=\"{wide}\" height=\"{high}\" rx=\"10\"/>\n\
         <text class=\"head\" x=\"{}\" y=\"32\">{title}</text><text class=\"note\" x=\"{}\" y=\"52\">{note}</text>\n",
        MARGIN + 8,
        MARGIN + 8
    );
    for (index, curve) in curves.iter().enumerate() {
        let (x, y) = (MARGIN + index % columns * WIDE, HEAD + index / columns * HIGH);
        let _ = write!(out, "<g transform=\"translate({x} {y})\">");
        draw(&mut out, curve, words);
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

fn draw(out: &mut String, curve: &Curve, words: &Words) {
    let title = escaped(&kind(&curve.kind, words));
    let sum = escaped(&words.with(
        "report-curve-sum",
        &[("read", curve.read().into()), ("count", curve.count().into())],
    ));
    // Writing to a String cannot fail, here and below.
    let _ = write!(out, "<text class=\"kind\" x=\"{LEFT}\" y=\"16\">{title}</text>");
    let _ = write!(out, "<text class=\"sum\" x=\"{}\" y=\"16\">{sum}</text>", LEFT + ACROSS);
    for percent in [0.0, 50.0, 100.0] {
        let y = down(percent / 100.0);
        let _ = write!(out, "<path class=\"grid\" d=\"M{LEFT} {y:.1}h{ACROSS}\"/>");
        let _ = write!(
            out,
            "<text class=\"y\" x=\"{}\" y=\"{:.1}\">{percent:.0}%</text>",
            LEFT - 5.0,
            y + 3.0
        );
    }
    for strength in [0.0, 0.5, 1.0] {
        let _ = write!(
            out,
            "<text class=\"x\" x=\"{:.1}\" y=\"{}\">{strength}</text>",
            across(strength),
            TOP + DOWN + 13.0
        );
    }
    if curve.points.len() > 1 {
        let _ = write!(out, "<path class=\"band\" d=\"{}\"/>", band(&curve.points));
        let _ = write!(out, "<path class=\"line\" d=\"{}\"/>", line(&curve.points));
    }
    for point in &curve.points {
        let (x, y) = (across(point.strength), down(point.rate()));
        let _ = write!(
            out,
            "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"><title>{:.2}: {} / {}</title></circle>",
            point.strength, point.read, point.count
        );
    }
}

impl Point {
    fn rate(&self) -> f64 {
        if self.count == 0 { 0.0 } else { real(self.read) / real(self.count) }
    }

    /// Wilson's interval, of 95 % for [`Z_95`].
    fn interval(&self, z: f64) -> (f64, f64) {
        let (n, p) = (real(self.count).max(1.0), self.rate());
        let middle = p + z * z / (2.0 * n);
        let reach = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let by = 1.0 + z * z / n;
        (((middle - reach) / by).max(0.0), ((middle + reach) / by).min(1.0))
    }
}

fn line(points: &[Point]) -> String {
    path(points.iter().map(|point| (point.strength, point.rate())))
}

fn band(points: &[Point]) -> String {
    let upper = points.iter().map(|point| (point.strength, point.interval(Z_95).1));
    let lower = points.iter().rev().map(|point| (point.strength, point.interval(Z_95).0));
    path(upper.chain(lower)) + "Z"
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.enumerate().fold(String::new(), |mut path, (index, (strength, rate))| {
        let _ = write!(
            path,
            "{}{:.1} {:.1}",
            if index == 0 { 'M' } else { 'L' },
            across(strength),
            down(rate)
        );
        path
    })
}

fn across(strength: f64) -> f64 {
    LEFT + strength * ACROSS
}

fn down(rate: f64) -> f64 {
    TOP + (1.0 - rate) * DOWN
}

#[expect(clippy::cast_precision_loss, reason = "numbers of pictures are far below 2^53")]
const fn real(count: usize) -> f64 {
    count as f64
}

/// Text for an element or an attribute of SVG, cleaned.
pub(crate) fn escaped(text: &str) -> String {
    permit_words::clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Deviations of the normal distribution within which 95 % and 80 % lie. Of two points whose intervals of 80 % do not
/// touch the difference is hardly chance (1.8 deviations for equal numbers); three pictures of three after none of
/// three are enough.
const Z_95: f64 = 1.96;
const Z_80: f64 = 1.282;

/// A panel in pixels, and the plot in it.
const WIDE: usize = 230;
const HIGH: usize = 150;
const LEFT: f64 = 42.0;
const TOP: f64 = 28.0;
const ACROSS: f64 = 174.0;
const DOWN: f64 = 96.0;

/// A sheet.
const COLUMNS: usize = 4;
const MARGIN: usize = 16;
const HEAD: usize = 68;

/// More strengths than these are put together by tenths.
const STEPS: usize = 12;
const TENTHS: f64 = 10.0;

const STYLE: &str = "\
.paper{fill:#fff;stroke:#d8dde3}text{font:11px system-ui,'Noto Sans CJK SC','Noto Sans CJK KR',sans-serif;fill:#4a5560}\
.head{font-size:18px;font-weight:600;fill:#16202a}.note{font-size:12px}.kind{font-weight:600;font-size:12px;fill:#16202a}\
.sum,.y{text-anchor:end}.x{text-anchor:middle}.grid{stroke:#e3e7ec;fill:none}.band{fill:#0b6bcb;fill-opacity:.14}\
.line{fill:none;stroke:#0b6bcb;stroke-width:2;stroke-linejoin:round}.dot{fill:#fff;stroke:#0b6bcb;stroke-width:2}\
@media(prefers-color-scheme:dark){.paper{fill:#12181f;stroke:#2b3540}text{fill:#a9b4c0}.head,.kind{fill:#eef2f6}\
.grid{stroke:#27313b}.band{fill:#6db3ff}.line,.dot{stroke:#6db3ff}.dot{fill:#12181f}}";

/// Kinds of pictures, and the messages that name them.
const KINDS: [(&str, &str); 38] = [
    ("clean", "kind-clean"),
    ("perspective", "kind-perspective"),
    ("rotation", "kind-rotation"),
    ("defocus", "kind-defocus"),
    ("motion", "kind-motion"),
    ("noise", "kind-noise"),
    ("low-light", "kind-low-light"),
    ("shadow", "kind-shadow"),
    ("glare", "kind-glare"),
    ("low-contrast", "kind-low-contrast"),
    ("jpeg", "kind-jpeg"),
    ("small", "kind-small"),
    ("dirt", "kind-dirt"),
    ("scratch", "kind-scratch"),
    ("fold", "kind-fold"),
    ("curved", "kind-curved"),
    ("crumple", "kind-crumple"),
    ("torn", "kind-torn"),
    ("moire", "kind-moire"),
    ("faded", "kind-faded"),
    ("smeared", "kind-smeared"),
    ("several", "kind-several"),
    ("combo", "kind-combo"),
    ("close", "kind-close"),
    ("sheet", "kind-sheet"),
    ("beside", "kind-beside"),
    ("inverted", "kind-inverted"),
    ("colour", "kind-colour"),
    ("steep", "kind-steep"),
    ("far", "kind-far"),
    ("desk", "kind-desk"),
    ("text", "kind-text"),
    ("texture", "kind-texture"),
    ("barcode", "kind-barcode"),
    ("chessboard", "kind-chessboard"),
    ("matrix", "kind-matrix"),
    ("finders", "kind-finders"),
    ("scrambled", "kind-scrambled"),
];

#[cfg(test)]
mod tests {
    use permit_symbol::camera::{Blank, Kind};
    use permit_words::Lang;

    use super::*;

    #[test]
    fn every_kind_has_a_name_in_each_language() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let kinds = Kind::ALL.into_iter().chain(Kind::SCENES).map(Kind::name);
            for name in kinds.chain(Blank::ALL.map(Blank::name)) {
                let said = kind(name, &words);
                assert!(lang == Lang::En || said != name, "{lang} {name}");
            }
            assert_eq!(kind("sunny", &words), "sunny");
        }
    }

    #[test]
    fn samples_are_put_together_by_strength() {
        let curve = Curve::new("glare", &[(0.5, true), (0.0, true), (0.5, false), (2.0, false)]);
        let points: Vec<(f64, usize, usize)> =
            curve.points.iter().map(|p| (p.strength, p.read, p.count)).collect();
        assert_eq!(points, [(0.0, 1, 1), (0.5, 1, 2), (1.0, 0, 1)]);
        let many: Vec<(f64, bool)> =
            (0..1000).map(|n| (f64::from(n) / 999.0, n % 2 == 0)).collect();
        let curve = Curve::new("glare", &many);
        assert_eq!((curve.points.len(), curve.count()), (10, 1000));
    }

    #[test]
    fn row_7_a_curve_that_rises_is_told() {
        let of = |reads: &[(f64, usize, usize)]| {
            let samples: Vec<(f64, bool)> = reads
                .iter()
                .flat_map(|(at, read, count)| (0..*count).map(move |n| (*at, n < *read)))
                .collect();
            Curve::new("glare", &samples).rise().map(|rise| (rise.better.0, rise.worse.0))
        };
        assert_eq!(of(&[(0.25, 3, 3), (0.5, 1, 3), (0.75, 0, 3)]), None);
        assert_eq!(of(&[(0.25, 0, 3), (0.5, 2, 3)]), None, "it may be chance");
        assert_eq!(of(&[(0.25, 0, 3), (0.5, 1, 3), (0.75, 3, 3)]), Some((0.25, 0.75)));
        assert_eq!(of(&[(0.25, 40, 50), (0.5, 50, 50), (0.75, 20, 50)]), Some((0.25, 0.5)));
    }

    #[test]
    fn an_interval_holds_its_rate() {
        for (read, count) in [(0, 1), (1, 1), (3, 7), (50, 100), (0, 1000)] {
            let point = Point { strength: 0.0, read, count };
            let (low, high) = point.interval(Z_95);
            assert!(
                (0.0..=1.0).contains(&low)
                    && low <= point.rate() + 1e-9
                    && point.rate() <= high + 1e-9,
                "{read}/{count}"
            );
        }
        let (low, high) = Point { strength: 0.0, read: 8, count: 10 }.interval(Z_95);
        assert!(
            (low - 0.490).abs() < 1e-3 && (high - 0.943).abs() < 1e-3,
            "the textbook's example"
        );
    }

    #[test]
    fn a_name_cannot_leave_its_element() {
        let curve = Curve::new("</svg><script>\"&\u{1b}", &[(0.0, true)]);
        let words = Words::new(Lang::En);
        for svg in [panel(&curve, &words), sheet(core::slice::from_ref(&curve), &words)] {
            assert!(!svg.contains("<script") && !svg.contains('\u{1b}'));
            assert_eq!(svg.matches("</svg>").count(), 1);
        }
    }
}
