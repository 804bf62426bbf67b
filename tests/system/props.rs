//! Properties: one permit has one encoding, and no bytes whatever make a reader fall over.

use permit_core::{
    Day, Envelope, Permit, PermitId, Terms, Verdict, gate,
    permit::{Birth, Options, Unreadable},
};
use permit_tests::{
    item::Item,
    key::Key,
    town::{Ask, Town, codes, permit, try_open},
};
use proptest::{
    collection::{btree_set, vec},
    option,
    prelude::*,
};

fn birth() -> impl Strategy<Value = Birth> {
    prop_oneof![
        (-36_524..=93_501).prop_map(|n| Birth::Day(Day::new(n).unwrap())),
        (1800..=2155_u16).prop_map(Birth::Year),
        (1800..=2155_u16, 1..=12_u8).prop_map(|(year, month)| Birth::Month(year, month)),
    ]
}

fn days() -> impl Strategy<Value = (Day, Day, Option<Day>)> {
    let day = |n| Day::new(n).unwrap();
    (1..=93_000, 0..500, option::of(1..400)).prop_map(move |(from, length, issued)| {
        (day(from), day(from + length), issued.map(|days: i32| day((from - days).max(0))))
    })
}

fn options() -> impl Strategy<Value = Options> {
    (
        btree_set(1..=u16::MAX, 0..24),
        option::of(1..=u32::MAX),
        option::of(1..=u16::MAX),
        option::of(1..=9_u8),
        option::of("[A-Z0-9<-]{1,20}"),
        option::weighted(0.2, vec(any::<u8>(), 1..=800)),
        any::<bool>(),
    )
        .prop_map(|(crossings, entries, stay, children, document, portrait, specimen)| {
            Options {
                crossings: crossings.into_iter().collect(),
                issued: None,
                entries,
                stay,
                children,
                document: document.map(|text| text.as_str().try_into().unwrap()),
                portrait: portrait.map(|bytes| bytes.into_iter().collect()),
                specimen,
            }
        })
}

fn any_permit() -> impl Strategy<Value = Permit> {
    let id = (1..=u16::MAX, any::<u8>(), 1..=0xff_ffff_u32, any::<u8>());
    (
        id,
        "[A-Za-zÀ-ÿŏŭ'.-]{1,6}( [A-Z]{1,12}){0,2}",
        option::of("[가-힣一-龥]{1,6}( [가-힣]{1,6})?"),
        birth(),
        (1..=999_u16, 1..=u16::MAX, 1..=u16::MAX),
        days(),
        options(),
    )
        .prop_map(
            |(
                id,
                latin,
                native,
                birth,
                (nationality, region, zone),
                (from, through, issued),
                options,
            )| Permit {
                id: PermitId { station: id.0, year: id.1, serial: id.2, copy: id.3 },
                latin: latin.as_str().try_into().unwrap(),
                native: native.map(|name| name.as_str().try_into().unwrap()),
                birth,
                nationality,
                region,
                zone,
                from,
                through,
                options: Options { issued, ..options },
            },
        )
}

/// True if the payload has an option that is read and then forgotten.
fn has_unknown_options(payload: &[u8]) -> bool {
    let Item::Array(items) = Item::read(payload).0 else { return false };
    matches!(items.get(9), Some(Item::Map(pairs)) if pairs.iter().any(|(key, _)| matches!(key, Item::Int(8..))))
}

