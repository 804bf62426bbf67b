//! `permit-headquarters renew`, one act a week, and `zone`, what a zone register changes.

use std::path::Path;

use permit_command::{Exit, Fault, output};
use permit_core::trust::{BUNDLE, Role};
use permit_file::Ask as Open;
use permit_headquarters::{Ask, Renewed, Site, Urgency};
use permit_signing::{
    Parts, Proposal,
    draft::{Draft, Zone},
    payload,
};
use permit_words::{Value, Words};

use super::args::{Renew, Zone as ZoneArgs};

pub(crate) async fn run(site: Site, args: &Renew, words: &Words) -> Result<Exit, Fault> {
    let site = match args.at {
        Some(at) => site.at(at.0),
        None => site,
    };
    let changes = args.change.iter().map(|path| description(path)).collect::<Result<_, _>>()?;
    let ask = Ask { changes, stolen: args.stolen.clone(), again: args.again };
    let renewed = site.renew(&args.folder, &args.back, &ask).await?;
    let mut exit = Exit::Good;
    match renewed {
        Renewed::Nothing => output::line(&words.get("renew-nothing"))?,
        Renewed::Waiting(_) => {
            exit = Exit::Differs;
            let plan = site.renewal(words).await?.unwrap_or_default();
            plan.iter().try_for_each(|line| output::line(line))?;
            let path = args.folder.display().to_string();
            output::line(&words.with("renew-given", &[("path", path.into())]))?;
        }
        Renewed::Published { version, folder, bytes: (bundle, delta) } => {
            let values = [
                ("version", version.into()),
                ("bytes", bundle.into()),
                ("delta", delta.into()),
                ("path", folder.display().to_string().into()),
            ];
            output::line(&words.with("renew-published", &values))?;
        }
        _ => {}
    }
    Ok(if told(&site, words)? { Exit::Differs } else { exit })
}

/// Says which lists in force are due within three days or past; true where there are any.
fn told(site: &Site, words: &Words) -> Result<bool, Fault> {
    let mut any = false;
    for due in site.due()? {
        let (id, at) = match due.urgency(site.now()) {
            Urgency::None => continue,
            Urgency::Soon => ("renew-due-soon", due.next),
            Urgency::Past => ("renew-due-past", due.next),
            Urgency::Expired => ("renew-due-expired", due.expires),
        };
        any = true;
        let day = at.day(site.home.settings().offset).to_string();
        let list = Value::Spoken(words.get(due.list.id()));
        output::note(&words.with(id, &[("list", list), ("day", day.into())]));
    }
    Ok(any)
}

/// `permit-headquarters zone`: what a zone register changes, for whoever is asked to sign it. Nothing is verified.
pub(crate) async fn zone(site: &Site, args: &ZoneArgs, words: &Words) -> Result<Exit, Fault> {
    let before = args.before.as_deref().map(register).transpose()?;
    let after = register(&args.file)?;
    let said = site.zone_change(before.as_ref(), &after, words).await?;
    said.iter().try_for_each(|line| output::line(line))?;
    Ok(Exit::Good)
}

/// A zone register: proposed, signed, in a bundle or described.
fn register(path: &Path) -> Result<Zone, Fault> {
    let bytes = read(path)?;
    let envelope = Parts::of(&bytes).map(|parts| parts.zone);
    let draft = match (Proposal::from_bytes(&bytes), payload(envelope.as_deref().unwrap_or(&bytes)))
    {
        (Ok(proposal), _) => proposal.contents().ok(),
        (_, Some(payload)) => Draft::decode(Role::Zone, payload).ok(),
        _ => Some(description(path)?),
    };
    match draft {
        Some(Draft::Zone(zone)) => Ok(zone),
        _ => Err(Fault::new(Exit::Unreadable, "renew-no-zone").at(path)),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let bytes = permit_file::read(path, &Open::named(BUNDLE as u64));
    bytes.map_err(|error| Fault::read(path, error))
}

/// A description that people wrote.
fn description(path: &Path) -> Result<Draft, Fault> {
    let bytes = read(path)?;
    let json = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json"));
    let wrong = |said: String| {
        Fault::new(Exit::Unreadable, "renew-description").at(path).with("said", said)
    };
    let text = String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
    Draft::read(&text, json).map_err(|error| wrong(error.to_string()))
}
