//! The questions about permits: one of each code, the edges of each rule, every layer broken once.
#![expect(clippy::too_many_lines, reason = "tables of cases, one a line")]

use permit_core::{
    Checkpoint, Direction, Distrust, Now, Passage, Permit, Presence, Side, TerminalFault, UnixTime,
    permit::{Birth, Options},
    sha256,
};
use serde_json::{Value, json};

use super::{Question, Vector};
use crate::{
    item::Item,
    key::Key,
    town::{Ask, Town, day, issued, noon, permit, today},
};

/// When a question is asked, and by what clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Time {
    /// What the clock says.
    pub clock: Option<UnixTime>,
    /// The earliest it can be.
    pub floor: UnixTime,
    /// What binds each side's permits, where that is more: side A's first.
    pub floors: Option<[UnixTime; 2]>,
    /// Set by hand.
    pub by_hand: bool,
    /// What else speaks against the clock.
    pub doubt: Option<Distrust>,
}

impl Time {
    fn at(clock: UnixTime) -> Self {
        Self { clock: Some(clock), floor: issued(), floors: None, by_hand: false, doubt: None }
    }

    /// As a verifier is told it.
    #[must_use]
    pub fn now(&self) -> Now {
        let now = match (self.doubt, self.by_hand, self.clock) {
            (Some(why), ..) => Now::untrusted(self.clock, self.floor, why),
            (None, true, Some(clock)) => Now::by_hand(clock, self.floor),
            _ => Now::read(self.clock, self.floor),
        };
        self.floors.map_or(now, |floors| now.binding(floors))
    }

    pub(super) fn json(&self) -> Value {
        let mut json = json!({
            "clock": self.clock.map(|time| time.0),
            "floor": self.floor.0,
            "by_hand": self.by_hand,
            "doubt": self.doubt.map(distrust),
        });
        if let Some(floors) = self.floors {
            json["floors"] = json!(floors.map(|floor| floor.0));
        }
        json
    }
}

/// The name of a doubt, as the format document has it.
pub(super) const fn distrust(why: Distrust) -> &'static str {
    match why {
        Distrust::Missing => "missing",
        Distrust::Stopped => "stopped",
        Distrust::BelowFloor => "below-floor",
        Distrust::Jumped => "jumped",
        Distrust::FarAhead => "far-ahead",
        _ => "by-hand",
    }
}

/// One question and the code it must get.
pub(super) struct Spec {
    folder: &'static str,
    name: String,
    about: String,
    bundle: &'static str,
    scan: Vec<u8>,
    ask: Ask,
    time: Time,
    code: u8,
}

impl Spec {
    pub(super) fn new(
        folder: &'static str,
        name: &str,
        about: &str,
        scan: impl Into<Vec<u8>>,
        code: u8,
    ) -> Self {
        let (name, about, scan) = (name.into(), about.into(), scan.into());
        let time = Time::at(noon(today()));
        Self { folder, name, about, bundle: "town", scan, ask: Ask::new(), time, code }
    }

    fn ask(self, ask: Ask) -> Self {
        Self { ask, ..self }
    }

    fn at(self, time: UnixTime) -> Self {
        Self { time: Time::at(time), ..self }
    }

    fn time(self, time: Time) -> Self {
        Self { time, ..self }
    }

    fn under(self, bundle: &'static str) -> Self {
        Self { bundle, ..self }
    }
}

