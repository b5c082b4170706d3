//! Full scales and shares of the learning rate that a network states.

use leadlag_image::Ratio;

use crate::build::{chip, compiled, input, layer};

/// `weight_range` of a projection goes before that of the map, a list serves a chain, and biases are
/// as wide as the weights beside them.
#[test]
fn stated_ranges_are_the_full_scales() {
    let net = input("in", 1)
        + &["a", "b"].map(|name| layer(name, 2, "tanh", true)).concat()
        + &layer("c", 2, "tanh", false)
        + "[[projection]]\nchain = [\"in\", \"a\", \"b\"]\nweight_range = [16, 3]\n\
           [[projection]]\nfrom = \"b\"\nto = \"c\"\n[map]\nweight_range = 8\n";
    let image = compiled(&net, &chip(&[])).expect("fits").image;
    let scales: Vec<Vec<i32>> = (image.cores.iter())
        .map(|core| core.soma.array.groups.iter().map(|group| group.weight_scale).collect())
        .collect();
    assert_eq!(scales, [vec![4, 4], vec![2, 2], vec![3]]);
}

/// A list serves populations of one entry; what is not stated is 1.
#[test]
fn factors_of_the_learning_rate_reach_their_populations() {
    let net = input("in", 1)
        + &layer("a", 2, "tanh", true).replace("\"a\"", "[\"a\", \"b\"]\neta_factor = [0.25, 3]")
        + &layer("c", 2, "tanh", false)
        + "[[projection]]\nchain = [\"in\", \"a\", \"b\", \"c\"]\n";
    let image = compiled(&net, &chip(&[])).expect("fits").image;
    let factor = |ratio: Ratio| f64::from(ratio.mantissa) * f64::from(ratio.exponent).exp2();
    let factors = image.populations.iter().map(|population| factor(population.eta_factor));
    assert_eq!(factors.collect::<Vec<_>>(), [0.25, 3.0, 1.0]);
}
