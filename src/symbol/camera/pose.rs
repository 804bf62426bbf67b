//! The pinhole camera: paper in space onto the picture.
//!
//! The paper is a mesh of triangles, drawn with exact perspective inside each and a depth for
//! what hides itself. Each pixel takes four samples of the card, spread over what the pixel
//! covers.

use super::card::{Card, SPOTS};
use super::plane::Plane;
use super::random::{direction, fraction, mix};
use super::surface::{Place, Surface};
use crate::Point;

/// Where a card is in front of the camera.
#[derive(Clone, Debug)]
pub(super) struct Pose {
    /// Rotation, row by row.
    turned: [[f32; 3]; 3],
    /// The code's middle, millimetres from the pinhole; z forward.
    moved: Place,
    /// Focal length in pixels.
    focal: f32,
    /// The picture's middle in pixels.
    middle: (f32, f32),
    /// Radial distortion of the lens, at one focal length from the middle.
    barrel: f32,
}

/// How a card is held: everything of a pose but the camera.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hold {
    /// In the picture's plane, radians.
    pub(super) roll: f32,
    /// Away from the camera, radians.
    pub(super) tilt: f32,
    /// Direction in which it is tilted, radians.
    pub(super) towards: f32,
    /// Pixels a module at the code's middle.
    pub(super) module: f32,
    /// The code's middle in the picture, in pixels.
    pub(super) at: Point,
    /// Radial distortion of the lens.
    pub(super) barrel: f32,
}

/// What may shade a spot of the paper beside its print.
#[derive(Clone, Copy, Debug)]
pub(super) struct Screen {
    /// Millimetres from one lamp of the display to the next.
    pub(super) pitch: f32,
    /// 0 for paper, 1 for lamps that are dark at their edges.
    pub(super) depth: f32,
}

impl Pose {
    /// The pose for a camera whose picture has this size.
    pub(super) fn new(hold: &Hold, size: (f32, f32)) -> Self {
        let (sr, cr) = direction(hold.roll);
        let (st, ct) = direction(hold.tilt);
        let (sa, ca) = direction(hold.towards);
        // Tilt about an axis in the picture's plane (Rodrigues), after the roll.
        let (kx, ky) = (-sa, ca);
        let (k, s) = (1.0 - ct, st);
        let tilt = [
            [ct + kx * kx * k, kx * ky * k, ky * s],
            [kx * ky * k, ct + ky * ky * k, -kx * s],
            [-ky * s, kx * s, ct],
        ];
        let roll = [[cr, -sr, 0.0], [sr, cr, 0.0], [0.0, 0.0, 1.0]];
        let mut turned = [[0.0; 3]; 3];
        for (row, tilt) in turned.iter_mut().zip(&tilt) {
            for (column, cell) in row.iter_mut().enumerate() {
                *cell = tilt.iter().zip(&roll).map(|(t, roll)| t * roll[column]).sum();
            }
        }
        let focal = 1.15 * size.0;
        let far = focal * MODULE / hold.module;
        let middle = (size.0 / 2.0, size.1 / 2.0);
        let moved =
            [(hold.at.x - middle.0) * far / focal, (hold.at.y - middle.1) * far / focal, far];
        Self { turned, moved, focal, middle, barrel: hold.barrel }
    }

    /// The picture's place of a place in the card's space, and the depth; `None` behind the
    /// camera.
    pub(super) fn project(&self, place: Place) -> Option<(Point, f32)> {
        let [x, y, z] = self.seen(place);
        let near = self.moved[2] * 0.1;
        if z < near {
            return None;
        }
        let (x, y) = (x / z, y / z);
        let bend = 1.0 + self.barrel * (x * x + y * y);
        let point = Point {
            x: self.middle.0 + self.focal * x * bend,
            y: self.middle.1 + self.focal * y * bend,
        };
        Some((point, z))
    }

    fn seen(&self, place: Place) -> Place {
        let mut seen =
            self.turned.map(|row| row[0] * place[0] + row[1] * place[1] + row[2] * place[2]);
        for (axis, moved) in seen.iter_mut().zip(self.moved) {
            *axis += moved;
        }
        seen
    }

    fn turn(&self, [x, y, z]: Place) -> Place {
        self.turned.map(|row| row[0] * x + row[1] * y + row[2] * z)
    }
}

