//! Signing trust documents: alone, or from side to side with the file that travels between them.
//!
//! A [`Proposal`] holds a payload and the signatures made so far. Whoever is asked to sign is given the
//! decoded contents and what changed, never only bytes; every signature is checked when it is added, by
//! the rules a reader will use, and nothing is finished before every party's threshold is reached.
//!
//! # The file of a proposal
//!
//! Deterministic CBOR: `["border-permit-proposal/1", role, form, payload, [[kid, signature] …]]`. `role`
//! counts as in the root (0 root … 7 readers). `form` is 1 where one signature makes a COSE_Sign1, 2
//! where several make a COSE_Sign: the two sign different bytes. Signatures ascend by key id and may be
//! none. The file proves nothing; opening it checks its form, [`Proposal::finish`] checks the rest.

use core::fmt;
use std::collections::BTreeMap;

use minicbor::Decoder;
use permit_core::{
    DOCUMENT_DEPTH, Fault, KeyId, PublicKey, Side, Signer, cose, gate,
    trust::{DOCUMENT, Role, Root},
};
use thiserror::Error;

use crate::draft::{Draft, DraftError};

/// A payload on its way to being a signed document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    role: Role,
    form: Form,
    payload: Vec<u8>,
    signatures: BTreeMap<KeyId, [u8; 64]>,
}

/// What the signatures are made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// One signature: COSE_Sign1 (RFC 9052 §4.2).
    One,
    /// Several: COSE_Sign (RFC 9052 §4.1).
    Many,
}

/// Whose keys must sign a document, and how many of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parties {
    role: Role,
    form: Form,
    parties: Vec<Party>,
}

/// One set of keys, `threshold` of which must sign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// For which side.
    pub side: Side,
    /// True for the keys of the root before this one.
    pub previous: bool,
    /// How many must sign.
    pub threshold: u8,
    /// Raw public keys.
    pub keys: Vec<[u8; 32]>,
}

impl Party {
    fn of(root: &Root<'_>, side: Side, role: Role, previous: bool) -> Self {
        let keys = root.keys(side, role);
        Self { side, previous, threshold: keys.threshold, keys: keys.keys.iter().collect() }
    }

    fn find(&self, kid: KeyId) -> Option<[u8; 32]> {
        self.keys.iter().copied().find(|key| KeyId::of(key) == kid)
    }
}

impl Parties {
    /// A root is signed by its own root keys of both sides and, but for the first, by those of the root
    /// before it.
    #[must_use]
    pub fn of_root(root: &Root<'_>, previous: Option<&Root<'_>>) -> Self {
        let own = Side::BOTH.map(|side| Party::of(root, side, Role::Root, false));
        let old = previous.map(|old| Side::BOTH.map(|side| Party::of(old, side, Role::Root, true)));
        let parties = own.into_iter().chain(old.into_iter().flatten()).collect();
        Self { role: Role::Root, form: Form::Many, parties }
    }

    /// The zone register is signed by both sides.
    #[must_use]
    pub fn of_zone(root: &Root<'_>) -> Self {
        let parties = Side::BOTH.map(|side| Party::of(root, side, Role::Zone, false)).into();
        Self { role: Role::Zone, form: Form::Many, parties }
    }

    /// Any other document is signed by its own side.
    #[must_use]
    pub fn of_side(root: &Root<'_>, side: Side, role: Role) -> Self {
        let party = Party::of(root, side, role, false);
        let form = if party.threshold > 1 { Form::Many } else { Form::One };
        Self { role, form, parties: vec![party] }
    }

    /// Whoever has to sign this document under `root`.
    ///
    /// A root that is proposed is held against itself and `root`, the one before it.
    #[must_use]
    pub fn of(draft: &Draft, proposed: Option<&Root<'_>>, root: Option<&Root<'_>>) -> Option<Self> {
        match (draft.role(), draft.side()) {
            (Role::Root, _) => proposed.map(|own| Self::of_root(own, root)),
            (Role::Zone, _) => root.map(Self::of_zone),
            (role, side) => Some(Self::of_side(root?, side?, role)),
        }
    }

    /// What the signatures are made of.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The sets of keys.
    #[must_use]
    pub fn each(&self) -> &[Party] {
        &self.parties
    }

    fn find(&self, kid: KeyId) -> Option<[u8; 32]> {
        self.parties.iter().find_map(|party| party.find(kid))
    }
}

