//! A private key that never leaves its token: a smart card, a USB key or an HSM behind PKCS#11.
//!
//! The module named by the operator is loaded into this process and trusted with it. A PIN is
//! offered to the token once per call and never again by itself, because three wrong ones lock most
//! tokens for good; the last try is left alone unless the caller insists. Every signature is
//! verified before it is handed on, so that a token whose two halves do not belong together, or
//! that signs something else, is found out here.

use core::fmt;
use std::{
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error as Device, RvError},
    mechanism::{
        Mechanism,
        eddsa::{EddsaParams, EddsaSignatureScheme},
    },
    object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    slot::{Slot, TokenInfo},
    types::AuthPin,
};
use permit_core::{KeyFault, PublicKey, Signer};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::{
    keyfile::Label,
    secret::{NoRandomness, fill},
};

/// A token that was found. Nobody is logged in yet.
#[derive(Debug)]
pub struct Token {
    module: Pkcs11,
    slot: Slot,
}

impl Token {
    /// Loads a PKCS#11 module and finds one token in its slots.
    ///
    /// # Errors
    ///
    /// [`TokenError::Module`], [`TokenError::NoToken`], [`TokenError::ManyTokens`].
    pub fn find(module: &Path, choice: TokenChoice<'_>) -> Result<Self, TokenError> {
        let module = load(module)?;
        let tokens = tokens(&module)?;
        let chosen = |&(slot, ref info): &(Slot, TokenInfo)| match choice {
            TokenChoice::Slot(id) => slot.id() == id,
            TokenChoice::Label(label) => info.label() == label,
        };
        let found: Vec<_> =
            tokens.iter().filter(|&token| chosen(token)).map(|&(slot, _)| slot).collect();
        match *found {
            [slot] => Ok(Self { module, slot }),
            [] => Err(TokenError::NoToken { seen: tokens.len() }),
            _ => Err(TokenError::ManyTokens { found: found.len() }),
        }
    }

    /// The tokens a module sees, to choose from.
    ///
    /// # Errors
    ///
    /// [`TokenError::Module`], or what the module answers.
    pub fn list(module: &Path) -> Result<Vec<TokenSummary>, TokenError> {
        let module = load(module)?;
        let summary = |(slot, info): (Slot, TokenInfo)| TokenSummary {
            slot: slot.id(),
            label: info.label().to_owned(),
            serial: info.serial_number().to_owned(),
            pin: PinState::of(&info),
        };
        Ok(tokens(&module)?.into_iter().map(summary).collect())
    }

    /// Logs in and takes hold of a private key. Without a PIN, the token's own keypad asks for it.
    ///
    /// If this process is logged in to the token already, the PIN is not looked at.
    ///
    /// # Errors
    ///
    /// [`TokenError::Pin`], [`TokenError::Key`], [`TokenError::Removed`], or what the token
    /// answers.
    pub fn open(&self, key: KeyChoice<'_>, pin: Option<&Pin>) -> Result<TokenSigner, TokenError> {
        let session = self.module.open_ro_session(self.slot)?;
        self.login(&session, pin)?;
        TokenSigner::with_key(session, key)
    }

    /// Makes a new Ed25519 key on the token that signs and can never be taken out.
    ///
    /// # Errors
    ///
    /// [`TokenKeyError::Exists`] when a key has this label already, and as [`Token::open`].
    pub fn generate(&self, label: &Label, pin: Option<&Pin>) -> Result<TokenSigner, TokenError> {
        let session = self.module.open_rw_session(self.slot)?;
        self.login(&session, pin)?;
        let named = KeyChoice::Label(label.as_str()).attribute();
        if !session.find_objects(core::slice::from_ref(&named))?.is_empty() {
            return Err(TokenKeyError::Exists.into());
        }
        let mut id = [0; 8];
        fill(&mut id)?;
        generate_pair(&session, &named, &id)?;
        TokenSigner::with_key(session, KeyChoice::Id(&id))
    }

