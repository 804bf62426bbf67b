//! Designs of a station's own: SVG files beside the record, called by their digests.
//!
//! The record says which two a layout is drawn by ([`OfficeAct::Design`](crate::rules::OfficeAct::Design)); a file that is
//! not the one recorded draws nothing. A design is taken into use only if every fact has its place, there is one code, the
//! paper is the layout's and the longest names fit by the places of the lists ([`Design::check`]).

use std::{fs, io};

use permit_card::{Assumed, Design, DesignFlaw, Fonts, Template};
use permit_core::{
    Side, sha256,
    trust::{Names, Trust},
};
use permit_file::Ask;
use permit_words::Card;

use super::portrait;
use crate::{
    home::{self, Home},
    registry::RegistryError,
    rules::Layout,
};

/// The two sides of the program's own design.
#[must_use]
pub const fn built_in(layout: Layout) -> [&'static str; 2] {
    match layout {
        Layout::Card => Design::CARD,
        Layout::Folded => Design::FOLDED,
    }
}

/// Understands two sides as a design of a layout.
///
/// # Errors
///
/// Every flaw at once.
pub fn read(layout: Layout, [front, back]: [&str; 2]) -> Result<Design, Vec<DesignFlaw>> {
    let [own_front, own_back] = built_in(layout);
    Design::like(front, back, &Design::new(own_front, own_back)?)
}

/// What does not fit of the longest names by the places of these lists: in the widths that a browser is told, and in
/// those of the machine's fonts where there are any.
#[must_use]
pub fn misfits(
    design: &Design,
    trust: &Trust<'_>,
    side: Side,
    fonts: Option<&Fonts>,
) -> Vec<DesignFlaw> {
    let stations = trust.lists(side).map(|lists| lists.stations.stations.iter());
    let names: Vec<Names<'_>> = stations.into_iter().flatten().map(|it| it.names).collect();
    let card = Card::new();
    let mut flaws = design.check(trust.zone(), &names, &card, &Assumed);
    if let Some(fonts) = fonts {
        let more = design.check(trust.zone(), &names, &card, fonts);
        flaws.extend(more.into_iter().filter(|flaw| !flaws.contains(flaw)).collect::<Vec<_>>());
    }
    flaws
}

/// Whether a design draws a code with a portrait in it.
#[must_use]
pub fn takes_portrait(design: &Design) -> bool {
    portrait::largest_code().is_some_and(|code| design.takes(&code))
}

/// Keeps two sides by their digests.
pub(crate) fn keep(home: &Home, sides: [&str; 2]) -> Result<[[u8; 32]; 2], RegistryError> {
    let folder = home.folder().join(FOLDER);
    fs::create_dir_all(&folder).map_err(|cause| home::failed(&folder, cause))?;
    let digests = sides.map(|side| sha256(&[side.as_bytes()]));
    for (digest, side) in digests.iter().zip(sides) {
        home::replace(&folder, &name(digest), side.as_bytes())?;
    }
    Ok(digests)
}

/// The side with this digest.
pub(crate) fn kept(home: &Home, digest: &[u8; 32]) -> Result<String, RegistryError> {
    let path = home.folder().join(FOLDER).join(name(digest));
    let other = || home::failed(&path, io::ErrorKind::InvalidData.into());
    let bytes = home::read(&path, &Ask::found(Template::MOST as u64))?;
    if sha256(&[&bytes]) != *digest {
        return Err(other());
    }
    String::from_utf8(bytes).map_err(|_| other())
}

/// Removes every side but these.
pub(crate) fn forget(home: &Home, but: &[[u8; 32]]) -> Result<(), RegistryError> {
    let folder = home.folder().join(FOLDER);
    let but: Vec<String> = but.iter().map(name).collect();
    for entry in fs::read_dir(&folder).map_err(|cause| home::failed(&folder, cause))? {
        let path = entry.map_err(|cause| home::failed(&folder, cause))?.path();
        if !but.iter().any(|name| path.ends_with(name)) {
            fs::remove_file(&path).map_err(|cause| home::failed(&path, cause))?;
        }
    }
    Ok(())
}

fn name(digest: &[u8; 32]) -> String {
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}.svg")
}

/// In the desk's folder.
const FOLDER: &str = "designs";