/// A threshold that is not reached yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missing {
    /// Whose.
    pub side: Side,
    /// True for the keys of the root before this one.
    pub previous: bool,
    /// Distinct keys that signed.
    pub have: u8,
    /// Keys needed.
    pub need: u8,
    /// Keys that could still sign.
    pub could: Vec<KeyId>,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let which = if self.previous { " of the root before" } else { "" };
        write!(f, "{} of {} keys of side {:?}{which}", self.have, self.need, self.side)
    }
}

/// Why a document is not signed.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum SignError<E: fmt::Debug + fmt::Display> {
    /// The proposal is for another role than the parties are.
    #[error("proposed in another role or form than the root asks for")]
    OtherRole,
    /// The key has no part in this document.
    #[error("key {0} has no part in this document")]
    NotAParty(KeyId),
    /// The key signed already.
    #[error("key {0} signed already")]
    Already(KeyId),
    /// The signature does not hold.
    #[error("the signature of key {0} does not hold")]
    BadSignature(KeyId),
    /// The signer could not sign.
    #[error("not signed: {0}")]
    Signer(E),
}

/// Why a proposal is not a document yet.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum FinishError {
    /// The proposal is for another role than the parties are.
    #[error("proposed in another role or form than the root asks for")]
    OtherRole,
    /// A key that has no part in it, for instance since the root changed.
    #[error("key {0} has no part in this document")]
    NotAParty(KeyId),
    /// A signature that does not hold.
    #[error("the signature of key {0} does not hold")]
    BadSignature(KeyId),
    /// Thresholds that are not reached.
    #[error("signatures are missing: {}", .0.iter().map(Missing::to_string).collect::<Vec<_>>().join(", "))]
    Missing(Vec<Missing>),
    /// More signatures than a COSE_Sign may bear here.
    #[error("more than {} signatures", Proposal::MOST_SIGNATURES)]
    TooMany,
}

/// Why bytes are not a proposal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum ProposalError {
    /// Larger than a proposal can be.
    #[error("larger than a proposal can be")]
    TooLarge,
    /// Not deterministic CBOR.
    #[error(transparent)]
    Gate(#[from] Fault),
    /// Another thing, or in another form.
    #[error("not a proposal")]
    NotAProposal,
    /// The payload is not the document it says.
    #[error("its contents are not what they say they are: {0}")]
    Contents(Fault),
}

impl Proposal {
    /// Most signatures a COSE_Sign of this format bears.
    pub const MOST_SIGNATURES: usize = 16;
    const MAGIC: &str = "border-permit-proposal/1";

    /// Starts a proposal without a signature.
    ///
    /// # Errors
    ///
    /// The field of the description that a reader would refuse.
    pub fn start(draft: &Draft, form: Form) -> Result<Self, DraftError> {
        let (role, payload) = (draft.role(), draft.encode()?);
        Ok(Self { role, form, payload, signatures: BTreeMap::new() })
    }

    /// Which document it is to be.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The bytes that are signed.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// What is to be signed, to be shown before anybody signs.
    ///
    /// # Errors
    ///
    /// The byte at which the payload stops being such a document.
    pub fn contents(&self) -> Result<Draft, Fault> {
        Draft::decode(self.role, &self.payload)
    }

