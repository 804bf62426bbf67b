//! What is being renewed, as it lies in the folder of headquarters: begun whole, signed bit by bit, ended by publication.
//!
//! | file of `renewal/` | what |
//! |---|---|
//! | `made` | when it was drafted |
//! | `base.cbor` | the bundle it was drafted on |
//! | `ROLE.proposal` | what is to be signed, with the signatures that are here |
//!
//! What key holders give back is held against these files, never the other way round.

use std::{fs, path::Path};

use permit_core::{
    Side, UnixTime,
    trust::{Role, Root},
};
use permit_signing::{
    Missing, Parties, Parts, Proposal, SideParts,
    draft::{Draft, List, Pin, Snapshot, role_name},
    payload,
};

use crate::{Failed, Home, Site};

/// A renewal that was drafted and not yet published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Plan {
    pub(super) made: UnixTime,
    pub(super) base: Vec<u8>,
    side: Side,
    parts: Parts,
    /// By role, in the order of the root.
    proposals: Vec<Proposal>,
}

const FOLDER: &str = "renewal";
/// What is no renewal any more, on its way out.
const GONE: &str = ".renewal-gone";

impl Plan {
    /// The one that is begun, if any.
    pub(super) fn open(home: &Home) -> Result<Option<Self>, Failed> {
        if home.path(FOLDER).symlink_metadata().is_err() {
            return Ok(None);
        }
        let name = |file: &str| format!("{FOLDER}/{file}");
        let made = String::from_utf8(home.kept(&name("made"))?).unwrap_or_default();
        let made = made.trim().parse().map_err(|it| home.unfit(&name("made"), it))?;
        let base = home.kept(&name("base.cbor"))?;
        let mut plan = Self::on(home, UnixTime(made), base)?;
        for role in Role::ALL {
            let name = name(&file(role));
            if home.path(&name).symlink_metadata().is_ok() {
                let read = Proposal::from_bytes(&home.kept(&name)?);
                plan.proposals.push(read.map_err(|it| home.unfit(&name, it))?);
            }
        }
        Ok(Some(plan))
    }

    /// Begins one, whole or not at all.
    pub(super) fn begin(
        home: &Home,
        (made, base): (UnixTime, Vec<u8>),
        drafts: &[Draft],
    ) -> Result<Self, Failed> {
        let mut plan = Self::on(home, made, base)?;
        // The root first: the others are signed as the newest one says.
        for draft in drafts {
            plan.propose(draft)?;
        }
        plan.proposals.sort_by_key(Proposal::role);
        let mut files = vec![
            ("made".to_owned(), made.0.to_string().into_bytes()),
            ("base.cbor".to_owned(), plan.base.clone()),
        ];
        files.extend(plan.proposals.iter().map(|it| (file(it.role()), it.to_bytes())));
        home.keep_folder(&home.path(FOLDER), &files)?;
        Ok(plan)
    }

    fn on(home: &Home, made: UnixTime, base: Vec<u8>) -> Result<Self, Failed> {
        let parts = Parts::of(&base).map_err(|it| home.unfit("renewal/base.cbor", it))?;
        Ok(Self { made, base, side: home.settings().side(), parts, proposals: Vec::new() })
    }

    fn propose(&mut self, draft: &Draft) -> Result<(), Failed> {
        let mut with = self.clone();
        let refused = |it: permit_signing::draft::DraftError| Failed::Document(it.to_string());
        // A root that is proposed says itself who signs it.
        with.proposals.push(Proposal::start(draft, permit_signing::Form::Many).map_err(refused)?);
        let form = with.parties(draft)?.form();
        self.proposals.push(Proposal::start(draft, form).map_err(refused)?);
        Ok(())
    }

    /// Ends it, done or given up.
    pub(super) fn end(home: &Home) -> Result<(), Failed> {
        let (from, to) = (home.path(FOLDER), home.path(GONE));
        let failed = |cause| Failed::Home { path: from.clone(), cause };
        if to.symlink_metadata().is_ok() {
            fs::remove_dir_all(&to).map_err(failed)?;
        }
        if from.symlink_metadata().is_ok() {
            fs::rename(&from, &to).map_err(failed)?;
            fs::remove_dir_all(&to).map_err(failed)?;
        }
        Ok(())
    }

