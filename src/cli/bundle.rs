//! A bundle and the root it must hang on, from the disk to what the verifier may ask.
//!
//! A bundle is taken whole or not at all, and never without a root that somebody installed: without `--root` only the
//! demonstration's own is accepted. Every refusal says what to do next; an expired bundle is no refusal, because the
//! verdicts themselves say how old it is.

use core::fmt::Write as _;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use permit_core::trust::{self, Header};
use permit_core::{Anchor, Document, Flaw, KeySlot, Side, Terms, Trust, TrustError, UnixTime};
use permit_file::{Ask, FileError};
use permit_words::Words;

use crate::help::Unfit;
use crate::{Exit, Fault};

/// What `--root` says.
#[derive(Debug, Clone)]
pub(crate) enum Root {
    /// SHA-256 of its payload.
    Fingerprint([u8; 32]),
    /// A file with an enveloped root.
    File(PathBuf),
}

/// The value parser of `--root`: 64 hexadecimal digits are a fingerprint, anything else is a file.
pub(crate) fn root(text: &str) -> Result<Root, Unfit> {
    if text.is_empty() {
        return Err(Unfit("unfit-root"));
    }
    Ok(fingerprint(text).map_or_else(|| Root::File(text.into()), Root::Fingerprint))
}

/// The bytes of a bundle, and room for the index of its keys.
#[derive(Debug)]
pub(crate) struct Held {
    path: PathBuf,
    bytes: Vec<u8>,
    slots: Vec<KeySlot>,
}

impl Held {
    /// Reads the file; no more of it than a bundle may have.
    pub(crate) fn read(path: &Path) -> Result<Self, Fault> {
        let bytes = bounded(path, trust::BUNDLE)?;
        // A key takes more than its 32 bytes.
        let slots = vec![KeySlot::EMPTY; bytes.len() / 32 + 1];
        Ok(Self { path: path.to_owned(), bytes, slots })
    }

    /// The file as it was read.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes it on the terms of `root`, or of the demonstration; `now` where a clock is trusted.
    pub(crate) fn open(
        &mut self,
        root: Option<&Root>,
        now: Option<UnixTime>,
        words: &Words,
    ) -> Result<Trust<'_>, Fault> {
        let anchor = match root {
            None => demo()?,
            Some(Root::Fingerprint(digest)) => Anchor(*digest),
            Some(Root::File(path)) => installed(path)?,
        };
        let terms = Terms { anchor, before: None, now };
        let refused =
            Refused { path: &self.path, bytes: &self.bytes, given: root.is_some(), words };
        Trust::open(&self.bytes, &terms, &mut self.slots).map_err(|error| refused.because(error))
    }
}

/// The root of the demonstration: the only one that is believed without `--root`.
pub(crate) fn demo() -> Result<Anchor, Fault> {
    Anchor::of(DEMO_ROOT).map_err(|_| Fault::new(Exit::Untrusted, "trust-no-demo"))
}

const DEMO_ROOT: &[u8] = include_bytes!("../../keys/demo/root.cbor");

/// The documents of a bundle that have expired, and when each did.
pub(crate) fn expired(trust: &Trust<'_>, now: UnixTime) -> Vec<(Document, Header)> {
    let mut all =
        vec![(Document::Root, trust.root().header), (Document::Zone, trust.zone().header)];
    for side in Side::BOTH {
        let Some(lists) = trust.lists(side) else { continue };
        all.push((Document::Snapshot(side), lists.snapshot.header));
        all.push((Document::Stations(side), lists.stations.header));
        all.push((Document::Revocations(side), lists.revocations.header));
        all.extend(lists.issued.map(|list| (Document::Issued(side), list.header)));
    }
    all.retain(|(_, header)| header.expires < now);
    all
}

/// What a document is called.
pub(crate) fn name(document: Document, words: &Words) -> String {
    let id = match document {
        Document::Root => "document-root",
        Document::Zone => "document-zone",
        Document::Snapshot(_) => "document-snapshot",
        Document::Stations(_) => "document-stations",
        Document::Revocations(_) => "document-revocations",
        Document::Issued(_) => "document-issued",
        Document::Presence(_) => "document-presence",
        Document::Readers(_) => "document-readers",
        Document::Heads(_) => "document-heads",
        _ => "document-bundle",
    };
    let side = match document {
        Document::Snapshot(side)
        | Document::Stations(side)
        | Document::Revocations(side)
        | Document::Issued(side)
        | Document::Presence(side)
        | Document::Readers(side)
        | Document::Heads(side) => Some(side),
        _ => None,
    };
    side.map_or_else(
        || words.get(id),
        |side| {
            words.with(
                "trust-of-side",
                &[
                    ("document", words.get(id).into()),
                    ("side", crate::verify::place::side_name(side).into()),
                ],
            )
        },
    )
}

/// 32 bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// 64 hexadecimal digits as 32 bytes.
pub(crate) fn fingerprint(text: &str) -> Option<[u8; 32]> {
    let mut digest = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (index, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(digest)
}

fn installed(path: &Path) -> Result<Anchor, Fault> {
    let bytes = bounded(path, trust::DOCUMENT)?;
    Anchor::of(&bytes).map_err(|_| Fault::new(Exit::Untrusted, "trust-not-root").at(path))
}

/// A whole file of at most so many bytes; never a pipe or a device, which may have no end.
fn bounded(path: &Path, most: usize) -> Result<Vec<u8>, Fault> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let fault = |id| Fault::new(Exit::Untrusted, id).at(path);
    permit_file::read(path, &Ask::named(most)).map_err(|error| match error {
        FileError::Io(cause) => fault("trust-open").because(cause),
        FileError::TooLong { .. } => fault("trust-large").with("most", most >> 20),
        _ => fault("trust-not-a-file"),
    })
}

