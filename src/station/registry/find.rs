//! Numbers found by what the tables say. Nothing is believed of them: whoever asks looks at the record's own then.

use permit_store::Cell;

use super::{Registry, RegistryError, project};

impl Registry {
    /// Applications of people born then, as a permit writes it; so many at most.
    ///
    /// # Errors
    ///
    /// The database.
    pub async fn born(&self, birth: &str, most: u64) -> Result<Vec<u32>, RegistryError> {
        let session = self.store().read().await?;
        let wanted = [("birth", Cell::Text(birth.to_owned()))];
        let rows = session.having(&project::APPLICATION, &wanted, most).await?;
        let number = |row: &Vec<Cell>| match row.first() {
            Some(Cell::Whole(number)) => u32::try_from(*number).ok(),
            _ => None,
        };
        Ok(rows.iter().filter_map(number).collect())
    }
}
