//! Laws of the learning chip, on small random networks.

#![expect(clippy::indexing_slicing, reason = "shapes of networks that are written here")]

use leadlag_chip::{Options, State};
use leadlag_explore::build::build;
use leadlag_explore::{Backend as _, ChipBackend};
use leadlag_image::{Chip, Image};
use leadlag_net::{Block, Network, Targets};
use proptest::prelude::*;

/// A network of two hidden layers whose W and B have equal scales.
fn image(sizes: [usize; 3], rule: &str, seed: u64) -> Image {
    let [first, second, out] = sizes;
    let text = format!(
        r#"
name = "law"
dt = "0.2 ms"
[[population]]
name = "in"
input = 2
[[population]]
name = "h1"
size = {first}
tau_m = "1.2 ms"
tau_r = "0.2 ms"
phi = "tanh"
[[population]]
name = "h2"
size = {second}
tau_m = "0.6 ms"
tau_r = "0.4 ms"
phi = "tanh"
bias = true
[[population]]
name = "out"
size = {out}
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "linear"
[[projection]]
chain = ["in", "h1", "h2", "out"]
[teach]
population = "out"
loss = "cross-entropy"
[learning]
{rule}
feedback = "mirrored"
operand = "sent"
[map]
weight_range = 1.0
"#
    );
    let network = Network::parse(&text, "law.toml").unwrap_or_else(|found| panic!("{found}"));
    let chip = Chip::builtin("ll1").expect("built in");
    build(&network, &chip, None, seed, Some(&text)).expect("it fits").compiled.image
}

const SGD: &str = "rule = \"sgd\"\neta = 0.5\nrounding = \"nearest\"";

fn chip(image: &Image, replicas: u32, threads: usize) -> ChipBackend {
    let options = Options { replicas, threads, seed: 7 };
    ChipBackend::new(image.clone(), options, false).expect("a valid image")
}

/// The steps of a stimulus from `first`, a function of the place alone.
fn stimulus(first: usize, steps: usize, lanes: usize, outputs: usize) -> Block {
    let value = |at: usize| f64::from(u32::try_from(at * 2_654_435_761 % 2001).expect("small"));
    let range = first * lanes * 2..(first + steps) * lanes * 2;
    let inputs = range.map(|at| value(at + 17) / 1000.0 - 1.0).collect();
    let classes = (0..lanes).map(|lane| u32::try_from(lane % outputs).expect("small")).collect();
    Block { steps, lanes, width: 2, inputs, targets: Targets::Class(classes), used: lanes }
}

fn run(
    image: &Image,
    lanes: usize,
    threads: usize,
    parts: &[usize],
    outputs: usize,
) -> ChipBackend {
    let mut chip = chip(image, u32::try_from(lanes).expect("few"), threads);
    let mut first = 0;
    for &steps in parts {
        chip.run(&stimulus(first, steps, lanes, outputs), true).expect("a block");
        first += steps;
    }
    chip
}

fn state(image: &Image, lanes: usize, threads: usize, parts: &[usize], outputs: usize) -> State {
    run(image, lanes, threads, parts, outputs).emulator().state().clone()
}

/// Pairs of (somatic words towards a population, apical words that bring its errors back), by
/// (receiver, sender), of the projections between neurons.
fn pairs(forward: &Image, backward: &Image) -> Vec<(Vec<i16>, Vec<i16>)> {
    let pair = |at: usize| {
        let (post, pre) = (&forward.cores[at + 1], &backward.cores[at]);
        let (w, b) = (&post.soma.array, &pre.apical.array);
        assert_eq!(w.groups[0].weight_scale, b.groups[0].weight_scale, "equal scales");
        let (posts, pres) = (leadlag_fixed::index(post.neurons), leadlag_fixed::index(pre.neurons));
        let places = || (0..posts).flat_map(|i| (0..pres).map(move |j| (i, j)));
        (
            places().map(|(i, j)| w.words[j * posts + i]).collect(),
            places().map(|(i, j)| b.words[i * pres + j]).collect(),
        )
    };
    (0..forward.cores.len() - 1).map(pair).collect()
}

#[test]
fn weights_move_in_these_networks() {
    let image = image([3, 4, 5], SGD, 1);
    let moved = run(&image, 3, 1, &[20], 5).emulator().trained_image();
    for (now, before) in pairs(&moved, &moved).iter().zip(pairs(&image, &image)) {
        assert_ne!(now.0, before.0);
        assert_ne!(now.1, before.1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// The products of W and of B are the same two codes; at B they meet one step later, when the
    /// error has travelled.
    #[test]
    fn b_is_the_transpose_of_w_one_step_ago(
        sizes in prop::array::uniform3(1..6_usize),
        lanes in 1..4_usize,
        steps in 1..30_usize,
        seed in 0..1000_u64,
    ) {
        let image = image(sizes, SGD, seed);
        let before = run(&image, lanes, 1, &[steps], sizes[2]).emulator().trained_image();
        let after = run(&image, lanes, 1, &[steps + 1], sizes[2]).emulator().trained_image();
        for (w, b) in pairs(&before, &after) {
            prop_assert_eq!(w, b);
        }
    }

    /// Neither the number of threads nor the borders of blocks are inputs.
    #[test]
    fn threads_and_blocks_change_no_bit(
        sizes in prop::array::uniform3(1..6_usize),
        lanes in 1..40_usize,
        parts in prop::collection::vec(1..8_usize, 1..5),
        rule in prop::sample::select(vec![SGD, "rule = \"adam\"\neta = 1e-2\nrounding = \"stochastic\""]),
    ) {
        let image = image(sizes, rule, 1);
        let whole = state(&image, lanes, 1, &[parts.iter().sum()], sizes[2]);
        prop_assert_eq!(&state(&image, lanes, 1, &parts, sizes[2]), &whole);
        prop_assert_eq!(&state(&image, lanes, 2, &parts, sizes[2]), &whole);
    }
}
