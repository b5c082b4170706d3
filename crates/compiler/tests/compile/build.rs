//! Networks as text, and their compilation with ranges stated by hand.

use leadlag_compiler::{Compiled, Job, compile};
use leadlag_diagnostic::Diagnostics;
use leadlag_image::Chip;
use leadlag_net::Network;
use leadlag_quantize::Ranges;

/// A network file with these tables after the head.
pub(crate) fn network(rest: &str) -> (Network, String) {
    let text = format!("name = \"net\"\ndt = \"0.2 ms\"\n{rest}");
    (Network::parse(&text, "net.toml").unwrap_or_else(|found| panic!("{found}\n{text}")), text)
}

/// An input of some lines.
pub(crate) fn input(name: &str, lines: usize) -> String {
    format!("[[population]]\nname = \"{name}\"\ninput = {lines}\n")
}

/// A layer of equal neurons.
pub(crate) fn layer(name: &str, size: usize, phi: &str, bias: bool) -> String {
    format!(
        "[[population]]\nname = \"{name}\"\nsize = {size}\ntau_m = \"1.2 ms\"\ntau_r = \"0.2 ms\"\n\
         phi = \"{phi}\"\nbias = {bias}\n"
    )
}

/// A projection with further fields.
pub(crate) fn projection(from: &str, to: &str, rest: &str) -> String {
    format!("[[projection]]\nfrom = \"{from}\"\nto = \"{to}\"\n{rest}")
}

/// Every signal within one, errors an eighth of that as a rule.
pub(crate) fn unit_ranges(net: &Network) -> Ranges {
    let all = |value| vec![value; net.populations().len()];
    Ranges { rate: all(1.0), error: all(1.0), error_rms: all(0.125) }
}

pub(crate) fn chip(settings: &[&str]) -> Chip {
    let mut chip = Chip::builtin("ll1").expect("built in");
    chip.set_all(settings).unwrap_or_else(|found| panic!("{found}"));
    chip
}

pub(crate) fn compiled(rest: &str, chip: &Chip) -> Result<Compiled, Diagnostics> {
    let (net, text) = network(rest);
    let (parameters, ranges) = (net.initialise(5), unit_ranges(&net));
    let job = Job {
        net: &net,
        parameters: &parameters,
        chip,
        ranges: &ranges,
        seed: 5,
        text: Some(&text),
    };
    compile(job)
}
