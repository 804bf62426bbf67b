//! The presence list: what both sides' passages say of every permit, for the terminals.
//!
//! It has pseudonyms, journeys, since when somebody is away and the last passage; no terminal, no officer, no decision.
//! Both sides come to the same entries from the same passages, whatever order they came in.

use permit_core::{Direction, Signer, UnixTime, trust::DOCUMENT};
use permit_signing::draft::{self, Draft, Header, Passage, PresenceEntry, Pseudonym, Time, Way};
use permit_store::{Cell, Row, Session};

use crate::{
    Failed, Life, Site,
    kept::{
        row, standing,
        tables::{FILE, STANDING},
    },
    take::PASSAGES,
    told::numbers::Numbered,
};

/// The kind under which presence lists that were signed are remembered.
pub(crate) const SIGNED: i64 = 3;

/// A presence list, and what it cannot know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Presence {
    /// The signed list.
    pub sealed: Vec<u8>,
    /// How many permits are in it.
    pub permits: usize,
    /// Terminals of this side that are silent, never reported or have gaps.
    pub missing: Vec<u16>,
    /// When the newest passages of the other side that are here were signed.
    pub other: Option<UnixTime>,
}

impl Site {
    /// Signs what the passages of both sides that are kept say of each permit.
    ///
    /// # Errors
    ///
    /// When the key is none of the role's, the list is longer than a bundle takes, or the database does not answer, knows
    /// less than was signed or has not the record of a head that was countersigned.
    pub async fn presence<S: Signer>(&self, signer: &S) -> Result<Presence, Failed> {
        let session = self.store.write().await?;
        self.not_set_back(&session).await?;
        let list = self.next_presence(&session, false).await?;
        let permits = list.entries.len();
        let list = Draft::Presence(list);
        let sealed = self.sign_list(&list, signer, "presence")?;
        if sealed.len() > DOCUMENT {
            return Err(Failed::Document(format!("{permits} permits are too many for a bundle")));
        }
        let (missing, other) = self.unknown_to_presence(&session).await?;
        self.remember_presence(&session, list.header(), &sealed).await?;
        session.commit().await?;
        self.gave(Numbered::Presence, list.header().version.into()).await?;
        Ok(Presence { sealed, permits, missing, other })
    }

    /// What the passages say, as the next list; `rekeyed` as of [heads](Self::next_heads).
    pub(crate) async fn next_presence(
        &self,
        session: &Session,
        rekeyed: bool,
    ) -> Result<draft::Presence, Failed> {
        // What a terminal told before is not to be missing in it.
        self.borne_out(session, &self.countersigned(session, rekeyed).await?).await?;
        let entries = entries(session).await?;
        let header = self.header(self.next_number(session, Numbered::Presence).await?)?;
        Ok(draft::Presence { side: self.home.settings().side().into(), header, entries })
    }

    /// Terminals whose journals are not all here, and until when the other side's passages are.
    pub(crate) async fn unknown_to_presence(
        &self,
        session: &Session,
    ) -> Result<(Vec<u16>, Option<UnixTime>), Failed> {
        let wanted = [("kind", Cell::Whole(PASSAGES))];
        let mut other = None;
        for cells in session.having(&FILE, &wanted, 1 << 40).await? {
            other = other.max(Some(UnixTime(row::whole(&cells, 4)?)));
        }
        let shown = self.shown(session).await?.into_iter();
        let missing =
            shown.filter(|it| it.listed && (it.life != Life::Heard || !it.gaps.is_empty()));
        Ok((missing.map(|it| it.terminal.number).collect(), other))
    }

    /// That this version was signed.
    pub(crate) async fn remember_presence(
        &self,
        session: &Session,
        header: &Header,
        sealed: &[u8],
    ) -> Result<(), Failed> {
        let cells = vec![
            Cell::Bytes(permit_core::sha256(&[sealed]).to_vec()),
            Cell::Whole(SIGNED),
            Cell::Whole(self.home.settings().side() as i64),
            row::cell(header.version.into()),
            Cell::Whole(header.issued.0.0),
            Cell::Whole(0),
            Cell::Bytes(Vec::new()),
            Cell::Whole(header.issued.0.0),
        ];
        Ok(session.put(&FILE, &cells).await?)
    }
}

/// By pseudonym; whoever was never let through has none.
async fn entries(session: &Session) -> Result<Vec<PresenceEntry>, Failed> {
    let entry = |cells: &Row| {
        let (whose, permit_core::Presence { journeys, outside_since, last }) =
            standing::presence(cells)?;
        let last = last.map(|last| Passage {
            crossing: last.checkpoint.crossing,
            side: last.checkpoint.side.into(),
            direction: match last.checkpoint.direction {
                Direction::Entry => Way::Entry,
                Direction::Exit => Way::Exit,
            },
            at: Time(last.at),
        });
        let outside_since = outside_since.map(Time);
        Ok(PresenceEntry { pseudonym: Pseudonym(whose.0), journeys, outside_since, last })
    };
    session.all(&STANDING).await?.iter().map(entry).collect()
}
