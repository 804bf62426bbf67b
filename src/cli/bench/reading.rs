//! `permit bench reading`: our reader beside others, on the same pictures in the same run.
//!
//! Every picture is made or opened once and given to all readers as the same grey pixels, one after the other on one
//! thread each. It installs nothing and hides nothing: who is not here is named, and misreads have a column.

use core::fmt::Write as _;
use std::path::PathBuf;

use permit_symbol::{Cascade, Decoder as _, GreyBuf, load};
use permit_words::Words;
use serde::Serialize;

use super::corpus::{self, Item};
use super::peers::{Peer, Peers};
use super::score::{Figures, Mark, Sheet, Step, steps, together};
use super::{chart, panel};
use crate::clock::Stopwatch;
use crate::help::Unfit;
use crate::output::{Line, Tone};
use crate::table::{Align, cell, width};
use crate::{Desk, Exit, Fault, jobs, picture, write};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(long, default_value = "8", value_parser = pictures)]
    pictures: Pictures,

    #[arg(long, default_value_t = 1)]
    seed: u64,

    #[arg(long, value_delimiter = ',', default_value = "zxing-cpp,zxing-cpp-fast,zbar,opencv,wechat", value_parser = Peer::parse)]
    peers: Vec<Option<Peer>>,

    #[arg(long, default_value = "python3")]
    python: PathBuf,

    #[arg(long)]
    out: Option<PathBuf>,

    #[arg(long)]
    json: Option<PathBuf>,

    #[arg(long, value_parser = percent)]
    least: Option<f64>,
}

/// What is read.
#[derive(Debug, Clone)]
enum Pictures {
    /// So many of each kind.
    Each(u32),
    /// A folder with a manifest.
    Folder(PathBuf),
}

/// Measures and reports.
pub(super) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let items = match &args.pictures {
        Pictures::Each(per) => corpus::generated(*per, args.seed),
        Pictures::Folder(folder) => corpus::folder(folder)?,
    };
    if items.is_empty() {
        return Err(Fault::new(Exit::Unreadable, "bench-no-pictures"));
    }
    let wanted: Vec<Peer> = args.peers.iter().flatten().copied().collect();
    let mut peers = Peers::start(&args.python, &wanted);
    let run = measure(&items, &mut peers, desk)?;
    let report = Report::new(args, &items, &run, &peers);
    report.print(desk)?;
    if let Some(folder) = &args.out {
        write::folder(folder)?;
        report.files(folder, &items, &run, &desk.words)?;
        let path = folder.display().to_string();
        desk.out
            .line(&Line::new().plain(&desk.words.with("bench-out", &[("path", path.into())])))?;
    }
    if let Some(path) = &args.json {
        write::with(path, |out| serde_json::to_writer_pretty(out, &report).map_err(Into::into))?;
    }
    let read = report.readers.first().map_or(0.0, |ours| ours.read);
    match args.least {
        Some(least) if read < least => Err(Fault::new(Exit::Differs, "bench-least")
            .with("read", format!("{read:.1}"))
            .with("least", least)),
        _ => Ok(Exit::Good),
    }
}

/// What all readers made of all pictures.
struct Run {
    /// Ours first, then the others.
    readers: Vec<Sheet>,
    /// Ours after one step, two, …
    steps: Vec<Sheet>,
}

fn measure(items: &[Item], peers: &mut Peers, desk: &Desk) -> Result<Run, Fault> {
    let sheet = |name: &str, version: &str| Sheet {
        name: name.to_owned(),
        version: version.to_owned(),
        marks: Vec::with_capacity(items.len()),
    };
    let mut run = Run {
        readers: vec![sheet(OURS, env!("CARGO_PKG_VERSION"))],
        steps: Cascade::steps().iter().map(|name| sheet(name, "")).collect(),
    };
    run.readers.extend(peers.here.iter().map(|(name, version)| sheet(name, version)));
    let bar = desk.out.progress(items.len(), &desk.words.get("bench-progress"));
    jobs::in_order(items, Some(1), Item::picture, |picture| {
        let item = &items[run.readers[0].marks.len()];
        let picture = picture.map_err(|error| closed(item, &error, &desk.words))?;
        bar.inc(1);
        run.take(item, &picture, peers)
    })?;
    bar.finish_and_clear();
    Ok(run)
}

