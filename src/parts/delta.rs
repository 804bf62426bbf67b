//! What of a bundle is new against another, and the new one again from both.
//!
//! A delta names its base and its result by their whole SHA-256 and makes that result, byte by byte, or nothing. It bears
//! no signature and is believed in nothing: what it makes is judged like any file, and every document in that is signed.
//! Section 9 of the format has its form.

use core::convert::Infallible;
use std::collections::HashMap;

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use permit_core::{Anchor, DOCUMENT_DEPTH, KeySlot, Terms, Trust, TrustError, gate, sha256, trust};
use thiserror::Error;

/// A delta that has the one form; whether it fits a base is another question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delta<'d> {
    base: [u8; 32],
    result: [u8; 32],
    length: usize,
    steps: Vec<Step<'d>>,
}

/// What is appended to the result next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step<'d> {
    /// These bytes.
    Bytes(&'d [u8]),
    /// So many of the base, from there.
    Copy { offset: usize, length: usize },
}

/// Why a delta makes nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum DeltaError {
    /// It, or what it is to make, is larger than a bundle may be; or it has too many steps.
    #[error("a delta, or what it makes, is too large")]
    TooLarge,
    /// Not of the one form, or it takes from where its base has nothing.
    #[error("a malformed delta")]
    Malformed,
    /// It is made for another base.
    #[error("a delta for another base")]
    OtherBase,
    /// What it makes is not what it says.
    #[error("a delta does not make what it says")]
    Forged,
}

/// Whether a file says it is a delta, of this version.
#[must_use]
pub fn is_delta(file: &[u8]) -> bool {
    file.strip_prefix(&[0x84, 0x75]).is_some_and(|rest| rest.starts_with(FORM.as_bytes()))
}

/// What makes `new` from `base`.
///
/// # Errors
///
/// One of them, or the delta, is larger than a bundle may be; or `new` is empty.
pub fn delta(base: &[u8], new: &[u8]) -> Result<Vec<u8>, DeltaError> {
    if base.len().max(new.len()) > trust::BUNDLE {
        return Err(DeltaError::TooLarge);
    }
    if new.is_empty() {
        return Err(DeltaError::Malformed);
    }
    let known = windows(base);
    // Where short runs make too many steps, only longer ones are taken.
    let mut all = LEAST.into_iter().map(|least| steps(&known, base, new, least));
    let steps = all.find(|steps| steps.len() <= MOST_STEPS).ok_or(DeltaError::TooLarge)?;
    let mut out = Encoder::new(Vec::new());
    // A vector takes everything.
    write(&mut out, [sha256(&[base]), sha256(&[new])], &steps).map_err(|_| DeltaError::TooLarge)?;
    let out = out.into_writer();
    if out.len() > trust::BUNDLE { Err(DeltaError::TooLarge) } else { Ok(out) }
}

/// Why no delta leads from one bundle to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum Apart {
    /// One of them is not taken, or the newer does not follow the older.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// There is no delta of them.
    #[error(transparent)]
    Delta(#[from] DeltaError),
}

/// The delta from a bundle to one that a reader takes after it: none is made that a reader would have to refuse.
///
/// # Errors
///
/// Why a reader would refuse it, or there is none.
pub fn following(base: &[u8], new: &[u8], root: &[u8]) -> Result<Vec<u8>, Apart> {
    let anchor = Anchor::of(root)?;
    // A key takes more than its 32 bytes.
    let slots = |bundle: &[u8]| vec![KeySlot::EMPTY; bundle.len() / 32 + 1];
    let before = *Trust::open(base, &Terms { anchor, before: None, now: None }, &mut slots(base))?
        .accepted();
    let terms = Terms { anchor, before: Some(&before), now: None };
    Trust::open(new, &terms, &mut slots(new))?;
    Ok(delta(base, new)?)
}

impl<'d> Delta<'d> {
    /// Reads a delta.
    ///
    /// # Errors
    ///
    /// It is too large, or has not the one form.
    pub fn read(file: &'d [u8]) -> Result<Self, DeltaError> {
        if file.len() > trust::BUNDLE {
            return Err(DeltaError::TooLarge);
        }
        gate(file, DOCUMENT_DEPTH).map_err(|_| DeltaError::Malformed)?;
        let mut decoder = Decoder::new(file);
        let (base, result) = head(&mut decoder).ok_or(DeltaError::Malformed)?;
        let count = decoder.array().ok().flatten().filter(|count| *count > 0);
        if count.is_some_and(|count| count > MOST_STEPS as u64) {
            return Err(DeltaError::TooLarge);
        }
        let (mut length, mut steps) = (0_usize, Vec::new());
        for _ in 0..count.ok_or(DeltaError::Malformed)? {
            let step = step(&mut decoder).ok_or(DeltaError::Malformed)?;
            length = length.saturating_add(step.length());
            if length > trust::BUNDLE {
                return Err(DeltaError::TooLarge);
            }
            steps.push(step);
        }
        Ok(Self { base, result, length, steps })
    }

    /// The SHA-256 of what it is made for.
    #[must_use]
    pub const fn base(&self) -> [u8; 32] {
        self.base
    }

    /// The SHA-256 of what it makes.
    #[must_use]
    pub const fn result(&self) -> [u8; 32] {
        self.result
    }

