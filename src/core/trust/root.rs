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
/// Most keys in a root: of eight roles on two sides.
const ALL_KEYS: usize = 16 * 8 * 2;

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
}

impl Role {
    /// All of them, in the order of the document.
    pub const ALL: [Self; 8] = [
        Self::Root,
        Self::Zone,
        Self::Stations,
        Self::Revocations,
        Self::Issued,
        Self::Snapshot,
        Self::Presence,
        Self::Readers,
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
        }
    }

    /// Roles a side may leave without keys.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::Issued | Self::Presence | Self::Readers)
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

/// The eight roles of one side.
#[derive(Clone, Copy, Debug)]
struct Roles<'b>([Keys<'b>; 8]);

impl<'b> Roles<'b> {
    fn read(fields: &mut Fields<'b>) -> Result<Self> {
        fields.array(8)?;
        let mut one = |role: Role| {
            let at = fields.fault(Flaw::Count);
            let keys = Keys::read(fields)?;
            if keys.threshold == 0 && !role.is_optional() { Err(at) } else { Ok(keys) }
        };
        let [a, b, c, d, e, f, g, h] = Role::ALL;
        Ok(Self([one(a)?, one(b)?, one(c)?, one(d)?, one(e)?, one(f)?, one(g)?, one(h)?]))
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
