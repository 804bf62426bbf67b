//! Keys, and the signing of permits and trust documents.
//!
//! Everything that holds a private key is in this crate, behind the one trait core knows,
//! [`permit_core::Signer`]. It asks nobody for a passphrase, prints nothing, and decides nothing
//! about permits.

mod bundle;
mod changes;
pub mod demo;
mod document;
pub mod draft;
mod exchange;
mod half;
mod keyfile;
pub mod permit;
pub mod register;
mod secret;
#[cfg(feature = "pkcs11")]
mod token;

// Keys in memory, and what guards them
pub use secret::{
    CheckError, NewPassphrase, NoRandomness, Passphrase, PassphraseError, SecretKey, check,
};

// Keys in files
pub use keyfile::{
    Cost, FormatError, KeyFile, KeyFileError, Label, LabelError, create_private_file,
};

// The zone's pseudonym secret from two halves
pub use half::{Half, HalfError, Term, ZoneSecret};

// Keys from and for other programs
pub use exchange::{
    ExchangeError, export_encrypted, export_without_any_encryption, import, public_base64,
    public_hex, public_pem, read_public,
};

// Trust documents: signed alone or from side to side, and bundled
pub use bundle::{BundleError, Parts, SideParts, accepted, slots};
pub use changes::{Change, changes, contents};
pub use document::{
    AtOnceError, FinishError, Form, Missing, Parties, Party, Proposal, ProposalError, SignError,
    payload, sign_at_once,
};

// Keys on tokens
#[cfg(feature = "pkcs11")]
pub use token::{
    KeyChoice, ModuleError, Pin, PinError, PinState, Token, TokenChoice, TokenError, TokenKeyError,
    TokenSigner, TokenSummary,
};
