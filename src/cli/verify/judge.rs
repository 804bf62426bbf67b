//! From a picture or a line of text to verdicts.
//!
//! One picture may hold several codes: each is judged and each gets a record, and so does every code that a manifest
//! wants and nobody read. Nothing is printed or counted here, so that pictures can be judged side by side.

use std::path::Path;
use std::time::SystemTime;

use permit_core::{
    Checkpoint, Foreign, Judgement, NoLedger, Now, Trust, UnixTime, Verdict, Verifier,
};
use permit_symbol::load::{self, LoadError, Picture};
use permit_symbol::{Code, GreyBuf, Joined, Seen, Sight, Wear};
use permit_words::verdict::{self, Guidance};
use permit_words::{Light, Places, Spoken, Words, clean};

use super::record::{Asked, Ms, Outcome, Record, Stage, Worn};
use crate::clock::Stopwatch;
use crate::manifest::{NOT_READ, Wanted};
use crate::picture;
use crate::report::Thumb;

/// A question with everything needed to answer it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'t> {
    /// Who answers.
    pub(crate) verifier: Verifier<'t>,
    /// Where it is asked.
    pub(crate) checkpoint: Checkpoint,
    /// When, where it was set by hand.
    pub(crate) at: Option<UnixTime>,
}

/// A code that is wanted, and the question about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task<'t> {
    /// What the manifest says; `None` where it says nothing of the picture.
    pub(crate) wanted: Option<&'t Wanted>,
    /// The question.
    pub(crate) setting: Setting<'t>,
}

/// A verdict for programs and for people.
#[derive(Debug, Clone)]
pub(crate) struct Scan {
    /// For programs.
    pub(crate) record: Record,
    /// For people.
    pub(crate) spoken: Spoken,
}

/// What one picture gave.
#[derive(Debug)]
pub(crate) struct Judged {
    /// At least one.
    pub(crate) scans: Vec<Scan>,
    /// A small copy, where a report is written.
    pub(crate) thumb: Option<Thumb>,
}

/// Whoever judges: shared by all threads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bench<'t> {
    /// What was accepted.
    pub(crate) trust: &'t Trust<'t>,
    /// The language of the sentences.
    pub(crate) words: &'t Words,
    /// Whether names of permits go into the records.
    pub(crate) names: bool,
    /// Whether small copies are made.
    pub(crate) thumbs: bool,
}

/// The clock of this computer.
pub(crate) fn clock() -> Option<UnixTime> {
    let seconds = match SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).ok()?,
        Err(before) => -i64::try_from(before.duration().as_secs()).ok()?,
    };
    Some(UnixTime(seconds))
}

