//! A side's lists, each after the one before: what changes for whom, by names.

use std::collections::{BTreeMap, BTreeSet};

use permit_signing::draft::{
    Date, Draft, Issued, Key, Reader, Revocations, SerialList, Station, Stations, Year,
};
use permit_words::{Value, Words};

use super::{Affected, draft::issues, told::Named};

/// What the newer list says.
pub(super) struct Of<'o> {
    pub(super) affected: &'o Affected,
    pub(super) named: &'o Named<'o>,
    pub(super) words: &'o Words,
}

impl Of<'_> {
    pub(super) fn revocations(&self, before: &Revocations, after: &Revocations) -> Vec<String> {
        let mut said = Vec::new();
        let (old, new) = (serials(&before.serials), serials(&after.serials));
        self.counted("renew-revoked", &old, &new, &mut said);
        self.counted("renew-released", &new, &old, &mut said);
        let copies = |of: &Revocations| {
            let each = of.copies.iter().map(|it| (it.station, it.year, it.serial, it.copy));
            each.fold(
                BTreeMap::<u16, BTreeSet<_>>::new(),
                |mut all, (station, year, serial, copy)| {
                    all.entry(station).or_default().insert((year, serial, copy));
                    all
                },
            )
        };
        let (old, new) = (copies(before), copies(after));
        self.counted("renew-copies", &old, &new, &mut said);
        self.counted("renew-copies-gone", &new, &old, &mut said);
        for (id, from, to) in [("renew-range", before, after), ("renew-range-gone", after, before)]
        {
            for range in to.ranges.iter().filter(|it| !from.ranges.contains(it)) {
                let numbers = self.affected.numbers(range.station);
                let inside = numbers.map(|all| {
                    let among = all.iter().filter(|(year, serial)| {
                        *year == range.year && (range.first..=range.last).contains(serial)
                    });
                    among.count()
                });
                let values = [
                    self.station(range.station),
                    ("year", range.year.to_string().into()),
                    ("first", range.first.into()),
                    ("last", range.last.into()),
                    self.permits(inside),
                ];
                said.push(self.words.with(id, &values));
            }
        }
        for (id, from, to) in
            [("renew-suspended", before, after), ("renew-suspended-over", after, before)]
        {
            for it in to.stations.iter().filter(|it| !from.stations.contains(it)) {
                said.push(self.suspended(id, it.station, it.since));
            }
        }
        for it in after.stolen.iter().filter(|it| !before.stolen.contains(it)) {
            let key = it.key.id().to_string();
            let values = [
                ("key", key.into()),
                ("day", it.since.to_string().into()),
                ("count", it.digests.len().into()),
            ];
            said.push(self.words.with("renew-stolen", &values));
        }
        let now: BTreeSet<Key> = after.stolen.iter().map(|it| it.key).collect();
        for it in before.stolen.iter().filter(|it| !now.contains(&it.key)) {
            let key = [("key", it.key.id().to_string().into())];
            said.push(self.words.with("renew-stolen-gone", &key));
        }
        said
    }

    pub(super) fn issued(
        &self,
        before: Option<&Issued>,
        after: &Issued,
        stations: Option<&Draft>,
        offset: i16,
    ) -> Vec<String> {
        let mut said = Vec::new();
        let old = before.map(|it| serials(&it.serials)).unwrap_or_default();
        let new = serials(&after.serials);
        self.counted("renew-issued", &old, &new, &mut said);
        self.counted("renew-issued-gone", &new, &old, &mut said);
        let through = [("day", after.speaks_for.to_string().into())];
        said.push(self.words.with("renew-speaks", &through));
        let Some(Draft::Stations(list)) = stations else { return said };
        for station in list.stations.iter().filter(|it| issues(it, after.speaks_for.0)) {
            let kept =
                self.affected.registers.iter().find(|it| it.register.station == station.number);
            let speaks = kept.map(|it| it.made.day(offset).plus(-1));
            if speaks.is_none_or(|it| it <= after.speaks_for.0) {
                let id = if speaks.is_none() { "renew-speaks-none" } else { "renew-speaks-held" };
                said.push(self.words.with(id, &[self.station(station.number)]));
            }
        }
        said
    }

    pub(super) fn stations(&self, before: &Stations, after: &Stations) -> Vec<String> {
        let by = |list: &Stations| -> BTreeMap<u16, Station> {
            list.stations.iter().map(|it| (it.number, it.clone())).collect()
        };
        let (old, new) = (by(before), by(after));
        let mut said = Vec::new();
        for (number, station) in &new {
            match old.get(number) {
                None => said.push(self.words.with("renew-station-new", &[self.station(*number)])),
                Some(before) => said.extend(self.of_station(before, station)),
            }
        }
        for number in old.keys().filter(|it| !new.contains_key(it)) {
            let known = self.affected.numbers(*number).map(|it| it.len());
            let values = [self.station(*number), self.permits(known)];
            said.push(self.words.with("renew-station-gone", &values));
        }
        said
    }

    fn of_station(&self, before: &Station, after: &Station) -> Vec<String> {
        let (number, mut said) = (after.number, Vec::new());
        if before.names != after.names {
            let name = |it: &Station| {
                Value::Spoken(Named::one(&it.names, ("place-station", number), self.words))
            };
            let nothing = ("affected", Value::Spoken(String::new()));
            let values = [("old", name(before)), ("new", name(after)), nothing];
            said.push(self.words.with("renew-renamed", &values));
        }
        if before.regions != after.regions {
            let names = |it: &Station| {
                let each = it.regions.iter().map(|it| self.named.region(*it));
                Value::Spoken(each.collect::<Vec<_>>().join(", "))
            };
            let values = [self.station(number), ("old", names(before)), ("new", names(after))];
            said.push(self.words.with("renew-station-regions", &values));
        }
        match (before.suspended, after.suspended) {
            (old, Some(since)) if old != Some(since) => {
                said.push(self.suspended("renew-suspended", number, since));
            }
            (Some(since), None) => {
                said.push(self.suspended("renew-suspended-over", number, since));
            }
            _ => {}
        }
        if (before.kind, &before.communes) != (after.kind, &after.communes) {
            said.push(self.words.with("renew-station-other", &[self.station(number)]));
        }
        said.extend(self.keys(before, after));
        said
    }

    fn keys(&self, before: &Station, after: &Station) -> Vec<String> {
        let mut said = Vec::new();
        for key in &after.keys {
            let old = before.keys.iter().find(|it| it.key == key.key);
            if old == Some(key) {
                continue;
            }
            let id = if old.is_some() { "renew-key-changed" } else { "renew-key-new" };
            let values = [
                self.station(after.number),
                ("key", key.key.id().to_string().into()),
                ("from", key.from.to_string().into()),
                ("through", key.through.to_string().into()),
            ];
            said.push(self.words.with(id, &values));
        }
        for key in &before.keys {
            if after.keys.iter().all(|it| it.key != key.key) {
                let known = self.affected.signed_by(after.number, key.key);
                let values = [
                    self.station(after.number),
                    ("key", key.key.id().to_string().into()),
                    self.permits(known),
                ];
                said.push(self.words.with("renew-key-gone", &values));
            }
        }
        said
    }

    pub(super) fn readers(&self, before: &[Reader], after: &[Reader]) -> Vec<String> {
        let mut said = Vec::new();
        let of = |it: &Reader| {
            let crossing = Value::Spoken(self.named.crossing(it.crossing));
            [("number", it.number.into()), ("crossing", crossing)]
        };
        for reader in after {
            let old = before.iter().find(|it| it.number == reader.number);
            let id = match old {
                None => "renew-reader-new",
                Some(old) if old.key != reader.key => "renew-reader-key",
                Some(old) if old.crossing != reader.crossing => "renew-reader-moved",
                Some(_) => continue,
            };
            said.push(self.words.with(id, &of(reader)));
        }
        for reader in before {
            if after.iter().all(|it| it.number != reader.number) {
                said.push(self.words.with("renew-reader-gone", &of(reader)));
            }
        }
        said
    }

    fn suspended(&self, id: &str, station: u16, since: Date) -> String {
        let known = self.affected.numbers(station).map(|it| it.len());
        let day = ("day", since.to_string().into());
        self.words.with(id, &[self.station(station), day, self.permits(known)])
    }

    /// How many of each station are in the newer and were not in the older.
    fn counted<T: Ord>(
        &self,
        id: &str,
        old: &BTreeMap<u16, BTreeSet<T>>,
        new: &BTreeMap<u16, BTreeSet<T>>,
        said: &mut Vec<String>,
    ) {
        let none = BTreeSet::new();
        for (station, all) in new {
            let count = all.difference(old.get(station).unwrap_or(&none)).count();
            if count > 0 {
                said.push(self.words.with(id, &[self.station(*station), ("count", count.into())]));
            }
        }
    }

    fn station(&self, number: u16) -> (&'static str, Value<'static>) {
        ("station", Value::Spoken(self.named.station(number)))
    }

    fn permits(&self, known: Option<usize>) -> (&'static str, Value<'static>) {
        let since = ("since", self.affected.since.to_string().into());
        let said = match known {
            Some(count) => self.words.with("renew-affected", &[("count", count.into()), since]),
            None => self.words.get("renew-affected-unknown"),
        };
        ("affected", Value::Spoken(said))
    }
}

fn serials(lists: &[SerialList]) -> BTreeMap<u16, BTreeSet<(Year, u32)>> {
    let mut all = BTreeMap::<u16, BTreeSet<_>>::new();
    for list in lists {
        let of = all.entry(list.station).or_default();
        of.extend(list.serials.iter().map(|serial| (list.year, serial)));
    }
    all
}
