//! Runs of networks that spike: which neuron in which step, and a digest of it.

use std::ops::ControlFlow;

use leadlag_chip::{Emulator, Options, Stimulus, Synapses, Targets};
use leadlag_circuits::{Recurrent, SparseArray, SpikeBank, Spiking, Synapse};
use leadlag_diagnostic::Diagnostics;
use leadlag_fixed::{count, index, low_quarter};
use leadlag_image::{Image, registers};
use leadlag_net::tasks::lif;
use leadlag_net::{Block, Network, Parameters, Population, Target};
use leadlag_reference::Reference;

use crate::Clocking;
use crate::chip_backend::line_codes;
use crate::firmware::Firmware;

/// The spikes of a population, and where its membranes were left.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Train {
    /// The population.
    pub name: String,
    /// Its neurons.
    pub neurons: usize,
    /// `[sample, step, neuron]`, ascending.
    pub spikes: Vec<[u32; 3]>,
    /// Sum of all membranes after the last step, over all samples, in the network's unit.
    pub membrane: f64,
}

/// What a run of a spiking network left.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trains {
    /// Samples.
    pub samples: usize,
    /// Steps of each.
    pub steps: usize,
    /// Populations that spike, in network order.
    pub populations: Vec<Train>,
    /// Active rows times columns, over all cores; of a chip alone.
    pub synaptic_events: Option<u64>,
    /// What the chips' clocks counted.
    pub clocked: crate::clocking::Clocked,
}

const PRIME: u64 = 1_099_511_628_211;

/// Where the hash by words begins.
const WORD_START: u64 = 1_469_598_103_934_665_603;

impl Train {
    /// Spikes of the first steps of all samples.
    #[must_use]
    pub fn before(&self, step: usize) -> usize {
        self.spikes.iter().filter(|[_, at, _]| index(*at) < step).count()
    }

    /// The keys `t * 65536 + neuron`, with t counting through all samples.
    fn keys(&self, steps: usize) -> impl Iterator<Item = u32> {
        self.spikes.iter().map(move |[sample, step, neuron]| {
            let t = sample.wrapping_mul(count(steps)).wrapping_add(*step);
            t.wrapping_mul(65_536).wrapping_add(*neuron)
        })
    }

    /// FNV-1a over the little-endian bytes of the keys.
    #[must_use]
    pub fn byte_hash(&self, steps: usize) -> u64 {
        let bytes = self.keys(steps).flat_map(u32::to_le_bytes);
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
    }

    /// One round of FNV-1a per key, from the start value that `golden/lif` states.
    #[must_use]
    pub fn word_hash(&self, steps: usize) -> u64 {
        self.keys(steps).fold(WORD_START, |hash, key| (hash ^ u64::from(key)).wrapping_mul(PRIME))
    }
}

/// Whether cores of an image spike.
#[must_use]
pub fn is_spiking(image: &Image) -> bool {
    image.cores.iter().any(|core| core.spike().is_some())
}

