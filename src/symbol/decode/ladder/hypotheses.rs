//! Hypotheses: how a symbol's paper may lie, and what may lie over its modules.
//!
//! One table of each; streams, which know how a symbol lay a frame before, take from it what suits them. A new hypothesis
//! about the paper is a file in `geometry` and an entry in [`PAPER`]; a new way from grey levels to modules is a file in
//! `sample` and an entry in [`REMEDIES`].

use crate::Grey;
use crate::decode::code::layout::Layout;
use crate::decode::geometry::crease::creased;
use crate::decode::geometry::homography::Homography;
use crate::decode::geometry::mesh::{self, Mesh};
use crate::decode::geometry::plate::plate;
use crate::decode::geometry::refine;
use crate::decode::sample::deconvolve::deconvolve;
use crate::decode::sample::grid::Grid;
use crate::decode::sample::local::Triple;
use crate::decode::sample::scratch::mend;

/// What is known of a symbol before a hypothesis is tried.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) picture: Grey<'a>,
    pub(crate) layout: &'static Layout,
    pub(crate) three: &'a Triple,
    /// The flat map that its finders and its last alignment pattern give.
    pub(crate) map: Homography,
    /// The best grid so far, if there is one.
    pub(crate) grid: Option<&'a Grid>,
}

/// Where its modules lie by a hypothesis.
#[derive(Clone, Debug)]
pub(crate) struct Laid {
    /// The hypothesis' name.
    pub(crate) name: &'static str,
    pub(crate) grid: Grid,
    /// The flat map that gave the grid, where one did.
    pub(crate) map: Option<Homography>,
    /// The mesh that gave it, where one did.
    pub(crate) mesh: Option<Mesh>,
}

/// A way in which paper may lie.
#[derive(Debug)]
pub(crate) struct Hypothesis {
    pub(crate) name: &'static str,
    /// Whether its modules are worth correcting more than once, with what is proven so far.
    pub(crate) patient: bool,
    /// Lays a grid by it, if there is enough to lay it by.
    pub(crate) lay: fn(&Subject<'_>) -> Option<Laid>,
}

/// Flat, as three finders and one alignment pattern have it.
pub(crate) const FLAT: Hypothesis = Hypothesis {
    name: "flat",
    patient: false,
    lay: |subject| Some(Laid::flat(FLAT.name, subject.map, subject.layout)),
};

/// Flat, as all modules that are known have it.
pub(crate) const FITTED: Hypothesis = Hypothesis {
    name: "fitted",
    patient: true,
    lay: |subject| {
        let map = refine::symbol(subject.picture, subject.layout, subject.map, None);
        Some(Laid::flat(FITTED.name, map, subject.layout))
    },
};

/// Bent a little: a thin plate through all alignment patterns.
pub(crate) const PLATE: Hypothesis = Hypothesis {
    name: "plate",
    patient: true,
    lay: |subject| {
        let grid = plate(subject.picture, subject.layout, subject.three, subject.grid?);
        Some(Laid { name: PLATE.name, grid, map: None, mesh: None })
    },
};

/// Folded once: two flat halves that meet in a straight line.
pub(crate) const CREASE: Hypothesis = Hypothesis {
    name: "crease",
    patient: true,
    lay: |subject| {
        let grid = creased(subject.picture, subject.layout, subject.three)?;
        Some(Laid { name: CREASE.name, grid, map: None, mesh: None })
    },
};

/// Curled, folded or crumpled: a deformation mesh laid over the modules from the finders on.
pub(crate) const MESH: Hypothesis = Hypothesis {
    name: "mesh",
    patient: true,
    lay: |subject| {
        let map = mesh::base(subject.three, subject.layout.side)?;
        let mesh = mesh::drape(subject.picture, subject.layout, subject.three, &map)?;
        Some(Laid::under(MESH.name, mesh, &map, subject.layout))
    },
};

/// From likely and cheap to rare and dear.
pub(crate) const PAPER: [&Hypothesis; 5] = [&FLAT, &FITTED, &PLATE, &CREASE, &MESH];

impl Laid {
    /// The modules of a flat symbol.
    pub(crate) fn flat(name: &'static str, map: Homography, layout: &Layout) -> Self {
        Self { name, grid: map.grid(layout.side), map: Some(map), mesh: None }
    }

    /// The modules under a mesh over a flat map.
    pub(crate) fn under(name: &'static str, mesh: Mesh, map: &Homography, layout: &Layout) -> Self {
        Self { name, grid: mesh.grid(map, layout.side), map: None, mesh: Some(mesh) }
    }
}

/// The soft modules of a symbol under a grid, given what is proven of them; nothing where that does not apply.
type Soften = fn(Grey<'_>, &Layout, &Grid, &[Option<bool>]) -> Option<Vec<f32>>;

/// A way to soft modules where their grey levels alone are not enough.
#[derive(Debug)]
pub(crate) struct Remedy {
    pub(crate) name: &'static str,
    /// What it makes of them.
    pub(crate) soften: Soften,
    /// Whether what it takes away is wear: a code's modules are then told as they look with it.
    pub(crate) wear: bool,
}

/// In the order in which they are tried.
pub(crate) const REMEDIES: [Remedy; 2] = [
    Remedy { name: "deconvolved", soften: deconvolve, wear: false },
    Remedy { name: "scratch-masked", soften: mend, wear: true },
];
