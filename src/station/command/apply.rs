//! `permit-station apply`, `renew` and `amend`: an application from a file, taken in as far as it goes.

use std::path::Path;

use permit_command::{Exit, Fault, output, secret};
use permit_core::{PermitId, UnixTime};
use permit_file::Ask;
use permit_record::Subject;
use permit_station::{
    file::{Application, Asked, FileFault, Following},
    registry::RegistryError,
    rules::{Act, ApplicationAct, Denied, Origin},
    said,
    site::Site,
};
use permit_words::Words;

use super::{
    args::{Apply, Follow},
    site::Place,
};

/// Bytes a file with one application may have: chosen.
const MOST: u64 = 64 * 1024;

pub(crate) async fn run(place: &Place, args: &Apply, words: &Words) -> Result<Exit, Fault> {
    let refused = |said: FileFault| fault(&args.file, said);
    let application = Application::read(&text(&args.file)?).map_err(refused)?;
    let mut site = place.open().await?;
    // The officer's key proves who is at the counter.
    secret::open(&site.home.officer(args.officer), None, words)?;
    let mut held = site.lists()?;
    let trust = held.open()?;
    let asked = application.asked(&site.issuer(&trust)?).map_err(refused)?;
    hand_in(&mut site, args.officer, (&asked, Origin::New), words).await
}

/// `renew` and `amend`: an application that begins from a permit, with what that says where nothing else is said.
pub(crate) async fn follow(
    place: &Place,
    (origin, args): (fn(PermitId) -> Origin, &Follow),
    words: &Words,
) -> Result<Exit, Fault> {
    let refused = |said: FileFault| fault(&args.file, said);
    let file = Following::read(&text(&args.file)?).map_err(refused)?;
    let mut site = place.open().await?;
    secret::open(&site.home.officer(args.officer), None, words)?;
    let (desk, today) = (site.registry.desk(), site.today());
    let unknown = Denied::NoSubject(Subject::Application(args.number));
    let from = desk.application(args.number).ok_or(unknown)?;
    let state = from.state(today);
    let origin = origin(from.permit.ok_or(Denied::State(state))?.id);
    if !origin.may_follow(state) {
        return Err(Denied::State(state).into());
    }
    let before = desk.following(origin, today).ok_or(Denied::NotFilled)?;
    let about = (from.class, from.language);
    let mut held = site.lists()?;
    let trust = held.open()?;
    let asked = file.asked(&site.issuer(&trust)?, about, before).map_err(refused)?;
    hand_in(&mut site, args.officer, (&asked, origin), words).await
}

/// The text of a file that somebody wrote.
pub(crate) fn text(path: &Path) -> Result<String, Fault> {
    let bytes = permit_file::read(path, &Ask::named(MOST)).map_err(|error| fault(path, error))?;
    String::from_utf8(bytes).map_err(|error| fault(path, error.utf8_error()))
}

/// Why such a file is not taken.
pub(crate) fn fault(path: &Path, said: impl ToString) -> Fault {
    Fault::new(Exit::Unreadable, "station-file").at(path).with("said", said)
}

/// Takes it in, and hands it in where nothing is missing.
async fn hand_in(
    site: &mut Site,
    officer: u16,
    asked: (&Asked, Origin),
    words: &Words,
) -> Result<Exit, Fault> {
    let at = site.now();
    let number = take(site, officer, at, asked).await?;
    let submit = Act::Application(number, ApplicationAct::Submit);
    let done = site.registry.act(officer, at, submit).await;
    tell(site, number, words)?;
    done?;
    Ok(Exit::Good)
}

/// Begins an application and fills it in, or does neither; its number.
async fn take(
    site: &mut Site,
    officer: u16,
    at: UnixTime,
    (asked, origin): (&Asked, Origin),
) -> Result<u32, Fault> {
    let open = asked.open(origin).map_err(|error| Fault::from(RegistryError::from(error)))?;
    let acts: Vec<_> = core::iter::once(open).chain(asked.rest()).collect();
    Ok(site.registry.acts(officer, at, 0, &acts).await?)
}

/// Which number an application has and where it stands.
pub(crate) fn tell(site: &Site, number: u32, words: &Words) -> Result<(), Fault> {
    let desk = site.registry.desk();
    let unknown = Denied::NoSubject(Subject::Application(number));
    let application = desk.application(number).ok_or(unknown)?;
    let state = application.state(desk.moment(0, site.now()).today());
    let state = permit_words::Value::Spoken(said::state(state, words));
    output::line(&words.with("station-applied", &[("number", number.into()), ("state", state)]))
}
