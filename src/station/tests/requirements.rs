//! The desk's own page says which test holds which requirement of the sources: it is held to that.

use std::{collections::BTreeMap, fs, path::Path};

/// The requirements that are the desk's.
const OURS: [u8; 20] = [1, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26];

/// Numbers in the name of a test: `r17_r18_nothing_is_closed` has two.
fn numbers(name: &str) -> impl Iterator<Item = u8> {
    let number = |part: &str| part.strip_prefix('r').and_then(|part| part.parse().ok());
    name.split('_').map_while(number).collect::<Vec<_>>().into_iter()
}

/// Names of tests in a file.
fn tests(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("#[test]").skip(1).chain(text.split("#[tokio::test]").skip(1));
    after.filter_map(|rest| rest.split_once("fn ")?.1.split('(').next())
}

/// What stands in backquotes.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_requirement_has_a_row_and_a_test_that_bears_its_number_where_the_row_says() {
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(room.join("README.md")).unwrap();
    let mut rows = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| R")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, places, files] = cells[..] else { continue };
        let number: u8 = name.strip_prefix('R').unwrap().parse().unwrap();
        for place in quoted(places) {
            assert!(room.join(place).exists(), "R{number}: {place}");
        }
        assert!(quoted(files).next().is_some(), "R{number} names no test");
        for file in quoted(files) {
            let text = fs::read_to_string(room.join(file)).unwrap();
            let bears = |name: &str| numbers(name).any(|it| it == number);
            assert!(tests(&text).any(bears), "{file} has no test with R{number} in its name");
        }
        assert!(rows.insert(number, ()).is_none(), "R{number} has two rows");
    }
    assert_eq!(rows.into_keys().collect::<Vec<_>>(), OURS);
}
