//! Everything that was done, in order, as the record has it.

use permit_record::{Chain, Entry, Link};

use super::{Registry, RegistryError, error::act, keep::PAGE, keep::content};
use crate::rules::Act;

impl Registry {
    /// Every entry up to the end that is known, each held against the chain and its content against it.
    ///
    /// # Errors
    ///
    /// The first entry that does not hold; the database.
    pub async fn history(
        &self,
        mut each: impl FnMut(&Entry, &Act) + Send,
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
                each(&entry, &act(&entry, &content(&entry, &stored)?)?);
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
