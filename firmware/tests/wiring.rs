//! The wiring drawings are made from the table of pins, and those in the project are the ones it makes: one lane with a
//! display, and two lanes, which have its pins.
//!
//! `WRITE=1 cargo test -p permit-reader --test wiring` draws it again.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use core::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    pin: Vec<Pin>,
}

#[derive(Deserialize)]
struct Pin {
    name: String,
    bcm: u8,
    header: u8,
    direction: String,
    pull: String,
    part: String,
}

const ROWS: u32 = 20;
const PITCH: u32 = 48;
const TOP: u32 = 92;
const MIDDLE: u32 = 640;
const WIDTH: u32 = 1280;

fn colour(direction: &str) -> &'static str {
    match direction {
        "out" => "#b3541e",
        "in" => "#1f5fa8",
        _ => "#4b7a2b",
    }
}

/// What the header has where the table says nothing.
fn supply(header: u8) -> Option<(&'static str, &'static str)> {
    match header {
        1 | 17 => Some(("3.3 V", "#c8a200")),
        2 | 4 => Some(("5 V", "#b00020")),
        6 | 9 | 14 | 20 | 25 | 30 | 34 | 39 => Some(("ground", "#222")),
        _ => None,
    }
}

fn draw(pins: &[&Pin], title: &str, buses: &str) -> String {
    let height = TOP + ROWS * PITCH + 40;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"15\">\n\
         <title>{title}, made from pins.toml</title>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text x=\"{MIDDLE}\" y=\"34\" text-anchor=\"middle\" font-size=\"22\" font-weight=\"bold\">\
         Header of the Raspberry Pi, seen from above, pin 1 beside the SD card</text>\n\
         <text x=\"{MIDDLE}\" y=\"60\" text-anchor=\"middle\">orange: driven · blue: sensed · \
         green: {buses} · never more than 3.3 V on any of them</text>\n"
    );
    let (x, y) = (MIDDLE - 44, TOP - 26);
    let tall = ROWS * PITCH + 8;
    writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"88\" height=\"{tall}\" rx=\"6\" fill=\"#2b2b2b\"/>"
    )
    .unwrap();
    for header in 1..=40_u8 {
        row(&mut svg, header, pins.iter().copied().find(|pin| pin.header == header));
    }
    svg + "</svg>\n"
}

fn row(svg: &mut String, header: u8, pin: Option<&Pin>) {
    let y = TOP + u32::from((header - 1) / 2) * PITCH;
    let left = header % 2 == 1;
    let (x, from, end, text, anchor) = if left {
        (MIDDLE - 20, MIDDLE - 44, MIDDLE - 110, MIDDLE - 120, "end")
    } else {
        (MIDDLE + 20, MIDDLE + 44, MIDDLE + 110, MIDDLE + 120, "start")
    };
    let paint = match (pin, supply(header)) {
        (Some(pin), None) => colour(&pin.direction),
        (None, Some((_, paint))) => paint,
        (None, None) => "#777",
        (Some(pin), Some(_)) => panic!("{} hangs on a supply pin", pin.name),
    };
    writeln!(
        svg,
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"15\" fill=\"{paint}\" stroke=\"#eee\"/>\
         <text x=\"{x}\" y=\"{}\" text-anchor=\"middle\" font-size=\"13\" fill=\"#fff\">{header}</text>",
        y + 5
    )
    .unwrap();
    if let Some(pin) = pin {
        writeln!(
            svg,
            "<path d=\"M{from} {y}H{end}\" stroke=\"{paint}\" stroke-width=\"3\"/>\
             <text x=\"{text}\" y=\"{}\" text-anchor=\"{anchor}\" font-weight=\"bold\">{} · GPIO{}</text>\
             <text x=\"{text}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"12.5\" fill=\"#333\">{}</text>\
             <text x=\"{text}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"11.5\" fill=\"#666\">{}</text>",
            y - 6,
            pin.name,
            pin.bcm,
            y + 9,
            pin.part,
            y + 23,
            pin.pull,
        )
        .unwrap();
    } else if let Some((name, paint)) = supply(header) {
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"{paint}\">{name}</text>",
            if left { from - 8 } else { from + 8 },
            y + 5
        )
        .unwrap();
    }
}

#[test]
fn the_drawings_in_the_project_are_those_the_table_makes() {
    let hardware = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hardware");
    let table = std::fs::read_to_string(hardware.join("pins.toml")).unwrap();
    let table: Table = toml::from_str(&table).unwrap();
    for (name, without, title, buses) in [
        ("wiring.svg", "-2", "Wiring of the terminal", "buses of clock and display"),
        ("wiring-2.svg", "display-", "Wiring of a terminal with two lanes", "bus of the clock"),
    ] {
        let there: Vec<&Pin> = table
            .pin
            .iter()
            .filter(|pin| !pin.name.ends_with(without) && !pin.name.starts_with(without))
            .collect();
        let drawn = draw(&there, title, buses);
        for pin in there {
            assert!(drawn.contains(&format!("{} · GPIO{}<", pin.name, pin.bcm)), "{}", pin.name);
        }
        let path = hardware.join(name);
        if std::env::var_os("WRITE").is_some() {
            std::fs::write(&path, &drawn).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == drawn, "hardware/{name} is not what pins.toml says; draw with WRITE=1");
    }
}
