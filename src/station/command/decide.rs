//! `permit-station approve` and `issue`: an officer's signature, and the station's.

use permit_command::{Exit, Fault, output, secret};
use permit_core::Signer as _;
use permit_record::{Approval, Decision, Role, Subject};
use permit_station::{
    rules::{Act, ApplicationAct, Denied, Office, Officer, State, Step},
    said,
};
use permit_words::{Value, Words};

pub(crate) use super::token::Key;
use super::{
    apply::tell,
    args::{Approve, Issue, Seat},
    show,
    site::Place,
    token,
};

pub(crate) async fn approve(place: &Place, args: &Approve, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    let key = key(&args.seat, words)?;
    let desk = site.registry.desk();
    let officer = at_the_seat(desk.office(), &key)?;
    // What a key that counts no more signs is refused, recorded, and does nothing on its way there.
    let counts = desk.office().whose(&key.public_key()).is_some();
    let (by, role) = (officer.number, role(officer, args.seat.role, Step::Approve.row().by)?);
    let at = site.now();
    let today = desk.moment(by, at).today();
    let unknown = Denied::NoSubject(Subject::Application(args.number));
    let state = desk.application(args.number).ok_or(unknown.clone())?.state(today);
    if counts && state == State::Submitted {
        let review = Act::Application(args.number, ApplicationAct::Review);
        site.registry.act(by, at, review).await?;
    }
    let desk = site.registry.desk();
    let application = desk.application(args.number).ok_or(unknown)?;
    let (founding, digest) = (desk.office().founding(), application.digest(desk.office()));
    // What is signed is shown first.
    if counts {
        show::print(application, words)?;
    }
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let values = [("role", Value::Spoken(said::role(role, words))), ("digest", hex.into())];
    output::line(&words.with("station-signing", &values))?;
    let approval = Approval {
        zone: founding.zone,
        station: founding.station,
        subject: Subject::Application(args.number),
        digest,
        decision: Decision::Approve,
        role,
        officer: by,
        at,
    };
    let sealed = approval
        .seal(&key)
        .map_err(|error| Fault::new(Exit::Unreadable, "station-no-key").with("said", error))?;
    let act = Act::Application(args.number, ApplicationAct::Approve(sealed));
    site.registry.act(by, at, act).await?;
    tell(&site, args.number, words)?;
    Ok(Exit::Good)
}

/// The key at an officer's own seat.
pub(crate) fn key(seat: &Seat, words: &Words) -> Result<Key, Fault> {
    let file = seat.passphrase_file.as_deref();
    match (&seat.key, &seat.token) {
        (Some(path), _) => Ok(Key::Memory(secret::open(path, file, words)?)),
        (None, uri) => token::open(uri.as_deref().unwrap_or_default(), file, words),
    }
}

/// The officer whose key it is, or was.
pub(crate) fn at_the_seat<'o>(office: &'o Office, key: &Key) -> Result<&'o Officer, Fault> {
    let nobody = || Fault::new(Exit::Untrusted, "station-whose-key");
    office.had(&key.public_key()).ok_or_else(nobody)
}

/// As what an officer decides: as asked, else the first that the officer is, or was on leaving, of those who may.
pub(crate) fn role(
    officer: &Officer,
    asked: Option<Role>,
    any_of: &'static [Role],
) -> Result<Role, Denied> {
    let has = |role: &Role| officer.terms.last().is_some_and(|term| term.roles.has(*role));
    let first = || any_of.iter().copied().find(has);
    asked.or_else(first).ok_or(Denied::Role { any_of })
}

pub(crate) async fn issue(place: &Place, args: &Issue, words: &Words) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    secret::open(&site.home.officer(args.officer), None, words)?;
    let written = |path: &std::path::Path, cause: std::io::Error| {
        Fault::new(Exit::Unwritable, "fault-write").at(path).with("cause", cause)
    };
    std::fs::create_dir_all(&args.out).map_err(|cause| written(&args.out, cause))?;
    let application = site.registry.desk().application(args.number);
    let lost = application.is_some_and(|it| it.stored() == State::Lost);
    let signed = match lost {
        true => site.reprint(args.number, args.officer).await?,
        false => site.issue(args.number, args.officer).await?,
    };
    let id = signed.permit.id.to_string();
    let path = args.out.join(format!("{id}.txt"));
    std::fs::write(&path, format!("{}\n", signed.text.as_str()))
        .map_err(|cause| written(&path, cause))?;
    if site.registry.desk().office().founding().demo {
        output::note(&words.get("station-demo"));
    }
    output::line(&words.with("station-issued", &[("id", id.into())]))?;
    Ok(Exit::Good)
}
