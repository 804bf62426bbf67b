//! What is going on: passages by hour, verdicts by reason, the lists that terminals have, what is due.

use std::collections::BTreeMap;

use permit_core::{
    Day, Direction, UnixTime,
    trust::{Header, Role},
};
use permit_journal::{Entry, Event, Record, Terminal};
use permit_record::Return;
use permit_store::{Cell, Row, Session};

use crate::{
    Failed, Site,
    kept::{
        row,
        tables::{RECORD, REPORT, RETURN, STATION, TOTAL},
        totals::What,
    },
};

/// What went on at this side's checkpoints and terminals in some days.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Traffic {
    /// Passages by the hour of the day at the crossing: entries and exits, seen from this side.
    pub hours: [[u64; 2]; 24],
    /// Verdicts by code, the most frequent first.
    pub verdicts: Vec<(u8, u64)>,
}

/// A list of this side, and when a newer one is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// The list.
    pub list: List,
    /// When a newer one is due.
    pub next: UnixTime,
    /// When it makes nothing valid any more.
    pub expires: UnixTime,
}

/// A document of the bundle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "they are named as in the bundle")]
pub enum List {
    Root,
    Zone,
    Snapshot,
    Stations,
    Revocations,
    Issued,
    Presence,
    Readers,
    Heads,
}

/// Whether a list is to be signed anew.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Urgency {
    /// Not yet.
    None,
    /// It is due within three days.
    Soon,
    /// It was due: terminals show that it is old.
    Past,
    /// It makes nothing valid any more.
    Expired,
}

/// Seconds before a list is due from which on it is to be signed (chosen: three days).
const SOON: i64 = 3 * 24 * 60 * 60;

impl Due {
    /// Whether it is to be signed anew.
    #[must_use]
    pub fn urgency(&self, now: UnixTime) -> Urgency {
        if now > self.expires {
            Urgency::Expired
        } else if now >= self.next {
            Urgency::Past
        } else if now.since(self.next) > -SOON {
            Urgency::Soon
        } else {
            Urgency::None
        }
    }
}

impl List {
    /// The message that names it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Root => "house-list-root",
            Self::Zone => "house-list-zone",
            Self::Snapshot => "house-list-snapshot",
            Self::Stations => "house-list-stations",
            Self::Revocations => "house-list-revocations",
            Self::Issued => "house-list-issued",
            Self::Presence => "house-list-presence",
            Self::Readers => "house-list-readers",
            Self::Heads => "house-list-heads",
        }
    }
}

impl From<Role> for List {
    fn from(role: Role) -> Self {
        match role {
            Role::Root => Self::Root,
            Role::Zone => Self::Zone,
            Role::Stations => Self::Stations,
            Role::Revocations => Self::Revocations,
            Role::Issued => Self::Issued,
            Role::Presence => Self::Presence,
            Role::Readers => Self::Readers,
            Role::Heads => Self::Heads,
            // Reports and passages are no documents of a bundle.
            Role::Snapshot | Role::Report | Role::Passages => Self::Snapshot,
        }
    }
}

/// The lists of this side that a terminal had when it last judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Had {
    /// Version of this side's snapshot; none where it had none.
    pub version: Option<u32>,
    /// When that was signed, where it was ever in force here.
    pub issued: Option<UnixTime>,
    /// When it judged.
    pub at: UnixTime,
}

/// A station as headquarters know it.
#[derive(Clone, PartialEq, Debug)]
pub struct Desk {
    /// Its number.
    pub station: u16,
    /// Its newest return; none where none came.
    pub last: Option<Return>,
}

/// A report that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Its number.
    pub number: u32,
    /// What stands above it.
    pub head: crate::Head,
    /// About the use of permits; else about the situation.
    pub usage: bool,
    /// The signed form.
    pub sealed: Vec<u8>,
}

/// Rows that are read at once (chosen: more than a week has).
const MOST: u64 = 1 << 32;
/// Records from the end of a journal in which the last scan is looked for (chosen: some hours).
const LAST: u64 = 256;

