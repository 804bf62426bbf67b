//! An officer: number, names, and from when on which key and roles.

use permit_record::{Role, Roles};

/// An officer, past ones too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Officer {
    /// Number, given once.
    pub number: u16,
    /// Name in Latin script.
    pub latin: String,
    /// Name in native script.
    pub native: Option<String>,
    /// Keys and roles, the newest last.
    pub terms: Vec<Term>,
    /// The entry by which the officer was dismissed.
    pub dismissed: Option<u64>,
}

/// From which entry on an officer has which key and roles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// The entry.
    pub since: u64,
    /// Raw public key.
    pub key: [u8; 32],
    /// What the officer may do.
    pub roles: Roles,
}

impl Officer {
    /// True if the officer has this role now.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.dismissed.is_none() && self.terms.last().is_some_and(|term| term.roles.has(role))
    }
}

/// The same name in either script, spelt in whatever case and spacing. Namesakes are taken for one: the cost is that a
/// third officer decides.
pub(super) fn same_person(a: (&str, &Option<String>), b: (&str, &Option<String>)) -> bool {
    let latin = |name: &str| -> String {
        let letters = name.chars().filter(|c| c.is_alphabetic());
        letters.flat_map(char::to_uppercase).collect()
    };
    latin(a.0) == latin(b.0) || (a.1.is_some() && a.1 == b.1)
}
