//! Everything that was done, in order, as the record has it.

use permit_record::{Chain, Entry, Link, Subject};

use super::{Registry, RegistryError, error::act, keep::PAGE, keep::content};
use crate::rules::{Act, Gone};

/// What an entry says of an act.
#[derive(Clone, Copy, Debug)]
pub enum Told<'t> {
    /// All of it.
    Act(&'t Act),
    /// That it was done with an application of which nothing else is left.
    Gone(&'t Gone),
}

impl Registry {
    /// Every entry up to the end that is known, each held against the chain and its content against it; entries of cases
    /// that were let go are left out.
    ///
    /// # Errors
    ///
    /// The first entry that does not hold; the database.
    pub async fn history(
        &self,
        mut each: impl FnMut(&Entry, Told<'_>) + Send,
    ) -> Result<(), RegistryError> {
        let session = self.store().read().await?;
        let mut chain = Chain::default();
        while chain.tip().sequence < self.tip().sequence {
            let left = self.tip().sequence - chain.tip().sequence;
            let page = session.after(chain.tip().sequence, left.min(PAGE)).await?;
            if page.is_empty() {
                break;
            }
            for stored in page {
                let entry = chain.next(&stored.sealed, None)?;
                match entry.subject {
                    Subject::Application(number) => {
                        if let Some(gone) = self.desk().gone(number) {
                            each(&entry, Told::Gone(gone));
                            chain.follow(&entry)?;
                            continue;
                        }
                    }
                    Subject::Case(number) if self.desk().case(number).is_none() => {
                        chain.follow(&entry)?;
                        continue;
                    }
                    _ => {}
                }
                let act = act(&entry, &content(&entry, &stored)?)?;
                each(&entry, Told::Act(&act));
                chain.follow(&entry)?;
            }
        }
        // The end that is known was verified: what leads to the same hash is the same.
        match chain.tip() == self.tip() {
            true => Ok(()),
            false => Err(Link::Broken { at: chain.tip().sequence }.into()),
        }
    }
}
