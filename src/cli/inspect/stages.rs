//! `permit inspect --stages`: what each room of the reader saw of one picture, as pictures.
//!
//! The rooms are those of the reader's own folder, in its own order: binarize, find, group, sample, soften, correct.
//! It reads nothing by itself and leaves nothing out of what was seen, read or not.

use std::path::Path;

use askama::Template;
use permit_symbol::{Grey, GreyBuf, Point, Trace, Traced, Watched, watch};
use permit_words::Words;

use super::canvas::{BLUE, Canvas, Colour, GREEN, ORANGE, PINK, RED, SKY, YELLOW, whole};
use crate::output::Line;
use crate::{Desk, Exit, Fault, write};

/// Writes the pictures and the page that explains them.
pub(super) fn run(picture: &GreyBuf, folder: &Path, desk: &Desk) -> Result<Exit, Fault> {
    let words = &desk.words;
    write::folder(folder)?;
    let sheets = sheets(picture.as_grey(), words);
    let mut shown = Vec::with_capacity(sheets.len());
    for (number, sheet) in (1..).zip(&sheets) {
        let file = format!("{number:02}-{}.png", sheet.name);
        let path = folder.join(&file);
        let png = sheet.canvas.png();
        let png = png.map_err(|error| Fault::write(&path, std::io::Error::other(error)))?;
        write::whole(&path, &png)?;
        shown.push(Shown { file, title: &sheet.title, says: &sheet.says });
    }
    let page = Page {
        lang: words.lang().tag(),
        title: words.get("stages-title"),
        about: words.get("stages-about"),
        sheets: shown,
    };
    let path = folder.join("index.html");
    let html = page.render().map_err(|error| Fault::write(&path, std::io::Error::other(error)))?;
    write::whole(&path, html.as_bytes())?;
    let values = [("count", sheets.len().into()), ("path", path.display().to_string().into())];
    desk.out.line(&Line::new().plain(&words.with("stages-done", &values)))?;
    Ok(Exit::Good)
}

/// The page beside the pictures.
#[derive(Debug, Template)]
#[template(path = "stages.html")]
struct Page<'a> {
    lang: &'static str,
    title: String,
    about: String,
    sheets: Vec<Shown<'a>>,
}

/// A picture on the page.
#[derive(Debug)]
struct Shown<'a> {
    file: String,
    title: &'a str,
    says: &'a str,
}

/// One picture with its explanation.
#[derive(Debug)]
struct Sheet {
    name: String,
    title: String,
    says: String,
    canvas: Canvas,
}

/// All pictures, in the order in which the rooms are gone through.
fn sheets(picture: Grey<'_>, words: &Words) -> Vec<Sheet> {
    let seen = watch(picture);
    let size = [("width", picture.width().into()), ("height", picture.height().into())];
    let mut sheets = vec![Sheet {
        name: "input".into(),
        title: words.get("stages-input"),
        says: words.with("stages-input-says", &size),
        canvas: Canvas::of(picture),
    }];
    for stage in &seen.stages {
        let values = [
            ("name", stage.name.into()),
            ("count", stage.finders.len().into()),
            ("scale", format!("{:.0}", stage.scale).into()),
        ];
        sheets.push(Sheet {
            name: format!("binarize-{}", stage.name.replace(' ', "-")),
            title: words.with("stages-binarize", &values),
            says: words.with("stages-binarize-says", &values),
            canvas: Canvas::of(stage.bits.as_grey()),
        });
    }
    sheets.push(found(picture, &seen, words));
    sheets.push(grouped(picture, &seen, words));
    let symbols = seen.traces.iter().filter_map(|trace| trace.symbol.as_ref());
    for (number, symbol) in (1..=MOST).zip(symbols) {
        sheets.extend(rooms(picture, symbol, number, words));
    }
    sheets
}

