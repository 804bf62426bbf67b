//! Decisions that an officer signs: what is signed is shown with its digest, then the passphrase is asked, once a signature.
//!
//! The digest that was shown comes back with the form and has to be the one of what stands there now: nobody signs what
//! was changed meanwhile. The rules look at the signature again when it is recorded, and whenever it is replayed.

use askama::Template;
use axum::http::StatusCode;
use permit_record::{Approval, Decision, Role, Subject};
use permit_signing::{SecretKey, draft::Date};
use permit_web::Form;

use super::{
    super::{
        dates, enter,
        enter::Opened,
        field::{Choice, Field, Kind},
        visit::{Done, Trouble, Visit, html},
    },
    acts, facts,
    paper::lines,
};
use crate::{
    rules::{Application, ApplicationAct, Denied, Ground, Grounds, Step},
    said,
    site::Site,
};

/// What is about to be signed.
#[derive(Debug)]
struct Question {
    application: Application,
    grounds: Option<Grounds>,
    digest: [u8; 32],
    /// Roles in which this officer can decide it.
    roles: Vec<Role>,
}

/// A decision's page, or the decision.
pub(super) async fn page(visit: &Visit<'_>, step: Step, form: &Form) -> Done {
    let (question, errors) = {
        let site = visit.site().await?;
        let application = acts::offered(visit, &site, step)?;
        let proposes = matches!(step, Step::ProposeRefusal | Step::ProposeRevocation);
        let (grounds, errors) = match (proposes, visit.posts) {
            (true, false) => return ask_grounds(visit, &site, step, form, Vec::new()),
            (true, true) => written(visit, &site, form),
            (false, _) => (standing(&application, step), Vec::new()),
        };
        if !errors.is_empty() {
            return ask_grounds(visit, &site, step, form, errors);
        }
        (question(visit, &site, step, application, grounds)?, errors)
    };
    debug_assert!(errors.is_empty());
    let shown = form.one("digest");
    if !visit.posts || shown.is_empty() {
        return ask(visit, step, &question, String::new()).await;
    }
    if shown != facts::hex(&question.digest) {
        return ask(visit, step, &question, visit.t("desk-digest-other")).await;
    }
    let role = question.roles.iter().copied().find(|role| form.one("role") == role_value(*role));
    let Some(role) = role.or_else(|| question.roles.first().copied()) else {
        return Err(Denied::Role { any_of: Step::Approve.row().by }.into());
    };
    match enter::open(visit.pages, visit.by, form.one("passphrase")).await? {
        Opened::Key(key) => sign(visit, step, &question, role, &key).await,
        other => {
            let said = enter::refusal(&other, visit.words).unwrap_or_default();
            ask(visit, step, &question, said).await
        }
    }
}

async fn sign(
    visit: &Visit<'_>,
    step: Step,
    question: &Question,
    role: Role,
    key: &SecretKey,
) -> Done {
    let mut site = visit.site().await?;
    let founding = site.registry.desk().office().founding();
    let approval = Approval {
        zone: founding.zone,
        station: founding.station,
        subject: Subject::Application(visit.number),
        digest: question.digest,
        decision: match step {
            Step::Approve => Decision::Approve,
            Step::ProposeRefusal | Step::Refuse => Decision::Refuse,
            _ => Decision::Revoke,
        },
        role,
        officer: visit.by,
        at: site.now(),
    };
    let Ok(sealed) = approval.seal(key);
    let grounds = question.grounds.clone();
    let act = match (step, grounds) {
        (Step::Approve, _) => ApplicationAct::Approve(sealed),
        (Step::ProposeRefusal, Some(grounds)) => ApplicationAct::ProposeRefusal(grounds, sealed),
        (Step::Refuse, _) => ApplicationAct::Refuse(sealed),
        (Step::ProposeRevocation, Some(grounds)) => {
            ApplicationAct::ProposeRevocation(grounds, sealed)
        }
        (Step::Revoke, _) => ApplicationAct::Revoke(sealed),
        _ => return Err(Trouble::NotAForm),
    };
    acts::done(visit, &mut site, act).await
}

