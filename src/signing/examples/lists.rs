//! Lists of the demonstration with further stations, as its authorities would publish them, for whoever tries special
//! personnel: `cargo run -p permit-signing --example lists -- OUT.cbor VERSION STATIONS.toml`.

use core::error::Error;

use permit_signing::{demo::World, draft::Station};

/// The part of a side's description that stations are.
#[derive(serde::Deserialize)]
struct Described {
    stations: Vec<Station>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [out, version, stations] = &args[..] else {
        return Err("OUT.cbor VERSION STATIONS.toml".into());
    };
    let Described { stations } = toml::from_str(&std::fs::read_to_string(stations)?)?;
    std::fs::write(out, World::make()?.bundle_with(version.parse()?, &stations)?)?;
    Ok(())
}
