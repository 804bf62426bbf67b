//! What was done with something, entry by entry, as the record has it.

use permit_record::{Entry, Link, Subject};

use super::{Registry, RegistryError, error::act, keep::content};
use crate::rules::Act;

impl Registry {
    /// Every entry about a subject, in order, each verified and none left out.
    ///
    /// # Errors
    ///
    /// The first entry that does not hold or does not follow its subject's last; the database.
    pub async fn story(&self, subject: Subject) -> Result<Vec<(Entry, Act)>, RegistryError> {
        let (key, session) = (self.key()?, self.store().read().await?);
        let (mut story, mut before) = (Vec::new(), 0);
        for stored in session.about(subject.kind(), subject.number()).await? {
            let at = stored.sequence;
            let entry =
                Entry::open(&stored.sealed, &key).map_err(|why| Link::Refused { at, why })?;
            if entry.sequence > self.tip().sequence {
                break;
            }
            if entry.before != before || entry.subject != subject {
                return Err(Link::Subject { at }.into());
            }
            before = entry.sequence;
            let act = act(&entry, &content(&entry, &stored)?)?;
            story.push((entry, act));
        }
        match before == self.last(subject) {
            true => Ok(story),
            false => Err(Link::Subject { at: self.last(subject) }.into()),
        }
    }
}
