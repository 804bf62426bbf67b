//! What is kept: it goes by its term, it is worked out anew, and whatever was changed is named.

use std::path::Path;

use permit_core::{Direction, Side, trust::Role};
use permit_headquarters::{Asked, Home, Refusal, Site, Subject, TABLES, Taken, Wrong};
use permit_journal::{Concern, Terminal, faults::Memory};
use permit_report::Period;
use permit_store::Store;

use crate::world::{Kept, START, bundle, headquarters, role, terminal};

const DAY: i64 = 86_400;

async fn passages(site: &Site, side: Side) -> Vec<u8> {
    site.passages(&role(side, Role::Passages)).await.unwrap()
}

#[tokio::test]
async fn rows_past_their_term_go_and_nothing_counts_again() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let site = headquarters(folders[0].path(), Side::A).await;
    let other = headquarters(folders[1].path(), Side::B).await;
    assert_eq!(site.forget().await.unwrap(), None, "no terminal has signed the time");
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross_each(0..6, Direction::Exit);
    let early = kept.export(None);
    site.take(&early).await.unwrap();
    let file = passages(&site, Side::A).await;
    let took = |new| Taken::Passages { number: 1, new };
    assert_eq!(other.take(&file).await.unwrap(), took(6));

    let mut kept = Kept::on(kept.terminal, Memory::of(kept.disk.files()), 100 * DAY);
    kept.cross_each(10..12, Direction::Entry);
    let late = kept.export(None);
    // A clock that is ahead alone lets nothing go.
    let site = site.at(START.plus(1000 * DAY));
    let gone = site.forget().await.unwrap().unwrap();
    assert_eq!((gone.records, gone.passages), (0, 0));
    site.take(&late).await.unwrap();
    let gone = site.forget().await.unwrap().unwrap();
    assert_eq!(gone.passages, 6);
    assert!(gone.records >= 12, "{gone:?}");
    assert_eq!(site.check().await.unwrap(), [], "chains verify by their hashes");
    let again = site.forget().await.unwrap().unwrap();
    assert_eq!((again.records, again.passages), (0, 0));

    // The same records in other files: nothing is new but what is.
    kept.cross(20, Direction::Exit);
    let taken = site.take(&kept.export(None)).await.unwrap();
    let Taken::Journal { new, passages: through, .. } = taken else { panic!("{taken:?}") };
    assert_eq!((new, through), (2, 1), "a scan and a decision");
    assert_eq!(site.check().await.unwrap(), []);
    // Another journal is another still, by what is left of this one.
    let mut wiped = Kept::on(kept.terminal, Memory::new(), 500);
    wiped.cross_each(30..40, Direction::Exit);
    let taken = site.take(&wiped.export(None)).await.unwrap();
    assert!(matches!(taken, Taken::Refused(Refusal::Fork(_, 1))), "{taken:?}");
    assert!(site.terminals().await.unwrap()[0].gaps.is_empty());

    // The other side knows what it let go, and keeps what this side let go.
    let mut theirs = Kept::on(terminal(Side::B, 2), Memory::new(), 100 * DAY);
    theirs.cross(50, Direction::Entry);
    other.take(&theirs.export(None)).await.unwrap();
    let other = other.at(START.plus(101 * DAY));
    assert_eq!(other.forget().await.unwrap().unwrap().passages, 6);
    let file = passages(&site, Side::A).await;
    let taken = other.take(&file).await.unwrap();
    assert_eq!(taken, Taken::Passages { number: 2, new: 3 });
    assert_eq!(other.check().await.unwrap(), []);
    site.close().await.unwrap();
    other.close().await.unwrap();
}

/// Headquarters and where their database is.
async fn stand(folder: &Path) -> (Site, Home, String) {
    let (lists, root) = bundle();
    let home = Home::create(folder, (Side::A, 480), (&lists, &root), START).unwrap();
    let url = crate::database(&home);
    let site = Site::open(home.clone(), &url).await.unwrap().at(START.plus(60 * DAY));
    (site, home, url)
}

/// Some go out, some come home on the next day or later, one is let through the same way twice, one not after all.
async fn used(site: &Site) {
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross_each(0..30, Direction::Exit);
    let undone = kept.cross(40, Direction::Exit);
    kept.nobody(undone);
    kept.cross(3, Direction::Exit);
    kept.concern(Concern::Codes, true);
    site.take(&kept.export(None)).await.unwrap();
    let mut later = Kept::on(kept.terminal, Memory::of(kept.disk.files()), 2 * DAY);
    later.cross_each(0..20, Direction::Entry);
    later.cross_each(50..56, Direction::Entry);
    site.take(&later.export(None)).await.unwrap();
}

