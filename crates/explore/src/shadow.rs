//! A chip and a shadow side by side, without learning: where do they part, and how far?
//!
//! The shadow is the float reference, a reference with some of the chip's quantisers, or another
//! chip. Rates are compared before they are sent.

#![expect(clippy::indexing_slicing, reason = "indices of populations and cores of one image")]

use leadlag_chip::Options;
use leadlag_diagnostic::Diagnostics;
use leadlag_image::{Core, Image, Population, registers};
use leadlag_net::tasks::Task;
use leadlag_net::{Block, Network, Parameters, Target, Targets};
use leadlag_quantize::value;
use leadlag_reference::Reference;

use crate::ChipBackend;
use crate::backend::Backend;

/// Whatever can be run beside a chip.
pub trait Shadow {
    /// A step of one lane, without targets.
    ///
    /// # Errors
    /// What the shadow refuses.
    fn step(&mut self, one: &Block) -> Result<(), Diagnostics>;

    /// Rates of a population, if it has one of that name.
    fn rates(&self, population: &str) -> Option<Vec<f64>>;
}

/// The float reference as a shadow.
#[derive(Debug)]
pub struct FloatShadow<'a> {
    network: &'a Network,
    reference: Reference,
}

impl<'a> FloatShadow<'a> {
    /// At rest, with these parameters.
    #[must_use]
    pub fn new(network: &'a Network, parameters: &Parameters) -> Self {
        Self { network, reference: Reference::new(network, parameters, 1) }
    }
}

impl Shadow for FloatShadow<'_> {
    fn step(&mut self, one: &Block) -> Result<(), Diagnostics> {
        self.reference.step(&one.inputs, Target::None, false);
        Ok(())
    }

    fn rates(&self, population: &str) -> Option<Vec<f64>> {
        let index = self.network.population(population)?;
        Some(self.reference.rates(index).to_vec())
    }
}

/// A chip as a shadow.
#[derive(Debug)]
pub struct ChipShadow(ChipBackend);

impl ChipShadow {
    /// At rest.
    ///
    /// # Errors
    /// What is wrong with the image.
    pub fn new(image: &Image) -> Result<Self, Diagnostics> {
        let options = Options { replicas: 1, threads: 1, seed: 1 };
        ChipBackend::new(image.clone(), options, false).map(Self)
    }

    fn image(&self) -> &Image {
        self.0.emulator().image()
    }
}

impl Shadow for ChipShadow {
    fn step(&mut self, one: &Block) -> Result<(), Diagnostics> {
        self.0.run(one, false).map(|_| ())
    }

    fn rates(&self, population: &str) -> Option<Vec<f64>> {
        let image = self.image();
        let population = image.populations.iter().find(|p| p.name == population)?;
        let core = |&core: &u32| {
            let at = leadlag_fixed::index(core);
            let core = &image.cores[at];
            let unit = match core.spike() {
                // A spike is the full-scale code, and counts as one.
                Some(_) => 1.0 / f64::from(registers::constant_code(&image.chip)),
                None => power(i32::from(core.phi.output) - 15),
            };
            let codes = &self.0.emulator().state().shards[0].cores[at].rate;
            let codes = codes.iter().take(leadlag_fixed::index(core.neurons));
            codes.map(|code| f64::from(*code) * unit).collect::<Vec<_>>()
        };
        Some(population.cores.iter().flat_map(core).collect())
    }
}

/// A place and a time, with what was found there.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place {
    /// Step, from 0.
    pub step: u64,
    /// Where the core is.
    pub core: (u32, u32),
    /// The population's neuron.
    pub neuron: usize,
    /// Rate on the chip.
    pub chip: f64,
    /// Rate in the shadow.
    pub reference: f64,
    /// Their distance, in the least steps of the payload.
    pub lsb: f64,
}

/// How far the rates of a population are from those of the shadow.
#[derive(Clone, PartialEq, Debug)]
pub struct Deviation {
    /// Name of the population.
    pub population: String,
    /// Worth of the least step of its payload.
    pub lsb: f64,
    /// Largest distance that is accepted, in those steps.
    pub limit: Option<f64>,
    /// The worst place.
    pub worst: Option<Place>,
    /// First place beyond the limit.
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

