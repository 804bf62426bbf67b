//! The codes of the demonstration, as drawings, bitmaps and texts, and the page of each permit.
//!
//! Every code is drawn, also those of other systems and those that no station would print.

use std::collections::BTreeSet;

use indicatif::ProgressBar;
use permit_core::{Day, KeySlot, Signer as _, Terms, Trust};
use permit_signing::demo::{Case, World, anchor, station_key};
use permit_signing::permit::Issuer;
use permit_symbol::{EncodeError, Size, Symbol};

use super::folder::Folder;
use crate::issue::page::Page;
use crate::{Exit, Fault, write};

/// Every file that can be among the cards.
pub(super) fn names(cases: &[Case]) -> BTreeSet<String> {
    let of = |case: &Case| ENDINGS.map(|ending| format!("{}{ending}", case.name));
    cases.iter().flat_map(of).collect()
}

/// Draws them.
pub(super) fn write(
    world: &World,
    cases: &[Case],
    folder: &Folder,
    bar: &ProgressBar,
) -> Result<(), Fault> {
    let mut slots = vec![KeySlot::EMPTY; ROOM];
    let trust = trust(world, &mut slots)?;
    for case in cases {
        let symbol = symbol(case)?;
        let file = |ending: &str| folder.card(&format!("{}{ending}", case.name));
        let [svg, png, txt, page] = ENDINGS;
        write::whole(&file(svg), symbol.svg(&Size::default()).as_bytes())?;
        let drawn =
            symbol.png(&Size::default()).map_err(|_| Fault::new(Exit::Untrusted, "demo-broken"))?;
        write::whole(&file(png), &drawn)?;
        write::whole(&file(txt), &[&case.text[..], b"\n"].concat())?;
        if let Some(drawn) = drawn_page(case, &symbol, &trust) {
            write::whole(&file(page), drawn.as_bytes())?;
        }
        bar.inc(1);
    }
    Ok(())
}

/// The page of a permit whose station may issue on the day before it is asked.
fn drawn_page(case: &Case, symbol: &Symbol, trust: &Trust<'_>) -> Option<String> {
    let permit = case.permit.as_ref()?;
    let public = station_key(permit.id.station).public_key();
    let issuer = Issuer::find(trust, &public, Day::from_civil(1963, 9, 9)?).ok()?;
    Some(Page::new(&issuer).draw(permit, symbol))
}

/// The code of a case; other systems' texts have letters that a permit's has not.
pub(super) fn symbol(case: &Case) -> Result<Symbol, Fault> {
    let broken = |_| Fault::new(Exit::Untrusted, "demo-broken");
    let text =
        core::str::from_utf8(&case.text).map_err(|_| Fault::new(Exit::Untrusted, "demo-broken"))?;
    match Symbol::new(text) {
        Err(EncodeError::Character { .. }) => Symbol::foreign(text).map_err(broken),
        drawn => drawn.map_err(broken),
    }
}

/// The demonstration's bundle, taken.
pub(super) fn trust<'b>(world: &'b World, slots: &'b mut [KeySlot]) -> Result<Trust<'b>, Fault> {
    let broken = |_| Fault::new(Exit::Untrusted, "demo-broken");
    let terms = Terms { anchor: anchor().map_err(broken)?, before: None, now: None };
    Trust::open(&world.bundle, &terms, slots).map_err(broken)
}

/// Room for the keys of the demonstration's stations.
pub(super) const ROOM: usize = 64;
const ENDINGS: [&str; 4] = [".svg", ".png", ".txt", "-page.svg"];
