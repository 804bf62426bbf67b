//! What will be judged, and what is asked about each: settled before the first picture is opened.
//!
//! A mistyped crossing must not be found out after an hour of pictures, so every question is resolved here, those of
//! the manifest too.

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use permit_core::{Checkpoint, Verifier};
use permit_symbol::load::{Foreign, Format};

use super::judge::{Bench, Setting, Task};
use super::{Question, place};
use crate::manifest::{Ask, Manifest, Wanted};
use crate::output::Line;
use crate::walk::{self, Found, Walk};
use crate::{Desk, Exit, Fault};
use permit_words::At;

/// Everything to do, in order.
#[derive(Debug)]
pub(crate) struct Plan<'t> {
    /// The files.
    pub(crate) jobs: Vec<Job<'t>>,
    /// Whether a hand scanner follows.
    pub(crate) scanner: bool,
    /// Files the manifest names below a folder, and nobody found.
    pub(crate) missing: Vec<PathBuf>,
    /// Pictures in folders that this build does not read.
    pub(crate) passed: BTreeMap<Foreign, usize>,
    task: Option<Task<'t>>,
}

/// One file.
#[derive(Debug)]
pub(crate) struct Job<'t> {
    /// Where it is and what it seems to be.
    pub(crate) source: Source,
    /// What is asked about the codes in it; at least one.
    pub(crate) tasks: Vec<Task<'t>>,
}

/// A file to look into.
#[derive(Debug)]
pub(crate) enum Source {
    /// A picture, or something named as one.
    Picture(PathBuf),
    /// A text with a permit a line.
    Text(PathBuf),
    /// What cannot be looked into.
    Closed(PathBuf, io::Error),
}

impl Source {
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Picture(path) | Self::Text(path) | Self::Closed(path, _) => path,
        }
    }

    /// A named file that is no picture but text is taken as one; in folders only pictures are looked at.
    fn of(found: Found, named: &[PathBuf]) -> Self {
        match found {
            Found::Closed(path, cause) => Self::Closed(path, cause),
            Found::Picture(path) if named.contains(&path) && is_text(&path) => Self::Text(path),
            Found::Picture(path) => Self::Picture(path),
        }
    }
}

impl<'t> Plan<'t> {
    /// Walks the paths and settles every question.
    pub(crate) fn new(
        paths: &[PathBuf],
        ask: &Question,
        manifest: Option<&'t Manifest>,
        bench: &Bench<'t>,
        desk: &Desk,
    ) -> Result<Self, Fault> {
        let (scanner, files): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.iter().cloned().partition(|path| path == Path::new("-"));
        let Walk { found, passed } = walk::pictures(&files);
        let sources: Vec<Source> =
            found.into_iter().map(|found| Source::of(found, &files)).collect();
        if sources.is_empty() && scanner.is_empty() {
            return Err(Fault::new(Exit::Unreadable, "verify-empty")
                .at(files.first().map_or(Path::new("."), PathBuf::as_path)));
        }
        let resolve = Resolve { ask, bench, desk };
        let wanted = manifest.map(|manifest| manifest.of(sources.iter().map(Source::path)));
        let mut task = None;
        let mut jobs = Vec::with_capacity(sources.len());
        for (index, source) in sources.into_iter().enumerate() {
            let wanted: &'t [Wanted] =
                wanted.as_ref().and_then(|wanted| wanted.get(index).copied()).unwrap_or_default();
            let tasks = if wanted.is_empty() {
                vec![resolve.once(&mut task, manifest.is_some().then_some(source.path()))?]
            } else {
                wanted
                    .iter()
                    .map(|wanted| resolve.wanted(wanted, source.path()))
                    .collect::<Result<_, _>>()?
            };
            jobs.push(Job { source, tasks });
        }
        if !scanner.is_empty() {
            resolve.once(&mut task, None)?;
        }
        let missing = manifest
            .map(|manifest| manifest.missing(&files, jobs.iter().map(|job| job.source.path())));
        let missing = missing.unwrap_or_default().into_iter().map(Path::to_owned).collect();
        Ok(Self { jobs, scanner: !scanner.is_empty(), missing, passed, task })
    }

    /// The question of the command line.
    pub(crate) fn task(&self) -> Result<&Task<'t>, Fault> {
        self.task
            .as_ref()
            .ok_or_else(|| Fault::new(Exit::Usage, "verify-no-place").with("missing", "--crossing"))
    }
}

/// Whatever is needed to settle a question.
struct Resolve<'a, 't> {
    ask: &'a Question,
    bench: &'a Bench<'t>,
    desk: &'a Desk,
}

