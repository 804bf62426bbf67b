//! The ways in which a picture of a permit is bad, each with an axis of strength.
//!
//! At 0 every kind is the same clean picture; at 1 it is beyond what readers read, but for
//! rotation, which a good reader does not notice. The scenes are another matter: nothing is
//! wrong with them but how large, how many, how light or how steep their codes are, and most
//! should be read to the end. A kind changes the plan of a picture and nothing else; how the
//! plan is carried out is in the files beside this one.

use super::colour::{Colours, Ink};
use super::framing::Framing;
use super::layout::Layout;
use super::light::{Glare, Light, Shadow};
use super::pose::Hold;
use super::print::Defect;
use super::random::{Random, TURN, direction, mix};
use super::sensor::Sensor;
use super::surface::Surface;
use crate::Point;

/// What is wrong with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Nothing: slightly tilted, slightly soft, slightly noisy, at any strength.
    Clean,
    /// Tilted away from the camera.
    Perspective,
    /// Turned in the picture's plane, up to upside down.
    Rotation,
    /// Out of focus.
    Defocus,
    /// Moved while the shutter was open.
    Motion,
    /// Electronic noise.
    Noise,
    /// Too few photons.
    LowLight,
    /// A shadow with an edge across the code.
    Shadow,
    /// The mirror image of a lamp.
    Glare,
    /// Haze: light and dark close together.
    LowContrast,
    /// Compression.
    Jpeg,
    /// Few pixels a module.
    Small,
    /// Mud and flakes.
    Dirt,
    /// Scratches.
    Scratch,
    /// One sharp fold through the code.
    Fold,
    /// Rolled paper.
    Curved,
    /// Crushed paper.
    Crumple,
    /// A corner torn off.
    Torn,
    /// A photographed display.
    Moire,
    /// Paled ink.
    Faded,
    /// Wiped ink.
    Smeared,
    /// More and more codes in one picture.
    Several,
    /// Four of the others at once.
    Combo,
    /// A scene: larger and larger, until the code fills the picture.
    Close,
    /// A scene: two codes on one sheet, then more, up to 120.
    Sheet,
    /// A scene: a code beside a larger one, up to six times as large.
    Beside,
    /// A scene: light on dark, with fewer and fewer pixels a module, as [`Self::Small`].
    Inverted,
    /// A scene: two colours whose luma is more and more alike.
    Colour,
    /// A scene: seen from the side up to 75°, filling the picture as far as that allows.
    Steep,
    /// A scene: somewhere in the picture, from 4 pixels a module down to 1 whatever its size.
    Far,
}

impl Kind {
    /// Every kind but the scenes, the clean one first.
    pub const ALL: [Self; 23] = [
        Self::Clean,
        Self::Perspective,
        Self::Rotation,
        Self::Defocus,
        Self::Motion,
        Self::Noise,
        Self::LowLight,
        Self::Shadow,
        Self::Glare,
        Self::LowContrast,
        Self::Jpeg,
        Self::Small,
        Self::Dirt,
        Self::Scratch,
        Self::Fold,
        Self::Curved,
        Self::Crumple,
        Self::Torn,
        Self::Moire,
        Self::Faded,
        Self::Smeared,
        Self::Several,
        Self::Combo,
    ];

    /// The scenes.
    pub const SCENES: [Self; 7] = [
        Self::Close,
        Self::Sheet,
        Self::Beside,
        Self::Inverted,
        Self::Colour,
        Self::Steep,
        Self::Far,
    ];

