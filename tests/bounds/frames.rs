//! Frames made to hurt a reader: thousands of finders, noise, stripes, 48 megapixels, many codes at once.
//!
//! The same kinds of frames as the published hostile set, drawn here so that they need no files; those that lie in
//! `../shared/data/hostile` are added where they are. None of them may take a reader long, or much memory.

use std::path::Path;

use permit_symbol::{GreyBuf, Symbol, load};

/// A frame with a name.
#[derive(Debug)]
pub(crate) struct Frame {
    /// What it shows.
    pub(crate) name: String,
    /// The picture.
    pub(crate) picture: GreyBuf,
}

/// Small numbers that are the same everywhere.
#[derive(Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `below`.
    pub(crate) fn roll(&mut self, below: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 16) % u64::from(below.max(1))).unwrap_or(0)
    }

    /// A grey level.
    pub(crate) fn grey(&mut self) -> u8 {
        u8::try_from(self.roll(256)).unwrap_or(0)
    }
}

/// Frames of one size.
#[must_use]
pub(crate) fn hostile((width, height): (u32, u32)) -> Vec<Frame> {
    let mut dice = Dice(77);
    let mut frames = Vec::new();
    let mut add = |name: String, picture| {
        frames.push(Frame { name: format!("{name} {width}x{height}"), picture });
    };
    let size = (width, height);
    add("white".into(), drawn(size, |_, _| 255));
    add("noise".into(), drawn(size, |_, _| dice.grey()));
    for block in [2, 3, 4, 6, 8] {
        add(format!("blocks of {block}"), blocks(size, block, &mut dice));
    }
    for cell in [3, 8] {
        add(
            format!("checkers of {cell}"),
            drawn(size, |x, y| tone((x / cell + y / cell) % 2 == 0)),
        );
    }
    for module in [2, 3, 4] {
        for gap in [2, 7] {
            let pitch = (7 + gap) * module;
            let sheet = |x: u32, y: u32| tone(is_finder(x % pitch / module, y % pitch / module));
            add(format!("finders of {module} px, {gap} apart"), drawn(size, sheet));
        }
    }
    for count in [60, 600] {
        add(format!("{count} finders anywhere"), scattered(size, count, &mut dice));
    }
    add("many codes".into(), codes(size));
    let stripe = |x: u32| tone(is_dark_run(x % 14 / 2));
    add("stripes".into(), drawn(size, |x, _| stripe(x)));
    add("plaid".into(), drawn(size, |x, y| stripe(x).min(stripe(y))));
    let ring = |x: u32, y: u32| x.min(y).min(width - 1 - x).min(height - 1 - y) / 3;
    add("squares in squares".into(), drawn(size, |x, y| tone(ring(x, y) % 2 == 0)));
    frames
}

/// Frames as large as a camera of 48 megapixels makes them.
#[must_use]
pub(crate) fn huge() -> Vec<Frame> {
    let mut dice = Dice(48);
    let size = (8000, 6000);
    let pitch = 9 * 3;
    vec![
        Frame { name: "white 48 MP".into(), picture: drawn(size, |_, _| 255) },
        Frame { name: "noise 48 MP".into(), picture: drawn(size, |_, _| dice.grey()) },
        Frame {
            name: "finders 48 MP".into(),
            picture: drawn(size, |x, y| tone(is_finder(x % pitch / 3, y % pitch / 3))),
        },
    ]
}

/// The frames of a folder, if it is here.
#[must_use]
pub(crate) fn kept(folder: &Path) -> Vec<Frame> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let frame = |path: &std::path::PathBuf| {
        let picture = load::open(path).ok()?.next()?.ok()?.grey;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Some(Frame { name, picture })
    };
    paths.iter().filter_map(frame).collect()
}

/// A picture, pixel by pixel.
pub(crate) fn drawn((width, height): (u32, u32), mut at: impl FnMut(u32, u32) -> u8) -> GreyBuf {
    let mut picture = GreyBuf::new(width, height);
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    for (pixel, (x, y)) in picture.pixels_mut().iter_mut().zip(places) {
        *pixel = at(x, y);
    }
    picture
}

/// A code drawn with its quiet zone, `module` pixels to a module.
#[must_use]
pub(crate) fn code(symbol: &Symbol, module: u32) -> GreyBuf {
    let side = u32::try_from(symbol.modules().side()).unwrap_or(0) + 8;
    drawn((side * module, side * module), |x, y| {
        let [u, v] = [x, y].map(|n| (n / module).checked_sub(4));
        let dark = u.zip(v).is_some_and(|(u, v)| symbol.modules().get(u as usize, v as usize));
        tone(dark)
    })
}

fn tone(dark: bool) -> u8 {
    if dark { 0 } else { 255 }
}

/// A finder with its corner at (0, 0), in modules.
fn is_finder(u: u32, v: u32) -> bool {
    u < 7 && v < 7 && (u.abs_diff(3).max(v.abs_diff(3))) != 2
}

/// The runs of a finder's middle row.
fn is_dark_run(u: u32) -> bool {
    u < 7 && u != 1 && u != 5
}

fn blocks((width, height): (u32, u32), block: u32, dice: &mut Dice) -> GreyBuf {
    let columns = width.div_ceil(block);
    let cells: Vec<bool> =
        (0..columns * height.div_ceil(block)).map(|_| dice.roll(2) == 0).collect();
    drawn((width, height), |x, y| tone(cells[(y / block * columns + x / block) as usize]))
}

/// Finders that lie anywhere, over one another too.
fn scattered((width, height): (u32, u32), count: u32, dice: &mut Dice) -> GreyBuf {
    let mut picture = drawn((width, height), |_, _| 255);
    for _ in 0..count {
        let module = 2 + dice.roll(3);
        let (left, top) = (dice.roll(width - 7 * module), dice.roll(height - 7 * module));
        for (y, x) in (0..7 * module).flat_map(|y| (0..7 * module).map(move |x| (y, x))) {
            let at = ((top + y) * width + left + x) as usize;
            picture.pixels_mut()[at] = tone(is_finder(x / module, y / module));
        }
    }
    picture
}

/// As many small codes as there is room for.
fn codes((width, height): (u32, u32)) -> GreyBuf {
    let Ok(symbol) = Symbol::new("HELLO 12345") else { return GreyBuf::new(width, height) };
    let tile = code(&symbol, 3);
    drawn((width, height), |x, y| {
        tile.as_grey().row(y % tile.height())[(x % tile.width()) as usize]
    })
}
