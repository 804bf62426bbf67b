//! What a file that nobody signed, or somebody signed badly, can demand of the arithmetic: counted, not timed.

use ed25519_dalek::{Signer as _, SigningKey};

use crate::{
    Anchor, Birth, Checkpoint, Day, Direction, Document, Entitlement, KeyId, Kind, NoLedger, Now,
    Permit, PermitId, Reason, Side, Terms, Trust, TrustError, UnixTime, Verdict, Verifier, cose,
    key::{
        sha256,
        tally::{self, Counts},
    },
    permit::Options,
    seal,
    trust::{DIGEST, KeySlot, ROLE_KEYS, Role, STATION_KEYS, StolenKey},
};

type Bytes = Vec<u8>;

fn head(major: u8, length: usize) -> Bytes {
    let major = major << 5;
    let wide = u32::try_from(length).unwrap().to_be_bytes();
    match length {
        0..24 => vec![major | wide[3]],
        24..0x100 => vec![major | 24, wide[3]],
        0x100..0x1_0000 => vec![major | 25, wide[2], wide[3]],
        _ => [&[major | 26], &wide[..]].concat(),
    }
}

fn int(value: usize) -> Bytes {
    head(0, value)
}

fn string(bytes: &[u8]) -> Bytes {
    [&head(2, bytes.len()), bytes].concat()
}

fn text(text: &str) -> Bytes {
    [&head(3, text.len()), text.as_bytes()].concat()
}

fn array(items: &[Bytes]) -> Bytes {
    [head(4, items.len()), items.concat()].concat()
}

const NULL: &[u8] = b"\xf6";

/// The five fields each document begins with, and then its own.
fn document(version: usize, fields: &[Bytes]) -> Bytes {
    array(&[[version, 1000, 2000, 3000, 1].map(int).as_slice(), fields].concat())
}

fn key(name: usize) -> SigningKey {
    SigningKey::from_bytes(&sha256(&[&name.to_be_bytes()]))
}

fn public(key: &SigningKey) -> [u8; 32] {
    key.verifying_key().to_bytes()
}

fn list_of_keys(keys: &[[u8; 32]]) -> Bytes {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    array(&keys.iter().map(|key| string(key)).collect::<Vec<_>>())
}

/// Places 0–15: the eight roles of side A, then those of side B.
fn root(version: usize, keys: impl Fn(usize) -> Vec<[u8; 32]>) -> Bytes {
    let role = |place| {
        let keys = keys(place);
        array(&[int(usize::from(!keys.is_empty())), list_of_keys(&keys)])
    };
    let side = |first: usize| array(&(first..first + 8).map(role).collect::<Vec<_>>());
    document(version, &[b"\xf4".to_vec(), side(0), side(8)])
}

/// COSE_Sign1.
fn sign(kind: Kind, payload: &[u8], key: &SigningKey) -> Bytes {
    let kid = KeyId::of(&public(key));
    let message = [&cose::frame(kind, kid, payload.len())[..], payload].concat();
    let signature = string(&key.sign(&message).to_bytes());
    let protected = [&b"\xd2\x84\x49\xa2\x01\x32\x04\x44"[..], &kid.0, b"\xa0"].concat();
    [protected, string(payload), signature].concat()
}

/// COSE_Sign.
fn sign_all(kind: Kind, payload: &[u8], keys: &[SigningKey]) -> Bytes {
    let mut keys: Vec<_> = keys.iter().map(|key| (KeyId::of(&public(key)), key)).collect();
    keys.sort_unstable_by_key(|(kid, _)| *kid);
    let each = keys.iter().map(|(kid, key)| {
        let message = [&cose::frame_of_many(kind, *kid, payload.len())[..], payload].concat();
        let signature = string(&key.sign(&message).to_bytes());
        [&b"\x83\x49\xa2\x01\x32\x04\x44"[..], &kid.0, b"\xa0", &signature].concat()
    });
    let each = array(&each.collect::<Vec<_>>());
    [b"\xd8\x62\x84\x40\xa0".to_vec(), string(payload), each].concat()
}

