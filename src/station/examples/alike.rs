//! How many people are found again under another spelling, and how many strangers are taken for them.
//!
//! `cargo run --release -p permit-station --example alike [PEOPLE] [SEED]`
//!
//! Every name is drawn from syllables; none is of anybody. A registry of 10,000 (or PEOPLE) people is filled. Of each way
//! in which a person may come again, 1,000 do; and 1,000 newcomers who are in no registry. Births lie within 50 years, so
//! that an exact birth is shared by about every second newcomer, as at a desk.

#![expect(clippy::unwrap_used, reason = "an example ends where it cannot go on")]
#![expect(clippy::print_stdout, reason = "it prints its table")]

use std::time::Instant;

use permit_core::{Birth, Day, UnixTime};
use permit_record::{Enrolment, Role, Roles};
use permit_signing::SecretKey;
use permit_station::{
    likeness::alike,
    rules::{Act, ApplicationAct, Class, Desk, Founding, Language, Origin, Paper, Particulars},
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// Noon of 1963-09-10 at the desk.
const NOON: UnixTime = UnixTime(-199_137_600);

/// Surnames: Revised, McCune–Reischauer, as people write them, and Hangul.
const KOREAN: [[&str; 4]; 12] = [
    ["GIM", "KIM", "KIM", "김"],
    ["I", "YI", "LEE", "이"],
    ["BAK", "PAK", "PARK", "박"],
    ["CHOE", "CH'OE", "CHOI", "최"],
    ["JEONG", "CHŎNG", "JUNG", "정"],
    ["GANG", "KANG", "KANG", "강"],
    ["JO", "CHO", "CHO", "조"],
    ["YUN", "YUN", "YOON", "윤"],
    ["JANG", "CHANG", "CHANG", "장"],
    ["IM", "IM", "LIM", "임"],
    ["HAN", "HAN", "HAHN", "한"],
    ["SIN", "SIN", "SHIN", "신"],
];
/// Syllables of given names, likewise; of the second syllable by McCune–Reischauer as between vowels.
const GIVEN: [[&str; 4]; 24] = [
    ["CHEOL", "CH'ŎL", "CHUL", "철"],
    ["SU", "SU", "SOO", "수"],
    ["YEONG", "YŎNG", "YOUNG", "영"],
    ["HUI", "HŬI", "HEE", "희"],
    ["GYEONG", "KYŎNG", "KYUNG", "경"],
    ["JIN", "CHIN", "JIN", "진"],
    ["SEONG", "SŎNG", "SUNG", "성"],
    ["HO", "HO", "HO", "호"],
    ["MIN", "MIN", "MIN", "민"],
    ["JUN", "CHUN", "JOON", "준"],
    ["SEON", "SŎN", "SUN", "선"],
    ["OK", "OK", "OK", "옥"],
    ["BONG", "PONG", "BONG", "봉"],
    ["DEOK", "TŎK", "DUK", "덕"],
    ["GIL", "KIL", "GIL", "길"],
    ["SIK", "SIK", "SHIK", "식"],
    ["HWA", "HWA", "HWA", "화"],
    ["RAN", "NAN", "RAN", "란"],
    ["TAE", "T'AE", "TAE", "태"],
    ["GWANG", "KWANG", "KWANG", "광"],
    ["WON", "WŎN", "WON", "원"],
    ["EUN", "ŬN", "EUN", "은"],
    ["JA", "CHA", "JA", "자"],
    ["SANG", "SANG", "SANG", "상"],
];
/// Surnames and syllables in pinyin and by Wade–Giles.
const CHINESE: [[&str; 2]; 10] = [
    ["ZHANG", "CHANG"],
    ["WANG", "WANG"],
    ["LIU", "LIU"],
    ["CHEN", "CH'EN"],
    ["ZHAO", "CHAO"],
    ["SUN", "SUN"],
    ["ZHOU", "CHOU"],
    ["XU", "HSÜ"],
    ["GUO", "KUO"],
    ["SONG", "SUNG"],
];
const SYLLABLES: [[&str; 2]; 20] = [
    ["JIAN", "CHIEN"],
    ["GUO", "KUO"],
    ["QING", "CH'ING"],
    ["XIU", "HSIU"],
    ["LAN", "LAN"],
    ["ZHI", "CHIH"],
    ["DE", "TE"],
    ["FU", "FU"],
    ["YU", "YÜ"],
    ["MEI", "MEI"],
    ["SHAN", "SHAN"],
    ["BAO", "PAO"],
    ["TING", "T'ING"],
    ["CAI", "TS'AI"],
    ["HONG", "HUNG"],
    ["WEN", "WEN"],
    ["LIAN", "LIEN"],
    ["PING", "P'ING"],
    ["RONG", "JUNG"],
    ["XIANG", "HSIANG"],
];

/// A person, in every spelling.
#[derive(Clone)]
struct Someone {
    spellings: Vec<String>,
    hangul: Option<String>,
    birth: (i32, u8, u8),
    region: u16,
}

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.0.next_u64() % most as u64).unwrap()
    }

    fn someone(&mut self) -> Someone {
        let birth = (
            1890 + i32::try_from(self.below(50)).unwrap(),
            u8::try_from(1 + self.below(12)).unwrap(),
            u8::try_from(1 + self.below(28)).unwrap(),
        );
        let region = [1, 3][self.below(2)];
        if self.below(2) == 0 {
            let surname = KOREAN[self.below(KOREAN.len())];
            let (a, b) = (GIVEN[self.below(GIVEN.len())], GIVEN[self.below(GIVEN.len())]);
            let spelt =
                |at: usize, hyphen: &str| format!("{} {}{hyphen}{}", surname[at], a[at], b[at]);
            let spellings = vec![spelt(0, ""), spelt(1, "-"), spelt(2, " ")];
            let hangul = Some([surname[3], a[3], b[3]].concat());
            return Someone { spellings, hangul, birth, region };
        }
        let surname = CHINESE[self.below(CHINESE.len())];
        let (a, b) = (SYLLABLES[self.below(20)], SYLLABLES[self.below(20)]);
        let spelt = |at: usize, hyphen: &str| format!("{} {}{hyphen}{}", surname[at], a[at], b[at]);
        let spellings = vec![spelt(0, ""), spelt(1, "-"), spelt(0, " ")];
        Someone { spellings, hangul: None, birth, region }
    }

    /// A typing error: a letter left out, doubled, another, or two that changed places.
    fn mistyped(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let inner: Vec<usize> =
            (1..letters.len() - 1).filter(|at| letters[*at].is_alphabetic()).collect();
        let at = inner[self.below(inner.len())];
        match self.below(4) {
            0 => {
                letters.remove(at);
            }
            1 => letters.insert(at, letters[at]),
            2 => {
                let other = u32::try_from(self.below(26)).unwrap();
                letters[at] = char::from_u32(u32::from('A') + other).unwrap();
            }
            _ => letters.swap(at, at + 1),
        }
        let name: String = letters.into_iter().collect();
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A slip in a birth: one digit, or day and month exchanged.
    fn slipped(&mut self, (year, month, day): (i32, u8, u8)) -> (i32, u8, u8) {
        match self.below(3) {
            0 => (year - year % 10 + i32::try_from(self.below(10)).unwrap(), month, day),
            1 => (year, month, day - day % 10 + u8::try_from(1 + self.below(8)).unwrap()),
            _ if day <= 12 => (year, day, month),
            _ => (year + 10, month, day),
        }
    }
}

