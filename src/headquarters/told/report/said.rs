//! What a report tells, in words.

use permit_core::{Day, Trust};
use permit_record::Outcome;
use permit_report::{Bar, Flow, Mark, Period, Report, Section, Zone, outcome};
use permit_words::{Places, Words};

use super::{Answered, AtTerminal, Head, Matter, Situation, Told, Usage, Whole, regime};
use crate::told::zone::zone;

/// The use of permits in words.
pub(super) fn usage<'a>(of: &Whole<Usage>, trust: &'a Trust<'a>, words: &Words) -> Report {
    let Whole { head, told } = of;
    let places = &Places::new(trust, None);
    let mut lines = Vec::new();
    if let Some(first) = &told.first {
        let values = [("number", first.number.into()), ("made", first.made.clone().into())];
        lines.push(words.with("headquarters-report-first", &values));
    }
    let figure = |id: &str, it| (words.get(id), number(it, words));
    let returned = told.answers.iter().any(|it| it.made.is_some());
    let issued = |it| match returned {
        true => figure(outcome(it), told.of(it)),
        false => (words.get(outcome(it)), words.get("headquarters-report-not-given")),
    };
    let missing = [
        ("headquarters-report-missing-terminals", &told.missing.terminals),
        ("headquarters-report-missing-stations", &told.missing.stations),
    ];
    for (id, numbers) in missing.into_iter().filter(|it| !it.1.is_empty()) {
        lines.push(words.with(id, &[("numbers", list(numbers).into())]));
    }
    let notes =
        ["headquarters-report-hidden", "headquarters-report-ungiven", "headquarters-report-sealed"];
    let month = [("month", told.month.clone().into())];
    Report {
        lang: words.lang(),
        demo: head.demo,
        title: words.with("headquarters-report-usage", &month),
        block: block(head, words),
        lines,
        figures: vec![
            figure("headquarters-report-passages", told.passages.all),
            issued(Outcome::HandedIn),
            issued(Outcome::Issued),
            issued(Outcome::Refused),
        ],
        sections: vec![
            Section { zone: drawn(told, trust, words), ..passages(told, places, words) },
            applications(told, words),
            by_station(told, places, words),
            regime::regions(told, places, words),
            regime::grounds(told, words),
            regime::stays(told, words),
            months(told, words),
            answers(&told.answers, places, words),
        ],
        notes: notes.map(|id| words.get(id)).into(),
    }
}

/// The situation in words.
pub(super) fn situation<'a>(of: &Whole<Situation>, trust: &'a Trust<'a>, words: &Words) -> Report {
    let Whole { head, told } = of;
    let places = &Places::new(trust, None);
    // No number stands for those that did not answer.
    let open = |list: &[Matter], answer: fn(&Answered) -> Option<u32>| {
        let open = list.iter().filter(|it| it.open).count();
        match told.answers.iter().filter(|it| answer(it).is_none()).count() {
            0 => open.to_string(),
            silent => {
                let values = [("open", open.into()), ("silent", silent.into())];
                words.with("headquarters-report-silent-stations", &values)
            }
        }
    };
    let mut notes = Vec::new();
    if let Some(name) = &head.specimen {
        notes.push(words.with("headquarters-report-specimen", &[("name", name.clone().into())]));
    }
    notes.extend(
        ["headquarters-report-hidden", "headquarters-report-sealed"].map(|id| words.get(id)),
    );
    Report {
        lang: words.lang(),
        demo: head.demo,
        title: words.with("headquarters-report-situation", &[("day", head.from.clone().into())]),
        block: block(head, words),
        lines: Vec::new(),
        figures: vec![
            (words.get("situation-issues"), open(&told.issues, |it| it.issues)),
            (words.get("situation-views"), open(&told.views, |it| it.views)),
            (words.get("situation-cases"), number(told.open, words)),
        ],
        sections: vec![
            answers(&told.answers, places, words),
            matters("situation-issues", &told.issues, places, words),
            matters("situation-views", &told.views, places, words),
            at_terminals(told, words),
            cases(told, words),
            away(told, words),
            journals(told, words),
        ],
        notes,
    }
}

/// Its number, from whom, to whom, when, in answer to what.
fn block(head: &Head, words: &Words) -> Vec<(String, String)> {
    let office = [("side", head.side.clone().into()), ("zone", head.zone.into())];
    let days = match head.from == head.through {
        true => head.from.clone(),
        false => format!("{} – {}", head.from, head.through),
    };
    let version = [("version", head.register.into())];
    let all = [
        ("headquarters-report-no", head.number.to_string()),
        ("headquarters-report-by", words.with("headquarters-report-office", &office)),
        ("headquarters-report-addressee", head.to.join("; ")),
        ("headquarters-report-answering", head.orders.join("; ")),
        ("headquarters-report-date", head.made.clone()),
        ("headquarters-report-days", days),
        ("headquarters-report-zone-register", words.with("headquarters-report-version", &version)),
    ];
    let said = all.into_iter().filter(|it| !it.1.is_empty());
    said.map(|(id, said)| (words.get(id), said)).collect()
}

