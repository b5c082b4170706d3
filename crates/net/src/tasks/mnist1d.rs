//! MNIST-1D: ten classes of short curves, shifted, scaled, sheared and noisy.
//!
//! The recipe and the order of its draws are those of the Python package mnist1d 0.0.2 (Greydanus
//! and Kobak, arXiv 2011.14439), so that a seed gives the same set; `golden/mnist1d` holds seed 42.

use leadlag_diagnostic::Diagnostics;

use super::mt19937::Mt19937;
use crate::dataset::{Dataset, Part, float, interpolate, single, whole};
use crate::spec::Mnist1d;

/// Points of a signal before the last resampling.
const POINTS: usize = 72;

/// The curves, before normalisation.
const TEMPLATES: [[f64; 12]; 10] = [
    [5.0, 6.0, 6.5, 6.75, 7.0, 7.0, 7.0, 7.0, 6.75, 6.5, 6.0, 5.0],
    [5.0, 3.0, 3.0, 3.4, 3.8, 4.2, 4.6, 5.0, 5.4, 5.8, 5.0, 5.0],
    [5.0, 6.0, 6.5, 6.5, 6.0, 5.25, 4.75, 4.0, 3.5, 3.5, 4.0, 5.0],
    [5.0, 6.0, 6.5, 6.5, 6.0, 5.0, 5.0, 6.0, 6.5, 6.5, 6.0, 5.0],
    [5.0, 4.4, 3.8, 3.2, 2.6, 2.6, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0],
    [5.0, 3.0, 3.0, 3.0, 3.0, 5.0, 6.0, 6.5, 6.5, 6.0, 4.5, 5.0],
    [5.0, 4.0, 3.5, 3.25, 3.0, 3.0, 3.0, 3.0, 3.25, 3.5, 4.0, 5.0],
    [5.0, 7.0, 7.0, 6.6, 6.2, 5.8, 5.4, 5.0, 4.6, 4.2, 5.0, 5.0],
    [5.0, 4.0, 3.5, 3.5, 4.0, 5.0, 5.0, 4.0, 3.5, 3.5, 4.0, 5.0],
    [5.0, 4.0, 3.5, 3.5, 4.0, 5.0, 5.0, 5.0, 5.0, 4.7, 4.3, 5.0],
];

/// Generates a set.
///
/// # Errors
/// LL1015, LL1016 if the settings fit no set; see [`Mnist1d::check`].
pub fn mnist1d(spec: &Mnist1d) -> Result<Dataset, Diagnostics> {
    spec.check()?;
    let mut generator = Mt19937::new(spec.seed);
    let mut samples = generate(spec, &mut generator);
    shuffle(&mut samples, &mut generator);
    standardise(&mut samples);
    let test = samples.split_off(spec.train);
    Dataset::new(part(&samples), part(&test), spec.length, 1)
}

type Sample = (u8, Vec<f64>);

fn generate(spec: &Mnist1d, generator: &mut Mt19937) -> Vec<Sample> {
    let each = (spec.train + spec.test) / TEMPLATES.len();
    let mut samples = Vec::with_capacity(each * TEMPLATES.len());
    for (class, template) in (0_u8..).zip(&TEMPLATES) {
        let curve = normalised(template);
        for _ in 0..each {
            samples.push((class, interpolate(&signal(&curve, generator), spec.length)));
        }
    }
    samples
}

/// Zero at its start, in units of six standard deviations. The small offset tells the curve from
/// the exact zeros of the padding.
fn normalised(template: &[f64; 12]) -> Vec<f64> {
    let (mean, deviation) = moments(template);
    let scaled: Vec<f64> = template.iter().map(|v| (v - mean) / deviation).collect();
    let first = scaled.first().copied().unwrap_or(0.0);
    scaled.iter().map(|v| (v - first) / 6.0 + 1e-8).collect()
}

fn moments(values: &[f64]) -> (f64, f64) {
    let count = float(values.len());
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count;
    (mean, variance.sqrt())
}

/// One distorted signal; the order of the draws is part of the recipe.
fn signal(curve: &[f64], generator: &mut Mt19937) -> Vec<f64> {
    let padding = 36 + whole(25.0 * generator.uniform());
    let mut padded = curve.to_vec();
    padded.resize(curve.len() + padding, 0.0);
    let mut signal = interpolate(&padded, POINTS);
    let scale = 1.0 + 0.4 * (generator.uniform() - 0.5);
    for value in &mut signal {
        *value *= scale;
    }
    signal.rotate_right(index(generator.up_to(47)));
    let ground = smooth(&noise(generator, 0.25));
    for (value, ground) in signal.iter_mut().zip(ground).filter(|(v, _)| is_padding(**v)) {
        *value = ground;
    }
    for (value, noise) in signal.iter_mut().zip(noise(generator, 0.02)) {
        *value += noise;
    }
    let shear = 0.75 * (generator.uniform() - 0.5);
    let ramp = interpolate(&[-0.5, 0.5], POINTS);
    signal.iter_mut().zip(ramp).for_each(|(value, ramp)| *value -= shear * ramp);
    signal
}

/// Padding is exactly zero, the curve nowhere.
fn is_padding(value: f64) -> bool {
    value == 0.0
}

fn noise(generator: &mut Mt19937, scale: f64) -> Vec<f64> {
    (0..POINTS).map(|_| generator.normal() * scale).collect()
}

/// Gaussian filter of standard deviation 2 and radius 8; the signal is mirrored at its ends, the end
/// points twice.
fn smooth(signal: &[f64]) -> Vec<f64> {
    const RADIUS: usize = 8;
    let weights: Vec<f64> = (0..=2 * RADIUS)
        .map(|k| float(k) - float(RADIUS))
        .map(|d| libm::exp(-0.5 * d * d / 4.0))
        .collect();
    let total: f64 = weights.iter().sum();
    let period = 2 * signal.len();
    let mirrored = |i: usize| {
        let i = i % period;
        signal.get(if i < signal.len() { i } else { period - 1 - i }).copied().unwrap_or(0.0)
    };
    let around = |i: usize| {
        let sum: f64 =
            weights.iter().enumerate().map(|(k, w)| w * mirrored(i + period + k - RADIUS)).sum();
        sum / total
    };
    (0..signal.len()).map(around).collect()
}

fn index(bits: u32) -> usize {
    usize::try_from(bits).unwrap_or(usize::MAX)
}

fn shuffle(samples: &mut [Sample], generator: &mut Mt19937) {
    for i in (1..samples.len()).rev() {
        let most = u32::try_from(i).unwrap_or(u32::MAX);
        samples.swap(i, index(generator.up_to(most)));
    }
}

/// Zero mean and unit deviation over all values of all samples.
fn standardise(samples: &mut [Sample]) {
    let all: Vec<f64> = samples.iter().flat_map(|(_, values)| values).copied().collect();
    let (mean, deviation) = moments(&all);
    for value in samples.iter_mut().flat_map(|(_, values)| values) {
        *value = (*value - mean) / deviation;
    }
}

fn part(samples: &[Sample]) -> Part {
    Part {
        x: samples.iter().flat_map(|(_, values)| values).map(|v| single(*v)).collect(),
        y: samples.iter().map(|(class, _)| *class).collect(),
    }
}
