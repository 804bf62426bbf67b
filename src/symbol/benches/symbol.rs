//! What drawing, grading and photographing a code cost.

use divan::{Bencher, black_box};
use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
use permit_symbol::{Size, Symbol, Wear};

fn main() {
    divan::main();
}

/// 190 characters: a permit with a Latin and a Hanzi name.
fn text() -> String {
    "BP1:SPECIMEN/0123456".repeat(10)[..190].to_owned()
}

#[divan::bench]
fn encode() -> Symbol {
    Symbol::new(black_box(&text())).expect("of the alphabet")
}

#[divan::bench]
fn svg(bencher: Bencher<'_, '_>) {
    let symbol = encode();
    bencher.bench_local(|| black_box(&symbol).svg(&Size::default()));
}

#[divan::bench]
fn png(bencher: Bencher<'_, '_>) {
    let symbol = encode();
    bencher.bench_local(|| black_box(&symbol).png(&Size::default()));
}

#[divan::bench]
fn wear(bencher: Bencher<'_, '_>) {
    let symbol = encode();
    let mut worn = symbol.modules().clone();
    for n in 0..8 {
        worn.set(20 + n, 30, !worn.get(20 + n, 30));
    }
    bencher.bench_local(|| Wear::against(black_box(&symbol), &worn));
}

#[divan::bench(args = [Kind::Clean, Kind::Defocus, Kind::Crumple, Kind::Torn, Kind::Combo], sample_count = 10)]
fn photograph_720p(bencher: Bencher<'_, '_>, kind: Kind) {
    let symbols = [encode()];
    let shot = Shot { kind, strength: 0.5, size: SIZES[1], seed: 1, frame: 0 };
    bencher.bench_local(|| photograph(black_box(&shot), &symbols));
}
