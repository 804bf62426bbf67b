//! The demo's permits: every shape, every kind of bad one, and the verdict each must get.
//!
//! One list for the command, the pictures and the tests. All names are invented; no code is from a real
//! person's document. Where the same fault has two meanings, outward and homeward, both are here.

use heapless::String as Short;
use permit_core::{
    Birth, Checkpoint, Day, Direction, KeyId, Kind, Passage, Permit, PermitId, Presence, Side,
    Signer, UnixTime, base45_encode, cose, seal, spell,
};

use super::{
    DemoError, NOON, key,
    lists::{APPROVALS, DELEGATED, day},
    station_key,
};
use crate::SecretKey;

/// A code, the question asked of it, and the answer it must get.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// Unique, lower case with hyphens.
    pub name: &'static str,
    /// What a code holds.
    pub text: Vec<u8>,
    /// The permit it spells, where it is one.
    pub permit: Option<Permit>,
    /// When it is asked.
    pub at: UnixTime,
    /// Where, on whose side, which way.
    pub checkpoint: Checkpoint,
    /// What the journal knows; `None` for a laptop. Pictures can show only cases without it.
    pub presence: Option<Presence>,
    /// The kind of verdict.
    pub outcome: Outcome,
    /// Its code.
    pub code: u8,
}

/// The kind of verdict to expect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Green.
    Valid,
    /// Red.
    Invalid,
    /// Amber.
    Refer,
    /// Something else.
    NotAPermit,
}

/// Every case, sealed.
pub(super) fn all() -> Result<Vec<Case>, DemoError> {
    specs().into_iter().map(Spec::case).collect()
}

/// The permits the registers of issued permits know.
pub(super) fn registered() -> impl Iterator<Item = PermitId> {
    let ids = specs().into_iter().filter(|spec| spec.registered);
    ids.filter_map(|spec| match spec.made {
        Made::Permit { permit, .. } => Some(permit.id),
        Made::Text(_) => None,
    })
}

/// A case before it is sealed.
struct Spec {
    name: &'static str,
    made: Made,
    at: UnixTime,
    checkpoint: Checkpoint,
    presence: Option<Presence>,
    outcome: Outcome,
    code: u8,
    registered: bool,
}

enum Made {
    Permit { permit: Box<Permit>, key: SecretKey, twist: Twist },
    Text(Vec<u8>),
}

/// What is done to a permit's code, knowing its key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Twist {
    None,
    /// One bit of the signature is flipped.
    Flipped,
    /// An option that restricts the holder and that no terminal knows yet, properly signed.
    NewerOption,
    /// A payload that is not deterministic CBOR, properly signed.
    NotShortest,
}

