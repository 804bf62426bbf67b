//! Crop: a piece of a picture with a symbol in it, kept to look at it again.
//!
//! What later frames tell of a symbol's modules says more exactly where they lay in earlier
//! ones. A crop is small: modules span a few pixels in it, and large symbols are not kept.
//! What the modules say is for others.

use crate::decode::code::layout::Layout;
use crate::decode::geometry::homography::Homography;
use crate::decode::geometry::refine;
use crate::decode::picture::filter::smooth;
use crate::decode::sample::normalise::soften_wide;
use crate::{Grey, GreyBuf, Point};

/// A piece of a picture, and the flat map that the symbol in it lies under.
#[derive(Clone, Debug)]
pub(crate) struct Crop {
    piece: GreyBuf,
    layout: &'static Layout,
    map: Homography,
}

impl Crop {
    /// The piece of a picture that a symbol covers; nothing of a large symbol.
    pub(crate) fn of(picture: Grey<'_>, layout: &'static Layout, map: &Homography) -> Option<Self> {
        if layout.is_large() {
            return None;
        }
        let (piece, corner) = cut(picture, layout, map, MARGIN)?;
        let map = map.shifted(-f64::from(corner.x), -f64::from(corner.y));
        Some(Self { piece, layout, map })
    }

    /// The soft modules once the map was moved to what was learned of them by others.
    pub(crate) fn again(&mut self, learned: &[f32]) -> Vec<f32> {
        let smoothed = smooth(self.piece.as_grey());
        self.map = refine::symbol(smoothed.as_grey(), self.layout, self.map, Some(learned));
        let grid = self.map.grid(self.layout.side);
        soften_wide(&grid.sample(self.piece.as_grey()), self.layout)
    }
}

/// The part of a picture around a symbol, `more` pixels wider, and where its corner is.
pub(crate) fn cut(
    picture: Grey<'_>,
    layout: &Layout,
    map: &Homography,
    more: f32,
) -> Option<(GreyBuf, Point)> {
    let side = layout.side as f64;
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(u, v)| map.map(u, v));
    let range = |at: fn(&Point) -> f32, end: u32| {
        let low = corners.iter().map(at).fold(f32::MAX, f32::min) - more;
        let high = corners.iter().map(at).fold(f32::MIN, f32::max) + more;
        (whole(low.clamp(0.0, end as f32)), whole(high.clamp(0.0, end as f32)))
    };
    let (left, right) = range(|p| p.x, picture.width());
    let (top, bottom) = range(|p| p.y, picture.height());
    if right < left + 21 || bottom < top + 21 {
        return None;
    }
    let row = |y: u32| picture.row(y)[left as usize..right as usize].iter().copied();
    let piece =
        GreyBuf::from_vec(right - left, bottom - top, (top..bottom).flat_map(row).collect())?;
    Some((piece, Point { x: left as f32, y: top as f32 }))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a picture")]
fn whole(at: f32) -> u32 {
    at as u32
}

/// Pixels kept around a symbol. Chosen, not measured.
const MARGIN: f32 = 6.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::geometry::homography::Pair;
    use crate::decode::scene::{Flat, apart, symbol};

    const SCENE: Flat = Flat { origin: (61.37, 48.81), module: 2.4, turn: 0.13 };

    /// The scene's map, its far corner off by so many pixels.
    fn map(side: f32, off: f32) -> Homography {
        let far = side - 3.5;
        let pairs = [(3.5, 3.5), (far, 3.5), (3.5, far), (far, far)].map(|(u, v)| {
            let at = SCENE.there(u, v);
            let off = if (u, v) == (far, far) { off } else { 0.0 };
            let picture = Point { x: at.x + off, y: at.y - off };
            Pair { module: (f64::from(u), f64::from(v)), picture, weight: 1.0 }
        });
        Homography::fit(&pairs, side.into()).unwrap()
    }

    #[test]
    fn what_was_learned_moves_the_map_into_place() {
        let code = symbol(7);
        let (picture, layout) = (SCENE.draw(&code), Layout::of(7).unwrap());
        let truth: Vec<f32> = (0..45 * 45)
            .map(|i| if code[(i % 45, i / 45)] == qrcode::Color::Dark { 1.0 } else { -1.0 })
            .collect();
        let mut crop = Crop::of(picture.as_grey(), layout, &map(45.0, 0.8)).unwrap();
        let soft = crop.again(&truth);
        let wrong = soft.iter().zip(&truth).filter(|(soft, truth)| *soft * *truth < 0.0).count();
        assert_eq!(wrong, 0);
        let (_, corner) = cut(picture.as_grey(), layout, &map(45.0, 0.8), MARGIN).unwrap();
        let far = SCENE.there(44.5, 44.5);
        let found = crop.map.shifted(corner.x.into(), corner.y.into()).map(44.5, 44.5);
        assert!(apart(found, far) < 0.4, "{found:?} is not {far:?}");
    }

    #[test]
    fn large_symbols_and_places_outside_are_not_kept() {
        let picture = SCENE.draw(&symbol(7));
        let (small, large) = (Layout::of(7).unwrap(), Layout::of(16).unwrap());
        assert!(Crop::of(picture.as_grey(), large, &map(81.0, 0.0)).is_none());
        let outside = map(45.0, 0.0).shifted(5000.0, 0.0);
        assert!(Crop::of(picture.as_grey(), small, &outside).is_none());
    }
}
