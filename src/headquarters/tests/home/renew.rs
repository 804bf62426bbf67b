//! A renewal step by step, and everything that stops it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use permit_core::{
    Day, PublicKey, Side, Signer as _, UnixTime, sha256,
    trust::{Role, Root},
};
use permit_headquarters::{Ask, Failed, Renewed, Site, Taken, Urgency};
use permit_record::{Count, Outcome, Return};
use permit_signing::{
    Parties, Parts, Proposal, SecretKey,
    draft::{Draft, Key, PayloadDigest, SerialList, Serials, Year},
    payload,
    register::Register,
};
use permit_words::{Lang, Words};

use crate::world::{START, bundle, headquarters, key, role};

/// A day before the lists are due.
const WEEK: UnixTime = UnixTime(START.0 + 6 * 86_400);

struct Stand {
    folder: tempfile::TempDir,
    site: Site,
}

impl Stand {
    async fn new(side: Side) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = headquarters(&folder.path().join("home"), side).await.at(WEEK);
        Self { folder, site }
    }

    fn given(&self) -> PathBuf {
        self.folder.path().join("given")
    }

    async fn renew(&self, ask: &Ask) -> Result<Renewed, Failed> {
        self.site.renew(&self.given(), &[], ask).await
    }

    /// What waits now.
    async fn waiting(&self) -> Vec<Role> {
        match self.renew(&Ask::default()).await.unwrap() {
            Renewed::Waiting(all) => all.into_iter().map(|it| it.role).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn proposal(&self, of: Role) -> PathBuf {
        self.given().join(format!("{}.proposal", permit_signing::draft::role_name(of)))
    }

    fn sign(&self, side: Side, of: Role) {
        sign(&self.proposal(of), &self.given().join("root.cbor"), &role(side, of));
    }

    fn in_force(&self) -> Vec<u8> {
        fs::read(self.site.home.bundle()).unwrap()
    }

    async fn plan(&self, lang: Lang) -> String {
        self.site.renewal(&Words::new(lang)).await.unwrap().unwrap().join("\n")
    }

    /// Signs what waits, stage by stage, until it is published.
    async fn finish(&self, side: Side) -> Renewed {
        loop {
            match self.renew(&Ask::default()).await.unwrap() {
                Renewed::Waiting(all) => all.iter().for_each(|it| self.sign(side, it.role)),
                other => return other,
            }
        }
    }
}

/// As `permit authority sign` does it.
fn sign(path: &Path, root: &Path, key: &SecretKey) {
    let root = fs::read(root).unwrap();
    let root = Root::decode(payload(&root).unwrap()).unwrap();
    let mut proposal = Proposal::from_bytes(&fs::read(path).unwrap()).unwrap();
    let draft = proposal.contents().unwrap();
    let parties = Parties::of(&draft, None, Some(&root)).unwrap();
    proposal.sign(&parties, key).unwrap();
    fs::write(path, proposal.to_bytes()).unwrap();
}

/// A register of station 101, and the return that speaks for it.
fn home_from_101(revoked: &[u32], made: UnixTime) -> (Vec<u8>, Vec<u8>) {
    let year = Year::since_1900(126);
    let list = |numbers: &[u32]| {
        let mut serials = Serials::default();
        numbers.iter().for_each(|serial| _ = serials.insert(*serial));
        SerialList { station: 101, year, serials }
    };
    let mut register = Register { desk: true, ..Register::new(101) };
    register.years.push(list(&[1, 2, 3, 4]));
    register.revoked.push(list(revoked));
    let station = Key(key("station 101").public_key());
    for serial in 1..=4 {
        let id = permit_core::PermitId { station: 101, year: 126, serial, copy: 1 };
        register.enter(station, id, PayloadDigest([u8::try_from(serial).unwrap(); 16]));
    }
    let register = toml::to_string(&register).unwrap();
    let day = made.day(480);
    let count = |day: Day, region, number| Count {
        day,
        class: 0,
        region,
        outcome: Outcome::Issued,
        ground: None,
        number,
    };
    let drawn = Return {
        zone: 1,
        station: 101,
        demo: true,
        made,
        from: day.plus(-20),
        through: day,
        sequence: 40,
        tip: [4; 32],
        counts: vec![count(day.plus(-9), 1, 20), count(day.plus(-3), 1, 11), count(day, 2, 5)],
        cases: Vec::new(),
        issues: None,
        views: None,
        register: sha256(&[register.as_bytes()]),
    };
    let Ok(sealed) = drawn.seal(&key("desk 101"));
    (sealed, register.into_bytes())
}

/// The list of stations with station 101, which two regions are served by.
fn stations(folder: &Path) -> Draft {
    let text = format!(
        "document = 'stations'\nside = 'a'\n[header]\nversion = 1\nissued = 1963-09-01T00:00:00Z\n\
         next_update = 1963-09-08T00:00:00Z\nexpires = 1964-09-01T00:00:00Z\nzone = 1\n\
         [[stations]]\nnumber = 101\nkind = 'public-security'\nregions = [1, 2]\n\
         names = {{ zh = '延吉', ko = '연길', en = 'Yanji' }}\n[[stations.keys]]\nkey = '{}'\n\
         from = 2026-01-01\nthrough = 2026-12-31\nclass = 'station'\n",
        Key(key("station 101").public_key())
    );
    let path = folder.join("stations.toml");
    fs::write(&path, &text).unwrap();
    Draft::read(&text, false).unwrap()
}

async fn with_station(stand: &Stand) {
    let public = PublicKey::new(&key("desk 101").public_key()).unwrap();
    stand.site.enter_station(101, &public).await.unwrap();
    let changes = vec![stations(stand.folder.path())];
    let renewed = stand.renew(&Ask { changes, ..Ask::default() }).await.unwrap();
    assert!(matches!(renewed, Renewed::Waiting(_)), "{renewed:?}");
    assert!(matches!(stand.finish(Side::A).await, Renewed::Published { .. }));
}

#[tokio::test]
async fn a_week_of_lists_is_drafted_signed_and_published() {
    let stand = Stand::new(Side::A).await;
    let before = stand.in_force();
    assert!(stand.site.due().unwrap().iter().any(|it| it.urgency(WEEK) == Urgency::Soon));
    // The root and zone register of this world are due, too: side A drafts them.
    let all = [Role::Zone, Role::Stations, Role::Revocations, Role::Readers];
    assert_eq!(stand.waiting().await, [Role::Root], "the root before what hangs on it");
    sign_root(&stand);
    assert_eq!(stand.waiting().await, all);
    let plan = stand.plan(Lang::En).await;
    assert!(plan.contains("station list: version 2 after 1; good until 2026-03-14"), "{plan}");
    assert!(plan.contains("nothing changes but the term"), "{plan}");
    assert!(plan.contains("permit authority sign zone.proposal --root root.cbor"), "{plan}");
    for lang in Lang::ALL {
        let kept = fs::read_to_string(stand.given().join(format!("plan-{lang}.txt"))).unwrap();
        assert_eq!(kept.trim_end(), stand.plan(lang).await.trim_end());
    }
    for of in all {
        stand.sign(Side::A, of);
    }
    assert_eq!(stand.waiting().await, [Role::Zone], "the other side's signature is missing");
    assert!(!stand.proposal(Role::Stations).exists(), "what is signed is here");
    stand.sign(Side::B, Role::Zone);
    assert_eq!(stand.waiting().await, [Role::Snapshot]);
    assert_eq!(stand.in_force(), before, "nothing is published by halves");
    stand.sign(Side::A, Role::Snapshot);
    let Renewed::Published { version, folder, .. } = stand.renew(&Ask::default()).await.unwrap()
    else {
        panic!("published")
    };
    assert_eq!((version, fs::read(folder.join("bundle.cbor")).unwrap()), (2, stand.in_force()));
    assert_ne!(stand.in_force(), before);
    let parts = Parts::of(&stand.in_force()).unwrap();
    assert_eq!(parts.b, Parts::of(&before).unwrap().b, "the other side's lists stay");
    let delta = fs::read(folder.join("delta.cbor")).unwrap();
    assert!(permit_parts::delta::is_delta(&delta) && delta.len() < before.len());
    assert!(fs::read_dir(stand.given()).unwrap().all(|it| it.unwrap().file_name() == "now"));
    assert!(stand.site.due().unwrap().iter().all(|it| it.urgency(WEEK) == Urgency::None));
    assert_eq!(stand.site.renewal(&Words::new(Lang::En)).await.unwrap(), None);
}

/// The root is signed by both sides, as the old and as the new one.
fn sign_root(stand: &Stand) {
    let path = stand.proposal(Role::Root);
    let held = fs::read(stand.given().join("root.cbor")).unwrap();
    let held = Root::decode(payload(&held).unwrap()).unwrap();
    let mut proposal = Proposal::from_bytes(&fs::read(&path).unwrap()).unwrap();
    let payload = proposal.payload().to_vec();
    let next = Root::decode(&payload).unwrap();
    let parties = Parties::of_root(&next, Some(&held));
    for side in Side::BOTH {
        proposal.sign(&parties, &role(side, Role::Root)).unwrap();
    }
    fs::write(path, proposal.to_bytes()).unwrap();
}

#[tokio::test]
async fn what_stations_and_terminals_recorded_is_in_the_lists() {
    let stand = Stand::new(Side::A).await;
    published_by_a(&stand).await;
    with_station(&stand).await;

    let (sealed, register) = home_from_101(&[2], WEEK);
    assert!(matches!(stand.site.take(&register).await.unwrap(), Taken::Refused(_)));
    stand.site.take(&sealed).await.unwrap();
    let taken = Taken::Register { station: 101, permits: 4 };
    assert_eq!(stand.site.take(&register).await.unwrap(), taken);
    assert_eq!(stand.site.take(&register).await.unwrap(), Taken::Again);

    let stolen = vec![Key(key("station 101").public_key()).id().to_string()];
    let unknown = Ask { stolen: vec!["00000000".to_owned()], ..Ask::default() };
    assert!(matches!(stand.renew(&unknown).await, Err(Failed::StolenKey(_))));
    stand.renew(&Ask { stolen, ..Ask::default() }).await.unwrap();
    for (lang, said) in [
        (Lang::En, ["Yanji: permits taken back: 1", "newly registered: 4", "alone stay good: 4"]),
        (Lang::Zh, ["延吉：注销的通行证：1 份", "新登记的通行证：4 份", "仅 4 份仍有效"]),
        (Lang::Ko, ["연길: 취소하는 통행증 1건", "새로 올리는 통행증 4건", "4건만 유효"]),
    ] {
        let plan = stand.plan(lang).await;
        assert!(said.iter().all(|it| plan.contains(it)), "{plan}");
    }
    assert!(
        stand.plan(Lang::En).await.contains("through 2026-03-06"),
        "the day before it was made"
    );
    assert_eq!(stand.waiting().await, [Role::Revocations, Role::Issued]);
    assert!(matches!(stand.finish(Side::A).await, Renewed::Published { .. }));
    let ask = Ask::default();
    assert_eq!(stand.renew(&ask).await.unwrap(), Renewed::Nothing, "all of it is said");
}

#[tokio::test]
async fn what_is_not_planned_or_not_signed_as_the_root_says_stops_it() {
    let stand = Stand::new(Side::B).await;
    let before = stand.in_force();
    let all = [Role::Stations, Role::Revocations, Role::Readers];
    assert_eq!(stand.waiting().await, all, "what both sides sign is side A's to draft");
    let path = stand.proposal(Role::Revocations);
    let given = fs::read(&path).unwrap();
    let refused = async |why: &str| {
        let said = stand.renew(&Ask::default()).await.unwrap_err();
        assert!(matches!(said, Failed::NotPlanned { .. }), "{said}");
        assert!(said.to_string().contains(why), "{said}");
        assert_eq!(stand.in_force(), before);
        fs::write(&path, &given).unwrap();
        assert_eq!(stand.waiting().await, all, "nothing of it was taken");
    };

    // Another draft by the right key.
    let mut draft = Proposal::from_bytes(&given).unwrap().contents().unwrap();
    let Draft::Revocations(list) = &mut draft else { panic!() };
    list.stations.push(permit_signing::draft::Suspension {
        station: 33_001,
        since: permit_signing::draft::Date(Day::from_civil(2026, 3, 1).unwrap()),
    });
    let other = Proposal::start(&draft, permit_signing::Form::One).unwrap();
    fs::write(&path, other.to_bytes()).unwrap();
    stand.sign(Side::B, Role::Revocations);
    refused("proposed in another role or form").await;

    // The same draft by a key that a root of its own would let sign.
    let mut foreign = Proposal::from_bytes(&given).unwrap();
    let (lists, _) = bundle();
    let root = Parts::of(&lists).unwrap().roots.pop().unwrap();
    let Ok(Draft::Root(mut forged)) = Draft::decode(Role::Root, payload(&root).unwrap()) else {
        panic!()
    };
    forged.b.revocations.keys = vec![Key(key("stranger").public_key())];
    let forged = forged.encode().unwrap();
    let forged = Root::decode(&forged).unwrap();
    let parties = Parties::of_side(&forged, Side::B, Role::Revocations);
    foreign.sign(&parties, &key("stranger")).unwrap();
    fs::write(&path, foreign.to_bytes()).unwrap();
    refused("has no part in this document").await;

    // A signature that does not hold.
    stand.sign(Side::B, Role::Revocations);
    let mut broken = fs::read(&path).unwrap();
    *broken.last_mut().unwrap() ^= 1;
    fs::write(&path, broken).unwrap();
    refused("does not hold").await;

    // Of another renewal, and what is no proposal.
    fs::write(&path, b"none").unwrap();
    refused("").await;
    fs::copy(&path, stand.given().join("zone.proposal")).unwrap();
    fs::write(stand.given().join("zone.proposal"), {
        let zone = Parts::of(&lists).unwrap().zone;
        let zone = Draft::decode(Role::Zone, payload(&zone).unwrap()).unwrap();
        Proposal::start(&zone, permit_signing::Form::Many).unwrap().to_bytes()
    })
    .unwrap();
    let said = stand.renew(&Ask::default()).await.unwrap_err();
    assert!(matches!(said, Failed::OtherPlan { .. }), "{said}");
    fs::remove_file(stand.given().join("zone.proposal")).unwrap();

    // What was begun says what it said; given up, it begins anew.
    let changes = vec![draft];
    let ask = Ask { changes, ..Ask::default() };
    assert!(matches!(stand.renew(&ask).await, Err(Failed::Begun)));
    stand.renew(&Ask { again: true, ..ask }).await.unwrap();
    assert!(stand.plan(Lang::En).await.contains("suspended from 2026-03-01 on"));
    assert!(matches!(stand.finish(Side::B).await, Renewed::Published { .. }));
}

#[tokio::test]
async fn copies_from_holders_apart_and_lists_that_moved() {
    let stand = Stand::new(Side::B).await;
    stand.waiting().await;
    let copy = stand.folder.path().join("copy");
    fs::create_dir(&copy).unwrap();
    for of in [Role::Stations, Role::Revocations, Role::Readers] {
        let path = copy.join(stand.proposal(of).file_name().unwrap());
        fs::copy(stand.proposal(of), &path).unwrap();
        sign(&path, &stand.given().join("root.cbor"), &role(Side::B, of));
    }
    let renewed = stand.site.renew(&stand.given(), &[copy], &Ask::default()).await.unwrap();
    assert!(matches!(renewed, Renewed::Waiting(all) if all[0].role == Role::Snapshot));

    // The other side publishes in between: its lists are taken, ours stay, and the plan is begun anew.
    let other = Stand::new(Side::A).await;
    let theirs = published_by_a(&other).await;
    stand.site.take_lists(&theirs).await.unwrap();
    assert!(matches!(stand.renew(&Ask::default()).await, Err(Failed::Moved)));
    stand.renew(&Ask { again: true, ..Ask::default() }).await.unwrap();
    assert!(matches!(stand.finish(Side::B).await, Renewed::Published { .. }));
    // And back: side A's headquarters know only side B's old lists so far.
    other.site.take_lists(&stand.in_force()).await.unwrap();
    assert_eq!(other.in_force(), stand.in_force());
    other.site.take_lists(&theirs).await.unwrap_err();
    assert_eq!(other.in_force(), stand.in_force());
}

async fn published_by_a(stand: &Stand) -> Vec<u8> {
    stand.waiting().await;
    sign_root(stand);
    for of in stand.waiting().await {
        stand.sign(Side::A, of);
    }
    stand.waiting().await;
    stand.sign(Side::B, Role::Zone);
    assert!(matches!(stand.finish(Side::A).await, Renewed::Published { .. }));
    stand.in_force()
}

/// Side A's register of this world, with everything changed that people can judge.
fn changed_zone() -> permit_signing::draft::Zone {
    let Ok(Draft::Zone(mut zone)) = Draft::read(permit_signing::demo::ZONE, false) else {
        panic!()
    };
    let date = |text: &str| text.parse().unwrap();
    zone.limits.stay = 14;
    zone.regions.retain(|it| it.number != 9 && it.number != 99);
    for region in &mut zone.regions {
        match region.number {
            1 => region.names.en = Some("Yanji Town".to_owned()),
            2 => region.through = Some(date("2026-06-30")),
            _ => {}
        }
    }
    let new = zone.regions.iter().find(|it| it.number == 104).unwrap().clone();
    let (id, number) = ("kp-new".to_owned(), 150);
    zone.regions.push(permit_signing::draft::Region { number, id, ..new });
    let used = |it: &permit_signing::draft::Crossing| !it.regions.contains(&9);
    zone.crossings.retain(|it| used(it) && it.number != 2);
    for crossing in &mut zone.crossings {
        match crossing.number {
            1 => crossing.hours.clear(),
            3 => crossing.states.push(permit_signing::draft::State {
                from: date("2026-05-01"),
                state: permit_signing::draft::OpenState::Closed,
            }),
            _ => {}
        }
    }
    zone
}

#[tokio::test]
async fn a_zone_register_is_judged_by_names_and_by_permits() {
    let stand = Stand::new(Side::A).await;
    published_by_a(&stand).await;
    with_station(&stand).await;
    let (after, words) = (changed_zone(), Words::new(Lang::En));
    let told =
        async |words: &Words| stand.site.zone_change(None, &after, words).await.unwrap().join("\n");
    assert!(told(&words).await.contains("Not counted, since no return of them is here: Yanji"));
    let (early, _) = home_from_101(&[], START);
    let (sealed, _) = home_from_101(&[], WEEK);
    // Days that both returns tell are counted once, as the newer one tells them.
    for it in [early, sealed] {
        assert!(matches!(stand.site.take(&it).await.unwrap(), Taken::Return { .. }));
    }
    let said = told(&words).await;
    for line in [
        "longest stay in days: 14, so far 31",
        "Yanji City is called Yanji Town from now on; permits of Yanji City issued since 2025-03-06 that it affects: 31",
        "Hunjiang City is in the zone always – 2026-06-30, so far always – still; permits of Hunjiang City issued since 2025-03-06 that it affects: 5",
        "(side B) joins the zone: always – still",
        "is taken out of the register; permits of",
        "Quanhe-Wonjong is open at all hours, so far Mon Tue Wed Thu Fri Sat 08:00–17:00; permits of Hunchun County issued since 2025-03-06 that it affects: 0",
        "Shatuozi-Kyongwon is taken out of the register",
        "Tumen-Namyang: open from 1955-06-08 on, closed from 2026-05-01 on; so far open from 1955-06-08 on; permits of Yanji County",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("Not counted") && said.lines().count() < 16, "{said}");
    for (lang, line) in [
        (Lang::Zh, "图们-南阳：自 1955-06-08 起开放, 自 2026-05-01 起关闭；"),
        (Lang::Zh, "涉及 延吉市 自 2025-03-06 以来签发的通行证：31 份"),
        (Lang::Ko, "연길시에 2025-03-06부터 발급한 통행증 가운데 해당하는 것: 31건"),
    ] {
        let said = told(&Words::new(lang)).await;
        assert!(said.contains(line), "{line}: {said}");
    }
    // The same of both: nothing changes.
    let same = stand.site.zone_change(Some(&after), &after, &words).await.unwrap();
    assert!(same.len() == 2 && same[1].contains("nothing changes but the term"), "{same:?}");

    // Proposed by one side: the other side's headquarters are shown the same of their own permits, and both sign.
    let changes = vec![Draft::Zone(after.clone())];
    stand.renew(&Ask { changes, ..Ask::default() }).await.unwrap();
    let plan = stand.plan(Lang::En).await;
    assert!(plan.contains("Shatuozi-Kyongwon is taken out of the register"), "{plan}");
    let other = Stand::new(Side::B).await;
    let proposal = Proposal::from_bytes(&fs::read(stand.proposal(Role::Zone)).unwrap()).unwrap();
    let Ok(Draft::Zone(proposed)) = proposal.contents() else { panic!() };
    let theirs = other.site.zone_change(None, &proposed, &words).await.unwrap().join("\n");
    assert!(
        theirs.contains("Yanji City is called Yanji Town from now on; permits of the other side")
    );
    assert!(theirs.contains("closed from 2026-05-01 on; so far"), "{theirs}");
    stand.sign(Side::A, Role::Zone);
    assert_eq!(stand.waiting().await, [Role::Zone], "by both");
    stand.sign(Side::B, Role::Zone);
    assert!(matches!(stand.finish(Side::A).await, Renewed::Published { .. }));
    let said = told(&words).await;
    assert!(said.contains("nothing changes but the term"), "{said}");
}

#[tokio::test]
async fn what_another_key_signs_from_now_on_is_signed_by_it() {
    let stand = Stand::new(Side::A).await;
    published_by_a(&stand).await;
    let root = Parts::of(&stand.in_force()).unwrap().roots.pop().unwrap();
    let Ok(Draft::Root(mut next)) = Draft::decode(Role::Root, payload(&root).unwrap()) else {
        panic!()
    };
    next.a.revocations.keys = vec![Key(key("fresh").public_key())];
    let changes = vec![Draft::Root(next)];
    stand.renew(&Ask { changes, ..Ask::default() }).await.unwrap();
    assert_eq!(stand.waiting().await, [Role::Root], "not by the old keys");
    let plan = stand.plan(Lang::En).await;
    assert!(plan.contains("side A, role revocations: a new key"), "{plan}");
    assert!(plan.contains("signs no more"), "{plan}");
    sign_root(&stand);
    assert_eq!(stand.waiting().await, [Role::Revocations]);
    let root = stand.given().join("root.cbor");
    sign(&stand.proposal(Role::Revocations), &root, &key("fresh"));
    assert_eq!(stand.waiting().await, [Role::Snapshot]);
    stand.sign(Side::A, Role::Snapshot);
    let renewed = stand.renew(&Ask::default()).await.unwrap();
    assert!(matches!(renewed, Renewed::Published { .. }), "{renewed:?}");
    assert_eq!(Parts::of(&stand.in_force()).unwrap().roots.len(), 3);
}
