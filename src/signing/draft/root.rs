//! The root: keys and thresholds, by side and role.

use permit_core::{
    Side,
    trust::{self, Role},
};
use serde::{Deserialize, Serialize};

use super::{DraftError, Header, Key, write::Writer};

/// A root.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Root {
    /// Everything judged under it is a demonstration.
    #[serde(default)]
    pub demo: bool,
    /// Version, times, zone.
    pub header: Header,
    /// Side A.
    pub a: Roles,
    /// Side B.
    pub b: Roles,
}

/// The keys of one side.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// Sign the next root.
    pub root: RoleKeys,
    /// Sign the zone register.
    pub zone: RoleKeys,
    /// Sign the station list.
    pub stations: RoleKeys,
    /// Sign the revocations.
    pub revocations: RoleKeys,
    /// Sign the register of issued permits; may be left out.
    #[serde(default)]
    pub issued: RoleKeys,
    /// Sign the snapshot.
    pub snapshot: RoleKeys,
    /// Sign the presence list; may be left out.
    #[serde(default)]
    pub presence: RoleKeys,
    /// Sign the list of readers; may be left out.
    #[serde(default)]
    pub readers: RoleKeys,
    /// Each signs reports of headquarters; may be left out.
    #[serde(default, skip_serializing_if = "RoleKeys::is_none")]
    pub report: RoleKeys,
    /// Sign the list of countersigned heads; may be left out.
    #[serde(default, skip_serializing_if = "RoleKeys::is_none")]
    pub heads: RoleKeys,
    /// Each signs passages for the other side; may be left out.
    #[serde(default, skip_serializing_if = "RoleKeys::is_none")]
    pub passages: RoleKeys,
}

/// The keys of one role: `threshold` of them must sign.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleKeys {
    /// How many must sign; 0 with no keys.
    pub threshold: u8,
    /// Raw public keys.
    pub keys: Vec<Key>,
}

impl RoleKeys {
    /// True for a role that is not used.
    const fn is_none(&self) -> bool {
        self.threshold == 0 && self.keys.is_empty()
    }
}

impl Root {
    /// The bytes to sign.
    ///
    /// # Errors
    ///
    /// The field a reader would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, DraftError> {
        let mut to = Writer::payload(8);
        self.header.write(&mut to);
        to.field("demo", |to| to.boolean(self.demo));
        for (name, roles) in [("a", &self.a), ("b", &self.b)] {
            to.field(name, |to| roles.write(to));
        }
        to.finish(|payload| trust::Root::decode(payload).map(drop))
    }

    /// The roles of a side.
    #[must_use]
    pub const fn roles(&self, side: Side) -> &Roles {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}

impl Roles {
    /// The keys of a role.
    #[must_use]
    pub const fn of(&self, role: Role) -> &RoleKeys {
        match role {
            Role::Root => &self.root,
            Role::Zone => &self.zone,
            Role::Stations => &self.stations,
            Role::Revocations => &self.revocations,
            Role::Issued => &self.issued,
            Role::Snapshot => &self.snapshot,
            Role::Presence => &self.presence,
            Role::Readers => &self.readers,
            Role::Report => &self.report,
            Role::Heads => &self.heads,
            Role::Passages => &self.passages,
        }
    }

    /// The keys of a role, to change.
    pub const fn of_mut(&mut self, role: Role) -> &mut RoleKeys {
        match role {
            Role::Root => &mut self.root,
            Role::Zone => &mut self.zone,
            Role::Stations => &mut self.stations,
            Role::Revocations => &mut self.revocations,
            Role::Issued => &mut self.issued,
            Role::Snapshot => &mut self.snapshot,
            Role::Presence => &mut self.presence,
            Role::Readers => &mut self.readers,
            Role::Report => &mut self.report,
            Role::Heads => &mut self.heads,
            Role::Passages => &mut self.passages,
        }
    }

    fn write(&self, to: &mut Writer) {
        // Those that came later are left out where nobody has them: one root has one form.
        let all = &Role::ALL;
        let [first @ .., _, _, _] = all;
        let later = [&self.report, &self.heads, &self.passages].iter().any(|keys| !keys.is_none());
        let roles: &[Role] = if later { all } else { first };
        to.array(roles.len());
        for &role in roles {
            let keys = self.of(role);
            to.field(name(role), |to| {
                to.array(2);
                to.field("threshold", |to| to.number(keys.threshold));
                to.list("keys", &keys.keys, |key| *key, |to, key| to.bytes(&key.0));
            });
        }
    }
}

/// The role as descriptions spell it.
#[must_use]
pub const fn name(role: Role) -> &'static str {
    match role {
        Role::Root => "root",
        Role::Zone => "zone",
        Role::Stations => "stations",
        Role::Revocations => "revocations",
        Role::Issued => "issued",
        Role::Snapshot => "snapshot",
        Role::Presence => "presence",
        Role::Readers => "readers",
        Role::Report => "report",
        Role::Heads => "heads",
        Role::Passages => "passages",
    }
}

impl From<&trust::Root<'_>> for Root {
    fn from(root: &trust::Root<'_>) -> Self {
        let roles = |side| {
            let mut roles = Roles::default();
            for role in Role::ALL {
                let keys = root.keys(side, role);
                let raw = keys.keys.iter().map(Key).collect();
                *roles.of_mut(role) = RoleKeys { threshold: keys.threshold, keys: raw };
            }
            roles
        };
        let (a, b) = (roles(Side::A), roles(Side::B));
        Self { demo: root.demo, header: root.header.into(), a, b }
    }
}
