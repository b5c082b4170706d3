//! Runs of networks that spike: which neuron in which step, and a digest of it.

use std::ops::ControlFlow;

use leadlag_chip::{Emulator, Options, Stimulus, Synapses, Targets};
use leadlag_circuits::{Recurrent, SparseArray, SpikeBank, Spiking, Synapse};
use leadlag_diagnostic::Diagnostics;
use leadlag_fixed::{count, index, low_quarter};
use leadlag_image::container::Kind;
use leadlag_image::{Image, registers};
use leadlag_net::tasks::lif;
use leadlag_net::{Block, Network, Parameters, Population, Target};
use leadlag_reference::Reference;
use serde::{Deserialize, Serialize};

use crate::Clocking;
use crate::chip_backend::line_codes;
use crate::firmware::Firmware;
use crate::inference::Question;
use crate::pause::{self, Answered, GoesOn, Paused, Place};

/// The spikes of a population, and where its membranes were left.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
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
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
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

/// Chips that run spiking networks.
#[derive(Debug)]
pub struct Chips<'a> {
    /// What they are loaded with; programs that it carries run in every step.
    pub image: &'a Image,
    /// Threads and seed; there are as many chips as a block has lanes.
    pub options: Options,
    /// How sums are found.
    pub synapses: Synapses,
    /// Which engine runs them.
    pub clocking: &'a Clocking,
}

/// Runs blocks of samples on chips, each sample from rest.
///
/// # Errors
/// What is wrong with the image; LL1380 for programs and several samples in a block.
pub fn on_chip(chips: &Chips<'_>, blocks: &[Block]) -> Result<Trains, Diagnostics> {
    let mut trains = chips.trains();
    for block in blocks {
        chips.run(block, &Place::default(), &mut trains, &mut |_| true)?;
    }
    Ok(trains)
}

/// As [`on_chip`], from a snapshot if there is one, until `goes_on` says no: it is asked after every
/// step.
///
/// # Errors
/// As [`on_chip`]; LL1490 or LL1491 for a snapshot of another run.
pub fn on_chip_while(
    chips: &Chips<'_>,
    question: &Question<'_>,
    from: Option<Paused<Trains>>,
    goes_on: &mut GoesOn<'_>,
) -> Result<Answered<Trains>, Diagnostics> {
    question.answer(from, chips.trains(), goes_on, &mut |block, place, trains, goes_on| {
        chips.run(block, &place, trains, goes_on)
    })
}

