//! What happens to the print: it fades, smears, gets dirty, is scratched and torn.
//!
//! Each defect changes the card itself, before the camera sees it. Strength runs from 0,
//! where nothing is done, to 1, where no code survives.

use super::card::{Card, MODULE, PAPER};
use super::random::{Field, Random, direction, mix, smooth};

/// A defect of the print, with its strength.
#[derive(Clone, Copy, Debug)]
pub(super) enum Defect {
    /// Ink that paled, unevenly and in streaks.
    Faded(f32),
    /// Ink that was wiped while wet.
    Smeared(f32),
    /// Spots of mud and of ink that flaked off.
    Dirt(f32),
    /// Lines through the print.
    Scratch(f32),
    /// A corner torn off.
    Torn(f32),
}

impl Defect {
    /// Does it.
    pub(super) fn wear(self, card: &mut Card, random: &mut Random) {
        match self {
            Self::Faded(strength) => fade(card, random, strength),
            Self::Smeared(strength) => smear(card, random, strength),
            Self::Dirt(strength) => soil(card, random, strength),
            Self::Scratch(strength) => scratch(card, random, strength),
            Self::Torn(strength) => tear(card, random, strength),
        }
    }
}

fn fade(card: &mut Card, random: &mut Random, strength: f32) {
    let field = Field::new(random);
    let paper = f32::from(PAPER);
    let width = card.width;
    for (y, row) in card.spots.chunks_exact_mut(width).enumerate() {
        let streak = field.at(0.0, length(y) / 5.0) * 0.25;
        for (x, spot) in row.iter_mut().enumerate().filter(|(_, spot)| **spot < PAPER) {
            let patch = field.at(length(x) / 90.0, length(y) / 90.0);
            let lost = strength * (1.0 + strength * (1.0 - strength) * (patch + streak) * 2.0);
            let left = (1.0 - lost).clamp(0.015, 1.0);
            *spot = byte(mix(paper, f32::from(*spot), left));
        }
    }
}

fn smear(card: &mut Card, random: &mut Random, strength: f32) {
    let keep = 1.0 - 1.0 / (1.0 + strength * strength * 16.0 * length(MODULE));
    let amount = 1.0 - (1.0 - strength) * (1.0 - strength);
    let (downwards, backwards) = (random.below(2) == 1, random.below(2) == 1);
    let (lines, along) =
        if downwards { (card.width, card.height) } else { (card.height, card.width) };
    for line in 0..lines {
        let mut wet = 0.0;
        for step in 0..along {
            let step = if backwards { along - 1 - step } else { step };
            let at = if downwards { step * card.width + line } else { line * card.width + step };
            let ink = f32::from(PAPER.saturating_sub(card.spots[at]));
            wet = ink.max(wet * keep);
            card.spots[at] = byte(f32::from(PAPER) - mix(ink, wet, amount));
        }
    }
}

fn soil(card: &mut Card, random: &mut Random, strength: f32) {
    let edges = Field::new(random);
    for spot in 0..64 {
        let (x, y) = somewhere(card, random);
        let radius = length(MODULE) * random.between(0.7, 4.2);
        let (tone, cover) = (random.pick(&[24.0, 45.0, 80.0, 200.0]), random.between(0.7, 1.0));
        if length(spot) >= strength * 64.0 {
            continue; // drawn all the same, so that a stronger card has the same spots and more
        }
        paint(card, (x, y), radius * 1.4, |dx, dy| {
            let rough = 1.0 + 0.4 * edges.at((x + dx) / 14.0, (y + dy) / 14.0);
            let inside = 1.0 - (dx * dx + dy * dy).sqrt() / (radius * rough);
            (tone, cover * smooth(inside * 5.0))
        });
    }
}

fn scratch(card: &mut Card, random: &mut Random, strength: f32) {
    for line in 0..30 {
        let (x, y) = somewhere(card, random);
        let (sine, cosine) = direction(random.angle());
        let reach = length(card.edge) * random.between(0.15, 0.8);
        let wide = length(MODULE) * random.between(0.12, 0.75);
        let bend = random.between(-0.3, 0.3) / reach;
        let tone = random.pick(&[15.0, 215.0, 215.0, 230.0]);
        if length(line) >= strength * 30.0 {
            continue;
        }
        let mut along = -reach;
        while along < reach {
            let off = bend * along * along;
            let at = (x + along * cosine - off * sine, y + along * sine + off * cosine);
            paint(card, at, wide, |dx, dy| {
                let inside = wide - (dx * dx + dy * dy).sqrt();
                (tone, smooth(inside) * 0.9)
            });
            along += wide.max(1.0);
        }
    }
}

fn tear(card: &mut Card, random: &mut Random, strength: f32) {
    let jags = Field::new(random);
    let (sine, cosine) = direction(core::f32::consts::FRAC_PI_4 + random.between(-0.6, 0.6));
    let half = length(card.edge) / 2.0;
    let (x0, y0) = (length(card.left) + half, length(card.top) + half);
    // From just outside the code's far corner to a third of a code beyond its middle.
    let line = mix(half * 1.5, half * -0.3, strength);
    let mut kept = vec![255; card.spots.len()];
    for (at, (spot, kept)) in card.spots.iter_mut().zip(&mut kept).enumerate() {
        let (dx, dy) = (length(at % card.width) - x0, length(at / card.width) - y0);
        let across = dx * cosine + dy * sine;
        if (across - line).abs() > 40.0 {
            *kept = if across < line { 255 } else { 0 };
            continue;
        }
        let along = dy * cosine - dx * sine;
        let jag = 14.0 * jags.rough(along / 55.0, 0.5);
        let beyond = across + jag - line;
        *kept = byte(255.0 * smooth(0.5 - beyond));
        // The torn edge shows the paper's white fibres.
        let fibre = 7.0 + 5.0 * jags.at(along / 9.0, 20.5);
        if beyond > -fibre {
            *spot = byte(mix(f32::from(*spot), 228.0, 0.85));
        }
    }
    card.kept = kept;
}

/// A place in or near the code.
fn somewhere(card: &Card, random: &mut Random) -> (f32, f32) {
    let mut place = |from: usize| length(from) + length(card.edge) * random.between(-0.1, 1.1);
    (place(card.left), place(card.top))
}

/// Mixes a tone over the spots around a place, by what `brush` says of each.
fn paint(card: &mut Card, (x, y): (f32, f32), radius: f32, brush: impl Fn(f32, f32) -> (f32, f32)) {
    let span = |middle: f32, end: usize| {
        let end = length(end);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let span = (middle - radius).clamp(0.0, end) as usize
            ..(middle + radius + 1.0).clamp(0.0, end) as usize;
        span
    };
    for py in span(y, card.height) {
        for px in span(x, card.width) {
            let (tone, cover) = brush(length(px) + 0.5 - x, length(py) + 0.5 - y);
            let spot = &mut card.spots[py * card.width + px];
            *spot = byte(mix(f32::from(*spot), tone, cover.clamp(0.0, 1.0)));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes of cards")]
fn length(spots: usize) -> f32 {
    spots as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn byte(value: f32) -> u8 {
    (value + 0.5).clamp(0.0, 255.0) as u8
}
