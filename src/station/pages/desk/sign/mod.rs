//! Decisions that an officer signs: what is signed is shown with its digest, then the passphrase is asked, once a signature.
//!
//! The digest that was shown comes back with the form and has to be the one of what stands there now: nobody signs what
//! was changed meanwhile. The rules look at the signature again when it is recorded, and whenever it is replayed.

pub(super) mod application;
pub(super) mod grounds;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use permit_record::{Approval, Decision, Role, Subject};
use permit_signing::SecretKey;
use permit_web::Form;

use super::{
    super::{
        Asker, enter,
        enter::Opened,
        field::{Choice, Field, Kind},
        frame::Sheet,
        visit::{Done, Trouble, Visit, html},
    },
    facts,
};
use crate::{
    rules::{Denied, Grounds},
    said,
    site::Site,
};

/// What is about to be signed.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) subject: Subject,
    pub(super) decision: Decision,
    pub(super) digest: [u8; 32],
    /// What is decided about, as it is shown.
    pub(super) facts: Vec<(String, String)>,
    pub(super) grounds: Option<Grounds>,
    /// Roles in which this officer can decide it, the likeliest first, and who may at all.
    pub(super) roles: Vec<Role>,
    pub(super) by: &'static [Role],
}

/// What came of it.
pub(super) enum Given {
    /// The approval.
    Signed(Vec<u8>),
    /// A page that asks, or asks again.
    Shown(Response),
}

/// Shows what is signed, or signs what was shown. `sheet` is the page's, still empty.
pub(super) async fn signature<'v>(
    visit: &'v Visit<'_>,
    question: &Question,
    form: &Form,
    sheet: impl Fn(&Site) -> Sheet<'v> + Send,
) -> Result<Given, Trouble> {
    let shown = form.one("digest");
    let wrong = if !visit.posts || shown.is_empty() {
        String::new()
    } else if shown == facts::hex(&question.digest) {
        let asker = Asker::Officer(visit.by);
        match enter::open(visit.pages, visit.by, form.one("passphrase"), asker).await? {
            Opened::Key(key) => {
                return sealed(visit, question, form, &key).await.map(Given::Signed);
            }
            other => enter::refusal(&other, visit.words).unwrap_or_default(),
        }
    } else {
        visit.t("desk-digest-other")
    };
    let site = visit.site().await?;
    ask(visit, &site, question, (sheet(&site), wrong)).map(Given::Shown)
}

async fn sealed(
    visit: &Visit<'_>,
    question: &Question,
    form: &Form,
    key: &SecretKey,
) -> Result<Vec<u8>, Trouble> {
    let role = question.roles.iter().copied().find(|role| form.one("role") == role_value(*role));
    let Some(role) = role.or_else(|| question.roles.first().copied()) else {
        return Err(Denied::Role { any_of: question.by }.into());
    };
    let site = visit.site().await?;
    let founding = site.registry.desk().office().founding();
    let approval = Approval {
        zone: founding.zone,
        station: founding.station,
        subject: question.subject,
        digest: question.digest,
        decision: question.decision,
        role,
        officer: visit.by,
        at: site.now(),
    };
    let Ok(sealed) = approval.seal(key);
    Ok(sealed)
}

fn ask(
    visit: &Visit<'_>,
    site: &Site,
    question: &Question,
    (mut sheet, wrong): (Sheet<'_>, String),
) -> Done {
    sheet.lead.push(visit.t("desk-sign-lead"));
    sheet.facts.clone_from(&question.facts);
    if let Some(grounds) = &question.grounds {
        sheet.facts.extend(grounds::shown(visit, grounds));
        sheet.hidden.extend(grounds::hidden(grounds));
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
    if !enter::is_open(visit.pages, site, visit.by) {
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

/// What a form calls a role.
pub(super) const fn role_value(role: Role) -> &'static str {
    match role {
        Role::Counter => "counter",
        Role::Police => "police",
        Role::BorderDefence => "border-defence",
        Role::Cases => "cases",
        Role::Supervisor => "supervisor",
    }
}
