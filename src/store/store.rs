//! Opening a store, and what is done in one transaction.

use core::time::Duration;
use std::sync::Arc;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, QueryResult, SqliteTransactionMode, TransactionOptions, TransactionTrait, Value,
    sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Order, Query, SelectStatement},
};
use sea_orm_migration::MigratorTrait as _;

use crate::{Cell, Column, Kind, Row, StoreError, Table, address, migrate};

/// A database with a chain of entries and the tables of whoever opened it.
#[derive(Clone, Debug)]
pub struct Store {
    database: DatabaseConnection,
    tables: Arc<[Table]>,
}

/// One transaction: everything in it is there afterwards, or nothing.
#[derive(Debug)]
pub struct Session {
    transaction: DatabaseTransaction,
}

/// An entry as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    /// Its place in the chain.
    pub sequence: u64,
    /// What it is about: which kind.
    pub kind: u8,
    /// Which of that kind.
    pub number: u32,
    /// The signed bytes.
    pub sealed: Vec<u8>,
    /// Its content, unless that was let go.
    pub body: Option<Vec<u8>>,
}

impl Store {
    /// Opens a store, `sqlite://PATH` or `postgres://…`, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// When the database is not there, not one of the two, or another program's; [`StoreError::Plain`] where it is on another
    /// machine and nothing says that it is spoken to over TLS.
    pub async fn open(url: &str, tables: &[Table]) -> Result<Self, StoreError> {
        let sqlite = url.starts_with("sqlite:");
        if !sqlite && !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(StoreError::Url);
        }
        if !sqlite {
            address::covered(url)?;
        }
        let url = if sqlite && !url.contains('?') { format!("{url}?mode=rwc") } else { url.into() };
        let mut options = ConnectOptions::new(url);
        // Statements hold names of people: none is logged.
        options.sqlx_logging(false).max_connections(if sqlite { CONNECTIONS } else { 8 });
        // Each connection is told for itself: a commit is on the disk before it is answered for, and what is deleted or
        // replaced is overwritten (SQLite's documentation of the pragmas).
        options.map_sqlx_sqlite_opts(|sqlite| {
            let sqlite = sqlite.busy_timeout(BUSY).pragma("journal_mode", "WAL");
            sqlite.pragma("synchronous", "FULL").pragma("secure_delete", "ON")
        });
        let database = Database::connect(options).await?;
        // Programs that start at once on one PostgreSQL make the tables one after the other: making one "if not there" is no
        // lock (PostgreSQL 15 manual, 13.3.5). The lock ends with the program, whatever ends it.
        let alone = match database.get_database_backend() {
            DbBackend::Postgres => Some(database.begin().await?),
            _ => None,
        };
        if let Some(alone) = &alone {
            alone.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({ALONE})")).await?;
        }
        migrate::Steps::up(&database, None).await?;
        for table in tables {
            let (create, indexes) = migrate::create(table);
            database.execute(&create).await?;
            for index in &indexes {
                database.execute(index).await?;
            }
        }
        if let Some(alone) = alone {
            alone.commit().await?;
        }
        Ok(Self { database, tables: tables.into() })
    }

    /// The tables it was opened with.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Begins to write: whoever else does waits until this is committed or dropped.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or another writer does not end.
    pub async fn write(&self) -> Result<Session, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.database.begin_with_options(options).await?;
        if transaction.get_database_backend() != DbBackend::Sqlite {
            // Readers read on; a second writer waits (PostgreSQL 15 manual, 13.3.1).
            transaction.execute_unprepared("LOCK TABLE entry IN EXCLUSIVE MODE").await?;
        }
        Ok(Session { transaction })
    }

    /// Begins to read: everything read in it is of one moment.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn read(&self) -> Result<Session, StoreError> {
        let isolation = match self.database.get_database_backend() {
            DbBackend::Postgres => Some(sea_orm::IsolationLevel::RepeatableRead),
            _ => None,
        };
        Ok(Session { transaction: self.database.begin_with_config(isolation, None).await? })
    }

    /// Writes a whole copy of a SQLite store into a new file, while it is used.
    ///
    /// # Errors
    ///
    /// When the file cannot be written; of PostgreSQL, whose own tools do this.
    pub async fn copy_to(&self, path: &str) -> Result<(), StoreError> {
        if self.database.get_database_backend() != DbBackend::Sqlite {
            return Err(StoreError::Url);
        }
        let into = sea_orm::Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "VACUUM INTO ?",
            [Value::from(path)],
        );
        self.database.execute_raw(into).await?;
        Ok(())
    }

    /// Whether it is a file of its own.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.database.get_database_backend() == DbBackend::Sqlite
    }

    /// Copies the chain, as it is at one moment, into a store that has none, whichever database either is in; how many entries.
    /// The tables of the other are worked out from it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Used`] where the other has a chain already; when one of the databases does not answer. Nothing was copied then.
    pub async fn entries_to(&self, other: &Self) -> Result<u64, StoreError> {
        let (from, to) = (self.read().await?, other.write().await?);
        if !to.after(0, 1).await?.is_empty() {
            return Err(StoreError::Used);
        }
        let (mut last, mut count) = (0, 0);
        loop {
            let entries = from.after(last, TOGETHER as u64).await?;
            let Some(end) = entries.last() else { break };
            last = end.sequence;
            count += entries.len() as u64;
            to.append_all(&entries).await?;
        }
        to.commit().await?;
        Ok(count)
    }

    /// Empties the log of a SQLite store into its file, so that what was deleted is in neither. PostgreSQL does this in its
    /// own time.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn settle(&self) -> Result<(), StoreError> {
        if self.database.get_database_backend() == DbBackend::Sqlite {
            self.database.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// Ends every connection.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.database.close().await?)
    }
}

