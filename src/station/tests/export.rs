//! What leaves the desk: the register, the signed return, the report; from real acts, and without anybody's name.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::{fs, path::Path, process::Command};

use permit_core::{Birth, Day, PublicKey};
use permit_record::{Approval, Decision, Outcome, Raised, Return, Role, Subject};
use permit_report::Period;
use permit_signing::{KeyFile, draft::PayloadDigest, register::Register};
use permit_station::{
    home::Home,
    registry::RegistryError,
    report::{self, Number, Outward, Situation},
    rules::{
        Act, ApplicationAct, CaseAct, CaseKind, Class, Denied, Ground, Grounds, Language,
        MatterAct, MatterKind, OfficeAct, Origin, Paper, Particulars, Person,
    },
    site::Site,
};

const CHIEF: u16 = 1;
const COUNTER: u16 = 3;
const POLICE: u16 = 4;
const BORDER: u16 = 5;
const BOTH: u16 = 6;
const CASES: u16 = 7;
/// Nobody else in any list is called so.
const LATIN: &str = "SEOMUN GYEOUL";
const NATIVE: &str = "서문겨울";

fn command(folder: &Path, line: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit-station"));
    let output = command.current_dir(folder).args(["--lang", "en"]).args(line).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap(), said)
}

async fn site(folder: &Path) -> Site {
    let home = Home::open(&folder.join("permit-desk")).unwrap();
    let url = home.database();
    Site::open(home, &url).await.unwrap()
}

async fn does(site: &mut Site, by: u16, number: u32, act: ApplicationAct) -> u32 {
    let at = site.now();
    let act = Act::Application(number, act);
    site.registry.act(by, at, act).await.unwrap().subject.number()
}

/// An officer's signature over what stands there, with grounds where there are some.
fn signed(
    site: &Site,
    by: u16,
    number: u32,
    decision: Decision,
    grounds: Option<&Grounds>,
) -> Vec<u8> {
    let key = KeyFile::load(&site.home.officer(by)).unwrap().open_unprotected().unwrap();
    let desk = site.registry.desk();
    let (office, application) = (desk.office(), desk.application(number).unwrap());
    let digest = match grounds {
        Some(grounds) => application.digest_with(office, grounds),
        None => application.digest(office),
    };
    let role = Role::Police;
    let (zone, station) = (office.founding().zone, office.station());
    let subject = Subject::Application(number);
    let approval =
        Approval { zone, station, subject, digest, decision, role, officer: by, at: site.now() };
    let Ok(sealed) = approval.seal(&key);
    sealed
}

/// Handed in, by the resident whose name is looked for everywhere.
async fn reviewed(site: &mut Site) -> u32 {
    let class = Class::Resident;
    let (origin, language) = (Origin::New, Language::Zh);
    let open = ApplicationAct::Open { class, origin, language, applicant: None, salt: [7; 16] };
    let number = does(site, COUNTER, 0, open).await;
    for need in class.needs() {
        let paper = Paper { kind: need[0], issuer: "演示公社".into(), dated: site.today() };
        does(site, COUNTER, number, ApplicationAct::See(paper)).await;
    }
    let particulars = Particulars {
        latin: LATIN.into(),
        native: Some(NATIVE.into()),
        birth: Birth::Day(Day::from_civil(1931, 4, 2).unwrap()),
        nationality: 156,
        region: 3,
        from: None,
        days: 30,
        crossings: vec![],
        entries: Some(1),
        stay: None,
        children: None,
        document: None,
        commune: None,
    };
    does(site, COUNTER, number, ApplicationAct::Fill(particulars)).await;
    does(site, COUNTER, number, ApplicationAct::Submit).await;
    does(site, POLICE, number, ApplicationAct::Review).await;
    number
}

/// Signed: its number, and what the payload is known by.
async fn issued(site: &mut Site) -> (u32, PayloadDigest) {
    let number = reviewed(site).await;
    let approval = signed(site, POLICE, number, Decision::Approve, None);
    does(site, POLICE, number, ApplicationAct::Approve(approval)).await;
    let signed = site.issue(number, COUNTER).await.unwrap();
    (number, digest(&signed.permit))
}

fn digest(permit: &permit_core::Permit) -> PayloadDigest {
    let mut payload = [0; permit_core::permit::PAYLOAD];
    let length = permit.encode(&mut payload).unwrap();
    PayloadDigest::of(&payload[..length])
}

async fn ready(site: &mut Site, number: u32, copy: u8) {
    does(site, COUNTER, number, ApplicationAct::Print(copy)).await;
    does(site, COUNTER, number, ApplicationAct::ReadBack { copy, grade: 4, right: true }).await;
}

async fn drawn(site: &Site) -> Outward {
    let month: Period = "1963-09".parse().unwrap();
    report::outward(&site.registry, month.until(site.today()), site.now()).await.unwrap()
}