/// A bundle that is not taken.
struct Refused<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    given: bool,
    words: &'a Words,
}

impl Refused<'_> {
    fn because(&self, error: TrustError) -> Fault {
        let fault = |id| Fault::new(Exit::Untrusted, id).at(self.path);
        let document = |document| name(document, self.words);
        match error {
            TrustError::TooLarge(_) => fault("trust-large").with("most", trust::BUNDLE >> 20),
            TrustError::Malformed(Document::Bundle, cause)
                if cause.flaw == Flaw::Truncated && self.begins_as_one() =>
            {
                fault("trust-truncated").with("bytes", self.bytes.len())
            }
            TrustError::Malformed(Document::Bundle, _) => {
                fault(if Anchor::of(self.bytes).is_ok() {
                    "trust-a-root"
                } else {
                    "trust-not-bundle"
                })
            }
            TrustError::Malformed(which, cause) => fault("trust-malformed")
                .with("document", document(which))
                .with("offset", cause.offset),
            TrustError::Anchor { fingerprint, version } => {
                self.other_root(&hex(&fingerprint), version)
            }
            TrustError::UnknownSigner(which, key) => {
                fault("trust-signer").with("document", document(which)).with("key", key)
            }
            TrustError::BadSignature(which, key) => {
                fault("trust-signature").with("document", document(which)).with("key", key)
            }
            TrustError::Threshold { document: which, side, have, need } => fault("trust-threshold")
                .with("document", document(which))
                .with("side", crate::verify::place::side_name(side))
                .with("have", have)
                .with("need", need),
            TrustError::OtherZone { document: which, found, expected } => fault("trust-zone")
                .with("document", document(which))
                .with("found", found)
                .with("expected", expected),
            TrustError::Missing(which) => fault("trust-missing").with("document", document(which)),
            TrustError::Future { document: which, issued, clock } => fault("trust-future")
                .with("document", document(which))
                .with("issued", issued)
                .with("clock", clock),
            other => fault("trust-broken").with("said", other),
        }
    }

    /// Whether the first bytes are a bundle's: a text that ends early by chance is none.
    fn begins_as_one(&self) -> bool {
        let magic = trust::MAGIC.as_bytes();
        self.bytes.windows(magic.len()).take(4).any(|window| window == magic)
    }

    fn other_root(&self, fingerprint: &str, version: u32) -> Fault {
        let id = if self.given { "trust-other-root" } else { "trust-not-demo" };
        let fault = Fault::new(Exit::Untrusted, id).at(self.path);
        fault
            .with("fingerprint", fingerprint)
            .with("version", version)
            .with("command", again(fingerprint))
    }
}

/// The command line of this run with another `--root`.
fn again(fingerprint: &str) -> String {
    let mut line = "permit".to_owned();
    let mut args = std::env::args_os().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--root" {
            args.next();
        } else if !arg.to_string_lossy().starts_with("--root=") {
            line.push(' ');
            line.push_str(&quoted(&arg));
        }
    }
    format!("{line} --root {fingerprint}")
}

/// An argument as a shell reads it back.
pub(crate) fn quoted(arg: &OsStr) -> String {
    let arg = arg.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "_-./:@%+=,".contains(c);
    if !arg.is_empty() && arg.chars().all(plain) {
        arg.into()
    } else {
        format!("'{}'", arg.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_fingerprint_or_a_file() {
        let digits = "00ff".repeat(16);
        let Ok(Root::Fingerprint(digest)) = root(&digits) else { panic!("64 digits") };
        assert_eq!(hex(&digest), digits);
        assert!(
            matches!(root(&digits.to_uppercase()), Ok(Root::Fingerprint(same)) if same == digest)
        );
        assert!(matches!(root("root.cbor"), Ok(Root::File(_))));
        assert!(matches!(root(&"g".repeat(64)), Ok(Root::File(_))));
        assert!(root("").is_err());
    }

    #[test]
    fn arguments_are_quoted_for_a_shell() {
        for (arg, line) in [
            ("a/b.png", "a/b.png"),
            ("圈河", "圈河"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
            ("$(x)", "'$(x)'"),
        ] {
            assert_eq!(quoted(OsStr::new(arg)), line);
        }
    }

    #[test]
    fn the_demonstration_has_a_root() {
        assert!(demo().is_ok());
    }

    #[test]
    fn what_is_no_bundle_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let words = Words::new(permit_words::Lang::En);
        let said = |bytes: &[u8]| {
            let path = folder.path().join("b.cbor");
            fs::write(&path, bytes).unwrap();
            let fault = Held::read(&path).unwrap().open(None, None, &words).unwrap_err();
            assert_eq!(fault.exit(), Exit::Untrusted);
            fault.say(&words).unwrap().0
        };
        assert_ne!(said(b"not a bundle"), said(DEMO_ROOT), "a root is told apart");
        assert!(said(b"").contains("not a bundle"));
        assert_eq!(Held::read(folder.path()).unwrap_err().exit(), Exit::Untrusted);
        assert_eq!(Held::read(&folder.path().join("gone")).unwrap_err().exit(), Exit::Untrusted);
    }
}
