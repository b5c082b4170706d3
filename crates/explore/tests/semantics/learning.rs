//! Learning on the chip: it works, when it should, and both ends of a projection agree.

use leadlag_chip::Emulator;
use leadlag_image::Compartment;
use leadlag_quantize::{code, value};

use crate::bench::{Net, array, load, loss, run};

#[test]
fn every_rule_learns_a_toy_task() {
    for learning in [
        "rule = \"sgd\"\neta = 0.03",
        "rule = \"momentum\"\nmomentum = 0.9\neta = 0.003",
        "rule = \"adam\"\neta = 0.001",
        "rule = \"adam\"\neta = 0.001\nfeedback = \"kolen-pollack\"\ndecay = 1e-5",
        "rule = \"sgd\"\neta = 0.03\nfeedback = \"fixed\"\noperand = \"adc\"",
    ] {
        let mut chips = Net { learning, ..Net::default() }.chips(&[]);
        let before = loss(&mut chips, 300, false);
        for _ in 0..20 {
            run(&mut chips, 300, true);
        }
        let after = loss(&mut chips, 300, false);
        assert!(after < 0.1 * before, "{learning}: {before:.0} -> {after:.0}");
    }
}

/// The weights that may change do so in the steps of the schedule, and in no other.
#[test]
fn an_update_every_five_steps_is_every_five_steps() {
    let learning = "rule = \"sgd\"\neta = 0.5\nrounding = \"nearest\"\nevery = 5";
    let mut chips = Net { learning, ..Net::default() }.chips(&[]);
    let words =
        |chips: &Emulator, side| -> Vec<Vec<i16>> { array(&chips.trained_image(), 0, side) };
    for step in 0..40 {
        let before = Compartment::ALL.map(|side| words(&chips, side));
        run(&mut chips, 1, true);
        let changed: Vec<bool> = Compartment::ALL
            .iter()
            .zip(before)
            .map(|(&side, old)| words(&chips, side) != old)
            .collect();
        if step > 9 {
            assert_eq!(changed, [step % 5 == 4, step % 5 == 0], "step {step}");
        }
    }
}

/// The feedback weights are the transpose of the forward ones of the step before, also after a
/// pause in which nothing was taught.
#[test]
fn mirrored_feedback_follows_by_one_step_through_pauses() {
    let mut chips = Net {
        learning: "rule = \"momentum\"\neta = 0.1\nrounding = \"nearest\"",
        ..Net::default()
    }
    .chips(&[]);
    let mut last = chips.trained_image();
    let mut moved = 0;
    for step in 0..80 {
        run(&mut chips, 1, step % 7 < 5);
        let now = chips.trained_image();
        let forward = array(&last, 1, Compartment::Soma);
        let back = array(&now, 0, Compartment::Apical);
        for (j, i) in (0..10).flat_map(|j| (0..4).map(move |i| (j, i))) {
            assert_eq!(back[i][j], forward[j][i], "step {step}, {j} -> {i}");
        }
        moved += usize::from(forward != array(&now, 1, Compartment::Soma));
        last = now;
    }
    assert!(moved > 40, "the weights move: {moved}");
}

/// beta (target - r), in units of the error's own scale, at the codes' resolution.
#[test]
fn the_squared_error_is_injected() {
    let net = Net { teach: "loss = \"squared-error\"\nbeta = 0.5", ..Net::default() };
    let mut chips = net.chips(&[]);
    run(&mut chips, 30, true);
    let scale = chips.image().cores[1].soma.scale;
    let error_scale = chips.image().cores[1].apical.scale;
    let record = run(&mut chips, 1, true);
    let mut again = net.chips(&[]);
    run(&mut again, 30, true);
    let codes = [0; 6];
    let targets = [8000_i16; 8];
    let taught = leadlag_chip::Targets::Codes { codes: &targets, present: &[true] };
    again.run(&leadlag_chip::Stimulus { steps: 1, codes: &codes, targets: taught, learn: true });
    for (output, &rate) in record.rates[..4].iter().enumerate() {
        let error = 0.5 * (value(8000, scale, 16) - value(rate, scale, 16));
        let wanted = i32::from(code(error, error_scale, 10)) << 15;
        let found = again.state().shards[0].cores[1].injection[output];
        assert!((found - wanted).abs() <= 1 << 15, "{found} {wanted}");
        assert_ne!(found, 0);
    }
    let absent = leadlag_chip::Targets::Codes { codes: &targets, present: &[false] };
    again.run(&leadlag_chip::Stimulus { steps: 1, codes: &codes, targets: absent, learn: true });
    assert!(again.state().shards[0].cores[1].injection.iter().all(|&word| word == 0));
}

/// Instantaneous errors have no memory: what the circuit shows is what drives it.
#[test]
fn instantaneous_errors_copy_their_drive() {
    for (head, copies) in [("errors = \"instantaneous\"", true), ("", false)] {
        let mut chips = Net { head, ..Net::default() }.chips(&[]);
        run(&mut chips, 40, true);
        let hidden = &chips.state().shards[0].cores[0].apical;
        assert!(hidden.prospective.iter().any(|&e| e != 0));
        assert_eq!(hidden.lagged == hidden.prospective, copies);
    }
}

/// With gamma above zero a taught error nudges the rates; with gamma zero teaching changes none.
#[test]
fn gamma_nudges_and_its_absence_does_not() {
    for (head, nudges) in [("gamma = 0.5", true), ("", false)] {
        let net = Net { head, learning: "rule = \"sgd\"\neta = 0.0", ..Net::default() };
        let (mut taught, mut free) = (net.chips(&[]), net.chips(&[]));
        let (a, b) = (run(&mut taught, 60, true), run(&mut free, 60, false));
        assert_eq!(a != b, nudges, "{head}");
    }
}

/// A trained image loads as a chip that goes on as the learning one would without learning.
#[test]
fn a_trained_image_is_the_trained_chip() {
    let mut chips = Net::default().chips(&[]);
    run(&mut chips, 100, true);
    let mut fresh = load(chips.trained_image());
    assert_eq!(fresh.trained_image(), chips.trained_image());
    let settled = |chips: &mut Emulator| {
        let record = run(chips, 300, false);
        record.rates[298 * record.outputs..][..record.outputs].to_vec()
    };
    // The inputs depend on the step, so both stand at the same one.
    run(&mut fresh, 100, false);
    assert_eq!(settled(&mut fresh), settled(&mut chips), "the past is forgotten");
}
