//! The zone as a schematic: regions of both sides, the border between them, the crossings over it. No map and to no scale:
//! a register has names and which regions a crossing joins, and no place of anything.
//!
//! Crossings stand one below the other in the order of their numbers, each on a plate of its own on the border; regions
//! stand beside those that they have. Every line of text has its own room, so that nothing overlaps whatever the names are.

use core::fmt::Write as _;

use permit_card::{Faces, Style, text};

use crate::drawing::{Drawing, Ink, deep};

/// What is drawn of a zone, in one language.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Zone {
    /// What the two sides are called.
    pub sides: [String; 2],
    /// What is said of the drawing itself, in its middle.
    pub said: String,
    /// What regions are called that have no crossing.
    pub apart: String,
    /// Regions of each side.
    pub regions: [Vec<Region>; 2],
    /// Crossings, by number.
    pub crossings: Vec<Crossing>,
}

/// A region.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Region {
    /// Its number.
    pub number: u16,
    /// Its name.
    pub name: String,
    /// What else is said of it.
    pub note: String,
}

/// A crossing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Crossing {
    /// The regions it joins: of the first side, of the second.
    pub regions: [u16; 2],
    /// Its name.
    pub name: String,
    /// Whether people pass there.
    pub open: bool,
    /// How much goes over it.
    pub flow: Flow,
    /// What else is said of it.
    pub notes: Vec<(Mark, String)>,
}

/// How much goes over a crossing: how wide its line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    /// That is not what the drawing is about.
    Plain,
    /// So much.
    Told(u32),
    /// It is not told: a broken line.
    Hidden,
}

/// The shape before a note. Each has another form, so that no colour is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// None.
    None,
    /// A disc.
    Good,
    /// A triangle.
    Warn,
    /// A square with a cross.
    Bad,
}

/// Widths of the drawing, of a region, of a plate (chosen: a line of 1.5 to 9 goes between them).
pub(crate) const WIDE: f64 = 800.0;
const REGION: f64 = 190.0;
const PLATE: f64 = 300.0;
/// Where a plate begins.
const LEFT: f64 = (WIDE - PLATE) / 2.0;
/// Between boxes, and between a box and its text.
const GAP: f64 = 16.0;
const PAD: f64 = 8.0;
/// Sizes of names and of notes.
const NAME: f64 = 15.0;
pub(crate) const NOTE: f64 = 12.5;
/// Room of a mark before a note.
const MARKED: f64 = 18.0;

/// A box of text: a name, notes below it.
struct Block {
    name: Vec<String>,
    notes: Vec<(Mark, Vec<String>)>,
    high: f64,
}

impl Block {
    fn of(
        name: &str,
        notes: &[(Mark, String)],
        wide: f64,
        faces: &dyn Faces,
    ) -> Result<Self, char> {
        let room = wide - 2.0 * PAD;
        let name = text::lines(name, room / NAME, Style::SansBold, faces)?;
        let mut high = 2.0 * PAD + deep(name.len(), NAME);
        let mut set = Vec::new();
        for (mark, said) in notes.iter().filter(|it| !it.1.is_empty()) {
            let room = if *mark == Mark::None { room } else { room - MARKED };
            let lines = text::lines(said, room / NOTE, Style::Sans, faces)?;
            high += deep(lines.len(), NOTE);
            set.push((*mark, lines));
        }
        Ok(Self { name, notes: set, high })
    }

    fn draw(&self, on: &mut Drawing, (x, y): (f64, f64), faces: &dyn Faces) -> Result<(), char> {
        let bold = (Style::SansBold, NAME, Ink::Text);
        let mut y = on.text(&self.name, (x + PAD, y + PAD), bold, faces)?;
        for (mark, lines) in &self.notes {
            let at = if *mark == Mark::None { x + PAD } else { x + PAD + MARKED };
            mark.draw(on, (x + PAD + 6.0, y + NOTE * 0.65));
            y = on.text(lines, (at, y), (Style::Sans, NOTE, Ink::Soft), faces)?;
        }
        Ok(())
    }
}

impl Mark {
    /// Round a point, 12 wide.
    fn draw(self, on: &mut Drawing, (x, y): (f64, f64)) {
        match self {
            Self::None => {}
            Self::Good => on.shape(
                format!("M{:.1} {y:.1}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", x - 5.0),
                Ink::Good,
            ),
            Self::Warn => {
                on.shape(format!("M{x:.1} {:.1}l6 11h-12z", y - 6.0), Ink::Warn);
            }
            Self::Bad => {
                let (left, top) = (x - 5.0, y - 5.0);
                on.shape(format!("M{left:.1} {top:.1}h10v10h-10z"), Ink::Bad);
                let cross = format!("M{:.1} {:.1}l6 6m0 -6l-6 6", left + 2.0, top + 2.0);
                on.line(cross, (Ink::Plate, 1.6), false);
            }
        }
    }
}

