//! The verdicts of the demonstration: every case against what it must get, then the pictures of each kind.
//!
//! Pictures are judged by the very code of `permit verify`, from the folder that was just written. What no picture can
//! show is asked of the verifier directly, and the table says so.

use std::collections::BTreeMap;
use std::time::Instant;

use indicatif::ProgressBar;
use permit_core::{Judgement, KeySlot, NoLedger, Now, TerminalFault, Trust, Verifier};
use permit_signing::demo::{Case, Outcome, World};
use permit_words::{Light, Places, verdict};

use super::cards::{ROOM, trust};
use super::folder::Folder;
use crate::manifest::Manifest;
use crate::output::{Line, Tone};
use crate::report::Report;
use crate::table::{Align, cell, width};
use crate::verify::judge::{Bench, Judged};
use crate::verify::plan::Plan;
use crate::verify::screen::Screen;
use crate::verify::tally::{Class, Tally};
use crate::verify::{Question, Scan};
use crate::{Desk, Exit, Fault, jobs, write};

/// Judges everything, prints the table, writes the report.
pub(super) fn all(
    world: &World,
    cases: &[Case],
    folder: &Folder,
    at_once: Option<usize>,
    bar: &ProgressBar,
    desk: &Desk,
) -> Result<Exit, Fault> {
    let begun = Instant::now();
    let mut slots = vec![KeySlot::EMPTY; ROOM];
    let trust = trust(world, &mut slots)?;
    let manifest = Manifest::open(&folder.manifest())?;
    let bench = Bench { trust: &trust, words: &desk.words, names: true, thumbs: true };
    let plan =
        Plan::new(&[folder.pictures()], &Question::default(), Some(&manifest), &bench, desk)?;
    let screen = Screen::new(desk, &bench, &plan, false);
    let mut table = Table::default();
    let (mut tally, mut report) =
        (Tally::default(), Report::new(&trust, desk.words.lang(), &folder.report()));
    jobs::in_order(
        &plan.jobs,
        at_once,
        |job| job.judge(&bench),
        |all| {
            bar.inc(1);
            for Judged { scans, thumb } in all? {
                for scan in &scans {
                    tally.add(&scan.record, Class::of(scan.spoken.light, scan.record.stage));
                    table.seen(scan);
                }
                report.add(&scans, thumb);
            }
            Ok::<(), Fault>(())
        },
    )?;
    bar.finish_and_clear();
    let seconds = begun.elapsed().as_secs_f64();
    write::with(&folder.report(), |out| report.write(&tally, None, seconds, out))?;
    let rows = table.rows(cases, &trust, desk);
    print(&rows, desk)?;
    screen.end(&tally, &[], false, &plan.missing, seconds)?;
    let right = rows.iter().all(|row| row.right) && !tally.differs() && plan.missing.is_empty();
    Ok(if right { Exit::Good } else { Exit::Differs })
}

/// What was seen in the clean pictures, by file.
#[derive(Debug, Default)]
struct Table(BTreeMap<String, (u8, Light, String)>);

/// One line of the table.
#[derive(Debug)]
struct Row {
    name: String,
    expected: u8,
    got: Option<u8>,
    light: Light,
    says: String,
    right: bool,
    /// Asked of the verifier directly.
    direct: bool,
}

impl Table {
    fn seen(&mut self, scan: &Scan) {
        let name = std::path::Path::new(&scan.record.file)
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned());
        if let Some(name) = name.as_deref().and_then(|name| name.strip_prefix("clean-")) {
            let sentence = &scan.spoken.sentence;
            self.0.insert(
                name.to_owned(),
                (scan.record.code, scan.spoken.light, sentence.title.clone()),
            );
        }
    }

    fn rows<'t>(&self, cases: &[Case], trust: &'t Trust<'t>, desk: &Desk) -> Vec<Row> {
        let mut rows: Vec<Row> = cases.iter().map(|case| self.row(case, trust, desk)).collect();
        rows.extend(cases.first().map(|case| terminal(case, trust, desk)).into_iter().flatten());
        rows.sort_by_key(|row| row.expected);
        rows
    }

    fn row<'t>(&self, case: &Case, trust: &'t Trust<'t>, desk: &Desk) -> Row {
        if let Some(presence) = &case.presence {
            let judged = verifier(case, trust).map(|verifier| {
                verifier.verify(&case.text, presence, &Now::by_hand(case.at, trust.newest()))
            });
            return direct(case.name, case.code, case.outcome, judged.as_ref(), trust, desk);
        }
        let seen = self.0.get(case.name);
        let (light, says) = seen.map_or_else(
            || (Light::Grey, desk.words.get("demo-unread")),
            |(_, light, says)| (*light, says.clone()),
        );
        let got = seen.map(|(code, ..)| *code);
        let right = got == Some(case.code) && fits(light, case.outcome);
        Row {
            name: case.name.to_owned(),
            expected: case.code,
            got,
            light,
            says,
            right,
            direct: false,
        }
    }
}

