//! What headquarters sign of the journals: how far they have each, and passages for the other side.

use std::collections::BTreeMap;

use minicbor::bytes::ByteArray;
use permit_core::{
    Signer,
    trust::{HeadList, Role},
};
use permit_journal::Terminal;
use permit_record::{Crossing, Crossings, Known, Place};
use permit_signing::{
    Parties,
    draft::{Digest, Draft, Header, Heads, SeenHead, Time},
    sign_at_once,
};
use permit_store::{Cell, Session, Stored};

use crate::{
    Failed, Site,
    kept::{
        row,
        tables::{FILE, PASSAGE, VOID},
    },
    take::{self, given},
};

/// Days until a newer list of heads is due, and until it expires: as the other lists of a side.
const DUE: i64 = 7;
const EXPIRES: i64 = 180;
const DAY: i64 = 24 * 60 * 60;
/// The kind under which files that were given to the other side are remembered.
const GIVEN: i64 = 2;

impl Site {
    /// Countersigns how far every journal of this side has come home: a list of heads for the bundle. It is entered in a
    /// log that is only added to, and no head in it ever falls behind.
    ///
    /// # Errors
    ///
    /// When the key is none of the role's, a head would fall behind, or the database does not answer.
    pub async fn heads<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, Failed> {
        let session = self.store.write().await?;
        let draft = Draft::Heads(self.next_heads(&session).await?);
        let sealed = self.sign_list(&draft, signer, "heads")?;
        log(&session, draft.header().version, &sealed).await?;
        session.commit().await?;
        Ok(sealed)
    }

    /// How far every journal has come home, as the list after the last one in the log.
    pub(crate) async fn next_heads(&self, session: &Session) -> Result<Heads, Failed> {
        let settings = self.home.settings();
        let log = session.after(0, u64::MAX >> 1).await?;
        let heads = self.newest(session).await?;
        let last = log.last();
        if let Some(last) = last {
            let before = decoded(&last.sealed)?;
            let mut each = before.heads.iter();
            let falls = each.any(|old| {
                let now = heads.iter().find(|now| now.number == old.number);
                now.is_none_or(|now| (now.epoch, now.sequence) < (old.epoch, old.sequence))
            });
            if falls {
                return Err(Failed::Document("a head would fall behind".to_owned()));
            }
        }
        let version = last.map_or(1, |last| last.sequence.saturating_add(1));
        let header = self.header(version)?;
        Ok(Heads { side: settings.side().into(), header, heads })
    }

    /// The header of a list that is signed now.
    pub(crate) fn header(&self, version: u64) -> Result<Header, Failed> {
        let now = self.now();
        let after = |days: i64| Time(now.plus(days * DAY));
        Ok(Header {
            version: u32::try_from(version).map_err(|_| Failed::Sequence)?,
            issued: Time(now),
            next_update: after(DUE),
            expires: after(EXPIRES),
            zone: self.home.settings().zone,
        })
    }

    /// A list of this side, by a key of its role.
    pub(crate) fn sign_list<S: Signer>(
        &self,
        list: &Draft,
        signer: &S,
        role: &'static str,
    ) -> Result<Vec<u8>, Failed> {
        let mut held = self.home.lists()?;
        let trust = held.open(None, None)?;
        let parties = Parties::of_side(trust.root(), self.home.settings().side(), list.role());
        if parties.each().iter().all(|party| !party.keys.contains(&signer.public_key())) {
            return Err(Failed::NotOurKey { role });
        }
        sign_at_once(list, &parties, &[signer]).map_err(|error| Failed::Document(error.to_string()))
    }

    /// The last record of each terminal that an export ended with.
    async fn newest(&self, session: &Session) -> Result<Vec<SeenHead>, Failed> {
        let mut newest: BTreeMap<u16, SeenHead> = BTreeMap::new();
        for cells in session.having(&FILE, &[("kind", Cell::Whole(0))], 1 << 40).await? {
            let Terminal { number, .. } = row::terminal_of(row::whole(&cells, 2)?)?;
            let head = SeenHead {
                number,
                epoch: u32::try_from(row::whole(&cells, 5)?).map_err(|_| Failed::Row)?,
                sequence: row::count(&cells, 3)?,
                hash: Digest(row::exactly(&cells, 6)?),
            };
            let place = newest.entry(number).or_insert(head);
            if (place.epoch, place.sequence) < (head.epoch, head.sequence) {
                *place = head;
            }
        }
        Ok(newest.into_values().filter(|head| head.sequence > 0).collect())
    }

