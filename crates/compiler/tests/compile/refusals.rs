//! Every refusal: its code, its sentence with both numbers, and ways out that lead out.

use leadlag_diagnostic::Diagnostic;

use crate::build::{chip, compiled, input, layer, network, projection};

/// The one finding of a compilation that is refused.
fn refusal(rest: &str, settings: &[&str]) -> Diagnostic {
    let mut found = compiled(rest, &chip(settings)).expect_err("refused").0;
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// The argument of the `--set` among the ways out.
fn setting(found: &Diagnostic) -> &str {
    let sets = found.help.iter().filter_map(|help| help.split("`--set ").nth(1)?.split('`').next());
    sets.into_iter().next().unwrap_or_else(|| panic!("no `--set` in {found:?}"))
}

fn assert_says(found: &Diagnostic, code: &str, sentence: &str) {
    assert_eq!((found.code, found.message.as_str()), (code, sentence));
    assert!(!found.help.is_empty(), "there is a way out");
}

fn fits(rest: &str, settings: &[&str]) {
    if let Err(found) = compiled(rest, &chip(settings)) {
        panic!("{found}");
    }
}

fn chain(lines: usize, hidden: usize, out: usize, bias: bool) -> String {
    input("in", lines)
        + &layer("hid", hidden, "tanh", bias)
        + &layer("out", out, "linear", false)
        + "[[projection]]\nchain = [\"in\", \"hid\", \"out\"]\n"
}

#[test]
fn too_many_inputs_name_the_rows() {
    let net = chain(40, 3, 2, true);
    let found = refusal(&net, &["rows=40"]);
    assert_says(&found, "LL2003", "layer `hid` needs 41 inputs per neuron; a core has 40 rows");
    assert_eq!(found.labels.len(), 1, "it points at the layer");
    fits(&net, &[setting(&found)]);
    fits(&chain(40, 3, 2, false), &["rows=40"]);
}

#[test]
fn a_way_out_that_no_chip_has_is_not_offered() {
    let found = refusal(&chain(4096, 3, 2, true), &[]);
    assert_eq!(found.message, "layer `hid` needs 4097 inputs per neuron; a core has 256 rows");
    assert!(found.help.iter().all(|help| !help.contains("--set")), "{:?}", found.help);
}

#[test]
fn too_many_receivers_name_the_apical_rows() {
    let net = chain(2, 5, 30, false) + &projection("hid", "hid", "");
    let found = refusal(&net, &["rows=34"]);
    let sentence = "layer `hid` receives errors from 35 neurons; an apical array has 34 rows";
    assert_says(&found, "LL2004", sentence);
    fits(&net, &[setting(&found)]);
}

#[test]
fn too_many_cores_name_the_first_layer_without_one() {
    let net = chain(2, 130, 3, false);
    let small = ["neurons=32", "mesh=[2, 2]"];
    let found = refusal(&net, &small);
    let sentence =
        "the network needs 6 cores; the chip has 4, and layer `hid` is the first without one";
    assert_says(&found, "LL2005", sentence);
    assert_eq!(setting(&found), "mesh=[3, 3]");
    fits(&net, &[small[0], setting(&found)]);
    fits(&net, &["neurons=160", small[1]]);
}

#[test]
fn time_constants_that_may_become_too_short_for_their_lead_are_refused() {
    let taught = "[teach]\npopulation = \"out\"\nloss = \"squared-error\"\n[learning]\nrule = \"sgd\"\neta = 0.1\n";
    let net =
        input("in", 1) + &layer("out", 1, "linear", false) + &projection("in", "out", "") + taught;
    let net =
        net.replace("tau_r = \"0.2 ms\"", "tau_r = \"64 ms\"").replace("\"1.2 ms\"", "\"6 ms\"");
    let found = refusal(&(net.clone() + "tau_m = true\ntau_min = \"0.5 ms\"\n"), &[]);
    let sentence = "layer `out` may learn membranes of 500 us, of which its `tau_r` is 128 times as long; a circuit leads by less than 128 lags";
    assert_says(&found, "LL2006", sentence);
    fits(&(net.clone() + "tau_m = true\ntau_min = \"0.6 ms\"\n"), &[]);
    fits(&net, &[]);
}

/// A rate that no register holds is refused where the file states it, whatever the rule makes of it.
#[test]
fn rates_beyond_the_registers_are_refused_at_their_lines() {
    let net = |learning: &str| {
        let taught = "[teach]\npopulation = \"out\"\nloss = \"squared-error\"\n[learning]\n";
        let chain = input("in", 1) + &layer("out", 1, "linear", false);
        chain + &projection("in", "out", "") + taught + learning
    };
    for (learning, line, given) in [
        ("rule = \"sgd\"\neta = 1e308\n", "eta = 1e308", "`learning.eta` is 1e308"),
        ("rule = \"adam\"\neta = 1e-16\n", "eta = 1e-16", "`learning.eta` is 1e-16"),
        ("rule = \"momentum\"\nmomentum = 0.9\neta = 6e22\n", "", ""),
        (
            "rule = \"momentum\"\nmomentum = 0.9\neta = 1e23\n",
            "eta = 1e23",
            "`learning.eta` is 1e23",
        ),
        ("rule = \"sgd\"\neta = 6e23\n", "", ""),
        ("rule = \"sgd\"\neta = 0\n", "", ""),
        ("rule = \"sgd\"\neta = 1\ndecay = 1e-20\n", "decay = 1e-20", "`learning.decay` is 1e-20"),
    ] {
        let net = net(learning);
        if line.is_empty() {
            fits(&net, &[]);
            continue;
        }
        let found = refusal(&net, &[]);
        assert_says(
            &found,
            "LL2680",
            &format!(
                "{given}; the chip holds 0 and rates from 2^-50 (8.9e-16) to below 2^79 (6.0e23)"
            ),
        );
        let (_, text) = network(&net);
        assert_eq!(&text[found.labels[0].span.clone()], line, "{found:?}");
    }
}

#[test]
fn a_factor_beyond_the_registers_is_refused_at_its_population() {
    let net = |factor: &str| {
        let out = layer("out", 1, "linear", false)
            .replace("size = 1", &format!("size = 1\neta_factor = {factor}"));
        input("in", 1) + &out + &projection("in", "out", "")
    };
    fits(&net("1e-9"), &[]);
    let found = refusal(&net("1e30"), &[]);
    assert_says(
        &found,
        "LL2680",
        "`population.eta_factor` is 1e30; the chip holds 0 and rates from 2^-50 (8.9e-16) to below 2^79 (6.0e23)",
    );
    let (_, text) = network(&net("1e30"));
    assert_eq!(&text[found.labels[0].span.clone()], "\"out\"", "{found:?}");
}

#[test]
fn a_lead_beyond_the_circuit_is_refused_and_the_stated_factor_fits() {
    let net = |slow: &str| {
        input("in", 1)
            + &format!(
                "[[population]]\nname = \"out\"\nsize = 1\ntau_m = \"{slow} ms\"\ntau_r = \"0.2 ms\"\nphi = \"tanh\"\n"
            )
            + &projection("in", "out", "")
    };
    let found = refusal(&net("25.6"), &[]);
    let sentence = "layer `out` has a circuit with a lag of 1.000 and a lead of 128.000 steps; a circuit has a lag of at least 1 and leads by less than 128 lags";
    assert_says(&found, "LL2007", sentence);
    assert_eq!(found.help, ["bring `tau_m` and `tau_r` within a factor of 127"]);
    fits(&net("25.4"), &[]);
    fits(&("errors = \"instantaneous\"\n".to_owned() + &net("25.6")), &[]);
}

#[test]
fn a_loss_that_the_chip_has_not_is_refused() {
    let net = |loss: &str| {
        chain(2, 3, 2, false) + &format!("[teach]\npopulation = \"out\"\nloss = \"{loss}\"\n")
    };
    let found = refusal(&net("nll"), &[]);
    let sentence =
        "layer `out` is taught with the loss `nll`; the chip has 2 losses, and this is not one";
    assert_says(&found, "LL2008", sentence);
    for loss in ["cross-entropy", "squared-error"] {
        assert!(found.help[0].contains(loss));
        fits(&net(loss), &[]);
    }
}

#[test]
fn a_softmax_stays_on_one_core() {
    let net = |loss: &str| {
        chain(2, 3, 40, false) + &format!("[teach]\npopulation = \"out\"\nloss = \"{loss}\"\n")
    };
    let found = refusal(&net("cross-entropy"), &["neurons=32"]);
    let sentence = "layer `out` has 40 outputs under cross-entropy; one core has 32 columns, and a softmax stays on one core";
    assert_says(&found, "LL2009", sentence);
    fits(&net("cross-entropy"), &[setting(&found)]);
    fits(&net("squared-error"), &["neurons=32"]);
}

#[test]
fn everything_is_refused_at_once() {
    let net = chain(40, 70, 50, true) + "[teach]\npopulation = \"out\"\nloss = \"cross-entropy\"\n";
    let tiny = chip(&["neurons=32", "rows=32", "mesh=[1, 2]"]);
    let found = compiled(&net, &tiny).expect_err("refused").0;
    let codes: Vec<&str> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["LL2003", "LL2004", "LL2003", "LL2009", "LL2005"]);
}

