//! Mesh: a deformation mesh laid over a symbol whose paper curls, folds or is crumpled.
//!
//! The mesh is a lattice of small shifts over a flat map. Wherever dark meets light
//! between two modules, the grey levels on the way say how far the mesh has slipped from
//! their border; all borders together, and a little stiffness, move the lattice (linear least
//! squares). It starts at the finders and follows the print outwards from there, so that
//! nothing has to be nearly right from the start. What the modules say is for others.

use crate::decode::code::layout::Layout;
use crate::decode::geometry::borders::{Slip, away, borders};
use crate::decode::geometry::homography::{Homography, Pair};
use crate::decode::geometry::refine;
use crate::decode::math::linear::Band;
use crate::decode::math::whole;
use crate::decode::picture::interpolate::grey;
use crate::decode::sample::grid::Grid;
use crate::decode::sample::local::Local;
use crate::{Grey, Point};

/// Shifts of a symbol's modules away from a flat map, in modules.
#[derive(Clone, Debug)]
pub(crate) struct Mesh {
    /// Nodes along an edge, and modules from one to the next.
    count: usize,
    span: f32,
    /// Across and along, node by node.
    shifts: [Vec<f32>; 2],
}

/// A place of the mesh that was seen shifted, in modules.
struct Pull {
    at: (f32, f32),
    /// Which of the two shifts it is.
    along: bool,
    shift: f32,
    weight: f32,
}

impl Mesh {
    /// A mesh without shifts.
    fn flat(side: usize) -> Self {
        let count = whole((side as f32 / SPAN).ceil().clamp(3.0, MOST)) + 1;
        let nodes = vec![0.0; count * count];
        Self { count, span: side as f32 / (count - 1) as f32, shifts: [nodes.clone(), nodes] }
    }

    /// The node left of and above a place, and how far the place is towards the next.
    fn cell(&self, (u, v): (f32, f32)) -> (usize, f32, f32) {
        let last = (self.count - 2) as f32;
        let (x, y) = (u / self.span, v / self.span);
        let (i, j) = (x.floor().clamp(0.0, last), y.floor().clamp(0.0, last));
        (whole(j) * self.count + whole(i), x - i, y - j)
    }

    /// The four nodes around a place and their shares in it.
    fn shares(&self, at: (f32, f32)) -> [(usize, f32); 4] {
        let (node, s, t) = self.cell(at);
        [
            (node, (1.0 - s) * (1.0 - t)),
            (node + 1, s * (1.0 - t)),
            (node + self.count, (1.0 - s) * t),
            (node + self.count + 1, s * t),
        ]
    }

    /// The shift at a place.
    fn at(&self, place: (f32, f32)) -> (f32, f32) {
        let [across, along] = &self.shifts;
        self.shares(place).iter().fold((0.0, 0.0), |sum, &(i, share)| {
            (sum.0 + share * across[i], sum.1 + share * along[i])
        })
    }

    /// Where the modules' middles lie.
    pub(crate) fn grid(&self, map: &Homography, side: usize) -> Grid {
        Grid::from_fn(side, |x, y| {
            let (u, v) = (x as f32 + 0.5, y as f32 + 0.5);
            let (a, b) = self.at((u, v));
            map.map(f64::from(u + a), f64::from(v + b))
        })
    }

    /// The mesh laid again in another picture of the same paper, over that picture's map.
    pub(crate) fn again(
        &self,
        picture: Grey<'_>,
        layout: &Layout,
        map: &Homography,
    ) -> Option<Self> {
        let fits = Self::flat(layout.side).count == self.count;
        fits.then(|| self.clone())?.settled(picture, layout, map)
    }

    /// The mesh, nearly right, moved to where it lies.
    fn settled(mut self, picture: Grey<'_>, layout: &Layout, map: &Homography) -> Option<Self> {
        for _ in 0..ROUNDS {
            let grid = self.grid(map, layout.side);
            let (slips, _) = borders(picture, layout, &grid, f32::MAX);
            let pulls = self.given(&slips);
            self.pulled(&pulls, &[], LOOSE)?;
        }
        Some(self)
    }

