//! The trust documents a terminal judges by, held for the life of the process.
//!
//! [`Trust`] borrows its bundle and is invariant over the borrow, so it cannot live beside the bytes in one value. The
//! bytes, the index of keys and the view are leaked instead, once for each bundle with something newer that was accepted: a
//! terminal takes a few a week and each is far below a megabyte. Others are tried on bytes that are freed again.

use std::borrow::Cow;

use permit_core::trust::{Crossing, Header, ZoneRegister};
use permit_core::{
    Accepted, Anchor, KeySlot, Now, Side, Terms, Trust, TrustError, UnixTime, sha256,
};
use permit_parts::delta::{Delta, DeltaError};

use crate::machine::{ListsView, Passed, UpdateFault};

/// Accepted documents.
#[derive(Clone, Copy, Debug)]
pub struct Lists {
    bundle: &'static [u8],
    trust: &'static Trust<'static>,
    anchor: Anchor,
}

impl Lists {
    /// Takes a bundle whole or not at all.
    ///
    /// # Errors
    ///
    /// The first rule it breaks; then nothing of it is kept.
    pub fn open(
        bundle: &[u8],
        anchor: Anchor,
        before: Option<&Accepted>,
        now: Option<UnixTime>,
    ) -> Result<Self, TrustError> {
        let terms = Terms { anchor, before, now };
        Self::look(bundle, &terms, |_| ())?;
        Self::hold(bundle, &terms)
    }

    /// What is asked of a bundle that every rule accepts; nothing of it is kept.
    fn look<T>(
        bundle: &[u8],
        terms: &Terms<'_>,
        ask: impl FnOnce(&Trust<'_>) -> T,
    ) -> Result<T, TrustError> {
        Trust::open(bundle, terms, &mut room(bundle)).map(|trust| ask(&trust))
    }

    /// For the life of the process.
    fn hold(bundle: &[u8], terms: &Terms<'_>) -> Result<Self, TrustError> {
        let bytes: &'static [u8] = bundle.to_vec().leak();
        let trust = Box::leak(Box::new(Trust::open(bytes, terms, room(bytes).leak())?));
        Ok(Self { bundle: bytes, trust, anchor: terms.anchor })
    }

    /// The next bundle, held against this one.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn next(&self, bundle: &[u8], now: Option<UnixTime>) -> Result<Self, TrustError> {
        Self::open(bundle, self.anchor, Some(self.trust.accepted()), now)
    }

    /// The newest acceptable of what was kept and what is given with the start, and what was passed over.
    ///
    /// What is kept was accepted before: what is given has to follow it, or is left aside. Only where nothing that was
    /// kept can be used does what is given stand for itself.
    pub fn newest(
        kept: impl IntoIterator<Item = Bundle>,
        given: Option<Bundle>,
        open: impl Fn(&[u8], Option<&Self>) -> Result<Self, TrustError>,
    ) -> (Option<Self>, Passed) {
        let (mut best, mut passed) = (None, Passed::default());
        let mut take = |bundle: Bundle| {
            let opened = bundle.and_then(|bytes| {
                open(&bytes, best.as_ref()).map_err(|error| {
                    tracing::warn!(%error, "a bundle is passed over");
                    UpdateFault::from(&error)
                })
            });
            opened.map(|lists| best = Some(lists)).err()
        };
        for bundle in kept {
            passed.kept = take(bundle).or(passed.kept);
        }
        passed.given = given.and_then(take);
        (best, passed)
    }

    /// As it was given.
    #[must_use]
    pub const fn bundle(&self) -> &'static [u8] {
        self.bundle
    }

    /// What was accepted.
    #[must_use]
    pub const fn trust(&self) -> &'static Trust<'static> {
        self.trust
    }

    /// How old they are.
    #[must_use]
    pub fn view(&self, now: &Now) -> ListsView {
        let time = now.earliest();
        let age = |side| {
            let oldest = self.headers(side).map(|header| header.issued).min()?;
            u32::try_from(time.since(oldest).max(0) / DAY).ok()
        };
        let common = [self.trust.root().header, self.trust.zone().header];
        let all = || Side::BOTH.into_iter().flat_map(|side| self.headers(side)).chain(common);
        ListsView {
            days: Side::BOTH.map(age),
            stale: all().any(|header| header.next_update < time),
            expired: all().any(|header| header.expires < time),
            demo: self.trust.is_demo(),
            passed: Passed::default(),
            lack: None,
        }
    }

    /// The lists of a side that speak of permits.
    fn headers(&self, side: Side) -> impl Iterator<Item = Header> + use<> {
        let lists = self.trust.lists(side);
        lists.into_iter().flat_map(|lists| {
            let issued = lists.issued.map(|list| list.header);
            let others = [lists.snapshot.header, lists.stations.header, lists.revocations.header];
            others.into_iter().chain(issued)
        })
    }
}