/// Whatever is accepted is, written again, the same bytes.
fn again(payload: &[u8]) {
    if gate(payload, permit_core::PERMIT_DEPTH).is_ok() {
        assert_eq!(Item::read(payload).0.encode(), payload);
    }
    if let Ok(permit) = Permit::decode(payload)
        && !has_unknown_options(payload)
    {
        let mut out = [0; 1100];
        let length = permit.encode(&mut out).unwrap();
        assert_eq!(&out[..length], payload);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn permits_there_and_back(permit in any_permit()) {
        let mut out = [0; 1100];
        let length = permit.encode(&mut out).unwrap();
        prop_assert_eq!(Permit::decode(&out[..length]), Ok(permit.clone()));
        again(&out[..length]);
        let printed = permit.id.to_string();
        prop_assert_eq!(printed.parse(), Ok(permit.id));
        let key = Key::named("station/11");
        if let Ok(text) = permit_core::seal(&permit, &key) {
            let envelope = Envelope::open(text.as_bytes()).unwrap();
            prop_assert_eq!(envelope.payload(), &out[..length]);
            prop_assert_eq!(envelope.kid(), key.id());
        }
    }

    #[test]
    fn mutated_payloads(permit in any_permit(), at in any::<prop::sample::Index>(), with in vec(any::<u8>(), 0..4), cut in 0..4_usize) {
        let mut out = [0; 1100];
        let length = permit.encode(&mut out).unwrap();
        let mut payload = out[..length].to_vec();
        let at = at.index(payload.len());
        let end = (at + cut).min(payload.len());
        payload.splice(at..end, with);
        again(&payload);
        // Signed all the same: it is judged, never a crash.
        if payload.len() < 900 && !payload.is_empty() {
            let trust = trust();
            let text = Key::named("station/11").seal_raw(&payload);
            let judgement = Ask::new().judge(trust, text.as_bytes());
            let newer = matches!(Permit::decode(&payload), Err(Unreadable::Newer(_)));
            prop_assert_eq!(judgement.verdict.code() == 21, newer);
        }
    }

    #[test]
    fn any_scan(scan in vec(any::<u8>(), 0..400), text in "[0-9A-Z $%*+./:-]{0,400}") {
        let trust = trust();
        for scan in [scan.clone(), [b"BP1:", &scan[..]].concat(), format!("BP1:{text}").into_bytes(), text.into_bytes()] {
            let judgement = Ask::new().judge(trust, &scan);
            prop_assert!([11, 20, 21, 22, 23].contains(&codes(&judgement)[0]));
        }
    }

    #[test]
    fn mutated_texts(at in any::<prop::sample::Index>(), with in "[0-9A-Z $%*+./:-]{0,3}", cut in 0..4_usize) {
        let text = Key::named("station/11").seal(&permit(1));
        let at = at.index(text.len());
        let end = (at + cut).min(text.len());
        let mutated = format!("{}{with}{}", &text[..at], &text[end..]);
        let judgement = Ask::new().judge(trust(), mutated.as_bytes());
        prop_assert_eq!(judgement.verdict == Verdict::Valid, mutated == text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_bundles(at in any::<prop::sample::Index>(), with in vec(any::<u8>(), 0..6), cut in 0..6_usize) {
        let town = Town::small();
        let bundle = town.bundle();
        let at = at.index(bundle.len());
        let end = (at + cut).min(bundle.len());
        let mut mutated = bundle.clone();
        mutated.splice(at..end, with);
        let terms = Terms { anchor: town.anchor(), before: None, now: None };
        prop_assert_eq!(try_open(&mutated, &terms).is_ok(), mutated == bundle);
    }

    #[test]
    fn mutated_documents_signed_all_the_same(place in 1..8_usize, at in any::<prop::sample::Index>(), with in vec(any::<u8>(), 0..3), cut in 0..3_usize) {
        // Whoever holds the keys can sign nonsense: it is refused or taken, and what is taken can be asked.
        let town = Town::new();
        let mut document = crate::kinds::document(&town, place);
        let mut payload = document.payload.encode();
        let at = at.index(payload.len());
        let end = (at + cut).min(payload.len());
        payload.splice(at..end, with);
        document.payload = Item::Raw(payload);
        let bundle = crate::kinds::with(&town, place, document.envelope()).bundle();
        let terms = Terms { anchor: town.anchor(), before: None, now: None };
        if let Ok(trust) = permit_tests::town::open(&bundle, &terms)
            && trust.zone().crossing(1).is_some()
        {
            let text = Key::named("station/11").seal(&permit(1));
            let _ = Ask::new().judge(trust, text.as_bytes());
        }
    }
}

/// The whole town's trust, opened once a thread.
pub(crate) fn trust() -> &'static permit_core::Trust<'static> {
    thread_local! {
        static TRUST: &'static permit_core::Trust<'static> = Town::new().open().unwrap();
    }
    TRUST.with(|trust| *trust)
}
