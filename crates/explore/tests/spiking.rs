//! The workloads of `golden/lif`, exact, and small networks on the chip and in the reference.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]
#![expect(clippy::unwrap_used, reason = "a test ends where its files are not")]

use leadlag_chip::{Options, Synapses};
use leadlag_explore::Clocking;
use leadlag_explore::build::build;
use leadlag_explore::spiking::{Chips, Trains, in_reference, on_chip, recurrent};
use leadlag_image::{Chip, Image};
use leadlag_net::tasks::Task;
use leadlag_net::{Block, Network, Targets};
use proptest::prelude::*;

const DENSE: &str = include_str!("../../../examples/lif.toml");

fn chip(settings: &[&str]) -> Chip {
    let mut chip = Chip::builtin("ll1").unwrap();
    chip.set_all(settings).unwrap_or_else(|found| panic!("{found}"));
    chip
}

fn image(net: &Network, chip: &Chip) -> Image {
    let built = build(net, chip, None, 1, None).unwrap_or_else(|found| panic!("{found}"));
    built.compiled.image
}

fn dense() -> (Network, Block) {
    let net = Network::parse(DENSE, "lif.toml").unwrap();
    let Task::Stream(stream) = Task::prepare(&net, 1).unwrap() else { panic!("a stream") };
    let block = stream.stream_block(0, 1000, 1);
    (net, block)
}

/// Both engines: events at once on one thread, and through the fabric on two.
fn engine(threads: usize) -> Clocking {
    if threads == 1 { Clocking::default() } else { Clocking::cycle() }
}

fn options(threads: usize) -> Options {
    Options { replicas: 1, threads, seed: 1 }
}

fn chips<'a>(
    image: &'a Image,
    threads: usize,
    synapses: Synapses,
    clocking: &'a Clocking,
) -> Chips<'a> {
    Chips { image, options: options(threads), synapses, clocking }
}

/// Counts of spikes, hashes, bits of the sum of the membranes.
type Digest = ([usize; 3], [u64; 2], u64);

/// Spikes, those of the first 100 and 200 steps, both hashes, and the membranes.
fn digest(trains: &Trains) -> Digest {
    let train = &trains.populations[0];
    let hashes = [train.word_hash(trains.steps), train.byte_hash(trains.steps)];
    let counts = [100, 200].map(|step| train.before(step));
    ([train.spikes.len(), counts[0], counts[1]], hashes, train.membrane.to_bits())
}

fn golden_dense() -> Digest {
    let hashes = [0x9a46_45da_c81d_5506, 0x7e68_b62f_076c_d581];
    ([19_538, 1_698, 3_572], hashes, 130_097.0_f64.to_bits())
}

#[test]
fn the_dense_workload_is_exact_on_the_chip() {
    let (net, block) = dense();
    let whole = image(&net, &chip(&["rows=1024", "neurons=1024", "payload_bits=10"]));
    assert_eq!(whole.cores.len(), 1);
    for (synapses, threads) in
        [(Synapses::Dense, 1), (Synapses::Event, 1), (Synapses::Auto, 1), (Synapses::Auto, 2)]
    {
        let trains = on_chip(
            &chips(&whole, threads, synapses, &engine(threads)),
            std::slice::from_ref(&block),
        )
        .unwrap();
        assert_eq!(digest(&trains), golden_dense(), "{synapses:?}, {threads} threads");
        assert_eq!(trains.synaptic_events, Some(52_759_552), "{synapses:?}");
    }
    // Four cores of the usual size: the same neurons.
    let split = image(&net, &chip(&["rows=1024", "payload_bits=10"]));
    assert_eq!(split.cores.len(), 4);
    let trains = on_chip(&chips(&split, 1, Synapses::Auto, &Clocking::cycle()), &[block]).unwrap();
    assert_eq!((digest(&trains), trains.synaptic_events), (golden_dense(), Some(52_759_552)));
}

#[test]
fn the_dense_workload_is_exact_in_the_reference() {
    let (net, block) = dense();
    let trains = in_reference(&net, &net.initialise(1), &[block]);
    assert_eq!(digest(&trains), golden_dense());
    assert_eq!(trains.synaptic_events, None);
}