pub(super) fn all() -> (Vec<Vector>, Vec<(&'static str, Vec<u8>)>) {
    let towns = [
        ("town", Town::new()),
        ("demo", Town::demo()),
        ("old", expiring()),
        ("stolen", stolen_town()),
    ];
    let bundles = towns.each_ref().map(|(name, town)| (*name, town.bundle())).to_vec();
    let mut specs = valid();
    specs.extend(
        [texts(), super::payloads::all(), rules(), homeward(), stolen(), presence(), clocks()]
            .into_iter()
            .flatten(),
    );
    let vectors = specs.into_iter().map(|spec| {
        let (_, town) = towns.iter().find(|(name, _)| *name == spec.bundle).expect("a town");
        let question = Question {
            bundle: spec.bundle,
            trust: town.open().expect("a sound town"),
            anchor: town.anchor(),
            scan: &spec.scan,
            ask: spec.ask,
            time: spec.time,
        };
        let (judgement, contents) = question.answer(&spec.about);
        assert_eq!(judgement.verdict.code(), spec.code, "{}: {:?}", spec.name, judgement.verdict);
        Vector { folder: spec.folder, name: spec.name, contents }
    });
    (vectors.collect(), bundles)
}

/// The town with a snapshot that expires on the 12th of September.
fn expiring() -> Town {
    let mut town = Town::new();
    let expires = noon(day(1963, 9, 12));
    let snapshot = &mut town.half(Side::A).snapshot.payload;
    *snapshot.at(&[2]) = expires.into();
    *snapshot.at(&[3]) = expires.into();
    town
}

/// The permits that station 11 really signed before its key was stolen.
fn really_signed() -> Vec<Permit> {
    (1..=40)
        .map(|serial| {
            let mut real = permit(serial);
            if serial == 3 {
                real.options.specimen = true;
            }
            real
        })
        .collect()
}

/// The town with station 11 suspended from the 11th of September, its key having been stolen.
fn stolen_town() -> Town {
    let mut town = Town::new();
    let revocations = &mut town.document(Side::A, 1).payload;
    let since = day(1963, 9, 11);
    let suspended = revocations.at(&[9]).items();
    suspended.insert(0, crate::array![11_u16, since]);
    let mut digests: Vec<_> =
        really_signed().iter().map(|real| sha256(&[&encoded(real)])[..16].to_vec()).collect();
    digests.sort_unstable();
    let digests = Item::Bytes(digests.concat());
    let entry = crate::array![key().public(), since, digests];
    revocations.items().push(Item::Array(vec![entry]));
    town
}

/// What a thief signs with a stolen key, and what the station signed before.
fn stolen() -> Vec<Spec> {
    let real = |serial: usize| key().seal(&really_signed()[serial - 1]);
    let forged = |change: &dyn Fn(&mut Permit)| {
        let mut permit = permit(1);
        change(&mut permit);
        key().seal(&permit)
    };
    let other_name = || forged(&|p| p.latin = "PAK DOL".try_into().expect("short"));
    let spec = |folder, name: &str, about: &str, scan, code| {
        Spec::new(folder, name, about, scan, code).under("stolen")
    };
    let mut delegated = permit(1);
    delegated.id.station = 12;
    delegated.region = 102;
    vec![
        spec(
            "valid",
            "stolen-really-signed",
            "Signed by the station before its key was stolen.",
            real(1),
            0,
        ),
        spec(
            "valid",
            "stolen-other-key",
            "Another station's key, which nobody stole.",
            Key::named("station/12").seal(&delegated),
            0,
        ),
        spec(
            "invalid",
            "stolen-other-name",
            "Dated before the suspension, with a serial that was issued, for somebody else.",
            other_name(),
            24,
        ),
        spec(
            "edge",
            "stolen-other-copy",
            "A further copy that the station never made.",
            forged(&|p| p.id.copy = 2),
            24,
        ),
        spec(
            "edge",
            "stolen-one-day-longer",
            "The station's own permit, with one day added.",
            forged(&|p| p.through = p.through.plus(1)),
            24,
        ),
        spec(
            "edge",
            "stolen-after-the-suspension",
            "Dated after the suspension too: what is said is that the key was stolen.",
            forged(&|p| {
                p.from = day(1963, 9, 11);
                p.options.issued = None;
            }),
            24,
        )
        .at(noon(day(1963, 9, 12))),
        spec(
            "edge",
            "stolen-homeward",
            "The thief's permit on the way home: a person looks further.",
            other_name(),
            24,
        )
        .ask(Ask::homeward()),
        spec(
            "edge",
            "stolen-really-signed-specimen",
            "Really signed, as a specimen: what it was it stays.",
            real(3),
            25,
        ),
        spec(
            "edge",
            "stolen-under-other-lists",
            "The thief's permit under lists that do not know of the theft.",
            other_name(),
            0,
        )
        .under("town"),
    ]
}

pub(super) fn key() -> Key {
    Key::named("station/11")
}

fn seal(change: impl FnOnce(&mut Permit)) -> String {
    let mut permit = permit(1);
    change(&mut permit);
    key().seal(&permit)
}

pub(super) fn encoded(permit: &Permit) -> Vec<u8> {
    let mut out = [0; 1100];
    let length = permit.encode(&mut out).expect("a good permit");
    out[..length].to_vec()
}

fn valid() -> Vec<Spec> {
    let good = |name: &str, about: &str, scan: String| Spec::new("valid", name, about, scan, 0);
    let of_b = || {
        let mut permit = permit(1);
        permit.id.station = 33_000;
        permit.region = 201;
        permit.nationality = 408;
        permit.latin = "HAN SORA".try_into().expect("short");
        permit.native = Some("한소라".try_into().expect("short"));
        Key::named("station/33000").seal(&permit)
    };
    vec![
        good("plain", "Side A, outward.", seal(|_| ())),
        good("homeward", "The same on the way home.", seal(|_| ())).ask(Ask::homeward()),
        good("beyond", "The same at the other side's checkpoint.", seal(|_| ())).ask(Ask::at(
            1,
            Side::B,
            Direction::Entry,
        )),
        good("side-b", "Side B, outward, Hangul.", of_b()).ask(Ask::at(
            1,
            Side::B,
            Direction::Exit,
        )),
        good("latin-only", "No name in native script.", seal(|p| p.native = None)),
        good(
            "birth-year",
            "Only the year of birth is known.",
            seal(|p| p.birth = Birth::Year(1899)),
        ),
        good("birth-month", "Year and month of birth.", seal(|p| p.birth = Birth::Month(1931, 12))),
        good(
            "birth-first",
            "Born on the first day the format knows.",
            seal(|p| p.birth = Birth::Day(permit_core::Day::EARLIEST_BIRTH)),
        ),
        good(
            "options",
            "Every option but portrait and specimen.",
            seal(|p| {
                p.options = Options {
                    issued: Some(day(1963, 9, 1)),
                    entries: Some(2),
                    stay: Some(7),
                    children: Some(3),
                    document: Some("G12345678".try_into().expect("short")),
                    ..Options::default()
                };
                p.options.crossings.extend([1, 2, 65_535]);
            }),
        ),
        good(
            "portrait",
            "A portrait of 800 bytes, 1,3xx characters.",
            seal(|p| p.options.portrait = Some([0x5a; 800].into_iter().collect())),
        ),
        good("line-end", "A hand scanner's CR LF.", format!("{}\r\n", seal(|_| ()))),
        good("delegated", "A region the key was delegated.", {
            let mut permit = permit(1);
            permit.id.station = 12;
            permit.region = 102;
            Key::named("station/12").seal(&permit)
        }),
        good(
            "newer-than-register",
            "Issued after the register speaks, within the grace.",
            seal(|p| {
                p.id.serial = 500;
                p.from = day(1963, 9, 9);
            }),
        ),
        good("demo", "A demo key under a demo root, by a clock set by hand.", {
            let mut permit = permit(1);
            permit.id.station = 14;
            Key::named("station/14").seal(&permit)
        })
        .under("demo")
        .time(Time { by_hand: true, ..Time::at(noon(today())) }),
    ]
}

fn texts() -> Vec<Spec> {
    let bad =
        |name: &str, about: &str, scan: &str, code| Spec::new("invalid", name, about, scan, code);
    let text = seal(|_| ());
    let odd = &text[..(text.len() - 4) / 3 * 3 - 2 + 4];
    let mut unknown = permit(1);
    unknown.id.serial = 2;
    let long = format!("BP1:{}", "0".repeat(1537));
    let mut signature = text.clone().into_bytes();
    let last = signature.len() - 3;
    signature[last] = if signature[last] == b'0' { b'1' } else { b'0' };
    vec![
        bad("empty", "Nothing at all.", "", 11),
        bad("other-text", "A word.", "hello", 11),
        bad("link", "A link.", "https://example.org/BP1:", 11),
        bad("health-certificate", "The prefix of an EU certificate.", "HC1:6BFOXN", 11),
        bad("lower-case", "The prefix in lower case.", &text.to_lowercase(), 11),
        bad("leading-space", "A space before the prefix.", &format!(" {text}"), 11),
        bad("bp0", "No version 0.", &text.replacen("BP1", "BP0", 1), 11),
        bad("bp2", "A later version.", &text.replacen("BP1", "BP2", 1), 21),
        bad("bp-most", "The latest version there can be.", "BP4294967295:", 21),
        bad("bp-too-late", "A version beyond 32 bits.", "BP4294967296:", 11),
        bad("bp01", "A version with a leading zero.", "BP02:", 11),
        bad("too-long", "1,541 characters.", &long, 20),
        bad("prefix-alone", "The prefix alone.", "BP1:", 20),
        bad(
            "character",
            "A character outside the alphabet.",
            &text.replacen(&text[10..11], "_", 1),
            20,
        ),
        bad("overflow-three", "A group of three above 65535.", "BP1:GGW", 20),
        bad("overflow-two", "A tail of two above 255.", &format!("BP1:{}::", "0".repeat(300)), 20),
        bad("one-left", "One character at the end.", odd, 20),
        bad("sixty-eight", "68 bytes: no payload.", &format!("BP1:{}", "0".repeat(102)), 20),
        bad("two-line-ends", "Two line ends: one is trimmed.", &format!("{text}\n\n"), 20),
        bad("unknown-key", "A key that is not listed.", &Key::named("nobody").seal(&unknown), 22),
        bad(
            "role-key",
            "A key of the root, which issues no permits.",
            &Key::named("A/2/1").seal(&unknown),
            22,
        ),
        Spec::new(
            "invalid",
            "signature",
            "A character of the signature is another.",
            signature,
            23,
        ),
        Spec::new("invalid", "binary", "Bytes that are no text.", vec![0xff, 0, 0x80], 11),
    ]
}

fn rules() -> Vec<Spec> {
    let bad =
        |name: &str, about: &str, scan: String, code| Spec::new("invalid", name, about, scan, code);
    let edge =
        |name: &str, about: &str, scan: String, code| Spec::new("edge", name, about, scan, code);
    let of = |station: u16, key: &str, region: u16| {
        let mut permit = permit(1);
        (permit.id.station, permit.region) = (station, region);
        Key::named(key).seal(&permit)
    };
    let copy = |serial, copy| {
        let mut permit = permit(serial);
        permit.id.copy = copy;
        key().seal(&permit)
    };
    let last = || seal(|p| p.through = today());
    let mut specs = vec![
        bad("station", "Another station's number.", of(13, "station/11", 101), 24),
        bad("region", "A region the station does not serve.", of(12, "station/12", 104), 24),
        bad("region-unlisted", "A region nobody knows.", of(11, "station/11", 999), 24),
        bad(
            "window",
            "Issued before the key's window.",
            seal(|p| p.options.issued = Some(day(1962, 12, 31))),
            24,
        ),
        edge(
            "window-first",
            "Issued on the window's first day.",
            seal(|p| p.options.issued = Some(day(1963, 1, 1))),
            0,
        ),
        bad("validity", "91 days.", seal(|p| p.through = p.from.plus(90)), 24),
        edge(
            "validity-90",
            "90 days, the most there may be.",
            seal(|p| p.through = p.from.plus(89)),
            0,
        ),
        bad("suspended", "A suspended station.", of(13, "station/13", 101), 24),
        bad(
            "demo-key",
            "A demo key under a root that is no demonstration.",
            of(14, "station/14", 101),
            24,
        ),
        bad("revoked", "Its serial is revoked.", copy(5, 1), 32),
        bad("lost", "Reported lost.", copy(7, 1), 32),
        edge("lost-newer", "The copy after the lost one.", copy(7, 2), 0),
        bad("range", "In a blocked range.", copy(100, 1), 32),
        edge("range-before", "The serial before the range.", copy(99, 1), 0),
        edge("range-after", "The serial after the range.", copy(200, 1), 0),
        bad("replaced", "An earlier copy.", copy(6, 1), 33),
        edge("replaced-newer", "The copy that is good.", copy(6, 2), 0),
        edge("last-second", "The last second of the last day.", last(), 0)
            .at(today().plus(1).begins(480).plus(-1)),
        edge("a-second-late", "The first second after it.", last(), 31)
            .at(today().plus(1).begins(480)),
        edge("first-second", "The first second of the first day.", seal(|p| p.from = today()), 0)
            .at(today().begins(480)),
        edge("a-second-early", "The second before it.", seal(|p| p.from = today()), 30)
            .at(today().begins(480).plus(-1)),
        bad("other-zone", "Another zone.", seal(|p| p.zone = 2), 41),
        bad("region-left", "A region that left the zone.", seal(|p| p.region = 103), 40),
        bad("region-later", "A region that is not in the zone yet.", seal(|p| p.region = 104), 40),
        bad(
            "crossing",
            "Another crossing.",
            seal(|p| p.options.crossings.push(2).expect("room")),
            42,
        ),
        bad("not-registered", "Not in the register of issued permits.", copy(240, 1), 34),
        edge(
            "grace-over",
            "The day after its grace.",
            seal(|p| {
                p.id.serial = 240;
                p.from = day(1963, 9, 9);
            }),
            34,
        )
        .at(noon(day(1963, 9, 24))),
        edge(
            "grace-last",
            "The last day of its grace.",
            seal(|p| {
                p.id.serial = 240;
                p.from = day(1963, 9, 9);
            }),
            0,
        )
        .at(noon(day(1963, 9, 23))),
    ];
    for (crossing, name, minute, code) in [
        (3, "closed", 720, 43),
        (4, "suspended-crossing", 720, 43),
        (5, "region-of-crossing", 720, 43),
        (6, "not-open", 720, 43),
        (2, "before-hours", 479, 43),
        (2, "opening", 480, 0),
        (2, "closing", 1079, 0),
        (2, "after-hours", 1080, 43),
    ] {
        let folder = if code == 0 { "edge" } else { "invalid" };
        let spec = Spec::new(
            folder,
            &format!("crossing-{name}"),
            "A crossing that is shut, or just not.",
            seal(|_| ()),
            code,
        );
        specs
            .push(spec.ask(Ask::new().through(crossing)).at(today().begins(480).plus(minute * 60)));
    }
    let everything = seal(|p| {
        p.id.serial = 5;
        p.through = day(1963, 9, 9);
        p.region = 103;
        p.options.specimen = true;
        p.options.issued = Some(day(1960, 1, 1));
        p.options.crossings.push(2).expect("room");
    });
    let fault = Ask { fault: Some(TerminalFault::Disk), ..Ask::new().through(3) };
    specs.push(
        edge("everything", "Many faults at once, in their order.", everything.clone(), 24)
            .ask(fault),
    );
    let home = Ask { fault: Some(TerminalFault::Camera), ..Ask::homeward() };
    specs.push(
        edge(
            "everything-homeward",
            "The same on the way home: the specimen stays invalid.",
            everything,
            25,
        )
        .ask(home),
    );
    specs
}

fn homeward() -> Vec<Spec> {
    let home = |name: &str, scan: String, code| {
        let about = "On the way home it refers and does not refuse.";
        Spec::new("edge", &format!("homeward-{name}"), about, scan, code).ask(Ask::homeward())
    };
    let of_b_by_a = seal(|p| p.region = 201);
    vec![
        home("expired", seal(|p| p.through = day(1963, 9, 9)), 31),
        home("early", seal(|p| p.from = day(1963, 9, 11)), 30),
        home("revoked", seal(|p| p.id.serial = 5), 32),
        home("region", seal(|p| p.region = 103), 40),
        home("zone", seal(|p| p.zone = 2), 41),
        home("crossing", seal(|p| p.options.crossings.push(2).expect("room")), 42),
        home("closed", seal(|_| ()), 43).ask(Ask::homeward().through(3)),
        home("entitled", seal(|p| p.through = p.from.plus(90)), 24),
        Spec::new(
            "edge",
            "homeward-by-region",
            "Home is where the region is, not the key.",
            of_b_by_a,
            24,
        ),
    ]
}

fn presence() -> Vec<Spec> {
    let edge = |name: &str, about: &str, scan: String, code| {
        Spec::new("edge", &format!("presence-{name}"), about, scan, code)
    };
    let last = |crossing, side, direction, ago: i64| {
        Some(Passage {
            checkpoint: Checkpoint { crossing, side, direction },
            at: noon(today()).plus(-ago),
        })
    };
    let knows = |journeys, last| Presence { journeys, outside_since: None, last };
    let twice = || seal(|p| p.options.entries = Some(2));
    let (exit, entry) = (Direction::Exit, Direction::Entry);
    let beyond = Ask::at(1, Side::B, entry);
    let home = last(1, Side::A, entry, 86_400);
    let out = |ago| last(1, Side::A, exit, ago);
    let since = |days: i32| Presence {
        outside_since: Some(noon(today().plus(-days))),
        ..Presence::default()
    };
    vec![
        edge("one-left", "The second of two journeys.", twice(), 0)
            .ask(Ask::new().knowing(knows(1, home))),
        edge("used", "Both journeys used.", twice(), 50).ask(Ask::new().knowing(knows(2, home))),
        edge("goes-on", "The entry that goes on with the exit.", twice(), 0)
            .ask(beyond.knowing(knows(2, out(43_200)))),
        edge("too-late", "An entry more than 12 hours after the exit.", twice(), 50)
            .ask(beyond.knowing(knows(2, out(43_201)))),
        edge("homeward", "On the way home nothing is counted.", twice(), 0)
            .ask(Ask::homeward().knowing(knows(9, last(1, Side::B, entry, 86_400)))),
        edge("already-there", "Out again without having come home.", seal(|_| ()), 51)
            .ask(Ask::new().knowing(knows(1, out(86_400)))),
        edge("away", "Away, by a ledger that knows no passage.", seal(|_| ()), 51)
            .ask(Ask::new().knowing(since(2))),
        edge("stay-15", "The 15th day.", seal(|_| ()), 0).ask(Ask::homeward().knowing(since(14))),
        edge("stay-16", "The 16th day.", seal(|_| ()), 52).ask(Ask::homeward().knowing(since(15))),
        edge("elsewhere", "Seen elsewhere 59 minutes and 59 seconds ago.", seal(|_| ()), 53)
            .ask(Ask::new().knowing(knows(1, last(2, Side::A, entry, 3599)))),
        edge("elsewhere-60", "Seen elsewhere an hour ago.", seal(|_| ()), 0)
            .ask(Ask::new().knowing(knows(1, last(2, Side::A, entry, 3600)))),
        edge("fault", "A full disk.", seal(|_| ()), 62)
            .ask(Ask { fault: Some(TerminalFault::Disk), ..Ask::new() }),
    ]
}

fn clocks() -> Vec<Spec> {
    let edge = |name: &str, about: &str, time: Time, code| {
        Spec::new("edge", &format!("clock-{name}"), about, seal(|_| ()), code).time(time)
    };
    let noon = Time::at(noon(today()));
    let doubt = |why| Time { doubt: Some(why), ..noon };
    let late = UnixTime(i64::from(i32::MAX) + 1);
    let expired = Spec::new(
        "edge",
        "clock-expired",
        "No clock, and the last day lies before the floor.",
        seal(|p| p.through = day(1963, 9, 8)),
        31,
    );
    let early = Spec::new(
        "edge",
        "clock-not-yet",
        "No clock: the first day may have come.",
        seal(|p| p.from = day(1963, 9, 20)),
        60,
    );
    let none = Time { clock: None, ..noon };
    let old = |seconds| {
        let name = format!("lists-{seconds}");
        let about = "The snapshot expires at noon of the 12th.";
        let at = crate::town::noon(day(1963, 9, 12)).plus(seconds);
        Spec::new("edge", &name, about, seal(|_| ()), if seconds > 0 { 61 } else { 0 })
            .under("old")
            .at(at)
    };
    vec![
        edge("missing", "No clock.", none, 60),
        edge(
            "1970",
            "A clock that lost its battery.",
            Time { floor: day(1963, 12, 1).begins(0), ..Time::at(day(1963, 11, 30).begins(0)) },
            31,
        ),
        edge("below", "A second below the floor.", Time::at(issued().plus(-1)), 60),
        edge("floor", "At the floor.", Time::at(issued()), 0),
        edge(
            "other-side",
            "The other side signs a day ahead: that binds its own permits.",
            {
                let floors = Some([issued(), noon.clock.unwrap_or(issued()).plus(86_400)]);
                Time { floors, ..noon }
            },
            0,
        ),
        edge(
            "own-side",
            "The permit's own side signs a minute ahead of the clock.",
            {
                let floors = Some([noon.clock.unwrap_or(issued()).plus(60), issued()]);
                Time { floors, ..noon }
            },
            60,
        ),
        edge("stopped", "It says that it stopped.", doubt(Distrust::Stopped), 60),
        edge("jumped", "It jumped.", doubt(Distrust::Jumped), 60),
        edge(
            "far-ahead",
            "At the start it lay far above everything known.",
            doubt(Distrust::FarAhead),
            60,
        ),
        edge(
            "by-hand",
            "Set by hand under a root that is no demonstration.",
            Time { by_hand: true, ..noon },
            60,
        ),
        edge("2038", "A second beyond 32 bits.", Time::at(late), 31),
        expired.time(none),
        early.time(none),
        old(-1),
        old(0),
        old(1),
    ]
}
