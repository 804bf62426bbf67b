//! From the paths of a command line to the frames of one stream.
//!
//! Folders give their pictures, films their frames; names are ordered as people count them, so that `2.png` comes
//! before `10.png`. It opens one file at a time and keeps nothing.

use core::cmp::Ordering;
use std::path::{Path, PathBuf};

use permit_symbol::GreyBuf;
use permit_symbol::load::{self, LoadError};

use crate::walk::{self, Found};

/// One frame, or why there is none.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The file it is from.
    pub(crate) path: PathBuf,
    /// Which of the whole stream, from 1.
    pub(crate) number: u32,
    /// What was seen.
    pub(crate) picture: Result<GreyBuf, LoadError>,
}

/// Every frame in order.
pub(crate) fn frames(paths: &[PathBuf]) -> impl Iterator<Item = Frame> {
    let mut found = walk::pictures(paths).found;
    found.sort_by(|a, b| natural(&a.path().to_string_lossy(), &b.path().to_string_lossy()));
    let pictures = found.into_iter().flat_map(|found| {
        let (path, pictures) = match found {
            Found::Closed(path, cause) => (path, Err(LoadError::Unreadable(cause.kind().into()))),
            Found::Picture(path) => {
                let frames = load::frames(&path);
                (path, frames)
            }
        };
        let (frames, error) = match pictures {
            Ok(frames) => (Some(frames), None),
            Err(error) => (None, Some(Err(error))),
        };
        frames.into_iter().flatten().chain(error).map(move |picture| (path.clone(), picture))
    });
    pictures.zip(1..).map(|((path, picture), number)| Frame { path, number, picture })
}

/// The name of the stream: its only path, or the first of several.
pub(crate) fn name(paths: &[PathBuf]) -> String {
    paths.first().map_or_else(String::new, |path: &PathBuf| Path::display(path).to_string())
}

/// Digits by their number, everything else by its letters.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.chars().peekable(), b.chars().peekable());
    loop {
        let order = match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return Ordering::Equal,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (x, y) = (digits(&mut a), digits(&mut b));
                let short = |n: &str| n.trim_start_matches('0').to_owned();
                let (m, n) = (short(&x), short(&y));
                m.len().cmp(&n.len()).then(m.cmp(&n)).then(x.len().cmp(&y.len()))
            }
            (x, y) => {
                a.next();
                b.next();
                x.cmp(&y)
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn digits(chars: &mut core::iter::Peekable<core::str::Chars<'_>>) -> String {
    core::iter::from_fn(|| chars.next_if(char::is_ascii_digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_count() {
        let mut names = ["f10.png", "f9.png", "f010.png", "g1", "f", "f9a", "", "f1/2", "f1/11"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["", "f", "f1/2", "f1/11", "f9.png", "f9a", "f10.png", "f010.png", "g1"]);
    }
}
