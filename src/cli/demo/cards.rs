//! The codes of the demonstration, as drawings, bitmaps and texts, and the cards of each permit.
//!
//! Every code is drawn, also those of other systems and those that no station would print.

use std::collections::BTreeSet;

use indicatif::ProgressBar;
use permit_core::{Day, KeySlot, Permit, Signer as _, Terms, Trust};
use permit_signing::demo::{Case, World, anchor, station_key};
use permit_signing::permit::Issuer;
use permit_symbol::{EncodeError, Size, Symbol};
use permit_words::Words;

use super::folder::Folder;
use crate::issue::cards::{self, Cards};
use crate::issue::print::{self, PrintPage};
use crate::{Exit, Fault, write};

/// Every file that can be among the cards.
pub(super) fn names(cases: &[Case]) -> BTreeSet<String> {
    let endings = || ENDINGS.into_iter().chain(cards::ENDINGS);
    let of =
        |case: &Case| endings().map(|ending| format!("{}{ending}", case.name)).collect::<Vec<_>>();
    cases.iter().flat_map(of).chain([print::FILE.to_owned()]).collect()
}

/// Draws them.
pub(super) fn write(
    world: &World,
    cases: &[Case],
    folder: &Folder,
    bar: &ProgressBar,
    words: &Words,
) -> Result<(), Fault> {
    let mut printed = Vec::new();
    let mut slots = vec![KeySlot::EMPTY; ROOM];
    let trust = trust(world, &mut slots)?;
    for case in cases {
        let symbol = symbol(case)?;
        let file = |ending: &str| folder.card(&format!("{}{ending}", case.name));
        let [svg, png, txt] = ENDINGS;
        write::whole(&file(svg), symbol.svg(&Size::default()).as_bytes())?;
        let drawn =
            symbol.png(&Size::default()).map_err(|_| Fault::new(Exit::Untrusted, "demo-broken"))?;
        write::whole(&file(png), &drawn)?;
        write::whole(&file(txt), &[&case.text[..], b"\n"].concat())?;
        if let Some((permit, issuer)) = issuer(case, &trust) {
            let sides = Cards::new(&issuer)?.draw(permit, &symbol)?;
            for (ending, side) in cards::ENDINGS.into_iter().zip(sides) {
                write::whole(&file(ending), side.as_bytes())?;
            }
            printed.push((case.name.to_owned(), permit));
        }
        bar.inc(1);
    }
    let page = PrintPage::new(&printed, true, words)?.draw()?;
    write::whole(&folder.card(print::FILE), page.as_bytes())
}

/// A permit whose station may issue on the day before it is asked.
fn issuer<'c, 't>(case: &'c Case, trust: &Trust<'t>) -> Option<(&'c Permit, Issuer<'t>)> {
    let permit = case.permit.as_ref()?;
    let public = station_key(permit.id.station).public_key();
    let issuer = Issuer::find(trust, &public, Day::from_civil(1963, 9, 9)?).ok()?;
    Some((permit, issuer))
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
const ENDINGS: [&str; 3] = [".svg", ".png", ".txt"];
