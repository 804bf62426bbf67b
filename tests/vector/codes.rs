//! Vectors of what travels instead of a bundle: deltas, and codes.
#![expect(clippy::too_many_lines, reason = "tables of cases, one a line")]

use std::collections::BTreeSet;

use permit_core::sha256;
use permit_parts::delta::{Delta, DeltaError, delta};
use permit_parts::{Added, BundleId, CollectError, Collector, Fountain, Part, PartError, split};
use serde_json::{Value, json};

use super::Vector;
use crate::{item::Item, town::Town};

pub(super) fn all() -> Vec<Vector> {
    let mut vectors: Vec<Vector> = deltas().into_iter().map(Change::vector).collect();
    vectors.extend(shown().into_iter().map(Shown::vector));
    vectors
}

/// A delta offered to whoever has a base.
struct Change {
    name: &'static str,
    about: &'static str,
    base: Vec<u8>,
    delta: Vec<u8>,
    error: Option<&'static str>,
}

impl Change {
    fn vector(self) -> Vector {
        let found = Delta::read(&self.delta).and_then(|delta| delta.patch(&self.base));
        let error = found.as_ref().err().map(|error| match error {
            DeltaError::TooLarge => "too-large",
            DeltaError::Malformed => "malformed",
            DeltaError::OtherBase => "other-base",
            DeltaError::Forged => "forged",
            _ => "unknown",
        });
        assert_eq!(error, self.error, "{}", self.name);
        let contents = json!({
            "about": self.about,
            "base_hex": hex::encode(&self.base),
            "delta_hex": hex::encode(&self.delta),
            "expect": { "result_hex": found.ok().map(hex::encode), "error": self.error },
        });
        let folder = if self.error.is_none() { "valid" } else { "invalid" };
        Vector { folder, name: format!("delta-{}", self.name), contents }
    }
}

/// A delta with these steps.
fn made(base: &[u8], result: &[u8], steps: Vec<Item>) -> Vec<u8> {
    let of = |bytes: &[u8]| Item::from(sha256(&[bytes]));
    let form = "border-permit-delta/1".into();
    Item::Array(vec![form, of(base), of(result), Item::Array(steps)]).encode()
}

fn deltas() -> Vec<Change> {
    let town = Town::small();
    let mut later = Town::small();
    later.documents().into_iter().for_each(|document| document.set_version(2));
    let (base, new) = (town.bundle(), later.bundle());
    let true_one = delta(&base, &new).expect("two bundles");
    let short = b"0123456789abcdefSPECIMEN";
    let copy = |offset: u32, length: u32| crate::array![offset, length];
    let bytes = |bytes: &[u8]| Item::Bytes(bytes.to_vec());
    let of = |name, about, base: &[u8], delta, error| Change {
        name,
        about,
        base: base.to_vec(),
        delta,
        error,
    };
    let bad =
        |name, about, steps| of(name, about, short, made(short, short, steps), Some("malformed"));
    let large = vec![copy(0, 24), bytes(&[0; 8])];
    let mut flipped = true_one.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let mut form = true_one.clone();
    form[22] = b'2';
    vec![
        of("bundle", "Every document one version on.", &base, true_one.clone(), None),
        of(
            "short",
            "A copy and a byte of its own.",
            short,
            delta(short, b"0123456789abcdef!").expect("short"),
            None,
        ),
        of(
            "again",
            "The base itself, in two steps that overlap nothing.",
            short,
            made(short, short, vec![copy(0, 10), copy(10, 14)]),
            None,
        ),
        of(
            "other-base",
            "Offered to whoever has the new one.",
            &new,
            true_one.clone(),
            Some("other-base"),
        ),
        of("cut", "A byte less.", &base, true_one[..last].to_vec(), Some("malformed")),
        of("longer", "A byte more.", &base, [&true_one[..], &[0]].concat(), Some("malformed")),
        of("flipped", "A bit of its last byte is another.", &base, flipped, Some("forged")),
        of("form", "A second version of the form.", &base, form, Some("malformed")),
        of("whole", "A bundle, which is no delta.", &base, new, Some("malformed")),
        of(
            "forged",
            "It makes more than it says.",
            short,
            made(short, short, large),
            Some("forged"),
        ),
        bad("no-steps", "It makes nothing.", vec![]),
        bad("empty-bytes", "A step of no bytes.", vec![bytes(b"")]),
        bad("empty-copy", "A step of no bytes from the base.", vec![copy(0, 0)]),
        bad("beyond", "A byte more than the base has.", vec![copy(0, 25)]),
        bad("behind", "From behind the end of the base.", vec![copy(25, 1)]),
        bad("text", "A step that is text.", vec!["text".into()]),
        bad("three", "A step of three numbers.", vec![crate::array![0_u8, 1_u8, 1_u8]]),
        of(
            "too-large",
            "Twice what a bundle may be, in two steps.",
            short,
            made(short, short, vec![copy(0, 16 << 20), copy(0, 1)]),
            Some("too-large"),
        ),
    ]
}