    /// A name for files and options: small letters and hyphens.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Perspective => "perspective",
            Self::Rotation => "rotation",
            Self::Defocus => "defocus",
            Self::Motion => "motion",
            Self::Noise => "noise",
            Self::LowLight => "low-light",
            Self::Shadow => "shadow",
            Self::Glare => "glare",
            Self::LowContrast => "low-contrast",
            Self::Jpeg => "jpeg",
            Self::Small => "small",
            Self::Dirt => "dirt",
            Self::Scratch => "scratch",
            Self::Fold => "fold",
            Self::Curved => "curved",
            Self::Crumple => "crumple",
            Self::Torn => "torn",
            Self::Moire => "moire",
            Self::Faded => "faded",
            Self::Smeared => "smeared",
            Self::Several => "several",
            Self::Combo => "combo",
            Self::Close => "close",
            Self::Sheet => "sheet",
            Self::Beside => "beside",
            Self::Inverted => "inverted",
            Self::Colour => "colour",
            Self::Steep => "steep",
            Self::Far => "far",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().chain(Self::SCENES).find(|kind| kind.name() == name)
    }
}

/// How one picture is taken.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) hold: Hold,
    pub(super) surface: Surface,
    pub(super) defects: Vec<Defect>,
    pub(super) light: Light,
    /// Radius out of focus, in modules.
    pub(super) blur: f32,
    /// Length moved, in modules, and direction.
    pub(super) trail: (f32, f32),
    pub(super) sensor: Sensor,
    /// Depth of a display's lamps, and their pitch in pixels of the picture.
    pub(super) screen: Option<(f32, f32)>,
    /// JPEG quality.
    pub(super) quality: u8,
    /// What it is printed in.
    pub(super) ink: Ink,
    /// How many codes, and how they lie.
    pub(super) layout: Layout,
    /// How the code stands in the picture.
    pub(super) framing: Framing,
}

impl Plan {
    /// The clean picture of a code of `side` modules.
    pub(super) fn clean(size: (f32, f32), side: f32, random: &mut Random) -> Self {
        let fits = 0.78 * size.0.min(size.1) / side;
        let module = (size.0 / 1280.0).sqrt() * random.between(4.7, 6.0);
        let module = module.max(4.3).min(fits);
        let at = Point { x: random.between(-1.0, 1.0), y: random.between(-1.0, 1.0) };
        let hold = Hold {
            roll: 0.12 * random.normal(),
            tilt: random.between(0.0, 0.16),
            towards: random.angle(),
            module,
            at,
            barrel: random.between(-0.04, 0.03),
        };
        let level = random.between(0.5, 0.85);
        Self {
            hold,
            surface: Surface::Plane,
            defects: Vec::new(),
            light: Light::new(random),
            blur: random.between(0.0, 0.1),
            trail: (random.between(0.0, 0.15), random.angle()),
            sensor: Sensor { level, well: 7000.0, read: 12.0, noise: 0.0, bands: (0.0, 1.0) },
            screen: None,
            quality: 92,
            ink: Ink::Dark,
            layout: Layout::One,
            framing: Framing::Card,
        }
    }

    /// Makes it worse.
    pub(super) fn spoil(&mut self, kind: Kind, strength: f32, random: &mut Random) {
        let s = strength;
        match kind {
            Kind::Clean => {}
            Kind::Perspective => self.hold.tilt += s * 1.45,
            Kind::Rotation => self.hold.roll += s * random.sign() * TURN / 2.0,
            Kind::Defocus => self.blur += s * 1.5,
            Kind::Motion => self.trail = (self.trail.0 + s * 4.5, self.trail.1),
            Kind::Noise => self.sensor.noise += s * s * 0.6,
            Kind::LowLight => self.sensor.well *= libm::powf(0.0009, s),
            Kind::Shadow => self.light.shadow = some(s).map(|s| Shadow::new(random, s)),
            Kind::Glare => self.light.glare = some(s).map(|s| Glare::new(random, s)),
            Kind::LowContrast => self.pale(s, random),
            Kind::Jpeg => self.pack(s),
            Kind::Small => self.hold.module *= libm::powf(0.14, s),
            Kind::Dirt => self.defects.push(Defect::Dirt(s)),
            Kind::Scratch => self.defects.push(Defect::Scratch(s)),
            Kind::Torn => self.defects.push(Defect::Torn(s)),
            Kind::Faded => self.defects.push(Defect::Faded(s)),
            Kind::Smeared => self.defects.push(Defect::Smeared(s)),
            Kind::Fold => self.fold(s, random),
            Kind::Curved => self.roll_up(s, random),
            Kind::Crumple => self.surface = Surface::crumple(random, s * 0.6),
            Kind::Moire => self.display(s, random),
            Kind::Several => self.layout = Layout::several(s),
            Kind::Combo => self.mix(s, random),
            Kind::Close => self.framing = Framing::Close(s),
            Kind::Sheet => self.layout = Layout::sheet(s),
            Kind::Beside => self.layout = Layout::beside(s, random),
            Kind::Inverted => {
                self.ink = Ink::Light;
                self.hold.module *= libm::powf(0.14, s);
            }
            Kind::Colour => self.ink = Ink::Coloured(Colours::new(random, s)),
            Kind::Steep => self.look_from_aside(s, random),
            Kind::Far => {
                self.framing = Framing::Anywhere;
                self.hold.module = 4.0 * libm::powf(0.25, s);
            }
        }
    }

