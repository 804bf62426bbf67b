//! Verdicts on a terminal: a line each, then what they add up to.
//!
//! Colour, shape and word say the same, so that none is needed. Under a demonstration root the table stands below a
//! frame that says so. With JSON on standard output all of this stays away from it.

use std::path::PathBuf;

use permit_core::trust::Header;
use permit_core::{Document, Trust, UnixTime};
use permit_words::{Places, Value, Words};

use super::earlier::{Change, Then};
use super::judge::{Bench, Scan, Setting, clock};
use super::least::Short;
use super::plan::Plan;
use super::record::{Outcome, Record};
use super::tally::{Class, Tally};
use crate::manifest::NOT_READ;
use crate::output::{Line, Tone};
use crate::table::{Align, cell, width};
use crate::{Desk, Fault, bundle, curves};

/// Where the lines go.
#[derive(Debug)]
pub(crate) struct Screen<'a> {
    desk: &'a Desk,
    trust: &'a Trust<'a>,
    /// One JSON object a line instead of a table.
    json: bool,
    /// Cells for the names of files and for the verdicts.
    wide: usize,
    word: usize,
    /// The latest moment set by hand, and the crossing whose local time it is.
    latest: Option<(UnixTime, u16)>,
    /// Whether everything is judged at one moment.
    same: bool,
}

impl<'a> Screen<'a> {
    /// A screen for this plan.
    pub(crate) fn new(desk: &'a Desk, bench: &Bench<'a>, plan: &Plan<'a>, json: bool) -> Self {
        let names = plan.jobs.iter().map(|job| width(&job.source.path().to_string_lossy()));
        let word =
            Class::ALL.iter().map(|class| width(&desk.words.get(class.id()))).max().unwrap_or(0);
        let tasks = plan.jobs.iter().flat_map(|job| &job.tasks).chain(plan.task());
        let mut settings: Vec<Setting<'_>> = tasks.map(|task| task.setting).collect();
        settings.sort_by_key(|setting| setting.at);
        let latest = settings.last().and_then(|last| Some((last.at?, last.checkpoint.crossing)));
        let same = settings.first().map(|first| first.at) == settings.last().map(|last| last.at);
        Self {
            desk,
            trust: bench.trust,
            json,
            wide: names.max().unwrap_or(0).clamp(8, WIDEST),
            word,
            latest,
            same,
        }
    }

    /// The frame, warnings, the heads of the columns.
    pub(crate) fn begin(&self) -> Result<(), Fault> {
        self.warn();
        if self.json {
            return Ok(());
        }
        if self.trust.is_demo() {
            self.frame()?;
        }
        if let Some((at, crossing)) = self.latest {
            let at = Places::new(self.trust, Some(crossing)).time(at, self.words());
            let id = if self.same { "verify-by-hand" } else { "verify-by-hand-each" };
            self.line(Tone::Faint, &self.say(id, &[("time", at.into())]))?;
        }
        let word = |id| self.words().get(id);
        let columns = [
            word("verify-verdict"),
            word("verify-code"),
            word("verify-file"),
            word("verify-wear"),
            word("verify-ms"),
            word("verify-reason"),
        ];
        let [verdict, code, file, wear, ms, reason] = columns;
        let head = format!("   {}", self.row(&verdict, &code, &file, &wear, &ms));
        self.line(Tone::Strong, &format!("{head}  {reason}"))
    }