/// Codes as they come.
struct Shown {
    folder: &'static str,
    name: &'static str,
    about: &'static str,
    codes: Vec<String>,
    /// What comes of the last.
    last: &'static str,
}

impl Shown {
    fn vector(self) -> Vector {
        let (mut collector, mut parts, mut added) = (Collector::default(), vec![], vec![]);
        let (mut whole, mut repair) = (None, None);
        for (at, text) in self.codes.iter().enumerate() {
            let read = Part::read(text.as_bytes());
            parts.push(
                read.as_ref()
                    .map_or_else(|error| json!(refused(error)), |part| carried(part, text)),
            );
            let Ok(part) = read else {
                added.push(None);
                continue;
            };
            let have = collector.progress().0;
            let end = collector.add(&part);
            let is_kept = !matches!(
                end,
                Ok(Added::Again) | Err(CollectError::Other | CollectError::Conflict { .. })
            );
            // Enough, and not all of the file itself.
            let own = own(part.id(), &self.codes[..=at]);
            if is_kept && form(text) == 2 && own < part.total() && part.total() <= have + 1 {
                repair = repair.or(Some(at));
            }
            added.push(Some(match end {
                Ok(Added::New) => "new",
                Ok(Added::Again) => "again",
                Ok(Added::Whole(file)) => {
                    whole = Some(file);
                    "whole"
                }
                Err(CollectError::Other) => "other",
                Err(CollectError::Conflict { .. }) => "conflict",
                Err(_) => "forged",
            }));
        }
        let last = added.last().copied().flatten().unwrap_or("unread");
        assert_eq!(last, self.last, "{}", self.name);
        let contents = json!({
            "about": self.about,
            "codes": self.codes,
            "expect": {
                "parts": parts,
                "added": added,
                "file_hex": whole.map(hex::encode),
                "needs_repair": repair,
            },
        });
        Vector { folder: self.folder, name: self.name.to_owned(), contents }
    }
}

/// How many parts of the file itself are among these codes.
fn own(id: BundleId, codes: &[String]) -> usize {
    let parts = codes.iter().filter_map(|text| Part::read(text.as_bytes()).ok());
    let own = parts.filter(|part| part.id() == id && (part.index() as usize) < part.total());
    own.map(|part| part.index()).collect::<BTreeSet<_>>().len()
}

const fn refused(error: &PartError) -> &'static str {
    match error {
        PartError::Foreign => "foreign",
        PartError::Newer { .. } => "newer",
        _ => "damaged",
    }
}

fn form(text: &str) -> u8 {
    if text.starts_with("BL2:") { 2 } else { 1 }
}

/// What a code says, taken apart here a second time.
fn carried(part: &Part, text: &str) -> Value {
    let form = form(text);
    let bytes = permit_core::base45_decode::<397>(text.as_bytes().split_at(4).1).expect("a part");
    let head = if form == 1 { 10 } else { 15 };
    let size = match form {
        1 => u32::from(bytes[8]),
        _ => u32::from_be_bytes([0, bytes[8], bytes[9], bytes[10]]),
    };
    json!({
        "form": form,
        "id": hex::encode(part.id().0),
        "size": size,
        "number": part.index(),
        "digest": hex::encode(sha256(&[&bytes[head..bytes.len() - 4]])),
    })
}

/// A code with these bytes under its check.
fn sealed(prefix: &str, body: &[u8]) -> String {
    let bytes = [body, &sha256(&[body])[..4]].concat();
    let mut text = heapless::String::<700>::new();
    permit_core::base45_encode(&bytes, &mut text).expect("it fits");
    format!("{prefix}{text}")
}

/// The bytes of a code without its check.
fn body(text: &str) -> Vec<u8> {
    let bytes = permit_core::base45_decode::<397>(text.as_bytes().split_at(4).1).expect("a part");
    bytes[..bytes.len() - 4].to_vec()
}

