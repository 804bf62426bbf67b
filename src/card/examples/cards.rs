//! Draws permits of the demonstration as bitmaps: `cargo run -p permit-card --features png --example cards -- FOLDER`.

use core::error::Error;
use std::path::PathBuf;

use permit_card::{Design, Fonts, Print, bitmap};
use permit_core::{Day, KeySlot, Signer as _, Terms, Trust};
use permit_signing::demo::{World, anchor, station_key};
use permit_signing::permit::Issuer;
use permit_symbol::Symbol;
use permit_words::Card;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "cards".into()));
    std::fs::create_dir_all(&folder)?;
    let (world, fonts, card) = (World::make()?, Fonts::system()?, Card::new());
    let mut slots = vec![KeySlot::EMPTY; 64];
    let trust = Trust::open(
        &world.bundle,
        &Terms { anchor: anchor()?, before: None, now: None },
        &mut slots,
    )?;
    let wanted: Vec<String> = std::env::args().skip(2).collect();
    for case in world
        .cases()?
        .iter()
        .filter(|case| wanted.is_empty() || wanted.contains(&case.name.to_string()))
    {
        let (Some(permit), Ok(text)) = (&case.permit, core::str::from_utf8(&case.text)) else {
            continue;
        };
        let public = station_key(permit.id.station).public_key();
        let Some(day) = Day::from_civil(1963, 9, 9) else { continue };
        let Ok(issuer) = Issuer::find(&trust, &public, day) else { continue };
        let symbol = Symbol::new(text)?;
        let station = issuer.station().names;
        let print = Print {
            permit,
            symbol: &symbol,
            zone: issuer.zone(),
            station,
            portrait: None,
            demo: true,
        };
        for (name, design) in [("card", Design::card()), ("folded", Design::folded())] {
            let design = design.map_err(|flaws| format!("{flaws:?}"))?;
            let sides = design
                .draw(&print, &card, &fonts)
                .map_err(|why| format!("{}: {why:?}", case.name))?;
            for (side, svg) in [("front", &sides.front), ("back", &sides.back)] {
                std::fs::write(folder.join(format!("{}-{name}-{side}.svg", case.name)), svg)?;
                let png = bitmap::png(svg, &fonts, 300)?;
                std::fs::write(folder.join(format!("{}-{name}-{side}.png", case.name)), png)?;
            }
        }
    }
    Ok(())
}
