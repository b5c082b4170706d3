//! The fabric under uniform traffic, beside its plain specification.
//!
//! Aim: 3e7 flit-hops per second on one core, at 10 % and at 80 % of saturation, on 8 × 8, 16 × 16
//! and 32 × 32 meshes (preset P, 4 virtual channels, buffers of 8, packets of one flit), traffic
//! generation included; reached: 3.1e7 to 3.9e7 in the quiet moments of a shared EPYC core, with 260
//! (32 × 32 at 10 %) to 341 instructions (8 × 8 at 10 %) per flit-hop. Promise: an idle mesh costs
//! nothing per cycle. The throughput column is in flit-hops, except for the idle mesh, where it is in
//! cycles.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use leadlag_fabric::traffic::{Load, Pattern, Rate, Traffic};
use leadlag_fabric::{Checked, Class, Config, Engine, Extent, Network, Packet, Preset, Spec};

/// Side of the mesh, and its saturation under uniform traffic, flits per node and 10^9 cycles.
const MESHES: [(u16, u64); 3] = [(8, 410_000_000), (16, 205_000_000), (32, 102_500_000)];
/// Cycles of one measurement.
const CYCLES: u64 = 500;

/// A fabric under uniform traffic.
#[derive(Clone, Debug)]
struct Bench<E> {
    checked: Checked,
    fabric: E,
    traffic: Traffic,
}

impl<E: Engine> Bench<E> {
    /// Warmed up: what waits in it has its usual amount.
    fn new(side: u16, rate: u64, make: impl Fn(&Checked) -> E) -> Self {
        let checked = Config::square(side, Preset::P, 4, 8).check().expect("it can be built");
        let rate = Rate::from_billionths(rate);
        let load = Load { pattern: Pattern::Uniform, rate, flits: 1, seed: 1, run: 0 };
        let traffic = Traffic::new(&load, checked.mesh()).expect("uniform goes everywhere");
        let fabric = make(&checked);
        let mut bench = Self { checked, fabric, traffic };
        bench.run(2 * CYCLES);
        bench
    }

    /// Runs some cycles; result: how many flits arrived.
    fn run(&mut self, cycles: u64) -> usize {
        let Self { checked, fabric, traffic } = self;
        let mesh = checked.mesh();
        let end = fabric.now() + cycles;
        while fabric.now() < end {
            let now = fabric.now();
            traffic.due(now, |from, to| {
                let (x, y) = mesh.coordinates(to);
                let [[_, x], [_, y]] = [x, y].map(u16::to_be_bytes);
                let packet = Packet::labelled(Class::Event, (x, y), 1, 0);
                fabric.offer(from, now, &packet).expect("the packet fits the mesh");
            });
            fabric.step();
        }
        fabric.drain().len()
    }

    /// Flit-hops of `CYCLES` cycles, of a copy.
    fn hops(&self) -> u64
    where
        E: Clone,
    {
        let mut copy = self.clone();
        let before = copy.fabric.counters().flit_hops();
        copy.run(CYCLES);
        copy.fabric.counters().flit_hops() - before
    }
}

fn network(checked: &Checked) -> Network {
    Network::new(checked, Vec::new()).expect("there are no tables")
}

fn uniform(c: &mut Criterion) {
    let mut group = c.benchmark_group("fabric, uniform traffic");
    group.sample_size(20);
    let spec = |checked: &Checked| Spec::new(checked, Vec::new()).expect("there are no tables");
    let mut plain = Bench::new(8, 328_000_000, spec);
    group.throughput(Throughput::Elements(plain.hops()));
    group.bench_function("specification, 8 x 8 at 80 % (baseline)", |b| {
        b.iter(|| plain.run(CYCLES));
    });
    for (side, saturation) in MESHES {
        for percent in [10, 80] {
            let mut fast = Bench::new(side, saturation / 100 * percent, network);
            group.throughput(Throughput::Elements(fast.hops()));
            let name = format!("{side} x {side} at {percent} %");
            group.bench_function(BenchmarkId::new("network", name), |b| {
                b.iter(|| fast.run(CYCLES));
            });
        }
    }
    group.finish();
}

/// Threads meet every two cycles, so packets are offered ahead and cycles run in one go.
fn threads(c: &mut Criterion) {
    let mut group = c.benchmark_group("fabric, 32 x 32 at 80 %");
    group.sample_size(10);
    for threads in [1, 2] {
        let make = |checked: &Checked| {
            Network::with_threads(checked, Vec::new(), threads).expect("there are no tables")
        };
        let mut bench = Bench::new(32, 82_000_000, make);
        group.throughput(Throughput::Elements(bench.hops()));
        group.bench_function(BenchmarkId::new("threads", threads), |b| {
            b.iter(|| {
                let (begin, mesh) = (bench.fabric.now(), bench.checked.mesh());
                for at in begin..begin + CYCLES {
                    bench.traffic.due(at, |from, to| {
                        let (x, y) = mesh.coordinates(to);
                        let [[_, x], [_, y]] = [x, y].map(u16::to_be_bytes);
                        let packet = Packet::labelled(Class::Event, (x, y), 1, 0);
                        bench.fabric.offer(from, at, &packet).expect("the packet fits the mesh");
                    });
                }
                bench.fabric.run_until(begin + CYCLES);
                bench.fabric.drain().len()
            });
        });
    }
    group.finish();
}

fn idle(c: &mut Criterion) {
    let mut group = c.benchmark_group("fabric, 64 x 64 with a packet per 10^4 cycles");
    let mesh = Extent::new(64, 64);
    let config = Config { mesh, ..Config::square(64, Preset::P, 4, 8) };
    let mut fabric = network(&config.check().expect("it can be built"));
    group.throughput(Throughput::Elements(10_000));
    group.bench_function("10^4 cycles", |b| {
        b.iter(|| {
            let now = fabric.now();
            let packet = Packet::labelled(Class::Event, (63, 63), 1, 0);
            fabric.offer(leadlag_fabric::Node(0), now, &packet).expect("the packet fits the mesh");
            fabric.run_until(now + 10_000);
            fabric.drain().len()
        });
    });
    group.finish();
}

criterion_group!(benches, uniform, threads, idle);
criterion_main!(benches);
