//! The rules, one function each, in the order of the verdicts page (`VERDICTS.md`).
//!
//! A rule answers with its reason and evidence, or with nothing. What a reason means on this journey is
//! the reason's own affair ([`Reason::effect`]): nobody is kept from going home.

use super::{Moment, Place, last_journey, same_journey};
use crate::{
    Checked, Checkpoint, Day, Effect, Entitlement, Finding, Findings, Journey, Notes, Permit,
    PermitId, Presence, Reason, Shut, Side, TerminalFault, Trust, Verdict, Verified,
    trust::{Class, Region},
};

/// One permit, one moment, one place.
pub(super) struct Case<'c, 't> {
    pub(super) permit: &'c Verified<Permit>,
    /// The key it is signed with, and whose that is.
    pub(super) checked: &'c Checked<'c, 't>,
    /// The home region, if the register lists it.
    pub(super) region: Option<Region<'t>>,
    /// Where; none where the crossing's rules are not asked.
    pub(super) place: Option<&'c Place<'t>>,
    pub(super) trust: &'c Trust<'t>,
    pub(super) moment: Moment,
    pub(super) journey: Option<Journey>,
    pub(super) presence: Option<Presence>,
    pub(super) fault: Option<TerminalFault>,
}

impl Case<'_, '_> {
    /// The side whose key signed.
    const fn side(&self) -> Side {
        self.checked.side()
    }
}

type Rule = fn(&Case<'_, '_>) -> Option<Reason>;

/// The order of `VERDICTS.md`.
const ORDER: [Rule; 18] = [
    entitled,
    specimen,
    revoked,
    replaced,
    expired,
    not_yet,
    other_zone,
    region_outside,
    other_crossing,
    shut,
    entries_used,
    not_issued,
    already_there,
    stay_exceeded,
    seen_elsewhere,
    terminal_fault,
    clock_not_trusted,
    lists_too_old,
];

/// Asks every rule: the first invalid finding, else the first that refers, else valid; then the others.
pub(super) fn ask(case: &Case<'_, '_>) -> (Verdict, Findings) {
    let mut found = Findings::new();
    for rule in ORDER {
        if let Some(reason) = rule(case) {
            let effect = reason.effect(case.journey);
            let _ = found.push(Finding { reason, effect });
        }
    }
    let first =
        found.iter().position(|finding| finding.effect == Effect::Invalid).unwrap_or_default();
    if found.is_empty() {
        return (Verdict::Valid, found);
    }
    let Finding { reason, effect } = found.remove(first);
    match effect {
        Effect::Invalid => (Verdict::Invalid(reason), found),
        Effect::Refer => (Verdict::Refer(reason), found),
    }
}

/// 24
fn entitled(case: &Case<'_, '_>) -> Option<Reason> {
    let (permit, station, key) = (case.permit, case.checked.station(), case.checked.key());
    let issued = permit.issued();
    let longest = u32::from(case.trust.zone().limits.longest_validity);
    let suspended = [
        station.suspended,
        case.trust.lists(case.side()).and_then(|lists| lists.revocations.suspended(station.number)),
    ];
    let suspended = suspended.into_iter().flatten().min().filter(|since| issued >= *since);
    let why = if let Some(since) = stolen(case) {
        Entitlement::Stolen { since }
    } else if permit.id.station != station.number {
        Entitlement::Station { named: permit.id.station }
    } else if permit.zone == case.trust.zone().header.zone && !serves(case) {
        Entitlement::Region { region: permit.region }
    } else if issued < key.from || issued > key.through {
        Entitlement::Window { from: key.from, through: key.through, issued }
    } else if permit.days() > longest {
        Entitlement::Validity { days: permit.days(), longest }
    } else if let Some(since) = suspended {
        Entitlement::Suspended { since }
    } else if matches!(key.class, Class::Demo) && !case.trust.is_demo() {
        Entitlement::Demo
    } else {
        return None;
    };
    Some(Reason::NotEntitled { station: station.number, why })
}

/// Since when the key may be in other hands, if it was stolen and did not really sign this.
fn stolen(case: &Case<'_, '_>) -> Option<Day> {
    let lists = case.trust.lists(case.side())?;
    let stolen = lists.revocations.stolen(&case.checked.key().key)?;
    (!stolen.signed(case.checked.payload())).then_some(stolen.since)
}

/// True if the station serves the home region, itself or by delegation, and the region is its side's.
fn serves(case: &Case<'_, '_>) -> bool {
    let region = case.permit.region;
    let delegated = matches!(case.checked.key().class, Class::Delegated(regions) if regions.iter().any(|number| number == region));
    let own_side = case.region.is_none_or(|region| region.side == case.side());
    own_side && (delegated || case.checked.station().regions.iter().any(|number| number == region))
}

/// 25
fn specimen(case: &Case<'_, '_>) -> Option<Reason> {
    case.permit.options.specimen.then_some(Reason::Specimen)
}

