//! Two faults at once: the earlier one in the order is the verdict, the other is listed beside it.

use permit_core::{
    Direction, Distrust, Now, Passage, Permit, Presence, Reason, Side, TerminalFault, Verdict,
};
use permit_tests::{
    array,
    item::Item,
    key::Key,
    town::{Ask, Town, codes, day, issued, noon, permit, today},
};

/// The order of the verdicts page.
pub(super) const ORDER: [u8; 18] =
    [24, 25, 32, 33, 31, 30, 41, 40, 42, 43, 50, 34, 51, 52, 53, 62, 60, 61];

struct Scene {
    town: Town,
    permit: Permit,
    ask: Ask,
    presence: Presence,
    last: Passage,
}

impl Scene {
    fn new(homeward: bool) -> Self {
        let ask = if homeward { Ask::homeward() } else { Ask::new() };
        let mut permit = permit(1);
        permit.options.issued = Some(day(1963, 9, 4));
        let mut before = ask.checkpoint;
        before.direction = if homeward { Direction::Exit } else { Direction::Entry };
        let last = Passage { checkpoint: before, at: noon(today()).plus(-86_400) };
        Self { town: Town::new(), permit, ask, presence: Presence::default(), last }
    }

    /// Adds what a code is about.
    fn fault(&mut self, code: u8) {
        let yesterday = today().plus(-1);
        match code {
            24 => *self.town.zone.payload.at(&[9]) = array![1_u8, 1_u8, 1_u8, 15_u8, 14_u8, 60_u8],
            25 => self.permit.options.specimen = true,
            32 => self.revocations(8, array![11_u8, 63_u8, 1_u8, 1_u8, yesterday]),
            33 => self.revocations(7, array![11_u8, 63_u8, 1_u8, 2_u8, false, yesterday]),
            31 => self.permit.through = yesterday,
            30 => self.permit.from = today().plus(1),
            41 => self.permit.zone = 2,
            40 => self.permit.region = 103,
            42 => self.permit.options.crossings.push(2).unwrap(),
            43 => *self.town.zone.payload.at(&[8, 0, 6]) = array![array![yesterday, 1_u8]],
            50 => {
                self.permit.options.entries = Some(1);
                self.presence.journeys = 1;
            }
            34 => {
                let serials = array![array![11_u8, 63_u8, [0x20_u8]]];
                *self.town.document(Side::A, 2).payload.at(&[7]) = serials;
            }
            51 => self.last.checkpoint.direction = self.ask.checkpoint.direction,
            52 => self.presence.outside_since = Some(noon(today().plus(-40))),
            53 => {
                self.last.checkpoint.crossing = 2;
                self.last.at = noon(today()).plus(-60);
            }
            62 => self.ask.fault = Some(TerminalFault::Disk),
            60 => self.ask.now = Now::untrusted(None, noon(today()), Distrust::Stopped),
            61 => {
                let snapshot = &mut self.town.half(Side::A).snapshot.payload;
                *snapshot.at(&[2]) = issued().plus(1).into();
                *snapshot.at(&[3]) = issued().plus(2).into();
            }
            _ => panic!("no such code: {code}"),
        }
    }

    fn revocations(&mut self, field: usize, entry: Item) {
        self.town.document(Side::A, 1).payload.items()[field].items().insert(0, entry);
    }

    fn found(&self) -> Vec<u8> {
        let presence = Presence { last: Some(self.last), ..self.presence };
        let trust = self.town.open().unwrap();
        let text = Key::named("station/11").seal(&self.permit);
        codes(&self.ask.knowing(presence).judge(trust, text.as_bytes()))
    }
}

/// Pairs that cannot both be: validity that ends before it begins, one of two zones, a day that may
/// not have come by a clock that does not know.
const CANNOT: [(u8, u8); 3] = [(31, 30), (41, 40), (30, 60)];

#[test]
fn every_fault_alone() {
    assert_eq!(Scene::new(false).found(), [0]);
    assert_eq!(Scene::new(true).found(), [0]);
    for code in ORDER {
        for homeward in [false, true] {
            let mut scene = Scene::new(homeward);
            scene.fault(code);
            let expected = if homeward && code == 50 { 0 } else { code };
            assert_eq!(scene.found(), [expected], "homeward: {homeward}");
        }
    }
}

