//! What must hold whatever happens, judged from outside.
//!
//! It knows what was presented, who was asked to decide and what forbids green, reads what the terminal told and what
//! its journal holds, and compares. It asks the terminal nothing and believes no word of it that it can check.

use core::time::Duration;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::chain;
use crate::rule::{Check, Told};

/// Something before a camera or a scanner of a lane.
#[derive(Clone, Copy, Debug)]
struct Shown {
    lane: usize,
    source: &'static str,
    good: bool,
    from: Instant,
    to: Option<Instant>,
    /// Which process it was shown to.
    run: usize,
}

/// An officer on duty asked for an admission.
#[derive(Debug)]
struct Order {
    lane: usize,
    at: Instant,
    used: bool,
}

/// What one process has done since its start.
#[derive(Debug)]
struct Run {
    events: File,
    rest: Vec<u8>,
    /// As late as it can have been, by when its events were read.
    began: Option<Instant>,
    started: Instant,
    /// Seconds since 1970 then, by the true clock.
    wall: i64,
    /// Records that were there before it.
    before: BTreeSet<[u8; 32]>,
    relays: Vec<Instant>,
    /// What it records cannot be read for now.
    blind: bool,
}

/// The judge.
#[derive(Debug, Default)]
pub(crate) struct Oracle {
    run: Option<Run>,
    runs: usize,
    pub(crate) told: Vec<Told>,
    shown: Vec<Shown>,
    orders: Vec<Order>,
    forbidden: Vec<(String, Instant, Option<Instant>)>,
    /// What was found since it was asked last.
    found: Vec<(Check, String)>,
    /// How often each rule was looked at.
    pub(crate) looked: Vec<Check>,
    /// The chain was damaged from outside and is not expected to be whole.
    pub(crate) damaged: bool,
    /// The highest resident memory seen, in KiB.
    pub(crate) most: u64,
    /// And the last one.
    pub(crate) resident: u64,
    pub(crate) relays: usize,
    pub(crate) greens: usize,
}

/// Events are dated by the start of their process, which is known this well.
const SLACK: Duration = Duration::from_millis(600);
/// From a decision to its relay, on a busy machine with a full disk.
const DECIDED: Duration = Duration::from_secs(15);
/// Between a picture and its verdict.
const SEEN: Duration = Duration::from_secs(4);
/// Resident memory, in KiB: two lanes, an update of the largest lists and an officer's PIN at once.
const MEMORY: u64 = 160 * 1024;

impl Run {
    /// When an event was that is read now: no process began later than the earliest of its events allows.
    fn date(&mut self, event: &Value, read: Instant) -> Instant {
        let ms = Duration::from_millis(event["ms"].as_u64().unwrap_or(0));
        let latest = read.checked_sub(ms).unwrap_or(read);
        let began = self.began.map_or(latest, |began| began.min(latest)).max(self.started);
        self.began = Some(began);
        began + ms
    }
}

impl Oracle {
    /// Notes that a rule was looked at, and what broke it.
    pub(crate) fn see(&mut self, check: Check, broken: Option<String>) {
        self.looked.push(check);
        self.found.extend(broken.map(|what| (check, what)));
    }

    /// What was found since this was asked last.
    pub(crate) fn take(&mut self) -> Vec<(Check, String)> {
        core::mem::take(&mut self.found)
    }

    /// A process is about to start.
    pub(crate) fn begin(&mut self, events: &Path, journal: &Path) {
        self.runs += 1;
        // What lay before a camera still lies there.
        let open: Vec<usize> =
            (0..self.shown.len()).filter(|at| self.shown[*at].to.is_none()).collect();
        for at in open {
            let Shown { lane, source, good, .. } = self.shown[at];
            self.clear(lane, source);
            if source == "camera" {
                self.show(lane, source, good);
            }
        }
        let before = chain::records(journal).into_keys().collect();
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        self.run = Some(Run {
            events: File::open(events).unwrap(),
            rest: Vec::new(),
            began: None,
            started: Instant::now(),
            wall: i64::try_from(wall).unwrap(),
            before,
            relays: Vec::new(),
            blind: false,
        });
    }

    /// From now until the next start the journal on the disk is not what the process writes.
    pub(crate) fn blind(&mut self) {
        if let Some(run) = &mut self.run {
            run.blind = true;
        }
    }

    /// Something is presented from now on, in place of what was there.
    pub(crate) fn show(&mut self, lane: usize, source: &'static str, good: bool) {
        self.clear(lane, source);
        let run = self.runs;
        self.shown.push(Shown { lane, source, good, from: Instant::now(), to: None, run });
    }

    /// Nothing is presented any more.
    pub(crate) fn clear(&mut self, lane: usize, source: &'static str) {
        let last = self.shown.iter_mut().filter(|it| it.lane == lane && it.source == source);
        for shown in last.filter(|it| it.to.is_none()) {
            shown.to = Some(Instant::now());
        }
    }

    /// Nothing may be green from then on, because of this.
    pub(crate) fn forbid(&mut self, why: &str, after: Duration) {
        self.forbidden.push((why.to_owned(), Instant::now() + after, None));
    }

