//! From something in view to a verdict.
//!
//! A permit that is held gets one verdict, until it left for a while. Beside another symbol it gets none, unless that lay
//! there before it came. Texts are remembered as digests only.

use std::sync::Arc;

use permit_core::{TerminalFault, sha256};
use permit_parts::is_part;

use crate::record::{Entry, RecordFault};

use super::action::{Action, Told};
use super::edge::{CameraState, CrossingView, ListsView};
use super::event::{Asked, Hint, Judged, Moment, Seen, Source, Symbol};
use super::settings::Settings;
use super::state::{Question, Standing, State, entry};
use super::view::{Class, Notice, Part, seconds};
use super::{Machine, direction};

/// The codes in view that got their verdict.
#[derive(Debug, Default)]
pub(super) struct Held(Vec<Had>);

/// A code that got its verdict.
#[derive(Clone, Copy, Debug)]
struct Had {
    digest: [u8; 32],
    /// When it was seen last.
    seen: u64,
    /// Nobody attended to its verdict: it is not asked about again for a glimpse.
    left: bool,
}

/// A code that is seen and not read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unread {
    /// Since when.
    since: u64,
    /// When it was seen last.
    seen: u64,
}

impl Held {
    fn has(&self, text: &[u8]) -> bool {
        let digest = sha256(&[text]);
        self.0.iter().any(|had| had.digest == digest)
    }

    fn hold(&mut self, text: &[u8], ms: u64) {
        let digest = sha256(&[text]);
        self.0.retain(|had| had.digest != digest);
        self.0.insert(0, Had { digest, seen: ms, left: false });
        self.0.truncate(MOST);
    }

    /// Its verdict was closed because nobody attended to it.
    pub(super) fn quieten(&mut self, text: &[u8]) {
        let digest = sha256(&[text]);
        self.0.iter_mut().filter(|had| had.digest == digest).for_each(|had| had.left = true);
    }

    /// It is to get another verdict.
    fn release(&mut self, text: &[u8]) {
        let digest = sha256(&[text]);
        self.0.retain(|had| had.digest != digest);
    }

    /// Nobody saw what stayed and what left.
    fn forget(&mut self) {
        self.0.retain(|had| had.left);
    }

    /// Keeps what is still there and drops what has left.
    fn update(&mut self, texts: &[Vec<u8>], ms: u64, (gone_ms, left_ms): (u64, u64)) {
        for text in texts {
            let digest = sha256(&[text]);
            self.0.iter_mut().filter(|had| had.digest == digest).for_each(|had| had.seen = ms);
        }
        self.0.retain(|had| ms < had.seen + if had.left { left_ms } else { gone_ms });
    }
}

impl Machine {
    pub(super) fn seen(&mut self, seen: &Seen, at: Moment) {
        let ms = at.ms;
        if seen.cut {
            self.held = Held::default();
            self.unread = None;
            let looking = matches!(self.state, State::Looking { .. });
            if looking || !self.settings.attended && matches!(self.state, State::Verdict(_)) {
                self.home();
            }
        }
        let Settings { gone_ms, left_ms, .. } = self.settings;
        self.held.update(&seen.texts, ms, (gone_ms, left_ms));
        if self.is_gathering() {
            return self.watch(seen, ms);
        }
        let permits = seen.texts.iter().filter(|text| is_permit(text)).count();
        self.crowd(seen, at);
        if !self.is_looking(permits) {
            return;
        }
        if permits == 0 && seen.texts.iter().any(|text| is_part(text)) {
            return self.point_out(ms);
        }
        // Taken away and shown again while its verdict stands, a permit changes nothing under the guard's finger.
        if self.settings.attended
            && let Some(text) = seen.texts.iter().find(|text| is_permit(text) && self.stands(text))
        {
            return self.held.hold(text, ms);
        }
        let fresh = |text: &&Vec<u8>| !self.held.has(text) && (permits == 0 || is_permit(text));
        if let Some(text) = seen.texts.iter().find(fresh).cloned() {
            self.meet(text, seen, at);
        } else if let Some(hint) = self.advice(seen, ms)
            && !matches!(self.state, State::Verdict(_))
        {
            self.look(hint, ms);
        }
    }

    /// What would help to read what is in view; once it was seen for long, that it cannot be read.
    fn advice(&mut self, seen: &Seen, ms: u64) -> Option<Hint> {
        let Settings { gone_ms, unread_ms, .. } = self.settings;
        self.unread.take_if(|it| ms >= it.seen + gone_ms || !seen.texts.is_empty());
        if seen.unread && seen.texts.is_empty() {
            let since = self.unread.map_or(ms, |it| it.since);
            self.unread = Some(Unread { since, seen: ms });
        }
        let long = self.unread.is_some_and(|it| ms >= it.since + unread_ms);
        if long { Some(Hint::TypeNumber) } else { seen.hint.filter(|_| seen.texts.is_empty()) }
    }

