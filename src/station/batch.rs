//! A batch: applications as rows of a table, every one understood before any is taken in.
//!
//! A batch makes applications; nothing in it is approved. A column that no application has refuses the file by the
//! column's name, before a cell of it is looked at: nothing else about a person is taken in. What is wrong with a row is
//! said by row, column and reason, never by what stands there.

use std::collections::BTreeMap;

use permit_core::Day;
use permit_signing::{
    draft::Date,
    permit::{FIELDS, Issuer, Problem, Row, Why, iso},
};
use permit_table::Table;

use crate::{
    file::{Asked, CLASSES, FileFault, KINDS, LANGUAGES, one_of, particulars},
    registry::RegistryError,
    rules::{Act, Application, ApplicationAct, Desk, Origin, Paper, Particulars, State, born},
    site::Site,
};

/// Fields of a permit that an application does not ask for.
const NOT_ASKED: [&str; 2] = ["specimen", "replaces"];
/// What stands behind the name of a paper in the column of its date.
const DATED: &str = "-dated";

/// The columns a batch may have, in the order of a form: who applies, each paper's issuer and date, the permit.
#[must_use]
pub fn columns() -> Vec<String> {
    let who = ["class", "language", "applicant", "commune"].map(str::to_owned);
    let papers = KINDS.iter().flat_map(|(kind, _)| [(*kind).to_owned(), format!("{kind}{DATED}")]);
    let permit = FIELDS.iter().filter(|field| !NOT_ASKED.contains(*field));
    who.into_iter().chain(papers).chain(permit.map(|field| (*field).to_owned())).collect()
}

/// The rows of a file, understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch(Vec<(usize, Asked)>);

/// What is wrong in a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrong {
    /// The number that a spreadsheet shows.
    pub row: usize,
    /// The column.
    pub column: String,
    /// What is wrong there.
    pub why: WrongWhy,
}

/// What is wrong with a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum WrongWhy {
    /// As of a permit's field.
    Field(Why),
    /// None of the values that there are.
    Choice(Vec<&'static str>),
    /// An issuer without a date, or a date without an issuer.
    HalfAPaper,
    /// The same application as in another row.
    SameAs(usize),
}

/// Why nothing of a file is taken.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Refused {
    /// A column that no application has.
    Column(String),
    /// Names of columns and nothing below them.
    NoRows,
    /// Rows with something wrong, all of it.
    Rows(Vec<Wrong>),
}

impl Batch {
    /// Understands every row.
    ///
    /// # Errors
    ///
    /// A column that is none, or everything that is wrong.
    pub fn of(table: &Table, issuer: &Issuer<'_>) -> Result<Self, Refused> {
        let known = columns();
        if let Some(column) = table.columns.iter().find(|column| !known.contains(column)) {
            return Err(Refused::Column(column.clone()));
        }
        if table.rows.is_empty() {
            return Err(Refused::NoRows);
        }
        let (mut rows, mut wrong) = (Vec::new(), Vec::new());
        let mut seen = std::collections::HashMap::new();
        for row in &table.rows {
            let cells = table.columns.iter().map(String::as_str);
            let cells = cells.zip(row.cells.iter().map(String::as_str));
            let mut reading = Reading { cells: cells.collect(), wrong: Vec::new() };
            let asked = reading.asked(issuer);
            if let Some(asked) = &asked
                && let Some(first) = seen.insert(asked.clone(), row.number)
            {
                reading.wrong.push(("class".to_owned(), WrongWhy::SameAs(first)));
            }
            rows.extend(asked.map(|asked| (row.number, asked)));
            let of_row = |(column, why)| Wrong { row: row.number, column, why };
            wrong.extend(reading.wrong.into_iter().map(of_row));
        }
        if wrong.is_empty() { Ok(Self(rows)) } else { Err(Refused::Rows(wrong)) }
    }

    /// Its rows, each with its number.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (usize, &Asked)> {
        self.0.iter().map(|(row, asked)| (*row, asked))
    }
}

/// The application of just this content that a desk has and that still counts: what a batch that was interrupted has
/// taken in before. Its number, and whether it was handed in.
#[must_use]
pub fn taken(desk: &Desk, asked: &Asked, today: Day) -> Option<(u32, bool)> {
    let same = |it: &&Application| {
        let papers = || it.papers.iter().map(|(paper, ..)| paper);
        it.class == asked.class
            && it.particulars.as_ref() == Some(&asked.particulars)
            && papers().eq(&asked.papers)
            && !matches!(it.state(today), State::Expired)
            && !it.state(today).is_final()
    };
    // By the birth: a batch of many looks at no desk as a whole for each of its rows.
    let birth = born(asked.particulars.birth);
    desk.born(birth, birth).find(same).map(|it| (it.number, it.state(today) != State::Draft))
}

