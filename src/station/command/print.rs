//! `permit-station print` and `read-back`: the card of a permit as files, and a picture of its print held against it.

use std::path::{Path, PathBuf};

use permit_card::{Assumed, Faces, Fonts, bitmap, pdf};
use permit_command::{Exit, Fault, output, secret};
use permit_core::Permit;
use permit_file::Ask;
use permit_record::Subject;
use permit_station::{
    card::{self, Drawn, Seen},
    rules::{Act, ApplicationAct, Denied, Layout, State, Step},
};
use permit_words::{Card, Words};

use super::{
    apply::tell,
    args::{Format, Print, ReadBack, layout_name},
    site::Place,
};

/// Dots an inch of a PNG: an office printer's.
const DOTS: u32 = 300;

/// Draws; that it was printed is said by `act NUMBER print`, once it is.
pub(crate) async fn print(place: &Place, args: &Print, words: &Words) -> Result<Exit, Fault> {
    let site = place.open().await?;
    secret::open(&site.home.officer(args.officer), None, words)?;
    let desk = site.registry.desk();
    desk.moment(args.officer, site.now()).has(Step::Print.row().by)?;
    let fonts = Fonts::system();
    let mut cards = Vec::new();
    if fonts.is_err() && args.format != Format::Svg {
        return Err(Fault::new(Exit::Unreadable, "station-print-fonts"));
    }
    if fonts.is_err() {
        output::note(&words.get("desk-print-unchecked"));
    }
    for number in &args.number {
        let signed = site.signed(*number)?;
        let draw = |faces: &dyn Faces| card::draw(&site, (*number, &signed), args.layout, faces);
        let checked = fonts.as_ref().map(|fonts| draw(fonts)).ok().transpose()?;
        let drawn = match (args.format, checked) {
            (Format::Png | Format::Pdf, Some(drawn)) => drawn,
            // Whatever draws it may have other fonts than this machine.
            _ => draw(&Assumed)?,
        };
        cards.push((signed.permit, drawn));
    }
    // Everything is drawn before anything is written.
    let files = match (args.format, &fonts) {
        (Format::Pdf, Ok(fonts)) => vec![document(cards, args.layout, fonts)?],
        (Format::Png, Ok(fonts)) => {
            let png = |svg: &str| bitmap::png(svg, fonts, DOTS).map_err(not_drawn);
            sides(&cards, (args.layout, "png"), png)?
        }
        _ => sides(&cards, (args.layout, "svg"), |svg| Ok(svg.as_bytes().to_vec()))?,
    };
    std::fs::create_dir_all(&args.out).map_err(|cause| Fault::write(&args.out, cause))?;
    for (name, bytes) in files {
        let path = args.out.join(name);
        written(&path, &bytes).map_err(|cause| Fault::write(&path, cause))?;
        let path = path.display().to_string();
        output::line(&words.with("station-drawn", &[("path", path.into())]))?;
    }
    if site.registry.desk().office().founding().demo {
        output::note(&words.get("station-demo"));
    }
    Ok(Exit::Good)
}

fn not_drawn(said: impl ToString) -> Fault {
    Fault::new(Exit::Differs, "station-not-drawn").with("said", said)
}

/// One card, or a batch on sheets behind a list of names.
fn document(
    cards: Vec<(Permit, Drawn)>,
    layout: Layout,
    fonts: &Fonts,
) -> Result<(PathBuf, Vec<u8>), Fault> {
    if let [(permit, drawn)] = &cards[..] {
        let name = format!("{}-{}.pdf", permit.id, layout_name(layout)).into();
        return Ok((name, pdf::single(&drawn.sides, drawn.size, fonts).map_err(not_drawn)?));
    }
    let size = cards.first().map_or((0.0, 0.0), |(_, drawn)| drawn.size);
    let (permits, drawn): (Vec<_>, Vec<_>) = cards.into_iter().unzip();
    let batch = permits.iter().zip(drawn.into_iter().map(|it| it.sides)).collect::<Vec<_>>();
    let bytes = pdf::batch(&batch, size, &Card::new(), fonts).map_err(not_drawn)?;
    Ok((format!("sheets-{}.pdf", layout_name(layout)).into(), bytes))
}

/// A file for each side of each card.
fn sides(
    cards: &[(Permit, Drawn)],
    (layout, suffix): (Layout, &str),
    file: impl Fn(&str) -> Result<Vec<u8>, Fault>,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Fault> {
    let [front, back] = match layout {
        Layout::Card => ["front", "back"],
        Layout::Folded => ["outside", "inside"],
    };
    let mut files = Vec::new();
    for (permit, drawn) in cards {
        for (side, svg) in [(front, &drawn.sides.front), (back, &drawn.sides.back)] {
            let name = format!("{}-{}-{side}.{suffix}", permit.id, layout_name(layout));
            files.push((name.into(), file(svg)?));
        }
    }
    Ok(files)
}

/// For nobody else to read: names stand in it.
fn written(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600).open(path)?.write_all(bytes)
}

/// What was read is recorded when it is this card's print, good or bad.
pub(crate) async fn read_back(
    place: &Place,
    args: &ReadBack,
    words: &Words,
) -> Result<Exit, Fault> {
    let mut site = place.open().await?;
    secret::open(&site.home.officer(args.officer), None, words)?;
    let (desk, at) = (site.registry.desk(), site.now());
    let unknown = Denied::NoSubject(Subject::Application(args.number));
    let application = desk.application(args.number).ok_or(unknown)?;
    let moment = desk.moment(args.officer, at);
    moment.has(Step::ReadBack.row().by)?;
    if !application.open_to(&moment).contains(&Step::ReadBack) {
        return Err(Denied::State(application.state(moment.today())).into());
    }
    let signed = site.signed(args.number)?;
    let picture = permit_file::read(&args.picture, &Ask::named(PICTURE));
    let picture = picture.map_err(|error| Fault::read(&args.picture, error))?;
    let grade = match card::look(picture, signed.text.as_str()) {
        Seen::Grade(grade) => grade,
        Seen::Not(id, other) => {
            let fault = Fault::new(Exit::Differs, "station-read-not").at(&args.picture);
            return Err(
                fault.worded("said", move |words| words.with(id, &[("id", other.clone().into())]))
            );
        }
    };
    let act = ApplicationAct::ReadBack { copy: signed.permit.id.copy, grade, right: true };
    site.registry.act(args.officer, at, Act::Application(args.number, act)).await?;
    output::line(&words.with("station-read", &[("grade", grade.into())]))?;
    tell(&site, args.number, words)?;
    let after = site.registry.desk().application(args.number).map(|it| it.stored());
    // The record has it, and the print is not handed over.
    Ok(if after == Some(State::ReadBack) { Exit::Good } else { Exit::Differs })
}

/// Bytes that a picture may have, as on the page.
const PICTURE: u64 = 24 * 1024 * 1024;
