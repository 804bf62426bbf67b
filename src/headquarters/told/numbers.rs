//! Numbers that this side gave to what it signed, remembered outside the database.
//!
//! A database that was put back from a backup does not know the newest of them, and would sign a number again with other
//! content. So the greatest of each lies in a file of the folder, and what the lists in force have counts as well: where the
//! database knows less, nothing is signed until the newest copy is put back, or somebody says that there is none.

use std::collections::BTreeMap;

use permit_core::trust::Role;
use permit_signing::draft::{Header, role_name};
use permit_store::{Cell, Session};

use super::presence;
use crate::{
    Failed, Home, Site,
    kept::{
        row,
        tables::{FILE, REPORT},
    },
    take::GIVEN,
};

/// The file: a line for each name with the greatest number, and that through which the database need not know it.
const FILE_NAME: &str = "signed";

/// What has numbers that the database counts up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Numbered {
    /// Lists of countersigned heads.
    Heads,
    /// Presence lists.
    Presence,
    /// Files of passages for the other side.
    Passages,
    /// Reports.
    Reports,
}

/// The database knows less than was signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SetBack {
    /// Of what.
    pub what: Numbered,
    /// The greatest number that was signed or is in the lists in force.
    pub signed: u64,
    /// The greatest that the database knows; 0 where it knows none.
    pub known: u64,
}

/// The greatest number of a name, and that through which the database need not know it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Numbers {
    greatest: u64,
    settled: u64,
}

type Ledger = BTreeMap<String, Numbers>;

impl Numbered {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Heads, Self::Presence, Self::Passages, Self::Reports];

    /// The message that names it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Heads => "house-list-heads",
            Self::Presence => "house-list-presence",
            Self::Passages => "headquarters-numbered-passages",
            Self::Reports => "headquarters-numbered-reports",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Heads => "heads",
            Self::Presence => "presence",
            Self::Passages => "passages",
            Self::Reports => "reports",
        }
    }
}

impl Home {
    fn ledger(&self) -> Result<Ledger, Failed> {
        if self.path(FILE_NAME).symlink_metadata().is_err() {
            return Ok(Ledger::new());
        }
        let text = String::from_utf8(self.kept(FILE_NAME)?).unwrap_or_default();
        let line = |line: &str| {
            let mut words = line.split(' ');
            let mut next = || words.next();
            let name = next()?.to_owned();
            let numbers =
                Numbers { greatest: next()?.parse().ok()?, settled: next()?.parse().ok()? };
            next().is_none().then_some((name, numbers))
        };
        let read: Option<Ledger> = text.lines().map(line).collect();
        read.ok_or_else(|| self.unfit(FILE_NAME, "a line is none of this program's"))
    }

    fn keep_ledger(&self, ledger: &Ledger) -> Result<(), Failed> {
        let line =
            |(name, it): (&String, &Numbers)| format!("{name} {} {}\n", it.greatest, it.settled);
        self.keep(FILE_NAME, ledger.iter().map(line).collect::<String>().as_bytes())
    }

    /// What the lists have that headquarters begin on is nothing that their database has to know.
    pub(crate) fn settle(&self, what: Numbered, number: u64) -> Result<(), Failed> {
        let mut ledger = self.ledger()?;
        let numbers = ledger.entry(what.name().to_owned()).or_default();
        numbers.settled = numbers.settled.max(number);
        numbers.greatest = numbers.greatest.max(number);
        self.keep_ledger(&ledger)
    }

    /// The version in the lists in force; 0 where they have none.
    fn in_force(&self, what: Numbered) -> Result<u64, Failed> {
        let mut held = self.lists()?;
        let trust = held.open(None, None)?;
        let lists = trust.lists(self.settings().side());
        let version = match what {
            Numbered::Heads => lists.and_then(|it| it.heads).map(|it| it.header.version),
            Numbered::Presence => lists.and_then(|it| it.presence).map(|it| it.header.version),
            Numbered::Passages | Numbered::Reports => None,
        };
        Ok(version.unwrap_or_default().into())
    }
}

impl Site {
    /// Where the database knows less than was signed: it was put back from a backup, or is another.
    ///
    /// # Errors
    ///
    /// When folder, lists or database do not answer.
    pub async fn set_back(&self) -> Result<Vec<SetBack>, Failed> {
        self.all_set_back(&self.store.read().await?).await
    }

