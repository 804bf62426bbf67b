//! Layout: how many codes a picture shows, and how they lie.

use super::card::Card;
use super::framing::fill;
use super::kind::Plan;
use super::pose::Hold;
use super::random::Random;
use super::surface::Surface;
use super::{MODULE, ratio};
use crate::Point;

/// How many codes, and how they lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Layout {
    /// One card.
    One,
    /// So many labels in rows, each turned a little.
    Several(u16),
    /// So many labels printed on one sheet.
    Sheet(u16),
    /// A label and one so many times as large, which is to the right (1) or to the left (−1).
    Beside(f32, f32),
}

/// A card where it lies.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    /// Which of the cards.
    pub(super) card: usize,
    pub(super) hold: Hold,
    pub(super) surface: Surface,
}

impl Layout {
    /// Two codes at 0, thirty at 1.
    pub(super) fn several(strength: f32) -> Self {
        Self::Several(2 + whole(28.0 * strength))
    }

    /// Two codes at 0, 120 at 1.
    pub(super) fn sheet(strength: f32) -> Self {
        Self::Sheet(whole(2.0 * libm::powf(60.0, strength)))
    }

    /// One as large as the other at 0, six times as large at 1.
    pub(super) fn beside(strength: f32, random: &mut Random) -> Self {
        Self::Beside(libm::powf(6.0, strength), random.sign())
    }

    /// Holds all of it so that it fits a picture of this size.
    pub(super) fn fit(self, plan: &mut Plan, size: (f32, f32), side: f32) {
        match self {
            Self::One | Self::Several(_) => plan.framing.place(&mut plan.hold, size, side),
            Self::Sheet(count) => {
                let held = plan.hold.module;
                let (columns, rows) = grid(count, size.0 / size.1);
                let (wide, high) = label(side);
                fill(&mut plan.hold, size, (columns * wide / 2.0, rows * high / 2.0), 0.94);
                plan.hold.module = plan.hold.module.min(held);
                plan.light.falloff /= columns;
            }
            Self::Beside(times, towards) => {
                let cell = (size.0 / 2.0).min(size.1);
                plan.hold.module = 0.8 * cell * MODULE / label(side).1 / times;
                let reach = 0.6 * plan.hold.module * label(side).1 / MODULE;
                let room = |length: f32| (length / 2.0 - reach).max(0.0);
                let wish = plan.hold.at;
                plan.hold.at = Point {
                    x: size.0 * (0.5 - 0.25 * towards) + wish.x * room(size.0 / 2.0),
                    y: size.1 / 2.0 + wish.y * room(size.1),
                };
                plan.light.falloff /= 1.0 + 2.0 * times;
            }
        }
    }

    /// Every card where it lies; none where there are no cards.
    pub(super) fn lay(
        self,
        plan: &Plan,
        cards: &[Card],
        size: (f32, f32),
        random: &mut Random,
    ) -> Vec<Laid> {
        let Some(first) = cards.first() else { return Vec::new() };
        let held = |card, hold| Laid { card, hold, surface: plan.surface.clone() };
        match self {
            Self::One => vec![held(0, plan.hold)],
            Self::Several(count) => several(plan, count, cards, size, random),
            Self::Sheet(count) => sheet(plan, count, cards, size),
            Self::Beside(times, towards) => {
                let mut hold = plan.hold;
                hold.module *= times;
                let x = size.0 * (0.5 + 0.25 * towards);
                (hold.at, hold.roll) = (Point { x, y: size.1 / 2.0 }, 0.12 * random.normal());
                let larger = 1 % cards.len();
                // The larger one's label has its own size.
                hold.module *= ratio(first.side) / ratio(cards[larger].side);
                vec![held(0, plan.hold), held(larger, hold)]
            }
        }
    }
}

fn several(
    plan: &Plan,
    count: u16,
    cards: &[Card],
    size: (f32, f32),
    random: &mut Random,
) -> Vec<Laid> {
    let columns = (f32::from(count) * size.0 / size.1).sqrt().ceil().max(1.0);
    let rows = (f32::from(count) / columns).ceil().max(1.0);
    let cell = (size.0 / columns, size.1 / rows);
    let lay = |(number, (at, card)): (u16, (usize, &Card))| {
        let place = f32::from(number);
        let row = (place / columns).floor();
        let mut hold = plan.hold;
        let across = ratio(card.side) + 13.0;
        hold.roll = random.between(-0.25, 0.25);
        hold.module = plan.hold.module.min(0.8 * cell.0.min(cell.1) / across);
        hold.at = Point {
            x: (place - row * columns + 0.5) * cell.0 + random.between(-0.04, 0.04) * cell.0,
            y: (row + 0.5) * cell.1 + random.between(-0.04, 0.04) * cell.1,
        };
        Laid { card: at, hold, surface: plan.surface.clone() }
    };
    (0..count).zip(cards.iter().enumerate().cycle()).map(lay).collect()
}

fn sheet(plan: &Plan, count: u16, cards: &[Card], size: (f32, f32)) -> Vec<Laid> {
    let (columns, rows) = grid(count, size.0 / size.1);
    let side = cards.iter().map(|card| card.side).max().unwrap_or(0);
    let (wide, high) = label(ratio(side));
    let lay = |(number, card): (u16, usize)| {
        let row = (f32::from(number) / columns).floor();
        let column = f32::from(number) - row * columns;
        let away = ((column - (columns - 1.0) / 2.0) * wide, (row - (rows - 1.0) / 2.0) * high);
        Laid { card, hold: plan.hold, surface: Surface::Aside(away) }
    };
    (0..count).zip((0..cards.len()).cycle()).map(lay).collect()
}

/// Columns and rows for so many labels on a sheet of this width to height.
fn grid(count: u16, shape: f32) -> (f32, f32) {
    let columns = (f32::from(count) * shape).sqrt().ceil().clamp(1.0, f32::from(count));
    (columns, (f32::from(count) / columns).ceil())
}

/// Width and height of a label for a code of `side` modules, in millimetres: five modules around it and a line of text.
fn label(side: f32) -> (f32, f32) {
    let wide = (side + 10.0) * MODULE;
    (wide, wide + 3.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "up to 120")]
fn whole(number: f32) -> u16 {
    (number + 0.5).clamp(0.0, 120.0) as u16
}