impl Session {
    /// Adds an entry to the chain. A place is taken once.
    ///
    /// # Errors
    ///
    /// When there is one already, or the database does not answer.
    pub async fn append(&self, entry: &Stored) -> Result<(), StoreError> {
        self.append_all(core::slice::from_ref(entry)).await
    }

    /// Adds entries to the chain.
    ///
    /// # Errors
    ///
    /// When there is one of them already, or the database does not answer.
    pub async fn append_all(&self, entries: &[Stored]) -> Result<(), StoreError> {
        for entries in entries.chunks(TOGETHER) {
            let mut insert = Query::insert();
            insert.into_table("entry").columns(["sequence", "kind", "number", "sealed", "body"]);
            for entry in entries {
                insert.values_panic([
                    whole(entry.sequence).into(),
                    i64::from(entry.kind).into(),
                    i64::from(entry.number).into(),
                    entry.sealed.clone().into(),
                    Expr::val(entry.body.clone()),
                ]);
            }
            self.transaction.execute(&insert).await?;
        }
        Ok(())
    }

    /// Lets go of the contents of every entry about a subject. The entries stay.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn forget(&self, kind: u8, number: u32) -> Result<(), StoreError> {
        let mut update = Query::update();
        update.table("entry").value("body", Expr::val(None::<Vec<u8>>));
        update.and_where(Expr::col("kind").eq(i64::from(kind)));
        update.and_where(Expr::col("number").eq(i64::from(number)));
        self.transaction.execute(&update).await?;
        Ok(())
    }

    /// At most `most` entries after one, in order.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn after(&self, sequence: u64, most: u64) -> Result<Vec<Stored>, StoreError> {
        let mut select = entries();
        select.and_where(Expr::col("sequence").gt(whole(sequence))).limit(most);
        self.stored(&select).await
    }

    /// Every entry about a subject, in order.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn about(&self, kind: u8, number: u32) -> Result<Vec<Stored>, StoreError> {
        let mut select = entries();
        select.and_where(Expr::col("kind").eq(i64::from(kind)));
        select.and_where(Expr::col("number").eq(i64::from(number)));
        self.stored(&select).await
    }

    async fn stored(&self, select: &SelectStatement) -> Result<Vec<Stored>, StoreError> {
        let rows = self.transaction.query_all(select).await?;
        rows.iter().map(read_entry).collect()
    }

    /// Puts a row in its place, over whatever has its key.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn put(&self, table: &Table, row: &Row) -> Result<(), StoreError> {
        self.transaction
            .execute(insert(table, core::slice::from_ref(row)).on_conflict(over(table)))
            .await?;
        Ok(())
    }

    /// Puts rows in their places, over whatever has their keys; no two of them have the same key.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn put_all(&self, table: &Table, rows: &[Row]) -> Result<(), StoreError> {
        for rows in rows.chunks(TOGETHER) {
            self.transaction.execute(insert(table, rows).on_conflict(over(table))).await?;
        }
        Ok(())
    }

    /// Adds rows that are not there. No row is looked for, so that it also goes where a table's rows lie on other servers.
    ///
    /// # Errors
    ///
    /// When one of them is there, or the database does not answer.
    pub async fn add_all(&self, table: &Table, rows: &[Row]) -> Result<(), StoreError> {
        for rows in rows.chunks(TOGETHER) {
            self.transaction.execute(&insert(table, rows)).await?;
        }
        Ok(())
    }

    /// Rows a column of which is any of these, by no order.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or holds other kinds of values.
    pub async fn any(
        &self,
        table: &Table,
        column: &'static str,
        wanted: &[Cell],
    ) -> Result<Vec<Row>, StoreError> {
        let mut all = Vec::new();
        for wanted in wanted.chunks(TOGETHER) {
            let mut select = Query::select();
            select.columns(table.columns.iter().map(|column| column.name)).from(table.name);
            select.and_where(is_any(column, wanted));
            all.extend(self.read_rows(table, &select).await?);
        }
        Ok(all)
    }

    /// Removes the rows a column of which is any of these.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn remove_any(
        &self,
        table: &Table,
        column: &'static str,
        wanted: &[Cell],
    ) -> Result<(), StoreError> {
        for wanted in wanted.chunks(TOGETHER) {
            let mut delete = Query::delete();
            delete.from_table(table.name).and_where(is_any(column, wanted));
            self.transaction.execute(&delete).await?;
        }
        Ok(())
    }

    /// At most `most` rows one whole number of which is from one value to another, both included, by that number.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or holds other kinds of values.
    pub async fn along(
        &self,
        table: &Table,
        (column, least, greatest): (&'static str, i64, i64),
        most: u64,
    ) -> Result<Vec<Row>, StoreError> {
        let mut select = Query::select();
        select.columns(table.columns.iter().map(|column| column.name)).from(table.name);
        select.and_where(Expr::col(column).gte(least)).and_where(Expr::col(column).lte(greatest));
        select.order_by(column, Order::Asc).limit(most);
        self.read_rows(table, &select).await
    }

    /// How many rows have these values, and one whole number from one value to another, both included.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn count(
        &self,
        table: &Table,
        wanted: &[(&'static str, Cell)],
        (column, least, greatest): (&'static str, i64, i64),
    ) -> Result<u64, StoreError> {
        let mut select = Query::select();
        select.expr(Expr::col(table.columns[0].name).count()).from(table.name);
        for (name, cell) in wanted {
            let column = Column::new(name, Kind::Text);
            select.and_where(Expr::col(*name).eq(value(&column, cell)));
        }
        select.and_where(Expr::col(column).gte(least)).and_where(Expr::col(column).lte(greatest));
        let row = self.transaction.query_one(&select).await?;
        let number = row.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))?;
        u64::try_from(number).map_err(|_| StoreError::Kind { table: table.name, column })
    }

    /// Removes the rows whose first key columns are these.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn remove(&self, table: &Table, key: &[Cell]) -> Result<(), StoreError> {
        let mut delete = Query::delete();
        delete.from_table(table.name);
        for (column, cell) in table.columns.iter().zip(key) {
            delete.and_where(Expr::col(column.name).eq(value(column, cell)));
        }
        self.transaction.execute(&delete).await?;
        Ok(())
    }

    /// Rows whose column is from one value to another, both included, by their key.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or holds other kinds of values.
    pub async fn between(
        &self,
        table: &Table,
        column: &'static str,
        (least, greatest): (Cell, Cell),
        most: u64,
    ) -> Result<Vec<Row>, StoreError> {
        let definition = Column::new(column, Kind::Text);
        let mut select = rows(table);
        select.and_where(Expr::col(column).gte(value(&definition, &least)));
        select.and_where(Expr::col(column).lte(value(&definition, &greatest))).limit(most);
        self.read_rows(table, &select).await
    }

    /// Rows whose columns have these values and one whole number from one value to another, both included, by their key.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or holds other kinds of values.
    pub async fn within(
        &self,
        table: &Table,
        wanted: &[(&'static str, Cell)],
        (column, least, greatest): (&'static str, Cell, Cell),
        most: u64,
    ) -> Result<Vec<Row>, StoreError> {
        let mut select = having(table, wanted);
        let definition = Column::new(column, Kind::Whole);
        select.and_where(Expr::col(column).gte(value(&definition, &least)));
        select.and_where(Expr::col(column).lte(value(&definition, &greatest))).limit(most);
        self.read_rows(table, &select).await
    }

    /// All rows of a table, by their key.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or holds other kinds of values.
    pub async fn all(&self, table: &Table) -> Result<Vec<Row>, StoreError> {
        self.read_rows(table, &rows(table)).await
    }

    /// Rows whose columns have these values, by their key.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or holds other kinds of values.
    pub async fn having(
        &self,
        table: &Table,
        wanted: &[(&'static str, Cell)],
        most: u64,
    ) -> Result<Vec<Row>, StoreError> {
        self.read_rows(table, having(table, wanted).limit(most)).await
    }

    async fn read_rows(
        &self,
        table: &Table,
        select: &SelectStatement,
    ) -> Result<Vec<Row>, StoreError> {
        let found = self.transaction.query_all(select).await?;
        found.iter().map(|row| read_row(table, row)).collect()
    }

    /// Runs a statement as it is written: for tests that change what is stored.
    ///
    /// # Errors
    ///
    /// When the database refuses it.
    #[doc(hidden)]
    pub async fn raw_for_tests_only(&self, sql: &str) -> Result<(), StoreError> {
        self.transaction.execute_unprepared(sql).await?;
        Ok(())
    }

    /// Makes everything lasting.
    ///
    /// # Errors
    ///
    /// When it is not lasting.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}

/// An insertion of rows.
fn insert(table: &Table, rows: &[Row]) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(table.name).columns(table.columns.iter().map(|column| column.name));
    for row in rows {
        let cells = table.columns.iter().zip(row).map(|(column, cell)| value(column, cell).into());
        insert.values_panic(cells);
    }
    insert
}

/// What becomes of a row whose key is there: it gives way.
fn over(table: &Table) -> OnConflict {
    let names = |columns: &'static [Column]| columns.iter().map(|column| column.name);
    let (key, rest) = table.columns.split_at(table.key);
    let mut conflict = OnConflict::columns(names(key));
    if rest.is_empty() {
        conflict.do_nothing();
    } else {
        conflict.update_columns(names(rest));
    }
    conflict
}

fn is_any(column: &'static str, wanted: &[Cell]) -> Expr {
    let definition = Column::new(column, Kind::Text);
    Expr::col(column).is_in(wanted.iter().map(|cell| value(&definition, cell)))
}

fn entries() -> SelectStatement {
    let mut select = Query::select();
    select.columns(["sequence", "kind", "number", "sealed", "body"]).from("entry");
    select.order_by("sequence", Order::Asc);
    select
}

fn rows(table: &Table) -> SelectStatement {
    let mut select = Query::select();
    select.columns(table.columns.iter().map(|column| column.name)).from(table.name);
    for column in table.columns.iter().take(table.key) {
        select.order_by(column.name, Order::Asc);
    }
    select
}

fn having(table: &Table, wanted: &[(&'static str, Cell)]) -> SelectStatement {
    let mut select = rows(table);
    for (name, cell) in wanted {
        let column = Column::new(name, Kind::Text);
        select.and_where(Expr::col(*name).eq(value(&column, cell)));
    }
    select
}

fn read_entry(row: &QueryResult) -> Result<Stored, StoreError> {
    let number = |index| row.try_get_by_index::<i64>(index);
    let range = |_| StoreError::Database(DbErr::Type("out of range".to_owned()));
    Ok(Stored {
        sequence: number(0)?.try_into().map_err(range)?,
        kind: number(1)?.try_into().map_err(range)?,
        number: number(2)?.try_into().map_err(range)?,
        sealed: row.try_get_by_index(3)?,
        body: row.try_get_by_index(4)?,
    })
}

fn read_row(table: &Table, row: &QueryResult) -> Result<Row, StoreError> {
    let cell = |(index, column): (usize, &Column)| {
        let wrong = |_| StoreError::Kind { table: table.name, column: column.name };
        Ok(match column.kind {
            Kind::Whole => row.try_get_by_index::<Option<i64>>(index).map_err(wrong)?.into(),
            Kind::Text => row.try_get_by_index::<Option<String>>(index).map_err(wrong)?.into(),
            Kind::Bytes => row
                .try_get_by_index::<Option<Vec<u8>>>(index)
                .map_err(wrong)?
                .map_or(Cell::Null, Cell::Bytes),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

fn value(column: &Column, cell: &Cell) -> Value {
    match (cell, column.kind) {
        (Cell::Whole(number), _) => Value::from(*number),
        (Cell::Text(text), _) => Value::from(text.clone()),
        (Cell::Bytes(bytes), _) => Value::from(bytes.clone()),
        (Cell::Null, Kind::Whole) => Value::from(None::<i64>),
        (Cell::Null, Kind::Text) => Value::from(None::<String>),
        (Cell::Null, Kind::Bytes) => Value::from(None::<Vec<u8>>),
    }
}

/// Rows of one statement: chosen, so that with every table's columns it stays far below the 32,766 values that SQLite takes
/// (its documentation, "Maximum Number Of Host Parameters").
const TOGETHER: usize = 1000;
/// The advisory lock of whoever makes tables: chosen, "permit" in ASCII.
const ALONE: i64 = 0x7065_726d_6974;
/// Connections to a file: chosen; one writes at a time.
const CONNECTIONS: u32 = 4;
/// How long a connection to a file waits for whoever writes: chosen, longer than any write takes.
const BUSY: Duration = Duration::from_secs(10);

/// Places in a chain are far below 2⁶³.
fn whole(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_connection_to_a_file_waits_and_writes_through() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("a.db").display());
        let store = Store::open(&url, &[]).await.unwrap();
        // Held at once, each has a connection of its own.
        let mut sessions = Vec::new();
        for _ in 0..CONNECTIONS {
            sessions.push(store.read().await.unwrap());
        }
        for session in &sessions {
            for (pragma, wanted) in
                [("busy_timeout", 10_000), ("synchronous", 2), ("secure_delete", 1)]
            {
                let ask = format!("PRAGMA {pragma}");
                let ask = sea_orm::Statement::from_string(DbBackend::Sqlite, ask);
                let row = session.transaction.query_one_raw(ask).await.unwrap().unwrap();
                assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), wanted, "{pragma}");
            }
        }
    }
}
