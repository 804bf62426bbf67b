//! In which letters a text is written.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::Unread;

/// A text and the name of its encoding. Whatever is no character in it is an error, never a question mark.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, &'static str), Unread> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok((strict(encoding, &bytes[mark..])?, encoding.name()));
    }
    if bytes.contains(&0) {
        let encoding = wide(bytes).ok_or(Unread::Binary)?;
        let text = strict(encoding, bytes).map_err(|_| Unread::Binary)?;
        return Ok((text, encoding.name()));
    }
    match strict(UTF_8, bytes) {
        Err(Unread::Encoding) => {}
        read => return Ok((read?, UTF_8.name())),
    }
    let (chinese, korean) = (strict(GB18030, bytes), strict(EUC_KR, bytes));
    match (chinese, korean) {
        (Ok(text), Err(_)) => Ok((text, GBK.name())),
        (Err(_), Ok(text)) => Ok((text, EUC_KR.name())),
        (Ok(chinese), Ok(korean)) if is_korean(bytes, &korean) => {
            drop(chinese);
            Ok((korean, EUC_KR.name()))
        }
        (Ok(text), Ok(_)) => Ok((text, GBK.name())),
        (Err(_), Err(_)) => Err(Unread::Encoding),
    }
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Unread> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or(Unread::Encoding)?;
    // A text has no control characters but these.
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    if text.contains(odd) { Err(Unread::Binary) } else { Ok(text.into_owned()) }
}

/// UTF-16 without its mark: a line feed or a separator shows where the high bytes are.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros =
        |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    match (first, second) {
        (0, 1..) => Some(UTF_16LE),
        (1.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Which of two that both fit. What a browser's detector says, if it is one of them; else whether every character beyond
/// ASCII is one of the 2,350 syllables of KS X 1001, which a text in Chinese hardly keeps to.
fn is_korean(bytes: &[u8], korean: &str) -> bool {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let said = detector.guess(None, Utf8Detection::Deny);
    if said == EUC_KR || said == GBK || said == GB18030 {
        return said == EUC_KR;
    }
    korean.chars().all(|c| c.is_ascii() || ('가'..='힣').contains(&c))
}
