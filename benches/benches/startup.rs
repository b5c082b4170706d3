//! From a file's bytes to the first step: promised below 100 ms.
//!
//! Baseline: compiling the network afresh, calibration run included.

use criterion::{Criterion, criterion_group, criterion_main};
use leadlag_benches::Mnist1d;
use leadlag_chip::{Emulator, Options, Stimulus, Targets};
use leadlag_image::Image;

fn startup(c: &mut Criterion) {
    let task = Mnist1d::new();
    let mut bytes = Vec::new();
    task.image().write(&mut bytes).expect("memory takes any image");
    let mut group = c.benchmark_group("start-up to the first step");
    group.sample_size(10);
    group.bench_function("generate, calibrate, compile (baseline)", |b| b.iter(Mnist1d::new));
    group.bench_function("image bytes, 100 replicas", |b| {
        b.iter(|| {
            let image = Image::from_bytes(&bytes).expect("what was written is read");
            let options = Options { replicas: 100, threads: 1, seed: 1 };
            let mut chip = Emulator::load(image, options).expect("it loads");
            let codes = vec![7; 100];
            let step = Stimulus { steps: 1, codes: &codes, targets: Targets::None, learn: true };
            chip.run(&step)
        });
    });
    group.finish();
}

criterion_group!(benches, startup);
criterion_main!(benches);
