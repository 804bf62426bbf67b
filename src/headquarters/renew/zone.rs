//! Two zone registers, one after the other: what changes for whom, by names.

use std::collections::BTreeMap;

use permit_core::trust::Role;
use permit_signing::{
    demo,
    draft::{Crossing, Draft, Limits, OpenState, Region, State, Zone},
};
use permit_words::{Value, Words};

use super::{
    Affected, Base,
    told::{Named, headed},
};
use crate::{Failed, Site};

impl Site {
    /// What a zone register changes for whom, after another or the one in force, in words.
    ///
    /// # Errors
    ///
    /// When lists or database do not answer.
    pub async fn zone_change(
        &self,
        before: Option<&Zone>,
        after: &Zone,
        words: &Words,
    ) -> Result<Vec<String>, Failed> {
        let base = Base::of(self)?;
        let affected = self.affected(&base).await?;
        let Some(Draft::Zone(held)) = base.before(Role::Zone) else {
            return Err(Failed::OtherSide);
        };
        let before = before.unwrap_or(&held);
        let mut said = vec![headed(
            Some(before.header.version),
            &after.header,
            Role::Zone,
            self.offset(),
            words,
        )];
        let changes = lines((before, after), &affected, words);
        let none = changes.is_empty().then(|| words.get("renew-same"));
        said.extend(changes.into_iter().chain(none).map(|it| format!("  - {it}")));
        let draft = Draft::Zone(after.clone());
        if let Some(field) = demo::template(&draft).filter(|_| !self.home.settings().demo) {
            said.push(words.with("renew-template", &[("said", field.into())]));
        }
        said.extend(affected.not_counted(&base, words));
        Ok(said)
    }
}

/// What is said of the newer one.
pub(super) fn lines(
    (before, after): (&Zone, &Zone),
    affected: &Affected,
    words: &Words,
) -> Vec<String> {
    let mut said = Vec::new();
    let mut changed = |id: &str, old: String, new: String| {
        if old != new {
            said.push(words.with(id, &[("old", old.into()), ("new", new.into())]));
        }
    };
    changed("renew-zone-basis", before.basis.clone(), after.basis.clone());
    changed("renew-zone-basis-day", before.basis_day.to_string(), after.basis_day.to_string());
    for ((id, old), (_, new)) in
        limits(&before.limits, words).into_iter().zip(limits(&after.limits, words))
    {
        changed(id, old, new);
    }
    let diff = Diff { before, after, affected, words };
    said.extend(diff.regions());
    said.extend(diff.crossings());
    said
}

fn limits(of: &Limits, words: &Words) -> [(&'static str, String); 6] {
    let entries = of.entries.map_or_else(|| words.get("renew-unlimited"), |it| it.to_string());
    [
        ("renew-limit-longest", of.longest_validity.to_string()),
        ("renew-limit-validity", of.validity.to_string()),
        ("renew-limit-entries", entries),
        ("renew-limit-stay", of.stay.to_string()),
        ("renew-limit-grace", of.grace.to_string()),
        ("renew-limit-apart", of.apart.to_string()),
    ]
}

struct Diff<'d> {
    before: &'d Zone,
    after: &'d Zone,
    affected: &'d Affected,
    words: &'d Words,
}

