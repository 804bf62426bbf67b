//! What this side countersigned already, and whether the records that are here bear it out.
//!
//! A list of heads is a promise: the record it names is here, and everything later hangs on it. So an export that departs from
//! a head is a fork, also where the records before it are gone with a database; lists whose heads contradict the records
//! are not taken; and no head goes on over records that are missing, which may be another journal's.

use std::collections::BTreeMap;

use permit_journal::{Entry, Hash, Record, Terminal};
use permit_signing::draft::{Digest, Heads, SeenHead};
use permit_store::{Cell, Session};

use super::heads::decoded;
use crate::{
    Failed, Site, Stretch,
    kept::{
        row,
        tables::{FILE, GONE, RECORD},
    },
    take::{self, JOURNAL, Link},
};

/// Heads by terminal and sequence.
pub(crate) type Countersigned = BTreeMap<(u16, u64), SeenHead>;

impl Site {
    /// Every head of this side that is in the log or, unless other keys sign them from now on, in the lists in force.
    pub(crate) async fn countersigned(
        &self,
        session: &Session,
        rekeyed: bool,
    ) -> Result<Countersigned, Failed> {
        let mut all = Countersigned::new();
        for entry in session.after(0, u64::MAX >> 1).await? {
            enter(&mut all, &decoded(&entry.sealed)?);
        }
        let mut held = self.home.lists()?;
        let trust = held.open(None, None)?;
        let lists = trust.lists(self.home.settings().side());
        if let Some(heads) = lists.and_then(|it| it.heads).filter(|_| !rekeyed) {
            enter(&mut all, &Heads::from(&heads));
        }
        Ok(all)
    }

    /// That every head which was countersigned is borne out by a record that is here.
    pub(crate) async fn borne_out(
        &self,
        session: &Session,
        heads: &Countersigned,
    ) -> Result<(), Failed> {
        for head in newest(heads).values() {
            let at = head.sequence;
            match self.link(session, self.own(head.number), at).await? {
                Some(link) if link.hash == Hash(head.hash.0) => {}
                Some(_) => return Err(Failed::Fork { terminal: head.number, at }),
                None => return Err(Failed::Behind { terminal: head.number, at }),
            }
        }
        Ok(())
    }

    /// The terminal and record at which a list of heads that is offered contradicts what is here or was countersigned: of
    /// another journal, or behind an older list.
    pub(crate) async fn contradicted(
        &self,
        session: &Session,
        offered: &Heads,
    ) -> Result<Option<(u16, u64)>, Failed> {
        let known = self.countersigned(session, false).await?;
        for head in &offered.heads {
            let (at, hash) = (head.sequence, Hash(head.hash.0));
            let link = self.link(session, self.own(head.number), at).await?;
            let other = known.get(&(head.number, at)).is_some_and(|it| it.hash != head.hash);
            if other || link.is_some_and(|it| it.hash != hash) {
                return Ok(Some((head.number, at)));
            }
        }
        // Of those that were signed here before it none is further.
        let version = u64::from(offered.header.version);
        let mut earlier = Countersigned::new();
        for entry in session.after(0, u64::MAX >> 1).await? {
            if entry.sequence <= version {
                enter(&mut earlier, &decoded(&entry.sealed)?);
            }
        }
        let behind = newest(&earlier).into_values().find(|old| {
            let now = offered.heads.iter().find(|now| now.number == old.number);
            now.is_none_or(|now| (now.epoch, now.sequence) < (old.epoch, old.sequence))
        });
        Ok(behind.map(|old| (old.number, old.sequence)))
    }

    /// How far the journal of each terminal is here without a gap since the last head, or since its chain began.
    pub(crate) async fn joined_ends(
        &self,
        session: &Session,
        heads: &Countersigned,
    ) -> Result<Vec<SeenHead>, Failed> {
        let mut ends = newest(heads);
        let stretches = take::stretches(session).await?;
        for cells in session.having(&FILE, &[("kind", Cell::Whole(JOURNAL))], 1 << 40).await? {
            let terminal = row::terminal_of(row::whole(&cells, 2)?)?;
            let (sequence, hash) = (row::count(&cells, 3)?, Hash(row::exactly(&cells, 6)?));
            let epoch = u32::try_from(row::whole(&cells, 5)?).map_err(|_| Failed::Row)?;
            let number = terminal.number;
            let last = ends.get(&number).map(|it| (it.epoch, it.sequence));
            if sequence == 0 || last >= Some((epoch, sequence)) {
                continue;
            }
            let all = stretches.get(&terminal).into_iter().flat_map(|it| it.iter());
            let Some(stretch) =
                all.into_iter().find(|it| it.first <= sequence && sequence <= it.last)
            else {
                continue;
            };
            let here = self.link(session, terminal, sequence).await?;
            if here.is_some_and(|it| it.hash == hash)
                && self.hangs(session, terminal, stretch, heads).await?
            {
                let hash = Digest(hash.0);
                ends.insert(number, SeenHead { number, epoch, sequence, hash });
            }
        }
        Ok(ends.into_values().collect())
    }

    /// Whether nothing is missing before a stretch: it begins a chain, has a record that was countersigned, or the terminal
    /// itself says in it that what was before is past its term.
    async fn hangs(
        &self,
        session: &Session,
        terminal: Terminal,
        stretch: Stretch,
        heads: &Countersigned,
    ) -> Result<bool, Failed> {
        let number = terminal.number;
        let seen = heads.range((number, stretch.first)..=(number, stretch.last)).next().is_some();
        if stretch.begins || seen {
            return Ok(true);
        }
        let Some(first) = self.link(session, terminal, stretch.first).await? else {
            return Ok(false);
        };
        let wanted = [("terminal", Cell::Whole(row::terminal(terminal)))];
        let range = ("sequence", row::cell(stretch.first), row::cell(stretch.last));
        for cells in session.within(&RECORD, &wanted, range, 1 << 32).await? {
            let record = Record::from_bytes(row::bytes(&cells, 3)?).ok_or(Failed::Row)?;
            if let Entry::Pruned(pruned) = &record.entry
                && pruned.end().is_some_and(|it| {
                    it.hash == first.previous && it.sequence.saturating_add(1) == stretch.first
                })
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Where a record that is here, or was until its term, stands in its chain.
    async fn link(
        &self,
        session: &Session,
        terminal: Terminal,
        sequence: u64,
    ) -> Result<Option<Link>, Failed> {
        let wanted =
            [("terminal", Cell::Whole(row::terminal(terminal))), ("sequence", row::cell(sequence))];
        if let Some(cells) = session.having(&RECORD, &wanted, 1).await?.first() {
            let record = Record::from_bytes(row::bytes(cells, 3)?).ok_or(Failed::Row)?;
            return Ok(Some(Link::of(&record, Hash(row::exactly(cells, 2)?), terminal)));
        }
        session.having(&GONE, &wanted, 1).await?.first().map(Link::gone).transpose()
    }

    const fn own(&self, number: u16) -> Terminal {
        Terminal { side: self.home.settings().side(), number }
    }
}

fn enter(all: &mut Countersigned, list: &Heads) {
    all.extend(list.heads.iter().map(|it| ((it.number, it.sequence), *it)));
}

/// The last head of each terminal.
fn newest(heads: &Countersigned) -> BTreeMap<u16, SeenHead> {
    let mut newest: BTreeMap<u16, SeenHead> = BTreeMap::new();
    for head in heads.values() {
        let place = newest.entry(head.number).or_insert(*head);
        if (place.epoch, place.sequence) < (head.epoch, head.sequence) {
            *place = *head;
        }
    }
    newest
}