    /// What was given out to be signed: version by role.
    pub(super) fn versions(&self) -> Result<Vec<(Role, u32)>, Failed> {
        let version = |it: &Proposal| {
            let draft = it.contents().map_err(|it| Failed::Document(it.to_string()))?;
            Ok((it.role(), draft.header().version))
        };
        self.proposals.iter().map(version).collect()
    }

    pub(super) fn proposals(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals.iter()
    }

    pub(super) fn proposal(&self, role: Role) -> Option<&Proposal> {
        self.proposals.iter().find(|it| it.role() == role)
    }

    /// What was drafted for a role.
    pub(super) fn draft(&self, role: Role) -> Option<Draft> {
        self.proposal(role)?.contents().ok()
    }

    /// The document in force that a role signed.
    pub(super) fn before(&self, role: Role) -> Option<Draft> {
        Draft::decode(role, payload(self.envelope(role)?)?).ok()
    }

    /// The same in its envelope.
    pub(super) fn envelope(&self, role: Role) -> Option<&[u8]> {
        envelope(&self.parts, self.side, role)
    }

    /// Takes over the signatures of a copy that key holders gave back; how many were new.
    pub(super) fn join(&mut self, home: &Home, other: &Proposal) -> Result<usize, Failed> {
        let role = other.role();
        let at = self.proposals.iter().position(|it| it.role() == role);
        let refused = |said: String| Failed::NotPlanned { file: file(role), said };
        let at = at.ok_or_else(|| Failed::OtherPlan { file: file(role) })?;
        let contents = self.proposals[at].contents();
        let draft = contents.map_err(|it| Failed::Document(it.to_string()))?;
        let parties = self.parties(&draft)?;
        let mut joined = self.proposals[at].clone();
        let new = joined.join(other, &parties).map_err(|it| refused(it.to_string()))?;
        if new > 0 {
            home.keep(&format!("{FOLDER}/{}", file(role)), &joined.to_bytes())?;
            self.proposals[at] = joined;
        }
        Ok(new)
    }

    /// Whose signatures a proposal lacks.
    pub(super) fn missing(&self, proposal: &Proposal) -> Result<Vec<Missing>, Failed> {
        let draft = proposal.contents().map_err(|it| Failed::Document(it.to_string()))?;
        Ok(proposal.missing(&self.parties(&draft)?))
    }

    /// Proposals that are to be signed now: a root before what hangs on it, the lists before the snapshot that pins them.
    pub(super) fn open_now(&self) -> Result<Vec<&Proposal>, Failed> {
        let stage = |role| match role {
            Role::Root => 0,
            Role::Snapshot => 2,
            _ => 1,
        };
        let mut open = Vec::new();
        for proposal in &self.proposals {
            if !self.missing(proposal)?.is_empty() {
                open.push(proposal);
            }
        }
        let first = open.iter().map(|it| stage(it.role())).min();
        open.retain(|it| Some(stage(it.role())) == first);
        Ok(open)
    }

    /// Drafts the snapshot of what was signed.
    pub(super) fn pin(&mut self, site: &Site) -> Result<(), Failed> {
        let parts = self.finished()?;
        let decoded = |role| {
            let envelope = envelope(&parts, self.side, role);
            envelope.and_then(payload).and_then(|it| Draft::decode(role, it).ok())
        };
        let version = |role| decoded(role).map_or(0, |it| it.header().version);
        let Some(Draft::Snapshot(before)) = self.before(Role::Snapshot) else {
            return Err(Failed::OtherSide);
        };
        let pin = |list: List| {
            let envelope = envelope(&parts, self.side, list.role())?;
            Some(Pin::of(list, version(list.role()), envelope))
        };
        let mut header = before.header.next(permit_signing::draft::Time(site.now()));
        site.beyond(Role::Snapshot, &mut header)?;
        let draft = Draft::Snapshot(Snapshot {
            side: self.side.into(),
            root: version(Role::Root),
            zone: version(Role::Zone),
            header,
            pins: List::ALL.into_iter().filter_map(pin).collect(),
        });
        self.propose(&draft)?;
        let new = self.proposals.last().map(Proposal::to_bytes).unwrap_or_default();
        site.home.keep(&format!("{FOLDER}/{}", file(Role::Snapshot)), &new)
    }