#[test]
fn the_recurrent_workload_is_exact() {
    let trains = recurrent(54_321, 1000);
    let hashes = [0x1b1b_69a3_0e24_c6d8, 0xab31_dd68_cb13_81a2];
    let golden = ([386_419, 37_758, 76_542], hashes, 3_586_739.0_f64.to_bits());
    assert_eq!(digest(&trains), golden);
    assert_eq!(trains.synaptic_events, Some(38_605_800));
}

/// A recurrent network of whole numbers, with a refractory time and two populations.
fn recurrent_net(seeds: [u32; 3], leak: u32, rest: u16, threshold: u32) -> Network {
    let [first, second, third] = seeds;
    let text = format!(
        "name = \"net\"\ndt = \"1 ms\"\n[[population]]\nname = \"in\"\ninput = 12\n\
         [[population]]\nname = \"a\"\nneuron = \"lif\"\nsize = 37\nthreshold = {threshold}\nleak = \"{leak}/64\"\n\
         refractory = {rest}\n\
         [[population]]\nname = \"b\"\nneuron = \"lif\"\nsize = 5\nthreshold = 3\nleak = \"0/1\"\nbias = [1, 0, -1, 2, 3]\n\
         [[projection]]\nfrom = \"in\"\nto = \"a\"\ninit = {{ integers = [-9, 20], seed = {first} }}\n\
         [[projection]]\nfrom = \"a\"\nto = \"a\"\ninit = {{ integers = [-20, 12], seed = {second} }}\n\
         [[projection]]\nfrom = \"a\"\nto = \"b\"\ninit = {{ integers = [-4, 4], seed = {third} }}\n"
    );
    Network::parse(&text, "net.toml").unwrap_or_else(|found| panic!("{found}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// In whole numbers the chip is the reference, spike for spike, for any batch and any placement.
    #[test]
    fn whole_networks_are_exact(
        seeds in any::<[u32; 3]>(), leak in 0..=64_u32, rest in 0..4_u16, threshold in 0..120_u32,
        neurons in prop::sample::select(vec![32, 256]), lanes in 1..5_usize, dice in any::<u64>(),
    ) {
        let net = recurrent_net(seeds, leak, rest, threshold);
        let spike = |place| leadlag_fixed::random::draw(dice, leadlag_fixed::random::Kind::Input, 0, 0, 0, place).is_multiple_of(5);
        let inputs = (0..leadlag_fixed::count(60 * lanes * 12)).map(|place| f64::from(u8::from(spike(place)))).collect();
        let block = Block { steps: 60, lanes, width: 12, inputs, targets: Targets::None, used: lanes };
        let image = image(&net, &chip(&[&format!("neurons={neurons}")]));
        let reference = in_reference(&net, &net.initialise(1), std::slice::from_ref(&block));
        for synapses in [Synapses::Dense, Synapses::Event] {
            let chip = on_chip(&chips(&image, 2, synapses, &engine(2)), std::slice::from_ref(&block)).unwrap();
            prop_assert_eq!(&chip.populations, &reference.populations);
        }
    }
}

/// With a time constant the chip rounds; for a while it spikes as the reference does.
#[test]
fn real_membranes_follow_the_reference() {
    let text = "name = \"net\"\ndt = \"1 ms\"\n[[population]]\nname = \"in\"\ninput = 1\n\
        [[population]]\nname = \"n\"\nneuron = \"lif\"\nsize = 2\nthreshold = 1.0\ntau_m = \"20 ms\"\nrefractory = \"3 ms\"\n\
        [[projection]]\nfrom = \"in\"\nto = \"n\"\nweights = [[0.125], [0.0625]]\n";
    let net = Network::parse(text, "net.toml").unwrap();
    let block = Block {
        steps: 200,
        lanes: 1,
        width: 1,
        inputs: vec![1.0; 200],
        targets: Targets::None,
        used: 1,
    };
    let image = image(&net, &chip(&[]));
    let chip = on_chip(&chips(&image, 1, Synapses::Auto, &engine(1)), std::slice::from_ref(&block))
        .unwrap();
    let reference = in_reference(&net, &net.initialise(1), &[block]);
    assert_eq!(chip.populations[0].spikes, reference.populations[0].spikes);
    let spikes = chip.populations[0].spikes.len();
    assert!((10..40).contains(&spikes), "{spikes}");
    let apart = (chip.populations[0].membrane - reference.populations[0].membrane).abs();
    assert!(apart < 1e-4, "{apart}");
}
