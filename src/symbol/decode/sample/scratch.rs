//! Scratch: lines across a symbol that no print can be, and what is left of the modules under them.
//!
//! Where a nail or a crease took the ink along a line, all of it is light, however long it is; a line across modules
//! that are dark or light at random soon meets both. Lines that are too long for that are found, sooner where modules
//! are known to be otherwise. How wide they are is told from what runs beside them. A module is taken for what a
//! scratch left of it, and is doubted where that is nothing. Lines that are all dark are treated alike.

use crate::Grey;
use crate::decode::code::layout::Layout;
use crate::decode::picture::interpolate::grey;
use crate::decode::sample::grid::Grid;
use crate::decode::sample::normalise::shades;

/// Soft values of the modules under a grid, given what is `proven` of them; `None` where there is no scratch.
pub(crate) fn mend(
    picture: Grey<'_>,
    layout: &Layout,
    grid: &Grid,
    proven: &[Option<bool>],
) -> Option<Vec<f32>> {
    let parts = Parts::new(picture, layout, grid);
    let known = layout.told(proven);
    let mut covered = vec![false; parts.dark.len()];
    for light in [true, false] {
        parts.cover(light, &known, &mut covered);
    }
    let found = covered.contains(&true);
    found.then(|| (0..layout.known.len()).map(|i| parts.left(i, &covered)).collect())
}

/// What is seen of each part of each module, row by row: 1 dark, -1 light.
struct Parts {
    /// Parts along an edge of the symbol.
    side: usize,
    dark: Vec<f32>,
}

impl Parts {
    fn new(picture: Grey<'_>, layout: &Layout, grid: &Grid) -> Self {
        let side = layout.side * SPLIT;
        let mut dark = vec![0.0; side * side];
        let (shades, turned) = shades(&grid.sample(picture), layout);
        for (i, (level, half)) in shades.into_iter().enumerate() {
            let (x, y) = (i % layout.side, i / layout.side);
            for (row, v) in PLACES.into_iter().enumerate() {
                for (column, u) in PLACES.into_iter().enumerate() {
                    let at = grid.beside((x, y), (u, v));
                    let value = (level - grey(picture, at)) / half;
                    dark[(y * SPLIT + row) * side + x * SPLIT + column] =
                        (if turned { -value } else { value }).clamp(-1.0, 1.0);
                }
            }
        }
        Self { side, dark }
    }

    /// The module that a part belongs to.
    fn module(&self, part: usize) -> usize {
        part / self.side / SPLIT * (self.side / SPLIT) + part % self.side / SPLIT
    }

    /// Marks what scratches cover that are light, or dark.
    fn cover(&self, light: bool, known: &[Option<bool>], covered: &mut [bool]) {
        let like = |dark: f32| if light { dark < -LEVEL } else { dark > LEVEL };
        let mut weights: Vec<i8> = self
            .dark
            .iter()
            .enumerate()
            .map(|(part, dark)| match known[self.module(part)] {
                _ if !like(*dark) => OTHER,
                None => 1,
                Some(dark) if dark == light => AGAINST,
                Some(_) => 0,
            })
            .collect();
        let seen = weights.clone();
        let mut runs: Vec<(i32, Line)> =
            self.lines().filter_map(|line| self.longest(line, &weights)).collect();
        runs.sort_by_key(|(weight, _)| -weight);
        for (_, run) in runs {
            // What a stronger one covers is spent.
            let Some((_, run)) = self.longest(run, &weights) else { continue };
            let reach = |sign: i32| {
                let beside = |by: &i32| self.share(run.beside(sign * by), &seen) > BESIDE;
                (1..=WIDEST).map(|part| part * FINE).take_while(beside).last().unwrap_or(0)
            };
            let (up, down) = (reach(1) + FINE / 2, reach(-1) + FINE / 2);
            let mut by = -down;
            while by <= up {
                for part in self.along(run.beside(by)) {
                    covered[part] = true;
                    weights[part] = weights[part].min(0);
                }
                by += FINE / 2;
            }
        }
    }

    /// Lines from edge to edge.
    fn lines(&self) -> impl Iterator<Item = Line> + use<> {
        let far = i32::try_from(self.side).unwrap_or(0) - 1;
        let places = (far / STEP).max(1);
        let edge = move |k: i32| {
            let along = k % places * STEP;
            match k / places {
                0 => (along, 0),
                1 => (far, along),
                2 => (far - along, far),
                _ => (0, far - along),
            }
        };
        (0..4 * places).flat_map(move |a| {
            ((a / places + 1) * places..4 * places).map(move |b| Line::new(edge(a), edge(b)))
        })
    }

