//! What the equations promise of any network.

#![expect(clippy::unwrap_used, reason = "a test ends where a network is refused")]
#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]
#![expect(clippy::format_push_string, reason = "a text of some lines")]

use leadlag_net::{Block, Errors, Network, Parameters, Target, Targets};
use leadlag_reference::{Reference, Training};
use proptest::prelude::*;

/// Layers `sizes[1..]` after an input of `sizes[0]` lines; time constants in steps of 0.1 ms, one
/// (membrane, prospective) pair for all neurons of a layer.
struct Chain<'a> {
    sizes: &'a [usize],
    taus: &'a [(u32, u32)],
    phi: &'a str,
    gamma: f64,
    extra: &'a str,
}

impl Chain<'_> {
    fn network(&self) -> Network {
        let mut text = format!(
            "name = \"chain\"\ndt = \"0.1 ms\"\ngamma = {:?}\n[[population]]\nname = \"p0\"\ninput = {}\n",
            self.gamma, self.sizes[0]
        );
        for (i, (size, (m, r))) in self.sizes[1..].iter().zip(self.taus).enumerate() {
            let (phi, layer) = (self.phi, i + 1);
            text += &format!(
                "[[population]]\nname = \"p{layer}\"\nsize = {size}\nphi = \"{phi}\"\nbias = true\n\
                 tau_m = \"{m}e-1 ms\"\ntau_r = \"{r}e-1 ms\"\n\
                 [[projection]]\nfrom = \"p{i}\"\nto = \"p{layer}\"\n"
            );
        }
        let last = self.sizes.len() - 1;
        text += &format!(
            "{}[teach]\npopulation = \"p{last}\"\nloss = \"squared-error\"\n\
             [learning]\nrule = \"adam\"\neta = 1e-2\n",
            self.extra
        );
        Network::parse(&text, "-").unwrap_or_else(|found| panic!("{found}"))
    }
}

/// White noise between -1 and 1 that depends on nothing but its place.
fn noise(seed: u64, place: usize) -> f64 {
    use leadlag_fixed::random::{Kind, draw};
    let bits = draw(seed, Kind::Input, 7, 7, 0, u32::try_from(place).unwrap());
    f64::from(bits) / f64::from(u32::MAX) * 2.0 - 1.0
}

fn noises(seed: u64, count: usize) -> Vec<f64> {
    (0..count).map(|place| noise(seed, place)).collect()
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|v| v.to_bits()).collect()
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * b.abs().max(1.0)
}