/// Runs blocks of samples on chips, each sample from rest. Programs that the image carries run in
/// every step.
///
/// # Errors
/// What is wrong with the image; LL1380 for programs and several samples in a block.
pub fn on_chip(
    image: &Image,
    blocks: &[Block],
    options: Options,
    synapses: Synapses,
    clocking: &Clocking,
) -> Result<Trains, Diagnostics> {
    let spiking = |population: &leadlag_image::Population| {
        population.cores.first().and_then(|&core| image.cores.get(index(core))?.spike()).is_some()
    };
    let own: Vec<_> = image.populations.iter().filter(|population| spiking(population)).collect();
    let mut trains = Trains { synaptic_events: Some(0), ..Trains::default() };
    trains.populations.extend(own.iter().map(|population| Train {
        name: population.name.clone(),
        neurons: index(population.size),
        ..Train::default()
    }));
    for block in blocks {
        let replicas = count(block.lanes);
        let mut chips = Emulator::load(image.clone(), Options { replicas, ..options })?;
        chips.set_synapses(synapses);
        clocking.start(&mut chips)?;
        if let Some(firmware) = Firmware::carried(&mut chips)? {
            firmware.write_parameters(&mut chips, false);
        }
        let codes = line_codes(image, block);
        let stimulus =
            Stimulus { steps: block.steps, codes: &codes, targets: Targets::None, learn: false };
        let mut step = 0;
        chips.run_each(&stimulus, &mut |chips, _| {
            for (train, population) in trains.populations.iter_mut().zip(&own) {
                note(chips, image, population, (trains.samples, block.used, step), train);
            }
            step += 1;
            ControlFlow::Continue(())
        });
        for (train, population) in trains.populations.iter_mut().zip(&own) {
            train.membrane += membranes(&chips, image, population, block.used)?;
        }
        chips.check_programs()?;
        trains.clocked.add(&chips);
        trains.end(block);
        let events = chips.counters().into_iter();
        let events = events.map(|c| c.soma.synaptic_events + c.apical.synaptic_events).sum::<u64>();
        trains.synaptic_events = trains.synaptic_events.map(|total| total + events);
    }
    Ok(trains)
}

impl Trains {
    /// After a block: its spikes in order of the samples.
    fn end(&mut self, block: &Block) {
        self.samples += block.used;
        self.steps = block.steps;
        for train in &mut self.populations {
            train.spikes.sort_unstable();
        }
    }
}

/// Notes the spikes of a step.
fn note(
    chips: &Emulator,
    image: &Image,
    population: &leadlag_image::Population,
    (first, used, step): (usize, usize, usize),
    train: &mut Train,
) {
    for shard in &chips.state().shards {
        for core in population.cores.iter().map(|&core| index(core)) {
            let (Some(registers), Some(own)) = (shard.cores.get(core), image.cores.get(core))
            else {
                continue;
            };
            let width = registers.rate.len() / shard.replicas;
            let lanes = (shard.first..).zip(registers.rate.chunks_exact(width));
            for (lane, codes) in lanes.filter(|(lane, _)| *lane < used) {
                let spikes = (own.first..).zip(codes).filter(|(_, code)| **code != 0);
                let sample = count(first + lane);
                train.spikes.extend(spikes.map(|(neuron, _)| [sample, count(step), neuron]));
            }
        }
    }
}

/// Sum of the membranes of a population, in the network's unit.
fn membranes(
    chips: &Emulator,
    image: &Image,
    population: &leadlag_image::Population,
    used: usize,
) -> Result<f64, Diagnostics> {
    let mut total = 0.0;
    for core in population.cores.iter().map(|&core| index(core)) {
        let unit = 2.0_f64.powi(registers::membrane_unit(image, core)?.unwrap_or(0));
        for shard in &chips.state().shards {
            let Some(registers) = shard.cores.get(core) else { continue };
            let width = registers.soma.lagged.len() / shard.replicas;
            let lanes = (shard.first..).zip(registers.soma.lagged.chunks_exact(width));
            for (_, values) in lanes.filter(|(lane, _)| *lane < used) {
                total += values.iter().map(|&v| f64::from(v) * unit).sum::<f64>();
            }
        }
    }
    Ok(total)
}