impl<'t> Resolve<'_, 't> {
    /// The question of the command line, settled when it is first needed.
    fn once(
        &self,
        task: &mut Option<Task<'t>>,
        unlisted: Option<&Path>,
    ) -> Result<Task<'t>, Fault> {
        if let Some(task) = task {
            return Ok(*task);
        }
        let missing = self.missing(&Ask::default());
        if !missing.is_empty() {
            let fault = |id| Fault::new(Exit::Usage, id).with("missing", missing.join(", "));
            return Err(unlisted.map_or_else(
                || fault("verify-no-place"),
                |path| fault("verify-unlisted").at(path),
            ));
        }
        let setting = self.setting(&Ask::default()).map_err(|what| self.explain(what, None))?;
        Ok(*task.insert(Task { wanted: None, setting }))
    }

    fn wanted(&self, wanted: &'t Wanted, path: &Path) -> Result<Task<'t>, Fault> {
        let missing = self.missing(&wanted.ask);
        if !missing.is_empty() {
            return Err(Fault::new(Exit::Usage, "verify-unlisted")
                .at(path)
                .with("missing", missing.join(", ")));
        }
        let setting = self.setting(&wanted.ask).map_err(|what| self.explain(what, Some(path)))?;
        Ok(Task { wanted: Some(wanted), setting })
    }

    /// The options that neither the manifest nor the command line gives.
    fn missing(&self, own: &Ask) -> Vec<&'static str> {
        [
            ("--crossing", own.crossing.is_none() && self.ask.crossing.is_none()),
            ("--side", own.side.is_none() && self.ask.side.is_none()),
            ("--direction", own.direction.is_none() && self.ask.direction.is_none()),
        ]
        .into_iter()
        .filter_map(|(name, missing)| missing.then_some(name))
        .collect()
    }

    fn setting(&self, own: &Ask) -> Result<Setting<'t>, Unclear> {
        let said = own
            .crossing
            .as_ref()
            .map(ToString::to_string)
            .or_else(|| self.ask.crossing.clone())
            .unwrap_or_default();
        let crossing =
            place::crossing(self.bench.trust.zone(), &said).ok_or(Unclear::Crossing(said))?;
        let side = match &own.side {
            Some(side) => place::side(side).map_err(|_| Unclear::Other("side", side.clone()))?,
            None => self.ask.side.unwrap_or(permit_core::Side::A),
        };
        let direction = match &own.direction {
            Some(way) => {
                place::direction(way).map_err(|_| Unclear::Other("direction", way.clone()))?
            }
            None => self.ask.direction.unwrap_or(permit_core::Direction::Entry),
        };
        let at = match &own.at {
            Some(at) => Some(at.parse::<At>().map_err(|_| Unclear::Other("at", at.clone()))?),
            None => self.ask.at,
        };
        let checkpoint = Checkpoint { crossing: crossing.number, side, direction };
        let verifier = Verifier::new(self.bench.trust, checkpoint);
        let verifier = verifier.map_err(|_| Unclear::Crossing(crossing.number.to_string()))?;
        Ok(Setting { verifier, checkpoint, at: at.map(|at| at.at(&crossing)) })
    }

    /// Says what is unclear; for a crossing, with all there are.
    fn explain(&self, what: Unclear, path: Option<&Path>) -> Fault {
        let exit = if path.is_some() { Exit::Unreadable } else { Exit::Usage };
        match what {
            Unclear::Other(field, value) => {
                let fault =
                    Fault::new(exit, "manifest-ask").with("field", field).with("value", value);
                fault.at(path.unwrap_or(Path::new("")))
            }
            Unclear::Crossing(said) => {
                let words = &self.desk.words;
                let what = words.with("verify-crossing", &[("value", said.into())]);
                self.desk.out.complain(&what, &words.get("verify-crossing.next"), words);
                for line in place::list(self.bench.trust.zone()) {
                    self.desk.out.note(&Line::new().plain("    ").plain(&line));
                }
                Fault::quiet(exit)
            }
        }
    }
}

/// What nobody can make sense of.
enum Unclear {
    /// A crossing that is not in the register.
    Crossing(String),
    /// Another field of a manifest, and its value.
    Other(&'static str, String),
}

/// Whether a file is text, by its beginning: no picture, and no zero byte.
fn is_text(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = permit_file::open(path, &permit_file::Ask::named(u64::MAX))
        .is_ok_and(|file| file.take(1024).read_to_end(&mut head).is_ok());

    read && !head.is_empty() && Format::of(&head).is_none() && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn text_is_told_from_pictures() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes, text) in [
            ("a", &b"BP1:ABC\r\n"[..], true),
            ("b", b"", false),
            ("c", b"\x89PNG\r\n\x1a\n", false),
            ("d", b"\0\0", false),
            ("e", "中文".as_bytes(), true),
            ("f", b"P5 1 1 255 x", false),
        ] {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            assert_eq!(is_text(&path), text, "{name}");
        }
        assert!(!is_text(folder.path()));
    }
}