/// 32
fn revoked(case: &Case<'_, '_>) -> Option<Reason> {
    revocation(&case.permit.id, case.trust)
}

fn revocation(id: &PermitId, trust: &Trust<'_>) -> Option<Reason> {
    let list = trust.lists(id.side())?.revocations;
    let (how, since) = list.revoked(id)?;
    Some(Reason::Revoked { how, since, listed: list.header.issued })
}

/// 33
fn replaced(case: &Case<'_, '_>) -> Option<Reason> {
    replacement(&case.permit.id, case.trust)
}

fn replacement(id: &PermitId, trust: &Trust<'_>) -> Option<Reason> {
    let good = trust.lists(id.side())?.revocations.good_copy(id)?;
    let replaced = !good.lost && id.copy < good.copy;
    replaced.then_some(Reason::Replaced { copy: id.copy, good: good.copy, since: good.since })
}

/// 31: also when the clock is not trusted and the last day lies before the earliest it can be.
fn expired(case: &Case<'_, '_>) -> Option<Reason> {
    let (through, today) = (case.permit.through, case.moment.today);
    (through < today).then_some(Reason::Expired { through, today })
}

/// 30: not asked of a clock that is not trusted.
fn not_yet(case: &Case<'_, '_>) -> Option<Reason> {
    let (from, today) = (case.permit.from, case.moment.today);
    (case.moment.minute.is_some() && today < from).then_some(Reason::NotYetValid { from, today })
}

/// 41
fn other_zone(case: &Case<'_, '_>) -> Option<Reason> {
    let (permit, here) = (case.permit.zone, case.trust.zone().header.zone);
    (permit != here).then_some(Reason::OtherZone { permit, here })
}

/// 40: not asked of a permit for another zone, whose numbers mean other regions.
fn region_outside(case: &Case<'_, '_>) -> Option<Reason> {
    let member = case.region.is_some_and(|region| region.is_member(case.moment.today));
    let zone = case.trust.zone().header.zone;
    (case.permit.zone == zone && !member)
        .then_some(Reason::RegionOutside { region: case.permit.region, zone })
}

/// 42
fn other_crossing(case: &Case<'_, '_>) -> Option<Reason> {
    let (names, here) = (&case.permit.options.crossings, case.place?.checkpoint.crossing);
    let other = !names.is_empty() && !names.contains(&here);
    other.then(|| Reason::OtherCrossing { names: names.clone(), here })
}

/// 43: the hours are not asked of a clock that is not trusted.
fn shut(case: &Case<'_, '_>) -> Option<Reason> {
    let (place, today) = (case.place?, case.moment.today);
    let crossing = &place.crossing;
    let mut ends = crossing.regions.into_iter().zip(place.ends);
    let outside = ends.find(|(_, end)| !end.is_some_and(|region| region.is_member(today)));
    let shut = crossing
        .shut_on(today)
        .or_else(|| outside.map(|(region, _)| Shut::Region { region }))
        .or_else(|| crossing.shut_at(today, case.moment.minute?));
    shut.map(Reason::CrossingShut)
}

/// 50: outward only; the entry beyond the line is the same journey as the exit before it.
fn entries_used(case: &Case<'_, '_>) -> Option<Reason> {
    let allowed = case.permit.options.entries?;
    let used = made(case)?;
    (case.journey == Some(Journey::Outward) && used >= allowed)
        .then_some(Reason::EntriesUsed { used, allowed })
}

/// Journeys made before this one.
fn made(case: &Case<'_, '_>) -> Option<u32> {
    let (presence, place) = (case.presence?, case.place?);
    let going_on = case.journey == Some(Journey::Outward)
        && same_journey(&presence, place.checkpoint, case.moment.time);
    Some(presence.journeys.saturating_sub(going_on.into()))
}

/// 34: within the grace a permit newer than the register is good, and marked.
fn not_issued(case: &Case<'_, '_>) -> Option<Reason> {
    let reason = missing(case)?;
    if newer_within_grace(case) { None } else { Some(reason) }
}

fn missing(case: &Case<'_, '_>) -> Option<Reason> {
    let register = case.trust.lists(case.side())?.issued?;
    let id = case.permit.id;
    let there = register.contains(id.station, id.year, id.serial);
    (!there).then(|| Reason::NotIssued {
        speaks_for: register.speaks_for,
        issued: case.permit.issued(),
    })
}

fn newer_within_grace(case: &Case<'_, '_>) -> bool {
    let grace = i32::from(case.trust.zone().limits.grace);
    matches!(missing(case), Some(Reason::NotIssued { speaks_for, issued })
        if issued > speaks_for && case.moment.today.since(issued) <= grace)
}

/// 51
fn already_there(case: &Case<'_, '_>) -> Option<Reason> {
    let here = case.place?.checkpoint;
    let home =
        if Some(here.journey(here.side)) == case.journey { here.side } else { here.side.other() };
    on_that_side(&case.presence?, here, home, &case.moment)
}