fn particulars(
    name: &str,
    native: Option<&str>,
    (y, m, d): (i32, u8, u8),
    region: u16,
) -> Particulars {
    Particulars {
        latin: name.to_owned(),
        native: native.map(str::to_owned),
        birth: Birth::Day(Day::from_civil(y, m, d).unwrap()),
        nationality: 156,
        region,
        from: None,
        days: 30,
        crossings: Vec::new(),
        entries: Some(1),
        stay: None,
        children: None,
        document: None,
        commune: None,
    }
}

/// A desk with these people's applications, by the rules.
fn desk(people: &[Someone]) -> Desk {
    let key = |seed: u8| SecretKey::from_known_seed_for_demo_keys_only(&[seed; 32]);
    let enrolment = |officer: u8, latin: &str| Enrolment {
        station: 101,
        officer: officer.into(),
        latin: latin.to_owned(),
        native: None,
        key: permit_core::Signer::public_key(&key(officer)),
        roles: Roles::of(&[Role::Supervisor, Role::Counter]),
        at: NOON,
    };
    let sealed = |enrolment: Enrolment| {
        let both = [key(1), key(2)].map(|key| {
            let Ok(signature) = enrolment.sign(&key);
            signature
        });
        enrolment.seal(both)
    };
    let founding = Founding {
        zone: 1,
        station: 101,
        offset: 480,
        demo: true,
        key: permit_core::Signer::public_key(&key(9)),
        first: sealed(enrolment(1, "FIRST ONE")),
        second: sealed(enrolment(2, "SECOND TWO")),
        regions: vec![1, 3],
        longest: 31,
        delegation: None,
    };
    let mut desk = Desk::found(founding, NOON).unwrap();
    for someone in people {
        let (class, origin, language) = (Class::Resident, Origin::New, Language::Zh);
        let open = ApplicationAct::Open { class, origin, language, applicant: None, salt: [0; 16] };
        let number = desk.act(1, NOON, Act::Application(0, open)).unwrap().subject.number();
        let kind = class.needs()[0][0];
        let paper =
            Paper { kind, issuer: "A".to_owned(), dated: Day::from_civil(1963, 9, 1).unwrap() };
        desk.act(1, NOON, Act::Application(number, ApplicationAct::See(paper))).unwrap();
        let fill = particulars(
            &someone.spellings[0],
            someone.hangul.as_deref(),
            someone.birth,
            someone.region,
        );
        desk.act(1, NOON, Act::Application(number, ApplicationAct::Fill(fill))).unwrap();
    }
    desk
}

