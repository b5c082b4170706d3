//! Powers of two for every signal and every weight.
//!
//! A rate's full scale covers what the calibration run reached, with headroom where the activation
//! function has no bound of its own. An error's full scale is near 8 or 32 times its root mean square:
//! a scale from the largest error ever seen would leave nothing of the ordinary ones, because the
//! error path amplifies fast changes by up to `tau_m/tau_r` per layer; what is beyond is clipped and
//! counted. Clipping costs more than coarse codes, since a few neurons have errors far above the
//! others' (`docs/adr/0007-room-for-errors.md`). A weight's full scale leaves headroom for learning.
//!
//! Row codes can be shifted by a few bits only, so the scales that meet in an array must be close:
//! the small ones are raised until they are, which costs their resolution and nothing else.

use leadlag_diagnostic::Diagnostic;
use leadlag_image::{Image, Source, registers};
use leadlag_net::{Learning, Loss, Network, Phi, Rule};
use leadlag_quantize::scale as covering;

use crate::Job;
use crate::spiking;

/// Growth of the weights that is provided for.
const WEIGHT_HEADROOM: f64 = 8.0;
/// Growth of unbounded rates that is provided for.
const RATE_HEADROOM: f64 = 4.0;

/// Exponents of the full scales.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Scales {
    /// Inputs and rates, by population.
    pub(crate) rate: Vec<i32>,
    /// Errors, by population.
    pub(crate) error: Vec<i32>,
    /// Weights, by projection.
    pub(crate) weight: Vec<i32>,
    /// Biases, by population.
    pub(crate) bias: Vec<i32>,
}

pub(crate) fn scale(job: Job<'_>) -> (Scales, Vec<Diagnostic>) {
    let populations = job.net.populations().len();
    let mut scales = Scales {
        rate: (0..populations).map(|p| rate_scale(job, p)).collect(),
        error: (0..populations).map(|p| error_scale(job, p)).collect(),
        weight: (job.net.projections().iter().zip(&job.parameters.weights))
            .map(|(p, weights)| arriving_scale(job, p.to, p.weight_range, weights))
            .collect(),
        bias: (job.parameters.biases.iter().enumerate())
            .map(|(p, biases)| arriving_scale(job, p, arriving_range(job, p), biases))
            .collect(),
    };
    let before = scales.clone();
    let most = leadlag_fixed::signed(registers::largest_row_shift(job.chip));
    level(job, &mut scales, most);
    let warnings = warnings(job, &before, &scales);
    (scales, warnings)
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |top: f64, v| top.max(v.abs()))
}

fn rate_scale(job: Job<'_>, population: usize) -> i32 {
    let members = &job.net.populations()[population];
    let measured = job.ranges.rate[population];
    let map = job.net.map();
    let rails = covering(f64::from(job.chip.rails));
    if spiking::of(job.net, population).is_some() || spiking::is_counted(job.net, population) {
        return 0;
    }
    match members.neurons().map(|n| n.phi) {
        None => covering(measured),
        Some(Phi::Tanh | Phi::Logistic | Phi::HardSigmoid | Phi::HardTanh) => 0,
        Some(Phi::Linear | Phi::Softplus | Phi::Relu) => match map.rate_range {
            Some(range) => covering(range).min(rails),
            // What a softmax decides grows from nothing as the network learns.
            None if decides(job, population) => rails,
            None => covering(measured * map.rate_headroom.unwrap_or(RATE_HEADROOM)).min(rails),
        },
    }
}

/// Whether the population is taught by a cross-entropy.
fn decides(job: Job<'_>, population: usize) -> bool {
    job.net.teach().is_some_and(|t| t.population == population && t.loss == Loss::CrossEntropy)
}

fn error_scale(job: Job<'_>, population: usize) -> i32 {
    let map = job.net.map();
    let (peak, rms) = (job.ranges.error[population], job.ranges.error_rms[population]);
    covering(map.error_range.unwrap_or_else(|| peak.min(error_headroom(job.net) * rms)))
}

