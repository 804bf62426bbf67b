//! Many cards on one sheet of paper: where each goes, where it is cut, and where its back goes.
//!
//! Sheets are turned over along their long edge, as printers do: the back of the first card of a row is the last of
//! that row.

/// Places of cards on a sheet, in millimetres.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    width: f64,
    height: f64,
    card: (f64, f64),
    fronts: Vec<(f64, f64)>,
}

impl Sheet {
    /// A4 upright with as many cards of this size as it takes; `None` where it takes none.
    #[must_use]
    pub fn a4(card: (f64, f64)) -> Option<Self> {
        Self::of((210.0, 297.0), card)
    }

    /// A sheet of another size.
    #[must_use]
    pub fn of((width, height): (f64, f64), card: (f64, f64)) -> Option<Self> {
        let along = |length: f64, edge: f64| {
            let room = length - 2.0 * MARGIN + GAP;
            (1..=40_u32).take_while(|count| f64::from(*count) * (edge + GAP) <= room).last()
        };
        let (columns, rows) = (along(width, card.0)?, along(height, card.1)?);
        let start = |length: f64, edge: f64, count: u32| {
            (length - f64::from(count) * (edge + GAP) + GAP) / 2.0
        };
        let (left, top) = (start(width, card.0, columns), start(height, card.1, rows));
        let fronts = (0..rows).flat_map(|row| {
            (0..columns).map(move |column| {
                (left + f64::from(column) * (card.0 + GAP), top + f64::from(row) * (card.1 + GAP))
            })
        });
        Some(Self { width, height, card, fronts: fronts.collect() })
    }

    /// Width and height.
    #[must_use]
    pub const fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// The upper left corners of the fronts, row by row.
    #[must_use]
    pub fn fronts(&self) -> &[(f64, f64)] {
        &self.fronts
    }

    /// The upper left corner of the back that lies behind a front.
    #[must_use]
    pub fn back(&self, front: (f64, f64)) -> (f64, f64) {
        (self.width - front.0 - self.card.0, front.1)
    }

    /// Where to cut: lines in the margins, from x, y to x, y.
    #[must_use]
    pub fn marks(&self) -> Vec<[f64; 4]> {
        let sorted = |edges: Vec<f64>| {
            let mut edges = edges;
            edges.sort_by(f64::total_cmp);
            edges.dedup_by(|a, b| (*a - *b).abs() < 1e-6);
            edges
        };
        let across = sorted(self.fronts.iter().flat_map(|(x, _)| [*x, x + self.card.0]).collect());
        let down = sorted(self.fronts.iter().flat_map(|(_, y)| [*y, y + self.card.1]).collect());
        let ends = |edges: &[f64]| Some((*edges.first()?, *edges.last()?));
        let (Some((left, right)), Some((top, bottom))) = (ends(&across), ends(&down)) else {
            return Vec::new();
        };
        let mut marks = Vec::new();
        for x in across {
            marks.push([x, top - AWAY - LONG, x, top - AWAY]);
            marks.push([x, bottom + AWAY, x, bottom + AWAY + LONG]);
        }
        for y in down {
            marks.push([left - AWAY - LONG, y, left - AWAY, y]);
            marks.push([right + AWAY, y, right + AWAY + LONG, y]);
        }
        marks
    }
}

/// What no office printer reaches, with the marks in it; chosen.
const MARGIN: f64 = 10.0;
/// Between cards, so that a cut that is a little off shows no neighbour; chosen.
const GAP: f64 = 4.0;
/// From a card to its mark, and how long that is; chosen.
const AWAY: f64 = 1.5;
const LONG: f64 = 4.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_lie_on_the_paper_and_on_none_other() {
        for (card, count) in [((85.6, 53.98), 8), ((148.0, 105.0), 2), ((190.0, 277.0), 1)] {
            let sheet = Sheet::a4(card).unwrap();
            assert_eq!(sheet.fronts().len(), count, "{card:?}");
            for (n, (x, y)) in sheet.fronts().iter().enumerate() {
                assert!(*x >= MARGIN - 1e-9 && x + card.0 <= 210.0 - MARGIN + 1e-9);
                assert!(*y >= MARGIN - 1e-9 && y + card.1 <= 297.0 - MARGIN + 1e-9);
                for (a, b) in &sheet.fronts()[..n] {
                    assert!(
                        (x - a).abs() >= card.0 + GAP - 1e-9
                            || (y - b).abs() >= card.1 + GAP - 1e-9
                    );
                }
            }
        }
        assert_eq!(Sheet::a4((205.0, 20.0)), None);
    }

    #[test]
    fn a_back_lies_behind_its_front() {
        let sheet = Sheet::a4((85.6, 53.98)).unwrap();
        for front in sheet.fronts() {
            let (x, y) = sheet.back(*front);
            // Turned over along the long edge, x becomes width - x.
            assert!(
                (sheet.size().0 - (x + 85.6) - front.0).abs() < 1e-9 && (y - front.1).abs() < 1e-9
            );
            assert!(
                sheet.fronts().iter().any(|(a, b)| (a - x).abs() < 1e-9 && (b - y).abs() < 1e-9)
            );
        }
        assert_eq!(sheet.marks().len(), 2 * (4 + 8));
    }
}
