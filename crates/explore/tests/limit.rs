//! With wide words the chip is the reference, while it learns.

#![expect(clippy::indexing_slicing, reason = "shapes of a network that is written here")]

use leadlag_chip::Options;
use leadlag_explore::build::{Built, build};
use leadlag_explore::{Backend as _, ChipBackend, FloatBackend};
use leadlag_image::Chip;
use leadlag_net::tasks::Task;
use leadlag_net::{Network, Schedule};

const NET: &str = r#"
name = "limit"
dt = "0.2 ms"
[[population]]
name = "in"
input = 1
[[population]]
name = ["h1", "h2"]
tau = [
  { count = 3, tau_m = "1.2 ms", tau_r = "0.2 ms" },
  { count = 2, tau_m = "1.2 ms", tau_r = "1.2 ms" },
]
phi = "tanh"
bias = true
[[population]]
name = "out"
size = 10
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "linear"
bias = true
[[projection]]
chain = ["in", "h1", "h2", "out"]
[teach]
population = "out"
loss = "cross-entropy"
[learning]
rule = "sgd"
eta = 0.02
[task]
name = "mnist1d"
length = 100
train = 180
test = 20
[schedule]
epochs = 1
replicas = 8
[map]
error_headroom = 256.0
"#;

/// Samples at a time, and blocks of 100 steps.
const LANES: usize = 8;
const BLOCKS: usize = 4;

/// What four blocks of learning lead to.
struct Ended {
    /// Worst deviation of a weight from the reference's, and how far the reference's moved.
    weight: f64,
    moved: f64,
    /// Worst deviation of an output afterwards, and the largest output.
    output: f64,
    largest: f64,
}

const OPTIONS: Options = Options { replicas: 8, threads: 1, seed: 1 };

fn built(text: &str, settings: &[&str]) -> (Network, Task, Built) {
    let net = Network::parse(text, "limit.toml").expect("a network");
    let task = Task::prepare(&net, 1).expect("a task");
    let mut chip = Chip::builtin("ll1").expect("built in");
    chip.set_all(settings).expect("settings of the chip");
    let built = build(&net, &chip, Some(&task), 1, Some(text)).expect("it fits");
    (net, task, built)
}

fn learnt(settings: &[&str]) -> Ended {
    let (net, task, built) = built(NET, settings);
    let mut on_chip = ChipBackend::new(built.compiled.image, OPTIONS, false).expect("an image");
    let mut float = FloatBackend::new(&net, &built.parameters, LANES);
    let Task::Samples(samples) = &task else { panic!("MNIST-1D has samples") };
    for index in 0..BLOCKS {
        let block = samples.train_block(0, index, LANES);
        on_chip.run(&block, true).expect("a block");
        float.run(&block, true).expect("a block");
    }
    let (weight, moved) = weights(&on_chip, &float, &built.parameters.weights);
    let block = samples.train_block(0, BLOCKS, LANES);
    let (ours, theirs) = (
        on_chip.outputs(&block).expect("no programs"),
        float.outputs(&block).expect("no programs"),
    );
    let largest = theirs.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    Ended { weight, moved, output: worst(&ours, &theirs), largest }
}

fn worst(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    ours.iter().zip(theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

fn weights(chip: &ChipBackend, float: &FloatBackend, initial: &[Vec<f64>]) -> (f64, f64) {
    let image = chip.emulator().trained_image();
    let now = float.reference().parameters().weights;
    let mut deviation = 0.0_f64;
    for (core, theirs) in image.cores.iter().zip(&now) {
        let group = &core.soma.array.groups[0];
        let unit = 2.0_f64.powi(group.weight_scale - 15);
        let (rows, columns) =
            (leadlag_fixed::index(group.rows), leadlag_fixed::index(core.neurons));
        for (at, word) in core.soma.array.words.iter().take(rows * columns).enumerate() {
            let weight = theirs[(at % columns) * rows + at / columns];
            deviation = deviation.max((f64::from(*word) * unit - weight).abs());
        }
    }
    (deviation, now.iter().zip(initial).map(|(a, b)| worst(a, b)).fold(0.0, f64::max))
}

#[test]
fn the_chip_follows_the_reference_the_closer_the_wider_its_words() {
    let wide = ["payload_bits=16", "dac_bits=16", "adc.bits=16", "table_segments=10"];
    let (wide, narrow) = (learnt(&wide), learnt(&["dac_bits=8"]));
    // Far enough that the comparison is one of learning, not of the start.
    assert!(wide.moved > 0.1, "{}", wide.moved);
    assert!(wide.weight < 0.02 * wide.moved, "{} {}", wide.weight, wide.moved);
    assert!(wide.output < 0.01 * wide.largest, "{} {}", wide.output, wide.largest);
    assert!(narrow.weight > 1.2 * wide.weight && narrow.output > 2.0 * wide.output);
}

/// Log2 of full scale over the root mean square of the codes of the first hidden population in the
/// last of many blocks, over which the host has moved the scales; `gap` silent steps lie between them.
fn headroom(stated: u32, gap: usize) -> f64 {
    let text = NET.replace("= 256.0", &format!("= {stated}"));
    let (_, task, built) = built(&text, &["payload_bits=12"]);
    let image = built.compiled.image;
    let learning = image.learning.as_ref().expect("it learns");
    assert_eq!(u32::from(learning.headroom), stated.ilog2());
    let mut chip = ChipBackend::new(image, OPTIONS, true).expect("an image");
    let Task::Samples(samples) = task else { panic!("MNIST-1D has samples") };
    let samples = samples.scheduled(&Schedule { gap, ..Schedule::default() });
    let mut before = 0;
    for index in 0..16 {
        if let Some(pause) = samples.pause(LANES) {
            chip.run(&pause, true).expect("a pause");
        }
        before = chip.emulator().counters()[0].apical.power;
        chip.run(&samples.train_block(0, index, LANES), true).expect("a block");
    }
    // 100 steps of five neurons in eight chips.
    let mean = (chip.emulator().counters()[0].apical.power - before) / 4000;
    11.0 - f64::from(u32::try_from(mean).expect("12 bits squared")).log2() / 2.0
}

/// The host keeps codes within a power of two of the headroom that the network states.
#[test]
fn error_codes_keep_their_headroom() {
    for stated in [8, 64] {
        for gap in [0, 50] {
            let (kept, log) = (headroom(stated, gap), f64::from(stated.ilog2()));
            assert!((kept - log).abs() < 1.0, "{stated}, gap {gap}: {kept}");
        }
    }
}
