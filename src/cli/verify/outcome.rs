//! Everything that becomes of the verdicts of a run: lines, files and an exit status.
//!
//! Each verdict is told at once; files are written whole at the end. Only what a file needs is kept, and pictures
//! never are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use permit_symbol::load::Foreign;
use serde_json::ser;

use super::earlier::{Change, Earlier};
use super::judge::{Bench, Judged, Scan};
use super::plan::Plan;
use super::screen::Screen;
use super::tally::{Class, Tally};
use super::{Args, junit, least};
use crate::output::{Line, Tone};
use crate::report::Report;
use crate::{Desk, Exit, Fault, curves, picture, write};

/// The verdicts of a run.
#[derive(Debug)]
pub(crate) struct Outcomes<'a> {
    args: &'a Args,
    desk: &'a Desk,
    screen: Screen<'a>,
    tally: Tally,
    earlier: Option<Earlier>,
    changes: Vec<Change>,
    kept: Vec<Scan>,
    report: Option<Report>,
    begun: Instant,
}

impl<'a> Outcomes<'a> {
    /// Nothing yet; an earlier run is read first.
    pub(crate) fn new(
        args: &'a Args,
        bench: &Bench<'a>,
        plan: &Plan<'a>,
        desk: &'a Desk,
    ) -> Result<Self, Fault> {
        let earlier = args.against.as_deref().map(Earlier::open).transpose()?;
        let report =
            args.report.as_ref().map(|path| Report::new(bench.trust, desk.words.lang(), path));
        let json = args.json.as_deref() == Some(Path::new("-"));
        let screen = Screen::new(desk, bench, plan, json);
        let (tally, begun) = (Tally::default(), Instant::now());
        Ok(Self {
            args,
            desk,
            screen,
            tally,
            earlier,
            changes: Vec::new(),
            kept: Vec::new(),
            report,
            begun,
        })
    }

    /// The lines before the first verdict.
    pub(crate) fn begin(&self) -> Result<(), Fault> {
        self.screen.begin()
    }

    /// One picture, or one line of text.
    pub(crate) fn add(&mut self, judged: Judged) -> Result<(), Fault> {
        let Judged { scans, thumb } = judged;
        for scan in &scans {
            let class = Class::of(scan.spoken.light, scan.record.stage);
            self.tally.add(&scan.record, class);
            self.changes
                .extend(self.earlier.as_mut().and_then(|earlier| earlier.meet(&scan.record)));
            self.screen.scan(scan, class)?;
        }
        if let Some(report) = &mut self.report {
            report.add(&scans, thumb);
        }
        if self.keeps() {
            self.kept.extend(scans);
        }
        Ok(())
    }

    /// What was passed over in folders.
    pub(crate) fn passed(&self, kinds: &BTreeMap<Foreign, usize>) {
        if let Some(said) = picture::passed(kinds, &self.desk.words) {
            self.desk.out.note(&Line::new().say(Tone::Warn, &said));
        }
    }

    /// The sums, the files and the status.
    pub(crate) fn end(mut self, missing: Vec<PathBuf>) -> Result<Exit, Fault> {
        self.changes.extend(self.earlier.take().into_iter().flat_map(Earlier::gone));
        let seconds = self.begun.elapsed().as_secs_f64();
        let short = least::short(&self.args.least, &self.tally);
        self.screen.end(&self.tally, &self.changes, self.earlier_was_read(), &missing, seconds)?;
        self.screen.short(&short);
        self.files(seconds)?;
        match self.exit(!missing.is_empty(), !short.is_empty()) {
            exit @ Exit::Unreadable if self.tally.closed > 0 => {
                Err(Fault::new(exit, "fault-unreadable").with("count", self.tally.closed))
            }
            exit => Ok(exit),
        }
    }

    fn files(&self, seconds: f64) -> Result<(), Fault> {
        if let Some(path) = self.args.json.as_deref().filter(|path| *path != Path::new("-")) {
            write::with(path, |out| {
                self.kept.iter().try_for_each(|scan| {
                    out.write_all(ser::to_string(&scan.record)?.as_bytes())?;
                    out.write_all(b"\n")
                })
            })?;
        }
        if let Some(path) = &self.args.junit {
            write::whole(path, junit::document(&self.kept, seconds).as_bytes())?;
        }
        if let Some(path) = &self.args.curves {
            let sheet = curves::sheet(&self.tally.curves(), &self.desk.words);
            write::whole(path, sheet.as_bytes())?;
        }
        if let (Some(path), Some(report)) = (&self.args.report, &self.report) {
            let changes = self.earlier_was_read().then_some(&*self.changes);
            write::with(path, |out| report.write(&self.tally, changes, seconds, out))?;
        }
        Ok(())
    }

    /// What differs goes before what could not be read: it is the graver news.
    fn exit(&self, missing: bool, short: bool) -> Exit {
        if self.tally.differs() || !self.changes.is_empty() || short {
            Exit::Differs
        } else if missing || self.tally.closed > 0 || self.tally.unread > 0 || self.tally.scans == 0
        {
            Exit::Unreadable
        } else {
            Exit::Good
        }
    }

    fn keeps(&self) -> bool {
        self.args.junit.is_some()
            || self.args.json.as_deref().is_some_and(|path| path != Path::new("-"))
    }

    const fn earlier_was_read(&self) -> bool {
        self.args.against.is_some()
    }
}
