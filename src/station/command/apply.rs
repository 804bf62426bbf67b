//! `permit-station apply`: an application from a file, taken in as far as it goes.

use permit_command::{Exit, Fault, output, secret};
use permit_core::UnixTime;
use permit_file::Ask;
use permit_record::Subject;
use permit_station::{
    file::{Application, Asked},
    registry::RegistryError,
    rules::{Act, ApplicationAct},
    said,
    site::Site,
};
use permit_words::Words;

use super::{args::Apply, site::Place};

/// Bytes a file with one application may have: chosen.
pub(crate) const MOST: u64 = 64 * 1024;

pub(crate) async fn run(place: &Place, args: &Apply, words: &Words) -> Result<Exit, Fault> {
    let refused = |said: String| {
        Fault::new(Exit::Unreadable, "station-file").at(&args.file).with("said", said)
    };
    let bytes = permit_file::read(&args.file, &Ask::named(MOST));
    let bytes = bytes.map_err(|error| refused(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| refused(error.utf8_error().to_string()))?;
    let application = Application::read(&text).map_err(|error| refused(error.to_string()))?;
    let mut site = place.open().await?;
    // The officer's key proves who is at the counter.
    secret::open(&site.home.officer(args.officer), None, words)?;
    let at = site.now();
    let mut held = site.lists()?;
    let trust = held.open()?;
    let issuer = site.issuer(&trust)?;
    let asked = application.asked(&issuer).map_err(|error| refused(error.to_string()))?;
    let number = take(&mut site, args.officer, at, &asked).await?;
    let submit = Act::Application(number, ApplicationAct::Submit);
    let done = site.registry.act(args.officer, at, submit).await;
    tell(&site, number, words)?;
    done?;
    Ok(Exit::Good)
}

/// Begins an application and fills it in, or does neither; its number.
pub(crate) async fn take(
    site: &mut Site,
    officer: u16,
    at: UnixTime,
    asked: &Asked,
) -> Result<u32, Fault> {
    let open = asked.open().map_err(|error| Fault::from(RegistryError::from(error)))?;
    let acts: Vec<_> = core::iter::once(open).chain(asked.rest()).collect();
    Ok(site.registry.acts(officer, at, 0, &acts).await?)
}

/// Which number an application has and where it stands.
pub(crate) fn tell(site: &Site, number: u32, words: &Words) -> Result<(), Fault> {
    let desk = site.registry.desk();
    let unknown = permit_station::rules::Denied::NoSubject(Subject::Application(number));
    let application = desk.application(number).ok_or(unknown)?;
    let state = application.state(desk.moment(0, site.now()).today());
    let state = permit_words::Value::Spoken(said::state(state, words));
    output::line(&words.with("station-applied", &[("number", number.into()), ("state", state)]))
}
