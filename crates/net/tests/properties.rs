//! Networks of any kind: their text loses nothing, their draws depend on nothing else.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]
#![expect(clippy::format_push_string, reason = "a text of some lines")]

use leadlag_net::{Network, Parameters};
use proptest::prelude::*;

const PHI: [&str; 7] =
    ["linear", "tanh", "logistic", "softplus", "relu", "hard-sigmoid", "hard-tanh"];

/// A time of 1 to 1000 times 0.1 ms, as a file may write it.
fn tau() -> impl Strategy<Value = String> {
    (1..1000_u32).prop_flat_map(|n| {
        prop_oneof![
            Just(format!("\"{} us\"", n * 100)),
            Just(format!("\"{}.{} ms\"", n / 10, n % 10)),
            Just(format!("\"{n}e-4s\"")),
        ]
    })
}

fn neurons(index: usize) -> impl Strategy<Value = (usize, String)> {
    let groups = prop::collection::vec((1..4_usize, tau(), tau()), 1..4);
    let bias = prop_oneof![Just(""), Just("bias = true\n"), Just("bias = false\n")];
    (groups, 0..PHI.len(), bias).prop_map(move |(groups, phi, bias)| {
        let size = groups.iter().map(|(count, ..)| count).sum();
        let texts: Vec<_> = groups
            .iter()
            .map(|(count, m, r)| format!("{{ count = {count}, tau_m = {m}, tau_r = {r} }}"))
            .collect();
        let (phi, groups) = (PHI[phi], texts.join(", "));
        let text = format!(
            "[[population]]\nname = \"p{index}\"\ntau = [{groups}]\nphi = \"{phi}\"\n{bias}"
        );
        (size, text)
    })
}

fn learning() -> impl Strategy<Value = String> {
    let rule = prop_oneof![
        Just("rule = \"sgd\"\n".to_owned()),
        (0.0..1.0_f64).prop_map(|m| format!("rule = \"momentum\"\nmomentum = {m:?}\n")),
        (0.0..1.0_f64, 1e-12..1.0_f64, any::<bool>()).prop_map(|(b, e, sums)| {
            format!("rule = \"adam\"\nbeta2 = {b:?}\nepsilon = {e:?}\naccumulate = {sums}\n")
        }),
    ];
    let chip = prop_oneof![
        Just(""),
        Just("sender = \"on-change\"\nthreshold = 3\nfeedback = \"kolen-pollack\"\n"),
        Just("rounding = \"nearest\"\noperand = \"adc\"\nevery = 7\ntau_m = true\n"),
    ];
    (rule, 0.0..10.0_f64, chip).prop_map(|(rule, eta, chip)| {
        format!(
            "[teach]\npopulation = \"p1\"\nloss = \"nll\"\n[learning]\n{rule}eta = {eta:?}\n{chip}"
        )
    })
}

/// Layers with a skip from the input and a recurrent projection at the end.
fn network() -> impl Strategy<Value = Network> {
    let layers = (1..4_usize).prop_flat_map(|n| (1..=n).map(neurons).collect::<Vec<_>>());
    (1..4_usize, layers, any::<i32>(), prop::option::of(learning())).prop_map(
        |(lines, layers, scale, learning)| {
            let mut text = format!(
                "name = \"net\"\ndt = \"0.1 ms\"\n[[population]]\nname = \"p0\"\ninput = {lines}\n"
            );
            text.extend(layers.iter().map(|(_, layer)| layer.as_str()));
            let last = layers.len();
            for to in 1..=last {
                let from = to - 1;
                text += &format!("[[projection]]\nfrom = \"p{from}\"\nto = \"p{to}\"\n");
                text += if to == 1 { "" } else { "weight_range = 2.5\n" };
            }
            if last > 1 {
                let row = format!("[{}]", vec![format!("{scale}e-3"); lines].join(", "));
                let rows = vec![row; layers[last - 1].0].join(", ");
                text += &format!(
                    "[[projection]]\nfrom = \"p0\"\nto = \"p{last}\"\nweights = [{rows}]\n"
                );
            }
            text += &format!(
                "[[projection]]\nfrom = \"p{last}\"\nto = \"p{last}\"\nplastic = false\n\
                 init = {{ constant = 0.25 }}\n"
            );
            text += &learning.unwrap_or_default();
            Network::parse(&text, "-").unwrap_or_else(|found| panic!("{found}\n{text}"))
        },
    )
}

fn all(parameters: &Parameters) -> impl Iterator<Item = f64> + '_ {
    parameters.weights.iter().chain(&parameters.biases).flatten().copied()
}

proptest! {
    /// What a network writes reads back as the same network, and writes the same text again.
    #[test]
    fn the_text_form_loses_nothing(network in network()) {
        let text = network.to_toml();
        let again = Network::parse(&text, "resolved").unwrap_or_else(|found| panic!("{found}\n{text}"));
        prop_assert_eq!(&again, &network);
        prop_assert_eq!(again.to_toml(), text);
    }

    /// The start has the shape of the network, is bounded, and is a function of the seed.
    #[test]
    fn the_start_is_a_function_of_the_seed(network in network(), seed: u64) {
        let start = network.initialise(seed);
        prop_assert_eq!(&start, &network.initialise(seed));
        prop_assert_eq!(all(&start).count(), network.parameter_count());
        for (projection, weights) in network.projections().iter().zip(&start.weights) {
            prop_assert_eq!(weights.len(), network.pre_size(projection) * network.post_size(projection));
        }
        let drawn = network.projections().iter().position(|p| p.plastic).unwrap();
        let spread = 1.0 / f64::from(u32::try_from(network.fan_in(network.projections()[drawn].to)).unwrap()).sqrt();
        prop_assert!(start.weights[drawn].iter().all(|w| w.abs() < spread));
        prop_assert_ne!(&start.weights[drawn], &network.initialise(!seed).weights[drawn]);
    }

    /// No text makes the reader panic.
    #[test]
    fn any_text_is_answered(text in "(name|dt|tau|\\[\\[population\\]\\]|\\[teach\\]|=|\"|1|\\{|\\}|\\n| ){0,40}") {
        let _: Result<_, _> = Network::parse(&text, "-");
    }
}

/// Uniform on plus or minus one over the root of the fan-in: mean 0, variance a third of its square.
#[test]
fn the_start_is_uniform() {
    let text = "name = \"n\"\ndt = \"1 ms\"\n[[population]]\nname = \"in\"\ninput = 400\n\
        [[population]]\nname = \"out\"\nsize = 100\ntau_m = \"1 ms\"\ntau_r = \"1 ms\"\n\
        phi = \"linear\"\n[[projection]]\nfrom = \"in\"\nto = \"out\"\n";
    let start = Network::parse(text, "-").unwrap().initialise(3);
    let weights = &start.weights[0];
    let mean = weights.iter().sum::<f64>() / 40_000.0;
    let variance = weights.iter().map(|w| w * w).sum::<f64>() / 40_000.0;
    assert!(mean.abs() < 5e-4, "{mean}");
    assert!((variance * 1200.0 - 1.0).abs() < 0.02, "{variance}");
}
