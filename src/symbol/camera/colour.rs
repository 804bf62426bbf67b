//! What a card is printed in: dark on light, light on dark, or two colours.
//!
//! Elsewhere a card is one number a spot, because readers look at luma. Colours are three such cards, one for each
//! primary, under the same light.

use super::card::{Card, INK, PAPER};
use super::random::{Random, direction, mix};

/// What a card is printed in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ink {
    /// Dark ink on white paper.
    Dark,
    /// White ink on dark paper, as on a display in dark mode.
    Light,
    /// Ink and paper in two colours.
    Coloured(Colours),
}

/// What ink and paper send back of red, green and blue, linear.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colours {
    ink: [f32; 3],
    paper: [f32; 3],
}

impl Ink {
    /// The card in one shade, or in red, green and blue.
    pub(super) fn shades(self, card: &Card) -> Vec<Card> {
        match self {
            Self::Dark => vec![card.clone()],
            Self::Light => vec![card.printed(|spot| INK + PAPER.saturating_sub(spot))],
            Self::Coloured(Colours { ink, paper }) => (0..3)
                .map(|primary| {
                    let (ink, paper) = (255.0 * ink[primary], 255.0 * paper[primary]);
                    card.printed(|spot| byte(mix(ink, paper, share(spot))))
                })
                .collect(),
        }
    }
}

impl Colours {
    /// Two opposite colours, the ink darker than the paper at 0 and of the same luma at 1.
    pub(super) fn new(random: &mut Random, strength: f32) -> Self {
        let (sine, cosine) = direction(random.angle());
        let ink = mix(DARK, LIGHT, strength);
        Self { ink: primaries(ink, -cosine, -sine), paper: primaries(LIGHT, cosine, sine) }
    }
}

/// Linear red, green and blue of a luma and of as much colour in a direction of (Cb, Cr) as there is room for
/// (ITU-R BT.601: sums of the encoded primaries).
fn primaries(luma: f32, blue: f32, red: f32) -> [f32; 3] {
    let steps = [1.402 * red, -0.344_136 * blue - 0.714_136 * red, 1.772 * blue];
    let room = (luma - LEAST).min(1.0 - LEAST - luma);
    let longest = steps.iter().fold(f32::EPSILON, |most, step| most.max(step.abs()));
    steps.map(|step| linear(luma + step * (room / longest).min(CHROMA)))
}

/// From what a display shows to light (IEC 61966-2-1, sRGB).
fn linear(shown: f32) -> f32 {
    if shown <= 0.040_45 { shown / 12.92 } else { libm::powf((shown + 0.055) / 1.055, 2.4) }
}

/// How much a spot is paper rather than ink, 0 to 1.
fn share(spot: u8) -> f32 {
    f32::from(spot.clamp(INK, PAPER) - INK) / f32::from(PAPER - INK)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn byte(light: f32) -> u8 {
    (light + 0.5).clamp(0.0, 255.0) as u8
}

/// Luma of the paper, of the darkest ink, of the darkest primary, and the most colour: chosen, so that all colours can be
/// printed at the paper's luma and differ by 60 of 255 and more in one primary.
const LIGHT: f32 = 0.55;
const DARK: f32 = 0.2;
const LEAST: f32 = 0.08;
const CHROMA: f32 = 0.3;