/// The zone on the last day of the month, with what went over each crossing.
fn drawn<'a>(told: &Usage, trust: &'a Trust<'a>, words: &Words) -> Option<Zone> {
    let day: Day = told.month.parse::<Period>().ok()?.through();
    let of = |crossing: u16| {
        let Some(at) = told.passages.crossings.iter().find(|it| it.crossing == crossing) else {
            return (Flow::Hidden, Vec::new());
        };
        let each = [("all", at.all), ("entries", at.entries), ("exits", at.exits)];
        let said = each.map(|(name, it)| (name, number(it, words).into()));
        let note = (Mark::None, words.with("headquarters-zone-passages", &said));
        (at.all.map_or(Flow::Hidden, Flow::Told), vec![note])
    };
    Some(zone(trust, day, words, of))
}

fn passages(told: &Usage, places: &Places<'_>, words: &Words) -> Section {
    let passages = &told.passages;
    let row = |name: String, each: [Told; 3]| {
        [name].into_iter().chain(each.map(|it| number(it, words))).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut bars = Vec::new();
    for at in &passages.crossings {
        let name = places.crossing(at.crossing, words);
        rows.push(row(name.clone(), [at.entries, at.exits, at.all]));
        bars.push(bar(name, at.all, words));
    }
    let all = words.get("headquarters-report-all");
    rows.push(row(all, [passages.entries, passages.exits, passages.all]));
    let columns = [
        "headquarters-report-crossing",
        "headquarters-report-entries",
        "headquarters-report-exits",
        "headquarters-report-all",
    ];
    section(words, "headquarters-report-passages", &columns, rows, bars)
}

/// An outcome a row, a class a column.
fn applications(told: &Usage, words: &Words) -> Section {
    let mut bars = Vec::new();
    let returned = told.answers.iter().any(|it| it.made.is_some());
    let each = told.applications.iter().zip(Outcome::ALL).filter(|_| returned);
    let rows = each.map(|(it, of)| {
        let name = words.get(outcome(of));
        bars.push(bar(name.clone(), it.all, words));
        let each = it.classes.iter().chain([&it.all]).map(|it| number(*it, words));
        [name].into_iter().chain(each).collect()
    });
    let rows = rows.collect();
    let columns = [
        "headquarters-report-outcome",
        "class-resident",
        "class-foreign-resident",
        "class-state-employee",
        "headquarters-report-all",
    ];
    let section = section(words, "situation-done", &columns, rows, bars);
    Section { empty: words.get("headquarters-report-no-returns"), ..section }
}

/// A station a row, an outcome a column.
fn by_station(told: &Usage, places: &Places<'_>, words: &Words) -> Section {
    let stations = told.applications.first().map(|it| it.stations.as_slice()).unwrap_or_default();
    let rows = stations.iter().enumerate().map(|(at, (station, _))| {
        let each = told.applications.iter().map(|it| it.stations.get(at).and_then(|it| it.1));
        let name = places.station(*station, words);
        [name].into_iter().chain(each.map(|it| number(it, words))).collect()
    });
    let rows = rows.collect();
    let columns = ["headquarters-report-station"].into_iter().chain(Outcome::ALL.map(outcome));
    let columns: Vec<&str> = columns.collect();
    let section = section(words, "headquarters-report-by-station", &columns, rows, Vec::new());
    Section { empty: words.get("headquarters-report-no-returns"), ..section }
}

/// This month after earlier ones, as they were told.
fn months(told: &Usage, words: &Words) -> Section {
    let now = (&told.month, told.passages.all, told.of(Outcome::Issued), told.of(Outcome::Refused));
    let earlier = told.earlier.iter().map(|it| (&it.month, it.passages, it.issued, it.refused));
    let mut bars = Vec::new();
    let rows = earlier.chain([now]).map(|(month, passages, issued, refused)| {
        bars.push(bar(month.clone(), passages, words));
        let each = [passages, issued, refused].map(|it| number(it, words));
        [month.clone()].into_iter().chain(each).collect()
    });
    let rows = rows.collect();
    let columns = [
        "headquarters-report-month",
        "headquarters-report-passages",
        outcome(Outcome::Issued),
        outcome(Outcome::Refused),
    ];
    section(words, "headquarters-report-months", &columns, rows, bars)
}

/// "None" is said, and silence is never taken for it.
fn answers(answers: &[Answered], places: &Places<'_>, words: &Words) -> Section {
    let answer = |it: Option<u32>| match it {
        None => words.get("situation-not-answered"),
        Some(0) => words.get("situation-none"),
        Some(open) => words.with("headquarters-report-open", &[("count", open.into())]),
    };
    let rows = answers.iter().map(|it| {
        let made = it.made.clone().unwrap_or_else(|| words.get("headquarters-report-no-return"));
        vec![places.station(it.station, words), answer(it.issues), answer(it.views), made]
    });
    let columns = [
        "headquarters-report-station",
        "situation-issues",
        "situation-views",
        "headquarters-report-returned",
    ];
    section(words, "headquarters-report-answers", &columns, rows.collect(), Vec::new())
}

fn matters(title: &str, list: &[Matter], places: &Places<'_>, words: &Words) -> Section {
    let row = |it: &Matter| {
        let state = if it.open { "situation-open" } else { "situation-closed" };
        let said = it.words.clone().unwrap_or_else(|| words.get("situation-withheld"));
        let since = words.with("headquarters-report-since", &[("number", it.since.into())]);
        let station = places.station(it.station, words);
        vec![station, it.number.to_string(), it.raised.clone(), since, words.get(state), said]
    };
    let columns = [
        "headquarters-report-station",
        "situation-no",
        "situation-day",
        "headquarters-report-told",
        "situation-state",
        "situation-words",
    ];
    let section = section(words, title, &columns, list.iter().map(row).collect(), Vec::new());
    Section { empty: words.get("headquarters-report-none-told"), ..section }
}

fn at_terminals(told: &Situation, words: &Words) -> Section {
    let row = |it: &AtTerminal| {
        let state = if it.open { "situation-open" } else { "situation-closed" };
        let since = words.with("headquarters-report-since", &[("number", it.since.into())]);
        let terminal = words.with("house-terminal-number", &[("number", it.terminal.into())]);
        let what = words.get(&format!("concern-{}", it.what));
        vec![terminal, what, it.raised.clone(), since, words.get(state)]
    };
    let columns = [
        "house-terminal",
        "headquarters-report-concern",
        "situation-day",
        "headquarters-report-told",
        "situation-state",
    ];
    let rows = told.raised.iter().map(row).collect();
    let section = section(words, "headquarters-report-raised", &columns, rows, Vec::new());
    Section { empty: words.get("headquarters-report-none-raised"), ..section }
}

fn cases(told: &Situation, words: &Words) -> Section {
    let names = ["situation-kind", "situation-age", "situation-waits", "situation-number"];
    let rows = told.cases.iter().map(|it| {
        let ids = [("kind", &it.kind), ("age", &it.age), ("waits", &it.waits)];
        let cells = ids.map(|(of, name)| words.get(&format!("situation-{of}-{name}")));
        cells.into_iter().chain([number(it.number, words)]).collect()
    });
    let section = section(words, "situation-cases", &names, rows.collect(), Vec::new());
    Section { empty: words.get("situation-no-cases"), ..section }
}

fn away(told: &Situation, words: &Words) -> Section {
    let each = [
        ("headquarters-report-away-a", told.away.of_a),
        ("headquarters-report-away-b", told.away.of_b),
        ("headquarters-report-longer", told.away.longer),
        ("headquarters-report-twice", told.away.twice),
    ];
    let rows = each.map(|(id, told)| vec![words.get(id), number(told, words)]).into();
    let columns = ["headquarters-report-permits", "situation-number"];
    section(words, "headquarters-report-permits", &columns, rows, Vec::new())
}

fn journals(told: &Situation, words: &Words) -> Section {
    let journals = &told.journals;
    let some = |of: &[u16]| match of {
        [] => words.get("situation-none"),
        some => list(some),
    };
    let rows = [
        ("headquarters-report-listed", journals.listed.to_string()),
        ("headquarters-report-silent", some(&journals.silent)),
        ("headquarters-report-never", some(&journals.never)),
        ("headquarters-report-gaps", some(&journals.gaps)),
        ("headquarters-report-findings", journals.findings.to_string()),
    ];
    let rows = rows.into_iter().map(|(id, said)| vec![words.get(id), said]).collect();
    let columns = ["headquarters-report-journals", "situation-value"];
    section(words, "headquarters-report-journals", &columns, rows, Vec::new())
}

pub(super) fn section(
    words: &Words,
    title: &str,
    columns: &[&str],
    rows: Vec<Vec<String>>,
    bars: Vec<Bar>,
) -> Section {
    let columns = columns.iter().map(|id| words.get(id)).collect();
    Section { title: words.get(title), columns, rows, bars, ..Section::default() }
}

pub(super) fn bar(of: String, told: Told, words: &Words) -> Bar {
    Bar { of, number: told, told: number(told, words) }
}

pub(super) fn number(told: Told, words: &Words) -> String {
    told.map_or_else(|| words.get("headquarters-report-not-told"), |number| number.to_string())
}

fn list(numbers: &[u16]) -> String {
    numbers.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}