fn main() {
    let mut args = std::env::args().skip(1);
    let people = args.next().map_or(10_000, |text| text.parse().unwrap());
    let seed = args.next().map_or(1963, |text| text.parse().unwrap());
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let everybody: Vec<Someone> = (0..people).map(|_| dice.someone()).collect();
    let desk = desk(&everybody);
    println!("{people} people, seed {seed}; 1,000 of each\n");
    let ways = [
        "the same letters, no native name",
        "McCune–Reischauer or Wade–Giles",
        "as people write it, words apart",
        "one typing error",
        "another system and one typing error",
        "given name first",
        "a slip in the birth",
        "another system and a slip in the birth",
        "the same name in Hangul, other letters",
    ];
    let began = Instant::now();
    for (way, name) in ways.iter().enumerate() {
        let (mut found, mut others, mut tried) = (0, 0, 0);
        while tried < 1000 {
            let at = dice.below(people);
            let it = everybody[at].clone();
            let (native, spelling) = match way {
                8 if it.hangul.is_none() => continue,
                8 => (it.hangul.clone(), "MISREAD NAME".to_owned()),
                1 | 7 => (None, it.spellings[1].clone()),
                2 => (None, it.spellings[2].clone()),
                3 => (None, dice.mistyped(&it.spellings[0])),
                4 => (None, dice.mistyped(&it.spellings[1])),
                5 => {
                    let (first, rest) = it.spellings[0].split_once(' ').unwrap();
                    (None, format!("{rest} {first}"))
                }
                _ => (None, it.spellings[0].clone()),
            };
            let birth = if matches!(way, 6 | 7) { dice.slipped(it.birth) } else { it.birth };
            let draft = particulars(&spelling, native.as_deref(), birth, it.region);
            let likely = alike(&desk, &draft, 0);
            found += usize::from(likely.iter().any(|it| it.number as usize == at + 1));
            others += likely.iter().filter(|it| it.number as usize != at + 1).count();
            tried += 1;
        }
        println!("{name:42} found {found:4} of 1000, others shown {others:3}");
    }
    let (mut alarms, mut shown) = (0, 0);
    for _ in 0..1000 {
        let it = dice.someone();
        let draft = particulars(&it.spellings[1], it.hangul.as_deref(), it.birth, it.region);
        let likely = alike(&desk, &draft, 0).len();
        alarms += usize::from(likely > 0);
        shown += likely;
    }
    println!("{:42} {alarms:4} of 1000 shown somebody, {shown} in all", "newcomers");
    let each = began.elapsed().as_secs_f64() * 1000.0 / 10_000.0;
    println!("\n{each:.2} ms a look");
}
