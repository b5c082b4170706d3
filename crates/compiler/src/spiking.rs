//! Stages of populations that spike: units, thresholds, leaks.
//!
//! A membrane that counts whole numbers gets the unit 1, so every weight that arrives must be a whole
//! number of converter steps. Another one gets the finest unit in which eight thresholds fit the
//! rails.

use leadlag_diagnostic::Diagnostic;
use leadlag_image::{Spike, Stage};
use leadlag_net::{Leak, Network, Population, Spiking};
use leadlag_quantize::{converter, word};

use crate::Job;
use crate::check::at_population;
use crate::scale::Scales;

/// Binary places of a leak that a time constant gives.
const LEAK_PLACES: u8 = 24;

/// Most binary places of a membrane below those of a sum.
const FRACTION_MAX: i32 = 12;

/// What makes a population spike.
pub(crate) fn of(net: &Network, population: usize) -> Option<Spiking> {
    net.populations()[population].neurons().and_then(|neurons| neurons.spiking)
}

/// Whether whole membranes count what a population sends.
pub(crate) fn is_counted(net: &Network, population: usize) -> bool {
    let counts = |to| of(net, to).is_some_and(|spiking| spiking.is_whole());
    net.projections().iter().any(|p| p.from == population && counts(p.to))
}

/// The smallest full scale at which no weight is held by the converter; a whole membrane's weights
/// have steps of at least 1.
pub(crate) fn weight_scale(job: Job<'_>, spiking: Spiking, weights: &[f64]) -> i32 {
    let places = leadlag_fixed::signed(job.chip.dac_bits) - 1;
    let top = 2.0_f64.powi(places) - 1.0;
    let fits = |scale: i32| {
        let step = 2.0_f64.powi(scale - places);
        weights.iter().all(|w| (-top - 1.0..=top).contains(&(w / step + 0.5).floor()))
    };
    let least = if spiking.is_whole() { places } else { -16 };
    (least..=16).find(|&scale| fits(scale)).unwrap_or(16)
}

/// The output stage of a population's cores.
pub(crate) fn stage(
    job: Job<'_>,
    scales: &Scales,
    population: usize,
) -> Result<Stage, Vec<Diagnostic>> {
    let Some(spiking) = of(job.net, population) else { return Ok(Stage::Rate) };
    let unit = sum_unit(job, scales, population);
    let mut found = Vec::new();
    if spiking.is_whole() {
        found.extend(inexact(job, scales, population));
    }
    let fraction = if spiking.is_whole() { unit } else { fraction(job, spiking, unit) };
    let threshold = spiking.threshold / 2.0_f64.powi(unit - fraction);
    let rail = f64::from(job.chip.rails) * 2.0_f64.powi(24);
    if !(0..=FRACTION_MAX).contains(&fraction) || threshold > rail {
        found.push(no_room(job, population, threshold, rail));
    }
    if !found.is_empty() {
        return Err(found);
    }
    let (leak, leak_shift) = leak(job, spiking, population);
    Ok(Stage::Spike(Spike {
        threshold: whole(threshold),
        leak,
        leak_shift,
        refractory: spiking.refractory,
        fraction: u8::try_from(fraction).unwrap_or(0),
    }))
}

/// Exponent of the least weight step that arrives with a full-scale code.
fn sum_unit(job: Job<'_>, scales: &Scales, population: usize) -> i32 {
    let arriving = job.net.projections().iter().enumerate().filter(|(_, p)| p.to == population);
    let bias = (!job.parameters.biases[population].is_empty()).then(|| scales.bias[population]);
    let least = arriving.map(|(i, p)| scales.weight[i] + scales.rate[p.from]).chain(bias).min();
    least.unwrap_or(0) + 1 - leadlag_fixed::signed(job.chip.dac_bits)
}

fn fraction(job: Job<'_>, spiking: Spiking, unit: i32) -> i32 {
    let rail = f64::from(job.chip.rails) * 2.0_f64.powi(24);
    let fits = |fraction: &i32| spiking.threshold * 8.0 <= rail * 2.0_f64.powi(unit - fraction);
    (0..=FRACTION_MAX).rev().find(fits).unwrap_or(0)
}

/// A weight or bias that the converters do not have.
fn inexact(job: Job<'_>, scales: &Scales, population: usize) -> Vec<Diagnostic> {
    let arriving = job.net.projections().iter().enumerate().filter(|(_, p)| p.to == population);
    let name = |at: usize| job.net.populations()[at].name();
    let weights = arriving.filter_map(|(i, p)| {
        let odd = lost(job, &job.parameters.weights[i], scales.weight[i])?;
        Some((format!("`{} -> {}` has the weight {odd}", name(p.from), name(p.to)), odd))
    });
    let bias = lost(job, &job.parameters.biases[population], scales.bias[population])
        .map(|odd| (format!("`{}` has the bias {odd}", name(population)), odd));
    let report = |(what, odd): (String, f64)| {
        let need = (1..64_i32).find(|&bits| 2.0_f64.powi(bits - 1) > odd.abs()).unwrap_or(64);
        let have = job.chip.dac_bits;
        let message =
            format!("{what}, a whole number of {need} bits; a synapse converter has {have}");
        let found = Diagnostic::new("LL2620", message);
        let found = if need <= 16 { found.help(format!("`--set dac_bits={need}`")) } else { found };
        at_population(job, population, found.help("smaller weights and threshold"), "counts them")
    };
    weights.chain(bias).map(report).collect()
}

/// The first number that is another one after its converter.
fn lost(job: Job<'_>, numbers: &[f64], scale: i32) -> Option<f64> {
    let (bits, dac) = (job.chip.weight_bits, job.chip.dac_bits);
    let step = 2.0_f64.powi(scale + 1 - leadlag_fixed::signed(dac));
    let made = |number: f64| f64::from(converter(word(number, scale, bits), bits, dac)) * step;
    numbers.iter().copied().find(|&number| (made(number) - number).abs() > 0.0)
}

fn no_room(job: Job<'_>, population: usize, threshold: f64, rail: f64) -> Diagnostic {
    let name = job.net.populations()[population].name();
    let message = format!(
        "the threshold of `{name}` is {threshold:.0} steps of its membrane; the rails hold it at {rail:.0}"
    );
    let found = Diagnostic::new("LL2621", message)
        .help("a smaller threshold, or weights closer to it")
        .help("`--set rails=32`");
    at_population(job, population, found, "spikes there")
}

fn leak(job: Job<'_>, spiking: Spiking, population: usize) -> (u32, u8) {
    match spiking.leak {
        Leak::Share { mantissa, places } => (mantissa, places),
        Leak::Exact => {
            let tau = job.parameters.tau_m[population].first().copied().unwrap_or(1.0);
            let share = job.net.dt().get() / tau * 2.0_f64.powi(i32::from(LEAK_PLACES));
            let leak = whole((share + 0.5).min(2.0_f64.powi(i32::from(LEAK_PLACES))));
            (leak.unsigned_abs(), LEAK_PLACES)
        }
    }
}

/// The whole part of a number from 0 to `2^29`.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "the callers' ranges")]
fn whole(number: f64) -> i32 {
    number as i32
}

/// Whether errors travel along a projection: between populations of rates alone.
pub(crate) fn carries_errors(net: &Network, projection: &leadlag_net::Projection) -> bool {
    let rates = |at: usize| net.populations().get(at).and_then(Population::neurons);
    let has_rates = |at: usize| rates(at).is_none_or(|neurons| neurons.spiking.is_none());
    has_rates(projection.from) && has_rates(projection.to)
}