impl Zone {
    /// Drawn as one.
    ///
    /// # Errors
    ///
    /// A character that no face has.
    pub fn draw(&self, faces: &dyn Faces) -> Result<Drawing, char> {
        let mut on = Drawing { width: WIDE, ..Drawing::default() };
        let crossings = self.in_order();
        let blocks: Vec<Block> = crossings
            .iter()
            .map(|it| Block::of(&it.name, &it.notes, PLATE, faces))
            .collect::<Result<_, _>>()?;
        let mut top = self.heads(&mut on, faces)? + GAP;
        let begins = top;
        let mut rows = Vec::new();
        for (block, crossing) in blocks.iter().zip(&crossings) {
            // A name beside it may need more room than the plate.
            let least = self.least(crossing, faces)?;
            let high = block.high.max(least);
            rows.push((top, high));
            top += high + GAP;
        }
        let ends = top.max(begins + 3.0 * GAP);
        water(&mut on, begins - GAP, ends);
        let mut bottom = ends;
        let mut links = Vec::new();
        for side in 0..2 {
            let last = self.beside(&mut on, side, (&crossings, &rows), &mut links, faces)?;
            bottom = bottom.max(last);
        }
        self.bridges(&mut on, (&crossings, &blocks, &rows), &links, faces)?;
        bottom += GAP;
        let mut last = bottom;
        for side in 0..2 {
            last = last.max(self.apart(&mut on, side, bottom, faces)?);
        }
        on.height = last + PAD;
        Ok(on)
    }

    /// Crossings, those of a region of the first side one after the other.
    pub(crate) fn in_order(&self) -> Vec<&Crossing> {
        let first = |side: usize, number: u16| {
            self.crossings.iter().position(|it| it.regions[side] == number)
        };
        let mut all: Vec<&Crossing> = self.crossings.iter().collect();
        all.sort_by_key(|it| (first(0, it.regions[0]), first(1, it.regions[1])));
        all
    }

    fn region(&self, side: usize, number: u16) -> Option<&Region> {
        self.regions[side].iter().find(|it| it.number == number)
    }

    pub(crate) fn without(&self, side: usize) -> Vec<&Region> {
        let has = |it: &&Region| self.crossings.iter().any(|of| of.regions[side] == it.number);
        self.regions[side].iter().filter(|it| !has(it)).collect()
    }

    /// The height of a region's box on either side that a crossing has to itself, so that boxes stand beside plates.
    fn least(&self, crossing: &Crossing, faces: &dyn Faces) -> Result<f64, char> {
        let mut most = 0.0_f64;
        for side in 0..2 {
            let number = crossing.regions[side];
            let shared = self.crossings.iter().filter(|it| it.regions[side] == number).count();
            if let Some(region) = self.region(side, number).filter(|_| shared == 1) {
                most = most.max(region.block(faces)?.high);
            }
        }
        Ok(most)
    }

    /// What stands above: the sides, and what is said of the drawing.
    fn heads(&self, on: &mut Drawing, faces: &dyn Faces) -> Result<f64, char> {
        let mut last = 0.0_f64;
        for (said, x) in self.sides.iter().zip([0.0, WIDE - REGION]) {
            let lines = text::lines(said, REGION / NAME, Style::SansBold, faces)?;
            last =
                last.max(on.text(&lines, (x, 0.0), (Style::SansBold, NAME, Ink::Text), faces)?);
        }
        let lines = text::lines(&self.said, PLATE / NOTE, Style::Sans, faces)?;
        let said = on.text(&lines, (LEFT, 0.0), (Style::Sans, NOTE, Ink::Soft), faces)?;
        Ok(last.max(said))
    }

    /// The regions of a side that have crossings, beside them; where the last ends. Links: row, from where to where.
    fn beside(
        &self,
        on: &mut Drawing,
        side: usize,
        (crossings, rows): (&[&Crossing], &[(f64, f64)]),
        links: &mut Vec<(usize, [f64; 4])>,
        faces: &dyn Faces,
    ) -> Result<f64, char> {
        let x = if side == 0 { 0.0 } else { WIDE - REGION };
        let mut boxes: Vec<(f64, f64, Vec<usize>, &Region)> = Vec::new();
        for region in &self.regions[side] {
            let own: Vec<usize> = (0..crossings.len())
                .filter(|row| crossings[*row].regions[side] == region.number)
                .collect();
            let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
            let (top, bottom) = (rows[*first].0, rows[*last].0 + rows[*last].1);
            let least = region.block(faces)?.high;
            // Beside all of them where they stand together, else in their middle.
            let together = last - first + 1 == own.len();
            let (top, high) = if together {
                (top, (bottom - top).max(least))
            } else {
                ((top + bottom - least) / 2.0, least)
            };
            boxes.push((top, high, own, region));
        }
        boxes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut free = rows.first().map_or(0.0, |it| it.0);
        for (top, high, own, region) in boxes {
            let top = top.max(free);
            on.plate([x, top, REGION, high], (Ink::Line, 1.2), false);
            region.block(faces)?.draw(on, (x, top), faces)?;
            for row in own {
                let (from, deep) = rows[row];
                let plate = from + deep / 2.0;
                let end = plate.clamp(top + PAD, top + high - PAD);
                let (a, b) = if side == 0 { (REGION, LEFT) } else { (WIDE - REGION, LEFT + PLATE) };
                links.push((row, [a, end, b, plate]));
            }
            free = top + high + GAP;
        }
        Ok(free - GAP)
    }

