//! The use of permits in a month (R19): passages at this side's checkpoints, and what was done with applications.
//!
//! What permits and refusals come to in each home region stands beside those who are eligible there, where that is given.

use minicbor::decode;
use permit_core::{Day, cose};
use permit_record::{Outcome, Return};
use permit_report::{Period, outcome};
use permit_store::{Cell, Session};
use serde::{Deserialize, Serialize};

use super::{
    Answered, Applications, Passages, Told, Whole,
    applications::{applications, regions},
};
use crate::{
    Failed, Site,
    kept::{
        row,
        tables::{RETURN, STATION},
    },
    told::terminals::Shown,
};

/// The use of permits in a month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Usage {
    /// The month, `1963-09`.
    pub month: String,
    /// The report that told this month first, where it is an earlier one.
    pub first: Option<First>,
    /// Passages.
    pub passages: Passages,
    /// What was done with applications.
    pub applications: Vec<Applications>,
    /// What each station answered about issues and differing views (R17).
    pub answers: Vec<Answered>,
    /// Home regions of this side of which something is not given: a station that serves one sent no return.
    #[serde(default)]
    pub ungiven: Vec<u16>,
    /// Persons who are eligible, by home region, where that was given.
    #[serde(default)]
    pub eligible: Vec<(u16, u32)>,
    /// What had not come home.
    pub missing: Missing,
    /// Earlier months, as they were told, the earliest first.
    pub earlier: Vec<Earlier>,
}

/// A report that told the same before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct First {
    /// Its number.
    pub number: u32,
    /// When it was made.
    pub made: String,
}

/// What of a month has not come home.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Missing {
    /// Terminals whose journals are not here through the end of it without a gap.
    pub terminals: Vec<u16>,
    /// Stations without a return of the whole month.
    pub stations: Vec<u16>,
}

/// A month that an earlier report told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Earlier {
    /// The month.
    pub month: String,
    /// Passages in all.
    pub passages: Told,
    /// Permits issued.
    pub issued: Told,
    /// Applications refused.
    pub refused: Told,
}

/// Earlier months that are told again (chosen: with this one, a year).
const MONTHS: usize = 11;
/// Rows that are read at once (chosen: more than any month has).
const MOST: u64 = 1 << 32;

impl Missing {
    /// Everything came home.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.terminals.is_empty() && self.stations.is_empty()
    }
}

impl Usage {
    /// Of an outcome, in all.
    #[must_use]
    pub fn of(&self, wanted: Outcome) -> Told {
        let id = short(outcome(wanted));
        self.applications.iter().find(|it| it.outcome == id)?.all
    }

    fn as_earlier(&self) -> Earlier {
        let month = self.month.clone();
        let (issued, refused) = (self.of(Outcome::Issued), self.of(Outcome::Refused));
        Earlier { month, passages: self.passages.all, issued, refused }
    }
}

impl Site {
    /// Counts a month, or says again what an earlier report said of it.
    pub(super) async fn usage(
        &self,
        session: &Session,
        month: Period,
        eligible: &[(u16, u32)],
        before: &[Whole<Usage>],
    ) -> Result<Usage, Failed> {
        let name = month.to_string();
        let mut earlier: Vec<Earlier> = Vec::new();
        for it in before.iter().filter(|it| it.told.month < name) {
            if earlier.iter().all(|have| have.month != it.told.month) {
                earlier.push(it.told.as_earlier());
            }
        }
        earlier.sort_by(|a, b| a.month.cmp(&b.month));
        earlier.drain(..earlier.len().saturating_sub(MONTHS));
        if let Some(first) = before.iter().find(|it| it.told.month == name) {
            let (number, made) = (first.head.number, first.head.made.clone());
            let mut told =
                Usage { first: Some(First { number, made }), earlier, ..first.told.clone() };
            // What is public tells nothing when it is given later.
            if !eligible.is_empty() {
                told.eligible = eligible.to_vec();
            }
            return Ok(told);
        }
        let returns = returns(session, month).await?;
        let missing = Missing {
            terminals: not_home(&self.shown(session).await?, month.through(), self.offset()),
            stations: returns.iter().filter(|it| it.1.is_none()).map(|it| it.0).collect(),
        };
        let (regions, ungiven) = {
            let mut held = self.home.lists()?;
            let side = self.home.settings().side();
            regions(&held.open(None, None)?, side, month, &returns)
        };
        let answers = returns.iter().map(|(station, it)| Answered::of(*station, it.as_ref()));
        Ok(Usage {
            month: name,
            first: None,
            passages: self.passed(session, month).await?,
            applications: Outcome::ALL.map(|it| applications(it, &returns, &regions)).into(),
            answers: answers.collect(),
            ungiven,
            eligible: eligible.to_vec(),
            missing,
            earlier,
        })
    }
}

/// Every station, with its newest return that is about the whole month.
async fn returns(session: &Session, month: Period) -> Result<Vec<(u16, Option<Return>)>, Failed> {
    let mut all = Vec::new();
    for station in stations(session).await? {
        let first = Cell::Whole(month.from().number().into());
        let wanted = [("station", Cell::Whole(station.into())), ("first", first)];
        let rows = session.having(&RETURN, &wanted, MOST).await?;
        let through = i64::from(month.through().number());
        let whole = rows.iter().rev().find(|it| row::whole(it, 3).is_ok_and(|it| it == through));
        let newest = whole.map(|it| decoded(row::bytes(it, 6)?)).transpose()?;
        all.push((station, newest));
    }
    Ok(all)
}

/// Numbers of the stations whose records' keys were entered.
pub(super) async fn stations(session: &Session) -> Result<Vec<u16>, Failed> {
    let rows = session.all(&STATION).await?;
    let number = |cells| u16::try_from(row::whole(cells, 0)?).map_err(|_| Failed::Row);
    rows.iter().map(number).collect()
}

/// A return whose signature held when it was taken; the station may have another key by now.
pub(crate) fn decoded(sealed: &[u8]) -> Result<Return, Failed> {
    let payload = cose::Sign1::read(sealed).map_err(|_| Failed::Row)?.payload;
    decode(payload).map_err(|_| Failed::Row)
}

/// Terminals whose journals are not here without a gap through a day.
fn not_home(shown: &[Shown], through: Day, offset: i16) -> Vec<u16> {
    let home = |it: &&Shown| {
        let after = it.last.is_some_and(|(_, at)| at.day(offset) > through);
        it.gaps.is_empty() && (after || (!it.listed && it.last.is_some()))
    };
    shown.iter().filter(|it| !home(it)).map(|it| it.terminal.number).collect()
}

/// An id without the two words that stand before all of its kind.
pub(super) fn short(id: &str) -> &str {
    id.splitn(3, '-').last().unwrap_or(id)
}