/// Serials 1 to 4: lost and signed again; withdrawn; lost; good. And a refusal, a case, an issue with a name in it.
async fn busy(site: &mut Site) -> Vec<PayloadDigest> {
    let mut digests = Vec::new();
    for _ in 0..4 {
        digests.push(issued(site).await.1);
    }
    ready(site, 1, 1).await;
    does(site, COUNTER, 1, ApplicationAct::HandOver).await;
    does(site, COUNTER, 1, ApplicationAct::Lose).await;
    digests.push(digest(&site.reprint(1, COUNTER).await.unwrap().permit));
    does(site, COUNTER, 2, ApplicationAct::Withdraw).await;
    ready(site, 3, 1).await;
    does(site, COUNTER, 3, ApplicationAct::HandOver).await;
    does(site, COUNTER, 3, ApplicationAct::Lose).await;
    let refused = reviewed(site).await;
    let (ground, deadline) = (Ground::NotResident, site.today().plus(30));
    let grounds =
        Grounds { ground, words: "不在边境地区居住。".into(), deadline, station: 102 };
    let first = signed(site, POLICE, refused, Decision::Refuse, Some(&grounds));
    does(site, POLICE, refused, ApplicationAct::ProposeRefusal(grounds.clone(), first)).await;
    let second = signed(site, BOTH, refused, Decision::Refuse, Some(&grounds));
    does(site, BOTH, refused, ApplicationAct::Refuse(second)).await;
    let birth = Birth::Year(1920);
    let person = Person { latin: LATIN.into(), native: None, birth, region: None, people: 2 };
    let (language, kind) = (Language::Ko, CaseKind::Return);
    let open = CaseAct::Open { kind, person, language, basis: None, salt: [1; 16] };
    let at = site.now();
    site.registry.act(CASES, at, Act::Case(0, open)).await.unwrap();
    let words = format!("Complaint of Seomun Gyeoul: {NATIVE}");
    let raise = MatterAct::Raise(MatterKind::Issue, words);
    site.registry.act(COUNTER, at, Act::Matter(0, raise)).await.unwrap();
    digests
}

#[tokio::test]
async fn r17_r18_the_return_counts_what_was_done_and_silence_is_not_none() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(command(place.path(), &["init", "--demo"]).0, 0);
    let mut site = site(place.path()).await;
    busy(&mut site).await;
    let out = drawn(&site).await;
    let key = site.registry.desk().office().founding().key;
    let read = Return::open(&out.sealed, &PublicKey::new(&key).unwrap()).unwrap();
    assert_eq!(read, out.drawn);
    let count = |outcome| -> Vec<(u8, u16, Option<u8>, u32)> {
        let of = read.counts.iter().filter(|it| it.outcome == outcome);
        of.map(|it| (it.class, it.region, it.ground, it.number)).collect()
    };
    assert_eq!(count(Outcome::HandedIn), [(0, 3, None, 5)]);
    assert_eq!(count(Outcome::Issued), [(0, 3, None, 4)]);
    assert_eq!(count(Outcome::Refused), [(0, 3, Some(Ground::NotResident as u8), 1)]);
    assert_eq!(count(Outcome::Lost), [(0, 3, None, 2)]);
    assert_eq!(count(Outcome::Reprinted), [(0, 3, None, 1)]);
    assert_eq!(count(Outcome::Withdrawn), [(0, 3, None, 1)]);
    assert_eq!(read.cases.iter().map(|open| open.number).sum::<u32>(), 1);
    // Its words hold a name: the number goes out, the words do not.
    let raised = Raised { number: 1, day: site.today(), words: None, open: true };
    assert_eq!((&read.issues, &out.withheld), (&Some(vec![raised]), &vec![1]));
    assert_eq!(read.views, None, "nobody was asked");
    let (at, today) = (site.now(), site.today());
    let none = |kind, through| Act::Office(OfficeAct::Nothing(kind, through));
    let refused = |error: RegistryError| match error {
        RegistryError::Denied(denied) => denied,
        other => panic!("{other}"),
    };
    for (by, act) in [
        (CHIEF, none(MatterKind::DifferingView, today)),
        (CHIEF, none(MatterKind::Issue, today)),
        (BORDER, none(MatterKind::DifferingView, today.plus(1))),
    ] {
        let denied = refused(site.registry.act(by, at, act).await.unwrap_err());
        assert!(
            matches!(
                denied,
                Denied::Role { .. } | Denied::MatterState(_) | Denied::FutureDate { .. }
            ),
            "{denied:?}"
        );
    }
    let act = none(MatterKind::DifferingView, today);
    site.registry.act(BORDER, at, act).await.unwrap();
    assert_eq!(drawn(&site).await.drawn.views, Some(vec![]), "an explicit none");
    // A view that comes afterwards is not hidden by it.
    let raise = MatterAct::Raise(MatterKind::DifferingView, "渡口应早开。".into());
    site.registry.act(BORDER, at, Act::Matter(0, raise)).await.unwrap();
    assert_eq!(drawn(&site).await.drawn.views.unwrap().len(), 1);
    assert!(site.registry.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn r12_the_register_knows_every_signing_and_what_is_not_good_any_more() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(command(place.path(), &["init", "--demo"]).0, 0);
    let mut site = site(place.path()).await;
    let digests = busy(&mut site).await;
    let out = drawn(&site).await;
    assert_eq!(permit_core::sha256(&[out.register.as_bytes()]), out.drawn.register);
    let register: Register = toml::from_str(&out.register).unwrap();
    assert_eq!(register.stranger(), None);
    let serials = |lists: &[permit_signing::draft::SerialList]| -> Vec<u32> {
        lists.iter().flat_map(|list| list.serials.iter()).collect()
    };
    assert_eq!(serials(&register.years), [1, 2, 3, 4]);
    assert_eq!(serials(&register.revoked), [2], "withdrawn after it was signed");
    let copies: Vec<_> = register.copies.iter().map(|it| (it.serial, it.copy, it.lost)).collect();
    assert_eq!(copies, [(1, 2, true), (3, 2, true)]);
    let signings: Vec<_> = register.signed.iter().flat_map(|it| &it.permits).collect();
    assert_eq!(signings.iter().map(|it| it.digest).collect::<Vec<_>>(), digests);
    assert_eq!(signings.iter().map(|it| (it.serial, it.copy)).next_back(), Some((1, 2)));
}

