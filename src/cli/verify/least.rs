//! The least that has to be read of a kind: `--least glare=0.8`.
//!
//! It holds the read rates of a run against what was asked for, so that a script learns from the exit status that a
//! kind of picture is read worse than before. A kind of which no picture was judged has not reached it.

use permit_words::{Unfit, Words};

use super::tally::Tally;
use crate::curves;

/// A kind of the manifest, and the share of it that has to be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Least {
    kind: String,
    /// From 0 to 1.
    share: f64,
}

/// A kind of which too little was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Short {
    least: Least,
    read: usize,
    count: usize,
}

/// Understands `KIND=SHARE`, a share from 0 to 1.
pub(crate) fn parse(text: &str) -> Result<Least, Unfit> {
    let unfit = Unfit("unfit-least");
    let (kind, share) = text.rsplit_once('=').ok_or(unfit)?;
    let share: f64 = share.trim().parse().map_err(|_| unfit)?;
    let kind = kind.trim().to_owned();
    if kind.is_empty() || !(0.0..=1.0).contains(&share) {
        return Err(unfit);
    }
    Ok(Least { kind, share })
}

/// The kinds of which too little was read.
pub(crate) fn short(all: &[Least], tally: &Tally) -> Vec<Short> {
    let curves = tally.curves();
    let of = |least: &Least| {
        let curve = curves.iter().find(|curve| curve.kind == least.kind);
        let (read, count) = curve.map_or((0, 0), |curve| (curve.read(), curve.count()));
        let reached = count > 0 && real(read) >= least.share * real(count);
        (!reached).then(|| Short { least: least.clone(), read, count })
    };
    all.iter().filter_map(of).collect()
}

impl Short {
    /// What is said of it.
    pub(crate) fn says(&self, words: &Words) -> String {
        let values = [
            ("kind", curves::kind(&self.least.kind, words).into()),
            ("read", self.read.into()),
            ("count", self.count.into()),
            ("least", format!("{:.1}", 100.0 * self.least.share).into()),
        ];
        words.with("verify-least", &values)
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of pictures are far below 2^53")]
const fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::super::record::{Outcome, Record, Stage};
    use super::super::tally::Class;
    use super::*;

    #[test]
    fn a_share_of_a_kind() {
        assert_eq!(parse("glare=0.8").unwrap(), Least { kind: "glare".into(), share: 0.8 });
        assert_eq!(parse("a=b=1").unwrap().kind, "a=b");
        for unfit in ["", "glare", "=1", "glare=", "glare=1.1", "glare=-0.1", "glare=NaN"] {
            assert!(parse(unfit).is_err(), "{unfit}");
        }
    }

    #[test]
    fn row_7_what_is_read_too_little_falls_short() {
        let mut tally = Tally::default();
        for (stage, outcome) in [(Stage::Rules, Outcome::Right), (Stage::Opened, Outcome::Missed)] {
            let mut record = Record::new("a.png".into(), stage);
            record.kind = Some("glare".into());
            (record.strength, record.outcome) = (Some(0.5), Some(outcome));
            tally.add(&record, Class::Valid);
        }
        for (asked, short_by) in [("glare=0.5", 0), ("glare=0.51", 1), ("sunny=0", 1)] {
            let found = short(&[parse(asked).unwrap()], &tally);
            assert_eq!(found.len(), short_by, "{asked}");
        }
    }
}
