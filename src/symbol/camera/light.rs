//! The light on the card: uneven, shaded by a hand, mirrored by a lamp, dulled by haze.

use super::plane::Plane;
use super::random::{Random, direction, mix, smooth};
use crate::Point;

/// The light of a picture. Lengths are in code edges, places relative to the code's middle.
#[derive(Clone, Debug)]
pub(super) struct Light {
    /// Direction in which the light falls off.
    pub(super) towards: f32,
    /// How much of it is lost over one code edge.
    pub(super) falloff: f32,
    /// What is left of the light in a shadow's core, and where its edge is.
    pub(super) shadow: Option<Shadow>,
    /// The mirror image of a lamp.
    pub(super) glare: Option<Glare>,
    /// How much difference of light and dark is left, 1 being all.
    pub(super) contrast: f32,
    /// The tone in which the difference is lost.
    pub(super) haze: f32,
}

/// A shadow with one soft edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shadow {
    towards: f32,
    offset: f32,
    soft: f32,
    left: f32,
}

/// A bright spot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glare {
    /// Its middle.
    pub(super) at: Point,
    radius: f32,
    stretch: f32,
    turned: f32,
    bright: f32,
}

impl Light {
    /// Nearly even light.
    pub(super) fn new(random: &mut Random) -> Self {
        let towards = random.angle();
        let falloff = random.between(0.0, 0.12);
        Self { towards, falloff, shadow: None, glare: None, contrast: 1.0, haze: 0.5 }
    }

    /// Lets it fall on what the camera sees, around a code of this size in pixels.
    pub(super) fn fall(&self, picture: &mut Plane, middle: Point, edge: f32) {
        let (sine, cosine) = direction(self.towards);
        let haze = self.haze * (1.0 - self.contrast);
        let shadow = self.shadow.map(|shadow| (shadow, direction(shadow.towards)));
        let glare = self.glare.map(|glare| (glare, direction(glare.turned)));
        picture.map(|value, x, y| {
            let (x, y) = ((x - middle.x) / edge, (y - middle.y) / edge);
            let mut light = (1.0 - self.falloff * (x * cosine + y * sine)).clamp(0.1, 2.0);
            if let Some((shadow, (sine, cosine))) = shadow {
                let inside = (x * cosine + y * sine - shadow.offset) / shadow.soft;
                light *= mix(1.0, shadow.left, smooth(inside + 0.5));
            }
            let mut seen = value * light * self.contrast + haze;
            if let Some((glare, (sine, cosine))) = glare {
                let (dx, dy) = (x - glare.at.x, y - glare.at.y);
                let (along, across) = (dx * cosine + dy * sine, dy * cosine - dx * sine);
                let far = (along * along / glare.stretch + across * across * glare.stretch)
                    / (glare.radius * glare.radius);
                let near = 1.0 / (1.0 + far * far);
                seen += glare.bright * near * near;
            }
            seen
        });
    }
}

impl Shadow {
    /// From a shade at 0 to nearly no light at 1.
    pub(super) fn new(random: &mut Random, strength: f32) -> Self {
        Self {
            towards: random.angle(),
            offset: random.between(-0.3, 0.3),
            soft: random.between(0.02, 0.2),
            left: libm::powf(0.0012, strength),
        }
    }
}

impl Glare {
    /// From a gleam at 0 to a spot that covers the code at 1.
    pub(super) fn new(random: &mut Random, strength: f32) -> Self {
        let at = Point { x: random.between(-0.35, 0.35), y: random.between(-0.35, 0.35) };
        let radius = mix(0.08, 0.62, strength) * random.between(0.9, 1.1);
        let stretch = random.between(1.0, 1.8);
        Self { at, radius, stretch, turned: random.angle(), bright: 8.0 * strength }
    }
}
