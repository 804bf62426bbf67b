//! Work for the demonstration's desk: applications of every class, one at each place of the way, and cases of every kind. Invented
//! people.

use permit_command::{Exit, Fault};
use permit_core::Day;
use permit_record::{Approval, Decision, Role, Subject};
use permit_signing::KeyFile;
use permit_station::{
    registry::Signed,
    rules::{
        Act, ApplicationAct, CaseAct, CaseKind, Class, Language, MatterAct, MatterKind, Origin,
        Paper, PaperKind, Particulars, Person as Whom,
    },
    site::Site,
};

/// How far an application goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    Letter,
    Submitted,
    Incomplete,
    Review,
    Half,
    Approved,
    Signed,
    Printed,
    Ready,
    HandedOver,
}

/// One of them: how far, class, names, birth, days.
type Person = (Far, Class, &'static str, Option<&'static str>, (i32, u8, u8), u16);

/// Handed over first, so that its days run out first.
const PEOPLE: [Person; 11] = [
    (Far::HandedOver, Class::Resident, "DOKGO MARU", Some("독고마루"), (1922, 3, 14), 10),
    (Far::Ready, Class::Resident, "DONGFANG YUN", Some("东方云"), (1940, 11, 2), 31),
    (Far::Printed, Class::ForeignResident, "SAGONG DAL", Some("사공달"), (1915, 7, 30), 31),
    (Far::Signed, Class::Resident, "SEOMUN GARAM", Some("서문가람"), (1936, 1, 9), 31),
    (Far::Approved, Class::StateEmployee, "SHANGGUAN HE", Some("上官河"), (1929, 5, 21), 31),
    (Far::Half, Class::StateEmployee, "NAMGUNG SOL", Some("남궁솔"), (1931, 4, 2), 31),
    (Far::Review, Class::Resident, "MURONG LAN", Some("慕容兰"), (1944, 8, 17), 31),
    (Far::Incomplete, Class::ForeignResident, "HWANGBO DEUL", Some("황보들"), (1908, 12, 1), 31),
    (Far::Submitted, Class::Resident, "ZHUGE QING", Some("诸葛青"), (1950, 2, 26), 31),
    (Far::Submitted, Class::ForeignResident, "JEGAL BIT", None, (1933, 6, 5), 60),
    (Far::Letter, Class::StateEmployee, "", None, (1920, 1, 1), 31),
];

