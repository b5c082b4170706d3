//! Full scales that a network states.

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