/// One linear neuron with weight 1 and no bias.
fn unit(m: u32, r: u32) -> (Network, Parameters) {
    let network =
        Chain { sizes: &[1, 1], taus: &[(m, r)], phi: "linear", gamma: 0.0, extra: "" }.network();
    let mut parameters = network.initialise(1);
    parameters.weights = vec![vec![1.0]];
    parameters.biases = vec![vec![], vec![0.0]];
    (network, parameters)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What the membrane does to a signal, the error compartment undoes in the same step, whatever
    /// the time constants: there the roles of lag and lead are exchanged.
    #[test]
    fn the_error_filter_inverts_the_forward_filter(m in 1..20_u32, r in 1..20_u32, seed: u64) {
        let (network, parameters) = unit(m, r);
        let mut there = Reference::new(&network, &parameters, 1);
        let mut back = Reference::new(&network, &parameters, 1);
        // The slope register of the second one is 1 from its second step on.
        back.step(&[0.0], Target::None, false);
        let gain = 2.0 * f64::from(m.max(r)) / f64::from(m.min(r));
        for step in 0..5000 {
            let signal = noise(seed, step);
            there.step(&[signal], Target::None, false);
            let filtered = there.prospective(1)[0];
            // Its output stays 0, so the target is the taught error.
            back.step(&[0.0], Target::Values(&[filtered]), false);
            prop_assert!((back.errors(1)[0] - signal).abs() <= 1e-9 * gain, "step {}", step);
        }
    }

    /// Half the rate in every population is half the rate of the network; a factor of one layer halves the
    /// first motion of its weights, biases and time constants, and until then moves nothing else.
    #[test]
    fn factors_share_the_learning_rate(seed: u64, layer in 1..4_usize) {
        let sizes = [2, 3, 4, 2];
        let chain = Chain { sizes: &sizes, taus: &[(12, 2); 3], phi: "tanh", gamma: 0.0, extra: "" };
        let text = chain.network().to_toml();
        let text = text.replace("tau_m = false", "tau_m = true\ntau_min = \"0.2 ms\"");
        let learnt = |text: &str, steps: usize| {
            let network = Network::parse(text, "-").unwrap_or_else(|found| panic!("{found}"));
            let mut reference = Reference::new(&network, &network.initialise(seed), 1);
            for step in noises(seed, 4 * steps).chunks_exact(4) {
                reference.step(&step[..2], Target::Values(&step[2..]), true);
            }
            let Parameters { weights, biases, tau_m } = reference.parameters();
            // What the layer learns is at its place in each.
            (0..3).map(|at| [weights[at].clone(), biases[at + 1].clone(), tau_m[at + 1].clone()].concat()).collect::<Vec<_>>()
        };
        let halved = learnt(&text.replace("eta_factor = 1.0", "eta_factor = 0.5"), 40);
        let slower = learnt(&text.replace("eta = 0.01", "eta = 0.005"), 40);
        for (one, other) in halved.iter().zip(&slower) {
            prop_assert_eq!(bits(one), bits(other));
        }
        let place = text.find(&format!("name = \"p{layer}\"")).expect("a population");
        let (before, after) = text.split_at(place);
        let one = before.to_owned() + &after.replacen("eta_factor = 1.0", "eta_factor = 0.5", 1);
        let start = learnt(&text, 0);
        let moves = |steps: &usize| learnt(&text, *steps)[layer - 1] != start[layer - 1];
        let steps = (1..9).find(moves).expect("errors reach every layer");
        let (whole, half) = (learnt(&text, steps), learnt(&one, steps));
        for (at, start) in start.iter().enumerate() {
            let share = if at + 1 == layer { 0.5 } else { 1.0 };
            for ((start, whole), half) in start.iter().zip(&whole[at]).zip(&half[at]) {
                prop_assert!(close(half - start, share * (whole - start), 1e-12));
            }
        }
    }

    /// Equal time constants cancel: prospective errors are the instantaneous ones, and the membrane
    /// follows its drive at once.
    #[test]
    fn equal_time_constants_make_errors_instantaneous(
        tau in prop::array::uniform3(1..20_u32), phi in prop_oneof!["tanh", "softplus"], seed: u64,
    ) {
        let taus = tau.map(|t| (t, t));
        let network =
            Chain { sizes: &[2, 3, 4, 2], taus: &taus, phi: &phi, gamma: 0.3, extra: "" }.network();
        let start = network.initialise(seed);
        let control = network.clone().with_errors(Errors::Instantaneous);
        let mut one = Reference::new(&network, &start, 2);
        let mut other = Reference::new(&control, &start, 2);
        let values = noises(seed, 8 * 200);
        for step in values.chunks_exact(8) {
            let (inputs, target) = step.split_at(4);
            for network in [&mut one, &mut other] {
                network.step(inputs, Target::Values(target), true);
            }
            for population in 1..4 {
                let pairs = one.errors(population).iter().zip(other.errors(population));
                for (a, b) in pairs {
                    prop_assert!(close(*a, *b, 1e-9), "{} {}", a, b);
                }
                for (y, drive) in one.prospective(population).iter().zip(one.drives(population)) {
                    prop_assert!(close(*y, *drive, 1e-12));
                }
            }
        }
    }

    /// The gradient of a batch is the mean of those of its samples.
    #[test]
    fn a_batch_is_the_mean_of_its_samples(
        taus in prop::array::uniform2((1..20_u32, 1..20_u32)), lanes in 1..6_usize, seed: u64,
    ) {
        let network =
            Chain { sizes: &[2, 9, 2], taus: &taus, phi: "tanh", gamma: 0.1, extra: "" }.network();
        let start = network.initialise(seed);
        let mut batch = Reference::new(&network, &start, lanes);
        let mut singles = vec![Reference::new(&network, &start, 1); lanes];
        batch.observe();
        singles.iter_mut().for_each(Reference::observe);
        let values = noises(seed, 4 * lanes * 60);
        for step in values.chunks_exact(4 * lanes) {
            let (inputs, target) = step.split_at(2 * lanes);
            batch.step(inputs, Target::Values(target), false);
            for (lane, single) in singles.iter_mut().enumerate() {
                let at = 2 * lane..2 * lane + 2;
                single.step(&inputs[at.clone()], Target::Values(&target[at]), false);
            }
            let mean = |value: &dyn Fn(&Reference) -> f64| {
                singles.iter().map(value).sum::<f64>() / f64::from(u32::try_from(lanes).unwrap())
            };
            for (i, g) in batch.weight_gradient(0).iter().enumerate() {
                prop_assert!(close(*g, mean(&|r| r.weight_gradient(0)[i]), 1e-12));
            }
            for (i, g) in batch.bias_gradient(2).iter().enumerate() {
                prop_assert!(close(*g, mean(&|r| r.bias_gradient(2)[i]), 1e-12));
            }
            for (i, g) in batch.tau_gradient(1).iter().enumerate() {
                prop_assert!(close(*g, mean(&|r| r.tau_gradient(1)[i]), 1e-12));
            }
        }
    }

    /// Without memory, with a constant input and no coupling, the errors are those of
    /// backpropagation after twice as many steps as there are layers.
    #[test]
    fn settled_errors_are_backpropagated_ones(tau in prop::array::uniform3(1..20_u32), seed: u64) {
        let (sizes, taus) = ([3, 4, 5, 2], tau.map(|t| (t, t)));
        let network =
            Chain { sizes: &sizes, taus: &taus, phi: "tanh", gamma: 0.0, extra: "" }.network();
        let start = network.initialise(seed);
        let (input, target) = (noises(seed, 3), noises(!seed, 2));
        let mut reference = Reference::new(&network, &start, 1);
        for _ in 0..6 {
            reference.step(&input, Target::Values(&target), false);
        }
        let deltas = backpropagated(&start, &input, &target);
        for (layer, delta) in deltas.iter().enumerate() {
            for (e, delta) in reference.errors(layer + 1).iter().zip(delta) {
                prop_assert!(close(*e, *delta, 1e-12), "layer {}: {} {}", layer, e, delta);
            }
        }
    }

    /// Both filters leave a constant as it is, once they have settled.
    #[test]
    fn constants_pass_both_filters(m in 1..20_u32, r in 1..20_u32, level in -5.0..5.0_f64) {
        let (network, parameters) = unit(m, r);
        let (mut forward, mut error) =
            (Reference::new(&network, &parameters, 1), Reference::new(&network, &parameters, 1));
        for _ in 0..1000 {
            forward.step(&[level], Target::None, false);
            error.step(&[0.0], Target::Values(&[level]), false);
        }
        prop_assert!(close(forward.prospective(1)[0], level, 1e-12));
        prop_assert!(close(error.errors(1)[0], level, 1e-12));
    }

    /// A run that is saved and resumed in the middle of learning has the bits of one that is not.
    #[test]
    fn a_resumed_run_has_the_same_bits(
        taus in prop::array::uniform2((1..20_u32, 1..20_u32)), cut in 0..40_usize, seed: u64,
    ) {
        let network =
            Chain { sizes: &[1, 5, 3], taus: &taus, phi: "tanh", gamma: 0.1, extra: "" }.network();
        let mut whole = Reference::new(&network, &network.initialise(seed), 3);
        let run = |reference: &mut Reference, steps: std::ops::Range<usize>| {
            for step in steps {
                let at = |from: usize, count: usize| {
                    (from..from + count).map(|i| noise(seed, step * 12 + i)).collect::<Vec<_>>()
                };
                reference.step(&at(0, 3), Target::Values(&at(3, 9)), true);
            }
        };
        run(&mut whole, 0..cut);
        let saved = serde_json::to_string(&whole.training()).unwrap();
        let training: Training = serde_json::from_str(&saved).unwrap();
        let mut resumed = Reference::resume(&network, training, 3).unwrap();
        run(&mut whole, cut..40);
        run(&mut resumed, cut..40);
        prop_assert_eq!(&whole.training(), &resumed.training());
        prop_assert_eq!(bits(whole.outputs()), bits(resumed.outputs()));
    }

    /// A schedule multiplies growth and decay alike: half the rate is the network with half of both.
    #[test]
    fn a_share_of_the_rate_is_a_share_of_the_decay(seed: u64) {
        let chain = Chain { sizes: &[1, 5, 3], taus: &[(3, 1), (2, 2)], phi: "tanh", gamma: 0.1, extra: "" };
        let page = chain.network().to_toml();
        let taught = |eta: &str, decay: &str| {
            let page = page.replace("\neta = 0.01\n", eta).replace("\ndecay = 0.0\n", decay);
            Network::parse(&page, "-").unwrap_or_else(|found| panic!("{found}"))
        };
        let whole = taught("\neta = 0.02\n", "\ndecay = 0.5\n");
        let half = taught("\neta = 0.01\n", "\ndecay = 0.25\n");
        let start = whole.initialise(seed);
        let (mut one, mut other) = (Reference::new(&whole, &start, 1), Reference::new(&half, &start, 1));
        one.set_rate(0.5);
        for step in 0..20 {
            let target = [noise(seed, step), 0.5, -0.5];
            one.step(&[noise(seed, step + 40)], Target::Values(&target), true);
            other.step(&[noise(seed, step + 40)], Target::Values(&target), true);
        }
        prop_assert_eq!(one.parameters(), other.parameters());
    }

    /// Populations may stand in any order in the file: nothing reads what is written in the step.
    #[test]
    fn the_order_of_populations_changes_no_bit(seed: u64) {
        let one = general(["a", "b"]);
        let other = general(["b", "a"]);
        let mut start = one.initialise(seed);
        let mut first = Reference::new(&one, &start, 2);
        start.biases.swap(1, 2);
        start.tau_m.swap(1, 2);
        let mut second = Reference::new(&other, &start, 2);
        let values = noises(seed, 8 * 50);
        for step in values.chunks_exact(8) {
            let (inputs, target) = step.split_at(4);
            first.step(inputs, Target::Values(target), true);
            second.step(inputs, Target::Values(target), true);
        }
        let (a, b) = (first.parameters(), second.parameters());
        prop_assert_eq!(a.weights, b.weights);
        prop_assert_eq!(bits(first.errors(1)), bits(second.errors(2)));
        prop_assert_eq!(bits(first.membranes(2)), bits(second.membranes(1)));
    }
}

