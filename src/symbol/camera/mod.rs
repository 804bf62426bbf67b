//! Camera pictures of permits that do not exist, as good or as bad as asked for.
//!
//! A reader is judged by where it stops reading. Photographs show that for one paper and one
//! afternoon; these pictures show it for each cause alone, along an axis of [`Kind`] and
//! strength, and anybody who has the seed has the same pictures. A picture is made the way a
//! real one comes about:
//!
//! 1. a card is printed: text, SPECIMEN, the code (`card`), and the print suffers (`print`);
//! 2. the paper is bent and held before a pinhole camera (`surface`, `pose`);
//! 3. light falls on it and on a desk (`scene`, `light`);
//! 4. the lens blurs (`optics`), the sensor counts photons (`sensor`), the file is
//!    compressed (`jpeg`).
//!
//! Everything is linear light until the sensor. Colour is left out, because readers look at
//! luma, but for the scene that is about it ([`Kind::Colour`]). It is a model: a rate measured here compares readers, and is no promise about a
//! border in winter.

mod blank;
mod card;
mod colour;
mod font;
mod framing;
mod jpeg;
mod kind;
mod layout;
mod light;
mod optics;
mod plane;
mod pose;
mod print;
mod random;
mod scene;
mod sensor;
mod surface;

use crate::{GreyBuf, Modules, Point, Symbol};

use self::card::Card;
use self::colour::Ink;
use self::kind::Plan;
use self::layout::Laid;
use self::plane::Plane;
use self::pose::{Pose, Screen, Shown};
use self::random::{Purpose, Random, TURN, direction, fraction};
use self::surface::Surface;

pub use self::blank::Blank;
pub use self::kind::Kind;

/// Which picture to take. The same shot is the same picture, on every machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shot {
    /// What is wrong with it.
    pub kind: Kind,
    /// How wrong, from 0 to 1.
    pub strength: f32,
    /// Width and height in pixels; see [`SIZES`].
    pub size: (u32, u32),
    /// The card, the desk, the hand and the light.
    pub seed: u64,
    /// Which picture of a stream: the hand and the glare move on, the noise is new, the rest
    /// stays. 0 for a single picture.
    pub frame: u32,
}

/// A picture and what is in it.
#[derive(Clone, Debug)]
pub struct Photo {
    /// The picture, where it has colours their luma.
    pub picture: GreyBuf,
    /// Red, green and blue, where it has colours.
    pub colours: Option<Box<[GreyBuf; 3]>>,
    /// The codes in it, also those that nobody can read.
    pub codes: Vec<Placed>,
    /// Where the middles of the modules are, row by row, if there is one code only: what a
    /// reader would know at best.
    pub middles: Vec<Point>,
    /// The JPEG quality from 1 to 100 whose losses the picture already shows.
    pub quality: u8,
}

/// Where a code is in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Which of the given symbols.
    pub symbol: usize,
    /// The code's outline without its quiet zone, clockwise from the code's own top left.
    pub corners: [Point; 4],
}

/// The picture sizes of usual cameras.
pub const SIZES: [(u32, u32); 3] = [(640, 480), (1280, 720), (1920, 1080)];

/// Takes a picture of a permit card with the first of these symbols; of labels, with all of them in turn, when the kind
/// is [`Kind::Several`] or [`Kind::Sheet`], with the first and a larger one with the second when it is [`Kind::Beside`].
/// Without a symbol, of a desk.
#[must_use]
pub fn photograph(shot: &Shot, symbols: &[Symbol]) -> Photo {
    let mut random = Random::new(shot.seed, Purpose::Card, 0);
    let largest = symbols.iter().map(|symbol| symbol.modules().side()).max().unwrap_or(0);
    let cards: Vec<Card> = match shot.kind {
        Kind::Several | Kind::Beside => symbols.iter().map(|it| Card::label(it, 0)).collect(),
        Kind::Sheet => symbols.iter().map(|it| Card::label(it, largest)).collect(),
        Kind::Steep => symbols.iter().take(1).map(|it| Card::label(it, 0)).collect(),
        _ => symbols.iter().take(1).map(|symbol| Card::permit(symbol, &mut random)).collect(),
    };
    take(shot, &cards)
}

