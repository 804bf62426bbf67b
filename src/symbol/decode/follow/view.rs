//! View: what the modules of a symbol look like under a grid.
//!
//! A grid is sampled and softened, and the best of several is kept as a view: soft modules,
//! tones, the outline. It does not know where a grid came from, and reads nothing.

use crate::decode::answer::Code;
use crate::decode::code::layout::{Known, Layout, is_finder};
use crate::decode::follow::crop::Crop;
use crate::decode::follow::proof::Proof;
use crate::decode::follow::track::Place;
use crate::decode::geometry::homography::Homography;
use crate::decode::geometry::mesh::Mesh;
use crate::decode::geometry::refine;
use crate::decode::ladder::hypotheses::{Laid, REMEDIES};
use crate::decode::picture::interpolate::grey;
use crate::decode::picture::pyramid::{Pyramid, scale};
use crate::decode::sample::grid::Grid;
use crate::decode::sample::normalise::soften_wide;
use crate::decode::sample::resemblance::resemblance;
use crate::{Grey, Point};

/// What the modules of a symbol look like in a picture, if it is of this version.
#[derive(Clone, Debug)]
pub(crate) struct View {
    layout: &'static Layout,
    /// Positive where dark; 1 as dark as the dark around, beyond where darker still.
    pub(crate) soft: Vec<f32>,
    /// How well the known modules, finders apart, look as they must: 1 at best.
    pub(crate) resemblance: f32,
    /// The outline, in pixels of the picture.
    pub(crate) corners: [Point; 4],
    pub(crate) tone: Tone,
    far: Point,
    /// The grid, in a picture so many times smaller.
    grid: (Grid, f32),
    map: Option<Homography>,
    /// How the paper is bent, where that was laid.
    pub(crate) mesh: Option<Mesh>,
    /// What is kept of the picture, where the paper is flat.
    pub(crate) crop: Option<Crop>,
}

/// The grey levels of a symbol.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tone {
    /// The mean of what must be dark.
    pub(crate) dark: f32,
    /// The mean of what must be light.
    pub(crate) light: f32,
    /// The share of modules as bright as a picture can be.
    pub(crate) white: f32,
    /// The share of the finders' modules that look wrong.
    pub(crate) coarse: f32,
    /// The share of the other known modules that look wrong.
    pub(crate) fine: f32,
}

/// A grid over a symbol, and what is under it.
pub(crate) struct Sampled {
    pub(crate) laid: Laid,
    values: Vec<f32>,
    soft: Vec<f32>,
    pub(crate) resemblance: f32,
    /// What is kept of the picture, if anything is.
    pub(crate) crop: Option<Crop>,
}

/// The modules as a hypothesis lays them.
pub(crate) fn sampled(picture: Grey<'_>, layout: &Layout, laid: Laid) -> Sampled {
    let values = laid.grid.sample(picture);
    let soft = soften_wide(&values, layout);
    let resemblance = resemblance(&soft, layout);
    Sampled { laid, values, soft, resemblance, crop: None }
}

impl Sampled {
    /// The one that looks more like a symbol.
    pub(crate) fn better(self, other: Self) -> Self {
        if other.resemblance > self.resemblance { other } else { self }
    }

    /// As a view in pixels of the picture, `factor` times as large.
    pub(crate) fn view(self, layout: &'static Layout, factor: f32) -> View {
        let far = self.laid.grid.at(layout.side - 4, layout.side - 4);
        View {
            layout,
            tone: Tone::of(&self.values, &self.soft, layout),
            soft: self.soft,
            resemblance: self.resemblance,
            corners: self.laid.grid.corners(factor),
            far: far * factor,
            grid: (self.laid.grid, factor),
            map: self.laid.map.map(|map| map.scaled(factor.into())),
            mesh: self.laid.mesh,
            crop: self.crop,
        }
    }
}

impl View {
    pub(crate) const fn version(&self) -> u8 {
        self.layout.version
    }

    /// The soft modules by a model of the blur, or without what lies under scratches; if there is either.
    pub(crate) fn restored(&self, frame: &Pyramid<'_>) -> Option<Vec<f32>> {
        let (grid, factor) = &self.grid;
        if self.layout.is_large() {
            return None;
        }
        let size = (0..8).find(|size| scale(*size) >= *factor)?;
        let picture = frame.at(size);
        REMEDIES.iter().find_map(|remedy| (remedy.soften)(picture, self.layout, grid, &[]))
    }

