//! From a report to a picture it tells of: a relative address, as a browser reads one.
//!
//! It names folders and files as they were walked, so it is good for as long as both stay where they are to each other.

use core::fmt::Write as _;
use std::path::{Component, Path, absolute};

/// The address of a file beside or below or above a page; none where there is no way.
pub(super) fn address(page: &Path, file: &Path) -> Option<String> {
    let (page, file) = (absolute(page).ok()?, absolute(file).ok()?);
    let from: Vec<_> = page.parent()?.components().collect();
    let to: Vec<_> = file.components().collect();
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(same).map(|_| Some("..".to_owned()));
    let down = to.iter().skip(same).map(|part| match part {
        Component::Normal(name) => Some(encoded(name.to_str()?)),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    let parts: Option<Vec<String>> = up.chain(down).collect();
    // A name with a colon would be taken for a scheme.
    parts.map(|parts| format!("./{}", parts.join("/")))
}

/// Percent-encoded, but for what RFC 3986 §2.3 leaves as it is.
fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_7_a_picture_is_found_from_its_report() {
        for (page, file, wanted) in [
            ("report.html", "a.png", "./a.png"),
            ("report.html", "pictures/a b.png", "./pictures/a%20b.png"),
            ("out/report.html", "pictures/图.png", "./../pictures/%E5%9B%BE.png"),
            ("/x/report.html", "/x/javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ] {
            let found = address(Path::new(page), Path::new(file));
            assert_eq!(found.as_deref(), Some(wanted), "{page} {file}");
        }
    }
}
