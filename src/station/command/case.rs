//! `permit-station case`: resettlement, return, army families (R20–R24). None of them ever makes a border permit.
//!
//! ```toml
//! kind = "resettlement"        # resettlement, return, army-family
//! language = "ko"              # zh, ko, en
//! latin = "SEOMUN GYEOUL"
//! native = "서문겨울"
//! birth = "1931-04-02"
//! region = "cn-yanji-county"   # left out: outside the zone
//! people = 2                   # who go, this person included
//! basis = "182"                # by number alone
//! ```

use permit_command::{Exit, Fault, output, secret};
use permit_record::{Approval, Decision, Subject};
use permit_signing::permit::{self, Why};
use permit_station::{
    file,
    rules::{
        Act, Case, CaseAct, CaseKind, CaseState, CaseStep, Denied, Desk, Grounds, Item, Person,
    },
    said,
    site::Site,
};
use permit_words::{Value, Words};
use serde::Deserialize;

use super::{
    act::{said_grounds, tell_grounds},
    apply,
    args::{Approve, CaseArgs, CaseTask as Task, Ending, Seat},
    decide, delegate,
    site::Place,
};

/// A case as a file has it: nothing else about a person is taken in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Received {
    kind: String,
    language: String,
    latin: String,
    native: Option<String>,
    birth: String,
    region: Option<String>,
    #[serde(default = "one")]
    people: u8,
    basis: Option<String>,
}

const fn one() -> u8 {
    1
}

pub(crate) async fn run(place: &Place, args: &CaseArgs, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let (officer, number, act) = match &args.task {
        Task::List { overdue } => return list(&site, *overdue, words),
        Task::Show { number } => {
            tell(&site, *number, words)?;
            return Ok(Exit::Good);
        }
        Task::Approve(args) => return approve(&mut site, args, words).await,
        Task::Refuse(args) => return refuse(&mut site, args, words).await,
        Task::Receive { file, officer } => {
            let read = file::read(&apply::text(file)?);
            let received: Received = read.map_err(|error| apply::fault(file, error))?;
            let unfit =
                |(field, said): (&str, String)| apply::fault(file, format!("{field}: {said}"));
            (*officer, 0, opened(&site, received, words)?.map_err(unfit)?)
        }
        Task::Have { number, item, officer } => (*officer, *number, CaseAct::Have(*item)),
        Task::Block { number, words, officer } => {
            (*officer, *number, CaseAct::Block(words.clone()))
        }
        Task::Act { number, step, officer } => {
            let act = match step {
                CaseStep::DropRefusal => CaseAct::DropRefusal,
                CaseStep::Authorise => CaseAct::Authorise,
                CaseStep::Depart => CaseAct::Depart,
                CaseStep::Return => CaseAct::Return,
                CaseStep::Withdraw => CaseAct::Withdraw,
                // Those take more than a number; the command line knows no name for them here.
                _ => return Err(Fault::quiet(Exit::Usage)),
            };
            (*officer, *number, act)
        }
    };
    // The officer's key proves who does it.
    secret::open(&site.home.officer(officer), None, words)?;
    done(&mut site, officer, (number, act), words).await
}

async fn done(
    site: &mut Site,
    by: u16,
    (number, act): (u32, CaseAct),
    words: &Words,
) -> Result<Exit, Fault> {
    let at = site.now();
    let done = site.registry.act(by, at, Act::Case(number, act)).await?;
    tell(site, done.subject.number(), words)?;
    Ok(Exit::Good)
}

/// The act that begins it, or which field is wrong and why.
fn opened(
    site: &Site,
    file: Received,
    words: &Words,
) -> Result<Result<CaseAct, (&'static str, String)>, Fault> {
    let read = || {
        let why = |field, why: Why| (field, said::why(&why, words));
        let value = |error: file::FileFault| ("kind", error.to_string());
        let kind = file::one_of("kind", &file.kind, &KINDS).map_err(value)?;
        let language = file::one_of("language", &file.language, &file::LANGUAGES);
        let language = language.map_err(|error| ("language", error.to_string()))?;
        let latin = permit::latin(&file.latin).map_err(|it| why("latin", it))?;
        let native = file.native.as_deref().map(permit::native).transpose();
        let native = native.map_err(|it| why("native", it))?;
        let birth = permit::birth(&file.birth).map_err(|it| why("birth", it))?;
        if !(1..=Person::MOST).contains(&file.people) {
            let most = u32::from(Person::MOST);
            return Err(why("people", Why::Number { least: 1, most }));
        }
        Ok((kind, language, latin, native, birth))
    };
    let (kind, language, latin, native, birth) = match read() {
        Ok(read) => read,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let region = match &file.region {
        Some(id) => {
            let mut held = site.lists()?;
            let trust = held.open()?;
            Some(delegate::region(&trust, id)?)
        }
        None => None,
    };
    let person = Person { latin, native, birth, region, people: file.people };
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)
        .map_err(|error| Fault::new(Exit::Unreadable, "station-home").with("said", error))?;
    Ok(Ok(CaseAct::Open { kind, person, language, basis: file.basis, salt }))
}

/// What is open, whose time runs out first.
fn list(site: &Site, overdue: bool, words: &Words) -> Result<Exit, Fault> {
    let desk = site.registry.desk();
    let moment = desk.moment(0, site.now());
    let late = |it: &&Case| it.days_left(&moment).is_some_and(|days| days < 0);
    let mut open: Vec<&Case> =
        desk.cases().filter(|it| !it.state.is_ended(it.kind) && (!overdue || late(it))).collect();
    open.sort_by_key(|it| (it.days_left(&moment).unwrap_or(i32::MAX), it.number));
    for case in open {
        line(site, case, words)?;
    }
    Ok(Exit::Good)
}

