//! One's own permit, explained: good from when, through when, where, how often, what is missing, whom to ask.
//!
//! It says what the verifier says of leaving home at each crossing, today and tomorrow, and nothing of its own.

use permit_core::{
    Checkpoint, Direction, Judgement, NoLedger, Now, Permit, Side, Trust, UnixTime, Verdict,
    Verifier,
};
use permit_words::{Places, Value};
use serde::Serialize;

use crate::Said;
use crate::said::Scene;

/// A permit explained to its holder.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Explained {
    /// What is said of it away from every crossing.
    pub said: Said,
    /// Sentences about it, and whom to ask.
    pub lines: Vec<String>,
    /// Leaving home at each crossing it is good at.
    pub outlook: Vec<Outlook>,
}

/// Leaving home at one crossing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Outlook {
    /// Its name.
    pub crossing: String,
    /// The shape and title of the verdict today.
    pub today: (&'static str, String),
    /// The same at the same hour tomorrow.
    pub tomorrow: (&'static str, String),
}

/// Explains the text of a code.
pub(crate) fn explain(text: &[u8], scene: &Scene<'_>, now: &Now) -> Explained {
    let Scene { trust, words, .. } = *scene;
    let judgement = Verifier::nowhere(trust).verify(text, &NoLedger, now);
    let permit = judgement.permit.as_deref();
    let places = Places::new(trust, None);
    let mut explained =
        Explained { said: scene.say(&judgement), lines: Vec::new(), outlook: Vec::new() };
    if let Some(permit) = permit {
        let station = places.station(permit.id.station, words);
        let ask = words.with("pocket-ask", &[("station", station.into())]);
        if judgement.verdict == Verdict::Valid {
            // Nobody compares one's own face.
            explained.said.next = ask;
            explained.lines = lines(permit, scene);
        } else {
            explained.lines = lines(permit, scene);
            explained.lines.push(ask);
        }
        explained.outlook = outlook(text, permit, &judgement, scene, now);
    }
    explained
}

fn lines(permit: &Permit, scene: &Scene<'_>) -> Vec<String> {
    let words = scene.words;
    let days =
        [("from", permit.from.to_string().into()), ("through", permit.through.to_string().into())];
    let stay = permit.options.stay.unwrap_or(scene.trust.zone().limits.stay);
    let mut lines = vec![words.with("pocket-explain-days", &days)];
    match permit.options.entries {
        Some(count) => {
            lines.push(words.with("pocket-explain-journeys", &[("count", Value::from(count))]));
            lines.push(words.get("pocket-explain-used"));
        }
        None => lines.push(words.get("pocket-explain-unlimited")),
    }
    lines.push(words.with("verdict-0.stay", &[("days", Value::from(stay))]));
    lines
}

/// Every crossing that it names, else every one of the zone.
fn outlook(
    text: &[u8],
    permit: &Permit,
    judgement: &Judgement,
    scene: &Scene<'_>,
    now: &Now,
) -> Vec<Outlook> {
    let Scene { trust, words, .. } = *scene;
    let named = &permit.options.crossings;
    let all = trust.zone().crossings.iter().map(|crossing| crossing.number);
    let numbers: Vec<u16> =
        if named.is_empty() { all.collect() } else { named.iter().copied().collect() };
    let side = judgement.notes.home.unwrap_or(permit.id.side());
    let places = Places::new(trust, None);
    let tomorrow = later(now, trust);
    let row = |crossing| {
        let checkpoint = Checkpoint { crossing, side, direction: Direction::Exit };
        let verifier = Verifier::new(trust, checkpoint).ok()?;
        let scene = Scene { crossing: Some(crossing), ..*scene };
        let at = |now: &Now| {
            let judgement = verifier.verify(text, &NoLedger, now);
            let said = scene.say(&judgement);
            (said.shape, said.title)
        };
        Some(Outlook {
            crossing: places.crossing(crossing, words),
            today: at(now),
            tomorrow: at(&tomorrow),
        })
    };
    numbers.into_iter().filter_map(row).collect()
}

/// The same clock a day later, trusted as far as it is today.
fn later(now: &Now, trust: &Trust<'_>) -> Now {
    let day = |at: UnixTime| at.plus(DAY);
    if let Some(at) = now.certain().filter(|_| now.is_by_hand()) {
        return Now::by_hand(day(at), now.floor());
    }
    match now.doubt(trust.is_demo()) {
        Some(why) => Now::untrusted(now.clock().map(day), day(now.floor()), why),
        None => {
            let floors = Side::BOTH.map(|side| now.of(side).floor());
            Now::read(now.clock().map(day), now.floor()).binding(floors)
        }
    }
}

const DAY: i64 = 24 * 60 * 60;