/// A card on its surface in its pose.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    pub(super) card: &'a Card,
    pub(super) surface: &'a Surface,
    pub(super) pose: &'a Pose,
    pub(super) screen: Option<Screen>,
    /// Where the light comes from, a unit vector in the camera's space.
    pub(super) light: Place,
    /// How much of the light comes from there, 0 to 1.
    pub(super) directed: f32,
}

#[derive(Clone, Copy, Debug)]
struct Vertex {
    at: Point,
    /// Affine in the picture: 1/z, u/z, v/z (u and v in spots) and shade/z.
    over: [f32; 4],
}

impl Shown<'_> {
    /// Draws the card over the picture.
    pub(super) fn draw(&self, picture: &mut Plane) {
        let (columns, rows) = if self.surface.is_flat() { (16, 12) } else { (84, 60) };
        let levels = Levels::new(self.card);
        let mut depth = if self.surface.is_flat() {
            Vec::new()
        } else {
            vec![0.0; picture.width * picture.height]
        };
        let mesh = self.mesh(columns, rows);
        for row in 0..rows {
            for column in 0..columns {
                let corner = |x: usize, y: usize| mesh[(row + y) * (columns + 1) + column + x];
                let corners = [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)];
                if let [Some(a), Some(b), Some(c), Some(d)] = corners {
                    self.triangle([a, b, c], &levels, &mut depth, picture);
                    self.triangle([b, d, c], &levels, &mut depth, picture);
                }
            }
        }
    }

    /// The picture's places of the code's corners, clockwise from its own top left.
    pub(super) fn corners(&self) -> Option<[Point; 4]> {
        let half = millimetres(self.card.edge) / 2.0;
        let place = |u: f32, v: f32| {
            self.pose.project(self.surface.place(u * half, v * half)).map(|(point, _)| point)
        };
        Some([place(-1.0, -1.0)?, place(1.0, -1.0)?, place(1.0, 1.0)?, place(-1.0, 1.0)?])
    }

    /// The picture's places of the middles of the code's modules, row by row; nothing where
    /// one of them is behind the camera.
    pub(super) fn middles(&self) -> Vec<Point> {
        let half = millimetres(self.card.edge) / 2.0;
        let side = self.card.side;
        let across = |at: usize| half * (2.0 * (ratio(at, side) + 0.5 * ratio(1, side)) - 1.0);
        let place = |i: usize| self.surface.place(across(i % side), across(i / side));
        let middles = (0..side * side).map(|i| Some(self.pose.project(place(i))?.0));
        middles.collect::<Option<_>>().unwrap_or_default()
    }

    fn mesh(&self, columns: usize, rows: usize) -> Vec<Option<Vertex>> {
        let card = self.card;
        let (width, height) = (ratio(card.width, SPOTS), ratio(card.height, SPOTS));
        let middle =
            [card.left, card.top].map(|edge| millimetres(edge) + millimetres(card.edge) / 2.0);
        let flat = self.shade(self.pose.turn([0.0, 0.0, -1.0]));
        let step = 0.2;
        let mut mesh = Vec::with_capacity((columns + 1) * (rows + 1));
        for row in 0..=rows {
            for column in 0..=columns {
                let (x, y) = (width * ratio(column, columns), height * ratio(row, rows));
                let (u, v) = (x - middle[0], y - middle[1]);
                let place = self.surface.place(u, v);
                let shade = if self.surface.is_flat() {
                    1.0
                } else {
                    let along =
                        minus(self.surface.place(u + step, v), self.surface.place(u - step, v));
                    let down =
                        minus(self.surface.place(u, v + step), self.surface.place(u, v - step));
                    self.shade(self.pose.turn(unit(cross(down, along)))) / flat
                };
                mesh.push(self.pose.project(place).map(|(at, z)| {
                    let spots = [x, y].map(|length| length * ratio(SPOTS, 1) / z);
                    Vertex { at, over: [1.0 / z, spots[0], spots[1], shade / z] }
                }));
            }
        }
        mesh
    }

    fn shade(&self, normal: Place) -> f32 {
        let facing: f32 = normal.iter().zip(self.light).map(|(n, l)| n * l).sum();
        mix(1.0, facing.max(0.0), self.directed).max(0.02)
    }

    fn triangle(
        &self,
        [a, b, c]: [Vertex; 3],
        levels: &Levels<'_>,
        depth: &mut [f32],
        picture: &mut Plane,
    ) {
        let area = (b.at.x - a.at.x) * (c.at.y - a.at.y) - (c.at.x - a.at.x) * (b.at.y - a.at.y);
        if area <= 1e-6 {
            return; // the paper's back, or seen from its edge
        }
        let slopes = Slopes::new(&a, &b, &c, area);
        let corners = [a.at, b.at, c.at];
        for y in rows(corners, picture.height) {
            let py = middle(y);
            for x in columns(corners, py, picture.width) {
                let [near, u, v, shade] = slopes.at(Point { x: middle(x), y: py }, &a);
                let place = y * picture.width + x;
                if let Some(depth) = depth.get_mut(place) {
                    if *depth >= near {
                        continue;
                    }
                    *depth = near;
                }
                let far = 1.0 / near;
                let (u, v) = (u * far, v * far);
                let (light, kept) = levels.sample(u, v, slopes.footprint(u, v, far));
                let light = light * shade * far * self.screen.map_or(1.0, |screen| screen.at(u, v));
                let pixel = &mut picture.values[place];
                *pixel = mix(*pixel, light, kept);
            }
        }
    }
}

