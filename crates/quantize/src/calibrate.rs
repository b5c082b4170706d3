//! Ranges of signals, from a run of the float reference.

use leadlag_net::{Block, Network, Parameters};
use leadlag_reference::Reference;

/// Ranges over a calibration run, by population.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ranges {
    /// Largest magnitude of an input or a rate.
    pub rate: Vec<f64>,
    /// Largest magnitude of a prospective error; 0 for inputs.
    pub error: Vec<f64>,
    /// Root mean square of the prospective errors; 0 for inputs.
    pub error_rms: Vec<f64>,
}

/// Runs the reference over `block` without learning and notes what its signals reach.
#[must_use]
pub fn calibrate(net: &Network, parameters: &Parameters, block: &Block) -> Ranges {
    let populations = net.populations().len();
    let mut ranges = Ranges {
        rate: vec![0.0; populations],
        error: vec![0.0; populations],
        error_rms: vec![0.0; populations],
    };
    let mut reference = Reference::new(net, parameters, block.lanes);
    for step in 0..block.steps {
        reference.step(block.input(step), block.target(step), false);
        for (population, members) in net.populations().iter().enumerate() {
            if members.is_input() {
                continue;
            }
            grow(&mut ranges.rate[population], reference.rates(population));
            grow(&mut ranges.error[population], reference.errors(population));
            ranges.error_rms[population] +=
                mean_square(reference.errors(population)) / block.steps as f64;
        }
    }
    note_inputs(net, block, &mut ranges.rate);
    for rms in &mut ranges.error_rms {
        *rms = rms.sqrt();
    }
    ranges
}

fn note_inputs(net: &Network, block: &Block, rate: &mut [f64]) {
    let mut first = 0;
    for (population, members) in net.populations().iter().enumerate().filter(|(_, p)| p.is_input())
    {
        let lines = members.size();
        for lane in block.inputs.chunks_exact(block.width) {
            grow(&mut rate[population], &lane[first..first + lines]);
        }
        first += lines;
    }
}

fn grow(largest: &mut f64, values: &[f64]) {
    *largest = values.iter().fold(*largest, |top, v| top.max(v.abs()));
}

fn mean_square(values: &[f64]) -> f64 {
    values.iter().map(|v| v * v).sum::<f64>() / values.len().max(1) as f64
}