    /// The keys that signed so far.
    pub fn signed_by(&self) -> impl Iterator<Item = KeyId> + '_ {
        self.signatures.keys().copied()
    }

    /// Adds a signature. Show [`Proposal::contents`] first.
    ///
    /// # Errors
    ///
    /// When the key has no part in the document or signed already, the signer cannot sign, or what it
    /// signed does not hold.
    pub fn sign<S: Signer>(
        &mut self,
        parties: &Parties,
        signer: &S,
    ) -> Result<KeyId, SignError<S::Error>> {
        if (parties.role, parties.form) != (self.role, self.form) {
            return Err(SignError::OtherRole);
        }
        let public = signer.public_key();
        let kid = KeyId::of(&public);
        if parties.find(kid) != Some(public) {
            return Err(SignError::NotAParty(kid));
        }
        if self.signatures.contains_key(&kid) {
            return Err(SignError::Already(kid));
        }
        let signature = signer.sign(&self.to_be_signed(kid)).map_err(SignError::Signer)?;
        if !self.holds(public, &signature) {
            return Err(SignError::BadSignature(kid));
        }
        self.signatures.insert(kid, signature);
        Ok(kid)
    }

    /// Takes over the signatures of a copy that was signed elsewhere; how many were new.
    ///
    /// # Errors
    ///
    /// [`FinishError::OtherRole`] when the other is not a copy of this proposal, or a signature in it that does not
    /// belong or does not hold. Nothing is taken over then.
    pub fn join(&mut self, other: &Self, parties: &Parties) -> Result<usize, FinishError> {
        if (self.role, self.form, &self.payload) != (other.role, other.form, &other.payload) {
            return Err(FinishError::OtherRole);
        }
        other.sound(parties)?;
        let before = self.signatures.len();
        for (kid, signature) in &other.signatures {
            self.signatures.entry(*kid).or_insert(*signature);
        }
        Ok(self.signatures.len() - before)
    }

    /// That every signature is by a key of the parties, and holds.
    fn sound(&self, parties: &Parties) -> Result<(), FinishError> {
        if (parties.role, parties.form) != (self.role, self.form) {
            return Err(FinishError::OtherRole);
        }
        for (kid, signature) in &self.signatures {
            let key = parties.find(*kid).ok_or(FinishError::NotAParty(*kid))?;
            if !self.holds(key, signature) {
                return Err(FinishError::BadSignature(*kid));
            }
        }
        Ok(())
    }

    /// Which thresholds are not reached yet.
    #[must_use]
    pub fn missing(&self, parties: &Parties) -> Vec<Missing> {
        let missing = |party: &Party| {
            let signed = |key: &&[u8; 32]| self.signatures.contains_key(&KeyId::of(key));
            let have = u8::try_from(party.keys.iter().filter(signed).count()).unwrap_or(u8::MAX);
            let could = party.keys.iter().filter(|key| !signed(key)).map(KeyId::of).collect();
            let (side, previous, need) = (party.side, party.previous, party.threshold);
            // A role without keys signs nothing: one signature is what it lacks.
            (have < need.max(1)).then_some(Missing {
                side,
                previous,
                have,
                need: need.max(1),
                could,
            })
        };
        parties.parties.iter().filter_map(missing).collect()
    }

    /// The signed document, once every party's threshold is reached.
    ///
    /// # Errors
    ///
    /// What is missing, or a signature that does not belong or does not hold.
    pub fn finish(&self, parties: &Parties) -> Result<Vec<u8>, FinishError> {
        self.sound(parties)?;
        let missing = self.missing(parties);
        if !missing.is_empty() {
            return Err(FinishError::Missing(missing));
        }
        if self.signatures.len() > Self::MOST_SIGNATURES {
            return Err(FinishError::TooMany);
        }
        Ok(match self.form {
            Form::One => self.sign1(),
            Form::Many => self.sign_many(),
        })
    }

    /// The file that travels.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![0x85];
        head(&mut out, 3, Self::MAGIC.len());
        out.extend_from_slice(Self::MAGIC.as_bytes());
        out.push(self.role as u8);
        out.push(if self.form == Form::One { 1 } else { 2 });
        string(&mut out, &self.payload);
        head(&mut out, 4, self.signatures.len());
        for (kid, signature) in &self.signatures {
            out.push(0x82);
            string(&mut out, &kid.0);
            string(&mut out, signature);
        }
        out
    }

    /// Reads the file that travels. Nothing in it is believed before [`Proposal::finish`].
    ///
    /// # Errors
    ///
    /// What the bytes are not.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProposalError> {
        if bytes.len() > DOCUMENT + 4096 {
            return Err(ProposalError::TooLarge);
        }
        gate(bytes, DOCUMENT_DEPTH)?;
        let proposal = read(bytes).ok_or(ProposalError::NotAProposal)?;
        // One form only: what was read must be what was given.
        if proposal.to_bytes() != bytes {
            return Err(ProposalError::NotAProposal);
        }
        proposal.contents().map_err(ProposalError::Contents)?;
        Ok(proposal)
    }

    fn to_be_signed(&self, kid: KeyId) -> Vec<u8> {
        let (kind, length) = (self.role.kind(), self.payload.len());
        let frame = match self.form {
            Form::One => cose::frame(kind, kid, length),
            Form::Many => cose::frame_of_many(kind, kid, length),
        };
        [&frame[..], &self.payload].concat()
    }

    fn holds(&self, key: [u8; 32], signature: &[u8; 64]) -> bool {
        let message = self.to_be_signed(KeyId::of(&key));
        PublicKey::new(&key).is_ok_and(|key| key.verify(&message, signature))
    }

    /// `18([<< {1: -19, 4: kid} >>, {}, payload, signature])`
    fn sign1(&self) -> Vec<u8> {
        let mut out = vec![0xd2, 0x84];
        for (kid, signature) in self.signatures.iter().take(1) {
            protected(&mut out, *kid);
            string(&mut out, &self.payload);
            string(&mut out, signature);
        }
        out
    }

    /// `98([h'', {}, payload, [[<< {1: -19, 4: kid} >>, {}, signature] …]])`, by ascending key id.
    fn sign_many(&self) -> Vec<u8> {
        let mut out = vec![0xd8, 0x62, 0x84, 0x40, 0xa0];
        string(&mut out, &self.payload);
        head(&mut out, 4, self.signatures.len());
        for (kid, signature) in &self.signatures {
            out.push(0x83);
            protected(&mut out, *kid);
            string(&mut out, signature);
        }
        out
    }
}

