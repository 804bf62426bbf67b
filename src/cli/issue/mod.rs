//! `permit issue`: permits from a file of one or many, signed directly with a station's key.
//!
//! Every row is checked before the first is signed, and every problem is told at once. A number is entered in the
//! station's register with a digest of what is signed under it, durably and before it is signed: none is ever given
//! twice, and should the key be stolen the register says what it really signed. A key that signs
//! only through the station's approvals is refused. No file is named after a person.

pub(crate) mod cards;
pub(crate) mod print;
pub(crate) mod register;
mod rows;

use std::path::{Path, PathBuf};

use permit_core::{Day, Flaw, Now, Permit, PermitId, Side, Signer as _, Trust, UnixTime};
use permit_signing::draft::{Date, Key, PayloadDigest, Time};
use permit_signing::permit::{Issuer, NotAnIssuer, Request};
use permit_symbol::{Size, Symbol};

use crate::authority::{day, now};
use crate::bundle::{self, Held, Root};
use crate::output::{Line, Tone};
use crate::secret::{self, Place};
use crate::{Desk, Exit, Fault, write};
use cards::{Cards, ENDINGS};
use print::PrintPage;
use register::Register;
use rows::Rows;

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    file: PathBuf,

    #[arg(long, value_parser = secret::place)]
    key: Place,

    #[arg(long)]
    bundle: PathBuf,

    #[arg(long, value_parser = bundle::root)]
    root: Option<Root>,

    #[arg(long)]
    register: PathBuf,

    #[arg(long)]
    out: PathBuf,

    #[arg(long)]
    check: bool,

    #[arg(long, value_parser = day)]
    at: Option<Date>,

    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

/// Checks every row, then signs them.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let rows = Rows::read(&args.file, &desk.words)?;
    let mut held = Held::read(&args.bundle)?;
    let trust = held.open(args.root.as_ref(), None, &desk.words)?;
    let today = today(&trust, args.at)?;
    let key = secret::open(&args.key, args.passphrase_file.as_deref(), desk)?;
    let issuer = Issuer::find(&trust, &key.public_key(), today).map_err(not_an_issuer)?;
    if args.at.is_none() {
        above(&trust, Some(Side::of_station(issuer.station().number)))?;
    }
    let requests = rows.check(&issuer, desk)?;
    if args.check {
        return told(desk, "issue-checked", requests.len(), &args.file);
    }
    let cards = Cards::new(&issuer)?;
    let begun = args.register.symlink_metadata().is_err();
    let mut register = Register::open(&args.register, issuer.station().number)?;
    for request in &requests {
        cards.check(&request.numbered(LONGEST))?;
    }
    let numbers = number(&requests, &mut register, today)?;
    register.enter(Key(key.public_key()), &digests(&requests, &numbers)?)?;
    if begun {
        let path = args.register.display().to_string();
        let values = [("path", path.into()), ("station", register.station().to_string().into())];
        let said = desk.words.with("issue-register-begun", &values);
        desk.out.note(&Line::new().say(Tone::Warn, &said));
    }
    write::folder(&args.out)?;
    let mut issued = Vec::with_capacity(requests.len());
    let bar = desk.out.progress(requests.len(), &desk.words.get("issue-progress"));
    for (request, id) in requests.iter().zip(&numbers) {
        let (permit, text) = issuer
            .seal(request, *id, &key)
            .map_err(|error| Fault::new(Exit::Unreadable, "fault-seal").with("said", error))?;
        files(&args.out, &permit, &text, &cards)?;
        issued.push(permit);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let named: Vec<_> = issued.iter().map(|permit| (permit.id.to_string(), permit)).collect();
    let page = PrintPage::new(&named, issuer.is_demo(), &desk.words)?.draw()?;
    write::whole(&args.out.join(print::FILE), page.as_bytes())?;
    for id in &numbers {
        desk.out.line(&Line::new().plain(&id.to_string()))?;
    }
    if issuer.is_demo() {
        desk.out.note(&Line::new().say(Tone::Blue, &desk.words.get("issue-demo")));
    }
    told(desk, "issue-done", numbers.len(), &args.out)
}

/// What each of them is known by, should the key ever be stolen.
fn digests(
    requests: &[Request],
    numbers: &[PermitId],
) -> Result<Vec<(PermitId, PayloadDigest)>, Fault> {
    let known = requests.iter().zip(numbers).map(|(request, id)| Ok((*id, request.digest(*id)?)));
    known
        .collect::<Result<_, Flaw>>()
        .map_err(|flaw| Fault::new(Exit::Unreadable, "fault-seal").with("said", flaw))
}