impl Screen {
    /// The light of a display at a spot of the card.
    fn at(self, u: f32, v: f32) -> f32 {
        let lamp = |spots: f32| {
            let across = fraction(spots / (self.pitch * ratio(SPOTS, 1)));
            4.0 * across * (1.0 - across)
        };
        1.0 - self.depth * (1.0 - lamp(u) * lamp(v))
    }
}

/// How the four affine values of a triangle change from pixel to pixel.
struct Slopes {
    right: [f32; 4],
    down: [f32; 4],
}

impl Slopes {
    fn new(a: &Vertex, b: &Vertex, c: &Vertex, area: f32) -> Self {
        let slope = |along: [f32; 2]| {
            let mut slope = [0.0; 4];
            for (n, slope) in slope.iter_mut().enumerate() {
                let (ab, ac) = (b.over[n] - a.over[n], c.over[n] - a.over[n]);
                *slope = (ab * along[0] + ac * along[1]) / area;
            }
            slope
        };
        Self {
            right: slope([c.at.y - a.at.y, a.at.y - b.at.y]),
            down: slope([a.at.x - c.at.x, b.at.x - a.at.x]),
        }
    }

    fn at(&self, at: Point, a: &Vertex) -> [f32; 4] {
        let (dx, dy) = (at.x - a.at.x, at.y - a.at.y);
        let mut values = a.over;
        for (n, value) in values.iter_mut().enumerate() {
            *value += dx * self.right[n] + dy * self.down[n];
        }
        values
    }

    /// Spots from this pixel to the next, to the right (u, v) and downwards (u, v).
    fn footprint(&self, u: f32, v: f32, far: f32) -> [f32; 4] {
        let [r, d] = [&self.right, &self.down];
        [
            (r[1] - u * r[0]) * far,
            (r[2] - v * r[0]) * far,
            (d[1] - u * d[0]) * far,
            (d[2] - v * d[0]) * far,
        ]
    }
}

/// The card at full and at halved sizes, so that far cards are seen without sparkle.
struct Levels<'a> {
    card: &'a Card,
    halved: Vec<(usize, usize, Vec<u8>)>,
}

impl<'a> Levels<'a> {
    fn new(card: &'a Card) -> Self {
        let mut halved: Vec<(usize, usize, Vec<u8>)> = Vec::new();
        for _ in 0..3 {
            let (width, height, spots) = halved
                .last()
                .map_or((card.width, card.height, &card.spots), |(w, h, spots)| (*w, *h, spots));
            let half = halve(width, height, spots);
            halved.push(half);
        }
        Self { card, halved }
    }