/// What only a terminal can say: a number typed, and a disk that is full.
fn terminal<'t>(case: &Case, trust: &'t Trust<'t>, desk: &Desk) -> Vec<Row> {
    let now = Now::by_hand(case.at, trust.newest());
    let verifier = verifier(case, trust);
    let typed = verifier
        .zip(case.permit.as_ref())
        .map(|(verifier, permit)| verifier.look_up(&permit.id, &NoLedger, &now));
    let faulty = verifier.map(|verifier| {
        verifier.with_fault(Some(TerminalFault::Disk)).verify(&case.text, &NoLedger, &now)
    });
    vec![
        direct("number-typed", 12, Outcome::Refer, typed.as_ref(), trust, desk),
        direct("disk-full", 62, Outcome::Refer, faulty.as_ref(), trust, desk),
    ]
}

fn verifier<'t>(case: &Case, trust: &'t Trust<'t>) -> Option<Verifier<'t>> {
    Verifier::new(trust, case.checkpoint).ok()
}

fn direct<'t>(
    name: &str,
    expected: u8,
    outcome: Outcome,
    judged: Option<&Judgement>,
    trust: &'t Trust<'t>,
    desk: &Desk,
) -> Row {
    let spoken =
        judged.map(|judged| verdict::judgement(judged, &Places::new(trust, None), &desk.words));
    let got = judged.map(|judged| judged.verdict.code());
    let light = spoken.as_ref().map_or(Light::Grey, |spoken| spoken.light);
    let right = got == Some(expected) && fits(light, outcome);
    let says = spoken.map(|spoken| spoken.sentence.title).unwrap_or_default();
    Row { name: name.to_owned(), expected, got, light, says, right, direct: true }
}

const fn fits(light: Light, outcome: Outcome) -> bool {
    matches!(
        (light, outcome),
        (Light::Green, Outcome::Valid)
            | (Light::Red | Light::Blue, Outcome::Invalid)
            | (Light::Amber, Outcome::Refer)
            | (Light::Grey, Outcome::NotAPermit)
    )
}

fn print(rows: &[Row], desk: &Desk) -> Result<(), Fault> {
    let words = &desk.words;
    let frame = format!("{} · {}", words.get("verdict-demo"), words.get("verdict-demo.note"));
    desk.out.line(&Line::new().say(Tone::Warn, &frame))?;
    desk.out.line(&Line::new())?;
    let name = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0);
    let heads = ["demo-expected", "demo-got", "demo-case", "demo-says"].map(|id| words.get(id));
    let [expected, got, case, says] = &heads;
    let wide = [expected, got].map(|head| width(head).max(4));
    let columns = |a: &str, b: &str, c: &str| {
        format!(
            "{}  {}  {}",
            cell(a, wide[0], Align::Right),
            cell(b, wide[1], Align::Right),
            cell(c, name, Align::Left)
        )
    };
    desk.out.line(
        &Line::new().say(Tone::Strong, &format!("    {}  {says}", columns(expected, got, case))),
    )?;
    for row in rows {
        let got = row.got.map_or_else(|| "-".to_owned(), |got| got.to_string());
        let mark = if row.right { "=" } else { "≠" };
        let tone = match row.light {
            Light::Green => Tone::Good,
            Light::Amber => Tone::Warn,
            Light::Red => Tone::Bad,
            Light::Blue => Tone::Blue,
            Light::Grey => Tone::Faint,
        };
        let line =
            Line::new().say(if row.right { Tone::Good } else { Tone::Bad }, &format!("  {mark} "));
        let line = line.plain(&columns(&row.expected.to_string(), &got, &row.name)).plain("  ");
        let line = line.say(tone, &format!("{} {}", row.light.shape(), row.says));
        let line = if row.direct {
            line.say(Tone::Faint, &format!("  ({})", words.get("demo-direct")))
        } else {
            line
        };
        desk.out.line(&line)?;
    }
    let right = rows.iter().filter(|row| row.right).count();
    let values = [("right", right.into()), ("count", rows.len().into())];
    desk.out.line(&Line::new())?;
    desk.out.line(&Line::new().say(
        if right == rows.len() { Tone::Good } else { Tone::Bad },
        &words.with("demo-cases", &values),
    ))
}