fn question(
    visit: &Visit<'_>,
    site: &Site,
    step: Step,
    application: Application,
    grounds: Option<Grounds>,
) -> Result<Question, Trouble> {
    let moment = visit.moment(site);
    let digest = match &grounds {
        Some(grounds) => application.digest_with(moment.office, grounds),
        None => application.digest(moment.office),
    };
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    // Of an approval, a role that is still missing first.
    let missing: Vec<Role> = match step {
        Step::Approve => {
            application.missing_approvals(&moment).into_iter().flatten().copied().collect()
        }
        _ => step.row().by.to_vec(),
    };
    let roles = step.row().by.iter().copied().filter(|role| term.roles.has(*role));
    let mut roles: Vec<Role> = roles.collect();
    roles.sort_by_key(|role| !missing.contains(role));
    Ok(Question { application, grounds, digest, roles })
}

/// The grounds that were proposed, for the second officer.
fn standing(application: &Application, step: Step) -> Option<Grounds> {
    let proposed = match step {
        Step::Refuse => &application.refusal,
        Step::Revoke => &application.revocation,
        _ => return None,
    };
    proposed.as_ref().map(|(grounds, _)| grounds.clone())
}

/// Shows what is signed.
async fn ask(visit: &Visit<'_>, step: Step, question: &Question, wrong: String) -> Done {
    let site = visit.site().await?;
    let mut sheet = acts::sheet(visit, &site, step);
    sheet.lead.push(visit.t("desk-sign-lead"));
    sheet.facts = facts::all(visit, &question.application);
    if let Some(grounds) = &question.grounds {
        sheet.facts.extend(shown(visit, grounds));
        sheet.hidden.extend(hidden(grounds));
    }
    let digest = facts::hex(&question.digest);
    sheet.hidden.push(("digest".to_owned(), digest.clone()));
    sheet.digest = digest;
    let mut fields = Vec::new();
    if let [first, _, ..] = question.roles[..] {
        let choice = |role: &Role| {
            Choice::new(role_value(*role), said::role(*role, visit.words), *role == first)
        };
        let choices = question.roles.iter().map(choice).collect();
        fields.push(Field::text("role", visit.t("desk-sign-as"), "").of(Kind::One(choices)));
    }
    if !enter::is_open(visit.pages, &site, visit.by) {
        let field = Field::text("passphrase", visit.t("desk-sign-passphrase"), "");
        fields.push(field.of(Kind::Secret).hint(visit.t("desk-sign-hint")));
    }
    let refused = !wrong.is_empty();
    sheet.wrong.extend(refused.then_some(wrong));
    sheet = sheet.fields(fields);
    sheet.buttons.push(("sign", visit.t("desk-sign")));
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html(status, sheet.render())
}