    /// The largest distance, in the least steps of the payload.
    #[must_use]
    pub fn largest(&self) -> f64 {
        self.worst.map_or(0.0, |place| place.lsb)
    }

    fn note(&mut self, place: Place) {
        self.squares += place.lsb * place.lsb;
        self.count += 1;
        if self.worst.is_none_or(|worst| place.lsb > worst.lsb) {
            self.worst = Some(place);
        }
        if self.first.is_none() && self.limit.is_some_and(|limit| place.lsb > limit) {
            self.first = Some(place);
        }
    }
}

/// What the chip held or clipped in a run: then a certificate of a population that can be held says
/// nothing about it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Holds {
    /// Values of the stimulus beyond the full scale of their input.
    pub inputs: u64,
    /// By population: codes clipped, and outputs, states and drives held.
    pub populations: Vec<u64>,
}

/// A chip beside a shadow.
#[derive(Clone, PartialEq, Debug)]
pub struct Comparison {
    /// Populations in order of the image.
    pub populations: Vec<Deviation>,
    /// What was held or clipped on the chip.
    pub holds: Holds,
}

/// Runs both for so many steps of the task, one lane, and compares the rates after each.
/// `limits` are by population, in the least steps of the payload.
///
/// # Errors
/// What is wrong with the image, or what the shadow refuses.
pub fn compare(
    image: &Image,
    shadow: &mut dyn Shadow,
    (task, steps): (&Task, u64),
    limits: &[Option<f64>],
    watch: &mut dyn FnMut(u64),
) -> Result<Comparison, Diagnostics> {
    let mut chip = ChipShadow::new(image)?;
    let mut found: Vec<_> = image.populations.iter().map(|p| deviation(image, p)).collect();
    for (found, &limit) in found.iter_mut().zip(limits) {
        found.limit = limit;
    }
    let mut holds = Holds { inputs: 0, populations: vec![0; found.len()] };
    for_each_step(task, steps, 1, |step, one| {
        let before = lagged(&chip);
        chip.step(one)?;
        shadow.step(one)?;
        holds.inputs += beyond(image, one);
        for ((population, found), held) in
            image.populations.iter().zip(&mut found).zip(&mut holds.populations)
        {
            let pair = chip.rates(&population.name).zip(shadow.rates(&population.name));
            if let Some((own, other)) = pair {
                note(image, population, step, (&own, &other), found);
            }
            *held += drives_held(&chip, population, &before);
        }
        watch(step + 1);
        Ok(())
    })?;
    let counters = chip.0.emulator().counters();
    for (population, held) in image.populations.iter().zip(&mut holds.populations) {
        let soma = population.cores.iter().map(|&core| counters[leadlag_fixed::index(core)].soma);
        *held += soma.map(|s| s.code_clipped + s.output_held + s.state_held).sum::<u64>();
    }
    Ok(Comparison { populations: found, holds })
}

/// Steps of a task one by one, on so many lanes.
///
/// # Errors
/// The first that `each` returns.
pub(crate) fn for_each_step(
    task: &Task,
    steps: u64,
    lanes: usize,
    mut each: impl FnMut(u64, &Block) -> Result<(), Diagnostics>,
) -> Result<(), Diagnostics> {
    let mut step = 0;
    while step < steps {
        let block = stimulus(task, step, steps - step, lanes);
        for at in 0..block.steps {
            if step == steps {
                break;
            }
            each(step, &single_step(&block, at))?;
            step += 1;
        }
    }
    Ok(())
}

fn deviation(image: &Image, population: &Population) -> Deviation {
    let core = population.cores.first().map(|&core| &image.cores[leadlag_fixed::index(core)]);
    let lsb = core.map_or(1.0, |core| lsb(image, core));
    let population = population.name.clone();
    Deviation { population, lsb, limit: None, worst: None, first: None, squares: 0.0, count: 0 }
}

/// Worth of the least step of a core's rate codes.
pub(crate) fn lsb(image: &Image, core: &Core) -> f64 {
    let bits = i32::try_from(image.chip.payload_bits).expect("a validated word");
    power(core.soma.scale - bits + 1)
}