impl Bench<'_> {
    /// Every code of a picture file, page by page.
    pub(crate) fn picture(&self, path: &Path, tasks: &[Task<'_>]) -> Vec<Judged> {
        let file = path.to_string_lossy();
        let watch = Stopwatch::start();
        let mut pages = match load::open(path) {
            Err(error) => return vec![self.closed(&file, &error, tasks)],
            Ok(pages) => pages,
        };
        let mut all = Vec::new();
        let mut ms = watch.ms();
        loop {
            let watch = Stopwatch::start();
            let Some(page) = pages.next() else { break };
            ms += watch.ms();
            all.push(match page {
                Ok(picture) => self.page(&file, &picture, ms, tasks),
                Err(error) => self.closed(&file, &error, tasks),
            });
            ms = 0.0;
        }
        if all.len() > 1 {
            for (judged, number) in all.iter_mut().zip(1..) {
                judged.scans.iter_mut().for_each(|scan| scan.record.page = Some(number));
            }
        }
        all
    }

    /// One line of a text, or one scan of a hand scanner.
    pub(crate) fn text(&self, file: &str, line: u32, scan: &[u8], task: &Task<'_>) -> Scan {
        let mut scan = self.scan(file, scan, task);
        scan.record.line = Some(line);
        scan
    }

    /// A file that is no picture after all, or cannot be looked into.
    pub(crate) fn closed(&self, file: &str, error: &LoadError, tasks: &[Task<'_>]) -> Judged {
        let mut record = Record::new(file.to_owned(), Stage::Closed);
        record.error = Some(match error {
            LoadError::Unreadable(cause) => format!("cannot be read: {}", cause.kind()),
            other => other.to_string(),
        });
        if let Some(Task { wanted: Some(wanted), .. }) = tasks.first() {
            about(&mut record, wanted);
        }
        let mut spoken = unread(Guidance::Nothing, self.words);
        spoken.sentence.title = self.words.get("verify-closed");
        spoken.sentence.reason = picture::says(error, self.words);
        spoken.sentence.next = self.words.get("verify-closed.next");
        Judged { scans: vec![Scan { record, spoken }], thumb: None }
    }

    fn page(&self, file: &str, picture: &Picture, load: f64, tasks: &[Task<'_>]) -> Judged {
        let watch = Stopwatch::start();
        let Seen { codes, sights, cousins, complete, .. } = picture.look();
        let (note, picture) = (picture.note, &picture.grey);
        let mut ms = Ms { load, read: watch.ms(), verify: 0.0 };
        let codes = whole(codes);
        let mut scans = Vec::new();
        for (code, task) in pair(&codes, tasks) {
            let mut scan = match code {
                Some(code) if code.append.is_some() => self.part(file, code, task),
                Some(code) => self.code(file, code, task),
                None => self.nothing(file, picture, &sights, task),
            };
            ms.verify = scan.record.ms.verify;
            scan.record.ms = ms;
            scan.record.complete = complete;
            let noted = note.and_then(|note| picture::noted(note, self.words));
            scan.spoken.notes.extend(noted);
            let small = cousins.iter().map(|cousin| picture::small(cousin.kind, self.words));
            scan.spoken.notes.extend(small);
            if !complete {
                scan.spoken.notes.push(self.words.get("read-incomplete"));
            }
            scan.record.index = u32::try_from(scans.len()).unwrap_or(u32::MAX);
            scans.push(scan);
        }
        let thumb = self.thumbs.then(|| Thumb::of(picture)).flatten();
        Judged { scans, thumb }
    }

    /// The verdict on a code that was read.
    pub(crate) fn code(&self, file: &str, code: &Code, task: &Task<'_>) -> Scan {
        let mut scan = self.scan(file, &code.bytes, task);
        scan.record.symbol = Some(code.into());
        if scan.record.text.is_some() {
            scan.record.text = code.text().as_deref().map(shortened).or(scan.record.text);
        }
        scan.record.wear = Wear::of(code).as_ref().map(Worn::from);
        scan
    }

    /// The verdict on the bytes of a scan.
    fn scan(&self, file: &str, bytes: &[u8], task: &Task<'_>) -> Scan {
        let Setting { verifier, checkpoint, at } = task.setting;
        let watch = Stopwatch::start();
        let trust = self.trust;
        let system = || Now::above(clock(), &trust.proof());
        let now = at.map_or_else(system, |at| Now::by_hand(at, trust.newest()));
        let judgement = verifier.verify(bytes, &NoLedger, &now);
        let verify = watch.ms();
        let mut record = Record::new(file.to_owned(), Stage::Decoded);
        record.judged(&judgement);
        record.ms.verify = verify;
        record.asked = Some(Asked::new(checkpoint, now.clock()));
        record.text = excerpt(&judgement.verdict, bytes);
        record.names = self.names.then(|| names(&judgement)).flatten();
        if let Some(wanted) = task.wanted {
            about(&mut record, wanted);
            record.outcome = Some(held_against(wanted, bytes, record.code));
        }
        let places = Places::new(self.trust, Some(checkpoint.crossing));
        Scan { record, spoken: verdict::judgement(&judgement, &places, self.words) }
    }

    /// That a code is part of a message, of which other parts are missing: nothing can be said of it alone.
    fn part(&self, file: &str, code: &Code, task: &Task<'_>) -> Scan {
        let mut scan = self.unread(file, Stage::Decoded, Guidance::Nothing, task);
        scan.record.symbol = Some(code.into());
        if let Some(append) = code.append {
            let values = [("part", (append.index + 1).into()), ("of", append.count.into())];
            scan.spoken.sentence.title = self.words.get("verify-part");
            scan.spoken.sentence.reason = self.words.with("verify-part.which", &values);
            scan.spoken.sentence.next = self.words.get("verify-part.next");
            scan.spoken.heading.clone_from(&scan.spoken.sentence.title);
        }
        scan
    }

    fn nothing(&self, file: &str, picture: &GreyBuf, sights: &[Sight], task: &Task<'_>) -> Scan {
        let stage = if sights.is_empty() { Stage::Opened } else { Stage::Found };
        self.unread(file, stage, guess(picture, sights), task)
    }

    /// That nothing was read, and why.
    pub(crate) fn unread(&self, file: &str, stage: Stage, why: Guidance, task: &Task<'_>) -> Scan {
        let mut record = Record::new(file.to_owned(), stage);
        let Setting { checkpoint, at, .. } = task.setting;
        record.asked = Some(Asked::new(checkpoint, at.or_else(clock)));
        if let Some(wanted) = task.wanted {
            about(&mut record, wanted);
            record.outcome = Some(match wanted.code {
                Some(NOT_READ) => Outcome::Right,
                _ if wanted.must_be_read() => Outcome::Lost,
                _ => Outcome::Missed,
            });
        }
        Scan { record, spoken: unread(why, self.words) }
    }
}

/// What the manifest says of a picture.
fn about(record: &mut Record, wanted: &Wanted) {
    record.kind.clone_from(&wanted.kind);
    record.strength = wanted.strength;
    record.expected = wanted.code;
}

fn held_against(wanted: &Wanted, bytes: &[u8], code: u8) -> Outcome {
    match (&wanted.payload, wanted.code) {
        (_, Some(NOT_READ)) => Outcome::Misread,
        (Some(payload), _) if payload != bytes => Outcome::Misread,
        (_, Some(expected)) if expected != code => Outcome::Wrong,
        _ => Outcome::Right,
    }
}

/// Which code answers which task: by its bytes, then in order; what is left over stays alone.
fn pair<'c, 'a, 't>(
    codes: &'c [Code],
    tasks: &'a [Task<'t>],
) -> Vec<(Option<&'c Code>, &'a Task<'t>)> {
    let mut pairs = Vec::new();
    let mut answered = vec![false; tasks.len()];
    let mut left = Vec::new();
    for code in codes {
        let same = |task: &Task<'_>| {
            task.wanted.and_then(|wanted| wanted.payload.as_ref()) == Some(&code.bytes)
        };
        // A card that is seen twice answers its task twice.
        let free = (0..tasks.len()).find(|&index| !answered[index] && same(&tasks[index]));
        match free.or_else(|| tasks.iter().position(same)) {
            Some(index) => {
                answered[index] = true;
                pairs.push((Some(code), &tasks[index]));
            }
            None => left.push(code),
        }
    }
    let open = |task: &Task<'_>| task.wanted.is_none_or(|wanted| wanted.payload.is_none());
    for code in left {
        let of = |kind: &dyn Fn(&Task<'_>) -> bool| {
            (0..tasks.len()).find(|&index| !answered[index] && kind(&tasks[index]))
        };
        let index = of(&open).or_else(|| of(&|_| true));
        if let Some(index) = index
            && tasks[index].wanted.is_some()
        {
            answered[index] = true;
        }
        pairs.extend(tasks.get(index.unwrap_or(0)).map(|task| (Some(code), task)));
    }
    for (task, _) in tasks.iter().zip(&answered).filter(|(_, answered)| !**answered) {
        if task.wanted.is_some() || pairs.is_empty() {
            pairs.push((None, task));
        }
    }
    pairs
}