    /// The parts of the bundle with everything that is signed in its place.
    pub(super) fn finished(&self) -> Result<Parts, Failed> {
        let mut parts = self.parts.clone();
        for proposal in &self.proposals {
            let draft = proposal.contents().map_err(|it| Failed::Document(it.to_string()))?;
            let Ok(document) = proposal.finish(&self.parties(&draft)?) else { continue };
            let role = proposal.role();
            match (role, side_of(&mut parts, self.side)) {
                (Role::Root, _) => parts.roots.push(document),
                (Role::Zone, _) => parts.zone = document,
                (Role::Snapshot, Some(side)) => side.snapshot = document,
                (_, side) => {
                    let at = List::ALL.iter().position(|it| it.role() == role);
                    let (Some(side), Some(at)) = (side, at) else { return Err(Failed::OtherSide) };
                    side.documents[at] = Some(document);
                }
            }
        }
        Ok(parts)
    }

    /// The signed document of a role.
    pub(super) fn signed(&self, parts: &Parts, role: Role) -> Option<Vec<u8>> {
        self.proposal(role)?;
        envelope(parts, self.side, role).map(<[u8]>::to_vec)
    }

    /// The newest root there is, for whoever signs: the one in force, until a next one is signed.
    pub(super) fn root(&self) -> Result<Vec<u8>, Failed> {
        Ok(self.finished()?.roots.pop().unwrap_or_default())
    }

    fn parties(&self, draft: &Draft) -> Result<Parties, Failed> {
        let held = self.parts.roots.last().and_then(|it| payload(it)).unwrap_or_default();
        let held = Root::decode(held).map_err(|it| Failed::Document(it.to_string()))?;
        let planned = self.proposal(Role::Root).map(|it| Root::decode(it.payload()));
        let planned = planned.transpose().map_err(|it| Failed::Document(it.to_string()))?;
        let root =
            if draft.role() == Role::Root { &held } else { planned.as_ref().unwrap_or(&held) };
        Parties::of(draft, planned.as_ref(), Some(root)).ok_or(Failed::OtherSide)
    }
}

/// The name of a proposal's file.
pub(super) fn file(role: Role) -> String {
    format!("{}.proposal", role_name(role))
}

fn side_of(parts: &mut Parts, side: Side) -> Option<&mut SideParts> {
    match side {
        Side::A => parts.a.as_mut(),
        Side::B => parts.b.as_mut(),
    }
}

/// A document among the parts of a bundle.
pub(crate) fn envelope(parts: &Parts, side: Side, role: Role) -> Option<&[u8]> {
    let own = match side {
        Side::A => parts.a.as_ref(),
        Side::B => parts.b.as_ref(),
    };
    match role {
        Role::Root => parts.roots.last().map(Vec::as_slice),
        Role::Zone => Some(&parts.zone),
        Role::Snapshot => own.map(|it| it.snapshot.as_slice()),
        _ => {
            let at = List::ALL.iter().position(|it| it.role() == role)?;
            own?.documents[at].as_deref()
        }
    }
}

/// Proposals that lie in a folder, and where.
pub(super) fn lying_in(folder: &Path) -> Result<Vec<(std::path::PathBuf, Vec<u8>)>, Failed> {
    let failed = |cause| Failed::Home { path: folder.to_owned(), cause };
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let ours = path.extension().is_some_and(|it| it == "proposal");
        if ours && entry.file_type().map_err(failed)?.is_file() {
            all.push((path.clone(), crate::home::read(&path)?));
        }
    }
    all.sort();
    Ok(all)
}