/// Full scale of an error over its root mean square. A normalised rule is given finer products of
/// errors with more headroom; the others, the time constants, and sums over steps, which single
/// chips gather and no mean over replicas smooths, need large codes.
pub(crate) fn error_headroom(net: &Network) -> f64 {
    let normalised = |learning: &Learning| {
        matches!(learning.rule, Rule::Adam { .. })
            && learning.tau_min.is_none()
            && !learning.accumulate
    };
    let usual = if net.learning().is_none_or(normalised) { 32.0 } else { 8.0 };
    net.map().error_headroom.unwrap_or(usual)
}

/// The scale of what arrives at a population: a spiking one has no use for headroom.
fn arriving_scale(job: Job<'_>, population: usize, range: Option<f64>, weights: &[f64]) -> i32 {
    match spiking::of(job.net, population) {
        Some(spiking) => spiking::weight_scale(job, spiking, weights),
        None => weight_scale(job, range, weights),
    }
}

/// The largest of the ranges that are stated for what projects to a population: its biases, which
/// add to the same sums, are expected to grow as far.
fn arriving_range(job: Job<'_>, population: usize) -> Option<f64> {
    let arriving = job.net.projections().iter().filter(|p| p.to == population);
    arriving.filter_map(|p| p.weight_range).max_by(f64::total_cmp)
}

fn weight_scale(job: Job<'_>, range: Option<f64>, weights: &[f64]) -> i32 {
    let map = job.net.map();
    match range.or(map.weight_range) {
        Some(range) => covering(range.max(largest(weights))),
        None => covering(largest(weights) * map.weight_headroom.unwrap_or(WEIGHT_HEADROOM)),
    }
}

/// Raises scales until those that meet in an array are at most `most` apart.
///
/// Towards a soma a weight's scale is raised, and for the apical arrays an error's, since an error
/// has less to lose. Error scales of crossing projections can contradict each other; then the
/// weights give way there too. That ends: with `K` the largest sum of a weight's, its rate's and its
/// error's exponents at the start, no raise leads beyond `K`.
fn level(job: Job<'_>, scales: &mut Scales, most: i32) {
    while level_somas(job, scales, most) {}
    let errors = scales.error.clone();
    // Differences that can be met at all are met after one round per population.
    if (0..=errors.len()).any(|_| !level_errors(job, scales, most)) {
        return;
    }
    scales.error = errors;
    while level_somas(job, scales, most) || level_feedback(job, scales, most) {}
}

/// Exponent of what a projection adds to a soma.
fn to_soma(job: Job<'_>, scales: &Scales, i: usize) -> i32 {
    scales.weight[i] + scales.rate[job.net.projections()[i].from]
}

/// Exponent of what a projection's feedback adds to an apical compartment.
fn to_apical(job: Job<'_>, scales: &Scales, i: usize) -> i32 {
    scales.weight[i] + scales.error[job.net.projections()[i].to]
}

/// One round over all somatic arrays; whether anything was raised.
fn level_somas(job: Job<'_>, scales: &mut Scales, most: i32) -> bool {
    let before = scales.clone();
    for population in 0..job.net.populations().len() {
        let incoming: Vec<usize> = on(job, |p| p.to == population);
        let has_bias = !job.parameters.biases[population].is_empty();
        let bias = has_bias.then(|| scales.bias[population]);
        let sums = incoming.iter().map(|&i| to_soma(job, scales, i));
        let Some(top) = sums.chain(bias).max() else { continue };
        for i in incoming {
            scales.weight[i] += (top - most - to_soma(job, scales, i)).max(0);
        }
        if has_bias {
            scales.bias[population] = scales.bias[population].max(top - most);
        }
    }
    *scales != before
}

/// One round over all apical arrays that raises errors; whether anything was raised.
fn level_errors(job: Job<'_>, scales: &mut Scales, most: i32) -> bool {
    level_apical(job, scales, most, |scales, i, lack| {
        scales.error[job.net.projections()[i].to] += lack;
    })
}