/// Deltas of every layer by the chain rule, for tanh neurons.
fn backpropagated(start: &Parameters, input: &[f64], target: &[f64]) -> Vec<Vec<f64>> {
    let mut rates = vec![input.to_vec()];
    for (weights, biases) in start.weights.iter().zip(&start.biases[1..]) {
        let below = rates.last().unwrap();
        let rows = weights.chunks_exact(below.len()).zip(biases);
        let y = rows.map(|(row, b)| b + row.iter().zip(below).map(|(w, r)| w * r).sum::<f64>());
        rates.push(y.map(libm::tanh).collect());
    }
    let output = rates.last().unwrap();
    let mut arriving: Vec<f64> = target.iter().zip(output).map(|(t, r)| t - r).collect();
    let mut deltas = Vec::new();
    for (weights, rates) in start.weights.iter().zip(&rates[1..]).rev() {
        let delta: Vec<f64> = arriving.iter().zip(rates).map(|(e, r)| e * (1.0 - r * r)).collect();
        let columns = weights.len() / delta.len();
        let down =
            |j: usize| delta.iter().enumerate().map(|(i, d)| d * weights[i * columns + j]).sum();
        arriving = (0..columns).map(down).collect();
        deltas.insert(0, delta);
    }
    deltas
}

/// A network with a skip, a recurrent and a self projection; the two populations in any order.
fn general(order: [&str; 2]) -> Network {
    let mut text =
        "name = \"g\"\ndt = \"0.1 ms\"\ngamma = 0.2\n[[population]]\nname = \"in\"\ninput = 2\n"
            .to_owned();
    for name in order {
        let (phi, tau) = if name == "a" { ("tanh", 3) } else { ("logistic", 7) };
        text += &format!(
            "[[population]]\nname = \"{name}\"\nsize = 2\nphi = \"{phi}\"\nbias = true\n\
             tau_m = \"{tau}e-1 ms\"\ntau_r = \"0.2 ms\"\n"
        );
    }
    for (from, to) in [("in", "a"), ("a", "b"), ("in", "b"), ("b", "a"), ("a", "a")] {
        text += &format!("[[projection]]\nfrom = \"{from}\"\nto = \"{to}\"\n");
    }
    text += "[teach]\npopulation = \"b\"\nloss = \"squared-error\"\n\
             [learning]\nrule = \"momentum\"\neta = 0.05\ndecay = 1e-3\nevery = 2\ntau_m = true\n";
    Network::parse(&text, "-").unwrap_or_else(|found| panic!("{found}"))
}

