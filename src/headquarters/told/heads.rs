//! What headquarters sign of the journals: how far they have each, and passages for the other side.

use minicbor::bytes::ByteArray;
use permit_core::{
    Signer,
    trust::{HeadList, Role},
};
use permit_record::{Crossing, Crossings, Known, Place};
use permit_signing::{
    Parties,
    draft::{Draft, Header, Heads, Time},
    sign_at_once,
};
use permit_store::{Cell, Session, Stored};

use crate::{
    Failed, Site,
    kept::{
        row,
        tables::{FILE, PASSAGE, VOID},
    },
    take::{self, GIVEN, given},
    told::numbers::Numbered,
};

/// Days until a newer list of heads is due, and until it expires: as the other lists of a side.
const DUE: i64 = 7;
const EXPIRES: i64 = 180;
const DAY: i64 = 24 * 60 * 60;

impl Site {
    /// Countersigns how far every journal of this side has come home: a list of heads for the bundle. It is entered in a
    /// log that is only added to, and no head in it ever falls behind or goes over records that are missing.
    ///
    /// # Errors
    ///
    /// When the key is none of the role's, the database knows less than was signed ([`Failed::SetBack`]) or has not the
    /// record of a head that was countersigned ([`Failed::Behind`], [`Failed::Fork`]), or does not answer.
    pub async fn heads<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, Failed> {
        let session = self.store.write().await?;
        self.not_set_back(&session).await?;
        let draft = Draft::Heads(self.next_heads(&session, false).await?);
        let sealed = self.sign_list(&draft, signer, "heads")?;
        let version = draft.header().version;
        log(&session, version, &sealed).await?;
        session.commit().await?;
        self.gave(Numbered::Heads, version.into()).await?;
        Ok(sealed)
    }

    /// How far every journal has come home, as the list after every one that was signed; where the role gets other keys, what
    /// the old ones signed in the lists in force counts for nothing.
    pub(crate) async fn next_heads(
        &self,
        session: &Session,
        rekeyed: bool,
    ) -> Result<Heads, Failed> {
        let countersigned = self.countersigned(session, rekeyed).await?;
        self.borne_out(session, &countersigned).await?;
        let heads = self.joined_ends(session, &countersigned).await?;
        let header = self.header(self.next_number(session, Numbered::Heads).await?)?;
        Ok(Heads { side: self.home.settings().side().into(), header, heads })
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

    /// Signs this side's passages for the other: everything that is kept, so that one file is enough.
    ///
    /// # Errors
    ///
    /// When the key is none of the role's, or the database does not answer.
    pub async fn passages<S: Signer>(&self, signer: &S) -> Result<Vec<u8>, Failed> {
        let settings = self.home.settings();
        self.may_sign(Role::Passages, &signer.public_key(), "passages")?;
        let session = self.store.write().await?;
        self.not_set_back(&session).await?;
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
        let number = self.next_number(&session, Numbered::Passages).await?;
        let number = u32::try_from(number).map_err(|_| Failed::Sequence)?;
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
        self.gave(Numbered::Passages, number.into()).await?;
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
