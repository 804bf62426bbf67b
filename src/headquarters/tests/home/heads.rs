//! Countersigned heads against what is done to transparency logs, by name: each attack has its test here, or the reason it
//! has none.
//!
//! A journal is a log, headquarters are who signs how far it goes, terminals are who holds them to it. Names follow RFC 9162
//! (Certificate Transparency 2.0), its section 11, and what has been written of logs since.

use std::{fs, path::Path};

use permit_core::{
    Direction, Document, Side, Signer as _, TrustError, UnixTime,
    trust::{HeadList, Role, Root as CoreRoot},
};
use permit_headquarters::{
    Ask, Asked, Failed, Finding, Home, Numbered, Refusal, Renewed, SetBack, Site, Subject, Taken,
};
use permit_journal::faults::Memory;
use permit_signing::{
    BundleError, Parties, Parts, accepted,
    draft::{Digest, Draft, Header, Heads, Key, List, Pin, RoleKeys, SeenHead, Snapshot, Time},
    payload, sign_at_once,
};

use crate::world::{self, Kept, START, bundle, headquarters, now, role, terminal, terminal_key};

const OUT: Direction = Direction::Exit;

enum Case {
    /// The test with this name in this file.
    Here,
    /// Why it does not apply.
    Not(&'static str),
}
use Case::{Here, Not};

const CASES: [(&str, Case); 29] = [
    ("split_view", Here),
    ("equivocation_to_two_readers", Here),
    ("fork_by_the_terminal", Here),
    ("fork_after_the_records_are_gone", Here),
    ("fork_over_a_gap", Here),
    ("fork_by_headquarters", Here),
    ("older_chain_that_lives_on", Here),
    ("rollback_of_the_list", Here),
    ("rollback_of_a_head", Here),
    ("rollback_of_the_journal", Here),
    ("rollback_of_the_database", Here),
    ("rollback_of_numbers_and_reports", Here),
    ("another_database", Here),
    ("same_version_other_content", Here),
    ("version_that_was_given_up", Here),
    ("omission_of_a_head", Here),
    ("omission_of_the_list", Here),
    ("omission_of_a_record", Here),
    ("future_head", Here),
    ("future_list", Here),
    ("head_of_another_terminal", Here),
    ("head_of_the_other_side", Here),
    ("replay_of_an_old_list", Here),
    ("replay_of_an_old_export", Here),
    ("cut_end", Here),
    ("list_by_another_key", Here),
    (
        "delayed_merge",
        Not(
            "no promise is given for a record before it is countersigned: there is no interval to break",
        ),
    ),
    (
        "forged_inclusion_or_consistency_proof",
        Not(
            "no proofs travel: whoever holds a head against a journal has the records or the whole chain after them",
        ),
    ),
    (
        "withheld_list",
        Not(
            "a head has no freshness of its own: the snapshot that pins it has, and old lists are code 61",
        ),
    ),
];

#[test]
fn every_named_attack_has_its_test_or_a_reason() {
    let source = include_str!("heads.rs");
    for (name, case) in &CASES {
        match case {
            Here => assert!(source.contains(&format!("fn {name}()")), "{name}"),
            Not(why) => assert!(why.len() > 20, "{name}"),
        }
    }
    let here = CASES.iter().filter(|(_, case)| matches!(case, Here)).count();
    println!("COUNTED head-attacks={here} of {}", CASES.len());
    let tests = source.lines().filter(|line| line.starts_with("async fn ")).count();
    assert_eq!(tests, here, "a test without a row");
}

/// A bundle of the world whose side A has this list of heads, pinned by a snapshot of this version.
fn listed(base: &[u8], heads: &[u8], snapshot: u32) -> Result<Vec<u8>, BundleError> {
    let mut parts = Parts::of(base).unwrap();
    let core = core_root(base);
    let side = parts.a.as_mut().unwrap();
    let Ok(Draft::Snapshot(mut draft)) =
        Draft::decode(Role::Snapshot, payload(&side.snapshot).unwrap())
    else {
        panic!()
    };
    draft.header.version = snapshot;
    draft.pins.retain(|it| it.document != List::Heads);
    draft.pins.push(Pin::of(List::Heads, version(heads), heads));
    side.snapshot = by(&core, &Draft::Snapshot(draft), Role::Snapshot);
    *side.documents.last_mut().unwrap() = Some(heads.to_vec());
    parts.assemble(None, None)
}

fn by(root: &[u8], draft: &Draft, of: Role) -> Vec<u8> {
    let root = CoreRoot::decode(root).unwrap();
    sign_at_once(draft, &Parties::of_side(&root, Side::A, of), &[role(Side::A, of)]).unwrap()
}

/// The payload of a bundle's newest root.
fn core_root(bundle: &[u8]) -> Vec<u8> {
    payload(Parts::of(bundle).unwrap().roots.last().unwrap()).unwrap().to_vec()
}

fn version(heads: &[u8]) -> u32 {
    HeadList::decode(payload(heads).unwrap()).unwrap().header.version
}

/// What a list says of terminal 1.
fn head(heads: &[u8]) -> permit_core::trust::SeenHead {
    let list = HeadList::decode(payload(heads).unwrap()).unwrap();
    list.heads.iter().find(|it| it.number == 1).unwrap()
}

/// A list of heads as somebody with the key would write it.
fn written(version: u32, heads: Vec<SeenHead>) -> Vec<u8> {
    let (base, _) = bundle();
    let after = |days: i64| Time(START.plus(days * 86_400));
    let (issued, next_update, expires) = (after(0), after(7), after(180));
    let header = Header { version, issued, next_update, expires, zone: 1 };
    by(&core_root(&base), &Draft::Heads(Heads { side: Side::A.into(), header, heads }), Role::Heads)
}

fn seen(number: u16, epoch: u32, sequence: u64, hash: [u8; 32]) -> SeenHead {
    SeenHead { number, epoch, sequence, hash: Digest(hash) }
}

/// What a terminal that took one bundle says of another.
fn after(before: &[u8], next: &[u8]) -> Result<(), TrustError> {
    let (_, root) = bundle();
    let before = accepted(before, &root).unwrap();
    match Parts::of(next).unwrap().assemble(Some(&before), Some(START.plus(3_600))) {
        Ok(_) => Ok(()),
        Err(BundleError::Refused(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

/// Headquarters with the journal of terminal 1, which has been countersigned, and its lists in force.
struct Stand {
    folder: tempfile::TempDir,
    site: Site,
    kept: Kept,
    heads: Vec<u8>,
    lists: Vec<u8>,
}

impl Stand {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = headquarters(&folder.path().join("home"), Side::A).await;
        let mut kept = Kept::new(terminal(Side::A, 1));
        kept.cross_each(1..6, OUT);
        site.take(&kept.export(None)).await.unwrap();
        let heads = site.heads(&role(Side::A, Role::Heads)).await.unwrap();
        let lists = listed(&bundle().0, &heads, 2).unwrap();
        site.take_lists(&lists).await.unwrap();
        Self { folder, site, kept, heads, lists }
    }

    async fn heads(&self) -> Result<Vec<u8>, Failed> {
        self.site.heads(&role(Side::A, Role::Heads)).await
    }

    /// Somebody crosses, it comes home and is countersigned.
    async fn go_on(&mut self) -> Vec<u8> {
        self.kept.cross(50, OUT);
        self.site.take(&self.kept.export(None)).await.unwrap();
        self.heads().await.unwrap()
    }

    /// Closes headquarters, does something to their folder, and opens them again.
    async fn meanwhile(self, act: impl FnOnce(&Path)) -> Self {
        let (home, at) = (self.folder.path().join("home"), self.site.now());
        self.site.close().await.unwrap();
        act(&home);
        let home = Home::open(&home).unwrap();
        let database = home.database();
        Self { site: Site::open(home, &database).await.unwrap().at(at), ..self }
    }

    async fn backed_up(self) -> Self {
        self.meanwhile(|home| {
            fs::copy(home.join("headquarters.db"), home.join("backup.db")).unwrap();
        })
        .await
    }

    async fn put_back(self) -> Self {
        self.meanwhile(|home| {
            fs::copy(home.join("backup.db"), home.join("headquarters.db")).unwrap();
        })
        .await
    }

    async fn forks(&self) -> Vec<u64> {
        let found = self.site.findings().await.unwrap();
        found.iter().filter(|it| it.finding == Finding::Fork).map(|it| it.at).collect()
    }

    /// The terminal with a list of heads, as after taking it.
    fn heard(&mut self, heads: &[u8]) -> bool {
        let list = HeadList::decode(payload(heads).unwrap()).unwrap();
        self.kept.journal.hear_heads(&list, &now(2_000));
        self.kept.journal.is_damaged()
    }
}

/// The terminal's journal, wiped and begun from nothing, which has gone further than the one before.
fn wiped() -> Kept {
    let mut wiped = Kept::on(terminal(Side::A, 1), Memory::new(), 500);
    wiped.cross_each(10..40, OUT);
    wiped
}

#[tokio::test]
async fn split_view() {
    let stand = Stand::new().await;
    let other = written(1, vec![seen(1, 0, 3, [7; 32])]);
    let theirs = listed(&bundle().0, &other, 3).unwrap();
    let (here, there) = (after(&stand.lists, &theirs), after(&theirs, &stand.lists));
    let document = Document::Heads(Side::A);
    assert_eq!(here, Err(TrustError::Fork { document, version: 1 }));
    let document = Document::Snapshot(Side::A);
    assert_eq!(there, Err(TrustError::Rollback { document, have: 3, offered: 2 }));
}

#[tokio::test]
async fn equivocation_to_two_readers() {
    let stand = Stand::new().await;
    let other = written(1, vec![seen(1, 0, 3, [7; 32])]);
    let theirs = listed(&bundle().0, &other, 2).unwrap();
    let document = Document::Snapshot(Side::A);
    for (one, another) in [(&stand.lists, &theirs), (&theirs, &stand.lists)] {
        assert_eq!(after(one, another), Err(TrustError::Fork { document, version: 2 }));
    }
}

#[tokio::test]
async fn fork_by_the_terminal() {
    let stand = Stand::new().await;
    let taken = stand.site.take(&wiped().export(None)).await.unwrap();
    assert!(matches!(taken, Taken::Refused(Refusal::Fork(_, 1))), "{taken:?}");
    assert_eq!(stand.forks().await, [1], "and it is shown");
    assert_eq!(head(&stand.heads().await.unwrap()), head(&stand.heads));
}

#[tokio::test]
async fn fork_after_the_records_are_gone() {
    let last = head(&Stand::new().await.heads).sequence;
    for (from, found) in [(None, last), (Some(last - 1), last), (Some(last), last + 1)] {
        let stand = Stand::new().await;
        let stand = stand.meanwhile(|home| fs::remove_file(home.join("headquarters.db")).unwrap());
        let stand = stand.await;
        let taken = stand.site.take(&wiped().export(from)).await.unwrap();
        let Taken::Refused(Refusal::Fork(_, at)) = taken else { panic!("{from:?}: {taken:?}") };
        assert_eq!(at, found);
        assert_eq!(stand.forks().await, [found], "and it is shown");
        let whole =
            { stand.kept.journal.export(None, &now(900), &terminal_key(stand.kept.terminal)) };
        let taken = stand.site.take(&whole.unwrap()).await.unwrap();
        assert!(
            matches!(taken, Taken::Journal { .. }),
            "the one that was countersigned: {taken:?}"
        );
    }
}

#[tokio::test]
async fn fork_over_a_gap() {
    let stand = Stand::new().await;
    let last = head(&stand.heads);
    let taken = stand.site.take(&wiped().export(Some(last.sequence + 1))).await.unwrap();
    assert!(matches!(taken, Taken::Journal { .. }), "nobody can know yet: {taken:?}");
    assert_eq!(head(&stand.heads().await.unwrap()), last, "no head goes over what is missing");
    let gaps = &stand.site.terminals().await.unwrap()[0].gaps;
    assert_eq!(*gaps, [(last.sequence + 1, last.sequence + 1)], "and it is shown");
    let taken = stand.site.take(&wiped().export(None)).await.unwrap();
    assert!(matches!(taken, Taken::Refused(Refusal::Fork(..))), "{taken:?}");
    assert_eq!(head(&stand.heads().await.unwrap()), last);
}

#[tokio::test]
async fn fork_by_headquarters() {
    let mut stand = Stand::new().await;
    let at = head(&stand.heads).sequence;
    // One of the last record, one of an earlier one, one of a later one that comes home before the lists.
    let tip = stand.kept.cross(60, OUT);
    stand.site.take(&stand.kept.export(None)).await.unwrap();
    for at in [at, at - 2, tip] {
        let false_list = written(2, vec![seen(1, 0, at, [9; 32])]);
        let offered = listed(&stand.lists, &false_list, 3).unwrap();
        let refused = stand.site.take_lists(&offered).await.unwrap_err();
        assert!(
            matches!(refused, Failed::Fork { terminal: 1, at: found } if found == at),
            "{refused}"
        );
        assert_eq!(fs::read(stand.site.home.bundle()).unwrap(), stand.lists);
        assert!(stand.forks().await.contains(&at), "and it is shown");
        let mut terminal = Stand::new().await;
        terminal.kept.cross(60, OUT);
        assert!(terminal.heard(&false_list), "the terminal finds it by itself");
    }
}

#[tokio::test]
async fn older_chain_that_lives_on() {
    let mut stand = Stand::new().await;
    let card = stand.kept.disk.files();
    assert!(stand.heard(&written(9, vec![seen(1, 0, 1 << 20, [9; 32])])));
    let key = terminal_key(stand.kept.terminal);
    let _ = stand.kept.journal.renew([7, 8], &now(3_000), &key).unwrap();
    stand.kept.cross(61, OUT);
    let renewed = stand.kept.journal.export(None, &now(3_010), &key).unwrap();
    stand.site.take(&renewed).await.unwrap();
    let last = head(&stand.heads().await.unwrap());
    assert_eq!(last.epoch, 1, "a chain that two officers began is followed");
    let mut old = Kept::on(stand.kept.terminal, Memory::of(card), 4_000);
    old.cross_each(70..90, OUT);
    let taken = stand.site.take(&old.export(None)).await.unwrap();
    let Taken::Journal { findings, .. } = taken else { panic!("{taken:?}") };
    assert!(findings.iter().any(|(it, _)| *it == Finding::Behind), "{findings:?}");
    assert_eq!(head(&stand.heads().await.unwrap()), last);
}

#[tokio::test]
async fn rollback_of_the_list() {
    let mut stand = Stand::new().await;
    let next = stand.go_on().await;
    let newer = listed(&stand.lists, &next, 3).unwrap();
    assert_eq!(after(&stand.lists, &newer), Ok(()));
    let document = Document::Snapshot(Side::A);
    let refused = Err(TrustError::Rollback { document, have: 3, offered: 2 });
    assert_eq!(after(&newer, &stand.lists), refused);
}

#[tokio::test]
async fn rollback_of_a_head() {
    let mut stand = Stand::new().await;
    let early = head(&stand.heads);
    stand.go_on().await;
    let back = written(3, vec![seen(1, 0, early.sequence, early.hash)]);
    let offered = listed(&stand.lists, &back, 3).unwrap();
    let refused = stand.site.take_lists(&offered).await.unwrap_err();
    assert!(matches!(refused, Failed::Fork { terminal: 1, .. }), "{refused}");
    assert!(!stand.heard(&back), "a terminal that is further is whole by it");
}

#[tokio::test]
async fn rollback_of_the_journal() {
    let mut stand = Stand::new().await;
    let older = stand.kept.disk.files();
    let next = stand.go_on().await;
    assert!(!stand.heard(&next));
    stand.kept = Kept::on(stand.kept.terminal, Memory::of(older), 1_000);
    assert!(!stand.heard(&stand.heads.clone()));
    assert!(stand.heard(&next), "what headquarters have and the card has not");
}

#[tokio::test]
async fn rollback_of_the_database() {
    let mut stand = Stand::new().await.backed_up().await;
    let presence = role(Side::A, Role::Presence);
    stand.site.presence(&presence).await.unwrap();
    let next = stand.go_on().await;
    let mut stand = stand.put_back().await;
    let back = [
        SetBack { what: Numbered::Heads, signed: 2, known: 1 },
        SetBack { what: Numbered::Presence, signed: 1, known: 0 },
    ];
    assert_eq!(stand.site.set_back().await.unwrap(), back);
    assert!(matches!(stand.heads().await, Err(Failed::SetBack(it)) if it == back[0]));
    assert!(matches!(stand.site.presence(&presence).await, Err(Failed::SetBack(_))));
    let given = stand.folder.path().join("given");
    let renewed = stand.site.renew(&given, &[], &Ask::default()).await;
    assert!(matches!(renewed, Err(Failed::SetBack(_))), "{renewed:?}");
    // What was signed is published: the lists say so where the folder does not.
    let published = listed(&stand.lists, &next, 3).unwrap();
    stand = stand.meanwhile(|home| fs::remove_file(home.join("signed")).unwrap()).await;
    assert_eq!(stand.site.set_back().await.unwrap(), []);
    stand.site.take_lists(&published).await.unwrap();
    assert_eq!(stand.site.set_back().await.unwrap(), back[..1]);
    // No newer copy is left.
    assert_eq!(stand.site.restored().await.unwrap(), back[..1]);
    let last = head(&next).sequence;
    let refused = stand.heads().await.unwrap_err();
    assert!(matches!(refused, Failed::Behind { terminal: 1, at } if at == last), "{refused}");
    assert!(matches!(stand.site.presence(&presence).await, Err(Failed::Behind { .. })));
    stand.site.take(&stand.kept.export(None)).await.unwrap();
    assert_eq!(version(&stand.heads().await.unwrap()), 3);
    assert_eq!(stand.site.check().await.unwrap(), []);
}

#[tokio::test]
async fn rollback_of_numbers_and_reports() {
    let stand = Stand::new().await.backed_up().await;
    let report = async |site: &Site| {
        let asked = Asked { to: vec!["ministry".to_owned()], ..Asked::default() };
        let key = role(Side::A, Role::Report);
        site.report(&asked, Subject::Situation, &key, |made| Ok(made.number)).await
    };
    let key = role(Side::A, Role::Passages);
    for number in 1..3 {
        stand.site.passages(&key).await.unwrap();
        assert_eq!(report(&stand.site).await.unwrap(), number);
    }
    let told: Vec<_> = stand.site.reports().await.unwrap();
    let stand = stand.put_back().await;
    assert!(matches!(stand.site.passages(&key).await, Err(Failed::SetBack(_))));
    assert!(matches!(report(&stand.site).await, Err(Failed::SetBack(_))));
    let back = stand.site.restored().await.unwrap();
    assert_eq!(back.iter().map(|it| (it.signed, it.known)).collect::<Vec<_>>(), [(2, 0), (2, 0)]);
    assert_eq!(stand.site.reports().await.unwrap(), told, "a month is told once");
    assert_eq!(report(&stand.site).await.unwrap(), 3);
    let sealed = stand.site.passages(&key).await.unwrap();
    let key = permit_core::PublicKey::new(&key.public_key()).unwrap();
    assert_eq!(permit_record::Crossings::open(&sealed, &key).unwrap().number, 3);
    assert_eq!(stand.site.set_back().await.unwrap(), []);
}

#[tokio::test]
async fn another_database() {
    let mut stand = Stand::new()
        .await
        .meanwhile(|home| fs::remove_file(home.join("headquarters.db")).unwrap())
        .await;
    let refused = stand.heads().await.unwrap_err();
    assert!(matches!(refused, Failed::SetBack(SetBack { signed: 1, known: 0, .. })), "{refused}");
    stand.site.restored().await.unwrap();
    assert!(matches!(stand.heads().await, Err(Failed::Behind { .. })));
    stand.site.take(&stand.kept.export(None)).await.unwrap();
    assert_eq!(version(&stand.heads().await.unwrap()), 2);
}

#[tokio::test]
async fn same_version_other_content() {
    let mut stand = Stand::new().await;
    let next = stand.go_on().await;
    // Signed here and not in force yet.
    let early = head(&stand.heads);
    let other = written(version(&next), vec![seen(1, 0, early.sequence, early.hash)]);
    let refused = stand.site.take_lists(&listed(&stand.lists, &other, 3).unwrap()).await;
    assert!(matches!(refused, Err(Failed::Fork { terminal: 1, .. })), "{refused:?}");
    stand.site.take_lists(&listed(&stand.lists, &next, 3).unwrap()).await.unwrap();
}

#[tokio::test]
async fn version_that_was_given_up() {
    let mut stand = Stand::new().await;
    stand.kept.cross(50, OUT);
    stand.site.take(&stand.kept.export(None)).await.unwrap();
    let given = stand.folder.path().join("given");
    let versions = async |ask: Ask| {
        let renewed = stand.site.renew(&given, &[], &ask).await.unwrap();
        assert!(matches!(renewed, Renewed::Waiting(_)), "{renewed:?}");
        ["heads", "presence"].map(|it| {
            let bytes = fs::read(given.join(format!("{it}.proposal"))).unwrap();
            let proposal = permit_signing::Proposal::from_bytes(&bytes).unwrap();
            proposal.contents().unwrap().header().version
        })
    };
    assert_eq!(versions(Ask::default()).await, [2, 1]);
    assert_eq!(versions(Ask::default()).await, [2, 1], "the same goes on");
    assert_eq!(versions(Ask { again: true, ..Ask::default() }).await, [3, 2]);
    assert_eq!(versions(Ask { again: true, ..Ask::default() }).await, [4, 3]);
}

#[tokio::test]
async fn omission_of_a_head() {
    let mut stand = Stand::new().await;
    let mut second = Kept::new(terminal(Side::A, 2));
    second.cross(80, OUT);
    stand.site.take(&second.export(None)).await.unwrap();
    let both = stand.go_on().await;
    let list = HeadList::decode(payload(&both).unwrap()).unwrap();
    assert_eq!(list.heads.iter().count(), 2);
    let one = head(&both);
    let less = written(3, vec![seen(1, 0, one.sequence, one.hash)]);
    let refused = stand.site.take_lists(&listed(&stand.lists, &less, 3).unwrap()).await;
    assert!(matches!(refused, Err(Failed::Fork { terminal: 2, .. })), "{refused:?}");
    let next = stand.go_on().await;
    assert_eq!(HeadList::decode(payload(&next).unwrap()).unwrap().heads.iter().count(), 2);
}

#[tokio::test]
async fn omission_of_the_list() {
    let stand = Stand::new().await;
    let mut parts = Parts::of(&stand.lists).unwrap();
    let side = parts.a.as_mut().unwrap();
    let Ok(Draft::Snapshot(draft)) =
        Draft::decode(Role::Snapshot, payload(&side.snapshot).unwrap())
    else {
        panic!()
    };
    let pins = draft.pins.into_iter().filter(|it| it.document != List::Heads).collect();
    let draft = Snapshot { header: Header { version: 3, ..draft.header }, pins, ..draft };
    side.snapshot = by(&core_root(&stand.lists), &Draft::Snapshot(draft), Role::Snapshot);
    *side.documents.last_mut().unwrap() = None;
    let less = parts.assemble(None, None).unwrap();
    let refused = Err(TrustError::Missing(Document::Heads(Side::A)));
    assert_eq!(after(&stand.lists, &less), refused);
}

#[tokio::test]
async fn omission_of_a_record() {
    let mut stand = Stand::new().await;
    stand.kept.cross(50, OUT);
    let whole = stand.kept.export(None);
    type Export = (String, Vec<minicbor::bytes::ByteVec>, minicbor::bytes::ByteVec);
    let (magic, segments, end): Export = minicbor::decode(&whole).unwrap();
    assert!(!segments.is_empty());
    for place in 0..segments.len() {
        let mut less = segments.clone();
        less.remove(place);
        let less = minicbor::to_vec((&magic, less, &end)).unwrap();
        let taken = stand.site.take(&less).await.unwrap();
        assert!(matches!(taken, Taken::Refused(Refusal::Broken(..))), "{taken:?}");
    }
    // Left out at an end that the terminal signed, it is a gap or is missing at the end, and no head speaks for it.
    assert_eq!(head(&stand.heads().await.unwrap()), head(&stand.heads));
}

#[tokio::test]
async fn future_head() {
    let mut stand = Stand::new().await;
    let ahead = written(2, vec![seen(1, 0, 1_000_000, [9; 32])]);
    stand.site.take_lists(&listed(&stand.lists, &ahead, 3).unwrap()).await.unwrap();
    let refused = stand.heads().await.unwrap_err();
    assert!(matches!(refused, Failed::SetBack(SetBack { signed: 2, known: 1, .. })), "{refused}");
    stand.site.restored().await.unwrap();
    let refused = stand.heads().await.unwrap_err();
    assert!(matches!(refused, Failed::Behind { terminal: 1, at: 1_000_000 }), "{refused}");
    assert!(stand.heard(&ahead));
    let key = terminal_key(stand.kept.terminal);
    let _ = stand.kept.journal.renew([7, 8], &now(3_000), &key).unwrap();
    assert!(!stand.kept.journal.is_damaged(), "two officers begin anew");
    // The root names another key for heads: what the old one signed counts no more.
    let root = Parts::of(&stand.lists).unwrap().roots.pop().unwrap();
    let Ok(Draft::Root(mut next)) = Draft::decode(Role::Root, payload(&root).unwrap()) else {
        panic!()
    };
    let keys = vec![Key(world::key("fresh").public_key())];
    *next.a.of_mut(Role::Heads) = RoleKeys { threshold: 1, keys };
    let ask = Ask { changes: vec![Draft::Root(next)], ..Ask::default() };
    let renewed = stand.site.renew(&stand.folder.path().join("given"), &[], &ask).await;
    assert!(matches!(renewed, Ok(Renewed::Waiting(_))), "{renewed:?}");
}

#[tokio::test]
async fn future_list() {
    let stand = Stand::new().await;
    let (base, _) = bundle();
    let at = |days: i64| Time(UnixTime(START.0 + days * 86_400));
    let header =
        Header { version: 2, issued: at(30), next_update: at(37), expires: at(200), zone: 1 };
    let list = Heads { side: Side::A.into(), header, heads: Vec::new() };
    let list = by(&core_root(&base), &Draft::Heads(list), Role::Heads);
    let refused = after(&stand.lists, &listed(&base, &list, 3).unwrap());
    let document = Document::Heads(Side::A);
    assert!(matches!(refused, Err(TrustError::Future { document: it, .. }) if it == document));
}

#[tokio::test]
async fn head_of_another_terminal() {
    let mut stand = Stand::new().await;
    let mut second = Kept::new(terminal(Side::A, 2));
    second.cross_each(80..90, OUT);
    stand.site.take(&second.export(None)).await.unwrap();
    let first = head(&stand.heads);
    let other = written(
        2,
        vec![seen(1, 0, first.sequence, first.hash), seen(2, 0, first.sequence, first.hash)],
    );
    assert!(!stand.heard(&other), "of its own number alone");
    let refused = stand.site.take_lists(&listed(&stand.lists, &other, 3).unwrap()).await;
    assert!(matches!(refused, Err(Failed::Fork { terminal: 2, .. })), "{refused:?}");
    let list = HeadList::decode(payload(&other).unwrap()).unwrap();
    second.journal.hear_heads(&list, &now(2_000));
    assert!(second.journal.is_damaged(), "the other finds it by itself");
}

#[tokio::test]
async fn head_of_the_other_side() {
    let mut stand = Stand::new().await;
    let (base, _) = bundle();
    let root = core_root(&base);
    let root = CoreRoot::decode(&root).unwrap();
    let list = HeadList::decode(payload(&stand.heads).unwrap()).unwrap();
    let mut theirs = Heads::from(&list);
    (theirs.side, theirs.header.version) = (Side::B.into(), 2);
    theirs.heads = vec![seen(1, 0, 1_000, [9; 32])];
    let theirs = Draft::Heads(theirs);
    let of_b = Parties::of_side(&root, Side::B, Role::Heads);
    let by_b = sign_at_once(&theirs, &of_b, &[role(Side::B, Role::Heads)]).unwrap();
    assert!(!stand.heard(&by_b), "of no terminal of this side");
    let refused = listed(&base, &by_b, 3).unwrap_err();
    assert!(matches!(refused, BundleError::Refused(TrustError::UnknownSigner(..))), "{refused}");
    let by_a = by(&core_root(&base), &theirs, Role::Heads);
    let refused = listed(&base, &by_a, 3).unwrap_err();
    let document = Document::Heads(Side::A);
    assert!(
        matches!(refused, BundleError::Refused(TrustError::OtherSide(it)) if it == document),
        "{refused}"
    );
}

#[tokio::test]
async fn replay_of_an_old_list() {
    let mut stand = Stand::new().await;
    let next = stand.go_on().await;
    let newer = listed(&stand.lists, &next, 3).unwrap();
    let again = listed(&stand.lists, &stand.heads, 4).unwrap();
    let document = Document::Heads(Side::A);
    let refused = Err(TrustError::Rollback { document, have: 2, offered: 1 });
    assert_eq!(after(&newer, &again), refused);
}

#[tokio::test]
async fn replay_of_an_old_export() {
    let mut stand = Stand::new().await;
    let old = stand.kept.export(None);
    let next = stand.go_on().await;
    for _ in 0..2 {
        let taken = stand.site.take(&old).await.unwrap();
        let nothing = match &taken {
            Taken::Again => true,
            Taken::Journal { new, findings, .. } => *new == 0 && findings.is_empty(),
            _ => false,
        };
        assert!(nothing, "{taken:?}");
        assert_eq!(head(&stand.heads().await.unwrap()), head(&next));
    }
}

#[tokio::test]
async fn cut_end() {
    let mut stand = Stand::new().await;
    stand.kept.cross_each(50..60, OUT);
    let whole = stand.kept.export(None);
    for cut in (0..whole.len()).step_by(41) {
        let taken = stand.site.take(&whole[..cut]).await.unwrap();
        assert!(matches!(taken, Taken::Refused(_)), "{cut}: {taken:?}");
    }
    assert_eq!(head(&stand.heads().await.unwrap()), head(&stand.heads));
}

#[tokio::test]
async fn list_by_another_key() {
    let stand = Stand::new().await;
    let refused = stand.site.heads(&role(Side::A, Role::Presence)).await;
    assert!(matches!(refused, Err(Failed::NotOurKey { .. })));
    let (base, _) = bundle();
    let core = core_root(&base);
    let root = CoreRoot::decode(&core).unwrap();
    let list = HeadList::decode(payload(&stand.heads).unwrap()).unwrap();
    let draft = Draft::Heads(Heads::from(&list));
    // As the kind that heads are, by the key of another role.
    let mut forged = root_with(&base, world::key("stranger").public_key());
    forged.demo = true;
    let forged = forged.encode().unwrap();
    let parties = Parties::of_side(&CoreRoot::decode(&forged).unwrap(), Side::A, Role::Heads);
    let sealed = sign_at_once(&draft, &parties, &[world::key("stranger")]).unwrap();
    let refused = listed(&base, &sealed, 3).unwrap_err();
    assert!(matches!(refused, BundleError::Refused(TrustError::UnknownSigner(..))), "{refused}");
    assert_eq!(root.header.version, 1);
}

/// The world's root with another key for heads, which nobody signed.
fn root_with(base: &[u8], key: [u8; 32]) -> permit_signing::draft::Root {
    let Ok(Draft::Root(mut root)) = Draft::decode(Role::Root, &core_root(base)) else { panic!() };
    *root.a.of_mut(Role::Heads) = RoleKeys { threshold: 1, keys: vec![Key(key)] };
    *root
}
