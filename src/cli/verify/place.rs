//! Where the question is asked: a crossing by any of its names, a side, a direction.
//!
//! Names are only a way to say a number: the register's own, in any of its languages. What is not one of them is
//! refused with the list of what there is; nothing is guessed from half a name.

use permit_core::trust::{Crossing, ZoneRegister};
use permit_core::{Direction, Side};

use crate::help::Unfit;

/// The value parser of `--side`.
pub(crate) fn side(text: &str) -> Result<Side, Unfit> {
    match text {
        "A" | "a" => Ok(Side::A),
        "B" | "b" => Ok(Side::B),
        _ => Err(Unfit("unfit-side")),
    }
}

/// The value parser of `--direction`.
pub(crate) fn direction(text: &str) -> Result<Direction, Unfit> {
    match text {
        "entry" => Ok(Direction::Entry),
        "exit" => Ok(Direction::Exit),
        _ => Err(Unfit("unfit-direction")),
    }
}

/// The name of a side in files.
pub(crate) const fn side_name(side: Side) -> &'static str {
    match side {
        Side::A => "A",
        Side::B => "B",
    }
}

/// The name of a direction in files.
pub(crate) const fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Entry => "entry",
        Direction::Exit => "exit",
    }
}

/// The crossing that is meant, by number, identifier or any of its names.
pub(crate) fn crossing<'b>(zone: &ZoneRegister<'b>, said: &str) -> Option<Crossing<'b>> {
    let said = said.trim();
    if let Ok(number) = said.parse() {
        return zone.crossing(number);
    }
    let meant = folded(said);
    let is = |name: &str| folded(name) == meant;
    zone.crossings
        .iter()
        .find(|crossing| is(crossing.id) || crossing.names.iter().any(|(_, name)| is(name)))
}

/// Every crossing of a zone, as a person would look for it: `3 x-quanhe 圈河 권하 Quanhe`.
pub(crate) fn list(zone: &ZoneRegister<'_>) -> Vec<String> {
    let one = |crossing: Crossing<'_>| {
        let names: Vec<&str> = crossing.names.iter().map(|(_, name)| name).collect();
        format!("{} {} {}", crossing.number, crossing.id, names.join(" "))
    };
    zone.crossings.iter().map(one).collect()
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\'' | '–'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_and_directions_go_there_and_back() {
        for side_ in Side::BOTH {
            assert_eq!(side(side_name(side_)).unwrap(), side_);
        }
        for way in [Direction::Entry, Direction::Exit] {
            assert_eq!(direction(direction_name(way)).unwrap(), way);
        }
        assert!(side("C").is_err() && direction("in").is_err());
    }

    #[test]
    fn names_are_compared_without_case_spaces_and_hyphens() {
        assert_eq!(folded("Tumen – Namyang"), folded("tumen-namyang"));
        assert_ne!(folded("圈河"), folded("图们"));
    }
}
