//! `permit-station matter`: issues raised and differing views, and the explicit "none" (R17, R18).

use permit_command::{Exit, Fault, output, secret};
use permit_station::rules::{Act, MatterAct, MatterState, OfficeAct};
use permit_words::{Value, Words};

use super::{
    args::{MatterArgs, MatterTask as Task},
    site::Place,
};

pub(crate) async fn run(place: &Place, args: &MatterArgs, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let (officer, act) = match &args.task {
        Task::List => {
            let desk = site.registry.desk();
            for matter in desk.matters().filter(|it| it.state == MatterState::Open) {
                tell(matter.number, desk, words)?;
            }
            return Ok(Exit::Good);
        }
        Task::Raise { kind, words, officer } => {
            (officer, Act::Matter(0, MatterAct::Raise(*kind, words.clone())))
        }
        Task::Answer { number, words, officer } => {
            (officer, Act::Matter(*number, MatterAct::Answer(words.clone())))
        }
        Task::Close { number, words, officer } => {
            (officer, Act::Matter(*number, MatterAct::Close(words.clone())))
        }
        Task::Reopen { number, words, officer } => {
            (officer, Act::Matter(*number, MatterAct::Reopen(words.clone())))
        }
        Task::None { kind, through, officer } => {
            let through = through.unwrap_or_else(|| site.today());
            (officer, Act::Office(OfficeAct::Nothing(*kind, through)))
        }
    };
    // The officer's key proves who speaks.
    secret::open(&site.home.officer(*officer), None, words)?;
    let at = site.now();
    let done = site.registry.act(*officer, at, act).await?;
    match &done.acts[..] {
        [Act::Office(OfficeAct::Nothing(_, through))] => {
            let values = [("through", through.to_string().into())];
            output::line(&words.with("station-said-none", &values))?;
        }
        _ => tell(done.subject.number(), site.registry.desk(), words)?,
    }
    Ok(Exit::Good)
}

/// Number, kind and state; the words stay where they were written.
fn tell(number: u32, desk: &permit_station::rules::Desk, words: &Words) -> Result<(), Fault> {
    let Some(matter) = desk.matter(number) else { return Ok(()) };
    let state = match matter.state {
        MatterState::Open => "desk-matter-open",
        MatterState::Closed => "desk-matter-closed",
    };
    let kind = match matter.kind {
        permit_station::rules::MatterKind::Issue => "desk-matter-issue",
        permit_station::rules::MatterKind::DifferingView => "desk-matter-view",
    };
    let values = [
        ("number", number.into()),
        ("kind", Value::Spoken(words.get(kind))),
        ("state", Value::Spoken(words.get(state))),
    ];
    output::line(&words.with("station-matter", &values))
}
