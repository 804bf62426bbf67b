//! The demonstration's permits, each with what is needed to print it.

#![allow(dead_code, reason = "each test file uses some of it")]

use permit_card::Print;
use permit_core::{Day, KeySlot, Permit, Signer as _, Terms, Trust};
use permit_signing::demo::{Case, World, anchor, station_key};
use permit_signing::permit::Issuer;
use permit_symbol::Symbol;

/// Every case of the demonstration that a station could print.
pub(crate) fn each(mut with: impl for<'t> FnMut(&Case, &Print<'_, 't>, &'t Trust<'t>)) {
    let world = World::make().unwrap();
    let mut slots = vec![KeySlot::EMPTY; 64];
    let terms = Terms { anchor: anchor().unwrap(), before: None, now: None };
    let trust = Trust::open(&world.bundle, &terms, &mut slots).unwrap();
    let mut count = 0;
    for case in world.cases().unwrap() {
        let (Some(permit), Ok(text)) = (&case.permit, core::str::from_utf8(&case.text)) else {
            continue;
        };
        let public = station_key(permit.id.station).public_key();
        let Ok(issuer) = Issuer::find(&trust, &public, Day::from_civil(1963, 9, 9).unwrap()) else {
            continue;
        };
        let symbol = Symbol::new(text).unwrap();
        let station = issuer.station().names;
        let print = Print {
            permit,
            symbol: &symbol,
            zone: issuer.zone(),
            station,
            portrait: None,
            demo: true,
        };
        with(&case, &print, &trust);
        count += 1;
    }
    assert!(count > 20, "{count} permits were printed");
}

/// The first of them, changed.
pub(crate) fn one(edit: impl Fn(&mut Permit), mut with: impl FnMut(&Print<'_, '_>)) {
    let mut done = false;
    each(|_, print, _| {
        if !core::mem::replace(&mut done, true) {
            let mut permit = print.permit.clone();
            edit(&mut permit);
            with(&Print { permit: &permit, ..*print });
        }
    });
}

/// The register and the stations' names of the demonstration.
pub(crate) fn zone(with: impl FnOnce(&Trust<'_>)) {
    let mut with = Some(with);
    each(|_, _, trust| {
        if let Some(with) = with.take() {
            with(trust);
        }
    });
}