/// The update written out for the general network, neuron by neuron.
#[test]
fn skips_and_loops_follow_the_equations() {
    let network = general(["a", "b"]);
    let start = network.initialise(5);
    let mut reference = Reference::new(&network, &start, 1);
    let mut plain = Plain::default();
    for (step, values) in noises(9, 4 * 80).chunks_exact(4).enumerate() {
        let (inputs, target) = values.split_at(2);
        plain.step(&start, inputs, target);
        reference.step(inputs, Target::Values(target), false);
        for (population, (u, e)) in plain.membrane.iter().zip(&plain.error).enumerate() {
            for i in 0..2 {
                assert!(close(reference.membranes(population + 1)[i], u[i], 1e-12), "step {step}");
                assert!(close(reference.errors(population + 1)[i], e[i], 1e-12), "step {step}");
            }
        }
    }
}

#[derive(Default)]
struct Plain {
    membrane: [[f64; 2]; 2],
    lagged: [[f64; 2]; 2],
    error: [[f64; 2]; 2],
    rate: [[f64; 2]; 2],
    slope: [[f64; 2]; 2],
}

impl Plain {
    fn step(&mut self, start: &Parameters, inputs: &[f64], target: &[f64]) {
        let [a, b] = self.rate;
        let [error_a, error_b] = self.error;
        let sum = |p: usize, i: usize, r: &[f64]| {
            start.weights[p][i * 2] * r[0] + start.weights[p][i * 2 + 1] * r[1]
        };
        let back = |p: usize, j: usize, e: [f64; 2]| {
            start.weights[p][j] * e[0] + start.weights[p][2 + j] * e[1]
        };
        let mut next = Self::default();
        for i in 0..2 {
            let to_a = sum(0, i, inputs) + sum(3, i, &b) + sum(4, i, &a);
            let to_b = sum(1, i, &a) + sum(2, i, inputs);
            let raw_a = back(1, i, error_b) + back(4, i, error_a);
            let raw_b = back(3, i, error_a) + target[i] - b[i];
            self.neuron((0, i), start.biases[1][i] + to_a, raw_a, &mut next);
            self.neuron((1, i), start.biases[2][i] + to_b, raw_b, &mut next);
        }
        *self = next;
    }