    /// What forbade green is about to be put right.
    pub(crate) fn allow(&mut self) {
        for (_, _, end) in self.forbidden.iter_mut().filter(|it| it.2.is_none()) {
            *end = Instant::now().checked_sub(SLACK);
        }
    }

    /// An officer on duty asks for an admission now.
    pub(crate) fn order(&mut self, lane: usize) {
        self.orders.push(Order { lane, at: Instant::now(), used: false });
    }

    /// Nothing comes any more of what was asked for at a lane.
    pub(crate) fn cancel(&mut self, lane: usize) {
        self.orders
            .iter_mut()
            .filter(|order| order.lane == lane)
            .for_each(|order| order.used = true);
    }

    /// Reads what was told since.
    pub(crate) fn pump(&mut self) {
        let Some(run) = &mut self.run else { return };
        let mut bytes = core::mem::take(&mut run.rest);
        // What is not a whole line yet is read again.
        let _ = run.events.read_to_end(&mut bytes);
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        run.rest = bytes.split_off(whole);
        let read = Instant::now();
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let mut all = Vec::new();
        for line in lines {
            let event = serde_json::from_slice::<Value>(line).unwrap_or_default();
            let lane = usize::try_from(event["lane"].as_u64().unwrap_or(1) - 1).unwrap();
            let at = run.date(&event, read);
            all.push(Told { lane, at, event });
        }
        for told in all {
            let unread = told.event.is_null().then(|| "an event is no JSON".to_owned());
            if unread.is_some() {
                self.see(Check::Own, unread);
            }
            self.judge(&told);
            self.told.push(told);
        }
    }

    fn judge(&mut self, told: &Told) {
        if told.is_green() {
            self.greens += 1;
            let why = self.why_not_green(told);
            self.see(Check::Green, why);
        }
        if told.closes() {
            self.relays += 1;
            let order = self.orders.iter_mut().find(|order| {
                let within = order.at <= told.at + SLACK && told.at <= order.at + DECIDED;
                order.lane == told.lane && !order.used && within
            });
            let ordered = order.map(|order| order.used = true).is_some();
            let what =
                || format!("lane {}: a relay closed that no officer asked for", told.lane + 1);
            self.see(Check::Ordered, (!ordered).then(what));
            if let Some(run) = &mut self.run {
                run.relays.push(told.at);
            }
        }
    }

    fn why_not_green(&self, told: &Told) -> Option<String> {
        let lane = told.lane + 1;
        let during = |from: &Instant, to: &Option<Instant>| {
            told.at >= *from && to.is_none_or(|to| told.at <= to)
        };
        if let Some((why, ..)) = self.forbidden.iter().find(|(_, from, to)| during(from, to)) {
            return Some(format!("lane {lane}: green while {why}"));
        }
        let source = told.event["source"].as_str().unwrap_or_default();
        let good = self.shown.iter().any(|it| {
            let late = if it.source == "camera" { SEEN } else { SLACK };
            let to = it.to.map(|to| to + late);
            it.good
                && it.run == self.runs
                && it.lane == told.lane
                && it.source == source
                && it.from <= told.at + SLACK
                && to.is_none_or(|to| told.at <= to)
        });
        (!good).then(|| format!("lane {lane}: green, and no good permit was presented ({source})"))
    }

    /// Holds relays against the journal on the disk.
    pub(crate) fn recorded(&mut self, journal: &Path, officers: &[u16]) {
        // What was told first, so that what is on the disk was there in time or never.
        self.pump();
        let Some(run) = self.run.as_ref().filter(|run| !run.blind) else { return };
        let records = chain::records(journal);
        let since = records.iter().filter(|(hash, _)| !run.before.contains(*hash));
        let admissions = chain::admissions(since.map(|(_, record)| record));
        let unnamed = admissions.iter().find(|admission| {
            !admission.officer.is_some_and(|officer| officers.contains(&officer))
        });
        let unnamed = unnamed.map(|it| format!("admission {} names no officer", it.sequence));
        // Each relay has an admission of its own that is not later than it.
        let mut left = admissions.iter();
        let missing = run.relays.iter().position(|relay| {
            let seconds = relay.saturating_duration_since(run.started).as_secs();
            let at = run.wall + i64::try_from(seconds).unwrap();
            !left.any(|it| it.at.is_none_or(|durable| durable <= at + 2 && at - durable <= 20))
        });
        let count = (run.relays.len(), admissions.len());
        let missing = missing.map(|place| {
            format!(
                "relay {} of {} has none of {} durable admissions before it",
                place + 1,
                count.0,
                count.1
            )
        });
        self.see(Check::Recorded, unnamed.or(missing));
    }

    /// Holds the process's memory against its bound.
    pub(crate) fn small(&mut self, process: u32) {
        let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/status")) else { return };
        let value = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        };
        let Some(most) = value("VmHWM:") else { return };
        self.most = self.most.max(most);
        self.resident = value("VmRSS:").unwrap_or(0);
        self.see(Check::Small, (most > MEMORY).then(|| format!("{most} KiB resident")));
    }
}