    fn login(&self, session: &Session, pin: Option<&Pin>) -> Result<(), TokenError> {
        let info = self.module.get_token_info(self.slot)?;
        let length = (info.min_pin_length(), info.max_pin_length());
        match (PinState::of(&info), pin) {
            (PinState::NotSet, _) => return Err(PinError::NotSet.into()),
            (PinState::Locked, _) => return Err(PinError::Locked.into()),
            (_, None) if !info.protected_authentication_path() => {
                return Err(PinError::Needed.into());
            }
            (PinState::LastTry, pin) if !pin.is_some_and(|pin| pin.spends_last_try) => {
                return Err(PinError::LastTry.into());
            }
            // The token would count this as a wrong try.
            (_, Some(pin)) if !(length.0..=length.1).contains(&pin.text.len()) => {
                return Err(PinError::Length { least: length.0, most: length.1 }.into());
            }
            _ => {}
        }
        let pin = pin.map(|pin| AuthPin::from(pin.text.as_str()));
        match session.login(UserType::User, pin.as_ref()) {
            Ok(()) | Err(Device::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(()),
            Err(Device::Pkcs11(
                RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange,
                _,
            )) => {
                let after = PinState::of(&self.module.get_token_info(self.slot)?);
                Err(PinError::Wrong { after }.into())
            }
            Err(Device::Pkcs11(RvError::PinLocked, _)) => Err(PinError::Locked.into()),
            Err(Device::Pkcs11(RvError::PinExpired, _)) => Err(PinError::Expired.into()),
            Err(other) => Err(other.into()),
        }
    }
}

/// Which token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenChoice<'a> {
    /// By the number of its slot. Some modules number anew at every start.
    Slot(u64),
    /// By the label it was given when it was set up.
    Label(&'a str),
}

/// Which private key on a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyChoice<'a> {
    /// By `CKA_LABEL`.
    Label(&'a str),
    /// By `CKA_ID`.
    Id(&'a [u8]),
}

impl KeyChoice<'_> {
    fn attribute(self) -> Attribute {
        match self {
            Self::Label(label) => Attribute::Label(label.into()),
            Self::Id(id) => Attribute::Id(id.into()),
        }
    }
}

/// A token as its module describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSummary {
    /// The number of its slot.
    pub slot: u64,
    /// Its label, as the token gives it: may hold any character.
    pub label: String,
    /// Its serial number, likewise.
    pub serial: String,
    /// How many tries its PIN has left, as far as it tells.
    pub pin: PinState,
}

/// How near a token's PIN is to being locked. Tokens give no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinState {
    /// No wrong try since the last right one.
    Fresh,
    /// At least one wrong try.
    Tried,
    /// One more wrong try locks it.
    LastTry,
    /// Locked: the security officer's PIN, or nothing, opens it.
    Locked,
    /// No PIN was ever set.
    NotSet,
}

impl PinState {
    fn of(info: &TokenInfo) -> Self {
        if !info.user_pin_initialized() {
            Self::NotSet
        } else if info.user_pin_locked() {
            Self::Locked
        } else if info.user_pin_final_try() {
            Self::LastTry
        } else if info.user_pin_count_low() {
            Self::Tried
        } else {
            Self::Fresh
        }
    }
}

/// A user PIN, wiped from memory when dropped.
pub struct Pin {
    text: Zeroizing<String>,
    spends_last_try: bool,
}

impl Pin {
    /// A PIN as it was typed, without its line end.
    pub fn typed(text: &str) -> Self {
        Self { text: Zeroizing::new(text.to_owned()), spends_last_try: false }
    }

    /// Offers the PIN even when a wrong one would lock the token for good.
    #[must_use]
    pub fn even_if_a_wrong_one_locks_the_token(self) -> Self {
        Self { spends_last_try: true, ..self }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pin").finish_non_exhaustive()
    }
}

/// A private key on a token, ready to sign. Dropping it ends its session.
#[derive(Debug)]
pub struct TokenSigner {
    /// A session is one conversation: signatures are made one after the other.
    session: Mutex<Session>,
    key: ObjectHandle,
    public: PublicKey,
}

impl TokenSigner {
    /// [`Token::find`] and [`Token::open`] in one.
    ///
    /// # Errors
    ///
    /// As those.
    pub fn open(
        module: &Path,
        token: TokenChoice<'_>,
        key: KeyChoice<'_>,
        pin: Option<&Pin>,
    ) -> Result<Self, TokenError> {
        Token::find(module, token)?.open(key, pin)
    }

    fn with_key(session: Session, choice: KeyChoice<'_>) -> Result<Self, TokenError> {
        let found = session
            .find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY), choice.attribute()])?;
        let key = match *found {
            [key] => key,
            [] => return Err(TokenKeyError::Missing.into()),
            _ => return Err(TokenKeyError::Many { found: found.len() }.into()),
        };
        let public = public_key(&session, key)?;
        Ok(Self { session: Mutex::new(session), key, public })
    }
}

impl Signer for TokenSigner {
    type Error = TokenError;

    fn public_key(&self) -> [u8; 32] {
        self.public.to_bytes()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], TokenError> {
        let mechanism = Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Pure));
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let signature = session.sign(&mechanism, self.key, message)?;
        let signature = signature.try_into().map_err(|_| TokenError::BadSignature)?;
        if self.public.verify(message, &signature) {
            Ok(signature)
        } else {
            Err(TokenError::BadSignature)
        }
    }
}

