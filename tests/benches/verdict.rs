//! What a verdict costs beside the bare signature check, and how many permits a station can issue.
//!
//! `cargo bench -p permit-tests`. The last line is a ratio of medians taken in turns, which holds when the machine's
//! speed does not.

use core::hint::black_box;
use std::time::Instant;

use divan::Bencher;
use ed25519_dalek::{Signature, VerifyingKey};
use permit_core::{
    Envelope, KeySlot, NoLedger, Now, Permit, Terms, Trust, Verdict, Verifier, seal,
};
use permit_signing::{SecretKey, demo};
use permit_symbol::{Size, Symbol};

fn main() {
    divan::main();
    ratio();
}

/// The golden permit's checkpoint.
fn checkpoint() -> permit_core::Checkpoint {
    permit_core::Checkpoint {
        crossing: 3,
        side: permit_core::Side::A,
        direction: permit_core::Direction::Exit,
    }
}

fn trust(slots: &mut [KeySlot]) -> Trust<'_> {
    let terms = Terms { anchor: demo::anchor().expect("the demo root"), before: None, now: None };
    Trust::open(demo::BUNDLE, &terms, slots).expect("the demo bundle")
}

fn issuer() -> (Permit, SecretKey) {
    let envelope = Envelope::open(demo::GOLDEN).expect("the golden permit");
    (Permit::decode(envelope.payload()).expect("the golden permit"), demo::station_key(101))
}

/// The bare check: a parsed key, the bytes that were signed, strictly.
fn bare() -> (VerifyingKey, Vec<u8>, Signature) {
    let envelope = Envelope::open(demo::GOLDEN).expect("the golden permit");
    let key = permit_core::Signer::public_key(&demo::station_key(101));
    let key = VerifyingKey::from_bytes(&key).expect("a key");
    (key, envelope.to_be_signed().to_vec(), Signature::from_bytes(envelope.signature()))
}

#[divan::bench]
fn verify_strict_alone(bencher: Bencher<'_, '_>) {
    let (key, message, signature) = bare();
    bencher.bench_local(|| key.verify_strict(black_box(&message), black_box(&signature)).is_ok());
}

#[divan::bench]
fn text_to_verdict(bencher: Bencher<'_, '_>) {
    let mut slots = [KeySlot::EMPTY; 64];
    let trust = trust(&mut slots);
    let verifier = Verifier::new(&trust, checkpoint()).expect("crossing 3");
    let now = Now::by_hand(demo::NOON, trust.newest());
    bencher.bench_local(|| verifier.verify(black_box(demo::GOLDEN), &NoLedger, &now));
}

#[divan::bench]
fn take_the_demo_bundle(bencher: Bencher<'_, '_>) {
    let mut slots = [KeySlot::EMPTY; 64];
    bencher.bench_local(|| trust(black_box(&mut slots)).newest());
}

#[divan::bench]
fn encode_and_sign(bencher: Bencher<'_, '_>) {
    let (permit, key) = issuer();
    bencher.bench_local(|| seal(black_box(&permit), &key).expect("a permit"));
}

#[divan::bench]
fn encode_sign_code_svg(bencher: Bencher<'_, '_>) {
    let (permit, key) = issuer();
    bencher.bench_local(|| {
        let text = seal(black_box(&permit), &key).expect("a permit");
        Symbol::new(&text).expect("a permit's text").svg(&Size::module(0.5))
    });
}

/// Medians of single calls, the two in turns.
#[expect(clippy::print_stdout, reason = "a benchmark says what it measured")]
fn ratio() {
    let (key, message, signature) = bare();
    let mut slots = [KeySlot::EMPTY; 64];
    let trust = trust(&mut slots);
    let verifier = Verifier::new(&trust, checkpoint()).expect("crossing 3");
    let now = Now::by_hand(demo::NOON, trust.newest());
    assert_eq!(verifier.verify(demo::GOLDEN, &NoLedger, &now).verdict, Verdict::Valid);
    let (mut alone, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..10_000 {
        alone.push(timed(|| key.verify_strict(black_box(&message), &signature).is_ok()));
        whole.push(timed(|| verifier.verify(black_box(demo::GOLDEN), &NoLedger, &now).stage));
    }
    let (alone, whole) = (median(&mut alone), median(&mut whole));
    println!(
        "text to verdict / verify_strict alone: {:.2} ({whole:.1} / {alone:.1} us, medians of 10000 in turns)",
        whole / alone
    );
}

/// Microseconds of one call.
fn timed<T>(call: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(call());
    start.elapsed().as_secs_f64() * 1e6
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
