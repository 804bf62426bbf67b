//! Passages as rows: a set that only grows, of both sides.

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{Passage, UnixTime};
use permit_journal::{Crossed, Passages, Pseudonym, Terminal};
use permit_store::{Cell, Row, Session, Table};

use crate::{
    Failed,
    kept::{
        row,
        standing::{self, Standing},
        tables::{PASSAGE, PAST, VOID},
        totals::Sums,
    },
};

/// Passages that are taken in at once (chosen: some statements, a few MiB).
const TOGETHER: usize = 1000;

/// Takes a set of passages in; what is here already stays, what never was is marked so wherever it is.
pub(crate) async fn merge(
    session: &Session,
    passages: &Passages,
    sums: &mut Sums,
) -> Result<u64, Failed> {
    let voided: Vec<_> = passages.voided().collect();
    for voided in voided.chunks(TOGETHER) {
        void(session, voided, sums).await?;
    }
    let mut new = 0;
    let all: Vec<_> = passages.iter().collect();
    for passages in all.chunks(TOGETHER) {
        new += insert(session, passages, sums).await?;
    }
    Ok(new)
}

/// Passages by their ids.
type Known = BTreeMap<i64, (Pseudonym, Crossed)>;

/// Takes passages in; how many there are that were not here, nor were until their term.
async fn insert(
    session: &Session,
    passages: &[(Pseudonym, Crossed)],
    sums: &mut Sums,
) -> Result<u64, Failed> {
    let mut told = Vec::new();
    for (pseudonym, crossed) in passages {
        // What only a list tells of has no place in the set.
        let Some((terminal, sequence)) = crossed.origin else { continue };
        told.push((row::id(terminal, sequence)?, *pseudonym, *crossed));
    }
    let ids: Vec<Cell> = told.iter().map(|it| Cell::Whole(it.0)).collect();
    let (past, void) = (only(session, &PAST, &ids).await?, only(session, &VOID, &ids).await?);
    let before = known(session, &ids).await?;
    let (mut now, mut new) = (before.clone(), BTreeSet::new());
    for (id, pseudonym, mut crossed) in told {
        let have = now.get(&id);
        // Two signed files tell one passage apart: whose word stands does not depend on which came first.
        let stands = have.is_some_and(|(whose, it)| word(*whose, it) <= word(pseudonym, &crossed));
        if !stands && !past.contains(&id) {
            crossed.void |= void.contains(&id);
            now.insert(id, (pseudonym, crossed));
            new.insert(id);
        }
    }
    replace(session, &before, &now, sums).await?;
    Ok(new.len() as u64)
}

/// Decisions on which nobody went through.
async fn void(
    session: &Session,
    voided: &[(Terminal, u64)],
    sums: &mut Sums,
) -> Result<(), Failed> {
    let ids = voided.iter().map(|(terminal, sequence)| row::id(*terminal, *sequence));
    let ids = ids.map(|id| id.map(Cell::Whole)).collect::<Result<Vec<_>, _>>()?;
    let rows: Vec<Row> = ids.iter().map(|id| vec![id.clone()]).collect();
    session.put_all(&VOID, &rows).await?;
    let before = known(session, &ids).await?;
    let mut now = before.clone();
    now.values_mut().for_each(|(_, crossed)| crossed.void = true);
    replace(session, &before, &now, sums).await
}

