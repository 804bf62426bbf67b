//! `permit-headquarters show`, `check`, `restored` and `forget`.

use permit_command::{Exit, Fault, output};
use permit_core::Side;
use permit_headquarters::{Life, SetBack, Site, Wrong};
use permit_words::{Value, Words};

/// Gaps of a terminal that are named one by one; then only how many more.
const NAMED: usize = 8;

pub(crate) async fn show(site: &Site, words: &Words) -> Result<Exit, Fault> {
    let mut exit = Exit::Good;
    for shown in site.terminals().await? {
        let number = ("number", Value::from(shown.terminal.number));
        let crossing = ("crossing", Value::from(shown.crossing));
        let mut said = match shown.last {
            None => words.with("headquarters-terminal-never", &[number, crossing]),
            Some((last, at)) => {
                let values =
                    [number, crossing, ("last", last.into()), ("at", at.to_string().into())];
                words.with("headquarters-terminal", &values)
            }
        };
        if let Life::Silent(days) = shown.life {
            said += &words.with("headquarters-silent", &[("days", days.into())]);
        }
        if !shown.listed {
            said += &words.get("headquarters-not-listed");
        }
        for (first, last) in shown.gaps.iter().take(NAMED) {
            exit = Exit::Differs;
            let values = [("first", (*first).into()), ("last", (*last).into())];
            said += &words.with("headquarters-gap", &values);
        }
        let more = shown.gaps.len().saturating_sub(NAMED);
        if more > 0 {
            said += &words.with("headquarters-gaps-more", &[("count", more.into())]);
        }
        output::line(&said)?;
    }
    for found in site.findings().await? {
        exit = Exit::Differs;
        let said = ("said", Value::Spoken(found.finding.said(found.at, words)));
        let seen = ("seen", found.seen.to_string().into());
        let line = match (found.terminal, found.station) {
            (Some(terminal), _) => {
                let number = ("number", terminal.number.into());
                words.with("headquarters-found-terminal", &[number, said, seen])
            }
            (None, station) => {
                let number = ("number", station.unwrap_or_default().into());
                words.with("headquarters-found-station", &[number, said, seen])
            }
        };
        output::line(&line)?;
    }
    Ok(exit)
}

pub(crate) async fn check(site: &Site, words: &Words) -> Result<Exit, Fault> {
    let all = site.check().await?;
    for wrong in &all {
        output::line(&said(wrong, words))?;
    }
    let back = site.set_back().await?;
    told(&back, words)?;
    if all.is_empty() && back.is_empty() {
        output::line(&words.get("headquarters-check-good"))?;
        return Ok(Exit::Good);
    }
    Ok(Exit::Differs)
}

/// Goes on with a database that was put back.
pub(crate) async fn restored(site: &Site, words: &Words) -> Result<Exit, Fault> {
    let back = site.restored().await?;
    told(&back, words)?;
    let id =
        if back.is_empty() { "headquarters-restored-nothing" } else { "headquarters-restored" };
    output::line(&words.get(id))?;
    Ok(Exit::Good)
}

/// What the database does not know of what was signed.
fn told(all: &[SetBack], words: &Words) -> Result<(), Fault> {
    for SetBack { what, signed, known } in all {
        let what = ("what", Value::Spoken(words.get(what.id())));
        let values = [what, ("signed", (*signed).into()), ("known", (*known).into())];
        output::line(&words.with("headquarters-set-back", &values))?;
    }
    Ok(())
}

pub(crate) async fn forget(site: &Site, words: &Words) -> Result<Exit, Fault> {
    let said = match site.forget().await? {
        None => words.get("headquarters-forget-no-time"),
        Some(gone) => {
            let values = [
                ("day", gone.through.to_string().into()),
                ("records", gone.records.into()),
                ("passages", gone.passages.into()),
            ];
            words.with("headquarters-forgot", &values)
        }
    };
    output::line(&said)?;
    Ok(Exit::Good)
}

fn said(wrong: &Wrong, words: &Words) -> String {
    let side = |side| if side == Side::A { "A" } else { "B" };
    let of = |id: &str, terminal: &permit_journal::Terminal, at: u64| {
        let number = ("number", terminal.number.into());
        words.with(id, &[number, ("side", side(terminal.side).into()), ("at", at.into())])
    };
    match wrong {
        Wrong::Record(terminal, at) => of("headquarters-wrong-record", terminal, *at),
        Wrong::Stretches(terminal) => of("headquarters-wrong-stretches", terminal, 0),
        Wrong::Passages(terminal) => of("headquarters-wrong-passages", terminal, 0),
        Wrong::Permits => words.get("headquarters-wrong-permits"),
        Wrong::Raised(terminal) => of("headquarters-wrong-raised", terminal, 0),
        Wrong::Total(day) => {
            let day = i32::try_from(*day).ok().and_then(permit_core::Day::new);
            let day = day.map(|day| day.to_string()).unwrap_or_default();
            words.with("headquarters-wrong-total", &[("day", day.into())])
        }
        Wrong::Heads(version) => {
            words.with("headquarters-wrong-heads", &[("version", (*version).into())])
        }
    }
}
