//! Enrolling an officer, or giving one a new key: one supervisor begins and signs, another looks at the same and signs. Each
//! at a seat of their own.
//!
//! The new officer chooses the passphrase of the new key; no supervisor learns it, and the key leaves the page only sealed
//! under it.

use askama::Template;
use axum::http::StatusCode;
use permit_core::{Signer as _, sha256};
use permit_record::{Enrolment, Role, Roles};
use permit_signing::{Cost, KeyFile, Label, NewPassphrase, SecretKey, permit, permit::Why};
use permit_web::Form;
use permit_words::Words;

use super::super::{
    super::{
        Asker, enter,
        enter::Opened,
        field::{Choice, Field, Kind},
        frame::{Frame, Sheet},
        held,
        visit::{Done, Trouble, Visit, go, html},
    },
    facts,
    sign::role_value,
};
use crate::{
    rules::{Act, Denied, OfficeAct, Officer},
    said,
    site::Site,
    waiting::Waiting,
};

type Errors = Vec<(&'static str, String)>;

/// What was filled in rightly.
struct Written {
    number: u16,
    latin: String,
    native: Option<String>,
    roles: Vec<Role>,
    /// None in a demonstration whose keys have none.
    passphrase: Option<NewPassphrase>,
}

/// The first supervisor's part.
pub(in super::super::super) async fn first(visit: &Visit<'_>, form: &Form) -> Done {
    begin(visit, form, None).await
}

/// The first supervisor's part in an officer's new key: names and roles stay.
pub(in super::super::super) async fn again(visit: &Visit<'_>, form: &Form) -> Done {
    let number = u16::try_from(visit.number).map_err(|_| Trouble::Nowhere)?;
    let officer = {
        let site = visit.site().await?;
        if Waiting::of(&site.home, number).is_some() {
            return Ok(go(&format!("/officers/{number}/enrolment")));
        }
        let mut present = site.registry.desk().office().officers();
        let found = present.find(|it| it.number == number && it.dismissed.is_none());
        found.cloned().ok_or(Trouble::Nowhere)?
    };
    begin(visit, form, Some(&officer)).await
}

async fn begin(visit: &Visit<'_>, form: &Form, whose: Option<&Officer>) -> Done {
    let written = {
        let site = visit.site().await?;
        if !visit.posts {
            return asked(visit, &site, form, (whose, Errors::new()));
        }
        match read(visit, &site, form, whose) {
            Ok(written) => written,
            Err(errors) => return asked(visit, &site, form, (whose, errors)),
        }
    };
    let own = match own_key(visit, form).await? {
        Ok(own) => own,
        Err(said) => {
            let site = visit.site().await?;
            return asked(visit, &site, form, (whose, vec![("passphrase", said)]));
        }
    };
    let broken = || Trouble::Broken("desk-broken-folder");
    let Written { number, latin, native, roles, passphrase } = written;
    // Sealing costs what opening does, and takes its turn as that.
    let turn = visit.pages.signing.turns.wait(Asker::Officer(visit.by)).await;
    let turn = turn.map_err(|_| Trouble::Broken("desk-enter-busy"))?;
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let key = SecretKey::generate().ok()?;
        let file = match passphrase {
            Some(under) => KeyFile::seal(&key, &under, Cost::DEFAULT, Label::default()),
            None => KeyFile::seal_unprotected_for_demo_keys_only(&key, Label::default()),
        };
        Some((key.public_key(), file.ok()?))
    });
    let (key, file) = made.await.ok().flatten().ok_or_else(broken)?;
    let site = visit.site().await?;
    let (station, at) = (site.registry.desk().office().station(), site.now());
    let roles = Roles::of(&roles);
    let enrolment = Enrolment { station, officer: number, latin, native, key, roles, at };
    Waiting::begin(&site.home, (enrolment, &file), (visit.by, &own)).map_err(|_| broken())?;
    Ok(go("/officers"))
}