/// The same with the last byte of the last signature flipped.
fn spoiled(mut envelope: Bytes) -> Bytes {
    *envelope.last_mut().unwrap() ^= 1;
    envelope
}

fn bundle(roots: &[Bytes], zone: &[u8], a: Option<[Bytes; 3]>) -> Bytes {
    let roots: Vec<_> = roots.iter().map(|root| string(root)).collect();
    let null = NULL.to_vec();
    let a = a.map_or(null.clone(), |[snapshot, stations, revocations]| {
        let three = [snapshot, stations, revocations].map(|envelope| string(&envelope));
        array(&[three.as_slice(), &[null.clone(), null.clone(), null.clone()]].concat())
    });
    array(&[text("border-permit-bundle/1"), array(&roots), string(zone), a, null])
}

/// One key a role, named by its place.
fn plain(place: usize) -> Vec<[u8; 32]> {
    vec![public(&key(place))]
}

fn plain_root() -> Bytes {
    sign_all(Kind::Root, &root(1, plain), &[key(0), key(8)])
}

fn anchor(root: &[u8]) -> Anchor {
    Anchor(sha256(&[cose::Sign::read(root).unwrap().payload]))
}

fn region(number: usize, side: usize) -> Bytes {
    let names = array(&[array(&[int(2), text("x")])]);
    array(&[int(number), int(side), text("x"), names, NULL.to_vec(), NULL.to_vec()])
}

fn zone_of(regions: &[Bytes]) -> Bytes {
    zone_with(regions, &[])
}

fn zone_with(regions: &[Bytes], crossings: &[Bytes]) -> Bytes {
    let limits = array(&[int(365), int(30), int(1), int(30), int(7), int(60)]);
    let fields = [text("basis"), int(23_000), array(regions), array(crossings), limits];
    document(1, &fields)
}

/// Crossing 1, at all hours, open since day 0.
fn crossing() -> Bytes {
    let names = array(&[array(&[int(2), text("x")])]);
    let offsets = array(&[array(&[NULL.to_vec(), int(480)])]);
    let states = array(&[array(&[int(0), int(0)])]);
    let ends = array(&[int(101), int(201)]);
    array(&[int(1), text("x"), ends, names, array(&[]), offsets, states])
}

fn zone() -> Bytes {
    sign_all(Kind::Zone, &zone_of(&[region(101, 0), region(201, 1)]), &[key(1), key(9)])
}

/// Station 11 with these keys.
fn stations(keys: &[[u8; 32]]) -> Bytes {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    let keys: Vec<_> =
        keys.iter().map(|key| array(&[string(key), int(0), int(60_000), int(0)])).collect();
    let names = array(&[array(&[int(2), text("x")])]);
    let station = array(&[
        int(11),
        int(0),
        names,
        array(&[int(101)]),
        array(&[]),
        array(&keys),
        NULL.to_vec(),
    ]);
    document(1, &[int(0), array(&[station])])
}

fn revocations(more: &[Bytes]) -> Bytes {
    let none = || array(&[]);
    let fields = [&[int(0), none(), none(), none(), none()][..], more].concat();
    sign(Kind::Revocations, &document(1, &fields), &key(3))
}

fn side(stations: Bytes) -> [Bytes; 3] {
    side_with(stations, revocations(&[]))
}

fn side_with(stations: Bytes, revocations: Bytes) -> [Bytes; 3] {
    let pins = [&stations, &revocations].into_iter().enumerate().map(|(which, envelope)| {
        array(&[int(which), int(1), int(envelope.len()), string(&sha256(&[envelope]))])
    });
    let pins = array(&pins.collect::<Vec<_>>());
    let snapshot = sign(Kind::Snapshot, &document(1, &[int(0), pins, int(0), int(0)]), &key(5));
    [snapshot, stations, revocations]
}

/// Bytes that are, one time in eight, a sound key: nobody has looked at them.
fn garbage(count: usize) -> Vec<[u8; 32]> {
    (0..count).map(|n| sha256(&[b"garbage", &n.to_be_bytes()])).collect()
}