impl Diff<'_> {
    fn regions(&self) -> Vec<String> {
        let old = by(&self.before.regions, |it| it.number);
        let new = by(&self.after.regions, |it| it.number);
        let mut said = Vec::new();
        for (number, region) in &new {
            match old.get(number) {
                None => {
                    let side =
                        if region.side == permit_signing::draft::Half::A { "A" } else { "B" };
                    let values = [
                        ("region", self.name(region)),
                        ("side", side.into()),
                        ("days", self.days(region)),
                    ];
                    said.push(self.words.with("renew-region-new", &values));
                }
                Some(before) => said.extend(self.region(before, region)),
            }
        }
        let gone = old.iter().filter(|(number, _)| !new.contains_key(number));
        said.extend(gone.map(|(_, region)| {
            let values = [("region", self.name(region)), ("affected", self.of(&[region.number]))];
            self.words.with("renew-region-gone", &values)
        }));
        said
    }

    fn region(&self, before: &Region, after: &Region) -> Vec<String> {
        let mut said = Vec::new();
        let affected = || self.of(&[after.number]);
        if before.names != after.names {
            let values =
                [("old", self.name(before)), ("new", self.name(after)), ("affected", affected())];
            said.push(self.words.with("renew-renamed", &values));
        }
        if (before.from, before.through) != (after.from, after.through) {
            let values = [
                ("region", self.name(after)),
                ("old", self.days(before)),
                ("new", self.days(after)),
                ("affected", affected()),
            ];
            said.push(self.words.with("renew-region-days", &values));
        }
        if (before.side, &before.id) != (after.side, &after.id) {
            let values = [
                ("region", self.name(after)),
                ("old", before.id.clone().into()),
                ("new", after.id.clone().into()),
                ("affected", affected()),
            ];
            said.push(self.words.with("renew-region-other", &values));
        }
        said
    }

    fn crossings(&self) -> Vec<String> {
        let old = by(&self.before.crossings, |it| it.number);
        let new = by(&self.after.crossings, |it| it.number);
        let mut said = Vec::new();
        for (number, crossing) in &new {
            match old.get(number) {
                None => {
                    let values = [
                        ("crossing", self.crossing_name(crossing)),
                        ("regions", self.both(crossing)),
                        ("states", self.states(&crossing.states)),
                    ];
                    said.push(self.words.with("renew-crossing-new", &values));
                }
                Some(before) => said.extend(self.crossing(before, crossing)),
            }
        }
        let gone = old.iter().filter(|(number, _)| !new.contains_key(number));
        said.extend(gone.map(|(_, crossing)| {
            let values = [
                ("crossing", self.crossing_name(crossing)),
                ("affected", self.of(&crossing.regions)),
            ];
            self.words.with("renew-crossing-gone", &values)
        }));
        said
    }

    fn crossing(&self, before: &Crossing, after: &Crossing) -> Vec<String> {
        let mut said = Vec::new();
        let name = || ("crossing", self.crossing_name(after));
        let affected = || ("affected", self.of(&after.regions));
        if before.names != after.names {
            let values = [
                ("old", self.crossing_name(before)),
                ("new", self.crossing_name(after)),
                affected(),
            ];
            said.push(self.words.with("renew-renamed", &values));
        }
        if (&before.id, before.regions) != (&after.id, after.regions) {
            let values =
                [name(), ("old", self.both(before)), ("new", self.both(after)), affected()];
            said.push(self.words.with("renew-crossing-regions", &values));
        }
        if before.states != after.states {
            let values = [
                name(),
                ("old", self.states(&before.states)),
                ("new", self.states(&after.states)),
                affected(),
            ];
            said.push(self.words.with("renew-crossing-states", &values));
        }
        if before.hours != after.hours {
            let values =
                [name(), ("old", self.hours(before)), ("new", self.hours(after)), affected()];
            said.push(self.words.with("renew-crossing-hours", &values));
        }
        if before.offsets != after.offsets {
            let offsets = |it: &Crossing| {
                let each = it.offsets.iter().map(|it| {
                    let from = it.from.map(|it| format!(" ({it})")).unwrap_or_default();
                    format!("UTC{:+}:{:02}{from}", it.minutes / 60, (it.minutes % 60).abs())
                });
                Value::Spoken(each.collect::<Vec<_>>().join(", "))
            };
            let values = [name(), ("old", offsets(before)), ("new", offsets(after))];
            said.push(self.words.with("renew-crossing-clock", &values));
        }
        said
    }

    fn name(&self, region: &Region) -> Value<'static> {
        Value::Spoken(Named::one(&region.names, ("place-region", region.number), self.words))
    }

    fn crossing_name(&self, crossing: &Crossing) -> Value<'static> {
        let number = ("place-crossing", crossing.number);
        Value::Spoken(Named::one(&crossing.names, number, self.words))
    }

    /// The regions that a crossing joins.
    fn both(&self, crossing: &Crossing) -> Value<'static> {
        let all = self.after.regions.iter().chain(&self.before.regions);
        let name = |number: u16| {
            let region = all.clone().find(|it| it.number == number)?;
            Some(Named::one(&region.names, ("place-region", number), self.words))
        };
        let names: Vec<String> = crossing.regions.into_iter().filter_map(name).collect();
        Value::Spoken(names.join(" – "))
    }

    /// Permits of these home regions, as far as they are this side's.
    fn of(&self, regions: &[u16]) -> Value<'static> {
        let all = self.before.regions.iter().chain(&self.after.regions);
        let said = |number: &u16| {
            let region = all.clone().find(|it| it.number == *number)?;
            let count = self.affected.region(region.side.side(), *number)?;
            let since = self.affected.since.to_string().into();
            let values = [("region", self.name(region)), ("since", since), ("count", count.into())];
            Some(self.words.with("renew-affected-of", &values))
        };
        let known: Vec<String> = regions.iter().filter_map(said).collect();
        let none = || self.words.get("renew-affected-other");
        Value::Spoken(if known.is_empty() { none() } else { known.join("; ") })
    }

    fn days(&self, region: &Region) -> Value<'static> {
        let day = |day: Option<permit_signing::draft::Date>, id: &str| {
            day.map_or_else(|| self.words.get(id), |it| it.to_string())
        };
        let (from, through) =
            (day(region.from, "renew-always"), day(region.through, "renew-still"));
        Value::Spoken(format!("{from} – {through}"))
    }

    fn states(&self, states: &[State]) -> Value<'static> {
        let said = |it: &State| {
            let id = match it.state {
                OpenState::Open => "renew-state-open",
                OpenState::Closed => "renew-state-closed",
                OpenState::Suspended => "renew-state-suspended",
            };
            self.words.with(id, &[("day", it.from.to_string().into())])
        };
        Value::Spoken(states.iter().map(said).collect::<Vec<_>>().join(", "))
    }

    fn hours(&self, crossing: &Crossing) -> Value<'static> {
        if crossing.hours.is_empty() {
            return Value::Spoken(self.words.get("renew-all-hours"));
        }
        let each = crossing.hours.iter().map(|it| {
            let days = it.days.iter().map(|day| self.words.get(weekday(*day)));
            format!("{} {}–{}", days.collect::<Vec<_>>().join(" "), it.opens, it.closes)
        });
        Value::Spoken(each.collect::<Vec<_>>().join(", "))
    }
}

const fn weekday(day: permit_signing::draft::Day) -> &'static str {
    use permit_signing::draft::Day;
    match day {
        Day::Mon => "renew-mon",
        Day::Tue => "renew-tue",
        Day::Wed => "renew-wed",
        Day::Thu => "renew-thu",
        Day::Fri => "renew-fri",
        Day::Sat => "renew-sat",
        Day::Sun => "renew-sun",
    }
}

fn by<T>(list: &[T], number: impl Fn(&T) -> u16) -> BTreeMap<u16, &T> {
    list.iter().map(|it| (number(it), it)).collect()
}
