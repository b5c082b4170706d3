//! The example networks and the published data set.

#![expect(clippy::unwrap_used, reason = "a test ends where its files are not")]

use std::fs::File;
use std::path::PathBuf;

use leadlag_net::tasks::{Task, mnist1d};
use leadlag_net::{Dataset, Length, Mnist1d, Network, Targets, TaskSpec, Xor};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn example(name: &str) -> Network {
    let text = std::fs::read_to_string(root().join("examples").join(name)).unwrap();
    Network::parse(&text, name).unwrap_or_else(|found| panic!("{found}"))
}

fn published(length: usize) -> Dataset {
    let name = format!("golden/mnist1d/mnist1d_seed42_len{length}.npz");
    Dataset::read_npz(File::open(root().join(name)).unwrap()).unwrap()
}

fn furthest(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn the_examples_are_what_they_say() {
    let net = example("mnist1d.toml");
    assert_eq!(net.parameter_count(), 14_956);
    assert_eq!((net.lines(), net.populations().len(), net.projections().len()), (1, 8, 7));
    let chain = example("chain.toml");
    assert_eq!(chain.teacher().unwrap().weights, [[1.0], [2.0]]);
    assert!(matches!(chain.schedule().length, Length::Steps { steps: 405_000, .. }));
    let lagnet = example("lagnet.toml");
    let plastic: Vec<_> = lagnet.projections().iter().map(|p| p.plastic).collect();
    assert_eq!(plastic, [true, false, false]);
}

#[test]
fn the_examples_survive_being_written_out() {
    for name in ["mnist1d.toml", "chain.toml", "lagnet.toml"] {
        let network = example(name);
        let again = Network::parse(&network.to_toml(), "resolved").unwrap();
        assert_eq!(again, network, "{}", network.to_toml());
    }
}

/// Seed 42 gives the published set: the same labels, and the values within the rounding of f32.
#[test]
fn the_published_set_comes_out() {
    for length in [40, 72] {
        let (ours, theirs) = (mnist1d(&Mnist1d::published(length)).unwrap(), published(length));
        assert_eq!(ours.y(), theirs.y());
        assert_eq!(ours.y_test(), theirs.y_test());
        let worst = furthest(ours.x(), theirs.x()).max(furthest(ours.x_test(), theirs.x_test()));
        assert!(worst < 1e-6, "length {length}: {worst:e}");
    }
}

/// A long set is the 72-point one, resampled; only its mean and deviation differ a little.
#[test]
fn a_longer_set_holds_the_same_signals() {
    let long = mnist1d(&Mnist1d::published(360)).unwrap();
    let stretched = published(72).resampled(360).unwrap();
    assert_eq!(long.y(), stretched.y());
    let all = || stretched.x().iter().chain(stretched.x_test()).map(|v| f64::from(*v));
    let count = f64::from(360 * 5000);
    let mean = all().sum::<f64>() / count;
    let deviation = (all().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count).sqrt();
    for (ours, raw) in long.x().iter().zip(stretched.x()) {
        let theirs = (f64::from(*raw) - mean) / deviation;
        assert!((f64::from(*ours) - theirs).abs() < 1e-6);
    }
}

#[test]
fn another_seed_or_size_is_another_set() {
    let spec = Mnist1d { seed: 7, length: 40, train: 30, test: 20 };
    let set = mnist1d(&spec).unwrap();
    assert_eq!((set.y().len(), set.y_test().len(), set.length()), (30, 20, 40));
    let mut labels = [set.y(), set.y_test()].concat();
    labels.sort_unstable();
    assert_eq!(labels, (0..10).flat_map(|class| [class; 5]).collect::<Vec<u8>>());
    assert_ne!(set, mnist1d(&Mnist1d { seed: 8, ..spec }).unwrap());
    assert_eq!(set, mnist1d(&spec).unwrap());
}

#[test]
fn tasks_deliver_blocks_of_the_networks_shape() {
    let Task::Stream(chain) = Task::prepare(&example("chain.toml"), 1).unwrap() else {
        panic!("the chain is a stream")
    };
    let block = chain.stream_block(1000, 500, 3);
    assert_eq!((block.inputs.len(), block.targets.clone()), (1500, Targets::None));
    let late = chain.stream_block(1200, 300, 3);
    assert_eq!(block.inputs[600..], late.inputs, "a block does not depend on those before it");
    assert_ne!(block.inputs[0].to_bits(), block.inputs[1].to_bits(), "lanes have their own phase");
}

#[test]
fn an_exclusive_or_is_of_its_own_bits() {
    let text = example("lagnet.toml").to_toml();
    let start = text.find("[task]").unwrap();
    let text = text[..start].to_owned() + "[task]\nname = \"xor\"\nhold = 4\ndelay = 2\n";
    let network = Network::parse(&text, "-").unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(network.task(), Some(&TaskSpec::Xor(Xor { seed: 1, hold: 4, delay: 2 })));
    let Task::Stream(bits) = Task::prepare(&network, 1).unwrap() else { panic!("a stream") };
    let block = bits.stream_block(0, 400, 2);
    let Targets::Values { values, .. } = &block.targets else { panic!("it has targets") };
    // Bits and answers are -1 or 1.
    let is_one = |value: f64| value > 0.0;
    assert!(block.inputs.iter().chain(values).all(|v| v.abs().to_bits() == 1.0_f64.to_bits()));
    let at = |step: usize| is_one(block.inputs[2 * step + 1]);
    for step in 8..400 {
        assert_eq!(at(step), at(step / 4 * 4), "a bit lasts four steps");
        let differs = at(step) != at(step - 8);
        assert_eq!(is_one(values[2 * step + 1]), differs);
    }
    let ones = block.inputs.iter().filter(|&&bit| is_one(bit)).count();
    assert!((300..500).contains(&ones), "{ones} of 800");
}

#[test]
fn the_chaotic_series_is_its_own_target() {
    let text = example("lagnet.toml").to_toml();
    let start = text.find("[task]").unwrap();
    let text = text[..start].to_owned() + "[task]\nname = \"mackey-glass\"\nahead = 3\n";
    let network = Network::parse(&text, "-").unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(network.task(), Some(&TaskSpec::MackeyGlass { ahead: 3 }));
    let Task::Stream(series) = Task::prepare(&network, 1).unwrap() else { panic!("a stream") };
    let (now, later) = (series.stream_block(10, 20, 2), series.stream_block(13, 20, 2));
    let Targets::Values { values, .. } = now.targets else { panic!("it has targets") };
    assert_eq!(values, later.inputs);
}