fn open(bundle: &[u8], anchor: Anchor, room: usize) -> (Result<(), TrustError>, Counts) {
    let mut slots = vec![KeySlot::EMPTY; room];
    let terms = Terms { anchor, before: None, now: None };
    let start = std::time::Instant::now();
    let result = tally::of(|| Trust::open(bundle, &terms, &mut slots).map(|_| ()));
    std::println!("{} bytes, {:?}: {:?}", bundle.len(), start.elapsed(), result);
    result
}

/// Keys that fill a document.
const MANY: usize = 104_000;

#[test]
fn row_14_what_is_good_costs_what_it_must() {
    let root = plain_root();
    let stations = sign(Kind::Stations, &stations(&[public(&key(100))]), &key(2));
    let bundle = bundle(core::slice::from_ref(&root), &zone(), Some(side(stations)));
    let (result, counts) = open(&bundle, anchor(&root), 8);
    assert_eq!(result, Ok(()));
    // Two signers of the root, every key of the newest root, one station's key.
    assert_eq!(counts.sound, 2 + 16 + 1);
    assert_eq!(counts.verified, 2 + 2 + 3);
}

#[test]
fn row_14_nothing_unsigned_asks_for_arithmetic() {
    let real = plain_root();
    let at = anchor(&real);
    // A root of 104,000 keys, alone or after the real one.
    let huge = root(1, |place| if place == 0 { garbage(MANY) } else { plain(place) });
    let huge = sign_all(Kind::Root, &huge, &[key(0), key(8)]);
    for roots in [vec![huge.clone()], vec![real.clone(), huge]] {
        let (result, counts) = open(&bundle(&roots, &zone(), None), at, 8);
        assert!(matches!(result, Err(TrustError::Malformed(Document::Root, _))), "{result:?}");
        assert_eq!((counts.sound, counts.verified), (0, 0));
    }
    // 64 roots as large as their form allows, by somebody else.
    let full = |version: usize| {
        let keys = |place: usize| garbage((place + 1) * 16).split_off(place * 16);
        spoiled(sign_all(Kind::Root, &root(version, keys), &[key(0), key(8)]))
    };
    let chain: Vec<_> = (1..=64).map(full).collect();
    let (result, counts) = open(&bundle(&chain, &zone(), None), at, 8);
    assert!(matches!(result, Err(TrustError::Anchor { version: 64, .. })), "{result:?}");
    assert_eq!((counts.sound, counts.verified), (0, 0));
    assert!(counts.hashed < 64 * 64 * 1024, "{counts:?}");
    // The same behind the real one: nobody it names signed the second.
    let chain: Vec<_> = core::iter::once(real.clone()).chain((2..=64).map(full)).collect();
    let (result, counts) = open(&bundle(&chain, &zone(), None), at, 8);
    assert!(
        matches!(
            result,
            Err(TrustError::UnknownSigner(..)
                | TrustError::Threshold { .. }
                | TrustError::BadSignature(..))
        ),
        "{result:?}"
    );
    assert!(counts.sound <= 3 && counts.verified <= 3, "{counts:?}");
}

#[test]
fn row_14_one_false_signature_is_the_last() {
    let real = plain_root();
    let at = anchor(&real);
    let regions: Vec<_> = (1..=60_000).map(|number| region(number, 0)).collect();
    let keys = stations(&garbage(MANY));
    let good_zone = zone();
    // By strangers nothing is tried; by known keys once, whatever is behind it.
    let zones = [
        (sign_all(Kind::Zone, &zone_of(&regions), &[key(70), key(71)]), 0),
        (sign_all(Kind::Zone, &zone_of(&regions), &[key(1), key(71)]), 0),
        (spoiled(sign_all(Kind::Zone, &zone_of(&regions), &[key(1), key(9)])), 2),
    ];
    for (zone, tried) in zones {
        let (result, counts) = open(&bundle(core::slice::from_ref(&real), &zone, None), at, 8);
        assert!(result.is_err());
        assert_eq!(counts.sound, 2 + 16, "{result:?}");
        assert!(counts.verified <= 2 + tried, "{result:?} {counts:?}");
    }
    for (signer, spoil, tried) in [(70, false, 0), (2, true, 1)] {
        let mut stations = sign(Kind::Stations, &keys, &key(signer));
        if spoil {
            stations = spoiled(stations);
        }
        let (result, counts) =
            open(&bundle(core::slice::from_ref(&real), &good_zone, Some(side(stations))), at, MANY);
        assert!(
            matches!(result, Err(TrustError::UnknownSigner(..) | TrustError::BadSignature(..))),
            "{result:?}"
        );
        assert_eq!((counts.sound, counts.verified), (2 + 16, 2 + 2 + 1 + tried));
    }
}