/// Numbers for all of them; they are entered with what is signed under them, before anything is.
fn number(
    requests: &[Request],
    register: &mut Register,
    today: Day,
) -> Result<Vec<PermitId>, Fault> {
    let year = u8::try_from(today.civil().0.saturating_sub(1900)).unwrap_or_default();
    for old in requests.iter().filter_map(Request::number) {
        register.reissue(old)?;
    }
    let fresh = requests.iter().filter(|request| request.number().is_none()).count();
    let mut serials = register.take(year, fresh)?;
    let station = register.station();
    let next = |request: &Request| {
        let id = |serial| PermitId { station, year, serial, copy: 1 };
        request.number().or_else(|| serials.next().map(id))
    };
    Ok(requests.iter().filter_map(next).collect())
}

/// `NUMBER.txt`, `.svg`, `.png` and the sides of its cards.
fn files(folder: &Path, permit: &Permit, text: &str, cards: &Cards<'_, '_>) -> Result<(), Fault> {
    let number = permit.id.to_string();
    let file = |suffix: &str| folder.join(format!("{number}{suffix}"));
    let fault = |said: String| Fault::new(Exit::Unwritable, "fault-drawing").with("said", said);
    let symbol = Symbol::new(text).map_err(|error| fault(error.to_string()))?;
    let size = Size::default();
    write::whole(&file(".txt"), format!("{text}\n").as_bytes())?;
    write::whole(&file(".svg"), symbol.svg(&size).as_bytes())?;
    let png = symbol.png(&size).map_err(|error| fault(error.to_string()))?;
    write::whole(&file(".png"), &png)?;
    for (ending, side) in ENDINGS.into_iter().zip(cards.draw(permit, &symbol)?) {
        write::whole(&file(ending), side.as_bytes())?;
    }
    Ok(())
}

/// The day at the crossings: the system's, or in a demonstration the one asked for.
fn today(trust: &Trust<'_>, at: Option<Date>) -> Result<Day, Fault> {
    if let Some(day) = at {
        let demo = trust.is_demo();
        return if demo { Ok(day.0) } else { Err(Fault::new(Exit::Usage, "fault-issue-at")) };
    }
    let time = now(None::<Time>).0;
    above(trust, None)?;
    match bundle::expired(trust, time).first() {
        Some((document, header)) if !trust.is_demo() => {
            Err(Fault::new(Exit::Untrusted, "fault-issue-expired")
                .with("said", document)
                .with("expired", header.expires))
        }
        _ => Ok(time.day(offset(trust, time))),
    }
}

/// The clock is not behind what was signed by both sides or by the issuing one: the other's clock stops no desk.
fn above(trust: &Trust<'_>, side: Option<Side>) -> Result<(), Fault> {
    let now = Now::above(Some(now(None::<Time>).0), &trust.proof());
    let now = side.map_or(now, |side| now.of(side));
    let refused = || Fault::new(Exit::Untrusted, "fault-issue-clock").with("floor", now.floor());
    now.certain().map(|_| ()).ok_or_else(refused)
}

/// Minutes ahead of UTC at the register's first crossing.
fn offset(trust: &Trust<'_>, time: UnixTime) -> i16 {
    trust.zone().crossings.iter().next().map_or(0, |crossing| crossing.offset(time))
}

fn not_an_issuer(error: NotAnIssuer) -> Fault {
    let fault = |id| Fault::new(Exit::Untrusted, id);
    match error {
        NotAnIssuer::Unlisted { key } => fault("issuer-unlisted").with("key", key),
        NotAnIssuer::ThroughApprovals { station } => {
            fault("issuer-approvals").with("station", station)
        }
        NotAnIssuer::Window { station, from, through, today } => fault("issuer-window")
            .with("station", station)
            .with("from", from)
            .with("through", through)
            .with("today", today),
        NotAnIssuer::Suspended { station, since } => {
            fault("issuer-suspended").with("station", station).with("since", since)
        }
        NotAnIssuer::Stolen { station, since } => {
            fault("issuer-stolen").with("station", station).with("since", since)
        }
        other => fault("issuer-demo").with("said", other),
    }
}

/// A number as wide as any, for the look at the cards before numbers are given.
const LONGEST: PermitId =
    PermitId { station: u16::MAX, year: u8::MAX, serial: PermitId::LAST_SERIAL, copy: u8::MAX };

fn told(desk: &Desk, id: &str, count: usize, path: &Path) -> Result<Exit, Fault> {
    let values = [("count", count.into()), ("path", path.display().to_string().into())];
    desk.out.line(&Line::new().say(Tone::Faint, &desk.words.with(id, &values)))?;
    Ok(Exit::Good)
}
