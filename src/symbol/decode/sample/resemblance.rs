//! Resemblance: how well the modules that are always the same look as they must.

use crate::decode::code::layout::{Known, Layout, is_finder};

/// How well the modules that are known, finders apart, look as they must: 1 at best. What stripes or a chessboard
/// would show as well, timing patterns above all, is nothing.
pub(crate) fn resemblance(soft: &[f32], layout: &Layout) -> f32 {
    let side = layout.side;
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for (i, known) in layout.known.iter().enumerate() {
        let (x, y) = (i % side, i / side);
        if is_finder(x, y, side) {
            continue;
        }
        let sign = match known {
            Known::Dark => 1.0,
            Known::Light => -1.0,
            Known::Format | Known::Data => continue,
        };
        sum += sign * (soft[i] - stripes(soft, layout, (x, y)));
        count += 1.0;
    }
    sum / count.max(1.0)
}

/// What the unknown modules around one show in the mean that lie an even number of rows and columns away, beyond what
/// all of them do; 0 where that is little enough to be chance.
fn stripes(soft: &[f32], layout: &Layout, (x, y): (usize, usize)) -> f32 {
    let (mut like, mut all) = ((0.0, 0.0_f32), (0.0, 0.0_f32));
    let near = |at: usize| at.saturating_sub(AROUND)..(at + AROUND + 1).min(layout.side);
    for v in near(y) {
        for u in near(x) {
            let i = v * layout.side + u;
            if layout.known[i] == Known::Data {
                all = (all.0 + soft[i], all.1 + 1.0);
                if (u ^ x) % 2 == 0 && (v ^ y) % 2 == 0 {
                    like = (like.0 + soft[i], like.1 + 1.0);
                }
            }
        }
    }
    let beyond = like.0 / like.1.max(1.0) - all.0 / all.1.max(1.0);
    if beyond.abs() * like.1.sqrt() > STRIPED { beyond } else { 0.0 }
}

/// The mean of one module would hardly show so much of stripes by chance, that of four half as much. Chosen, not
/// measured.
const STRIPED: f32 = 1.75;

/// Modules to each side of one in which stripes are looked for. Chosen, not measured.
const AROUND: usize = 6;