    /// Makes it.
    ///
    /// # Errors
    ///
    /// Another base, or not what it says.
    pub fn patch(&self, base: &[u8]) -> Result<Vec<u8>, DeltaError> {
        if sha256(&[base]) != self.base {
            return Err(DeltaError::OtherBase);
        }
        let mut result = Vec::with_capacity(self.length);
        for step in &self.steps {
            result.extend_from_slice(match *step {
                Step::Bytes(bytes) => bytes,
                Step::Copy { offset, length } => {
                    let from = base.get(offset..).and_then(|from| from.get(..length));
                    from.ok_or(DeltaError::Malformed)?
                }
            });
        }
        if sha256(&[&result]) == self.result { Ok(result) } else { Err(DeltaError::Forged) }
    }
}

impl Step<'_> {
    const fn length(&self) -> usize {
        match *self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Copy { length, .. } => length,
        }
    }
}

/// Up to the steps.
fn head(decoder: &mut Decoder<'_>) -> Option<([u8; 32], [u8; 32])> {
    let form = decoder.array().ok()? == Some(4) && decoder.str().ok()? == FORM;
    let base = decoder.bytes().ok()?.try_into().ok()?;
    let result = decoder.bytes().ok()?.try_into().ok()?;
    form.then_some((base, result))
}

/// A step that appends something.
fn step<'d>(decoder: &mut Decoder<'d>) -> Option<Step<'d>> {
    let step = if decoder.datatype().ok()? == Type::Bytes {
        Step::Bytes(decoder.bytes().ok()?)
    } else {
        if decoder.array().ok()? != Some(2) {
            return None;
        }
        let offset = usize::try_from(decoder.u64().ok()?).ok()?;
        Step::Copy { offset, length: usize::try_from(decoder.u64().ok()?).ok()? }
    };
    (step.length() > 0).then_some(step)
}

/// Writes a delta.
fn write(
    out: &mut Encoder<Vec<u8>>,
    [base, result]: [[u8; 32]; 2],
    steps: &[Step<'_>],
) -> Result<(), minicbor::encode::Error<Infallible>> {
    out.array(4)?.str(FORM)?.bytes(&base)?.bytes(&result)?.array(steps.len() as u64)?;
    for step in steps {
        match *step {
            Step::Bytes(bytes) => out.bytes(bytes)?,
            Step::Copy { offset, length } => {
                out.array(2)?.u64(offset as u64)?.u64(length as u64)?
            }
        };
    }
    Ok(())
}

/// What makes `new`: the longest runs that the base has too, and what lies between them.
fn steps<'n>(known: &Windows<'_>, base: &[u8], new: &'n [u8], least: usize) -> Vec<Step<'n>> {
    let (mut steps, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(window) = new.get(at..at + WINDOW) {
        let offsets = known.get(window).into_iter().flatten();
        let runs = offsets.map(|offset| run(base, new, *offset, (from, at)));
        let Some(best) = runs.max_by_key(|run| run.length).filter(|run| run.length >= least) else {
            at += 1;
            continue;
        };
        if best.at > from {
            steps.push(Step::Bytes(&new[from..best.at]));
        }
        steps.push(Step::Copy { offset: best.offset, length: best.length });
        at = best.at + best.length;
        from = at;
    }
    if from < new.len() {
        steps.push(Step::Bytes(&new[from..]));
    }
    steps
}

/// A stretch that both have.
struct Run {
    offset: usize,
    at: usize,
    length: usize,
}

/// How far both are the same around a place in each, not before `from` in the new one.
fn run(base: &[u8], new: &[u8], offset: usize, (from, at): (usize, usize)) -> Run {
    let same = |(one, other): &(&u8, &u8)| one == other;
    let back = base[..offset].iter().rev().zip(new[from..at].iter().rev());
    let back = back.take_while(same).count();
    let on = base[offset..].iter().zip(&new[at..]).take_while(same).count();
    Run { offset: offset - back, at: at - back, length: back + on }
}

/// Where the base has which windows, a few places each.
fn windows(base: &[u8]) -> Windows<'_> {
    let mut known = Windows::new();
    for (number, window) in base.windows(WINDOW).step_by(STRIDE).enumerate() {
        let places = known.entry(window).or_default();
        if places.len() < PLACES {
            places.push(number * STRIDE);
        }
    }
    known
}

/// Places of runs of [`WINDOW`] bytes.
type Windows<'b> = HashMap<&'b [u8], Vec<usize>>;

/// What a delta begins with.
const FORM: &str = "border-permit-delta/1";
/// Bytes that are looked up, and how far apart in the base: chosen, so that every run of 31 bytes is found.
const WINDOW: usize = 16;
const STRIDE: usize = 16;
/// The shortest runs that are taken from the base: fewer bytes than 16 cost as much as what takes them, an array, two
/// numbers and the head of a byte string that is cut. With the last no bundle has more than 32,769 steps.
const LEAST: [usize; 3] = [16, 128, 1_024];
/// The most steps: chosen, so that a delta's list of them takes no more than two megabytes of memory.
const MOST_STEPS: usize = 65_536;
/// Places of one window that are tried: chosen, so that a base that repeats itself costs no more than any other.
const PLACES: usize = 8;

#[cfg(test)]
mod tests;
