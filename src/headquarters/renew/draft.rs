//! What is drafted: every list of this side whose term nears its end or that says something else now.
//!
//! The root and the zone register are both sides': side A drafts them anew when their term nears its end, and either side
//! where its people changed them.

use permit_core::{Day, Side, UnixTime, trust::Role};
use permit_signing::{
    demo,
    draft::{Date, Draft, Header, Issued, Readers, Revocations, role_name},
};
use permit_store::Session;

use super::{Ask, Base, ORDER};
use crate::{Failed, Site, take::KeptRegister};

/// Seconds before it is due in which a list is signed anew (chosen: with a term of a week from its second day on, so that
/// none grows old before the next week's act).
const WEEK: i64 = 6 * DAY;
/// The same of what both sides sign (chosen: a month, since it travels).
const MONTH: i64 = 30 * DAY;
const DAY: i64 = 24 * 60 * 60;

impl Site {
    /// Everything that is to be signed, without the snapshot.
    pub(super) async fn drafts(&self, base: &Base, ask: &Ask) -> Result<Vec<Draft>, Failed> {
        let session = self.store.read().await?;
        self.not_set_back(&session).await?;
        let registers = self.registers(&session, base).await?;
        let heads = ask.rekeys(base, Role::Heads);
        let mut drafts = Vec::new();
        for role in ORDER.into_iter().filter(|it| *it != Role::Snapshot) {
            let changed = ask.of(role);
            let now = match (role, changed) {
                (Role::Revocations, changed) => {
                    Some(self.revocations(base, changed, &registers, ask)?)
                }
                (Role::Issued, changed) => self.issued(base, changed, &registers)?,
                (Role::Presence, _) => {
                    self.if_signed(base, role, || async {
                        Ok(Draft::Presence(self.next_presence(&session, heads).await?))
                    })
                    .await?
                }
                (Role::Heads, _) => {
                    self.if_signed(base, role, || async {
                        Ok(Draft::Heads(self.next_heads(&session, heads).await?))
                    })
                    .await?
                }
                (_, changed) => changed.or_else(|| base.before(role)),
            };
            let Some(now) = now else { continue };
            drafts.extend(self.next(base, now, ask.rekeys(base, role))?);
        }
        Ok(drafts)
    }

    /// The next version of a document, where there is to be one.
    fn next(&self, base: &Base, mut draft: Draft, rekeyed: bool) -> Result<Option<Draft>, Failed> {
        let (role, now) = (draft.role(), self.now());
        let before = base.before(role);
        let shared = matches!(role, Role::Root | Role::Zone);
        let near = |header: &Header| within(header, now, if shared { MONTH } else { WEEK });
        let own = draft.header().version;
        let header = match &before {
            Some(before) => {
                *draft.header_mut() = *before.header();
                let mine = !shared || self.home.settings().side() == Side::A;
                if draft == *before && !(rekeyed || (mine && near(before.header()))) {
                    return Ok(None);
                }
                before.header().next(permit_signing::draft::Time(now))
            }
            None if is_empty(&draft) => return Ok(None),
            None => self.header(1)?,
        };
        *draft.header_mut() = header;
        // What was signed once and never published has a version that is not given again.
        let version = draft.header().version;
        if matches!(role, Role::Presence | Role::Heads) {
            draft.header_mut().version = version.max(own);
        }
        // Roots are a chain in which each is the next.
        if role != Role::Root {
            self.beyond(role, draft.header_mut())?;
        }
        self.fits(&draft)?;
        Ok(Some(draft))
    }

    /// That a description is of this side and zone, and no template.
    fn fits(&self, draft: &Draft) -> Result<(), Failed> {
        let settings = self.home.settings();
        if draft.side().is_some_and(|side| side != settings.side()) {
            return Err(Failed::OtherSide);
        }
        if let Draft::Root(root) = draft
            && root.demo != settings.demo
        {
            return Err(Failed::OtherSide);
        }
        let template = demo::template(draft).filter(|_| !settings.demo);
        if let Some(field) = template {
            let role = role_name(draft.role());
            return Err(Failed::Template { role, field });
        }
        Ok(())
    }

    async fn if_signed<F: Future<Output = Result<Draft, Failed>>>(
        &self,
        base: &Base,
        role: Role,
        draw: impl FnOnce() -> F,
    ) -> Result<Option<Draft>, Failed> {
        if base.signs(self.home.settings().side(), role) {
            Ok(Some(draw().await?))
        } else {
            Ok(None)
        }
    }

