//! Renewal: one act a week. Lists are drafted, judged, signed by their holders elsewhere, and published.
//!
//! [`Site::renew`] goes as far as it can, and the same again goes on: it drafts what is due or says something else now, gives
//! it out to be signed with `permit authority sign`, takes the signatures back, pins what was signed by a snapshot, and
//! publishes all of it or nothing. What is signed is what was drafted: another payload, another key or a signature that does
//! not hold stops it, and nothing of that file is taken. No key is here.

mod affected;
mod ceremony;
mod draft;
mod hand;
mod lists;
pub(crate) mod plan;
mod told;
mod zone;

use std::path::{Path, PathBuf};

use permit_core::{Side, trust::Role};
use permit_parts::delta;
use permit_signing::{
    Parts, Proposal,
    draft::{Draft, Station},
    payload,
};
use permit_words::Words;

pub use self::ceremony::{Ceremony, Script};
use self::plan::Plan;
pub(crate) use self::{affected::Affected, told::wanted};
use crate::{Failed, Numbered, Site, told::heads};

/// What people add to a renewal.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Ask {
    /// Descriptions they changed.
    pub changes: Vec<Draft>,
    /// Stations' keys that were stolen: their ids, or all of them in hexadecimal.
    pub stolen: Vec<String>,
    /// What was begun is given up.
    pub again: bool,
}

/// How far a renewal came.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Renewed {
    /// Every list says what it has to, long enough.
    Nothing,
    /// Signatures are missing: what is in the plan, in words, is in the folder for key holders.
    Waiting(Vec<Waiting>),
    /// It was published.
    Published {
        /// Version of this side's snapshot.
        version: u32,
        /// Where bundle and delta are.
        folder: PathBuf,
        /// Bytes of the bundle, and of the delta.
        bytes: (usize, usize),
    },
}

/// A document that is to be signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// Which.
    pub role: Role,
    /// What is missing, by party.
    pub missing: Vec<permit_signing::Missing>,
}

/// The bundle in force, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    bundle: Vec<u8>,
    parts: Parts,
    side: Side,
}

/// Documents of a side in the order in which they are drafted: the root before what hangs on it, the snapshot last.
const ORDER: [Role; 9] = [
    Role::Root,
    Role::Zone,
    Role::Stations,
    Role::Revocations,
    Role::Issued,
    Role::Presence,
    Role::Readers,
    Role::Heads,
    Role::Snapshot,
];

impl Ask {
    fn is_nothing(&self) -> bool {
        self.changes.is_empty() && self.stolen.is_empty()
    }

    fn of(&self, role: Role) -> Option<Draft> {
        self.changes.iter().find(|it| it.role() == role).cloned()
    }

    /// Whether a changed root gives a role other keys: what the old ones signed does not hold under it.
    fn rekeys(&self, base: &Base, role: Role) -> bool {
        let (Some(Draft::Root(new)), Some(Draft::Root(old))) =
            (self.of(Role::Root), base.before(Role::Root))
        else {
            return false;
        };
        let other = |side| new.roles(side).of(role) != old.roles(side).of(role);
        match role {
            Role::Root => false,
            Role::Zone => Side::BOTH.into_iter().any(other),
            _ => other(base.side),
        }
    }

    /// That each changed description is one that people write, and only one of its kind.
    fn is_sound(&self) -> bool {
        let drawn = [Role::Snapshot, Role::Presence, Role::Heads];
        let mut roles: Vec<Role> = self.changes.iter().map(Draft::role).collect();
        roles.sort();
        let once = roles.windows(2).all(|pair| pair[0] != pair[1]);
        once && roles.iter().all(|role| !drawn.contains(role))
    }
}

impl Base {
    pub(crate) fn of(site: &Site) -> Result<Self, Failed> {
        let bundle = site.home.kept("bundle.cbor")?;
        let parts = Parts::of(&bundle).map_err(|it| site.home.unfit("bundle.cbor", it))?;
        Ok(Self { bundle, parts, side: site.home.settings().side() })
    }

    /// The document in force that a role signed.
    pub(crate) fn before(&self, role: Role) -> Option<Draft> {
        let envelope = plan::envelope(&self.parts, self.side, role)?;
        Draft::decode(role, payload(envelope)?).ok()
    }

    fn stations(&self) -> Vec<Station> {
        match self.before(Role::Stations) {
            Some(Draft::Stations(list)) => list.stations,
            _ => Vec::new(),
        }
    }

    /// Whether a role has keys.
    fn signs(&self, side: Side, role: Role) -> bool {
        let Some(Draft::Root(root)) = self.before(Role::Root) else { return false };
        root.roles(side).of(role).threshold > 0
    }
}

