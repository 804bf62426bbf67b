//! The acts of an application: each has its page, which says what follows, and is done by what the page hands in.

use askama::Template;
use axum::http::StatusCode;
use permit_web::{Form, Handed};

use super::{
    super::{
        field::{Choice, Field, Kind},
        frame::{Frame, Sheet},
        visit::{Done, Trouble, Visit, go, html},
    },
    facts, paper, prints, sign,
};
use crate::{
    rules::{Act, Application, ApplicationAct, Denied, PaperKind, Step},
    said,
    site::Site,
};

/// An act's page, or the act.
pub(in super::super) async fn page(visit: &Visit<'_>, step: Step, handed: Handed) -> Done {
    let form = &handed.form;
    match step {
        Step::Fill | Step::Correct => paper::again(visit, step, form).await,
        Step::Want => want(visit, form).await,
        Step::Print => prints::print(visit, form).await,
        Step::ReadBack => prints::read_back(visit, handed).await,
        Step::Approve
        | Step::ProposeRefusal
        | Step::Refuse
        | Step::ProposeRevocation
        | Step::Revoke => sign::application::page(visit, step, form).await,
        _ => simple(visit, step).await,
    }
}

/// What a button says.
pub(super) fn label(step: Step, visit: &Visit<'_>) -> String {
    visit.t(match step {
        Step::Open | Step::See | Step::Supersede => "desk-application",
        Step::Fill => "desk-step-fill",
        Step::Submit => "desk-hand-in",
        Step::Want => "desk-step-want",
        Step::Review => "desk-step-review",
        Step::Approve => "desk-step-approve",
        Step::ProposeRefusal => "desk-step-propose-refusal",
        Step::Refuse => "desk-step-refuse",
        Step::DropRefusal => "desk-step-drop-refusal",
        Step::Correct => "desk-step-correct",
        Step::Issue => "desk-step-issue",
        Step::Print => "desk-step-print",
        Step::ReadBack => "desk-step-read-back",
        Step::Reprint => "desk-step-reprint",
        Step::HandOver => "desk-step-hand-over",
        Step::Withdraw => "desk-step-withdraw",
        Step::Surrender => "desk-step-surrender",
        Step::Lose => "desk-step-lose",
        Step::ProposeRevocation => "desk-step-propose-revocation",
        Step::Revoke => "desk-step-revoke",
        Step::DropRevocation => "desk-step-drop-revocation",
    })
}

/// What follows, where the button does not say it.
fn follows(step: Step, visit: &Visit<'_>) -> Option<String> {
    Some(visit.t(match step {
        Step::Reprint => "desk-follows-reprint",
        Step::HandOver => "desk-follows-hand-over",
        Step::Withdraw => "desk-follows-withdraw",
        Step::Surrender => "desk-follows-surrender",
        Step::Lose => "desk-follows-lose",
        Step::DropRefusal | Step::DropRevocation => "desk-follows-drop",
        _ => return None,
    }))
}

/// Whether what is done is not undone.
pub(super) const fn is_grave(step: Step) -> bool {
    matches!(
        step,
        Step::Withdraw
            | Step::Surrender
            | Step::Lose
            | Step::Reprint
            | Step::ProposeRefusal
            | Step::Refuse
            | Step::ProposeRevocation
            | Step::Revoke
    )
}

/// The application of the address, if its state and the officer's roles offer the step.
pub(super) fn offered(visit: &Visit<'_>, site: &Site, step: Step) -> Result<Application, Trouble> {
    let application = site.registry.desk().application(visit.number).ok_or(Trouble::Nowhere)?;
    match application.open_to(&visit.moment(site)).contains(&step) {
        true => Ok(application.clone()),
        false => Err(Denied::State(application.state(site.today())).into()),
    }
}

/// An empty page of an act.
pub(super) fn sheet<'v>(visit: &'v Visit<'_>, site: &Site, step: Step) -> Sheet<'v> {
    let title =
        format!("{} · {} {}", label(step, visit), visit.t("desk-application"), visit.number);
    let mut sheet =
        Sheet::new(Frame::new(visit, site, title), format!("/applications/{}", visit.number));
    sheet.grave = is_grave(step);
    sheet
}

/// An act that takes nothing but its name.
async fn simple(visit: &Visit<'_>, step: Step) -> Done {
    let mut site = visit.site().await?;
    if !visit.posts {
        let application = offered(visit, &site, step)?;
        let mut sheet = sheet(visit, &site, step);
        sheet.lead.extend(follows(step, visit));
        sheet.facts = facts::all(visit, &application);
        sheet.buttons.push(("do", label(step, visit)));
        return html(StatusCode::OK, sheet.render());
    }
    let act = match step {
        Step::Issue => {
            site.issue(visit.number, visit.by).await?;
            return Ok(go(&format!("/applications/{}/print", visit.number)));
        }
        Step::Reprint => {
            site.reprint(visit.number, visit.by).await?;
            return Ok(go(&format!("/applications/{}/print", visit.number)));
        }
        Step::Submit => ApplicationAct::Submit,
        Step::Review => ApplicationAct::Review,
        Step::DropRefusal => ApplicationAct::DropRefusal,
        Step::HandOver => ApplicationAct::HandOver,
        Step::Withdraw => ApplicationAct::Withdraw,
        Step::Surrender => ApplicationAct::Surrender,
        Step::Lose => ApplicationAct::Lose,
        Step::DropRevocation => ApplicationAct::DropRevocation,
        _ => return Err(Trouble::Nowhere),
    };
    done(visit, &mut site, act).await
}

/// Does an act, and goes to the application.
pub(super) async fn done(visit: &Visit<'_>, site: &mut Site, act: ApplicationAct) -> Done {
    let at = site.now();
    site.registry.act(visit.by, at, Act::Application(visit.number, act)).await?;
    Ok(go(&format!("/applications/{}", visit.number)))
}

/// What is missing, of what the class asks for; nothing chosen means the form.
async fn want(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    let application = offered(visit, &site, Step::Want)?;
    let kinds: Vec<PaperKind> =
        application.class.needs().iter().flat_map(|need| need.iter().copied()).collect();
    if visit.posts {
        let wanted =
            kinds.into_iter().filter(|it| form.all("papers").any(|v| v == paper::paper_value(*it)));
        return done(visit, &mut site, ApplicationAct::Want(wanted.collect())).await;
    }
    let choices = kinds
        .into_iter()
        .map(|it| Choice::new(paper::paper_value(it), said::paper(it, visit.words), false));
    let field = Field::text("papers", visit.t("desk-wanted"), "")
        .of(Kind::Any(choices.collect()))
        .hint(visit.t("desk-wanted-hint"))
        .wide();
    let mut sheet = sheet(visit, &site, Step::Want).fields(vec![field]);
    sheet.facts = facts::all(visit, &application);
    sheet.buttons.push(("do", label(Step::Want, visit)));
    html(StatusCode::OK, sheet.render())
}