impl Site {
    /// What went on from one day to another, both included; at a terminal alone where one is named.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn traffic(
        &self,
        (from, through): (Day, Day),
        at: Option<Terminal>,
    ) -> Result<Traffic, Failed> {
        let side = self.home.settings().side();
        let session = self.store.read().await?;
        let mut traffic = Traffic::default();
        let mut verdicts: BTreeMap<u8, u64> = BTreeMap::new();
        for cells in totals(&session, (from, through), at).await? {
            let (which, number) = (row::whole(&cells, 3)?, row::count(&cells, 5)?);
            let own = row::terminal_of(row::whole(&cells, 1)?)?.side == side;
            let place = row::place_of(row::whole(&cells, 4)?)?;
            match row::whole(&cells, 2)? {
                What::HOUR if place.side == side => {
                    let hour = usize::try_from(which).map_err(|_| Failed::Row)?;
                    let way = usize::from(place.direction == Direction::Exit);
                    if let Some(count) = traffic.hours.get_mut(hour).and_then(|it| it.get_mut(way))
                    {
                        *count = count.saturating_add(number);
                    }
                }
                What::VERDICT if own => {
                    let code = u8::try_from(which).map_err(|_| Failed::Row)?;
                    *verdicts.entry(code).or_default() += number;
                }
                _ => {}
            }
        }
        traffic.verdicts = verdicts.into_iter().collect();
        traffic.verdicts.sort_by_key(|(code, number)| (core::cmp::Reverse(*number), *code));
        Ok(traffic)
    }

    /// The lists that a terminal had when it last judged, as far as its last records say.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn lists_of(&self, terminal: Terminal, last: u64) -> Result<Option<Had>, Failed> {
        let session = self.store.read().await?;
        let wanted = [("terminal", Cell::Whole(row::terminal(terminal)))];
        let near = ("sequence", row::cell(last.saturating_sub(LAST)), row::cell(last));
        let rows = session.within(&RECORD, &wanted, near, LAST + 1).await?;
        let scan = rows.iter().rev().find_map(|cells| {
            let record = Record::from_bytes(row::bytes(cells, 3).ok()?)?;
            match record.entry {
                Entry::Event(Event::Scanned(scan)) => Some((scan.lists, record.stamp.time())),
                _ => None,
            }
        });
        let Some((lists, at)) = scan else { return Ok(None) };
        let version = if self.home.settings().side_b { lists.b } else { lists.a };
        let known = self.home.snapshots()?;
        let issued = version.and_then(|version| known.get(&version).copied());
        Ok(Some(Had { version, issued, at }))
    }

    /// Version of this side's snapshot in force, and when it was signed.
    ///
    /// # Errors
    ///
    /// When the lists cannot be read.
    pub fn in_force(&self) -> Result<(u32, UnixTime), Failed> {
        let mut held = self.home.lists()?;
        let trust = held.open(None, None)?;
        let lists = trust.lists(self.home.settings().side()).ok_or(Failed::OtherSide)?;
        Ok((lists.snapshot.header.version, lists.snapshot.header.issued))
    }

    /// When each list of this side, the zone register and the root are due, the first due first.
    ///
    /// # Errors
    ///
    /// When the lists cannot be read.
    pub fn due(&self) -> Result<Vec<Due>, Failed> {
        let mut held = self.home.lists()?;
        let trust = held.open(None, None)?;
        let lists = trust.lists(self.home.settings().side()).ok_or(Failed::OtherSide)?;
        let of =
            |list, header: &Header| Due { list, next: header.next_update, expires: header.expires };
        let mut all = vec![
            of(List::Root, &trust.root().header),
            of(List::Zone, &trust.zone().header),
            of(List::Snapshot, &lists.snapshot.header),
            of(List::Stations, &lists.stations.header),
            of(List::Revocations, &lists.revocations.header),
        ];
        all.extend(lists.issued.map(|it| of(List::Issued, &it.header)));
        all.extend(lists.presence.map(|it| of(List::Presence, &it.header)));
        all.extend(lists.readers.map(|it| of(List::Readers, &it.header)));
        all.extend(lists.heads.map(|it| of(List::Heads, &it.header)));
        all.sort_by_key(|it| it.next.0);
        Ok(all)
    }

    /// Every station whose key was entered, with its newest return.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn desks(&self) -> Result<Vec<Desk>, Failed> {
        let session = self.store.read().await?;
        let mut desks = Vec::new();
        for cells in session.all(&STATION).await? {
            let station = u16::try_from(row::whole(&cells, 0)?).map_err(|_| Failed::Row)?;
            let key: [u8; 32] = row::exactly(&cells, 1)?;
            let last = newest(&session, station, &key).await?;
            desks.push(Desk { station, last });
        }
        Ok(desks)
    }

    /// Every report that was made, the newest first.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn reports(&self) -> Result<Vec<Listed>, Failed> {
        let session = self.store.read().await?;
        let listed = |cells: &Row| {
            #[derive(serde::Deserialize)]
            struct Headed {
                head: crate::Head,
            }
            let told = row::bytes(cells, 2)?;
            let Headed { head } = serde_json::from_slice(told).map_err(|_| Failed::Row)?;
            Ok(Listed {
                number: u32::try_from(row::whole(cells, 0)?).map_err(|_| Failed::Row)?,
                head,
                usage: row::whole(cells, 1)? == permit_record::Reported::Use as i64,
                sealed: row::bytes(cells, 3)?.to_vec(),
            })
        };
        session.all(&REPORT).await?.iter().rev().map(listed).collect()
    }
}

/// Totals of some days; of a terminal alone where one is named, whose rows of a day stand together.
async fn totals(
    session: &Session,
    (from, through): (Day, Day),
    at: Option<Terminal>,
) -> Result<Vec<Row>, Failed> {
    let number = |day: Day| Cell::Whole(day.number().into());
    let Some(at) = at else {
        let days = (number(from), number(through));
        return Ok(session.between(&TOTAL, "day", days, MOST).await?);
    };
    let mut rows = Vec::new();
    let mut day = from;
    while day <= through {
        let wanted = [("day", number(day)), ("terminal", Cell::Whole(row::terminal(at)))];
        rows.extend(session.having(&TOTAL, &wanted, MOST).await?);
        day = day.plus(1);
    }
    Ok(rows)
}

/// A station's newest return, as it was signed.
async fn newest(session: &Session, station: u16, key: &[u8; 32]) -> Result<Option<Return>, Failed> {
    let wanted = [("station", Cell::Whole(station.into()))];
    let rows = session.having(&RETURN, &wanted, MOST).await?;
    let mut newest: Option<(i64, &[u8])> = None;
    for cells in &rows {
        let made = row::whole(cells, 2)?;
        if newest.is_none_or(|(before, _)| before < made) {
            newest = Some((made, row::bytes(cells, 6)?));
        }
    }
    let key = permit_core::PublicKey::new(key).map_err(|_| Failed::Row)?;
    Ok(newest.and_then(|(_, sealed)| Return::open(sealed, &key).ok()))
}
