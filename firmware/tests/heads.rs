//! A journal that is wiped or put back shows on the terminal itself, by how far headquarters have it, on the real program.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

mod desk;
mod guard;

use std::path::{Path, PathBuf};

use permit_core::trust::{Role, Root as CoreRoot};
use permit_core::{PublicKey, Side, Signer as _};
use permit_journal::{Disk, Terminal, Tip, audit};
use permit_signing::demo::{self, World};
use permit_signing::draft::{Digest, Draft, Heads, Key, List, Pin, RoleKeys, SeenHead};
use permit_signing::{Parties, Parts, sign_at_once};

use self::desk::{Desk, permit, state};

/// Lists of a side whose headquarters countersign heads, before and after they did.
struct Lists {
    folder: tempfile::TempDir,
}

impl Lists {
    /// The demonstration with keys for heads, and the bundle that countersigns this end of terminal A1's journal.
    fn make(tip: Tip) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::make().unwrap();
        let mut root = world.root_draft.clone();
        for (side, roles) in [(Side::A, &mut root.a), (Side::B, &mut root.b)] {
            let keys = vec![Key(demo::authority_key(side, Role::Heads, 1).public_key())];
            *roles.of_mut(Role::Heads) = RoleKeys { threshold: 1, keys };
        }
        let payload = root.encode().unwrap();
        let core = CoreRoot::decode(&payload).unwrap();
        let signers: Vec<_> = Side::BOTH
            .into_iter()
            .flat_map(|side| [1, 2].map(|number| demo::authority_key(side, Role::Root, number)))
            .collect();
        let of_root = Parties::of_root(&core, None);
        let root = sign_at_once(&Draft::Root(Box::new(root)), &of_root, &signers).unwrap();
        std::fs::write(folder.path().join("root.cbor"), &root).unwrap();
        let parts = Parts { roots: vec![root], ..world.parts.clone() };
        let before = parts.assemble(None, Some(demo::ISSUED)).unwrap();
        std::fs::write(folder.path().join("before.cbor"), before).unwrap();

        let snapshots = world.drafts.iter().filter_map(|draft| match draft {
            Draft::Snapshot(snapshot) => Some(snapshot.clone()),
            _ => None,
        });
        let mut snapshot = snapshots.into_iter().find(|it| it.side == Side::A.into()).unwrap();
        let Tip { sequence, hash } = tip;
        let head = SeenHead { number: 1, epoch: 0, sequence, hash: Digest(hash.0) };
        let heads = Heads { side: snapshot.side, header: snapshot.header, heads: vec![head] };
        let sign = |draft: &Draft, role| {
            let parties = Parties::of_side(&core, Side::A, role);
            sign_at_once(draft, &parties, &[demo::authority_key(Side::A, role, 1)]).unwrap()
        };
        let heads = sign(&Draft::Heads(heads), Role::Heads);
        snapshot.header.version += 1;
        snapshot.pins.push(Pin::of(List::Heads, 1, &heads));
        let mut parts = parts;
        let a = parts.a.as_mut().unwrap();
        a.snapshot = sign(&Draft::Snapshot(snapshot), Role::Snapshot);
        *a.documents.last_mut().unwrap() = Some(heads);
        let after = parts.assemble(None, Some(demo::ISSUED)).unwrap();
        std::fs::write(folder.path().join("after.cbor"), after).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts on one of the two bundles, the later one on the stick.
    fn desk(&self, state: &Path, bundle: &str) -> Desk {
        Desk::start(state, |command| {
            command.args(["--at", "1963-09-10T12:00", "--bundle"]).arg(self.path(bundle));
            command.arg("--root").arg(self.path("root.cbor"));
            command.arg("--stick").arg(self.path("after.cbor"));
        })
    }
}

/// The end of the journal that is kept, read from a copy.
fn end(state: &Path) -> Tip {
    let copy = copied(state);
    let disk = Disk::open(copy.path()).unwrap();
    let key = demo::authority_key(Side::A, Role::Heads, 1).public_key();
    let terminal = Terminal { side: Side::A, number: 1 };
    audit(&disk, terminal, &PublicKey::new(&key).unwrap()).unwrap().tip.unwrap()
}

