//! What was done with applications: each outcome in all, by class, station, home region and ground.
//!
//! Each outcome is a system of its own, since no sum goes over several. Its atoms are as fine as a return counts; those that
//! are nothing are taken to be known. What a station's own report tells, by class, is known already.

use std::collections::BTreeMap;

use permit_core::{Side, Trust, trust::StationKind};
use permit_record::{Outcome, Return};
use permit_report::{Period, outcome};
use serde::{Deserialize, Serialize};

use super::{Told, usage::short};
use crate::told::cells::{System, is_small};

/// How often something was done with applications.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Applications {
    /// What.
    pub outcome: String,
    /// In all.
    pub all: Told,
    /// By class of applicant: residents, foreign residents, state employees.
    pub classes: [Told; CLASSES],
    /// By station.
    pub stations: Vec<(u16, Told)>,
    /// By home region, of those that are given whole; 0 where no form was filled in.
    #[serde(default)]
    pub regions: Vec<(u16, Told)>,
    /// By ground, of what rests on one.
    #[serde(default)]
    pub grounds: Vec<(u8, Told)>,
}

/// Classes of applicants, and grounds, as in a return.
const CLASSES: usize = 3;
const GROUNDS: u8 = 7;

/// What an atom counts: station, class, region, ground.
type Key = (u16, usize, u16, Option<u8>);

/// One outcome; by region in these regions alone.
pub(super) fn applications(
    of: Outcome,
    returns: &[(u16, Option<Return>)],
    regions: &[u16],
) -> Applications {
    let there: Vec<(u16, &Return)> =
        returns.iter().filter_map(|(station, it)| Some((*station, it.as_ref()?))).collect();
    let mut counted: BTreeMap<Key, u32> = BTreeMap::new();
    for (station, drawn) in &there {
        for it in drawn.counts.iter().filter(|it| it.outcome == of) {
            let key = (*station, usize::from(it.class), it.region, it.ground);
            let sum = counted.entry(key).or_default();
            *sum = sum.saturating_add(it.number);
        }
    }
    let keys: Vec<Key> = counted.keys().copied().collect();
    let atoms: Vec<u32> = counted.into_values().collect();
    let those = |is: &dyn Fn(&Key) -> bool| -> Vec<usize> {
        (0..keys.len()).filter(|at| is(&keys[*at])).collect()
    };
    let mut cells = vec![those(&|_| true)];
    cells.extend((0..CLASSES).map(|class| those(&|it| it.1 == class)));
    cells.extend(there.iter().map(|(station, _)| those(&|it| it.0 == *station)));
    cells.extend(regions.iter().map(|region| those(&|it| it.2 == *region)));
    let grounds = if of.has_ground() { GROUNDS } else { 0 };
    cells.extend((0..grounds).map(|ground| those(&|it| it.3 == Some(ground))));
    // What a station's own report tells.
    let own = there.iter().flat_map(|(station, _)| (0..CLASSES).map(move |it| (*station, it)));
    let own = own.map(|(station, class)| those(&|it| (it.0, it.1) == (station, class)));
    let mut system = System { atoms, told: Vec::new(), cells };
    system.told = own.filter(|it| !it.is_empty() && !is_small(system.value(it))).collect();
    // Where no return came, nothing is not none.
    let mut told = system.told().into_iter().map(|it| it.filter(|_| !there.is_empty()));
    let mut next = || told.next().flatten();
    let all = next();
    let classes = core::array::from_fn(|_| next());
    let stations = there.iter().map(|(station, _)| (*station, next())).collect();
    let regions = regions.iter().map(|region| (*region, next())).collect();
    let grounds = (0..grounds).map(|ground| (ground, next())).collect();
    Applications {
        outcome: short(outcome(of)).to_owned(),
        all,
        classes,
        stations,
        regions,
        grounds,
    }
}

/// Home regions by number: those whose numbers are given whole, and those of this side of which something is not given.
///
/// A region is given when every listed station that serves it sent its return; one that no station serves, when a return
/// counts anything of it.
pub(super) fn regions(
    trust: &Trust<'_>,
    side: Side,
    month: Period,
    returns: &[(u16, Option<Return>)],
) -> (Vec<u16>, Vec<u16>) {
    let returned = |station| returns.iter().any(|it| it.0 == station && it.1.is_some());
    let counts = || returns.iter().filter_map(|it| it.1.as_ref()).flat_map(|it| &it.counts);
    let register = trust.zone().regions.iter();
    let own = register.filter(|it| it.side == side && it.is_member(month.through()));
    let mut all: Vec<u16> = own.map(|it| it.number).chain(counts().map(|it| it.region)).collect();
    all.sort_unstable();
    all.dedup();
    let given = |region: &u16| {
        let listed = trust.lists(side).into_iter().flat_map(|it| it.stations.stations.iter());
        // What special personnel do comes in a station's return.
        let serving = listed.filter(|it| it.kind != StationKind::SpecialPersonnel);
        let mut serving = serving.filter(|it| it.regions.iter().any(|it| it == *region)).peekable();
        match serving.peek() {
            Some(_) => serving.all(|it| returned(it.number)),
            None => counts().any(|it| it.region == *region),
        }
    };
    all.into_iter().partition(given)
}