/// Why a token does not sign.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The PKCS#11 module.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// No token as asked for.
    #[error("no such token among the {seen} the module sees")]
    NoToken {
        /// Tokens in the module's slots.
        seen: usize,
    },
    /// More than one token has this label.
    #[error("{found} tokens have this label: choose by slot")]
    ManyTokens {
        /// How many.
        found: usize,
    },
    /// The PIN.
    #[error(transparent)]
    Pin(#[from] PinError),
    /// The key.
    #[error(transparent)]
    Key(#[from] TokenKeyError),
    /// The token is gone, or its session was ended.
    #[error("the token was removed, or its session ended")]
    Removed,
    /// The token signed, and the signature does not verify with the public key beside the private
    /// one.
    #[error("what the token signed does not verify with its public key")]
    BadSignature,
    /// Anything else the module answers.
    #[error("the token answered: {0}")]
    Device(#[source] Device),
    /// No random numbers for a new key's id.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl From<Device> for TokenError {
    fn from(error: Device) -> Self {
        match error {
            Device::Pkcs11(
                RvError::DeviceRemoved
                | RvError::TokenNotPresent
                | RvError::TokenNotRecognized
                | RvError::SessionClosed
                | RvError::SessionHandleInvalid
                | RvError::SlotIdInvalid
                | RvError::UserNotLoggedIn
                | RvError::KeyHandleInvalid
                | RvError::ObjectHandleInvalid,
                _,
            ) => Self::Removed,
            other => Self::Device(other),
        }
    }
}

/// Why a PKCS#11 module is of no use.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ModuleError {
    /// No file of this name.
    #[error("no PKCS#11 module there")]
    Missing,
    /// A file, but not a library with PKCS#11 in it for this machine, or one that does not start.
    #[error("not a usable PKCS#11 module: {0}")]
    Unusable(#[source] Device),
}

/// Why a PIN was not offered, or not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PinError {
    /// The token has no keypad of its own.
    #[error("the token needs a PIN")]
    Needed,
    /// Not a PIN of this token. It was not offered, so no try was lost.
    #[error("a PIN of this token has {least} to {most} bytes")]
    Length {
        /// Fewest bytes.
        least: usize,
        /// Most bytes.
        most: usize,
    },
    /// Wrong. One try is lost.
    #[error("wrong PIN, now {after:?}")]
    Wrong {
        /// How near the lock is now.
        after: PinState,
    },
    /// One try is left, and it was not spent.
    #[error("one more wrong PIN locks the token; it was not tried")]
    LastTry,
    /// Locked.
    #[error("the PIN is locked")]
    Locked,
    /// Expired.
    #[error("the PIN has expired")]
    Expired,
    /// None was ever set.
    #[error("no PIN was set on the token")]
    NotSet,
}

/// Why a key on a token cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TokenKeyError {
    /// No private key of this label or id.
    #[error("no such private key on the token")]
    Missing,
    /// Several.
    #[error("{found} private keys have this label or id")]
    Many {
        /// How many.
        found: usize,
    },
    /// A new key would have the label of another.
    #[error("a key of this label is on the token already")]
    Exists,
    /// Of another kind.
    #[error("not an Ed25519 key")]
    NotEd25519,
    /// The token asks for its PIN before every signature, which is not supported.
    #[error("the key asks for the PIN at every signature")]
    AsksEveryTime,
    /// The token does not show the public half.
    #[error("no public key beside the private key")]
    NoPublicKey,
    /// A public key that proves nothing.
    #[error("{0}")]
    Weak(KeyFault),
}

/// Loads and starts a module. The path is made absolute: a bare name would be searched for in the
/// system's libraries.
fn load(path: &Path) -> Result<Pkcs11, ModuleError> {
    let path = fs::canonicalize(path).map_err(|_| ModuleError::Missing)?;
    let module = Pkcs11::new(path).map_err(ModuleError::Unusable)?;
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Device::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(module),
        Err(error) => Err(ModuleError::Unusable(error)),
    }
}

/// The tokens that were set up and that answer: a broken one must not hide its neighbours.
fn tokens(module: &Pkcs11) -> Result<Vec<(Slot, TokenInfo)>, Device> {
    let slots = module.get_slots_with_token()?.into_iter();
    let answering = slots.filter_map(|slot| Some((slot, module.get_token_info(slot).ok()?)));
    Ok(answering.filter(|(_, info)| info.token_initialized()).collect())
}

