//! `permit-station act`, `correct`, `refuse`, `revoke` and `lists`: what pages have, for an officer at a seat without them.

use permit_command::{Exit, Fault, output, secret};
use permit_file::Ask;
use permit_record::{Approval, Decision, Subject};
use permit_station::{
    file::Application as FileOf,
    rules::{Act, ApplicationAct, Denied, Grounds, State, Step},
    said,
    site::Site,
};
use permit_words::{Value, Words};

use super::{
    apply::{self, tell},
    args::{ActArgs, Correct, Ending, ListsArgs},
    decide, show,
    site::Place,
};

pub(crate) async fn run(place: &Place, args: &ActArgs, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    secret::open(&site.home.officer(args.officer), None, words)?;
    let act = match args.step {
        Step::Submit => ApplicationAct::Submit,
        Step::Review => ApplicationAct::Review,
        Step::Print => {
            let application = site.registry.desk().application(args.number);
            let state = application.map_or(State::Draft, |it| it.stored());
            let permit = application.and_then(|it| it.permit).ok_or(Denied::State(state))?;
            ApplicationAct::Print(permit.id.copy)
        }
        Step::HandOver => ApplicationAct::HandOver,
        Step::Withdraw => ApplicationAct::Withdraw,
        Step::Surrender => ApplicationAct::Surrender,
        Step::Lose => ApplicationAct::Lose,
        Step::DropRefusal => ApplicationAct::DropRefusal,
        Step::DropRevocation => ApplicationAct::DropRevocation,
        // Those take more than a number; the command line knows no name for them here.
        _ => return Err(Fault::quiet(Exit::Usage)),
    };
    done(&mut site, args.officer, args.number, act, words).await
}

/// Before the permit is signed; afterwards an error is mended by the next copy, which `amend` begins (R26).
pub(crate) async fn correct(place: &Place, args: &Correct, words: &Words) -> Result<Exit, Fault> {
    let file =
        FileOf::read(&apply::text(&args.file)?).map_err(|error| apply::fault(&args.file, error))?;
    let mut site = place.open().await?;
    secret::open(&site.home.officer(args.officer), None, words)?;
    let asked = {
        let mut held = site.lists()?;
        let trust = held.open()?;
        let issuer = site.issuer(&trust)?;
        file.asked(&issuer).map_err(|error| apply::fault(&args.file, error))?
    };
    let act = ApplicationAct::Correct(asked.particulars, args.why.clone());
    done(&mut site, args.officer, args.number, act, words).await
}

async fn done(
    site: &mut Site,
    by: u16,
    number: u32,
    act: ApplicationAct,
    words: &Words,
) -> Result<Exit, Fault> {
    let at = site.now();
    site.registry.act(by, at, Act::Application(number, act)).await?;
    tell(site, number, words)?;
    Ok(Exit::Good)
}

/// The first officer says on which grounds; the second signs the same without saying them again.
pub(crate) async fn end(
    place: &Place,
    (decision, args): (Decision, &Ending),
    words: &Words,
) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let key = decide::key(&args.seat, words)?;
    let desk = site.registry.desk();
    let officer = decide::at_the_seat(desk.office(), &key)?;
    let (by, role) =
        (officer.number, decide::role(officer, args.seat.role, Step::Refuse.row().by)?);
    let unknown = Denied::NoSubject(Subject::Application(args.number));
    let application = desk.application(args.number).ok_or(unknown)?;
    let proposed = match decision {
        Decision::Revoke => (&application.revocation, State::RevocationProposed),
        _ => (&application.refusal, State::RefusalProposed),
    };
    let (grounds, first) = match (said_grounds(args), proposed) {
        (Some(grounds), _) => (grounds, true),
        (None, (Some((grounds, _)), state)) if application.stored() == state => {
            (grounds.clone(), false)
        }
        _ => return Err(Fault::new(Exit::Usage, "station-no-grounds")),
    };
    let digest = application.digest_with(desk.office(), &grounds);
    show::print(application, words)?;
    tell_grounds(&grounds, words)?;
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let values = [("role", Value::Spoken(said::role(role, words))), ("digest", hex.into())];
    output::line(&words.with("station-signing", &values))?;
    let (founding, at) = (desk.office().founding(), site.now());
    let (zone, station, subject) =
        (founding.zone, founding.station, Subject::Application(args.number));
    let approval = Approval { zone, station, subject, digest, decision, role, officer: by, at };
    let sealed = approval
        .seal(&key)
        .map_err(|error| Fault::new(Exit::Unreadable, "station-no-key").with("said", error))?;
    let act = match (decision, first) {
        (Decision::Revoke, true) => ApplicationAct::ProposeRevocation(grounds, sealed),
        (Decision::Revoke, false) => ApplicationAct::Revoke(sealed),
        (_, true) => ApplicationAct::ProposeRefusal(grounds, sealed),
        (_, false) => ApplicationAct::Refuse(sealed),
    };
    done(&mut site, by, args.number, act, words).await
}

/// What the command line says of them: all of it or nothing, as its parser holds.
pub(crate) fn said_grounds(args: &Ending) -> Option<Grounds> {
    let (ground, deadline, station) = (args.ground?, args.deadline?, args.to?);
    Some(Grounds { ground, words: args.words.clone()?, deadline, station })
}

pub(crate) fn tell_grounds(grounds: &Grounds, words: &Words) -> Result<(), Fault> {
    let values = [
        ("ground", Value::Spoken(said::ground(grounds.ground, words))),
        ("words", grounds.words.as_str().into()),
        ("deadline", grounds.deadline.to_string().into()),
        ("station", grounds.station.into()),
    ];
    output::line(&words.with("station-grounds", &values))
}

/// Newer lists, as the page takes them.
pub(crate) async fn lists(place: &Place, args: &ListsArgs, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    secret::open(&site.home.officer(args.officer), None, words)?;
    let read = |path: &std::path::Path| {
        permit_file::read(path, &Ask::named(permit_core::trust::BUNDLE as u64)).map_err(|error| {
            Fault::new(Exit::Unreadable, "station-lists").with("said", error.to_string())
        })
    };
    let bundle = read(&args.bundle)?;
    let entry = site.take_lists(args.officer, &bundle).await?;
    let values = [("regions", entry.regions.len().into()), ("days", entry.longest.into())];
    output::line(&words.with("station-lists-taken", &values))?;
    Ok(Exit::Good)
}