/// Puts passages in the place of those that had their ids; what permits and days come to follows.
async fn replace(
    session: &Session,
    before: &Known,
    now: &Known,
    sums: &mut Sums,
) -> Result<(), Failed> {
    let differ = |one: &Known, other: &Known| -> Vec<(Pseudonym, Crossed)> {
        let differs = |(id, it): &(&i64, &(Pseudonym, Crossed))| other.get(id) != Some(*it);
        one.iter().filter(differs).map(|(_, it)| *it).collect()
    };
    let (gone, new) = (differ(before, now), differ(now, before));
    let touched: BTreeSet<Pseudonym> = gone.iter().chain(&new).map(|it| it.0).collect();
    let mut permits = histories(session, touched).await?;
    for (pseudonym, crossed) in &gone {
        session.remove(&PASSAGE, &to_row(*pseudonym, crossed)?[..3]).await?;
        if !crossed.void {
            sums.passage(crossed, -1);
        }
    }
    let mut rows = Vec::new();
    for (pseudonym, crossed) in &new {
        rows.push(to_row(*pseudonym, crossed)?);
        if !crossed.void {
            sums.passage(crossed, 1);
        }
    }
    session.add_all(&PASSAGE, &rows).await?;
    let was: BTreeMap<Pseudonym, Standing> =
        permits.iter().map(|(whose, all)| (*whose, Standing::of(*whose, all))).collect();
    for (pseudonym, crossed) in &gone {
        let all = permits.entry(*pseudonym).or_default();
        all.retain(|it| it.origin != crossed.origin);
    }
    for (pseudonym, crossed) in &new {
        permits.entry(*pseudonym).or_default().push(*crossed);
    }
    let changed: Vec<_> = was
        .into_iter()
        .map(|(whose, was)| {
            let now = Standing::of(whose, permits.get(&whose).map_or(&[][..], |all| &all[..]));
            (whose, was, now)
        })
        .collect();
    standing::changed(session, &changed, None, sums).await
}

/// Every passage of these permits that is kept; of whom there is none, an empty list.
pub(crate) async fn histories(
    session: &Session,
    permits: BTreeSet<Pseudonym>,
) -> Result<BTreeMap<Pseudonym, Vec<Crossed>>, Failed> {
    let wanted: Vec<Cell> = permits.iter().map(|it| Cell::Bytes(it.0.to_vec())).collect();
    let mut all: BTreeMap<_, Vec<Crossed>> =
        permits.into_iter().map(|it| (it, Vec::new())).collect();
    for cells in session.any(&PASSAGE, "permit", &wanted).await? {
        let (pseudonym, crossed) = of_row(&cells)?;
        all.entry(pseudonym).or_default().push(crossed);
    }
    Ok(all)
}

/// The passages that have these ids.
async fn known(session: &Session, ids: &[Cell]) -> Result<Known, Failed> {
    let rows = session.any(&PASSAGE, "id", ids).await?;
    rows.iter().map(|cells| Ok((row::whole(cells, 2)?, of_row(cells)?))).collect()
}

/// Which of these ids a table has.
async fn only(session: &Session, table: &Table, ids: &[Cell]) -> Result<BTreeSet<i64>, Failed> {
    let rows = session.any(table, "id", ids).await?;
    rows.iter().map(|cells| row::whole(cells, 0)).collect()
}

/// What a passage says, for comparing.
fn word(pseudonym: Pseudonym, crossed: &Crossed) -> impl Ord {
    let place = row::place(&crossed.passage.checkpoint);
    (pseudonym, crossed.passage.at.0, place, crossed.home as u8, crossed.offset)
}

fn to_row(pseudonym: Pseudonym, crossed: &Crossed) -> Result<Row, Failed> {
    let (terminal, sequence) = crossed.origin.ok_or(Failed::Row)?;
    Ok(vec![
        Cell::Bytes(pseudonym.0.to_vec()),
        Cell::Whole(crossed.passage.at.day(crossed.offset).number().into()),
        Cell::Whole(row::id(terminal, sequence)?),
        Cell::Whole(row::place(&crossed.passage.checkpoint)),
        Cell::Whole(crossed.passage.at.0),
        Cell::Whole(crossed.home as i64),
        Cell::Whole(crossed.offset.into()),
        Cell::Whole(crossed.void.into()),
    ])
}

/// A passage of a row.
pub(crate) fn of_row(cells: &Row) -> Result<(Pseudonym, Crossed), Failed> {
    let passage = Passage {
        checkpoint: row::place_of(row::whole(cells, 3)?)?,
        at: UnixTime(row::whole(cells, 4)?),
    };
    let crossed = Crossed {
        origin: Some(row::of_id(row::whole(cells, 2)?)?),
        passage,
        home: row::side_of(row::whole(cells, 5)?),
        offset: i16::try_from(row::whole(cells, 6)?).map_err(|_| Failed::Row)?,
        void: row::whole(cells, 7)? != 0,
    };
    Ok((Pseudonym(row::exactly(cells, 0)?), crossed))
}
