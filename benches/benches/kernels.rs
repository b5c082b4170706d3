//! Banks beside their scalar specifications: what the arrays of registers buy.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use leadlag_circuits::{Bank, LeadLag, Shape, currents, currents_wide, pair_weights};
use leadlag_fixed::{low_quarter, signed};
use leadlag_plasticity::{
    Constants, Fraction, Mean, Rounding, Rule, Settling, Synapses, Words, learn, update,
};

/// Columns of a full core.
const COLUMNS: usize = 256;

fn codes(count: u32, top: u32) -> Vec<i16> {
    (0..count).map(|i| low_quarter(signed((i * 7919) % (2 * top)) - signed(top))).collect()
}

fn compartments(c: &mut Criterion) {
    let mut group = c.benchmark_group("lead-lag compartments, 256 columns");
    group.throughput(Throughput::Elements(256));
    let bank = Bank::new(&[715_827_883; COLUMNS], &[2_796_203; COLUMNS], 8 << 24);
    let drive: Vec<i32> = codes(256, 8192).iter().map(|&code| i32::from(code) << 10).collect();
    let mut cells = [LeadLag::default(); COLUMNS];
    group.bench_function("scalar specification (baseline)", |b| {
        b.iter(|| {
            for (column, (cell, &drive)) in cells.iter_mut().zip(&drive).enumerate() {
                black_box(cell.tick(&bank.settings(column), drive));
            }
        });
    });
    let (mut lagged, mut prospective) = (vec![0; COLUMNS], vec![0; COLUMNS]);
    group.bench_function("bank", |b| {
        b.iter(|| bank.tick(black_box(&drive), &mut lagged, &mut prospective));
    });
    group.finish();
}

fn sums(c: &mut Criterion) {
    let mut group = c.benchmark_group("synaptic sums, 16 replicas of 256 x 256");
    group.throughput(Throughput::Elements(16 * 256 * 256));
    let (rows, weights) = (codes(16 * 256, 512), codes(256 * 256, 128));
    let shape = Shape { rows: 256, width: COLUMNS, gain: 8 };
    let (mut paired, mut pairs) = (Vec::new(), Vec::new());
    let mut out = vec![0; 16 * COLUMNS];
    group.bench_function("64-bit sums (baseline)", |b| {
        b.iter(|| currents_wide(black_box(&rows), &weights, shape, &mut out));
    });
    group.bench_function("32-bit sums", |b| {
        b.iter(|| {
            pair_weights(black_box(&weights), COLUMNS, &mut paired);
            currents(black_box(&rows), &paired, shape, &mut pairs, &mut out);
        });
    });
    group.finish();
}

fn rules(c: &mut Criterion) {
    let mut group = c.benchmark_group("normalised rule, a row of 256 synapses");
    group.throughput(Throughput::Elements(256));
    let constants = Constants {
        rule: Rule::Normalised { blend: 1638, forget: 10 },
        settling: Settling::Rests,
        mean: Mean::new(100, 0),
        eta: Fraction::new(16_384, -10),
        decay: Fraction::default(),
        rounding: Rounding::Stochastic,
        weight_bits: 16,
    };
    let products: Vec<i32> = codes(256, 8192).iter().map(|&code| i32::from(code) << 8).collect();
    let draws = vec![77_u16; COLUMNS];
    let mut words = [Words { magnitude: 900, ..Words::default() }; COLUMNS];
    group.bench_function("scalar specification (baseline)", |b| {
        b.iter(|| {
            for (word, &product) in words.iter_mut().zip(&products) {
                (*word, _) = learn(&constants, *word, i64::from(product), 77);
            }
        });
    });
    let [mut weight, mut mean, mut magnitude, mut fraction] =
        [0, 0, 900, 0].map(|word| vec![word; COLUMNS]);
    let mut signals = products.clone();
    group.bench_function("bank", |b| {
        b.iter(|| {
            signals.copy_from_slice(black_box(&products));
            let row = Synapses {
                weight: &mut weight,
                mean: &mut mean,
                magnitude: &mut magnitude,
                fraction: &mut fraction,
            };
            update(&constants, row, &mut signals, &draws)
        });
    });
    group.finish();
}

criterion_group!(benches, compartments, sums, rules);
criterion_main!(benches);
