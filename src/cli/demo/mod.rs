//! `permit demo`: a whole small world in one folder, made, judged and explained.
//!
//! Two authorities, their lists, permits of every shape and every kind of bad one, their codes, camera pictures of
//! them, and the verdicts. Everything follows from public keys and fixed seeds, so every run makes the same folder.
//! Nothing here is for use: the keys are known to everybody, and each card says SPECIMEN.

mod cards;
mod folder;
mod judge;
mod shots;
#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::path::PathBuf;

use permit_signing::demo::World;

use self::folder::Folder;
use self::shots::Take;
use crate::output::{Line, Tone};
use crate::{Desk, Exit, Fault, bundle, jobs, write};

/// Its command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, default_value = "permit-demo")]
    out: PathBuf,

    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=1000))]
    per: u32,

    #[arg(long, value_parser = jobs::parse)]
    jobs: Option<usize>,
}

/// Makes the folder, judges its pictures, prints the table.
pub(crate) fn run(args: &Args, desk: &Desk) -> Result<Exit, Fault> {
    let broken = |_| Fault::new(Exit::Untrusted, "demo-broken");
    let world = World::make().map_err(broken)?;
    let cases = world.cases().map_err(broken)?;
    let takes = shots::plan(&cases, args.per);
    let cards = cards::names(&cases);
    let folder = Folder::claim(&args.out, &cards, &takes)?;
    let bar = desk.out.progress(cases.len() + 2 * takes.len(), &desk.words.get("demo-cards"));
    write::whole(&folder.bundle(), &world.bundle)?;
    write::whole(&folder.root(), &world.root)?;
    cards::write(&world, &cases, &folder, &bar, &desk.words)?;
    bar.set_message(desk.words.get("demo-pictures"));
    shots::take(&takes, &cases, &folder, args.jobs, &bar)?;
    folder.sweep()?;
    bar.set_message(desk.words.get("demo-judging"));
    let exit = judge::all(&world, &cases, &folder, args.jobs, &bar, desk)?;
    next(&folder, &takes, desk)?;
    Ok(exit)
}

/// What to look at next.
fn next(folder: &Folder, takes: &[Take], desk: &Desk) -> Result<(), Fault> {
    let words = &desk.words;
    desk.out.line(&Line::new())?;
    desk.out.line(&Line::new().say(Tone::Strong, &words.get("demo-next")))?;
    let (bundle, root, manifest) = (folder.bundle(), folder.root(), folder.manifest());
    let (pictures, page) = (folder.pictures(), folder.card("print.html"));
    let first = takes.first().map_or_else(|| folder.pictures(), |take| folder.picture(&take.file));
    let verify: [&OsStr; 8] = [
        "verify".as_ref(),
        pictures.as_ref(),
        "--bundle".as_ref(),
        bundle.as_ref(),
        "--root".as_ref(),
        root.as_ref(),
        "--manifest".as_ref(),
        manifest.as_ref(),
    ];
    let steps = [
        ("demo-next-report", folder.report().display().to_string()),
        ("demo-next-verify", command(&verify)),
        ("demo-next-page", page.display().to_string()),
        ("demo-next-inspect", command(&["inspect".as_ref(), first.as_ref()])),
    ];
    for (id, what) in steps {
        desk.out.line(&Line::new().plain("  ").plain(&words.get(id)))?;
        desk.out.line(&Line::new().plain("    ").say(Tone::Strong, &what))?;
    }
    if !fonts() {
        desk.out.note(&Line::new().plain(&words.get("demo-fonts")));
    }
    Ok(())
}

/// A command line that a shell takes from here: this very program, however it was called.
fn command(args: &[&OsStr]) -> String {
    let program = std::env::args_os().next().unwrap_or_else(|| "permit".into());
    let words = core::iter::once(program.as_os_str()).chain(args.iter().copied());
    words.map(bundle::quoted).collect::<Vec<_>>().join(" ")
}

/// Whether one of the fonts that the pages name is where systems keep fonts. Only the pages need one, to be seen.
fn fonts() -> bool {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let places = [
        PathBuf::from("/usr/share/fonts"),
        "/usr/local/share/fonts".into(),
        "/System/Library/Fonts".into(),
        "/Library/Fonts".into(),
        "C:\\Windows\\Fonts".into(),
        home.join(".local/share/fonts"),
        home.join(".fonts"),
    ];
    let known = |name: &str| {
        ["cjk", "notosanssc", "notosanskr", "wqy", "pingfang", "applesdgothic", "malgun", "msyh"]
            .iter()
            .any(|font| name.contains(font))
    };
    places
        .iter()
        .flat_map(|place| walkdir::WalkDir::new(place).max_depth(4))
        .filter_map(Result::ok)
        .any(|file| known(&file.file_name().to_string_lossy().to_lowercase()))
}