/// What new lists are held against.
#[derive(Clone, Copy, Debug)]
pub struct Basis {
    /// The installed root; none where it could not be read, and then nothing is accepted.
    pub anchor: Option<Anchor>,
    /// The lists in use.
    pub before: Option<Lists>,
}

impl Basis {
    /// What the lists in use say.
    #[must_use]
    pub fn trust(&self) -> Option<&'static Trust<'static>> {
        self.before.map(|lists| lists.trust)
    }

    /// What a delta makes of the lists in use, to be judged like any bundle; those themselves where they are what it makes.
    ///
    /// # Errors
    ///
    /// It is damaged, forged, or made for others.
    pub fn patched(&self, delta: &[u8]) -> Result<Cow<'static, [u8]>, UpdateFault> {
        let base = self.before.map_or(&[][..], |lists| lists.bundle);
        let refused = |error| {
            tracing::warn!(%error, "a delta is refused");
            match error {
                DeltaError::OtherBase => UpdateFault::Base,
                DeltaError::Forged => UpdateFault::Refused,
                _ => UpdateFault::Unfit,
            }
        };
        let delta = Delta::read(delta).map_err(refused)?;
        if self.before.is_some() && delta.result() == sha256(&[base]) {
            return Ok(Cow::Borrowed(base));
        }
        delta.patch(base).map(Cow::Owned).map_err(refused)
    }

    /// Takes a bundle whole or not at all: it is kept by `store`, then held for the life of the process. One whose every
    /// document is in use already, whoever signed it besides, costs neither: the lists in use are what is stored, and
    /// nothing comes back.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn take(
        &self,
        bundle: &[u8],
        spot: &Spot,
        now: Option<UnixTime>,
        store: impl FnOnce(&[u8]) -> Result<(), UpdateFault>,
    ) -> Result<Option<Lists>, UpdateFault> {
        let anchor = self.anchor.ok_or(UpdateFault::Rootless)?;
        let before = self.before.map(|lists| lists.trust.accepted());
        let terms = Terms { anchor, before, now };
        let refused = |error: TrustError| {
            tracing::warn!(%error, "a bundle is refused");
            UpdateFault::from(&error)
        };
        let look = |trust: &Trust<'_>| (*trust.accepted(), spot.of(trust.zone()).is_some());
        let (accepted, here) = Lists::look(bundle, &terms, look).map_err(refused)?;
        match self.before {
            _ if !here => Err(UpdateFault::Elsewhere),
            Some(lists) if *lists.trust.accepted() == accepted => {
                store(lists.bundle).map(|()| None)
            }
            _ => {
                store(bundle)?;
                Lists::hold(bundle, &terms).map(Some).map_err(refused)
            }
        }
    }
}

/// Room for the index of keys: a key takes more than its 32 bytes.
fn room(bundle: &[u8]) -> Vec<KeySlot> {
    vec![KeySlot::EMPTY; bundle.len() / 32 + 1]
}

/// Where a terminal stands, as it was told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot(String);

impl Spot {
    /// A number, an identifier or any name of a crossing.
    #[must_use]
    pub fn new(said: &str) -> Self {
        Self(said.trim().to_owned())
    }

    /// The crossing's number, as far as it is known without lists.
    #[must_use]
    pub fn number(&self) -> Option<u16> {
        self.0.parse().ok()
    }

    /// The crossing that is meant.
    #[must_use]
    pub fn of<'b>(&self, zone: &ZoneRegister<'b>) -> Option<Crossing<'b>> {
        if let Some(number) = self.number() {
            return zone.crossing(number);
        }
        let folded = |name: &str| -> String {
            let kept =
                name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\'' | '–'));
            kept.flat_map(char::to_lowercase).collect()
        };
        let meant = folded(&self.0);
        let is = |name: &str| folded(name) == meant;
        zone.crossings
            .iter()
            .find(|crossing| is(crossing.id) || crossing.names.iter().any(|(_, name)| is(name)))
    }
}