impl Run {
    /// One picture before every reader.
    fn take(&mut self, item: &Item, picture: &GreyBuf, peers: &mut Peers) -> Result<(), Fault> {
        let ours = |cascade: Cascade| {
            let watch = Stopwatch::start();
            let codes = cascade.decode(picture.as_grey());
            let ms = watch.ms();
            let codes: Vec<Vec<u8>> = codes.into_iter().map(|code| code.bytes).collect();
            Mark::new(&item.wanted, &codes, ms)
        };
        self.readers[0].marks.push(ours(Cascade::default()));
        let gone = |cause| Fault::new(Exit::Unreadable, "bench-peers-gone").because(cause);
        for answer in peers.read(picture.as_grey()).map_err(gone)? {
            let mark = Mark::new(&item.wanted, &answer.codes, answer.ms);
            self.readers[1 + answer.reader].marks.push(mark);
        }
        for (number, sheet) in (1..).zip(&mut self.steps) {
            sheet.marks.push(ours(Cascade::first(number)));
        }
        Ok(())
    }
}

/// Everything that was measured, as it is written as JSON.
#[derive(Debug, Serialize)]
struct Report {
    /// The seed, or the folder.
    pictures: String,
    /// Of these, without a code.
    empty: usize,
    readers: Vec<Figures>,
    /// Per cent read by at least one of the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    together: Option<f64>,
    steps: Vec<Step>,
    /// Name and reason.
    missing: Vec<(String, String)>,
}

impl Report {
    fn new(args: &Args, items: &[Item], run: &Run, peers: &Peers) -> Self {
        let mean = |name: &str| {
            let sheet = run.readers.iter().find(|sheet| sheet.name == name);
            sheet.map(|sheet| sheet.figures(items, None).mean)
        };
        let yardstick = mean(YARDSTICK);
        Self {
            pictures: match &args.pictures {
                Pictures::Each(per) => format!("{per} a kind, seed {}", args.seed),
                Pictures::Folder(folder) => folder.display().to_string(),
            },
            empty: items.iter().filter(|item| item.wanted.is_nothing()).count(),
            readers: run.readers.iter().map(|sheet| sheet.figures(items, yardstick)).collect(),
            together: (run.readers.len() > 1).then(|| together(&run.readers[1..], items)),
            steps: steps(&run.steps, items),
            missing: peers.missing.clone(),
        }
    }

    fn print(&self, desk: &Desk) -> Result<(), Fault> {
        let words = &desk.words;
        let say = |line: &str| desk.out.line(&Line::new().plain(line));
        let count = self.readers.first().map_or(0, |ours| ours.pictures);
        let values = [
            ("pictures", self.pictures.as_str().into()),
            ("count", count.into()),
            ("empty", self.empty.into()),
        ];
        say(&words.with("bench-pictures", &values))?;
        say("")?;
        let heads = ["reader", "read", "mean", "median", "p95", "empty", "misread", "ratio"];
        self.rows(&heads, words, desk, &self.readers.iter().map(cells).collect::<Vec<_>>())?;
        if let Some(together) = self.together {
            let percent = format!("{together:.1}");
            say(&words.with("bench-together", &[("percent", percent.into())]))?;
        }
        for (name, reason) in &self.missing {
            let values = [("name", name.as_str().into()), ("reason", reason.as_str().into())];
            let line = words.with("bench-missing", &values);
            desk.out.line(&Line::new().say(Tone::Warn, &line))?;
        }
        say("")?;
        let steps: Vec<Vec<String>> = self.steps.iter().map(step).collect();
        self.rows(&["step", "read", "adds", "mean", "costs"], words, desk, &steps)?;
        say("")
    }

    /// A table; the first column is words, the others numbers.
    fn rows(
        &self,
        heads: &[&str],
        words: &Words,
        desk: &Desk,
        rows: &[Vec<String>],
    ) -> Result<(), Fault> {
        let heads: Vec<String> = heads.iter().map(|head| words.get(column(head))).collect();
        let wide = |at: usize| {
            let cells = rows.iter().map(|row| width(&row[at]));
            cells.chain([width(&heads[at])]).max().unwrap_or(0)
        };
        let wide: Vec<usize> = (0..heads.len()).map(wide).collect();
        let line = |row: &[String]| {
            let mut out = String::new();
            for (at, text) in row.iter().enumerate() {
                let align = if at == 0 { Align::Left } else { Align::Right };
                let _ = write!(
                    out,
                    "{}{}",
                    if at == 0 { "" } else { "  " },
                    cell(text, wide[at], align)
                );
            }
            out.trim_end().to_owned()
        };
        desk.out.line(&Line::new().say(Tone::Strong, &line(&heads)))?;
        rows.iter().try_for_each(|row| desk.out.line(&Line::new().plain(&line(row))))
    }

