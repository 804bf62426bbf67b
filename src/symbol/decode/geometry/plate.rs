//! Plate: a grid for paper that is bent a little.
//!
//! Every alignment pattern is looked for near its place, and the grid follows them as a thin plate would (thin-plate
//! spline, Bookstein 1989).

use crate::decode::code::layout::Layout;
use crate::decode::geometry::refine;
use crate::decode::math::linear::{Pivot, solve};
use crate::decode::math::single;
use crate::decode::sample::grid::Grid;
use crate::decode::sample::local::Local;
use crate::{Grey, Point};

/// The grid moved to where the alignment patterns and finders are.
pub(crate) fn plate(picture: Grey<'_>, layout: &Layout, three: &[Local; 3], grid: &Grid) -> Grid {
    let last = layout.side - 4;
    let mut pulls: Vec<Pull> = [(3, 3), (last, 3), (3, last)]
        .into_iter()
        .zip(three)
        .map(|((x, y), local)| Pull { x, y, by: (local.centre - grid.at(x, y)) })
        .collect();
    for (x, y) in layout.alignments() {
        let guess = Local { match_: three[0].match_, ..grid.local(x, y) };
        if let Some((at, score)) = refine::alignment(picture, &guess, REACH)
            && score > 0.55
        {
            pulls.push(Pull { x, y, by: (at - guess.centre) });
        }
    }
    through(grid, &pulls)
}

/// A module whose middle was seen elsewhere.
struct Pull {
    x: usize,
    y: usize,
    by: Point,
}

/// A thin plate through the pulls: r² ln r kernels and an affine part.
fn through(grid: &Grid, pulls: &[Pull]) -> Grid {
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
    if solve(&mut m, Pivot::Largest, 1e-9).is_none() {
        return grid.clone();
    }
    let weights: Vec<[f64; 2]> = m.iter().map(|row| [row[n + 3], row[n + 4]]).collect();
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

/// How far an alignment pattern is looked for, in modules. Chosen, not measured.
const REACH: f32 = 1.75;

/// How little a plate gives way to a single pull. Chosen, not measured.
const STIFF: f64 = 1.0;

#[cfg(test)]
mod tests;