#[test]
fn every_pair_of_faults() {
    let mut pairs = 0;
    for (index, first) in ORDER.into_iter().enumerate() {
        for second in ORDER.into_iter().skip(index + 1) {
            if CANNOT.contains(&(first, second)) {
                continue;
            }
            for homeward in [false, true] {
                let mut scene = Scene::new(homeward);
                scene.fault(first);
                scene.fault(second);
                let mut expected = vec![first, second];
                if homeward {
                    // A specimen alone stays invalid on the way home, and journeys are not counted.
                    expected.retain(|code| *code != 50);
                    expected.sort_by_key(|code| *code != 25);
                }
                assert_eq!(scene.found(), expected, "homeward: {homeward}");
                pairs += 1;
            }
        }
    }
    println!("{pairs} pairs of faults in order");
    assert_eq!(pairs, 2 * (18 * 17 / 2 - 3));
}

#[test]
fn everything_at_once() {
    let mut scene = Scene::new(false);
    let all: Vec<_> = ORDER.into_iter().filter(|code| ![30, 40].contains(code)).collect();
    all.iter().for_each(|code| scene.fault(*code));
    assert_eq!(scene.found(), all);
    let mut scene = Scene::new(true);
    all.iter().for_each(|code| scene.fault(*code));
    let found = scene.found();
    assert_eq!(found[0], 25);
    assert_eq!(found.len(), all.len() - 1, "50 is not asked on the way home");
}

/// What stops a text before its rules, in order: each with everything that comes later wrong as well.
#[test]
fn before_the_rules() {
    let trust = Town::new().open().unwrap();
    let judge = |text: &str| codes(&Ask::new().judge(trust, text.as_bytes()));
    let key = Key::named("station/11");
    let mut expired = permit(5);
    expired.through = expired.from;
    expired.options.specimen = true;
    let payload = |permit: &Permit, change: &dyn Fn(&mut Item)| {
        let mut out = [0; 1000];
        let length = permit.encode(&mut out).unwrap();
        let mut item = Item::read(&out[..length]).0;
        change(&mut item);
        item.encode()
    };
    let option = |key: i128, value: Item| {
        move |item: &mut Item| {
            let pair = (Item::Int(key), value.clone());
            match item.items().get_mut(9) {
                Some(Item::Map(pairs)) => pairs.push(pair),
                _ => item.items().push(Item::Map(vec![pair])),
            }
        }
    };
    let good = key.seal(&expired);
    assert_eq!(judge(&good), [25, 32, 31]);
    assert_eq!(judge(&good.replacen("BP1", "BP2", 1)), [21]);
    assert_eq!(judge(&good.replacen("BP1", "BP0", 1)), [11]);
    let odd = (good.len() - 4) / 3 * 3 - 2 + 4;
    assert_eq!(judge(&good[..odd]), [20]);
    // An unknown key, a false signature, a payload that is none: the earlier one is said.
    assert_eq!(judge(&Key::named("nobody").seal_raw(b"\xff")), [22]);
    let other = permit_core::spell(key.id(), b"\xff", &[0; 64]).unwrap();
    assert_eq!(judge(&other), [23]);
    assert_eq!(judge(&key.seal_raw(b"\xff")), [20]);
    // Made for a newer terminal, after what is malformed and before every rule.
    let newer = payload(&expired, &option(-1, Item::Bool(true)));
    assert_eq!(judge(&key.seal_raw(&newer)), [21]);
    let ignored = payload(&permit(1), &option(8, Item::Text("later".into())));
    assert_eq!(judge(&key.seal_raw(&ignored)), [0]);
    let both = payload(&permit(1), &|item| {
        option(-1, Item::Null)(item);
        *item.at(&[4]) = Item::Int(0);
    });
    assert_eq!(judge(&key.seal_raw(&both)), [20]);
    // Long without a portrait: malformed, before the rules; with one it may be long.
    let long = payload(&expired, &option(8, Item::bytes(&[7; 200])));
    let text = key.seal_raw(&long);
    let judgement = Ask::new().judge(trust, text.as_bytes());
    assert!(text.len() > 320);
    assert!(matches!(
        judgement.verdict,
        Verdict::Invalid(Reason::Malformed { layer: permit_core::Layer::Text, offset: 320, .. })
    ));
    assert!(judgement.permit.is_none());
    let mut portrait = permit(1);
    portrait.options.portrait = Some([7; 800].into_iter().collect());
    let text = key.seal(&portrait);
    assert!(text.len() > 1300);
    assert_eq!(judge(&text), [0]);
}

