//! Acceptance: whatever is changed straight in the database, nothing is signed for it and the check names the row. The
//! cells come from the schema, not from a list.

use permit_core::Signer as _;
use permit_record::Role;
use permit_store::{Cell, Column, Kind, Table};

use super::{
    super::{Finding, Registry, RegistryError, TABLES},
    place::*,
};
use crate::rules::{Denied, tests::scene::*, *};

async fn raw(registry: &Registry, sql: &str) {
    let session = registry.store().write().await.unwrap();
    session.raw_for_tests_only(sql).await.unwrap();
    session.commit().await.unwrap();
}

/// Another value than the one that stands there.
fn other(place: &Place, column: &Column, cell: &Cell) -> String {
    let bytes = if place.url.starts_with("sqlite") { "x'00ff'" } else { "'\\x00ff'" };
    match (column.kind, cell) {
        (Kind::Whole, Cell::Whole(number)) => (number + 1).to_string(),
        (Kind::Whole, _) => "1".to_owned(),
        (Kind::Text, _) => "'Approved '".to_owned(),
        (Kind::Bytes, _) => bytes.to_owned(),
    }
}

/// Which row, by its key.
fn row_is(table: &Table, row: &[Cell]) -> String {
    let equal = |(column, cell): (&Column, &Cell)| match cell {
        Cell::Whole(number) => format!("{} = {number}", column.name),
        other => panic!("a key that is no number: {other:?}"),
    };
    let key = table.columns.iter().zip(row).take(table.key);
    key.map(equal).collect::<Vec<_>>().join(" AND ")
}

/// A registry with something in every table, and an application that lacks an approval.
async fn filled(place: &Place) -> (Registry, u32) {
    let mut registry = registry(place).await;
    approved(&mut registry, Class::Resident).await;
    let number = reviewed(&mut registry, Class::StateEmployee).await;
    let act = approve(&registry, number, POLICE, Role::Police);
    does(&mut registry, POLICE, number, act).await;
    let raise = MatterAct::Raise(MatterKind::Issue, "종이가 없습니다".into());
    registry.act(CLERK, NOON, Act::Matter(0, raise)).await.unwrap();
    let person = Person {
        latin: "O SORI".into(),
        native: None,
        birth: permit_core::Birth::Year(1920),
        region: None,
        people: 1,
    };
    let open = CaseAct::Open {
        kind: CaseKind::Return,
        person,
        language: Language::Ko,
        basis: None,
        salt: [1; 16],
    };
    registry.act(CASES, NOON, Act::Case(0, open)).await.unwrap();
    (registry, number)
}

/// A desk that starts now over this database signs nothing for that application.
async fn signs_nothing(place: &Place, number: u32) {
    let mut registry = opened(place).await.unwrap();
    let denied = registry.issue(number, CLERK, NOON, None).await.unwrap_err();
    assert!(matches!(denied, RegistryError::Denied(Denied::State(State::UnderReview))), "{denied}");
}

#[tokio::test]
async fn r16_every_cell_of_every_table_changed_is_named_and_signs_nothing() {
    for place in places() {
        let (mut registry, number) = filled(&place).await;
        let mut cells = 0;
        for table in &TABLES {
            let session = registry.store().read().await.unwrap();
            let rows = session.all(table).await.unwrap();
            drop(session);
            assert!(!rows.is_empty(), "{} has rows to change", table.name);
            for (row, index) in
                rows.iter().flat_map(|row| (0..table.columns.len()).map(move |i| (row, i)))
            {
                let column = &table.columns[index];
                // A key that somebody else has is refused by the database itself; far away is free.
                let value = match (index < table.key, &row[index]) {
                    (true, Cell::Whole(number)) => (number + 5000).to_string(),
                    _ => other(&place, column, &row[index]),
                };
                let (name, which) = (table.name, row_is(table, row));
                let sql = format!("UPDATE {name} SET {} = {value} WHERE {which}", column.name);
                raw(&registry, &sql).await;
                let findings = registry.check().await.unwrap();
                let named = |finding: &Finding| match finding {
                    Finding::Differs { table, column: found, .. } => {
                        *table == name && *found == column.name
                    }
                    Finding::Missing { table, .. } => *table == name && index < 2,
                    _ => false,
                };
                assert!(findings.iter().any(named), "{sql}: {findings:?}");
                cells += 1;
                if cells % 20 == 0 {
                    signs_nothing(&place, number).await;
                }
                registry.rebuild().await.unwrap();
            }
        }
        assert!(registry.check().await.unwrap().is_empty());
        println!("COUNTED desk-cells-changed={cells}");
        assert!(cells > 100);
    }
}

#[tokio::test]
async fn r16_a_whole_forged_officer_with_approvals_signs_nothing() {
    for place in places() {
        let (registry, number) = filled(&place).await;
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let blob = |bytes: &[u8]| match place.url.starts_with("sqlite") {
            true => format!("x'{}'", hex(bytes)),
            false => format!("'\\x{}'", hex(bytes)),
        };
        let (forged, at) = (77, NOON.0);
        let public = blob(&key(forged).public_key());
        raw(
            &registry,
            &format!("INSERT INTO officer VALUES ({forged}, 'FORGED', NULL, {public}, 4, 0)"),
        )
        .await;
        let digest = registry.desk().application(number).unwrap().digest(registry.desk().office());
        let approval = permit_record::Approval {
            digest,
            subject: permit_record::Subject::Application(number),
            role: Role::BorderDefence,
            ..approval(forged)
        };
        let bytes = blob(&sealed(forged, approval));
        raw(
            &registry,
            &format!("INSERT INTO approval VALUES ({number}, {forged}, 2, {at}, {bytes})"),
        )
        .await;
        raw(
            &registry,
            &format!("UPDATE application SET state = 'Approved' WHERE number = {number}"),
        )
        .await;
        let findings = registry.check().await.unwrap();
        let told: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        signs_nothing(&place, number).await;
    }
}

#[tokio::test]
async fn r26_every_column_of_an_entry_changed_is_found() {
    for place in places() {
        let (registry, _) = filled(&place).await;
        let last = registry.tip().sequence;
        let bytes = if place.url.starts_with("sqlite") { "x'00'" } else { "'\\x00'" };
        let changes = [
            format!("UPDATE entry SET sequence = sequence + 5000 WHERE sequence = {}", last / 2),
            format!("UPDATE entry SET kind = kind + 1 WHERE sequence = {}", last / 2),
            format!("UPDATE entry SET number = number + 1 WHERE sequence = {}", last / 2),
            format!("UPDATE entry SET sealed = {bytes} WHERE sequence = {}", last / 2),
            format!("UPDATE entry SET body = {bytes} WHERE sequence = {}", last / 2),
            format!("UPDATE entry SET body = NULL WHERE sequence = {}", last / 2),
            format!("DELETE FROM entry WHERE sequence = {}", last / 2),
            format!("DELETE FROM entry WHERE sequence = {last}"),
        ];
        let entries = {
            let session = registry.store().read().await.unwrap();
            session.after(0, 10_000).await.unwrap()
        };
        for sql in changes {
            raw(&registry, &sql).await;
            let findings = registry.check().await.unwrap();
            assert!(matches!(findings[..], [Finding::Record(_)]), "{sql}: {findings:?}");
            assert!(opened(&place).await.is_err(), "{sql}");
            let session = registry.store().write().await.unwrap();
            session.raw_for_tests_only("DELETE FROM entry").await.unwrap();
            for entry in &entries {
                session.append(entry).await.unwrap();
            }
            session.commit().await.unwrap();
            assert!(registry.check().await.unwrap().is_empty());
        }
    }
}