/// Find: a ring at every finder, a colour and a size for each step.
fn found(picture: Grey<'_>, seen: &Watched, words: &Words) -> Sheet {
    let mut canvas = Canvas::faded(picture);
    for ((stage, colour), ring) in seen.stages.iter().zip(COLOURS.iter().cycle()).zip(0_u8..) {
        for &finder in &stage.finders {
            canvas.ring(finder, 5.0 + 3.0 * f32::from(ring), 2.0, *colour);
        }
    }
    let count: usize = seen.stages.iter().map(|stage| stage.finders.len()).sum();
    Sheet {
        name: "find".into(),
        title: words.get("stages-find"),
        says: words.with("stages-find-says", &[("count", count.into())]),
        canvas,
    }
}

/// Group: three finders joined at the corner, solid where a code was read.
fn grouped(picture: Grey<'_>, seen: &Watched, words: &Words) -> Sheet {
    let mut canvas = Canvas::faded(picture);
    for Trace { finders: [corner, right, down], symbol } in &seen.traces {
        let read = symbol.as_ref().is_some_and(|symbol| !symbol.marks.is_empty());
        let (colour, dash) = if read { (GREEN, 0.0) } else { (RED, 6.0) };
        canvas.line(*corner, *right, 4.0, dash, colour);
        canvas.line(*corner, *down, 4.0, dash, colour);
        canvas.ring(*corner, 9.0, 3.0, colour);
        canvas.dot(*right, 4.0, colour);
        canvas.dot(*down, 4.0, colour);
    }
    Sheet {
        name: "group".into(),
        title: words.get("stages-group"),
        says: words.with("stages-group-says", &[("count", seen.traces.len().into())]),
        canvas,
    }
}

/// Sample, soften and correct of one symbol.
fn rooms(picture: Grey<'_>, symbol: &Traced, number: usize, words: &Words) -> Vec<Sheet> {
    let side = 17 + 4 * u32::from(symbol.version);
    let values = [("number", number.into()), ("version", symbol.version.into())];
    let sheet = |room: &str, id: &'static str, says: String, canvas| Sheet {
        name: format!("{room}-{number}"),
        title: words.with(id, &values),
        says,
        canvas,
    };
    let says = |id: &'static str| words.with(id, &values);
    let unsure = symbol.soft.iter().filter(|soft| soft.abs() < UNSURE).count();
    let softly = words.with(
        "stages-soften-says",
        &[("unsure", unsure.into()), ("count", symbol.soft.len().into())],
    );
    let mut sheets = vec![
        sheet("sample", "stages-sample", says("stages-sample-says"), sampled(picture, symbol)),
        sheet("soften", "stages-soften", softly, softened(symbol, side)),
    ];
    if symbol.marks.is_empty() {
        return sheets;
    }
    let wrong = symbol.marks.iter().filter(|mark| mark.wrong).count();
    let erased = symbol.marks.iter().filter(|mark| mark.erased).count();
    let says =
        words.with("stages-correct-says", &[("wrong", wrong.into()), ("erased", erased.into())]);
    sheets.push(sheet("correct", "stages-correct", says, corrected(symbol, side)));
    sheets
}

/// The grid over the picture: a dot at every module's middle.
fn sampled(picture: Grey<'_>, symbol: &Traced) -> Canvas {
    let bound = |value: fn(&Point) -> f32, start: f32, pick: fn(f32, f32) -> f32| {
        symbol.middles.iter().map(value).fold(start, pick)
    };
    let x: fn(&Point) -> f32 = |at| at.x;
    let y: fn(&Point) -> f32 = |at| at.y;
    let (low_x, low_y) = (bound(x, f32::MAX, f32::min), bound(y, f32::MAX, f32::min));
    let (high_x, high_y) = (bound(x, 0.0, f32::max), bound(y, 0.0, f32::max));
    let (left, top) = (whole(low_x - AROUND), whole(low_y - AROUND));
    let end = |high: f32, most: u32| whole(high + AROUND).clamp(1, most);
    let right = end(high_x, picture.width()).max(left + 1);
    let bottom = end(high_y, picture.height()).max(top + 1);
    let size = (right - left, bottom - top);
    let scale = (EDGE / size.0.max(size.1)).clamp(1, 8);
    let mut canvas = Canvas::part(picture, left, top, size, scale);
    #[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
    let place = |at: &Point| Point {
        x: (at.x - left as f32) * scale as f32,
        y: (at.y - top as f32) * scale as f32,
    };
    for (at, soft) in symbol.middles.iter().zip(&symbol.soft) {
        let colour = if *soft > 0.0 { YELLOW } else { BLUE };
        canvas.dot(place(at), 2.0, colour);
    }
    canvas
}

