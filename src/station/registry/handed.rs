//! A whole record with its contents, as it is handed back.

use permit_record::{Chain, Link, Recorded};

use super::{Registry, RegistryError, keep::PAGE, keep::content};

impl Registry {
    /// Every entry up to the end that is known, each held against the chain and its content against it.
    ///
    /// # Errors
    ///
    /// The first entry that does not hold; the database.
    pub async fn entries(&self) -> Result<Vec<Recorded>, RegistryError> {
        let session = self.store().read().await?;
        let (mut chain, mut entries) = (Chain::default(), Vec::new());
        while chain.tip().sequence < self.tip().sequence {
            let left = self.tip().sequence - chain.tip().sequence;
            let page = session.after(chain.tip().sequence, left.min(PAGE)).await?;
            if page.is_empty() {
                break;
            }
            for stored in page {
                let entry = chain.next(&stored.sealed, None)?;
                let body = content(&entry, &stored)?.as_bytes().to_vec();
                chain.follow(&entry)?;
                entries.push(Recorded { sealed: stored.sealed, body });
            }
        }
        // The end that is known was verified: what leads to the same hash is the same.
        match chain.tip() == self.tip() {
            true => Ok(entries),
            false => Err(Link::Broken { at: chain.tip().sequence }.into()),
        }
    }
}