/// By the last passage the holder already went this way, and this is not the other half of that journey.
fn on_that_side(
    presence: &Presence,
    here: Checkpoint,
    home: Side,
    moment: &Moment,
) -> Option<Reason> {
    let journey = here.journey(home);
    let there = match (presence.last, journey) {
        (Some(last), _) => last_journey(&last, home) == journey,
        (None, Journey::Outward) => presence.outside_since.is_some(),
        (None, Journey::Homeward) => false,
    };
    (there && !same_journey(presence, here, moment.time))
        .then_some(Reason::AlreadyThere { last: presence.last })
}

/// 52: the first day and today both count.
fn stay_exceeded(case: &Case<'_, '_>) -> Option<Reason> {
    let allowed = case.permit.options.stay.unwrap_or(case.trust.zone().limits.stay);
    overstay(&case.presence?, allowed, &case.moment)
}

fn overstay(presence: &Presence, allowed: u16, moment: &Moment) -> Option<Reason> {
    let since = presence.outside_since?.day(moment.offset);
    let days = u32::try_from(moment.today.since(since).saturating_add(1)).ok()?;
    let allowed = u32::from(allowed);
    (days > allowed).then_some(Reason::StayExceeded { days, allowed })
}

/// 53
fn seen_elsewhere(case: &Case<'_, '_>) -> Option<Reason> {
    elsewhere(&case.presence?, case.place?.checkpoint, case.trust, &case.moment)
}

fn elsewhere(
    presence: &Presence,
    here: Checkpoint,
    trust: &Trust<'_>,
    moment: &Moment,
) -> Option<Reason> {
    let last = presence.last?;
    let apart = i64::from(trust.zone().limits.apart).saturating_mul(60);
    let soon = moment.time.since(last.at).saturating_abs() < apart;
    (last.checkpoint.crossing != here.crossing && soon).then_some(Reason::SeenElsewhere { last })
}

/// 62
fn terminal_fault(case: &Case<'_, '_>) -> Option<Reason> {
    case.fault.map(Reason::TerminalFault)
}

/// 60
fn clock_not_trusted(case: &Case<'_, '_>) -> Option<Reason> {
    let now = case.moment.now;
    let why = case.moment.distrust?;
    Some(Reason::ClockNotTrusted { clock: now.clock(), floor: now.floor(), why })
}

/// 61: what this permit leans on; the other side's silence never blocks it.
fn lists_too_old(case: &Case<'_, '_>) -> Option<Reason> {
    let mut leaned_on = case.trust.leaned_on(case.side());
    let (document, header) = leaned_on.find(|(_, header)| header.expires < case.moment.time)?;
    Some(Reason::ListsTooOld { document, issued: header.issued, expired: header.expires })
}

/// What is worth showing beside the verdict.
pub(super) fn notes(case: &Case<'_, '_>, notes: Notes) -> Notes {
    let (permit, moment) = (case.permit, &case.moment);
    let stale =
        case.trust.leaned_on(case.side()).filter(|(_, header)| header.next_update < moment.time);
    Notes {
        newer_than_register: newer_within_grace(case),
        stale_since: stale.map(|(_, header)| header.issued).min(),
        entries_left: permit
            .options
            .entries
            .and_then(|allowed| Some(allowed.saturating_sub(made(case)?))),
        days_left: u32::try_from(permit.through.since(moment.today).saturating_add(1)).ok(),
        stay: Some(permit.options.stay.unwrap_or(case.trust.zone().limits.stay)),
        ..notes
    }
}

/// What the lists and the ledger know of a typed number.
pub(super) fn of_a_number<'n>(
    id: &'n PermitId,
    trust: &'n Trust<'_>,
    moment: &'n Moment,
    presence: Option<(Checkpoint, Presence)>,
) -> impl Iterator<Item = Reason> + 'n {
    let lists = trust.lists(id.side());
    let suspended = lists.and_then(|lists| lists.revocations.suspended(id.station)).map(|since| {
        Reason::NotEntitled { station: id.station, why: Entitlement::Suspended { since } }
    });
    let unlisted = lists
        .and_then(|lists| lists.issued)
        .filter(|register| !register.contains(id.station, id.year, id.serial));
    let unlisted = unlisted.map(|register| Reason::NotIssued {
        speaks_for: register.speaks_for,
        issued: moment.today,
    });
    let known = presence.map(|(here, presence)| {
        [
            on_that_side(&presence, here, id.side(), moment),
            overstay(&presence, trust.zone().limits.stay, moment),
            elsewhere(&presence, here, trust, moment),
        ]
    });
    let listed = [suspended, revocation(id, trust), replacement(id, trust), unlisted];
    listed.into_iter().flatten().chain(known.into_iter().flatten().flatten())
}