fn shown() -> Vec<Shown> {
    let (file, other) = (specimen(1), specimen(2));
    let [one, two] = [&file, &other].map(|file| split(file).expect("short"));
    let fountain = Fountain::new(&file).expect("short");
    let all: Vec<String> = fountain.texts().take(8).collect();
    let others: Vec<String> = Fountain::new(&other).expect("short").texts().take(3).collect();
    let own = &all[..3];
    let pick = |codes: &[String], order: &[usize]| -> Vec<String> {
        order.iter().map(|at| codes[*at].clone()).collect()
    };
    let changed = |text: &str, at: usize, to: u8| {
        let mut bytes = body(text);
        bytes[at] = to;
        sealed(&text[..4], &bytes)
    };
    let of =
        |folder, name, about, codes: Vec<String>, last| Shown { folder, name, about, codes, last };
    let good = |name, about, codes, last| of("valid", name, about, codes, last);
    let bad = |name, about, codes, last| of("invalid", name, about, codes, last);
    let after = |first: &[String], more: String| [first, &[more]].concat();
    vec![
        good(
            "bl1-whole",
            "All numbered parts, the last one first.",
            pick(&one, &[2, 1, 0]),
            "whole",
        ),
        good("bl1-again", "A part that comes twice.", pick(&one, &[1, 1]), "again"),
        good("bl2-whole", "The symbols that are the file itself.", pick(own, &[1, 0, 2]), "whole"),
        good("bl2-again", "A symbol that comes twice.", pick(own, &[2, 2]), "again"),
        good("bl2-repair", "None of the file's own.", pick(&all, &[3, 7, 4]), "whole"),
        good(
            "bl2-one-missing",
            "Two of its own and a repair symbol.",
            pick(&all, &[0, 5, 2]),
            "whole",
        ),
        bad("bl1-other", "A part of another file.", after(&one[..1], two[1].clone()), "other"),
        bad("bl2-other", "A symbol of another file.", after(&own[..1], others[1].clone()), "other"),
        bad(
            "bl2-other-form",
            "The same file in the other form.",
            after(&own[..1], one[1].clone()),
            "other",
        ),
        bad(
            "bl1-conflict",
            "A part that says something else.",
            after(&one[..1], changed(&one[0], 10, 0)),
            "conflict",
        ),
        bad(
            "bl2-conflict",
            "A symbol that says something else.",
            after(&own[..1], changed(&own[0], 15, 0)),
            "conflict",
        ),
        bad(
            "bl2-longer",
            "The same file, a byte longer.",
            after(&own[..1], changed(&own[1], 10, 0xe9)),
            "conflict",
        ),
        bad(
            "bl1-forged",
            "A part that was exchanged.",
            after(&one[..2], changed(&one[2], 10, 0)),
            "forged",
        ),
        bad(
            "bl2-forged",
            "A symbol that was exchanged.",
            after(&own[..2], changed(&own[2], 15, 0)),
            "forged",
        ),
        bad(
            "bl2-no-bytes",
            "A file of no bytes.",
            vec![changed(&changed(&own[0], 10, 0), 9, 0)],
            "unread",
        ),
        bad(
            "bl2-too-long",
            "A file of more symbols than there may be.",
            vec![changed(&own[0], 8, 6)],
            "unread",
        ),
        bad("bl2-block", "A second source block.", vec![changed(&own[0], 11, 1)], "unread"),
        bad(
            "bl2-padding",
            "What fills up the file is not zeros.",
            vec![changed(&own[2], 392, 1)],
            "unread",
        ),
        bad(
            "bl2-short",
            "A symbol of a byte less.",
            vec![sealed("BL2:", &body(&own[0])[..392])],
            "unread",
        ),
        bad(
            "bl2-check",
            "A check that does not hold.",
            vec![own[0].replacen('A', "B", 1)],
            "unread",
        ),
        bad("bl1-index", "A part behind the last.", vec![changed(&one[0], 9, 3)], "unread"),
        bad("bl3", "A form that is not there yet.", vec!["BL3:00".to_owned()], "unread"),
        bad("bl01", "A number that begins with nought.", vec!["BL01:00".to_owned()], "unread"),
    ]
}

/// A thousand bytes.
fn specimen(number: u8) -> Vec<u8> {
    let block = |at: u8| sha256(&[b"SPECIMEN", &[number, at]]);
    (0..32).flat_map(block).take(1_000).collect()
}
