//! How many people are found again under another spelling, and how many strangers are taken for them.
//!
//! `cargo run --release -p permit-station --example alike [PEOPLE] [SEED]`
//!
//! Every name is drawn from syllables; none is of anybody. A registry of 10,000 (or PEOPLE) people is filled. Of each way
//! in which a person may come again, 1,000 do; and 1,000 newcomers who are in no registry. Births lie within 50 years, so
//! that an exact birth is shared by about every second newcomer, as at a desk.

#![expect(clippy::unwrap_used, reason = "an example ends where it cannot go on")]
#![expect(clippy::print_stdout, reason = "it prints its table")]

#[path = "people/mod.rs"]
mod people;

use std::time::Instant;

use permit_core::{Day, UnixTime};
use permit_record::{Enrolment, Role, Roles};
use permit_signing::SecretKey;
use permit_station::{
    likeness::alike,
    rules::{Act, ApplicationAct, Class, Desk, Founding, Language, Origin, Paper},
};

use people::{Dice, Someone, particulars};

/// Noon of 1963-09-10 at the desk.
const NOON: UnixTime = UnixTime(-199_137_600);

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
    let mut dice = Dice::of(seed);
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
