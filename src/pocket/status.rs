//! What stands at the page's edge: root, lists, place and clock.

use permit_core::{Anchor, Checkpoint, Direction, Distrust, Now, Side};
use permit_words::{Places, Words};
use serde::Serialize;

use crate::Fingerprint;
use crate::lists::{self, Lists};

/// What the page shows beside a verdict, and what it keeps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Status {
    /// The installed root.
    pub root: Option<Fingerprint>,
    /// The lists in use.
    pub lists: Option<ListsView>,
    /// Where it stands: crossing, side (0 A, 1 B), direction (0 entry, 1 exit); none is nowhere.
    pub place: Option<(u16, u8, u8)>,
    /// The same in words.
    pub here: String,
    /// The clock.
    pub clock: Clock,
    /// The floor to be kept, in seconds since 1970.
    pub floor: Option<i64>,
}

/// Lists, as the page shows them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ListsView {
    /// How old, in words.
    pub age: Vec<String>,
    /// That newer ones are due, or that they have expired.
    pub warning: Option<String>,
    /// Whether the root is a demonstration's.
    pub demo: bool,
    /// Where one can stand.
    pub crossings: Vec<Crossing>,
}

/// A crossing of the zone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Crossing {
    /// Its number.
    pub number: u16,
    /// Its name.
    pub name: String,
}

/// Whether the clock is believed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Clock {
    /// Day and time, in words.
    pub time: Option<String>,
    /// What is said of it.
    pub said: String,
    /// Whether it is trusted.
    pub trusted: bool,
}

impl Status {
    pub(crate) fn new(
        anchor: Option<Anchor>,
        lists: Option<Lists>,
        place: Option<Checkpoint>,
        now: &Now,
        words: &Words,
    ) -> Self {
        let crossing = place.map(|place| place.crossing);
        let places =
            lists.map_or_else(Places::unknown, |lists| Places::new(lists.trust(), crossing));
        let doubt = now.doubt(lists.is_some_and(|lists| lists.trust().is_demo()));
        Self {
            root: anchor.map(Fingerprint::of),
            lists: lists.map(|lists| view(lists, now, words)),
            place: place
                .map(|place| (place.crossing, u8::from(place.side == Side::B), way(&place))),
            here: here(place, &places, words),
            clock: Clock {
                time: now.clock().map(|at| places.time(at, words)),
                said: words.get(doubt.map_or("screen-clock-good", doubted)),
                trusted: doubt.is_none(),
            },
            floor: None,
        }
    }
}

fn way(place: &Checkpoint) -> u8 {
    u8::from(place.direction == Direction::Exit)
}

fn here(place: Option<Checkpoint>, places: &Places<'_>, words: &Words) -> String {
    let Some(place) = place else { return words.get("pocket-nowhere") };
    let side = if place.side == Side::A { "A" } else { "B" };
    let side = words.with("screen-side", &[("side", side.into())]);
    let way = match place.direction {
        Direction::Entry => words.get("screen-entry"),
        Direction::Exit => words.get("screen-exit"),
    };
    format!("{} · {side} · {way}", places.crossing(place.crossing, words))
}

fn view(lists: Lists, now: &Now, words: &Words) -> ListsView {
    let (ages, stale, expired) = lists.age(now);
    let trust = lists.trust();
    let places = Places::new(trust, None);
    let warning = match (expired, stale) {
        (true, _) => Some("screen-lists.expired"),
        (false, true) => Some("screen-lists.stale"),
        _ => None,
    };
    let crossing = |number| Crossing { number, name: places.crossing(number, words) };
    ListsView {
        age: lists::aged(ages, words),
        warning: warning.map(|id| words.get(id)),
        demo: trust.is_demo(),
        crossings: trust.zone().crossings.iter().map(|it| crossing(it.number)).collect(),
    }
}

const fn doubted(why: Distrust) -> &'static str {
    match why {
        Distrust::Missing => "screen-doubt-missing",
        Distrust::Stopped => "screen-doubt-stopped",
        Distrust::BelowFloor => "screen-doubt-below-floor",
        Distrust::Jumped => "screen-doubt-jumped",
        Distrust::FarAhead => "screen-doubt-far-ahead",
        Distrust::ByHand => "screen-doubt-by-hand",
        _ => "screen-doubt-other",
    }
}
