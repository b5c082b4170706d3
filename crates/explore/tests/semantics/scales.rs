//! Error scales that move while the chip runs.

use crate::bench::{Net, all_registers, load, run};

/// Errors that are small against their scale, so that finer units lose nothing at the ends.
const SMALL: Net = Net {
    hidden: 10,
    outputs: 4,
    head: "",
    teach: "loss = \"squared-error\"",
    learning: "rule = \"adam\"\neta = 0.001",
    error: 64.0,
};

/// The same with half a sum of products in the synapses after 200 steps.
const GATHERS: Net =
    Net { learning: "rule = \"adam\"\neta = 0.001\nevery = 7\naccumulate = true", ..SMALL };

#[test]
fn finer_units_and_back_leave_every_register() {
    finer_and_back(&SMALL);
}

#[test]
fn finer_units_and_back_leave_gathered_products() {
    let chips = finer_and_back(&GATHERS);
    let gathered = |array: &leadlag_chip::ArrayState| array.sum.iter().any(|&sum| sum != 0);
    assert!(chips.state().arrays.iter().any(gathered));
}

fn finer_and_back(net: &Net) -> leadlag_chip::Emulator {
    let mut chips = net.chips(&[]);
    run(&mut chips, 200, true);
    let (before, scales) = (chips.state().clone(), chips.state().error_scales.clone());
    let finer: Vec<i32> = scales.iter().map(|s| s - 1).collect();
    chips.set_error_scales(&finer).expect("within the range");
    for (now, old) in chips.state().arrays.iter().zip(&before.arrays) {
        let doubled = |words: &[i16]| words.iter().map(|word| 2 * word).collect::<Vec<_>>();
        assert_eq!([&now.mean, &now.magnitude], [&doubled(&old.mean), &doubled(&old.magnitude)]);
        assert!(now.sum.iter().zip(&old.sum).all(|(now, old)| *now == 2 * old));
        assert_eq!(now.weight, old.weight);
    }
    let cells = |state: &leadlag_chip::State| {
        state.shards.iter().flat_map(|s| s.cores.clone()).collect::<Vec<_>>()
    };
    for (now, old) in cells(chips.state()).iter().zip(&cells(&before)) {
        let same = |now: &[i32], old: &[i32]| now.iter().zip(old).all(|(now, old)| *now == 2 * old);
        assert!(
            same(&now.apical.lagged, &old.apical.lagged)
                && same(&now.apical.prospective, &old.apical.prospective)
        );
        assert!(now.apical.sent.iter().zip(&old.apical.sent).all(|(now, old)| *now == 2 * old));
        assert_eq!(now.soma, old.soma);
    }
    chips.set_error_scales(&scales).expect("within the range");
    assert_eq!(chips.state(), &before);
    chips
}

#[test]
fn a_rescaled_chip_is_one_compiled_at_those_scales() {
    let image = SMALL.image(&[]);
    for by in [-3, 2] {
        let scales: Vec<i32> = image.cores.iter().map(|c| c.apical.scale + by).collect();
        let mut other = image.clone();
        for (core, &scale) in other.cores.iter_mut().zip(&scales) {
            core.apical.scale = scale;
        }
        let (mut moved, mut made) = (load(image.clone()), load(other));
        moved.set_error_scales(&scales).expect("within the range");
        assert_eq!(moved.state(), made.state());
        assert_eq!(run(&mut moved, 100, true), run(&mut made, 100, true));
        assert_eq!(moved.state(), made.state());
        assert_eq!(moved.trained_image(), made.trained_image());
    }
}

#[test]
fn scales_that_cannot_be_are_refused_and_change_nothing() {
    let mut chips = SMALL.chips(&[]);
    run(&mut chips, 20, true);
    let before = chips.state().clone();
    for scales in [vec![0, 25], vec![0], vec![-20, 20]] {
        let found = chips.set_error_scales(&scales).expect_err("refused");
        assert!(["LL1260", "LL1262", "LL1271"].contains(&found.0[0].code), "{found}");
        assert_eq!(chips.state(), &before);
    }
    assert!(!all_registers(&chips).is_empty());
}
