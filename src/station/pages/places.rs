//! Names of regions, crossings and stations, read from the lists whenever newer ones were taken.

use std::{collections::BTreeMap, sync::Arc};

use permit_core::{Side, Trust, trust::Names};
use permit_words::Lang;

use crate::site::{Site, SiteError};

/// Names by number.
#[derive(Debug, Default)]
pub(super) struct Places {
    regions: BTreeMap<u16, Named>,
    crossings: BTreeMap<u16, Named>,
    stations: BTreeMap<u16, Named>,
    /// Regions whose residents this station serves, on its own side.
    served: Vec<u16>,
}

#[derive(Debug)]
struct Named([String; 3]);

impl Places {
    /// Those of a desk's lists, and the entry of its record that took them.
    pub(super) fn read(site: &Site) -> Result<(u64, Arc<Self>), SiteError> {
        let office = site.registry.desk().office();
        let mut held = site.lists()?;
        let places = Self::of(&held.open()?, office.regions());
        Ok((office.lists_since(), Arc::new(places)))
    }

    fn of(trust: &Trust<'_>, served: impl Iterator<Item = u16>) -> Self {
        let zone = trust.zone();
        let known = |number: &u16| zone.region(*number).is_some();
        let stations = Side::BOTH.into_iter().filter_map(|side| trust.lists(side));
        let stations = stations.flat_map(|lists| lists.stations.stations.iter());
        Self {
            regions: zone.regions.iter().map(|it| (it.number, Named::of(it.names))).collect(),
            crossings: zone.crossings.iter().map(|it| (it.number, Named::of(it.names))).collect(),
            stations: stations.map(|it| (it.number, Named::of(it.names))).collect(),
            served: served.filter(known).collect(),
        }
    }

    pub(super) fn region(&self, number: u16, lang: Lang) -> String {
        said(&self.regions, number, lang)
    }

    pub(super) fn station(&self, number: u16, lang: Lang) -> String {
        said(&self.stations, number, lang)
    }

    /// Names of the regions that are served, to be suggested.
    pub(super) fn served(&self, lang: Lang) -> Vec<String> {
        self.served.iter().map(|number| self.region(*number, lang)).collect()
    }

    /// Every region of the zone: number and name.
    pub(super) fn regions(&self, lang: Lang) -> Vec<(u16, String)> {
        self.regions.keys().map(|number| (*number, self.region(*number, lang))).collect()
    }

    /// Every crossing: number and name.
    pub(super) fn crossings(&self, lang: Lang) -> Vec<(u16, String)> {
        self.crossings
            .keys()
            .map(|number| (*number, said(&self.crossings, *number, lang)))
            .collect()
    }

    /// Every station but one: number and name.
    pub(super) fn other_stations(&self, own: u16, lang: Lang) -> Vec<(u16, String)> {
        let others = self.stations.keys().filter(|number| **number != own);
        others.map(|number| (*number, self.station(*number, lang))).collect()
    }
}

impl Named {
    fn of(names: Names<'_>) -> Self {
        let any = names.iter().map(|(_, name)| name).next().unwrap_or_default();
        let form = |form| names.get(form).or_else(|| names.get(2)).unwrap_or(any).to_owned();
        Self([form(0), form(1), form(2)])
    }
}

fn said(names: &BTreeMap<u16, Named>, number: u16, lang: Lang) -> String {
    let form = match lang {
        Lang::Zh => 0,
        Lang::Ko => 1,
        Lang::En => 2,
    };
    names.get(&number).map_or_else(|| number.to_string(), |Named(names)| names[form].clone())
}