/// Two layers that project crosswise to two others want opposite differences of error scales; then
/// the weights give way, and there is an end to it.
#[test]
fn contradicting_scales_are_levelled_by_the_weights() {
    let weight =
        |from, to, value| projection(from, to, &format!("init = {{ constant = {value:?} }}\n"));
    let layers: String = ["p", "q", "a", "b"].map(|name| layer(name, 1, "tanh", false)).concat();
    let net = input("in", 1)
        + &layers
        + &weight("in", "p", 1.0)
        + &weight("in", "q", 1.0)
        + &weight("p", "a", 1.0)
        + &weight("p", "b", 0.01)
        + &weight("q", "a", 0.01)
        + &weight("q", "b", 1.0);
    let made = compiled(&net, &chip(&["row_shift_max=0"])).expect("fits");
    assert!(made.warnings.iter().any(|w| w.message.contains("the weights of `p -> b`")));
    fits(&net, &["row_shift_max=8", "payload_bits=8"]);
}

#[test]
fn a_raised_scale_is_told_and_the_way_out_leads_out() {
    let net = input("in", 1)
        + &layer("out", 1, "tanh", false)
        + &projection("in", "out", "init = { constant = 1.0 }\n")
        + &projection("out", "out", "init = { constant = 0.002 }\n");
    let told = compiled(&net, &chip(&["row_shift_max=2"])).expect("fits").warnings;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].code, "LL4001");
    assert_eq!(
        told[0].message,
        "the weights of `out -> out` got a full scale of 2^1 instead of 2^-5: 6 bits of resolution lost"
    );
    assert_eq!(told[0].help, ["`--set row_shift_max=8 --set payload_bits=8`"]);
    assert_eq!(
        compiled(&net, &chip(&["row_shift_max=8", "payload_bits=8"])).expect("fits").warnings,
        []
    );
}
