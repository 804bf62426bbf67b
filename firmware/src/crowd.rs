//! Crowd: which symbols are in view, and since when.
//!
//! A permit beside another symbol is told from one beside what lay there before, read or not. A symbol that is out of
//! sight for a moment is the same when it is seen again in its place. It judges nothing: a text is bytes here.

use permit_symbol::Point;

use crate::machine::Symbol;

/// A symbol where a frame shows it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) corners: [Point; 4],
    /// What was read from it, if it was.
    pub(crate) text: Option<Vec<u8>>,
    /// It is followed from frame to frame; what is found only when all of a frame is looked at is not.
    pub(crate) followed: bool,
}

/// The symbols in view, and those that were there a moment ago.
#[derive(Debug, Default)]
pub(crate) struct Crowd(Vec<Thing>);

#[derive(Debug)]
struct Thing {
    spot: Spot,
    /// When it came, in milliseconds.
    since: u64,
    /// Frames in which it was not seen, since it was.
    missed: u32,
}

impl Thing {
    /// Whether it is taken to be in view.
    const fn is_there(&self) -> bool {
        self.missed <= if self.spot.followed { BLINK } else { UNCOUNTED }
    }
}

impl Crowd {
    /// Takes what the next frame shows.
    pub(crate) fn see(&mut self, spots: Vec<Spot>, ms: u64) {
        self.0.iter_mut().for_each(|thing| thing.missed += 1);
        for spot in spots {
            let known = self.0.iter_mut().find(|thing| is_same(&thing.spot, &spot));
            match known {
                Some(thing) => {
                    // What was read stays read, and what this frame's other finding says of it too.
                    let text = spot.text.or_else(|| thing.spot.text.take());
                    let followed = spot.followed || thing.missed == 0 && thing.spot.followed;
                    thing.spot = Spot { corners: spot.corners, text, followed };
                    thing.missed = 0;
                }
                None => self.0.push(Thing { spot, since: ms, missed: 0 }),
            }
        }
        self.0.retain(|thing| thing.missed <= REMEMBERED);
        self.0.truncate(MOST);
    }

    /// What is in view.
    pub(crate) fn symbols(&self, ms: u64) -> Vec<Symbol> {
        let there = self.0.iter().filter(|thing| thing.is_there());
        let symbol = |thing: &Thing| Symbol {
            text: thing.spot.text.clone(),
            age: ms.saturating_sub(thing.since),
        };
        there.map(symbol).collect()
    }

    /// Outlines of what this frame shows.
    pub(crate) fn outlines(&self) -> impl Iterator<Item = [Point; 4]> {
        self.0.iter().filter(|thing| thing.missed == 0).map(|thing| thing.spot.corners)
    }

    /// Outlines of what this frame shows, and of what the last frames did.
    pub(crate) fn recent(&self) -> impl Iterator<Item = [Point; 4]> {
        self.0.iter().filter(|thing| thing.missed <= RECENT).map(|thing| thing.spot.corners)
    }

    /// Whether more than one is in view.
    pub(crate) fn is_several(&self) -> bool {
        self.0.iter().filter(|thing| thing.is_there()).count() > 1
    }
}

/// Whether both are one symbol: the same text wherever it is, or the same place and not two texts.
fn is_same(one: &Spot, other: &Spot) -> bool {
    match (&one.text, &other.text) {
        (Some(one), Some(other)) => one == other,
        _ => {
            let (a, b) = (middle(&one.corners), middle(&other.corners));
            let near = size(&one.corners).max(size(&other.corners)) / 2.0;
            (a.x - b.x).hypot(a.y - b.y) < near
        }
    }
}

fn middle(corners: &[Point; 4]) -> Point {
    let sum = |of: fn(&Point) -> f32| corners.iter().map(of).sum::<f32>() / 4.0;
    Point { x: sum(|p| p.x), y: sum(|p| p.y) }
}

/// The length of an edge, about.
fn size(corners: &[Point; 4]) -> f32 {
    let [a, b, c, d] = corners;
    let edges = [(a, b), (b, c), (c, d), (d, a)];
    edges.iter().map(|(p, q)| (p.x - q.x).hypot(p.y - q.y)).sum::<f32>() / 4.0
}

/// Frames for which what is followed may be out of sight.
const BLINK: u32 = 1;
/// Frames in which what is out of sight may still be there to be read by somebody else.
const RECENT: u32 = 8;
/// Frames until what is found only by looking at everything is looked for twice more.
const UNCOUNTED: u32 = 25;
/// Frames for which a symbol is remembered, five seconds of a usual camera.
const REMEMBERED: u32 = 150;
/// The most symbols remembered.
const MOST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x: f32, text: Option<&str>, followed: bool) -> Spot {
        let corners = [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0)];
        let corners = corners.map(|(dx, dy)| Point { x: x + dx, y: dy });
        Spot { corners, text: text.map(|text| text.as_bytes().to_vec()), followed }
    }

    fn seen(crowd: &Crowd, ms: u64) -> Vec<(Option<String>, u64)> {
        let text = |symbol: &Symbol| {
            symbol.text.as_ref().map(|text| String::from_utf8(text.clone()).unwrap())
        };
        crowd.symbols(ms).iter().map(|symbol| (text(symbol), symbol.age)).collect()
    }

    #[test]
    fn row_05_what_is_read_later_came_when_it_was_seen_first() {
        let mut crowd = Crowd::default();
        crowd.see(vec![spot(0.0, None, true)], 1_000);
        crowd.see(vec![spot(8.0, Some("A"), true), spot(10.0, None, false)], 1_500);
        assert_eq!(seen(&crowd, 1_500), [(Some("A".to_owned()), 500)]);
        // Carried across the picture it is still the same; another one in its old place is not.
        crowd.see(vec![spot(400.0, Some("A"), true), spot(0.0, None, true)], 2_000);
        assert_eq!(seen(&crowd, 2_000), [(Some("A".to_owned()), 1_000), (None, 0)]);
        assert!(crowd.is_several());
        crowd.see(vec![spot(400.0, Some("B"), true)], 2_100);
        assert!(
            seen(&crowd, 2_100).contains(&(Some("B".to_owned()), 0)),
            "another text is another one"
        );
    }

    #[test]
    fn row_05_out_of_sight_for_a_moment_is_no_leaving() {
        let mut crowd = Crowd::default();
        crowd.see(vec![spot(0.0, None, true), spot(300.0, None, false)], 0);
        crowd.see(vec![], 33);
        assert_eq!(seen(&crowd, 33).len(), 2);
        crowd.see(vec![], 66);
        assert_eq!(seen(&crowd, 66).len(), 1, "what was followed is gone");
        (0..UNCOUNTED).for_each(|_| crowd.see(vec![], 100));
        assert!(seen(&crowd, 100).is_empty() && crowd.outlines().count() == 0);
        crowd.see(vec![spot(5.0, None, true)], 4_000);
        assert_eq!(seen(&crowd, 4_000), [(None, 4_000)], "it was there before");
        (0..=REMEMBERED).for_each(|_| crowd.see(vec![], 5_000));
        crowd.see(vec![spot(5.0, None, true)], 9_000);
        assert_eq!(seen(&crowd, 9_000), [(None, 0)], "forgotten");
    }
}
