//! The chip and its reference side by side, without learning: where do they part, and how far?

#![expect(clippy::indexing_slicing, reason = "indices of populations and cores of one image")]

use leadlag_chip::Options;
use leadlag_diagnostic::Diagnostics;
use leadlag_image::{Core, Image};
use leadlag_net::tasks::Task;
use leadlag_net::{Block, Network, Parameters, Target, Targets};
use leadlag_reference::Reference;

use crate::ChipBackend;
use crate::backend::Backend;

/// A place and a time, with what was found there.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place {
    /// Step, from 0.
    pub step: u64,
    /// Where the core is.
    pub core: (u32, u32),
    /// Column of the core.
    pub neuron: usize,
    /// Rate on the chip.
    pub chip: f64,
    /// Rate in the reference.
    pub reference: f64,
    /// Their distance, in the least steps of the payload.
    pub lsb: f64,
}

/// How far the rates of a population are from those of the reference.
#[derive(Clone, PartialEq, Debug)]
pub struct Deviation {
    /// Name of the population.
    pub population: String,
    /// Worth of the least step of its payload.
    pub lsb: f64,
    /// The worst place.
    pub worst: Option<Place>,
    /// First place beyond the tolerance.
    pub first: Option<Place>,
    squares: f64,
    count: u64,
}

impl Deviation {
    /// Root mean square over steps and neurons, in the least steps of the payload.
    #[must_use]
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts below 2^53")]
    pub fn rms(&self) -> f64 {
        (self.squares / self.count.max(1) as f64).sqrt()
    }

    fn note(&mut self, place: Place, tolerance: Option<f64>) {
        self.squares += place.lsb * place.lsb;
        self.count += 1;
        if self.worst.is_none_or(|worst| place.lsb > worst.lsb) {
            self.worst = Some(place);
        }
        if self.first.is_none() && tolerance.is_some_and(|limit| place.lsb > limit) {
            self.first = Some(place);
        }
    }
}

/// Runs both for so many steps of the task, one lane, and compares the rates after each.
///
/// # Errors
/// What is wrong with the image.
pub fn compare(
    (network, parameters): (&Network, &Parameters),
    image: &Image,
    task: &Task,
    steps: u64,
    tolerance: Option<f64>,
) -> Result<Vec<Deviation>, Diagnostics> {
    let options = Options { replicas: 1, threads: 1, seed: 1 };
    let mut chip = ChipBackend::new(image.clone(), options, false)?;
    let mut reference = Reference::new(network, parameters, 1);
    let mut found: Vec<_> = image.populations.iter().map(|p| deviation(image, p)).collect();
    let mut step = 0;
    while step < steps {
        let block = stimulus(task, step, steps - step);
        for at in 0..block.steps {
            if step == steps {
                break;
            }
            let one = single_step(&block, at);
            chip.run(&one, false)?;
            reference.step(&one.inputs, Target::None, false);
            for (population, found) in image.populations.iter().zip(&mut found) {
                let Some(index) = network.population(&population.name) else { continue };
                let rates = reference.rates(index);
                for &core in &population.cores {
                    let core = leadlag_fixed::index(core);
                    note(&chip, core, rates, step, |place| found.note(place, tolerance));
                }
            }
            step += 1;
        }
    }
    Ok(found)
}

fn deviation(image: &Image, population: &leadlag_image::Population) -> Deviation {
    let core = population.cores.first().map(|&core| &image.cores[leadlag_fixed::index(core)]);
    let lsb = core.map_or(1.0, |core| lsb(image, core));
    let population = population.name.clone();
    Deviation { population, lsb, worst: None, first: None, squares: 0.0, count: 0 }
}

/// Worth of the least step of a core's rate codes.
fn lsb(image: &Image, core: &Core) -> f64 {
    let bits = i32::try_from(image.chip.payload_bits).expect("a validated word");
    power(core.soma.scale - bits + 1)
}

fn power(exponent: i32) -> f64 {
    2.0_f64.powi(exponent)
}

/// The rates of a core, one by one.
fn note(chip: &ChipBackend, at: usize, rates: &[f64], step: u64, mut note: impl FnMut(Place)) {
    let image = chip.emulator().image();
    let core = &image.cores[at];
    let unit = power(i32::from(core.phi.output) - 15);
    let first = leadlag_fixed::index(core.first);
    let codes = &chip.emulator().state().shards[0].cores[at].rate;
    let neurons = leadlag_fixed::index(core.neurons);
    for (neuron, (code, reference)) in codes.iter().zip(&rates[first..]).take(neurons).enumerate() {
        let value = f64::from(*code) * unit;
        let away = (value - reference).abs() / lsb(image, core);
        note(Place {
            step,
            core: (core.x, core.y),
            neuron,
            chip: value,
            reference: *reference,
            lsb: away,
        });
    }
}

/// Samples follow each other in the order of training; a stream goes on.
fn stimulus(task: &Task, step: u64, left: u64) -> Block {
    match task {
        Task::Samples(samples) => {
            let length = u64::try_from(samples.data().length()).unwrap_or(u64::MAX);
            let each = u64::try_from(samples.train_blocks(1)).unwrap_or(u64::MAX);
            let sample = step / length;
            let index = usize::try_from(sample % each).unwrap_or(0);
            samples.train_block(sample / each, index, 1)
        }
        Task::Stream(stream) => {
            let steps = usize::try_from(left.min(1000)).unwrap_or(1000);
            stream.stream_block(step, steps, 1)
        }
    }
}

fn single_step(block: &Block, step: usize) -> Block {
    let inputs = block.input(step).to_vec();
    Block { steps: 1, lanes: 1, width: block.width, inputs, targets: Targets::None, used: 1 }
}