    fn pale(&mut self, strength: f32, random: &mut Random) {
        self.light.contrast *= libm::powf(0.008, strength);
        self.light.haze = random.between(0.1, 0.8);
    }

    fn pack(&mut self, strength: f32) {
        let quality = 92.0 * libm::powf(1.0 - strength, 1.6);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 92")]
        let quality = quality.clamp(1.0, 92.0) as u8;
        self.quality = self.quality.min(quality);
        self.hold.module *= mix(1.0, 0.42, strength);
    }

    fn fold(&mut self, strength: f32, random: &mut Random) {
        let across = direction(random.angle());
        let offset = random.between(-5.0, 5.0);
        let turn = direction(strength * 1.4 * random.sign());
        self.surface = Surface::Fold { across, offset, turn };
    }

    fn roll_up(&mut self, strength: f32, random: &mut Random) {
        if strength > 0.0 {
            let radius = 8.0 / strength * if random.unit() < 0.75 { 1.0 } else { -1.0 };
            self.surface = Surface::Curved { across: direction(random.angle()), radius };
        }
    }

    fn display(&mut self, strength: f32, random: &mut Random) {
        // Lamps near the pixels' own pitch beat with them.
        let pitch = random.between(0.8, 1.3);
        self.screen = Some((strength, pitch));
        self.sensor.noise += 0.25 * libm::powf(strength, 4.0);
        self.sensor.bands = (0.93 * strength, random.between(1.5, 5.0));
    }

    fn look_from_aside(&mut self, strength: f32, random: &mut Random) {
        self.hold.roll = random.angle();
        self.hold.tilt = strength * 75.0 * TURN / 360.0;
        self.framing = Framing::Filling;
    }

    fn mix(&mut self, strength: f32, random: &mut Random) {
        self.hold.roll = random.angle();
        let mut left = MIXED.to_vec();
        for _ in 0..4 {
            let at = random.below(u32::try_from(left.len()).unwrap_or(1)) as usize;
            let kind = left.swap_remove(at);
            let share = random.between(0.35, 0.95);
            self.spoil(kind, strength * share, random);
        }
    }
}

fn some(strength: f32) -> Option<f32> {
    (strength > 0.0).then_some(strength)
}

/// What a hurried guard's camera meets, and what can be met together.
const MIXED: [Kind; 15] = [
    Kind::Perspective,
    Kind::Defocus,
    Kind::Motion,
    Kind::Noise,
    Kind::LowLight,
    Kind::Shadow,
    Kind::Glare,
    Kind::LowContrast,
    Kind::Jpeg,
    Kind::Small,
    Kind::Dirt,
    Kind::Scratch,
    Kind::Curved,
    Kind::Faded,
    Kind::Smeared,
];
