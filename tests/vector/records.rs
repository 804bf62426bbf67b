//! Vectors of a desk's record: approvals, enrolments and chains, written from the format document.
#![expect(clippy::too_many_lines, reason = "tables of cases, one a line")]

use permit_core::{Kind, PublicKey, UnixTime, cose, sha256};
use permit_record::{
    Approval, Body, Chain, Delegation, Enrolment, Link, Offered, Refused, Subject,
};
use serde_json::{Value, json};

use super::Vector;
use crate::{array, item::Item, key::Key};

/// 1963-09-10, noon at the desk.
pub(super) const AT: UnixTime = UnixTime(-199_137_600);

pub(super) fn all() -> Vec<Vector> {
    [approvals(), enrolments(), delegations(), chains()].into_iter().flatten().collect()
}

/// The name of what is wrong, as the format document has it.
pub(super) const fn name(why: &Refused) -> &'static str {
    match why {
        Refused::Form(_) => "form",
        Refused::Contents => "contents",
        Refused::OtherKey(_) => "other-key",
        Refused::Signature(_) => "signature",
        Refused::NotTwo => "not-two",
        _ => "unknown",
    }
}

pub(super) fn vector(name: &str, error: Option<&str>, contents: Value) -> Vector {
    let folder = if error.is_none() { "valid" } else { "invalid" };
    Vector { folder, name: format!("record-{name}"), contents }
}

pub(super) fn sign1(kind: Kind, payload: &[u8], key: &Key) -> Vec<u8> {
    let frame = cose::frame(kind, key.id(), payload.len());
    let signature = key.sign_raw(&[&frame, payload].concat());
    let header = Item::bytes(&[&[0xa2, 1, 0x32, 4, 0x44], &key.id().0[..]].concat());
    let parts = array![header, Item::Map(vec![]), Item::bytes(payload), signature];
    Item::Tag(18, Box::new(parts)).encode()
}

fn sign2(kind: Kind, payload: &[u8], keys: [&Key; 2]) -> Vec<u8> {
    let mut keys = keys.to_vec();
    keys.sort_by_key(|key| key.id());
    let one = |key: &&Key| {
        let frame = cose::frame_of_many(kind, key.id(), payload.len());
        let signature = key.sign_raw(&[&frame, payload].concat());
        let header = Item::bytes(&[&[0xa2, 1, 0x32, 4, 0x44], &key.id().0[..]].concat());
        array![header, Item::Map(vec![]), signature]
    };
    let signatures: Vec<Item> = keys.iter().map(one).collect();
    let parts = array![Item::bytes(&[]), Item::Map(vec![]), Item::bytes(payload), signatures];
    Item::Tag(98, Box::new(parts)).encode()
}

fn approval() -> Item {
    let digest = sha256(&[b"the content of an application"]);
    array![1_u16, 101_u16, array![1_u8, 7_u32], digest, 0_u8, 1_u8, 4_u16, AT]
}

fn approvals() -> Vec<Vector> {
    let (officer, other) = (Key::named("officer/4"), Key::named("officer/5"));
    let good = sign1(Kind::Approval, &approval().encode(), &officer);
    let changed = |path: &[usize], value: Item| {
        let mut item = approval();
        *item.at(path) = value;
        sign1(Kind::Approval, &item.encode(), &officer)
    };
    let mut flipped = good.clone();
    flipped[30] ^= 1;
    let mut longer = approval();
    longer.items().push(Item::Null);
    let cases = [
        ("approval", "An approval.", good.clone(), None),
        (
            "approval-case",
            "Of a case, as border defence.",
            {
                let mut item = approval();
                *item.at(&[2]) = array![2_u8, 3_u32];
                *item.at(&[5]) = 2_u8.into();
                sign1(Kind::Approval, &item.encode(), &officer)
            },
            None,
        ),
        ("approval-refusal", "A refusal.", changed(&[4], 1_u8.into()), None),
        ("approval-flipped", "A bit of it is another.", flipped, Some("signature")),
        (
            "approval-other-key",
            "By another officer.",
            sign1(Kind::Approval, &approval().encode(), &other),
            Some("other-key"),
        ),
        (
            "approval-as-record",
            "Signed as an entry.",
            sign1(Kind::Record, &approval().encode(), &officer),
            Some("signature"),
        ),
        (
            "approval-decision",
            "There is no such decision.",
            changed(&[4], 3_u8.into()),
            Some("contents"),
        ),
        ("approval-role", "There is no such role.", changed(&[5], 5_u8.into()), Some("contents")),
        (
            "approval-subject",
            "There is no such subject.",
            changed(&[2], array![4_u8, 1_u32]),
            Some("contents"),
        ),
        (
            "approval-short-digest",
            "A digest of 31 bytes.",
            changed(&[3], [1; 31].into()),
            Some("contents"),
        ),
        (
            "approval-officer",
            "An officer's number that is too large.",
            changed(&[6], 65_536_u32.into()),
            Some("contents"),
        ),
        (
            "approval-longer",
            "A field more.",
            sign1(Kind::Approval, &longer.encode(), &officer),
            Some("contents"),
        ),
        (
            "approval-not-shortest",
            "A number in more bytes than it needs.",
            changed(&[0], Item::Raw(vec![0x18, 1])),
            Some("form"),
        ),
        (
            "approval-cut",
            "Its last byte is missing.",
            good[..good.len() - 1].to_vec(),
            Some("form"),
        ),
    ];
    let key = PublicKey::new(&officer.public()).expect("a sound key");
    let each = |(case, about, sealed, error): (&str, &str, Vec<u8>, Option<&str>)| {
        let opened = Approval::open(&sealed, &key);
        assert_eq!(opened.as_ref().err().map(name), error, "{case}: {opened:?}");
        let contents = json!({
            "about": about,
            "record": "approval",
            "keys_hex": [hex::encode(officer.public())],
            "sealed_hex": hex::encode(&sealed),
            "expect": { "error": error, "officer": opened.ok().map(|opened| opened.officer) },
        });
        vector(case, error, contents)
    };
    cases.into_iter().map(each).collect()
}