pub(crate) fn power(exponent: i32) -> f64 {
    2.0_f64.powi(exponent)
}

/// The rates of a population, one by one.
fn note(
    image: &Image,
    population: &Population,
    step: u64,
    (own, other): (&[f64], &[f64]),
    found: &mut Deviation,
) {
    let places = population.cores.iter().flat_map(|&core| {
        let core = &image.cores[leadlag_fixed::index(core)];
        std::iter::repeat_n((core.x, core.y), leadlag_fixed::index(core.neurons))
    });
    for (neuron, ((&chip, &reference), core)) in own.iter().zip(other).zip(places).enumerate() {
        let lsb = (chip - reference).abs() / found.lsb;
        found.note(Place { step, core, neuron, chip, reference, lsb });
    }
}

/// States of the somas, by core.
fn lagged(chip: &ChipShadow) -> Vec<Vec<i32>> {
    let cores = &chip.0.emulator().state().shards[0].cores;
    cores.iter().map(|core| core.soma.lagged.clone()).collect()
}

/// Drives at their rail of 64 full scales, which the chip does not count: read back from the motion
/// of the state, `D = x + (x' - x) / alpha`.
fn drives_held(chip: &ChipShadow, population: &Population, before: &[Vec<i32>]) -> u64 {
    let cores = &chip.0.emulator().state().shards[0].cores;
    let mut held = 0;
    for at in population.cores.iter().map(|&core| leadlag_fixed::index(core)) {
        let states = before[at].iter().zip(&cores[at].soma.lagged);
        let lag = &chip.image().cores[at].soma.lag;
        held += states
            .zip(lag)
            .filter(|((old, new), lag)| {
                let alpha = value_of_lag(**lag);
                let moved = f64::from(**new) - f64::from(**old);
                let room = 1.0 / alpha;
                (f64::from(**old) + moved / alpha).abs() + room >= f64::from(1 << 30)
            })
            .count();
    }
    u64::try_from(held).unwrap_or(u64::MAX)
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "at most 2^32")]
fn value_of_lag(lag: i64) -> f64 {
    lag as f64 / 4_294_967_296.0
}

/// Values of a step beyond the codes of their input.
fn beyond(image: &Image, one: &Block) -> u64 {
    let bits = image.chip.payload_bits;
    let scales = image
        .inputs
        .iter()
        .flat_map(|input| std::iter::repeat_n(input.scale, leadlag_fixed::index(input.size)));
    let scales: Vec<i32> = scales.collect();
    let top = 1_i16.checked_shl(bits - 1).map_or(i16::MAX, |top| top.wrapping_sub(1));
    let outside = |&(&x, &scale): &(&f64, &i32)| {
        let half = power(scale - i32::try_from(bits).unwrap_or(16));
        x > value(top, scale, bits) + half || x < -power(scale) - half
    };
    let count = one.inputs.iter().zip(scales.iter().cycle()).filter(outside).count();
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Samples follow each other in the order of training; a stream goes on.
fn stimulus(task: &Task, step: u64, left: u64, lanes: usize) -> Block {
    match task {
        Task::Samples(samples) => {
            let length = u64::try_from(samples.data().length()).unwrap_or(u64::MAX);
            let each = u64::try_from(samples.train_blocks(lanes)).unwrap_or(u64::MAX);
            let sample = step / length;
            let index = usize::try_from(sample % each).unwrap_or(0);
            samples.train_block(sample / each, index, lanes)
        }
        Task::Stream(stream) => {
            let steps = usize::try_from(left.min(1000)).unwrap_or(1000);
            stream.stream_block(step, steps, lanes)
        }
    }
}

fn single_step(block: &Block, step: usize) -> Block {
    let targets = match &block.targets {
        Targets::None => Targets::None,
        Targets::Class(classes) => Targets::Class(classes.clone()),
        Targets::Values { width, values, present } => {
            let each = block.lanes * width;
            Targets::Values {
                width: *width,
                values: values[step * each..(step + 1) * each].to_vec(),
                present: present.as_ref().map(|present| vec![present[step]]),
            }
        }
    };
    let inputs = block.input(step).to_vec();
    Block { steps: 1, lanes: block.lanes, width: block.width, inputs, targets, used: block.used }
}
