//! Two workloads of plain integrate-and-fire neurons in whole numbers (`golden/lif`).
//!
//! Both follow from the draws of [`Pcg64`], so other simulators have them from NumPy.

use std::io::{Seek, Write};

use leadlag_diagnostic::Diagnostics;
use ndarray::{ArrayView1, ArrayView2, ArrayView3};
use ndarray_npy::NpzWriter;

use crate::npz::unwritable;
use crate::tasks::Pcg64;

/// Share of the lines of the dense workload that spike in a step.
const RATE: f64 = 0.05;
/// Smallest and largest weight of the dense workload.
const DENSE: (i32, i32) = (-31, 32);

/// The published seeds: dense, recurrent.
pub const SEEDS: [u64; 2] = [12_345, 54_321];

/// Seed, size and length of the published dense workload: 1024 lines, 1024 neurons, 1000 steps.
pub const PUBLISHED: (usize, usize, usize) = (1024, 1024, 1000);

/// Weights of the dense workload, `weights[post * lines + line]`, and the generator after them, from
/// which the input spikes are drawn.
#[must_use]
pub fn dense_weights(seed: u64, lines: usize, neurons: usize) -> (Vec<i32>, Pcg64) {
    let mut generator = Pcg64::new(seed);
    let (low, high) = DENSE;
    let weights = (0..lines * neurons).map(|_| generator.integer(low, high)).collect();
    (weights, generator)
}

/// The next step of input spikes of so many lines.
pub fn input_spikes(generator: &mut Pcg64, lines: usize) -> impl Iterator<Item = bool> {
    (0..lines).map(|_| generator.uniform() < RATE)
}

/// The recurrent workload: neurons that reach each other with a delay of one step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recurrent {
    /// `targets[neuron]`, ascending.
    pub targets: Vec<Vec<u32>>,
    /// `weights[neuron]`, as the targets.
    pub weights: Vec<Vec<i32>>,
    /// What arrives in every step.
    pub bias: Vec<i32>,
    /// The membranes at the start.
    pub membrane: Vec<i32>,
}

impl Recurrent {
    /// Neurons, and targets of each.
    pub const SIZE: (u32, u32) = (10_000, 100);
    /// A membrane above this spikes.
    pub const THRESHOLD: i32 = 640;

    /// The workload of a seed.
    #[must_use]
    pub fn generate(seed: u64) -> Self {
        let (neurons, fan_out) = Self::SIZE;
        let mut generator = Pcg64::new(seed);
        let target = |generator: &mut Pcg64| {
            let mut chosen = generator.choice(neurons, fan_out).unwrap_or_default();
            chosen.sort_unstable();
            chosen
        };
        let targets: Vec<Vec<u32>> = (0..neurons).map(|_| target(&mut generator)).collect();
        let mut draw = |count: u32, low, high| -> Vec<i32> {
            (0..count).map(|_| generator.integer(low, high)).collect()
        };
        let weights = (0..neurons).map(|_| draw(fan_out, -8, 8)).collect();
        let bias = draw(neurons, 24, 48);
        let membrane = draw(neurons, 0, 599);
        Self { targets, weights, bias, membrane }
    }
}

/// Writes the dense workload: `W`, post x pre, and `x`, one sequence of spikes, 1 or 0.
///
/// # Errors
/// LL1057 with the reason of the writer.
///
/// # Panics
/// Never: the shapes are those of the workload.
pub fn write_dense<W: Write + Seek>(seed: u64, steps: usize, sink: W) -> Result<W, Diagnostics> {
    let (lines, neurons, _) = PUBLISHED;
    let (weights, mut generator) = dense_weights(seed, lines, neurons);
    let mut x: Vec<f32> = Vec::with_capacity(steps * lines);
    for _ in 0..steps {
        x.extend(input_spikes(&mut generator, lines).map(|spike| if spike { 1.0 } else { 0.0 }));
    }
    let fits = "as many values as the shape says";
    let mut archive = NpzWriter::new_compressed(sink);
    let weights = ArrayView2::from_shape((neurons, lines), &weights).expect(fits);
    archive.add_array("W", &weights).map_err(|reason| unwritable(&reason))?;
    let x = ArrayView3::from_shape((1, steps, lines), &x).expect(fits);
    archive.add_array("x", &x).map_err(|reason| unwritable(&reason))?;
    archive.finish().map_err(|reason| unwritable(&reason))
}

impl Recurrent {
    /// Writes `target` and `w`, one row per neuron, `bias` and `v`.
    ///
    /// # Errors
    /// LL1057 with the reason of the writer.
    ///
    /// # Panics
    /// Never: the shapes are those of the workload.
    pub fn write_npz<W: Write + Seek>(&self, sink: W) -> Result<W, Diagnostics> {
        let shape = Self::SIZE;
        let shape = (leadlag_fixed::index(shape.0), leadlag_fixed::index(shape.1));
        let fits = "as many values as the shape says";
        let (targets, weights) = (self.targets.concat(), self.weights.concat());
        let mut archive = NpzWriter::new_compressed(sink);
        let targets = ArrayView2::from_shape(shape, &targets).expect(fits);
        archive.add_array("target", &targets).map_err(|reason| unwritable(&reason))?;
        let weights = ArrayView2::from_shape(shape, &weights).expect(fits);
        archive.add_array("w", &weights).map_err(|reason| unwritable(&reason))?;
        for (name, values) in [("bias", &self.bias), ("v", &self.membrane)] {
            let values = ArrayView1::from(values);
            archive.add_array(name, &values).map_err(|reason| unwritable(&reason))?;
        }
        archive.finish().map_err(|reason| unwritable(&reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The checks of `golden/lif/README.md`.
    #[test]
    fn the_dense_workload_is_the_published_one() {
        let (lines, neurons, steps) = PUBLISHED;
        let (weights, mut generator) = dense_weights(SEEDS[0], lines, neurons);
        assert_eq!(weights[..4], [13, -17, 19, -11]);
        assert_eq!(weights.iter().sum::<i32>(), 498_413);
        let spikes = (0..steps).map(|_| input_spikes(&mut generator, lines).filter(|s| *s).count());
        assert_eq!(spikes.sum::<usize>(), 51_523);
    }

    #[test]
    fn the_recurrent_workload_is_the_published_one() {
        let net = Recurrent::generate(SEEDS[1]);
        assert_eq!(net.targets[0][..4], [154, 194, 204, 277]);
        assert_eq!(net.weights[0][..4], [-3, -2, 2, 8]);
        assert_eq!(net.bias[..4], [37, 40, 46, 43]);
        assert_eq!(net.membrane[..4], [550, 556, 198, 577]);
        assert_eq!(net.weights.iter().flatten().sum::<i32>(), 8018);
    }
}