    /// One verdict, at once.
    pub(crate) fn scan(&self, scan: &Scan, class: Class) -> Result<(), Fault> {
        let Scan { record, spoken } = scan;
        if self.json {
            return self.desk.out.json(record);
        }
        let sentence = &spoken.sentence;
        let word = self.words().get(class.id());
        let wear = record.wear.map_or_else(|| "-".into(), |wear| wear.grade.to_string());
        let row = self.row(
            &word,
            &record.code.to_string(),
            &tail(&name(record, self.words()), self.wide),
            &wear,
            &format!("{:.1}", record.ms.sum()),
        );
        let said = if sentence.title == word {
            sentence.reason.clone()
        } else {
            self.say(
                "verify-said",
                &[("title", (&sentence.title).into()), ("reason", (&sentence.reason).into())],
            )
        };
        let (mark, rest) = row.split_at(self.split(&row));
        let mut line = Line::new()
            .say(tone(class), &format!(" {} {mark}", class.shape()))
            .plain(rest)
            .plain("  ")
            .plain(&said);
        if let Some(text) = &record.text {
            line = line.say(Tone::Faint, &format!("  {text}"));
        }
        if let Some(worn) = record.wear.and_then(|worn| worn.says(self.words())) {
            line = line.say(Tone::Warn, &format!("  {worn}"));
        }
        if let Some(outcome) = record.outcome.filter(|outcome| *outcome != Outcome::Right) {
            line = line.say(
                if outcome.differs() { Tone::Bad } else { Tone::Faint },
                &format!("  {}", self.differs(outcome, record)),
            );
        }
        self.desk.out.line(&line)
    }

    /// The sums.
    pub(crate) fn end(
        &self,
        tally: &Tally,
        changes: &[Change],
        compared: bool,
        missing: &[PathBuf],
        seconds: f64,
    ) -> Result<(), Fault> {
        for path in missing {
            self.aside(&self.say("verify-missing", &[("path", path.display().to_string().into())]));
        }
        if tally.scans == 0 {
            self.aside(&self.say("verify-no-scan", &[]));
        }
        if self.json {
            return Ok(());
        }
        self.line(Tone::Faint, "")?;
        self.line(Tone::Strong, &self.sums(tally))?;
        let rate = if seconds > 0.0 { real(tally.scans) / seconds } else { 0.0 };
        let values = [
            ("seconds", format!("{seconds:.1}").into()),
            ("rate", format!("{rate:.0}").into()),
            ("ms", format!("{:.0}", tally.ms).into()),
        ];
        self.line(Tone::Faint, &self.say("verify-pace", &values))?;
        self.manifest(tally)?;
        self.changes(changes, compared)
    }

    /// What the manifest makes of it.
    fn manifest(&self, tally: &Tally) -> Result<(), Fault> {
        if tally.outcomes.is_empty() {
            return Ok(());
        }
        self.rates(tally)?;
        self.confusion(tally)?;
        self.line(Tone::Faint, "")?;
        let of = |outcome| tally.of(outcome).into();
        let values = [
            ("right", of(Outcome::Right)),
            ("missed", of(Outcome::Missed)),
            ("lost", of(Outcome::Lost)),
            ("wrong", of(Outcome::Wrong)),
            ("misread", of(Outcome::Misread)),
        ];
        let tone = if tally.differs() { Tone::Bad } else { Tone::Good };
        self.line(tone, &self.say("verify-outcomes", &values))
    }

    /// The read rate of each kind, as a bar.
    fn rates(&self, tally: &Tally) -> Result<(), Fault> {
        let curves = tally.curves();
        if curves.is_empty() {
            return Ok(());
        }
        self.line(Tone::Faint, "")?;
        self.line(Tone::Strong, &self.words().get("verify-rates"))?;
        let names: Vec<String> =
            curves.iter().map(|curve| curves::kind(&curve.kind, self.words())).collect();
        let wide = names.iter().map(|name| width(name)).max().unwrap_or(0).min(WIDEST);
        for (curve, name) in curves.iter().zip(&names) {
            let filled = (curve.read() * BAR).div_ceil(curve.count().max(1)).min(BAR);
            let bar = format!("{}{}", "█".repeat(filled), "░".repeat(BAR - filled));
            let percent = 100.0 * real(curve.read()) / real(curve.count().max(1));
            let counts = format!("{}/{}", curve.read(), curve.count());
            let line = Line::new()
                .plain("  ")
                .plain(&cell(name, wide, Align::Left))
                .plain("  ")
                .say(Tone::Blue, &bar);
            self.desk.out.line(
                &line.plain(&format!("  {percent:>5.1} %  {}", cell(&counts, 11, Align::Right))),
            )?;
        }
        for curve in &curves {
            if let Some(rise) = curve.rise() {
                self.aside(&rise.says(curve, self.words()));
            }
        }
        Ok(())
    }