fn enrolment() -> Item {
    let key = Key::named("officer/4").public();
    array![101_u16, 4_u16, "PAK BORDER", "박변경", key, array![1_u8, 2_u8], AT]
}

fn enrolments() -> Vec<Vector> {
    let (first, second, other) =
        (Key::named("officer/1"), Key::named("officer/2"), Key::named("officer/3"));
    let payload = enrolment().encode();
    let changed = |path: &[usize], value: Item| {
        let mut item = enrolment();
        *item.at(path) = value;
        sign2(Kind::Enrolment, &item.encode(), [&first, &second])
    };
    let mut flipped = sign2(Kind::Enrolment, &payload, [&first, &second]);
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let cases = [
        (
            "enrolment",
            "An enrolment by two supervisors.",
            sign2(Kind::Enrolment, &payload, [&first, &second]),
            None,
        ),
        (
            "enrolment-nameless",
            "Without a name in native script, without a role.",
            {
                let mut item = enrolment();
                *item.at(&[3]) = Item::Null;
                *item.at(&[5]) = Item::Array(vec![]);
                sign2(Kind::Enrolment, &item.encode(), [&first, &second])
            },
            None,
        ),
        (
            "enrolment-other-key",
            "One of the two is somebody else.",
            sign2(Kind::Enrolment, &payload, [&first, &other]),
            Some("other-key"),
        ),
        ("enrolment-flipped", "A bit of a signature is another.", flipped, Some("signature")),
        ("enrolment-one", "By one alone.", sign1(Kind::Enrolment, &payload, &first), Some("form")),
        (
            "enrolment-roles",
            "Roles that do not ascend.",
            changed(&[5], array![2_u8, 1_u8]),
            Some("contents"),
        ),
        (
            "enrolment-role-twice",
            "A role twice.",
            changed(&[5], array![1_u8, 1_u8]),
            Some("contents"),
        ),
        (
            "enrolment-short-key",
            "A key of 31 bytes.",
            changed(&[4], [1; 31].into()),
            Some("contents"),
        ),
    ];
    let keys = [&first, &second].map(|key| PublicKey::new(&key.public()).expect("a sound key"));
    let each = |(case, about, sealed, error): (&str, &str, Vec<u8>, Option<&str>)| {
        let opened = Enrolment::open(&sealed, &keys);
        assert_eq!(opened.as_ref().err().map(name), error, "{case}: {opened:?}");
        let contents = json!({
            "about": about,
            "record": "enrolment",
            "keys_hex": keys.map(|key| hex::encode(key.to_bytes())),
            "sealed_hex": hex::encode(&sealed),
            "expect": { "error": error, "officer": opened.ok().map(|opened| opened.officer) },
        });
        vector(case, error, contents)
    };
    cases.into_iter().map(each).collect()
}