    pub(crate) async fn all_set_back(&self, session: &Session) -> Result<Vec<SetBack>, Failed> {
        let ledger = self.home.ledger()?;
        let mut all = Vec::new();
        for what in Numbered::ALL {
            let numbers = ledger.get(what.name()).copied().unwrap_or_default();
            let signed = numbers.greatest.max(self.home.in_force(what)?);
            let known = known(session, what).await?;
            if signed > known.max(numbers.settled) {
                all.push(SetBack { what, signed, known });
            }
        }
        Ok(all)
    }

    /// That nothing is signed which the database does not know.
    pub(crate) async fn not_set_back(&self, session: &Session) -> Result<(), Failed> {
        match self.all_set_back(session).await?.first() {
            None => Ok(()),
            Some(back) => Err(Failed::SetBack(*back)),
        }
    }

    /// The number after every one that was given.
    pub(crate) async fn next_number(
        &self,
        session: &Session,
        what: Numbered,
    ) -> Result<u64, Failed> {
        let ledger = self.home.ledger()?;
        let signed = ledger.get(what.name()).map_or(0, |it| it.greatest);
        let greatest = known(session, what).await?.max(signed).max(self.home.in_force(what)?);
        Ok(greatest.saturating_add(1))
    }

    /// Remembers a number, once the database has it and before anybody is given what has it.
    pub(crate) async fn gave(&self, what: Numbered, number: u64) -> Result<(), Failed> {
        // Whoever else writes waits meanwhile.
        let alone = self.store.write().await?;
        self.given(what.name(), number)?;
        Ok(alone.commit().await?)
    }

    /// Remembers versions that were given out to be signed and are given up: none of them is given again.
    pub(crate) async fn gave_up(&self, drafts: &[(Role, u32)]) -> Result<(), Failed> {
        let alone = self.store.write().await?;
        let mut drafts = drafts.iter();
        drafts.try_for_each(|(role, version)| self.given(&drawn(*role), (*version).into()))?;
        Ok(alone.commit().await?)
    }

    fn given(&self, name: &str, number: u64) -> Result<(), Failed> {
        let mut ledger = self.home.ledger()?;
        let numbers = ledger.entry(name.to_owned()).or_default();
        if numbers.greatest < number {
            numbers.greatest = number;
            self.home.keep_ledger(&ledger)?;
        }
        Ok(())
    }

    /// The version of a list that is drafted: beyond every one that was given out to be signed and given up.
    pub(crate) fn beyond(&self, role: Role, header: &mut Header) -> Result<(), Failed> {
        let ledger = self.home.ledger()?;
        let given = ledger.get(&drawn(role)).map_or(0, |it| it.greatest);
        let given = u32::try_from(given).map_err(|_| Failed::Sequence)?;
        if header.version <= given {
            header.version = given.checked_add(1).ok_or(Failed::Sequence)?;
        }
        Ok(())
    }

    /// Goes on with a database that was put back from a backup, of which no newer copy is left: what was signed since is
    /// given no number again. Reports are entered anew out of the folder, so that a month is told once. What was set back.
    ///
    /// # Errors
    ///
    /// When a report is not in the folder any more, or folder or database do not answer.
    pub async fn restored(&self) -> Result<Vec<SetBack>, Failed> {
        let session = self.store.write().await?;
        let all = self.all_set_back(&session).await?;
        for SetBack { what, signed, known } in &all {
            if *what == Numbered::Reports {
                for number in known + 1..=*signed {
                    let number = u32::try_from(number).map_err(|_| Failed::Sequence)?;
                    session.put(&REPORT, &self.home.report_again(number)?).await?;
                }
            }
            self.home.settle(*what, *signed)?;
        }
        session.commit().await?;
        Ok(all)
    }
}

/// The greatest number that the database has; 0 where it has none.
async fn known(session: &Session, what: Numbered) -> Result<u64, Failed> {
    let kind = match what {
        Numbered::Heads => {
            let log = session.after(0, u64::MAX >> 1).await?;
            return Ok(log.last().map_or(0, |it| it.sequence));
        }
        Numbered::Reports => {
            let rows = session.all(&REPORT).await?;
            return rows.last().map_or(Ok(0), |it| row::count(it, 0));
        }
        Numbered::Presence => presence::SIGNED,
        Numbered::Passages => GIVEN,
    };
    let mut greatest = 0;
    for cells in session.having(&FILE, &[("kind", Cell::Whole(kind))], 1 << 40).await? {
        greatest = greatest.max(row::count(&cells, 3)?);
    }
    Ok(greatest)
}

/// The name under which versions that were given up are remembered.
fn drawn(role: Role) -> String {
    format!("given-up-{}", role_name(role))
}
