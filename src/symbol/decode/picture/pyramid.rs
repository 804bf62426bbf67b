//! Pyramid: a picture and its halves, each made when it is first needed.
//!
//! Whoever looks at modules of many pixels looks at a smaller picture instead: it costs less
//! and holds less noise. It knows nothing of symbols.

use crate::decode::picture::filter::half;
use crate::{Grey, GreyBuf};

/// A picture, halved once, twice, …
#[derive(Debug)]
pub(crate) struct Pyramid<'a> {
    picture: Grey<'a>,
    halves: Vec<GreyBuf>,
}

impl<'a> Pyramid<'a> {
    pub(crate) const fn new(picture: Grey<'a>) -> Self {
        Self { picture, halves: Vec::new() }
    }

    /// The picture itself.
    pub(crate) const fn picture(&self) -> Grey<'a> {
        self.picture
    }

    /// How often to halve, `least` times or more, so that a module spans a few pixels, no more.
    pub(crate) fn suited(&mut self, module: f32, least: usize) -> usize {
        let mut size = least;
        while module / scale(size + 1) > FINE && self.reach(size + 1) {
            size += 1;
        }
        size
    }

    /// Halves so often; false where the picture is too small for that.
    pub(crate) fn reach(&mut self, halved: usize) -> bool {
        while self.halves.len() < halved {
            let Some(next) = half(self.at(self.halves.len())) else { return false };
            self.halves.push(next);
        }
        true
    }

    /// The picture halved so often, as far as that was done.
    pub(crate) fn at(&self, halved: usize) -> Grey<'_> {
        match halved.checked_sub(1).and_then(|i| self.halves.get(i)) {
            Some(half) => half.as_grey(),
            None => self.picture,
        }
    }
}

/// How many times smaller a picture is that was halved so often.
pub(crate) fn scale(halved: usize) -> f32 {
    [1.0, 2.0, 4.0, 8.0, 16.0, 32.0].get(halved).copied().unwrap_or(64.0)
}

/// A module need not span more pixels than this after halving. Chosen, not measured.
const FINE: f32 = 2.6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_spans_a_few_pixels() {
        let pixels = vec![9; 320 * 240];
        let mut sizes = Pyramid::new(Grey::new(320, 240, &pixels).unwrap());
        assert_eq!([2.0, 5.0, 6.0, 11.0].map(|module| sizes.suited(module, 0)), [0, 0, 1, 2]);
        assert_eq!((sizes.suited(2.0, 1), sizes.at(1).width()), (1, 160));
        assert!(scale(1) == 2.0 && sizes.picture().width() == 320);
        assert!(!sizes.reach(40), "there is an end to halving");
    }
}