fn delegation() -> Item {
    let [record, station] = ["special/record", "special/station"].map(|it| Key::named(it).public());
    array![
        1_u16,
        101_u16,
        199_u16,
        record,
        station,
        array![3_u16],
        array!["演示公社一", "演示公社二"],
        23_263_u32,
        23_354_u32,
        40_u32,
        AT
    ]
}

fn delegations() -> Vec<Vector> {
    let (first, second) = (Key::named("officer/1"), Key::named("officer/2"));
    let keys = [&first, &second];
    let changed = |path: &[usize], value: Item| {
        let mut item = delegation();
        *item.at(path) = value;
        sign2(Kind::Delegation, &item.encode(), keys)
    };
    let payload = delegation().encode();
    let cases = [
        (
            "delegation",
            "Two communes, a quarter, forty permits.",
            sign2(Kind::Delegation, &payload, keys),
            None,
        ),
        (
            "delegation-as-enrolment",
            "Signed as an enrolment.",
            sign2(Kind::Enrolment, &payload, keys),
            Some("signature"),
        ),
        (
            "delegation-no-commune",
            "No commune.",
            changed(&[6], Item::Array(vec![])),
            Some("contents"),
        ),
        (
            "delegation-communes",
            "Communes that do not ascend.",
            changed(&[6], array!["演示公社二", "演示公社一"]),
            Some("contents"),
        ),
        (
            "delegation-regions",
            "A region twice.",
            changed(&[5], array![3_u16, 3_u16]),
            Some("contents"),
        ),
        (
            "delegation-days",
            "Its last day is before its first.",
            changed(&[8], 23_262_u32.into()),
            Some("contents"),
        ),
        ("delegation-quota", "A quota of none.", changed(&[9], 0_u32.into()), Some("contents")),
    ];
    let keys = keys.map(|key| PublicKey::new(&key.public()).expect("a sound key"));
    let each = |(case, about, sealed, error): (&str, &str, Vec<u8>, Option<&str>)| {
        let opened = Delegation::open(&sealed, &keys);
        assert_eq!(opened.as_ref().err().map(name), error, "{case}: {opened:?}");
        let contents = json!({
            "about": about,
            "record": "delegation",
            "keys_hex": keys.map(|key| hex::encode(key.to_bytes())),
            "sealed_hex": hex::encode(&sealed),
            "expect": { "error": error, "officer": opened.ok().map(|opened| opened.station) },
        });
        vector(case, error, contents)
    };
    cases.into_iter().map(each).collect()
}

/// An entry of a chain that is being written, with everything that can be wrong in it.
#[derive(Clone)]
struct Entry {
    sequence: u64,
    subject: Item,
    before: u64,
    officer: u16,
    act: u8,
    body: Option<Vec<u8>>,
    digest: [u8; 32],
}

fn entry(sequence: u64, subject: Item, before: u64, content: &Item) -> Entry {
    let salt: Vec<u8> = sha256(&[&sequence.to_be_bytes()])[..16].to_vec();
    let body = [salt, content.encode()].concat();
    let digest = sha256(&[&body]);
    Entry { sequence, subject, before, officer: 3, act: 3, body: Some(body), digest }
}

/// Four entries: about the office, an application twice, an issue raised.
fn four() -> Vec<Entry> {
    let application = || array![1_u8, 1_u32];
    vec![
        entry(1, array![0_u8], 0, &array![0_u8]),
        entry(2, application(), 0, &array![0_u8, 0_u8]),
        entry(3, application(), 2, &array![3_u8]),
        entry(4, array![3_u8, 1_u32], 0, &array![0_u8, 0_u8, "나루터"]),
    ]
}

/// The entries signed, each hanging on the one before.
fn written(entries: &[Entry], key: &Key) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let mut previous = [0; 32];
    let one = |entry: &Entry| {
        let payload = array![
            Item::Int(entry.sequence.into()),
            previous,
            entry.subject.clone(),
            Item::Int(entry.before.into()),
            AT,
            entry.officer,
            entry.act,
            entry.digest,
        ];
        let payload = payload.encode();
        previous = sha256(&[&payload]);
        (sign1(Kind::Record, &payload, key), entry.body.clone())
    };
    entries.iter().map(one).collect()
}