    /// The run of a line that weighs most, if print hardly gives one that does.
    fn longest(&self, line: Line, weights: &[i8]) -> Option<(i32, Line)> {
        let weight = |k: i32| self.part(line.at(k)).map_or(OTHER, |part| weights[part]);
        let (mut best, mut at) = ((0, 0, 0), 0);
        while at + SHORTEST <= line.count {
            // From its far end, a stretch that is broken anywhere is left behind at once.
            if let Some(broken) = (0..SHORTEST).rev().find(|k| weight(at + k) < 0) {
                at += broken + 1;
                continue;
            }
            let (first, mut sum) = (at, 0);
            while at < line.count && weight(at) >= 0 {
                sum += i32::from(weight(at));
                at += 1;
            }
            best = best.max((sum, first, at));
        }
        let (sum, first, end) = best;
        (sum * line.crossing() > CROSSED * FINE * 3).then(|| (sum, line.part(first, end)))
    }

    fn part(&self, (x, y): (i32, i32)) -> Option<usize> {
        let inside = |v: i32| usize::try_from(v).ok().filter(|v| *v < self.side);
        Some(inside(y)? * self.side + inside(x)?)
    }

    fn along(&self, line: Line) -> impl Iterator<Item = usize> + '_ {
        (0..line.count).filter_map(move |k| self.part(line.at(k)))
    }

    /// The share of a line that is as a scratch is.
    fn share(&self, line: Line, weights: &[i8]) -> f32 {
        let count = self.along(line).count() as f32;
        let like = self.along(line).filter(|part| weights[*part] >= 0).count() as f32;
        like / count.max(1.0)
    }

    /// What is left of a module.
    fn left(&self, i: usize, covered: &[bool]) -> f32 {
        let modules = self.side / SPLIT;
        let first = i / modules * SPLIT * self.side + i % modules * SPLIT;
        let (mut sum, mut count) = (0.0, 0.0_f32);
        for row in 0..SPLIT {
            let start = first + row * self.side;
            for part in (start..start + SPLIT).filter(|part| !covered[*part]) {
                sum += self.dark[part];
                count += 1.0;
            }
        }
        let soft = sum / count.max(ENOUGH);
        // Not marked as unknown: what is covered whole is doubted, and still has to be proven.
        if soft == 0.0 { DOUBT } else { soft }
    }
}

/// A straight line over parts of modules, in fractions of a part.
#[derive(Clone, Copy, Debug)]
struct Line {
    from: (i32, i32),
    step: (i32, i32),
    count: i32,
}

impl Line {
    fn new(from: (i32, i32), to: (i32, i32)) -> Self {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let count = dx.abs().max(dy.abs()).max(1);
        let middle = |v: i32| v * FINE + FINE / 2;
        Self {
            from: (middle(from.0), middle(from.1)),
            step: (dx * FINE / count, dy * FINE / count),
            count,
        }
    }

    fn at(&self, k: i32) -> (i32, i32) {
        let (x, y) = (self.from.0 + k * self.step.0, self.from.1 + k * self.step.1);
        (x.div_euclid(FINE), y.div_euclid(FINE))
    }

    /// From one step to before another.
    fn part(self, first: i32, end: i32) -> Self {
        let from = (self.from.0 + first * self.step.0, self.from.1 + first * self.step.1);
        Self { from, count: end - first, ..self }
    }

    /// The same so far beside it.
    fn beside(self, by: i32) -> Self {
        let (dx, dy) = self.step;
        let length = (dx * dx + dy * dy).isqrt().max(1);
        let from = (self.from.0 - by * dy / length, self.from.1 + by * dx / length);
        Self { from, ..self }
    }

    /// How many edges of parts a step crosses, in fractions.
    fn crossing(&self) -> i32 {
        self.step.0.abs() + self.step.1.abs()
    }
}

/// Parts of a module along its edge, and where they are looked at, in modules from its middle. Chosen, not
/// measured.
const SPLIT: usize = 3;
const PLACES: [f32; SPLIT] = [-0.34, 0.0, 0.34];

/// Fractions of a part. Chosen, not measured.
const FINE: i32 = 1 << 10;

/// Parts between the ends of lines that are tried. Chosen for time.
const STEP: i32 = 3;

/// Parts that are less light than this are no part of a light scratch. Chosen, not measured.
const LEVEL: f32 = 0.1;

/// What breaks a scratch, and how much a part weighs that is known to be otherwise. Chosen, not measured.
const OTHER: i8 = -1;
const AGAINST: i8 = 5;

/// A run over fewer modules is print more often than not. Chosen, not measured.
const CROSSED: i32 = 18;

/// A shorter run weighs too little whatever is known of it. Chosen, not measured.
const SHORTEST: i32 = 8;

/// More than this share of what runs beside a scratch is like it, and it is as wide. Chosen, not measured.
const BESIDE: f32 = 0.85;

/// The most parts that a scratch reaches to each side. Chosen, not measured.
const WIDEST: i32 = 4;

/// What a module is taken for of which nothing is left. Chosen, not measured.
const DOUBT: f32 = 0.01;

/// Fewer parts left of a module say less. Chosen, not measured.
const ENOUGH: f32 = 3.0;

#[cfg(test)]
mod tests;
