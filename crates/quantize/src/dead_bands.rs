//! Updates that are too small for the word they are to change.
//!
//! A rule's step is kept in 1/4096 of a weight's last bit and dropped to whole bits once. Rounded to
//! the nearest word, a step below half a bit changes nothing, however often it comes: the dead band
//! of a state with a time constant of 1/eta updates. Drawn, a step below half of 1/4096 of a bit
//! changes nothing either; above that it counts on average.

use leadlag_diagnostic::Diagnostic;
use leadlag_image::{Compartment, Image, Learning, Rounding, Rule, Source, registers};

use crate::Ranges;
use crate::number::power;

/// Warnings about updates that vanish: at most one per rule and cause, naming the worst projection.
///
/// `ranges` are those of the network's populations, with the inputs first among them where the
/// network has them first; `input` says which of them are inputs.
#[must_use]
pub fn dead_bands(image: &Image, ranges: &Ranges, input: &[bool]) -> Vec<Diagnostic> {
    let Some(learning) = &image.learning else { return Vec::new() };
    let steps = steps(image, learning, ranges, input);
    let smallest = |of: fn(&Step) -> f64| {
        steps
            .iter()
            .min_by(|a, b| of(a).total_cmp(&of(b)))
            .filter(|s| of(s) < dead(learning.rounding))
    };
    let found = smallest(|s| s.largest).map(|s| nothing(s, learning));
    let found = found.or_else(|| smallest(|s| s.typical).map(|s| typical(s, learning)));
    found.into_iter().chain(decay(learning)).collect()
}

/// The largest step that is lost, in bits of the weight.
fn dead(rounding: Rounding) -> f64 {
    match rounding {
        Rounding::Nearest => 0.5,
        Rounding::Stochastic | Rounding::Carried => 0.5 / 4096.0,
    }
}

/// Steps of a group of rows, in bits of its weights.
#[derive(Clone, PartialEq, Debug)]
struct Step {
    label: String,
    /// With both signals at full scale.
    largest: f64,
    /// With the error and the rate that the calibration run saw.
    typical: f64,
}

fn steps(image: &Image, learning: &Learning, ranges: &Ranges, input: &[bool]) -> Vec<Step> {
    let scales = registers::error_scales(image);
    let nth = |rank: u32, wanted: bool| {
        let all = input.iter().enumerate().filter(|(_, is)| **is == wanted);
        all.map(|(at, _)| at).nth(leadlag_fixed::index(rank))
    };
    let at = |list: &[f64], index: Option<usize>| index.and_then(|i| list.get(i)).copied();
    let mut all = Vec::new();
    for (index, core) in image.cores.iter().enumerate() {
        let registers = registers::steps(image, index, Compartment::Soma, &scales);
        let error = at(&ranges.error_rms, nth(core.population, false)).unwrap_or(0.0);
        for (group, step) in core.soma.array.groups.iter().zip(registers.unwrap_or_default()) {
            let (full, rate) = match group.source {
                Source::Constant => (1.0, Some(1.0)),
                Source::Input { input, .. } => {
                    let scale = image.inputs[leadlag_fixed::index(input)].scale;
                    (power(scale), at(&ranges.rate, nth(input, true)))
                }
                Source::Core { core, .. } => {
                    let sender = &image.cores[leadlag_fixed::index(core)];
                    (power(sender.soma.scale), at(&ranges.rate, nth(sender.population, false)))
                }
            };
            let word =
                power(group.weight_scale + 1 - leadlag_fixed::signed(image.chip.weight_bits));
            let factor = image.populations[leadlag_fixed::index(core.population)].eta_factor;
            let eta = learning.eta.times(factor);
            let eta = f64::from(eta.mantissa).abs() * power(eta.exponent);
            let per = f64::from(step.mantissa).abs() * power(step.exponent);
            let (largest, typical) = match learning.rule {
                Rule::Sgd | Rule::Momentum { .. } => {
                    let typical = eta * error * rate.unwrap_or(full).min(full) / word;
                    (eta * power(core.apical.scale) * full / word, typical)
                }
                // The quotient is held at 2 and is near 1 as a rule.
                Rule::Normalised { .. } | Rule::Gathered { .. } => (2.0 * per, per),
            };
            if group.plastic {
                all.push(Step { label: group.label.clone(), largest, typical });
            }
        }
    }
    all
}

fn way_out(found: Diagnostic, learning: &Learning, lack: f64) -> Diagnostic {
    let found = match learning.rounding {
        Rounding::Nearest => found.help("`rounding = \"stochastic\"` in `[learning]`"),
        Rounding::Stochastic | Rounding::Carried => found,
    };
    found.help(format!("a larger `eta`: {:.1} times as large, or more", 1.0 / lack)).help(
        "a smaller full scale of the weights: `map.weight_range`, which makes their last bit smaller",
    )
}

fn nothing(step: &Step, learning: &Learning) -> Diagnostic {
    let lost = dead(learning.rounding);
    let message = format!(
        "no update of `{}` can change a weight: with both signals at full scale it is {:.2e} of the weight's last bit, and {} rounding loses what is below {lost:.2e}",
        step.label,
        step.largest,
        word(learning.rounding)
    );
    way_out(Diagnostic::new("LL4004", message), learning, step.largest / lost)
}

fn typical(step: &Step, learning: &Learning) -> Diagnostic {
    let lost = dead(learning.rounding);
    let message = format!(
        "an ordinary update of `{}` is {:.2e} of the weight's last bit; {} rounding loses what is below {lost:.2e}",
        step.label,
        step.typical,
        word(learning.rounding)
    );
    way_out(Diagnostic::new("LL4005", message), learning, step.typical / lost)
}

/// A decay that not even the largest weight feels.
fn decay(learning: &Learning) -> Option<Diagnostic> {
    let share = f64::from(learning.decay.mantissa).abs() * power(learning.decay.exponent);
    let (largest, lost) = (share * 32_767.0, dead(learning.rounding));
    (share > 0.0 && largest < lost).then(|| {
        let message = format!(
            "the decay takes {largest:.2e} of a weight's last bit from the largest weight; {} rounding loses what is below {lost:.2e}",
            word(learning.rounding)
        );
        way_out(Diagnostic::new("LL4006", message), learning, largest / lost)
    })
}

fn word(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Nearest => "nearest",
        Rounding::Stochastic => "stochastic",
        Rounding::Carried => "carried",
    }
}