/// The code as the worn paper of a picture shows it: each module dark where the middle of
/// its place is nearer to ink than to paper, light where nothing is left of it. This is what
/// an estimate of wear is to be held against: dirt, scratches and what is torn off. Light and
/// lens have no part in it; ink that pales or smears everywhere is no damage to a reader, which
/// asks for dark beside light, and is not told rightly here.
#[must_use]
pub fn paper(shot: &Shot, symbol: &Symbol) -> Modules {
    let card = Card::permit(symbol, &mut Random::new(shot.seed, Purpose::Card, 0));
    let size = (length(shot.size.0), length(shot.size.1));
    worn(&plan(shot, size, ratio(card.side)), &card, shot).modules()
}

impl Photo {
    /// The picture as a JPEG file of its own quality, which loses little more.
    ///
    /// # Errors
    ///
    /// When the picture is larger than JPEG allows, 65,535 pixels on a side.
    pub fn jpeg(&self) -> Result<Vec<u8>, image::ImageError> {
        let mut file = Vec::new();
        let (width, height) = (self.picture.width(), self.picture.height());
        let mut encoder =
            image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, self.quality);
        if let Some([red, green, blue]) = self.colours.as_deref() {
            let primaries = red.pixels().iter().zip(green.pixels()).zip(blue.pixels());
            let pixels: Vec<u8> = primaries.flat_map(|((&r, &g), &b)| [r, g, b]).collect();
            encoder.encode(&pixels, width, height, image::ExtendedColorType::Rgb8)?;
        } else {
            encoder.encode(self.picture.pixels(), width, height, image::ExtendedColorType::L8)?;
        }
        Ok(file)
    }
}

/// Takes the picture of these cards.
fn take(shot: &Shot, cards: &[Card]) -> Photo {
    let (width, height) = (shot.size.0.clamp(16, 8192), shot.size.1.clamp(16, 8192));
    let size = (length(width), length(height));
    let side = match shot.kind {
        Kind::Sheet => cards.iter().map(|card| card.side).max(),
        _ => cards.first().map(|card| card.side),
    };
    let side = side.map_or(45.0, ratio);
    let mut plan = plan(shot, size, side);
    plan.layout.fit(&mut plan, size, side);
    hold_still(&mut plan, shot);
    let laid = plan.layout.lay(&plan, cards, size, &mut Random::new(shot.seed, Purpose::Pose, 1));
    let worn: Vec<Vec<Card>> =
        cards.iter().map(|card| plan.ink.shades(&worn(&plan, card, shot))).collect();
    let mut codes = Vec::new();
    let mut middles = Vec::new();
    for Laid { card, hold, surface } in &laid {
        let pose = Pose::new(hold, size);
        let shown = show(&plan, &cards[*card], surface, &pose);
        codes.extend(shown.corners().map(|corners| Placed { symbol: *card, corners }));
        middles = if laid.len() == 1 { shown.middles() } else { Vec::new() };
    }
    let expose = |shade: usize| {
        let mut picture = draw(&plan, &laid, &worn, shade, shot, (width, height));
        // Each shade has pixels, and so noise, of its own.
        let number = shot.frame ^ (u32::try_from(shade).unwrap_or(0) << 30);
        let mut random = Random::new(shot.seed, Purpose::Sensor, number);
        plan.light.fall(&mut picture, plan.hold.at, side * plan.hold.module);
        optics::soften(&mut picture);
        optics::defocus(&mut picture, plan.blur * plan.hold.module);
        optics::motion(&mut picture, plan.trail.0 * plan.hold.module, plan.trail.1);
        let mut picture = plan.sensor.expose(&picture, &mut random);
        jpeg::compress(&mut picture, plan.quality);
        picture
    };
    if matches!(plan.ink, Ink::Coloured(_)) {
        let colours = Box::new([expose(0), expose(1), expose(2)]);
        return Photo {
            picture: luma(&colours),
            colours: Some(colours),
            codes,
            middles,
            quality: plan.quality,
        };
    }
    Photo { picture: expose(0), colours: None, codes, middles, quality: plan.quality }
}

