//! The tables that are worked out from the record, for whoever lists and searches.

use permit_core::Birth;
use permit_record::{Role, Subject};
use permit_store::{Cell, Column, Kind, Row, Table};

use crate::rules::{Application, Case, Desk, Matter, Officer};

const fn whole(name: &'static str) -> Column {
    Column::new(name, Kind::Whole)
}

const fn text(name: &'static str) -> Column {
    Column::new(name, Kind::Text)
}

const fn maybe(name: &'static str, kind: Kind) -> Column {
    Column::maybe(name, kind)
}

/// Officers, past ones too.
pub(super) const OFFICER: Table = Table {
    name: "officer",
    columns: &[
        whole("number"),
        text("latin"),
        maybe("native", Kind::Text),
        Column::new("key", Kind::Bytes),
        whole("roles"),
        whole("dismissed"),
    ],
    key: 1,
    indexes: &[],
};

/// Applications and their permits.
pub(super) const APPLICATION: Table = Table {
    name: "application",
    columns: &[
        whole("number"),
        whole("class"),
        text("state"),
        maybe("latin", Kind::Text),
        maybe("native", Kind::Text),
        maybe("birth", Kind::Text),
        maybe("region", Kind::Whole),
        Column::new("digest", Kind::Bytes),
        whole("opened"),
        whole("since"),
        maybe("permit", Kind::Text),
        maybe("first_day", Kind::Whole),
        maybe("last_day", Kind::Whole),
        maybe("payload", Kind::Bytes),
        whole("last"),
    ],
    key: 1,
    indexes: &[&["latin"], &["native"], &["birth"], &["permit"], &["state", "since"]],
};

/// Approvals of what stands.
pub(super) const APPROVAL: Table = Table {
    name: "approval",
    columns: &[
        whole("application"),
        whole("officer"),
        whole("role"),
        whole("at"),
        Column::new("sealed", Kind::Bytes),
    ],
    key: 2,
    indexes: &[],
};

/// Papers seen.
pub(super) const PAPER: Table = Table {
    name: "paper",
    columns: &[
        whole("application"),
        whole("kind"),
        text("issuer"),
        whole("dated"),
        whole("seen_by"),
        whole("seen_at"),
    ],
    key: 2,
    indexes: &[],
};

/// Cases.
pub(super) const CASE: Table = Table {
    name: "cases",
    columns: &[
        whole("number"),
        whole("kind"),
        text("state"),
        text("latin"),
        maybe("native", Kind::Text),
        whole("opened"),
        whole("since"),
        maybe("blocked", Kind::Text),
        whole("last"),
    ],
    key: 1,
    indexes: &[&["state", "opened"]],
};

/// Issues raised and differing views.
pub(super) const MATTER: Table = Table {
    name: "matter",
    columns: &[
        whole("number"),
        whole("kind"),
        text("state"),
        text("words"),
        whole("raised_by"),
        whole("last"),
    ],
    key: 1,
    indexes: &[&["state"]],
};

/// All of them.
pub const TABLES: [Table; 6] = [OFFICER, APPLICATION, APPROVAL, PAPER, CASE, MATTER];

/// A part of a table: the rows whose first key columns are these, and what they should be.
pub(super) struct Part {
    pub(super) table: &'static Table,
    pub(super) key: Vec<Cell>,
    pub(super) rows: Vec<Row>,
}

/// What the tables should say of a subject.
pub(super) fn parts(desk: &Desk, subject: Subject) -> Vec<Part> {
    let number = Cell::from(i64::from(subject.number()));
    let part = |table, rows| Part { table, key: vec![number.clone()], rows };
    match subject {
        Subject::Office => {
            let rows = desk.office().officers().map(officer).collect();
            vec![Part { table: &OFFICER, key: Vec::new(), rows }]
        }
        // Of what was let go no row is left.
        Subject::Application(number) => {
            let it = desk.application(number);
            vec![
                part(&APPLICATION, it.map(|it| application(desk, it)).into_iter().collect()),
                part(&APPROVAL, it.map(approvals).unwrap_or_default()),
                part(&PAPER, it.map(papers).unwrap_or_default()),
            ]
        }
        Subject::Case(number) => {
            vec![part(&CASE, desk.case(number).map(case).into_iter().collect())]
        }
        Subject::Matter(number) => {
            desk.matter(number).map(|it| part(&MATTER, vec![matter(it)])).into_iter().collect()
        }
    }
}

