//! A batch over the pages: a table is looked at row by row, then taken in piece by piece, and nothing of it is approved.
//!
//! What is wrong is listed by row and column and downloaded as a table, without a cell of the batch. A batch that can be taken in
//! waits in memory, under the officer who looked at it and nobody else; after each piece the page says how far it is. What was
//! interrupted is looked at again: rows that are there already are not taken in twice.

use std::collections::VecDeque;

use askama::Template;
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::IntoResponse as _,
};
use permit_core::sha256;
use permit_web::{Form, Handed};

use super::{
    super::{
        field::{Field, Kind},
        frame::{Frame, Sheet},
        held,
        visit::{Done, Trouble, Visit, go, html},
    },
    facts,
};
use crate::{
    batch::{self, Batch, Refused, Wrong},
    empty,
    file::Asked,
    said,
    site::Site,
};

/// What came of a file that an officer looked at.
#[derive(Debug)]
pub(in super::super) enum Looked {
    /// What is wrong with it.
    Wrong(Vec<Wrong>),
    /// It can be taken in, or is being.
    Rows(Rows),
}

/// A batch on its way in.
#[derive(Debug)]
pub(in super::super) struct Rows {
    digest: String,
    /// How it was read.
    form: String,
    all: usize,
    left: VecDeque<(usize, Asked)>,
    /// Taken in by this.
    new: usize,
    /// Not handed in yet: row and application.
    open: Vec<(usize, u32)>,
}

#[derive(Debug, Template)]
#[template(path = "batch.html")]
struct Page<'v> {
    f: Frame<'v>,
    form: Sheet<'v>,
    /// What came of it.
    said: String,
    mark: &'static str,
    /// Rows, columns and problems.
    wrong: Vec<[String; 3]>,
    more: usize,
    /// The digest of what can be taken in.
    digest: String,
    /// How many are in, and of how many, while it goes on.
    progress: Option<(usize, usize)>,
    open: Vec<(usize, u32)>,
}

/// The page, a file that is looked at, or the next piece of one that is taken in.
pub(in super::super) async fn page(visit: &Visit<'_>, handed: Handed) -> Done {
    if !visit.posts {
        let site = visit.site().await?;
        return shown(visit, &site, String::new());
    }
    match handed.form.one("do") {
        "take" => take(visit, &handed.form).await,
        "drop" => {
            held(&visit.pages.batches).remove(&visit.by);
            Ok(go("/batch"))
        }
        _ => look(visit, handed.file).await,
    }
}

/// Reads the file and understands every row of it.
async fn look(visit: &Visit<'_>, bytes: Vec<u8>) -> Done {
    let digest = facts::hex(&sha256(&[&bytes]));
    let large = bytes.len() > MOST;
    let empty = bytes.is_empty();
    let table = tokio::task::spawn_blocking(move || permit_table::read(&bytes)).await;
    let table = table.map_err(|_| Trouble::NotAForm)?;
    let site = visit.site().await?;
    let words = visit.words;
    if empty {
        return shown(visit, &site, visit.t("row-missing"));
    }
    if large {
        return shown(visit, &site, words.with("table-bytes", &[("most", MOST.into())]));
    }
    let table = match table {
        Ok(table) => table,
        Err(error) => return shown(visit, &site, said::told(error.told(), words)),
    };
    let looked = {
        let mut lists = site.lists().map_err(Trouble::from)?;
        let trust = lists.open().map_err(|_| Trouble::Broken("desk-broken-key"))?;
        Batch::of(&table, &site.issuer(&trust)?)
    };
    let looked = match looked {
        Ok(batch) => {
            let rows = batch.rows().map(|(row, asked)| (row, asked.clone()));
            let left: VecDeque<_> = rows.collect();
            let (form, all) = (table.form.to_string(), left.len());
            Looked::Rows(Rows { digest, form, all, left, new: 0, open: Vec::new() })
        }
        Err(Refused::Rows(wrong)) => Looked::Wrong(wrong),
        Err(Refused::Column(column)) => {
            let said = words.with("desk-batch-column", &[("column", column.into())]);
            return shown(visit, &site, said);
        }
        Err(Refused::NoRows) => return shown(visit, &site, visit.t("desk-batch-none")),
    };
    {
        let mut batches = held(&visit.pages.batches);
        let busy = |looked: &Looked| matches!(looked, Looked::Rows(rows) if !rows.left.is_empty());
        if batches.len() >= TOGETHER && !batches.contains_key(&visit.by) {
            batches.retain(|_, looked| busy(looked));
        }
        if batches.len() >= TOGETHER && !batches.contains_key(&visit.by) {
            drop(batches);
            return shown(visit, &site, visit.t("desk-batch-busy"));
        }
        batches.insert(visit.by, looked);
    }
    shown(visit, &site, String::new())
}

