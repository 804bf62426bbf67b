//! The root: which keys speak for each side, and in which role.
//!
//! A root is signed by the thresholds of both sides, and the next one by those of the one before as
//! well. A key has one role on one side; nothing a root lists says anything about a permit. Its form is
//! read without looking at a key as a point: that costs more than all the rest, and is left until the
//! signatures hold.

use crate::{
    Fault, Flaw, KeyId, PublicKey, Side,
    cbor::{Fields, Result},
    cose::Kind,
    trust::{
        header::{self, Header},
        list::{By, List, at_most},
    },
};

/// Most keys in one role.
pub const ROLE_KEYS: u64 = 16;
/// Most keys in a root: of eleven roles on two sides.
const ALL_KEYS: usize = 16 * 11 * 2;
/// Roles of a side in a root of before headquarters signed anything, and in any where these are without keys.
const FIRST: u64 = 8;

/// What a key may sign for its side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// The next root.
    Root,
    /// The zone register.
    Zone,
    /// The station list.
    Stations,
    /// The revocations.
    Revocations,
    /// The register of issued permits.
    Issued,
    /// The snapshot.
    Snapshot,
    /// The presence list.
    Presence,
    /// The list of readers.
    Readers,
    /// Reports of headquarters.
    Report,
    /// The list of countersigned heads.
    Heads,
    /// Passages for the other side.
    Passages,
}

impl Role {
    /// All of them, in the order of the document.
    pub const ALL: [Self; 11] = [
        Self::Root,
        Self::Zone,
        Self::Stations,
        Self::Revocations,
        Self::Issued,
        Self::Snapshot,
        Self::Presence,
        Self::Readers,
        Self::Report,
        Self::Heads,
        Self::Passages,
    ];

    /// The kind of document it signs.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Root => Kind::Root,
            Self::Zone => Kind::Zone,
            Self::Stations => Kind::Stations,
            Self::Revocations => Kind::Revocations,
            Self::Issued => Kind::Issued,
            Self::Snapshot => Kind::Snapshot,
            Self::Presence => Kind::Presence,
            Self::Readers => Kind::Readers,
            Self::Report => Kind::Report,
            Self::Heads => Kind::Heads,
            Self::Passages => Kind::Passages,
        }
    }

    /// Roles a side may leave without keys.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::Issued | Self::Presence | Self::Readers) || self.is_later()
    }

    /// Roles that the first roots did not have.
    const fn is_later(self) -> bool {
        matches!(self, Self::Report | Self::Heads | Self::Passages)
    }

    /// Roles whose every key signs alone: what they sign is in no bundle.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Report | Self::Passages)
    }

    const fn index(self) -> usize {
        self as usize
    }
}

/// The keys of one role, and how many distinct ones must sign.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'b> {
    /// How many must sign; 0 for a role that is not used.
    pub threshold: u8,
    /// Raw public keys, ascending; in a root that a bundle was taken by, each passed [`PublicKey::new`].
    pub keys: List<'b, [u8; 32]>,
}

impl<'b> Keys<'b> {
    /// A role that is not used.
    const NONE: Self = Self { threshold: 0, keys: List::EMPTY };

    /// The key with this id.
    #[must_use]
    pub fn find(&self, kid: KeyId) -> Option<[u8; 32]> {
        self.keys.iter().find(|key| KeyId::of(key) == kid)
    }

    /// True if too few of the `old` keys are left to reach their threshold: the role was given new keys.
    #[must_use]
    pub fn replaces(&self, old: &Self) -> bool {
        let kept = old.keys.iter().filter(|key| self.keys.iter().any(|mine| mine == *key)).count();
        kept < usize::from(old.threshold)
    }

    /// `[threshold, [key …]]`
    fn read(fields: &mut Fields<'b>) -> Result<Self> {
        let at = fields.fault(Flaw::Count);
        fields.array(2)?;
        let threshold = fields.any()?;
        let keys = at_most(ROLE_KEYS, fields, Fields::exactly, By::Itself)?;
        if u64::from(threshold) > keys.len() || (threshold == 0) != keys.is_empty() {
            return Err(at);
        }
        Ok(Self { threshold, keys })
    }
}

/// The roles of one side.
#[derive(Clone, Copy, Debug)]
struct Roles<'b>([Keys<'b>; 11]);

impl<'b> Roles<'b> {
    fn read(fields: &mut Fields<'b>) -> Result<Self> {
        let at = fields.fault(Flaw::Count);
        let count = fields.count()?;
        let all = count == Role::ALL.len() as u64;
        if !all && count != FIRST {
            return Err(at);
        }
        let (mut roles, mut later) = ([Keys::NONE; 11], false);
        for (role, place) in Role::ALL.into_iter().zip(&mut roles) {
            if role.is_later() && !all {
                break;
            }
            let at = fields.fault(Flaw::Count);
            let keys = Keys::read(fields)?;
            let few = keys.threshold == 0 && !role.is_optional();
            if few || (role.is_single() && keys.threshold > 1) {
                return Err(at);
            }
            later |= role.is_later() && keys.threshold > 0;
            *place = keys;
        }
        // One root has one form: roles that nobody has are left out.
        if all == later { Ok(Self(roles)) } else { Err(at) }
    }
}

/// A root.
#[derive(Clone, Copy, Debug)]
pub struct Root<'b> {
    /// Version, times, zone.
    pub header: Header,
    /// Everything judged under it is a demonstration.
    pub demo: bool,
    a: Roles<'b>,
    b: Roles<'b>,
}

impl<'b> Root<'b> {
    /// Reads `[header…, demo, roles of A, roles of B]`, every key sound.
    ///
    /// # Errors
    ///
    /// The byte where it stops being a root.
    pub fn decode(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let root = Self::form(payload)?;
        if root.is_sound() { Ok(root) } else { Err(Fault { offset: 0, flaw: Flaw::Range }) }
    }

    /// The same without asking whether the keys are sound.
    pub(crate) fn form(payload: &'b [u8]) -> core::result::Result<Self, Fault> {
        let (header, mut fields) = header::open(payload, 8)?;
        let demo = fields.boolean()?;
        let at = fields.fault(Flaw::Duplicate);
        let root =
            Self { header, demo, a: Roles::read(&mut fields)?, b: Roles::read(&mut fields)? };
        if root.one_role_each() { Ok(root) } else { Err(at) }
    }

    /// The keys of a role on a side.
    #[must_use]
    pub fn keys(&self, side: Side, role: Role) -> &Keys<'b> {
        let roles = match side {
            Side::A => &self.a.0,
            Side::B => &self.b.0,
        };
        let [first, ..] = roles;
        roles.get(role.index()).unwrap_or(first)
    }

    /// True if every key passes [`PublicKey::new`].
    pub(crate) fn is_sound(&self) -> bool {
        self.each_key(&mut |key| PublicKey::new(key).is_ok())
    }

    /// No key, and no key id, is there twice.
    fn one_role_each(&self) -> bool {
        let mut kids = [KeyId([0; 4]); ALL_KEYS];
        let mut used = 0_usize;
        self.each_key(&mut |key| {
            let kid = KeyId::of(key);
            let (before, rest) = kids.split_at_mut_checked(used).unwrap_or_default();
            let [place, ..] = rest else { return false };
            *place = kid;
            used = used.saturating_add(1);
            !before.contains(&kid)
        })
    }

    /// True if `good` holds of every key.
    fn each_key(&self, good: &mut dyn FnMut(&[u8; 32]) -> bool) -> bool {
        let mut roles = self.a.0.iter().chain(&self.b.0);
        roles.all(|keys| keys.keys.iter().all(|key| good(&key)))
    }
}
