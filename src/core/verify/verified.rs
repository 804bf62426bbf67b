//! Two proofs: an envelope whose signature holds, and the permit that such an envelope has inside.
//!
//! A [`Checked`] is made by trying the listed keys and by nothing else; a [`Verified`] permit is read out of
//! a [`Checked`] and out of nothing else. So no rule can be asked of a payload whose signature nobody tried,
//! in whatever order its callers do things: there is no value to ask it of.

use core::ops::Deref;

use crate::{
    Envelope, Fault, Flaw, Layer, Newer, Permit, PublicKey, Reason, Side, Stage,
    TEXT_WITHOUT_PORTRAIT, Trust,
    permit::Unreadable,
    trust::{Station, StationKey},
};

/// An envelope with the listed key that its signature holds with.
///
/// Its fields are its own, so that nothing but [`Checked::of`] makes one:
///
/// ```compile_fail,E0451
/// use permit_core::{Checked, Envelope, Side, trust::{Station, StationKey}};
///
/// fn unchecked<'e, 't>(
///     envelope: &'e Envelope, side: Side, station: Station<'t>, key: StationKey<'t>,
/// ) -> Checked<'e, 't> {
///     Checked { envelope, side, station, key }
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Checked<'e, 't> {
    envelope: &'e Envelope,
    side: Side,
    station: Station<'t>,
    key: StationKey<'t>,
}

impl<'e, 't> Checked<'e, 't> {
    /// Tries every listed key with the envelope's key id.
    ///
    /// # Errors
    ///
    /// [`Reason::UnknownKey`] when none is listed, [`Reason::BadSignature`] when it holds with none, each with
    /// how far the text got.
    pub fn of(envelope: &'e Envelope, trust: &Trust<'t>) -> Result<Self, (Stage, Reason)> {
        let kid = envelope.kid();
        let message = envelope.to_be_signed();
        let mut tried = false;
        for (side, station, key) in trust.candidates(kid) {
            tried = true;
            if PublicKey::listed(&key.key)
                .is_some_and(|key| key.verify(&message, envelope.signature()))
            {
                return Ok(Self { envelope, side, station, key });
            }
        }
        Err(if tried {
            (Stage::Signature, Reason::BadSignature { key: kid })
        } else {
            let lists = trust.stations_issued();
            (Stage::Envelope, Reason::UnknownKey { key: kid, lists })
        })
    }

    /// The side in whose list the key is.
    #[must_use]
    pub const fn side(&self) -> Side {
        self.side
    }

    /// The station whose key it is.
    #[must_use]
    pub const fn station(&self) -> &Station<'t> {
        &self.station
    }

    /// The key.
    #[must_use]
    pub const fn key(&self) -> &StationKey<'t> {
        &self.key
    }

    /// What is signed.
    #[must_use]
    pub fn payload(&self) -> &'e [u8] {
        self.envelope.payload()
    }
}

/// Why what is signed is not a permit this terminal can read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unfit {
    /// Not in the one form.
    Malformed(Layer, Fault),
    /// With a restriction made for a newer terminal.
    Newer(Newer),
}

/// `T` as a listed key signed it. There is no other way to one than a [`Checked`]:
///
/// ```compile_fail,E0451
/// use permit_core::{Permit, Verified};
///
/// fn unchecked(permit: Permit) -> Verified<Permit> {
///     Verified { value: permit }
/// }
/// ```
///
/// ```compile_fail,E0277
/// use permit_core::{Permit, Verified};
///
/// fn unchecked(permit: Permit) -> Verified<Permit> {
///     permit.into()
/// }
/// ```
///
/// Nor can one that is there be given another permit:
///
/// ```compile_fail,E0594
/// use permit_core::{Day, Permit, Verified};
///
/// fn longer(permit: &mut Verified<Permit>) {
///     permit.through = Day::LAST;
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified<T> {
    value: T,
}

impl Verified<Permit> {
    /// Reads what is signed, and holds the length of its text against what is in it.
    pub(super) fn open(checked: &Checked<'_, '_>) -> Result<Self, Unfit> {
        let value = Permit::decode(checked.payload()).map_err(|unreadable| match unreadable {
            Unreadable::Malformed(fault) => Unfit::Malformed(Layer::Payload, fault),
            Unreadable::Newer(newer) => Unfit::Newer(newer),
        })?;
        if value.fits(checked.envelope.characters()) {
            Ok(Self { value })
        } else {
            let fault = Fault { offset: TEXT_WITHOUT_PORTRAIT, flaw: Flaw::TooLong };
            Err(Unfit::Malformed(Layer::Text, fault))
        }
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