/// The second supervisor's part.
pub(in super::super::super) async fn second(visit: &Visit<'_>, form: &Form) -> Done {
    let number = u16::try_from(visit.number).map_err(|_| Trouble::Nowhere)?;
    let waiting = {
        let site = visit.site().await?;
        Waiting::of(&site.home, number).ok_or(Trouble::Nowhere)?
    };
    let digest = facts::hex(&sha256(&[&minicbor::to_vec(&waiting.enrolment).unwrap_or_default()]));
    if visit.posts && form.one("do") == "drop" {
        let site = visit.site().await?;
        let mut officers = site.registry.desk().office().officers();
        let current = officers.find(|it| it.number == number).map(|it| it.terms.last());
        match current {
            None => waiting.dropped(&site.home),
            // Enrolled and cut off behind it: what is left is finished.
            Some(term) if term.is_some_and(|it| it.key == waiting.enrolment.key) => {
                waiting.ended(&site.home).map_err(|_| Trouble::Broken("desk-broken-folder"))?;
            }
            Some(_) => waiting.withdrawn(&site.home),
        }
        return Ok(go("/officers"));
    }
    let wrong = if !visit.posts {
        String::new()
    } else if waiting.by == visit.by {
        said::denied(&Denied::NotTwoSupervisors, visit.words)
    } else if form.one("digest") == digest {
        match own_key(visit, form).await? {
            Ok(own) => return enrolled(visit, &waiting, &own).await,
            Err(said) => said,
        }
    } else {
        visit.t("desk-digest-other")
    };
    let site = visit.site().await?;
    let known = site.registry.desk().office().officers().any(|it| it.number == number);
    let title = visit.t(if known { "desk-new-key" } else { "desk-enrol" });
    let title = format!("{title} {number}");
    let mut sheet = Sheet::new(Frame::new(visit, &site, title), "/officers".to_owned());
    sheet.lead.push(visit.t("desk-enrol-second"));
    let by = facts::officer(&site, waiting.by, visit.words);
    sheet.facts = vec![
        (visit.t("desk-number"), number.to_string()),
        (visit.t("card-name"), names(&waiting.enrolment)),
        (visit.t("desk-roles"), roles(&waiting.enrolment, visit.words)),
        (visit.t("desk-enrol-key"), facts::hex(&waiting.enrolment.key)),
        (visit.t("desk-enrol-first"), by),
    ];
    sheet.hidden.push(("digest".to_owned(), digest.clone()));
    sheet.digest = digest;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    sheet.wrong.extend((!wrong.is_empty()).then_some(wrong));
    if waiting.by != visit.by {
        sheet = sheet.fields(own_field(visit, &site, String::new()).into_iter().collect());
        sheet.buttons.push(("sign", visit.t("desk-sign")));
    }
    sheet.buttons.push(("drop", visit.t("desk-enrol-drop")));
    html(status, sheet.render())
}

async fn enrolled(visit: &Visit<'_>, waiting: &Waiting, own: &SecretKey) -> Done {
    let mut site = visit.site().await?;
    let sealed = waiting.signed(&site.home, own);
    let sealed = sealed.map_err(|_| Trouble::Broken("desk-broken-folder"))?;
    let at = site.now();
    site.registry.act(visit.by, at, Act::Office(OfficeAct::Enrol(sealed))).await?;
    waiting.ended(&site.home).map_err(|_| Trouble::Broken("desk-broken-folder"))?;
    // Whoever came in with the key before signs in anew.
    held(&visit.pages.sessions).end_of(&waiting.enrolment.officer);
    Ok(go("/officers"))
}

/// Whoever is enrolled: name in both scripts, the native one first.
pub(super) fn names(enrolment: &Enrolment) -> String {
    let native = enrolment.native.iter().map(String::as_str);
    native.chain([enrolment.latin.as_str()]).collect::<Vec<_>>().join(" ")
}

pub(super) fn roles(enrolment: &Enrolment, words: &Words) -> String {
    enrolment.roles.iter().map(|role| said::role(role, words)).collect::<Vec<_>>().join(" · ")
}

/// The supervisor's own key, or what is wrong with what was typed.
pub(super) async fn own_key(
    visit: &Visit<'_>,
    form: &Form,
) -> Result<Result<SecretKey, String>, Trouble> {
    let asker = Asker::Officer(visit.by);
    Ok(match enter::open(visit.pages, visit.by, form.one("passphrase"), asker).await? {
        Opened::Key(key) => Ok(key),
        other => Err(enter::refusal(&other, visit.words).unwrap_or_default()),
    })
}

/// Asks for the supervisor's own passphrase, where the key has one.
pub(super) fn own_field(visit: &Visit<'_>, site: &Site, error: String) -> Option<Field> {
    let field = Field::text("passphrase", visit.t("desk-sign-passphrase"), "").of(Kind::Secret);
    let field = field.hint(visit.t("desk-sign-hint")).wrong(error).wide();
    (!enter::is_open(visit.pages, site, visit.by)).then_some(field)
}