    /// The crossings: lines from region to region, and a plate on the border.
    fn bridges(
        &self,
        on: &mut Drawing,
        (crossings, blocks, rows): (&[&Crossing], &[Block], &[(f64, f64)]),
        links: &[(usize, [f64; 4])],
        faces: &dyn Faces,
    ) -> Result<(), char> {
        let told = crossings.iter().filter_map(|it| match it.flow {
            Flow::Told(number) => Some(number),
            _ => None,
        });
        let most = f64::from(told.max().unwrap_or_default().max(1));
        for (row, [a, end, b, plate]) in links {
            let crossing = crossings[*row];
            let wide = match crossing.flow {
                Flow::Plain => 2.5,
                Flow::Told(number) => 1.5 + 7.5 * f64::from(number) / most,
                Flow::Hidden => 1.5,
            };
            let middle = (a + b) / 2.0;
            let d = format!(
                "M{a:.1} {end:.1}C{middle:.1} {end:.1} {middle:.1} {plate:.1} {b:.1} {plate:.1}"
            );
            let broken = crossing.flow == Flow::Hidden || !crossing.open;
            on.line(d, (Ink::Count, wide), broken);
        }
        for ((crossing, block), (top, high)) in crossings.iter().zip(blocks).zip(rows) {
            let y = top + (high - block.high) / 2.0;
            let edge = if crossing.open { Ink::Count } else { Ink::Soft };
            on.plate([LEFT, y, PLATE, block.high], (edge, 1.6), !crossing.open);
            block.draw(on, (LEFT, y), faces)?;
        }
        Ok(())
    }

    /// The regions of a side that have no crossing, in two columns below; where the last ends.
    fn apart(
        &self,
        on: &mut Drawing,
        side: usize,
        top: f64,
        faces: &dyn Faces,
    ) -> Result<f64, char> {
        let regions = self.without(side);
        if regions.is_empty() {
            return Ok(top);
        }
        let x = if side == 0 { 0.0 } else { WIDE - 2.0 * REGION };
        let soft = (Style::Sans, NOTE, Ink::Soft);
        let head = text::lines(&self.apart, 2.0 * REGION / NOTE, Style::Sans, faces)?;
        let top = on.text(&head, (x, top), soft, faces)?;
        let mut last = top;
        let column = regions.len().div_ceil(2);
        for (column, regions) in [0.0, REGION].into_iter().zip(regions.chunks(column)) {
            let mut y = top;
            for region in regions {
                let said = match &*region.note {
                    "" => region.name.clone(),
                    note => format!("{} ({note})", region.name),
                };
                let lines = text::lines(&said, (REGION - PAD) / NOTE, Style::Sans, faces)?;
                y = on.text(&lines, (x + column, y), (Style::Sans, NOTE, Ink::Text), faces)?;
            }
            last = last.max(y);
        }
        Ok(last)
    }
}

impl Region {
    fn block(&self, faces: &dyn Faces) -> Result<Block, char> {
        Block::of(&self.name, &[(Mark::None, self.note.clone())], REGION, faces)
    }
}

/// The border as water: a band with waves along both banks.
fn water(on: &mut Drawing, from: f64, to: f64) {
    let (left, right) = (LEFT + 50.0, LEFT + PLATE - 50.0);
    let mut d = format!("M{left:.1} {from:.1}");
    let mut other = String::new();
    let (mut y, mut bend) = (from, 14.0);
    while y < to {
        let next = (y + 40.0).min(to);
        let middle = (y + next) / 2.0;
        let _ = write!(d, "Q{:.1} {middle:.1} {left:.1} {next:.1}", left + bend);
        // The other bank is written upwards.
        other = format!("Q{:.1} {middle:.1} {right:.1} {y:.1}{other}", right + bend);
        (y, bend) = (next, -bend);
    }
    let _ = write!(d, "L{right:.1} {to:.1}{other}z");
    on.shape(d, Ink::Water);
}
