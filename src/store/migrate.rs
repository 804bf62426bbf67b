//! The schema, step by step from nothing. A step that was released is never changed; what a program needs next is a
//! further one.

use sea_orm_migration::{prelude::*, sea_orm::DbErr};

use crate::{Kind, Table};

/// The steps of a store with these tables.
pub(crate) struct Steps;

#[async_trait::async_trait]
impl MigratorTrait for Steps {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Entries)]
    }
}

/// The chain.
struct Entries;

impl MigrationName for Entries {
    fn name(&self) -> &'static str {
        "1-entries"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Entries {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = sea_orm_migration::prelude::Table::create();
        table
            .table("entry")
            .if_not_exists()
            .col(ColumnDef::new("sequence").big_integer().not_null().primary_key())
            .col(ColumnDef::new("kind").big_integer().not_null())
            .col(ColumnDef::new("number").big_integer().not_null())
            .col(ColumnDef::new("sealed").binary().not_null())
            .col(ColumnDef::new("body").binary().null());
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("entry_subject").table("entry").if_not_exists();
        index.col("kind").col("number").col("sequence");
        manager.create_index(index).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("a chain is not taken back".to_owned()))
    }
}

/// Makes a table that is worked out from the chain, and its indexes, where they are not there.
pub(crate) fn create(table: &Table) -> (TableCreateStatement, Vec<IndexCreateStatement>) {
    let mut create = sea_orm_migration::prelude::Table::create();
    create.table(table.name).if_not_exists();
    for column in table.columns {
        let mut definition = ColumnDef::new(column.name);
        match column.kind {
            Kind::Whole => definition.big_integer(),
            Kind::Text => definition.text(),
            Kind::Bytes => definition.binary(),
        };
        if !column.null {
            definition.not_null();
        }
        create.col(&mut definition);
    }
    let mut key = Index::create();
    for column in table.columns.iter().take(table.key) {
        key.col(column.name);
    }
    create.primary_key(&mut key);
    let indexes = table.indexes.iter().map(|columns| {
        let mut index = Index::create();
        index.name(format!("{}_{}", table.name, columns.join("_"))).table(table.name);
        index.if_not_exists();
        for column in *columns {
            index.col(*column);
        }
        index.to_owned()
    });
    (create, indexes.collect())
}
