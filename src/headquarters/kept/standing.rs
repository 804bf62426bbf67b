//! What the passages of each permit come to, kept as they come in, so that no report goes through all of them.
//!
//! Whoever changes passages gives those of a permit before and after: its row and the totals of ways home follow. They are
//! the same as worked out from every row ([`crate::Site::check`]).

use permit_core::{Day, Presence, UnixTime};
use permit_journal::{Clash, Crossed, Passages, Pseudonym};
use permit_store::{Cell, Row, Session};

use crate::{
    Failed,
    kept::{
        row,
        tables::{PASSAGE, STANDING},
        totals::Sums,
    },
    take::given,
};

/// Rows that are looked at once (chosen: a few MiB).
pub(crate) const PAGE: u64 = 10_000;

/// What the passages of one permit come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Standing {
    /// Its row; none where nobody ever went through.
    pub(crate) row: Option<Row>,
    /// Ways home, with the days away.
    homeward: Vec<(Crossed, Option<u32>)>,
}

impl Standing {
    /// Of the passages of one permit, in whatever order.
    pub(crate) fn of(pseudonym: Pseudonym, passages: &[Crossed]) -> Self {
        let mut all = Passages::default();
        passages.iter().for_each(|crossed| all.insert(pseudonym, *crossed));
        let Presence { journeys, outside_since, last } =
            all.tally(&pseudonym).unwrap_or_default().presence;
        let newest = passages.iter().max_by_key(|it| (it.passage.at.0, it.origin));
        // As if any two crossings were too near one another: how near, whoever knows the register's limit compares.
        let clashes = all.conflicts(i64::MAX);
        let same = clashes.iter().any(|it| it.clash == Clash::SameWay);
        let elsewhere = clashes.iter().filter(|it| it.clash == Clash::Elsewhere);
        let apart = |it: &permit_journal::Conflict| {
            it.second.passage.at.since(it.first.passage.at).saturating_abs()
        };
        let near = elsewhere.map(apart).min();
        let row = last.zip(newest).map(|(last, newest)| {
            vec![
                Cell::Bytes(pseudonym.0.to_vec()),
                Cell::Whole(newest.home as i64),
                Cell::Whole(i64::from(journeys)),
                outside_since.map(|it| it.0).into(),
                Cell::Whole(row::place(&last.checkpoint)),
                Cell::Whole(last.at.0),
                Cell::Whole(same.into()),
                near.into(),
            ]
        });
        Self { row, homeward: all.returns().collect() }
    }

    /// Counts its ways home of days after one, or, by -1, takes them back.
    pub(crate) fn count(&self, sums: &mut Sums, after: Option<Day>, number: i64) {
        let counts = |it: &&(Crossed, Option<u32>)| {
            after.is_none_or(|after| it.0.passage.at.day(it.0.offset) > after)
        };
        self.homeward.iter().filter(counts).for_each(|it| sums.homeward(it, number));
    }
}

/// What a row says of a permit: what a presence list has of it.
pub(crate) fn presence(cells: &Row) -> Result<(Pseudonym, Presence), Failed> {
    let outside_since = match cells.get(3) {
        Some(Cell::Whole(at)) => Some(UnixTime(*at)),
        Some(Cell::Null) => None,
        _ => return Err(Failed::Row),
    };
    let last = permit_core::Passage {
        checkpoint: row::place_of(row::whole(cells, 4)?)?,
        at: UnixTime(row::whole(cells, 5)?),
    };
    let journeys = row::whole(cells, 2)?.try_into().map_err(|_| Failed::Row)?;
    let presence = Presence { journeys, outside_since, last: Some(last) };
    Ok((Pseudonym(row::exactly(cells, 0)?), presence))
}

/// Keeps what changed: of each permit, what its passages came to before and come to now. Days through `frozen` count as they do.
pub(crate) async fn changed(
    session: &Session,
    permits: &[(Pseudonym, Standing, Standing)],
    frozen: Option<Day>,
    sums: &mut Sums,
) -> Result<(), Failed> {
    let (mut rows, mut gone) = (Vec::new(), Vec::new());
    for (pseudonym, before, now) in permits {
        before.count(sums, frozen, -1);
        now.count(sums, frozen, 1);
        match &now.row {
            Some(row) => rows.push(row.clone()),
            None => gone.push(Cell::Bytes(pseudonym.0.to_vec())),
        }
    }
    session.remove_any(&STANDING, "permit", &gone).await?;
    Ok(session.put_all(&STANDING, &rows).await?)
}

/// Fills it where passages came before it was kept, with the totals that came with it.
pub(crate) async fn begin(session: &Session) -> Result<(), Failed> {
    if !session.along(&STANDING, ("time", i64::MIN, i64::MAX), 1).await?.is_empty() {
        return Ok(());
    }
    let (mut permits, mut sums) = (Permits::default(), Sums::default());
    while let Some(page) = permits.next(session).await? {
        let mut rows = Vec::new();
        for (pseudonym, passages) in page {
            passages.iter().filter(|it| !it.void).for_each(|it| sums.passage(it, 1));
            let standing = Standing::of(pseudonym, &passages);
            standing.count(&mut sums, None, 1);
            rows.extend(standing.row);
        }
        session.put_all(&STANDING, &rows).await?;
    }
    sums.newer().write(session).await
}

/// Every passage that is kept, permit after permit, in pages of some thousand.
#[derive(Debug)]
pub(crate) struct Permits {
    from: Option<Vec<u8>>,
    page: u64,
}

impl Default for Permits {
    fn default() -> Self {
        Self { from: Some(Vec::new()), page: PAGE }
    }
}

/// Permits with all their passages.
pub(crate) type Page = Vec<(Pseudonym, Vec<Crossed>)>;

impl Permits {
    /// The next of them; none after the last.
    pub(crate) async fn next(&mut self, session: &Session) -> Result<Option<Page>, Failed> {
        loop {
            let Some(from) = self.from.clone() else { return Ok(None) };
            let range = (Cell::Bytes(from), Cell::Bytes(LAST.to_vec()));
            let rows = session.between(&PASSAGE, "permit", range, self.page).await?;
            let mut page: Page = Vec::new();
            for cells in &rows {
                let (pseudonym, crossed) = given::of_row(cells)?;
                match page.last_mut().filter(|it| it.0 == pseudonym) {
                    Some((_, passages)) => passages.push(crossed),
                    None => page.push((pseudonym, vec![crossed])),
                }
            }
            if rows.len() as u64 != self.page {
                self.from = None;
                return Ok(Some(page));
            }
            // Of the last there may be more.
            let Some((cut, _)) = page.pop().filter(|_| !page.is_empty()) else {
                self.page = self.page.saturating_mul(2);
                continue;
            };
            self.from = Some(cut.0.to_vec());
            return Ok(Some(page));
        }
    }
}

/// After every pseudonym, which has fewer bytes.
const LAST: [u8; 33] = [0xff; 33];
