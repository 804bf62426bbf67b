//! `permit verify --stream`: pictures behind each other as what one camera saw.
//!
//! Every code is judged once, when it is read, and its record says at which frame that was and how many frames it took.
//! A stream in which nothing is read is one record, with what would help.

use std::collections::BTreeMap;
use std::path::PathBuf;

use permit_symbol::{Hint, Stream};
use permit_words::verdict::Guidance;

use super::judge::{Bench, Judged, Task};
use super::outcome::Outcomes;
use super::record::{Ms, Stage};
use crate::clock::Stopwatch;
use crate::{Fault, film, stream};

/// Judges every code of the stream.
pub(crate) fn run(
    paths: &[PathBuf],
    bench: &Bench<'_>,
    task: &Task<'_>,
    outcomes: &mut Outcomes<'_>,
) -> Result<(), Fault> {
    let mut stream = Stream::new();
    let mut hints: BTreeMap<Hint, u32> = BTreeMap::new();
    let (mut told, mut seen) = (0_u32, false);
    for frame in film::frames(paths) {
        let file = frame.path.to_string_lossy();
        let picture = match frame.picture {
            Ok(picture) => picture,
            Err(error) => {
                told += 1;
                outcomes.add(bench.closed(&file, &error, &[*task]))?;
                continue;
            }
        };
        let watch = Stopwatch::start();
        let look = stream.see(picture.as_grey());
        let ms = watch.ms();
        seen |= look.outline.is_some();
        if let Some(hint) = look.hint {
            *hints.entry(hint).or_insert(0) += 1;
        }
        for code in look.codes {
            told += 1;
            let mut scan = bench.code(&file, &code, task);
            scan.record.ms = Ms { load: 0.0, read: ms, ..scan.record.ms };
            scan.record.frame = Some(frame.number);
            scan.record.frames = u32::try_from(look.frames).ok();
            outcomes.add(Judged { scans: vec![scan], thumb: None })?;
        }
    }
    if told > 0 {
        return Ok(());
    }
    let hint = hints.iter().max_by_key(|(_, count)| **count).map(|(hint, _)| *hint);
    let why = match hint {
        Some(Hint::TooFar) => Guidance::Far,
        Some(Hint::Dark) => Guidance::Dark,
        Some(Hint::Blurred | Hint::Moving) => Guidance::Blurred,
        _ => Guidance::Nothing,
    };
    let stage = if seen { Stage::Found } else { Stage::Opened };
    let mut scan = bench.unread(&film::name(paths), stage, why, task);
    if let Some(hint) = hint {
        scan.spoken.sentence.reason = stream::says(hint, bench.words);
    }
    outcomes.add(Judged { scans: vec![scan], thumb: None })
}