#[tokio::test]
async fn r12_a_printed_card_that_is_withdrawn_is_not_good_in_the_register() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(command(place.path(), &["init", "--demo"]).0, 0);
    let mut site = site(place.path()).await;
    for number in 1..=3 {
        issued(&mut site).await;
        ready(&mut site, number, 1).await;
    }
    does(&mut site, COUNTER, 1, ApplicationAct::Lose).await;
    does(&mut site, COUNTER, 1, ApplicationAct::Withdraw).await;
    let (ground, deadline) = (Ground::NotResident, site.today().plus(30));
    let grounds =
        Grounds { ground, words: "不在边境地区居住。".into(), deadline, station: 102 };
    let first = signed(&site, POLICE, 2, Decision::Revoke, Some(&grounds));
    does(&mut site, POLICE, 2, ApplicationAct::ProposeRevocation(grounds, first)).await;
    does(&mut site, COUNTER, 2, ApplicationAct::Withdraw).await;
    let out = drawn(&site).await;
    let register: Register = toml::from_str(&out.register).unwrap();
    let revoked: Vec<u32> = register.revoked.iter().flat_map(|it| it.serials.iter()).collect();
    assert_eq!(revoked, [1, 2]);
    assert_eq!(register.copies.len(), 0, "what is not good in any copy");
    let grounds = out.drawn.counts.iter().filter(|it| it.outcome == Outcome::Withdrawn);
    assert_eq!(grounds.map(|it| (it.ground, it.number)).collect::<Vec<_>>(), [(None, 2)]);
    assert!(site.registry.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn r25_the_report_hides_what_is_too_few_and_nothing_that_is_written_has_a_name() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    assert_eq!(command(folder, &["init", "--demo"]).0, 0);
    let mut site = site(folder).await;
    busy(&mut site).await;
    let situation = Situation::of(&drawn(&site).await.drawn);
    let number = |outcome| {
        let of = situation.done.iter().find(|it| (it.0, it.1) == (Class::Resident, outcome));
        of.unwrap().2
    };
    assert_eq!(number(Outcome::HandedIn), Number::Told(5));
    assert_eq!(number(Outcome::Issued), Number::Few);
    assert_eq!(number(Outcome::Revoked), Number::Told(0));
    drop(site);
    let (status, said) = command(folder, &["export", "--out", "out", "--month", "1963-09"]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("No. 1 holds a name") && said.contains("differing views"), "{said}");
    let (status, said) = command(folder, &["matter", "none", "view", "--officer", "5"]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(command(folder, &["report", "--month", "1963-09"]).0, 2, "it is not over");
    for name in ["r.html", "r.csv", "r.json", "r.txt", "r.xlsx"] {
        let (status, said) = command(folder, &["report", "--out", &format!("out/{name}")]);
        assert_eq!(status, 0, "{said}");
        assert!(fs::metadata(folder.join("out").join(name)).unwrap().len() > 200);
    }
    let json = fs::read_to_string(folder.join("out/r.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["views"], serde_json::json!([]), "an explicit none");
    assert_eq!(json["cases"][0]["number"], serde_json::Value::Null, "fewer than five");
    let (_, said) = command(folder, &["report"]);
    assert!(said.contains("fewer than 5") && said.contains("None."), "{said}");
    for entry in fs::read_dir(folder.join("out")).unwrap() {
        let entry = entry.unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        let name = entry.file_name().into_string().unwrap();
        for person in [LATIN, "SEOMUN", "Seomun", NATIVE, "MAENG", "맹소리"] {
            let found = bytes.windows(person.len()).any(|it| it == person.as_bytes());
            assert!(!found && !name.contains(person), "{person} in {name}");
        }
    }
}
