//! Root, bundle and what was accepted before: taken by core's rules, whole or not at all.

use permit_core::trust::{Bundle, Header};
use permit_core::{Accepted, Anchor, KeySlot, Now, Side, Terms, Trust, TrustError, UnixTime};
use permit_words::{Value, Words};
use serde::Serialize;

use crate::marks;

/// Accepted documents, held for the life of the module.
///
/// [`Trust`] borrows its bundle, so it cannot lie beside the bytes in one value: both are leaked, once for each bundle
/// that is accepted. A page takes a few a week, each far below a megabyte, and begins anew whenever it is opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lists(&'static Trust<'static>);

impl Lists {
    /// Takes a bundle.
    pub(crate) fn open(
        bundle: &[u8],
        anchor: Anchor,
        before: Option<&Accepted>,
        now: Option<UnixTime>,
    ) -> Result<Self, TrustError> {
        let terms = Terms { anchor, before, now };
        // A key takes more than its 32 bytes.
        let room = bundle.len() / 32 + 1;
        Trust::open(bundle, &terms, &mut vec![KeySlot::EMPTY; room])?;
        let bytes: &'static [u8] = bundle.to_vec().leak();
        let slots: &'static mut [KeySlot] = vec![KeySlot::EMPTY; room].leak();
        Ok(Self(Box::leak(Box::new(Trust::open(bytes, &terms, slots)?))))
    }

    pub(crate) const fn trust(self) -> &'static Trust<'static> {
        self.0
    }

    /// How old each side's lists are, whether newer are due and whether one has expired.
    pub(crate) fn age(self, now: &Now) -> ([Option<i64>; 2], bool, bool) {
        let time = now.earliest();
        let age = |side| {
            let oldest = self.headers(side).map(|header| header.issued).min()?;
            Some(time.since(oldest).max(0) / DAY)
        };
        let common = [self.0.root().header, self.0.zone().header];
        let all = || Side::BOTH.into_iter().flat_map(|side| self.headers(side)).chain(common);
        let stale = all().any(|header| header.next_update < time);
        (Side::BOTH.map(age), stale, all().any(|header| header.expires < time))
    }

    fn headers(self, side: Side) -> impl Iterator<Item = Header> {
        self.0.lists(side).into_iter().flat_map(|lists| {
            let issued = lists.issued.map(|list| list.header);
            let others = [lists.snapshot.header, lists.stations.header, lists.revocations.header];
            others.into_iter().chain(issued)
        })
    }
}

const DAY: i64 = 24 * 60 * 60;

/// A root's fingerprint, to be compared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fingerprint {
    /// 64 hexadecimal digits.
    pub hex: String,
    /// The same in groups of four.
    pub groups: Vec<String>,
    /// The same as 24 words, in each language in their order.
    #[cfg(feature = "files")]
    pub words: [Vec<String>; 3],
    /// Whether lists came with it.
    pub lists: bool,
}

impl Fingerprint {
    pub(crate) fn of(Anchor(digest): Anchor) -> Self {
        let hex = hex::encode(digest);
        let groups = (0..hex.len()).step_by(4).filter_map(|at| hex.get(at..at + 4));
        Self {
            groups: groups.map(str::to_owned).collect(),
            #[cfg(feature = "files")]
            words: permit_words::Lang::ALL.map(|lang| permit_words::fingerprint(&digest, lang)),
            hex,
            lists: false,
        }
    }
}

/// The fingerprint in hexadecimal digits, of an enveloped root, or of a bundle's newest root.
pub(crate) fn fingerprint(input: &[u8]) -> Option<Fingerprint> {
    let typed = || {
        let text = core::str::from_utf8(input).ok()?;
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let mut digest = [0; 32];
        hex::decode_to_slice(digits, &mut digest).ok()?;
        Some(Anchor(digest))
    };
    let newest = || Anchor::of(Bundle::read(input).ok()?.roots.iter().last()?).ok();
    let alone = typed().or_else(|| Anchor::of(input).ok()).map(Fingerprint::of);
    alone.or_else(|| Some(Fingerprint { lists: true, ..Fingerprint::of(newest()?) }))
}

/// What came of a bundle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Taken {
    /// Whether it is in use now.
    pub taken: bool,
    /// What is said of it.
    pub said: String,
    /// What is to be kept beside it, in hexadecimal digits; nothing of what is refused.
    pub marks: Option<String>,
}

impl Taken {
    pub(crate) fn accepted(lists: Lists, words: &Words) -> Self {
        let marks = Some(hex::encode(marks::write(lists.trust().accepted())));
        Self { taken: true, said: words.get("screen-notice-updated"), marks }
    }

    pub(crate) fn refused(error: &TrustError, words: &Words) -> Self {
        let id = match error {
            TrustError::Rollback { .. } | TrustError::BelowMinimum { .. } => "older",
            TrustError::Fork { .. } => "forked",
            TrustError::Malformed(permit_core::Document::Bundle, _) => "unfit",
            TrustError::Anchor { .. } => return Self::no(words.get("pocket-other-root")),
            _ => "refused",
        };
        Self::no(words.get(&format!("screen-notice-not-updated-{id}")))
    }

    pub(crate) const fn no(said: String) -> Self {
        Self { taken: false, said, marks: None }
    }
}

/// How old, in words: of both sides where they differ.
pub(crate) fn aged(ages: [Option<i64>; 2], words: &Words) -> Vec<String> {
    let said = |days: i64| words.with("screen-lists.age", &[("days", Value::from(days))]);
    match ages {
        [Some(a), Some(b)] if a == b => vec![said(a)],
        _ => {
            let sides = ages.into_iter().zip(["A", "B"]);
            let side = |(days, side): (Option<i64>, &str)| {
                let days = days.map_or_else(|| words.get("screen-lists.none"), said);
                let side = words.with("screen-side", &[("side", side.into())]);
                format!("{days} ({side})")
            };
            sides.map(side).collect()
        }
    }
}