fn number<T: Into<i64>>(number: T) -> Cell {
    Cell::Whole(number.into())
}

/// Entries are far below 2⁶³.
fn entry(sequence: u64) -> Cell {
    Cell::Whole(i64::try_from(sequence).unwrap_or(i64::MAX))
}

fn officer(officer: &Officer) -> Row {
    let term = officer.terms.last();
    let roles = Role::ALL.iter().filter(|role| term.is_some_and(|term| term.roles.has(**role)));
    vec![
        number(officer.number),
        officer.latin.as_str().into(),
        officer.native.clone().into(),
        Cell::Bytes(term.map(|term| term.key.to_vec()).unwrap_or_default()),
        Cell::Whole(roles.map(|role| 1 << (*role as u8)).sum()),
        entry(officer.dismissed.unwrap_or_default()),
    ]
}

fn application(desk: &Desk, it: &Application) -> Row {
    let content = it.particulars.as_ref();
    let permit = it.permit.as_ref();
    let day = |day: permit_core::Day| i64::from(day.number());
    vec![
        number(it.number),
        number(it.class as u8),
        Cell::Text(format!("{:?}", it.stored())),
        content.map(|content| content.latin.clone()).into(),
        content.and_then(|content| content.native.clone()).into(),
        content.map(|content| birth(content.birth)).into(),
        content.map(|content| i64::from(content.region)).into(),
        Cell::Bytes(it.digest(desk.office()).to_vec()),
        Cell::Whole(it.opened.0),
        Cell::Whole(it.since.0),
        permit.map(|permit| permit.id.to_string()).into(),
        permit.map(|permit| day(permit.from)).into(),
        permit.map(|permit| day(permit.through)).into(),
        permit.map_or(Cell::Null, |permit| Cell::Bytes(permit.digest.to_vec())),
        entry(it.last),
    ]
}

fn approvals(it: &Application) -> Vec<Row> {
    let row = |given: &crate::rules::Given| {
        vec![
            number(it.number),
            number(given.officer),
            number(given.role as u8),
            Cell::Whole(given.at.0),
            Cell::Bytes(given.sealed.clone()),
        ]
    };
    it.approvals.iter().map(row).collect()
}

fn papers(it: &Application) -> Vec<Row> {
    let row = |(paper, by, at): &(crate::rules::Paper, u16, permit_core::UnixTime)| {
        vec![
            number(it.number),
            number(paper.kind as u8),
            paper.issuer.as_str().into(),
            number(paper.dated.number()),
            number(*by),
            Cell::Whole(at.0),
        ]
    };
    it.papers.iter().map(row).collect()
}

fn case(case: &Case) -> Row {
    vec![
        number(case.number),
        number(case.kind as u8),
        Cell::Text(format!("{:?}", case.state)),
        case.person.latin.as_str().into(),
        case.person.native.clone().into(),
        Cell::Whole(case.opened.0),
        Cell::Whole(case.since.0),
        case.blocked.clone().into(),
        entry(case.last),
    ]
}

fn matter(matter: &Matter) -> Row {
    let first = matter.said.first();
    vec![
        number(matter.number),
        number(matter.kind as u8),
        Cell::Text(format!("{:?}", matter.state)),
        Cell::Text(first.map(|(.., words)| words.clone()).unwrap_or_default()),
        number(first.map(|(by, ..)| *by).unwrap_or_default()),
        entry(matter.last),
    ]
}

/// As it is compared and looked up: `1931-04-02`, `1931-04`, `1931`.
fn birth(birth: Birth) -> String {
    match birth {
        Birth::Day(day) => day.to_string(),
        Birth::Month(year, month) => format!("{year:04}-{month:02}"),
        Birth::Year(year) => format!("{year:04}"),
    }
}
