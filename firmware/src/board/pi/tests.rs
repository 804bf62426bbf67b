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
    for lane in LaneNumber::ALL {
        let (wiring, of) = (wiring(lane), if lane == LaneNumber::Second { "-2" } else { "" });
        for (output, line) in Output::ALL.into_iter().zip(wiring.outputs) {
            let name = format!("{output:?}{of}").to_lowercase();
            assert_eq!(number(&name, "out"), (line, "high"), "{name}");
        }
        assert_eq!(number(&format!("buzzer{of}"), "out"), (wiring.buzzer, "high"));
        for (input, contact) in Input::ALL.into_iter().zip(wiring.inputs) {
            let name = format!("{input:?}{of}").to_lowercase();
            let active = if contact.closing { "closed" } else { "open" };
            assert_eq!(number(&name, "in"), (contact.line, active), "{name}");
        }
    }
    for (name, line) in ["display-data", "display-reset"].into_iter().zip(DISPLAY) {
        assert_eq!(number(name, "out"), (line, "high"), "{name}");
    }
    let known: usize = LaneNumber::ALL
        .map(|lane| wiring(lane).driven().len() + wiring(lane).inputs.len())
        .into_iter()
        .sum();
    let known = known + DISPLAY.len();
    assert_eq!(rows.iter().filter(|row| row.direction != "bus").count(), known, "one too many");
}

#[test]
fn no_pin_is_used_twice_and_each_is_where_the_header_has_it() {
    let rows = table();
    let meet = |one: &Row, other: &Row| {
        // The second lane and the display are not there together.
        let apart = |a: &Row, b: &Row| a.name.ends_with("-2") && b.name.starts_with("display-");
        one.bcm == other.bcm && !apart(one, other) && !apart(other, one)
    };
    for (place, row) in rows.iter().enumerate() {
        assert!(HEADER.contains(&(row.bcm, row.header)), "{}", row.name);
        assert!(rows.iter().skip(place + 1).all(|other| !meet(row, other)), "{}", row.name);
        let bus = matches!(row.bcm, 2 | 3 | 8 | 10 | 11) && !row.name.ends_with("-2");
        assert_eq!(row.direction == "bus", bus, "{}: the clock's bus and the display's", row.name);
        assert!(!matches!(row.bcm, 14 | 15), "{}: a pin of the console's", row.name);
        let selected = matches!(row.bcm, 7 | 9) && !row.name.ends_with("-2");
        assert!(!selected, "{}: a pin of the display's bus", row.name);
    }
}

#[test]
fn a_display_that_is_told_to_speak_moves_no_gate() {
    let driven_by_a_display = [DISPLAY[0], DISPLAY[1], 8, 10, 11, 7];
    for lane in LaneNumber::ALL {
        let relay = wiring(lane).outputs[Output::Relay as usize];
        assert!(!driven_by_a_display.contains(&relay), "{lane:?}: {relay}");
    }
}

#[test]
fn outputs_are_held_low_before_anybody_drives_them() {
    for row in table().iter().filter(|row| row.direction == "out") {
        assert!((9..=27).contains(&row.bcm), "{}: the chip pulls it up at its reset", row.name);
        assert!(row.pull.contains("ground"), "{}", row.name);
    }
    for lane in LaneNumber::ALL {
        let wiring = wiring(lane);
        assert_eq!(wiring.driven()[0], wiring.outputs[Output::Relay as usize], "the relay first");
    }
}

#[test]
fn what_is_let_go_of_is_what_the_lanes_drive() {
    let first = [wiring(LaneNumber::First).driven().as_slice(), &DISPLAY].concat();
    assert_eq!(driven(&[LaneNumber::First]), first, "nothing of a lane that is not there");
    let both = LaneNumber::ALL.map(|lane| wiring(lane).driven()).concat();
    assert_eq!(driven(&LaneNumber::ALL), both);
}

#[test]
fn the_first_boot_guide_holds_the_same_pins_low() {
    let guide = include_str!("../../../../hardware/README.md");
    for lane in LaneNumber::ALL {
        let mut driven = wiring(lane).driven();
        driven.sort_unstable();
        let driven = driven.map(|line| line.to_string()).join(",");
        assert!(guide.contains(&format!("gpio={driven}=op,dl")), "{driven}");
    }
    let [one, two] = LaneNumber::ALL.map(|lane| wiring(lane).buzzer);
    assert!(guide.contains(&format!("dtoverlay=pwm,pin={one},")));
    assert!(guide.contains(&format!("dtoverlay=pwm-2chan,pin={one},func=2,pin2={two},func2=2")));
}

#[test]
fn a_pin_gives_no_more_than_the_header_is_made_for() {
    let rows = table();
    assert!(rows.iter().all(|row| row.milliamperes <= 3.0));
    for without in ["display-", "-2"] {
        let there = rows.iter().filter(|row| !row.name.contains(without));
        let total: f64 = there.map(|row| row.milliamperes).sum();
        assert!(total <= 20.0, "without {without}: {total}");
    }
}

#[test]
fn a_machine_that_is_no_raspberry_pi_is_told_so() {
    if model().is_some() {
        return;
    }
    for lane in LaneNumber::ALL {
        assert!(matches!(board(lane), Err(PiFault::Pins(_))));
        assert!(tone(lane).is_none());
    }
    assert!(matches!(release(&LaneNumber::ALL), Err(PiFault::Pins(_))));
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
