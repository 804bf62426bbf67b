//! Opening a registry and recording acts.

mod sign;

use std::path::PathBuf;

use permit_core::{PublicKey, Signer as _, UnixTime};
use permit_record::{Body, Chain, Entry, Offered, Return, Subject, Tip};
use permit_signing::SecretKey;
use permit_store::{Session, Store, Stored};

use super::{RegistryError, error::act, project};
use crate::{
    card::portrait,
    home,
    rules::{self, Act, Ahead, ApplicationAct, Desk, Founding, OfficeAct, Outcome, Pending},
};

pub use sign::Signed;

/// What a desk signs with.
#[derive(Debug)]
pub struct Keys {
    /// The record's.
    pub record: SecretKey,
    /// The station's, where permits are signed here.
    pub station: Option<SecretKey>,
}

/// A desk on its record.
#[derive(Debug)]
pub struct Registry {
    store: Store,
    keys: Keys,
    /// Where the end of the record is remembered beside the database.
    memory: Option<PathBuf>,
    chain: Chain,
    desk: Desk,
    /// Set while it is not known whether the database did what it was told.
    doubt: bool,
}

/// What was read of a record.
pub(super) struct Replayed {
    pub(super) chain: Chain,
    pub(super) desk: Desk,
}

impl Registry {
    /// Begins a record.
    ///
    /// # Errors
    ///
    /// When the founding does not hold, there is a record already, or the database does not answer.
    pub async fn create(
        store: Store,
        keys: Keys,
        memory: Option<PathBuf>,
        founding: Founding,
        at: UnixTime,
    ) -> Result<Self, RegistryError> {
        if founding.key != keys.record.public_key() {
            return Err(RegistryError::OtherDesk);
        }
        let desk = Desk::found(founding.clone(), at)?;
        let session = store.write().await?;
        if !session.after(0, 1).await?.is_empty() {
            return Err(RegistryError::OtherDesk);
        }
        let act = Act::Office(OfficeAct::Found(founding));
        let mut chain = Chain::default();
        let (entry, body) = entry(&chain, 0, at, &act)?;
        append(&session, &entry, &body, &keys.record).await?;
        chain.follow(&entry)?;
        let registry = Self { store, keys, memory, chain, desk, doubt: false };
        registry.write_tables(&session, &[Subject::Office]).await?;
        session.commit().await?;
        registry.remember()?;
        Ok(registry)
    }

    /// Opens a record that [`Registry::create`] began with the same record key, and replays it.
    ///
    /// # Errors
    ///
    /// The first entry that does not hold; [`RegistryError::Shorter`] where the record ends before what this desk
    /// remembers.
    pub async fn open(
        store: Store,
        keys: Keys,
        memory: Option<PathBuf>,
    ) -> Result<Self, RegistryError> {
        let key = sound(&keys)?;
        let known = memory.as_deref().map(home::tip).transpose()?.flatten();
        let session = store.read().await?;
        let Replayed { chain, desk } = replayed(&session, &key, known, false).await?;
        drop(session);
        let registry = Self { store, keys, memory, chain, desk, doubt: false };
        registry.let_portraits_go()?;
        Ok(registry)
    }

    /// What is known, by the record.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The end of the record.
    #[must_use]
    pub const fn tip(&self) -> Tip {
        self.chain.tip()
    }

    /// The database.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The last entry about a subject.
    pub(super) fn last(&self, subject: Subject) -> u64 {
        self.chain.last(subject)
    }

    pub(super) fn known(&self) -> Result<Option<Tip>, RegistryError> {
        self.memory.as_deref().map(home::tip).transpose().map(Option::flatten)
    }

    pub(super) fn key(&self) -> Result<PublicKey, RegistryError> {
        sound(&self.keys)
    }

    /// Takes what others have recorded meanwhile.
    ///
    /// # Errors
    ///
    /// An entry that does not hold, or the database.
    pub async fn catch_up(&mut self) -> Result<(), RegistryError> {
        let session = self.store.read().await?;
        self.take_new(&session).await
    }