/// A row that was taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Its application.
    pub number: u32,
    /// Whether it was not there before.
    pub new: bool,
    /// Whether it is not handed in yet: something is missing, and it stays open at the counter.
    pub open: bool,
}

/// Takes a row in and hands it in where nothing is missing; what is there already is not taken in twice.
///
/// # Errors
///
/// As [`Registry::acts`](crate::registry::Registry::acts); nothing of the row is there then, or it is not handed in yet.
pub async fn take(site: &mut Site, by: u16, asked: &Asked) -> Result<Taken, RegistryError> {
    let (at, today) = (site.now(), site.today());
    let (number, new) = match taken(site.registry.desk(), asked, today) {
        Some((number, true)) => return Ok(Taken { number, new: false, open: false }),
        Some((number, false)) => (number, false),
        None => {
            let open = asked.open(Origin::New)?;
            let acts: Vec<_> = core::iter::once(open).chain(asked.rest()).collect();
            (site.registry.acts(by, at, 0, &acts).await?, true)
        }
    };
    let submit = Act::Application(number, ApplicationAct::Submit);
    match site.registry.act(by, at, submit).await {
        Ok(_) => Ok(Taken { number, new, open: false }),
        Err(RegistryError::Denied(_)) => Ok(Taken { number, new, open: true }),
        Err(error) => Err(error),
    }
}

/// One row while it is read.
struct Reading<'t> {
    cells: BTreeMap<&'t str, &'t str>,
    wrong: Vec<(String, WrongWhy)>,
}

impl Reading<'_> {
    fn asked(&mut self, issuer: &Issuer<'_>) -> Option<Asked> {
        let class = self.choice("class", &CLASSES);
        let language = self.choice("language", &LANGUAGES);
        let applicant = self.officer();
        let papers: Vec<_> =
            KINDS.iter().filter_map(|(name, kind)| self.paper(name, *kind)).collect();
        let permit = self.cells.iter().filter(|(column, _)| FIELDS.contains(*column));
        let row = Row::of_columns(permit.map(|(column, text)| (*column, *text)));
        let particulars = match particulars(&row, issuer) {
            Ok(particulars) => Some(particulars),
            Err(FileFault::Permit(problems)) => {
                let of = |problem: Problem| (problem.field, WrongWhy::Field(problem.why));
                self.wrong.extend(problems.into_iter().map(of));
                None
            }
            Err(_) => {
                self.wrong.push(("through".to_owned(), WrongWhy::Field(Why::Date)));
                None
            }
        };
        let (class, language, particulars) = (class?, language?, particulars?);
        let commune = Some(self.cell("commune").to_owned()).filter(|it| !it.is_empty());
        let particulars = Particulars { commune, ..particulars };
        let asked = Asked { class, language, applicant, papers, particulars };
        self.wrong.is_empty().then_some(asked)
    }

    fn cell(&self, column: &str) -> &str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    fn choice<T: Copy>(&mut self, column: &'static str, values: &[(&'static str, T)]) -> Option<T> {
        let found = one_of(column, self.cell(column), values).ok();
        if found.is_none() {
            let names = values.iter().map(|(name, _)| *name).collect();
            self.wrong.push((column.to_owned(), WrongWhy::Choice(names)));
        }
        found
    }

    fn officer(&mut self) -> Option<u16> {
        let text = self.cell("applicant");
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok();
        if number.is_none() {
            let why = Why::Number { least: 1, most: u32::from(u16::MAX) };
            self.wrong.push(("applicant".to_owned(), WrongWhy::Field(why)));
        }
        number
    }

    fn paper(&mut self, name: &str, kind: crate::rules::PaperKind) -> Option<Paper> {
        let column = format!("{name}{DATED}");
        let (issuer, dated) = (self.cell(name).to_owned(), self.cell(&column).to_owned());
        if issuer.is_empty() && dated.is_empty() {
            return None;
        }
        if issuer.is_empty() || dated.is_empty() {
            self.wrong.push((name.to_owned(), WrongWhy::HalfAPaper));
            return None;
        }
        let Ok(dated) = iso(&dated).parse::<Date>() else {
            self.wrong.push((column, WrongWhy::Field(Why::Date)));
            return None;
        };
        Some(Paper { kind, issuer, dated: dated.0 })
    }
}