/// Runs blocks of samples on the reference, each sample from rest.
#[must_use]
pub fn in_reference(network: &Network, parameters: &Parameters, blocks: &[Block]) -> Trains {
    let spikes = |at: &usize| network.spikes(*at);
    let own: Vec<usize> = (0..network.populations().len()).filter(spikes).collect();
    let mut trains = Trains::default();
    let train = |population: &Population| Train {
        name: population.name().to_owned(),
        neurons: population.size(),
        ..Train::default()
    };
    let populations = own.iter().filter_map(|&at| network.populations().get(at));
    trains.populations.extend(populations.map(train));
    for block in blocks {
        let mut reference = Reference::new(network, parameters, block.lanes);
        for step in 0..block.steps {
            reference.step(block.input(step), Target::None, false);
            for (train, &at) in trains.populations.iter_mut().zip(&own) {
                let lanes = (0..block.used).zip(reference.rates(at).chunks_exact(train.neurons));
                for (lane, rates) in lanes {
                    let spikes = (0..).zip(rates).filter(|(_, rate)| **rate > 0.0);
                    let sample = count(trains.samples + lane);
                    train.spikes.extend(spikes.map(|(neuron, _)| [sample, count(step), neuron]));
                }
            }
        }
        for (train, &at) in trains.populations.iter_mut().zip(&own) {
            let values = reference.membranes(at).iter().take(block.used * train.neurons);
            train.membrane += values.sum::<f64>();
        }
        trains.end(block);
    }
    trains
}

/// Runs the recurrent workload of `golden/lif`: a sparse array and a spiking stage, no chip around
/// them.
#[must_use]
pub fn recurrent(seed: u64, steps: usize) -> Trains {
    let mut population = recurrent_population(seed);
    let mut train = Train {
        name: "recurrent".to_owned(),
        neurons: population.membranes().len(),
        ..Train::default()
    };
    let mut events = 0;
    for step in 0..steps {
        events += population.tick().1;
        train.spikes.extend(population.spikes().iter().map(|&neuron| [0, count(step), neuron]));
    }
    train.membrane = population.membranes().iter().map(|&v| f64::from(v)).sum();
    Trains {
        samples: 1,
        steps,
        populations: vec![train],
        synaptic_events: Some(events),
        ..Trains::default()
    }
}

/// The recurrent workload before its first step.
///
/// # Panics
/// Never: the workload's numbers fit their registers.
#[must_use]
pub fn recurrent_population(seed: u64) -> Recurrent {
    let net = lif::Recurrent::generate(seed);
    let synapse = |(&column, &weight): (&u32, &i32)| Synapse {
        column: u16::try_from(column).unwrap_or(u16::MAX),
        weight: low_quarter(weight),
    };
    let rows = net.targets.iter().zip(&net.weights);
    let rows: Vec<Vec<Synapse>> =
        rows.map(|(t, w)| t.iter().zip(w).map(synapse).collect()).collect();
    let settings = Spiking {
        threshold: lif::Recurrent::THRESHOLD,
        leak: 128,
        leak_shift: 12,
        refractory: 0,
        rail: 1 << 27,
    };
    let array = SparseArray::new(rows.len(), &rows).expect("columns below the number of neurons");
    Recurrent::new(array, SpikeBank::new(settings, 1), net.bias, net.membrane)
        .expect("one bias and one membrane per neuron")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn train(spikes: &[[u32; 3]]) -> Train {
        Train { spikes: spikes.to_vec(), ..Train::default() }
    }

    /// FNV-1a of no bytes is its start, and of four zero bytes the start times the prime four times.
    #[test]
    fn hashes_run_over_the_keys() {
        let start = 0xcbf2_9ce4_8422_2325_u64;
        assert_eq!(train(&[]).byte_hash(10), start);
        let zeros = (0..4).fold(start, |hash, _| hash.wrapping_mul(PRIME));
        assert_eq!(train(&[[0, 0, 0]]).byte_hash(10), zeros);
        let word = |key: u64| (WORD_START ^ key).wrapping_mul(PRIME);
        assert_eq!(train(&[[0, 2, 7]]).word_hash(10), word(2 * 65_536 + 7));
        assert_eq!(train(&[[1, 2, 7]]).word_hash(10), word(12 * 65_536 + 7));
    }

    #[test]
    fn the_first_steps_are_those_of_every_sample() {
        assert_eq!(train(&[[0, 4, 1], [0, 5, 1], [1, 0, 0]]).before(5), 2);
    }
}