    /// The report, the pictures one by one, and both charts.
    fn files(
        &self,
        folder: &std::path::Path,
        items: &[Item],
        run: &Run,
        words: &Words,
    ) -> Result<(), Fault> {
        write::with(&folder.join("reading.json"), |out| {
            serde_json::to_writer_pretty(out, self).map_err(Into::into)
        })?;
        write::with(&folder.join("reading.csv"), |out| {
            let mut table = csv::Writer::from_writer(out);
            table
                .write_record(["picture", "kind", "strength", "reader", "read", "misread", "ms"])?;
            for sheet in &run.readers {
                for (item, mark) in items.iter().zip(&sheet.marks) {
                    let strength = item.strength.map(|s| format!("{s:.3}")).unwrap_or_default();
                    let [read, misread] =
                        [mark.read, mark.misread].map(|yes| u8::from(yes).to_string());
                    let ms = format!("{:.3}", mark.ms);
                    table.write_record([
                        &item.name,
                        &item.kind,
                        &strength,
                        &sheet.name,
                        &read,
                        &misread,
                        &ms,
                    ])?;
                }
            }
            table.flush()
        })?;
        let time = chart::draw(&self.readers, &self.steps, words);
        write::whole(&folder.join("reading-time.svg"), time.as_bytes())?;
        let kinds = panel::draw(&run.readers, items, words);
        write::whole(&folder.join("reading-kinds.svg"), kinds.as_bytes())
    }
}

fn column(head: &str) -> &'static str {
    match head {
        "reader" => "bench-reader",
        "read" => "bench-read",
        "mean" => "bench-mean",
        "median" => "bench-median",
        "p95" => "bench-p95",
        "empty" => "bench-empty",
        "misread" => "bench-misread",
        "ratio" => "bench-ratio",
        "step" => "bench-step",
        "adds" => "bench-adds",
        _ => "bench-costs",
    }
}

fn cells(reader: &Figures) -> Vec<String> {
    let or_dash =
        |value: Option<f64>| value.map_or_else(|| "–".into(), |value| format!("{value:.2}"));
    vec![
        format!("{} {}", reader.name, reader.version),
        format!("{:.1}", reader.read),
        format!("{:.2}", reader.mean),
        format!("{:.2}", reader.median),
        format!("{:.2}", reader.p95),
        or_dash(reader.empty),
        reader.misreads.to_string(),
        or_dash(reader.ratio),
    ]
}

fn step(step: &Step) -> Vec<String> {
    vec![
        step.name.clone(),
        format!("{:.1}", step.read),
        format!("{:+.1}", step.adds),
        format!("{:.2}", step.mean),
        format!("{:+.2}", step.costs),
    ]
}

fn closed(item: &Item, error: &load::LoadError, words: &Words) -> Fault {
    let fault = Fault::new(Exit::Unreadable, "inspect-unreadable").at(item.path());
    fault.with("cause", picture::says(error, words))
}

/// The value parser of `--pictures`: a number is one, anything else is a folder.
fn pictures(text: &str) -> Result<Pictures, Unfit> {
    match text.parse() {
        Ok(per @ 1..=1000) => Ok(Pictures::Each(per)),
        Ok(_) => Err(Unfit("unfit-pictures")),
        Err(_) => Ok(Pictures::Folder(text.into())),
    }
}

fn percent(text: &str) -> Result<f64, Unfit> {
    text.parse()
        .ok()
        .filter(|percent| (0.0..=100.0).contains(percent))
        .ok_or(Unfit("unfit-percent"))
}

/// How our reader is called in tables.
const OURS: &str = "permit";

/// The reader whose time is the unit.
const YARDSTICK: &str = "zxing-cpp";

#[cfg(test)]
mod tests {
    use permit_words::Lang;

    use super::*;
    use crate::output::Output;

    #[test]
    fn a_small_run_without_peers() {
        let desk = Desk { words: Words::new(Lang::En), out: Output };
        let items: Vec<Item> = corpus::generated(1, 3)
            .into_iter()
            .filter(|item| ["clean", "desk"].contains(&item.kind.as_str()))
            .collect();
        let mut peers = Peers::start("/no/such/python".as_ref(), &[]);
        let run = measure(&items, &mut peers, &desk).unwrap();
        assert_eq!((run.readers.len(), run.steps.len()), (1, Cascade::steps().len()));
        assert!(run.readers[0].marks[0].read && !run.readers[0].marks[1].misread);
        assert!(run.steps.iter().all(|sheet| sheet.marks.len() == items.len()));
    }

    #[test]
    fn a_number_or_a_folder() {
        assert!(matches!(pictures("24"), Ok(Pictures::Each(24))));
        assert!(matches!(pictures("24/"), Ok(Pictures::Folder(_))));
        assert!(pictures("0").is_err() && pictures("1001").is_err());
        assert!(percent("92.5").is_ok() && percent("101").is_err() && percent("x").is_err());
    }
}