/// Takes the next piece in. Between two rows others get their turn.
async fn take(visit: &Visit<'_>, form: &Form) -> Done {
    for _ in 0..PIECE {
        let next = match held(&visit.pages.batches).get(&visit.by) {
            Some(Looked::Rows(rows)) if rows.digest == form.one("digest") => {
                rows.left.front().cloned()
            }
            _ => None,
        };
        let Some((row, asked)) = next else { break };
        let mut site = visit.site().await?;
        let taken = batch::take(&mut site, visit.by, &asked).await?;
        if let Some(Looked::Rows(rows)) = held(&visit.pages.batches).get_mut(&visit.by)
            && rows.left.front().is_some_and(|(number, _)| *number == row)
        {
            rows.left.pop_front();
            rows.new += usize::from(taken.new);
            rows.open.extend(taken.open.then_some((row, taken.number)));
        }
    }
    Ok(go("/batch"))
}

/// What is wrong with the file that was looked at, as a table.
pub(in super::super) fn list(visit: &Visit<'_>) -> Done {
    let wrong = match held(&visit.pages.batches).get(&visit.by) {
        Some(Looked::Wrong(wrong)) => lines(visit, wrong).map(Vec::from).collect(),
        _ => Vec::new(),
    };
    if wrong.is_empty() {
        return Err(Trouble::Nowhere);
    }
    let columns = HEADS.map(|id| visit.t(id));
    workbook("wrong.xlsx", permit_table::write("1", &columns, &wrong).ok())
}

/// An empty table with every column and what it is.
pub(in super::super) fn empty(visit: &Visit<'_>) -> Done {
    let book = permit_table::write_empty("1", &empty::columns(visit.words));
    workbook("batch.xlsx", book.ok())
}

fn workbook(name: &str, bytes: Option<Vec<u8>>) -> Done {
    let broken = |_| Trouble::Broken("desk-broken-page");
    let bytes = bytes.ok_or(Trouble::Broken("desk-broken-page"))?;
    let name = format!("attachment; filename=\"{name}\"");
    let name = HeaderValue::from_str(&name).map_err(broken)?;
    let kind = HeaderValue::from_static(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    );
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn lines<'w>(
    visit: &'w Visit<'_>,
    wrong: &'w [Wrong],
) -> impl Iterator<Item = [String; 3]> + use<'w> {
    let line =
        |it: &Wrong| [it.row.to_string(), it.column.clone(), said::wrong(&it.why, visit.words)];
    wrong.iter().map(line)
}

/// The page, with what is known of the officer's last file.
fn shown(visit: &Visit<'_>, site: &Site, error: String) -> Done {
    let words = visit.words;
    let refused = !error.is_empty();
    let file = Field::text("batch", visit.t("desk-batch-file"), "");
    let kind = Kind::File(".xlsx,.csv,.txt,.json");
    let file = file.of(kind).hint(visit.t("desk-batch-hint")).wrong(error).wide();
    let title = visit.t("desk-batch");
    let form = Sheet::new(Frame::new(visit, site, title.clone()), "/".to_owned());
    let mut page = Page {
        f: Frame::new(visit, site, title),
        form: form.fields(vec![file]),
        said: String::new(),
        mark: "good",
        wrong: Vec::new(),
        more: 0,
        digest: String::new(),
        progress: None,
        open: Vec::new(),
    };
    let mut bad = refused;
    match held(&visit.pages.batches).get(&visit.by).filter(|_| !refused) {
        None => {}
        Some(Looked::Wrong(wrong)) => {
            let mut rows: Vec<usize> = wrong.iter().map(|it| it.row).collect();
            rows.dedup();
            page.said = words.with("desk-batch-wrong", &[("rows", rows.len().into())]);
            (page.mark, bad) = ("bad", visit.posts);
            page.wrong = lines(visit, wrong).take(SHOWN).collect();
            page.more = wrong.len().saturating_sub(SHOWN);
        }
        Some(Looked::Rows(rows)) => {
            let taken = rows.all - rows.left.len();
            page.open.clone_from(&rows.open);
            if rows.left.is_empty() {
                let values = [
                    ("new", rows.new.into()),
                    ("there", (rows.all - rows.new).into()),
                    ("open", rows.open.len().into()),
                ];
                page.said = words.with("station-import-done", &values);
            } else {
                page.digest.clone_from(&rows.digest);
                let values = [("rows", rows.all.into()), ("form", rows.form.clone().into())];
                page.said = words.with("desk-batch-good", &values);
                page.progress = (taken > 0).then_some((taken, rows.all));
            }
        }
    }
    let status = if bad { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html(status, page.render())
}

impl Page<'_> {
    /// So many of so many.
    fn taken(&self, done: &usize, all: &usize) -> String {
        let values = [("done", (*done).into()), ("all", (*all).into())];
        self.f.words.with("desk-batch-taken", &values)
    }
}

/// What stands over the list of what is wrong.
const HEADS: [&str; 3] =
    ["station-import-row", "station-import-column-name", "station-import-problem"];
/// Bytes of a file that is taken over the pages: chosen, some thousand rows. The command takes larger ones.
const MOST: usize = 2 * 1024 * 1024;
/// Batches that wait at a time: chosen, so that they take some tens of MiB at most.
const TOGETHER: usize = 8;
/// Rows that are taken in before the page says how far it is: chosen, about a second.
const PIECE: usize = 50;
/// Problems that are shown; the others are in the list.
const SHOWN: usize = 100;