/// `<< {1: -19, 4: kid} >>, {}`: the two headers.
fn protected(out: &mut Vec<u8>, kid: KeyId) {
    out.extend_from_slice(&[0x49, 0xa2, 0x01, 0x32, 0x04, 0x44]);
    out.extend_from_slice(&kid.0);
    out.push(0xa0);
}

fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    head(out, 2, bytes.len());
    out.extend_from_slice(bytes);
}

/// A head in its shortest form; documents are far below 4 GiB.
pub(crate) fn head(out: &mut Vec<u8>, major: u8, length: usize) {
    let [a, b, c, d] = u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
    let major = major << 5;
    match length {
        0..24 => out.push(major | d),
        24..0x100 => out.extend([major | 24, d]),
        0x100..0x1_0000 => out.extend([major | 25, c, d]),
        _ => out.extend([major | 26, a, b, c, d]),
    }
}

/// Reads what the gate let through; `None` for another thing.
fn read(bytes: &[u8]) -> Option<Proposal> {
    let mut d = Decoder::new(bytes);
    if d.array().ok()?? != 5 || d.str().ok()? != Proposal::MAGIC {
        return None;
    }
    let role = *Role::ALL.get(usize::from(d.u8().ok()?))?;
    let form = match d.u8().ok()? {
        1 => Form::One,
        2 => Form::Many,
        _ => return None,
    };
    let payload = d.bytes().ok()?.to_vec();
    let mut signatures = BTreeMap::new();
    for _ in 0..d.array().ok()?? {
        if d.array().ok()?? != 2 {
            return None;
        }
        let kid = KeyId(d.bytes().ok()?.try_into().ok()?);
        signatures.insert(kid, d.bytes().ok()?.try_into().ok()?);
    }
    Some(Proposal { role, form, payload, signatures })
}

/// What an envelope holds, unverified.
#[must_use]
pub fn payload(envelope: &[u8]) -> Option<&[u8]> {
    let one = cose::Sign1::read(envelope).map(|sign| sign.payload);
    one.or_else(|_| cose::Sign::read(envelope).map(|sign| sign.payload)).ok()
}

/// Proposes, signs and finishes in one step: for documents whose keys are all at hand.
///
/// # Errors
///
/// As [`Proposal::start`], [`Proposal::sign`] and [`Proposal::finish`].
pub fn sign_at_once<S: Signer>(
    draft: &Draft,
    parties: &Parties,
    signers: &[S],
) -> Result<Vec<u8>, AtOnceError<S::Error>> {
    let mut proposal = Proposal::start(draft, parties.form)?;
    let enough = if parties.form == Form::One { 1 } else { signers.len() };
    for signer in signers.iter().take(enough) {
        proposal.sign(parties, signer)?;
    }
    Ok(proposal.finish(parties)?)
}

/// Why [`sign_at_once`] made nothing.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum AtOnceError<E: fmt::Debug + fmt::Display> {
    /// A reader would refuse the document.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A key could not sign it.
    #[error(transparent)]
    Sign(#[from] SignError<E>),
    /// Signatures are missing.
    #[error(transparent)]
    Finish(#[from] FinishError),
}

#[cfg(test)]
mod tests;