    /// The kinds of which too little was read.
    pub(crate) fn short(&self, short: &[Short]) {
        short.iter().for_each(|short| self.aside(&short.says(self.words())));
    }

    /// Expected against got.
    fn confusion(&self, tally: &Tally) -> Result<(), Fault> {
        if tally.confusion.is_empty() {
            return Ok(());
        }
        let mut got: Vec<u8> = tally.confusion.keys().map(|(_, got)| *got).collect();
        got.sort_unstable();
        got.dedup();
        let name = |code: u8| {
            if code == NOT_READ { self.words().get("verify-none") } else { code.to_string() }
        };
        let cells: Vec<usize> = got.iter().map(|code| width(&name(*code)).max(4)).collect();
        let first = width(&self.words().get("verify-expected")).max(6);
        self.line(Tone::Faint, "")?;
        self.line(Tone::Strong, &self.words().get("verify-confusion"))?;
        let mut head =
            format!("  {}", cell(&self.words().get("verify-expected"), first, Align::Right));
        for (code, wide) in got.iter().zip(&cells) {
            head += &format!("  {}", cell(&name(*code), *wide, Align::Right));
        }
        self.line(Tone::Faint, &head)?;
        let mut rows: Vec<u8> = tally.confusion.keys().map(|(expected, _)| *expected).collect();
        rows.dedup();
        for expected in rows {
            let mut line =
                Line::new().plain("  ").plain(&cell(&name(expected), first, Align::Right));
            for (code, wide) in got.iter().zip(&cells) {
                let count = tally.confusion.get(&(expected, *code)).copied();
                let text = count.map_or_else(|| "·".to_owned(), |count| count.to_string());
                let tone = match (count, expected == *code, *code == NOT_READ) {
                    (None, ..) | (_, _, true) => Tone::Faint,
                    (_, true, _) => Tone::Good,
                    _ => Tone::Bad,
                };
                line = line.plain("  ").say(tone, &cell(&text, *wide, Align::Right));
            }
            self.desk.out.line(&line)?;
        }
        Ok(())
    }

    fn changes(&self, changes: &[Change], compared: bool) -> Result<(), Fault> {
        if !compared {
            return Ok(());
        }
        self.line(Tone::Faint, "")?;
        let head = self.say("verify-changes", &[("count", changes.len().into())]);
        self.line(if changes.is_empty() { Tone::Good } else { Tone::Bad }, &head)?;
        for change in changes {
            let said = |then: &Option<Then>| {
                then.as_ref().map_or_else(
                    || self.words().get("verify-absent"),
                    |then| format!("{} {}", then.code, then.reason),
                )
            };
            let place = change.named();
            let text = format!("  {place}: {} → {}", said(&change.then), said(&change.now));
            self.desk.out.line(&Line::new().plain(&text))?;
        }
        Ok(())
    }

    /// Expired documents: no error, because each verdict says so, but worth a line.
    fn warn(&self) {
        let now = self.latest.map(|(at, _)| at).or_else(clock).unwrap_or(self.trust.newest());
        let places = Places::new(self.trust, self.latest.map(|(_, crossing)| crossing));
        let one = |(document, header): &(Document, Header)| {
            let name = bundle::name(*document, self.words());
            let expired = places.day(header.expires).to_string();
            self.say(
                "verify-expired-one",
                &[("document", name.into()), ("expired", expired.into())],
            )
        };
        let all: Vec<String> = bundle::expired(self.trust, now).iter().map(one).collect();
        if !all.is_empty() {
            self.aside(&self.say("verify-expired", &[("documents", all.join(" · ").into())]));
        }
    }

    fn frame(&self) -> Result<(), Fault> {
        let words = self.words();
        let text = format!(" {} · {} ", words.get("verdict-demo"), words.get("verdict-demo.note"));
        let rule = "─".repeat(width(&text));
        for line in [format!("┌{rule}┐"), format!("│{text}│"), format!("└{rule}┘")] {
            self.line(Tone::Warn, &line)?;
        }
        Ok(())
    }