/// Asks for the grounds of a proposal.
fn ask_grounds(
    visit: &Visit<'_>,
    site: &Site,
    step: Step,
    form: &Form,
    errors: Vec<(&'static str, String)>,
) -> Done {
    let wrong = |name| {
        let found = errors.iter().find(|(have, _)| *have == name);
        found.map_or_else(String::new, |(_, said)| said.clone())
    };
    let grounds = GROUNDS.into_iter().map(|(value, ground)| {
        Choice::new(value, said::ground(ground, visit.words), form.one("ground") == value)
    });
    let others = visit.pages.places.other_stations(visit.pages.station, visit.words.lang());
    let others = others.into_iter().map(|(number, name)| {
        let number = number.to_string();
        Choice::new(&number, format!("{number} {name}"), form.one("station") == number)
    });
    let least = site.today().plus(LONG).to_string();
    let deadline = Some(form.one("deadline")).filter(|it| !it.is_empty()).unwrap_or(&least);
    let language =
        site.registry.desk().application(visit.number).map(|it| facts::language(it.language));
    let hint = visit.words.with(
        "desk-grounds-words-hint",
        &[("language", permit_words::Value::Spoken(language.unwrap_or_default().to_owned()))],
    );
    let mut sheet = acts::sheet(visit, site, step).fields(vec![
        Field::text("ground", visit.t("desk-grounds-ground"), "")
            .of(Kind::One(grounds.collect()))
            .wrong(wrong("ground"))
            .wide(),
        Field::text("words", visit.t("desk-grounds-words"), form.one("words"))
            .of(Kind::Lines)
            .hint(hint)
            .wrong(wrong("words"))
            .wide(),
        Field::text("deadline", visit.t("desk-grounds-deadline"), deadline)
            .hint(visit.t("desk-date-hint"))
            .wrong(wrong("deadline")),
        Field::text("station", visit.t("desk-grounds-station"), "")
            .of(Kind::List(others.collect()))
            .hint(visit.t("desk-grounds-station-hint"))
            .wrong(wrong("station")),
    ]);
    sheet.lead.push(visit.t("desk-grounds-lead"));
    sheet.grave = false;
    sheet.buttons.push(("look", visit.t("desk-go-on")));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html(status, sheet.render())
}

/// Grounds as they were written, or what is wrong with them.
fn written(
    visit: &Visit<'_>,
    site: &Site,
    form: &Form,
) -> (Option<Grounds>, Vec<(&'static str, String)>) {
    let mut errors = Vec::new();
    let ground = GROUNDS.into_iter().find(|(value, _)| *value == form.one("ground"));
    if ground.is_none() {
        errors.push(("ground", visit.t("row-missing")));
    }
    let deadline = dates::iso(form.one("deadline")).parse::<Date>().ok();
    if deadline.is_none() {
        errors.push(("deadline", visit.t("desk-why-date")));
    }
    let station = form.one("station").parse().ok();
    if station.is_none() {
        errors.push(("station", visit.t("row-missing")));
    }
    let (Some((_, ground)), Some(Date(deadline)), Some(station)) = (ground, deadline, station)
    else {
        return (None, errors);
    };
    let grounds = Grounds { ground, words: lines(form.one("words")), deadline, station };
    if let Err(denied) = grounds.check(&visit.moment(site)) {
        let field = match denied {
            Denied::TooSoon { .. } => "deadline",
            Denied::NotIndependent { .. } => "station",
            _ => "words",
        };
        errors.push((field, said::denied(&denied, visit.words)));
    }
    (Some(grounds), errors)
}

/// As they are shown, and printed.
pub(super) fn shown(visit: &Visit<'_>, grounds: &Grounds) -> Vec<(String, String)> {
    let station = visit.pages.places.station(grounds.station, visit.words.lang());
    vec![
        (visit.t("desk-grounds-ground"), said::ground(grounds.ground, visit.words)),
        (visit.t("desk-grounds-words"), grounds.words.clone()),
        (visit.t("desk-grounds-deadline"), grounds.deadline.to_string()),
        (visit.t("desk-grounds-station"), format!("{} {station}", grounds.station)),
    ]
}

fn hidden(grounds: &Grounds) -> Vec<(String, String)> {
    let ground = GROUNDS.into_iter().find(|(_, it)| *it == grounds.ground).map_or("", |it| it.0);
    [
        ("ground", ground.to_owned()),
        ("words", grounds.words.clone()),
        ("deadline", grounds.deadline.to_string()),
        ("station", grounds.station.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

const fn role_value(role: Role) -> &'static str {
    match role {
        Role::Counter => "counter",
        Role::Police => "police",
        Role::BorderDefence => "border-defence",
        Role::Cases => "cases",
        Role::Supervisor => "supervisor",
    }
}

/// What a form calls a ground.
const GROUNDS: [(&str, Ground); 7] = [
    ("not-resident", Ground::NotResident),
    ("no-class", Ground::NoClass),
    ("false-paper", Ground::FalsePaper),
    ("false-statement", Ground::FalseStatement),
    ("misuse", Ground::Misuse),
    ("mistake", Ground::Mistake),
    ("other", Ground::Other),
];
/// Days until the deadline that is suggested: chosen, twice the least.
const LONG: i32 = 30;