/// Which one, its kind, where it stands, and how long it has; nothing about the person.
fn line(site: &Site, case: &Case, words: &Words) -> Result<(), Fault> {
    let left = case.days_left(&site.registry.desk().moment(0, site.now()));
    let clock = left.map(|days| match days {
        0.. => words.with("desk-case-left", &[("days", days.into())]),
        _ => words.with("desk-case-late", &[("days", days.saturating_neg().into())]),
    });
    let kind = Value::Spoken(said::case_kind(case.kind, words));
    let title = words.with("case-title", &[("kind", kind), ("number", case.number.into())]);
    let state = said::case_state(case.state, words);
    let state = [Some(state), clock].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let values = [("title", Value::Spoken(title)), ("state", Value::Spoken(state))];
    output::line(&words.with("station-case", &values))
}

/// The same, and what is still to come.
fn tell(site: &Site, number: u32, words: &Words) -> Result<(), Fault> {
    let case = found(site.registry.desk(), number)?;
    line(site, case, words)?;
    let missing = case.missing();
    if case.state == CaseState::Received && !missing.is_empty() {
        let items: Vec<String> = missing.into_iter().map(|it| said::item(it, words)).collect();
        let items = Value::Spoken(items.join(" · "));
        output::line(&words.with("station-case-missing", &[("items", items)]))?;
    }
    Ok(())
}

fn found(desk: &Desk, number: u32) -> Result<&Case, Denied> {
    desk.case(number).ok_or(Denied::NoSubject(Subject::Case(number)))
}

async fn approve(site: &mut Site, args: &Approve, words: &Words) -> Result<Exit, Fault> {
    let key = decide::key(&args.seat, words)?;
    let decision = (CaseStep::Approve, None);
    let (by, sealed) = signed(site, (args.number, decision), (&args.seat, &key), words)?;
    done(site, by, (args.number, CaseAct::Approve(sealed)), words).await
}

/// The first officer says on which grounds; the second signs the same without saying them again.
async fn refuse(site: &mut Site, args: &Ending, words: &Words) -> Result<Exit, Fault> {
    let key = decide::key(&args.seat, words)?;
    let case = found(site.registry.desk(), args.number)?;
    let (step, grounds) = match (said_grounds(args), &case.refusal) {
        (Some(grounds), _) => (CaseStep::ProposeRefusal, grounds),
        (None, Some((grounds, _))) if case.state == CaseState::RefusalProposed => {
            (CaseStep::Refuse, grounds.clone())
        }
        _ => return Err(Fault::new(Exit::Usage, "station-no-grounds")),
    };
    if !case.kind.can_be_refused() {
        return Err(Denied::NeverRefused.into());
    }
    let decision = (step, Some(&grounds));
    let (by, sealed) = signed(site, (args.number, decision), (&args.seat, &key), words)?;
    let act = match step {
        CaseStep::ProposeRefusal => CaseAct::ProposeRefusal(grounds, sealed),
        _ => CaseAct::Refuse(sealed),
    };
    done(site, by, (args.number, act), words).await
}

/// Shows what is signed, then signs it; by whom.
fn signed(
    site: &Site,
    (number, (step, grounds)): (u32, (CaseStep, Option<&Grounds>)),
    (seat, key): (&Seat, &decide::Key),
    words: &Words,
) -> Result<(u16, Vec<u8>), Fault> {
    let desk = site.registry.desk();
    let officer = decide::at_the_seat(desk.office(), key)?;
    let (by, at) = (officer.number, site.now());
    let role = decide::role(officer, seat.role, step.by())?;
    let (case, moment) = (found(desk, number)?, desk.moment(by, at));
    shown(case, words)?;
    if let Some(grounds) = grounds {
        tell_grounds(grounds, words)?;
    }
    let digest = match grounds {
        Some(grounds) => case.digest_with(&moment, grounds),
        None => case.digest(&moment),
    };
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let values = [("role", Value::Spoken(said::role(role, words))), ("digest", hex.into())];
    output::line(&words.with("station-signing", &values))?;
    let decision = if step == CaseStep::Approve { Decision::Approve } else { Decision::Refuse };
    let (founding, subject) = (desk.office().founding(), Subject::Case(number));
    let (zone, station) = (founding.zone, founding.station);
    let approval = Approval { zone, station, subject, digest, decision, role, officer: by, at };
    let sealed = approval.seal(key);
    let sealed = sealed
        .map_err(|error| Fault::new(Exit::Unreadable, "station-no-key").with("said", error))?;
    Ok((by, sealed))
}

/// Everything that is decided about.
fn shown(case: &Case, words: &Words) -> Result<(), Fault> {
    let person = &case.person;
    let names = [person.native.as_deref(), Some(person.latin.as_str())];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    let there: Vec<String> = case.have.iter().map(|it: &Item| said::item(*it, words)).collect();
    let values = [
        ("kind", Value::Spoken(said::case_kind(case.kind, words))),
        ("name", names.join(" ").into()),
        ("birth", said::birth(person.birth).into()),
        ("people", person.people.into()),
        ("basis", case.basis.as_deref().unwrap_or("–").into()),
        ("items", Value::Spoken(there.join(" · "))),
    ];
    output::line(&words.with("station-case-shown", &values))
}

const KINDS: [(&str, CaseKind); 3] = [
    ("resettlement", CaseKind::Resettlement),
    ("return", CaseKind::Return),
    ("army-family", CaseKind::ArmyFamily),
];