impl Spec {
    /// A permit of station 101 for the first person, asked outward at Tumen, good.
    fn new(name: &'static str, serial: u32) -> Self {
        let permit = Box::new(permit(101, serial));
        Self {
            name,
            made: Made::Permit { permit, key: station_key(101), twist: Twist::None },
            at: NOON,
            checkpoint: Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit },
            presence: None,
            outcome: Outcome::Valid,
            code: 0,
            registered: true,
        }
    }

    fn text(name: &'static str, text: &str, outcome: Outcome, code: u8) -> Self {
        let made = Made::Text(text.as_bytes().to_vec());
        Self { made, registered: false, ..Self::new(name, 1) }.expects(outcome, code)
    }

    /// The same from another station, for one of its own residents.
    fn station(mut self, station: u16) -> Self {
        self.checkpoint.side = Side::of_station(station);
        let other = station_key(station);
        if let Made::Permit { permit: it, key, .. } = &mut self.made {
            **it = permit(station, it.id.serial);
            *key = other;
        }
        self
    }

    fn with(mut self, edit: impl FnOnce(&mut Permit)) -> Self {
        if let Made::Permit { permit, .. } = &mut self.made {
            edit(permit);
        }
        self
    }

    fn signed_by(mut self, other: SecretKey) -> Self {
        if let Made::Permit { key, .. } = &mut self.made {
            *key = other;
        }
        self
    }

    fn twisted(mut self, other: Twist) -> Self {
        if let Made::Permit { twist, .. } = &mut self.made {
            *twist = other;
        }
        self
    }

    fn expects(self, outcome: Outcome, code: u8) -> Self {
        Self { outcome, code, ..self }
    }

    fn bad(self, code: u8) -> Self {
        self.expects(Outcome::Invalid, code)
    }

    fn homeward(mut self, code: u8) -> Self {
        self.checkpoint.direction = Direction::Entry;
        self.expects(Outcome::Refer, code)
    }

    fn crossing(mut self, crossing: u16) -> Self {
        self.checkpoint.crossing = crossing;
        self
    }

    fn at(self, at: UnixTime) -> Self {
        Self { at, ..self }
    }

    fn known(self, presence: Presence) -> Self {
        Self { presence: Some(presence), ..self }
    }

    fn unregistered(self) -> Self {
        Self { registered: false, ..self }
    }

    fn case(self) -> Result<Case, DemoError> {
        let (text, permit) = match self.made {
            Made::Text(text) => (text, None),
            Made::Permit { permit, key, twist } => (code(&permit, &key, twist)?, Some(*permit)),
        };
        Ok(Case {
            name: self.name,
            text,
            permit,
            at: self.at,
            checkpoint: self.checkpoint,
            presence: self.presence,
            outcome: self.outcome,
            code: self.code,
        })
    }
}

