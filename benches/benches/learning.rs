//! Learning MNIST-1D on the chip, beside the float64 reference that simulates no hardware.
//!
//! Promise: at least 2e5 sample-steps per second on one core at 100 replicas. The throughput column
//! is in sample-steps. Baseline: the reference of the same run; the published float simulator reaches
//! 4.4e4 at batch 100 and 9.4e2 at batch 1.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use leadlag_benches::Mnist1d;
use leadlag_explore::Backend;

fn learning(c: &mut Criterion) {
    let task = Mnist1d::new();
    let mut group = c.benchmark_group("learning");
    group.sample_size(10);
    for replicas in [1_u32, 100] {
        let block = task.block(leadlag_fixed::index(replicas));
        group.throughput(Throughput::Elements(360 * u64::from(replicas)));
        let mut reference = task.reference(leadlag_fixed::index(replicas));
        group.bench_function(BenchmarkId::new("float64 reference", replicas), |b| {
            b.iter(|| reference.run(&block, true).expect("the reference refuses nothing"));
        });
        for threads in [1, 2] {
            let mut chip = task.chip(replicas, threads);
            let name = format!("chip, {threads} threads");
            group.bench_function(BenchmarkId::new(name, replicas), |b| {
                b.iter(|| chip.run(&block, true).expect("the scales stay in range"));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, learning);
criterion_main!(benches);