fn read(
    visit: &Visit<'_>,
    site: &Site,
    form: &Form,
    whose: Option<&Officer>,
) -> Result<Written, Errors> {
    let mut errors = Errors::new();
    let passphrase = chosen(visit, site, form, &mut errors);
    if let Some(officer) = whose {
        let roles = officer.terms.last().map(|term| term.roles.iter().collect());
        let Officer { number, latin, native, .. } = officer.clone();
        let written =
            Written { number, latin, native, roles: roles.unwrap_or_default(), passphrase };
        return if errors.is_empty() { Ok(written) } else { Err(errors) };
    }
    let number = form.one("number").trim().parse().unwrap_or_default();
    let known = site.registry.desk().office().officers().any(|it| it.number == number);
    if number == 0 || known || Waiting::of(&site.home, number).is_some() {
        errors.push(("number", visit.t("desk-enrol-number-taken")));
    }
    let latin = permit::latin(form.one("latin")).map_err(|why| ("latin", why));
    let native = match form.one("native").trim() {
        "" => Ok(None),
        typed => permit::native(typed).map(Some).map_err(|why| ("native", why)),
    };
    let roles: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| form.all("roles").any(|it| it == role_value(*role)))
        .collect();
    let some = if roles.is_empty() { Err(("roles", Why::Missing)) } else { Ok(()) };
    let wrong = [latin.as_ref().err(), native.as_ref().err(), some.as_ref().err()];
    errors
        .extend(wrong.into_iter().flatten().map(|(name, it)| (*name, said::why(it, visit.words))));
    match (latin, native, errors.is_empty()) {
        (Ok(latin), Ok(native), true) => Ok(Written { number, latin, native, roles, passphrase }),
        _ => Err(errors),
    }
}

/// A new passphrase, chosen and typed twice; none in a demonstration.
pub(super) fn chosen(
    visit: &Visit<'_>,
    site: &Site,
    form: &Form,
    errors: &mut Errors,
) -> Option<NewPassphrase> {
    let open = enter::is_open(visit.pages, site, visit.by);
    match (open, NewPassphrase::chosen(form.one("chosen"))) {
        (true, _) => None,
        (false, Ok(_)) if form.one("chosen") != form.one("again") => {
            errors.push(("again", visit.t("desk-enrol-unlike")));
            None
        }
        (false, Ok(chosen)) => Some(chosen),
        (false, Err(_)) => {
            let least = [("least", NewPassphrase::LEAST_CHARS.into())];
            errors.push(("chosen", visit.words.with("desk-enrol-short", &least)));
            None
        }
    }
}

fn asked(
    visit: &Visit<'_>,
    site: &Site,
    form: &Form,
    (whose, errors): (Option<&Officer>, Errors),
) -> Done {
    let mut fields = match whose {
        Some(_) => Vec::new(),
        None => newcomer(visit, site, form),
    };
    if !enter::is_open(visit.pages, site, visit.by) {
        let secret = |name: &str, id: &str| Field::text(name, visit.t(id), "").of(Kind::Secret);
        fields.push(secret("chosen", "desk-enrol-chosen").hint(visit.t("desk-enrol-chosen-hint")));
        fields.push(secret("again", "desk-enrol-again"));
    }
    fields.extend(own_field(visit, site, String::new()));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = whose.map_or_else(
        || visit.t("desk-enrol"),
        |officer| format!("{} {}", visit.t("desk-new-key"), officer.number),
    );
    let mut sheet = Sheet::new(Frame::new(visit, site, title), "/officers".to_owned());
    for (name, error) in errors {
        match fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.error = error,
            None => sheet.wrong.push(error),
        }
    }
    sheet = sheet.fields(fields);
    let lead = if whose.is_some() { "desk-new-key-lead" } else { "desk-enrol-lead" };
    sheet.lead.push(visit.t(lead));
    if let Some(officer) = whose {
        sheet.facts.push((visit.t("card-name"), facts::officer(site, officer.number, visit.words)));
    }
    sheet.buttons.push(("sign", visit.t("desk-sign")));
    html(status, sheet.render())
}

/// Who a newcomer is.
fn newcomer(visit: &Visit<'_>, site: &Site, form: &Form) -> Vec<Field> {
    let officers = site.registry.desk().office().officers();
    let next = officers.map(|it| it.number).max().unwrap_or_default().saturating_add(1).to_string();
    let number = Some(form.one("number")).filter(|it| !it.is_empty()).unwrap_or(&next);
    let roles = Role::ALL.map(|role| {
        let value = role_value(role);
        Choice::new(value, said::role(role, visit.words), form.all("roles").any(|it| it == value))
    });
    let text = |name: &str, id: &str| Field::text(name, visit.t(id), form.one(name));
    vec![
        Field::text("number", visit.t("desk-number"), number)
            .hint(visit.t("desk-enrol-number-hint"))
            .wide(),
        text("native", "card-name-native").hint(visit.t("desk-native-hint")),
        text("latin", "card-name-latin").hint(visit.t("desk-case-latin-hint")),
        text("roles", "desk-roles").of(Kind::Any(roles.into())).wide(),
    ]
}
