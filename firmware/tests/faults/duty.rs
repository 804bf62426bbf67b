//! A guard at work: presents, looks, decides, and tells the oracle beforehand.

use core::time::Duration;
use std::time::Instant;

use serde_json::{Value, json};

use crate::bench::{Bench, OFFICERS};
use crate::rule::{Check, Told};
use crate::town::Card;

/// What came of something presented.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Seen {
    /// A verdict: class and code.
    Verdict(String, u64),
    /// None in time.
    Nothing,
}

impl Seen {
    pub(crate) fn is(&self, wanted: &str) -> bool {
        matches!(self, Self::Verdict(class, _) if class == wanted)
    }

    pub(crate) fn say(&self) -> String {
        match self {
            Self::Verdict(class, code) => format!("{class} {code}"),
            Self::Nothing => "no verdict".to_owned(),
        }
    }
}

/// A verdict takes no longer, whatever else goes on.
pub(crate) const SOON: Duration = Duration::from_secs(6);
/// Where nothing is expected, so long is waited for it.
pub(crate) const QUIET: Duration = Duration::from_millis(700);

impl Bench {
    /// Where the events stand now.
    pub(crate) fn mark(&mut self) -> usize {
        self.oracle.pump();
        self.oracle.told.len()
    }

    /// The next event of a lane after a mark that is so.
    pub(crate) fn wait(
        &mut self,
        mark: usize,
        lane: usize,
        wait: Duration,
        is: impl Fn(&Told) -> bool,
    ) -> Option<Told> {
        let end = Instant::now() + wait;
        loop {
            self.oracle.pump();
            let new = self.oracle.told.get(mark..).unwrap_or_default();
            if let Some(told) = new.iter().find(|told| told.lane == lane && is(told)) {
                return Some(told.clone());
            }
            if Instant::now() > end || self.process().is_none() {
                return None;
            }
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// The verdict of a lane after a mark.
    pub(crate) fn verdict(&mut self, mark: usize, lane: usize, wait: Duration) -> Seen {
        let told = self.wait(mark, lane, wait, |told| told.is("verdict"));
        told.map_or(Seen::Nothing, |told| {
            let class = told.event["class"].as_str().unwrap_or_default().to_owned();
            Seen::Verdict(class, told.event["code"].as_u64().unwrap_or(999))
        })
    }

    /// Whatever stands at a lane is put away.
    pub(crate) fn clear(&mut self, lane: usize) -> Result<(), String> {
        let browser = self.browser(lane)?;
        for _ in 0..40 {
            let about = match browser.news()["about"].as_str() {
                Some(number) if !number.is_empty() => json!(number),
                _ => Value::Null,
            };
            browser
                .ask(&json!({ "command": "dismiss", "about": about }))
                .map_err(|fault| format!("dismiss: {fault}"))?;
            let free = |news: &Value| {
                let stage = news["stage"].as_str().unwrap_or_default();
                matches!(stage, "waiting" | "looking" | "out-of-order")
            };
            if browser.until(Duration::from_millis(250), free).is_some() {
                return Ok(());
            }
        }
        Err(format!("lane {}: never free: {}", lane + 1, browser.news()["stage"]))
    }

    /// A scanner types a text; `good` if it may be green.
    pub(crate) fn scan(&mut self, lane: usize, text: &str, good: bool) -> Result<Seen, String> {
        self.scan_bytes(lane, text.as_bytes(), good)
    }

    pub(crate) fn scan_bytes(
        &mut self,
        lane: usize,
        text: &[u8],
        good: bool,
    ) -> Result<Seen, String> {
        self.clear(lane)?;
        let mark = self.mark();
        self.oracle.show(lane, "scanner", good);
        let line = [text, b"\r"].concat();
        if self.scanners[lane].write(&line, SOON) < line.len() {
            return Err(format!("lane {}: the scanner's line is not read", lane + 1));
        }
        let seen = self.verdict(mark, lane, SOON);
        if !good && seen.is("valid") {
            let what = format!("lane {}: green of what is not good", lane + 1);
            self.oracle.see(Check::Green, Some(what));
        }
        Ok(seen)
    }

    /// A card of a kind at a lane's scanner.
    pub(crate) fn card(&mut self, lane: usize, kind: Card) -> Result<Seen, String> {
        let text = self.town.permit(kind);
        self.scan(lane, &text, kind == Card::Good)
    }

    /// Somebody is on duty at a lane: signs in where nobody is.
    pub(crate) fn duty(&mut self, lane: usize) -> Result<(), String> {
        let browser = self.browser(lane)?;
        let on = |news: &Value| news["duty"] == true;
        if browser.until(Duration::from_millis(300), on).is_some() {
            return Ok(());
        }
        // Whoever mistyped waits; the other officer signs in meanwhile.
        for turn in 0..4 {
            let (officer, pin) = OFFICERS[turn % 2];
            browser.sign_in(officer, pin).map_err(|fault| format!("sign-in: {fault}"))?;
            if browser.until(Duration::from_secs(3), on).is_some() {
                return Ok(());
            }
        }
        Err(format!("lane {}: nobody can sign in", lane + 1))
    }

    /// Admits what stands at a lane, as its screen says; whether a relay closed.
    pub(crate) fn admit(&mut self, lane: usize) -> Result<bool, String> {
        let browser = self.browser(lane)?;
        let shown = |news: &Value| news["stage"] == "verdict";
        let Some(news) = browser.until(SOON, shown) else { return Ok(false) };
        self.admit_about(lane, &news["about"])
    }

    /// The same about a verdict of this number.
    pub(crate) fn admit_about(&mut self, lane: usize, about: &Value) -> Result<bool, String> {
        let (browser, mark) = (self.browser(lane)?, self.mark());
        self.oracle.order(lane);
        let asked = json!({ "command": "admit", "about": about });
        let status = browser.ask(&asked).map_err(|fault| format!("admit: {fault}"))?;
        let closed = status == 202 && self.wait(mark, lane, SOON, Told::closes).is_some();
        if !closed {
            self.oracle.cancel(lane);
        }
        Ok(closed)
    }

    /// The same without anybody who may: nothing may come of it.
    pub(crate) fn attempt(&mut self, lane: usize, mark: usize) -> Option<String> {
        let moved = self.wait(mark, lane, QUIET, Told::closes);
        moved.map(|_| format!("lane {}: the relay closed", lane + 1))
    }

    /// A good permit passes at a lane: the proof that all is well.
    pub(crate) fn pass(&mut self, lane: usize) -> Result<(), String> {
        self.duty(lane)?;
        let text = self.town.permit(Card::Good);
        self.pass_with(lane, &text)
    }

    /// This good permit passes at a lane.
    pub(crate) fn pass_with(&mut self, lane: usize, text: &str) -> Result<(), String> {
        let seen = self.scan(lane, text, true)?;
        if !seen.is("valid") {
            return Err(format!("lane {}: a good permit is {}", lane + 1, seen.say()));
        }
        if self.admit(lane)? {
            return Ok(());
        }
        let news = self.browser(lane)?.news();
        let said = news["parts"].to_string();
        let notice = said.split("notice").nth(1).unwrap_or_default();
        let notice: String = notice.chars().take(160).collect();
        Err(format!("lane {}: admitted, and no relay closed ({notice})", lane + 1))
    }

    /// Tries for a while whether a good permit passes again.
    pub(crate) fn again(&mut self, patience: Duration) {
        let end = Instant::now() + patience;
        let lane = usize::try_from(self.random.below(2)).unwrap();
        let broken = loop {
            if self.process().is_none()
                && let Err(why) = self.start()
            {
                break Some(why);
            }
            match self.pass(lane) {
                Ok(()) => break None,
                Err(why) if Instant::now() > end => break Some(why),
                Err(_) => std::thread::sleep(Duration::from_millis(200)),
            }
        };
        self.oracle.see(Check::Again, broken);
    }

    /// No bad card is green; one of them, at a lane.
    pub(crate) fn bad(&mut self, lane: usize) -> Result<String, String> {
        let kind = *self.random.of(&crate::town::BAD);
        let seen = self.card(lane, kind)?;
        Ok(format!("{kind:?}: {}", seen.say()))
    }

    /// A good card while green is forbidden, and nobody passes on it.
    pub(crate) fn not_green(&mut self, lane: usize) -> Result<String, String> {
        let seen = self.card(lane, Card::Good)?;
        let broken = seen.is("valid").then(|| "a good permit is green".to_owned());
        self.oracle.see(Check::Own, broken);
        Ok(format!("Good: {}", seen.say()))
    }
}