/// The beginning of another text; what other systems' codes say of their holders stays out.
fn excerpt(verdict: &Verdict, bytes: &[u8]) -> Option<String> {
    match verdict {
        Verdict::NotAPermit(Foreign::Text | Foreign::Link) => {
            Some(shortened(&String::from_utf8_lossy(bytes)))
        }
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Codes with each message whose parts are all there in the place of its first part.
fn whole(mut codes: Vec<Code>) -> Vec<Code> {
    let mut spent = vec![false; codes.len()];
    for Joined { parts, bytes, segments, .. } in permit_symbol::join(&codes) {
        for &part in &parts {
            spent[part] = true;
        }
        if let Some(&first) = parts.first() {
            spent[first] = false;
            let code = &mut codes[first];
            (code.bytes, code.segments, code.append) = (bytes, segments, None);
        }
    }
    let mut spent = spent.into_iter();
    codes.retain(|_| !spent.next().unwrap_or(false));
    codes
}

fn names(judgement: &Judgement) -> Option<Vec<String>> {
    let permit = judgement.permit.as_ref()?;
    let native = permit.native.as_deref();
    Some(
        [Some(permit.latin.as_str()), native]
            .into_iter()
            .flatten()
            .map(|name| clean(name).into_owned())
            .collect(),
    )
}

fn unread(why: Guidance, words: &Words) -> Spoken {
    let sentence = verdict::guidance(why, words);
    Spoken {
        light: Light::Grey,
        heading: sentence.title.clone(),
        sentence,
        also: Vec::new(),
        notes: Vec::new(),
    }
}

/// Why nothing was read, as far as the picture tells.
fn guess(picture: &GreyBuf, sights: &[Sight]) -> Guidance {
    let small = |sight: &Sight| {
        let [a, b, ..] = sight.corners;
        (b.x - a.x).hypot(b.y - a.y) / f32::from(17 + 4 * u16::from(sight.version)) < FAR
    };
    if sights.iter().any(small) {
        return Guidance::Far;
    }
    let sum: u64 = picture.pixels().iter().map(|&luma| u64::from(luma)).sum();
    if sum < DARK * picture.pixels().len() as u64 { Guidance::Dark } else { Guidance::Nothing }
}

/// Pixels a module, below which a code is too small.
const FAR: f32 = 2.0;

/// Mean luma below which a picture is too dark.
const DARK: u64 = 40;

/// Characters of another text that are kept.
const EXCERPT: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_against_what_is_wanted() {
        let wanted = |payload: Option<&[u8]>, code| Wanted {
            payload: payload.map(Into::into),
            code,
            ..Wanted::default()
        };
        for (outcome, wanted, bytes, code) in [
            (Outcome::Right, wanted(Some(b"x"), Some(31)), b"x", 31),
            (Outcome::Wrong, wanted(Some(b"x"), Some(31)), b"x", 0),
            (Outcome::Misread, wanted(Some(b"x"), Some(31)), b"y", 31),
            (Outcome::Misread, wanted(None, Some(NOT_READ)), b"y", 11),
            (Outcome::Right, wanted(Some(b"x"), None), b"x", 20),
            (Outcome::Right, wanted(None, Some(11)), b"y", 11),
        ] {
            assert_eq!(held_against(&wanted, bytes, code), outcome, "{wanted:?} {code}");
        }
    }

    #[test]
    fn other_peoples_data_stays_out() {
        assert_eq!(excerpt(&Verdict::NotAPermit(Foreign::HealthCertificate), b"HC1:6BF"), None);
        assert_eq!(excerpt(&Verdict::NotAPermit(Foreign::TravelDocument), b"P<UTO"), None);
        assert_eq!(
            excerpt(&Verdict::NotAPermit(Foreign::Text), b"hello").as_deref(),
            Some("hello")
        );
        let long = excerpt(&Verdict::NotAPermit(Foreign::Link), "https://x/".repeat(99).as_bytes())
            .unwrap();
        assert_eq!(long.chars().count(), EXCERPT + 1);
    }
}
