//! Sealing under a key: XChaCha20-Poly1305, its random nonce in front.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use permit_signing::NoRandomness;
use zeroize::Zeroizing;

/// Bytes of a nonce of XChaCha20.
const NONCE: usize = 24;

/// Seals it, bound to what stands beside it.
pub(crate) fn seal(key: &[u8; 32], plain: &[u8], beside: &[u8]) -> Result<Vec<u8>, NoRandomness> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce)?;
    let payload = Payload { msg: plain, aad: beside };
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload);
    // It refuses more than 256 GiB (RFC 8439, section 2.8), and nothing here is read that is as large.
    Ok([&nonce[..], &sealed.unwrap_or_default()].concat())
}

/// Opens what was sealed under this key, beside this.
pub(crate) fn open(key: &[u8; 32], sealed: &[u8], beside: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let payload = Payload { msg: sealed, aad: beside };
    let opened = XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), payload);
    opened.ok().map(Zeroizing::new)
}