/// The bytes of a bundle, or why they cannot be had.
pub type Bundle = Result<Vec<u8>, UpdateFault>;

impl From<&TrustError> for UpdateFault {
    fn from(error: &TrustError) -> Self {
        match error {
            TrustError::Rollback { .. } | TrustError::BelowMinimum { .. } => Self::Older,
            TrustError::Fork { .. } => Self::Forked,
            _ => Self::Refused,
        }
    }
}

const DAY: i64 = 24 * 60 * 60;

#[cfg(test)]
mod tests {
    use permit_signing::demo;

    use super::*;

    fn open(bundle: &[u8]) -> Result<Lists, TrustError> {
        Lists::open(bundle, demo::anchor().unwrap(), None, None)
    }

    fn version(lists: &Lists) -> [Option<u32>; 2] {
        let lists = Side::BOTH.map(|side| lists.trust().lists(side));
        lists.map(|lists| lists.map(|lists| lists.snapshot.header.version))
    }

    #[test]
    fn whole_or_not_at_all() {
        let lists = open(demo::BUNDLE).unwrap();
        assert!(lists.trust().is_demo());
        assert!(open(&demo::BUNDLE[..demo::BUNDLE.len() - 1]).is_err());
        assert!(lists.next(demo::BUNDLE, None).is_ok(), "the same again is no step back");
        assert!(lists.next(&demo::BUNDLE[1..], None).is_err());
    }

    /// Every pair of what is kept and what is given: the newer is used, whatever is wrong with the other.
    #[test]
    fn row_07_the_newest_acceptable_is_used() {
        let world = demo::World::make().unwrap();
        let (old, new) = (demo::BUNDLE.to_vec(), world.next_bundle().unwrap());
        let torn = || Ok(demo::BUNDLE[..1_000].to_vec());
        let chosen = |kept: Vec<Bundle>, given: Option<Bundle>| {
            let anchor = demo::anchor().unwrap();
            let open = |bytes: &[u8], before: Option<&Lists>| match before {
                None => Lists::open(bytes, anchor, None, None),
                Some(before) => before.next(bytes, None),
            };
            let (lists, passed) = Lists::newest(kept, given, open);
            (lists.as_ref().map(version), passed.kept, passed.given)
        };
        let [first, second] = [&old, &new].map(|bundle| Some(version(&open(bundle).unwrap())));
        assert_ne!(first, second);
        let (older, refused) = (Some(UpdateFault::Older), Some(UpdateFault::Refused));
        let nothing = Some(UpdateFault::Nothing);
        let (old, new) = (|| Ok(old.clone()), || Ok(new.clone()));
        for (kept, given, wanted) in [
            (vec![new()], Some(old()), (second, None, older)),
            (vec![old()], Some(new()), (second, None, None)),
            (vec![new()], Some(new()), (second, None, None)),
            (vec![new()], Some(torn()), (second, None, refused)),
            (vec![new()], Some(Err(UpdateFault::Nothing)), (second, None, nothing)),
            (vec![torn()], Some(old()), (first, refused, None)),
            (vec![torn(), new()], Some(old()), (second, refused, older)),
            (vec![new(), old()], None, (second, older, None)),
            (vec![], Some(old()), (first, None, None)),
            (vec![torn()], Some(torn()), (None, refused, refused)),
            (vec![], None, (None, None, None)),
        ] {
            assert_eq!(chosen(kept, given), wanted);
        }
    }

    #[test]
    fn days_and_warnings() {
        let lists = open(demo::BUNDLE).unwrap();
        let view = |days| {
            let at = demo::ISSUED.plus(days * DAY);
            lists.view(&Now::by_hand(at, lists.trust().newest()))
        };
        assert_eq!(view(0).days, [Some(0), Some(0)]);
        assert!(view(0).demo && !view(6).stale);
        assert!(view(8).stale && !view(8).expired);
        assert_eq!(view(100).days, [Some(100), Some(100)]);
        assert!(view(181).expired);
    }
}