fn chains() -> Vec<Vector> {
    let (key, other) = (Key::named("record"), Key::named("other"));
    let changed = |change: fn(&mut Vec<Entry>)| {
        let mut entries = four();
        change(&mut entries);
        written(&entries, &key)
    };
    let good = changed(|_| {});
    let (mut taken, mut swapped, mut forged) = (good.clone(), good.clone(), good.clone());
    taken.remove(1);
    swapped.swap(1, 2);
    forged[3] = written(&four(), &other)[3].clone();
    let mut grafted = good.clone();
    grafted[2] = changed(|it| it[0].officer = 9)[2].clone();
    let cases = [
        ("chain", "Four entries.", good, None),
        (
            "chain-not-taken",
            "Decisions that were offered and not taken.",
            changed(|it| {
                for (sequence, before, why) in [(5, 1, 0_u8), (6, 5, 6)] {
                    let about = array![1_u8, 1_u32];
                    let content = array![10_u8, array![about, sha256(&[b"offered", &[why]]), why]];
                    it.push(Entry { act: 10, ..entry(sequence, array![0_u8], before, &content) });
                }
            }),
            None,
        ),
        ("chain-let-go", "The content of one was let go.", changed(|it| it[1].body = None), None),
        ("chain-taken-out", "The second is missing.", taken, Some(("order", 2))),
        ("chain-swapped", "Two changed places.", swapped, Some(("order", 2))),
        ("chain-forged", "The last is another key's.", forged, Some(("other-key", 4))),
        ("chain-grafted", "The third is of another chain.", grafted, Some(("broken", 3))),
        (
            "chain-subject",
            "The third does not name its subject's last.",
            changed(|it| it[2].before = 0),
            Some(("subject", 3)),
        ),
        (
            "chain-content",
            "A byte of a content is another.",
            changed(|it| {
                it[3].body.iter_mut().for_each(|body| body[20] ^= 1);
            }),
            Some(("content", 4)),
        ),
    ];
    let public = PublicKey::new(&key.public()).expect("a sound key");
    type Case<'c> = (&'c str, &'c str, Vec<(Vec<u8>, Option<Vec<u8>>)>, Option<(&'c str, u64)>);
    let each = |(case, about, entries, error): Case<'_>| {
        let (found, tip) = follow(&entries, &public);
        assert_eq!(found, error, "{case}");
        let contents = json!({
            "about": about,
            "record": "chain",
            "keys_hex": [hex::encode(public.to_bytes())],
            "entries": entries.iter().map(|(sealed, body)| json!({
                "sealed_hex": hex::encode(sealed),
                "body_hex": body.as_ref().map(hex::encode),
            })).collect::<Vec<_>>(),
            "expect": {
                "error": error.map(|(error, _)| error),
                "at": error.map(|(_, at)| at),
                "tip_hex": hex::encode(tip),
                "offered": offered(&entries),
            },
        });
        vector(case, error.map(|(error, _)| error), contents)
    };
    cases.into_iter().map(each).collect()
}

/// Decisions that were offered and not taken, by the contents that are there.
fn offered(entries: &[(Vec<u8>, Option<Vec<u8>>)]) -> Vec<Value> {
    let of = |(sealed, body): &(Vec<u8>, Option<Vec<u8>>)| {
        let entry = permit_record::Entry::unverified(sealed).ok()?;
        let body = Body::stored(body.clone()?);
        if (entry.subject, entry.act) != (Subject::Office, NOT_TAKEN) {
            return None;
        }
        let (_, it): (u8, Offered) =
            permit_record::opened(body.content()).expect("what it is by its number");
        let (kind, number) = (it.subject.kind(), it.subject.number());
        Some(json!([kind, number, hex::encode(it.digest), it.why as u8]))
    };
    entries.iter().filter_map(of).collect()
}

/// The act's number.
const NOT_TAKEN: u8 = 10;

/// Where a chain stops holding, and the hash of its last good entry.
fn follow(
    entries: &[(Vec<u8>, Option<Vec<u8>>)],
    key: &PublicKey,
) -> (Option<(&'static str, u64)>, [u8; 32]) {
    let mut chain = Chain::default();
    for (sealed, body) in entries {
        let at = chain.tip().sequence + 1;
        let entry = match chain.next(sealed, Some(key)) {
            Ok(entry) => entry,
            Err(Link::Refused { why, .. }) => return (Some((name(&why), at)), chain.tip().hash),
            Err(Link::Order { .. }) => return (Some(("order", at)), chain.tip().hash),
            Err(Link::Broken { .. }) => return (Some(("broken", at)), chain.tip().hash),
            Err(_) => return (Some(("subject", at)), chain.tip().hash),
        };
        let body = body.clone().map(Body::stored);
        if body.is_some_and(|body| entry.holds(&body).is_err()) {
            return (Some(("content", at)), chain.tip().hash);
        }
        chain.follow(&entry).expect("what was looked at");
    }
    (None, chain.tip().hash)
}