/// One round over all apical arrays that raises weights; whether anything was raised.
fn level_feedback(job: Job<'_>, scales: &mut Scales, most: i32) -> bool {
    level_apical(job, scales, most, |scales, i, lack| scales.weight[i] += lack)
}

fn level_apical(
    job: Job<'_>,
    scales: &mut Scales,
    most: i32,
    raise: impl Fn(&mut Scales, usize, i32),
) -> bool {
    let before = scales.clone();
    for population in 0..job.net.populations().len() {
        let outgoing: Vec<usize> = on(job, |p| p.from == population);
        let top = outgoing.iter().map(|&i| to_apical(job, scales, i)).max().unwrap_or(0);
        for i in outgoing {
            let lack = top - most - to_apical(job, scales, i);
            raise(scales, i, lack.max(0));
        }
    }
    *scales != before
}

fn on(job: Job<'_>, wanted: impl Fn(&leadlag_net::Projection) -> bool) -> Vec<usize> {
    job.net.projections().iter().enumerate().filter(|(_, p)| wanted(p)).map(|(i, _)| i).collect()
}

/// What would leave the scales where they were: a code shifted further, which has 16 bits at most.
fn further_apart(job: Job<'_>, lost: i32) -> String {
    let most = leadlag_fixed::signed(registers::largest_row_shift(job.chip)) + lost;
    let bits = leadlag_fixed::signed(job.chip.payload_bits);
    match (most > 8, most + bits > 16) {
        (true, _) => "a common `map.weight_range` for the projections that meet there".to_owned(),
        (false, true) => format!("`--set row_shift_max={most} --set payload_bits={}`", 16 - most),
        (false, false) => format!("`--set row_shift_max={most}`"),
    }
}

fn warnings(job: Job<'_>, before: &Scales, after: &Scales) -> Vec<Diagnostic> {
    let raised = |what: &str, name: &str, from: i32, to: i32| {
        let message = format!(
            "the {what} of `{name}` got a full scale of 2^{to} instead of 2^{from}: {} bits of resolution lost",
            to - from
        );
        Diagnostic::new("LL4001", message).help(further_apart(job, to - from))
    };
    let name = |p: usize| job.net.populations()[p].name();
    let mut found = Vec::new();
    for (i, projection) in job.net.projections().iter().enumerate() {
        if before.weight[i] != after.weight[i] {
            let label = format!("{} -> {}", name(projection.from), name(projection.to));
            found.push(raised("weights", &label, before.weight[i], after.weight[i]));
        }
    }
    for population in 0..before.bias.len() {
        if before.bias[population] != after.bias[population] {
            found.push(raised(
                "biases",
                name(population),
                before.bias[population],
                after.bias[population],
            ));
        }
        if before.error[population] != after.error[population] {
            found.push(raised(
                "errors",
                name(population),
                before.error[population],
                after.error[population],
            ));
        }
    }
    found
}

/// Raises error scales of a compiled network until they are close enough for every apical array:
/// for a host that lets the scales follow the errors while the chip learns.
pub fn level_error_scales(image: &Image, scales: &mut [i32]) {
    let most = leadlag_fixed::signed(registers::largest_row_shift(&image.chip));
    loop {
        let before = scales.to_vec();
        for core in &image.cores {
            let groups = core.apical.array.groups.iter().filter_map(|g| match g.source {
                Source::Core { core, .. } => Some((leadlag_fixed::index(core), g.weight_scale)),
                Source::Constant | Source::Input { .. } => None,
            });
            let groups: Vec<(usize, i32)> = groups.collect();
            let top =
                groups.iter().map(|&(source, weight)| scales[source] + weight).max().unwrap_or(0);
            for (source, weight) in groups {
                scales[source] = scales[source].max(top - most - weight);
            }
        }
        if before == scales {
            return;
        }
    }
}
