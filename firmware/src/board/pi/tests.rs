//! The table in `hardware/` against the numbers here, and what a machine without a header says.

use serde::Deserialize;

use super::*;
use crate::board::{Input, Output};

#[derive(Deserialize)]
struct Table {
    pin: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    bcm: u8,
    header: u8,
    direction: String,
    active: String,
    pull: String,
    milliamperes: f64,
}

fn table() -> Vec<Row> {
    let table: Table = toml::from_str(include_str!("../../../../hardware/pins.toml")).unwrap();
    table.pin
}

/// Where the header has which number of the chip.
const HEADER: [(u8, u8); 26] = [
    (2, 3),
    (3, 5),
    (4, 7),
    (5, 29),
    (6, 31),
    (7, 26),
    (8, 24),
    (9, 21),
    (10, 19),
    (11, 23),
    (12, 32),
    (13, 33),
    (14, 8),
    (15, 10),
    (16, 36),
    (17, 11),
    (18, 12),
    (19, 35),
    (20, 38),
    (21, 40),
    (22, 15),
    (23, 16),
    (24, 18),
    (25, 22),
    (26, 37),
    (27, 13),
];

#[test]
fn the_table_and_the_board_agree() {
    let rows = table();
    let number = |name: &str, direction: &str| {
        let row = rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(row.direction, direction, "{name}");
        (row.bcm, row.active.as_str())
    };
    for (output, line) in Output::ALL.into_iter().zip(WIRING.outputs) {
        let name = format!("{output:?}").to_lowercase();
        assert_eq!(number(&name, "out"), (line, "high"), "{name}");
    }
    assert_eq!(number("buzzer", "out"), (WIRING.buzzer, "high"));
    for (input, contact) in Input::ALL.into_iter().zip(WIRING.inputs) {
        let name = format!("{input:?}").to_lowercase();
        let active = if contact.closing { "closed" } else { "open" };
        assert_eq!(number(&name, "in"), (contact.line, active), "{name}");
    }
    for (name, line) in ["display-data", "display-reset"].into_iter().zip(DISPLAY) {
        assert_eq!(number(name, "out"), (line, "high"), "{name}");
    }
    let known = WIRING.driven().len() + WIRING.inputs.len() + DISPLAY.len();
    assert_eq!(rows.iter().filter(|row| row.direction != "bus").count(), known, "one too many");
}

#[test]
fn no_pin_is_used_twice_and_each_is_where_the_header_has_it() {
    let rows = table();
    for (place, row) in rows.iter().enumerate() {
        assert!(HEADER.contains(&(row.bcm, row.header)), "{}", row.name);
        assert!(rows.iter().skip(place + 1).all(|other| other.bcm != row.bcm), "{}", row.name);
        let bus = matches!(row.bcm, 2 | 3 | 8 | 10 | 11);
        assert_eq!(row.direction == "bus", bus, "{}: the clock's bus and the display's", row.name);
        let taken = matches!(row.bcm, 7 | 9 | 14 | 15);
        assert!(!taken, "{}: a pin of the SPI bus or the console's", row.name);
    }
}

#[test]
fn outputs_are_held_low_before_anybody_drives_them() {
    for row in table().iter().filter(|row| row.direction == "out") {
        assert!((9..=27).contains(&row.bcm), "{}: the chip pulls it up at its reset", row.name);
        assert!(row.pull.contains("ground"), "{}", row.name);
    }
    assert_eq!(WIRING.driven()[0], WIRING.outputs[Output::Relay as usize], "the relay goes first");
}

#[test]
fn the_first_boot_guide_holds_the_same_pins_low() {
    let guide = include_str!("../../../../hardware/README.md");
    let mut driven = WIRING.driven();
    driven.sort_unstable();
    let driven = driven.map(|line| line.to_string()).join(",");
    assert!(guide.contains(&format!("gpio={driven}=op,dl")), "{driven}");
    assert!(guide.contains(&format!("dtoverlay=pwm,pin={},", WIRING.buzzer)));
}

#[test]
fn a_pin_gives_no_more_than_the_header_is_made_for() {
    let rows = table();
    assert!(rows.iter().all(|row| row.milliamperes <= 3.0));
    let total: f64 = rows.iter().map(|row| row.milliamperes).sum();
    assert!(total <= 20.0, "{total}");
}

#[test]
fn a_machine_that_is_no_raspberry_pi_is_told_so() {
    if model().is_some() {
        return;
    }
    assert!(matches!(board(), Err(PiFault::Pins(_))));
    assert!(matches!(release(), Err(PiFault::Pins(_))));
    assert!(tone().is_none());
}

#[test]
fn rppal_is_named_in_one_file() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut naming = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read_to_string(&path).unwrap().contains("rppal::") {
                naming.push(path);
            }
        }
    }
    naming.retain(|path| !path.ends_with("board/pi/tests.rs"));
    let [only] = &naming[..] else { panic!("{naming:?}") };
    assert!(only.ends_with("board/pi.rs"), "{only:?}");
}
