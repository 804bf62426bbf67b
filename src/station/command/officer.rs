//! `permit-station officer add|reset|dismiss`.

use permit_command::{Exit, Fault, output, secret};
use permit_core::Signer as _;
use permit_record::{Enrolment, Role, Roles};
use permit_signing::SecretKey;
use permit_station::{
    rules::{Act, Denied, OfficeAct},
    site::Site,
};
use permit_words::Words;

use super::{
    args::{OfficerArgs, OfficerTask},
    site::Place,
};

/// The first supervisor's number.
pub(crate) const FIRST: u16 = 1;

pub(crate) async fn run(place: &Place, args: &OfficerArgs, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    match &args.task {
        OfficerTask::Add { number, name, native, role, sign } => {
            let who = (*number, name.clone(), native.clone());
            enrol(&mut site, who, role, sign, words).await
        }
        OfficerTask::Reset { number, sign } => {
            let sequence = site.registry.desk().sequence().saturating_add(1);
            let (officer, term) = site.registry.desk().office().officer(*number, sequence)?;
            let who = (*number, officer.latin.clone(), officer.native.clone());
            let roles: Vec<Role> = term.roles.iter().collect();
            // The old key's file makes room, and is kept: what it signed stays signed.
            let path = site.home.officer(*number);
            let old = path.with_extension(format!("{sequence}.old"));
            let _ = std::fs::rename(&path, &old);
            let reset = enrol(&mut site, who, &roles, sign, words).await;
            if reset.is_err() && !path.exists() {
                // The officer has the key that was there.
                let _ = std::fs::rename(&old, &path);
            }
            reset
        }
        OfficerTask::Dismiss { number, by } => {
            // The supervisor's key proves who dismisses.
            secret::open(&site.home.officer(*by), None, words)?;
            let at = site.now();
            site.registry.act(*by, at, Act::Office(OfficeAct::Dismiss(*number))).await?;
            output::line(&words.with("station-dismissed", &[("officer", (*number).into())]))?;
            Ok(Exit::Good)
        }
    }
}

async fn enrol(
    site: &mut Site,
    (number, latin, native): (u16, String, Option<String>),
    roles: &[Role],
    sign: &[u16],
    words: &Words,
) -> Result<Exit, Fault> {
    let [first, second] = sign else { return Err(Denied::NotTwoSupervisors.into()) };
    let founding = site.registry.desk().office().founding().clone();
    let supervisors = [*first, *second].map(|by| secret::open(&site.home.officer(by), None, words));
    let [a, b] = supervisors;
    let (a, b) = (a?, b?);
    let key =
        secret::fresh(&site.home.officer(number), founding.demo, "PERMIT_NEW_PASSPHRASE", words)?;
    let at = site.now();
    let enrolment = Enrolment {
        station: founding.station,
        officer: number,
        latin,
        native,
        key: key.public_key(),
        roles: Roles::of(roles),
        at,
    };
    let act = Act::Office(OfficeAct::Enrol(sealed(&enrolment, [&a, &b])));
    if let Err(error) = site.registry.act(*first, at, act).await {
        // Nobody was enrolled with it.
        let _ = std::fs::remove_file(site.home.officer(number));
        return Err(error.into());
    }
    output::line(&words.with("station-enrolled", &[("officer", number.into())]))?;
    Ok(Exit::Good)
}

/// An enrolment that these two signed.
pub(crate) fn sealed(enrolment: &Enrolment, by: [&SecretKey; 2]) -> Vec<u8> {
    enrolment.seal(by.map(|key| match enrolment.sign(key) {
        Ok(signature) => signature,
    }))
}
