//! What happened: a line a fault, and a table at the end.

use core::fmt::Write as _;
use core::time::Duration;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;

use crate::bench::Bench;
use crate::rule::Check;

/// The log.
pub(crate) struct Log {
    file: Option<File>,
    seed: u64,
    /// How often each fault was made, and how often a rule was broken then.
    faults: BTreeMap<&'static str, (u32, u32)>,
    broken: Vec<Check>,
}

impl Log {
    pub(crate) fn new(seed: u64, seconds: u64) -> Self {
        let file = std::env::var_os("PERMIT_FAULTS_LOG").map(|path| File::create(path).unwrap());
        let mut log = Self { file, seed, faults: BTreeMap::new(), broken: Vec::new() };
        log.say(&format!("seed {seed}, {seconds} s"));
        log
    }

    fn say(&mut self, line: &str) {
        println!("{line}");
        if let Some(file) = &mut self.file {
            writeln!(file, "{line}").unwrap();
        }
    }

    /// How a start without a fault went.
    pub(crate) fn start(&mut self, found: &[(Check, String)]) {
        let verdict = self.verdict(found);
        self.say(&format!("a start: {verdict}"));
    }

    fn verdict(&mut self, found: &[(Check, String)]) -> String {
        self.broken.extend(found.iter().map(|(check, _)| *check));
        let all: Vec<String> =
            found.iter().map(|(check, what)| format!("BROKEN {check:?}: {what}")).collect();
        if all.is_empty() { "held".to_owned() } else { all.join("; ") }
    }

    /// One fault.
    pub(crate) fn line(
        &mut self,
        at: Duration,
        name: &'static str,
        seen: &str,
        found: &[(Check, String)],
    ) {
        let count = self.faults.entry(name).or_default();
        count.0 += 1;
        count.1 += u32::from(!found.is_empty());
        let verdict = self.verdict(found);
        let seed = self.seed;
        self.say(&format!("{:6.1} s  seed {seed}  {name}: {seen} | {verdict}", at.as_secs_f64()));
    }

    /// Faults and rules with their counts; how often a rule was broken.
    pub(crate) fn table(&mut self, bench: &Bench) -> usize {
        let mut table = format!("\n{:<44} {:>6} {:>7}\n", "fault", "made", "broken");
        let mut made = 0;
        for (name, (count, broken)) in &self.faults {
            made += count;
            writeln!(table, "{name:<44} {count:>6} {broken:>7}").unwrap();
        }
        writeln!(table, "\n{:<44} {:>6} {:>7}", "rule", "looked", "broken").unwrap();
        let oracle = &bench.oracle;
        for check in Check::ALL {
            let of = |all: &[Check]| all.iter().filter(|it| **it == check).count();
            let name = format!("{check:?}");
            writeln!(table, "{name:<44} {:>6} {:>7}", of(&oracle.looked), of(&self.broken))
                .unwrap();
        }
        writeln!(
            table,
            "\n{made} faults, {} starts, {} greens, {} relays, at most {} KiB resident; seed {}",
            bench.starts, oracle.greens, oracle.relays, oracle.most, self.seed
        )
        .unwrap();
        self.say(&table);
        self.broken.len()
    }
}