    /// Whether its known modules tell it from chance.
    pub(crate) fn is_told(&self) -> bool {
        self.layout.is_told(self.resemblance)
    }

    /// The place with the far corner as this view has it, and with its map if it is certain.
    pub(crate) fn place(&self, place: &Place, certain: bool) -> Place {
        place.seen(self.far, self.map.filter(|_| certain).map(|map| (self.layout, map)))
    }

    /// A code whose modules these are.
    pub(crate) fn code(&self, proof: Proof, soft: &[f32]) -> Code {
        proof.code(self.layout, self.corners, soft)
    }
}

impl Tone {
    fn of(values: &[f32], soft: &[f32], layout: &Layout) -> Self {
        let mut tone = Self::default();
        let (mut darks, mut lights, mut coarse, mut fine) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
        for (i, known) in layout.known.iter().enumerate() {
            let (value, soft) = (values[i], soft[i]);
            tone.white += if value >= WHITE { 1.0 } else { 0.0 };
            let wrong = match known {
                Known::Dark => {
                    tone.dark += value;
                    darks += 1.0;
                    soft < 0.0
                }
                Known::Light => {
                    tone.light += value;
                    lights += 1.0;
                    soft > 0.0
                }
                Known::Format | Known::Data => continue,
            };
            let wrong = if wrong { 1.0 } else { 0.0 };
            if is_finder(i % layout.side, i / layout.side, layout.side) {
                (tone.coarse, coarse) = (tone.coarse + wrong, coarse + 1.0);
            } else {
                (tone.fine, fine) = (tone.fine + wrong, fine + 1.0);
            }
        }
        Self {
            dark: tone.dark / darks.max(1.0),
            light: tone.light / lights.max(1.0),
            white: tone.white / values.len().max(1) as f32,
            coarse: tone.coarse / coarse.max(1.0),
            fine: tone.fine / fine.max(1.0),
        }
    }
}

/// The middles of the modules that are known and their levels, 1 light and -1 dark.
pub(crate) fn known_middles(layout: &Layout) -> impl Iterator<Item = (f64, f64, f32)> + '_ {
    layout.known.iter().enumerate().filter_map(move |(i, known)| {
        let level = match known {
            Known::Dark => -1.0,
            Known::Light => 1.0,
            Known::Format | Known::Data => return None,
        };
        Some(((i % layout.side) as f64 + 0.5, (i / layout.side) as f64 + 0.5, level))
    })
}

/// The middles of some modules that carry data and were told by now, and their levels.
pub(crate) fn learned_middles<'a>(
    layout: &'a Layout,
    learned: &'a [f32],
) -> impl Iterator<Item = (f64, f64, f32)> + 'a {
    let of = layout.known.iter().zip(learned).enumerate().step_by(3);
    of.filter(|(_, (known, value))| matches!(known, Known::Data) && value.abs() > SURE).map(
        |(i, (_, value))| ((i % layout.side) as f64 + 0.5, (i / layout.side) as f64 + 0.5, -value),
    )
}

/// Modules told less surely than this are not looked for. Chosen, not measured.
const SURE: f32 = 0.4;

/// Whether what is known of a symbol beside its finders is under a map, or half a module
/// from it, more than by chance. Costs little; most places where finders are guessed are
/// none.
pub(crate) fn is_likely(picture: Grey<'_>, layout: &Layout, map: &Homography) -> bool {
    let side = layout.side;
    let known: Vec<(f64, f64, f32)> = known_middles(layout)
        .filter(|&(u, v, _)| {
            let module = |at: f64| (0..side).find(|&i| at < i as f64 + 1.0).unwrap_or(side - 1);
            !is_finder(module(u), module(v), side)
        })
        .collect();
    let chance = (LIKELY / (known.len().max(1) as f32).sqrt()).min(0.3);
    [(0.0, 0.0), (0.5, 0.0), (-0.5, 0.0), (0.0, 0.5), (0.0, -0.5)].into_iter().any(|(x, y)| {
        let seen = known.iter().map(|&(u, v, t)| (grey(picture, map.map(u + x, v + y)), t));
        refine::correlation(seen).abs() > chance
    })
}

/// So many times what chance gives is likely to be more. Chosen, not measured.
const LIKELY: f32 = 3.0;

/// As bright as a picture can be, nearly. Chosen, not measured.
const WHITE: f32 = 250.0;