    /// Does an act in an officer's name, and records it. Of a decision that is denied, that it was offered is recorded, and nothing
    /// else.
    ///
    /// # Errors
    ///
    /// [`RegistryError::Denied`] with the rule; the others when record or database do not hold. Nothing was done
    /// then, but where the database failed while it committed: that is found out at the next act.
    pub async fn act(&mut self, by: u16, at: UnixTime, act: Act) -> Result<Outcome, RegistryError> {
        // A permit is issued by signing it: see `issue`.
        if matches!(act, Act::Application(_, ApplicationAct::Issue(_) | ApplicationAct::Reprint(_)))
        {
            return Err(RegistryError::NoStationKey);
        }
        let session = self.begin().await?;
        let denied = match self.record(session, by, at, act.clone()).await {
            Err(RegistryError::Denied(denied)) => denied,
            done => return done,
        };
        if let Some(offered) = self.desk.offered(by, self.moment(at), &act, &denied) {
            self.not_taken(by, at, offered).await?;
        }
        Err(denied.into())
    }

    /// Records that a decision was offered and not taken, unless that is on the record of the day.
    async fn not_taken(
        &mut self,
        by: u16,
        at: UnixTime,
        offered: Offered,
    ) -> Result<(), RegistryError> {
        let session = self.begin().await?;
        match self.record(session, by, at, Act::Office(OfficeAct::NotTaken(offered))).await {
            Ok(_) | Err(RegistryError::Denied(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Does several acts about one application, all of them or none; of number 0 the first one begins it. Its number.
    ///
    /// # Errors
    ///
    /// As [`Registry::act`].
    pub async fn acts(
        &mut self,
        by: u16,
        at: UnixTime,
        mut number: u32,
        acts: &[ApplicationAct],
    ) -> Result<u32, RegistryError> {
        let signs = |act: &ApplicationAct| {
            matches!(act, ApplicationAct::Issue(_) | ApplicationAct::Reprint(_))
        };
        if acts.iter().any(signs) {
            return Err(RegistryError::NoStationKey);
        }
        let session = self.begin().await?;
        let at = self.moment(at);
        // Denied here, nothing has been touched: what is denied below is replayed anew.
        self.desk.try_out(by, at, number, acts)?;
        self.doubt = true;
        let mut subjects = Vec::new();
        for act in acts {
            let pending = self.desk.propose(by, at, Act::Application(number, act.clone()))?;
            let outcome = self.append(&session, by, at, pending).await?;
            number = outcome.subject.number();
            subjects.extend(outcome.acts.iter().map(Act::subject));
        }
        subjects.dedup();
        self.finish(session, &subjects).await?;
        Ok(number)
    }

    /// Signs what goes to headquarters, with the record's key.
    #[must_use]
    pub fn seal(&self, drawn: &Return) -> Vec<u8> {
        let Ok(sealed) = drawn.seal(&self.keys.record);
        sealed
    }

    /// The station's public key, where permits are signed here.
    #[must_use]
    pub fn station_key(&self) -> Option<[u8; 32]> {
        self.keys.station.as_ref().map(permit_core::Signer::public_key)
    }

    /// A transaction in which nobody else writes, with everything known that was written before.
    async fn begin(&mut self) -> Result<Session, RegistryError> {
        let session = self.store.write().await?;
        if self.doubt {
            let known = self.known()?;
            let read = replayed(&session, &self.key()?, known, false).await?;
            (self.chain, self.desk, self.doubt) = (read.chain, read.desk, false);
        } else {
            self.take_new(&session).await?;
        }
        Ok(session)
    }

    async fn take_new(&mut self, session: &Session) -> Result<(), RegistryError> {
        let (key, before) = (self.key()?, self.chain.tip().sequence);
        loop {
            let entries = session.after(self.chain.tip().sequence, PAGE).await?;
            if entries.is_empty() {
                let new = self.chain.tip().sequence > before;
                return if new { self.let_portraits_go() } else { Ok(()) };
            }
            // What was let go before it was read here is known to whoever reads the whole.
            if entries.iter().any(|stored| stored.body.is_none()) {
                let read = replayed(session, &key, self.known()?, false).await?;
                (self.chain, self.desk) = (read.chain, read.desk);
                return self.let_portraits_go();
            }
            for stored in entries {
                take(&mut self.chain, &mut self.desk, &stored, Some(&key))?;
            }
        }
    }

    /// The moment of an act: another desk's clock may be a little ahead.
    fn moment(&self, at: UnixTime) -> UnixTime {
        let last = self.desk.at();
        if at < last && last.since(at) <= CLOCKS_APART { last } else { at }
    }

    async fn record(
        &mut self,
        session: Session,
        by: u16,
        at: UnixTime,
        act: Act,
    ) -> Result<Outcome, RegistryError> {
        let at = self.moment(at);
        let pending = self.desk.propose(by, at, act)?;
        self.doubt = true;
        let outcome = self.append(&session, by, at, pending).await?;
        let mut subjects: Vec<Subject> = outcome.acts.iter().map(Act::subject).collect();
        for act in &outcome.acts {
            if let Act::Office(OfficeAct::LetGo(what)) = act {
                subjects.extend(what.subjects());
            }
        }
        self.finish(session, &subjects).await?;
        Ok(outcome)
    }

    /// Writes down what was proposed, and does it.
    async fn append(
        &mut self,
        session: &Session,
        by: u16,
        at: UnixTime,
        pending: Pending,
    ) -> Result<Outcome, RegistryError> {
        for act in &pending.outcome().acts {
            let (entry, body) = entry(&self.chain, by, at, act)?;
            append(session, &entry, &body, &self.keys.record).await?;
            self.chain.follow(&entry)?;
            if let Act::Office(OfficeAct::LetGo(what)) = act {
                for subject in what.subjects() {
                    session.forget(subject.kind(), subject.number()).await?;
                }
            }
        }
        Ok(self.desk.take(pending))
    }

    async fn finish(
        &mut self,
        session: Session,
        subjects: &[Subject],
    ) -> Result<(), RegistryError> {
        self.write_tables(&session, subjects).await?;
        session.commit().await?;
        self.doubt = false;
        self.remember()
    }

    async fn write_tables(
        &self,
        session: &Session,
        subjects: &[Subject],
    ) -> Result<(), RegistryError> {
        for subject in subjects {
            for part in project::parts(&self.desk, *subject) {
                session.remove(part.table, &part.key).await?;
                for row in &part.rows {
                    session.put(part.table, row).await?;
                }
            }
        }
        Ok(())
    }

    /// Writes every table anew from the record.
    ///
    /// # Errors
    ///
    /// When record or database do not hold.
    pub async fn rebuild(&mut self) -> Result<(), RegistryError> {
        let session = self.begin().await?;
        for table in &project::TABLES {
            session.remove(table, &[]).await?;
        }
        let subjects: Vec<Subject> = self.chain.subjects().map(|(subject, _)| subject).collect();
        self.write_tables(&session, &subjects).await?;
        Ok(session.commit().await?)
    }

    fn remember(&self) -> Result<(), RegistryError> {
        match &self.memory {
            Some(folder) => home::remember(folder, self.chain.tip()),
            None => Ok(()),
        }?;
        self.let_portraits_go()
    }

    /// Portraits of cards that are handed over, or come to nothing, are gone with the act that did it.
    fn let_portraits_go(&self) -> Result<(), RegistryError> {
        let Some(folder) = &self.memory else { return Ok(()) };
        let state = |number| self.desk.application(number).map(rules::Application::stored);
        portrait::sweep(folder, |number| state(number).is_some_and(portrait::is_kept))
    }
}

/// Reads a record from its beginning. With `every`, each signature is asked; otherwise the last one, which speaks for
/// all of them.
pub(super) async fn replayed(
    session: &Session,
    key: &PublicKey,
    known: Option<Tip>,
    every: bool,
) -> Result<Replayed, RegistryError> {
    let mut chain = Chain::default();
    let mut desk: Option<Desk> = None;
    let mut last = None;
    let mut remembered = known.is_none();
    loop {
        let entries = session.after(chain.tip().sequence, PAGE).await?;
        if entries.is_empty() {
            break;
        }
        for stored in entries {
            last = Some(stored.sealed.clone());
            let asked = every.then_some(key);
            match &mut desk {
                Some(desk) => take(&mut chain, desk, &stored, asked)?,
                None => {
                    let mut begun = begun(&mut chain, &stored, key)?;
                    begun.expect(ahead(session).await?);
                    desk = Some(begun);
                }
            }
            remembered |= known == Some(chain.tip());
        }
    }
    let (desk, last) = desk.zip(last).ok_or(RegistryError::OtherDesk)?;
    let at = chain.tip().sequence;
    Entry::open(&last, key).map_err(|why| permit_record::Link::Refused { at, why })?;
    match known {
        Some(known) if !remembered => {
            Err(RegistryError::Shorter { known: known.sequence, found: at })
        }
        _ => Ok(Replayed { chain, desk }),
    }
}

/// The first entry.
fn begun(chain: &mut Chain, stored: &Stored, key: &PublicKey) -> Result<Desk, RegistryError> {
    let entry = chain.next(&stored.sealed, Some(key))?;
    chain.follow(&entry)?;
    let act = act(&entry, &content(&entry, stored)?)?;
    let Act::Office(OfficeAct::Found(founding)) = act else {
        return Err(RegistryError::OtherDesk);
    };
    if founding.key != key.to_bytes() {
        return Err(RegistryError::OtherDesk);
    }
    Desk::found(founding, entry.at)
        .map_err(|why| RegistryError::Unlawful { at: entry.sequence, why })
}

/// What the record lets go somewhere: read before it is replayed, and verified when it is.
async fn ahead(session: &Session) -> Result<Ahead, RegistryError> {
    let mut ahead = Ahead::default();
    let office = Subject::Office;
    for stored in session.about(office.kind(), office.number()).await? {
        let at = stored.sequence;
        let entry = Entry::unverified(&stored.sealed)
            .map_err(|why| permit_record::Link::Refused { at, why })?;
        if entry.act == LET_GO
            && let Act::Office(OfficeAct::LetGo(what)) = act(&entry, &content(&entry, &stored)?)?
        {
            ahead.add(what);
        }
    }
    Ok(ahead)
}

/// The next entry, held against chain, content and rules. What was let go is passed over; where its content is there
/// nevertheless, that has to be the one recorded.
fn take(
    chain: &mut Chain,
    desk: &mut Desk,
    stored: &Stored,
    key: Option<&PublicKey>,
) -> Result<(), RegistryError> {
    let entry = chain.next(&stored.sealed, key)?;
    let unlawful = |why| RegistryError::Unlawful { at: entry.sequence, why };
    if desk.passes_over(entry.subject) {
        if stored.body.is_some() {
            content(&entry, stored)?;
        }
        desk.pass_over(&entry).map_err(unlawful)?;
        chain.follow(&entry)?;
        return Ok(());
    }
    let act = act(&entry, &content(&entry, stored)?)?;
    desk.replay(entry.officer, entry.at, &act).map_err(unlawful)?;
    chain.follow(&entry)?;
    Ok(())
}

/// The content of an entry, which must be the one recorded; and the row must say what the entry is about.
pub(super) fn content(entry: &Entry, stored: &Stored) -> Result<Body, RegistryError> {
    let at = entry.sequence;
    let about = (entry.subject.kind(), entry.subject.number());
    if about != (stored.kind, stored.number) {
        return Err(RegistryError::OtherAct { at, found: entry.subject });
    }
    let body = stored.body.clone().map(Body::stored).ok_or(permit_record::Missing { at })?;
    entry.holds(&body)?;
    Ok(body)
}

/// The entry an act makes.
fn entry(chain: &Chain, by: u16, at: UnixTime, act: &Act) -> Result<(Entry, Body), RegistryError> {
    let mut salt = [0; Body::SALT];
    getrandom::fill(&mut salt).map_err(permit_signing::NoRandomness::from)?;
    let body = Body::new(salt, &rules::content(act));
    let (subject, tip) = (act.subject(), chain.tip());
    let entry = Entry {
        sequence: tip.sequence.saturating_add(1),
        previous: tip.hash,
        subject,
        before: chain.last(subject),
        at,
        officer: by,
        act: act.code(),
        body: body.digest(),
    };
    Ok((entry, body))
}

async fn append(
    session: &Session,
    entry: &Entry,
    body: &Body,
    key: &SecretKey,
) -> Result<(), RegistryError> {
    let Ok(sealed) = entry.seal(key);
    let stored = Stored {
        sequence: entry.sequence,
        kind: entry.subject.kind(),
        number: entry.subject.number(),
        sealed,
        body: Some(body.as_bytes().to_vec()),
    };
    Ok(session.append(&stored).await?)
}

fn sound(keys: &Keys) -> Result<PublicKey, RegistryError> {
    PublicKey::new(&keys.record.public_key()).map_err(|_| RegistryError::OtherDesk)
}

/// Entries read at once: chosen, a few hundred kilobytes.
pub(super) const PAGE: u64 = 1000;
/// The act of the office that lets go.
const LET_GO: u8 = 7;
/// Seconds that two desks on one database may be apart: chosen.
const CLOCKS_APART: i64 = 600;
