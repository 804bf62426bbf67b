//! The demonstration's world at another time: `moved SECONDS FOLDER` writes a root, a bundle and a permit's text.
//!
//! The demonstration stands in 1963, before any battery clock begins. With its dates moved to the present, a terminal
//! can be shown whose clock decides: everything else is as public and worthless as before.

use std::path::Path;

use permit_core::trust::{Role, Root as CoreRoot};
use permit_core::{Day, Side, UnixTime, seal};
use permit_signing::demo::{self, World, authority_key, station_key};
use permit_signing::draft::{Date, Draft, Header, List, Pin, Root, StationKey, Time, Year};
use permit_signing::{Parties, Parts, SecretKey, SideParts, sign_at_once};

type Failure = Box<dyn core::error::Error>;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [seconds, folder] = &args[..] else { return Err("moved SECONDS FOLDER".into()) };
    let moved = Moved((seconds.parse::<i64>()? - demo::NOON.0).div_euclid(DAY));
    let (world, folder) = (World::make()?, Path::new(folder));
    let root = moved.root(world.root_draft.clone());
    let payload = root.encode()?;
    let core = CoreRoot::decode(&payload)?;
    let root = sign(&Draft::Root(Box::new(root)), &core)?;
    let mut zone = Draft::Zone(world.zone.clone());
    moved.header(zone.header_mut());
    let zone = sign(&zone, &core)?;
    let [a, b] = Side::BOTH.map(|side| moved.side(&world, side, &core));
    let parts = Parts { roots: vec![root.clone()], zone, a: Some(a?), b: Some(b?) };
    let bundle = parts.assemble(None, Some(moved.time(demo::ISSUED)))?;
    std::fs::write(folder.join("root.cbor"), root)?;
    std::fs::write(folder.join("bundle.cbor"), bundle)?;
    std::fs::write(folder.join("permit.txt"), moved.permit(&world)?)?;
    Ok(())
}

const DAY: i64 = 86_400;

/// By so many days.
struct Moved(i64);

impl Moved {
    const fn time(&self, time: UnixTime) -> UnixTime {
        time.plus(self.0 * DAY)
    }

    fn day(&self, day: Day) -> Result<Day, Failure> {
        Ok(day.plus(i32::try_from(self.0)?))
    }

    fn header(&self, header: &mut Header) {
        for time in [&mut header.issued, &mut header.next_update, &mut header.expires] {
            *time = Time(self.time(time.0));
        }
    }

    fn root(&self, mut root: Root) -> Root {
        self.header(&mut root.header);
        root
    }

    /// One side's documents; the snapshot, the last, is made anew.
    fn side(&self, world: &World, side: Side, root: &CoreRoot<'_>) -> Result<SideParts, Failure> {
        let drafts = world.drafts.iter().filter(|draft| draft.side() == Some(side));
        let mut drafts: Vec<Draft> = drafts.cloned().collect();
        drafts.iter_mut().try_for_each(|draft| self.draft(draft))?;
        let Some(Draft::Snapshot(mut snapshot)) = drafts.pop() else {
            return Err("a side of the demonstration has no snapshot".into());
        };
        let (mut documents, mut pins) = ([const { None }; 6], Vec::new());
        for ((list, draft), slot) in List::ALL.into_iter().zip(&drafts).zip(&mut documents) {
            let envelope = sign(draft, root)?;
            pins.push(Pin::of(list, draft.header().version, &envelope));
            *slot = Some(envelope);
        }
        snapshot.pins = pins;
        Ok(SideParts { snapshot: sign(&Draft::Snapshot(snapshot), root)?, documents })
    }

    fn draft(&self, draft: &mut Draft) -> Result<(), Failure> {
        self.header(draft.header_mut());
        match draft {
            Draft::Stations(list) => {
                let keys = list.stations.iter_mut().flat_map(|station| &mut station.keys);
                for StationKey { from, through, .. } in keys {
                    (*from, *through) = (Date(self.day(from.0)?), Date(self.day(through.0)?));
                }
            }
            Draft::Issued(list) => {
                list.speaks_for = Date(self.day(list.speaks_for.0)?);
                for serials in &mut list.serials {
                    serials.year = Year::since_1900(self.year(serials.year.years())?);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Years since 1900, as permits are numbered.
    fn year(&self, year: u8) -> Result<u8, Failure> {
        Ok(u8::try_from(i64::from(year) + self.0 * 4 / 1461)?)
    }

    /// The first case of the demonstration, good on the day it is moved to.
    fn permit(&self, world: &World) -> Result<String, Failure> {
        let first = world.cases()?.into_iter().find_map(|case| case.permit);
        let mut permit = first.ok_or("the demonstration has no permit")?;
        (permit.from, permit.through) = (self.day(permit.from)?, self.day(permit.through)?);
        permit.id.year = self.year(permit.id.year)?;
        Ok(seal(&permit, &station_key(permit.id.station))?.as_str().to_owned())
    }
}

/// Signs with as many of the demonstration's keys as it takes.
fn sign(draft: &Draft, root: &CoreRoot<'_>) -> Result<Vec<u8>, Failure> {
    let keys = |side| -> Vec<SecretKey> {
        (1..=2).map(|number| authority_key(side, draft.role(), number)).collect()
    };
    let both = || Side::BOTH.into_iter().flat_map(keys).collect();
    let (parties, keys) = match (draft.role(), draft.side()) {
        (Role::Root, _) => (Parties::of_root(root, None), both()),
        (_, None) => (Parties::of_zone(root), both()),
        (role, Some(side)) => (Parties::of_side(root, side, role), keys(side)),
    };
    Ok(sign_at_once(draft, &parties, &keys)?)
}