/// A square a module: its grey what was seen, its size how sure that is.
fn softened(symbol: &Traced, side: u32) -> Canvas {
    let mut canvas = Canvas::blank(side * CELL, side * CELL, SKY);
    for (at, soft) in (0..).zip(&symbol.soft) {
        let (left, top) = (at % side * CELL, at / side * CELL);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let luma = (127.5 * (1.0 - soft)).clamp(0.0, 255.0) as u8;
        let edge = 4 + whole(8.0 * soft.abs()).min(CELL - 4);
        let inset = (CELL - edge) / 2;
        canvas.square(left + inset, top + inset, edge, [luma; 3]);
    }
    canvas
}

/// The corrected modules: stripes where a codeword was given up, a cross where a module was wrong.
fn corrected(symbol: &Traced, side: u32) -> Canvas {
    let mut canvas = Canvas::blank(side * CELL, side * CELL, [255; 3]);
    for (at, mark) in (0..).zip(&symbol.marks) {
        let (left, top) = (at % side * CELL, at / side * CELL);
        canvas.square(left, top, CELL, if mark.dark { [0; 3] } else { [255; 3] });
        if mark.erased {
            canvas.stripes(left, top, CELL, SKY);
        }
        if mark.wrong {
            canvas.cross(left, top, CELL, RED);
        }
    }
    canvas
}

/// The steps' rings, in their order.
const COLOURS: [Colour; 7] = [BLUE, ORANGE, GREEN, RED, SKY, PINK, YELLOW];

/// The most symbols shown.
const MOST: usize = 8;

/// Below this confidence a module counts as unsure.
const UNSURE: f32 = 0.25;

/// Pixels shown around a symbol.
const AROUND: f32 = 12.0;

/// How large a small symbol is drawn.
const EDGE: u32 = 900;

/// A module's edge in pixels.
const CELL: u32 = 12;

#[cfg(test)]
mod tests {
    use permit_symbol::Symbol;
    use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
    use permit_words::Lang;

    use super::*;

    fn names(kind: Kind, strength: f32) -> (Vec<String>, Vec<Sheet>) {
        let symbol = Symbol::new(&"BP1:SPECIMEN/0123456".repeat(9)).unwrap();
        let shot = Shot { kind, strength, size: SIZES[0], seed: 5, frame: 0 };
        let photo = photograph(&shot, &[symbol]);
        let sheets = sheets(photo.picture.as_grey(), &Words::new(Lang::En));
        (sheets.iter().map(|sheet| sheet.name.clone()).collect(), sheets)
    }

    #[test]
    fn every_room_is_shown_in_order() {
        let (names, sheets) = names(Kind::Dirt, 0.12);
        let rooms: Vec<&str> =
            names.iter().map(|name| name.split('-').next().unwrap_or_default()).collect();
        let mut in_order = rooms.clone();
        in_order.dedup();
        let last = ["input", "binarize", "find", "group", "sample", "soften"];
        assert_eq!(in_order[..6], last, "{names:?}");
        assert!(rooms.contains(&"correct"), "it is read: {names:?}");
        for sheet in &sheets {
            assert!(!sheet.says.contains("stages-") && !sheet.title.contains("stages-"));
        }
    }

    #[test]
    fn a_code_that_is_not_read_is_shown_as_far_as_it_came() {
        let (names, _) = names(Kind::Torn, 0.6);
        assert!(!names.iter().any(|name| name.starts_with("correct")), "{names:?}");
        assert!(names.iter().any(|name| name == "group"));
    }
}
