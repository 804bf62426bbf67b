//! A plan in words: what changes and for whom, until when lists are good, who signs by which command.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Side, trust::Role};
use permit_signing::{
    Missing,
    draft::{Draft, Header, Names, Root, Snapshot, role_name},
};
use permit_words::{Lang, Value, Words, clean};

use super::{Affected, Base, ORDER, lists, plan::Plan, zone};
use crate::{Failed, List, Site};

/// A plan with what is known of those it is about.
pub(super) struct Judged {
    plan: Plan,
    base: Base,
    affected: Affected,
    /// Of the presence list: terminals whose journals are not all here, and until when the other side's passages are.
    unknown: (Vec<u16>, Option<permit_core::UnixTime>),
    zone: u16,
    offset: i16,
    side: Side,
    open: Vec<(Role, Vec<Missing>)>,
}

/// Names of places, as the newest description has them.
pub(super) struct Named<'n> {
    places: BTreeMap<(&'static str, u16), Names>,
    words: &'n Words,
}

impl Site {
    pub(super) async fn judged(&self, plan: &Plan) -> Result<Judged, Failed> {
        let base = Base::of(self)?;
        let affected = self.affected(&base).await?;
        let session = self.store.read().await?;
        let unknown = self.unknown_to_presence(&session).await?;
        let open = plan.open_now()?.into_iter();
        let open = open.map(|it| Ok((it.role(), plan.missing(it)?)));
        let settings = self.home.settings();
        Ok(Judged {
            open: open.collect::<Result<_, Failed>>()?,
            plan: plan.clone(),
            base,
            affected,
            unknown,
            zone: settings.zone,
            offset: settings.offset,
            side: settings.side(),
        })
    }
}

impl Judged {
    /// All of it.
    pub(super) fn lines(&self, words: &Words) -> Vec<String> {
        let day = self.plan.made.day(self.offset).to_string();
        let title =
            [("day", day.into()), ("side", letter(self.side).into()), ("zone", self.zone.into())];
        let mut said = vec![words.with("renew-title", &title), String::new()];
        for role in ORDER {
            if let Some(after) = self.plan.draft(role) {
                said.extend(self.document(&after, words));
                said.push(String::new());
            }
        }
        let kept = ORDER.into_iter().filter(|role| self.plan.proposal(*role).is_none());
        said.extend(kept.filter_map(|role| self.kept(role, words)));
        said.extend(self.affected.not_counted(&self.base, words));
        said.push(String::new());
        said.extend(self.signing(words));
        said
    }

    /// One document that is signed anew: its terms, and what changes.
    fn document(&self, after: &Draft, words: &Words) -> Vec<String> {
        let before = self.plan.before(after.role());
        let old = before.as_ref().map(|it| it.header().version);
        let mut said = vec![headed(old, after.header(), after.role(), self.offset, words)];
        let changes = self.changes(before.as_ref(), after, words);
        let none = changes.is_empty().then(|| words.get("renew-same"));
        said.extend(changes.into_iter().chain(none).map(|it| format!("  - {it}")));
        said
    }

    fn changes(&self, before: Option<&Draft>, after: &Draft, words: &Words) -> Vec<String> {
        let named = self.named(words);
        let of = lists::Of { affected: &self.affected, named: &named, words };
        match (before, after) {
            (Some(Draft::Zone(before)), Draft::Zone(after)) => {
                zone::lines((before, after), &self.affected, words)
            }
            (Some(Draft::Root(before)), Draft::Root(after)) => root(before, after, words),
            (Some(Draft::Stations(before)), Draft::Stations(after)) => of.stations(before, after),
            (Some(Draft::Revocations(before)), Draft::Revocations(after)) => {
                of.revocations(before, after)
            }
            (before, Draft::Issued(after)) => {
                let before = match before {
                    Some(Draft::Issued(before)) => Some(before),
                    _ => None,
                };
                let stations = self.plan.before(Role::Stations);
                of.issued(before, after, stations.as_ref(), self.offset)
            }
            (before, Draft::Readers(after)) => {
                let before = match before {
                    Some(Draft::Readers(before)) => before.readers.as_slice(),
                    _ => &[],
                };
                of.readers(before, &after.readers)
            }
            (_, Draft::Presence(after)) => self.presence(after.entries.len(), words),
            (_, Draft::Heads(after)) => {
                vec![words.with("renew-heads", &[("count", after.heads.len().into())])]
            }
            (_, Draft::Snapshot(after)) => vec![pinned(after, words)],
            _ => Vec::new(),
        }
    }

    /// What a presence list knows, and cannot know.
    fn presence(&self, permits: usize, words: &Words) -> Vec<String> {
        let (missing, other) = &self.unknown;
        let mut said = vec![words.with("renew-presence", &[("count", permits.into())])];
        if !missing.is_empty() {
            let numbers: Vec<_> = missing.iter().map(ToString::to_string).collect();
            let numbers = ("numbers", numbers.join(", ").into());
            said.push(words.with("headquarters-presence-missing", &[numbers]));
        }
        said.push(match other {
            Some(at) => words.with("headquarters-presence-other", &[("at", at.to_string().into())]),
            None => words.get("headquarters-presence-alone"),
        });
        said
    }

    /// A document that stays as it is.
    fn kept(&self, role: Role, words: &Words) -> Option<String> {
        let before = self.plan.before(role)?;
        if role == Role::Snapshot {
            return Some(words.get("renew-snapshot-later"));
        }
        let day = |at: permit_signing::draft::Time| at.0.day(self.offset).to_string();
        let values = [
            ("list", words.get(list_name(role)).into()),
            ("next", day(before.header().next_update).into()),
        ];
        Some(words.with("renew-kept", &values))
    }