    /// Signs this side's passages for the other: everything that is kept, so that one file is enough.
    ///
    /// # Errors
    ///
    /// When the key is none of the role's, or the database does not answer.
    pub async fn passages<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, Failed> {
        let settings = self.home.settings();
        self.may_sign(Role::Passages, &signer.public_key(), "passages")?;
        let session = self.store.write().await?;
        let side = settings.side();
        let mut known = Vec::new();
        for (terminal, stretches) in take::stretches(&session).await? {
            if terminal.side == side {
                let terminal = terminal.number;
                let each = stretches.iter();
                known.extend(each.map(|it| Known { terminal, first: it.first, last: it.last }));
            }
        }
        let mut passages = Vec::new();
        for cells in session.all(&PASSAGE).await? {
            let (pseudonym, crossed) = given::of_row(&cells)?;
            let Some((terminal, sequence)) = crossed.origin else { continue };
            if terminal.side == side {
                passages.push(Crossing {
                    place: Place { terminal: terminal.number, sequence },
                    pseudonym: ByteArray::from(pseudonym.0),
                    crossing: crossed.passage.checkpoint.crossing,
                    direction: crossed.passage.checkpoint.direction,
                    at: crossed.passage.at,
                    home: crossed.home,
                    offset: crossed.offset,
                });
            }
        }
        passages.sort_by_key(|it| it.place);
        let mut void = Vec::new();
        for cells in session.all(&VOID).await? {
            let (terminal, sequence) = row::of_id(row::whole(&cells, 0)?)?;
            if terminal.side == side {
                void.push(Place { terminal: terminal.number, sequence });
            }
        }
        let before = session.having(&FILE, &[("kind", Cell::Whole(GIVEN))], 1 << 40).await?;
        let number = u32::try_from(before.len() + 1).map_err(|_| Failed::Sequence)?;
        let (zone, demo, made) = (settings.zone, settings.demo, self.now());
        let file = Crossings { zone, side, demo, number, made, known, passages, void };
        let sealed = file.seal(signer).map_err(|_| Failed::Signer)?;
        let cells = vec![
            Cell::Bytes(permit_core::sha256(&[&sealed]).to_vec()),
            Cell::Whole(GIVEN),
            Cell::Whole(side as i64),
            Cell::Whole(number.into()),
            Cell::Whole(made.0),
            Cell::Whole(0),
            Cell::Bytes(Vec::new()),
            Cell::Whole(made.0),
        ];
        session.put(&FILE, &cells).await?;
        session.commit().await?;
        Ok(sealed)
    }

    /// That a key is one of this side's for a role.
    pub(crate) fn may_sign(
        &self,
        role: Role,
        key: &[u8; 32],
        name: &'static str,
    ) -> Result<(), Failed> {
        let mut held = self.home.lists()?;
        let trust = held.open(None, None)?;
        let keys = trust.root().keys(self.home.settings().side(), role);
        let ours = keys.keys.iter().any(|listed| listed == *key);
        if ours { Ok(()) } else { Err(Failed::NotOurKey { role: name }) }
    }
}

/// Enters a signed list of heads in the log, once.
pub(crate) async fn log(session: &Session, version: u32, sealed: &[u8]) -> Result<(), Failed> {
    let sequence = u64::from(version);
    if session.after(sequence.saturating_sub(1), 1).await?.iter().any(|it| it.sealed == sealed) {
        return Ok(());
    }
    let sealed = sealed.to_vec();
    Ok(session.append(&Stored { sequence, kind: 0, number: 0, sealed, body: None }).await?)
}

/// The heads of a list in the log.
pub(crate) fn decoded(sealed: &[u8]) -> Result<Heads, Failed> {
    let payload = permit_signing::payload(sealed).ok_or(Failed::Row)?;
    let list = HeadList::decode(payload).map_err(|_| Failed::Row)?;
    Ok(Heads::from(&list))
}
