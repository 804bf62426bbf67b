//! Keys, and the signing of permits and trust documents.
//!
//! Everything that holds a private key is in this crate, behind the one trait core knows,
//! [`permit_core::Signer`]. It asks nobody for a passphrase, prints nothing, and decides nothing
//! about permits.

mod keyfile;
mod secret;

// Keys in memory, and what guards them
pub use secret::{
    CheckError, NewPassphrase, NoRandomness, Passphrase, PassphraseError, SecretKey, check,
};

// Keys in files
pub use keyfile::{
    Cost, FormatError, KeyFile, KeyFileError, Label, LabelError, create_private_file,
};