impl Site {
    /// Goes on with a renewal, or begins one, as far as it can; the folder is what key holders are given, and `back` are
    /// folders that they gave back.
    ///
    /// # Errors
    ///
    /// Why it cannot go on; what was begun stays as it was.
    pub async fn renew(
        &self,
        folder: &Path,
        back: &[PathBuf],
        ask: &Ask,
    ) -> Result<Renewed, Failed> {
        let _alone = self.home.alone("renewal.lock")?;
        if !ask.is_sound() {
            return Err(Failed::Change);
        }
        if ask.again {
            if let Some(plan) = Plan::open(&self.home)? {
                self.gave_up(&plan.versions()?).await?;
                hand::clear(folder, &plan)?;
            }
            Plan::end(&self.home)?;
        }
        let mut plan = match Plan::open(&self.home)? {
            Some(_) if !ask.is_nothing() => return Err(Failed::Begun),
            Some(plan) => plan,
            None => match self.begin(folder, ask).await? {
                Some(plan) => plan,
                None => return Ok(Renewed::Nothing),
            },
        };
        for from in core::iter::once(folder).chain(back.iter().map(PathBuf::as_path)) {
            hand::take(from, &self.home, &mut plan)?;
        }
        if plan.open_now()?.is_empty() && plan.proposal(Role::Snapshot).is_none() {
            plan.pin(self)?;
        }
        let waiting = plan.open_now()?;
        if waiting.is_empty() {
            return self.publish(folder, &plan).await;
        }
        let open = |it: &&Proposal| Ok(Waiting { role: it.role(), missing: plan.missing(it)? });
        let told = waiting.iter().map(open).collect::<Result<Vec<_>, Failed>>()?;
        self.still_on(&plan)?;
        hand::give(folder, &plan, &self.judged(&plan).await?)?;
        Ok(Renewed::Waiting(told))
    }

    /// The renewal that is begun, in words; none where none is.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub async fn renewal(&self, words: &Words) -> Result<Option<Vec<String>>, Failed> {
        match Plan::open(&self.home)? {
            Some(plan) => Ok(Some(self.judged(&plan).await?.lines(words))),
            None => Ok(None),
        }
    }

    /// Documents of the renewal that is begun whose signatures are missing now.
    pub(crate) fn unsigned(&self) -> Result<Vec<Waiting>, Failed> {
        let Some(plan) = Plan::open(&self.home)? else { return Ok(Vec::new()) };
        let open = plan.open_now()?.into_iter();
        open.map(|it| Ok(Waiting { role: it.role(), missing: plan.missing(it)? })).collect()
    }

    async fn begin(&self, folder: &Path, ask: &Ask) -> Result<Option<Plan>, Failed> {
        let base = Base::of(self)?;
        // What does not hold by the root in force is drafted on by nobody.
        self.home.lists()?.open(None, None)?;
        let drafts = self.drafts(&base, ask).await?;
        let snapshot = base.before(Role::Snapshot).ok_or(Failed::OtherSide)?;
        if drafts.is_empty() && !draft::is_near(snapshot.header(), self.now()) {
            return Ok(None);
        }
        hand::is_free(folder)?;
        Plan::begin(&self.home, (self.now(), base.bundle), &drafts).map(Some)
    }

    /// That the lists in force are still those the plan was drafted on.
    fn still_on(&self, plan: &Plan) -> Result<(), Failed> {
        if self.home.kept("bundle.cbor")? == plan.base { Ok(()) } else { Err(Failed::Moved) }
    }

    /// Publishes what was signed: its folder, then, in one step, the bundle in force.
    async fn publish(&self, folder: &Path, plan: &Plan) -> Result<Renewed, Failed> {
        let parts = plan.finished()?;
        let root = self.home.kept("root.cbor")?;
        let before = permit_signing::accepted(&plan.base, &root)
            .map_err(|it| Failed::Document(it.to_string()))?;
        let bundle =
            parts.assemble(Some(&before), None).map_err(|it| Failed::Document(it.to_string()))?;
        let version = plan.draft(Role::Snapshot).map_or(0, |it| it.header().version);
        let published = self.home.path(&format!("published/{version}"));
        let in_force = self.home.kept("bundle.cbor")? == bundle;
        if !in_force {
            self.still_on(plan)?;
        }
        let delta = delta::following(&plan.base, &bundle, &root)
            .map_err(|it| Failed::Document(it.to_string()))?;
        if !in_force {
            self.not_set_back(&self.store.read().await?).await?;
            let files = [
                ("bundle.cbor".to_owned(), bundle.clone()),
                ("delta.cbor".to_owned(), delta.clone()),
            ];
            self.home.keep_folder(&published, &files)?;
            self.remember_signed(plan, &parts).await?;
            self.take_lists(&bundle).await?;
        }
        hand::clear(folder, plan)?;
        Plan::end(&self.home)?;
        let bytes = (bundle.len(), delta.len());
        Ok(Renewed::Published { version, folder: published, bytes })
    }

    /// What has a log or versions of its own here is entered there.
    async fn remember_signed(&self, plan: &Plan, parts: &Parts) -> Result<(), Failed> {
        let session = self.store.write().await?;
        let signed = |role| Some((plan.draft(role)?, plan.signed(parts, role)?));
        if let Some((draft, sealed)) = signed(Role::Heads) {
            heads::log(&session, draft.header().version, &sealed).await?;
        }
        if let Some((draft, sealed)) = signed(Role::Presence) {
            self.remember_presence(&session, draft.header(), &sealed).await?;
        }
        session.commit().await?;
        for (what, role) in [(Numbered::Heads, Role::Heads), (Numbered::Presence, Role::Presence)] {
            if let Some(draft) = plan.draft(role) {
                self.gave(what, draft.header().version.into()).await?;
            }
        }
        Ok(())
    }
}