/// CKM_EC_EDWARDS_KEY_PAIR_GEN. The curve may be named by its OID or, on older tokens only so, by
/// its name (PKCS#11 v3.1 §2.3.5).
fn generate_pair(session: &Session, label: &Attribute, id: &[u8]) -> Result<(), Device> {
    let common = [Attribute::Token(true), Attribute::Id(id.into()), label.clone()];
    let private = [
        &common[..],
        &[
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
        ],
    ]
    .concat();
    let generate = |curve: &[u8]| {
        let own =
            [Attribute::Private(false), Attribute::Verify(true), Attribute::EcParams(curve.into())];
        let public = [&common[..], &own].concat();
        session.generate_key_pair(&Mechanism::EccEdwardsKeyPairGen, &public, &private).map(drop)
    };
    generate(CURVE_OID).or_else(|_| generate(CURVE_NAME))
}

/// The public key that stands beside a private one, with the same id, or the same label if it has
/// no id.
fn public_key(session: &Session, key: ObjectHandle) -> Result<PublicKey, TokenError> {
    let mut beside = vec![Attribute::Class(ObjectClass::PUBLIC_KEY)];
    let wanted = [
        AttributeType::KeyType,
        AttributeType::AlwaysAuthenticate,
        AttributeType::Id,
        AttributeType::Label,
    ];
    let mut edwards = false;
    for attribute in session.get_attributes(key, &wanted)? {
        match attribute {
            Attribute::KeyType(found) => edwards = found == KeyType::EC_EDWARDS,
            Attribute::AlwaysAuthenticate(true) => return Err(TokenKeyError::AsksEveryTime.into()),
            Attribute::Id(id) if !id.is_empty() => beside.push(Attribute::Id(id)),
            Attribute::Label(label) if beside.len() == 1 => beside.push(Attribute::Label(label)),
            _ => {}
        }
    }
    if !edwards {
        return Err(TokenKeyError::NotEd25519.into());
    }
    let holder =
        session.find_objects(&beside)?.first().copied().ok_or(TokenKeyError::NoPublicKey)?;
    let (mut curve, mut point) = (None, None);
    for attribute in
        session.get_attributes(holder, &[AttributeType::EcParams, AttributeType::EcPoint])?
    {
        match attribute {
            Attribute::EcParams(bytes) => curve = Some(bytes),
            Attribute::EcPoint(bytes) => point = Some(bytes),
            _ => {}
        }
    }
    if curve.is_none_or(|curve| curve != CURVE_OID && curve != CURVE_NAME) {
        return Err(TokenKeyError::NotEd25519.into());
    }
    let point = point.as_deref().and_then(raw_point).ok_or(TokenKeyError::NoPublicKey)?;
    Ok(PublicKey::new(&point).map_err(TokenKeyError::Weak)?)
}

/// CKA_EC_POINT: DER of an OCTET STRING (PKCS#11 v3.1 §2.3.5); some tokens give the 32 bytes bare.
fn raw_point(point: &[u8]) -> Option<[u8; 32]> {
    match point {
        [0x04, 0x20, raw @ ..] if raw.len() == 32 => raw.try_into().ok(),
        bare => bare.try_into().ok(),
    }
}

/// OBJECT IDENTIFIER 1.3.101.112 (RFC 8410).
const CURVE_OID: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];
/// PrintableString `edwards25519`.
const CURVE_NAME: &[u8] = b"\x13\x0cedwards25519";

#[cfg(test)]
mod tests {
    use super::*;
    use cryptoki::context::Function;

    #[test]
    fn points() {
        let raw = [7; 32];
        assert_eq!(raw_point(&raw), Some(raw));
        assert_eq!(raw_point(&[&[0x04, 0x20][..], &raw].concat()), Some(raw));
        assert_eq!(raw_point(&[&[0x03, 0x20][..], &raw].concat()), None);
        assert_eq!(raw_point(&[&[0x04, 0x20][..], &raw[1..]].concat()), None);
        assert_eq!(raw_point(&[]), None);
    }

    #[test]
    fn a_token_that_is_gone_is_told_from_other_failures() {
        for gone in
            [RvError::DeviceRemoved, RvError::TokenNotPresent, RvError::SessionHandleInvalid]
        {
            assert!(
                matches!(
                    TokenError::from(Device::Pkcs11(gone, Function::Sign)),
                    TokenError::Removed
                ),
                "{gone:?}"
            );
        }
        for other in [RvError::DeviceError, RvError::GeneralError, RvError::MechanismInvalid] {
            assert!(matches!(
                TokenError::from(Device::Pkcs11(other, Function::Sign)),
                TokenError::Device(_)
            ));
        }
    }

    #[test]
    fn a_pin_is_not_printed() {
        assert_eq!(format!("{:?}", Pin::typed("648219")), "Pin { .. }");
    }
}
