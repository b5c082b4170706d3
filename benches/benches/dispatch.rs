//! Kernels compiled for wider vectors and chosen at run time, beside the same source as the target's
//! baseline compiles it (SSE2 on x86-64), in one run.
//!
//! Shapes are those of a full core: 256 rows and 256 columns, 16 replicas.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use leadlag_circuits::{Shape, currents, currents_baseline, pair_weights};
use leadlag_fixed::{low_quarter, signed};
use leadlag_plasticity::{Span, correlate, correlate_baseline};

/// Rows and columns of a core.
const SIDE: usize = 256;

/// Chips that share the weights.
const REPLICAS: usize = 16;

fn codes(count: u32, top: u32) -> Vec<i16> {
    (0..count).map(|i| low_quarter(signed((i * 7919) % (2 * top)) - signed(top))).collect()
}

fn sums(c: &mut Criterion) {
    let mut group = c.benchmark_group("currents, 16 replicas of 256 x 256");
    group.throughput(Throughput::Elements(16 * 256 * 256));
    let (rows, weights) = (codes(16 * 256, 512), codes(256 * 256, 128));
    let shape = Shape { rows: SIDE, width: SIDE, gain: 8 };
    let (mut paired, mut pairs) = (Vec::new(), Vec::new());
    let (mut plain, mut fast) = (vec![0; REPLICAS * SIDE], vec![0; REPLICAS * SIDE]);
    group.bench_function("baseline build", |b| {
        b.iter(|| currents_baseline(black_box(&rows), &weights, shape, &mut plain));
    });
    group.bench_function("chosen at run time", |b| {
        b.iter(|| {
            pair_weights(black_box(&weights), SIDE, &mut paired);
            currents(black_box(&rows), &paired, shape, &mut pairs, &mut fast);
        });
    });
    assert_eq!(plain, fast, "the same source gives the same sums");
    group.finish();
}

fn products(c: &mut Criterion) {
    let mut group = c.benchmark_group("correlate, 16 replicas of 256 x 256");
    group.throughput(Throughput::Elements(16 * 256 * 256));
    let (rows, own) = (codes(16 * 256, 512), codes(16 * 256, 512));
    let span = Span { rows: SIDE, width: SIDE };
    // Products add up: those of a full day of the bench would leave 32 bits, so each call has its own.
    let (mut plain, mut fast) = (vec![0; SIDE * SIDE], vec![0; SIDE * SIDE]);
    group.bench_function("baseline build", |b| {
        b.iter(|| {
            plain.fill(0);
            correlate_baseline(black_box(&rows), &own, span, &mut plain);
        });
    });
    group.bench_function("chosen at run time", |b| {
        b.iter(|| {
            fast.fill(0);
            correlate(black_box(&rows), &own, span, &mut fast);
        });
    });
    assert_eq!(plain, fast, "the same source gives the same products");
    group.finish();
}

criterion_group!(benches, sums, products);
criterion_main!(benches);