    /// What slips of borders under the mesh pull it to.
    fn given(&self, slips: &[Slip]) -> Vec<Pull> {
        let pull = |&Slip { at, along, slip, weight }: &Slip| {
            let (u, v) = self.at(at);
            Pull { at, along, shift: if along { v } else { u } + slip, weight }
        };
        slips.iter().map(pull).collect()
    }

    /// The mesh that gives way to the pulls, as stiff as said.
    fn pulled(&mut self, pulls: &[Pull], held: &[Pull], stiffness: f32) -> Option<()> {
        for along in [false, true] {
            let mut band = lattice(self.count, stiffness);
            for pull in pulls.iter().chain(held).filter(|pull| pull.along == along) {
                band.add(&self.shares(pull.at), pull.shift, pull.weight);
            }
            self.shifts[usize::from(along)] = band.solve()?;
        }
        Some(())
    }
}

/// The map of a symbol that leans, but does not recede: what the mesh lies over.
pub(crate) fn base(three: &[Local; 3], side: usize) -> Option<Homography> {
    let far = side as f64 - 3.5;
    let [corner, right, down] = three.map(|local| local.centre);
    let last = right + down - corner;
    let places = [(3.5, 3.5), (far, 3.5), (3.5, far), (far, far)];
    let pairs = places.into_iter().zip([corner, right, down, last]);
    let pairs: Vec<Pair> =
        pairs.map(|(module, picture)| Pair { module, picture, weight: 1.0 }).collect();
    Homography::fit(&pairs, side as f64)
}

/// The mesh that the finders alone give.
pub(crate) fn hung(side: usize, three: &[Local; 3], map: &Homography) -> Option<Mesh> {
    let mut mesh = Mesh::flat(side);
    mesh.pulled(&[], &seeds(side, three, map), STIFF)?;
    Some(mesh)
}

/// The mesh over the symbol whose finders are `three`, over a map that is right there;
/// nothing where the known modules on the way are not those of a symbol.
pub(crate) fn drape(
    picture: Grey<'_>,
    layout: &Layout,
    three: &[Local; 3],
    map: &Homography,
) -> Option<Mesh> {
    let side = layout.side;
    let mut mesh = hung(side, three, map)?;
    let mut held = seeds(side, three, map);
    let mut sought = vec![false; layout.alignment.len() * layout.alignment.len()];
    let mut reach = FIRST;
    let far = side as f32 * 0.75;
    while reach < far {
        let grid = mesh.grid(map, side);
        held.extend(patterns(
            picture,
            layout,
            &mesh,
            &grid,
            (reach + AHEAD, three[0].match_),
            &mut sought,
        ));
        let (slips, agreed) = borders(picture, layout, &grid, reach);
        if agreed < AGREED {
            return None;
        }
        mesh.pulled(&mesh.given(&slips), &held, STIFF)?;
        reach += STEP.max(side as f32 / 50.0);
    }
    mesh.settled(picture, layout, map)
}

/// How well the timing patterns alternate under a grid: 1 at best.
pub(crate) fn timing(picture: Grey<'_>, grid: &Grid, side: usize) -> f32 {
    let line = |along: bool| {
        refine::correlation((8..side - 8).map(|i| {
            let at = if along { grid.at(6, i) } else { grid.at(i, 6) };
            (grey(picture, at), if i % 2 == 0 { -1.0 } else { 1.0 })
        }))
        .abs()
    };
    line(true) + line(false)
}

/// What the finders say of the mesh: places in each of them.
fn seeds(side: usize, three: &[Local; 3], map: &Homography) -> Vec<Pull> {
    let far = side as f32 - 3.5;
    let mut pulls = Vec::with_capacity(54);
    for (local, (x, y)) in three.iter().zip([(3.5, 3.5), (far, 3.5), (3.5, far)]) {
        for k in 0..9_u8 {
            let (a, b) = (f32::from(k % 3) * 3.5 - 3.5, f32::from(k / 3) * 3.5 - 3.5);
            let at = (x + a, y + b);
            let (u, v) = back(map, local.at(a, b), at);
            pulls.push(Pull { at, along: false, shift: u - at.0, weight: HELD });
            pulls.push(Pull { at, along: true, shift: v - at.1, weight: HELD });
        }
    }
    pulls
}