    /// Neuron i of population p: tanh for the first, logistic for the second.
    fn neuron(&self, (p, i): (usize, usize), sum: f64, raw: f64, next: &mut Self) {
        const DT: f64 = 0.1;
        let (tau_m, tau_r) = ([0.3, 0.7][p], 0.2);
        let (membrane, lagged) = (self.membrane[p][i], self.lagged[p][i]);
        let lagged_dot = (raw * self.slope[p][i] - lagged) / tau_r;
        next.error[p][i] = lagged + tau_m * lagged_dot;
        let membrane_dot = (sum + 0.2 * next.error[p][i] - membrane) / tau_m;
        next.lagged[p][i] = lagged + DT * lagged_dot;
        next.membrane[p][i] = membrane + DT * membrane_dot;
        let prospective = membrane + tau_r * membrane_dot;
        let logistic = 1.0 / (1.0 + libm::exp(-prospective));
        let tanh = libm::tanh(prospective);
        next.rate[p][i] = [tanh, logistic][p];
        next.slope[p][i] = [1.0 - tanh * tanh, logistic * (1.0 - logistic)][p];
    }
}

/// Decay takes its share of the weights at every update, and of nothing else.
#[test]
fn decay_and_pauses_are_as_stated() {
    let network = general(["a", "b"]);
    let start = network.initialise(2);
    let mut reference = Reference::new(&network, &start, 1);
    // Slopes are 0 in the first step, so every gradient is, and only the decay acts.
    reference.step(&[0.0, 0.0], Target::None, true);
    let once = reference.parameters();
    for (w, start) in once.weights.concat().iter().zip(start.weights.concat()) {
        assert!(close(*w, start * (1.0 - 1e-3), 1e-15));
    }
    assert_eq!(once.biases, start.biases);
    // `every = 2`: the second step does not update.
    reference.step(&[0.0, 0.0], Target::None, true);
    assert_eq!(reference.parameters().weights, once.weights);
    assert_eq!((reference.steps(), reference.updates()), (2, 1));
    reference.step(&[0.0, 0.0], Target::None, false);
    assert_eq!(reference.updates(), 1);
}

