//! The acts of a case: each has its page, which says what follows, and is done by what the page hands in.

use askama::Template;
use axum::http::StatusCode;
use permit_record::{Decision, Role, Subject};
use permit_web::Form;

use super::{
    super::{
        super::{
            field::{Choice, Field, Kind},
            visit::{Done, Trouble, Visit, go, html},
        },
        paper::lines,
        sign::{Given, Question, grounds, signature},
    },
    about, case, not_now, sheet,
};
use crate::{
    rules::{Act, Case, CaseAct, CaseStep, Denied, Ground, Grounds, Item},
    said,
    site::Site,
};

/// Grounds that a resettlement can be refused on.
const GROUNDS: [Ground; 3] = [Ground::FalsePaper, Ground::FalseStatement, Ground::Other];

/// An act's page, or the act.
pub(in super::super::super) async fn page(visit: &Visit<'_>, step: CaseStep, form: &Form) -> Done {
    match step {
        CaseStep::Have => have(visit, form).await,
        CaseStep::Block => block(visit, form).await,
        CaseStep::Approve | CaseStep::ProposeRefusal | CaseStep::Refuse => {
            decide(visit, step, form).await
        }
        _ => simple(visit, step).await,
    }
}

/// What a button says.
pub(super) fn label(step: CaseStep, visit: &Visit<'_>) -> String {
    visit.t(match step {
        CaseStep::Open => "desk-case-new",
        CaseStep::Have => "desk-case-step-have",
        CaseStep::Block => "desk-case-step-block",
        CaseStep::Approve => "desk-step-approve",
        CaseStep::ProposeRefusal => "desk-step-propose-refusal",
        CaseStep::Refuse => "desk-step-refuse",
        CaseStep::DropRefusal => "desk-step-drop-refusal",
        CaseStep::Authorise => "desk-case-step-authorise",
        CaseStep::Depart => "desk-case-step-depart",
        CaseStep::Return => "desk-case-step-return",
        CaseStep::Withdraw => "desk-case-step-withdraw",
    })
}

/// Whether what is done is not undone, and is not what a case is for.
pub(super) const fn is_grave(step: CaseStep) -> bool {
    matches!(step, CaseStep::Withdraw | CaseStep::ProposeRefusal | CaseStep::Refuse)
}

/// The case of the address, if its state and the officer's roles offer the step.
fn offered(visit: &Visit<'_>, site: &Site, step: CaseStep) -> Result<Case, Trouble> {
    let case = case(visit, site)?;
    let moment = visit.moment(site);
    match step {
        step if case.open_to(&moment).contains(&step) => Ok(case.clone()),
        CaseStep::ProposeRefusal if !case.kind.can_be_refused() => Err(Denied::NeverRefused.into()),
        CaseStep::Approve if step.from().contains(&case.state) => {
            Err(Denied::Checklist(case.missing()).into())
        }
        _ => Err(not_now(case)),
    }
}

/// Does an act, and goes to the case.
async fn done(visit: &Visit<'_>, site: &mut Site, act: CaseAct) -> Done {
    let at = site.now();
    site.registry.act(visit.by, at, Act::Case(visit.number, act)).await?;
    Ok(go(&format!("/cases/{}", visit.number)))
}

/// An act that takes nothing but its name.
async fn simple(visit: &Visit<'_>, step: CaseStep) -> Done {
    let mut site = visit.site().await?;
    if !visit.posts {
        let case = offered(visit, &site, step)?;
        let mut sheet = sheet(visit, &site, &case, &label(step, visit));
        sheet.grave = is_grave(step);
        sheet.lead.push(visit.t(match step {
            CaseStep::Authorise => "desk-case-follows-authorise",
            CaseStep::Depart => "desk-case-follows-depart",
            CaseStep::Return => "desk-case-follows-return",
            CaseStep::Withdraw => "desk-case-follows-withdraw",
            _ => "desk-follows-drop",
        }));
        sheet.facts = about(visit, &site, &case);
        sheet.buttons.push(("do", label(step, visit)));
        return html(StatusCode::OK, sheet.render());
    }
    let act = match step {
        CaseStep::DropRefusal => CaseAct::DropRefusal,
        CaseStep::Authorise => CaseAct::Authorise,
        CaseStep::Depart => CaseAct::Depart,
        CaseStep::Return => CaseAct::Return,
        CaseStep::Withdraw => CaseAct::Withdraw,
        _ => return Err(Trouble::Nowhere),
    };
    done(visit, &mut site, act).await
}