/// A copy of the journal's files.
fn copied(state: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(state.join("journal")).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("journal-0") {
            std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    copy
}

/// Removes the journal and what is kept apart of it.
fn wipe(state: &Path) {
    std::fs::remove_dir_all(state.join("journal")).unwrap();
    // While there is damage none is kept.
    let _ = std::fs::remove_dir_all(state.join("journal-head"));
}

const DAMAGED: &str = "The journal is damaged";

#[test]
fn row_12_a_wiped_journal_shows_by_its_countersigned_head() {
    let state = state();
    let (used, other) = (permit(0, 1), permit(1, 1));
    let mut desk = Desk::start(state.path(), |_| ());
    desk.sign_in(0);
    desk.admit(&used);
    drop(desk);
    let early = copied(state.path());
    let mut desk = Desk::start(state.path(), |_| ());
    assert!(desk.scan(&used).contains(&50), "used up");
    drop(desk);
    let lists = Lists::make(end(state.path()));

    // Whole, it is whole.
    let mut desk = lists.desk(state.path(), "after.cbor");
    assert!(desk.scan(&used).contains(&50));
    assert!(!desk.until("it", |_| true).contains(DAMAGED));
    drop(desk);

    // Put back as it was after the admission, with nothing kept apart: at the start.
    wipe(state.path());
    std::fs::create_dir(state.path().join("journal")).unwrap();
    for entry in std::fs::read_dir(early.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        std::fs::copy(&path, state.path().join("journal").join(name)).unwrap();
    }
    let mut desk = lists.desk(state.path(), "after.cbor");
    desk.until("damage", |page| page.contains(DAMAGED));
    assert!(desk.scan(&other).contains(&62));
    drop(desk);

    // Wiped: nothing shows by itself, and everything once the lists are taken.
    wipe(state.path());
    std::fs::remove_file(state.path().join("bundle.cbor")).unwrap();
    let _ = std::fs::remove_file(state.path().join("bundle.cbor.copy"));
    let mut desk = lists.desk(state.path(), "before.cbor");
    assert_eq!(desk.scan(&used), [0], "what no terminal can know by itself");
    desk.free();
    desk.sign_in(0);
    desk.say("update");
    let page = desk.until("damage", |page| page.contains(DAMAGED));
    assert!(page.contains("Start a new journal"));
    for text in [&used, &other] {
        assert!(desk.scan(text).contains(&62), "whoever it may concern");
    }
    // An officer's named act goes on.
    let ask = serde_json::json!({
        "command": "admit", "grounds": "confirmed", "about": desk.guard.about()
    });
    assert!(desk.guard.ask(&ask.to_string()).unwrap());
    assert_eq!(desk.wait("gate")["turned"], true);
    drop(desk);

    // At the next start too, until two officers begin a new chain.
    let mut desk = lists.desk(state.path(), "before.cbor");
    desk.until("damage", |page| page.contains(DAMAGED));
    desk.both("new-chain");
    desk.until("a new chain", |page| page.contains("A new journal was started"));
    drop(desk);
    let desk = &mut lists.desk(state.path(), "after.cbor");
    assert!(!desk.until("it", |_| true).contains(DAMAGED));
    assert!(desk.scan(&used).contains(&62), "until newer lists");
}

#[test]
fn codes_of_the_journal_are_what_headquarters_have_not_countersigned() {
    let state = state();
    let mut desk = Desk::start(state.path(), |_| ());
    desk.sign_in(0);
    let texts = [permit(0, 1), permit(1, 1)];
    for text in texts.iter().cycle().take(30) {
        desk.scan(text);
    }
    drop(desk);
    let lists = Lists::make(end(state.path()));
    let codes = |bundle| {
        let mut desk = lists.desk(state.path(), bundle);
        let nobody = desk.guard.page("/codes").unwrap();
        assert!(!nobody.contains("<figure"), "nobody is on duty");
        desk.sign_in(0);
        desk.guard.page("/codes").unwrap().matches("<figure").count()
    };
    let (all, newest) = (codes("before.cbor"), codes("after.cbor"));
    assert!(0 < newest && newest < all, "{newest} of {all}");
}
