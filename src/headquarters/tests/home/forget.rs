//! Retention by term.

use permit_core::{Direction, Side, trust::Role};
use permit_headquarters::{Refusal, Site, Taken};
use permit_journal::faults::Memory;

use crate::world::{Kept, START, headquarters, role, terminal};

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
