//! The zone on the overview.

use permit_card::Assumed;
use permit_core::Trust;
use permit_report::{Flow, Mark};
use permit_words::Value;

use super::{
    overview::{Counted, age, life, lists, terminal_name},
    sheet::{Cell, Part},
    visit::Visit,
};
use crate::{Life, told::zone::zone};

/// The zone, with every terminal of this side at its crossing.
pub(super) fn part<'a>(counted: &Counted, visit: &Visit<'_>, trust: &'a Trust<'a>) -> Part {
    let words = visit.words;
    let marked = |cell: &Cell| match cell.mark {
        "good" => Mark::Good,
        "warn" => Mark::Warn,
        "bad" => Mark::Bad,
        _ => Mark::None,
    };
    let at = |crossing: u16| {
        let mut notes = Vec::new();
        let here = counted.terminals.iter().filter(|(it, _)| it.listed && it.crossing == crossing);
        for (shown, had) in here {
            let life = life(visit, shown);
            let mut said = vec![terminal_name(shown.terminal.number, words), life.text.clone()];
            if shown.life == Life::Heard {
                said.extend(shown.last.map(|(_, at)| age(visit, at)));
            }
            notes.push((marked(&life), said.join(" · ")));
            let lists = lists(visit, *had, counted.version);
            let said = [("lists", Value::Spoken(lists.text.clone()))];
            notes.push((marked(&lists), words.with("house-zone-lists", &said)));
        }
        (Flow::Plain, notes)
    };
    let zone = zone(trust, counted.through, words, at);
    let mut part = Part::new(visit, "house-zone", &[]);
    part.drawing = zone.draw(&Assumed).map_or_else(|_| String::new(), |it| it.svg(&part.title));
    part
}