impl Chips<'_> {
    /// No spikes yet, of every population that spikes.
    fn trains(&self) -> Trains {
        let train = |population: &leadlag_image::Population| Train {
            name: population.name.clone(),
            neurons: index(population.size),
            ..Train::default()
        };
        let populations = self.spiking().map(train).collect();
        Trains { synaptic_events: Some(0), populations, ..Trains::default() }
    }

    fn spiking(&self) -> impl Iterator<Item = &leadlag_image::Population> {
        let core = |core: &u32| self.image.cores.get(index(*core))?.spike();
        self.image.populations.iter().filter(move |p| p.cores.first().and_then(core).is_some())
    }

    /// Chips before the first step of a block, or as they were when `from` was written.
    fn start(&self, block: &Block, from: &Place) -> Result<Emulator, Diagnostics> {
        let options = Options { replicas: count(block.lanes), ..self.options };
        let mut chips = Emulator::load(self.image.clone(), options)?;
        chips.set_synapses(self.synapses);
        self.clocking.start(&mut chips)?;
        let firmware = Firmware::carried(&mut chips)?;
        if !from.machine.is_empty() {
            chips.restore(pause::state(&from.machine)?)?;
        } else if let Some(firmware) = firmware {
            firmware.write_parameters(&mut chips, false);
        }
        Ok(chips)
    }

    /// Runs a block, or the rest of it; the place where it was left.
    fn run(
        &self,
        block: &Block,
        from: &Place,
        trains: &mut Trains,
        goes_on: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Option<Place>, Diagnostics> {
        let own: Vec<_> = self.spiking().collect();
        let mut chips = self.start(block, from)?;
        let codes = line_codes(self.image, block);
        let stimulus =
            Stimulus { steps: block.steps, codes: &codes, targets: Targets::None, learn: false };
        let mut step = from.step();
        let rest = stimulus.part(step..block.steps, [block.width * block.lanes, 0]);
        let mut stopped = false;
        chips.run_each(&rest, &mut |chips, _| {
            for (train, population) in trains.populations.iter_mut().zip(&own) {
                note(chips, self.image, population, (trains.samples, block.used, step), train);
            }
            step += 1;
            stopped = !goes_on(step);
            if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        chips.check_programs()?;
        if stopped {
            return Ok(Some(Place::new(step, pause::machine(&chips.snapshot())?)));
        }
        for (train, population) in trains.populations.iter_mut().zip(&own) {
            train.membrane += membranes(&chips, self.image, population, block.used)?;
        }
        trains.clocked.add(&chips);
        trains.end(block);
        let events = chips.counters().into_iter();
        let events = events.map(|c| c.soma.synaptic_events + c.apical.synaptic_events).sum::<u64>();
        trains.synaptic_events = trains.synaptic_events.map(|total| total + events);
        Ok(None)
    }
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
    let shadow = Shadow::new(network);
    let mut trains = shadow.trains();
    for block in blocks {
        let reference = Reference::new(network, parameters, block.lanes);
        shadow.run(block, reference, &mut trains, 0, &mut |_| true);
    }
    trains
}

/// As [`in_reference`], from a snapshot if there is one, until `goes_on` says no: it is asked after
/// every step.
///
/// # Errors
/// LL1490 or LL1491 for a snapshot of another run.
pub fn in_reference_while(
    (network, parameters): (&Network, &Parameters),
    question: &Question<'_>,
    from: Option<Paused<Trains>>,
    goes_on: &mut GoesOn<'_>,
) -> Result<Answered<Trains>, Diagnostics> {
    let shadow = Shadow::new(network);
    question.answer(from, shadow.trains(), goes_on, &mut |block, place, trains, goes_on| {
        let reference = if place.machine.is_empty() {
            Reference::new(network, parameters, block.lanes)
        } else {
            let training = pause::read(Kind::Checkpoint, &place.machine)?;
            Reference::resume(network, training, block.lanes)?
        };
        let left = shadow.run(block, reference, trains, place.step(), goes_on);
        let place = |(reference, done): (Reference, usize)| {
            Ok(Place::new(done, pause::machine(&reference.training())?))
        };
        left.map(place).transpose()
    })
}

/// The reference of a spiking network.
struct Shadow<'a> {
    network: &'a Network,
    /// Its populations that spike.
    own: Vec<usize>,
}

impl<'a> Shadow<'a> {
    fn new(network: &'a Network) -> Self {
        let own = (0..network.populations().len()).filter(|&at| network.spikes(at)).collect();
        Self { network, own }
    }

    fn trains(&self) -> Trains {
        let train = |population: &Population| Train {
            name: population.name().to_owned(),
            neurons: population.size(),
            ..Train::default()
        };
        let populations = self.own.iter().filter_map(|&at| self.network.populations().get(at));
        Trains { populations: populations.map(train).collect(), ..Trains::default() }
    }

    /// Runs a block from step `done`; the reference and the steps done if it was stopped.
    fn run(
        &self,
        block: &Block,
        mut reference: Reference,
        trains: &mut Trains,
        done: usize,
        goes_on: &mut dyn FnMut(usize) -> bool,
    ) -> Option<(Reference, usize)> {
        for step in done..block.steps {
            reference.step(block.input(step), Target::None, false);
            for (train, &at) in trains.populations.iter_mut().zip(&self.own) {
                let lanes = (0..block.used).zip(reference.rates(at).chunks_exact(train.neurons));
                for (lane, rates) in lanes {
                    let spikes = (0..).zip(rates).filter(|(_, rate)| **rate > 0.0);
                    let sample = count(trains.samples + lane);
                    train.spikes.extend(spikes.map(|(neuron, _)| [sample, count(step), neuron]));
                }
            }
            if !goes_on(step + 1) {
                return Some((reference, step + 1));
            }
        }
        for (train, &at) in trains.populations.iter_mut().zip(&self.own) {
            let values = reference.membranes(at).iter().take(block.used * train.neurons);
            train.membrane += values.sum::<f64>();
        }
        trains.end(block);
        None
    }
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
