//! Permits whose holders are away, and those that were used as one holder cannot: counts, and never which.

use std::collections::BTreeMap;

use permit_core::Side;
use permit_journal::days;
use permit_store::Session;
use serde::{Deserialize, Serialize};

use super::Told;
use crate::{Failed, Site, take::given, told::cells::is_small};

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
            (u32::from(limits.stay), i64::from(limits.apart) * 60)
        };
        let passages = given::all(session).await?;
        let home: BTreeMap<_, _> = passages.iter().map(|(whose, it)| (whose, it.home)).collect();
        let (mut of, mut longer) = ([0_u32; 2], 0_u32);
        for (pseudonym, tally) in passages.tallies() {
            let Some(since) = tally.presence.outside_since else { continue };
            let side = home.get(&pseudonym).copied().unwrap_or(Side::A);
            of[side as usize] += 1;
            longer += u32::from(days(since, self.now(), self.offset()) > stay);
        }
        let mut twice: Vec<_> = passages.conflicts(apart).iter().map(|it| it.pseudonym).collect();
        twice.dedup();
        let twice = u32::try_from(twice.len()).unwrap_or(u32::MAX);
        let told = |number: u32| (!is_small(number)).then_some(number);
        Ok(Away { of_a: told(of[0]), of_b: told(of[1]), longer: told(longer), twice: told(twice) })
    }
}