async fn run(url: &str, sql: &str) {
    let store = Store::open(url, &TABLES).await.unwrap();
    let session = store.write().await.unwrap();
    session.raw_for_tests_only(sql).await.unwrap();
    session.commit().await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn whatever_was_changed_is_named() {
    let who = Terminal { side: Side::A, number: 1 };
    let is = |wrong: &Wrong, name: &str| match wrong {
        Wrong::Record(it, _) => name == "record" && *it == who,
        Wrong::Stretches(it) => name == "stretch" && *it == who,
        Wrong::Passages(it) => name == "passage" && *it == who,
        Wrong::Permits => name == "permits",
        Wrong::Raised(it) => name == "raised" && *it == who,
        Wrong::Total(_) => name == "total",
        Wrong::Heads(_) => false,
    };
    for (sql, named) in [
        ("delete from record where sequence = 3", "stretch passage total"),
        ("update record set sequence = 100000 where sequence = 3", "record stretch passage total"),
        ("update stretch set last = last + 1", "stretch"),
        ("delete from stretch", "stretch"),
        ("update passage set time = time + 60 where id % 7 = 0", "passage permits"),
        ("update passage set void = 1 where id % 7 = 0", "passage permits total"),
        ("delete from passage where id % 7 = 0", "passage permits total"),
        ("update standing set journeys = journeys + 1", "permits"),
        ("update standing set since = null", "permits"),
        ("update standing set near = 5, same = 0", "permits"),
        ("delete from standing where place % 2 = 0", "permits"),
        ("update total set number = number + 1 where what = 0", "total"),
        ("update total set number = number + 1 where what = 1", "total"),
        ("update total set number = number + 1 where what = 3", "total"),
        ("delete from total where what = 4", "total"),
        ("update raised set open = 0", "raised"),
        ("delete from raised", "raised"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (site, home, url) = stand(folder.path()).await;
        used(&site).await;
        assert_eq!(site.check().await.unwrap(), []);
        site.close().await.unwrap();
        run(&url, sql).await;
        let site = Site::open(home, &url).await.unwrap().at(START.plus(60 * DAY));
        let wrong = site.check().await.unwrap();
        for name in named.split_whitespace() {
            assert!(wrong.iter().any(|it| is(it, name)), "{sql}: {name} not in {wrong:?}");
        }
        let other = |it: &&Wrong| !named.split_whitespace().any(|name| is(it, name));
        assert_eq!(wrong.iter().find(other), None, "{sql}");
        site.close().await.unwrap();
    }
}

/// A database of before what permits come to was kept: it is worked out at the start, and is the same.
#[tokio::test]
async fn what_permits_come_to_is_worked_out_where_it_was_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (site, home, url) = stand(folder.path()).await;
    used(&site).await;
    let said = async |site: &Site| {
        let list = site.presence(&role(Side::A, Role::Presence)).await.unwrap();
        let days = site.now().day(480);
        let traffic = site.traffic((days.plus(-60), days), None).await.unwrap();
        assert_eq!(traffic.hours.iter().flatten().sum::<u64>(), 57);
        let mut told = Vec::new();
        let month = Period::before(days);
        let usage = Subject::Usage { month, incomplete: true };
        for subject in [usage, Subject::Situation] {
            let key = role(Side::A, Role::Report);
            let asked = Asked::default();
            let made = site.report(&asked, subject, &key, |made| Ok(made.clone()));
            let files = made.await.unwrap().files;
            let json = files.into_iter().find(|(name, _)| name.ends_with(".json")).unwrap().1;
            let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
            told.push((json["told"]["passages"].clone(), json["told"]["away"].clone()));
        }
        let payload = permit_core::cose::Sign1::read(&list.sealed).unwrap().payload.to_vec();
        (payload[payload.len() - 600..].to_vec(), traffic, told)
    };
    let before = said(&site).await;
    site.close().await.unwrap();
    run(&url, "delete from standing").await;
    run(&url, "delete from total where what > 2").await;
    let site = Site::open(home, &url).await.unwrap().at(START.plus(60 * DAY));
    assert_eq!(site.check().await.unwrap(), []);
    assert_eq!(said(&site).await, before);
    site.close().await.unwrap();
}
