//! Bend: grids for paper that is not flat.
//!
//! First to the patterns: every alignment pattern is looked for near its place, and the
//! grid follows them as a thin plate would.

use super::fit::{self, Local};
use super::layout::Layout;
use super::sample::Grid;
use crate::{Grey, Point};

/// The grid moved to where the alignment patterns and finders are.
pub(super) fn patterns(
    picture: Grey<'_>,
    layout: &Layout,
    three: &[Local; 3],
    grid: &Grid,
) -> Grid {
    let last = layout.side - 4;
    let mut pulls: Vec<Pull> = [(3, 3), (last, 3), (3, last)]
        .into_iter()
        .zip(three)
        .map(|((x, y), local)| Pull { x, y, by: minus(local.centre, grid.at(x, y)) })
        .collect();
    for (x, y) in layout.alignments() {
        let guess = Local { match_: three[0].match_, ..local(grid, x, y) };
        if let Some((at, score)) = fit::alignment(picture, &guess, REACH)
            && score > 0.55
        {
            pulls.push(Pull { x, y, by: minus(at, guess.centre) });
        }
    }
    plate(grid, &pulls)
}

/// A module whose middle was seen elsewhere.
struct Pull {
    x: usize,
    y: usize,
    by: Point,
}

/// A thin plate through the pulls: r² ln r kernels and an affine part.
fn plate(grid: &Grid, pulls: &[Pull]) -> Grid {
    let n = pulls.len();
    let mut m = vec![vec![0.0; n + 5]; n + 3];
    for (i, p) in pulls.iter().enumerate() {
        for (j, q) in pulls.iter().enumerate() {
            m[i][j] = kernel(p.x.abs_diff(q.x), p.y.abs_diff(q.y));
        }
        m[i][i] += STIFF;
        for (k, value) in [1.0, p.x as f64, p.y as f64].into_iter().enumerate() {
            m[i][n + k] = value;
            m[n + k][i] = value;
        }
        m[i][n + 3] = f64::from(p.by.x);
        m[i][n + 4] = f64::from(p.by.y);
    }
    let Some(weights) = solve(m) else { return grid.clone() };
    grid.moved(|x, y| {
        let affine =
            |k: usize| weights[n][k] + weights[n + 1][k] * x as f64 + weights[n + 2][k] * y as f64;
        let (mut dx, mut dy) = (affine(0), affine(1));
        for (pull, weight) in pulls.iter().zip(&weights) {
            let k = kernel(pull.x.abs_diff(x), pull.y.abs_diff(y));
            dx += k * weight[0];
            dy += k * weight[1];
        }
        Point { x: single(dx), y: single(dy) }
    })
}

fn kernel(dx: usize, dy: usize) -> f64 {
    let r = (dx * dx + dy * dy) as f64;
    if r == 0.0 { 0.0 } else { r * r.ln() }
}

/// Solves for two right-hand sides at once.
fn solve(mut m: Vec<Vec<f64>>) -> Option<Vec<[f64; 2]>> {
    let n = m.len();
    for i in 0..n {
        let pivot = (i..n).max_by(|&a, &b| m[a][i].abs().total_cmp(&m[b][i].abs()))?;
        if m[pivot][i].abs() < 1e-9 {
            return None;
        }
        m.swap(i, pivot);
        let (done, rest) = m.split_at_mut(i + 1);
        let row = &done[i];
        for other in rest {
            let factor = other[i] / row[i];
            for (o, r) in other.iter_mut().zip(row).skip(i) {
                *o -= factor * r;
            }
        }
    }
    let mut out = vec![[0.0; 2]; n];
    for i in (0..n).rev() {
        for k in 0..2 {
            let known: f64 = (i + 1..n).map(|j| m[i][j] * out[j][k]).sum();
            out[i][k] = (m[i][n + k] - known) / m[i][i];
        }
    }
    Some(out)
}

fn local(grid: &Grid, x: usize, y: usize) -> Local {
    let (right, down) = grid.axes(x, y);
    Local { centre: grid.at(x, y), right, down, match_: 0.0 }
}

fn minus(a: Point, b: Point) -> Point {
    Point { x: a.x - b.x, y: a.y - b.y }
}

#[expect(clippy::cast_possible_truncation, reason = "shifts within a picture fit a float")]
fn single(value: f64) -> f32 {
    value as f32
}

/// How far an alignment pattern is looked for, in modules.
const REACH: f32 = 1.75;

/// How little a plate gives way to a single pull.
const STIFF: f64 = 1.0;

#[cfg(test)]
mod tests;