    /// The light a pixel gets from around a spot, 0 to 1, and how much of the paper is there.
    fn sample(&self, u: f32, v: f32, step: [f32; 4]) -> (f32, f32) {
        let card = self.card;
        let reach = step.iter().fold(0.0_f32, |most, step| most.max(step.abs()));
        let (scale, width, height, spots) = match reach {
            r if r < 3.2 => (1.0, card.width, card.height, &card.spots),
            r => {
                let level = usize::from(r >= 6.4) + usize::from(r >= 12.8);
                let (width, height, spots) = &self.halved[level];
                ([0.5, 0.25, 0.125][level], *width, *height, spots)
            }
        };
        let mut light = 0.0;
        if reach < 1.3 {
            light = 4.0 * between(u - 0.5, v - 0.5, width, height, spots);
        } else {
            for (right, down) in SPREAD {
                let u = (u + right * step[0] + down * step[2]) * scale - 0.5;
                let v = (v + right * step[1] + down * step[3]) * scale - 0.5;
                light += between(u, v, width, height, spots);
            }
        }
        let kept = if card.kept.is_empty() {
            1.0
        } else {
            between(u - 0.5, v - 0.5, card.width, card.height, &card.kept) / 255.0
        };
        (light / (4.0 * 255.0), kept)
    }
}

fn halve(width: usize, height: usize, spots: &[u8]) -> (usize, usize, Vec<u8>) {
    let (w, h) = ((width / 2).max(1), (height / 2).max(1));
    let mut half = Vec::with_capacity(w * h);
    for y in 0..h {
        let upper = &spots[2 * y * width..];
        let lower = if 2 * y + 1 < height { &spots[(2 * y + 1) * width..] } else { upper };
        for x in 0..w {
            let right = (2 * x + 1).min(width - 1);
            let sum: u16 = [upper[2 * x], upper[right], lower[2 * x], lower[right]]
                .map(u16::from)
                .iter()
                .sum();
            half.push(u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX));
        }
    }
    (w, h, half)
}

/// Bilinear; the edge goes on outside.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "clamped to the card, whose edges fit an f32"
)]
fn between(u: f32, v: f32, width: usize, height: usize, spots: &[u8]) -> f32 {
    let u = u.clamp(0.0, (width - 1) as f32 - 0.001);
    let v = v.clamp(0.0, (height - 1) as f32 - 0.001);
    let (x, y) = (u as usize, v as usize);
    let (fx, fy) = (u - x as f32, v - y as f32);
    let at = y * width + x;
    let row = |at: usize| match spots.get(at..at + 2) {
        Some(&[left, right]) => mix(f32::from(left), f32::from(right), fx),
        _ => 0.0,
    };
    mix(row(at), row(at + width), fy)
}

type Span = core::ops::Range<usize>;

/// The rows of pixels whose middles a triangle may cover.
fn rows(corners: [Point; 3], height: usize) -> Span {
    let low = corners.iter().map(|p| p.y).fold(f32::INFINITY, f32::min);
    let high = corners.iter().map(|p| p.y).fold(f32::NEG_INFINITY, f32::max);
    span(low, high, height)
}

/// The pixels of a row whose middles lie inside a triangle.
fn columns([a, b, c]: [Point; 3], y: f32, width: usize) -> Span {
    let (mut low, mut high) = (f32::NEG_INFINITY, f32::INFINITY);
    for (from, to) in [(a, b), (b, c), (c, a)] {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        // The inside is where dx · (y − from.y) − dy · (x − from.x) is not negative.
        if dy.abs() < 1e-9 {
            if dx * (y - from.y) < 0.0 {
                return 0..0;
            }
            continue;
        }
        let x = from.x + dx * (y - from.y) / dy;
        if dy > 0.0 { high = high.min(x) } else { low = low.max(x) }
    }
    span(low - 1e-3, high + 1e-3, width)
}

/// The pixels whose middles lie from `low` to `high`.
fn span(low: f32, high: f32, end: usize) -> Span {
    let end = ratio(end, 1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let span = (low + 0.5).clamp(0.0, end) as usize..(high + 0.5).clamp(0.0, end) as usize;
    span
}

fn minus(a: Place, b: Place) -> Place {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn cross(a: Place, b: Place) -> Place {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn unit(a: Place) -> Place {
    let length = (a[0] * a[0] + a[1] * a[1] + a[2] * a[2]).sqrt().max(1e-9);
    a.map(|axis| axis / length)
}

fn millimetres(spots: usize) -> f32 {
    ratio(spots, SPOTS)
}

#[expect(clippy::cast_precision_loss, reason = "sizes of cards and pictures")]
fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}

#[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
fn middle(pixel: usize) -> f32 {
    pixel as f32 + 0.5
}

/// Where in a pixel the card is looked at.
const SPREAD: [(f32, f32); 4] = [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)];

/// A module's edge in millimetres.
const MODULE: f32 = 0.5;