    /// The register of every station of this side, where one is here.
    pub(super) async fn registers(
        &self,
        session: &Session,
        base: &Base,
    ) -> Result<Vec<KeptRegister>, Failed> {
        let mut all = Vec::new();
        for station in base.stations() {
            all.extend(self.kept_register(session, station.number).await?);
        }
        Ok(all)
    }

    fn revocations(
        &self,
        base: &Base,
        changed: Option<Draft>,
        registers: &[KeptRegister],
        ask: &Ask,
    ) -> Result<Draft, Failed> {
        let list = changed.or_else(|| base.before(Role::Revocations));
        let Some(Draft::Revocations(mut list)) = list else { return Err(Failed::OtherSide) };
        let today = Date(self.now().day(self.offset()));
        for kept in registers {
            list.enter(&kept.register);
            grow(&mut list, kept);
        }
        for name in &ask.stolen {
            let name = name.to_ascii_lowercase();
            let known = registers.iter().map(|it| it.register.signed_by(&name));
            let known = known.filter(|it| *it != Err(permit_signing::register::NotKnown::Key));
            let Some(Ok((key, digests))) = known.into_iter().next() else {
                return Err(Failed::StolenKey(name));
            };
            list.enter_stolen(key, today, digests);
        }
        Ok(Draft::Revocations(list))
    }

    fn issued(
        &self,
        base: &Base,
        changed: Option<Draft>,
        registers: &[KeptRegister],
    ) -> Result<Option<Draft>, Failed> {
        let side = self.home.settings().side();
        if !base.signs(side, Role::Issued) {
            return Ok(None);
        }
        let mut list = match changed.or_else(|| base.before(Role::Issued)) {
            Some(Draft::Issued(list)) => list,
            _ if registers.is_empty() => return Ok(None),
            _ => {
                let speaks_for = Date(Day::FIRST);
                let header = self.header(1)?;
                Issued { side: side.into(), speaks_for, header, serials: Vec::new() }
            }
        };
        registers.iter().for_each(|kept| list.enter(&kept.register));
        let held = base.stations().into_iter().filter(|it| issues(it, list.speaks_for.0));
        let through = held.map(|station| self.speaks(station.number, registers)).min();
        if let Some(Some(through)) = through {
            list.speaks_for = Date(list.speaks_for.0.max(through));
        }
        if list.speaks_for.0 == Day::FIRST {
            return Ok(None);
        }
        Ok(Some(Draft::Issued(list)))
    }

    /// The last day of which a station's register has everything: the one before its return was made.
    pub(super) fn speaks(&self, station: u16, registers: &[KeptRegister]) -> Option<Day> {
        let kept = registers.iter().find(|it| it.register.station == station)?;
        Some(kept.made.day(self.offset()).plus(-1))
    }
}

/// A list that is due before the next week's act.
pub(super) fn is_near(header: &Header, now: UnixTime) -> bool {
    within(header, now, WEEK)
}

/// Where the term is short, most of it.
fn within(header: &Header, now: UnixTime, ahead: i64) -> bool {
    let term = header.next_update.0.since(header.issued.0);
    header.next_update.0.since(now) < ahead.min(term / 7 * 6)
}

/// A station whose key may have signed a permit since a day.
pub(super) fn issues(station: &permit_signing::draft::Station, since: Day) -> bool {
    station.keys.iter().any(|key| key.through.0 > since)
}

/// What a stolen key of this station really signed, as its register knows it by now.
fn grow(list: &mut Revocations, kept: &KeptRegister) {
    let stolen: Vec<_> = list.stolen.iter().map(|it| (it.key, it.since)).collect();
    for (key, since) in stolen {
        if let Ok((key, digests)) = kept.register.signed_by(&key.to_string()) {
            list.enter_stolen(key, since, digests);
        }
    }
}

/// A first list with nothing in it is none.
fn is_empty(draft: &Draft) -> bool {
    match draft {
        Draft::Presence(it) => it.entries.is_empty(),
        Draft::Heads(it) => it.heads.is_empty(),
        Draft::Readers(Readers { readers, .. }) => readers.is_empty(),
        _ => false,
    }
}
