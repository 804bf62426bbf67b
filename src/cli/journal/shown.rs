//! Records and the result of the check on the screen: a table, CSV or JSON.

use permit_journal::{Record, Report, Terminal};
use permit_words::{Value, Words};
use serde::Serialize;

use crate::output::{Line, Tone};
use crate::table::{Align, cell};
use crate::verify::place::side_name;
use crate::{Desk, Fault, bundle};

use super::Form;
use super::entry::Row;
use super::problem::{Named, named};

/// Cells of the columns of the table.
const NUMBER: usize = 8;
const TIME: usize = 20;

/// What is shown, record by record.
pub(crate) struct Shown<'d> {
    form: Form,
    desk: &'d Desk,
    /// True once CSV has its head line.
    begun: bool,
}

/// The last line of JSON.
#[derive(Serialize)]
struct Sum {
    side: &'static str,
    terminal: u16,
    /// Chains that this terminal began before this one.
    epoch: Option<u32>,
    before: Option<u64>,
    through: Option<u64>,
    tip: Option<String>,
    signed: Option<String>,
    records: u64,
    verdicts: Vec<(u8, u64)>,
    admitted: u64,
    turned_back: u64,
    assisted: u64,
    not_decided: u64,
    undone: u64,
    problems: Vec<Named>,
}

impl<'d> Shown<'d> {
    pub(crate) const fn new(form: Form, desk: &'d Desk) -> Self {
        Self { form, desk, begun: false }
    }

    /// The head of a table.
    pub(crate) fn begin(&self) -> Result<(), Fault> {
        if self.form != Form::Table {
            return Ok(());
        }
        let words = &self.desk.words;
        let head = format!(
            "{}  {}  {}",
            cell(&words.get("journal-number"), NUMBER, Align::Right),
            cell(&words.get("journal-time"), TIME, Align::Left),
            words.get("journal-what")
        );
        self.desk.out.line(&Line::new().say(Tone::Strong, &head))
    }

    /// One record.
    pub(crate) fn record(&mut self, record: &Record) -> Result<(), Fault> {
        let words = &self.desk.words;
        let (row, said) = Row::of(record, words);
        match self.form {
            Form::Json => self.desk.out.json(&row),
            Form::Csv => {
                let mut csv =
                    csv::WriterBuilder::new().has_headers(!self.begun).from_writer(vec![]);
                self.begun = true;
                let screen = |error: csv::Error| Fault::screen(std::io::Error::other(error));
                csv.serialize(&row).map_err(screen)?;
                let bytes = csv.into_inner().unwrap_or_default();
                self.desk.out.bytes(&bytes)
            }
            Form::Table => {
                let place = format!(
                    "{}  {}  ",
                    cell(&row.sequence().to_string(), NUMBER, Align::Right),
                    cell(row.time(), TIME, Align::Left)
                );
                let mut line = Line::new().plain(&place).plain(&said);
                if let Some(clock) = row.clock(words) {
                    line = line.plain("  ").say(Tone::Warn, &clock);
                }
                self.desk.out.line(&line)
            }
        }
    }

    /// What the check came to. Beside CSV it goes to standard error, so that the file is rows alone.
    pub(crate) fn end(&self, terminal: Terminal, report: &Report) -> Result<(), Fault> {
        let words = &self.desk.words;
        let problems = report.problems.iter().map(|problem| named(problem, words));
        if self.form == Form::Json {
            return self.desk.out.json(&sum(terminal, report, problems.map(|it| it.0).collect()));
        }
        let (before, tip) = (report.before, report.tip);
        let mut lines = Vec::new();
        let first = before.map_or(1, |before| before.sequence.saturating_add(1));
        let signed = report.signed.map(|stamp| stamp.time().to_string()).unwrap_or_default();
        lines.push(Line::new().say(
            Tone::Strong,
            &words.with(
                "journal-of",
                &[
                    ("number", terminal.number.into()),
                    ("side", side_name(terminal.side).into()),
                    ("first", first.into()),
                    ("last", tip.map_or(0, |tip| tip.sequence).into()),
                    ("signed", signed.into()),
                ],
            ),
        ));
        lines.push(Line::new().plain(&counts(report, words)));
        if first > 1 && report.renewed.is_none() {
            let through = Value::from(first - 1);
            let text = words.with("journal-earlier", &[("through", through)]);
            lines.push(Line::new().say(Tone::Warn, &text));
        }
        if let Some(epoch) = report.epoch.filter(|epoch| *epoch > 0) {
            let text = words.with("journal-chains", &[("count", epoch.into())]);
            lines.push(Line::new().say(Tone::Warn, &text));
        }
        lines.extend(problems.map(|(_, said)| Line::new().say(Tone::Bad, &said)));
        if report.is_sound() {
            lines.push(Line::new().say(Tone::Good, &words.get("journal-sound")));
        }
        lines.iter().try_for_each(|line| self.aside(line))
    }

    fn aside(&self, line: &Line) -> Result<(), Fault> {
        if self.form == Form::Csv {
            self.desk.out.note(line);
            return Ok(());
        }
        self.desk.out.line(line)
    }
}

fn counts(report: &Report, words: &Words) -> String {
    let counts = &report.counts;
    let judged: u64 = counts.verdicts.iter().map(|(_, number)| number).sum();
    words.with(
        "journal-counts",
        &[
            ("records", counts.records.into()),
            ("judged", judged.into()),
            ("admitted", counts.admitted.into()),
            ("undone", counts.undone.into()),
            ("back", counts.turned_back.into()),
            ("assisted", counts.assisted.into()),
            ("open", counts.not_decided.into()),
        ],
    )
}

fn sum(terminal: Terminal, report: &Report, problems: Vec<Named>) -> Sum {
    let counts = &report.counts;
    Sum {
        side: side_name(terminal.side),
        terminal: terminal.number,
        epoch: report.epoch,
        before: report.before.map(|before| before.sequence),
        through: report.tip.map(|tip| tip.sequence),
        tip: report.tip.map(|tip| bundle::hex(&tip.hash.0)),
        signed: report.signed.map(|stamp| stamp.time().to_string()),
        records: counts.records,
        verdicts: counts.verdicts.clone(),
        admitted: counts.admitted,
        turned_back: counts.turned_back,
        assisted: counts.assisted,
        not_decided: counts.not_decided,
        undone: counts.undone,
        problems,
    }
}
