//! Learning MNIST-1D in the cycle engine, beside the functional engine that simulates no fabric.
//!
//! Promise: at least 1.5e4 sample-steps per second on one core at 100 replicas. Baseline: the
//! functional engine of the same run. With `every-step` senders one fabric stands for all replicas;
//! with `on-change` senders each replica has its own. The throughput column is in sample-steps.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use leadlag_benches::Mnist1d;
use leadlag_explore::{Backend, Clocking};

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

criterion_group!(benches, cycle);
criterion_main!(benches);