    /// A code that had no verdict yet: it gets one, unless nobody could tell which symbol it is about.
    fn meet(&mut self, text: Vec<u8>, seen: &Seen, at: Moment) {
        let of = |symbol: &&Symbol| symbol.text.as_deref() == Some(&text[..]);
        let age = seen.symbols.iter().find(of).map_or(0, |symbol| symbol.age);
        let came = at.ms.saturating_sub(age);
        let beside = self.is_beside_others(&text, came, seen, at.ms);
        if beside && !matches!(self.state, State::Verdict(_)) {
            self.look(Hint::Several, at.ms);
        }
        // What blinks for a frame has not left.
        if beside || matches!(self.state, State::Looking { hint: Hint::Several, .. }) {
            return;
        }
        self.held.hold(&text, at.ms);
        self.not_decided(None, at);
        self.ask(Asked::Text(text), Source::Camera, seen.picture, came);
    }

    /// Whether another symbol is in view that was not there before this code came, or may be among what was not looked
    /// at. What got its verdict and still lies there is no more than what lay there before.
    fn is_beside_others(&self, text: &[u8], came: u64, seen: &Seen, ms: u64) -> bool {
        if seen.crowded {
            return true;
        }
        let placed = |text: &[u8]| seen.symbols.iter().any(|it| it.text.as_deref() == Some(text));
        let loose = seen.texts.iter().filter(|it| !placed(it)).map(|it| (Some(&it[..]), ms));
        let symbols = seen.symbols.iter();
        let symbols = symbols.map(|it| (it.text.as_deref(), ms.saturating_sub(it.age)));
        symbols.chain(loose).any(|(other, since)| {
            let dealt = other.is_some_and(|it| self.held.has(it) && !self.stands(it));
            other != Some(text) && !dealt && since + LAIN > came
        })
    }

    /// Another symbol beside the code whose verdict stands: green is taken back, since nobody can tell any more which
    /// of them it is about; on anything else nobody is let through until one is left.
    fn crowd(&mut self, seen: &Seen, at: Moment) {
        let State::Verdict(standing) = &self.state else { return };
        let Asked::Text(text) = &standing.judged.asked else { return };
        let (class, came) = (standing.class(), standing.came);
        if standing.source != Source::Camera
            || !self.settings.attended
            || class == Class::NotAPermit
        {
            return;
        }
        let there = seen.texts.contains(text)
            || seen.symbols.iter().any(|it| it.text.as_ref() == Some(text));
        let beside = there && self.is_beside_others(text, came, seen, at.ms);
        if beside && class == Class::Valid {
            let text = text.clone();
            self.held.release(&text);
            self.not_decided(None, at);
            self.look(Hint::Several, at.ms);
            return;
        }
        let linger = self.settings.linger_ms;
        if let State::Verdict(standing) = &mut self.state {
            let before = standing.crowded.filter(|last| at.ms < last + linger);
            standing.crowded = if beside { Some(at.ms) } else { before };
        }
    }

