//! A run as JUnit XML, which every build server draws.
//!
//! A scan is a test case: it fails where it differs from the manifest, errs where its file could not be opened, and is
//! skipped where nothing was read and nobody could demand it. XML 1.0 cannot hold control characters at all, so they
//! are written out.

use core::fmt::Write as _;

use permit_words::clean;

use super::judge::Scan;
use super::record::{Outcome, Record, Stage};

/// The whole document.
pub(crate) fn document(scans: &[Scan], seconds: f64) -> String {
    let failures =
        scans.iter().filter(|scan| scan.record.outcome.is_some_and(Outcome::differs)).count();
    let errors = scans.iter().filter(|scan| scan.record.stage == Stage::Closed).count();
    let skipped = scans.iter().filter(|scan| scan.record.outcome == Some(Outcome::Missed)).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let tests = scans.len();
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        out,
        "<testsuites name=\"permit verify\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{seconds:.3}\">\n\
         <testsuite name=\"permit verify\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"{seconds:.3}\">"
    );
    for scan in scans {
        case(&mut out, scan);
    }
    out.push_str("</testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, Scan { record, spoken }: &Scan) {
    let kind = record.kind.as_deref().unwrap_or("pictures");
    let seconds = record.ms.sum() / 1e3;
    let _ = write!(
        out,
        "<testcase classname=\"{}\" name=\"{}\" time=\"{seconds:.6}\">",
        escaped(kind),
        escaped(&name(record))
    );
    let said =
        escaped(&format!("{} {} {}", record.code, spoken.sentence.title, spoken.sentence.reason));
    if record.stage == Stage::Closed {
        let _ = write!(out, "<error message=\"{said}\"/>");
    }
    match record.outcome {
        Some(Outcome::Missed) => {
            let _ = write!(out, "<skipped message=\"{said}\"/>");
        }
        Some(outcome) if outcome.differs() => {
            let expected = record.expected.map_or_else(|| "?".into(), |code| code.to_string());
            let kind = format!("{outcome:?}").to_lowercase();
            let _ = write!(
                out,
                "<failure type=\"{kind}\" message=\"expected {expected}, got {said}\"/>"
            );
        }
        _ => {
            let _ = write!(out, "<system-out>{said}</system-out>");
        }
    }
    out.push_str("</testcase>\n");
}

/// A name that no other scan has.
fn name(record: &Record) -> String {
    let mut name = record.file.clone();
    for (mark, number) in [
        ("page", record.page),
        ("line", record.line),
        ("code", (record.index > 0).then_some(record.index + 1)),
    ] {
        if let Some(number) = number {
            let _ = write!(name, " {mark} {number}");
        }
    }
    name
}

/// Text for an element or an attribute: whatever is not a character of XML 1.0 is written out as `\u{1b}`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_can_stand_in_xml() {
        for c in '\0'..=char::MAX {
            let text = escaped(c.encode_utf8(&mut [0; 4]));
            let fine = |c: char| matches!(c, '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            assert!(text.chars().all(fine) && !text.contains(['<', '>', '"', '\'']), "{c:?}");
            assert!(
                !text
                    .replace("&amp;", "")
                    .replace("&lt;", "")
                    .replace("&gt;", "")
                    .replace("&quot;", "")
                    .replace("&#39;", "")
                    .contains('&')
            );
        }
    }

    #[test]
    fn names_tell_scans_apart() {
        let mut record = Record::new("a b.pdf".into(), Stage::Rules);
        assert_eq!(name(&record), "a b.pdf");
        (record.page, record.index) = (Some(2), 1);
        assert_eq!(name(&record), "a b.pdf page 2 code 2");
    }
}
