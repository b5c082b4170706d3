//! Learning MNIST-1D in the cycle engine, beside the functional engine that simulates no fabric.
//!
//! Promise: at least 1.5e4 sample-steps per second on one core at 100 replicas. Baseline: the
//! functional engine of the same run. With `every-step` senders one fabric stands for all replicas;
//! with `on-change` senders each replica has its own. The throughput column is in sample-steps.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use leadlag_benches::{Mnist1d, full_image};
use leadlag_chip::{Emulator, Options, Stimulus, Targets};
use leadlag_explore::{Backend, Clocking};
use leadlag_fixed::{low_quarter, signed};

const REPLICAS: u32 = 100;

fn cycle(c: &mut Criterion) {
    let mut group = c.benchmark_group("cycle engine, 100 replicas");
    group.sample_size(10);
    group.throughput(Throughput::Elements(360 * u64::from(REPLICAS)));
    let sampled = Clocking { sample: Some([1, 100]), ..Clocking::cycle() };
    for (senders, task) in [("every-step", Mnist1d::new()), ("on-change", Mnist1d::on_change())] {
        let block = task.block(leadlag_fixed::index(REPLICAS));
        for (engine, clocking) in [
            ("functional (baseline)", Clocking::default()),
            ("cycle", Clocking::cycle()),
            ("cycle, 1 of 100 steps", sampled.clone()),
        ] {
            for threads in [1, 2] {
                let mut chip = task.chip_on(&clocking, REPLICAS, threads);
                let name = format!("{senders}, {engine}");
                group.bench_function(BenchmarkId::new(name, format!("{threads} threads")), |b| {
                    b.iter(|| chip.run(&block, true).expect("the scales stay in range"));
                });
            }
        }
    }
    group.finish();
}

/// Two threads on a chip that is full: promised at least 1.6 times one thread. Throughput in
/// sample-steps; baseline: one thread.
fn full_chip(c: &mut Criterion) {
    const STEPS: usize = 10;
    const LANES: u32 = 16;
    let image = full_image();
    let mut group = c.benchmark_group("16 busy cores, 16 replicas, cycle engine");
    group.sample_size(10);
    group.throughput(Throughput::Elements(
        u64::from(leadlag_fixed::count(STEPS)) * u64::from(LANES),
    ));
    let codes: Vec<i16> = (0..leadlag_fixed::count(STEPS) * LANES)
        .map(|at| low_quarter(signed(at * 7919 % 511)) - 255)
        .collect();
    let wanted = vec![1000; STEPS * leadlag_fixed::index(LANES) * 512];
    let (targets, steps) = (Targets::Codes { codes: &wanted, present: &[] }, STEPS);
    for learn in [false, true] {
        let stimulus = Stimulus { steps, codes: &codes, targets, learn };
        for threads in [1, 2] {
            let options = Options { replicas: LANES, threads, seed: 1 };
            let mut chip = Emulator::load(image.clone(), options).expect("a valid image");
            chip.attach_fabric(leadlag_fabric::Faults::default()).expect("the fabric carries it");
            let name = if learn { "learning" } else { "answering" };
            group.bench_function(BenchmarkId::new(name, format!("{threads} threads")), |b| {
                b.iter(|| chip.run(&stimulus));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, cycle, full_chip);
criterion_main!(benches);