/// A text that is too long for what is in it, and wrong in every layer that is asked before that.
#[test]
fn row_20_the_length_waits_for_the_payload_and_the_payload_for_the_signature() {
    let trust = Town::new().open().unwrap();
    let (key, stranger) = (Key::named("station/11"), Key::named("nobody"));
    let mut out = [0; 1000];
    let length = permit(5).encode(&mut out).unwrap();
    let long = |option: i128| {
        let mut item = Item::read(&out[..length]).0;
        item.items().push(Item::Map(vec![(Item::Int(option), Item::bytes(&[7; 250]))]));
        item.encode()
    };
    let judge = |text: &str| Ask::new().judge(trust, text.as_bytes());
    let layer = |text: &str| match judge(text).verdict {
        Verdict::Invalid(Reason::Malformed { layer, .. }) => layer,
        other => panic!("{other:?}"),
    };
    assert!(key.seal_raw(&long(8)).len() > 320);
    assert_eq!(judge(&stranger.seal_raw(&long(8))).verdict.code(), 22);
    let false_one = permit_core::spell(key.id(), &long(8), &[0; 64]).unwrap();
    assert_eq!(judge(&false_one).verdict.code(), 23);
    let cut = &long(8)[..240];
    assert_eq!(layer(&key.seal_raw(cut)), permit_core::Layer::Payload);
    assert_eq!(judge(&key.seal_raw(&long(-1))).verdict.code(), 21);
    let judged = judge(&key.seal_raw(&long(8)));
    assert_eq!(layer(&key.seal_raw(&long(8))), permit_core::Layer::Text);
    // Revoked as well, but no rule was asked.
    assert!(judged.also.is_empty() && judged.permit.is_none());
    assert_eq!(judged.stage, permit_core::Stage::Signature);

    // The proof is made of the signature alone: nothing of the payload is looked at for it.
    let open = |text: &str| permit_core::Envelope::open(text.as_bytes()).unwrap();
    let proof = |text: &str| {
        permit_core::Checked::of(&open(text), trust)
            .map(|checked| (checked.side(), checked.station().number))
            .map_err(|(_, reason)| reason.code())
    };
    assert_eq!(proof(&key.seal_raw(b"\xff")), Ok((Side::A, 11)));
    assert_eq!(proof(&stranger.seal_raw(b"\xff")), Err(22));
    assert_eq!(proof(&permit_core::spell(key.id(), b"\xff", &[0; 64]).unwrap()), Err(23));
}

#[test]
fn three_hundred_and_twenty_characters() {
    let trust = Town::new().open().unwrap();
    let key = Key::named("station/11");
    let mut out = [0; 1000];
    let length = permit(1).encode(&mut out).unwrap();
    let mut seen = Vec::new();
    for filler in 80..140 {
        let mut item = Item::read(&out[..length]).0;
        item.items().push(Item::Map(vec![(8_u8.into(), Item::bytes(&vec![7; filler]))]));
        let text = key.seal_raw(&item.encode());
        let code = Ask::new().judge(trust, text.as_bytes()).verdict.code();
        assert_eq!(code, if text.len() <= 320 { 0 } else { 20 }, "{}", text.len());
        seen.push(text.len());
    }
    assert!(seen.contains(&320) || seen.contains(&319), "{seen:?}");
    assert!(seen.iter().any(|length| (321..=323).contains(length)));
}
