//! Synaptic events per second of networks that spike: promised 2e9 on a dense array, 2e8 on a sparse
//! one, one core.
//!
//! Baseline of the dense array: every row in every step, as a network of rates needs it.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use leadlag_chip::{Emulator, Options, Stimulus, Synapses, Targets};
use leadlag_circuits::{
    Change, Membranes, Shape, SpikeBank, Spiking, accumulate, currents, pair_weights,
};
use leadlag_explore::build::build;
use leadlag_explore::spiking::recurrent_population;
use leadlag_fixed::{low_quarter, signed};
use leadlag_image::{Chip, registers};
use leadlag_net::Network;
use leadlag_net::tasks::Task;

const DENSE: &str = include_str!("../../examples/lif.toml");

/// The compiled dense workload and its input codes.
fn dense(steps: usize) -> (leadlag_image::Image, Vec<i16>) {
    let net = Network::parse(DENSE, "lif.toml").expect("the example is a network");
    let mut chip = Chip::builtin("ll1").expect("built in");
    chip.set_all(&["rows=1024", "neurons=1024", "payload_bits=10"])
        .expect("knobs within their ranges");
    let image = build(&net, &chip, None, 1, None).expect("it fits").compiled.image;
    let Ok(Task::Stream(stream)) = Task::prepare(&net, 1) else {
        panic!("the example has a stream")
    };
    let full = low_quarter(registers::constant_code(&image.chip));
    let code = |value: &f64| if *value > 0.0 { full } else { 0 };
    let codes = stream.stream_block(0, steps, 1).inputs.iter().map(code).collect();
    (image, codes)
}

fn dense_workload(c: &mut Criterion) {
    const STEPS: usize = 1000;
    let (image, codes) = dense(STEPS);
    let mut group = c.benchmark_group("dense LIF workload, 1000 steps");
    group.sample_size(10);
    group.throughput(Throughput::Elements(52_759_552));
    let stimulus = Stimulus { steps: STEPS, codes: &codes, targets: Targets::None, learn: false };
    for (name, way) in [
        ("dense (baseline)", Synapses::Dense),
        ("event", Synapses::Event),
        ("auto", Synapses::Auto),
    ] {
        let options = Options { replicas: 1, threads: 1, seed: 1 };
        let mut chip = Emulator::load(image.clone(), options).expect("a valid image");
        chip.set_synapses(way);
        group.bench_function(name, |b| b.iter(|| chip.run(black_box(&stimulus))));
    }
    // Every event carried by routers, every step timed.
    let options = Options { replicas: 1, threads: 1, seed: 1 };
    let mut chip = Emulator::load(image, options).expect("a valid image");
    chip.attach_fabric(leadlag_fabric::Faults::default()).expect("the fabric carries it");
    group.bench_function("auto, cycle engine", |b| b.iter(|| chip.run(black_box(&stimulus))));
    group.finish();
}

fn recurrent_workload(c: &mut Criterion) {
    let mut group = c.benchmark_group("recurrent LIF workload, 1000 steps");
    group.sample_size(10);
    group.throughput(Throughput::Elements(38_605_800));
    let start = recurrent_population(54_321);
    group.bench_function("sparse array and stage", |b| {
        b.iter(|| {
            let mut population = start.clone();
            (0..1000).map(|_| population.tick().1).sum::<u64>()
        });
    });
    group.finish();
}

/// Where lists of rows pay: shares of the rows, and all of them the dense way.
fn shares(c: &mut Criterion) {
    for (rows, width) in [(256_usize, 256_usize), (1024, 1024)] {
        let mut group = c.benchmark_group(format!("sums of {rows} x {width}"));
        let weights: Vec<i16> = (0..rows * width)
            .map(|i| low_quarter(signed(leadlag_fixed::count(i * 7919) % 256)) - 128)
            .collect();
        let codes: Vec<i16> =
            (0..rows).map(|i| low_quarter(signed(leadlag_fixed::count(i * 31) % 511))).collect();
        let (mut paired, mut pairs) = (Vec::new(), Vec::new());
        pair_weights(&weights, width, &mut paired);
        let mut sums = vec![0; width];
        let shape = Shape { rows, width, gain: 0 };
        // Of several replicas the dense way reads a weight once; lists are one replica's own.
        let (four, mut all) = (codes.repeat(4), vec![0; 4 * width]);
        group.bench_function("all rows, 4 replicas at once", |b| {
            b.iter(|| currents(black_box(&four), &paired, shape, &mut pairs, &mut all));
        });
        group.bench_function("all rows (baseline)", |b| {
            b.iter(|| currents(black_box(&codes), &paired, shape, &mut pairs, &mut sums));
        });
        for percent in [5_u32, 25, 50, 75, 100] {
            let listed: Vec<Change> = (0..)
                .zip(&codes)
                .filter(|(row, _)| row * 37 % 100 < percent)
                .map(|(row, &code)| Change { row, by: i32::from(code) })
                .collect();
            group.bench_with_input(
                BenchmarkId::new("list, percent", percent),
                &listed,
                |b, listed| {
                    b.iter(|| accumulate(black_box(listed), &weights, &mut sums));
                },
            );
        }
        group.finish();
    }
}

fn stage(c: &mut Criterion) {
    let mut group = c.benchmark_group("spiking stage, 1024 columns");
    group.throughput(Throughput::Elements(1024));
    let settings =
        Spiking { threshold: 1024, leak: 128, leak_shift: 12, refractory: 0, rail: 1 << 27 };
    let u: Vec<i32> = (0..1024).map(|i| i * 37 % 800 - 300).collect();
    let mut neurons = [leadlag_circuits::Membrane::default(); 1024];
    group.bench_function("scalar specification (baseline)", |b| {
        b.iter(|| {
            for (neuron, &u) in neurons.iter_mut().zip(&u) {
                black_box(settings.tick(neuron, u));
            }
        });
    });
    let bank = SpikeBank::new(settings, 511);
    let (mut value, mut before, mut code) = (vec![0; 1024], vec![0; 1024], vec![0; 1024]);
    group.bench_function("bank", |b| {
        b.iter(|| {
            let mut membranes = Membranes {
                value: &mut value,
                pause: &mut [],
                before: &mut before,
                code: &mut code,
            };
            bank.tick(black_box(&u), &mut membranes)
        });
    });
    group.finish();
}

criterion_group!(benches, dense_workload, recurrent_workload, shares, stage);
criterion_main!(benches);