    pub(super) fn scanned(&mut self, mut text: Vec<u8>, at: Moment) {
        let ms = at.ms;
        if is_permit(&text) || is_part(&text) {
            self.health.scanner.fault = None;
        }
        while text.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            text.pop();
        }
        if self.is_gathering() {
            return self.gather(&text, ms);
        }
        if is_part(&text) {
            return self.point_out(ms);
        }
        if !text.is_empty() && !self.stands(&text) && self.may_ask() {
            self.held.hold(&text, ms);
            self.not_decided(self.officer(), at);
            self.ask(Asked::Text(text), Source::Scanner, None, ms);
        }
    }

    /// Whether the verdict on the screen is about this very text.
    fn stands(&self, text: &[u8]) -> bool {
        self.state.standing().is_some_and(
            |standing| matches!(&standing.judged.asked, Asked::Text(asked) if asked == text),
        )
    }

    /// A judgement came: its entry is made durable before anybody sees it.
    pub(super) fn judged(&mut self, judged: Judged, at: Moment) {
        let State::Judging(question) = &self.state else { return };
        let question = question.clone();
        let judged = Arc::new(judged);
        let class = Class::of(&judged.judgement.verdict);
        if class == Class::NotAPermit {
            self.show(judged, &question, at);
            return;
        }
        let entry = Entry {
            at: at.now.certain(),
            officer: self.officer(),
            ..entry(Some(&judged), self.here)
        };
        self.state = State::Recording { question, judged };
        self.out.push(Action::Append(entry));
    }

    /// The entry of a verdict is durable, or is not: then it is judged again, knowing so.
    pub(super) fn kept(&mut self, done: Result<(), RecordFault>, at: Moment) {
        let State::Recording { question, judged } = &self.state else { return };
        let (mut question, judged) = (question.clone(), Arc::clone(judged));
        self.heard(done);
        let green = Class::of(&judged.judgement.verdict) == Class::Valid;
        let fault = self.health.fault();
        if question.again || !(done.is_err() || green && fault.is_some()) {
            // Judged with the fault in hand, nothing is green; this only makes it impossible.
            if !(green && fault.is_some()) {
                self.show(judged, &question, at);
            } else {
                self.home();
            }
            return;
        }
        question.again = true;
        self.judge(question, fault);
    }

    fn show(&mut self, judged: Arc<Judged>, question: &Question, at: Moment) {
        let judgement = &judged.judgement;
        let class = Class::of(&judgement.verdict);
        let code = judgement.verdict.code();
        let also = judgement.also.iter().map(|finding| finding.reason.code()).collect();
        self.came();
        self.count_verdict(class);
        self.remember(CrossingView {
            seconds: seconds(at.now.certain()),
            direction: direction(judged.here.direction),
            code: Some(code),
            class: Some(class),
            decision: None,
        });
        self.tell(Told::Verdict {
            code,
            class,
            also,
            source: question.source,
            picture: question.picture,
        });
        if question.overtakes {
            self.notify(Notice::Overtaken, at.ms);
        }
        let settled = if question.overtakes { at.ms + SETTLING_MS } else { at.ms };
        let (source, since) = (question.source, at.ms);
        let number = self.numbers.next();
        let (came, crowded) = (question.came, None);
        let mut standing =
            Standing { number, judged, source, since, chosen: 0, came, crowded, settled };
        standing.chosen = standing.first(!self.is_locked());
        self.state = State::Verdict(standing);
        // The same class again sounds again.
        self.signal = None;
    }

    pub(super) fn ask(&mut self, asked: Asked, source: Source, picture: Option<u32>, came: u64) {
        let question = Question { asked, source, picture, came, again: false, overtakes: false };
        self.judge(question, self.health.fault());
    }

    /// The verdict that stands no longer holds: the permit is judged again.
    pub(super) fn changed(&mut self) {
        let State::Verdict(Standing { judged, source, came, .. }) = &self.state else { return };
        let (asked, source, came) = (judged.asked.clone(), *source, *came);
        let (picture, again, overtakes) = (None, false, true);
        let question = Question { asked, source, picture, came, again, overtakes };
        self.judge(question, self.health.fault());
    }

    fn judge(&mut self, question: Question, fault: Option<TerminalFault>) {
        self.out.push(Action::Judge { asked: question.asked.clone(), here: self.here, fault });
        self.state = State::Judging(question);
    }

    /// Whether a deliberate scan or number is taken now: it is the guard's own act.
    pub(super) fn may_ask(&self) -> bool {
        self.health.lists.lack.is_none()
            && matches!(
                self.state,
                State::Waiting
                    | State::Looking { .. }
                    | State::OutOfOrder(_)
                    | State::Verdict(_)
                    | State::Updating
            )
    }

    /// Lists are there, or older, or missing.
    pub(super) fn listed(&mut self, lists: ListsView) {
        let before = core::mem::replace(&mut self.health.lists, lists);
        let free =
            matches!(self.state, State::Waiting | State::Looking { .. } | State::OutOfOrder(_));
        if before.lack != lists.lack && free {
            self.home();
        }
    }

    /// There was nothing to judge by.
    pub(super) fn unjudged(&mut self) {
        if matches!(self.state, State::Judging(_)) {
            self.home();
        }
    }

    /// Whether what the camera sees is looked at now: another permit follows a valid one, nothing follows any other
    /// verdict before the guard acted, and nothing is read from a picture that is not to be relied upon.
    fn is_looking(&self, permits: usize) -> bool {
        if self.health.camera.is_fault() || self.health.lists.lack.is_some() {
            return false;
        }
        match &self.state {
            // Until new lists are taken, permits are judged by the old ones.
            State::Waiting | State::Looking { .. } | State::OutOfOrder(_) | State::Updating => true,
            State::Verdict(standing) => {
                permits > 0 && (standing.class() == Class::Valid || !self.settings.attended)
            }
            _ => false,
        }
    }

    fn look(&mut self, hint: Hint, ms: u64) {
        if hint == Hint::MoreLight && !self.illuminated {
            self.illuminated = true;
            self.out.push(Action::Illuminate(true));
        }
        self.state = State::Looking { hint, at: ms };
    }

    pub(super) fn camera(&mut self, camera: CameraState) {
        self.health.camera = camera;
        if camera.is_fault() {
            // Nobody saw what stayed and what left meanwhile.
            self.held.forget();
        }
        if matches!(self.state, State::Waiting | State::Looking { .. } | State::OutOfOrder(_)) {
            self.home();
        }
    }

    /// A lamp that stays dark or a relay that stays shut is as bad as a test that failed.
    pub(super) fn pins(&mut self, good: bool) {
        self.health.pins = Some(good);
        if matches!(self.state, State::Waiting | State::Looking { .. } | State::OutOfOrder(_)) {
            self.home();
        }
    }

    pub(super) fn tested(&mut self, parts: Vec<Part>) {
        self.health.parts = parts;
        if matches!(self.state, State::Starting | State::OutOfOrder(_)) {
            self.home();
        }
    }
}

/// Whether a text wants to be a permit.
fn is_permit(text: &[u8]) -> bool {
    text.starts_with(b"BP") && text.iter().take(8).any(|byte| *byte == b':')
}

/// What came so long before a code lay there before, in milliseconds: two cards laid down by one hand did not.
const LAIN: u64 = 2_000;
/// Codes in view that are remembered.
const MOST: usize = 8;
/// A finger that was on its way to the verdict before has landed by then.
const SETTLING_MS: u64 = 1_000;
