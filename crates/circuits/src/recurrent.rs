//! A sparse array and a spiking stage on their own: a population that drives itself.
//!
//! A spike of one step arrives in the next, as in a chip, but without a fabric between: what a network
//! larger than a core's rows costs when nothing else is modelled.

use leadlag_fixed::count;

use crate::sparse::SparseArray;
use crate::spike::{Membranes, SpikeBank, Volley};

/// A recurrent population of spiking neurons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recurrent {
    array: SparseArray,
    bank: SpikeBank,
    bias: Vec<i32>,
    membrane: Vec<i32>,
    pause: Vec<i32>,
    before: Vec<i32>,
    code: Vec<i32>,
    drive: Vec<i32>,
    /// Neurons that spiked in the last step, ascending.
    spikes: Vec<u32>,
}

impl Recurrent {
    /// A population at the given membranes. Row n of the array holds the synapses of neuron n. None
    /// if rows, columns, biases and membranes are not as many.
    #[must_use]
    pub fn new(
        array: SparseArray,
        bank: SpikeBank,
        bias: Vec<i32>,
        membrane: Vec<i32>,
    ) -> Option<Self> {
        let size = array.columns();
        let fits = [array.rows(), bias.len(), membrane.len()] == [size; 3];
        let pauses = if bank.settings().refractory > 0 { size } else { 0 };
        fits.then(|| Self {
            array,
            bank,
            bias,
            membrane,
            pause: vec![0; pauses],
            before: vec![0; size],
            code: vec![0; size],
            drive: vec![0; size],
            spikes: Vec::new(),
        })
    }

    /// One step: the spikes of the step before arrive, and every neuron moves. Returns what the
    /// neurons did and how many synaptic events were delivered.
    pub fn tick(&mut self) -> (Volley, u64) {
        self.drive.copy_from_slice(&self.bias);
        let delivered = self.array.deliver(&self.spikes, &mut self.drive);
        let mut membranes = Membranes {
            value: &mut self.membrane,
            pause: &mut self.pause,
            before: &mut self.before,
            code: &mut self.code,
        };
        let volley = self.bank.tick(&self.drive, &mut membranes);
        self.spikes.clear();
        let all = self.code.iter().enumerate();
        self.spikes.extend(all.filter(|(_, code)| **code != 0).map(|(at, _)| count(at)));
        (volley, delivered)
    }

    /// Neurons that spiked in the last step, ascending.
    #[must_use]
    pub fn spikes(&self) -> &[u32] {
        &self.spikes
    }

    /// The membranes.
    #[must_use]
    pub fn membranes(&self) -> &[i32] {
        &self.membrane
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sparse::Synapse;
    use crate::spike::Spiking;

    fn chain() -> Recurrent {
        let settings =
            Spiking { threshold: 9, leak: 0, leak_shift: 0, refractory: 0, rail: 1 << 20 };
        let to = |column| vec![Synapse { column, weight: 10 }];
        let array = SparseArray::new(3, &[to(1), to(2), to(0)]).expect("three columns");
        Recurrent::new(array, SpikeBank::new(settings, 1), vec![0; 3], vec![10, 0, 0])
            .expect("of one size")
    }

    /// A spike goes round a ring of three, one neuron per step.
    #[test]
    fn a_spike_takes_one_step_to_the_next_neuron() {
        let mut ring = chain();
        let mut seen = Vec::new();
        for _ in 0..5 {
            let (volley, delivered) = ring.tick();
            seen.push((ring.spikes().to_vec(), volley.spikes, delivered));
        }
        let step = |neuron, delivered| (vec![neuron], 1, delivered);
        assert_eq!(seen, [step(0, 0), step(1, 1), step(2, 1), step(0, 1), step(1, 1)]);
        assert_eq!(ring.membranes(), [0; 3]);
    }

    #[test]
    fn all_parts_are_of_one_size() {
        let ring = chain();
        assert!(Recurrent::new(ring.array.clone(), ring.bank, vec![0; 2], vec![0; 3]).is_none());
    }
}
