//! The slip for whoever is turned back: code, reason, where to ask, by when. It has no name.
//!
//! It is shown only while the decision stands, printed by the browser or photographed, in three languages, the
//! traveller's own first; its code holds what it says in that language. No number of a permit is on it: a slip that is lost tells nothing about anybody.

use askama::Template;
use permit_core::{Side, Trust, UnixTime};
use permit_symbol::{Size, Symbol};
use permit_words::{Lang, Places, Value, Words};

use crate::machine::{DecisionView, Way};
use crate::record::Decision;

use super::scene::Scene;

#[derive(Debug, Template)]
#[template(path = "slip.html")]
struct Page<'a> {
    s: &'a Scene<'a>,
    slips: Vec<Slip>,
    /// What the first says, as a code.
    svg: String,
}

#[derive(Debug)]
struct Slip {
    lang: &'static str,
    /// What its lines are called.
    names: [String; 4],
    nameless: String,
    title: String,
    place: String,
    code: Option<String>,
    title_of_reason: String,
    reason: String,
    ask: Vec<String>,
    deadline: String,
}

/// The page, from the same scene in the device's language and in all; without a decision to turn back, it says so.
pub(super) fn page(
    scene: &Scene<'_>,
    all: [Scene<'_>; 3],
    trust: Option<&'static Trust<'static>>,
    days: u16,
) -> askama::Result<String> {
    let due = scene.view.decision.filter(|it| it.decision == Decision::TurnedBack && it.slip);
    let mut slips: Vec<Slip> =
        due.iter().flat_map(|due| all.iter().map(move |of| slip(of, due, trust, days))).collect();
    let own = language(scene).tag();
    slips.sort_by_key(|slip| slip.lang != own);
    let svg = slips.first().map(|slip| drawn(&plain(&slip.text()))).unwrap_or_default();
    Page { s: scene, slips, svg }.render()
}

/// The traveller's language: that of the permit's nationality, else the device's.
fn language(scene: &Scene<'_>) -> Lang {
    let judged = scene.view.verdict.as_ref().map(|it| &it.judged.judgement);
    match judged.and_then(|it| it.permit.as_ref()).map(|permit| permit.nationality) {
        Some(156) => Lang::Zh,
        Some(408 | 410) => Lang::Ko,
        Some(_) => Lang::En,
        None => scene.words.lang(),
    }
}

impl Slip {
    /// All it says, line by line.
    fn text(&self) -> String {
        let Self { place, code, title_of_reason, reason, ask, deadline, .. } = self;
        let said = [place].into_iter().chain(code).chain([title_of_reason, reason]);
        let said: Vec<&str> = said.chain(ask).chain([deadline]).map(String::as_str).collect();
        said.join("\n")
    }
}

fn slip(
    scene: &Scene<'_>,
    due: &DecisionView,
    trust: Option<&'static Trust<'static>>,
    days: u16,
) -> Slip {
    let clock = scene.view.edge.clock;
    let now = scene.now();
    let place = format!("{} · {} · {} {}", scene.crossing(), scene.side(), now.0, now.1);
    let (title_of_reason, reason) = match scene.sentence() {
        Some(sentence) if due.code != Some(0) => (sentence.title.clone(), sentence.reason.clone()),
        _ => (String::new(), scene.t("screen-slip-why.officer")),
    };
    let deadline = clock.seconds.filter(|_| clock.distrust.is_none()).map_or_else(
        || scene.words.with("screen-slip-deadline.days", &[("days", days.into())]),
        |now| {
            let last = UnixTime(now).plus(i64::from(days) * DAY).day(clock.offset);
            scene.words.with("screen-slip-deadline.day", &[("day", last.to_string().into())])
        },
    );
    let homeward = scene.view.verdict.as_ref().is_some_and(|it| it.journey == Some(Way::Homeward));
    let title = scene.t(if homeward { "screen-slip-title.home" } else { "screen-slip-title" });
    let code = due.code.map(|code| scene.code(&code));
    let ask = ask(scene, trust);
    let names = ["where", "why", "ask", "deadline"].map(|it| scene.t(&format!("screen-slip-{it}")));
    let (lang, nameless) = (scene.lang(), scene.t("screen-slip-noname"));
    Slip { lang, names, nameless, title, place, code, title_of_reason, reason, ask, deadline }
}

/// The issuing station, and another of its side that had no part in it.
fn ask(scene: &Scene<'_>, trust: Option<&'static Trust<'static>>) -> Vec<String> {
    let words = scene.words;
    let Some(trust) = trust else { return vec![scene.t("screen-slip-ask.any")] };
    let places = Places::new(trust, Some(scene.view.here.crossing));
    let judged = scene.view.verdict.as_ref().map(|it| &it.judged.judgement);
    let issuer = judged.and_then(|it| it.permit.as_ref()).map(|permit| permit.id.station);
    let Some(issuer) = issuer else { return vec![scene.t("screen-slip-ask.any")] };
    let said = |id: &str, station: u16, words: &Words| {
        let station = places.station(station, words);
        words.with(id, &[("station", Value::Spoken(station))])
    };
    let lists = trust.lists(Side::of_station(issuer));
    let other = lists.and_then(|lists| {
        let open = lists.stations.stations.iter().filter(|it| it.suspended.is_none());
        open.map(|station| station.number).find(|number| *number != issuer)
    });
    let mut ask = vec![said("screen-slip-ask.issuer", issuer, words)];
    ask.extend(other.map(|other| said("screen-slip-ask.other", other, words)));
    ask
}

/// Without the marks that keep scripts apart: they are for a page.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect()
}

fn drawn(text: &str) -> String {
    Symbol::foreign(text).map(|symbol| symbol.svg(&Size::default())).unwrap_or_default()
}

const DAY: i64 = 24 * 60 * 60;