#[test]
fn row_14_what_is_signed_has_limits_too() {
    let real = plain_root();
    let at = anchor(&real);
    let most = usize::try_from(STATION_KEYS).unwrap();
    for count in [most + 1, MANY] {
        let stations = sign(Kind::Stations, &stations(&garbage(count)), &key(2));
        let (result, counts) =
            open(&bundle(core::slice::from_ref(&real), &zone(), Some(side(stations))), at, MANY);
        let document = Document::Stations(Side::A);
        assert!(matches!(result, Err(TrustError::Malformed(it, _)) if it == document));
        assert_eq!(counts.sound, 2 + 16);
    }
    // As many as may be, but more than this terminal has room for: none is looked at.
    let stations = sign(Kind::Stations, &stations(&garbage(most)), &key(2));
    let list = bundle(core::slice::from_ref(&real), &zone(), Some(side(stations)));
    let (result, counts) = open(&list, at, most - 1);
    assert_eq!(result, Err(TrustError::TooManyKeys { room: most - 1 }));
    assert_eq!(counts.sound, 2 + 16);
    let (result, _) = open(&list, at, most);
    assert!(matches!(result, Err(TrustError::WeakKey { station: Some(11), .. })), "{result:?}");
    let sound: Vec<_> = (0..most).map(|n| public(&key(20_000 + n))).collect();
    let stations = sign(Kind::Stations, &self::stations(&sound), &key(2));
    let (result, counts) =
        open(&bundle(core::slice::from_ref(&real), &zone(), Some(side(stations))), at, most);
    assert_eq!((result, counts.sound), (Ok(()), 2 + 16 + most));
    let regions: Vec<_> = (1..=1025).map(|number| region(number, 0)).collect();
    let zone = sign_all(Kind::Zone, &zone_of(&regions), &[key(1), key(9)]);
    let (result, _) = open(&bundle(core::slice::from_ref(&real), &zone, None), at, 8);
    assert!(matches!(result, Err(TrustError::Malformed(Document::Zone, _))), "{result:?}");
}

/// Whoever has the installed root's payload can put a chain of his own before it: the dearest thing there is.
#[test]
fn row_14_a_forged_past_is_bounded() {
    let each = usize::try_from(ROLE_KEYS).unwrap() / 2;
    let signers = |version: usize| -> Vec<_> {
        (0..each * 2).map(|n| key(1000 + version * 100 + n)).collect()
    };
    let forged = |version: usize| {
        let all = signers(version);
        let (a, b) = all.split_at(each);
        let of = |keys: &[SigningKey]| keys.iter().map(public).collect::<Vec<_>>();
        let keys = |place: usize| match place {
            0 => of(a),
            8 => of(b),
            _ => vec![public(&key(5000 + version * 100 + place))],
        };
        let before = if version == 1 { Vec::new() } else { signers(version - 1) };
        // The thresholds are one: each root is signed by all it may be signed by, half its own.
        let by = if version == 1 {
            all.clone()
        } else {
            [&all[..4], &all[each..each + 4], &before[..4], &before[each..each + 4]].concat()
        };
        sign_all(Kind::Root, &root(version, keys), &by)
    };
    let mut chain: Vec<_> = (1..64).map(forged).collect();
    let last = root(64, plain);
    let before = signers(63);
    chain.push(sign_all(
        Kind::Root,
        &last,
        &[key(0), key(8), before[0].clone(), before[each].clone()],
    ));
    let at = Anchor(sha256(&[&last]));
    let (result, counts) = open(&bundle(&chain, &zone(), None), at, 8);
    assert_eq!(result, Ok(()), "harmless: the newest root alone says whose signatures count");
    assert!(counts.verified <= 64 * 16 + 2 && counts.sound <= 64 * 16 + 256, "{counts:?}");
    assert_eq!(Role::ALL.len(), 11);
}