/// A point of the checklist is there; whatever else is named is nothing that is asked for (R21).
async fn have(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    if visit.posts {
        let item = ITEMS.into_iter().find(|it| item_value(*it) == form.one("item"));
        let item = item.ok_or(Denied::FixedChecklist)?;
        return done(visit, &mut site, CaseAct::Have(item)).await;
    }
    let case = offered(visit, &site, CaseStep::Have)?;
    let missing = case.missing();
    let choices = missing.iter().enumerate().map(|(place, item)| {
        Choice::new(item_value(*item), said::item(*item, visit.words), place == 0)
    });
    let field = Field::text("item", visit.t("desk-case-checklist"), "")
        .of(Kind::One(choices.collect()))
        .hint(visit.t("desk-case-checklist-lead"))
        .wide();
    let mut sheet = sheet(visit, &site, &case, &label(CaseStep::Have, visit)).fields(vec![field]);
    sheet.buttons.push(("do", label(CaseStep::Have, visit)));
    html(StatusCode::OK, sheet.render())
}

/// What keeps it from going on; emptied, nothing does.
async fn block(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    let mut error = String::new();
    let case = offered(visit, &site, CaseStep::Block)?;
    let standing = case.blocked.as_deref().unwrap_or_default();
    let words = if visit.posts { lines(form.one("words")) } else { standing.to_owned() };
    if visit.posts {
        match done(visit, &mut site, CaseAct::Block(words.clone())).await {
            Err(Trouble::Denied(
                denied @ (Denied::TextMissing
                | Denied::TextTooLong { .. }
                | Denied::Character { .. }),
            )) => error = said::denied(&denied, visit.words),
            other => return other,
        }
    }
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let field = Field::text("words", visit.t("desk-case-blocked"), &words)
        .of(Kind::Lines)
        .hint(visit.t("desk-matter-words"))
        .wrong(error)
        .wide();
    let mut sheet = sheet(visit, &site, &case, &label(CaseStep::Block, visit)).fields(vec![field]);
    sheet.lead.push(visit.t("desk-case-follows-block"));
    sheet.buttons.push(("do", label(CaseStep::Block, visit)));
    html(status, sheet.render())
}

/// A decision that is signed.
async fn decide(visit: &Visit<'_>, step: CaseStep, form: &Form) -> Done {
    let titled = |site: &Site, case: &Case| {
        let mut sheet = sheet(visit, site, case, &label(step, visit));
        sheet.grave = is_grave(step);
        sheet
    };
    let (case, question) = {
        let site = visit.site().await?;
        let case = offered(visit, &site, step)?;
        let proposes = step == CaseStep::ProposeRefusal;
        let (grounds, errors) = match (step, visit.posts) {
            (CaseStep::ProposeRefusal, true) => grounds::written(visit, &site, form),
            (CaseStep::Refuse, _) => {
                (case.refusal.as_ref().map(|(grounds, _)| grounds.clone()), Vec::new())
            }
            _ => (None, Vec::new()),
        };
        if !errors.is_empty() || (proposes && !visit.posts) {
            let mut sheet = titled(&site, &case);
            sheet.lead.push(visit.t("desk-case-default"));
            let offered = (&GROUNDS[..], case.language);
            return grounds::ask(visit, &site, sheet, offered, (form, errors));
        }
        let question = question(visit, &site, step, &case, grounds)?;
        (case, question)
    };
    let sealed = match signature(visit, &question, form, |site| titled(site, &case)).await? {
        Given::Shown(page) => return Ok(page),
        Given::Signed(sealed) => sealed,
    };
    let act = match (step, question.grounds) {
        (CaseStep::Approve, _) => CaseAct::Approve(sealed),
        (CaseStep::ProposeRefusal, Some(grounds)) => CaseAct::ProposeRefusal(grounds, sealed),
        _ => CaseAct::Refuse(sealed),
    };
    let mut site = visit.site().await?;
    done(visit, &mut site, act).await
}

fn question(
    visit: &Visit<'_>,
    site: &Site,
    step: CaseStep,
    case: &Case,
    grounds: Option<Grounds>,
) -> Result<Question, Trouble> {
    let moment = visit.moment(site);
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    let roles: Vec<Role> = step.by().iter().copied().filter(|role| term.roles.has(*role)).collect();
    let mut facts = about(visit, site, case);
    facts.extend(
        case.have.iter().map(|item| (visit.t("desk-case-there"), said::item(*item, visit.words))),
    );
    Ok(Question {
        subject: Subject::Case(case.number),
        decision: if step == CaseStep::Approve { Decision::Approve } else { Decision::Refuse },
        digest: match &grounds {
            Some(grounds) => case.digest_with(&moment, grounds),
            None => case.digest(&moment),
        },
        facts,
        grounds,
        roles,
        by: step.by(),
    })
}

const ITEMS: [Item; 5] =
    [Item::OwnWish, Item::Relatives, Item::Credential, Item::Request, Item::Consent];

/// What a form calls a point of the checklist.
pub(super) const fn item_value(item: Item) -> &'static str {
    match item {
        Item::OwnWish => "own-wish",
        Item::Relatives => "relatives",
        Item::Credential => "credential",
        Item::Request => "request",
        Item::Consent => "consent",
    }
}