    /// Who signs what now, and how.
    fn signing(&self, words: &Words) -> Vec<String> {
        let mut said = vec![words.get("renew-sign")];
        for (role, missing) in &self.open {
            let list = words.get(list_name(*role));
            said.extend(missing.iter().map(|it| format!("  {}", wanted(&list, it, words))));
            let role = role_name(*role);
            let now = self.plan.envelope(self.open_role(role)).is_some();
            let current = if now { format!(" --current now/{role}.cbor") } else { String::new() };
            said.push(format!(
                "    permit authority sign {role}.proposal --root root.cbor{current} --key KEY --out signed-{role}.cbor"
            ));
        }
        said
    }

    fn open_role(&self, name: &str) -> Role {
        let role = self.open.iter().map(|it| it.0).find(|it| role_name(*it) == name);
        role.unwrap_or(Role::Root)
    }

    fn named<'n>(&self, words: &'n Words) -> Named<'n> {
        let mut named = Named { places: BTreeMap::new(), words };
        for role in [Role::Zone, Role::Stations] {
            for draft in [self.plan.before(role), self.plan.draft(role)].into_iter().flatten() {
                named.enter(&draft);
            }
        }
        named
    }
}

impl Named<'_> {
    fn enter(&mut self, draft: &Draft) {
        let mut put = |id, number, names: &Names| {
            self.places.insert((id, number), names.clone());
        };
        match draft {
            Draft::Zone(zone) => {
                zone.regions.iter().for_each(|it| put("place-region", it.number, &it.names));
                zone.crossings.iter().for_each(|it| put("place-crossing", it.number, &it.names));
            }
            Draft::Stations(list) => {
                list.stations.iter().for_each(|it| put("place-station", it.number, &it.names));
            }
            _ => {}
        }
    }

    pub(super) fn region(&self, number: u16) -> String {
        self.of("place-region", number)
    }

    pub(super) fn crossing(&self, number: u16) -> String {
        self.of("place-crossing", number)
    }

    pub(super) fn station(&self, number: u16) -> String {
        self.of("place-station", number)
    }

    fn of(&self, id: &'static str, number: u16) -> String {
        match self.places.get(&(id, number)) {
            Some(names) => Self::one(names, (id, number), self.words),
            None => self.words.with(id, &[("number", number.into())]),
        }
    }

    /// A name in the language asked for, else in English, else in any.
    pub(super) fn one(names: &Names, (id, number): (&str, u16), words: &Words) -> String {
        let own = match words.lang() {
            Lang::Zh => &names.zh,
            Lang::Ko => &names.ko,
            Lang::En => &names.en,
        };
        let all = [own, &names.en, &names.zh, &names.ko, &names.han, &names.mr];
        all.into_iter().flatten().next().map_or_else(
            || words.with(id, &[("number", number.into())]),
            |name| clean(name).into_owned(),
        )
    }
}

/// The version of a list, and its terms.
pub(super) fn headed(
    old: Option<u32>,
    header: &Header,
    role: Role,
    offset: i16,
    words: &Words,
) -> String {
    let day = |at: permit_signing::draft::Time| at.0.day(offset).to_string();
    let values = [
        ("list", words.get(list_name(role)).into()),
        ("old", old.unwrap_or_default().into()),
        ("new", header.version.into()),
        ("next", day(header.next_update).into()),
        ("expires", day(header.expires).into()),
    ];
    words.with("renew-document", &values)
}

/// Whose signatures a document lacks.
pub(crate) fn wanted(list: &str, missing: &Missing, words: &Words) -> String {
    let could: Vec<String> = missing.could.iter().map(ToString::to_string).collect();
    let values = [
        ("list", list.into()),
        ("side", letter(missing.side).into()),
        ("have", missing.have.into()),
        ("need", missing.need.into()),
        ("keys", could.join(" ").into()),
    ];
    let id = if missing.previous { "renew-wanted-before" } else { "renew-wanted" };
    words.with(id, &values)
}

/// What people call a document.
fn list_name(role: Role) -> &'static str {
    List::from(role).id()
}

const fn letter(side: Side) -> &'static str {
    match side {
        Side::A => "A",
        Side::B => "B",
    }
}

/// Keys that come and go, and how many of them must sign.
fn root(before: &Root, after: &Root, words: &Words) -> Vec<String> {
    let mut said = Vec::new();
    for side in Side::BOTH {
        for role in Role::ALL {
            let (old, new) = (before.roles(side).of(role), after.roles(side).of(role));
            let of = |more: Vec<(&'static str, Value<'static>)>| {
                let head = [("side", letter(side).into()), ("role", role_name(role).into())];
                head.into_iter().chain(more).collect::<Vec<_>>()
            };
            let set =
                |keys: &[permit_signing::draft::Key]| keys.iter().copied().collect::<BTreeSet<_>>();
            let (had, has) = (set(&old.keys), set(&new.keys));
            for (id, keys) in [("renew-root-gone", &had - &has), ("renew-root-new", &has - &had)] {
                for key in keys {
                    let key = key.id().to_string();
                    said.push(words.with(id, &of(vec![("key", key.into())])));
                }
            }
            if old.threshold != new.threshold {
                let more = vec![("old", old.threshold.into()), ("new", new.threshold.into())];
                said.push(words.with("renew-root-threshold", &of(more)));
            }
        }
    }
    said
}

fn pinned(after: &Snapshot, words: &Words) -> String {
    let lists = after.pins.iter().map(|it| words.get(list_name(it.document.role())));
    let lists = lists.collect::<Vec<_>>().join(", ");
    words.with("renew-pins", &[("lists", lists.into())])
}