fn specs() -> Vec<Spec> {
    [
        shapes(),
        holders(),
        not_permits(),
        broken(),
        entitlements(),
        dates_and_lists(),
        places(),
        known(),
        clocks(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// 0: what a permit can look like.
fn shapes() -> Vec<Spec> {
    vec![
        Spec::new("hangul-name", 1),
        Spec::new("hanzi-name", 2).station(102).with(|p| {
            p.latin = short("OUYANG WENXIU");
            p.native = Some(short("欧阳文秀"));
        }),
        Spec::new("latin-39-characters", 3).with(|p| {
            p.latin = short("SEREBRYAKOVSKAYA-DOLGORUKAYA ALEKSANDRA");
            p.native = None;
        }),
        Spec::new("longest-names", 4).with(|p| {
            p.latin = short("SEREBRYAKOVSKAYA-DOLGORUKAYA ALEKSANDRA");
            p.native = Some(short("남궁하늘별빛나래한가람솔이슬누리보람찬"));
        }),
        Spec::new("birth-year-only", 5).with(|p| p.birth = Birth::Year(1904)),
        Spec::new("birth-year-and-month", 6).with(|p| p.birth = Birth::Month(1927, 11)),
        Spec::new("born-before-1900", 7).with(|p| p.birth = Birth::Day(before_1900())),
        Spec::new("one-crossing", 8).with(|p| {
            let _ = p.options.crossings.push(3);
        }),
        Spec::new("two-crossings", 9).with(|p| {
            let _ = p.options.crossings.extend_from_slice(&[3, 6]);
        }),
        Spec::new("three-children", 10).with(|p| p.options.children = Some(3)),
        Spec::new("entries-and-stay", 11).with(|p| {
            p.options.entries = Some(4);
            p.options.stay = Some(7);
        }),
        Spec::new("bound-to-a-document", 12)
            .with(|p| p.options.document = Some(short("DEMO-77120<4"))),
        Spec::new("every-option", 13).with(|p| {
            let _ = p.options.crossings.extend_from_slice(&[3, 6]);
            p.options.issued = Some(day(8, 30));
            p.options.entries = Some(2);
            p.options.stay = Some(14);
            p.options.children = Some(1);
            p.options.document = Some(short("DEMO-77121<5"));
        }),
        Spec::new("minimal", 14).with(|p| {
            p.latin = short("O");
            p.native = None;
            p.birth = Birth::Year(1940);
            p.options = permit_core::permit::Options::default();
        }),
    ]
}

/// 0: who may hold one, and when it is good.
fn holders() -> Vec<Spec> {
    vec![
        Spec::new("national-of-the-other-side", 15).with(|p| p.nationality = 408),
        Spec::new("special-personnel", 16).station(105),
        Spec::new("by-delegation", 17)
            .station(103)
            .with(|p| p.region = 3)
            .signed_by(key(DELEGATED)),
        Spec::new("through-the-stations-approvals", 18).signed_by(key(APPROVALS)),
        Spec::new("from-the-second-side", 1).station(33_001),
        Spec::new("city-of-the-second-side", 2).station(33_003).crossing(8),
        Spec::new("last-day", 19).with(|p| p.through = day(9, 10)),
        Spec::new("later-copy", 51).station(102).with(|p| p.id.copy = 2),
        Spec::new("newer-than-the-register", 20)
            .with(|p| (p.from, p.through) = (day(9, 10), day(10, 9)))
            .unregistered(),
        Spec::new("arriving-beyond", 21).with(|_| ()).on_the_other_side(),
        Spec::new("going-home", 22).homeward(0).expects(Outcome::Valid, 0),
    ]
}

/// 11: invented codes of other systems.
fn not_permits() -> Vec<Spec> {
    let foreign = |name, text| Spec::text(name, text, Outcome::NotAPermit, 11);
    vec![
        foreign("health-certificate", "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP"),
        foreign(
            "smart-health-card",
            "shc:/567629095243206034602924374044603122295953265460346029254077",
        ),
        foreign("web-address", "https://example.org/permit?number=00101-1963-00000001-001"),
        foreign(
            "passport-zone",
            "P<UTOSPECIMEN<<INVENTED<PERSON<<<<<<<<<<<<<<\nX00000000<UTO0001011<0001011<<<<<<<<<<<<<<04",
        ),
        foreign("wireless-network", "WIFI:T:WPA;S:invented;P:invented;;"),
        foreign("plain-text", "border permit, please"),
    ]
}

/// 20 to 23: layer by layer.
fn broken() -> Vec<Spec> {
    let malformed = |name, text: &str| Spec::text(name, text, Outcome::Invalid, 20);
    let mut short_bytes = Short::<40>::new();
    let envelope = base45_encode(&[7; 20], &mut short_bytes)
        .map_or_else(String::new, |()| format!("BP1:{short_bytes}"));
    vec![
        malformed("text-too-long", &format!("BP1:{}", "0".repeat(1600))),
        malformed("base45-small-letter", "BP1:6bFOXN"),
        malformed("base45-above-its-range", "BP1::::"),
        malformed("envelope-too-short", &envelope),
        Spec::new("payload-not-shortest", 24).twisted(Twist::NotShortest).bad(20),
        Spec::text("newer-version", "BP2:6BFOXN%TS3DH", Outcome::Refer, 21),
        Spec::new("newer-option", 25).twisted(Twist::NewerOption).expects(Outcome::Refer, 21),
        Spec::new("unknown-key", 26).signed_by(key("no station's")).expects(Outcome::Refer, 22),
        Spec::new("forged-signature", 27).twisted(Twist::Flipped).bad(23),
    ]
}

/// 24 and 25: what the key may not sign.
fn entitlements() -> Vec<Spec> {
    let december = Day::from_civil(1962, 12, 15);
    vec![
        Spec::new("another-stations-number", 28).with(|p| p.id.station = 102).bad(24),
        Spec::new("region-not-served", 29).with(|p| p.region = 5).bad(24),
        Spec::new("before-the-keys-window", 30).with(|p| p.options.issued = december).bad(24),
        Spec::new("valid-for-too-long", 31).with(|p| p.through = p.from.plus(366)).bad(24),
        Spec::new("station-suspended", 1).station(106).crossing(10).bad(24),
        Spec::new("station-suspended-by-revocation", 1).station(33_004).crossing(6).bad(24),
        Spec::new("region-not-served-homeward", 32).with(|p| p.region = 5).homeward(24),
        Spec::new("specimen", 33).with(|p| p.options.specimen = true).bad(25),
    ]
}

/// 30 to 34.
fn dates_and_lists() -> Vec<Spec> {
    let early = |p: &mut Permit| {
        p.options.issued = Some(day(9, 5));
        (p.from, p.through) = (day(9, 11), day(10, 10));
    };
    let late = |p: &mut Permit| (p.from, p.through) = (day(8, 1), day(9, 9));
    vec![
        Spec::new("not-yet-valid", 34).with(early).bad(30),
        Spec::new("not-yet-valid-homeward", 35).with(early).homeward(30),
        Spec::new("expired-yesterday", 36).with(late).bad(31),
        Spec::new("expired-homeward", 37).with(late).homeward(31),
        Spec::new("revoked-by-serial", 40).bad(32),
        Spec::new("revoked-homeward", 41).homeward(32),
        Spec::new("revoked-by-the-second-side", 40).station(33_001).bad(32),
        Spec::new("revoked-with-a-range", 955).bad(32),
        Spec::new("reported-lost", 50).station(102).bad(32),
        Spec::new("replaced-by-a-copy", 51).station(102).bad(33),
        Spec::new("replaced-homeward", 51).station(102).homeward(33),
        Spec::new("not-in-the-register", 700).unregistered().expects(Outcome::Refer, 34),
    ]
}

/// 40 to 43.
fn places() -> Vec<Spec> {
    let before_opening = NOON.plus(-5 * 60 * 60);
    let in_the_suspension = NOON.plus(3 * super::DAY);
    vec![
        Spec::new("region-left-the-zone", 42).with(|p| p.region = 99).bad(40),
        Spec::new("region-never-listed", 43).with(|p| p.region = 77).bad(40),
        Spec::new("region-left-homeward", 44).with(|p| p.region = 99).homeward(40),
        Spec::new("other-zone", 45).with(|p| p.zone = 2).bad(41),
        Spec::new("other-zone-homeward", 46).with(|p| p.zone = 2).homeward(41),
        Spec::new("other-crossing", 47).with(only_sanhe).bad(42),
        Spec::new("other-crossing-homeward", 48).with(only_sanhe).homeward(42),
        Spec::new("crossing-closed", 49).crossing(4).bad(43),
        Spec::new("crossing-suspended", 52).crossing(7).at(in_the_suspension).bad(43),
        Spec::new("crossing-before-its-hours", 53).crossing(1).at(before_opening).bad(43),
        Spec::new("crossing-closed-homeward", 54).crossing(4).homeward(43),
        Spec::new("two-faults-at-once", 56).with(only_sanhe).crossing(4).bad(42),
    ]
}

/// 50 to 53: only a journal can tell.
fn known() -> Vec<Spec> {
    let passage = |crossing, direction, before: i64| Passage {
        checkpoint: Checkpoint { crossing, side: Side::A, direction },
        at: NOON.plus(-before),
    };
    let many = |p: &mut Permit| p.options.entries = None;
    let away = UnixTime(NOON.0 - 40 * super::DAY);
    let long_ago = Passage { at: away, ..passage(3, Direction::Exit, 0) };
    let (day, minutes) = (super::DAY, 60);
    vec![
        Spec::new("entries-used-up", 57).bad(50).known(Presence {
            journeys: 1,
            outside_since: None,
            last: Some(passage(3, Direction::Entry, 2 * day)),
        }),
        Spec::new("already-beyond", 58).with(many).expects(Outcome::Refer, 51).known(Presence {
            journeys: 1,
            outside_since: Some(NOON.plus(-day)),
            last: Some(passage(3, Direction::Exit, day)),
        }),
        Spec::new("stayed-too-long", 59)
            .with(|p| (p.from, p.through) = (super::lists::day(8, 1), super::lists::day(12, 31)))
            .homeward(52)
            .known(Presence { journeys: 1, outside_since: Some(away), last: Some(long_ago) }),
        Spec::new("seen-elsewhere", 60).with(many).expects(Outcome::Refer, 53).known(Presence {
            journeys: 1,
            outside_since: None,
            last: Some(passage(6, Direction::Entry, 10 * minutes)),
        }),
    ]
}

/// 60 and 61.
fn clocks() -> Vec<Spec> {
    let year = |p: &mut Permit| p.through = p.from.plus(365);
    vec![
        Spec::new("clock-below-the-floor", 61)
            .at(NOON.plus(-2 * super::DAY))
            .expects(Outcome::Refer, 60),
        Spec::new("lists-too-old", 62)
            .with(year)
            .at(super::ISSUED.plus(181 * super::DAY))
            .expects(Outcome::Refer, 61),
    ]
}

impl Spec {
    /// Asked by the other side, on the way in.
    fn on_the_other_side(mut self) -> Self {
        self.checkpoint.side = self.checkpoint.side.other();
        self.checkpoint.direction = Direction::Entry;
        self
    }
}

fn only_sanhe(permit: &mut Permit) {
    let _ = permit.options.crossings.push(6);
}

/// A month's permit for one round trip, for somebody the station serves.
fn permit(station: u16, serial: u32) -> Permit {
    let (latin, native, region, nationality) = match station {
        102 => ("LIN SHUZHEN", "林淑珍", 5, 156),
        103 => ("PAK TONGHAE", "박동해", 4, 156),
        105 => ("SONG YULAN", "宋玉兰", 6, 156),
        106 => ("CUI DASHAN", "崔大山", 9, 156),
        33_001 => ("HAN PYOLSUN", "한별순", 104, 408),
        33_003 => ("RI SORIM", "리소림", 111, 408),
        33_004 => ("O TALLAE", "오달래", 108, 408),
        _ => ("NAMGUNG HANUL", "남궁하늘", 3, 156),
    };
    Permit {
        id: PermitId { station, year: 63, serial, copy: 1 },
        latin: short(latin),
        native: Some(short(native)),
        birth: Birth::Day(Day::from_civil(1931, 4, 2).unwrap_or(Day::FIRST)),
        nationality,
        region,
        zone: 1,
        from: day(9, 2),
        through: day(10, 2),
        options: permit_core::permit::Options { entries: Some(1), ..Default::default() },
    }
}

fn before_1900() -> Day {
    Day::from_civil(1889, 12, 31).unwrap_or(Day::EARLIEST_BIRTH)
}

/// The demo's own names, all short enough; core would refuse an empty one.
fn short<const N: usize>(text: &str) -> Short<N> {
    Short::try_from(text).unwrap_or_default()
}

fn code(permit: &Permit, key: &SecretKey, twist: Twist) -> Result<Vec<u8>, DemoError> {
    if twist == Twist::None {
        return Ok(seal(permit, key)?.as_bytes().to_vec());
    }
    let mut payload = [0; permit_core::permit::PAYLOAD];
    let length = permit.encode(&mut payload).map_err(permit_core::SealError::Permit)?;
    let mut payload = payload[..length].to_vec();
    match twist {
        Twist::NewerOption => newer_option(&mut payload),
        Twist::NotShortest => not_shortest(&mut payload),
        Twist::None | Twist::Flipped => {}
    }
    let kid = KeyId::of(&key.public_key());
    let message = [&cose::frame(Kind::Permit, kid, payload.len())[..], &payload].concat();
    let Ok(mut signature) = key.sign(&message);
    if twist == Twist::Flipped {
        signature[40] ^= 0x10;
    }
    let text = spell(kid, &payload, &signature).ok_or(DemoError::TooLong)?;
    Ok(text.as_bytes().to_vec())
}

/// `-1: true` after option 2, the only one there.
fn newer_option(payload: &mut Vec<u8>) {
    let map = payload.len() - 3;
    debug_assert_eq!(payload[map..], [0xa1, 2, 1]);
    payload[map] = 0xa2;
    payload.extend([0x20, 0xf5]);
}

/// The number of entries in two bytes where one does.
fn not_shortest(payload: &mut Vec<u8>) {
    payload.pop();
    payload.extend([0x18, 0x01]);
}
