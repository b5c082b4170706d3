//! Populations that spike: units, exact weights, and what is refused.

use leadlag_diagnostic::Diagnostic;
use leadlag_image::{Chip, Image, Sender, Spike, registers};

use crate::build::{chip, compiled, input, layer, projection};

fn lif(name: &str, size: usize, rest: &str) -> String {
    format!("[[population]]\nname = \"{name}\"\nneuron = \"lif\"\nsize = {size}\n{rest}")
}

/// Lines that reach whole membranes with these weights.
fn whole(threshold: u32, weights: &str) -> String {
    input("in", 2)
        + &lif("n", 1, &format!("threshold = {threshold}\nleak = \"128/4096\"\n"))
        + &projection("in", "n", &format!("weights = [{weights}]\n"))
}

/// A chip whose converters and rails are soon reached.
fn narrow(settings: &[&str]) -> Chip {
    chip(&[&["dac_bits=8", "rails=8"], settings].concat())
}

fn image(rest: &str, settings: &[&str]) -> Image {
    compiled(rest, &narrow(settings)).unwrap_or_else(|found| panic!("{found}")).image
}

fn spike(image: &Image, core: usize) -> Spike {
    image.cores[core].spike().expect("it spikes")
}

fn refusal(rest: &str, settings: &[&str]) -> Diagnostic {
    let mut found = compiled(rest, &narrow(settings)).expect_err("refused").0;
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// Whatever the weights, a membrane that counts whole numbers has steps of 1.
#[test]
fn whole_membranes_have_steps_of_one() {
    for (weights, fraction) in
        [("[-31.0, 32.0]", 0), ("[1.0, -1.0]", 0), ("[254.0, -2.0]", 1), ("[-512.0, 508.0]", 2)]
    {
        let image = image(&whole(1024, weights), &[]);
        assert_eq!(registers::membrane_unit(&image, 0), Ok(Some(0)), "{weights}");
        let wanted = Spike { threshold: 1024, leak: 128, leak_shift: 12, refractory: 0, fraction };
        assert_eq!(spike(&image, 0), wanted, "{weights}");
    }
}

#[test]
fn a_weight_that_no_converter_has_is_refused() {
    let found = refusal(&whole(1024, "[129.0, -2.0]"), &[]);
    assert_eq!(
        (found.code, found.message.as_str()),
        (
            "LL2620",
            "`in -> n` has the weight 129, a whole number of 9 bits; a synapse converter has 8"
        )
    );
    assert!(found.help.contains(&"`--set dac_bits=9`".to_owned()), "{found:?}");
    assert_eq!(found.labels.len(), 1, "it points at the population");
    let way_out = image(&whole(1024, "[129.0, -2.0]"), &["dac_bits=9"]);
    assert_eq!(registers::membrane_unit(&way_out, 0), Ok(Some(0)));
}

#[test]
fn a_threshold_beyond_the_rails_is_refused() {
    let found = refusal(&whole(200_000_000, "[1.0, 2.0]"), &[]);
    assert_eq!(
        (found.code, found.message.as_str()),
        (
            "LL2621",
            "the threshold of `n` is 200000000 steps of its membrane; the rails hold it at 134217728"
        )
    );
    image(&whole(200_000_000, "[1.0, 2.0]"), &["rails=32"]);
}

/// A real membrane is as fine as eight thresholds in the rails and the hardware allow.
#[test]
fn real_membranes_are_fine() {
    let net = |threshold: f64| {
        input("in", 1)
            + &lif("n", 1, &format!("threshold = {threshold:?}\ntau_m = \"0.8 ms\"\n"))
            + &projection("in", "n", "weights = [[0.5]]\n")
    };
    let fine = image(&net(1.0), &[]);
    assert_eq!(
        (spike(&fine, 0).fraction, spike(&fine, 0).leak, spike(&fine, 0).leak_shift),
        (12, 1 << 22, 24)
    );
    let unit = registers::membrane_unit(&fine, 0).expect("valid").expect("it spikes");
    assert_eq!(f64::from(spike(&fine, 0).threshold).to_bits(), 2.0_f64.powi(-unit).to_bits());
    let coarse = spike(&image(&net(60_000.0), &[]), 0);
    assert!(coarse.fraction < 12 && 8 * i64::from(coarse.threshold) <= 8 << 24, "{coarse:?}");
}

/// No error crosses a spike: no apical rows there, and spikes are sent on change.
#[test]
fn errors_end_at_spikes() {
    let net = input("in", 1)
        + &layer("before", 2, "tanh", false)
        + &lif("n", 3, "threshold = 1.0\ntau_m = \"2 ms\"\n")
        + &layer("after", 2, "linear", false)
        + "[[projection]]\nchain = [\"in\", \"before\", \"n\", \"after\"]\n"
        + &projection("before", "after", "");
    let image = image(&net, &[]);
    let rows = |core: usize| image.cores[core].apical.array.rows();
    assert_eq!([rows(0), rows(1), rows(2)], [2, 0, 0], "from `after` to `before` alone");
    let senders = [0, 1, 2].map(|core: usize| image.cores[core].soma.sender);
    assert_eq!(senders, [Sender::EveryStep, Sender::OnChange { threshold: 1 }, Sender::EveryStep]);
    assert!(image.cores[0].spike().is_none() && image.cores[1].spike().is_some());
}
