//! Decisions about an application.

use permit_record::{Decision, Role, Subject};
use permit_web::Form;

use super::{
    super::{
        super::visit::{Done, Trouble, Visit},
        acts, facts,
    },
    Given, Question, grounds, signature,
};
use crate::{
    rules::{Application, ApplicationAct, Ground, Grounds, Step},
    site::Site,
};

/// Grounds that an application can be refused on, or a permit revoked.
const GROUNDS: [Ground; 7] = [
    Ground::NotResident,
    Ground::NoClass,
    Ground::FalsePaper,
    Ground::FalseStatement,
    Ground::Misuse,
    Ground::Mistake,
    Ground::Other,
];

/// A decision's page, or the decision.
pub(in super::super) async fn page(visit: &Visit<'_>, step: Step, form: &Form) -> Done {
    let question = {
        let site = visit.site().await?;
        let application = acts::offered(visit, &site, step)?;
        let proposes = matches!(step, Step::ProposeRefusal | Step::ProposeRevocation);
        let (grounds, errors) = match (proposes, visit.posts) {
            (true, true) => grounds::written(visit, &site, form),
            (true, false) => (None, Vec::new()),
            (false, _) => (standing(&application, step), Vec::new()),
        };
        if !errors.is_empty() || (proposes && !visit.posts) {
            let sheet = acts::sheet(visit, &site, step);
            let offered = (&GROUNDS[..], application.language);
            return grounds::ask(visit, &site, sheet, offered, (form, errors));
        }
        question(visit, &site, step, &application, grounds)?
    };
    let sheet = |site: &Site| acts::sheet(visit, site, step);
    let sealed = match signature(visit, &question, form, sheet).await? {
        Given::Shown(page) => return Ok(page),
        Given::Signed(sealed) => sealed,
    };
    let act = match (step, question.grounds) {
        (Step::Approve, _) => ApplicationAct::Approve(sealed),
        (Step::ProposeRefusal, Some(grounds)) => ApplicationAct::ProposeRefusal(grounds, sealed),
        (Step::Refuse, _) => ApplicationAct::Refuse(sealed),
        (Step::ProposeRevocation, Some(grounds)) => {
            ApplicationAct::ProposeRevocation(grounds, sealed)
        }
        (Step::Revoke, _) => ApplicationAct::Revoke(sealed),
        _ => return Err(Trouble::NotAForm),
    };
    let mut site = visit.site().await?;
    acts::done(visit, &mut site, act).await
}

fn question(
    visit: &Visit<'_>,
    site: &Site,
    step: Step,
    application: &Application,
    grounds: Option<Grounds>,
) -> Result<Question, Trouble> {
    let moment = visit.moment(site);
    let digest = match &grounds {
        Some(grounds) => application.digest_with(moment.office, grounds),
        None => application.digest(moment.office),
    };
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    let by = step.row().by;
    // Of an approval, a role that is still missing first.
    let missing: Vec<Role> = match step {
        Step::Approve => {
            application.missing_approvals(&moment).into_iter().flatten().copied().collect()
        }
        _ => by.to_vec(),
    };
    let mut roles: Vec<Role> = by.iter().copied().filter(|role| term.roles.has(*role)).collect();
    roles.sort_by_key(|role| !missing.contains(role));
    Ok(Question {
        subject: Subject::Application(visit.number),
        decision: match step {
            Step::Approve => Decision::Approve,
            Step::ProposeRefusal | Step::Refuse => Decision::Refuse,
            _ => Decision::Revoke,
        },
        digest,
        facts: facts::all(visit, application),
        grounds,
        roles,
        by,
    })
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
