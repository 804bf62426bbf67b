//! Framing: where in the picture a code stands, and how much of it it takes up.

use super::pose::{Hold, Pose};
use super::random::direction;
use super::{MODULE, Point};

/// How a code stands in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Framing {
    /// With its whole card in sight if there is room.
    Card,
    /// Anywhere.
    Anywhere,
    /// From as large as it is held at 0 to as large as the picture at 1.
    Close(f32),
    /// As large as the picture.
    Filling,
}

impl Framing {
    /// Places the whole code of `side` modules in a picture of this size, in pixels; until then
    /// the hold's place is a wish from −1 to 1.
    pub(super) fn place(self, hold: &mut Hold, size: (f32, f32), side: f32) {
        let half = side * MODULE / 2.0;
        match self {
            Self::Card => stand(hold, size, side, 0.3, 0.8),
            Self::Anywhere => stand(hold, size, side, 1.0, 0.0),
            Self::Close(strength) => {
                let (wish, held) = (hold.at, hold.module);
                fill(hold, size, (half, half), 1.0);
                hold.module = held * libm::powf(hold.module / held, strength);
                middle(hold, size, (half, half), wish);
            }
            Self::Filling => fill(hold, size, (half, half), 0.94),
        }
    }
}

/// At the wish's share of the room there is, and `from` of the way from where its card is in the middle.
fn stand(hold: &mut Hold, size: (f32, f32), side: f32, share: f32, from: f32) {
    let (sine, cosine) = direction(hold.roll);
    let module = hold.module;
    // From the card's middle to the code's, which is at the lower right.
    let (right, down) = (48.0 * module, 22.0 * module);
    let (x, y) = (right * cosine - down * sine, right * sine + down * cosine);
    let spot = |wish: f32, aside: f32, length: f32| {
        let reach = 0.5 * side * module * (sine.abs() + cosine.abs()) + 3.0 * module;
        let room = (length / 2.0 - reach).max(0.0);
        length / 2.0 + (from * aside + share * room * wish).clamp(-room, room)
    };
    hold.at = Point { x: spot(hold.at.x, x, size.0), y: spot(hold.at.y, y, size.1) };
}

/// Holds something flat of these half sides, in millimetres, in the middle and as near as makes it take up this share of
/// the picture.
pub(super) fn fill(hold: &mut Hold, size: (f32, f32), half: (f32, f32), share: f32) {
    hold.at = Point { x: size.0 / 2.0, y: size.1 / 2.0 };
    // What is near grows faster than it comes near, so each step goes half the way.
    for _ in 0..STEPS {
        let Some((low, high)) = bounds(hold, size, half) else {
            hold.module *= 0.5;
            continue;
        };
        let room = (size.0 / (high.x - low.x)).min(size.1 / (high.y - low.y));
        hold.module *= (share * room).sqrt();
        middle(hold, size, half, Point::default());
    }
}

/// Moves it to the middle, and from there by a wish from −1 to 1 of most of the room there is.
fn middle(hold: &mut Hold, size: (f32, f32), half: (f32, f32), wish: Point) {
    let Some((low, high)) = bounds(hold, size, half) else { return };
    let move_by = |low: f32, high: f32, length: f32, wish: f32| {
        let room = (length - (high - low)).max(0.0) / 2.0;
        length / 2.0 + 0.8 * wish * room - (low + high) / 2.0
    };
    hold.at.x += move_by(low.x, high.x, size.0, wish.x);
    hold.at.y += move_by(low.y, high.y, size.1, wish.y);
}

/// The upper left and the lower right of where its corners are seen; `None` where one is behind the camera.
fn bounds(hold: &Hold, size: (f32, f32), half: (f32, f32)) -> Option<(Point, Point)> {
    let pose = Pose::new(hold, size);
    let (mut low, mut high) =
        (Point { x: f32::MAX, y: f32::MAX }, Point { x: f32::MIN, y: f32::MIN });
    for (u, v) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        let (at, _) = pose.project([u * half.0, v * half.1, 0.0])?;
        low = Point { x: low.x.min(at.x), y: low.y.min(at.y) };
        high = Point { x: high.x.max(at.x), y: high.y.max(at.y) };
    }
    Some((low, high))
}

/// Steps towards a size: each halves what is missing, and a pixel of 8192 takes 13.
const STEPS: u32 = 20;
