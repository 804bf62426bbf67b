//! Passages as rows: a set that only grows, of both sides.

use permit_core::{Passage, UnixTime};
use permit_journal::{Crossed, Passages, Pseudonym};
use permit_store::{Cell, Row, Session};

use crate::{
    Failed,
    kept::{
        row,
        tables::{PASSAGE, PAST, VOID},
        totals::Sums,
    },
};

/// Takes a set of passages in; what is here already stays, what never was is marked so wherever it is.
pub(crate) async fn merge(
    session: &Session,
    passages: &Passages,
    sums: &mut Sums,
) -> Result<u64, Failed> {
    for (terminal, sequence) in passages.voided() {
        void(session, row::id(terminal, sequence)?, sums).await?;
    }
    let mut new = 0;
    for (pseudonym, crossed) in passages.iter() {
        new += u64::from(insert(session, pseudonym, crossed, sums).await?);
    }
    Ok(new)
}

/// Every passage of both sides that is kept.
pub(crate) async fn all(session: &Session) -> Result<Passages, Failed> {
    let mut passages = Passages::default();
    for cells in session.all(&PASSAGE).await? {
        let (pseudonym, crossed) = of_row(&cells)?;
        passages.insert(pseudonym, crossed);
    }
    Ok(passages)
}

/// One passage; false if it is here, or was until its term.
async fn insert(
    session: &Session,
    pseudonym: Pseudonym,
    mut crossed: Crossed,
    sums: &mut Sums,
) -> Result<bool, Failed> {
    // What only a list tells of has no place in the set.
    let Some((terminal, sequence)) = crossed.origin else { return Ok(false) };
    let id = Cell::Whole(row::id(terminal, sequence)?);
    let wanted = [("id", id.clone())];
    if !session.having(&PAST, &wanted, 1).await?.is_empty() {
        return Ok(false);
    }
    let have = session.having(&PASSAGE, &wanted, 1).await?;
    if let Some(have) = have.first() {
        let (known, other) = of_row(have)?;
        if word(known, &other) <= word(pseudonym, &crossed) {
            return Ok(false);
        }
        // Two signed files tell one passage apart: whose word stands does not depend on which came first.
        session.remove(&PASSAGE, &have[..3]).await?;
        if !other.void {
            sums.passage(&other, -1);
        }
    }
    crossed.void |= !session.having(&VOID, &[("id", id)], 1).await?.is_empty();
    if !crossed.void {
        sums.passage(&crossed, 1);
    }
    session.put(&PASSAGE, &to_row(pseudonym, &crossed)?).await?;
    Ok(true)
}

/// A decision on which nobody went through.
async fn void(session: &Session, id: i64, sums: &mut Sums) -> Result<(), Failed> {
    let id = Cell::Whole(id);
    session.put(&VOID, &vec![id.clone()]).await?;
    for row in session.having(&PASSAGE, &[("id", id)], 1).await? {
        let (pseudonym, crossed) = of_row(&row)?;
        if !crossed.void {
            sums.passage(&crossed, -1);
            session.put(&PASSAGE, &to_row(pseudonym, &Crossed { void: true, ..crossed })?).await?;
        }
    }
    Ok(())
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
