//! What a hand scanner types: scan by scan, as they come.
//!
//! `permit-scan` says what is a code's text and what the scanner did. Nothing is judged for what a scanner did: such a
//! scan counts as not read, with the reason in words.

use std::io::{self, BufRead};
use std::path::Path;

use permit_scan::{Cutter, Scan as Given};
use permit_words::verdict::Guidance;

use super::judge::{Bench, Scan, Task};
use super::record::Stage;
use crate::Fault;

/// Gives every scan of an input to its end.
pub(crate) fn scans(
    mut from: impl BufRead,
    mut give: impl FnMut(Given) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut cutter = Cutter::default();
    loop {
        let bytes = match from.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other.map_err(|cause| Fault::open(Path::new("-"), cause))?,
        };
        if bytes.is_empty() {
            return cutter.end().map_or(Ok(()), give);
        }
        let count = bytes.len();
        bytes.iter().filter_map(|byte| cutter.take(*byte)).try_for_each(&mut give)?;
        from.consume(count);
    }
}

impl Bench<'_> {
    /// The verdict on a scan, or that nothing was read because of what the scanner did.
    pub(crate) fn given(&self, number: u32, given: &Given, task: &Task<'_>) -> Scan {
        let reason = match given {
            Given::Text(text) => return self.text("-", number, text, task),
            Given::Device(fault) | Given::Test(Some(fault)) => {
                format!("screen-notice-scanner-{}", fault.name())
            }
            Given::Test(None) => "screen-notice-scanner-right".to_owned(),
        };
        let mut scan = self.unread("-", Stage::Decoded, Guidance::Nothing, task);
        scan.record.line = Some(number);
        scan.spoken.sentence.title = self.words.get("verify-scanner");
        scan.spoken.sentence.reason = self.words.get(&reason);
        scan.spoken.sentence.next = self.words.get("verify-scanner.next");
        scan
    }
}

#[cfg(test)]
mod tests {
    use permit_scan::LINE;

    use super::*;

    fn all(text: &[u8]) -> Vec<Given> {
        let mut all = Vec::new();
        let give = |scan| {
            all.push(scan);
            Ok(())
        };
        // Pieces of two bytes, so that every scan is cut somewhere.
        scans(io::BufReader::with_capacity(2, text), give).unwrap();
        all
    }

    #[test]
    fn row_19_every_end_of_a_scan() {
        let text = |text: &str| Given::Text(text.as_bytes().to_vec());
        let said = all(b"\x02BP1:A\x03\r\n]Q1BP1:B\tBP1:C\n\n\xef\xbb\xbfBP1:D");
        assert_eq!(said, ["BP1:A", "BP1:B", "BP1:C", "BP1:D"].map(text));
        let endless = [&vec![b'x'; 7 * LINE][..], b"\nBP1:A"].concat();
        assert_eq!(all(&endless), [Given::Device(permit_scan::Fault::Endless), text("BP1:A")]);
        assert!(all(b"\r\n\t\0").is_empty());
    }
}