/// Cases: kind, names, birth, people, what it rests on, what of the checklist is there, whether it is approved.
type Begun = (CaseKind, &'static str, &'static str, u16, u8, &'static str, usize, bool);

const CASES: [Begun; 4] = [
    (CaseKind::Resettlement, "SEONU GAON", "선우가온", 1921, 4, "", 1, false),
    (CaseKind::Return, "TOKKO NURI", "독고누리", 1934, 1, "", 2, false),
    (CaseKind::ArmyFamily, "NAMGUNG BOM", "남궁봄", 1938, 3, "182", 2, false),
    (CaseKind::Return, "HWANGBO SAEBYEOK", "황보새벽", 1916, 2, "", 2, true),
];

/// Officers of the demonstration.
const WORKS: u16 = 7;
const COUNTER: u16 = 3;
const POLICE: u16 = 4;
const BORDER: u16 = 5;

/// Puts it on the desk.
pub(crate) async fn work(site: &mut Site) -> Result<(), Fault> {
    for person in PEOPLE {
        one(site, person).await?;
    }
    for begun in CASES {
        case(site, begun).await?;
    }
    let words = "过境高峰日受理窗口不足。".to_owned();
    let act = Act::Matter(0, MatterAct::Raise(MatterKind::Issue, words));
    let at = site.now();
    site.registry.act(COUNTER, at, act).await?;
    Ok(())
}

async fn one(site: &mut Site, person: Person) -> Result<(), Fault> {
    let (far, class, ..) = person;
    let salt = salt()?;
    let (origin, language) = (Origin::New, Language::Ko);
    let open = ApplicationAct::Open { class, origin, language, applicant: None, salt };
    let number = done(site, COUNTER, 0, open).await?;
    for need in class.needs() {
        done(site, COUNTER, number, ApplicationAct::See(paper(need[0], site.today()))).await?;
    }
    if far == Far::Letter {
        return Ok(());
    }
    done(site, COUNTER, number, ApplicationAct::Fill(particulars(person))).await?;
    done(site, COUNTER, number, ApplicationAct::Submit).await?;
    if far == Far::Submitted {
        return Ok(());
    }
    if far == Far::Incomplete {
        let want = ApplicationAct::Want(vec![class.needs()[1][0]]);
        return done(site, POLICE, number, want).await.map(drop);
    }
    done(site, POLICE, number, ApplicationAct::Review).await?;
    if far >= Far::Half {
        approve(site, number, POLICE, Role::Police).await?;
    }
    if far >= Far::Approved && class == Class::StateEmployee {
        approve(site, number, BORDER, Role::BorderDefence).await?;
    }
    if far < Far::Signed {
        return Ok(());
    }
    let Signed { permit, .. } = site.issue(number, COUNTER).await?;
    let copy = permit.id.copy;
    for (least, act) in [
        (Far::Printed, ApplicationAct::Print(copy)),
        (Far::Ready, ApplicationAct::ReadBack { copy, grade: 4, right: true }),
        (Far::HandedOver, ApplicationAct::HandOver),
    ] {
        if far >= least {
            done(site, COUNTER, number, act).await?;
        }
    }
    Ok(())
}

async fn case(site: &mut Site, begun: Begun) -> Result<(), Fault> {
    let (kind, latin, native, year, people, basis, have, approved) = begun;
    let person = Whom {
        latin: latin.to_owned(),
        native: Some(native.to_owned()),
        birth: permit_core::Birth::Year(year),
        region: Some(3),
        people,
    };
    let basis = Some(basis).filter(|it| !it.is_empty()).map(str::to_owned);
    let open = CaseAct::Open { kind, person, language: Language::Ko, basis, salt: salt()? };
    let at = site.now();
    let number = site.registry.act(WORKS, at, Act::Case(0, open)).await?.subject.number();
    for item in kind.checklist().iter().take(have) {
        let act = Act::Case(number, CaseAct::Have(*item));
        site.registry.act(WORKS, at, act).await?;
    }
    if approved {
        let moment = site.registry.desk().moment(POLICE, at);
        let digest = site.registry.desk().case(number).map(|it| it.digest(&moment));
        let about = (Subject::Case(number), digest.unwrap_or_default());
        let sealed = signed(site, about, POLICE, Role::Police)?;
        site.registry.act(POLICE, at, Act::Case(number, CaseAct::Approve(sealed))).await?;
    }
    Ok(())
}

async fn done(site: &mut Site, by: u16, number: u32, act: ApplicationAct) -> Result<u32, Fault> {
    let at = site.now();
    let outcome = site.registry.act(by, at, Act::Application(number, act)).await?;
    Ok(outcome.subject.number())
}

async fn approve(site: &mut Site, number: u32, by: u16, role: Role) -> Result<(), Fault> {
    let desk = site.registry.desk();
    let digest = desk.application(number).map(|it| it.digest(desk.office())).unwrap_or_default();
    let sealed = signed(site, (Subject::Application(number), digest), by, role)?;
    done(site, by, number, ApplicationAct::Approve(sealed)).await.map(drop)
}

/// An approval by an officer whose key has no passphrase.
fn signed(
    site: &Site,
    (subject, digest): (Subject, [u8; 32]),
    by: u16,
    role: Role,
) -> Result<Vec<u8>, Fault> {
    let path = site.home.officer(by);
    let key = KeyFile::load(&path).and_then(|file| file.open_unprotected());
    let key = key.map_err(|error| Fault::key(&path, error))?;
    let (office, at, decision) = (site.registry.desk().office(), site.now(), Decision::Approve);
    let (zone, station) = (office.founding().zone, office.station());
    let approval = Approval { zone, station, subject, digest, decision, role, officer: by, at };
    let Ok(sealed) = approval.seal(&key);
    Ok(sealed)
}

fn salt() -> Result<[u8; 16], Fault> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)
        .map_err(|error| Fault::new(Exit::Unreadable, "station-home").with("said", error))?;
    Ok(salt)
}

fn paper(kind: PaperKind, today: Day) -> Paper {
    let issuer = match kind {
        PaperKind::RelativeLetter => "온성",
        PaperKind::CommuneLetter => "演示公社一",
        _ => "演示单位",
    };
    Paper { kind, issuer: issuer.to_owned(), dated: today.plus(-5) }
}

fn particulars((_, class, latin, native, (year, month, day), days): Person) -> Particulars {
    let birth = Day::from_civil(year, month, day).unwrap_or(Day::FIRST);
    Particulars {
        latin: latin.to_owned(),
        native: native.map(str::to_owned),
        birth: permit_core::Birth::Day(birth),
        nationality: if class == Class::ForeignResident { 408 } else { 156 },
        region: if year % 2 == 0 { 1 } else { 3 },
        from: None,
        days,
        crossings: Vec::new(),
        entries: Some(1),
        stay: None,
        children: None,
        document: None,
        commune: None,
    }
}
