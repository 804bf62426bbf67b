//! How many permits a change is about, as far as what came home says: returns count by home region, registers by number.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Day, Side, trust::Role};
use permit_record::{Outcome, Return};
use permit_signing::draft::{Draft, Key, Year};
use permit_store::{Cell, Session};
use permit_words::{Value, Words};

use super::{Base, told::Named};
use crate::{
    Failed, Site,
    kept::{row, tables::RETURN},
    take::KeptRegister,
    told::report::decoded,
};

/// What is known of the permits of a side.
#[derive(Clone, Debug)]
pub(crate) struct Affected {
    side: Side,
    /// The first day on which a permit that is good still may have been issued.
    pub(crate) since: Day,
    regions: BTreeMap<u16, u64>,
    /// Stations whose key may sign and of which no return is here.
    pub(crate) silent: Vec<u16>,
    pub(crate) registers: Vec<KeptRegister>,
}

/// Returns of one station that are read at once (chosen: more than any sent).
const MOST: u64 = 1 << 32;

impl Site {
    /// Counts them.
    pub(crate) async fn affected(&self, base: &Base) -> Result<Affected, Failed> {
        let session = self.store.read().await?;
        let longest = match base.before(Role::Zone) {
            Some(Draft::Zone(zone)) => zone.limits.longest_validity,
            _ => 0,
        };
        let since = self.now().day(self.offset()).plus(-i32::from(longest));
        let (mut regions, mut silent) = (BTreeMap::new(), Vec::new());
        for station in base.stations() {
            let returns = returns(&session, station.number).await?;
            let signs = station.keys.iter().any(|key| since <= key.through.0);
            if returns.is_empty() && signs {
                silent.push(station.number);
            }
            issued(&returns, since, &mut regions);
        }
        let registers = self.registers(&session, base).await?;
        Ok(Affected { side: self.home.settings().side(), since, regions, silent, registers })
    }
}

impl Affected {
    /// Which stations' permits are not counted, if any.
    pub(crate) fn not_counted(&self, base: &Base, words: &Words) -> Option<String> {
        if self.silent.is_empty() {
            return None;
        }
        let all = base.stations();
        let silent = all.iter().filter(|it| self.silent.contains(&it.number));
        let names = silent.map(|it| Named::one(&it.names, ("place-station", it.number), words));
        let stations = Value::Spoken(names.collect::<Vec<_>>().join(", "));
        Some(words.with("renew-not-counted", &[("stations", stations)]))
    }

    /// Permits of a home region that were issued since then; none for the other side's, which are not known here.
    pub(crate) fn region(&self, side: Side, number: u16) -> Option<u64> {
        (side == self.side).then(|| self.regions.get(&number).copied().unwrap_or_default())
    }

    /// Numbers that a station gave and that are not taken back, in years that may be good still.
    pub(crate) fn numbers(&self, station: u16) -> Option<BTreeSet<(Year, u32)>> {
        let register = &self.registers.iter().find(|it| it.register.station == station)?.register;
        let first = u8::try_from(self.since.civil().0 - 1900).unwrap_or_default();
        let given = register.years.iter().filter(|it| it.year.years() >= first);
        let mut all: BTreeSet<_> =
            given.flat_map(|it| it.serials.iter().map(|serial| (it.year, serial))).collect();
        for list in &register.revoked {
            list.serials.iter().for_each(|serial| {
                all.remove(&(list.year, serial));
            });
        }
        Some(all)
    }

    /// Numbers that a key signed.
    pub(crate) fn signed_by(&self, station: u16, key: Key) -> Option<usize> {
        let register = &self.registers.iter().find(|it| it.register.station == station)?.register;
        let of_key = register.signed.iter().filter(|it| it.key == key);
        let numbers = of_key.flat_map(|it| it.permits.iter().map(|one| (it.year, one.serial)));
        Some(numbers.collect::<BTreeSet<_>>().len())
    }
}

/// Returns of a station, the newest first.
async fn returns(session: &Session, station: u16) -> Result<Vec<Return>, Failed> {
    let wanted = [("station", Cell::Whole(station.into()))];
    let rows = session.having(&RETURN, &wanted, MOST).await?;
    let read = |cells| decoded(row::bytes(cells, 6)?);
    let mut all = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|it| core::cmp::Reverse(it.made.0));
    Ok(all)
}

/// Adds what was issued, each day as the newest return tells it.
fn issued(returns: &[Return], since: Day, regions: &mut BTreeMap<u16, u64>) {
    let mut told: Vec<(Day, Day)> = Vec::new();
    for drawn in returns {
        let new = |day: Day| day >= since && !told.iter().any(|(a, b)| (*a..=*b).contains(&day));
        let counts = drawn.counts.iter().filter(|it| it.outcome == Outcome::Issued && new(it.day));
        for count in counts {
            *regions.entry(count.region).or_default() += u64::from(count.number);
        }
        told.push((drawn.from, drawn.through));
    }
}