    fn sums(&self, tally: &Tally) -> String {
        let one = |class: &Class| {
            let count = tally.classes.get(class)?;
            Some(format!("{} {} {count}", class.shape(), self.words().get(class.id())))
        };
        let all: Vec<String> = Class::ALL.iter().filter_map(one).collect();
        all.join("   ")
    }

    fn differs(&self, outcome: Outcome, record: &Record) -> String {
        let id = match outcome {
            Outcome::Right => return String::new(),
            Outcome::Missed => "verify-missed",
            Outcome::Lost => "verify-lost",
            Outcome::Wrong => "verify-wrong",
            Outcome::Misread => "verify-misread",
        };
        let expected = record.expected.map_or_else(|| "?".to_owned(), |code| code.to_string());
        self.say(id, &[("expected", expected.into())])
    }

    /// Verdict, code, file, wear, time.
    fn row(&self, verdict: &str, code: &str, file: &str, wear: &str, ms: &str) -> String {
        format!(
            "{}  {}  {}  {}  {}",
            cell(verdict, self.word, Align::Left),
            cell(code, 4, Align::Right),
            cell(file, self.wide, Align::Left),
            cell(wear, 5, Align::Left),
            cell(ms, 7, Align::Right)
        )
    }

    /// Where the coloured part of a row ends: after the verdict and its code.
    fn split(&self, row: &str) -> usize {
        let mut cells = 0;
        let end = row.char_indices().find(|(_, c)| {
            let before = cells;
            cells += width(c.encode_utf8(&mut [0; 4]));
            before >= self.word + 6
        });
        end.map_or(row.len(), |(at, _)| at)
    }

    fn say(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        self.words().with(id, values)
    }

    fn line(&self, tone: Tone, text: &str) -> Result<(), Fault> {
        self.desk.out.line(&Line::new().say(tone, text))
    }

    fn aside(&self, text: &str) {
        self.desk.out.note(&Line::new().say(Tone::Warn, "! ").plain(text));
    }

    const fn words(&self) -> &'a Words {
        &self.desk.words
    }
}

const fn tone(class: Class) -> Tone {
    match class {
        Class::Valid => Tone::Good,
        Class::Refer => Tone::Warn,
        Class::Invalid | Class::Closed => Tone::Bad,
        Class::Specimen => Tone::Blue,
        Class::Other | Class::Unread => Tone::Faint,
    }
}

/// The file, with what is needed to tell its scans apart.
fn name(record: &Record, words: &Words) -> String {
    let mut name = match record.page {
        None => record.file.clone(),
        Some(page) => {
            words.with("read-page", &[("path", (&record.file).into()), ("page", page.into())])
        }
    };
    if let Some(line) = record.line {
        name += &format!(":{line}");
    }
    if record.index > 0 {
        name += &format!(" #{}", record.index + 1);
    }
    name
}

/// The end of a long name: folders are alike, files are not.
fn tail(name: &str, wide: usize) -> String {
    if width(name) <= wide {
        return name.to_owned();
    }
    let mut left = wide.saturating_sub(1);
    let mut from = name.len();
    for (at, c) in name.char_indices().rev() {
        let cells = width(c.encode_utf8(&mut [0; 4]));
        if cells > left {
            break;
        }
        left -= cells;
        from = at;
    }
    format!("…{}", &name[from..])
}

#[expect(clippy::cast_precision_loss, reason = "numbers of pictures are far below 2^53")]
const fn real(count: usize) -> f64 {
    count as f64
}

/// Cells a name gets at most.
const WIDEST: usize = 44;

/// Cells of a bar.
const BAR: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_its_end() {
        assert_eq!(tail("a/b.png", 10), "a/b.png");
        assert_eq!(tail("pictures/glare-050.jpg", 12), "…are-050.jpg");
        assert_eq!(width(&tail("图片/김철수의 통행증.png", 11)), 11);
        assert_eq!(tail("x", 0), "…");
    }
}