struct Desk(SigningKey);

impl crate::Signer for Desk {
    type Error = core::convert::Infallible;

    fn public_key(&self) -> [u8; 32] {
        public(&self.0)
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error> {
        Ok(self.0.sign(message).to_bytes())
    }
}

fn permit(serial: u32) -> Permit {
    let from = Day::new(25_567).unwrap();
    Permit {
        id: PermitId { station: 11, year: 70, serial, copy: 1 },
        latin: "LIN XIAOYU".try_into().unwrap(),
        native: None,
        birth: Birth::Year(1931),
        nationality: 156,
        region: 101,
        zone: 1,
        from,
        through: from.plus(9),
        options: Options::default(),
    }
}

fn digest(permit: &Permit) -> [u8; DIGEST] {
    let mut out = [0; 200];
    let length = permit.encode(&mut out).unwrap();
    StolenKey::digest(&out[..length])
}

/// A side of 100,000 permits whose only key was stolen.
#[test]
fn row_21_a_hundred_thousand_permits() {
    let (root, desk) = (plain_root(), Desk(key(100)));
    let mut digests: Vec<_> = (1..=100_000).map(|serial| digest(&permit(serial))).collect();
    digests.sort_unstable();
    let entry = array(&[string(&public(&desk.0)), int(25_500), string(digests.as_flattened())]);
    let revocations = revocations(&[array(&[entry])]);
    assert!((1_600_000..1_600_300).contains(&revocations.len()), "{}", revocations.len());
    let stations = sign(Kind::Stations, &stations(&[public(&desk.0)]), &key(2));
    let zone = zone_with(&[region(101, 0), region(201, 1)], &[crossing()]);
    let zone = sign_all(Kind::Zone, &zone, &[key(1), key(9)]);
    let bundle =
        bundle(core::slice::from_ref(&root), &zone, Some(side_with(stations, revocations)));
    let mut slots = [KeySlot::EMPTY; 8];
    let terms = Terms { anchor: anchor(&root), before: None, now: None };
    let start = std::time::Instant::now();
    let (trust, counts) = tally::of(|| Trust::open(&bundle, &terms, &mut slots).unwrap());
    std::println!("{} bytes taken in {:?}: {counts:?}", bundle.len(), start.elapsed());
    assert_eq!(trust.lists(Side::A).unwrap().revocations.stolen.len(), 1);
    let here = Checkpoint { crossing: 1, side: Side::A, direction: Direction::Exit };
    let verifier = Verifier::new(&trust, here).unwrap();
    let now = Now::read(Some(UnixTime(1500)), UnixTime(1000));
    let judge = |permit: &Permit| {
        let text = seal(permit, &desk).unwrap();
        let start = std::time::Instant::now();
        let (judgement, counts) = tally::of(|| verifier.verify(text.as_bytes(), &NoLedger, &now));
        (judgement.verdict, counts, start.elapsed())
    };
    let mut times = Vec::new();
    for serial in (1..=100_000).step_by(997) {
        let (verdict, counts, time) = judge(&permit(serial));
        assert_eq!(verdict, Verdict::Valid, "{serial}");
        // One signature and one hash of one payload, however many permits there are.
        assert!(counts.verified == 1 && counts.hashed < 300, "{counts:?}");
        let mut forged = permit(serial);
        forged.latin = "PAK DOL".try_into().unwrap();
        let stolen = Entitlement::Stolen { since: Day::new(25_500).unwrap() };
        let expected = Reason::NotEntitled { station: 11, why: stolen };
        assert_eq!(judge(&forged).0, Verdict::Invalid(expected), "{serial}");
        times.push(time);
    }
    times.sort_unstable();
    std::println!("a verdict: {:?} in the middle, {:?} at most", times[50], times[100]);
}
