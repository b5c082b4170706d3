//! Where a neuron sits does not show in what it does.

use leadlag_image::Compartment;

use crate::bench::{Net, all_registers, array, run};

const LAYER: Net = Net {
    hidden: 75,
    outputs: 40,
    head: "gamma = 0.1",
    teach: "loss = \"squared-error\"",
    learning: "",
    error: 1.0,
};

/// Cut into column parts, a network computes the same bits and learns the same weights.
///
/// Note: a draw depends on the core and the column, and the normalised rule draws even where weights
/// are rounded to nearest; so the rules here are the two that need not draw.
#[test]
fn a_layer_in_parts_is_the_layer() {
    for rule in ["rule = \"sgd\"\neta = 0.02", "rule = \"momentum\"\neta = 0.02\noperand = \"adc\""]
    {
        let learning = format!("{rule}\nrounding = \"nearest\"");
        let net = Net { learning: learning.leak(), ..LAYER };
        let (mut whole, mut parts) = (net.chips(&["neurons=96"]), net.chips(&["neurons=32"]));
        assert_eq!((whole.image().cores.len(), parts.image().cores.len()), (2, 5));
        let start = whole.trained_image();
        for step in 0..60 {
            let (a, b) = (run(&mut whole, 1, step % 20 != 19), run(&mut parts, 1, step % 20 != 19));
            assert_eq!(a, b, "outputs of step {step}");
            assert_eq!(all_registers(&whole), all_registers(&parts), "registers of step {step}");
        }
        let (whole, parts) = (whole.trained_image(), parts.trained_image());
        for (population, side) in [0, 1].into_iter().flat_map(|p| Compartment::ALL.map(|s| (p, s)))
        {
            assert_eq!(array(&whole, population, side), array(&parts, population, side));
        }
        assert_ne!(
            array(&whole, 0, Compartment::Soma),
            array(&start, 0, Compartment::Soma),
            "it learns"
        );
    }
}