/// The cards in one of their shades, on a desk.
fn draw(
    plan: &Plan,
    laid: &[Laid],
    worn: &[Vec<Card>],
    shade: usize,
    shot: &Shot,
    (width, height): (u32, u32),
) -> Plane {
    let mut random = Random::new(shot.seed, Purpose::Scene, 0);
    let mut picture = scene::desk(width as usize, height as usize, &mut random);
    for Laid { card, hold, surface } in laid {
        let pose = Pose::new(hold, (length(width), length(height)));
        show(plan, &worn[*card][shade], surface, &pose).draw(&mut picture);
    }
    picture
}

/// ITU-R BT.601.
fn luma([red, green, blue]: &[GreyBuf; 3]) -> GreyBuf {
    let mut luma = red.clone();
    for ((pixel, green), blue) in
        luma.pixels_mut().iter_mut().zip(green.pixels()).zip(blue.pixels())
    {
        let weighed = crate::load::weigh([*pixel, *green, *blue].map(u32::from));
        *pixel = u8::try_from(weighed).unwrap_or(u8::MAX);
    }
    luma
}

/// How the picture of a code of `side` modules is taken, but for its place.
fn plan(shot: &Shot, size: (f32, f32), side: f32) -> Plan {
    let mut plan = Plan::clean(size, side, &mut Random::new(shot.seed, Purpose::Pose, 0));
    // What is no number is not above 0.
    let strength = if shot.strength > 0.0 { shot.strength.min(1.0) } else { 0.0 };
    plan.spoil(shot.kind, strength, &mut Random::new(shot.seed, Purpose::Kind, 0));
    plan
}

/// A card with the defects that are planned.
fn worn(plan: &Plan, card: &Card, shot: &Shot) -> Card {
    let mut worn = card.clone();
    for (number, defect) in (0..).zip(&plan.defects) {
        defect.wear(&mut worn, &mut Random::new(shot.seed, Purpose::Paper, number));
    }
    worn
}

fn show<'a>(plan: &Plan, card: &'a Card, surface: &'a Surface, pose: &'a Pose) -> Shown<'a> {
    let (sine, cosine) = direction(plan.light.towards);
    let screen = plan
        .screen
        .map(|(depth, pitch)| Screen { pitch: pitch * MODULE / plan.hold.module, depth });
    let light = [-0.6 * cosine, -0.6 * sine, -0.8];
    Shown { card, surface, pose, screen, light, directed: 0.75 }
}

/// A hand that tries to hold still, and the glare that wanders with it, at 15 pictures a
/// second. Nothing moves at frame 0.
fn hold_still(plan: &mut Plan, shot: &Shot) {
    let mut random = Random::new(shot.seed, Purpose::Hand, 0);
    let time = length(shot.frame) / 15.0;
    let mut sway = |size: f32| {
        let (rate, start) = (random.between(0.3, 1.6), random.angle());
        // Whole turns are cut off first, so that long streams stay exact.
        let turns = fraction(rate * time);
        size * (direction(start + turns * TURN).0 - direction(start).0)
    };
    let hold = &mut plan.hold;
    hold.at.x += sway(6.0) * hold.module;
    hold.at.y += sway(6.0) * hold.module;
    hold.roll += sway(0.07);
    hold.tilt += sway(0.06);
    hold.module *= 1.0 + sway(0.05);
    if let Some(glare) = &mut plan.light.glare {
        glare.at.x += sway(0.35);
        glare.at.y += sway(0.35);
    }
    plan.trail = shake(plan.trail, time, &mut Random::new(shot.seed, Purpose::Hand, 1));
}

/// The trail of a hand that shakes to and fro on an ellipse: longest at frame 0, shorter and
/// turned where the hand turns round.
fn shake((length, towards): (f32, f32), time: f32, random: &mut Random) -> (f32, f32) {
    let (rate, narrow) = (random.between(2.0, 6.0), random.between(0.2, 0.6));
    let (sine, cosine) = direction(fraction(rate * time) * TURN);
    let across = narrow * sine;
    let share = (cosine * cosine + across * across).sqrt();
    (length * share, towards + libm::atan2f(across, cosine))
}

#[expect(clippy::cast_precision_loss, reason = "sizes and numbers of pictures")]
const fn length(pixels: u32) -> f32 {
    pixels as f32
}

#[expect(clippy::cast_precision_loss, reason = "modules of a code")]
const fn ratio(modules: usize) -> f32 {
    modules as f32
}

/// A module's edge in millimetres.
const MODULE: f32 = 0.5;

#[cfg(test)]
mod tests;
