//! Bakes the moment of the build into the program: a clock that lies before it is wrong.
//!
//! `SOURCE_DATE_EPOCH`, in seconds since 1970, takes the place of the present for builds that can be repeated. It reads
//! no other setting and no file.

use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let said = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|said| said.parse().ok());
    let present = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |past| past.as_secs());
    let built: u64 = said.unwrap_or_else(present);
    println!("cargo::rustc-env=PERMIT_BUILT={built}");
}