#[test]
fn a_checkpoint_of_another_network_is_refused() {
    let network = general(["a", "b"]);
    let training = Reference::new(&network, &network.initialise(1), 2).training();
    let found = Reference::resume(&network, training, 3).unwrap_err().to_string();
    assert!(
        found.contains("[LL1104]: the checkpoint is not one of network g with 3 lanes"),
        "{found}"
    );
}

/// Lanes beyond the used ones fill the block and count for nothing.
#[test]
fn only_used_lanes_count() {
    let network =
        Chain { sizes: &[1, 2], taus: &[(2, 2)], phi: "linear", gamma: 0.0, extra: "" }.network();
    let block = |used| Block {
        steps: 5,
        lanes: 3,
        width: 1,
        inputs: noises(1, 15),
        targets: Targets::Class(vec![0, 1, 0]),
        used,
    };
    let score = |used| Reference::new(&network, &network.initialise(1), 3).run(&block(used), false);
    assert_eq!((score(3).samples, score(3).loss_count), (3, 15));
    assert_eq!((score(2).samples, score(2).loss_count), (2, 10));
    assert!(score(2).loss_sum < score(3).loss_sum);
}

/// Looking at a block does not change the parameters, and teaches nothing.
#[test]
fn a_test_block_leaves_no_trace_in_the_errors() {
    let network =
        Chain { sizes: &[1, 2], taus: &[(4, 2)], phi: "tanh", gamma: 0.0, extra: "" }.network();
    let mut reference = Reference::new(&network, &network.initialise(1), 1);
    let block = Block {
        steps: 9,
        lanes: 1,
        width: 1,
        inputs: noises(4, 9),
        targets: Targets::Class(vec![1]),
        used: 1,
    };
    let before = reference.parameters();
    let score = reference.run(&block, false);
    assert!(score.loss_sum > 0.0);
    assert_eq!(reference.parameters(), before);
    assert!(reference.errors(1).iter().all(|e| e.abs() == 0.0));
    reference.run(&block, true);
    assert_ne!(reference.parameters(), before);
}

#[test]
#[should_panic(expected = "parameters of another network")]
fn parameters_of_another_network_are_refused() {
    let small = Chain { sizes: &[1, 2], taus: &[(2, 2)], phi: "tanh", gamma: 0.0, extra: "" };
    let large = Chain { sizes: &[1, 3], ..small };
    let _ = Reference::new(&small.network(), &large.network().initialise(1), 1);
}
