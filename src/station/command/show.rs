//! `permit-station show`: an application and what it still needs.

use permit_command::{Exit, Fault, output};
use permit_record::Subject;
use permit_station::{
    rules::{Application, Denied},
    said,
};
use permit_words::{Value, Words};

use super::{apply::tell, args::Show, site::Place};

pub(crate) async fn run(place: &Place, args: &Show, words: &Words) -> Result<Exit, Fault> {
    let site = place.open().await?;
    let desk = site.registry.desk();
    let unknown = Denied::NoSubject(Subject::Application(args.number));
    let application = desk.application(args.number).ok_or(unknown)?;
    tell(&site, args.number, words)?;
    print(application, words)?;
    let papers = application.missing_papers();
    if !papers.is_empty() {
        let papers = Value::Spoken(said::needs(&papers, words, said::paper));
        output::line(&words.with("station-missing-papers", &[("papers", papers)]))?;
    }
    let roles = application.missing_approvals(&desk.moment(0, site.now()));
    if application.permit.is_none() && !roles.is_empty() {
        let roles = Value::Spoken(said::needs(&roles, words, said::role));
        output::line(&words.with("station-missing-approvals", &[("roles", roles)]))?;
    }
    Ok(Exit::Good)
}

/// What is approved when it is approved.
pub(crate) fn print(application: &Application, words: &Words) -> Result<(), Fault> {
    let Some(content) = &application.particulars else { return Ok(()) };
    let names = [Some(content.latin.as_str()), content.native.as_deref()];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    let values = [
        ("class", Value::Spoken(said::class(application.class, words))),
        ("name", names.join(" ").into()),
        ("birth", said::birth(content.birth).into()),
        ("region", content.region.into()),
        ("days", content.days.into()),
    ];
    output::line(&words.with("station-shown", &values))
}