/// Which place of the map lies there, near a guess.
fn back(map: &Homography, seen: Point, guess: (f32, f32)) -> (f32, f32) {
    let (mut u, mut v) = guess;
    for _ in 0..3 {
        let local = map.local(u.into(), v.into());
        let by = seen - local.centre;
        let twist = local.right.cross(local.down);
        if twist.abs() < 1e-3 {
            break;
        }
        u += (by.cross(local.down) / twist).clamp(-2.0, 2.0);
        v += (local.right.cross(by) / twist).clamp(-2.0, 2.0);
    }
    (u, v)
}

/// Looks for the alignment patterns within reach, once each.
fn patterns(
    picture: Grey<'_>,
    layout: &Layout,
    mesh: &Mesh,
    grid: &Grid,
    (reach, polarity): (f32, f32),
    sought: &mut [bool],
) -> Vec<Pull> {
    let mut held = Vec::new();
    for ((x, y), sought) in layout.alignments().zip(sought) {
        let at = (x as f32 + 0.5, y as f32 + 0.5);
        if *sought || away(at.0, at.1, layout.side as f32) > reach {
            continue;
        }
        *sought = true;
        let (right, down) = grid.axes(x, y);
        let guess = Local { centre: grid.at(x, y), right, down, match_: polarity };
        let Some((seen, score)) = refine::alignment(picture, &guess, 1.25) else { continue };
        if score < ALIKE {
            continue;
        }
        let twist = right.cross(down);
        let by = seen - guess.centre;
        if twist.abs() < 1e-3 {
            continue;
        }
        let shift = mesh.at(at);
        let u = shift.0 + by.cross(down) / twist;
        let v = shift.1 + right.cross(by) / twist;
        held.push(Pull { at, along: false, shift: u, weight: HELD });
        held.push(Pull { at, along: true, shift: v, weight: HELD });
    }
    held
}

/// Equations that hold a lattice of so many nodes along an edge as straight as it is stiff.
fn lattice(count: usize, stiffness: f32) -> Band {
    let mut band = Band::new(count * count, 2 * count + 1);
    band.damp(1e-4);
    for node in 0..count * count {
        let (i, j) = (node % count, node / count);
        if i + 2 < count {
            band.square(&[(node, 1.0), (node + 1, -2.0), (node + 2, 1.0)], stiffness);
        }
        if j + 2 < count {
            band.square(&[(node, 1.0), (node + count, -2.0), (node + 2 * count, 1.0)], stiffness);
        }
        if i + 1 < count && j + 1 < count {
            let twist =
                [(node, 1.0), (node + 1, -1.0), (node + count, -1.0), (node + count + 1, 1.0)];
            band.square(&twist, 2.0 * stiffness);
        }
    }
    band
}

/// Modules between nodes, at least. Chosen, not measured.
const SPAN: f32 = 3.6;

/// The most cells along an edge. Chosen for time.
const MOST: f32 = 12.0;

/// How little a mesh gives way while it is laid, beside the pull of one clear border. Chosen, not measured.
const STIFF: f32 = 1.0;

/// The same once it lies. Chosen, not measured.
const LOOSE: f32 = 0.2;

/// How far from a finder's middle the mesh is laid first, in modules. Chosen, not measured.
const FIRST: f32 = 8.0;

/// How much farther each time, at least. Chosen, not measured.
const STEP: f32 = 1.0;

/// How far ahead of the mesh alignment patterns are looked for. Chosen, not measured.
const AHEAD: f32 = 6.0;

/// Rounds in which all of a mesh settles. Chosen for time.
const ROUNDS: usize = 3;

/// The weight of what finders and alignment patterns say, beside one border. Chosen, not measured.
const HELD: f32 = 12.0;

/// Alignment patterns less like themselves are none. Chosen, not measured.
const ALIKE: f32 = 0.6;

/// Known modules that are not as they must be oftener than this are no symbol's. Chosen, not measured.
const AGREED: f32 = 0.7;

#[cfg(test)]
mod tests;
