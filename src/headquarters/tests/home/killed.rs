//! Headquarters killed at moments of chance while they take journals, publish and report: nothing is there twice, nothing is
//! lost, nothing is published by halves.
//!
//! `PERMIT_KILLS` says how often; a few times by default.

use core::time::Duration;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use permit_core::{Direction, Side, trust::Role};
use permit_headquarters::{Home, Site};
use permit_journal::faults::Memory;
use permit_parts::delta::Delta;
use permit_signing::{KeyFile, Label};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

use crate::{
    take::told,
    world::{Kept, START, bundle, killed_after, role, sign_given, terminal},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_permit-headquarters");
/// What is done in turn: journals are taken, a renewal is begun, its snapshot is drafted, it is published, a report is made.
const ACTS: u64 = 5;

struct Stand {
    folder: tempfile::TempDir,
    /// Where the rows are of those that are killed, and of those that are not; in their folders where none is named.
    databases: [Option<String>; 2],
    journals: [Kept; 2],
    files: u32,
    published: u32,
    reports: BTreeSet<String>,
    /// How many were done before they were killed.
    answered: u32,
}

impl Stand {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (lists, root) = bundle();
        fs::write(folder.path().join("bundle.cbor"), lists).unwrap();
        fs::write(folder.path().join("root.cbor"), root).unwrap();
        fs::create_dir(folder.path().join("stick")).unwrap();
        let key = role(Side::B, Role::Report);
        let key = KeyFile::seal_unprotected_for_demo_keys_only(&key, Label::default());
        key.unwrap().create(&folder.path().join("report.key")).unwrap();
        let journal = |number, second| Kept::on(terminal(Side::B, number), Memory::new(), second);
        let journals = [journal(1, 0), journal(2, 7)];
        let (reports, answered) = (BTreeSet::new(), 0);
        let databases = [crate::elsewhere(), crate::elsewhere()];
        let stand = Self { folder, databases, journals, files: 0, published: 1, reports, answered };
        stand.good("init --side B --bundle bundle.cbor --root root.cbor");
        stand
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(&self.folder).args(["--lang", "en"]).args(line.split(' '));
        if let Some(url) = &self.databases[usize::from(line.starts_with("--state other"))] {
            command.args(["--database", url]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn ends(&self, line: &str) -> (Option<i32>, String) {
        let output = self.command(line).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code(), said)
    }

    fn good(&self, line: &str) -> String {
        let (status, said) = self.ends(line);
        assert_eq!(status, Some(0), "{line}: {said}");
        said
    }

    fn killed(&mut self, line: &str, wait: Duration) {
        let mut command = self.command(line);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        self.answered += u32::from(killed_after(command, wait));
        // Whatever it had come to, all that is kept is what the records say.
        self.good("check");
    }

    /// More of both journals comes home, now all of it, now what is new.
    fn take(&mut self, wait: Duration) {
        for (at, kept) in self.journals.iter_mut().enumerate() {
            let after = (self.files % 4 > 1).then(|| kept.journal.tip().sequence);
            let first = 100 * self.files + 1;
            kept.cross_each(
                first..first + 5,
                if at == 0 { Direction::Entry } else { Direction::Exit },
            );
            let undone = kept.cross(first + 7, Direction::Entry);
            kept.nobody(undone);
            self.files += 1;
            let name = format!("stick/{:05}.cbor", self.files);
            fs::write(self.folder.path().join(name), kept.export(after)).unwrap();
        }
        self.killed("take stick", wait);
        self.good("take stick");
        let said = self.good("take stick");
        assert_eq!(said.matches("taken before").count(), self.files as usize, "{said}");
    }

    fn in_force(&self) -> Vec<u8> {
        fs::read(self.path("permit-headquarters/bundle.cbor")).unwrap()
    }

    /// One step of a renewal; what is given out afterwards is signed.
    fn renew(&mut self, wait: Duration) {
        let hour = i64::from(self.published) * 3_600;
        let line = format!("renew given --at {}", START.plus(6 * 86_400 + hour));
        let before = self.in_force();
        self.killed(&line, wait);
        self.whole(&before);
        let (status, said) = self.ends(&line);
        assert!(matches!(status, Some(0 | 1)), "{line}: {said}");
        self.whole(&before);
        if self.in_force() == before {
            sign_given(&self.path("given"));
        } else {
            self.published += 1;
            assert!(!self.path("permit-headquarters/renewal").exists());
        }
    }

    /// What is in force is what was or what follows; whatever was published has everything.
    fn whole(&self, before: &[u8]) {
        let (now, next) = (self.in_force(), self.published + 1);
        let folder = |version: u32| self.path(&format!("permit-headquarters/published/{version}"));
        if now != before {
            let published = fs::read(folder(next).join("bundle.cbor")).unwrap();
            assert!(now == published, "what is in force was published");
            let delta = fs::read(folder(next).join("delta.cbor")).unwrap();
            assert!(Delta::read(&delta).unwrap().patch(before).unwrap() == published);
        }
        assert!(!folder(next + 1).exists(), "no version twice");
    }

    fn report(&mut self, round: u64, wait: Duration) {
        let out = format!("report-{round}");
        let line =
            format!("report situation --to ministry --order {round} --key report.key --out {out}");
        self.killed(&line, wait);
        if !self.path(&out).exists() {
            self.good(&line);
        }
        let said = self.good(&format!("verify {out}"));
        let number = said.split(" of headquarters").next().unwrap().to_owned();
        assert!(self.reports.insert(number), "no number twice: {said}");
    }

    /// What is kept is what headquarters have that took the same files and were never killed.
    async fn nothing_differs(&self) {
        self.good("--state other init --side B --bundle bundle.cbor --root root.cbor");
        self.good("--state other take stick");
        let [disturbed, other] = ["permit-headquarters", "other"].map(|it| self.path(it));
        let [first, second] = &self.databases;
        let disturbed = opened(&disturbed, first.as_deref()).await;
        let other = opened(&other, second.as_deref()).await;
        let (here, there) = (told(&disturbed).await, told(&other).await);
        assert_eq!((&here.known, &here.void), (&there.known, &there.void));
        assert_eq!(here.passages, there.passages);
        // Each file has six, of which one was taken back.
        let files = self.files as usize;
        assert_eq!((here.passages.len(), here.void.len()), (6 * files, files));
        assert_eq!(self.ends("show"), self.ends("--state other show"));
    }
}

async fn opened(folder: &Path, database: Option<&str>) -> Site {
    let home = Home::open(folder).unwrap();
    let database = database.map_or_else(|| home.database(), str::to_owned);
    Site::open(home, &database).await.unwrap()
}

#[tokio::test]
async fn at_any_moment_nothing_is_twice_lost_or_half() {
    let kills =
        std::env::var("PERMIT_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(2 * ACTS);
    let mut random = ChaCha8Rng::seed_from_u64(kills);
    let mut stand = Stand::new();
    // As long as each takes here, and somewhat more.
    let mut longest = [Duration::from_millis(200); 3];
    for round in 0..kills {
        let kind = match round % ACTS {
            0 => 0,
            4 => 2,
            _ => 1,
        };
        let answered = stand.answered;
        let wait = longest[kind].mul_f64((random.next_u64() % 1_000) as f64 / 1_000.0);
        match kind {
            0 => stand.take(wait),
            1 => stand.renew(wait),
            _ => stand.report(round, wait),
        }
        longest[kind] = longest[kind].mul_f64(if stand.answered > answered { 0.8 } else { 1.2 });
    }
    stand.nothing_differs().await;
    println!(
        "COUNTED hq-kills={kills} answered={} files={} published={} reports={}",
        stand.answered,
        stand.files,
        stand.published - 1,
        stand.reports.len()
    );
}
