//! Headquarters that are open: their folder, their database, their clock.

use std::time::{SystemTime, UNIX_EPOCH};

use permit_card::Fonts;
use permit_core::{PublicKey, Side, UnixTime, trust::Role};
use permit_journal::Terminal;
use permit_signing::Parts;
use permit_store::{Cell, Session, Store};

use crate::{
    Failed, Finding, Home,
    kept::{
        row, standing,
        tables::{STATION, TABLES, TERMINAL},
    },
    renew::plan,
    take,
    told::heads,
};

/// Headquarters that are open.
#[derive(Debug)]
pub struct Site {
    /// Their folder.
    pub home: Home,
    pub(crate) store: Store,
    clock: Option<UnixTime>,
    pub(crate) fonts: Option<Fonts>,
}

impl Site {
    /// Opens the database, and enters the terminals of the lists in force.
    ///
    /// # Errors
    ///
    /// When folder, lists or database cannot be used.
    pub async fn open(home: Home, database: &str) -> Result<Self, Failed> {
        let store = Store::open(database, &TABLES).await?;
        let site = Self { home, store, clock: None, fonts: None };
        site.enter_terminals().await?;
        let session = site.store.write().await?;
        standing::begin(&session).await?;
        session.commit().await?;
        Ok(site)
    }

    /// The same at a moment of one's choice: for a demonstration and for tests.
    #[must_use]
    pub fn at(self, at: UnixTime) -> Self {
        Self { clock: Some(at), ..self }
    }

    /// The same with fonts: reports have a PDF in each language.
    #[must_use]
    pub fn printing(self, fonts: Fonts) -> Self {
        Self { fonts: Some(fonts), ..self }
    }

    /// The clock.
    #[must_use]
    pub fn now(&self) -> UnixTime {
        self.clock.unwrap_or_else(system)
    }

    /// Minutes ahead of UTC, for days that no crossing decides.
    pub(crate) const fn offset(&self) -> i16 {
        self.home.settings().offset
    }

    /// Takes newer lists. Whose countersigned heads are of another journal than the one that is here are not taken, and it
    /// is a finding.
    ///
    /// # Errors
    ///
    /// Why they are not taken.
    pub async fn take_lists(&self, bundle: &[u8]) -> Result<(), Failed> {
        let next = self.home.newer_lists(bundle, self.now())?;
        self.heads_hold(&next).await?;
        self.home.put_in_force(&next)?;
        self.enter_terminals().await
    }

    /// That no head of this side in a bundle contradicts what is here.
    async fn heads_hold(&self, bundle: &[u8]) -> Result<(), Failed> {
        let parts = Parts::of(bundle).map_err(|it| self.home.unfit("bundle.cbor", it))?;
        let envelope = plan::envelope(&parts, self.home.settings().side(), Role::Heads);
        let Some(heads) = envelope.and_then(|it| heads::decoded(it).ok()) else { return Ok(()) };
        let session = self.store.write().await?;
        let Some((number, at)) = self.contradicted(&session, &heads).await? else { return Ok(()) };
        let terminal = row::terminal(Terminal { side: self.home.settings().side(), number });
        take::note(&session, (terminal, Finding::Fork, at), self.now()).await?;
        session.commit().await?;
        Err(Failed::Fork { terminal: number, at })
    }

    /// Every terminal of the lists, with its key; one that is listed no longer stays known.
    async fn enter_terminals(&self) -> Result<(), Failed> {
        let side = self.home.settings().side();
        let mut held = self.home.lists()?;
        let trust = held.open(None, None)?;
        let readers = trust.lists(side).and_then(|lists| lists.readers);
        let listed: Vec<_> = readers.iter().flat_map(|list| list.readers.iter()).collect();
        let session = self.store.write().await?;
        let known = session.all(&TERMINAL).await?;
        for mut old in known {
            let code = row::whole(&old, 0)?;
            let key: [u8; 32] = row::exactly(&old, 1)?;
            let still = listed.iter().any(|reader| {
                let terminal = Terminal { side, number: reader.number };
                (row::terminal(terminal), reader.key) == (code, key)
            });
            if !still && row::whole(&old, 3)? != 0 {
                old[3] = Cell::Whole(0);
                session.put(&TERMINAL, &old).await?;
            }
        }
        for reader in listed {
            let code = row::terminal(Terminal { side, number: reader.number });
            let crossing = Cell::Whole(reader.crossing.into());
            let key = Cell::Bytes(reader.key.to_vec());
            session.put(&TERMINAL, &vec![Cell::Whole(code), key, crossing, Cell::Whole(1)]).await?;
        }
        Ok(session.commit().await?)
    }

    /// Every key that a terminal ever had.
    pub(crate) async fn keys(
        &self,
        session: &Session,
        terminal: Terminal,
    ) -> Result<Vec<PublicKey>, Failed> {
        let code = Cell::Whole(row::terminal(terminal));
        let rows = session.having(&TERMINAL, &[("terminal", code)], MOST).await?;
        let keys = rows.iter().map(|it| row::exactly(it, 1)).collect::<Result<Vec<_>, _>>()?;
        Ok(keys.iter().filter_map(|key| PublicKey::new(key).ok()).collect())
    }

    /// Gives a station the key of its record, by which its returns are known.
    ///
    /// # Errors
    ///
    /// When the station is the other side's, or the database does not answer.
    pub async fn enter_station(&self, station: u16, key: &PublicKey) -> Result<(), Failed> {
        if Side::of_station(station) != self.home.settings().side() {
            return Err(Failed::OtherSide);
        }
        let session = self.store.write().await?;
        let cells = vec![Cell::Whole(station.into()), Cell::Bytes(key.to_bytes().to_vec())];
        session.put(&STATION, &cells).await?;
        Ok(session.commit().await?)
    }

    /// Ends every connection.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn close(self) -> Result<(), Failed> {
        Ok(self.store.close().await?)
    }
}

/// Keys of one terminal at most, and rows that are read at once (chosen: more than any has).
const MOST: u64 = 1 << 20;

fn system() -> UnixTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
