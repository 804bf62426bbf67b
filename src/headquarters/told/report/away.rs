//! Permits whose holders are away, and those that were used as one holder cannot: counts, and never which.

use permit_core::Side;
use permit_store::{Cell, Session};
use serde::{Deserialize, Serialize};

use super::Told;
use crate::{Failed, Site, kept::tables::STANDING, told::cells::is_small};

/// Permits, counted over the passages of both sides that are kept. No two of the counts have a sum that is told.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Away {
    /// Of side A, whose holders are on side B.
    pub of_a: Told,
    /// Of side B, whose holders are on side A.
    pub of_b: Told,
    /// Away for longer than the zone register's stay.
    pub longer: Told,
    /// Used the same way twice, or at two crossings too soon for one holder.
    pub twice: Told,
}

impl Site {
    pub(super) async fn away(&self, session: &Session) -> Result<Away, Failed> {
        let (stay, apart) = {
            let mut held = self.home.lists()?;
            let limits = held.open(None, None)?.zone().limits;
            (limits.stay, i64::from(limits.apart) * 60)
        };
        let whenever = ("since", i64::MIN, i64::MAX);
        let mut of = [0; 2];
        for side in Side::BOTH {
            let home = [("home", Cell::Whole(side as i64))];
            of[side as usize] = number(session.count(&STANDING, &home, whenever).await?);
        }
        // Away since a day so many days ago or earlier, the first and the last both counted.
        let (now, ahead) = (self.now().0, i64::from(self.offset()) * 60);
        let today = now - (now + ahead).rem_euclid(DAY);
        let since = today - (i64::from(stay) - 1) * DAY - 1;
        let longer = session.count(&STANDING, &[], ("since", i64::MIN, since)).await?;
        let twice = session.count(&STANDING, &[], ("same", 1, 1)).await?;
        let once = [("same", Cell::Whole(0))];
        let near = session.count(&STANDING, &once, ("near", i64::MIN, apart - 1)).await?;
        let (longer, twice) = (number(longer), number(twice.saturating_add(near)));
        let told = |number: u32| (!is_small(number)).then_some(number);
        Ok(Away { of_a: told(of[0]), of_b: told(of[1]), longer: told(longer), twice: told(twice) })
    }
}

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

fn number(of: u64) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
